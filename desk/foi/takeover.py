"""Taking over the register kept before this desk: old numbers stay as printed, and the new ones begin after them.

The old requests stand in a series of their own, so that nothing this desk issues is ever confused with them. Their
events say by their basis that they come from the old register. Who asked goes into the sealed row like any applicant.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from gettext import gettext as _
from typing import Any, ClassVar

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from desk import log, vault
from desk.budget.rules import Problem
from desk.foi import life, rules
from desk.foi.rules import OLD_SERIES
from desk.foi.tables import Applicant, ItemDecision, Numbering, Request, RequestEvent, RequestItem
from desk.store import DeskError, new_id
from desk.village.queries import calendar
from desk.workdays import Due, due, readings

FIRST_DAY = dt.date(2008, 4, 30)
"""UU 14/2008 was enacted on this day; an earlier date in a register is a slip."""

LARGEST_START = 9999
"""No village has given out more numbers in one year; a longer one is a slip."""

UNWRITTEN = _("(tidak tertulis di register lama)")

IDENTITY = ("name", "address", "occupation", "phone", "email", "proxy", "identity_number")
"""The fields of `queries.Person`."""

ENDINGS = ("withdrawn", "void", "lapsed")
"""Decisions of an old register that end a request without an answer."""


@dataclass(frozen=True)
class OldRequest:
    """One row of an old register, understood; what it does not say is "" or None."""

    row: int
    sheet: str
    """Its sheet, where the file has several registers."""
    label: str
    """The number as printed."""
    received: dt.date
    registered: dt.date
    sought: str
    purpose: str
    identity: Mapping[str, str] = field(repr=False)
    """Some of `IDENTITY`."""
    decision: str = ""
    """A key of `life.OUTCOMES`, one of `ENDINGS`, or "" where nothing was decided."""
    decided: dt.date | None = None
    handed: dt.date | None = None
    grounds: tuple[str, ...] = ()
    reason: str = ""
    elsewhere: str = ""
    form: str = ""
    access: str = ""
    fee: Decimal | None = None

    @property
    def key(self) -> tuple[int, str]:
        """What makes a row of two files the same request: the year and the number."""
        return self.registered.year, key_of(self.label)


@dataclass(frozen=True)
class TakeoverReport:
    """What taking over did, or in a rehearsal would do."""

    added: int
    unchanged: int
    problems: tuple[Problem, ...]
    """Those that block kept their row out."""
    still_open: int
    """Of the added ones, how many have no decision."""
    years: tuple[int, ...]
    """Years of the added ones."""
    year: int
    """The year whose own numbers come next."""
    issued: str
    """The first number of that year issued here; "" while there is none."""
    following: int
    """The number its next request takes: after the old ones of that year, as far as they can be read."""

    def as_json(self) -> dict[str, Any]:
        """The answer of the command line; nothing of who asked is in it."""
        problems = [{"row": p.row, "message": p.message, "blocks": p.blocks} for p in self.problems]
        return {"added": self.added, "unchanged": self.unchanged, "problems": problems}


@dataclass(frozen=True)
class TakeOver:
    """The rows of an old register become requests; those the desk has already stay as they are."""

    legal: ClassVar[bool] = True

    entries: tuple[OldRequest, ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    """What reading the file had to say."""
    starts: int | None = None
    """The number this year's own series begins at; None leaves it as it is."""

    def run(self, session: Session) -> TakeoverReport:
        """Add what is new, each with its events; then set where the new numbers begin.

        Raises:
            DeskError: the new series has begun already, or would meet an old number.
        """
        new, problems = self._sort_out(session)
        _write(session, new)
        frame = log.current(session)
        year = frame.at.date().year
        if self.starts is not None:
            _start(session, year, self.starts)
        every = sorted((*self.problems, *problems), key=lambda p: (p.row or 0, not p.blocks))
        kept_out = {(p.row, p.message) for p in problems if p.blocks}
        return TakeoverReport(
            added=len(new),
            unchanged=len(self.entries) - len(new) - len(kept_out),
            problems=tuple(every),
            still_open=sum(not entry.decision for entry in new),
            years=tuple(sorted({entry.registered.year for entry in new})),
            year=year,
            issued=_first_issued(session, year),
            following=next_number(session, frame.letter, year),
        )

    def _sort_out(self, session: Session) -> tuple[list[OldRequest], list[Problem]]:
        """The rows that are new, and what is to be said of the others."""
        known = _known(session)
        today = log.current(session).at.date()
        new: list[OldRequest] = []
        problems: list[Problem] = []
        first_at: dict[tuple[int, str], OldRequest] = {}
        for entry in self.entries:
            twin = first_at.setdefault(entry.key, entry)
            if twin is not entry:
                problems.append(about_row(entry, _twin(twin), blocks=True))
            elif held := known.get(entry.key):
                problems += _differences(entry, held)
            elif fault := _fault(entry, today):
                problems.append(about_row(entry, fault, blocks=True))
            else:
                new.append(entry)
        return new, problems


@dataclass(frozen=True)
class StartNumbers:
    """The numbers of a year go on from a paper register."""

    legal: ClassVar[bool] = True

    year: int
    starts: int

    def run(self, session: Session) -> None:
        """Write down where they begin.

        Raises:
            DeskError: the year's first number was issued already, or an old request has that number.
        """
        _start(session, self.year, self.starts)


def key_of(label: str) -> str:
    """A printed number as two people would call it the same."""
    return " ".join(label.split()).casefold()


def about_row(entry: OldRequest, sentence: str, *, blocks: bool) -> Problem:
    """A problem of one row; the sentence begins with where it stands, and holds nothing of who asked."""
    return Problem(entry.row, at(entry.row, entry.sheet) + sentence, blocks)


def at(row: int, sheet: str) -> str:
    """How a sentence about a row begins."""
    place = _("Baris {row}: ").format(row=row)
    return place + _("lembar “{sheet}”, ").format(sheet=sheet) if sheet else place


def next_number(session: Session, series: str, year: int) -> int:
    """The number a registration takes: the one after the last, never one the old register has printed."""
    last = select(func.max(Request.number)).where(Request.year == year, Request.series == series)
    starts = select(Numbering.starts).where(Numbering.year == year, Numbering.series == series)
    labels, numbers = _old_numbers(session, year)
    number = 1 + (session.scalar(last) or max(max(numbers, default=0), (session.scalar(starts) or 1) - 1))
    while number in numbers or key_of(rules.label(number, series, year)) in labels:
        number += 1
    return number


def _start(session: Session, year: int, starts: int) -> None:
    series = log.current(session).letter
    held = session.scalars(select(Numbering).where(Numbering.year == year, Numbering.series == series)).one_or_none()
    if held is not None and held.starts == starts:
        return
    if not 1 <= starts <= LARGEST_START:
        raise DeskError(_("Nomor pertama antara 1 dan {most}, misalnya 46.").format(most=LARGEST_START))
    if issued := _first_issued(session, year):
        raise DeskError(
            _("Nomor tahun {year} sudah mulai dikeluarkan ({label}), jadi awalnya tidak dapat diubah lagi.").format(
                year=year, label=issued
            )
        )
    highest = max(_old_numbers(session, year)[1], default=0)
    if starts <= highest:
        raise DeskError(
            _("Register lama tahun {year} sudah sampai nomor {last}. Mulai dari {next} atau lebih.").format(
                year=year, last=highest, next=highest + 1
            )
        )
    if held is None:
        session.add(Numbering(year=year, series=series, starts=starts))
    else:
        held.starts = starts
    session.flush()


def _first_issued(session: Session, year: int) -> str:
    own = select(Request.label).where(Request.year == year, Request.series.not_like(f"{OLD_SERIES}%"))
    return session.scalar(own.order_by(Request.series, Request.number).limit(1)) or ""


def _old_numbers(session: Session, year: int) -> tuple[set[str], set[int]]:
    """Of one year, the printed numbers, and the figures of those that count the requests."""
    old = select(Request.label).where(Request.year == year, Request.series.startswith(OLD_SERIES))
    labels = session.scalars(old).all()
    figures = (re.match(r"\s*0*(\d{1,4})\s*(?:\.?\s*$|/\s*(?:[A-Z]|20\d\d))", label, re.IGNORECASE) for label in labels)
    return {key_of(label) for label in labels}, {int(found[1]) for found in figures if found}


@dataclass(frozen=True)
class _Held:
    """What the desk already has under a number."""

    received: dt.date
    sought: str
    state: str
    is_old: bool


def _known(session: Session) -> dict[tuple[int, str], _Held]:
    columns = select(Request.year, Request.label, Request.received, Request.sought, Request.state, Request.series)
    return {
        (row.year, key_of(row.label)): _Held(row.received, row.sought, row.state, row.series.startswith(OLD_SERIES))
        for row in session.execute(columns)
    }


def _differences(entry: OldRequest, held: _Held) -> Iterable[Problem]:
    """What a file says otherwise of a request the desk has; what the desk has stays."""
    if not held.is_old and entry.received != held.received:
        said = _("nomor ini sudah dipakai permohonan lain yang dicatat di meja ini. Periksa nomornya di register lama.")
        yield about_row(entry, said, blocks=True)
    elif held.is_old and (entry.received, entry.sought or UNWRITTEN) != (held.received, held.sought):
        said = _("nomor ini sudah diambil alih dengan isi lain; yang tersimpan tidak diubah.")
        yield about_row(entry, said, blocks=False)
    elif held.is_old and entry.decision and held.state in life.OPEN_STATES:
        said = _("sekarang ada keputusannya. Catat lewat tombol Beri jawaban pada permohonan itu.")
        yield about_row(entry, said, blocks=False)


def _twin(first: OldRequest) -> str:
    place = _("lembar “{sheet}” baris {row}") if first.sheet else _("baris {row}")
    return _("nomornya sama dengan {place}. Beri tanda pembeda seperti 12a, simpan, lalu muat lagi.").format(
        place=place.format(row=first.row, sheet=first.sheet)
    )


def _fault(entry: OldRequest, today: dt.date) -> str:
    """Why a row cannot be taken over; "" where it can."""
    days = [day for day in (entry.received, entry.registered, entry.decided, entry.handed) if day]
    if max(days) > today:
        return _("tanggalnya sesudah hari ini. Perbaiki di berkas, lalu muat lagi.")
    if min(days) < FIRST_DAY:
        return _("tanggalnya sebelum tahun 2008. Periksa tahunnya di berkas, lalu muat lagi.")
    if entry.registered < entry.received:
        return _("tanggal pendaftaran mendahului tanggal permohonan. Perbaiki di berkas, lalu muat lagi.")
    if min(days) < entry.received:
        return _("tanggal jawaban mendahului tanggal permohonan. Perbaiki di berkas, lalu muat lagi.")
    return ""


def _write(session: Session, entries: Sequence[OldRequest]) -> None:
    """Every row of every table in one statement a table: a register of years is taken over in seconds."""
    if not entries:
        return
    frame, conn = log.current(session), session.connection()
    days, clocks = calendar(conn), {}
    series = OLD_SERIES + frame.letter
    last = select(Request.year, func.max(Request.number)).where(Request.series == series).group_by(Request.year)
    numbers: dict[int, int] = {row[0]: row[1] for row in session.execute(last)}
    made: dict[type[Any], list[dict[str, Any]]] = {
        table: [] for table in (Request, Applicant, RequestItem, RequestEvent, ItemDecision)
    }
    for entry in entries:
        year = entry.registered.year
        numbers[year] = numbers.get(year, 0) + 1
        if entry.received not in clocks:
            term = life.terms_on(entry.received).answer
            clocks[entry.received] = due(entry.received, term, days), readings(entry.received, term, days)[0]
        answer_by, target = clocks[entry.received]
        request, item, story_ids = new_id(), new_id(), (new_id(), new_id(), new_id())
        made[Request].append(
            _described(entry)
            | {"id": request, "number": numbers[year], "series": series, "year": year, "due": answer_by.date,
               "due_certain": answer_by.certain, "target": target, "calendar": days.version}
        )  # fmt: skip
        made[Applicant].append({"id": new_id(), "request": request, "sealed": _sealed(session, request, entry)})
        made[RequestItem].append({"id": item, "request": request, "place": 1, "sought": entry.sought or UNWRITTEN})
        made[RequestEvent] += _events(entry, request, story_ids, frame.who, answer_by)
        if entry.decision in life.OUTCOMES:
            made[ItemDecision].append(_decision(entry, story_ids[1], item))
    for table, told in made.items():
        if told:
            conn.execute(insert(table.metadata.tables[table.__tablename__]), told)


def _described(entry: OldRequest) -> dict[str, Any]:
    """What the row itself says, as columns of the request."""
    events = [kind for kind, _day, _basis in _steps(entry)]
    return {
        "label": entry.label, "registered": entry.registered, "received": entry.received,
        "clock_from": entry.received, "rule": life.terms_on(entry.received).version, "channel": "", "topic": "other",
        "applicant_kind": "person", "access": entry.access, "copy_form": entry.form if entry.access == "copy" else "",
        "delivery": "", "state": life.state_of(events), "project": None, "activity": "", "holder": "", "papers": "",
        "sought": entry.sought or UNWRITTEN, "purpose": entry.purpose, "late_entry_reason": "",
    }  # fmt: skip


def _steps(entry: OldRequest) -> list[tuple[str, dt.date, str]]:
    """Kind, day and basis of each event the row tells of.

    A decision without a date stands on the day of registration and says so by its basis: it is no date to print.
    """
    begun = "incomplete" if entry.decision == "lapsed" else "registered"
    steps = [(begun, entry.registered, life.OLD_REGISTER)]
    day = entry.decided or entry.handed
    basis = life.OLD_REGISTER if day else life.OLD_UNDATED
    if entry.decision in ENDINGS:
        steps.append((entry.decision, day or entry.registered, basis))
    elif entry.decision:
        steps.append(("answered", day or entry.registered, basis))
        if entry.handed and entry.decision in life.GIVING:
            steps.append(("handed_over", entry.handed, life.OLD_REGISTER))
    return steps


def _events(entry: OldRequest, request: bytes, ids: Sequence[bytes], who: str, answer_by: Due) -> list[dict[str, Any]]:
    told = []
    for event, (kind, day, basis) in zip(ids, _steps(entry), strict=False):
        is_answer, is_ending = kind == "answered", kind in ENDINGS
        told.append(
            {"id": event, "request": request, "kind": kind, "day": day, "basis": basis, "who": who,
             "outcome": entry.decision if is_answer else "", "form": entry.form if is_answer else "",
             "fee": entry.fee if is_answer else None, "note": entry.reason if is_ending else "",
             "due": answer_by.date if kind == "registered" else None}
        )  # fmt: skip
    return told


def _decision(entry: OldRequest, event: bytes, item: bytes) -> dict[str, Any]:
    return {
        "id": new_id(), "event": event, "item": item, "outcome": entry.decision, "grounds": ",".join(entry.grounds),
        "test": None, "elsewhere": entry.elsewhere, "removed": "", "reason": entry.reason,
    }  # fmt: skip


def _sealed(session: Session, request: bytes, entry: OldRequest) -> bytes:
    known = {name: entry.identity.get(name, "") for name in IDENTITY}
    return vault.close(session.connection(), rules.about(request), known)
