"""What screens and papers may ask of the requests."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Integer, Select, case, func, or_, select, text, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from desk.foi import rules
from desk.foi.tables import Applicant, Request, RequestEvent
from desk.store import search_terms
from desk.workdays import Calendar, DayReason, calendar, due, left


@dataclass(frozen=True)
class Line:
    """One request as lists show it; `days_left` counts working days, negative when late, None when closed."""

    id: bytes
    label: str
    received: dt.date
    due: dt.date
    certain: bool
    sought: str
    topic: str
    state: str
    applicant: str
    days_left: int | None

    @property
    def late(self) -> bool:
        """Open and past its due date."""
        return self.days_left is not None and self.days_left < 0


@dataclass(frozen=True)
class Agenda:
    """The start page: how many requests are late, due in three working days, due this week; and what is due next."""

    late: int
    soon: int
    week: int
    open: int
    total: int
    rows: tuple[Line, ...]


@dataclass(frozen=True)
class Seek:
    """What a list is narrowed to: words of the number, the question or the name; which is "all", "open" or "late"."""

    text: str = ""
    which: str = "all"


@dataclass(frozen=True)
class Page:
    """One keyset page of a list; `following` asks for the next one, None at the end."""

    rows: tuple[Line, ...]
    following: tuple[int, str, int] | None


@dataclass(frozen=True)
class Step:
    """One event in the story of a request."""

    day: dt.date
    kind: str
    outcome: str
    form: str
    fee: Decimal | None
    who: str
    note: str


@dataclass(frozen=True)
class Detail:
    """Everything of one request but who asked: that is asked for on its own (`person`)."""

    line: Line
    registered: dt.date
    purpose: str
    channel: str
    applicant_kind: str
    access: str
    copy_form: str
    delivery: str
    late_entry_reason: str
    strip: tuple[DayReason, ...]
    story: tuple[Step, ...]

    @property
    def answerable(self) -> bool:
        """Whether an answer may be recorded now."""
        return self.line.state in rules.OPEN_STATES


@dataclass(frozen=True)
class Person:
    """The identity on the form, for the receipt and for eyes that asked to see it."""

    name: str
    address: str
    occupation: str
    phone: str
    email: str
    identity_number: str


_COLUMNS = (
    Request.id, Request.label, Request.received, Request.due, Request.due_certain, Request.sought, Request.topic,
    Request.state, Applicant.name, Request.year, Request.series, Request.number,
)  # fmt: skip


def _lines(*more: InstrumentedAttribute[Any]) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS, *more).join(Applicant, Applicant.request == Request.id, isouter=True)


def _line(row: Any, today: dt.date, days: Calendar) -> Line:
    remaining = left(today, row.due, days) if row.state in rules.OPEN_STATES else None
    return Line(
        row.id, row.label, row.received, row.due, row.due_certain, row.sought, row.topic, row.state,
        rules.masked(row.name or ""), remaining,
    )  # fmt: skip


def agenda(conn: Connection, today: dt.date, most: int = 50) -> Agenda:
    """Counts over all open requests, and the `most` of them that are due next, late ones first."""
    days = calendar()
    still_open = Request.state.in_(rules.OPEN_STATES)
    soon_until = due(today, rules.SOON_DAYS, days).date
    sunday = today + dt.timedelta(days=6 - today.weekday())
    late, soon, week, open_now = conn.execute(
        select(
            func.count(case((Request.due < today, 1))),
            func.count(case((Request.due.between(today, soon_until), 1))),
            func.count(case((Request.due.between(today, sunday), 1))),
            func.count(),
        ).where(still_open)
    ).one()
    total = conn.execute(select(func.count()).select_from(Request)).scalar_one()
    next_due = _lines().where(still_open).order_by(Request.due, Request.n).limit(most)
    rows = tuple(_line(row, today, days) for row in conn.execute(next_due))
    return Agenda(late, soon, week, open_now, total, rows)


def page(
    conn: Connection, today: dt.date, seek: Seek, after: tuple[int, str, int] | None = None, most: int = 50
) -> Page:
    """Requests that fit, newest first, 50 at a time; `after` is the `following` of the page before."""
    place = (Request.year, Request.series, Request.number)
    wanted = _lines().order_by(*(column.desc() for column in place)).limit(most + 1)
    if seek.which in ("open", "late"):
        wanted = wanted.where(Request.state.in_(rules.OPEN_STATES))
    if seek.which == "late":
        wanted = wanted.where(Request.due < today)
    if after is not None:
        wanted = wanted.where(tuple_(*place) < after)
    if seek.text.strip():
        named = Applicant.name.icontains(seek.text.strip(), autoescape=True)
        terms = search_terms(seek.text)
        found = text("SELECT rowid FROM request_fts WHERE request_fts MATCH :terms").bindparams(terms=terms)
        wanted = wanted.where(or_(named, Request.n.in_(found.columns(n=Integer))) if terms else named)
    rows = conn.execute(wanted).all()
    days = calendar()
    last = rows[most - 1] if len(rows) > most else None
    return Page(
        tuple(_line(row, today, days) for row in rows[:most]), (last.year, last.series, last.number) if last else None
    )


def detail(conn: Connection, request: bytes, today: dt.date) -> Detail | None:
    """One request with the strip of days to its due date and its story; None where there is no such row."""
    more = (
        Request.registered, Request.purpose, Request.channel, Request.applicant_kind, Request.access, Request.copy_form,
        Request.delivery, Request.late_entry_reason,
    )  # fmt: skip
    row = conn.execute(_lines(*more).where(Request.id == request)).one_or_none()
    if row is None:
        return None
    days = calendar()
    story = select(
        RequestEvent.day, RequestEvent.kind, RequestEvent.outcome, RequestEvent.form, RequestEvent.fee,
        RequestEvent.who, RequestEvent.note,
    ).where(RequestEvent.request == request).order_by(RequestEvent.n)  # fmt: skip
    return Detail(
        line=_line(row, today, days),
        registered=row.registered,
        purpose=row.purpose,
        channel=row.channel,
        applicant_kind=row.applicant_kind,
        access=row.access,
        copy_form=row.copy_form,
        delivery=row.delivery,
        late_entry_reason=row.late_entry_reason,
        strip=due(row.received, rules.ANSWER_DAYS, days).days,
        story=tuple(Step(*step) for step in conn.execute(story)),
    )


def person(conn: Connection, request: bytes) -> Person | None:
    """Who made a request, in clear; the caller shows it only to someone who asked for it."""
    a = Applicant
    row = conn.execute(
        select(a.name, a.address, a.occupation, a.phone, a.email, a.identity_number).where(a.request == request)
    ).one_or_none()
    return None if row is None else Person(*row)
