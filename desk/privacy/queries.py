"""What screens and papers may ask: breaches and their clock, identities due to go, and who opened one."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, and_, func, select

from desk import vault
from desk.foi.life import ENDED_STATES as ENDED_REQUESTS
from desk.foi.life import OLD_CLOSED
from desk.foi.queries import person
from desk.foi.rules import masked
from desk.foi.tables import Applicant, Request, RequestEvent, Unmasking
from desk.letters.rules import PAPERS
from desk.letters.tables import Letter
from desk.log import act, change
from desk.objections.rules import ENDED_STATES as ENDED_OBJECTIONS
from desk.objections.tables import Objection, ObjectionEvent, ObjectionProxy
from desk.privacy import rules
from desk.privacy.tables import Anonymised, Breach, BreachEvent, BreachPerson, FileCleaned, Retention
from desk.reports.tables import BookMade


@dataclass(frozen=True)
class Recipient:
    """Whom a notice goes to."""

    name: str
    address: str


@dataclass(frozen=True)
class Concerned:
    """Somebody a breach concerns, as screens show them; `told` is when the notice was handed over."""

    id: bytes
    request: bytes | None
    label: str
    """Number of the request; "" for somebody named in the breach itself."""
    name: str
    """Masked."""
    told: dt.datetime | None


@dataclass(frozen=True)
class BreachStep:
    """One event of a breach."""

    kind: str
    person: bytes | None
    at: dt.datetime
    who: str
    note: str


@dataclass(frozen=True)
class BreachDetail:
    """Everything of one breach; names are masked."""

    id: bytes
    known: dt.datetime
    leaked: str
    happened: str
    how: str
    handling: str
    advice: str
    contact: str
    agency: str
    agency_address: str
    late_reason: str
    people: tuple[Concerned, ...]
    story: tuple[BreachStep, ...]

    @property
    def agency_told(self) -> dt.datetime | None:
        """When the agency's notice was handed over."""
        return next((step.at for step in self.story if step.kind == "agency"), None)

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to do."""
        return any(step.kind == "closed" for step in self.story)

    @property
    def told(self) -> tuple[dt.datetime | None, ...]:
        """When each person and the agency were told."""
        return (*(one.told for one in self.people), self.agency_told)

    def countdown(self, now: dt.datetime) -> rules.Countdown:
        """How its 72 hours stand."""
        return rules.countdown(self.known, self.told, now)


@dataclass(frozen=True)
class Term:
    """How long identities are kept; None is off."""

    years: int | None
    basis: str


@dataclass(frozen=True)
class DueIdentity:
    """A request whose identity may go; `due` is the day from which."""

    id: bytes
    label: str
    topic: str
    ended: dt.date
    due: dt.date


@dataclass(frozen=True)
class Keeping:
    """The term, what is due by it, how many went, and whether the file still has to be written anew after that."""

    term: Term
    due: tuple[DueIdentity, ...]
    gone: int
    is_file_unclean: bool


@dataclass(frozen=True)
class Access:
    """One act done on the identity of a request."""

    at: dt.datetime
    what: str
    who: str


def breaches(conn: Connection) -> tuple[BreachDetail, ...]:
    """Every breach, the latest first."""
    ids = conn.execute(select(Breach.id).order_by(Breach.known.desc())).scalars().all()
    return tuple(known for known in (breach(conn, one) for one in ids) if known)


def breach(conn: Connection, id: bytes) -> BreachDetail | None:  # noqa: A002 (the row's own word)
    """One breach with whom it concerns and what was done; None where there is none."""
    fields = [name for name in BreachDetail.__dataclass_fields__ if name not in ("people", "story")]
    wanted = select(*(getattr(Breach, name) for name in fields)).where(Breach.id == id)
    row = conn.execute(wanted).mappings().one_or_none()
    if row is None:
        return None
    e = BreachEvent
    told = select(e.kind, e.person, e.at, e.who, e.note).where(e.breach == id).order_by(e.n)
    story = tuple(BreachStep(*step) for step in conn.execute(told))
    return BreachDetail(**row, people=tuple(_concerned(conn, id, story)), story=story)


def _concerned(conn: Connection, id: bytes, story: tuple[BreachStep, ...]) -> Iterator[Concerned]:  # noqa: A002
    p = BreachPerson
    told = {step.person: step.at for step in reversed(story) if step.kind == "person"}
    wanted = select(p.id, p.request, Request.label).join(Request, Request.id == p.request, isouter=True)
    for row in conn.execute(wanted.where(p.breach == id).order_by(p.n)).all():
        name = recipient(conn, row.id).name
        yield Concerned(row.id, row.request, row.label or "", masked(name), told.get(row.id))


def recipient(conn: Connection, person_id: bytes) -> Recipient:
    """Who somebody a breach concerns is, in clear; the caller shows it only on their own notice."""
    row = conn.execute(
        select(BreachPerson.request, BreachPerson.sealed).where(BreachPerson.id == person_id)
    ).one_or_none()
    if row is None:
        return Recipient("", "")
    if row.request is None:
        return Recipient(**vault.open_fields(conn, sealed_to(person_id), row.sealed))
    known = person(conn, row.request)
    return Recipient(known.name, known.address) if known else Recipient("", "")


def sealed_to(person_id: bytes) -> bytes:
    """What the name of somebody in a breach is sealed to."""
    return b"breach_person:" + person_id


def term(conn: Connection) -> Term:
    """How long identities are kept; off before anybody said."""
    row = conn.execute(select(Retention.years, Retention.basis)).one_or_none()
    return Term(*row) if row else Term(None, "")


def keeping(conn: Connection, today: dt.date) -> Keeping:
    """What the page of retention shows."""
    gone = conn.execute(select(func.count()).select_from(Anonymised)).scalar_one()
    return Keeping(term(conn), due_identities(conn, today), gone, is_file_unclean(conn))


def is_file_unclean(conn: Connection) -> bool:
    """Whether identities went since the file was last written anew."""
    return _latest_act(conn, FileCleaned) < _latest_act(conn, Anonymised)


def _latest_act(conn: Connection, kind: type[FileCleaned | Anonymised]) -> int:
    """The place in the log of the newest row of a table: a clock may go back, the log does not."""
    newest = conn.execute(select(kind.id).order_by(kind.n.desc()).limit(1)).scalar()
    wanted = select(func.max(change.c.act)).where(change.c.row == newest, change.c.entity == kind.__tablename__)
    return conn.execute(wanted).scalar() or 0


def due_identities(conn: Connection, today: dt.date) -> tuple[DueIdentity, ...]:
    """Requests whose identity may go by the village's own term, the longest ended first; none while it is off."""
    kept = term(conn)
    if kept.years is None:
        return ()
    ended = _ended()
    wanted = (
        select(Request.id, Request.label, Request.topic, ended.label("ended"))
        .join(Applicant, Applicant.request == Request.id)
        .where(
            Request.state.in_(("done", *ENDED_REQUESTS, OLD_CLOSED)),
            ended <= rules.latest_end(today, kept.years),
            ~_gone(),
            ~_contested(),
            ~_in_open_breach(),
        )
        .order_by(ended, Request.n)
    )
    return tuple(
        DueIdentity(row.id, row.label, row.topic, row.ended, rules.due_on(row.ended, kept.years))
        for row in conn.execute(wanted)
    )


def _ended() -> ColumnElement[dt.date]:
    """The last day anything happened to a request or to an objection against it."""
    request: ScalarSelect[Any] = (
        select(func.max(RequestEvent.day)).where(RequestEvent.request == Request.id).scalar_subquery()
    )
    objection: ScalarSelect[Any] = (
        select(func.max(ObjectionEvent.day))
        .join(Objection, Objection.id == ObjectionEvent.objection)
        .where(Objection.request == Request.id)
        .scalar_subquery()
    )
    return func.max(request, func.coalesce(objection, request), type_=RequestEvent.day.type)


def _gone() -> ColumnElement[bool]:
    """The identity was let go and nobody was entered again."""
    same = and_(Anonymised.request == Request.id, Anonymised.left == Applicant.sealed)
    return select(Anonymised.id).where(same).exists()


def _contested() -> ColumnElement[bool]:
    running = and_(Objection.request == Request.id, Objection.state.not_in(ENDED_OBJECTIONS))
    return select(Objection.id).where(running).exists()


def _in_open_breach() -> ColumnElement[bool]:
    """Somebody who still has to be told of a breach must stay reachable."""
    closed = select(BreachEvent.id).where(BreachEvent.breach == BreachPerson.breach, BreachEvent.kind == "closed")
    return select(BreachPerson.id).where(BreachPerson.request == Request.id, ~closed.exists()).exists()


def owners(conn: Connection, requests: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Requests with the objections against them: everything a draft or a file of theirs may belong to."""
    found = conn.execute(select(Objection.id).where(Objection.request.in_(requests)).order_by(Objection.n)).scalars()
    return (*requests, *found)


def gone_requests(conn: Connection) -> tuple[bytes, ...]:
    """Every request whose identity was let go."""
    return tuple(conn.execute(select(Anonymised.request).distinct()).scalars())


def request_of(conn: Connection, label: str) -> tuple[bytes, ...]:
    """Requests of a register number as printed; capitals and spaces do not matter."""
    wanted = func.upper(Request.label) == "".join(label.split()).upper()
    return tuple(conn.execute(select(Request.id).where(wanted).order_by(Request.n)).scalars())


_WRITTEN: Mapping[str, str] = {
    "foi.Register": _("Identitas dicatat dan disegel"),
    "foi.Complete": _("Identitas dilengkapi"),
    "foi.CorrectApplicant": _("Identitas diperbaiki"),
    "privacy.Anonymise": _("Identitas dihapus karena masa simpan habis"),
}
"""What an act of the log did to the sealed row."""


def accesses(conn: Connection, request: bytes) -> tuple[Access, ...]:
    """Who wrote, opened, corrected or printed the identity on a request, oldest first."""
    mine = owners(conn, (request,))
    found = [*_written(conn, request), *_opened(conn, request), *_printed(conn, mine), *_books(conn, request, mine)]
    return tuple(sorted(found, key=lambda one: one.at))


def _written(conn: Connection, request: bytes) -> Iterator[Access]:
    wanted: Select[Any] = (
        select(act.c.at, act.c.name, act.c.who, change.c.kind)
        .join(change, change.c.act == act.c.seq)
        .join(Applicant, Applicant.id == change.c.row)
        .where(Applicant.request == request, change.c.entity == "applicant")
        .order_by(change.c.n)
    )
    for row in conn.execute(wanted):
        usual = _("Identitas dicatat dan disegel") if row.kind == "put" else _("Identitas diubah")
        yield Access(row.at, _WRITTEN.get(row.name, usual), row.who)


def _opened(conn: Connection, request: bytes) -> Iterator[Access]:
    u = Unmasking
    for row in conn.execute(select(u.at, u.who).where(u.request == request).order_by(u.n)):
        yield Access(row.at, _("Identitas dibuka"), row.who)
    told = (
        select(BreachEvent.at, BreachEvent.who)
        .join(BreachPerson, BreachPerson.id == BreachEvent.person)
        .where(BreachPerson.request == request, BreachEvent.kind == "person")
    )
    for row in conn.execute(told.order_by(BreachEvent.n)):
        yield Access(row.at, _("Pemilik diberi tahu bahwa datanya bocor"), row.who)


def _printed(conn: Connection, mine: tuple[bytes, ...]) -> Iterator[Access]:
    wanted = select(Letter.at, Letter.kind, Letter.label, Letter.who).where(Letter.owner.in_(mine))
    for row in conn.execute(wanted.order_by(Letter.n)):
        paper = PAPERS[row.kind].name if row.kind in PAPERS else row.kind
        yield Access(row.at, _("Surat diterbitkan: {paper} {number}").format(paper=paper, number=row.label), row.who)


def _books(conn: Connection, request: bytes, mine: tuple[bytes, ...]) -> Iterator[Access]:
    """Registers with names this request or an objection against it stands in."""
    days = select(Request.registered).where(Request.id == request)
    objected = select(Objection.registered).where(Objection.id.in_(mine))
    of_kind = {"requests": conn.execute(days).scalars().all(), "objections": conn.execute(objected).scalars().all()}
    b = BookMade
    for row in conn.execute(select(b.kind, b.first, b.last, b.as_of, b.purpose, b.at, b.who).order_by(b.n)):
        if any(row.first <= day <= min(row.last, row.as_of) for day in of_kind[row.kind]):
            yield Access(row.at, _("Register dengan nama dibuat: {purpose}").format(purpose=row.purpose), row.who)


def is_gone(conn: Connection, request: bytes) -> bool:
    """Whether the identity on a request was let go."""
    wanted = select(Applicant.id).join(Request, Request.id == Applicant.request).where(Request.id == request, _gone())
    return conn.execute(wanted).first() is not None


def proxies_of(conn: Connection, request: bytes) -> tuple[bytes, ...]:
    """Objections against a request that somebody else brought."""
    wanted = select(ObjectionProxy.objection).join(Objection, Objection.id == ObjectionProxy.objection)
    return tuple(conn.execute(wanted.where(Objection.request == request)).scalars())
