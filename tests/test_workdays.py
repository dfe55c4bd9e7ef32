"""A legal term ends on the day the law means, and every day on the way says why."""

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from desk.store import DeskError
from desk.workdays import SHARED_LEAVE, Calendar, calendar, due, left

DECREED = calendar()
GOLDEN = list(csv.DictReader(Path(__file__).with_name("golden_deadlines_2025.csv").read_text().splitlines()))
TABLE = list(csv.DictReader(resources.path("holidays.csv").read_text(encoding="utf-8").splitlines()))
COLUMNS = {
    "due10_cuti_bersama_off": (10, DECREED),
    "due17_cuti_bersama_off": (17, DECREED),
    "due30_cuti_bersama_off": (30, DECREED),
    "due14_cuti_bersama_off": (14, DECREED),
    "due10_cuti_bersama_is_workday": (10, calendar(cuti_bersama_counts=True)),
    "due10_weekends_only": (10, Calendar({}, 2027, version="akhir pekan saja")),
}
WITH_CERTAINTY = st.dates(dt.date(2024, 1, 1), dt.date(2027, 9, 30))
STARTS = st.dates(dt.date(2023, 1, 1), dt.date(2029, 12, 31))
TERMS = st.integers(1, 120)
WEEKS = st.builds(calendar, st.booleans(), st.booleans())


def counts(day: dt.date, week: Calendar) -> bool:
    """The rule said once more, plainly: what the engine must agree with."""
    weekend = day.weekday() == 6 or (day.weekday() == 5 and not week.six_day_week)
    kind = week.holidays.get(day, ("", ""))[1]
    off = kind == "libur_nasional" or (kind == SHARED_LEAVE and not week.cuti_bersama_counts)
    return not weekend and not off


@pytest.mark.parametrize("column", COLUMNS)
def test_every_receipt_of_2025_is_due_on_the_day_published_for_it(column):
    days, week = COLUMNS[column]
    expected = {row["received"]: row[column] for row in GOLDEN}
    found = {row["received"]: str(due(dt.date.fromisoformat(row["received"]), days, week).date) for row in GOLDEN}
    assert len(expected) == 365
    assert found == expected


@pytest.mark.parametrize(
    ("six_days", "leave_counts", "march_2026", "march_2027"),
    [(False, False, 30, 23), (False, True, 24, 18), (True, False, 27, 19), (True, True, 23, 16)],
)
def test_the_four_readings_of_a_working_day_part_ways_around_idul_fitri(six_days, leave_counts, march_2026, march_2027):
    week = calendar(six_days, leave_counts)
    assert due(dt.date(2026, 3, 9), 10, week).date == dt.date(2026, 3, march_2026)
    assert due(dt.date(2027, 3, 1), 10, week).date == dt.date(2027, 3, march_2027)


@given(STARTS, TERMS, WEEKS)
def test_a_term_ends_on_a_working_day_after_exactly_its_number_of_them(start, days, week):
    term = due(start, days, week)
    assert counts(term.date, week)
    assert [d.date for d in term.days] == [start + dt.timedelta(i + 1) for i in range((term.date - start).days)]
    assert [d.counted for d in term.days] == [counts(d.date, week) for d in term.days]
    assert sum(d.counted for d in term.days) == days
    assert all(d.reason for d in term.days)


@given(STARTS, STARTS, TERMS, TERMS, WEEKS)
def test_a_later_receipt_or_a_longer_term_never_ends_earlier(one, other, few, more, week):
    assert due(min(one, other), few, week).date <= due(max(one, other), few, week).date
    assert due(one, min(few, more), week).date <= due(one, max(few, more), week).date


@given(STARTS, WEEKS)
def test_seventeen_days_are_ten_days_and_an_extension_of_seven(start, week):
    assert due(start, 17, week).date == due(due(start, 10, week).date, 7, week).date


@given(STARTS, TERMS, STARTS, st.sampled_from(["libur_nasional", SHARED_LEAVE]), WEEKS)
def test_another_day_off_never_makes_a_term_end_earlier(start, days, day, kind, week):
    added = replace(week, holidays={day: ("Hari libur baru", kind)} | dict(week.holidays))
    assert due(start, days, added).date >= due(start, days, week).date


@given(STARTS, STARTS, WEEKS)
def test_days_left_are_the_working_days_one_would_count_on_the_wall(today, last, week):
    between = [min(today, last) + dt.timedelta(i + 1) for i in range(abs((last - today).days))]
    working = sum(counts(day, week) for day in between)
    if today <= last:
        assert left(today, last, week) == working
    else:
        assert left(today, last, week) == -max(1, working)


def test_a_request_due_on_friday_is_late_on_saturday_already():
    friday = dt.date(2026, 11, 20)
    assert left(friday, friday, DECREED) == 0
    assert left(dt.date(2026, 11, 21), friday, DECREED) == -1
    assert left(dt.date(2026, 11, 19), friday, DECREED) == 1


def test_every_skipped_day_says_why_in_the_clerks_language():
    reasons = {d.date: d.reason for d in due(dt.date(2026, 3, 9), 10, DECREED).days}
    assert reasons[dt.date(2026, 3, 10)] == "hari kerja ke-1"
    assert reasons[dt.date(2026, 3, 14)] == "Sabtu"
    assert reasons[dt.date(2026, 3, 15)] == "Minggu"
    assert reasons[dt.date(2026, 3, 18)] == "cuti bersama: Hari Suci Nyepi"
    assert reasons[dt.date(2026, 3, 19)] == "Hari Suci Nyepi"
    assert reasons[dt.date(2026, 3, 22)] == "Minggu, Hari kedua dari Hari Raya Idul Fitri"
    assert reasons[dt.date(2026, 3, 30)] == "hari kerja ke-10"


def test_a_counted_cuti_bersama_is_named_where_it_counts():
    reasons = {d.date: d.reason for d in due(dt.date(2026, 3, 9), 10, calendar(cuti_bersama_counts=True)).days}
    assert reasons[dt.date(2026, 3, 18)] == "hari kerja ke-7 (cuti bersama tetap dihitung: Hari Suci Nyepi)"


def test_a_decreed_feast_keeps_its_date_and_a_word_about_sidang_isbat():
    term = due(dt.date(2027, 3, 1), 10, DECREED)
    assert term.certain
    feast = next(d for d in term.days if d.date == dt.date(2027, 3, 10))
    assert feast.reason == "Hari Raya Idul Fitri (dapat bergeser menurut sidang isbat)"


@given(WITH_CERTAINTY, WEEKS)
def test_a_term_inside_the_decreed_years_is_certain(start, week):
    assert due(start, 30, week).certain


def test_a_term_is_certain_until_the_last_decreed_day_and_perkiraan_after_it():
    assert DECREED.last_decreed == 2027
    assert due(dt.date(2027, 12, 17), 9, DECREED).date == dt.date(2027, 12, 31)
    assert due(dt.date(2027, 12, 17), 9, DECREED).certain
    assert not due(dt.date(2027, 12, 17), 10, DECREED).certain
    assert not due(dt.date(2028, 3, 1), 10, DECREED).certain


def test_a_term_before_the_first_table_is_perkiraan_too():
    assert not due(dt.date(2023, 12, 1), 10, DECREED).certain
    assert due(dt.date(2023, 12, 31), 10, DECREED).certain


@pytest.mark.parametrize(("day", "certain"), [(9, False), (10, False), (12, False), (20, True)])
def test_a_feast_without_a_decree_makes_the_terms_it_can_touch_perkiraan(day, certain):
    feast = dt.date(2026, 11, day)
    week = Calendar({feast: ("Hari raya", "libur_nasional")}, 2027, estimated=frozenset({feast}), version="uji")
    assert due(dt.date(2026, 11, 9), 2, week).certain is certain


def test_the_version_names_the_table_and_the_week_it_was_counted_with():
    versions = {calendar(six, leave).version for six in (False, True) for leave in (False, True)}
    assert len(versions) == 4
    assert all(version.startswith("2027-") for version in versions)


@pytest.mark.parametrize("days", [0, -1, 10_001])
def test_a_term_that_is_no_term_is_refused_with_an_example(days):
    with pytest.raises(DeskError, match="misalnya 10"):
        due(dt.date(2026, 11, 22), days, DECREED)


@pytest.mark.parametrize("start", [dt.date.min, dt.date(1989, 12, 31), dt.date(2101, 1, 1), dt.date.max])
def test_a_receipt_in_a_year_nobody_means_is_refused_with_an_example(start):
    with pytest.raises(DeskError, match="misalnya 22 November 2026"):
        due(start, 10, DECREED)


def test_the_longest_term_from_the_last_day_still_ends():
    assert due(dt.date(2100, 12, 31), 10_000, DECREED).date.year == 2139


FORECAST_THEN_DECREED = {dt.date(2027, 3, 10), dt.date(2027, 3, 11), dt.date(2027, 5, 17)}
"""Days the library still calls `(perkiraan)`; the joint decree of 15 September 2026 fixed them."""


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
@pytest.mark.parametrize(("kind", "category"), [("libur_nasional", "public"), (SHARED_LEAVE, "government")])
def test_the_table_names_the_days_off_the_holidays_library_knows(year, kind, category):
    ours = {row["date"]: row["name"] for row in TABLE if row["date"][:4] == str(year) and row["category"] == kind}
    library = holidays.country_holidays("ID", years=year, categories=(category,), language="id")
    forecasts = {day for day, name in library.items() if name.endswith(" (perkiraan)")}
    named = {str(day): name.removesuffix(" (perkiraan)") for day, name in library.items()}
    theirs = {day: name.removeprefix("Cuti Bersama ") for day, name in named.items()}
    assert ours == theirs
    assert forecasts == {day for day in FORECAST_THEN_DECREED if day.year == year and kind == "libur_nasional"}


def test_the_table_is_in_order_and_says_how_firm_each_day_is():
    assert [row["date"] for row in TABLE] == sorted({row["date"] for row in TABLE})
    assert {row["standing"] for row in TABLE} == {"decreed", "isbat", "estimated", "undecreed"}
    assert {row["date"][:4] for row in TABLE if row["standing"] in ("estimated", "undecreed")} == {"2028"}
    assert {dt.date.fromisoformat(row["date"]) for row in TABLE if row["standing"] == "isbat"} == FORECAST_THEN_DECREED
