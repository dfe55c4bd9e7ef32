"""Dates and hours as people read them on papers and in lists, in the zone the village lives in."""

import datetime as dt
from gettext import gettext as _

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

WIB = dt.timezone(dt.timedelta(hours=7), "WIB")
WITA = dt.timezone(dt.timedelta(hours=8), "WITA")
WIT = dt.timezone(dt.timedelta(hours=9), "WIT")


def zone(region: str) -> dt.timezone:
    """The time zone of a region code (Keppres 41/1987): `35.22` is in Jawa Timur, WIB.

    Bali, Nusa Tenggara, Sulawesi and three provinces of Kalimantan keep WITA; Maluku and Papua keep WIT.
    """
    province = region[:2]
    if province[:1] in ("5", "7") or province in ("63", "64", "65"):
        return WITA
    return WIT if province in ("81", "82") or "91" <= province <= "96" else WIB


def long_date(day: dt.date) -> str:
    """For papers: `22 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: dt.date) -> str:
    """For lists: `Min, 22 Nov 2026`."""
    return f"{WEEKDAYS[day.weekday()][:3]}, {day_and_month(day)} {day.year}"


def day_and_month(day: dt.date) -> str:
    """Where the year is said elsewhere: `22 Nov`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def clock(moment: dt.datetime) -> str:
    """Hour and zone of a moment that knows its zone: `09.15 WIB`."""
    return f"{moment:%H.%M} {moment.tzname()}"


def span(starts: dt.date | None, ends: dt.date | None) -> str:
    """A stretch of time in a table: `3 Mar – 30 Jun 2026`; each date is held together, "" where neither is known."""
    first, last = (_unbroken(f"{day_and_month(day)} {day.year}") if day else "" for day in (starts, ends))
    if starts and ends:
        if starts == ends:
            return first
        same_year = starts.year == ends.year
        return f"{_unbroken(day_and_month(starts)) if same_year else first} – {last}"
    if starts:
        return _("mulai {day}").format(day=first)
    return _("selesai {day}").format(day=last) if ends else ""


def _unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0")
