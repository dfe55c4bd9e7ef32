"""What is wrong with an operation: such a one is kept as refused, comes back as a task, and blocks nothing."""

import re
from collections.abc import Mapping
from typing import Any

from sync import wire
from sync.wire import Catalogue, Operation

TASKS = ("conflict", "refused")
"""Rows of the feed the district itself writes; no desk may."""
LONGEST_TEXT = 20_000
"""Letters in one field."""
MOST_FIELDS = 200
"""Fields of one row, whatever editions it has seen; our widest has fewer than 20."""
LARGEST_ROW = 64 * 1024
"""Bytes of JSON in one row: with its conflict it has to fit in a page that a desk can unpack."""
LONGEST_SHOWN = 16 * 1024
"""JSON letters of an operation that comes back as a task; a longer one is named only, so that it fits in any page."""
LETTER_BYTES = 6
"""The longest a letter gets in JSON: a control character."""
FIELD_BYTES = 100
"""More than a field's name, its punctuation and a number take in JSON."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ID = re.compile(r"[0-9a-f]{32}")
_WHOLE = ("sen", "integer", "flag")


def fault(operation: Operation, catalogue: Catalogue, edition: int) -> str | None:
    """Why an operation cannot be applied, in a few words; None where it can.

    Args:
        edition: of the desk; what a newer edition adds is taken as it comes.
    """
    shape = {"e": str, "r": str, "k": str, "b": int, "f": dict}
    wrong = [name for name, kind in shape.items() if type(operation.get(name)) is not kind]
    if wrong:
        return f"malformed: {', '.join(wrong)}"
    if "o" in operation and stamp(operation) is None:
        return "malformed: o"
    if operation["k"] == "large":
        return "too large for any message"
    if operation["k"] not in ("put", "patch", "del"):
        return f"unknown kind: {operation['k'][:20]}"
    if not _ID.fullmatch(operation["r"]) or not 0 <= operation["b"] < 2**53:
        return "malformed: r, b"
    return (
        _unknown(operation["e"], catalogue, edition)
        or outgrown(operation["f"])
        or next(
            (
                f"{name[:40]}: no such value"
                for name, value in operation["f"].items()
                if not (
                    _NAME.fullmatch(name) and _fits(value, catalogue.get(operation["e"], {}).get(name, {}).get("kind"))
                )
            ),
            None,
        )
    )


def outgrown(fields: Mapping[str, Any]) -> str | None:
    """Why fields cannot be one row; None where they can."""
    if len(fields) > MOST_FIELDS:
        return f"more than {MOST_FIELDS} fields"
    longest = sum(len(value) * LETTER_BYTES for value in fields.values() if isinstance(value, str))
    # Counting letters is enough for nearly every row, and thousands of patches to one row are counted every time.
    if longest + len(fields) * FIELD_BYTES < LARGEST_ROW or len(wire.canonical(fields)) < LARGEST_ROW:
        return None
    return f"more than {LARGEST_ROW} bytes"


def shown(operation: Operation) -> Operation:
    """An operation as a task shows it: whole, or where it is too long what it was about."""
    if len(wire.canonical(operation)) <= LONGEST_SHOWN:
        return operation
    return {name: str(operation.get(name))[:40] for name in ("e", "r", "k")}


def stamp(operation: Operation) -> tuple[str, int] | None:
    """The incarnation and position an operation was first listed under; None where it is new, or no such stamp."""
    first = operation.get("o")
    if isinstance(first, list) and len(first) == 2 and isinstance(first[0], str) and type(first[1]) is int:
        return (first[0], first[1]) if _ID.fullmatch(first[0]) and 0 < first[1] < 2**53 else None
    return None


def _unknown(entity: str, catalogue: Catalogue, edition: int) -> str | None:
    if entity in catalogue:
        return None
    newer = edition > wire.EDITION and _NAME.fullmatch(entity) and entity not in TASKS
    return None if newer else f"unknown entity: {entity[:40]}"


def _fits(value: Any, kind: str | None) -> bool:
    """Whether a value can stand in a column of this kind; None is a field of a newer edition."""
    if value is None:
        return True
    if type(value) is int:
        return kind in (None, *_WHOLE) and -(2**63) <= value < 2**63
    if not isinstance(value, str) or kind in _WHOLE:
        return False
    # PostgreSQL holds no zero character in a text.
    return len(value) <= LONGEST_TEXT and "\0" not in value and (kind != "id" or bool(_ID.fullmatch(value)))
