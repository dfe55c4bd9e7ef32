"""Text files as rows of texts: separator and encoding found by what is in them."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from desk.exchange.gate import Refused
from desk.exchange.scan import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, column_name

_SEPARATORS = ("\t", ";", ",", "|")
_SAMPLE = 400
"""Lines that decide on the separator."""


def read_rows(data: bytes) -> list[tuple[str | None, ...]]:
    """Rows as a spreadsheet program would number them, blank ones too; an empty cell is None.

    Raises:
        Refused: `binary`, `quote`, `no_columns`, `rows`, `columns`, `long` or `long_row`, each with its row.
    """
    text = _decode(data)
    told, text = _told_separator(text)
    separator = told or _separator(text)
    rows = [tuple(cell.strip() or None for cell in row) for row in _records(text, separator)]
    if told:
        rows.insert(0, ())  # the line `sep=;` is row 1 of the file
    return rows


def _decode(data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if (odd := text.find("\x00")) >= 0:
            raise Refused("binary", row=text.count("\n", 0, odd) + 1)
        return text
    raise Refused("binary", row=1)


def _encodings(data: bytes) -> list[str]:
    """What a file may be written in, by its mark or, where Windows left the mark out, by its pattern of zeros."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    sample = data[:1000]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(zeros) > 3 and zeros.count(0) > len(zeros) * 3 // 4:
            return [encoding]
    return ["utf-8-sig", "cp1252"]


def _told_separator(text: str) -> tuple[str, str]:
    """Excel's own first line, `sep=;`, and the text after it."""
    first, _newline, rest = text.partition("\n")
    first = first.strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], rest
    return "", text


def _separator(text: str) -> str:
    """The separator that cuts the most lines into the same number of columns.

    Raises:
        Refused: no separator gives two columns.
    """
    sample = "\n".join(text.splitlines()[:_SAMPLE])
    best, separator = (0, 0), ""
    for candidate in _SEPARATORS:
        widths = Counter(len(row) for row in _parse(sample, candidate, strict=False) if len(row) > 1)
        if widths:
            width, lines = widths.most_common(1)[0]
            if (lines, width) > best:
                best, separator = (lines, width), candidate
    if not separator:
        raise Refused("no_columns", row=1)
    return separator


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """Records within the limits; a stray quote inside a cell is text, one that swallows the rest is refused."""
    try:
        yield from list(_checked(_parse(text, separator, strict=True)))
    except _LooseQuote as error:
        if "end of data" in str(error):
            raise Refused("quote", row=error.row) from error
        yield from _checked(_parse(text, separator, strict=False))


class _LooseQuote(Exception):  # noqa: N818 (another way of reading follows)
    """The strict reading of quotes failed in this row."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(reason)
        self.row = row


def _parse(text: str, separator: str, *, strict: bool) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    row = 0
    while True:
        row += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):
                raise Refused("long_row", row=row, most=LONGEST_CELL) from error
            raise _LooseQuote(row, str(error)) from error


def _checked(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise Refused("rows", row=number, most=MOST_ROWS)
        while row and not row[-1].strip():
            row.pop()
        if len(row) > MOST_COLUMNS:
            raise Refused("columns", row=number, most=MOST_COLUMNS)
        for column, cell in enumerate(row):
            if len(cell) > LONGEST_CELL:
                raise Refused("long", row=number, column=column_name(column), most=LONGEST_CELL)
        yield row
