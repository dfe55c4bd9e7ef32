"""Late, over budget, ahead of the plan: what follows from dates, amounts and percentages, whatever they are."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desk.projects.watch import Point, ahead, excess, frame_of, in_force, knots, lateness, planned, steps_back

DAY = dt.date(2026, 6, 30)
days = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))
sums = st.decimals(0, 10**12, places=2)
percents = st.integers(0, 100)


@dataclass(frozen=True)
class Change:
    """An addendum."""

    day: dt.date
    value: Decimal | None = None
    ends: dt.date | None = None


changes = st.lists(st.builds(Change, days, st.none() | sums, st.none() | days))


def test_the_last_day_itself_is_in_time():
    assert lateness(60, DAY, None, DAY) == ""
    assert lateness(60, DAY, None, DAY + dt.timedelta(days=1)) == "plan"


def test_an_addendum_moves_the_end_and_a_contract_can_be_late_before_the_plan_is():
    later = DAY + dt.timedelta(days=31)
    assert lateness(60, DAY, later, DAY + dt.timedelta(days=1)) == ""
    assert lateness(60, later, DAY, DAY + dt.timedelta(days=1)) == "contract"


def test_a_delivery_that_is_over_does_not_make_the_work_of_a_team_late_whose_end_nobody_wrote():
    later = DAY + dt.timedelta(days=31)
    assert lateness(60, later, DAY, DAY + dt.timedelta(days=1), is_open=True) == ""
    assert lateness(60, None, DAY, DAY + dt.timedelta(days=1), is_open=True) == ""
    assert lateness(60, later, DAY, later + dt.timedelta(days=1), is_open=True) == "plan"
    assert lateness(60, DAY, later, later, is_open=True) == ""
    assert lateness(60, DAY, later, later + dt.timedelta(days=1), is_open=True) == "contract"


@given(st.none() | percents, st.none() | days, st.none() | days, days)
def test_what_is_finished_or_has_no_end_is_never_late(percent, ends, contract_ends, today):
    assert lateness(100, ends, contract_ends, today) == ""
    assert lateness(percent, None, None, today) == ""


@given(st.none() | percents, st.none() | days, st.none() | days, days, st.integers(0, 400), st.booleans())
def test_what_is_late_today_is_late_tomorrow_while_nobody_works_on(percent, ends, contract_ends, today, more, is_open):
    if lateness(percent, ends, contract_ends, today, is_open=is_open):
        assert lateness(percent, ends, contract_ends, today + dt.timedelta(days=more), is_open=is_open)


@given(st.none() | sums, st.none() | sums, st.none() | sums)
def test_the_excess_is_exact_and_only_where_more_is_agreed_or_paid_than_there_is(cost, committed, paid):
    most = max(committed or Decimal(0), paid or Decimal(0))
    over = excess(cost, committed, paid)
    assert over == (most - cost if cost is not None and most > cost else None)


@given(st.none() | sums, st.none() | days, changes)
def test_the_latest_addendum_that_names_a_thing_decides_it(value, ends, listed):
    values = [change.value for change in sorted(listed, key=lambda c: c.day) if change.value is not None]
    last_days = [change.ends for change in sorted(listed, key=lambda c: c.day) if change.ends is not None]
    expected = (values[-1] if values else value, last_days[-1] if last_days else ends)
    assert in_force(value, ends, listed) == expected


@given(sums, sums, percents)
def test_paying_ahead_compares_shares_and_an_empty_contract_says_nothing(paid, worth, percent):
    assert ahead(paid, worth, percent) == (worth > 0 and paid * 100 > worth * percent)
    assert not ahead(None, worth, percent) and not ahead(paid, None, percent)


points = st.lists(st.tuples(days, percents), max_size=5, unique_by=lambda point: point[0]).map(
    lambda pairs: [
        Point(day, percent)
        for day, percent in zip(sorted(p[0] for p in pairs), sorted(p[1] for p in pairs), strict=True)
    ]
)


@given(st.none() | days, st.none() | days, points, days, st.integers(0, 300))
def test_a_rising_plan_never_falls_and_stays_between_nothing_and_all(starts, ends, listed, day, more):
    corners = knots(starts, ends, listed)
    now, later = planned(day, corners), planned(day + dt.timedelta(days=more), corners)
    if not corners:
        assert now is None and later is None
    else:
        assert 0 <= now <= later <= 100


@given(points, st.none() | days, st.none() | days)
def test_the_plan_goes_through_every_point_it_was_given(listed, starts, ends):
    corners = knots(starts, ends, listed)
    for point in listed if corners else ():
        assert planned(point.day, corners) == point.percent


def test_without_points_the_plan_is_a_straight_line():
    corners = knots(dt.date(2026, 3, 1), dt.date(2026, 3, 11))
    assert [planned(dt.date(2026, 3, day), corners) for day in (1, 6, 11)] == [0, 50, 100]
    assert planned(dt.date(2026, 2, 1), corners) == 0 and planned(dt.date(2026, 12, 1), corners) == 100
    assert knots(dt.date(2026, 3, 1), None) == ()


@given(st.lists(percents))
def test_a_story_without_steps_back_is_one_that_rises(story):
    assert (steps_back(story) == ()) == (story == sorted(story))


def test_a_step_back_is_found_where_it_happens():
    assert steps_back([0, 25, 55, 50, 60, 10]) == (3, 5)


@given(percents)
def test_every_progress_belongs_into_one_of_three_frames(percent):
    assert frame_of(percent) == (0 if percent == 0 else 100 if percent == 100 else 50)
