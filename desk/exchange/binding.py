"""A book as the file somebody asked for; what writes spreadsheets is loaded when the first one is wanted."""

import importlib
import re
from dataclasses import dataclass
from pathlib import Path

from desk.durable import hand_out
from desk.paper.book.records import Book
from desk.paper.book.render import render

FORMATS = (".pdf", ".xlsx")
"""Endings of the files a book can be."""

_PAGE = re.compile(rb"/Type /Page\b")


@dataclass(frozen=True)
class Bound:
    """The file, and how many pages it has; a spreadsheet has none."""

    content: bytes
    pages: int


def bind(book: Book, ending: str, size: str) -> Bound:
    """A book as PDF on A4 or F4, or as spreadsheet.

    Args:
        book: the records.
        ending: one of `FORMATS`.
        size: the printer's sheet.

    Raises:
        DeskError: another size.
    """
    if ending == ".xlsx":
        # openpyxl takes a tenth of a second to import, which no start has to spare.
        content: bytes = importlib.import_module("desk.exchange.workbook").workbook(book)
        return Bound(content, 0)
    pdf = render(book, size)
    return Bound(pdf, len(_PAGE.findall(pdf)))


def write(book: Book, path: Path, size: str) -> Path:
    """Bind a book as the ending of the path says, and write it."""
    hand_out(path, bind(book, path.suffix.casefold(), size).content)
    return path
