"""Habits of village offices that once misled the import: negative payments, a bare JUMLAH, a row printed twice."""

from decimal import Decimal
from pathlib import Path

import pytest

from desk.desk import Desk
from desk.exchange.apbdes import import_budget
from desk.store import DeskError


def load(desk: Desk, folder: Path, text: str):
    """Import a csv as the budget of 2025."""
    path = folder / "apbdes.csv"
    path.write_text(text, encoding="utf-8")
    return import_budget(desk, path, 2025)


def test_payments_printed_as_negatives_are_subtracted_once(desk: Desk, tmp_path: Path) -> None:
    report = load(
        desk, tmp_path,
        "KODE;URAIAN;ANGGARAN\n4;PENDAPATAN;\n4.2.1;Dana Desa;100.000.000\n5;BELANJA;\n"
        "2;BIDANG PEMBANGUNAN;120.000.000\n"
        "6;PEMBIAYAAN;\n6.1.;Penerimaan Pembiayaan;50.000.000\n6.2.;Pengeluaran Pembiayaan;(30.000.000)\n"
        "6.2.2.;Penyertaan Modal Desa;(30.000.000)\n",
    )  # fmt: skip
    assert report.budget.financing == Decimal(20_000_000)
    assert report.budget.balance == 0
    assert [p.row for p in report.problems] == [8]


def test_a_bare_total_belongs_to_the_whole_table_it_adds_up(desk: Desk, tmp_path: Path) -> None:
    report = load(
        desk, tmp_path,
        "PENGGUNAAN DANA DESA TAHUN 2025;;\nNO;KEGIATAN;ANGGARAN\n1;Pembangunan jalan;150.000.000\n"
        "2;BLT Dana Desa;108.000.000\n3;Posyandu;42.000.000\n;JUMLAH;300.000.000\n",
    )  # fmt: skip
    assert report.budget.expenditure == Decimal(300_000_000)
    assert not any("Posyandu" in p.message for p in report.problems)


def test_a_row_that_stands_twice_is_said(desk: Desk, tmp_path: Path) -> None:
    report = load(
        desk, tmp_path,
        "KODE;URAIAN;ANGGARAN\n4;PENDAPATAN;\n4.2.1;Dana Desa;600.000\n4.2.1;Dana Desa;600.000\n"
        "5;BELANJA;\n1;BIDANG PEMERINTAHAN;1.200.000\n",
    )  # fmt: skip
    assert report.budget.revenue == Decimal(1_200_000)
    assert any(p.row == 4 and "baris 3" in p.message for p in report.problems)


def test_a_code_of_three_thousand_parts_is_refused_with_its_row(desk: Desk, tmp_path: Path) -> None:
    code = "4" + ".4" * 3000
    with pytest.raises(DeskError, match="Baris 3"):
        load(desk, tmp_path, f"KODE;URAIAN;ANGGARAN\n4;PENDAPATAN;\n{code};Dana;1\n")
