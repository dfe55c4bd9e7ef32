"""A table is taken for the year and the unit its titles and headings say, and refused where they say another."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from desk.budget.rules import BudgetTable
from desk.exchange.sums import totals_of
from desk.store import DeskError

Read = Callable[..., BudgetTable]

HEAD = ["KODE", "URAIAN", "ANGGARAN"]
BODY = [
    ["4.", "PENDAPATAN", ""],
    ["4.1.", "Pendapatan Asli Desa", "40.000.000"],
    ["", "JUMLAH PENDAPATAN", "40.000.000"],
]
SUMS = (Decimal(40_000_000), None, None, None)


def sums(table: BudgetTable, column: str = "amount") -> tuple[Decimal | None, ...]:
    """Revenue, expenditure, net financing and balance."""
    totals = totals_of(table.lines, column)
    return totals.revenue, totals.expenditure, totals.financing, totals.balance


def test_the_column_of_the_chosen_year_is_taken(read: Read):
    rows = [["Kode", "Uraian", "Anggaran 2023", "Anggaran 2024"]]
    rows += [[code, title, "7.000", amount] for code, title, amount in BODY]
    assert sums(read(rows)) == SUMS


@pytest.mark.parametrize(
    "title",
    [
        "ANGGARAN PENDAPATAN DAN BELANJA DESA TAHUN ANGGARAN 2023",
        "APBDes Contoh Tahun 2023",
        "Laporan Realisasi T.A. 2023",
        "2023",
    ],
)
def test_a_title_of_another_year_refuses_with_its_row(read: Read, title: str):
    with pytest.raises(DeskError, match=r"^Baris 2: .*2023.*2024"):
        read([["PEMERINTAH DESA CONTOH"], [title], HEAD, *BODY])


@pytest.mark.parametrize(
    "title",
    [
        "PERATURAN DESA NOMOR 5 TAHUN 2023",
        "PERATURAN DESA NOMOR 5 TAHUN 2023 TENTANG APBDES TAHUN ANGGARAN 2024",
        "Tahun 2024",
        "Lampiran",
    ],
)
def test_a_title_that_fits_or_says_nothing_passes(read: Read, title: str):
    assert sums(read([[title], HEAD, *BODY])) == SUMS


def test_an_amount_column_of_another_year_refuses(read: Read):
    with pytest.raises(DeskError, match=r"^Baris 1: .*2024"):
        read([["KODE", "URAIAN", "ANGGARAN 2023"], *BODY])


@pytest.mark.parametrize(
    "rows", [[["Nama", "Alamat"], ["Budi", "Contoh"]], [["4.1", "PAD", "10"], ["4.2", "DD", "20"]]]
)
def test_a_table_without_the_headings_of_a_budget_is_refused(read: Read, rows: list[list[str]]):
    with pytest.raises(DeskError, match="Kode, Uraian"):
        read(rows)


def test_a_heading_with_nothing_below_is_refused(read: Read):
    with pytest.raises(DeskError, match=r"^Baris 2: "):
        read([HEAD, ["4", "PENDAPATAN", ""]])


def test_two_tables_side_by_side_are_refused(read: Read):
    with pytest.raises(DeskError, match=r"^Baris 1: .*berdampingan"):
        read([["Uraian", "Anggaran", "Uraian", "Anggaran"], ["Pendapatan", "5", "Belanja", "5"]])


@pytest.mark.parametrize("rows", [[["(dalam ribuan rupiah)"], HEAD], [[*HEAD[:2], "ANGGARAN (ribuan Rp)"]]])
def test_amounts_in_thousands_are_refused_and_not_taken_for_rupiah(read: Read, rows: list[list[str]]):
    with pytest.raises(DeskError, match=r"^Baris 1: .*ribuan"):
        read([*rows, *BODY])
