"""Tables as offices keep them: merged cells, hidden sheets, figures as text, realisation on either side."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desk.budget.rules import BudgetTable
from desk.exchange.apbdes import read_budget
from desk.exchange.sums import totals_of

Save = Callable[..., Path]
Read = Callable[..., BudgetTable]

ROWS: list[list[object]] = [
    ["4.2.1.", "Dana Desa", 900_000_000],
    ["1", "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", 400_000_000],
    ["2", "BIDANG PELAKSANAAN PEMBANGUNAN DESA", 500_000_000],
]


def sums(table: BudgetTable, column: str = "amount") -> tuple[Decimal | None, Decimal | None]:
    """Revenue and expenditure."""
    told = totals_of(table.lines, column)
    return told.revenue, told.expenditure


def test_merged_cells_of_a_heading_and_of_titles_are_read_where_they_begin(tmp_path: Path):
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["ANGGARAN PENDAPATAN DAN BELANJA DESA"])
    page.append(["TAHUN ANGGARAN 2024"])
    page.append(["KODE", "URAIAN", None, "ANGGARAN", None])
    page.append([None, None, None, "SEMULA", "MENJADI"])
    for code, title, amount in ROWS:
        page.append([code, title, None, amount, amount])
    for cells in ("A1:E1", "A2:E2", "A3:A4", "B3:C4", "D3:E3", "B5:C5", "B6:C6", "B7:C7"):
        page.merge_cells(cells)
    book.save(tmp_path / "a.xlsx")
    table = read_budget(tmp_path / "a.xlsx", 2024).table
    assert table.amended and sums(table) == sums(table, "before") == (900_000_000, 900_000_000)
    assert [line.title for line in table.lines] == [str(title) for _code, title, _amount in ROWS]


def test_a_field_merged_over_its_rows_keeps_them_below_it(tmp_path: Path):
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["Kode", "Uraian", "Anggaran"])
    page.append(["1", "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", 400])
    for title, amount in (("Penghasilan tetap", 300), ("Operasional", 100)):
        page.append([None, title, amount])
    page.merge_cells("A2:A4")
    book.save(tmp_path / "a.xlsx")
    table = read_budget(tmp_path / "a.xlsx", 2024).table
    assert sums(table)[1] == 400
    assert [table.lines[line.parent].title for line in table.lines if line.parent is not None] == [ROWS[1][1]] * 2


def test_a_hidden_sheet_is_not_the_budget(tmp_path: Path):
    book = openpyxl.Workbook()
    for title, amount in (("lama", 1), ("APBDes", 900)):
        page = book.create_sheet(title)
        page.append(["Kode", "Uraian", "Anggaran"])
        page.append(["4.2.1", "Dana Desa", amount])
    book.remove(book.worksheets[0])
    book["lama"].sheet_state = "hidden"
    book.active = 1
    book.save(tmp_path / "a.xlsx")
    file = read_budget(tmp_path / "a.xlsx", 2024)
    assert file.sheet == "APBDes" and sums(file.table)[0] == 900 and file.table.problems == ()


@pytest.mark.parametrize("order", [("amount", "realised"), ("realised", "amount")])
def test_realisation_may_stand_left_or_right_of_the_budget(read: Read, order: tuple[str, str]):
    heads = {"amount": "ANGGARAN", "realised": "REALISASI"}
    rows = [
        [code, title, *({"amount": amount, "realised": int(str(amount)) // 2}[role] for role in order)]
        for code, title, amount in ROWS
    ]
    table = read([["KODE", "URAIAN", *(heads[role] for role in order)], *rows], name="a.xlsx")
    assert sums(table) == (900_000_000, 900_000_000)
    assert sums(table, "realised") == (450_000_000, 450_000_000)


def test_figures_kept_as_text_with_blanks_that_do_not_break_are_amounts(read: Read):
    rows = [[code, title, f"Rp\u00a0{int(str(amount)):,}\u00a0".replace(",", ".")] for code, title, amount in ROWS]
    table = read([["KODE", "URAIAN", "ANGGARAN"], *rows], name="a.xlsx")
    assert sums(table) == (900_000_000, 900_000_000)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_text_file_of_two_bytes_a_letter_is_read_with_or_without_its_mark(read: Read, encoding: str, separator: str):
    table = read([["KODE", "URAIAN", "ANGGARAN"], *ROWS], encoding=encoding, separator=separator)
    assert sums(table) == (900_000_000, 900_000_000)


def test_an_amount_that_became_a_day_is_refused_with_its_row(read: Read):
    rows = [*ROWS, ["4.1.", "PAD", dt.date(2024, 5, 1)]]
    (problem,) = [p for p in read([["KODE", "URAIAN", "ANGGARAN"], *rows], name="a.xlsx").problems if p.blocks]
    assert problem.row == 5 and "adalah tanggal, bukan jumlah" in problem.message


def test_a_column_of_day_numbers_is_left_alone(read: Read):
    rows = [[*row, 45_292] for row in ROWS]
    table = read([["KODE", "URAIAN", "ANGGARAN", "TANGGAL"], *rows], name="a.xlsx")
    assert sums(table) == (900_000_000, 900_000_000)
    assert table.columns[-1] == ("TANGGAL", "")


def test_details_with_volume_unit_and_price_are_lines_of_their_own(read: Read):
    rows = [
        ["5.2.1.01", "Belanja Barang", "", "", "", 300_000, "DDS"],
        ["", "Kertas A4", 5, "rim", 50_000, 250_000, ""],
        ["", "Tinta", 1, "botol", 50_000, 50_000, ""],
    ]
    heads = ["KODE", "URAIAN", "VOLUME", "SATUAN", "HARGA SATUAN", "JUMLAH", "SUMBER DANA"]
    account, paper, ink = read([heads, *rows], name="a.xlsx").lines
    assert (paper.volume, paper.unit, paper.price, paper.amount) == ("5", "rim", "50000", 250_000)
    assert (account.fund, ink.title, ink.parent) == ("DDS", "Tinta", 0)


def test_a_table_of_names_alone_is_placed_by_dana_desa_and_bidang_pembangunan(read: Read):
    rows = [["Dana Desa", 700], ["Bidang Pembangunan", 500], ["Bidang Pemerintahan", 200]]
    table = read([["Uraian", "Anggaran"], *rows], name="a.xlsx")
    assert [(line.section, line.account, line.activity) for line in table.lines] == [
        ("revenue", "4.2.1", ""), ("expenditure", "", "2"), ("expenditure", "", "1"),
    ]  # fmt: skip
