"""What goes over the line: operations and their chain, packed messages, limits, and the catalogue of fields."""

import base64
import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

import zstandard

import resources

EDITION = 1
"""The catalogue this program speaks; the number in resources/wire/vN.json."""
MOST_PACKED = 256 * 1024
"""Bytes of a message on the line."""
MOST_UNPACKED = 4 * 1024 * 1024
"""Bytes of a message unpacked."""
MOST_OPERATIONS = 10_000
"""Operations in one message; a desk's largest batch has about 2,000."""
PIECE = 512
"""Bytes of a message's piece: with the heads of request and answer it passes where a line cuts after two kilobytes."""
EMPTY_HEAD = bytes(16)
"""The head of a chain without operations."""
MEDIA_TYPE = "application/vnd.mejadesa+zstd"

Operation = dict[str, Any]
Catalogue = Mapping[str, Mapping[str, Mapping[str, Any]]]


class WireError(Exception):
    """A message that is damaged or not ours."""


class TooLargeError(WireError):
    """A message beyond what the line's two ends agreed to take."""


def catalogue() -> Catalogue:
    """Of every entity this program knows, its fields with kind, group and whether anyone may see them."""
    read = json.loads(resources.path(f"wire/v{EDITION}.json").read_text(encoding="utf-8"))
    entities: Catalogue = read["entities"]
    return entities


def groups(catalogue: Catalogue, entity: str) -> dict[str, str]:
    """Which field of an entity belongs to which group; nothing for an entity of a newer edition."""
    return {name: str(field["group"]) for name, field in catalogue.get(entity, {}).items()}


def canonical(value: Any) -> bytes:
    """The one way to write a JSON value: sorted keys, no spaces, UTF-8, no NaN."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def link(head: bytes, operation: Operation) -> bytes:
    """The head of a chain after one more operation: 16 bytes of SHA-256."""
    return hashlib.sha256(head + canonical(operation)).digest()[:16]


def pack(message: dict[str, Any]) -> bytes:
    """A message as it is sent: canonical JSON under zstandard."""
    return zstandard.ZstdCompressor(level=12).compress(canonical(message))


def unpack(body: bytes) -> dict[str, Any]:
    """A message as it came.

    Raises:
        WireError: too large, not zstandard, not JSON, or a JSON that two readers could read differently.
    """
    if len(body) > MOST_PACKED:
        raise TooLargeError("packed")
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=2**23).stream_reader(body)
        text = reader.read(MOST_UNPACKED + 1)
        if len(text) > MOST_UNPACKED:
            raise TooLargeError("unpacked")
        message = json.loads(text, object_pairs_hook=_no_twins, parse_constant=_no_constants, parse_float=_finite)
        if b"\\ud" in text.lower():
            # Half a surrogate pair is a string nobody can write down again.
            canonical(message)
    except (zstandard.ZstdError, ValueError, RecursionError) as error:
        raise WireError(str(error)) from error
    if not isinstance(message, dict):
        raise WireError("not an object")
    return message


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _finite(digits: str) -> float:
    """A number that Python can write down again: 1e999 would come back as Infinity."""
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits} is too large")
    return number


def _no_constants(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def digest(body: bytes) -> str:
    """The Content-Digest of a body (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
