"""What stood in the registers on a day, read in bulk; names only for a making that is in the log."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from gettext import gettext as _
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, select

from desk import log, vault
from desk.dip.tables import Exemption
from desk.errors import DeskError
from desk.foi.queries import Decided, Item, Person, Step
from desk.foi.rules import about
from desk.foi.tables import Applicant, ItemDecision, Request, RequestEvent, RequestItem
from desk.objections.queries import Proxy
from desk.objections.queries import Step as ObjectionStep
from desk.objections.tables import Objection, ObjectionEvent, ObjectionProxy
from desk.reports import rules
from desk.reports.rules import Texts, Told, Wanted
from desk.reports.tables import BookMade, ReportText
from desk.seal import SealBroken


@dataclass(frozen=True)
class Entry:
    """One request as it stood on the day a book tells of, without who made it."""

    id: bytes
    label: str
    registered: dt.date
    received: dt.date
    purpose: str
    access: str
    topic: str
    items: tuple[Item, ...]
    statutes: Mapping[bytes, str]
    """Consequence test -> the other statute it rests on, for the tests its decisions name."""
    told: Told


@dataclass(frozen=True)
class ObjectionEntry:
    """One objection as it stood on the day a book tells of, without who brought it."""

    id: bytes
    label: str
    registered: dt.date
    received: dt.date
    request: bytes
    request_label: str
    items: tuple[str, ...]
    purpose: str
    grounds: tuple[str, ...]
    state: str
    story: tuple[ObjectionStep, ...]

    def first(self, kind: str) -> ObjectionStep | None:
        """Its first step of a kind."""
        return next((step for step in self.story if step.kind == kind), None)

    def last(self, kind: str) -> ObjectionStep | None:
        """Its last step of a kind."""
        return next((step for step in reversed(self.story) if step.kind == kind), None)


@dataclass(frozen=True)
class Making:
    """A register with names, made once: which, for what, when, by whom."""

    id: bytes
    wanted: Wanted
    purpose: str
    at: dt.datetime
    who: str


@dataclass(frozen=True)
class Named:
    """Who stands in a register: the applicant of each request, the proxy of each objection that has one."""

    applicants: Mapping[bytes, Person]
    proxies: Mapping[bytes, Proxy]


@dataclass(frozen=True)
class ReportOwed:
    """A report whose words are not all written yet: its year, its last day, and how many parts are missing."""

    year: int
    due: dt.date
    missing: int


UNREADABLE = _("(identitas tidak terbaca; jalankan Periksa di Pengaturan)")
"""Stands for a name whose sealed row was damaged: the other rows of the book are still right."""


def entries(conn: Connection, wanted: Wanted) -> tuple[Entry, ...]:
    """Requests registered in the period and known on its day, in the order of their numbers."""
    within = _within(Request.registered, wanted)
    steps, items, statutes = _steps(conn, within), _items(conn, within), _statutes(conn, within)
    decided = _decided(conn, within)
    r = Request
    columns = (r.id, r.label, r.registered, r.received, r.purpose, r.access, r.topic, r.sought)
    rows = conn.execute(select(*columns).where(within).order_by(r.year, r.series, r.number))
    return tuple(
        _entry(row, rules.told(steps.get(row.id, ()), wanted.as_of), items.get(row.id, ()), decided, statutes)
        for row in rows
    )


def _entry(
    row: Any,
    told: Told,
    items: Iterable[tuple[bytes, str]],
    decided: Mapping[bytes, Mapping[bytes, Decided]],
    statutes: Mapping[bytes, str],
) -> Entry:
    said = decided.get(told.answer.id, {}) if told.answer else {}
    asked = tuple(Item(thing, sought, said.get(thing)) for thing, sought in items)
    return Entry(
        row.id, row.label, row.registered, row.received, row.purpose, row.access, row.topic,
        asked or (Item(b"", row.sought, None),), statutes, told,
    )  # fmt: skip


def objection_entries(conn: Connection, wanted: Wanted) -> tuple[ObjectionEntry, ...]:
    """Objections registered in the period and known on its day, in the order of their numbers."""
    return _objections(conn, _within(Objection.registered, wanted), wanted.as_of)


def disputes(conn: Connection, wanted: Wanted) -> tuple[ObjectionEntry, ...]:
    """Objections taken to the Komisi Informasi by the end of the period, those settled before it began left out."""
    known = Objection.id.in_(select(ObjectionEvent.objection).where(ObjectionEvent.kind == "filed"))
    until = min(wanted.last, wanted.as_of)
    return tuple(entry for entry in _objections(conn, known, until) if _disputed_in(entry, wanted.first))


def _disputed_in(entry: ObjectionEntry, first: dt.date) -> bool:
    if entry.first("filed") is None:
        return False
    ended = entry.last("ruling") or entry.last("withdrawn")
    return ended is None or ended.day >= first


def _objections(conn: Connection, within: ColumnElement[bool], as_of: dt.date) -> tuple[ObjectionEntry, ...]:
    e, o = ObjectionEvent, Objection
    told = select(e.objection, e.day, e.kind, e.outcome, e.official, e.who, e.note, e.reply)
    steps = _grouped(conn, told.join(o, o.id == e.objection).where(within).order_by(e.n), ObjectionStep)
    asked = select(RequestItem.request, RequestItem.sought).order_by(RequestItem.place)
    items = _grouped(conn, asked.where(RequestItem.request.in_(select(o.request).where(within))), str)
    columns = (o.id, o.label, o.registered, o.received, o.request, Request.label.label("of"), Request.purpose)
    rows = conn.execute(
        select(*columns, o.grounds)
        .join(Request, Request.id == o.request)
        .where(within)
        .order_by(o.year, o.series, o.number)
    )
    return tuple(
        ObjectionEntry(
            *row[:6], tuple(items.get(row.request, ())), row.purpose, tuple(row.grounds.split(",")),
            *rules.objection_told(steps.get(row.id, ()), as_of),
        )
        for row in rows
    )  # fmt: skip


def _within(day: Any, wanted: Wanted) -> ColumnElement[bool]:
    """Registered in the period; what was registered after the day the book tells of was not known then."""
    return and_(day >= wanted.first, day <= min(wanted.last, wanted.as_of))


T = TypeVar("T")


def _grouped(conn: Connection, wanted: Select[*tuple[Any, ...]], kind: type[T]) -> dict[bytes, list[T]]:
    """Rows by their first column, the rest of each made into one thing."""
    found: dict[bytes, list[T]] = {}
    for owner, *rest in conn.execute(wanted):
        found.setdefault(owner, []).append(kind(*rest))
    return found


def _steps(conn: Connection, within: ColumnElement[bool]) -> dict[bytes, list[Step]]:
    e = RequestEvent
    told = select(e.request, e.id, e.day, e.kind, e.outcome, e.form, e.fee, e.due, e.basis, e.who, e.note)
    return _grouped(conn, told.join(Request, Request.id == e.request).where(within).order_by(e.n), Step)


def _items(conn: Connection, within: ColumnElement[bool]) -> dict[bytes, list[tuple[bytes, str]]]:
    asked = select(RequestItem.request, RequestItem.id, RequestItem.sought)
    found: dict[bytes, list[tuple[bytes, str]]] = {}
    rows = conn.execute(
        asked.join(Request, Request.id == RequestItem.request).where(within).order_by(RequestItem.place)
    )
    for row in rows:
        found.setdefault(row.request, []).append((row.id, row.sought))
    return found


def _decided(conn: Connection, within: ColumnElement[bool]) -> dict[bytes, dict[bytes, Decided]]:
    """Event -> thing asked for -> what that answer decided about it."""
    d = ItemDecision
    columns = (d.event, d.item, d.outcome, d.grounds, d.test, d.elsewhere, d.removed, d.reason)
    rows = conn.execute(
        select(*columns)
        .join(RequestEvent, RequestEvent.id == d.event)
        .join(Request, Request.id == RequestEvent.request)
        .where(within)
        .order_by(d.n)
    )
    found: dict[bytes, dict[bytes, Decided]] = {}
    for row in rows:
        grounds = tuple(code for code in row.grounds.split(",") if code)
        said = Decided(row.outcome, grounds, row.test, row.elsewhere, row.removed, row.reason)
        found.setdefault(row.event, {})[row.item] = said
    return found


def _statutes(conn: Connection, within: ColumnElement[bool]) -> dict[bytes, str]:
    named = (
        select(ItemDecision.test)
        .join(RequestEvent, RequestEvent.id == ItemDecision.event)
        .join(Request, Request.id == RequestEvent.request)
        .where(within)
    )
    rows = conn.execute(select(Exemption.id, Exemption.statute).where(Exemption.id.in_(named)))
    return {row.id: row.statute for row in rows}


def making(conn: Connection, id: bytes) -> Making | None:  # noqa: A002 (the row's own word)
    """A register with names that was noted; None where none was."""
    return next((_making(row) for row in conn.execute(_makings().where(BookMade.id == id))), None)


def makings(conn: Connection, most: int = 50) -> tuple[Making, ...]:
    """Registers with names, the last one made first."""
    return tuple(_making(row) for row in conn.execute(_makings().order_by(BookMade.n.desc()).limit(most)))


def _makings() -> Select[*tuple[Any, ...]]:
    b = BookMade
    return select(b.id, b.kind, b.first, b.last, b.as_of, b.purpose, b.at, b.who)


def _making(row: Row[*tuple[Any, ...]]) -> Making:
    return Making(row.id, Wanted(row.kind, row.first, row.last, row.as_of), row.purpose, row.at, row.who)


def named(conn: Connection, made: Making) -> Named:
    """Who stands in the register of a making.

    Raises:
        KeyLost: the village key is not on this PC.
    """
    if made.wanted.kind == "requests":
        return Named(_applicants(conn, select(Request.id).where(_within(Request.registered, made.wanted))), {})
    within = _within(Objection.registered, made.wanted)
    sealed = select(ObjectionProxy.objection, ObjectionProxy.sealed).join(Objection).where(within)
    nobody = Proxy(UNREADABLE, "", "")
    proxies = {
        row.objection: Proxy(**said) if said else nobody
        for row in conn.execute(sealed)
        for said in [_opened(conn, b"objection_proxy:" + row.objection, row.sealed)]
    }
    return Named(_applicants(conn, select(Objection.request).where(within)), proxies)


def _applicants(conn: Connection, requests: Select[bytes]) -> dict[bytes, Person]:
    rows = conn.execute(select(Applicant.request, Applicant.sealed).where(Applicant.request.in_(requests)))
    blank = dict.fromkeys((field.name for field in fields(Person)), "") | {"name": UNREADABLE}
    return {row.request: Person(**(_opened(conn, about(row.request), row.sealed) or blank)) for row in rows}


def _opened(conn: Connection, what: bytes, sealed: bytes) -> dict[str, str]:
    """The fields of a sealed row; none where it was damaged."""
    try:
        return vault.open_fields(conn, what, sealed)
    except SealBroken:
        return {}


def noted(conn: Connection, made: bytes, wanted: Wanted) -> Making:
    """The making a book with names rests on.

    Raises:
        DeskError: nobody noted that this very book is made.
    """
    found = making(conn, made)
    if found is None or found.wanted != wanted:
        raise DeskError(_("Pembuatan register dengan nama ini belum dicatat. Tulis tujuannya lebih dulu."))
    return found


def texts(conn: Connection, year: int) -> Texts:
    """The words of a year's report, empty where nobody has written any."""
    columns = [getattr(ReportText, field.name) for field in fields(Texts)]
    row = conn.execute(select(*columns).where(ReportText.year == year)).one_or_none()
    return Texts(*row) if row else Texts()


def report_owed(conn: Connection, today: dt.date) -> ReportOwed | None:
    """Last year's report from 1 February on, until all its parts are written; None while there is nothing to say.

    A desk that did not stand yet that year, and took over no request of it, owes none.
    """
    year = today.year - 1
    missing = len(rules.missing_texts(texts(conn, year)))
    if today < dt.date(today.year, rules.REMINDS_FROM, 1) or not missing:
        return None
    began = conn.execute(select(log.act.c.at).order_by(log.act.c.seq).limit(1)).scalar()
    took = conn.execute(select(Request.n).where(Request.year == year).limit(1)).first()
    if took is None and (began is None or began.year > year):
        return None
    return ReportOwed(year, rules.report_due(year), missing)


def years(conn: Connection, today: dt.date) -> tuple[int, ...]:
    """Years that have a register, the latest first, and always this one and the one before."""
    held = set(conn.execute(select(Request.year).distinct()).scalars())
    held |= set(conn.execute(select(Objection.year).distinct()).scalars())
    return tuple(sorted(held | {today.year, today.year - 1}, reverse=True))
