"""The store: one SQLite file, its column types, and the triggers derived from the mapping.

Every table of the desk is a `Row`. From the mapping come the STRICT table, the triggers that write the log, keep
insert-only rows as they are and feed the search tables; nothing is written by hand twice. How a column behaves stands
beside it: `info={"sync": True, "group": "place", "public": True}` or `info={"private": True}`.
"""

import datetime as dt
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Column, Connection, Dialect, Engine, Integer, LargeBinary, MetaData, Text, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from desk.errors import LARGEST_SEN
from desk.errors import DeskError as DeskError

T = TypeVar("T")

APPLICATION_ID = 0x4D444553
"""PRAGMA application_id of a desk's file: the letters MDES."""

SCHEMA = 2
"""PRAGMA user_version this program reads and writes."""


def new_id() -> bytes:
    """A UUIDv7 (RFC 9562): 16 bytes, sortable by the millisecond they were made in."""
    raw = bytearray((time.time_ns() // 1_000_000).to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return bytes(raw)


class Sen(TypeDecorator[Decimal]):
    """Rupiah as Decimal in Python and as whole sen in the file; a float never comes near it."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Sen of an amount; refuses fractions of a sen and figures no village budget has."""
        if value is None:
            return None
        sen = Decimal(value) * 100
        if not sen.is_finite() or sen != sen.to_integral_value() or abs(sen) >= LARGEST_SEN:
            raise ValueError(f"not an amount in rupiah and sen: {value}")
        return int(sen)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Rupiah from sen, exactly."""
        return None if value is None else Decimal(value).scaleb(-2)


class Day(TypeDecorator[dt.date]):
    """A civil date in the desk's zone, stored as 2026-11-22."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, dialect: Dialect) -> str | None:
        """ISO 8601 text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.date | None:
        """The date again."""
        return None if value is None else dt.date.fromisoformat(value)


class Moment(TypeDecorator[dt.datetime]):
    """A point in time, stored in UTC as 2026-11-22T02:15:00.000000+00:00 so that text order is time order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        """UTC text; refuses a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:
        """The moment, in UTC."""
        return None if value is None else dt.datetime.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0: STRICT tables know no boolean."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """1, 0 or null."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """The truth value."""
        return None if value is None else bool(value)


class Row(DeclarativeBase):
    """One kept thing of the village; subclasses add columns, and may add search, insert-only and locked rules."""

    metadata = MetaData(
        naming_convention={"ck": "ck_%(table_name)s_%(constraint_name)s", "ix": "ix_%(column_0_label)s"}
    )
    type_annotation_map = {  # noqa: RUF012 (declared so by SQLAlchemy)
        str: Text, int: Integer, bytes: LargeBinary, bool: Flag, Decimal: Sen, dt.date: Day, dt.datetime: Moment,
    }  # fmt: skip
    __mapper_args__ = {"primary_key": ["id"]}  # noqa: RUF012 (declared so by SQLAlchemy)
    __search__: ClassVar[tuple[str, ...]] = ()
    """Columns found through the table's FTS5 index."""
    __insert_only__: ClassVar[bool] = False
    """Rows are added and never changed again."""
    __once__: ClassVar[bool] = False
    """There is one such row in a village, and a second one is refused, whoever brings it."""
    __locked__: ClassVar[str] = ""
    """SQL over `old`: while it is true the row may be neither added, changed nor removed."""

    n: Mapped[int] = mapped_column(primary_key=True, sort_order=-3)
    """Row number for SQLite and FTS5; never shown, never synced."""
    id: Mapped[bytes] = mapped_column(unique=True, default=new_id, sort_order=-2)
    rev: Mapped[int] = mapped_column(default=0, server_default="0", sort_order=-1)
    """The district's last revision of this row; bookkeeping of sync, not journalled."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Make every table STRICT (https://sqlite.org/stricttables.html)."""
        cls.__table_args__ = (*cls.__dict__.get("__table_args__", ()), {"sqlite_strict": True})
        super().__init_subclass__(**kwargs)


def rows() -> dict[str, type[Row]]:
    """Every mapped table by name, in the order of their names."""
    return {
        m.class_.__tablename__: m.class_ for m in sorted(Row.registry.mappers, key=lambda m: m.class_.__tablename__)
    }


def content_columns(row: type[Row]) -> list[Column[Any]]:
    """The columns that hold what people wrote: all but n, id and rev."""
    return [c for c in row.metadata.tables[row.__tablename__].columns if c.name not in ("n", "id", "rev")]


def open_writer(path: Path) -> Engine:
    """The one engine that writes; every transaction takes the write lock at its beginning."""
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"isolation_level": None, "timeout": 5}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def take_lock(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def open_reader(path: Path) -> Engine:
    """An engine that cannot write; readers of a WAL file never wait for the writer."""
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"isolation_level": None, "timeout": 5},
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: object) -> None:
        for pragma in ("foreign_keys=ON", "recursive_triggers=ON", "synchronous=FULL", "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def read_once(path: Path, query: Callable[[Connection], T]) -> T | None:
    """Ask a file before it is opened for writing, where its header says that it is a desk's of just this schema.

    The header's bytes 60 to 63 are PRAGMA user_version, 68 to 71 application_id (https://sqlite.org/fileformat.html).
    What is damaged or still lies in the write-ahead log makes the answer None: opening the desk will say more.
    """
    try:
        with path.open("rb") as file:
            header = file.read(72)
    except OSError:
        return None
    if (header[60:64], header[68:72]) != (SCHEMA.to_bytes(4), APPLICATION_ID.to_bytes(4)):
        return None
    reader = open_reader(path)
    try:
        with reader.connect() as conn:
            return query(conn)
    except DBAPIError:
        return None
    finally:
        reader.dispose()


def prepare(writer: Engine) -> list[str]:
    """Create what is missing in the file and check that it is ours, in one transaction.

    Returns:
        Names of guards (triggers, search tables) that were missing or altered in a file that had them; renewed now.

    Raises:
        DeskError: the file belongs to another program or to a newer version of this one.
    """
    with writer.begin() as conn:
        settings = {p: conn.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("journal_mode", "synchronous")}
        if settings != {"journal_mode": "wal", "synchronous": 2}:
            raise RuntimeError(f"SQLite did not take the settings that survive a power cut: {settings}")
        version = conn.exec_driver_sql("PRAGMA user_version").scalar_one()
        owner = conn.exec_driver_sql("PRAGMA application_id").scalar_one()
        empty = not conn.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        if not empty and owner != APPLICATION_ID:
            raise DeskError(_("Berkas desa.db di folder ini bukan data Meja Desa. Pilih folder data yang lain."))
        if version > SCHEMA:
            raise DeskError(
                _("Data ini dibuat oleh Meja Desa yang lebih baru. Pasang versi terbaru; data tidak diubah.")
            )
        if empty:
            Row.metadata.create_all(conn)
            conn.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            conn.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
        _find_tables(conn)
        renewed = renew_machinery(conn)
    return [] if empty else renewed


def _find_tables(conn: Connection) -> None:
    """Refuse a file that lacks a table or a column: filling the gap would hide that something was lost.

    Raises:
        DeskError: with the table's name.
    """
    listed = "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"
    held = {(str(table), str(column)) for table, column in conn.exec_driver_sql(listed)}
    for table in Row.metadata.sorted_tables:
        if not {(table.name, column.name) for column in table.columns} <= held:
            told = _("Berkas data tidak lengkap: tabel {table} hilang atau berubah. Jangan menulis apa-apa lagi; salin "
                     "folder data dan hubungi pendamping desa.")  # fmt: skip
            raise DeskError(told.format(table=table.name))


def renew_machinery(conn: Connection) -> list[str]:
    """Bring triggers and search tables to what the mapping says; the names of those that differed."""
    wanted = dict(machinery())
    found = {
        str(name): str(sql)
        for name, sql in conn.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type='trigger' OR sql LIKE 'CREATE VIRTUAL TABLE%'"
        )
    }
    for name in [n for n, sql in found.items() if wanted.get(n) != sql]:
        conn.exec_driver_sql(f"DROP {'TABLE' if name.endswith('_fts') else 'TRIGGER'} IF EXISTS {name}")
    for name, sql in wanted.items():
        if found.get(name) != sql:
            conn.exec_driver_sql(sql)
            if name.endswith("_fts"):
                conn.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES ('rebuild')")
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


def machinery() -> Iterator[tuple[str, str]]:
    """Name and SQL of every search table and trigger the mapping asks for, tables first."""
    for table, row in rows().items():
        yield from _search(table, row.__search__)
        yield from _logging(table, row)
        yield from _guards(table, row)
    for table in ("act", "change"):
        for verb in ("UPDATE", "DELETE"):
            yield _refusal(f"{table}_keep_{verb[0].lower()}", f"BEFORE {verb} ON {table}", "jejak hanya bertambah")


def _trigger(name: str, occasion: str, body: str, when: str = "") -> tuple[str, str]:
    condition = f" WHEN {when}" if when else ""
    return name, f"CREATE TRIGGER {name} {occasion}{condition} BEGIN {body}; END"


def _refusal(name: str, occasion: str, reason: str, when: str = "") -> tuple[str, str]:
    return _trigger(name, occasion, f"SELECT RAISE(ABORT, '{reason}')", when)


def _stored(side: str, column: Column[Any]) -> str:
    """SQL for a column's value as the log writes it: blobs as lower-case hex."""
    cell = f"{side}.{column.name}"
    return f"iif({cell} IS NULL, NULL, lower(hex({cell})))" if isinstance(column.type, LargeBinary) else cell


def _logging(table: str, row: type[Row]) -> Iterator[tuple[str, str]]:
    """Triggers that write each insert, update and delete into `change`, and refuse one outside a command."""
    columns = content_columns(row)
    synced = [c for c in columns if c.info.get("sync")]
    guard = "SELECT RAISE(ABORT, 'tulis di luar perintah') WHERE NOT EXISTS (SELECT 1 FROM writing);"
    log = "INSERT INTO change(act, entity, row, kind, base_rev, fields, outgoing) SELECT act,"

    def logged(column: Column[Any], before: str, after: str) -> str:
        return "NULL" if column.info.get("private") else f"json_array({before},{after})"

    put = ",".join(f"'{c.name}',{logged(c, 'NULL', _stored('new', c))}" for c in columns)
    gone = ",".join(f"'{c.name}',{logged(c, _stored('old', c), 'NULL')}" for c in columns)
    for verb, side, kind, fields in (("INSERT", "new", "put", put), ("DELETE", "old", "del", gone)):
        entry = f"'{table}',{side}.id,'{kind}',{side}.rev,json_object({fields}),{'outgoing' if synced else 0}"
        occasion = f"AFTER {verb} ON {table}"
        yield _trigger(f"{table}_log_{verb[0].lower()}", occasion, f"{guard} {log} {entry} FROM writing")
    moved = {c.name: f"old.{c.name} IS NOT new.{c.name}" for c in columns}
    pairs = " UNION ALL ".join(
        f"SELECT '{c.name}' k,{logged(c, _stored('old', c), _stored('new', c))} v WHERE {moved[c.name]}"
        for c in columns
    )
    fields = f"(SELECT json_group_object(k, json(coalesce(v,'null'))) FROM ({pairs}))"
    leaves = " OR ".join(moved[c.name] for c in synced) or "0"
    entry = f"'{table}',new.id,'patch',old.rev,{fields},outgoing AND ({leaves})"
    occasion = f"AFTER UPDATE OF {','.join(moved)} ON {table}"
    yield _trigger(f"{table}_log_u", occasion, f"{guard} {log} {entry} FROM writing", " OR ".join(moved.values()))


def _guards(table: str, row: type[Row]) -> Iterator[tuple[str, str]]:
    """Triggers that keep identities, insert-only rows and locked rows as they are."""
    names = ",".join(c.name for c in content_columns(row))
    yield _refusal(f"{table}_identity", f"BEFORE UPDATE OF n,id ON {table}", "id tetap")
    if row.__once__:
        others = f"EXISTS (SELECT 1 FROM {table} WHERE id <> new.id)"
        yield _refusal(f"{table}_once", f"BEFORE INSERT ON {table}", "hanya satu", others)
    for column in content_columns(row):
        if words := column.info.get("words"):
            unknown = f"new.{column.name} NOT IN ({','.join(repr(word) for word in words)})"
            yield _refusal(f"{table}_words_{column.name}", f"BEFORE INSERT ON {table}", "kata tidak dikenal", unknown)
    if row.__insert_only__:
        yield _refusal(f"{table}_keep_u", f"BEFORE UPDATE OF {names} ON {table}", "hanya bertambah")
        yield _refusal(f"{table}_keep_d", f"BEFORE DELETE ON {table}", "hanya bertambah")
    if row.__locked__:
        over_new = row.__locked__.replace("old.", "new.")
        yield _refusal(f"{table}_lock_i", f"BEFORE INSERT ON {table}", "sudah ditetapkan", over_new)
        yield _refusal(f"{table}_lock_u", f"BEFORE UPDATE OF {names} ON {table}", "sudah ditetapkan", row.__locked__)
        yield _refusal(f"{table}_lock_d", f"BEFORE DELETE ON {table}", "sudah ditetapkan", row.__locked__)


def _search(table: str, columns: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The FTS5 table over a row's searchable columns and the triggers that feed it."""
    if not columns:
        return
    index, names = f"{table}_fts", ",".join(columns)
    new, old = (",".join(f"{side}.{c}" for c in columns) for side in ("new", "old"))
    add = f"INSERT INTO {index}(rowid,{names}) VALUES (new.n,{new})"
    drop = f"INSERT INTO {index}({index},rowid,{names}) VALUES ('delete',old.n,{old})"
    source = f"content='{table}', content_rowid='n', tokenize='unicode61 remove_diacritics 2'"
    yield index, f"CREATE VIRTUAL TABLE {index} USING fts5({names}, {source})"
    yield _trigger(f"{index}_i", f"AFTER INSERT ON {table}", add)
    yield _trigger(f"{index}_d", f"AFTER DELETE ON {table}", drop)
    yield _trigger(f"{index}_u", f"AFTER UPDATE OF {names} ON {table}", f"{drop}; {add}")


def search_terms(text: str) -> str:
    """What a person typed as an FTS5 query: words quoted, the last one as a beginning; "" where nothing is left."""
    words = [w for w in "".join(ch if ch.isalnum() else " " for ch in text).split() if w]
    return " ".join(f'"{w}"' for w in words) + "*" if words else ""


_FAULTS = {
    "SQLITE_FULL": _("Disk penuh, jadi catatan ini belum tersimpan. Kosongkan ruang di disk, lalu coba lagi."),
    "SQLITE_IOERR": _(
        "Disk tidak dapat ditulis, jadi catatan ini belum pasti tersimpan. Periksa disk, lalu coba lagi."
    ),
    "SQLITE_READONLY": _("Folder data hanya bisa dibaca. Minta hak tulis untuk folder itu, lalu coba lagi."),
    "SQLITE_BUSY": _("Program lain sedang menulis data desa ini. Tunggu sebentar, lalu coba lagi."),
    "SQLITE_CANTOPEN": _(
        "Berkas data tidak dapat dibuka. Periksa apakah disk atau foldernya masih ada, lalu buka lagi."
    ),
    "SQLITE_CORRUPT": _(
        "Berkas data rusak. Jangan menulis apa-apa lagi; salin folder data dan hubungi pendamping desa."
    ),
    "SQLITE_NOTADB": _(
        "Berkas desa.db bukan data Meja Desa atau sudah rusak. Salin folder data dan hubungi pendamping desa."
    ),
}
"""Faults of the world by SQLite's name for them (https://sqlite.org/rescode.html), as the clerk reads them."""


def fault_of_the_world(error: DBAPIError | sqlite3.Error) -> DeskError | None:
    """The sentence for a full disk, a damaged file and their like; None where the error is a bug of ours."""
    code = getattr(error.orig if isinstance(error, DBAPIError) else error, "sqlite_errorname", "") or ""
    return next((DeskError(text) for name, text in _FAULTS.items() if code.startswith(name)), None)
