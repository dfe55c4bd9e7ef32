"""A book as a spreadsheet: the printed columns, days as days, and nothing a citizen wrote is ever calculated."""

import datetime as dt
import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from desk.exchange.sheet import read_workbook
from desk.exchange.workbook import LONGEST_CELL, workbook
from desk.paper.book.contents import TICK
from desk.paper.book.records import RequestBook
from tests.paper.books import COVER, NASTY, dip, objections, report, request, requests

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "'=1", "\t=1+1", '=HYPERLINK("http://contoh.id","x")', "|cmd")


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(data: bytes) -> list[list[Any]]:
    """The rows of the first sheet below its frozen heading."""
    sheet = opened(data).worksheets[0]
    top = int(sheet.freeze_panes[1:])
    return [list(row) for row in sheet.iter_rows(min_row=top, values_only=True)]


def test_a_register_has_its_twenty_columns_and_a_heading_that_stays():
    sheet = opened(workbook(requests(3))).active
    assert sheet.title == "Permohonan"
    assert sheet.freeze_panes == "A7"
    assert sheet.print_title_rows == "$5:$6"
    upper, lower = ([cell.value for cell in sheet[row]] for row in (5, 6))
    assert [u or low for u, low in zip(upper, lower, strict=True)][:3] == ["No.", "Tanggal", "Nama"]
    assert len([1 for u, low in zip(upper, lower, strict=True) if u or low]) == 20
    assert "I5:J5" in {str(cells) for cells in sheet.merged_cells.ranges}
    assert sheet.column_dimensions["G"].width > sheet.column_dimensions["I"].width
    over = [sheet.cell(row, 1).value for row in (1, 2, 3)]
    assert over[0] == "REGISTER PERMOHONAN INFORMASI"
    assert over[2] == "1 Januari 2026 sampai 31 Desember 2026, keadaan per 22 November 2026"


def test_every_row_is_there_with_days_and_amounts_as_such():
    found = rows(workbook(requests(40)))[:40]
    assert [row[0] for row in found] == [request(i).number for i in range(1, 41)]
    assert found[0][1] == dt.datetime(2026, 1, 2)
    assert found[0][17] == dt.datetime(2026, 11, 22)
    assert found[0][18] == 12500
    assert (found[0][8], found[0][9]) == (TICK, None)
    row = rows(workbook(RequestBook(COVER, (request(1, fee=Decimal("1250.50"), handed=None),))))[0]
    assert row[18] == 1250.5
    assert row[17] == "-"


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_a_text_and_stays_one(text):
    data = workbook(RequestBook(COVER, (request(1, sought=text, name=text),)))
    cell = opened(data).active["G7"]
    assert cell.data_type == "s"
    assert cell.value == text.strip()
    assert cell.number_format == "@"
    if text.strip()[0] in "=+-@'":
        assert cell.quotePrefix
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    assert not [element for element in sheet.iter() if element.tag.endswith("}f")]


@pytest.mark.parametrize(
    "text", [*NASTY, "\ufffe\uffff \ud800", "_x0041_", "baris\n\nbaris"], ids=range(len(NASTY) + 3)
)
def test_whatever_a_person_wrote_is_kept(text, tmp_path):
    data = workbook(RequestBook(COVER, (request(1, sought=text), request(2))))
    path = tmp_path / "register.xlsx"
    path.write_bytes(data)
    sheet = read_workbook(path).sheets[0]
    assert [row[0].value for row in sheet.rows[6:8]] == ["001/PI/A/2026", "002/PI/A/2026"]
    said = sheet.rows[6][6].value
    words = text.replace("\ufffe\uffff \ud800", "\ufffd\ufffd")
    for hidden in "\x00\x07\x1b\u202e\u202c\u200b":
        words = words.replace(hidden, "")
    assert (said or "").split() == words.split()


def test_a_text_longer_than_a_cell_goes_on_below():
    long = "kata " * 9000
    found = rows(workbook(RequestBook(COVER, (request(1, sought=long), request(2)))))
    assert [row[0] for row in found[:3]] == ["001/PI/A/2026", None, None]
    assert found[3][0] == "002/PI/A/2026"
    assert all(len(row[6]) <= LONGEST_CELL for row in found[:3])
    assert "".join(row[6] for row in found[:3]).replace(" ", "") == long.replace(" ", "")


def test_the_copy_without_identities_names_nobody_and_says_so():
    book = replace(requests(5), identities=False)
    data = workbook(book)
    sheet = opened(data).active
    assert sheet["A4"].value == "SALINAN TANPA IDENTITAS PEMOHON"
    assert [row[2:6] for row in rows(data)[:5]] == [["-"] * 4] * 5
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        stored = b"".join(parts.read(name) for name in parts.namelist())
    assert b"Warga" not in stored and b"0812-3456-00" not in stored


def test_the_other_books_have_their_columns():
    found = rows(workbook(objections(3)))
    assert [row[0] for row in found[:3]] == ["001/KB/A/2026", "002/KB/A/2026", "003/KB/A/2026"]
    assert len(found[0]) == 11
    listed = rows(workbook(dip()))
    assert [row[0] for row in listed[:6]] == ["A. Informasi yang diumumkan secara berkala", 1, 2,
                                              "B. Informasi yang diumumkan serta merta", 1,
                                              "C. Informasi yang tersedia setiap saat"]  # fmt: skip
    assert len(listed[1]) == 7


def test_the_report_has_a_sheet_for_each_table_and_one_for_its_words():
    book = opened(workbook(report()))
    assert book.sheetnames == [
        "Uraian", "Angka tahunan", "Permohonan per bulan", "Waktu dan kelanjutan per bulan", "Alasan penolakan",
        "Pokok permohonan", "Sengketa di Komisi Informasi",
    ]  # fmt: skip
    words = [cell.value for row in book["Uraian"].iter_rows() for cell in row]
    assert "Tambah satu petugas." in words and "Petugas merangkap jabatan." in words
    months = list(book["Permohonan per bulan"].iter_rows(min_row=6, max_row=18, values_only=True))
    assert months[0] == ("Januari", 11, 6, 2, 1, 1, 1)
    assert months[12] == ("Jumlah", 132, 72, 24, 12, 12, 12)


def test_no_start_waits_for_openpyxl():
    code = "import sys, ui.cli, desk.desk, desk.paper.book.render; print('openpyxl' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
