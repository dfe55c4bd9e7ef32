"""What screens and papers may ask of the requests."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from desk import vault
from desk.foi import life, rules, search
from desk.foi.rules import about
from desk.foi.tables import Applicant, ItemDecision, Request, RequestEvent, RequestItem
from desk.village.queries import calendar
from desk.workdays import Calendar, DayReason, due, left, missing_year, readings, until


@dataclass(frozen=True)
class Line:
    """One request as lists show it; `days_left` counts working days, negative when late, None when closed.

    `target` is the earliest date any reading of the law gives, `due` the one the receipt promises.
    """

    id: bytes
    label: str
    received: dt.date
    due: dt.date
    target: dt.date
    certain: bool
    sought: str
    topic: str
    state: str
    applicant: str
    holder: str
    days_left: int | None
    old: bool = False
    """Taken over from a paper register without a decision, and nothing was done with it here: a group of its own."""

    @property
    def late(self) -> bool:
        """Open and past its due date; what came late from another register is told apart."""
        return self.days_left is not None and self.days_left < 0 and not self.old


@dataclass(frozen=True)
class Agenda:
    """The start page: how many requests are late, due in three working days, due this week; and what is due next."""

    late: int
    soon: int
    week: int
    open: int
    total: int
    missing_year: int | None
    """The year whose days off a new request could reach and nobody has entered yet."""
    wants_sheet: bool
    """The village key has no checked recovery sheet yet: said every day until it has one."""
    rows: tuple[Line, ...]


@dataclass(frozen=True)
class Seek:
    """What a list is narrowed to.

    Words of the number, the question or an answer, or part of the name; `which` is "all", "open", "late"; a state;
    the days of receipt, both included; and who holds the information.
    """

    text: str = ""
    which: str = "all"
    since: dt.date | None = None
    until: dt.date | None = None
    holder: str = ""
    state: str = ""
    waits: bool = True
    """Open every name first. A list that is searched as one types does not wait, and asks again (`search.recall`)."""

    @property
    def is_narrow(self) -> bool:
        """Whether anything may be left out."""
        return replace(self, text=self.text.strip(), holder=self.holder.strip(), waits=True) != Seek()


@dataclass(frozen=True)
class Page:
    """One keyset page of a list; `following` asks for the next one, None at the end."""

    rows: tuple[Line, ...]
    following: tuple[int, str, int] | None
    is_whole: bool = True
    """False while there are names that were not looked through."""


@dataclass(frozen=True)
class Step:
    """One event in the story of a request."""

    id: bytes
    day: dt.date
    kind: str
    outcome: str
    form: str
    fee: Decimal | None
    due: dt.date | None
    basis: str
    who: str
    note: str


@dataclass(frozen=True)
class Decided:
    """What an answer decided about one thing."""

    outcome: str
    grounds: tuple[str, ...]
    test: bytes | None
    elsewhere: str
    removed: str
    reason: str


@dataclass(frozen=True)
class Item:
    """One thing asked for, and what the last answer decided about it; None before there is one."""

    id: bytes
    sought: str
    decided: Decided | None


@dataclass(frozen=True)
class MovedDue:
    """An open request whose due date today's table of days off would give otherwise than was promised."""

    line: Line
    counted: dt.date


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
    rule: str
    project: bytes | None
    project_name: str
    activity: str
    papers: tuple[str, ...]
    strip: tuple[DayReason, ...]
    latest: dt.date
    """The latest date any reading gives: only after it is an objection against silence surely in time."""
    items: tuple[Item, ...]
    story: tuple[Step, ...]

    @property
    def acts(self) -> tuple[str, ...]:
        """What may be done now, keys of `life.ACTS`; what was refused whole is neither made ready nor handed over."""
        open_now = life.acts([step.kind for step in self.story])
        answers = [step.outcome for step in self.story if step.kind == "answered"]
        nothing_given = bool(answers) and answers[-1] not in life.GIVING
        return tuple(kind for kind in open_now if not (nothing_given and kind in ("ready", "handed_over")))

    @property
    def answerable(self) -> bool:
        """Whether an answer may be recorded now."""
        return "answered" in self.acts


@dataclass(frozen=True)
class Person:
    """The identity on the form, for the receipt and for eyes that asked to see it."""

    name: str
    address: str
    occupation: str
    phone: str
    email: str
    identity_number: str
    proxy: str


_COLUMNS = (
    Request.id, Request.label, Request.received, Request.due, Request.target, Request.due_certain,
    Request.sought, Request.topic, Request.state, Request.holder, Request.year, Request.series,
    Request.number,
)  # fmt: skip


def _lines(*more: InstrumentedAttribute[Any]) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS, *more)


def _line(row: Any, today: dt.date, days: Calendar, applicant: str = "") -> Line:
    remaining = left(today, row.due, days) if row.state in life.OPEN_STATES else None
    is_old = row.state == "registered" and row.due < today and row.series.startswith(rules.OLD_SERIES)
    return Line(
        row.id, row.label, row.received, row.due, row.target, row.due_certain, row.sought, row.topic, row.state,
        applicant, row.holder, remaining, is_old,
    )  # fmt: skip


def _is_old(today: dt.date) -> ColumnElement[bool]:
    """Taken over without a decision, its term over before anything was done with it here."""
    return and_(Request.state == "registered", Request.due < today, Request.series.startswith(rules.OLD_SERIES))


def _subject(conn: Connection, project: bytes | None) -> str:
    """The name of the activity a request is about; the start page reads the register without the rooms of works."""
    return conn.exec_driver_sql("SELECT name FROM project WHERE id = ?", (project,)).scalar() or ""


def _masked(conn: Connection, requests: Sequence[bytes]) -> dict[bytes, str]:
    """The names of a few applicants as lists show them."""
    rows = conn.execute(select(Applicant.request, Applicant.sealed).where(Applicant.request.in_(requests))).all()
    people = vault.open_all(conn, ((about(row.request), row.sealed) for row in rows))
    return {row.request: rules.masked(fields["name"]) for row, fields in zip(rows, people, strict=True)}


def agenda(conn: Connection, today: dt.date, most: int = 50) -> Agenda:
    """Counts over all open requests, and the `most` of them that are due next, late ones first."""
    days = calendar(conn)
    still_open = Request.state.in_(life.OPEN_STATES)
    soon_until = due(today, rules.SOON_DAYS, days).date
    sunday = today + dt.timedelta(days=6 - today.weekday())
    late, soon, week, open_now = conn.execute(
        select(
            func.count(case((and_(Request.due < today, ~_is_old(today)), 1))),
            func.count(case((and_(Request.due >= today, Request.target <= soon_until), 1))),
            func.count(case((Request.due.between(today, sunday), 1))),
            func.count(),
        ).where(still_open)
    ).one()
    total = conn.execute(select(func.count()).select_from(Request)).scalar_one()
    next_due = _lines().where(still_open, ~_is_old(today)).order_by(Request.due, Request.n).limit(most)
    rows = tuple(_line(row, today, days) for row in conn.execute(next_due))
    wants_sheet = bool(total) and vault.wants_sheet(conn)
    return Agenda(late, soon, week, open_now, total, missing_year(today, days), wants_sheet, rows)


def page(
    conn: Connection, today: dt.date, seek: Seek, after: tuple[int, str, int] | None = None, most: int = 50
) -> Page:
    """Requests that fit, newest first, 50 at a time; `after` is the `following` of the page before."""
    place = (Request.year, Request.series, Request.number)
    order = [column.desc() for column in place]
    wanted = _narrowed(_lines(), today, seek).order_by(*order).limit(most + 1)
    if after is not None:
        wanted = wanted.where(tuple_(*place) < after)
    found = search.found(conn, seek.text, waits=seek.waits) if seek.text.strip() else None
    if found is not None:
        wanted = wanted.where(found.fits)
    rows = conn.execute(wanted).all()
    days, names = calendar(conn), _masked(conn, [row.id for row in rows[:most]])
    last = rows[most - 1] if len(rows) > most else None
    return Page(
        tuple(_line(row, today, days, names.get(row.id, "")) for row in rows[:most]),
        (last.year, last.series, last.number) if last else None,
        found is None or found.is_whole,
    )


def _narrowed(wanted: Select[*tuple[Any, ...]], today: dt.date, seek: Seek) -> Select[*tuple[Any, ...]]:
    """The list without what its filters leave out; its words are not among them."""
    if seek.which in ("open", "late"):
        wanted = wanted.where(Request.state.in_(life.OPEN_STATES))
    if seek.which == "late":
        wanted = wanted.where(Request.due < today, ~_is_old(today))
    for state in {seek.which, seek.state} & life.STATES.keys():
        wanted = wanted.where(Request.state == state)
    if seek.since is not None:
        wanted = wanted.where(Request.received >= seek.since)
    if seek.until is not None:
        wanted = wanted.where(Request.received <= seek.until)
    if seek.holder.strip():
        wanted = wanted.where(Request.holder.icontains(seek.holder.strip(), autoescape=True))
    return wanted


def detail(conn: Connection, request: bytes, today: dt.date) -> Detail | None:
    """One request with the strip of days to its due date and its story; None where there is no such row."""
    more = (
        Request.registered, Request.purpose, Request.channel, Request.applicant_kind, Request.access, Request.copy_form,
        Request.delivery, Request.late_entry_reason, Request.rule, Request.project, Request.activity, Request.papers,
        Request.clock_from,
    )  # fmt: skip
    row = conn.execute(_lines(*more).where(Request.id == request)).one_or_none()
    if row is None:
        return None
    days, story = calendar(conn), _story(conn, request)
    strip = until(row.clock_from, row.due, days)
    counted = max(1, sum(day.counted for day in strip))
    return Detail(
        line=_line(row, today, days, _masked(conn, [request]).get(request, "")),
        registered=row.registered,
        purpose=row.purpose,
        channel=row.channel,
        applicant_kind=row.applicant_kind,
        access=row.access,
        copy_form=row.copy_form,
        delivery=row.delivery,
        late_entry_reason=row.late_entry_reason,
        rule=row.rule,
        project=row.project,
        project_name=_subject(conn, row.project),
        activity=row.activity,
        papers=tuple(key for key in row.papers.split(",") if key),
        strip=strip,
        latest=max(row.due, readings(row.clock_from, counted, days)[1]),
        items=_items(conn, request),
        story=story,
    )


def _story(conn: Connection, request: bytes) -> tuple[Step, ...]:
    e = RequestEvent
    told = select(e.id, e.day, e.kind, e.outcome, e.form, e.fee, e.due, e.basis, e.who, e.note)
    rows = conn.execute(told.where(e.request == request).order_by(e.n)).mappings()
    return tuple(Step(**row) for row in rows)


def _items(conn: Connection, request: bytes) -> tuple[Item, ...]:
    """Everything asked for with what the last answer said of it."""
    d = ItemDecision
    decided = {
        row.item: Decided(
            row.outcome,
            tuple(code for code in row.grounds.split(",") if code),
            row.test,
            row.elsewhere,
            row.removed,
            row.reason,
        )
        for row in conn.execute(
            select(d.item, d.outcome, d.grounds, d.test, d.elsewhere, d.removed, d.reason)
            .join(RequestItem, RequestItem.id == d.item)
            .where(RequestItem.request == request)
            .order_by(d.n)
        )
    }
    asked = select(RequestItem.id, RequestItem.sought).where(RequestItem.request == request).order_by(RequestItem.place)
    return tuple(Item(row.id, row.sought, decided.get(row.id)) for row in conn.execute(asked))


def moved_dues(conn: Connection, today: dt.date) -> tuple[MovedDue, ...]:
    """Open requests promised a date that the table of days off, changed since, would no longer give; next due first.

    The promise on paper stands: a later date needs a person (`MoveDue`), an earlier one is only a warning.
    """
    days = calendar(conn)
    worked_on = Request.state.in_([state for state in life.OPEN_STATES if state != "incomplete"])
    wanted = _lines(Request.rule, Request.clock_from).where(worked_on, Request.calendar != days.version)
    moved = []
    for row in conn.execute(wanted.order_by(Request.due, Request.n)):
        kinds = [step.kind for step in _story(conn, row.id)]
        counted = life.counted_due(row.rule, row.clock_from, kinds, days).date
        if counted != row.due and "reopened" not in kinds:
            moved.append(MovedDue(_line(row, today, days), counted))
    return tuple(moved)


def is_filed(conn: Connection, request: bytes) -> bool:
    """Whether a request of this id was ever entered."""
    return conn.execute(select(Request.n).where(Request.id == request)).first() is not None


def old_open(conn: Connection, today: dt.date) -> tuple[Line, ...]:
    """What was taken over from a paper register without a decision and is past its term, the oldest first; unnamed."""
    days = calendar(conn)
    wanted = _lines().where(_is_old(today)).order_by(Request.due, Request.n)
    return tuple(_line(row, today, days) for row in conn.execute(wanted))


def count_old(conn: Connection, today: dt.date) -> int:
    """How many `old_open` has."""
    return conn.execute(select(func.count()).select_from(Request).where(_is_old(today))).scalar_one()


def holders(conn: Connection) -> tuple[str, ...]:
    """Who has been asked to bring information so far, by name; what the form offers."""
    return tuple(
        conn.execute(select(Request.holder).where(Request.holder != "").distinct().order_by(Request.holder)).scalars()
    )


def person(conn: Connection, request: bytes) -> Person | None:
    """Who made a request, in clear; the caller shows it only to someone who asked for it."""
    sealed = conn.execute(select(Applicant.sealed).where(Applicant.request == request)).scalar()
    return Person(**vault.open_fields(conn, about(request), sealed)) if sealed else None
