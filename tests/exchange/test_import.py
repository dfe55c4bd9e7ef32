"""A file becomes the year's budget: once, whole, undoable while a draft, and never against what is enacted."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from desk import log
from desk.budget import queries
from desk.budget.commands import Enact, StartBudget
from desk.desk import Desk
from desk.exchange.apbdes import import_budget, read_budget
from desk.exchange.loading import ImportBudget, ImportReport
from desk.realisation.commands import RecordRealisation
from desk.store import DeskError
from desk.village.commands import SetVillage

Save = Callable[..., Path]

HEAD = ["KODE", "URAIAN", "ANGGARAN"]
ROWS: list[list[object]] = [
    HEAD,
    ["4.1.", "PAD", "40"],
    ["4.2.1.", "Dana Desa", "60"],
    ["01", "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", "100"],
    ["6.1.", "Penerimaan Pembiayaan", "0"],
]
AMENDED: list[list[object]] = [
    ["KODE", "URAIAN", "SEMULA", "MENJADI"],
    ["4.1.", "PAD", "40", "50"],
    ["4.2.1.", "Dana Desa", "60", "60"],
    ["01", "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", "100", "110"],
    ["6.1.", "Penerimaan Pembiayaan", "0", "0"],
]
SPENT: list[list[object]] = [
    ["KODE", "URAIAN", "ANGGARAN", "REALISASI"],
    ["4.1.", "PAD", "40", "41"],
    ["4.2.1.", "Dana Desa", "60", "60"],
    ["01", "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", "100", "90"],
    ["6.1.", "Penerimaan Pembiayaan", "0", "0"],
]
REGULATION = "Peraturan Desa Nomor 5 Tahun 2023"


def acts(desk: Desk) -> int:
    """Entries in the log."""
    return int(desk.ask(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM act").scalar_one()))


def amounts(desk: Desk, ordinal: int = 0, year: int = 2024) -> list[Decimal | None]:
    """The amounts of a version's lines."""
    found = {v.ordinal: v.id for v in desk.ask(queries.versions, year)}
    return [node.printed for node in desk.ask(queries.tree, found[ordinal])]


def enact(desk: Desk, year: int = 2024) -> bytes:
    """Enact the last version."""
    last: bytes = desk.ask(queries.versions, year)[-1].id
    desk.do(Enact(last, REGULATION, dt.date(2023, 12, 28)))
    return last


def load(desk: Desk, save: Save, rows: list[list[object]], name: str = "a.csv", **how: object) -> ImportReport:
    """Save and import."""
    return import_budget(desk, save(name, rows), 2024, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "year", "lines"),
    [
        ("gilis-2020-realisasi", 2020, 14), ("belantih-2022-realisasi", 2022, 17), ("ngrombo-2024-perubahan", 2024, 19),
        ("perboto-2025-penjabaran", 2025, 19),
    ],
)  # fmt: skip
def test_every_sample_is_loaded_once_and_changes_nothing_the_second_time(
    desk: Desk, samples: Path, name: str, year: int, lines: int
):
    first = import_budget(desk, samples / f"{name}.csv", year)
    assert (first.changed, first.lines) == (True, lines)
    before = acts(desk)
    second = import_budget(desk, samples / f"{name}.csv", year)
    assert not second.changed
    assert (second.budget, second.problems, second.version) == (first.budget, first.problems, first.version)
    assert acts(desk) == before
    assert desk.ask(log.check) == []


def test_the_command_line_gets_decimal_strings_and_null(desk: Desk, samples: Path):
    gilis = import_budget(desk, samples / "gilis-2020-realisasi.csv", 2020).as_json()
    assert {key: gilis[key] for key in ("revenue", "expenditure", "financing", "balance")} == {
        "revenue": "1370198500", "expenditure": "1387321454", "financing": "12122954", "balance": "-5000000"
    }  # fmt: skip
    assert gilis["balance_realised"] == "-2868420"
    assert [p["row"] for p in gilis["problems"]] == [23]
    perboto = import_budget(desk, samples / "perboto-2025-penjabaran.csv", 2025).as_json()
    assert (perboto["expenditure"], perboto["financing"], perboto["balance"]) == ("681922621", None, None)
    assert "revenue_realised" not in perboto


def test_the_same_content_from_another_format_changes_nothing(desk: Desk, save: Save):
    load(desk, save, ROWS, "a.csv")
    before = acts(desk)
    typed = [HEAD, *([code, title, int(str(amount))] for code, title, amount in ROWS[1:])]
    for name in ("b.xlsx", "b.ods"):
        assert not load(desk, save, typed, name).changed
    assert acts(desk) == before


def test_a_rehearsal_tells_everything_and_changes_nothing(desk: Desk, save: Save):
    told = load(desk, save, ROWS, dry_run=True)
    assert (told.changed, told.budget.balance) == (True, 0)
    assert acts(desk) == 0
    assert desk.ask(queries.years) == []
    assert load(desk, save, ROWS).budget == told.budget
    assert not load(desk, save, ROWS, dry_run=True).changed


def test_a_blocked_file_is_rehearsed_with_its_problems_and_refused_in_earnest(desk: Desk, save: Save):
    rows = [*ROWS, ["6.2.", "Pengeluaran", "1O"], ["6.2.2.", "Penyertaan", "x1"]]
    told = load(desk, save, rows, dry_run=True)
    assert ([p.row for p in told.problems if p.blocks], told.changed, told.version) == ([6, 7], False, None)
    with pytest.raises(DeskError, match=r"^Baris 6: .*1 masalah lain.*Tidak ada yang dimuat"):
        load(desk, save, rows)
    assert acts(desk) == 0


def test_both_versions_are_loaded_and_the_amended_one_is_in_force(desk: Desk, save: Save):
    report = load(desk, save, AMENDED)
    assert report.budget.revenue == 110
    assert amounts(desk, 0) == [40, 60, 100, 0]
    assert amounts(desk, 1) == [50, 60, 110, 0]
    current = desk.ask(queries.in_force, 2024)
    assert current is not None
    assert (current.ordinal, current.id) == (1, report.version)
    assert not load(desk, save, AMENDED).changed


def test_an_amendment_joins_the_original_already_there(desk: Desk, save: Save):
    load(desk, save, ROWS)
    original = enact(desk)
    report = load(desk, save, AMENDED)
    assert [v.ordinal for v in desk.ask(queries.versions, 2024)] == [0, 1]
    assert report.problems == ()
    assert desk.ask(queries.versions, 2024)[0].id == original
    enact(desk)
    current = desk.ask(queries.in_force, 2024)
    assert current is not None
    assert current.ordinal == 1
    assert not load(desk, save, AMENDED).changed


def test_a_second_amendment_follows_the_first(desk: Desk, save: Save):
    load(desk, save, AMENDED)
    enact(desk)
    again = [AMENDED[0], *([code, title, after, after] for code, title, _before, after in AMENDED[1:])]
    again[2][3] = "70"
    load(desk, save, again)
    assert [v.ordinal for v in desk.ask(queries.versions, 2024)] == [0, 1, 2]
    assert amounts(desk, 2) == [50, 70, 110, 0]


def test_a_former_budget_unlike_the_enacted_one_is_told_and_the_enacted_one_kept(desk: Desk, save: Save):
    load(desk, save, ROWS)
    enact(desk)
    other = [list(row) for row in AMENDED]
    other[1][2] = "41"
    report = load(desk, save, other)
    assert any("SEMULA berbeda" in p.message for p in report.problems)
    assert amounts(desk, 0) == [40, 60, 100, 0]


def test_a_changed_file_replaces_a_draft_row_by_row(desk: Desk, save: Save):
    load(desk, save, ROWS)
    kept = {node.title: node.id for node in desk.ask(queries.tree, desk.ask(queries.versions, 2024)[0].id)}
    rows = [HEAD, ROWS[1], ["4.2.1.", "Dana Desa", "70"], ["4.2.3.", "ADD", "5"], *ROWS[3:]]
    report = load(desk, save, rows)
    assert report.changed
    (version,) = desk.ask(queries.versions, 2024)
    now = {node.title: node.id for node in desk.ask(queries.tree, version.id)}
    assert amounts(desk) == [40, 70, 5, 100, 0]
    assert now["Dana Desa"] == kept["Dana Desa"]
    assert desk.ask(queries.complete, version.id)
    rows.pop(3)
    load(desk, save, rows)
    assert amounts(desk) == [40, 70, 100, 0]
    assert desk.ask(log.check) == []


def test_an_enacted_budget_is_not_replaced(desk: Desk, save: Save):
    load(desk, save, ROWS)
    enact(desk)
    before = acts(desk)
    with pytest.raises(DeskError, match=r"^Baris 3: .*sudah ditetapkan"):
        load(desk, save, [HEAD, ROWS[1], ["4.2.1.", "Dana Desa", "70"], *ROWS[3:]])
    assert acts(desk) == before
    assert amounts(desk) == [40, 60, 100, 0]


def test_a_regulation_enacts_at_once_and_only_once(desk: Desk, save: Save):
    how = {"regulation": REGULATION, "enacted_on": dt.date(2023, 12, 28)}
    load(desk, save, ROWS, **how)
    (version,) = desk.ask(queries.versions, 2024)
    assert (version.regulation, version.enacted_on, version.is_draft) == (REGULATION, dt.date(2023, 12, 28), False)
    assert desk.ask(queries.complete, version.id)
    assert not load(desk, save, ROWS, **how).changed
    with pytest.raises(DeskError, match="tanggal penetapan"):
        load(desk, save, ROWS, regulation="Perdes Nomor 9")


def test_realisation_comes_with_its_day_and_stays_with_its_line(desk: Desk, save: Save):
    report = load(desk, save, SPENT)
    assert report.realised is not None
    assert (report.realised.revenue, report.realised.expenditure) == (101, 90)
    nodes = desk.ask(queries.tree, report.version)
    assert [(n.realised, n.until) for n in nodes] == [
        (41, dt.date(2024, 12, 31)), (60, dt.date(2024, 12, 31)), (90, dt.date(2024, 12, 31)),
        (0, dt.date(2024, 12, 31)),
    ]  # fmt: skip
    assert desk.ask(queries.realised_totals, report.version) == report.realised


def test_realisation_of_the_running_year_goes_up_to_today(desk: Desk, save: Save, today: dt.date):
    report = import_budget(desk, save("a.csv", SPENT), today.year)
    assert {n.until for n in desk.ask(queries.tree, report.version)} == {today}


def test_an_enacted_budget_takes_the_realisation_of_the_same_figures(desk: Desk, save: Save):
    load(desk, save, ROWS)
    enacted = enact(desk)
    report = load(desk, save, SPENT)
    assert (report.changed, report.version) == (True, enacted)
    assert desk.ask(queries.realised_totals, enacted).expenditure == 90
    assert not load(desk, save, SPENT).changed
    later = [*SPENT[:3], [*SPENT[3][:3], "95"], SPENT[4]]
    assert load(desk, save, later).changed
    assert desk.ask(queries.realised_totals, enacted).expenditure == 95


def test_a_draft_loaded_anew_lets_the_realisation_of_lost_lines_go(desk: Desk, save: Save):
    load(desk, save, SPENT)
    report = load(desk, save, [SPENT[0], *SPENT[2:]])
    assert desk.ask(queries.realised_totals, report.version).revenue == 60
    assert desk.ask(log.check) == []


def test_an_import_is_undone_as_one_act(desk: Desk, save: Save):
    done = desk.do(import_command(save("a.csv", SPENT)))
    desk.undo(done.act)
    assert desk.ask(queries.years) == []
    assert desk.ask(log.check) == []


def test_an_import_is_not_undone_below_a_later_realisation(desk: Desk, save: Save, today: dt.date):
    done = desk.do(import_command(save("a.csv", ROWS)))
    line = desk.ask(queries.tree, done.value.version)[0].id
    desk.do(RecordRealisation(line, dt.date(2024, 6, 30), Decimal(5)))
    with pytest.raises(DeskError, match="Catatan lain"):
        desk.undo(done.act)
    assert amounts(desk) == [40, 60, 100, 0]


def test_an_import_that_was_enacted_cannot_be_undone(desk: Desk, save: Save):
    done = desk.do(import_command(save("a.csv", AMENDED)))
    enact(desk)
    with pytest.raises(DeskError):
        desk.undo(done.act)
    assert amounts(desk, 1) == [50, 60, 110, 0]


def import_command(path: Path) -> ImportBudget:
    """What `import_budget` does, as the command alone."""
    file = read_budget(path, 2024)
    return ImportBudget(2024, file.table, file.name, file.digest)


def test_a_started_draft_takes_the_file(desk: Desk, save: Save):
    draft = desk.do(StartBudget(2024)).value
    report = load(desk, save, ROWS)
    assert report.version == draft
    assert amounts(desk) == [40, 60, 100, 0]


@pytest.mark.parametrize("year", [1999, 2014, 2101])
def test_a_year_without_village_budgets_is_refused(desk: Desk, save: Save, year: int):
    with pytest.raises(DeskError, match="Tahun anggaran"):
        import_budget(desk, save("a.csv", ROWS), year)


def test_a_kelurahan_has_no_budget_of_its_own(desk: Desk, save: Save):
    desk.do(SetVillage("35.22.15.1001", "Kadipaten", "Bojonegoro", "Bojonegoro"))
    with pytest.raises(DeskError, match="Kelurahan tidak mempunyai APBDes"):
        load(desk, save, ROWS)


def test_amounts_that_overflow_the_store_are_refused(desk: Desk, save: Save):
    huge = [HEAD, *([f"5.2.1.{n:02}", f"Belanja {n}", "9.999.999.999.999"] for n in range(101))]
    with pytest.raises(DeskError, match="terlalu besar"):
        load(desk, save, huge)
    assert acts(desk) == 0


FAULTS = {
    "kosong.csv": b"",
    "surat.pdf": b"%PDF-1.4",
    "foto.xlsx": b"\x89PNG\r\n\x1a\n",
    "catatan.csv": b"Rapat hari Senin\n",
    "daftar.csv": b"Nama;Alamat\nBudi;Contoh\n",
    "salah.csv": b"TAHUN ANGGARAN 2019;;\nKode;Uraian;Anggaran\n4.1.;PAD;5\n",
    "besar.csv": b"Kode;Uraian;Anggaran\n4.1.;PAD;" + b"9" * 40 * 2**20,
}


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_faulty_file_changes_nothing_and_the_desk_goes_on(desk: Desk, save: Save, tmp_path: Path, name: str):
    load(desk, save, ROWS)
    before = acts(desk)
    (tmp_path / name).write_bytes(FAULTS[name])
    for dry_run in (True, False):
        with pytest.raises(DeskError) as refused:
            import_budget(desk, tmp_path / name, 2024, dry_run=dry_run)
        assert len(str(refused.value)) < 300
    assert acts(desk) == before
    assert load(desk, save, AMENDED).changed
    assert desk.ask(log.check) == []
