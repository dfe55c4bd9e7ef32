"""Tables numbered like a list, tables without codes, amounts grouped by blanks, and names with letters nobody sees."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from desk.budget.rules import BudgetTable
from desk.exchange.apbdes import read_budget
from desk.exchange.sums import totals_of
from desk.store import DeskError

Read = Callable[..., BudgetTable]

HEAD = ["NO", "URAIAN", "ANGGARAN"]
LISTED = [
    ["I", "PENDAPATAN", ""],
    ["A", "Pendapatan Asli Desa", "10.000.000"],
    ["1", "Sewa kios", "4.000.000"],
    ["2", "Urunan warga", "6.000.000"],
    ["B", "Pendapatan Transfer", "90.000.000"],
    ["1", "Dana Desa", "60.000.000"],
    ["2", "Alokasi Dana Desa", "30.000.000"],
    ["", "JUMLAH PENDAPATAN", "100.000.000"],
    ["II", "BELANJA", ""],
    ["A", "Bidang Penyelenggaraan Pemerintahan Desa", "40.000.000"],
    ["1", "Penghasilan tetap", "40.000.000"],
    ["", "Jumlah Bidang 1", "40.000.000"],
    ["B", "Bidang Pelaksanaan Pembangunan Desa", "65.000.000"],
    ["1", "Sub Bidang Pendidikan", "25.000.000"],
    ["a", "PAUD", "25.000.000"],
    ["2", "Jalan desa", "40.000.000"],
    ["", "Jumlah Bidang 2", "65.000.000"],
    ["", "JUMLAH BELANJA", "105.000.000"],
    ["III", "PEMBIAYAAN", ""],
    ["A", "Penerimaan Pembiayaan", "8.000.000"],
    ["1", "SiLPA Tahun Sebelumnya", "8.000.000"],
    ["B", "Pengeluaran Pembiayaan", "3.000.000"],
    ["1", "Penyertaan Modal Desa", "3.000.000"],
]


def sums(table: BudgetTable) -> tuple[Decimal | None, ...]:
    """Revenue, expenditure, net financing and balance."""
    totals = totals_of(table.lines, "amount")
    return totals.revenue, totals.expenditure, totals.financing, totals.balance


def above(table: BudgetTable, title: str) -> str:
    """The title of the line a line stands below."""
    parent = next(line.parent for line in table.lines if line.title == title)
    assert parent is not None
    return table.lines[parent].title


SUMS = tuple(map(Decimal, (100_000_000, 105_000_000, 5_000_000, 0)))


def in_front(row: list[str]) -> list[str]:
    return [f"{row[0]}. {row[1]}" if row[0] else row[1], row[2]]


@pytest.mark.parametrize("rows", [[HEAD, *LISTED], [HEAD[1:], *map(in_front, LISTED)]])
def test_a_list_of_numerals_and_letters_is_placed_by_its_order_and_its_names(read: Read, rows: list[list[str]]):
    table = read(rows)
    assert sums(table) == SUMS
    assert [(p.row, p.blocks, "(I, A, 1, 2)" in p.message) for p in table.problems] == [(2, False, True)]
    assert above(table, "Urunan warga") == "Pendapatan Asli Desa"
    assert above(table, "PAUD") == "Sub Bidang Pendidikan"
    by_title = {line.title: line for line in table.lines}
    assert by_title["Dana Desa"].account == "4.2.1"
    assert by_title["Bidang Pelaksanaan Pembangunan Desa"].activity == "2"
    assert by_title["Sub Bidang Pendidikan"].activity == "2.1"
    assert by_title["Penyertaan Modal Desa"].section == "payments"
    assert not any(line.code for line in table.lines if line.kind == "line")


def test_the_ninth_letter_of_a_list_is_a_letter_and_not_a_one(read: Read):
    rows = [["A", "PENDAPATAN", ""], *([letter, f"Hasil {letter}", "1.000.000"] for letter in "ABCDEFGHIJ")]
    table = read([HEAD, *rows])
    assert sums(table)[0] == 10_000_000
    assert {above(table, f"Hasil {letter}") for letter in "ABCDEFGHIJ"} == {"PENDAPATAN"}


def test_a_list_of_plain_numbers_under_each_part_is_no_list_of_fields(read: Read):
    rows = [["1", "PENDAPATAN", ""], *([str(n), f"Hasil {n}", "2.000.000"] for n in range(1, 6)),
            ["2", "BELANJA", ""], ["1", "Bidang Pemerintahan", "4.000.000"],
            ["2", "Bidang Pembangunan", "6.000.000"]]  # fmt: skip
    table = read([HEAD, *rows])
    assert sums(table)[:2] == (10_000_000, 10_000_000)
    assert len(table.problems) == 1 and "nomor urut" in table.problems[0].message


def test_a_column_of_unknown_codes_is_told_in_one_sentence(read: Read):
    rows = [[f"4.{n}.", f"Hasil {n}", "1.000.000"] for n in range(5, 10)]
    (problem,) = read([["KODE", *HEAD[1:]], ["4.", "PENDAPATAN", ""], *rows]).problems
    assert not problem.blocks and problem.row == 3
    assert "5 kode" in problem.message and "misalnya 4.2.1" in problem.message


@pytest.mark.parametrize("total", ["Jumlah Bidang 2", "JUMLAH BELANJA BIDANG II", "Sub Jumlah Bidang 2"])
def test_a_total_that_names_its_field_by_number_belongs_to_it(read: Read, total: str):
    rows = [["5.", "BELANJA", ""], ["01", "BIDANG PEMERINTAHAN", "5.000.000"],
            ["02", "BIDANG PEMBANGUNAN", "7.000.000"], ["", total, "7.000.000"],
            ["", "JUMLAH BELANJA", "12.000.000"]]  # fmt: skip
    table = read([["KODE", *HEAD[1:]], *rows])
    assert table.problems == () and sums(table)[1] == 12_000_000
    assert above(table, total) == "BIDANG PEMBANGUNAN"


def test_a_total_of_a_sub_field_is_found_by_its_number(read: Read):
    rows = [["5.", "BELANJA", ""], ["2", "BIDANG PEMBANGUNAN", "7.000.000"],
            ["2.1", "Sub Bidang Pendidikan", "7.000.000"],
            ["", "Jumlah Sub Bidang 2.1", "7.000.000"]]  # fmt: skip
    table = read([["KODE", *HEAD[1:]], *rows])
    assert table.problems == () and above(table, "Jumlah Sub Bidang 2.1") == "Sub Bidang Pendidikan"


def test_a_table_of_names_and_amounts_alone_is_read_by_its_names(read: Read):
    rows = [["Pendapatan Asli Desa", 10], ["Dana Desa", 500], ["Bidang Pemerintahan", 300], ["Bidang Pembangunan", 210]]
    table = read([["Uraian", "Jumlah"], *rows], separator=",")
    assert sums(table)[:2] == (510, 510)
    assert table.problems == ()


def test_rows_without_code_that_are_not_known_say_which_column_is_wanted(read: Read):
    rows = [["Honor kegiatan", 5], ["Sewa tenda", 7], ["Dana Desa", 500]]
    (problem,) = read([["Uraian", "Jumlah"], *rows]).problems
    assert problem.row == 1 and "2 baris (baris 2, 3)" in problem.message
    assert "kolom Kode" in problem.message and "4.2.1;Dana Desa" in problem.message


def test_a_table_in_which_nothing_is_known_is_refused_with_an_example(read: Read):
    with pytest.raises(DeskError, match=r"kolom Kode, misalnya judul .*4\.2\.1;Dana Desa"):
        read([["Uraian", "Jumlah"], ["Honor kegiatan", 5], ["Sewa tenda", 7]])


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f", "\u2009"])
def test_blanks_between_thousands_are_read(read: Read, blank: str):
    amounts = [text.replace(" ", blank) for text in ("1 234 567", "Rp 98 000", "(2 000 000)", "1 000,50")]
    table = read([["KODE", *HEAD[1:]], *([f"4.1.{n}.", f"Hasil {n}", a] for n, a in enumerate(amounts, 1))])
    assert [line.amount for line in table.lines] == [1234567, 98000, -2000000, Decimal("1000.50")]


@pytest.mark.parametrize("amount", ["1 23 456", "12 345 67", "1.000 000", "1 000 000 1"])
def test_blanks_anywhere_else_in_an_amount_still_stop_the_import(read: Read, amount: str):
    (problem,) = read([["KODE", *HEAD[1:]], ["4.1.", "PAD", "5.000.000"], ["4.2.", "Transfer", amount]]).problems
    assert problem.blocks and problem.row == 3


UNSEEN = "Da\u202ena\u2066 \u00adDe\u200dsa\u061c\ue000"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods"])
def test_control_and_direction_characters_are_left_out_of_every_name(save: Callable[..., Path], ending: str):
    rows = [["KODE", "URAIAN\u200f", "ANGGARAN\u202e", "SUMBER DANA"], ["4.2.1.", UNSEEN, "5.000.000", "D\u2067DS"]]
    file = read_budget(save(f"a\u202eb.{ending}", rows), 2024)
    assert file.name == f"ab.{ending}"
    assert file.table.columns[1:3] == (("URAIAN", "title"), ("ANGGARAN", "amount"))
    (line,) = file.table.lines
    assert (line.title, line.fund, line.amount) == ("Dana Desa", "DDS", 5_000_000)
