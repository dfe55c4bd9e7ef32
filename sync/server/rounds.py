"""One round of one desk, in one transaction: apply what it sends, answer with what it does not know."""

import json
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update

from sync import wire
from sync.server.ledger import Ledger
from sync.server.store import log, row, village
from sync.wire import Catalogue, Operation

FEED_BYTES = 128 * 1024
"""JSON of the rows in one answer, the rest follows in the next: what does not shrink still has to be `MOST_PACKED`."""


@dataclass(frozen=True)
class Round:
    """What a desk sends: its position, the operations after it, and the last revision it has seen."""

    inc: str
    after: int
    head: bytes
    operations: tuple[Operation, ...]
    since: int
    gen: int
    edition: int = wire.EDITION
    room: int | None = None
    """Bytes of the page it has room for; `FEED_BYTES` where it does not say."""


def exchange(engine: Engine, code: str, sent: Round, catalogue: Catalogue) -> dict[str, Any]:
    """Apply and answer `{at, head, rev0, rev, gen, ch, more, now}`.

    Operations are applied only where the desk stands exactly where this log ends; then operation i got revision
    `rev0 + i`. Otherwise nothing is applied, `rev0` is null, and `at` and `head` tell the desk where to go on.
    """
    with engine.begin() as conn:
        at, head = _position(conn, code, sent.inc)
        state = conn.execute(select(village.c.rev, village.c.gen).where(village.c.code == code)).one()
        rev, applied = state.rev, (at, head) == (sent.after, sent.head)
        if applied:
            ledger = Ledger(conn, code, catalogue, sent.edition)
            ledger.expect(sent.operations, (sent.inc, at))
            for operation in sent.operations:
                at, rev, head = at + 1, rev + 1, wire.link(head, operation)
                ledger.apply(operation, (sent.inc, at), head, rev)
            ledger.write()
            conn.execute(update(village).where(village.c.code == code).values(rev=rev))
        since = sent.since if sent.gen == state.gen else 0
        changes, seen, more = _feed(conn, code, sent, since, rev)
        return {
            "at": at, "head": head.hex(), "rev0": state.rev if applied else None, "rev": seen, "gen": state.gen,
            "ch": changes, "more": more, "now": int(time.time()),
        }  # fmt: skip


def _position(conn: Connection, code: str, inc: str) -> tuple[int, bytes]:
    """How many operations of an incarnation stand here, and the head of their chain."""
    mine = select(log.c.seq, log.c.hash).where(log.c.village == code, log.c.inc == inc)
    last = conn.execute(mine.order_by(log.c.seq.desc()).limit(1)).one_or_none()
    return (last.seq, last.hash) if last else (0, wire.EMPTY_HEAD)


def _feed(conn: Connection, code: str, sent: Round, since: int, until: int) -> tuple[list[dict[str, Any]], int, bool]:
    """Rows after a revision that others wrote: the rows, how far they go, whether more follow."""
    changes: list[dict[str, Any]] = []
    size, room = 0, FEED_BYTES if sent.room is None else min(sent.room, FEED_BYTES)
    newer = select(row).where(row.c.village == code, row.c.rev > since).order_by(row.c.rev)
    for found in conn.execute(newer.execution_options(yield_per=100)):
        if _all_own(found, sent.inc, since):
            continue
        change = {"e": found.entity, "r": found.id, "v": found.rev, "d": found.deleted, "f": json.loads(found.doc)}
        size += len(wire.canonical(change))
        # A conflict and its row share one revision: a page never ends between them.
        if changes and size > room and found.rev > changes[-1]["v"]:
            return changes, changes[-1]["v"], True
        changes.append(change)
    return changes, until, False


def _all_own(found: Any, inc: str, since: int) -> bool:
    """Whether the desk that asks wrote all there is to tell; after a conflict it has to hear what stands."""
    return found.echo <= since and all(
        writer == inc for revision, writer in json.loads(found.groups).values() if revision > since
    )


def state(engine: Engine, code: str) -> dict[str, Any]:
    """What the district holds of a village: `{rev, gen, incs: {inc: [length, head]}, rows: {entity: count}}`."""
    with engine.connect() as conn:
        known = conn.execute(select(village.c.rev, village.c.gen).where(village.c.code == code)).one()
        names = conn.execute(select(log.c.inc).where(log.c.village == code).distinct()).scalars().all()
        places = {inc: _position(conn, code, inc) for inc in names}
        living = select(row.c.entity, func.count()).where(row.c.village == code, row.c.deleted == 0)
        return {
            "rev": known.rev,
            "gen": known.gen,
            "incs": {inc: [at, head.hex()] for inc, (at, head) in places.items()},
            "rows": dict(conn.execute(living.group_by(row.c.entity)).tuples().all()),
        }
