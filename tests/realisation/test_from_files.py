"""Realisation that comes in files: each report keeps its own day, and the same file twice is the same."""

import datetime as dt
from pathlib import Path

from desk.budget.queries import entries_of, realised_totals, versions
from desk.desk import Desk
from desk.exchange.apbdes import import_budget

TITLE = "LAPORAN REALISASI APBDES TAHUN ANGGARAN 2025 SAMPAI DENGAN {day};;;\n"
TABLE = """Kode;Uraian;Anggaran;Realisasi
4.2.1;Dana Desa;1.000.000;{revenue}
5;BELANJA;;
1;BIDANG PENYELENGGARAAN PEMERINTAHAN;400;{office}
2;BIDANG PELAKSANAAN PEMBANGUNAN;600;{works}
6.1;Penerimaan Pembiayaan;0;0
6.2;Pengeluaran Pembiayaan;0;0
"""


def report(folder: Path, name: str, day: str, **amounts: str) -> Path:
    """A file with a day in its title."""
    path = folder / name
    path.write_text(TITLE.format(day=day) + TABLE.format(**amounts), encoding="utf-8")
    return path


def test_a_half_years_file_after_the_years_own_keeps_both_and_twice_changes_nothing(desk: Desk, tmp_path: Path):
    whole = report(tmp_path, "tahun.csv", "31 DESEMBER 2025", revenue="990", office="400", works="650")
    half = report(tmp_path, "semester.csv", "30 JUNI 2025", revenue="500", office="180", works="90")
    for path in (whole, half, half, whole):
        import_budget(desk, path, 2025)
    (version,) = desk.ask(versions, 2025)
    june, december = (desk.ask(realised_totals, version.id, day) for day in (dt.date(2025, 6, 30), None))
    assert (june.revenue, june.expenditure) == (500, 270)
    assert (december.revenue, december.expenditure) == (990, 1050)
    assert len(desk.ask(entries_of, 2025)) == len({(e.line, e.until) for _of, e in desk.ask(entries_of, 2025)})
