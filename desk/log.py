"""The log: every act and every change in one hash-chained table pair; journal, undo and outbox at once.

The triggers of the store write `change`; this module frames them into acts, chains the acts, proves the chain against
the rows, and turns an act back. What waits for the district is read from the same tables by `desk/outbox.py`.
"""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, Text, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desk.store import DeskError, Flag, Moment, Row, content_columns, new_id, rows

act = Table(
    "act",
    Row.metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", LargeBinary, nullable=False, unique=True),
    Column("inc", Text),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("legal", Flag, nullable=False),
    Column("undoes", LargeBinary),
    Column("hash", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""One command that changed something; `inc` is the incarnation that did it, null for what came from the district."""

change = Table(
    "change",
    Row.metadata,
    Column("n", Integer, primary_key=True),
    Column("act", Integer, nullable=False, index=True),
    Column("entity", Text, nullable=False),
    Column("row", LargeBinary, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("base_rev", Integer, nullable=False),
    Column("fields", Text, nullable=False),
    Column("outgoing", Integer, nullable=False),
    sqlite_strict=True,
)
"""One row touched: {column: [before, after]}, private columns by name only; `outgoing` where the district is told."""

writing = Table(
    "writing",
    Row.metadata,
    Column("act", Integer, nullable=False),
    Column("outgoing", Integer, nullable=False),
    sqlite_strict=True,
)
"""One row while a command runs, none otherwise: the triggers refuse every write without it."""

incarnation = Table(
    "incarnation",
    Row.metadata,
    Column("n", Integer, primary_key=True),
    Column("inc", Text, nullable=False, unique=True),
    Column("letter", Text, nullable=False),
    Column("parent", Text),
    Column("kept", Integer, nullable=False),
    sqlite_strict=True,
)
"""The lives of this desk: its operations are the parent's after the first `kept`, then its own; the letter is the
series of its register numbers, so that a desk put back from a copy never issues a printed number again."""


@dataclass(frozen=True)
class Touched:
    """A row an act added ("put"), changed ("patch") or removed ("del")."""

    entity: str
    row: bytes
    kind: str


@dataclass(frozen=True)
class Act:
    """The act in progress: what a command may know of its own frame."""

    seq: int
    id: bytes
    inc: str
    letter: str
    at: dt.datetime
    who: str


def current(session: Session) -> Act:
    """The act the running command belongs to."""
    frame = session.info["act"]
    assert isinstance(frame, Act)
    return frame


def ensure_incarnation(conn: Connection) -> None:
    """Give a new desk its first life, with series letter A."""
    if not conn.execute(select(func.count()).select_from(incarnation)).scalar_one():
        conn.execute(insert(incarnation).values(inc=secrets.token_hex(16), letter="A", kept=0))


def begin(conn: Connection, who: str, at: dt.datetime, *, from_district: bool) -> Act:
    """Open an act: from here to `seal` the rows may be written."""
    life = conn.execute(select(incarnation.c.inc, incarnation.c.letter).order_by(incarnation.c.n.desc()).limit(1)).one()
    seq = conn.execute(select(func.coalesce(func.max(act.c.seq), 0) + 1)).scalar_one()
    conn.execute(insert(writing).values(act=seq, outgoing=int(not from_district)))
    return Act(seq, new_id(), life.inc, life.letter, at, who)


def seal(
    conn: Connection, frame: Act, name: str, *, legal: bool, from_district: bool, undoes: bytes | None = None
) -> tuple[Touched, ...]:
    """Close an act: chain its hash to the one before; an act that changed nothing leaves no entry."""
    conn.execute(writing.delete())
    changes = conn.execute(select(change).where(change.c.act == frame.seq).order_by(change.c.n)).all()
    if changes:
        entry = {
            "seq": frame.seq, "id": frame.id, "inc": None if from_district else frame.inc, "at": frame.at,
            "who": frame.who, "name": name, "legal": legal, "undoes": undoes,
        }  # fmt: skip
        before = conn.execute(select(act.c.hash).order_by(act.c.seq.desc()).limit(1)).scalar()
        conn.execute(insert(act).values(**entry, hash=link(before, entry, changes)))
    return tuple(Touched(c.entity, c.row, c.kind) for c in changes)


def link(before: bytes | None, entry: dict[str, Any], changes: Any) -> bytes:
    """SHA-256 over the hash before, the act and its changes, as canonical JSON."""
    head = [
        entry["seq"], entry["id"].hex(), entry["inc"], entry["at"].astimezone(dt.UTC).isoformat(), entry["who"],
        entry["name"], entry["legal"], entry["undoes"].hex() if entry["undoes"] else None,
    ]  # fmt: skip
    body = [[c.n, c.entity, c.row.hex(), c.kind, c.base_rev, c.fields, c.outgoing] for c in changes]
    text = json.dumps([head, body], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((before or b"") + text.encode()).digest()


def has_act(conn: Connection, act_id: bytes) -> bool:
    """Whether an act is in the log: the answer to a COMMIT that ended in an error."""
    return conn.execute(select(act.c.seq).where(act.c.id == act_id)).first() is not None


def check(conn: Connection) -> list[str]:
    """Everything that does not fit between file, chain and rows, as sentences; empty where all is well.

    Finds a row changed or added behind the desk's back (its log tells another story), and a log entry edited, removed
    or moved (the chain breaks).
    """
    problems = [
        _("Berkas basis data rusak: {detail}").format(detail=text)
        for (text,) in conn.exec_driver_sql("PRAGMA integrity_check(10)")
        if text != "ok"
    ]
    problems += [
        _("Tabel {table} menunjuk catatan yang tidak ada.").format(table=table)
        for table, *_rest in conn.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    return problems + list(_prove_chain(conn)) + list(_compare_rows(conn)) + list(_prove_singles(conn))


def _prove_chain(conn: Connection) -> Iterator[str]:
    """Every act whose hash does not follow from the one before; read as it lies there, whatever was written into it."""
    by_act: dict[int, list[Any]] = {}
    for c in conn.execute(select(change).order_by(change.c.n)):
        by_act.setdefault(c.act, []).append(c)
    before: bytes | None = None
    expected = 1
    known = set(conn.scalars(select(incarnation.c.inc)))
    names = [column.name for column in act.columns]
    for cells in conn.exec_driver_sql(f"SELECT {','.join(names)} FROM act ORDER BY seq"):
        entry = dict(zip(names, cells, strict=True))
        if entry["seq"] != expected:
            yield _("Jejak nomor {seq} hilang.").format(seq=expected)
        if not _fits(before, entry, by_act.pop(entry["seq"], [])):
            yield _("Jejak nomor {seq} tidak cocok: isinya berubah sesudah dicatat.").format(seq=entry["seq"])
        if entry["inc"] is not None and entry["inc"] not in known:
            yield _("Jejak nomor {seq} ditulis oleh desk yang tidak dikenal berkas ini.").format(seq=entry["seq"])
        before, expected = entry["hash"], entry["seq"] + 1
    yield from (_("Ada catatan jejak tanpa perintah (nomor {seq}).").format(seq=seq) for seq in by_act)


def _fits(before: bytes | None, entry: dict[str, Any], changes: list[Any]) -> bool:
    """Whether an act as it lies in the file carries the hash of what it says."""
    try:
        told = {**entry, "at": dt.datetime.fromisoformat(entry["at"]), "legal": bool(entry["legal"])}
        return bool(link(before, told, changes) == entry["hash"])
    except ValueError:
        return False


def _prove_singles(conn: Connection) -> Iterator[str]:
    """Tables that hold one row at most, and none while no command runs; and a log shorter than the district knows."""
    for table, most in (("writing", 0), ("vault", 1), ("peer", 1)):
        if conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() > most:
            yield _("Tabel {table}: ada catatan yang tidak pernah ditulis lewat aplikasi.").format(table=table)
    newest = conn.execute(select(func.coalesce(func.max(change.c.n), 0))).scalar_one()
    told = conn.exec_driver_sql("SELECT coalesce(max(acked_n), 0) FROM peer").scalar_one()
    if told > newest:
        yield _("Ujung jejak hilang: kabupaten sudah menerima perubahan sampai nomor {n}.").format(n=told)


def _compare_rows(conn: Connection) -> Iterator[str]:
    """Replay the log and name every row that differs from what it tells."""
    told: dict[str, dict[bytes, dict[str, Any]]] = {name: {} for name in rows()}
    for c in conn.execute(select(change.c.entity, change.c.row, change.c.kind, change.c.fields).order_by(change.c.n)):
        table = told.setdefault(c.entity, {})
        if c.kind == "del":
            table.pop(c.row, None)
        else:
            table.setdefault(c.row, {}).update(_after(c.fields))
    for name, row in rows().items():
        yield from _compare(conn, name, row, told[name])


def _after(fields: str) -> dict[str, Any]:
    """What a change made of each open column; nothing where its text was destroyed, which the chain names."""
    try:
        return {k: pair[1] for k, pair in json.loads(fields).items() if pair is not None}
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return {}


def _compare(conn: Connection, name: str, row: type[Row], told: dict[bytes, dict[str, Any]]) -> Iterator[str]:
    """Each row of one table that is not as the log tells it."""
    open_columns = [c for c in content_columns(row) if not c.info.get("private")]
    held = {}
    listing = ",".join(["id", *(c.name for c in open_columns)])
    for row_id, *cells in conn.exec_driver_sql(f"SELECT {listing} FROM {name}"):
        values = (v.hex() if isinstance(v, bytes) else v for v in cells)
        held[row_id] = dict(zip((c.name for c in open_columns), values, strict=True))
    for row_id in held.keys() | told.keys():
        if row_id not in told:
            yield _("Tabel {table}: ada catatan yang tidak pernah ditulis lewat aplikasi.").format(table=name)
        elif row_id not in held:
            yield _("Tabel {table}: ada catatan yang hilang di luar aplikasi.").format(table=name)
        elif odd := [k for k, v in held[row_id].items() if v != told[row_id].get(k)]:
            yield _("Tabel {table}: {fields} berubah di luar aplikasi.").format(table=name, fields=", ".join(odd))


@dataclass(frozen=True)
class Undo:
    """Turn one act back, as an act of its own."""

    act: bytes

    def run(self, session: Session) -> bytes:
        """Apply the opposite of each change, last first; the id of the act that was undone.

        Raises:
            DeskError: the act is legal, was already undone, or something later touched the same.
        """
        conn = session.connection()
        entry = conn.execute(select(act).where(act.c.id == self.act)).one_or_none()
        if entry is None:
            raise DeskError(_("Perubahan itu tidak ada di catatan. Muat ulang halaman, lalu coba lagi."))
        if entry.legal:
            raise DeskError(
                _("Langkah ini masuk register resmi dan tidak dapat diurungkan. Catat langkah baru sebagai gantinya.")
            )
        changes = conn.execute(select(change).where(change.c.act == entry.seq).order_by(change.c.n.desc())).all()
        cancelled = _cancelled(conn, entry.seq)
        for c in changes:
            later = select(change.c.act).where(
                change.c.row == c.row, change.c.entity == c.entity, change.c.act > entry.seq
            )
            if set(conn.execute(later).scalars()) - cancelled:
                raise DeskError(_("Catatan ini sudah diubah lagi sesudahnya. Ubah langsung catatannya."))
        try:
            for c in changes:
                _turn_back(conn, c)
        except IntegrityError as error:
            raise DeskError(_("Catatan lain sudah memakai catatan ini. Hapus dulu yang lain itu.")) from error
        return self.act


def _cancelled(conn: Connection, after: int) -> set[int]:
    """Acts after one that were turned back, and the acts that did it: together they left every row as it was."""
    later = conn.execute(select(act.c.seq, act.c.id, act.c.undoes).where(act.c.seq > after).order_by(act.c.seq)).all()
    places = {a.id: a.seq for a in later}
    found: set[int] = set()
    for a in reversed(later):
        if a.undoes in places and a.seq not in found:
            found |= {a.seq, places[a.undoes]}
    return found


def _turn_back(conn: Connection, entry: Any) -> None:
    row, fields = rows()[entry.entity], json.loads(entry.fields)
    if row.__insert_only__ or None in fields.values():
        raise DeskError(_("Langkah ini tidak dapat diurungkan. Ubah langsung catatannya."))
    if entry.kind == "put":
        conn.exec_driver_sql(f"DELETE FROM {entry.entity} WHERE id=?", (entry.row,))
        return
    blobs = {c.name for c in content_columns(row) if isinstance(c.type, LargeBinary)}
    old = {k: bytes.fromhex(v[0]) if k in blobs and v[0] is not None else v[0] for k, v in fields.items()}
    if entry.kind == "patch":
        names = ",".join(f"{k}=?" for k in old)
        conn.exec_driver_sql(f"UPDATE {entry.entity} SET {names} WHERE id=?", (*old.values(), entry.row))
    else:
        names, marks = ",".join(old), ",".join("?" * len(old))
        conn.exec_driver_sql(
            f"INSERT INTO {entry.entity} (id,rev,{names}) VALUES (?,?,{marks})",
            (entry.row, entry.base_rev, *old.values()),
        )
