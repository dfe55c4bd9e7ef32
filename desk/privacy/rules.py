"""The clock of a breach and the term of an identity: pure functions, no clock of their own, no database.

UU 27/2022: article 46 gives 3 x 24 hours from knowing to tell the person and the agency in writing. That is a clock of
hours which runs through nights and holidays; the working days of UU 14/2008 have no part in it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType

from desk.store import DeskError

LIMIT = dt.timedelta(hours=72)
"""Article 46(1): 3 x 24 hours."""

SOON = dt.timedelta(hours=24)
"""From here on the countdown warns."""

LONGEST_KEPT = 50
"""Years; a longer term is a slip of the finger."""

LONGEST_TEXT = 2000
"""Letters of one field of a notice."""

SHORTEST_REASON = 10
"""Letters of a reason somebody else can still understand next year."""

EVENTS: Mapping[str, str] = MappingProxyType(
    {
        "recorded": _("Dicatat"),
        "changed": _("Catatan diperbaiki"),
        "opened": _("Identitas dibuka untuk surat"),
        "person": _("Surat diserahkan kepada pemilik data"),
        "agency": _("Surat diserahkan kepada lembaga"),
        "closed": _("Ditutup"),
    }
)

AGENCY = _("Lembaga Pelindungan Data Pribadi")
"""What the form offers for the agency; a village writes it as its district tells it to."""


@dataclass(frozen=True)
class BreachForm:
    """What is known of a breach as somebody wrote it down; the field names are those of the form on screen."""

    known: dt.datetime
    leaked: str
    happened: str
    how: str
    handling: str
    contact: str
    numbers: str = ""
    """Register numbers of the requests whose applicants it concerns, one a line."""
    others: str = ""
    """Other people, one a line: name; address."""
    advice: str = ""
    agency: str = AGENCY
    agency_address: str = ""
    late_reason: str = ""


def until(known: dt.datetime) -> dt.datetime:
    """The last moment of the written notice."""
    return known + LIMIT


def breach_faults(form: BreachForm, now: dt.datetime) -> dict[str, str]:
    """What is missing or wrong: field name -> sentence; empty where it may be kept."""
    wanted = {
        "leaked": _("Tulis data apa yang bocor, satu per baris. Misalnya: nama dan alamat."),
        "happened": _("Tulis kapan kejadiannya, sejauh diketahui. Misalnya: antara 20 dan 21 November 2026."),
        "how": _("Tulis bagaimana data bocor. Misalnya: buku register hilang dari meja."),
        "handling": _("Tulis apa yang sudah dilakukan. Misalnya: buku ditemukan dan dikunci."),
        "contact": _("Tulis nama dan nomor yang dapat ditanya pemilik data."),
        "agency": _("Tulis lembaga yang diberi tahu."),
    }
    faults = {name: sentence for name, sentence in wanted.items() if not str(getattr(form, name)).strip()}
    for name in ("leaked", "happened", "how", "handling", "contact", "advice", "agency", "late_reason"):
        if len(str(getattr(form, name))) > LONGEST_TEXT:
            faults[name] = _("Terlalu panjang. Ringkas sampai {most} huruf.").format(most=LONGEST_TEXT)
    if form.known > now:
        faults["known"] = _("Waktu diketahui belum terjadi. Periksa tanggal dan jamnya.")
    return faults


def lines(text: str) -> tuple[str, ...]:
    """What stands on each line, without empty ones and without twice the same."""
    return tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


def people(text: str) -> tuple[tuple[str, str], ...]:
    """Name and address of each line `name; address`."""
    return tuple((name.strip(), rest.strip()) for name, _semicolon, rest in (row.partition(";") for row in lines(text)))


@dataclass(frozen=True)
class Countdown:
    """How the 72 hours stand: `done`, `quiet`, `soon` or `late`, and in words."""

    state: str
    words: str


def countdown(known: dt.datetime, told: Sequence[dt.datetime | None], now: dt.datetime) -> Countdown:
    """How the clock of a breach stands.

    Args:
        known: when the village came to know.
        told: when each of those who have to be told was told, None where nobody has yet.
        now: the moment asked for.
    """
    limit = until(known)
    done = [at for at in told if at is not None]
    if told and len(done) == len(told):
        if max(done) <= limit:
            return Countdown("done", _("semua diberi tahu dalam 3 × 24 jam"))
        return Countdown("late", _("semua diberi tahu, terlambat {span}").format(span=span(max(done) - limit)))
    if now > limit:
        return Countdown("late", _("terlambat {span}").format(span=span(now - limit)))
    words = _("tinggal {span}").format(span=span(limit - now))
    return Countdown("soon" if limit - now <= SOON else "quiet", words)


def span(length: dt.timedelta) -> str:
    """A stretch of time in its two largest parts: `2 hari 5 jam`, `40 menit`; a whole minute at least."""
    minutes = max(1, int(length.total_seconds()) // 60)
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [(days, _("hari")), (hours, _("jam"))] if days else [(hours, _("jam")), (rest, _("menit"))]
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def check_told(known: dt.datetime, at: dt.datetime, now: dt.datetime, late_reason: str) -> None:
    """Refuse a moment of telling that cannot be, and a late one without its reason.

    Raises:
        DeskError: with the sentence the clerk reads.
    """
    if not known <= at <= now:
        raise DeskError(_("Surat diserahkan sesudah kejadian diketahui dan tidak di masa depan. Periksa waktunya."))
    if at > until(known) and len(late_reason.strip()) < SHORTEST_REASON:
        raise DeskError(_("Batas 3 × 24 jam sudah lewat. Tulis dulu sebab terlambat di catatan ini."))


def retention_faults(years: int | None, basis: str) -> dict[str, str]:
    """What is wrong with a term: field name -> sentence."""
    if years is None:
        return {}
    faults = {}
    if not 1 <= years <= LONGEST_KEPT:
        faults["years"] = _("Lama simpan antara 1 dan {most} tahun.").format(most=LONGEST_KEPT)
    if not basis.strip():
        faults["basis"] = _("Tulis dasarnya, misalnya: Perdes tentang arsip, atau jadwal retensi arsip kabupaten.")
    return faults


def latest_end(today: dt.date, years: int) -> dt.date:
    """The last day a request may have ended on for its identity to be due today: so many whole years before."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return dt.date(today.year - years, 2, 28)


def due_on(ended: dt.date, years: int) -> dt.date:
    """The first day an identity may go: so many whole years after its request ended."""
    try:
        return ended.replace(year=ended.year + years)
    except ValueError:
        return dt.date(ended.year + years, 3, 1)
