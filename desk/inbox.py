"""What others wrote of this village, applied row by row; what does not fit waits and loses nothing.

Rows come in the order of their last revision, so a child may come pages before the row it belongs to, and a row may
clash with one entered here. Each row is applied whole or put aside in `kept`, and tried again with every later page.
A row with edits that still wait to be sent is left alone: they were made over what stood here, so the district tells
the row anew once it has them. Taking half of it would make the next edit look as if it had seen all.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, Text, insert, select
from sqlalchemy.exc import DBAPIError

from desk.errors import LARGEST_SEN
from desk.store import Day, DeskError, Flag, Moment, Row, Sen, content_columns, rows

ID_BYTES = 16
"""Of a UUID."""
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
"""Days a row may tell: beyond them calendars end and a reader of dates fails."""
MOST_LOST = 20
"""Rows a round may take away or blank before a person is asked (sync.md section 3)."""
LOST_PERCENT = 5
"""So much of the rows of the tables concerned, too."""

kept = Table(
    "kept",
    Row.metadata,
    Column("entity", Text, primary_key=True),
    Column("row", LargeBinary, primary_key=True),
    Column("rev", Integer, nullable=False),
    Column("deleted", Flag, nullable=False),
    Column("doc", Text, nullable=False),
    sqlite_strict=True,
)
"""Rows of the feed put aside: what a person has to decide, what newer editions add, what does not fit in yet."""

Unsent = AbstractSet[tuple[str, bytes]]
"""Rows changed here and not sent yet."""


@dataclass(frozen=True)
class Lost:
    """What the pages of one round have taken away or blanked so far: how many rows, and of which tables."""

    rows: int = 0
    gone: int = 0
    """How many of them no longer stand here at all."""
    entities: frozenset[str] = frozenset()


NOTHING_LOST = Lost()
"""Where a round begins."""


@dataclass(frozen=True)
class Change:
    """A row of the feed: its fields as the district holds them, its revision there, and whether it was taken away."""

    entity: str
    row: bytes
    rev: int
    deleted: bool
    fields: Mapping[str, Any]


def take(conn: Connection, changes: Sequence[Change], unsent: Unsent) -> int:
    """Apply a page and try again what waits; how many rows of this edition's tables still wait."""
    for change in changes:
        conn.execute(kept.delete().where(kept.c.entity == change.entity, kept.c.row == change.row))
    told = _told()
    waiting = [c for c in (*changes, *_put_aside(conn)) if c.entity in told and (c.entity, c.row) not in unsent]
    left = _fit(conn, waiting)
    while left and len(left) < len(waiting):
        waiting, left = left, _fit(conn, left)
    for change in [*(c for c in changes if c.entity not in told), *left]:
        # In ASCII: half a character in a text must not keep the rest of the page from being taken.
        doc = json.dumps(dict(change.fields))
        values = {"entity": change.entity, "row": change.row, "rev": change.rev, "deleted": change.deleted, "doc": doc}
        conn.execute(insert(kept).prefix_with("OR REPLACE").values(**values))
    return len(left)


def _told() -> frozenset[str]:
    """Tables the district is told of; to no other may it write, least of all to the one of identities."""
    return frozenset(name for name, row in rows().items() if any(c.info.get("sync") for c in content_columns(row)))


def _put_aside(conn: Connection) -> list[Change]:
    """Rows of earlier pages that did not fit; out of `kept` until they are tried again."""
    ours = kept.c.entity.in_(_told())
    found = conn.execute(select(kept).where(ours).order_by(kept.c.rev)).all()
    if found:
        conn.execute(kept.delete().where(ours))
    return [Change(k.entity, k.row, k.rev, k.deleted, json.loads(k.doc)) for k in found]


def _fit(conn: Connection, changes: Sequence[Change]) -> list[Change]:
    """Apply each row whole or not at all; those that the tables refuse come back."""
    refused = []
    for change in changes:
        try:
            with conn.begin_nested():
                _apply(conn, change)
        except (DBAPIError, TypeError, ValueError, OverflowError) as error:
            if isinstance(error, DBAPIError) and not _is_the_rows_own(error):
                raise
            refused.append(change)
    return refused


def _is_the_rows_own(error: DBAPIError) -> bool:
    """Whether the row does not fit in the tables, and not the disk or the program is at fault."""
    return str(getattr(error.orig, "sqlite_errorname", "")).startswith(("SQLITE_CONSTRAINT", "SQLITE_MISMATCH"))


def _apply(conn: Connection, change: Change) -> None:
    """Bring one row to what the feed says."""
    row = rows()[change.entity]
    table = row.__tablename__
    held = conn.exec_driver_sql(f"SELECT * FROM {table} WHERE id=?", (change.row,)).mappings().one_or_none()
    exists = held is not None
    if len(change.row) != ID_BYTES:
        raise ValueError("not the id of a row")
    if change.deleted:
        if exists:
            conn.exec_driver_sql(f"DELETE FROM {table} WHERE id=?", (change.row,))
        return
    columns = {c.name: c for c in content_columns(row)}
    values = _stored(change, columns)
    if held is not None:
        # What is equal already is left alone: an enacted budget refuses even that.
        values = {name: value for name, value in values.items() if held[name] != value}
        if values and not row.__insert_only__:
            names = ",".join(f"{name}=?" for name in values)
            conn.exec_driver_sql(f"UPDATE {table} SET {names} WHERE id=?", (*values.values(), change.row))
    else:
        blank = {name: _blank(column) for name, column in columns.items() if not column.nullable and name not in values}
        values = blank | values
        names, marks = ",".join(values), ",".join("?" * len(values))
        conn.exec_driver_sql(f"INSERT INTO {table} (id,{names}) VALUES (?,{marks})", (change.row, *values.values()))
    conn.exec_driver_sql(f"UPDATE {table} SET rev=? WHERE id=?", (change.rev, change.row))


def _stored(change: Change, columns: Mapping[str, Column[Any]]) -> dict[str, Any]:
    """The synced fields as the file holds them; what this edition does not know stays at the district."""
    ours = {name: value for name, value in change.fields.items() if name in columns and columns[name].info.get("sync")}
    for name, value in ours.items():
        if value is not None:
            _check(columns[name], value)
    return {
        name: bytes.fromhex(value) if isinstance(columns[name].type, LargeBinary) and value is not None else value
        for name, value in ours.items()
    }


def _check(column: Column[Any], value: Any) -> None:
    """Refuse what the column could not be read back from."""
    if type(value) is not (int if isinstance(column.type, Integer | Sen | Flag) else str):
        raise TypeError(f"{column.name} does not hold {value!r}")
    if isinstance(column.type, Day):
        if not EARLIEST <= dt.date.fromisoformat(str(value)) <= LATEST:
            raise ValueError(f"{column.name} is no day of a village's work: {value}")
    elif isinstance(column.type, Moment):
        dt.datetime.fromisoformat(str(value))
    elif isinstance(column.type, Sen):
        if abs(int(value)) >= LARGEST_SEN:
            raise ValueError(f"{column.name} is no amount of a village: {value}")
    elif isinstance(column.type, LargeBinary) and len(bytes.fromhex(str(value))) != ID_BYTES:
        raise ValueError(f"{column.name} is not the id of a row")


def _blank(column: Column[Any]) -> str | int:
    """What stands in a column that never leaves its own PC, on another PC of the village.

    Raises:
        ValueError: nothing may stand for it: a day an older edition does not tell of; the row waits until it does.
    """
    if isinstance(column.type, Day | Moment):
        raise ValueError(f"{column.name} is wanted and was not told")
    return 0 if isinstance(column.type, Integer | Sen | Flag) else ""


def stop_a_mass_loss(conn: Connection, changes: Sequence[Change], before: Lost) -> Lost:
    """Let a round take away or blank a few rows, never a village.

    Args:
        before: what earlier pages of the round have lost; a village must not go page by page either.

    Raises:
        DeskError: it would lose more than `MOST_LOST` rows, or more than `LOST_PERCENT` of those it is about.
    """
    told = _told()
    losing = [c for c in changes if c.entity in told and _loses(conn, c)]
    lost = Lost(
        before.rows + len(losing),
        before.gone + sum(c.deleted for c in losing),
        before.entities | {c.entity for c in losing},
    )
    held = sum(conn.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in lost.entities)
    few = lost.rows * 100 <= (held + before.gone) * LOST_PERCENT
    if losing and lost.rows > 1 and (lost.rows > MOST_LOST or not few):
        rest = _("Sisanya tetap utuh") if before.rows else _("Tidak ada yang berubah")
        refused = _("Kabupaten hendak menghapus atau mengosongkan {count} catatan. {rest}; hubungi kabupaten.")
        raise DeskError(refused.format(count=lost.rows, rest=rest))
    return lost


def _loses(conn: Connection, change: Change) -> bool:
    """Whether a row that stands here would go, or one of its fields would become empty."""
    table = rows()[change.entity].__tablename__
    held = conn.exec_driver_sql(f"SELECT * FROM {table} WHERE id=?", (change.row,)).mappings().one_or_none()
    if held is None:
        return False
    return change.deleted or any(
        value in (None, "") and held.get(name) not in (None, "") for name, value in change.fields.items()
    )
