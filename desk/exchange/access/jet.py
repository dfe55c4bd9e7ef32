"""A Microsoft Access file of the kind Siskeudes uses (Jet 4: .mdb, .mde), read without Access and never written.

Which pages hold a table's rows is asked of its usage map: freed pages keep their owner's number and their old rows. A
row tells with how many columns it was written, so a column added later is empty in it. Encoded files (RC4 by page) are
read; a password is no part of their key. Jet 3 and the newer .accdb are refused. Compared cell by cell with mdbtools
and mdb-reader, on files of our own making; a real file of Siskeudes is untested.
"""

import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from desk.exchange.access.cells import BOOLEAN, LONG_VALUES, TEXT, Column, Value, decoder, rc4

PAGE = 4096
"""Bytes of a page."""
SIGNATURES = (b"\x00\x01\x00\x00Standard Jet DB", b"\x00\x01\x00\x00Standard ACE DB")
"""How an Access file begins."""
MOST_COLUMNS = 255
"""Columns Access allows in a table, deleted ones counted."""
LONGEST_VALUE = 2**20
"""Bytes of one long text; a remark of Siskeudes has some hundred."""
MOST_LONG = 2**26
"""Bytes of all long texts together."""

_HEADER_KEY = b"\xc7\xda\x39\x6b"
_HEADER_CODED = slice(0x18, 0x98)
_DATA, _DEFINITION, _MAP = 1, 2, 5
_CATALOG = 2
_MARKED = (PAGE - 4) * 8
_MOST_INDEXES = 1000
_OFFSET, _DELETED, _POINTER = 0x1FFF, 0x8000, 0x4000
_SYSTEM = 0x80000002
_H, _I = struct.Struct("<H").unpack_from, struct.Struct("<I").unpack_from
_FAULTS = (struct.error, IndexError, ValueError, OverflowError, ArithmeticError)


class JetError(Exception):
    """Why a file cannot be read: a reason by name, and the table and page where it shows."""

    def __init__(self, reason: str, table: str = "", page: int = 0) -> None:
        super().__init__(f"{reason}: {table or '-'}, page {page}")
        self.reason, self.table, self.page = reason, table, page


@dataclass(frozen=True)
class Definition:
    """A table as its definition pages tell it."""

    name: str
    page: int
    columns: tuple[Column, ...]
    claimed: int
    """Rows its header says it has."""
    used: int
    """Where its usage map lies: page number and row."""


@dataclass
class Table:
    """Rows of the wanted columns of a table, and what its header says of their number."""

    name: str
    columns: tuple[str, ...]
    """Every column's name, in the order of the definition."""
    kept: tuple[str, ...]
    """The columns of the rows."""
    claimed: int
    rows: list[tuple[Value, ...]] = field(default_factory=list)


class JetFile:
    """An open file: its tables by name, and whether it is encoded or carries a password.

    Raises:
        JetError: `other`, `jet3`, `ace`, `size`, or `damaged` with table and page.
    """

    def __init__(self, data: bytes) -> None:
        header = _header(data)
        self._data, self._pages = data, len(data) // PAGE
        self._key = _I(header, 0x3E)[0]
        self._decoded: dict[int, bytes] = {}
        self._long_left = MOST_LONG
        self.is_encoded, self.has_password = self._key != 0, _has_password(header)
        self._tables: dict[str, tuple[str, int]] = {}
        catalog = self._read(self._define("MSysObjects", _CATALOG), _CATALOG_COLUMNS)
        if len(catalog.kept) < len(_CATALOG_COLUMNS):
            raise JetError("damaged", catalog.name, _CATALOG)
        for name, kind, page, flags in catalog.rows:
            if kind == 1 and isinstance(name, str) and isinstance(page, int) and not int(str(flags or 0)) & _SYSTEM:
                self._tables[name.casefold()] = (name, page & 0xFFFFFF)

    @property
    def names(self) -> tuple[str, ...]:
        """The tables of whoever made the file, without those of Access itself."""
        return tuple(name for name, _page in self._tables.values())

    def table(self, name: str, wanted: Iterable[str] | None = None) -> Table | None:
        """A table's rows; names of table and columns in any case.

        Args:
            name: the table; None comes back where the file has none of that name.
            wanted: the columns to read, in this order; a missing one is left out. None reads all.

        Raises:
            JetError: `damaged`, with table and page.
        """
        found = self._tables.get(name.casefold())
        return None if found is None else self._read(self._define(*found), wanted)

    def _page(self, number: int, kind: int = 0) -> bytes:
        """One page as it was before encoding; `kind` is what it has to be.

        Raises:
            JetError: beyond the file, or of another kind.
        """
        if not 0 < number < self._pages:
            raise JetError("damaged", page=number)
        page = self._decoded.get(number) if self._key else None
        if page is None:
            page = self._data[number * PAGE : (number + 1) * PAGE]
            if self._key:
                page = rc4(struct.pack("<I", self._key ^ number), page)
                self._decoded[number] = page
        if kind and page[0] != kind:
            raise JetError("damaged", page=number)
        return page

    def _define(self, name: str, number: int) -> Definition:
        """The definition of a table, which may go on over several pages."""
        try:
            first = self._page(number, _DEFINITION)
            told = bytearray(first)
            seen, following = {number}, _I(first, 4)[0]
            while following:
                if following in seen:
                    raise JetError("damaged", name, following)
                seen.add(following)
                page = self._page(following, _DEFINITION)
                told += page[8:]
                following = _I(page, 4)[0]
            return Definition(name, number, _columns(told), _I(told, 16)[0], _I(told, 55)[0])
        except JetError as error:
            raise JetError(error.reason, name, error.page) from error
        except _FAULTS as error:
            raise JetError("damaged", name, number) from error

    def _read(self, definition: Definition, wanted: Iterable[str] | None) -> Table:
        """The rows of a table, in the order of its pages; a row that was moved stands where it stood before."""
        kept = definition.columns
        if wanted is not None:
            known = {column.name.casefold(): column for column in kept}
            kept = tuple(known[name.casefold()] for name in wanted if name.casefold() in known)
        table = Table(
            definition.name, tuple(c.name for c in definition.columns), tuple(c.name for c in kept), definition.claimed
        )
        parse, lost, number = self._parser(kept), 0, definition.page
        try:
            for number in self._used_pages(definition.used):
                page = self._data_page(number, definition.page)
                if page is None:
                    lost = lost or number
                else:
                    table.rows += [parse(raw) for raw in self._rows(page)]
        except JetError as error:
            raise JetError(error.reason, definition.name, error.page or number) from error
        except _FAULTS as error:
            raise JetError("damaged", definition.name, number) from error
        if lost and len(table.rows) < definition.claimed:
            raise JetError("damaged", definition.name, lost)
        return table

    def _data_page(self, number: int, owner: int) -> bytes | None:
        """A page of rows, or None where the map names one that is not there or belongs to another table."""
        if not 0 < number < self._pages:
            return None
        page = self._page(number)
        return page if page[0] == _DATA and _I(page, 4)[0] == owner else None

    def _used_pages(self, pointer: int) -> Iterator[int]:
        """The pages a usage map marks: one run of pages, or pages of bits of their own."""
        told = self._row(pointer)
        if told[0] == 0:
            yield from _marked(told[5:], _I(told, 1)[0])
        elif told[0] == 1:
            # One number may stand in it a thousand times; runs that begin behind the file hold none of its pages.
            for place in range(min((len(told) - 1) // 4, self._pages // _MARKED + 1)):
                if number := _I(told, 1 + 4 * place)[0]:
                    yield from _marked(self._page(number, _MAP)[4:], place * _MARKED)
        else:
            raise JetError("damaged", page=pointer >> 8)

    def _rows(self, page: bytes) -> Iterator[bytes]:
        """The rows of a page that were not deleted; a moved row is fetched from where it went."""
        count = _H(page, 12)[0]
        end = PAGE
        for slot in struct.unpack_from(f"<{count}H", page, 14):
            start = slot & _OFFSET
            raw, end = page[start:end], start
            if not slot & _DELETED:
                yield self._moved(_I(raw)[0]) if slot & _POINTER else raw

    def _moved(self, pointer: int) -> bytes:
        """A row that no longer fitted its page; where it went it is marked as deleted, so that nobody reads it twice.

        Raises:
            JetError: the pointers go in a ring.
        """
        for _turn in range(8):
            page, place = self._page(pointer >> 8, _DATA), pointer & 255
            if not _H(page, 14 + 2 * place)[0] & _POINTER:
                return self._row(pointer)
            pointer = _I(self._row(pointer))[0]
        raise JetError("damaged", page=pointer >> 8)

    def _row(self, pointer: int) -> bytes:
        """The bytes of a row, by its page and its place there."""
        page, place = self._page(pointer >> 8, _DATA), pointer & 255
        if place >= _H(page, 12)[0]:
            raise JetError("damaged", page=pointer >> 8)
        start = _H(page, 14 + 2 * place)[0] & _OFFSET
        end = _H(page, 12 + 2 * place)[0] & _OFFSET if place else PAGE
        return page[start:end]

    def _long(self, raw: bytes) -> bytes:
        """A long value: in the row itself, in a row of another page, or in a chain of such rows."""
        length, pointer = _I(raw)[0], _I(raw, 4)[0]
        flags, length = length & 0xC0000000, length & 0x3FFFFFFF
        self._long_left -= length
        if length > LONGEST_VALUE or self._long_left < 0:
            raise JetError("damaged", page=pointer >> 8)
        if flags & 0x80000000:
            return raw[12 : 12 + length]
        if flags & 0x40000000:
            return self._row(pointer)[:length]
        whole, seen = bytearray(), set[int]()
        while pointer and len(whole) < length:
            if pointer in seen:
                raise JetError("damaged", page=pointer >> 8)
            seen.add(pointer)
            piece = self._row(pointer)
            whole += piece[4:]
            pointer = _I(piece)[0]
        return bytes(whole[:length])

    def _parser(self, kept: tuple[Column, ...]) -> Callable[[bytes], tuple[Value, ...]]:
        """What makes a row's bytes the values of the wanted columns; texts that come again are decoded once."""
        plan = tuple((c.number, c.type, c.is_fixed, c.offset + 2, c.size, c.variable, decoder(c)) for c in kept)
        known: dict[bytes, Value] = {}

        def parse(raw: bytes) -> tuple[Value, ...]:
            written = _H(raw)[0]
            tail = len(raw) - (written + 7) // 8
            mask = int.from_bytes(raw[tail:], "little")
            ends = _ends(raw, tail)
            values: list[Value] = []
            for number, kind, is_fixed, offset, size, variable, decode in plan:
                is_set = number < written and mask >> number & 1
                if kind == BOOLEAN:
                    values.append(bool(is_set))
                elif not is_set or (not is_fixed and variable + 1 >= len(ends)):
                    values.append(None)
                elif is_fixed:
                    values.append(decode(raw[offset : offset + size]))
                else:
                    piece = raw[ends[variable] : ends[variable + 1]]
                    if kind == TEXT:
                        if piece not in known:
                            known[piece] = decode(piece)
                        values.append(known[piece])
                    else:
                        values.append(decode(self._long(piece) if kind in LONG_VALUES else piece))
            return tuple(values)

        return parse


_CATALOG_COLUMNS = ("Name", "Type", "Id", "Flags")


def _ends(raw: bytes, tail: int) -> tuple[int, ...]:
    """Where a row's values of varying length begin and end; they stand in the row from the last to the first."""
    if tail < 4:
        return ()
    count = _H(raw, tail - 2)[0]
    start = tail - 4 - 2 * count
    if start < 2:
        raise ValueError("a row of more values than bytes")
    ends: tuple[int, ...] = struct.unpack_from(f"<{count + 1}H", raw, start)[::-1]
    if ends[-1] > start:
        raise ValueError("a value beyond its row")
    return ends


def _marked(bits: bytes, first: int) -> Iterator[int]:
    """The page numbers of the bits that are set."""
    for place, byte in enumerate(bits):
        if byte:
            for bit in range(8):
                if byte >> bit & 1:
                    yield first + place * 8 + bit


def _header(data: bytes) -> bytes:
    """The file's first page, decoded.

    Raises:
        JetError: no Access file, another generation of it, or not whole pages.
    """
    if not data.startswith(SIGNATURES) or len(data) < 3 * PAGE:
        raise JetError("size" if data.startswith(SIGNATURES) else "other")
    if data[0x14] == 0:
        raise JetError("jet3")
    if data.startswith(SIGNATURES[1]) or data[0x14] != 1:
        raise JetError("ace")
    if len(data) % PAGE:
        raise JetError("size", page=len(data) // PAGE)
    coded = rc4(_HEADER_KEY, data[_HEADER_CODED])
    return data[: _HEADER_CODED.start] + coded + data[_HEADER_CODED.stop : PAGE]


def _has_password(header: bytes) -> bool:
    """Whether a password is set; it is mixed with the day the file was made, and is not looked at further."""
    try:
        mask = struct.pack("<i", int(struct.unpack_from("<d", header, 0x72)[0]))
    except (ValueError, OverflowError, struct.error):
        return False
    return any(byte ^ mask[place & 3] for place, byte in enumerate(header[0x42:0x6A]))


def _columns(told: bytearray) -> tuple[Column, ...]:
    """The columns of a definition: 25 bytes each behind its indexes, then their names."""
    count, indexes = _H(told, 45)[0], _I(told, 51)[0]
    if count > MOST_COLUMNS or indexes > _MOST_INDEXES:
        raise ValueError("a definition of more columns than a table can have")
    start = 63 + 12 * indexes
    place = start + 25 * count
    columns: list[Column] = []
    for at in range(start, place, 25):
        number, variable = struct.unpack_from("<HH", told, at + 5)
        offset, size = struct.unpack_from("<HH", told, at + 21)
        length = _H(told, place)[0]
        name = bytes(told[place + 2 : place + 2 + length])
        if len(name) != length:
            raise ValueError("a name beyond its definition")
        place += 2 + length
        is_fixed = bool(told[at + 15] & 1)
        columns.append(
            Column(name.decode("utf-16-le"), told[at], number, variable, is_fixed, offset, size, told[at + 12])
        )
    return tuple(columns)
