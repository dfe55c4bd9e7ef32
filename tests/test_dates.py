"""Dates are written as people in Indonesia write them."""

import datetime as dt

import pytest

from desk.dates import WIB, WIT, WITA, clock, day_and_month, long_date, short_date, span, zone

SUNDAY = dt.date(2026, 11, 22)


def test_papers_write_the_month_in_full():
    assert long_date(SUNDAY) == "22 November 2026"


def test_lists_write_day_and_month_short():
    assert short_date(SUNDAY) == "Min, 22 Nov 2026"
    assert short_date(dt.date(2026, 8, 17)) == "Sen, 17 Agu 2026"
    assert day_and_month(dt.date(2026, 5, 1)) == "1 Mei"


def test_every_month_and_weekday_has_three_letters_of_its_own():
    months = {short_date(dt.date(2026, month, 1)).split()[2] for month in range(1, 13)}
    weekdays = {short_date(SUNDAY + dt.timedelta(days=i))[:3] for i in range(7)}
    assert (len(months), len(weekdays)) == (12, 7)


def test_an_hour_names_its_zone():
    assert clock(dt.datetime(2026, 11, 22, 9, 5, tzinfo=WIB)) == "09.05 WIB"
    assert clock(dt.datetime(2026, 11, 22, 2, 5, tzinfo=dt.UTC).astimezone(WITA)) == "10.05 WITA"


@pytest.mark.parametrize(
    ("code", "there"),
    [("35.22.12.2015", WIB), ("11", WIB), ("61", WIB), ("62", WIB), ("51", WITA), ("53", WITA), ("63", WITA),
     ("65", WITA), ("73", WITA), ("81", WIT), ("94", WIT)],
)  # fmt: skip
def test_each_province_keeps_its_zone(code, there):
    assert zone(code) is there


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (dt.date(2026, 3, 1), dt.date(2026, 6, 30), "1 Mar – 30 Jun 2026"),
        (dt.date(2025, 11, 3), dt.date(2026, 1, 30), "3 Nov 2025 – 30 Jan 2026"),
        (dt.date(2026, 3, 1), dt.date(2026, 3, 1), "1 Mar 2026"),
        (dt.date(2026, 3, 1), None, "mulai 1 Mar 2026"),
        (None, dt.date(2026, 6, 30), "selesai 30 Jun 2026"),
        (None, None, ""),
    ],
)
def test_a_stretch_of_time_says_what_is_known(starts, ends, words):
    assert span(starts, ends).replace("\u00a0", " ") == words
