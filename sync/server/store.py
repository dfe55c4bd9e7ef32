"""The district's store: rows by village with the writer of every group, and each desk's log as it came."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
)
from sqlalchemy.exc import DatabaseError

APPLICATION_ID = 0x4D4B4142
"""PRAGMA application_id of a district's file: the letters MKAB."""


class StoreError(Exception):
    """Why a file cannot be the district's, and what to do instead."""


metadata = MetaData()

village = Table(
    "village",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("gen", Integer, nullable=False),
)
"""A village of the district; `rev` counts its operations, `gen` changes when the server is put back from a copy."""

invite = Table(
    "invite",
    metadata,
    Column("code_hash", LargeBinary, primary_key=True),
    Column("village", Text, ForeignKey("village.code"), nullable=False),
    Column("expires", Integer, nullable=False),
    Column("used", Integer),
    Column("used_by", Text),
)
"""A one-time code for one village; `used_by` is the incarnation that used it; times are seconds since 1970, UTC."""

device = Table(
    "device",
    metadata,
    Column("id", Text, primary_key=True),
    Column("village", Text, ForeignKey("village.code"), nullable=False),
    Column("inc", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("since", Integer, nullable=False),
    Column("revoked", Integer),
)
"""A village's PC, the incarnation it joined as, and its token as a hash."""

row = Table(
    "row",
    metadata,
    Column("village", Text, ForeignKey("village.code"), primary_key=True),
    Column("entity", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("rev", Integer, nullable=False),
    Column("doc", Text, nullable=False),
    Column("groups", Text, nullable=False),
    Column("writer", Text, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("echo", Integer, nullable=False),
    Index("ix_row_feed", "village", "rev"),
)
"""A row of a village: its fields as JSON, and of each group the revision and the incarnation that wrote it; `echo` is
the revision of its last conflict, from which on even its own writer is told again what stands."""

log = Table(
    "log",
    metadata,
    Column("village", Text, ForeignKey("village.code"), primary_key=True),
    Column("inc", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("first_inc", Text, nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("op", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("refused", Text),
    Column("at", Integer, nullable=False),
    Index("ix_log_first", "village", "first_inc", "first_seq"),
)
"""Every operation as it came, chained; the first stamp tells a re-listed one from a new one."""


def open_store(path: Path) -> Engine:
    """Open or create the district's SQLite file; every writing transaction takes the lock at its beginning.

    Raises:
        StoreError: the file is damaged, or another program's.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # What villages wrote is nobody else's on this machine; SQLite gives its side files the same mode.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    _check_owner(path)
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"isolation_level": None, "timeout": 10}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def take_lock(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with engine.begin() as conn:
            metadata.create_all(conn)
            conn.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    except DatabaseError as error:
        engine.dispose()
        raise _damaged(path) if _is_damage(error.orig) else error from error
    return engine


def _check_owner(path: Path) -> None:
    """Look at a file before anything is changed in it."""
    try:
        file = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
        try:
            (owner,) = file.execute("PRAGMA application_id").fetchone()
            (filled,) = file.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            file.close()
    except sqlite3.DatabaseError as error:
        raise _damaged(path) if _is_damage(error) else error from error
    if filled and owner != APPLICATION_ID:
        raise StoreError(f"Berkas {path} bukan basis data kabupaten. Pilih berkas lain dengan --database.")


def _is_damage(error: BaseException | None) -> bool:
    return str(getattr(error, "sqlite_errorname", "")).startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT"))


def _damaged(path: Path) -> StoreError:
    return StoreError(
        f"Berkas {path} bukan basis data kabupaten atau sudah rusak. Pulihkan dari salinan, atau pilih berkas lain."
    )
