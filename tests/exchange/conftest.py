"""Files as village offices save them, made anew for each test."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from desk.budget.rules import BudgetTable
from desk.exchange.apbdes import read_budget

Rows = Sequence[Sequence[object]]


def csv_file(path: Path, rows: Rows, separator: str = ";", encoding: str = "utf-8") -> None:
    """A text table."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)


def xlsx_file(path: Path, sheets: dict[str, Rows]) -> None:
    """A workbook; a text that begins with = is a formula nobody has calculated."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    book.save(path)


def ods_file(path: Path, sheets: dict[str, Rows]) -> None:
    """An OpenDocument spreadsheet; a text that begins with = is a formula nobody has calculated."""
    document = OpenDocumentSpreadsheet()
    for title, rows in sheets.items():
        table = Table(name=title)
        for row in rows:
            line = TableRow()
            for cell in row:
                line.addElement(ods_cell(cell))
            table.addElement(line)
        document.spreadsheet.addElement(table)
    document.save(str(path))


def ods_cell(value: object) -> TableCell:
    """One cell with its value and, as every office program writes it, its words."""
    if value is None or value == "":
        return TableCell()
    if isinstance(value, str) and value.startswith("="):
        return TableCell(formula=f"of:{value}")
    cell = TableCell(valuetype="string") if isinstance(value, str) else TableCell(valuetype="float", value=str(value))
    cell.addElement(P(text=str(value)))
    return cell


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    """Save rows under a name; the ending says as what. `sheets=` saves several sheets."""

    def write(name: str, rows: Rows = (), sheets: dict[str, Rows] | None = None, **how: str) -> Path:
        path = tmp_path / name
        if path.suffix == ".xlsx":
            xlsx_file(path, sheets or {"APBDes": rows})
        elif path.suffix == ".ods":
            ods_file(path, sheets or {"APBDes": rows})
        else:
            csv_file(path, rows, **how)
        return path

    return write


@pytest.fixture
def read(save: Callable[..., Path]) -> Callable[..., BudgetTable]:
    """Rows as the table the desk makes of them."""

    def understand(rows: Rows, year: int = 2024, name: str = "apbdes.csv", **how: str) -> BudgetTable:
        return read_budget(save(name, rows, **how), year).table

    return understand


@pytest.fixture
def samples() -> Path:
    """Budgets real villages published, as they published them."""
    return Path(__file__).parent / "samples"


@pytest.fixture
def edit_zip() -> Callable[[Path, Callable[[dict[str, bytes]], None]], Path]:
    """Change the parts of a workbook behind its program's back."""

    def rewrite(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        change(parts)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        path.write_bytes(packed.getvalue())
        return path

    return rewrite
