"""One round of one desk, in one transaction: apply what it sends, answer with what it does not know."""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from sync import merge, wire
from sync.server.store import log, row, village
from sync.wire import Operation

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


def exchange(engine: Engine, code: str, sent: Round, groups: Mapping[str, merge.Groups]) -> dict[str, Any]:
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
                _apply(conn, code, (sent.inc, at), operation, head, rev, groups)
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
    groups: Mapping[str, merge.Groups],
) -> None:
    """Append an operation to its log and bring its row up to it; a repeat is logged and changes nothing."""
    first_inc, first_seq = operation.get("o", place)
    repeated = select(log.c.seq).where(
        log.c.village == code, log.c.first_inc == first_inc, log.c.first_seq == first_seq
    )
    again = conn.execute(repeated.limit(1)).first() is not None
    refused = None if again else _fault(operation)
    conn.execute(
        insert(log).values(
            village=code, inc=place[0], seq=place[1], first_inc=first_inc, first_seq=first_seq, hash=head,
            op=json.dumps(operation, ensure_ascii=False), rev=rev, refused=refused, at=int(time.time()),
        )
    )  # fmt: skip
    if refused:
        _raise_task(conn, code, "refused", place, rev, {"operation": operation, "reason": refused})
    elif not again:
        _merge(conn, code, place, operation, rev, groups.get(operation["e"], {}))


def _fault(operation: Operation) -> str | None:
    """Why an operation cannot be applied; it is kept all the same and comes back as a task."""
    shape = {"e": str, "r": str, "k": str, "b": int, "f": dict}
    wrong = [name for name, kind in shape.items() if type(operation.get(name)) is not kind]
    if wrong:
        return f"malformed: {', '.join(wrong)}"
    if operation["k"] not in ("put", "patch", "del"):
        return f"unknown kind: {operation['k'][:20]}"
    return None


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
    fields = {
        "rev": rev, "doc": json.dumps(dict(merged.row.doc), ensure_ascii=False), "writer": place[0],
        "groups": json.dumps(dict(merged.row.stamps)), "deleted": int(merged.row.deleted),
    }  # fmt: skip
    if found:
        conn.execute(update(row).where(*key).values(**fields))
    else:
        conn.execute(insert(row).values(village=code, entity=operation["e"], id=operation["r"], **fields))
    if merged.in_conflict:
        _raise_task(conn, code, "conflict", place, rev, {"operation": operation, "refused": dict(merged.refused)})


def _raise_task(conn: Connection, code: str, kind: str, place: tuple[str, int], rev: int, doc: dict[str, Any]) -> None:
    """A row of the feed a person has to look at; a row, so that it cannot be lost with an answer."""
    task_id = hashlib.sha256(f"{place[0]}/{place[1]}".encode()).hexdigest()[:32]
    conn.execute(
        insert(row).values(
            village=code, entity=kind, id=task_id, rev=rev, writer="", deleted=0,
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
        if changes and size > FEED_BYTES:
            return changes, changes[-1]["v"], True
        changes.append(
            {"e": found.entity, "r": found.id, "v": found.rev, "d": found.deleted, "f": json.loads(found.doc)}
        )
    return changes, until, False


def _all_own(found: Any, inc: str, since: int) -> bool:
    stamps = json.loads(found.groups)
    return bool(stamps) and all(writer == inc for revision, writer in stamps.values() if revision > since)


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
