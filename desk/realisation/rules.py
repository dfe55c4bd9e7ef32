"""What a report of the realisation says of a line and of an activity: pure functions, no clock, no database.

A village reports after the first half-year and after the year (PP 43/2014, article 103); both reports are told to the
people with at least the realisation of the budget and of the activities, the activities that are unfinished or were
not done, and what is left of the budget (Permendagri 20/2018, article 72(2)). How entries of different days and
versions come together is no law but the desk's own rule: `desk.budget.spent.carry`.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from desk.budget.rules import percent
from desk.store import DeskError

STATES = ("not_done", "unfinished")
"""What a person may say of an activity: it was not done, or it is not finished."""

FINDINGS = (*STATES, "unpaid")
"""What its figures say: not done, unfinished, or finished with nothing spent on it yet."""

DONE = 100
"""Per cent of a finished project."""

LONGEST_REASON = 500
"""Letters; more is a letter of its own."""


@dataclass(frozen=True)
class Figure:
    """A budgeted amount beside what was realised of it, in rupiah; None is unknown, which is not zero."""

    budget: Decimal | None
    realised: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """Realisation in percent of the budget, two decimals; None ("-") where the budget is zero or either unknown."""
        return percent(self.realised, self.budget)

    @property
    def remaining(self) -> Decimal | None:
        """What is left of the budget, below zero where more was realised; None where either is unknown."""
        return None if self.budget is None or self.realised is None else self.budget - self.realised

    @property
    def excess(self) -> Decimal | None:
        """By how much the realisation is larger than the budget, however little; None where it is not."""
        over = None if self.remaining is None else -self.remaining
        return over if over is not None and over > 0 else None


def half_year(year: int) -> dt.date:
    """The last day of the first half-year's report."""
    return dt.date(year, 6, 30)


def year_end(year: int) -> dt.date:
    """The last day of the year's report."""
    return dt.date(year, 12, 31)


def entered_until(cut_off: dt.date, year: int, today: dt.date) -> dt.date | None:
    """The day an amount typed for a cut-off is known up to: never later than today; None before the year begins."""
    return None if today.year < year else min(cut_off, today)


def finding(figure: Figure, percents: Iterable[int | None]) -> str | None:
    """What the figures of an activity say of it: one of FINDINGS, or None where nothing speaks against it.

    Args:
        figure: its budget, and what was spent up to the day.
        percents: physical progress of its projects on that day; None is not known.
    """
    known = [each for each in percents if each is not None]
    is_unspent = figure.budget is not None and figure.budget > 0 and not figure.realised
    if any(0 < each < DONE for each in known) or (0 in known and (not is_unspent or DONE in known)):
        return "unfinished"
    if is_unspent:
        return "unpaid" if DONE in known else "not_done"
    return None


def check_note(state: str, reason: str, since: dt.date, year: int, today: dt.date) -> None:
    """Refuse a note without a reason, or of an impossible day.

    Raises:
        DeskError: with what to write.
    """
    if state not in STATES:
        raise DeskError(_("Pilih dulu: tidak dilaksanakan atau belum selesai."))
    if not reason.strip():
        raise DeskError(_("Tuliskan alasannya, misalnya: menunggu pencairan tahap ketiga."))
    if len(reason) > LONGEST_REASON:
        raise DeskError(_("Alasan paling panjang {most} huruf. Ringkas dulu.").format(most=LONGEST_REASON))
    if since > today:
        raise DeskError(_("Tanggal alasan belum lewat. Periksa tanggalnya."))
    if since.year < year - 1:
        raise DeskError(_("Tanggal alasan jauh dari tahun anggaran {year}. Periksa tanggalnya.").format(year=year))


def note_id(year: int, activity: str, project: bytes | None) -> bytes:
    """The id of the note about an activity: the same on every PC of a village (RFC 9562, version 8)."""
    about = f"activity_note:{year}:{activity}:{project.hex() if project else ''}"
    raw = bytearray(hashlib.sha256(about.encode()).digest()[:16])
    raw[6] = 0x80 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return bytes(raw)
