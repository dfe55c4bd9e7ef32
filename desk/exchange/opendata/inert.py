"""Texts that no spreadsheet program takes for a formula, and the csv files and zips that carry them.

A cell that begins with one of `= + - @` is calculated when a csv file is opened (OWASP, CSV Injection); so is one that
follows a `;` where the program's own language separates columns with it, as Indonesian does.
"""

import csv
import datetime as dt
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from desk.money import plain

Value = str | int | bool | Decimal | dt.date | None
"""What a cell can hold; None and "" are nothing."""

LEADING = "=+-@\uff1d\uff0b\uff0d\uff20"
"""What begins a formula, the full-width signs included."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip knows: files made of the same data are the same to the byte."""

_BEGINNING = re.compile(rf"(^|;)(\s*)(?=['{re.escape(LEADING)}])")
_INERT = re.compile(r"(^|;)(\s*)'")


def clean(text: str) -> str:
    """A text on one line: runs of blanks as one space, characters that nobody sees left out."""
    line = " ".join(text.split())
    if line.isprintable():
        return line
    seen = "".join(ch for ch in line if not unicodedata.category(ch).startswith("C"))
    return " ".join(seen.split())


def inert(text: str) -> str:
    """A clean text with an apostrophe before whatever a spreadsheet would calculate; `active` takes it off again."""
    return _BEGINNING.sub(r"\1\2'", clean(text))


def active(text: str) -> str:
    """The text `inert` was given."""
    return _INERT.sub(r"\1\2", text)


def csv_bytes(names: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A csv file (RFC 4180) in UTF-8: amounts with a decimal dot, days as `2026-11-22`, texts inert."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue().encode()


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return plain(value)
        case dt.date():
            return value.isoformat()
        case str():
            return inert(value)


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Files as one zip, in the order given."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()
