"""What cannot be read stops the import with its row and reason; what only looks odd is told and loaded."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from desk.budget.rules import BudgetTable
from desk.exchange.apbdes import read_budget
from desk.exchange.entries import exact
from desk.exchange.sums import totals_of
from desk.store import DeskError

Read = Callable[..., BudgetTable]
Edit = Callable[[Path, Callable[[dict[str, bytes]], None]], Path]

HEAD = ["KODE", "URAIAN", "ANGGARAN"]
PAD = ["4.1.", "PAD", "10.000.000"]
SHEET = "xl/worksheets/sheet1.xml"


def blocking(table: BudgetTable) -> list[tuple[int | None, str]]:
    """Rows and sentences of what stops the import."""
    return [(p.row, p.message) for p in table.problems if p.blocks]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1O.000.000", "bukan jumlah"),
        ("12.34.567", "bukan jumlah"),
        ("1_000", "bukan jumlah"),
        ("NaN", "bukan jumlah"),
        ("=B2*2", "rumus"),
        ("#REF!", "rumus"),
        ("10,000,000 ", None),
        ("99.999.999.999.999", "terlalu besar"),
        ("17,500", "dua cara"),
    ],
)
def test_an_amount_nobody_can_read_stops_the_import(read: Read, amount: str, words: str | None):
    told = blocking(read([HEAD, PAD, ["4.2.", "Transfer", amount]]))
    if words is None:
        assert told == []
    else:
        ((row, message),) = told
        assert row == 3
        assert message.startswith("Baris 3: ")
        assert words in message


def test_the_neighbouring_column_says_how_a_small_amount_is_written(read: Read):
    head = ["KODE", "URAIAN", "ANGGARAN", "REALISASI"]
    table = read([head, ["4.1.", "PAD", "17,500", "2,742,657"]])
    assert blocking(table) == []
    assert totals_of(table.lines, "amount").revenue == 17500


def test_a_last_row_that_cannot_be_read_is_no_signature(read: Read):
    assert [row for row, _m in blocking(read([HEAD, PAD, ["6.2.2.", "Penyertaan Modal", "5O.000"]]))] == [3]


def test_a_separator_inside_an_amount_is_noticed_and_not_cut_in_pieces(tmp_path: Path):
    (tmp_path / "a.csv").write_text("Kode,Uraian,Anggaran\n4.1.,PAD,8,075,000\n4.2.,Transfer,1,000,000\n")
    told = blocking(read_budget(tmp_path / "a.csv", 2024).table)
    assert [(row, "kolom" in message) for row, message in told] == [(2, True), (3, True)]


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_a_formula_nobody_calculated_stops_the_import(read: Read, name: str):
    rows = [HEAD, ["4.1.", "PAD", 5], ["4.2.", "Transfer", "=C2*2"]]
    ((row, message),) = blocking(read(rows, name=name))
    assert row == 3
    assert "kolom C berisi rumus" in message


def test_a_formula_with_a_stored_result_is_read_as_it_and_told(save: Callable[..., Path], edit_zip: Edit):
    def calculate(parts: dict[str, bytes]) -> None:
        for empty in (b"<v />", b"<v></v>", b"<v/>"):
            parts[SHEET] = parts[SHEET].replace(empty, b"<v>10.000000000000002</v>")

    path = edit_zip(save("a.xlsx", [HEAD, ["4.1.", "PAD", 5], ["4.2.", "Transfer", "=C2*2"]]), calculate)
    table = read_budget(path, 2024).table
    assert totals_of(table.lines, "amount").revenue == 15
    ((row, message, blocks),) = [(p.row, p.message, p.blocks) for p in table.problems]
    assert (row, blocks) == (3, False)
    assert "rumus" in message
    assert "hasil yang tersimpan" in message


def test_a_formula_outside_the_columns_of_the_budget_is_nobodys_business(save: Callable[..., Path], edit_zip: Edit):
    def divide(parts: dict[str, bytes]) -> None:
        for empty in (b"<f>1/0</f><v />", b"<f>1/0</f><v></v>", b"<f>1/0</f><v/>"):
            parts[SHEET] = parts[SHEET].replace(b'<c r="D2">' + empty, b'<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v>')

    path = edit_zip(save("a.xlsx", [[*HEAD, "%"], ["4.1.", "PAD", 5, "=1/0"]]), divide)
    assert read_budget(path, 2024).table.problems == ()


def test_a_day_in_the_amount_column_stops_the_import(read: Read):
    table = read([HEAD, ["4.1.", "PAD", 5], ["4.2.", "Transfer", dt.date(2024, 5, 1)]], name="a.xlsx")
    ((row, message),) = blocking(table)
    assert (row, "tanggal" in message) == (3, True)


def test_two_amounts_in_one_column_stop_the_import(read: Read):
    table = read([["KODE", "URAIAN", "ANGGARAN", "", "SUMBER DANA"], ["4.1.", "PAD", 5, 7, "ADD"]], name="a.xlsx")
    assert [row for row, _message in blocking(table)] == [2]


@pytest.mark.parametrize("amount", [1000.005, 33333.333333, 0.001])
def test_a_number_finer_than_sen_stops_the_import(read: Read, amount: float):
    ((row, message),) = blocking(read([HEAD, ["4.1.", "PAD", 5], ["4.2.", "Transfer", amount]], name="a.xlsx"))
    assert (row, "sen" in message) == (3, True)


@pytest.mark.parametrize(
    ("number", "amount"),
    [
        (0.1 + 0.2, "0.3"),
        (710783304.48, "710783304.48"),
        (1234567.8900000001, "1234567.89"),
        (-5.0, "-5"),
        (5e9, "5e9"),
    ],
)
def test_a_binary_number_is_the_sen_it_stands_for(number: float, amount: str):
    assert exact(Decimal(repr(number))) == Decimal(amount)


def test_a_number_beyond_the_exact_ones_is_refused():
    with pytest.raises(DeskError, match="terlalu besar"):
        exact(Decimal(2**53 + 2))


def test_several_sheets_are_told_and_the_first_is_taken(save: Callable[..., Path]):
    sheets = {
        "Sampul": [["APBDes 2024"]],
        "2023": [["TAHUN ANGGARAN 2023"], HEAD, ["4.1.", "PAD", 1]],
        "APBDes": [["TAHUN ANGGARAN 2024"], HEAD, ["4.1.", "PAD", 5]],
        "Salinan": [HEAD, ["4.1.", "PAD", 7]],
    }
    file = read_budget(save("a.xlsx", sheets=sheets), 2024)
    assert file.sheet == "APBDes"
    assert totals_of(file.table.lines, "amount").revenue == 5
    ((row, message),) = [(p.row, p.message) for p in file.table.problems]
    assert row == 2
    assert "Salinan" in message


def test_a_workbook_of_another_year_alone_is_refused_with_its_row(save: Callable[..., Path]):
    path = save("a.ods", [["TAHUN ANGGARAN 2023"], HEAD, ["4.1.", "PAD", 1]])
    with pytest.raises(DeskError, match=r"^Baris 1: .*2023.*2024"):
        read_budget(path, 2024)


def test_the_columns_are_told_as_they_were_taken(read: Read):
    table = read(
        [["No", "Kode Rek", "Uraian", "Anggaran (Rp)", "Realisasi (Rp)", "%"], ["1", "4.1.", "PAD", "5", "6", ""]]
    )
    assert table.columns == (
        ("No", ""), ("Kode Rek", "code"), ("Uraian", "title"), ("Anggaran (Rp)", "amount"),
        ("Realisasi (Rp)", "realised"), ("%", ""),
    )  # fmt: skip


def test_the_day_of_a_realisation_report_is_read_from_its_title(read: Read):
    rows = [["LAPORAN REALISASI s.d. 30 Juni 2024"], ["Kode", "Uraian", "Anggaran", "Realisasi"], ["4.1.", "PAD", 5, 6]]
    assert read(rows).until == dt.date(2024, 6, 30)


@pytest.mark.parametrize("code", [dt.date(2002, 1, 1), "01/01/2002", "1-Jan-02"])
def test_a_code_that_became_a_day_stops_the_import(read: Read, code: object):
    ((row, message),) = blocking(read([HEAD, ["4.1.", "PAD", 5], [code, "Perangkat", 7]], name="a.xlsx"))
    assert (row, "tanggal" in message) == (3, True)


def test_a_title_of_a_thousand_letters_stops_the_import(read: Read):
    assert [row for row, _message in blocking(read([HEAD, PAD, ["4.2.", "x" * 1001, "5"]]))] == [3]


def test_letters_that_cannot_be_seen_are_left_out(read: Read):
    (line,) = read([HEAD, ["4.1.", "P\u202eA\u200bD\x07", "5"]]).lines
    assert line.title == "PAD"
