"""Data folders as older programs left them, and what must still stand in one, or stand nowhere, after its upgrade."""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, select

from desk import log, vault
from desk.desk import Desk
from desk.foi import rules
from desk.foi.tables import Applicant, Request
from tests.past.people import ADDRESSES, NAMES, NIKS, PHONES, SECRETS

FIELDS = ("name", "address", "phone", "identity_number")
PEOPLE = {
    f"{place:03d}/PI/A/2026": dict(zip(FIELDS, person, strict=True))
    for place, person in enumerate(zip(NAMES, ADDRESSES, PHONES, NIKS, strict=True), 1)
}
"""Who stands behind each number."""


def unpack(folder: Path, schema: int = 1) -> Path:
    """A folder as the program of that schema left it."""
    with zipfile.ZipFile(Path(__file__).with_name(f"{schema}.zip")) as archive:
        archive.extractall(folder)
    return folder


def found_in_clear(folder: Path) -> list[str]:
    """Every name, number and address that any byte of any file still tells."""
    return found_in(b"\0".join(path.read_bytes() for path in folder.rglob("*") if path.is_file()))


def found_in(told: bytes) -> list[str]:
    """Every secret some bytes tell."""
    return [secret for secret in SECRETS if secret.encode() in told]


def people(conn: Connection) -> dict[str, dict[str, str]]:
    """Who stands behind each number, opened with the village key."""
    found = {}
    for label, request, sealed in conn.execute(
        select(Request.label, Request.id, Applicant.sealed).join(Applicant, Applicant.request == Request.id)
    ):
        opened = vault.open_fields(conn, rules.about(request), sealed)
        found[label] = {field: opened[field] for field in FIELDS}
    return found


def faults(desk: Desk) -> list[str]:
    """All that is wrong with an upgraded desk; empty where nothing was lost and nothing lies open."""
    wrong = desk.ask(log.check)
    if desk.ask(people) != PEOPLE:
        wrong.append("somebody is missing or was mixed up")
    if found := found_in_clear(desk.folder):
        wrong.append(f"in clear: {found}")
    if left := {path.name for path in desk.folder.iterdir()} - {"desa.db", "desa.db-wal", "desa.db-shm"}:
        wrong.append(f"left over: {left}")
    return wrong


def rows_of(folder: Path) -> dict[str, list[dict[str, object]]]:
    """Every row of every table of a file by its columns, past the program."""
    tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    with closing(sqlite3.connect(folder / "desa.db")) as file:
        file.row_factory = sqlite3.Row
        names = [name for (name,) in file.execute(tables)]
        return {name: [dict(row) for row in file.execute(f"SELECT * FROM {name} ORDER BY rowid")] for name in names}


def schema_of(folder: Path) -> int:
    """The schema a file says it has."""
    with closing(sqlite3.connect(folder / "desa.db")) as file:
        return int(file.execute("PRAGMA user_version").fetchone()[0])
