"""The catalogue of what the district may know: entities, fields and groups, from the mapping.

`resources/wire/v1.json` is its frozen first edition; a test compares the two, and the README says how to write it anew.
"""

import json
from typing import Any

from sqlalchemy import Column, Integer, LargeBinary

import desk.desk  # noqa: F401  every subject's tables are known from here on
from desk.store import Day, Flag, Moment, Row, Sen, content_columns, rows

EDITION = 1
_KINDS = ((Sen, "sen"), (Day, "day"), (Moment, "moment"), (Flag, "flag"), (LargeBinary, "id"), (Integer, "integer"))


def catalogue() -> dict[str, Any]:
    """The edition this program writes: of each synced field its kind, its group, and whether anyone may see it."""
    entities = {name: _fields(row) for name, row in rows().items()}
    return {"edition": EDITION, "entities": {name: fields for name, fields in entities.items() if fields}}


def printed() -> str:
    """The catalogue as the file holds it."""
    return json.dumps(catalogue(), indent=1, sort_keys=True) + "\n"


def _fields(row: type[Row]) -> dict[str, dict[str, Any]]:
    return {
        column.name: {
            "kind": _kind(column),
            "group": column.info.get("group", column.name),
            "public": bool(column.info.get("public")),
        }
        for column in content_columns(row)
        if column.info.get("sync")
    }


def _kind(column: Column[Any]) -> str:
    return next((kind for type_, kind in _KINDS if isinstance(column.type, type_)), "text")
