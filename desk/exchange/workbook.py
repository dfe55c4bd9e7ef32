"""Books as spreadsheets: the columns of the printed registers, every text a text and never a formula.

Only the command line and a worker import this module: openpyxl takes a tenth of a second that no start can spare.
"""

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange

from desk.paper.book.chapters import Chapter, Report, annual_report
from desk.paper.book.contents import (
    NOTHING,
    TICK,
    Column,
    Kind,
    Listing,
    Register,
    Section,
    Value,
    dip_register,
    objection_register,
    request_register,
)
from desk.paper.book.records import AnnualReport, Book, DipBook, ObjectionBook, RequestBook
from desk.paper.text import NBSP, paragraphs

LONGEST_CELL = 16_000
"""Letters of one cell: escaped, twice as many are still what a spreadsheet takes. The rest goes on in the row below."""
WIDTHS = {Kind.TEXT: 28, Kind.CONTACT: 24, Kind.NUMBER: 20, Kind.WEEKDAY: 13, Kind.DAY: 13, Kind.MONEY: 14}
"""Of a column, characters; the other kinds take `NARROW`."""
NARROW = 10
DAY, MONEY = "dd-mm-yyyy", '"Rp" #,##0.00'
FOLIO = 14
"""How spreadsheets call the folio sheet, the nearest they know to F4."""

_LEADING = tuple("=+-@'")
"""What a spreadsheet may take for the beginning of a formula."""
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN = re.compile("[\ufffe\uffff]")
"""What XML cannot hold though it is no control character."""

_THIN = Side(style="thin", color="FF999999")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def workbook(book: Book) -> bytes:
    """A book as xlsx: one sheet for a register or the public list, one for each table of the annual report."""
    match book:
        case RequestBook():
            return _Book().register(request_register(book))
        case ObjectionBook():
            return _Book().register(objection_register(book))
        case DipBook():
            return _Book().register(dip_register(book))
        case AnnualReport():
            return _Book().report(annual_report(book))


class _Book:
    """A workbook in the making, written row by row."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self._safe: dict[str, str] = {}
        self._shared: dict[tuple[str, bool], Any] = {}
        for name, look in _looks().items():
            self._book.add_named_style(NamedStyle(name, **look))

    def register(self, register: Register) -> bytes:
        """One table on one sheet, the papers' words over it and under it."""
        over = [register.title, *register.lines, *([register.mark] if register.mark else [])]
        under = [*register.closing, register.foot, *(f"{' '.join(o.split())}: {name}" for o, name in register.signers)]
        self._sheet(register.listing, over, under)
        return self._finish(register.title)

    def report(self, report: Report) -> bytes:
        """The words of the chapters on a sheet of their own, then each table on one."""
        over = [report.title, *report.lines]
        self._sheet(_words(report.chapters, report.opening), over, [report.foot])
        for chapter in report.chapters:
            for listing in chapter.listings:
                self._sheet(listing, [report.title, chapter.title, listing.name], ())
        return self._finish(report.title)

    def _sheet(self, listing: Listing, over: Sequence[str], under: Sequence[str]) -> None:
        columns = listing.columns
        sheet: Any = self._book.create_sheet(_tab(listing.name))
        heading = list(_heading(columns))
        first = len(over) + 2
        for i, column in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(i)].width = WIDTHS.get(column.kind, NARROW)
        sheet.freeze_panes = f"A{first + len(heading)}"
        sheet.print_title_rows = f"{first}:{first + len(heading) - 1}"
        sheet.page_setup.orientation = "landscape" if len(columns) > 6 else "portrait"
        sheet.page_setup.paperSize = FOLIO
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = 0
        sheet.oddFooter.right.text = "halaman &P dari &N"
        sheet.merged_cells = MultiCellRange(list(_merged(columns, first)))
        for text in over:
            sheet.append([self._cell(sheet, text, "meja-judul" if text == over[0] else "meja-kata")])
        sheet.append([])
        for titles in heading:
            sheet.append([self._cell(sheet, title, "meja-kepala") for title in titles])
        for row in self._rows(listing):
            for part in _in_cells(row):
                sheet.append([self._value(sheet, *pair) for pair in zip(columns, part, strict=True)])
        sheet.append([])
        for text in under:
            sheet.append([self._cell(sheet, text, "meja-kata")])

    def _rows(self, listing: Listing) -> Iterator[Sequence[Value]]:
        """Section names, rows, and the total, all as rows of values."""
        blanks = [""] * (len(listing.columns) - 1)
        for section in listing.sections:
            if section.name:
                yield [section.name, *blanks]
            for row in section.rows:
                yield [column.value(row) for column in listing.columns]
            if not section.rows:
                yield [listing.empty, *blanks]
        if listing.total:
            yield listing.total

    def _value(self, sheet: Any, column: Column, value: Value) -> Any:
        """A value in its own type: a day is a day, an amount a number, everything else a text."""
        if isinstance(value, bool):
            return self._cell(sheet, TICK if value else "", "meja-teks")
        if isinstance(value, dt.date):
            return self._typed(sheet, value, "meja-tanggal")
        if isinstance(value, int):
            return self._typed(sheet, value, "meja-bilangan")
        if isinstance(value, Decimal):
            return self._typed(sheet, value, "meja-rupiah")
        return self._cell(sheet, NOTHING if value is None else value, "meja-teks")

    def _typed(self, sheet: Any, value: Any, style: str) -> Any:
        cell: Any = WriteOnlyCell(sheet, value=value)
        cell._style = self._look(sheet, style)
        return cell

    def _cell(self, sheet: Any, text: str, style: str) -> Any:
        """A text as a text: neither `=1+1` nor `@SUM` is ever calculated, here or after someone edits the cell."""
        if text not in self._safe:
            self._safe[text] = safe(text)
        text = self._safe[text]
        cell: Any = WriteOnlyCell(sheet)
        if text:
            cell.value = text
            cell.data_type = "s"
        cell._style = self._look(sheet, style, quoted=text[:1] in _LEADING and text != NOTHING)
        return cell

    def _look(self, sheet: Any, style: str, quoted: bool = False) -> Any:
        """A style as cells share it; looking it up by name for each of forty thousand takes seconds."""
        if (style, quoted) not in self._shared:
            sample: Any = WriteOnlyCell(sheet)
            sample.style = style
            sample.quotePrefix = quoted
            self._shared[style, quoted] = sample._style
        return self._shared[style, quoted]

    def _finish(self, title: str) -> bytes:
        self._book.properties.title = title
        self._book.properties.creator = "Meja Desa"
        out = io.BytesIO()
        self._book.save(out)
        return out.getvalue()


def safe(text: str) -> str:
    """A person's text as a cell can hold it: cleaned as paper cleans it, a line for each paragraph."""
    lines = "\n".join(paragraphs(text)).replace(NBSP, " ")
    # A spreadsheet reads _x0041_ as the letter A (ECMA-376, ST_Xstring); the underscore is written as its own code.
    return _ESCAPE.sub("_x005F_", _FORBIDDEN.sub("\ufffd", lines))


def _looks() -> dict[str, dict[str, Any]]:
    """The styles of the workbook by name."""
    wrapped = Alignment(vertical="top", wrap_text=True)
    top = Alignment(vertical="top")
    return {
        "meja-judul": {"font": Font(bold=True, size=14)},
        "meja-kata": {"alignment": top},
        "meja-kepala": {"font": Font(bold=True), "alignment": wrapped, "border": _FRAME},
        "meja-teks": {"alignment": wrapped, "border": _FRAME, "number_format": "@"},
        "meja-tanggal": {"alignment": top, "border": _FRAME, "number_format": DAY},
        "meja-rupiah": {"alignment": top, "border": _FRAME, "number_format": MONEY},
        "meja-bilangan": {"alignment": top, "border": _FRAME, "number_format": "#,##0"},
    }


def _heading(columns: Sequence[Column]) -> Iterator[list[str]]:
    """One row of titles, or two where some columns share one."""
    if any(column.group for column in columns):
        yield [
            (column.group if i == 0 or columns[i - 1].group != column.group else "")
            or column.title * (not column.group)
            for i, column in enumerate(columns)
        ]
        yield [column.title if column.group else "" for column in columns]
    else:
        yield [column.title for column in columns]


def _merged(columns: Sequence[Column], row: int) -> Iterable[str]:
    """The cells of the heading that are one: a shared title over its columns, a single one over both rows."""
    if not any(column.group for column in columns):
        return
    for i, column in enumerate(columns, 1):
        letter = get_column_letter(i)
        if not column.group:
            yield f"{letter}{row}:{letter}{row + 1}"
        elif i == 1 or columns[i - 2].group != column.group:
            end = next((j for j in range(i, len(columns)) if columns[j].group != column.group), len(columns))
            yield f"{letter}{row}:{get_column_letter(end)}{row}"


def _in_cells(row: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """A row as it is, or as several where a text is longer than a cell may be."""
    longest = max((len(value) for value in row if isinstance(value, str)), default=0)
    yield [value[:LONGEST_CELL] if isinstance(value, str) else value for value in row]
    for start in range(LONGEST_CELL, longest, LONGEST_CELL):
        yield [value[start : start + LONGEST_CELL] if isinstance(value, str) else "" for value in row]


def _tab(name: str) -> str:
    """A name as the tab of a sheet may have it."""
    return re.sub(r"[\\/*?:\[\]]", " ", name)[:31]


def _words(chapters: Sequence[Chapter], opening: Sequence[str]) -> Listing:
    """What the chapters say, a row for each text."""
    rows = [("", "", text) for text in opening]
    rows += [(chapter.title, name, text) for chapter in chapters for name, text in chapter.parts]
    columns = (
        Column("Bagian", lambda row: row[0]),
        Column("Pokok", lambda row: row[1]),
        Column("Uraian", lambda row: row[2]),
    )
    return Listing("Uraian", columns, (Section("", rows),))
