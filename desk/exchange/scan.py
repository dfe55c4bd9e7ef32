"""What a reader of sheets does not tell: which cells hold formulas, and how far and how large the filled cells are.

A workbook's XML is streamed once, without document types and entities (the gate refuses both), before the reader
behind it allocates anything: it allocates by the furthest filled cell.
"""

import functools
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from desk.exchange.gate import Refused

MOST_ROWS = 12_000
"""Rows of one sheet; the longest village budgets in detail have some 3,000."""
MOST_COLUMNS = 200
LONGEST_CELL = 32_767
"""Characters of one cell, as in Excel."""
MOST_CELLS = 200_000
"""Filled cells of one file; 5,000 lines with 20 columns have half of it."""
MOST_FORMULAS = MOST_CELLS
"""Formula cells of one workbook."""

Spot = tuple[int, int]
"""Row and column of a cell, both from 0."""


@dataclass
class Findings:
    """The formula cells of one sheet, and those whose stored result is an error such as `#REF!`."""

    stored: set[Spot] = field(default_factory=set)
    """Formulas that carry their last result."""
    bare: set[Spot] = field(default_factory=set)
    """Formulas nobody has calculated yet."""
    errors: dict[Spot, str] = field(default_factory=dict)


def scan_xlsx(parts: dict[str, bytes]) -> dict[str, Findings]:
    """Findings by sheet name of an Office Open XML workbook (ECMA-376, part 1, 18.3.1).

    Raises:
        Refused: `far`, `long`, `formulas` or `damaged`.
    """
    long_texts = _long_shared_texts(parts.get("xl/sharedStrings.xml"))
    return {name: _XlsxSheet(long_texts).read(parts[part]) for name, part in _xlsx_sheets(parts) if part in parts}


def scan_ods(parts: dict[str, bytes]) -> dict[str, Findings]:
    """Findings by sheet name of an OpenDocument spreadsheet (OpenDocument 1.3, part 3, 9).

    Raises:
        Refused: `far`, `long`, `formulas` or `damaged`.
    """
    return _OdsBook().read(parts["content.xml"])


def column_name(column: int) -> str:
    """`A`, `Z`, `AA`, ... from 0."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def _stream(content: bytes, start: Callable[..., None], end: Callable[..., None], text: Callable[..., None]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Refused("damaged") from error


@functools.lru_cache(1024)
def _local(name: str) -> str:
    return name.rpartition(" ")[2]


@functools.lru_cache(1024)
def _column_number(letters: str) -> int:
    """`A` is 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _check_spot(row: int, column: int) -> None:
    if row >= MOST_ROWS or column >= MOST_COLUMNS:
        raise Refused("far", row=row + 1, column=column_name(column), rows=MOST_ROWS, columns=MOST_COLUMNS)


def _check_length(row: int, column: int, length: int) -> None:
    if length > LONGEST_CELL:
        raise Refused("long", row=row + 1, column=column_name(column), most=LONGEST_CELL)


def _xlsx_sheets(parts: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet."""
    targets: dict[str, str] = {}
    found: list[tuple[str, str]] = []

    def relation(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[attributes.get("Id", "")] = path

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            link = next((v for k, v in attributes.items() if _local(k) == "id"), "")
            found.append((attributes.get("name", ""), link))

    _stream(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"), relation, _nothing, _nothing)
    _stream(parts["xl/workbook.xml"], sheet, _nothing, _nothing)
    for name, link in found:
        yield name, targets.get(link, "")


def _nothing(*_arguments: object) -> None:
    """Expat wants a handler."""


def _long_shared_texts(content: bytes | None) -> set[int]:
    """Numbers of the shared texts that are longer than a cell may be."""
    lengths: list[int] = []
    if content is None:
        return set()

    def start(name: str, _attributes: dict[str, str]) -> None:
        if _local(name) == "si":
            lengths.append(0)

    def text(piece: str) -> None:
        if lengths:
            lengths[-1] += len(piece)

    _stream(content, start, _nothing, text)
    return {number for number, length in enumerate(lengths) if length > LONGEST_CELL}


class _XlsxSheet:
    """One pass over a sheet's part."""

    _REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)

    def __init__(self, long_texts: set[int]) -> None:
        self._long_texts = long_texts
        self._findings = Findings()
        self._row, self._column = -1, -1
        self._kind, self._formula, self._inside = "", False, ""
        self._has_result, self._text, self._length = False, "", 0
        self._filled = 0

    def read(self, content: bytes) -> Findings:
        """All formula cells of the part."""
        _stream(content, self._start, self._end, self._characters)
        return self._findings

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        if tag == "row":
            given = attributes.get("r", "")
            numbered = given.isdecimal() and len(given) < 9
            self._row, self._column = (int(given) - 1 if numbered else self._row + 1), -1
        elif tag == "c":
            self._enter(attributes)
        elif tag == "f":
            self._formula = True
        if tag in ("v", "t"):
            self._inside = tag
            self._has_result |= tag == "v" and self._kind == "str"

    def _enter(self, attributes: dict[str, str]) -> None:
        if found := self._REFERENCE.fullmatch(attributes.get("r", "")):
            letters, number = found.groups()
            self._row = int(number) - 1
            self._column = _column_number(letters)
        else:
            self._column += 1
        self._kind, self._formula, self._inside = attributes.get("t", "n"), False, ""
        self._has_result, self._text, self._length = False, "", 0

    def _characters(self, piece: str) -> None:
        if self._inside:
            self._length += len(piece)
            self._has_result = self._has_result or bool(piece.strip())
            self._text = (self._text + piece)[:40]

    def _end(self, name: str) -> None:
        tag = _local(name)
        if tag in ("v", "t"):
            self._inside = ""
        elif tag == "c" and (self._has_result or self._formula or self._length):
            self._leave()

    def _leave(self) -> None:
        spot = self._row, self._column
        _check_spot(*spot)
        self._filled += 1
        if self._filled > MOST_CELLS:
            raise Refused("large", most=MOST_CELLS)
        if self._kind == "s" and self._text.isdecimal() and int(self._text) in self._long_texts:
            _check_length(*spot, LONGEST_CELL + 1)
        _check_length(*spot, self._length)
        if self._kind == "e":
            self._findings.errors[spot] = self._text
        if self._formula:
            (self._findings.stored if self._has_result else self._findings.bare).add(spot)
            if len(self._findings.stored) + len(self._findings.bare) > MOST_FORMULAS:
                raise Refused("formulas", row=self._row + 1)


class _OdsBook:
    """One pass over an OpenDocument spreadsheet's content."""

    def __init__(self) -> None:
        self._sheets: dict[str, Findings] = {}
        self._findings = Findings()
        self._row, self._rows, self._column, self._columns = 0, 1, 0, 1
        self._attributes: dict[str, str] | None = None
        self._depth, self._length = 0, 0
        self._text = ""

    def read(self, content: bytes) -> dict[str, Findings]:
        """All formula cells by sheet."""
        _stream(content, self._start, self._end, self._characters)
        return self._sheets

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        if self._attributes is not None:
            self._depth += 1
            return
        local = {_local(k): v for k, v in attributes.items()}
        if tag == "table":
            self._findings = self._sheets.setdefault(local.get("name", ""), Findings())
            self._row, self._rows = 0, 0
        elif tag == "table-row":
            self._row, self._rows = self._row + self._rows, _count(local.get("number-rows-repeated"))
            self._column, self._columns = 0, 0
        elif tag in ("table-cell", "covered-table-cell"):
            self._column, self._columns = self._column + self._columns, _count(local.get("number-columns-repeated"))
            # Two names share the local part value-type; the error mark is the one outside the standard.
            local["error"] = "yes" if "error" in [v for k, v in attributes.items() if k.endswith("value-type")] else ""
            self._attributes, self._depth, self._length, self._text = local, 0, 0, ""

    def _characters(self, piece: str) -> None:
        if self._attributes is not None:
            self._length += len(piece)
            self._text = (self._text + piece)[:40]

    def _end(self, name: str) -> None:
        if self._attributes is None:
            return
        if self._depth:
            self._depth -= 1
            return
        attributes, self._attributes = self._attributes, None
        if "value-type" in attributes or "formula" in attributes or self._text.strip():
            self._leave(attributes)

    def _leave(self, attributes: dict[str, str]) -> None:
        _check_spot(self._row + self._rows - 1, self._column + self._columns - 1)
        _check_length(self._row, self._column, max(self._length, len(attributes.get("string-value", ""))))
        if not (attributes["error"] or "formula" in attributes):
            return
        known = len(self._findings.stored) + len(self._findings.bare) + len(self._findings.errors)
        if known + self._rows * self._columns > MOST_FORMULAS:
            raise Refused("formulas", row=self._row + 1)
        spots = {
            (row, column)
            for row in range(self._row, self._row + self._rows)
            for column in range(self._column, self._column + self._columns)
        }
        if attributes["error"]:
            self._findings.errors |= dict.fromkeys(spots, self._text.strip() or "#")
        if "formula" in attributes:
            (self._findings.stored if "value-type" in attributes else self._findings.bare).update(spots)


def _count(text: str | None) -> int:
    """A repetition count; anything but a number counts once."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else 1
