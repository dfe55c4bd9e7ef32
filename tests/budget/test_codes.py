"""Codes of the regency keep the village's names; what nobody knows is listed, never dropped."""

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import resources
from desk.budget import codes, queries
from desk.budget.codes import DropCode, NameCode, Used, used_codes
from desk.budget.commands import SetLine, StartBudget
from desk.chart import accounts, activities, fund_code, fund_of_account, fund_sources
from desk.desk import Desk
from desk.exchange.apbdes import import_budget
from desk.store import DeskError

Put = Callable[..., bytes]

RANGES = [
    *(("account", code) for code, entry in accounts().items() if entry.is_range),
    *(("activity", code) for code, entry in activities().items() if entry.is_range),
]


@pytest.mark.parametrize("table", ["accounts", "activities"])
def test_the_chart_is_whole_every_code_below_one_that_is_there(table: str):
    with resources.path(f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    entries = accounts() if table == "accounts" else activities()
    assert len(entries) == len(rows) == {"accounts": 225, "activities": 215}[table]
    assert all(entry.parent in entries for entry in entries.values() if entry.level > 1)


def test_nothing_can_be_posted_to_a_range_itself(desk: Desk, draft: bytes):
    assert len(RANGES) == 45
    for kind, code in RANGES:
        with pytest.raises(DeskError, match="blok kode"):
            desk.do(SetLine(draft, Decimal(5), **{kind: code}))
        with pytest.raises(DeskError, match="blok kode"):
            desk.do(NameCode(kind, code, "Lain-lain"))
    assert desk.ask(queries.lines_of, draft) == []


def test_every_range_takes_codes_of_the_regency(desk: Desk, draft: bytes):
    for number, (kind, code) in enumerate(RANGES):
        mine = code.replace("90-99", str(90 + number % 10))
        desk.do(NameCode(kind, mine, f"Milik desa {mine}"))
        line = desk.do(SetLine(draft, Decimal(5), **{kind: mine})).value
        assert [n.title for n in desk.ask(queries.tree, draft) if n.id == line] == [f"Milik desa {mine}"]


@pytest.mark.parametrize(
    ("kind", "code", "told"),
    [
        ("account", "4.2.1", "sudah ada di daftar: Dana Desa"),
        ("account", "4.2.1.90", "tidak di dalam blok"),
        ("account", "4.1.1.89", "tidak di dalam blok"),
        ("account", "", "tidak di dalam blok"),
        ("activity", "2.1.89", "misalnya 2.1.90"),
        ("activity", "9.9.99", "tidak di dalam blok"),
    ],
)
def test_only_codes_of_a_range_can_be_added(desk: Desk, kind: str, code: str, told: str):
    with pytest.raises(DeskError, match=told):
        desk.do(NameCode(kind, code, "Nama"))


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_a_code_needs_a_name_that_fits(desk: Desk, title: str):
    with pytest.raises(DeskError):
        desk.do(NameCode("account", "4.1.4.90", title))


def test_the_name_typed_with_the_first_line_stays_for_later_years_and_versions(desk: Desk, draft: bytes, put: Put):
    put(60, account="4.1.4.90", title="Hasil  lelang titi")
    later = desk.do(StartBudget(2027)).value
    desk.do(SetLine(later, Decimal(70), account="4.1.4.90"))
    assert [line.title for line in desk.ask(queries.lines_of, later)][-1:] == ["Hasil lelang titi"]
    assert desk.ask(used_codes) == [Used("account", "4.1.4.90", "Hasil lelang titi", True, True, 2, (2026, 2027))]


def test_other_words_on_one_line_do_not_rename_the_code(desk: Desk, put: Put):
    put(60, account="4.1.4.90", title="Hasil lelang")
    put(60, account="4.1.4.90", title="Hasil lelang titi timur")
    assert [used.title for used in desk.ask(used_codes)] == ["Hasil lelang"]


def test_a_name_can_be_mended_and_taken_back(desk: Desk):
    desk.do(NameCode("activity", "2.1.90", "Kelompok bermian"))
    desk.do(NameCode("activity", "2.1.90", "Kelompok bermain"))
    assert [used.title for used in desk.ask(used_codes)] == ["Kelompok bermain"]
    desk.do(DropCode("activity", "2.1.90"))
    assert desk.ask(used_codes) == []
    with pytest.raises(DeskError, match="sudah tidak ada"):
        desk.do(DropCode("activity", "2.1.90"))


def test_two_pcs_that_name_the_same_code_have_one_row():
    assert codes.code_id("account", "4.1.4.90") == codes.code_id("account", "4.1.4.90")
    assert codes.code_id("account", "4.1.4.90") != codes.code_id("activity", "4.1.4.90")


def test_unknown_codes_of_a_file_are_kept_and_listed_with_how_many_lines_use_each(desk: Desk, tmp_path: Path):
    file = tmp_path / "apbdes.csv"
    file.write_text(
        "Kode;Uraian;Anggaran\n4;PENDAPATAN;\n4.7.3;Hibah aneh;1.000.000\n4.2.1;Dana Desa;9.000.000\n"
        "4.1.4.91;Lelang titi;500.000\n5;BELANJA;\n2;BIDANG PEMBANGUNAN;10.500.000\n"
        "2.1.77;Kegiatan entah;10.500.000\n2.1.77 5.2.1.01;Semen;4.000.000\n2.1.77 5.2.1.02;Pasir;6.500.000\n",
        encoding="utf-8",
    )
    report = import_budget(desk, file, 2026)
    assert report.version is not None
    assert {line.title for line in desk.ask(queries.lines_of, report.version)} >= {"Hibah aneh", "Lelang titi", "Semen"}
    assert desk.ask(queries.totals, report.version).revenue == 10_500_000
    assert [(u.code, u.title, u.is_regional, u.lines, u.years) for u in desk.ask(used_codes)] == [
        ("4.1.4.91", "Lelang titi", True, 1, (2026,)),
        ("4.7.3", "Hibah aneh", False, 1, (2026,)),
        ("2.1.77", "Kegiatan entah", False, 3, (2026,)),
    ]


def test_a_range_itself_in_a_file_is_kept_as_it_is_printed_and_listed_as_unknown(desk: Desk, tmp_path: Path):
    file = tmp_path / "apbdes.csv"
    file.write_text(
        "Kode;Uraian;Anggaran\n4;PENDAPATAN;\n4.1.1.90-99;Lain-lain hasil usaha;1.000.000\n5;BELANJA;\n"
        "2;BIDANG PEMBANGUNAN;900.000\n2.1.90-99;Kegiatan lain;900.000\n",
        encoding="utf-8",
    )
    report = import_budget(desk, file, 2026)
    assert [p.row for p in report.problems if "tidak ada di daftar" in p.message] == [3, 6]
    assert [(u.code, u.title, u.is_regional, u.lines) for u in desk.ask(used_codes)] == [
        ("4.1.1.90-99", "Lain-lain hasil usaha", False, 1), ("2.1.90-99", "Kegiatan lain", False, 1)
    ]  # fmt: skip


def test_funds_are_known_by_every_usual_name_and_others_stay_as_they_were_said():
    for said in ("DDS", "dd", "Dana Desa", "DANA  DESA", "Dana Desa (APBN)"):
        assert fund_code(said) == "DDS"
    assert (fund_code("BHPR"), fund_code("pades"), fund_code("Banprov")) == ("PBH", "PAD", "PBP")
    assert (fund_code(" Hibah PT X "), fund_code("")) == ("Hibah PT X", "")
    assert {fund_code(name) for name in fund_sources().values()} == set(fund_sources())


@pytest.mark.parametrize(
    ("account", "fund"),
    [("4.2.1.01", "DDS"), ("4.1.2", "PAD"), ("4.3", "DLL"), ("4.2", ""), ("6.1.1", ""), ("", "")],
)
def test_revenue_belongs_to_the_fund_its_account_is_the_source_of(account: str, fund: str):
    assert fund_of_account(account) == fund
