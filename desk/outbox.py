"""What waits for the district and what came from it: the database side of a sync round, without a network.

The log is the outbox: every outgoing change is one operation, in the order of `change.n`, and never changes, so a
batch may be cut anew at any size. Only the position the district has acknowledged is kept.
"""

import datetime as dt
import json
import secrets
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any, ClassVar

from sqlalchemy import Column, Connection, Integer, LargeBinary, Select, Table, Text, func, insert, select, update
from sqlalchemy.orm import Session

from desk import inbox, log
from desk.inbox import Change
from desk.store import DeskError, Moment, Row, content_columns, rows
from desk.village.commands import SetVillage
from desk.village.tables import Village

FIRST_PACE = 4 * 1024
"""Bytes on the line of a first batch: fewer than what a bad line passes between two cuts."""

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
    after = known.acked_n if known else 0
    unsent = _outgoing().where(log.change.c.n > after).subquery()
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
    chosen: list[Pending] = []
    size = 0
    for position, row in enumerate(conn.execute(_outgoing().where(log.change.c.n > acked_n)), acked + 1):
        after = {k: v[1] for k, v in json.loads(row.fields).items() if k in synced[row.entity]}
        if row.kind == "del":
            after = {}
        told = {
            "e": row.entity, "r": row.row.hex(), "k": row.kind, "b": row.base_rev, "f": after,
            "a": row.id.hex(), "t": row.at.astimezone(dt.UTC).isoformat(timespec="seconds"), "w": row.who,
        }  # fmt: skip
        if row.inc != inc:
            told["o"] = [row.inc, position]
        size += len(json.dumps(told, ensure_ascii=False).encode())
        if chosen and size > most_bytes:
            break
        chosen.append(Pending(row.n, told))
    return tuple(chosen)


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
            DeskError: the code was made for another village.
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

    def run(self, session: Session) -> int:
        """Move the position, stamp the rows, apply the feed; all in one transaction. How many rows had to wait.

        Raises:
            DeskError: the feed would take away more than a district should in one go.
        """
        conn = session.connection()
        if peer_of(conn) != self.known:
            # Another window of this desk has had a round meanwhile; the next round asks anew.
            return 0
        inbox.stop_a_mass_loss(conn, self.changes)
        for entity, row, rev in self.revisions:
            conn.exec_driver_sql(f"UPDATE {rows()[entity].__tablename__} SET rev=max(rev,?) WHERE id=?", (rev, row))
        waiting_rows = inbox.take(conn, self.changes, _unsent_groups(conn, self.acked_n))
        conn.execute(
            update(peer).values(
                acked=self.acked, acked_n=self.acked_n, head=self.head, cursor=self.cursor, gen=self.gen,
                synced_at=self.at, trouble="", pace=self.pace,
            )
        )  # fmt: skip
        return waiting_rows


def _unsent_groups(conn: Connection, acked_n: int) -> dict[tuple[str, bytes], set[str]]:
    """Groups of rows this desk has changed and the district has not taken yet: they stay on top of the feed."""
    found: dict[tuple[str, bytes], set[str]] = {}
    for row in conn.execute(_outgoing().where(log.change.c.n > acked_n)):
        changed = json.loads(row.fields)
        groups = {inbox.group(c) for c in content_columns(rows()[row.entity]) if c.name in changed}
        found.setdefault((row.entity, row.row), set()).update(groups)
    return found


@dataclass(frozen=True)
class Fail:
    """A round that did not end: everything waits, and the sentence says why."""

    trouble: str
    pace: int
    """Bytes on the line of the batch the next round begins with."""

    def run(self, session: Session) -> None:
        """Keep the sentence for the status line, and begin smaller next time."""
        session.connection().execute(update(peer).values(trouble=self.trouble, pace=self.pace))
