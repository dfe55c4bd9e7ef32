"""One round of one desk, in one transaction: apply what it sends, answer with what it does not know."""

import hashlib
import json
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from sync import merge, wire
from sync.server.faults import fault, shown, stamp
from sync.server.store import log, row, village
from sync.wire import Catalogue, Operation

FEED_BYTES = 128 * 1024
"""JSON of the rows in one answer; the rest follows in the next."""


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
            for operation in sent.operations:
                at, rev, head = at + 1, rev + 1, wire.link(head, operation)
                refused = fault(operation, catalogue, sent.edition)
                _apply(conn, code, (sent.inc, at), operation, head, rev, refused, catalogue)
            conn.execute(update(village).where(village.c.code == code).values(rev=rev))
        since = sent.since if sent.gen == state.gen else 0
        changes, seen, more = _feed(conn, code, sent.inc, since, rev)
        return {
            "at": at, "head": head.hex(), "rev0": state.rev if applied else None, "rev": seen, "gen": state.gen,
            "ch": changes, "more": more, "now": int(time.time()),
        }  # fmt: skip


def _position(conn: Connection, code: str, inc: str) -> tuple[int, bytes]:
    """How many operations of an incarnation stand here, and the head of their chain."""
    mine = select(log.c.seq, log.c.hash).where(log.c.village == code, log.c.inc == inc)
    last = conn.execute(mine.order_by(log.c.seq.desc()).limit(1)).one_or_none()
    return (last.seq, last.hash) if last else (0, wire.EMPTY_HEAD)


def _apply(
    conn: Connection,
    code: str,
    place: tuple[str, int],
    operation: Operation,
    head: bytes,
    rev: int,
    refused: str | None,
    catalogue: Catalogue,
) -> None:
    """Append an operation to its log and bring its row up to it; a repeat is logged and changes no value."""
    first_inc, first_seq = stamp(operation) or place
    first = (log.c.village == code, log.c.first_inc == first_inc, log.c.first_seq == first_seq)
    before = conn.execute(select(log.c.op, log.c.rev).where(*first).order_by(log.c.rev).limit(1)).one_or_none()
    if before is not None and not _is_same(json.loads(before.op), operation):
        # A desk put back from a copy went on differently: the same first stamp, but not the same act.
        (first_inc, first_seq), before = place, None
    refused = refused if before is None else None
    conn.execute(
        insert(log).values(
            village=code, inc=place[0], seq=place[1], first_inc=first_inc, first_seq=first_seq, hash=head,
            op=json.dumps(operation, ensure_ascii=False), rev=rev, refused=refused, at=int(time.time()),
        )
    )  # fmt: skip
    if refused:
        _raise_task(conn, code, "refused", place, rev, {"operation": shown(operation), "reason": refused})
    elif before is None:
        _merge(conn, code, place, operation, rev, wire.groups(catalogue, operation["e"]))
    else:
        _inherit(conn, code, place[0], operation, before.rev)


def _is_same(one: Operation, other: Operation) -> bool:
    """Whether two operations are one, whatever list they stand in."""
    return {name: value for name, value in one.items() if name != "o"} == {
        name: value for name, value in other.items() if name != "o"
    }


def _inherit(conn: Connection, code: str, inc: str, operation: Operation, rev: int) -> None:
    """A desk that lists an operation again is the one that wrote it, under a new name: its later edits follow on it."""
    if not (isinstance(operation.get("e"), str) and isinstance(operation.get("r"), str)):
        return
    key = (row.c.village == code, row.c.entity == operation["e"], row.c.id == operation["r"])
    found = conn.execute(select(row.c.groups).where(*key)).scalar_one_or_none()
    if found is not None:
        stamps = {group: (at, inc if at == rev else writer) for group, (at, writer) in json.loads(found).items()}
        conn.execute(update(row).where(*key).values(groups=json.dumps(stamps)))


def _merge(
    conn: Connection, code: str, place: tuple[str, int], operation: Operation, rev: int, groups: merge.Groups
) -> None:
    key = (row.c.village == code, row.c.entity == operation["e"], row.c.id == operation["r"])
    found = conn.execute(select(row.c.doc, row.c.groups, row.c.deleted).where(*key)).one_or_none()
    held = merge.Held()
    if found:
        stamps = {group: (revision, writer) for group, (revision, writer) in json.loads(found.groups).items()}
        held = merge.Held(json.loads(found.doc), stamps, bool(found.deleted))
    stamp = (rev, place[0])
    if operation["k"] == "del":
        merged = merge.remove(held, operation["b"], stamp)
    else:
        merged = merge.write(held, operation["f"], groups, operation["b"], stamp)
    fields: dict[str, Any] = {
        "rev": rev, "doc": json.dumps(dict(merged.row.doc), ensure_ascii=False), "writer": place[0],
        "groups": json.dumps(dict(merged.row.stamps)), "deleted": int(merged.row.deleted),
    }  # fmt: skip
    if merged.in_conflict:
        fields["echo"] = rev
    if found:
        conn.execute(update(row).where(*key).values(**fields))
    else:
        conn.execute(
            insert(row).values(village=code, entity=operation["e"], id=operation["r"], **{"echo": 0, **fields})
        )
    if merged.in_conflict:
        _raise_task(conn, code, "conflict", place, rev, {"operation": operation, "refused": dict(merged.refused)})


def _raise_task(conn: Connection, code: str, kind: str, place: tuple[str, int], rev: int, doc: dict[str, Any]) -> None:
    """A row of the feed a person has to look at; a row, so that it cannot be lost with an answer."""
    task_id = hashlib.sha256(f"{place[0]}/{place[1]}".encode()).hexdigest()[:32]
    conn.execute(
        insert(row).values(
            village=code, entity=kind, id=task_id, rev=rev, writer="", deleted=0, echo=rev,
            doc=json.dumps(doc, ensure_ascii=False), groups="{}",
        )
    )  # fmt: skip


def _feed(conn: Connection, code: str, inc: str, since: int, until: int) -> tuple[list[dict[str, Any]], int, bool]:
    """Rows after a revision that others wrote: the rows, how far they go, whether more follow."""
    changes: list[dict[str, Any]] = []
    size = 0
    newer = select(row).where(row.c.village == code, row.c.rev > since).order_by(row.c.rev)
    for found in conn.execute(newer):
        if _all_own(found, inc, since):
            continue
        size += len(found.doc)
        # A conflict and its row share one revision: a page never ends between them.
        if changes and size > FEED_BYTES and found.rev > changes[-1]["v"]:
            return changes, changes[-1]["v"], True
        changes.append(
            {"e": found.entity, "r": found.id, "v": found.rev, "d": found.deleted, "f": json.loads(found.doc)}
        )
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
