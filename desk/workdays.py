"""Working days that explain themselves: which day a legal term ends, and why each day counted or did not.

UU 14/2008 counts in hari kerja without defining them (articles 22, 36, 37); PP 43/2014 article 1(13) says the same for
villages. Day 1 is the first working day after the day of receipt. Saturdays, Sundays, national holidays and cuti
bersama do not count; a village whose regulation sets a six-day week, or counts cuti bersama, says so in the calendar.
"""

import csv
import dataclasses
import datetime as dt
import functools
import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from types import MappingProxyType

import resources
from desk.dates import WEEKDAYS
from desk.errors import DeskError

FIRST_DAY = dt.date(1990, 1, 1)
"""Receipts before this day are typing mistakes."""

LAST_DAY = dt.date(2100, 12, 31)
"""So are receipts after this one."""

LONGEST_TERM = 10_000
"""Working days; the longest term of the law is 100 (UU 14/2008, article 38(2))."""

SHARED_LEAVE = "cuti_bersama"
"""The kind of day off a village may choose to count; every other kind never counts."""

WORKING_DAY = "hari_kerja"
"""What a day of the shipped table becomes when a later decree takes it back."""

KINDS = ("libur_nasional", SHARED_LEAVE, "libur_daerah", WORKING_DAY)
"""Kinds of days a village or the district may enter."""

REACH = dt.timedelta(days=60)
"""How far ahead a table is wanted: an answer with its extension takes 17 working days, with long feasts seven weeks."""

SATURDAY, SUNDAY = 5, 6

COUNTED = _("hari kerja ke-{number}")
COUNTED_LEAVE = _("hari kerja ke-{number} (cuti bersama tetap dihitung: {name})")
LEAVE = _("cuti bersama: {name}")


@dataclass(frozen=True)
class Calendar:
    """The days off, and how this village's week runs."""

    holidays: Mapping[dt.date, tuple[str, str]]
    """Day -> (name, `libur_nasional` or `cuti_bersama`), the two kinds in the joint decree (SKB) of three ministers."""
    last_decreed: int
    """The last year whose days off are decreed; later days are a forecast."""
    six_day_week: bool = False
    cuti_bersama_counts: bool = False
    first_decreed: int = FIRST_DAY.year
    """The first year in `holidays`; about earlier ones the calendar knows only weekends."""
    estimated: frozenset[dt.date] = frozenset()
    """Moving feasts whose day no decree has fixed yet."""
    version: str = field(kw_only=True)
    """Names table and week; kept with a due date, so that another table can be seen and asked about."""


@dataclass(frozen=True)
class DayReason:
    """One day of a term: does it count, and the reason in words a citizen reads."""

    date: dt.date
    counted: bool
    reason: str


@dataclass(frozen=True)
class Due:
    """The last day of a term and every day on the way to it."""

    date: dt.date
    certain: bool
    """False where a day on the way is not decreed yet: the date is `perkiraan`."""
    days: tuple[DayReason, ...]
    """From the day after receipt to `date`, both included; as many are counted as the term has days."""


def due(start: dt.date, days: int, calendar: Calendar) -> Due:
    """The last day of a term of `days` working days that began with a receipt on `start`.

    UU 14/2008: 10 for an answer (article 22(7)), 7 more (22(8)), 30 for an objection and for its answer (36), 14 for a
    dispute (37(2)). An extension runs from the old due day, so 10 then 7 is the same as 17.

    Raises:
        DeskError: the term is not between 1 and 10,000 days, or the receipt is not between 1990 and 2100.
    """
    if not 1 <= days <= LONGEST_TERM:
        raise DeskError(_("Jangka waktu harus 1 sampai 10.000 hari kerja, misalnya 10."))
    if not FIRST_DAY <= start <= LAST_DAY:
        raise DeskError(_("Tanggal terima harus antara 1990 dan 2100, misalnya 22 November 2026. Periksa tahunnya."))
    strip: list[DayReason] = []
    counted = 0
    for day in _walk(start, calendar):
        strip.append(day)
        counted += day.counted
        if counted == days:
            break
    end = strip[-1].date
    return Due(end, _is_certain(start, end, calendar), tuple(strip))


def until(start: dt.date, end: dt.date, calendar: Calendar) -> tuple[DayReason, ...]:
    """Every day after `start` up to and including `end`, as `due` explains them: the strip of a date once promised."""
    return tuple(itertools.takewhile(lambda day: day.date <= end, _walk(start, calendar)))


def readings(start: dt.date, days: int, calendar: Calendar) -> tuple[dt.date, dt.date]:
    """The earliest and the latest last day of a term under any reading of the law.

    No text says whether cuti bersama is a working day for UU 14/2008, nor whether the village's week has five days or
    six (law.md, G): the desk works towards the earliest day and accepts an objection up to the latest.
    """
    ends = [
        due(start, days, dataclasses.replace(calendar, six_day_week=six, cuti_bersama_counts=shared)).date
        for six in (False, True)
        for shared in (False, True)
    ]
    return min(ends), max(ends)


def _walk(start: dt.date, calendar: Calendar) -> Iterator[DayReason]:
    """The days after `start`, each with its reason, without end."""
    counted = 0
    for ahead in itertools.count(1):
        day = start + dt.timedelta(days=ahead)
        reason = _day_off(day, calendar)
        counted += not reason
        yield DayReason(day, not reason, reason or _working_day(day, counted, calendar))


def left(today: dt.date, due: dt.date, calendar: Calendar) -> int:
    """Working days from tomorrow to `due`; 0 on the day itself, negative when late.

    Late is late: on a Saturday after a due Friday the answer is -1, though no working day has passed yet.
    """
    if today == due:
        return 0
    if today < due:
        return _working_days(today, due, calendar)
    return -max(1, _working_days(due, today, calendar))


@functools.cache
def calendar(six_day_week: bool = False, cuti_bersama_counts: bool = False) -> Calendar:
    """The calendar shipped in `resources/holidays.csv`, for the week this village works.

    Args:
        six_day_week: Saturday is a working day (a regency's or village's own regulation).
        cuti_bersama_counts: cuti bersama are working days (no text settles it for UU 14/2008; they are off by default).
    """
    content = resources.path("holidays.csv").read_bytes()
    table = list(csv.DictReader(content.decode("utf-8").splitlines()))
    names = {dt.date.fromisoformat(row["date"]): (_name(row), row["category"]) for row in table}
    estimated = frozenset(dt.date.fromisoformat(row["date"]) for row in table if row["standing"] == "estimated")
    decreed = {dt.date.fromisoformat(row["date"]).year for row in table if row["standing"] == "decreed"}
    week = ("+6hari" if six_day_week else "") + ("+cuti" if cuti_bersama_counts else "")
    return Calendar(
        MappingProxyType(names),
        max(decreed),
        six_day_week,
        cuti_bersama_counts,
        min(decreed),
        estimated,
        version=f"{max(decreed)}-{hashlib.sha256(content).hexdigest()[:8]}{week}",
    )


def amended(
    base: Calendar,
    days: Iterable[tuple[dt.date, str, str]],
    decreed: Iterable[int],
    *,
    six_day_week: bool,
    cuti_bersama_counts: bool,
) -> Calendar:
    """The shipped calendar with what the village or the district entered since.

    Args:
        base: the shipped one.
        days: day, name and kind: a day off, or `WORKING_DAY` where a shipped one was taken back.
        decreed: years whose table somebody has entered to the end.
        six_day_week: Saturday is a working day here.
        cuti_bersama_counts: cuti bersama are working days here.
    """
    entered = sorted(days)
    names = dict(base.holidays)
    for day, name, kind in entered:
        if kind == WORKING_DAY:
            names.pop(day, None)
        else:
            names[day] = (name, kind)
    years = sorted(decreed)
    last = base.last_decreed
    while last + 1 in years:
        last += 1
    if not entered and last == base.last_decreed:
        return calendar(six_day_week, cuti_bersama_counts)
    settled = {day for day in base.estimated if day.year not in years}
    content = json.dumps([[day.isoformat(), name, kind] for day, name, kind in entered] + [years])
    week = ("+6hari" if six_day_week else "") + ("+cuti" if cuti_bersama_counts else "")
    return Calendar(
        MappingProxyType(names),
        last,
        six_day_week,
        cuti_bersama_counts,
        base.first_decreed,
        frozenset(settled),
        version=f"{base.version}+{hashlib.sha256(content.encode()).hexdigest()[:8]}{week}",
    )


def missing_year(today: dt.date, calendar: Calendar) -> int | None:
    """The year whose days off a request of today could reach and nobody has decreed yet; None where all are known."""
    reach = (today + REACH).year
    return calendar.last_decreed + 1 if reach > calendar.last_decreed else None


def _name(row: Mapping[str, str]) -> str:
    """A day off as people call it, with what may still move it."""
    if row["standing"] == "isbat":
        return _("{name} (dapat bergeser menurut sidang isbat)").format(name=row["name"])
    if row["standing"] == "estimated":
        return _("{name} (perkiraan)").format(name=row["name"])
    return row["name"]


def _day_off(day: dt.date, calendar: Calendar) -> str:
    """Why a day does not count; "" where it does."""
    reasons = []
    if day.weekday() == SUNDAY or (day.weekday() == SATURDAY and not calendar.six_day_week):
        reasons.append(WEEKDAYS[day.weekday()])
    name, category = calendar.holidays.get(day, ("", ""))
    if category == SHARED_LEAVE:
        if not calendar.cuti_bersama_counts:
            reasons.append(LEAVE.format(name=name))
    elif name:
        reasons.append(name)
    return ", ".join(reasons)


def _working_day(day: dt.date, number: int, calendar: Calendar) -> str:
    """The number of a counted day, and the cuti bersama it is counted in spite of."""
    if day in calendar.holidays:
        return COUNTED_LEAVE.format(number=number, name=calendar.holidays[day][0])
    return COUNTED.format(number=number)


def _is_certain(start: dt.date, end: dt.date, calendar: Calendar) -> bool:
    """Whether every day that could move the term is decreed; an estimated day may move by one."""
    first, last = start + dt.timedelta(days=1), end
    if not calendar.first_decreed <= first.year <= last.year <= calendar.last_decreed:
        return False
    margin = dt.timedelta(days=1)
    waiting = (day for day in calendar.estimated if day.year <= calendar.last_decreed)
    return not any(first - margin <= day <= last + margin for day in waiting)


def _working_days(after: dt.date, until: dt.date, calendar: Calendar) -> int:
    """Working days after one day up to and including another, without walking through them."""
    week = 6 if calendar.six_day_week else 5
    whole_weeks, rest = divmod((until - after).days, 7)
    count = whole_weeks * week
    count += sum((after + dt.timedelta(days=i)).weekday() < week for i in range(1, rest + 1))
    for day, (_holiday, category) in calendar.holidays.items():
        counts = category == SHARED_LEAVE and calendar.cuti_bersama_counts
        if after < day <= until and day.weekday() < week and not counts:
            count -= 1
    return count
