"""A village's rows and log as one round changes them: read once, merged in memory, written together at the end."""

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from sync import merge, wire
from sync.server.faults import fault, outgrown, shown, stamp
from sync.server.store import log, row
from sync.wire import Catalogue, Operation

Place = tuple[str, int]
"""An incarnation, and a position in its chain."""


@dataclass
class Held:
    """A row in the making, and the revision from which on even its own writer is told again what stands."""

    row: merge.Held
    rev: int
    echo: int
    writer: str

    def is_news_to(self, inc: str, base: int) -> bool:
        """Whether somebody else wrote here, or a conflict ended here, after what an operation's writer had seen."""
        return self.echo > base or any(
            revision > base and writer != inc for revision, writer in self.row.stamps.values()
        )


class Ledger:
    """What one desk's operations do to its village, one after the other."""

    def __init__(self, conn: Connection, code: str, catalogue: Catalogue, edition: int) -> None:
        self._conn, self._code = conn, code
        self._catalogue, self._edition = catalogue, edition
        self._groups: dict[str, merge.Groups] = {}
        self._rows: dict[tuple[str, str], Held | None] = {}
        self._touched: set[tuple[str, str]] = set()
        self._entries: dict[Place, dict[str, Any]] = {}
        self._repeats: set[Place] = set()
        self._now = int(time.time())

    def expect(self, operations: Sequence[Operation], place: Place) -> None:
        """Learn which of the operations after a place came before; asking one by one takes most of a round's time."""
        wanted: dict[str, list[int]] = {}
        for seq, operation in enumerate(operations, place[1] + 1):
            inc, first_seq = stamp(operation) or (place[0], seq)
            wanted.setdefault(inc, []).append(first_seq)
        for inc, seqs in wanted.items():
            between = log.c.first_seq.between(min(seqs), max(seqs))
            mine = (log.c.village == self._code, log.c.first_inc == inc, between)
            self._repeats.update((inc, seq) for (seq,) in self._conn.execute(select(log.c.first_seq).where(*mine)))

    def apply(self, operation: Operation, place: Place, head: bytes, rev: int) -> None:
        """Append an operation to its log and bring its row up to it; a repeat is logged and changes no value."""
        first = stamp(operation) or place
        before = self._first(first)
        if before is not None and not _is_same(json.loads(before[0]), operation):
            # A desk put back from a copy went on differently: the same first stamp, but not the same act.
            first, before = place, None
        refused = None
        if before is None:
            refused = fault(operation, self._catalogue, self._edition) or self._merge(operation, place, rev)
        entry = {
            "village": self._code, "inc": place[0], "seq": place[1], "first_inc": first[0], "first_seq": first[1],
            "hash": head, "op": json.dumps(operation, ensure_ascii=False), "rev": rev, "refused": refused,
            "at": self._now,
        }  # fmt: skip
        self._entries[first if before is None else place] = entry
        if refused:
            self._raise_task("refused", place, rev, {"operation": shown(operation), "reason": refused})
        self._follow(operation, place[0], rev, before[1] if before else None)

    def write(self) -> None:
        """Put everything into the file."""
        if self._entries:
            self._conn.execute(insert(log), list(self._entries.values()))
        changed = [self._stored(key, held) for key in self._touched if (held := self._rows[key]) is not None]
        if changed:
            statement = upsert(row)
            wanted = {name: statement.excluded[name] for name in changed[0] if name not in ("village", "entity", "id")}
            self._conn.execute(
                statement.on_conflict_do_update(index_elements=["village", "entity", "id"], set_=wanted), changed
            )

    def _stored(self, key: tuple[str, str], held: Held) -> dict[str, Any]:
        return {
            "village": self._code, "entity": key[0], "id": key[1], "rev": held.rev, "writer": held.writer,
            "doc": json.dumps(dict(held.row.doc), ensure_ascii=False), "groups": json.dumps(dict(held.row.stamps)),
            "deleted": int(held.row.deleted), "echo": held.echo,
        }  # fmt: skip

    def _first(self, first: Place) -> tuple[str, int] | None:
        """The operation that came under a first stamp, as `expect` foresaw, and its revision."""
        if first in self._entries:
            return self._entries[first]["op"], self._entries[first]["rev"]
        if first not in self._repeats:
            return None
        mine = (log.c.village == self._code, log.c.first_inc == first[0], log.c.first_seq == first[1])
        found = self._conn.execute(select(log.c.op, log.c.rev).where(*mine).order_by(log.c.rev).limit(1)).first()
        return (found.op, found.rev) if found else None

    def _find(self, entity: str, row_id: str) -> Held | None:
        key = (entity, row_id)
        if key not in self._rows:
            mine = (row.c.village == self._code, row.c.entity == entity, row.c.id == row_id)
            found = self._conn.execute(select(row).where(*mine)).one_or_none()
            if found is None:
                self._rows[key] = None
            else:
                stamps = {group: (revision, writer) for group, (revision, writer) in json.loads(found.groups).items()}
                held = merge.Held(json.loads(found.doc), stamps, bool(found.deleted))
                self._rows[key] = Held(held, found.rev, found.echo, found.writer)
        return self._rows[key]

    def _merge(self, operation: Operation, place: Place, rev: int) -> str | None:
        """Bring the operation's row up to it; why it cannot be, where the row would outgrow what a page can hold."""
        entity, row_id = operation["e"], operation["r"]
        found = self._find(entity, row_id)
        held = found.row if found else merge.Held()
        mark = (rev, place[0])
        if operation["k"] == "del":
            merged = merge.remove(held, operation["b"], mark)
        else:
            groups = self._groups.setdefault(entity, wire.groups(self._catalogue, entity))
            merged = merge.write(held, operation["f"], groups, operation["b"], mark)
            if too_much := outgrown(merged.row.doc):
                return too_much
        news = found is not None and found.is_news_to(place[0], operation["b"])
        echo = rev if merged.in_conflict or news else found.echo if found else 0
        self._rows[entity, row_id] = Held(merged.row, rev, echo, place[0])
        self._touched.add((entity, row_id))
        if merged.in_conflict:
            doc = {"operation": shown(operation), "refused": dict(merged.refused)}
            self._raise_task("conflict", place, rev, doc)
        return None

    def _follow(self, operation: Operation, inc: str, rev: int, before: int | None) -> None:
        """Where an operation changed nothing: let its writer inherit what it wrote before, and hear what stands.

        A desk leaves a row of the feed alone while an edit of that row waits, and counts on being told it anew.

        Args:
            before: the revision under which a desk listed the operation first; its later edits follow on that.
        """
        known = isinstance(operation.get("e"), str) and isinstance(operation.get("r"), str)
        held = self._find(operation["e"], operation["r"]) if known else None
        if held is None or held.rev == rev:
            return
        if before is not None:
            stamps = {group: (at, inc if at == before else writer) for group, (at, writer) in held.row.stamps.items()}
            held.row = merge.Held(held.row.doc, stamps, held.row.deleted)
            self._touched.add((operation["e"], operation["r"]))
        base = operation.get("b")
        if type(base) is int and held.is_news_to(inc, base):
            held.rev = held.echo = rev
            self._touched.add((operation["e"], operation["r"]))

    def _raise_task(self, kind: str, place: Place, rev: int, doc: dict[str, Any]) -> None:
        """A row of the feed a person has to look at; a row, so that it cannot be lost with an answer."""
        task_id = hashlib.sha256(f"{place[0]}/{place[1]}".encode()).hexdigest()[:32]
        self._rows[kind, task_id] = Held(merge.Held(doc), rev, rev, "")
        self._touched.add((kind, task_id))


def _is_same(one: Operation, other: Operation) -> bool:
    """Whether two operations are one, whatever list they stand in."""
    return {name: value for name, value in one.items() if name != "o"} == {
        name: value for name, value in other.items() if name != "o"
    }
