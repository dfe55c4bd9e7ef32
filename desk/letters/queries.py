"""What screens and papers may ask of the letters, and the steps they are the papers of."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, select

from desk.dip.tables import Exemption, ExemptionEvent
from desk.foi.life import CONSIDERED
from desk.foi.queries import Decided, Item
from desk.foi.tables import Considered, ItemDecision, Request, RequestEvent, RequestItem
from desk.letters import rules
from desk.letters.tables import Letter, LetterPattern
from desk.objections.tables import Objection, ObjectionEvent


@dataclass(frozen=True)
class Occasion:
    """A step of a request, objection or exemption, with what decides which papers it has."""

    id: bytes
    about: str
    """`request`, `objection` or `exemption`."""
    owner: bytes
    kind: str
    day: dt.date
    outcomes: tuple[str, ...] = ()
    fee: Decimal | None = None
    """What is paid with it."""
    number: str = ""
    """What a paper carries that takes no number of its own: the register's, or the classification's."""

    @property
    def papers(self) -> tuple[str, ...]:
        """Keys of `rules.PAPERS`."""
        return rules.papers_of(self.about, self.kind, self.outcomes, self.fee)


@dataclass(frozen=True)
class Issued:
    """A paper as it first went out."""

    id: bytes
    kind: str
    label: str
    owner: bytes
    event: bytes
    day: dt.date
    digest: bytes
    at: dt.datetime
    who: str
    promised: dt.date | None = None
    """The due date it put in writing, of the papers of a request that name one."""


@dataclass(frozen=True)
class Offer:
    """A paper a step has, and its number once it was issued."""

    kind: str
    owner: bytes
    event: bytes
    day: dt.date
    """The day it bears: of the step until it is issued."""
    issued: Issued | None

    @property
    def name(self) -> str:
        """What it is called."""
        return rules.PAPERS[self.kind].name


def issued(conn: Connection, owner: bytes) -> tuple[Issued, ...]:
    """Every paper that went out about a request, objection or exemption, oldest first."""
    lt = Letter
    columns = (lt.id, lt.kind, lt.label, lt.owner, lt.event, lt.day, lt.digest, lt.at, lt.who)
    told = select(*columns, RequestEvent.due.label("promised")).outerjoin(RequestEvent, RequestEvent.id == lt.event)
    return tuple(Issued(**row) for row in conn.execute(told.where(lt.owner == owner).order_by(lt.n)).mappings())


def offers(conn: Connection, owner: bytes) -> tuple[Offer, ...]:
    """The papers of every step, in the order of the story."""
    return tuple(offer for papers in by_step(conn, owner) for offer in papers)


def receipt_offer(conn: Connection, request: bytes) -> Offer | None:
    """The receipt of a request: of its last step that has one; None while it lacks something."""
    found = [offer for offer in offers(conn, request) if offer.kind == "receipt"]
    return found[-1] if found else None


def by_step(conn: Connection, owner: bytes) -> tuple[tuple[Offer, ...], ...]:
    """For each step of the story its papers; none for a step without any."""
    out = {(one.kind, one.event): one for one in issued(conn, owner)}
    return tuple(
        tuple(_offer(kind, step, out.get((kind, step.id))) for kind in step.papers) for step in occasions(conn, owner)
    )


def _offer(kind: str, step: Occasion, known: Issued | None) -> Offer:
    return Offer(kind, step.owner, step.id, known.day if known else step.day, known)


def patterns(conn: Connection) -> dict[str, str]:
    """How each series is written: the village's own pattern, else the shipped one."""
    own = {row.series: row.pattern for row in conn.execute(select(LetterPattern.series, LetterPattern.pattern))}
    return {series: own.get(series, shipped) for series, shipped in rules.PATTERNS.items()}


def occasions(conn: Connection, owner: bytes) -> tuple[Occasion, ...]:
    """The steps of whatever has this id, oldest first; none where nothing has."""
    return (*_of_request(conn, owner), *_of_objection(conn, owner), *_of_exemption(conn, owner))


def _of_request(conn: Connection, owner: bytes) -> Iterator[Occasion]:
    e = RequestEvent
    told = select(e.id, e.kind, e.day, e.fee, Request.label).join(Request, Request.id == e.request)
    answered: Decimal | None = None
    for row in conn.execute(told.where(e.request == owner).order_by(e.n)).all():
        outcomes = tuple(item.decided.outcome for item in decisions(conn, row.id) if item.decided)
        fee = row.fee
        if row.kind == "answered":
            answered = row.fee
        elif row.kind == "ready":
            # What was paid when it lay ready is not paid again at the handing over.
            answered = None
        elif row.kind == "handed_over":
            fee, answered = answered, None
        yield Occasion(row.id, "request", owner, row.kind, row.day, outcomes, fee, row.label)


def _of_objection(conn: Connection, owner: bytes) -> Iterator[Occasion]:
    e = ObjectionEvent
    told = select(e.id, e.kind, e.day, Objection.label).join(Objection, Objection.id == e.objection)
    for row in conn.execute(told.where(e.objection == owner).order_by(e.n)):
        yield Occasion(row.id, "objection", owner, row.kind, row.day, number=row.label)


def _of_exemption(conn: Connection, owner: bytes) -> Iterator[Occasion]:
    e = ExemptionEvent
    told = select(e.id, e.kind, e.day, e.number).join(Exemption, Exemption.id == e.exemption)
    for row in conn.execute(told.where(e.exemption == owner).order_by(e.day, e.n)):
        yield Occasion(row.id, "exemption", owner, row.kind, row.day, number=row.number)


def considered(conn: Connection, event: bytes) -> tuple[tuple[str, str], ...]:
    """The grounds of the written consideration behind an answer, in the order of the law: key and words."""
    rows = conn.execute(select(Considered.kind, Considered.words).where(Considered.event == event))
    order = list(CONSIDERED)
    return tuple(sorted(((row.kind, row.words) for row in rows), key=lambda one: order.index(one[0])))


def decisions(conn: Connection, event: bytes) -> tuple[Item, ...]:
    """What one answer decided, item by item; a later answer to the same request changes nothing in it."""
    d = ItemDecision
    columns = (d.outcome, d.grounds, d.test, d.elsewhere, d.removed, d.reason)
    rows = conn.execute(
        select(RequestItem.id, RequestItem.sought, *columns)
        .join(RequestItem, RequestItem.id == d.item)
        .where(d.event == event)
        .order_by(RequestItem.place)
    )
    return tuple(
        Item(
            row.id,
            row.sought,
            Decided(
                row.outcome,
                tuple(code for code in row.grounds.split(",") if code),
                row.test,
                row.elsewhere,
                row.removed,
                row.reason,
            ),
        )
        for row in rows
    )
