"""A data folder of an older program is brought to this one's schema, and no identity stays behind in clear.

The step is one transaction beside a copy that was compared row by row. What comes after it, an empty write-ahead log
and a file without free pages, cannot be part of a transaction: as long as the copy lies there, it has not been done.
So a start after a crash begins anew where the file is still old, and goes on where it is new.
"""

import datetime as dt
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from gettext import gettext as _
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from desk import store
from desk import vault as vaults
from desk.durable import PART, refusal, settle
from desk.errors import DeskError
from desk.migrations import from_1, shape
from desk.vault import Vault

STEPS = {1: from_1.STEP}
"""Schema of an older file -> the step from it."""

COPY = ".lama"
"""How the name of the copy ends that lies beside the file until all is done."""

TIMES = 6
"""So many times the old file; at its peak a register of 10,000 requests took 4.9 times itself: the copy, the file grown
by what is new, that file once more in the write-ahead log, and once more as the draft of VACUUM."""
SPARE = 16 * 2**20
"""Bytes that stay free beyond that."""

Columns = Mapping[str, Sequence[str]]
"""Of each table, the columns that are looked at."""


def bring_forward(writer: Engine, vault: Vault, at: dt.datetime) -> None:
    """Bring an older file to this schema, or end what a crash interrupted; nothing to do is a matter of microseconds.

    Raises:
        DeskError: too little room, a refusing disk, no place for the village key, or another process is at it.
    """
    assert writer.url.database is not None
    path = Path(writer.url.database)
    copy = path.with_name(path.name + COPY)
    with writer.connect() as conn:
        # Past SQLAlchemy, which would take the write lock to read two numbers.
        owner, version = (_pragma(_file_of(conn), name) for name in ("application_id", "user_version"))
    is_due, is_left = owner == store.APPLICATION_ID and version in STEPS, copy.exists()
    if is_due or is_left:
        # A connection held open would keep the write-ahead log from going.
        writer.dispose()
    if is_due:
        with _in_words(_("Data desa belum selesai diperbarui dan tetap utuh. {why}")):
            _step(path, copy, vault, at)
    if (is_due or is_left) and copy.exists() and version <= store.SCHEMA:
        with _in_words(_("Data desa sudah diperbarui, tinggal dibersihkan. {why}")):
            _leave_nothing_clear(path, copy)


@contextmanager
def _in_words(sentence: str) -> Iterator[None]:
    """Tell faults of the world in a sentence that says first how the data stand."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        why = store.fault_of_the_world(error)
        if why is None:
            raise
        raise DeskError(sentence.format(why=why)) from error
    except OSError as error:
        raise DeskError(sentence.format(why=refusal(error))) from error


def _step(path: Path, copy: Path, vault: Vault, at: dt.datetime) -> None:
    """Copy and change the file under the write lock, where a second process waits or is told."""
    engine = store.open_writer(path)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: object) -> None:
        for pragma in ("foreign_keys=OFF", "legacy_alter_table=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    try:
        with engine.begin() as conn:
            version = conn.exec_driver_sql("PRAGMA user_version").scalar_one()
            if version not in STEPS:
                # Another process took the step while this one waited.
                return
            _copy(path, copy)
            vaults.put(conn, vault)
            shape.take(conn, STEPS[version], at)
            _compare(conn, copy, STEPS[version].rebuilt)
    except BaseException:
        engine.dispose()
        with suppress(sqlite3.Error, OSError):
            _take_back(path, copy)
        raise
    finally:
        engine.dispose()


def _take_back(path: Path, copy: Path) -> None:
    """Remove the copy where the file is still old.

    Asked of the file opened anew, since a COMMIT that ended in an error may stand; and under the write lock, since the
    copy may by now be that of another process.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("BEGIN IMMEDIATE")
        if _pragma(file, "user_version") in STEPS:
            copy.unlink(missing_ok=True)
        file.execute("ROLLBACK")


def _copy(path: Path, copy: Path) -> None:
    """Make the copy, prove it, and give it its name only then.

    Raises:
        DeskError: too little room, a damaged file, or a disk that does not give back what it took.
    """
    part = copy.with_name(copy.name + PART)
    for leftover in (copy, part):
        leftover.unlink(missing_ok=True)
    _check_room(path)
    try:
        with closing(sqlite3.connect(path)) as source:
            with closing(sqlite3.connect(part, isolation_level=None)) as target:
                target.execute("PRAGMA journal_mode=OFF")
                source.backup(target)
            with part.open("r+b") as written:
                os.fsync(written.fileno())
            _prove(source, part)
        part.replace(copy)
        settle(copy.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _check_room(path: Path) -> None:
    """Compare what the upgrade needs with what the disk has.

    Raises:
        DeskError: too little.
    """
    log_file = path.with_name(f"{path.name}-wal")
    size = path.stat().st_size + (log_file.stat().st_size if log_file.exists() else 0)
    need, free = TIMES * size + SPARE, shutil.disk_usage(path.parent).free
    if free < need:
        said = _(
            "Data desa perlu diperbarui, dan itu butuh ruang {need} MB di disk; yang kosong baru {free} MB."
            " Data tidak diubah. Kosongkan ruang, lalu buka lagi."
        )
        raise DeskError(said.format(need=-(-need // 2**20), free=free // 2**20))


def _prove(source: sqlite3.Connection, part: Path) -> None:
    """Check that a copy is sound and holds every row of its source.

    Raises:
        DeskError: it is not, or does not.
    """
    with closing(_frozen(part)) as file:
        if [text for (text,) in file.execute("PRAGMA integrity_check(1)")] != ["ok"]:
            raise DeskError(
                _("Berkas data rusak, jadi tidak diperbarui. Salin folder data dan hubungi pendamping desa.")
            )
        if _portrait(file, _columns(file)) != _portrait(source, _columns(source)):
            raise DeskError(
                _("Salinan pengaman tidak sama dengan aslinya, jadi data tidak diubah. Periksa disk, lalu buka lagi.")
            )


def _compare(conn: Connection, copy: Path, rebuilt: Sequence[str]) -> None:
    """Check that the rows carried over are those of the copy, in every column that is still there.

    Raises:
        RuntimeError: they are not.
    """
    now = _file_of(conn)
    with closing(_frozen(copy)) as before:
        old, new = _columns(before), _columns(now)
        carried = {table: [name for name in old[table] if name in new[table]] for table in rebuilt}
        if _portrait(before, carried) != _portrait(now, carried):
            raise RuntimeError("the step changed what it should have carried over")


def _leave_nothing_clear(path: Path, copy: Path) -> None:
    """Write the file anew without its free pages, empty the write-ahead log, and remove the copy at last.

    Raises:
        DeskError: the copy holds what the file does not, or somebody still reads the file as it was.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        _check_nothing_is_missing(file, copy)
        file.execute("PRAGMA secure_delete=ON")
        file.execute("VACUUM")
        is_busy, *_pages = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        raise DeskError(_("Data desa sedang dibaca program lain. Tutup jendela Meja Desa yang lain, lalu buka lagi."))
    copy.unlink(missing_ok=True)
    settle(copy.parent)


def _check_nothing_is_missing(file: sqlite3.Connection, copy: Path) -> None:
    """The last copy of a register is not removed because an empty file stands where the register stood.

    Raises:
        DeskError: the log of the file does not go on from that of the copy.
    """
    with closing(_frozen(copy)) as before:
        last = before.execute("SELECT hash FROM act ORDER BY seq DESC LIMIT 1").fetchone()
    has_log = file.execute("SELECT 1 FROM sqlite_master WHERE name = 'act'").fetchone()
    if has_log and (last is None or file.execute("SELECT 1 FROM act WHERE hash = ?", last).fetchone()):
        return
    said = _("Berkas {copy} memuat catatan yang tidak ada di desa.db. Jangan hapus apa pun; hubungi pendamping desa.")
    raise DeskError(said.format(copy=copy.name))


def _frozen(path: Path) -> sqlite3.Connection:
    """A file nobody writes to: read without locks, and without a log made beside it."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)


def _file_of(conn: Connection) -> sqlite3.Connection:
    file = conn.connection.driver_connection
    assert isinstance(file, sqlite3.Connection)
    return file


def _pragma(file: sqlite3.Connection, name: str) -> int:
    return int(file.execute(f"PRAGMA {name}").fetchone()[0])


def _columns(file: sqlite3.Connection) -> Columns:
    """Every table that holds rows of its own, with its columns."""
    tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    return {
        table: [name for (name,) in file.execute("SELECT name FROM pragma_table_info(?)", (table,))]
        for (table,) in file.execute(tables).fetchall()
    }


def _portrait(file: sqlite3.Connection, columns: Columns) -> dict[str, str]:
    """A digest of all rows of each table."""
    told = {}
    for table, names in columns.items():
        digest = hashlib.sha256()
        listed = ",".join(f'"{name}"' for name in names)
        for row in file.execute(f'SELECT {listed} FROM "{table}" ORDER BY rowid'):
            digest.update(repr(row).encode())
        told[table] = digest.hexdigest()
    return told
