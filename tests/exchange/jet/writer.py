"""Jet 4 files for tests: every trait of a real file that once made a reader wrong, and nothing a test does not need.

No index is written and Microsoft Access has opened none of them; mdbtools and mdb-reader read them (test_peers.py).
"""

import datetime as dt
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from desk.exchange.access.cells import (
    BOOLEAN,
    BYTE,
    CURRENCY,
    DATE,
    DOUBLE,
    INTEGER,
    LONG,
    MEMO,
    OLE,
    SINGLE,
    TEXT,
    rc4,
)  # fmt: skip

PAGE = 4096
FORMS = {BYTE: "<B", INTEGER: "<h", LONG: "<i", SINGLE: "<f", DOUBLE: "<d"}
FIXED = {BOOLEAN: 0, BYTE: 1, INTEGER: 2, LONG: 4, CURRENCY: 8, SINGLE: 4, DOUBLE: 8, DATE: 8}
EPOCH = dt.datetime(1899, 12, 30)
MADE = 46_000.0
"""The day the files were made, with which a password is mixed."""
INLINE, ONE_ROW = 0x80000000, 0x40000000
OWNED_BY_LONG_VALUES = 0x4C41564C
IN_A_ROW = 1500
"""Bytes of a long value that stay in a row of their own; a longer one becomes a chain of such rows."""

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Column:
    """A column as it is made: `letters` is the most a TEXT holds."""

    name: str
    type: int = TEXT
    letters: int = 50


@dataclass
class Made:
    """A table as it is to lie in the file."""

    name: str
    columns: Sequence[Column]
    rows: Rows = ()
    older: Rows = ()
    """Rows written before the last columns were added: they are as short as their values are few."""
    deleted: Rows = ()
    """Rows whose place on their page is marked."""
    freed: Rows = ()
    """Rows of pages that were given back: the owner's number is still on them, the usage map names them no more."""
    moved: frozenset[int] = frozenset()
    """Which of `rows` no longer fitted their page and left a pointer."""
    dropped: frozenset[int] = frozenset()
    """Which of `columns` were deleted: rows still hold them, the definition does not."""
    claimed: int | None = None
    """Rows the header says there are, where that is not true."""


@dataclass
class _File:
    """Pages while a file grows."""

    pages: dict[int, bytes] = field(default_factory=dict)
    maps: list[bytes] = field(default_factory=list)
    none: int = 0
    """The map that marks nothing, for the free pages of every table."""
    following: int = 3

    def take(self, page: bytes = b"") -> int:
        """The number of a new page."""
        number = self.following
        self.pages[number] = page
        self.following += 1
        return number


def jet_file(tables: Sequence[Made], key: int = 0, password: str = "") -> bytes:
    """The bytes of a file.

    Args:
        tables: in their order in the catalogue.
        key: other than 0, every page but the first is encoded with it.
        password: marked in the header.
    """
    file = _File()
    file.none = _map(file, [])
    numbers = {made.name: file.take() for made in tables}
    for made in tables:
        _put(file, numbers[made.name], made)
    catalog = [Column("Id", LONG), Column("ParentId", LONG), Column("Name", TEXT, 64), Column("Type", INTEGER)]
    catalog += [Column("DateCreate", DATE), Column("DateUpdate", DATE), Column("Flags", LONG), Column("LvProp", OLE)]
    made_at = dt.datetime(2026, 1, 1)
    listed = [(2, 251658241, "MSysObjects", 1, made_at, made_at, -2147483646, None)]
    listed += [(number, 251658241, name, 1, made_at, made_at, 0, None) for name, number in numbers.items()]
    _put(file, 2, Made("MSysObjects", catalog, listed))
    file.pages[0], file.pages[1] = _header(key, password), _page(0, [(raw, 0) for raw in file.maps])
    return b"".join(
        page if not key or number == 0 else rc4(struct.pack("<I", key ^ number), page)
        for number, page in sorted(file.pages.items())
    )


def _put(file: _File, number: int, made: Made) -> None:
    """Write a table's rows, its usage maps and its definition."""
    slots = [(_row(file, made.columns[: len(values)], values), 0) for values in made.older]
    away: list[bytes] = []
    for place, values in enumerate(made.rows):
        raw = _row(file, made.columns, values)
        if place in made.moved:
            away.append(raw)
            raw = b""
        slots.append((raw, 0x4000 if place in made.moved else 0))
    slots += [(_row(file, made.columns, values), 0xC000) for values in made.deleted]
    far = [file.take(_page(number, [(raw, 0x8000)])) for raw in away]
    pointers = iter(far)
    filled = [(struct.pack("<I", next(pointers) << 8) if mark == 0x4000 else raw, mark) for raw, mark in slots]
    used = [file.take(page) for page in _paged(number, filled)] + far
    for page in _paged(number, [(_row(file, made.columns, values), 0) for values in made.freed]):
        file.take(page)
    count = made.claimed if made.claimed is not None else len(made.rows) + len(made.older)
    _define(file, number, made, count, _map(file, used), file.none)


def _define(file: _File, number: int, made: Made, count: int, used: int, free: int) -> None:
    told = _definition(made, count, used, free)
    head, rest = told[:PAGE], told[PAGE:]
    pieces = [rest[start : start + PAGE - 8] for start in range(0, len(rest), PAGE - 8)]
    numbers = [number, *(file.take() for _piece in pieces), 0]
    first = bytearray(head.ljust(PAGE, b"\0"))
    struct.pack_into("<I", first, 4, numbers[1])
    file.pages[number] = bytes(first)
    for place, piece in enumerate(pieces, 1):
        page = struct.pack("<HHI", 0x0102, 0, numbers[place + 1]) + piece
        file.pages[numbers[place]] = page.ljust(PAGE, b"\0")


def _definition(made: Made, count: int, used: int, free: int) -> bytes:
    told = bytearray(63)
    kept = [c for place, c in enumerate(made.columns) if place not in made.dropped]
    struct.pack_into("<HHI", told, 0, 0x0102, 0, 0)
    struct.pack_into("<I", told, 16, count)
    told[40] = 0x4E
    varying = sum(column.type not in FIXED for column in made.columns)
    struct.pack_into("<HHHII", told, 41, len(made.columns), varying, len(kept), 0, 0)
    struct.pack_into("<II", told, 55, used, free)
    offset = variable = 0
    names = b""
    for number, column in enumerate(made.columns):
        is_fixed = column.type in FIXED
        entry = bytearray(25)
        entry[0] = column.type
        struct.pack_into("<HHH", entry, 5, number, variable, number)
        if column.type in (TEXT, MEMO):
            struct.pack_into("<HH", entry, 11, 1033, 0)
        entry[15] = (1 if is_fixed else 0) | 2
        entry[16] = 1 if column.type in (TEXT, MEMO) else 0
        size = FIXED.get(column.type, column.letters * 2 if column.type == TEXT else 0)
        struct.pack_into("<HH", entry, 21, offset if is_fixed else 0, size)
        offset += FIXED.get(column.type, 0)
        variable += not is_fixed
        if number not in made.dropped:
            told += entry
            name = column.name.encode("utf-16-le")
            names += struct.pack("<H", len(name)) + name
    told += names
    struct.pack_into("<I", told, 8, len(told) - 8)
    return bytes(told)


def _row(file: _File, columns: Sequence[Column], values: Sequence[Any]) -> bytes:
    fixed, varying, mask = b"", list[bytes](), 0
    for place, (column, value) in enumerate(zip(columns, values, strict=True)):
        if value is not None and (column.type != BOOLEAN or value):
            mask |= 1 << place
        if column.type in FIXED:
            fixed += bytes(FIXED[column.type]) if value is None else _fixed(column.type, value)
        else:
            varying.append(b"" if value is None else _varying(file, column.type, value))
    out = struct.pack("<H", len(columns)) + fixed
    ends = []
    for piece in varying:
        ends.append(len(out))
        out += piece
    ends.append(len(out))
    out += struct.pack(f"<{len(ends)}H", *ends[::-1]) + struct.pack("<H", len(varying))
    return out + mask.to_bytes((len(columns) + 7) // 8, "little")


def _fixed(kind: int, value: Any) -> bytes:
    if kind == BOOLEAN:
        return b""
    if kind == CURRENCY:
        return struct.pack("<q", int(Decimal(value) * 10_000))
    if kind == DATE:
        return struct.pack("<d", (value - EPOCH) / dt.timedelta(days=1))
    return struct.pack(FORMS[kind], value)


def _varying(file: _File, kind: int, value: Any) -> bytes:
    raw = value if isinstance(value, bytes) else text(value)
    if kind == TEXT:
        return raw
    if len(raw) <= 64:
        return struct.pack("<III", INLINE | len(raw), 0, 0) + raw
    if len(raw) <= IN_A_ROW:
        number = file.take(_page(OWNED_BY_LONG_VALUES, [(raw, 0)]))
        return struct.pack("<III", ONE_ROW | len(raw), number << 8, 0)
    pointer = 0
    pieces = [raw[start : start + IN_A_ROW] for start in range(0, len(raw), IN_A_ROW)]
    for piece in reversed(pieces):
        pointer = file.take(_page(OWNED_BY_LONG_VALUES, [(struct.pack("<I", pointer) + piece, 0)])) << 8
    return struct.pack("<III", len(raw), pointer, 0)


def text(value: str) -> bytes:
    """A text as Access stores it: one byte a letter where every letter has one, else UTF-16."""
    try:
        short = value.encode("latin-1")
    except UnicodeEncodeError:
        short = b"\0"
    return b"\xff\xfe" + short if b"\0" not in short and len(short) > 2 else value.encode("utf-16-le")


def _paged(owner: int, slots: Sequence[tuple[bytes, int]]) -> list[bytes]:
    pages, held, size = [], list[tuple[bytes, int]](), 14
    for raw, mark in slots:
        if size + 2 + len(raw) > PAGE or len(held) == 200:
            pages.append(_page(owner, held))
            held, size = [], 14
        held.append((raw, mark))
        size += 2 + len(raw)
    return pages + ([_page(owner, held)] if held else [])


def _page(owner: int, slots: Sequence[tuple[bytes, int]]) -> bytes:
    page = bytearray(PAGE)
    end, starts = PAGE, []
    for raw, mark in slots:
        end -= len(raw)
        page[end : end + len(raw)] = raw
        starts.append(end | mark)
    struct.pack_into("<HHIIH", page, 0, 0x0101, end - 14 - 2 * len(slots), owner, 0, len(slots))
    struct.pack_into(f"<{len(starts)}H", page, 14, *starts)
    assert end >= 14 + 2 * len(slots), "a row too large for its page"
    return bytes(page)


def _map(file: _File, used: Sequence[int]) -> int:
    """A usage map: bits beside each other where the pages lie close, else pages of bits."""
    if not used or max(used) - min(used) < 512:
        first = min(used, default=0)
        told = b"\0" + struct.pack("<I", first) + _bits([number - first for number in used], 64)
    else:
        each = (PAGE - 4) * 8
        pages = [0] * 17
        for group in sorted({number // each for number in used}):
            bits = _bits([number % each for number in used if number // each == group], PAGE - 4)
            pages[group] = file.take(b"\x05\x01\0\0" + bits)
        told = b"\1" + struct.pack("<17I", *pages)
    file.maps.append(told)
    return (1 << 8) | (len(file.maps) - 1)


def _bits(places: Sequence[int], size: int) -> bytes:
    bits = bytearray(size)
    for place in places:
        bits[place // 8] |= 1 << place % 8
    return bytes(bits)


def _header(key: int, password: str) -> bytes:
    page = bytearray(PAGE)
    page[:19] = b"\0\1\0\0Standard Jet DB"
    page[0x14] = 1
    struct.pack_into("<H", page, 0x3C, 1252)
    struct.pack_into("<I", page, 0x3E, key)
    struct.pack_into("<HH", page, 0x6E, 1033, 0)
    struct.pack_into("<d", page, 0x72, MADE)
    mask = struct.pack("<i", int(MADE))
    told = password.encode("utf-16-le").ljust(40, b"\0")
    page[0x42:0x6A] = bytes(byte ^ mask[place & 3] for place, byte in enumerate(told))
    page[0x18:0x98] = rc4(b"\xc7\xda\x39\x6b", bytes(page[0x18:0x98]))
    return bytes(page)
