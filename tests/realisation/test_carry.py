"""Entries of every version of a year come to one of them, each rupiah once, in whatever order they were made."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desk.budget.rules import Line
from desk.budget.spent import Entry, Spent, Told, carry, id_after, latest
from desk.store import new_id

ACTIVITIES = ("1.1.01", "1.1.02", "2.3.11", "2.3.12", "4.3.01")
FIRST = dt.date(2026, 1, 1)


def version(number: int, activities: Sequence[str], amount: Decimal | None = Decimal(7)) -> Told:
    """A version with fields, below them these activities, and one line of revenue."""
    lines = [Line("revenue", "section", "PENDAPATAN"), Line("revenue", "line", "DD", 0, account="4.2.1", amount=amount)]
    lines.append(Line("expenditure", "section", "BELANJA"))
    for field in sorted({a[0] for a in activities}):
        top = len(lines)
        lines.append(Line("expenditure", "line", f"Bidang {field}", 2, activity=field))
        own = [a for a in sorted(activities) if a[0] == field]
        lines += [Line("expenditure", "line", f"Kegiatan {a}", top, activity=a, amount=amount) for a in own]
    return Told(lines, [bytes([number, place]) + bytes(14) for place in range(len(lines))])


def on(told: Told, activity: str, day: int, amount: int, made: int = 0) -> Entry:
    """An entry on an activity's line, known up to a day of the year."""
    line = next(id_ for id_, x in zip(told.ids, told.lines, strict=True) if x.activity == activity)
    return Entry(made.to_bytes(16), line, FIRST + dt.timedelta(days=day), Decimal(amount))


def of(told: Told, spent: Spent, activity: str) -> Decimal | None:
    """The figure of an activity."""
    return next(f for f, x in zip(spent.figures, told.lines, strict=True) if x.activity == activity)


some = st.sets(st.sampled_from(ACTIVITIES), min_size=1).map(sorted)


@st.composite
def years(draw: st.DrawFn) -> tuple[list[Told], list[Entry]]:
    """Two or three versions of a year, and entries on leaves of any of them."""
    told = [version(number, draw(some)) for number in range(draw(st.integers(2, 3)))]
    entries = []
    for made in range(draw(st.integers(0, 12))):
        on_version = draw(st.sampled_from(told))
        leaf = draw(st.sampled_from([x.activity for x in on_version.lines if x.activity.count(".") == 2]))
        entries.append(on(on_version, leaf, draw(st.integers(0, 364)), draw(st.integers(0, 10**6)), made))
    return told, entries


@given(years(), st.randoms(use_true_random=False), st.integers(0, 364))
def test_entries_in_any_order_give_the_same_view(year: tuple[list[Told], list[Entry]], chance, day: int):
    (shown, *others), entries = year
    mixed = list(entries)
    chance.shuffle(mixed)
    until = FIRST + dt.timedelta(days=day)
    assert carry(shown, others, mixed, until) == carry(shown, others, entries, until)


@given(years(), st.integers(0, 364))
def test_every_activity_counts_once_with_its_latest_day_whichever_version_it_was_entered_on(
    year: tuple[list[Told], list[Entry]], day: int
):
    (shown, *others), entries = year
    until = FIRST + dt.timedelta(days=day)
    activity_of = {id_: x.activity for told in (shown, *others) for id_, x in zip(told.ids, told.lines, strict=True)}
    wanted: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda e: (e.until, e.id)):
        if entry.until <= until:
            wanted[activity_of[entry.line]] = entry
    spent = carry(shown, others, entries, until)
    counted = {line.activity: amount for _place, line, amount in spent.counted}
    assert counted == {activity: entry.amount for activity, entry in wanted.items()}
    assert sum(counted.values()) == (spent.totals.expenditure or 0)
    kept = {x.activity for x in shown.lines}
    assert {a.line.activity for a in spent.astray} == wanted.keys() - kept
    for field in "124":
        below = [e.amount for a, e in wanted.items() if a[0] == field]
        if field in kept and below:
            assert of(shown, spent, field) == sum(below)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6))
def test_a_cumulative_figure_may_fall_for_money_comes_back(amounts: list[int]):
    told = version(0, ["2.3.11"])
    entries = [on(told, "2.3.11", 30 * number, amount) for number, amount in enumerate(amounts)]
    for number, amount in enumerate(amounts):
        assert of(told, carry(told, [], entries, FIRST + dt.timedelta(days=30 * number + 29)), "2.3.11") == amount


@given(some, st.one_of(st.none(), st.integers(0, 10**9).map(Decimal)))
def test_nothing_realised_ever_comes_from_the_budget(activities: list[str], amount: Decimal | None):
    spent = carry(version(0, activities, amount), [], [])
    assert set(spent.figures) == {None}
    assert (spent.totals.revenue, spent.totals.expenditure, spent.totals.balance) == (None, None, None)


def test_a_heading_entered_before_it_was_detailed_counts_until_something_below_is_known_to_a_later_day():
    coarse = version(0, ["2.3.11"])
    coarse = Told([x for x in coarse.lines if x.activity != "2.3.11"], coarse.ids[:-1])
    fine = version(1, ["2.3.11", "2.3.12"])
    whole, part = on(coarse, "2", 180, 100), on(fine, "2.3.11", 100, 60)
    assert of(fine, carry(fine, [coarse], [whole, part]), "2") == 100
    later = on(fine, "2.3.11", 300, 140)
    spent = carry(fine, [coarse], [whole, part, later])
    assert of(fine, spent, "2") == 140 and spent.totals.expenditure == 140
    field = next(place for place, x in enumerate(fine.lines) if x.activity == "2")
    assert spent.own[field] is not None and not spent.is_own[field]


def test_details_of_a_version_that_only_knows_the_field_are_its_sum_until_the_field_itself_is_entered():
    fine = version(0, ["2.3.11", "2.3.12"])
    coarse = version(1, ["2.3.11"])
    coarse = Told([x for x in coarse.lines if x.activity != "2.3.11"], coarse.ids[:-1])
    entries = [on(fine, "2.3.11", 180, 60), on(fine, "2.3.12", 180, 40)]
    spent = carry(coarse, [fine], entries)
    assert of(coarse, spent, "2") == 100 and [a.counts for a in spent.astray] == [True, True]
    spent = carry(coarse, [fine], [*entries, on(coarse, "2", 300, 130)])
    assert spent.totals.expenditure == 130 and [a.counts for a in spent.astray] == [False, False]


def test_what_two_earlier_versions_both_had_is_one_thing_that_went_astray():
    first, second, shown = version(0, ["2.3.11"]), version(1, ["2.3.11"]), version(2, ["1.1.01"])
    spent = carry(shown, [second, first], [on(first, "2.3.11", 100, 60), on(second, "2.3.11", 200, 80)])
    assert [(a.line.activity, a.entry.amount) for a in spent.astray] == [("2.3.11", 80)]
    assert spent.totals.expenditure == 80


def test_a_line_that_is_gone_with_its_whole_part_still_counts_in_the_sum():
    first = version(0, ["2.3.11"])
    shown = Told(first.lines[:2], [bytes([9, place]) + bytes(14) for place in range(2)])
    spent = carry(shown, [first], [on(first, "2.3.11", 100, 60)])
    assert [a.above for a in spent.astray] == [None] and spent.totals.expenditure == 60


def test_of_two_entries_of_one_day_the_later_made_counts_even_where_the_clock_was_set_back():
    future = (2**47).to_bytes(6) + new_id()[6:]
    made = id_after(future)
    assert made > future and id_after(made) > made and id_after(b"\xff" * 16)
    entries = [Entry(future, b"l", FIRST, Decimal(1)), Entry(made, b"l", FIRST, Decimal(2))]
    assert latest(entries)[b"l"].amount == latest(entries[::-1])[b"l"].amount == 2
