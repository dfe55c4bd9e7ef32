"""How a step changes tables: set aside, made anew from the mapping, filled from what was set aside, told to the log.

The shape is never written down a second time: the tables, like the triggers, are those of the mapping, so that a file
that came a long way is the same as a new one. A step says only what its new columns and rows hold. Alembic's own way
of changing a SQLite table loses the triggers and numbers the rows anew, and search then finds the wrong record.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from desk import guards, log, store

ASIDE = "_old"
"""How the name of a table ends while its rows wait to be carried over."""

WHO = "Meja Desa"
"""Who the log says did it: no person."""


@dataclass(frozen=True)
class Step:
    """From one older schema straight to the present one."""

    name: str
    """What the log calls it."""
    rebuilt: tuple[str, ...]
    """Tables whose columns are no longer what they were."""
    fill: Callable[[Connection], None]
    """Carries the rows from the tables set aside."""
    tell: Callable[[Connection], None]
    """Writes into the open act what became of them, and adds the rows that are new."""


def take(conn: Connection, step: Step, at: dt.datetime) -> None:
    """Take one step, in the transaction that runs; foreign keys are off there, renames touch nothing but the name.

    Raises:
        RuntimeError: a row points to nothing afterwards.
    """
    _set_aside(conn, step.rebuilt)
    store.Row.metadata.create_all(conn)
    step.fill(conn)
    for table in step.rebuilt:
        conn.exec_driver_sql(f"DROP TABLE {table}{ASIDE}")
    guards.renew_machinery(conn)
    log.ensure_incarnation(conn)
    frame = log.begin(conn, WHO, at, from_district=False)
    step.tell(conn)
    log.seal(conn, frame, step.name, legal=True, from_district=False)
    conn.exec_driver_sql(f"PRAGMA user_version={store.SCHEMA}")
    if conn.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError("the step left a row that points to nothing")


def carry(conn: Connection, table: str, filled: Mapping[str, str]) -> None:
    """Copy every row with its number and all its old columns.

    Args:
        filled: new column -> SQL over the old row, which is called `was`.
    """
    kept = conn.exec_driver_sql(f"SELECT name FROM pragma_table_info('{table}{ASIDE}')").scalars().all()
    names = ",".join([*kept, *filled])
    values = ",".join([*(f"was.{name}" for name in kept), *filled.values()])
    conn.exec_driver_sql(f"INSERT INTO {table}({names}) SELECT {values} FROM {table}{ASIDE} was ORDER BY was.n")


def tell(conn: Connection, table: str, columns: tuple[str, ...]) -> None:
    """Write one change for each row of a table: what its new columns hold, where there was nothing before."""
    pairs = ",".join(f"'{name}',json_array(NULL,t.{name})" for name in columns)
    conn.exec_driver_sql(
        "INSERT INTO change(act, entity, row, kind, base_rev, fields, outgoing)"
        f" SELECT w.act,'{table}',t.id,'patch',t.rev,json_object({pairs}),w.outgoing"
        f" FROM {table} t, writing w ORDER BY t.n"
    )


def tell_by_name(conn: Connection, table: str, columns: tuple[str, ...]) -> None:
    """Write one change for each row of a table that names private columns and holds nothing of them."""
    names = ",".join(f"'{name}',NULL" for name in columns)
    conn.exec_driver_sql(
        "INSERT INTO change(act, entity, row, kind, base_rev, fields, outgoing)"
        f" SELECT w.act,'{table}',t.id,'patch',t.rev,json_object({names}),0 FROM {table} t, writing w ORDER BY t.n"
    )


def _set_aside(conn: Connection, tables: tuple[str, ...]) -> None:
    """Free the names of tables, and of all that hangs on them; what the mapping asks for is made anew later."""
    listed = conn.exec_driver_sql("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master").all()
    for kind, name, table, sql in listed:
        if kind == "trigger" or sql.startswith("CREATE VIRTUAL TABLE"):
            conn.exec_driver_sql(f"DROP {'TRIGGER' if kind == 'trigger' else 'TABLE'} {name}")
        elif kind == "index" and sql and table in tables:
            conn.exec_driver_sql(f"DROP INDEX {name}")
    for table in tables:
        conn.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {table}{ASIDE}")
