"""What a book may be asked for, and how a request or an objection stood at the end of a day; pure functions."""

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from gettext import gettext as _
from types import MappingProxyType
from typing import Protocol, TypeVar

from desk.dates import MONTHS
from desk.errors import DeskError
from desk.foi import life
from desk.foi.queries import Step
from desk.objections import rules as objection_rules
from desk.objections.queries import Step as ObjectionStep

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "requests": _("Register permohonan"),
        "objections": _("Register keberatan"),
        "dip": _("Daftar Informasi Publik"),
        "report": _("Laporan tahunan"),
    }
)
NAMED = ("requests", "objections")
"""Books that have names in them."""
NO_NAMES = _("Buku ini tidak memuat nama pemohon. Buat tanpa pilihan nama.")

FIRST_YEAR, LAST_YEAR = 2000, 2100

SHORTEST_PURPOSE = 5
"""Letters of a purpose somebody else understands: `audit`, `arsip desa`."""
LONGEST_PURPOSE = 300
LONGEST_TEXT = 12_000
"""Letters of one part of the report; about four pages."""


@dataclass(frozen=True)
class Wanted:
    """A book as somebody asks for it: what was registered from one day to another, as it stood on a third."""

    kind: str
    first: dt.date
    last: dt.date
    as_of: dt.date

    @property
    def days(self) -> str:
        """The period as people say it: `2026`, `Maret 2026`, `Januari-Juni 2026`."""
        if (self.first.month, self.last.month) == (1, 12):
            return f"{self.year}"
        months = dict.fromkeys((MONTHS[self.first.month - 1], MONTHS[self.last.month - 1]))
        return f"{'-'.join(months)} {self.year}"

    @property
    def year(self) -> int:
        """The year of a report."""
        return self.first.year


WHOLE_YEAR = "year"
PERIODS: Mapping[str, str] = MappingProxyType(
    {WHOLE_YEAR: _("setahun"), "s1": _("semester pertama"), "s2": _("semester kedua")}
    | {f"{number:02d}": name for number, name in enumerate(MONTHS, 1)}
)
"""Parts of a year a register is made for; the months by their number."""
_SEMESTERS = {WHOLE_YEAR: (1, 12), "s1": (1, 6), "s2": (7, 12)}


def of_year(kind: str, year: int, as_of: dt.date, period: str = WHOLE_YEAR) -> Wanted:
    """The book of one year, or of a part of it, a key of `PERIODS`; a report is always of the whole year.

    Raises:
        DeskError: no such year.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DeskError(_("Tahun {year} di luar jangkauan. Tulis seperti 2026.").format(year=year))
    part = period if kind in NAMED else WHOLE_YEAR
    first, last = _SEMESTERS[part] if part in _SEMESTERS else (int(part), int(part))
    return Wanted(kind, dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]), as_of)


def check_wanted(wanted: Wanted, today: dt.date) -> None:
    """Refuse a book nobody can make.

    Raises:
        DeskError: with the sentence the clerk reads.
    """
    if wanted.kind not in KINDS:
        raise DeskError(_("Buku {kind} tidak ada. Pilih {kinds}.").format(kind=wanted.kind, kinds=", ".join(KINDS)))
    if wanted.first > wanted.last:
        raise DeskError(_("Hari pertama buku sesudah hari terakhirnya. Tukar kedua tanggalnya."))
    if wanted.as_of > today:
        raise DeskError(_("Keadaan sesudah hari ini belum diketahui. Pilih hari ini atau hari yang sudah lewat."))


def purpose_fault(purpose: str) -> str:
    """What is wrong with the purpose of a book with names; "" where nothing is."""
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        return _("Tulis untuk apa register dengan nama ini dibuat, misalnya: pemeriksaan Inspektorat.")
    if len(purpose) > LONGEST_PURPOSE:
        return _("Paling banyak {most} huruf. Ringkas dulu.").format(most=LONGEST_PURPOSE)
    return ""


@dataclass(frozen=True)
class Texts:
    """The words of a report, part by part; "" is a part nobody has written yet."""

    policy: str = ""
    service: str = ""
    details: str = ""
    disputes: str = ""
    internal: str = ""
    external: str = ""
    recommendations: str = ""
    follow_up: str = ""


WANTED_TEXTS = ("policy", "service", "internal", "external", "recommendations", "follow_up")
"""Parts article 56 asks for in words; the other two are remarks beside the tables."""


def missing_texts(written: object) -> tuple[str, ...]:
    """Parts that still have no words, of `Texts` or of the report made from them."""
    return tuple(name for name in WANTED_TEXTS if not getattr(written, name).strip())


def text_faults(texts: Texts) -> dict[str, str]:
    """What is wrong with the words: field -> sentence."""
    too_long = _("Paling banyak {most} huruf. Ringkas, dan lampirkan sisanya.").format(most=LONGEST_TEXT)
    return {field.name: too_long for field in fields(texts) if len(getattr(texts, field.name)) > LONGEST_TEXT}


REMINDS_FROM = 2
"""The month from whose first day the start page reminds of last year's report: two months are left."""


def report_due(year: int) -> dt.date:
    """The last day of a year's report: three months after the budget year (Perki 1/2021, article 56)."""
    return dt.date(year + 1, 3, 31)


class _Dated(Protocol):
    """An event with its kind and its day."""

    @property
    def kind(self) -> str: ...

    @property
    def day(self) -> dt.date: ...


S = TypeVar("S", bound=_Dated)


def _followed(steps: Iterable[S], as_of: dt.date, state_of: Callable[[Sequence[str]], str]) -> tuple[str, list[S]]:
    """The state at the end of a day, and the steps that led there.

    A step that does not follow from those before it, such as a second decision made on another PC, waits for a person
    to settle it: the books tell what came first.
    """
    state, taken = "", list[S]()
    for step in steps:
        if step.day > as_of:
            continue
        try:
            state = state_of([*(one.kind for one in taken), step.kind])
        except ValueError:
            continue
        taken.append(step)
    return state, taken


@dataclass(frozen=True)
class Told:
    """How a request stood at the end of a day: what its events until then add up to."""

    state: str
    """A key of `life.STATES`."""
    answer: Step | None = None
    """The last written answer."""
    answered_first: dt.date | None = None
    ran_from: dt.date | None = None
    """The day the term of the first answer ran from, where that is not the day of receipt."""
    handed: dt.date | None = None
    fee: Decimal | None = None
    due: dt.date | None = None
    extended: bool = False
    late: bool = False
    """An answer came after its due date, or the due date went by without one."""
    reopened: Step | None = None
    """Worked on again since the last answer."""
    ended: Step | None = None
    """Withdrawn, lapsed, void, or set aside with the old register."""
    taken_over: bool = False
    """From a paper register without a decision, and nothing was done with it since."""


_WORKED_ON = ("registered", "in_process", "extended")


def told(steps: Iterable[Step], as_of: dt.date) -> Told:
    """What the events of a request, oldest first, add up to at the end of a day."""
    state, taken = _followed(steps, as_of, life.state_of)
    found: dict[str, object] = {}
    due: dt.date | None = None
    late = False
    for step in taken:
        due = step.due or due
        if step.kind == "answered":
            late = late or (due is not None and step.day > due)
            given = step.fee if step.outcome in life.GIVING else None
            found |= {"answer": step, "fee": given, "handed": None, "reopened": None}
            # An old register may tell what was decided and not when: that is no time taken.
            found.setdefault("answered_first", None if step.basis == life.OLD_UNDATED else step.day)
        elif step.kind == "completed" and "answered_first" not in found:
            found["ran_from"] = step.day
        elif step.kind == "ready" and step.fee is not None:
            found["fee"] = step.fee
        elif step.kind == "handed_over":
            found["handed"] = step.day
        elif step.kind == "extended":
            found["extended"] = True
        elif step.kind == "reopened":
            found |= {"reopened": step, "ended": None}
        elif step.kind in (*life.ENDED_STATES, life.OLD_CLOSED):
            found["ended"] = step
    # What a paper register left open says nothing about this desk being late.
    is_taken_over = len(taken) == 1 and taken[0].basis == life.OLD_REGISTER
    is_over = state in _WORKED_ON and due is not None and as_of > due and not is_taken_over
    late = late or is_over
    return Told(state=state, due=due, late=late, taken_over=is_taken_over, **found)  # type: ignore[arg-type]  # by name


def objection_told(steps: Iterable[ObjectionStep], as_of: dt.date) -> tuple[str, tuple[ObjectionStep, ...]]:
    """The state of an objection at the end of a day, and its steps until then."""
    state, taken = _followed(steps, as_of, objection_rules.state_of)
    return state, tuple(taken)
