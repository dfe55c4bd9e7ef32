"""From schema 1: who asked is sealed, and what was asked becomes an item with a decision of its own."""

import hashlib

from sqlalchemy import Connection, insert

from desk import vault
from desk.foi import rules
from desk.foi.tables import Applicant, ItemDecision, RequestItem
from desk.migrations import shape
from desk.migrations.shape import ASIDE, Step

_IDENTITY = ("name", "address", "occupation", "phone", "email", "identity_number")

_REQUEST = {
    "clock_from": "was.received",
    "target": "was.due",
    "project": "NULL",
    "activity": "''",
    "holder": "''",
    "papers": "''",
}
"""No term had been extended or begun anew before this schema."""

_PROJECT = {
    "hamlet": "''",
    "rt": "''",
    "rw": "''",
    "latitude": "NULL",
    "longitude": "NULL",
    "beneficiaries": "''",
}
"""The place stood in one line of free text, and stays there as it was written."""

_VERSION = {"enacted_digest": "CASE WHEN was.enacted_on IS NULL THEN '' ELSE was.digest END"}
"""The lines of an enacted budget had been locked since the day it was enacted."""

_EVENT = {
    "due": f"(SELECT r.due FROM request{ASIDE} r WHERE r.id = was.request AND was.kind = 'registered')",
    "basis": "''",
}


def _fill(conn: Connection) -> None:
    shape.carry(conn, "project", _PROJECT)
    shape.carry(conn, "budget_version", _VERSION)
    shape.carry(conn, "request_event", _EVENT)
    shape.carry(conn, "request", _REQUEST)
    people = _people(conn)
    sealed = [
        {"n": n, "id": id_, "rev": rev, "request": of, "sealed": vault.close(conn, rules.about(of), fields)}
        for n, id_, rev, of, fields in people
    ]
    if sealed:
        conn.execute(insert(Applicant), sealed)
    _prove(conn, people)


_Clear = tuple[int, bytes, int, bytes, dict[str, str]]


def _people(conn: Connection) -> list[_Clear]:
    """Row, id, revision, request and identity of every applicant as they stood in clear."""
    listed = conn.exec_driver_sql(f"SELECT n, id, rev, request, {','.join(_IDENTITY)} FROM applicant{ASIDE} ORDER BY n")
    return [
        (n, id_, rev, of, dict(zip(_IDENTITY, fields, strict=True)) | {"proxy": ""})
        for n, id_, rev, of, *fields in listed
    ]


def _prove(conn: Connection, people: list[_Clear]) -> None:
    """Open what was sealed before the clear rows go: the key is known to fit, and nobody was mixed up.

    Raises:
        RuntimeError: an identity did not come out as it went in.
    """
    stored = conn.exec_driver_sql("SELECT n, id, rev, request, sealed FROM applicant ORDER BY n")
    opened = [(n, id_, rev, of, vault.open_fields(conn, rules.about(of), sealed)) for n, id_, rev, of, sealed in stored]
    if opened != people:
        raise RuntimeError("an identity did not come out of its seal as it went in")


def _tell(conn: Connection) -> None:
    shape.tell_by_name(conn, "applicant", (*_IDENTITY, "sealed"))
    shape.tell(conn, "project", tuple(_PROJECT))
    shape.tell(conn, "budget_version", tuple(_VERSION))
    shape.tell(conn, "request", tuple(_REQUEST))
    shape.tell(conn, "request_event", tuple(_EVENT))
    asked = conn.exec_driver_sql("SELECT id, sought FROM request ORDER BY n").all()
    answers = conn.exec_driver_sql(
        "SELECT id, request, outcome FROM request_event WHERE kind = 'answered' ORDER BY n"
    ).all()
    if asked:
        conn.execute(insert(RequestItem), [_item(request, sought) for request, sought in asked])
    if answers:
        conn.execute(insert(ItemDecision), [_decision(*answer) for answer in answers])


def _item(request: bytes, sought: str) -> dict[str, object]:
    return {"id": _id("request_item", request), "request": request, "place": 1, "sought": sought}


def _decision(event: bytes, request: bytes, outcome: str) -> dict[str, object]:
    empty = {"grounds": "", "test": None, "elsewhere": "", "removed": "", "reason": ""}
    item = _id("request_item", request)
    return {"id": _id("item_decision", event), "event": event, "item": item, "outcome": outcome, **empty}


def _id(table: str, source: bytes) -> bytes:
    """The same id on every PC of a village: two that take this step make one row and not two (RFC 9562, version 8)."""
    raw = bytearray(hashlib.sha256(table.encode() + b":" + source).digest()[:16])
    raw[6] = 0x80 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return bytes(raw)


STEP = Step("upgrade.from_1", ("applicant", "budget_version", "project", "request", "request_event"), _fill, _tell)
