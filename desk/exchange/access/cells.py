"""Values as a Jet 4 file stores them in a row: compressed texts, doubles, dates, scaled integers, and its page cipher.

Types Siskeudes uses are compared with mdbtools and mdb-reader; NUMERIC and GUID, which it does not, are untested.
"""

import datetime as dt
import struct
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher

BOOLEAN, BYTE, INTEGER, LONG, CURRENCY, SINGLE, DOUBLE, DATE = range(1, 9)
BINARY, TEXT, OLE, MEMO, GUID, NUMERIC = 9, 10, 11, 12, 15, 16
LONG_VALUES = frozenset((OLE, MEMO))
"""Types whose value may lie on pages of its own."""

Value = str | int | float | bool | bytes | Decimal | dt.datetime | None

_EPOCH = dt.datetime(1899, 12, 30)
_DAY = 86_400


@dataclass(frozen=True)
class Column:
    """One column of a table as its definition tells it."""

    name: str
    type: int
    number: int
    """Its bit in a row's mask; the number of a deleted column is never given again."""
    variable: int
    """Its place among the row's values of varying length."""
    is_fixed: bool
    offset: int
    """Bytes from the first fixed value of a row."""
    size: int
    scale: int
    """Decimals of a NUMERIC."""


def rc4(key: bytes, data: bytes) -> bytes:
    """The stream cipher of encoded pages; the same call encodes and decodes.

    The library takes no key as short as Jet's four bytes; written twice it is the same key to the cipher.
    """
    return Cipher(ARC4(key * 2), mode=None).decryptor().update(data)


def text(raw: bytes) -> str:
    """A text: UTF-16, or after the mark FF FE in runs of one byte a letter and of UTF-16, a zero byte between them."""
    if raw[:2] != b"\xff\xfe":
        return raw[: len(raw) & ~1].decode("utf-16-le", "replace")
    end = raw.find(b"\0", 2)
    if end < 0:
        return raw[2:].decode("latin-1")
    pieces = [raw[2:end].decode("latin-1")]
    start, is_compressed = end + 1, False
    while start < len(raw):
        end = start
        if is_compressed:
            end = raw.find(b"\0", start)
            end = len(raw) if end < 0 else end
            pieces.append(raw[start:end].decode("latin-1"))
        else:
            while end + 1 < len(raw) and raw[end]:
                end += 2
            pieces.append(raw[start:end].decode("utf-16-le", "replace"))
        start, is_compressed = end + 1, not is_compressed
    return "".join(pieces)


def moment(days: float) -> dt.datetime:
    """A date: days since 30 December 1899; before it the fraction still counts forward."""
    whole = int(days)
    return _EPOCH + dt.timedelta(days=whole, seconds=round(abs(days - whole) * _DAY))


def decoder(column: Column) -> Callable[[bytes], Value]:
    """What makes a value of a column's bytes.

    The decoder raises struct.error, ValueError or OverflowError where the bytes hold no such value.
    """
    if column.type == NUMERIC:
        return lambda raw: _numeric(raw, column.scale)
    return _DECODERS.get(column.type, bytes)


def _numeric(raw: bytes, scale: int) -> Decimal:
    words: tuple[int, ...] = struct.unpack_from("<4I", raw, 1)
    value = Decimal(sum(word << shift for word, shift in zip(words, (96, 64, 32, 0), strict=True))).scaleb(-scale)
    return -value if raw[0] & 0x80 else value


def _number(form: str) -> Callable[[bytes], int | float]:
    unpack = struct.Struct(form).unpack_from

    def read(raw: bytes) -> int | float:
        value: int | float = unpack(raw)[0]
        return value

    return read


_double = _number("<d")
_DECODERS: dict[int, Callable[[bytes], Value]] = {
    BYTE: _number("<B"),
    INTEGER: _number("<h"),
    LONG: _number("<i"),
    SINGLE: _number("<f"),
    DOUBLE: _double,
    CURRENCY: lambda raw: Decimal(int.from_bytes(raw[:8], "little", signed=True)).scaleb(-4),
    DATE: lambda raw: moment(_double(raw)),
    TEXT: text,
    MEMO: text,
    GUID: lambda raw: f"{{{str(uuid.UUID(bytes_le=raw[:16])).upper()}}}",
}
