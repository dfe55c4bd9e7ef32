"""What stands in the file beside the rows: triggers that log and guard them, and search tables, made from the mapping.

They are compared with the file at every start and put back where somebody had removed or altered them.
"""

from collections.abc import Iterator
from gettext import gettext as _
from typing import Any

from sqlalchemy import Column, Connection, Engine, LargeBinary

from desk.errors import DeskError
from desk.store import APPLICATION_ID, SCHEMA, Row, content_columns, rows


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
        same = [f"new.{c.name} IS old.{c.name}" for c in content_columns(row) if c.name not in row.__forgets__]
        emptied = " AND ".join([*same, *(f"new.{name} = x''" for name in row.__forgets__)])
        otherwise = f"NOT ({emptied})" if row.__forgets__ else ""
        yield _refusal(f"{table}_keep_u", f"BEFORE UPDATE OF {names} ON {table}", "hanya bertambah", otherwise)
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
