"""What screens and papers may ask of the objections."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Integer, Select, func, or_, select, text

from desk import vault
from desk.foi import life
from desk.foi.tables import Request, RequestEvent
from desk.objections import rules
from desk.objections.tables import Objection, ObjectionEvent, ObjectionProxy
from desk.store import search_terms
from desk.village.queries import calendar
from desk.workdays import Calendar, DayReason, left, until


@dataclass(frozen=True)
class Line:
    """One objection as lists show it; `days_left` counts working days to the superior's answer, None when given."""

    id: bytes
    label: str
    request: bytes
    request_label: str
    received: dt.date
    due: dt.date
    target: dt.date
    certain: bool
    grounds: tuple[str, ...]
    state: str
    matter: str
    days_left: int | None


@dataclass(frozen=True)
class Step:
    """One event in the story of an objection."""

    day: dt.date
    kind: str
    outcome: str
    official: str
    who: str
    note: str
    reply: str


@dataclass(frozen=True)
class Detail:
    """Everything of one objection but identities."""

    line: Line
    registered: dt.date
    channel: str
    late_entry_reason: str
    flags: tuple[str, ...]
    """`early` and `late` as far as any of its grounds is: shown, never a refusal."""
    dispute_until: dt.date | None
    """The last day to go to the Komisi Informasi, once the superior has answered or the term is over."""
    strip: tuple[DayReason, ...]
    story: tuple[Step, ...]

    @property
    def acts(self) -> tuple[str, ...]:
        """What may be done now, keys of `rules.ACTS`."""
        return rules.acts([step.kind for step in self.story], self.line.grounds)


@dataclass(frozen=True)
class Proxy:
    """Who brings the objection for the applicant."""

    name: str
    address: str
    phone: str


@dataclass(frozen=True)
class Filing:
    """What the form of a new objection should know: until when each ground is in time, None for at any time."""

    request: bytes
    label: str
    windows: dict[str, rules.Window]


def _lines() -> Select[*tuple[Any, ...]]:
    o = Objection
    columns = (
        o.id, o.label, o.request, Request.label.label("request_label"), o.received, o.due, o.target, o.due_certain,
        o.grounds, o.state, o.matter, o.registered, o.channel, o.late_entry_reason, Request.rule,
        Request.due.label("promised"),
    )  # fmt: skip
    return select(*columns).join(Request, Request.id == o.request)


def _line(row: Any, today: dt.date, days: Calendar) -> Line:
    remaining = left(today, row.due, days) if row.state in rules.OPEN_STATES else None
    return Line(
        row.id, row.label, row.request, row.request_label, row.received, row.due, row.target, row.due_certain,
        tuple(row.grounds.split(",")), row.state, row.matter, remaining,
    )  # fmt: skip


def objections(conn: Connection, today: dt.date, typed: str = "", request: bytes | None = None) -> tuple[Line, ...]:
    """Every objection, open ones first by due date, then the latest; of one request, or that fit what was typed."""
    is_open = Objection.state.in_(rules.OPEN_STATES)
    wanted = _lines().order_by(is_open.desc(), func.iif(is_open, Objection.due, ""), Objection.n.desc())
    if request is not None:
        wanted = wanted.where(Objection.request == request)
    if terms := search_terms(typed):
        found = text("SELECT rowid FROM objection_fts WHERE objection_fts MATCH :terms").bindparams(terms=terms)
        wanted = wanted.where(
            or_(Objection.n.in_(found.columns(n=Integer)), Request.label.icontains(typed.strip(), autoescape=True))
        )
    days = calendar(conn)
    return tuple(_line(row, today, days) for row in conn.execute(wanted))


def objection(conn: Connection, id: bytes, today: dt.date) -> Detail | None:  # noqa: A002 (the row's own word)
    """One objection with its days, its story and its flags; None where there is none."""
    row = conn.execute(_lines().where(Objection.id == id)).one_or_none()
    if row is None:
        return None
    days, terms = calendar(conn), life.terms_of(row.rule)
    e = ObjectionEvent
    told = select(e.day, e.kind, e.outcome, e.official, e.who, e.note, e.reply).where(e.objection == id)
    story = tuple(Step(*step) for step in conn.execute(told.order_by(e.n)))
    answered = next((step.day for step in story if step.kind == "answered"), None)
    windows = _windows(conn, row.request, row.promised, row.rule, days)
    flags = {windows[ground].flag(row.received) for ground in row.grounds.split(",")} - {""}
    can_dispute = answered is not None or today > row.due
    return Detail(
        line=_line(row, today, days),
        registered=row.registered,
        channel=row.channel,
        late_entry_reason=row.late_entry_reason,
        flags=tuple(sorted(flags)),
        dispute_until=rules.dispute_until(answered, row.due, terms, days) if can_dispute else None,
        strip=until(row.received, row.due, days),
        story=story,
    )


def filing(conn: Connection, request: bytes) -> Filing | None:
    """What a new objection against a request has to know; None where there is no such request."""
    row = conn.execute(select(Request.label, Request.due, Request.rule).where(Request.id == request)).one_or_none()
    if row is None:
        return None
    return Filing(request, row.label, _windows(conn, request, row.due, row.rule, calendar(conn)))


def _windows(conn: Connection, request: bytes, promised: dt.date, rule: str, days: Calendar) -> dict[str, rules.Window]:
    answers = select(RequestEvent.day).where(RequestEvent.request == request, RequestEvent.kind == "answered")
    answered = conn.execute(answers.order_by(RequestEvent.n.desc()).limit(1)).scalar()
    terms = life.terms_of(rule)
    return {ground: rules.window(ground, promised, answered, terms, days) for ground in rules.GROUNDS}


def is_filed(conn: Connection, objection: bytes) -> bool:
    """Whether an objection of this id was ever entered."""
    return conn.execute(select(Objection.n).where(Objection.id == objection)).first() is not None


def proxy(conn: Connection, objection: bytes) -> Proxy | None:
    """Who brings it for the applicant, in clear; None where the applicant came alone."""
    sealed = conn.execute(select(ObjectionProxy.sealed).where(ObjectionProxy.objection == objection)).scalar()
    return Proxy(**vault.open_fields(conn, b"objection_proxy:" + objection, sealed)) if sealed else None
