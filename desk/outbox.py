"""What waits for the district and what came from it: the database side of a sync round, without a network.

The log is the outbox: every outgoing change is one operation, in the order of `change.n`, and never changes, so a
batch may be cut anew at any size. Only the position the district has acknowledged is kept.
"""

import datetime as dt
import json
import secrets
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any, ClassVar

from sqlalchemy import Column, Connection, Integer, LargeBinary, Select, Table, Text, func, insert, select, update
from sqlalchemy.orm import Session

from desk import inbox, log
from desk.inbox import NOTHING_LOST, Change, Lost, Unsent
from desk.store import DeskError, Moment, Row, content_columns, rows
from desk.village.commands import SetVillage
from desk.village.tables import Village

FIRST_PACE = 4 * 1024
"""Bytes on the line of a first batch: fewer than what a bad line passes between two cuts."""

LARGEST_OPERATION = 64 * 1024
"""Bytes of JSON in the fields of one operation; what is longer no district takes."""
TOO_LARGE = "large"
"""Kind of an operation sent by name only: the district refuses it, and what comes after it goes on."""

peer = Table(
    "peer",
    Row.metadata,
    Column("n", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("village", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("inc", Text, nullable=False),
    Column("acked", Integer, nullable=False),
    Column("acked_n", Integer, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("gen", Integer, nullable=False),
    Column("synced_at", Moment),
    Column("trouble", Text, nullable=False),
    Column("pace", Integer, nullable=False),
    sqlite_strict=True,
)
"""The district this desk belongs to, and how far the two have told each other everything; one row, not journalled."""


@dataclass(frozen=True)
class Peer:
    """The district as a round needs it."""

    url: str
    village: str
    device: str
    token: str
    inc: str
    acked: int
    acked_n: int
    head: bytes
    cursor: int
    gen: int
    pace: int
    """Bytes on the line of the next batch."""


@dataclass(frozen=True)
class Waiting:
    """What a person sees of the outbox."""

    enrolled: bool
    url: str
    operations: int
    sent: int
    synced_at: dt.datetime | None
    trouble: str


@dataclass(frozen=True)
class Pending:
    """One operation: its `change.n`, and what the wire tells of it."""

    n: int
    told: dict[str, Any]


def peer_of(conn: Connection) -> Peer | None:
    """The district this desk is enrolled with; None before enrolment."""
    p = peer.c
    row = conn.execute(
        select(p.url, p.village, p.device, p.token, p.inc, p.acked, p.acked_n, p.head, p.cursor, p.gen, p.pace)
    ).one_or_none()
    return None if row is None else Peer(**row._mapping)


def waiting(conn: Connection) -> Waiting:
    """How many operations the district has not acknowledged, and how the last round ended."""
    known = conn.execute(select(peer)).one_or_none()
    unsent = _outgoing().where(log.change.c.n > (_done(conn, known.inc, known.acked_n) if known else 0)).subquery()
    operations = conn.execute(select(func.count()).select_from(unsent)).scalar_one()
    if known is None:
        return Waiting(False, "", operations, 0, None, "")
    return Waiting(True, known.url, operations, known.acked, known.synced_at, known.trouble)


def synced_rows(conn: Connection) -> int:
    """How many rows of this desk the district is told of."""
    told = [name for name, row in rows().items() if any(c.info.get("sync") for c in content_columns(row))]
    return sum(conn.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in told)


def pending(conn: Connection, inc: str, acked: int, acked_n: int, most_bytes: int) -> tuple[Pending, ...]:
    """The operations of an incarnation after a position, together at most `most_bytes` of JSON but at least one.

    Args:
        inc: the incarnation they are listed under; one done before it carries its first stamp as `o`.
        acked: how many operations lie before.
        acked_n: `change.n` of the last of those.
    """
    synced = {name: {c.name for c in content_columns(row) if c.info.get("sync")} for name, row in rows().items()}
    passed = _passed_over(conn)
    chosen: list[Pending] = []
    size = 0
    unsent = conn.execute(_outgoing().where(log.change.c.n > _done(conn, inc, acked_n)))
    for place, row in enumerate(unsent, passed.get(inc, 0) + acked + 1):
        told = _told(row, synced[row.entity])
        if row.inc != inc:
            told["o"] = [row.inc, place - passed.get(row.inc, 0)]
        size += len(json.dumps(told, ensure_ascii=False).encode())
        if chosen and size > most_bytes:
            break
        chosen.append(Pending(row.n, told))
    return tuple(chosen)


def _told(row: Any, synced: AbstractSet[str]) -> dict[str, Any]:
    """One change as the wire tells of it; what is too long for any message is named only."""
    after = {k: v[1] for k, v in json.loads(row.fields).items() if k in synced} if row.kind != "del" else {}
    large = len(json.dumps(after, ensure_ascii=False).encode()) > LARGEST_OPERATION
    return {
        "e": row.entity, "r": row.row.hex(), "k": TOO_LARGE if large else row.kind, "b": row.base_rev,
        "f": {} if large else after, "a": row.id.hex(), "t": row.at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "w": row.who,
    }  # fmt: skip


def _passed_over(conn: Connection) -> dict[str, int]:
    """Of every incarnation, how many of the desk's operations lie before those it lists."""
    found: dict[str, int] = {}
    for life in conn.execute(select(log.incarnation).order_by(log.incarnation.c.n)):
        found[life.inc] = found.get(life.parent, 0) + life.kept
    return found


def _done(conn: Connection, inc: str, acked_n: int) -> int:
    """`change.n` of the last operation that an incarnation need not send: acknowledged, or kept under another name."""
    kept = _passed_over(conn).get(inc, 0)
    if not kept:
        return acked_n
    last = conn.execute(_outgoing().offset(kept - 1).limit(1)).first()
    return max(acked_n, last.n if last else 0)


def _outgoing() -> Select[*tuple[Any, ...]]:
    """What this desk's own acts changed of synced columns, in the order it happened."""
    c, a = log.change.c, log.act.c
    columns = (c.n, c.entity, c.row, c.kind, c.base_rev, c.fields, a.id, a.inc, a.at, a.who)
    joined = select(*columns).join(log.act, a.seq == c.act)
    return joined.where(c.outgoing == 1, a.inc.is_not(None)).order_by(c.n)


@dataclass(frozen=True)
class Introduction:
    """Who this desk is before it joins: its incarnation, and the village it serves, "" where it is empty."""

    inc: str
    village: str


def introduction(conn: Connection) -> Introduction:
    """What a desk tells the district when it asks to join."""
    life = select(log.incarnation.c.inc).order_by(log.incarnation.c.n.desc()).limit(1)
    return Introduction(conn.execute(life).scalar_one(), conn.execute(select(Village.code)).scalar_one_or_none() or "")


@dataclass(frozen=True)
class JoinDistrict:
    """The desk takes a new name for its operations and remembers the district."""

    url: str
    village: str
    name: str
    device: str
    token: str
    gen: int
    letters: tuple[str, ...]

    def run(self, session: Session) -> None:
        """Write the peer; an empty desk takes the village from the invite.

        Raises:
            DeskError: the code was made for another village, or no series letter is left.
        """
        own = session.scalar(select(Village.code))
        if own is not None and own != self.village:
            raise DeskError(
                _("Kode ini untuk desa {theirs}, padahal meja ini milik desa {ours}. Minta kode yang benar.").format(
                    theirs=self.village, ours=own
                )
            )
        if own is None:
            SetVillage(self.village, self.name).run(session)
        conn = session.connection()
        inc = secrets.token_hex(16)
        before = log.current(session)
        free = [chr(n) for n in range(ord("A"), ord("Z") + 1) if chr(n) not in self.letters]
        if not free:
            raise DeskError(
                _("Semua huruf seri register desa ini (A-Z) sudah terpakai. Hubungi kabupaten sebelum menyambung.")
            )
        letter = before.letter if before.letter in free else free[0]
        conn.execute(insert(log.incarnation).values(inc=inc, letter=letter, parent=before.inc, kept=0))
        conn.execute(peer.delete())
        conn.execute(
            insert(peer).values(
                url=self.url, village=self.village, device=self.device, token=self.token, inc=inc, acked=0, acked_n=0,
                head=bytes(16), cursor=0, gen=self.gen, trouble="", pace=FIRST_PACE,
            )
        )  # fmt: skip


@dataclass(frozen=True)
class Received:
    """What an answer left behind: rows that do not fit in yet, and the losses of the round so far."""

    waiting: int
    lost: Lost


@dataclass(frozen=True)
class Receive:
    """An answer of the district: how far it has our operations, the revisions they got, and what others wrote."""

    from_district: ClassVar[bool] = True

    known: Peer
    """The position this is the answer to."""
    acked: int
    acked_n: int
    head: bytes
    revisions: tuple[tuple[str, bytes, int], ...]
    changes: tuple[Change, ...]
    cursor: int
    gen: int
    at: dt.datetime
    pace: int
    lost: Lost = NOTHING_LOST
    """What earlier pages of this round took away."""

    def run(self, session: Session) -> Received:
        """Move the position, apply the feed, stamp the rows; all in one transaction.

        Raises:
            DeskError: the feed would take away more than a district should in one go.
        """
        conn = session.connection()
        if peer_of(conn) != self.known:
            # Another window of this desk has had a round meanwhile; the next round asks anew.
            return Received(0, self.lost)
        lost = inbox.stop_a_mass_loss(conn, self.changes, self.lost)
        unsent = _unsent_rows(conn, self.known.inc, self.acked_n)
        waiting_rows = inbox.take(conn, self.changes, unsent)
        self._stamp(conn, unsent)
        conn.execute(
            update(peer).values(
                acked=self.acked, acked_n=self.acked_n, head=self.head, cursor=self.cursor, gen=self.gen,
                synced_at=self.at, trouble="", pace=self.pace,
            )
        )  # fmt: skip
        return Received(waiting_rows, lost)

    def _stamp(self, conn: Connection, unsent: Unsent) -> None:
        """Give rows the revision of their last operation, where everything others wrote before it stands here too.

        A later edit takes this revision for its base. Ahead of the feed, or of a row that was left alone or put aside,
        it would claim to have seen what nobody here has seen, and overwrite it without a word.
        """
        last = {(entity, row): rev for entity, row, rev in self.revisions}
        aside = {(k.entity, k.row) for k in conn.execute(select(inbox.kept.c.entity, inbox.kept.c.row))}
        for (entity, row), rev in last.items():
            if rev <= self.cursor and (entity, row) not in unsent and (entity, row) not in aside:
                table = rows()[entity].__tablename__
                conn.exec_driver_sql(f"UPDATE {table} SET rev=max(rev,?) WHERE id=?", (rev, row))


def _unsent_rows(conn: Connection, inc: str, acked_n: int) -> Unsent:
    """Rows this desk has changed and the district has not taken yet."""
    later = _outgoing().where(log.change.c.n > _done(conn, inc, acked_n))
    return frozenset((row.entity, row.row) for row in conn.execute(later))


@dataclass(frozen=True)
class Fail:
    """A round that did not end: everything waits, and the sentence says why."""

    trouble: str
    pace: int
    """Bytes on the line of the batch the next round begins with."""

    def run(self, session: Session) -> None:
        """Keep the sentence for the status line, and begin smaller next time."""
        session.connection().execute(update(peer).values(trouble=self.trouble, pace=self.pace))
