"""Dates as people write them into registers: 12/3/2023, 12-03-23, Senin, 12 Maret 2023, or a cell that holds a day."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

from desk.dates import MONTHS

_MONTHS = {name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)} | {
    "peb": 2, "mrt": 3, "mar": 3, "may": 5, "agt": 8, "ags": 8, "aug": 8, "oct": 10, "nop": 11, "dec": 12, "dsm": 12,
}  # fmt: skip
"""Beginnings of month names, as they are also still written."""

_NUMBERS = r"(?P<day>\d{1,2})\s*[-/. ]\s*(?P<month>\d{1,2})\s*[-/. ]\s*(?P<year>\d{4}|\d{2})"
_ISO = r"(?P<iso_year>\d{4})[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})"
_WORDS = r"(?P<word_day>\d{1,2})[-/. ]*(?P<word>[A-Za-z]{3,})[-/. ,']*(?P<word_year>\d{4}|\d{2})"
_ANY = re.compile(rf"(?<!\d)(?:{_ISO}|{_NUMBERS}|{_WORDS})(?!\d)")

_SERIAL_ZERO = dt.date(1899, 12, 30)
"""Day 0 of the day numbers of a spreadsheet."""
_SERIALS = range(36_000, 80_000)
"""Day numbers from 1998 on; a smaller number in a cell is a number."""


def days_in(value: str | Decimal | dt.date | None) -> list[dt.date]:
    """Every date a cell tells, in its order; none where it holds none, or one that is in no calendar."""
    if isinstance(value, dt.date):
        return [value]
    if isinstance(value, Decimal):
        is_day = value == value.to_integral_value() and int(value) in _SERIALS
        return [_SERIAL_ZERO + dt.timedelta(days=int(value))] if is_day else []
    return list(_written(value)) if value else []


def _written(text: str) -> Iterator[dt.date]:
    for found in _ANY.finditer(" ".join(text.split())):
        day, month, year = (
            found["day"] or found["iso_day"] or found["word_day"],
            found["month"] or found["iso_month"] or _MONTHS.get((found["word"] or "").casefold()[:3], 0),
            int(found["year"] or found["iso_year"] or found["word_year"]),
        )
        try:
            yield dt.date(year + 2000 if year < 100 else year, int(month), int(day))
        except ValueError:
            continue
