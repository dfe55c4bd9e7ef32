"""Both sides of a village: what its desk holds, what its district holds, and a second PC past the door."""

import datetime as dt
import json
import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path

from district import VILLAGE, District
from sqlalchemy import Connection

from desk import outbox
from desk.desk import Desk
from desk.outbox import JoinDistrict
from desk.store import content_columns, rows
from sync.server.enrolment import hashed
from tests.desks import open_desk

Rows = dict[tuple[str, str], dict[str, object]]


def held(desk: Desk) -> Rows:
    """Every synced field of every row, as it is stored at the desk."""

    def read(conn: Connection) -> Rows:
        found = {}
        for name, row in rows().items():
            columns = [c.name for c in content_columns(row) if c.info.get("sync")]
            for row_id, *cells in (
                conn.exec_driver_sql(f"SELECT id,{','.join(columns) or '1'} FROM {name}") if columns else ()
            ):
                values = [cell.hex() if isinstance(cell, bytes) else cell for cell in cells]
                found[name, row_id.hex()] = dict(zip(columns, values, strict=True))
        return found

    return desk.ask(read)


def at_district(district: District) -> Rows:
    """Every living row of the village, as the district stored it; what it asks a person is told apart."""
    listed = district.ask(
        "SELECT entity, id, doc FROM row WHERE village = ? AND deleted = 0 AND entity NOT IN ('conflict', 'refused')",
        VILLAGE,
    )
    return {(entity, row_id): json.loads(doc) for entity, row_id, doc in listed}


def second_pc(folder: Path, now: Callable[[], dt.datetime], database: Path, url: str) -> Desk:
    """Another PC of the village, let in past the server, which admits one only."""
    desk, token = open_desk(folder, now), secrets.token_urlsafe(16)
    desk.do(JoinDistrict(url, VILLAGE, "Pejambon", "kedua", token, 1, ("A",)))
    known = desk.ask(outbox.peer_of)
    assert known is not None
    with sqlite3.connect(database) as file:
        values = (secrets.token_hex(8), VILLAGE, known.inc, hashed(token), 0)
        file.execute("INSERT INTO device(id, village, inc, token_hash, since) VALUES (?,?,?,?,?)", values)
    return desk
