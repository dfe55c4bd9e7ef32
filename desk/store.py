"""The store: one SQLite file, its column types, and the triggers derived from the mapping.

Every table of the desk is a `Row`. From the mapping come the STRICT table, the triggers that write the log, keep
insert-only rows as they are and feed the search tables; nothing is written by hand twice. How a column behaves stands
beside it: `info={"sync": True, "group": "place", "public": True}` or `info={"private": True}`.
"""

import datetime as dt
import os
import sqlite3
import time
from collections.abc import Callable
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
    __forgets__: ClassVar[tuple[str, ...]] = ()
    """Private columns of such a row that may be emptied, nothing else of it changed: what was sealed there goes."""
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
