"""Papers show the village as it was on their day, and say what is missing before anyone hangs them."""

import csv
import datetime as dt
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import resources
from desk.budget.commands import Enact, SetLine
from desk.budget.queries import in_force, tree
from desk.exchange.apbdes import import_budget
from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from desk.paper import receipt as receipt_paper
from desk.paper.board import render
from desk.paper.queries import poster, receipt_of
from desk.projects.commands import PutContract, PutProject, SetProgress
from desk.projects.rules import ContractForm, Fund, ProjectForm
from desk.store import DeskError
from desk.village.commands import AppointOfficial, SetContact, SetVillage
from tests.paper.pdfcheck import text_of

SAMPLES = Path(__file__).parents[1] / "exchange" / "samples"

ROAD = ProjectForm(
    2026, "Rabat beton jalan", "Dusun Krajan RT 03", "120", "m", Decimal(145_250_000), "Dana Desa", "TPK",
    starts=dt.date(2026, 3, 1), ends=dt.date(2026, 12, 20),
)  # fmt: skip


@pytest.fixture
def village(desk) -> None:
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Sutrisno", "0812 3456 7890", dt.date(2019, 1, 1)))
    desk.do(AppointOfficial("ppid", "Sekretaris Desa", "Sri Wahyuni", None, dt.date(2019, 1, 1)))
    desk.do(SetContact("Jalan Raya 1", "Kantor desa, setiap hari kerja"))


def codes(paper) -> list[str]:
    return [notice.code for notice in paper.warnings]


def test_a_list_of_a_complete_village_wants_nothing(desk, village, today, now):
    road = desk.do(PutProject(ROAD)).value
    desk.do(SetProgress(road, today, 80, today))
    paper = desk.ask(poster, "projects", 2026, today, now)
    assert codes(paper) == []
    assert (paper.village.place, paper.village.phone) == ("Desa Pejambon", "0812-3456-7890")
    assert [(p.name, p.volume, p.percent) for p in paper.projects] == [("Rabat beton jalan", "120 m", 80)]


def test_each_of_several_sources_stands_on_the_wall_with_what_it_pays(desk, village, today, now):
    funds = (Fund("Dana Desa", Decimal(100_000_000)), Fund("PAD", Decimal(45_250_000)))
    road = desk.do(PutProject(replace(ROAD, executor="", place="", hamlet="Krajan", rt="03", funds=funds))).value
    desk.do(PutContract(road, ContractForm("provider", "CV Karya Makmur")))
    (line,) = desk.ask(poster, "projects", 2026, today, now).projects
    assert line.fund_source == "Dana Desa Rp\u00a0100.000.000, PAD Rp\u00a045.250.000"
    assert (line.place, line.executor) == ("Dusun Krajan RT 03", "CV Karya Makmur")


def test_what_is_missing_is_said_in_sentences(desk, today, now):
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(PutProject(ProjectForm(2026, "Posyandu")))
    paper = desk.ask(poster, "projects", 2026, today, now)
    assert codes(paper) == ["no_head", "no_complaints", "no_place", "no_cost", "no_executor"]
    desk.do(AppointOfficial("head", "Kepala Desa", "Sutrisno", None, dt.date(2019, 1, 1)))
    paper = desk.ask(poster, "projects", 2026, today, now)
    assert codes(paper)[0] == "no_phone"
    assert render(paper, "A4").warnings == paper.warnings


def test_an_activity_nobody_looked_at_for_a_season_is_called_old(desk, village, today, now):
    road = desk.do(PutProject(ROAD)).value
    assert codes(desk.ask(poster, "projects", 2026, today, now)) == ["stale"]
    desk.do(SetProgress(road, today - dt.timedelta(days=91), 40, today))
    assert codes(desk.ask(poster, "projects", 2026, today, now)) == ["stale"]
    desk.do(SetProgress(road, today - dt.timedelta(days=90), 45, today))
    assert codes(desk.ask(poster, "projects", 2026, today, now)) == []


def test_a_paper_names_whoever_held_the_office_on_its_day(desk, village, today, now):
    desk.do(AppointOfficial("head", "Pj. Kepala Desa", "Hartini", "0857 1111 2222", dt.date(2026, 10, 1)))
    desk.do(PutProject(ROAD))
    september = desk.ask(poster, "projects", 2026, dt.date(2026, 9, 30), now).village
    november = desk.ask(poster, "projects", 2026, today, now).village
    assert (september.head_name, september.phone) == ("Sutrisno", "0812-3456-7890")
    assert (november.head_title, november.head_name, november.phone) == ("Pj. Kepala Desa", "Hartini", "0857-1111-2222")


def test_the_stamp_tells_the_hour_of_the_village(desk, village, today):
    desk.do(PutProject(ROAD))
    paper = desk.ask(poster, "projects", 2026, today, dt.datetime(2026, 11, 22, 2, 15, tzinfo=dt.UTC))
    assert "Dicetak 22 November 2026 09.15 WIB" in text_of(render(paper, "A4").pdf)


def test_without_a_village_or_activities_there_is_a_next_step(desk, today, now):
    with pytest.raises(DeskError, match="Pengaturan"):
        desk.ask(poster, "projects", 2026, today, now)
    desk.do(SetVillage("35.22.12.2015"))
    with pytest.raises(DeskError, match="halaman Kegiatan"):
        desk.ask(poster, "projects", 2026, today, now)
    with pytest.raises(DeskError, match="Pilih apbdes atau realisation atau projects"):
        desk.ask(poster, "baliho", 2026, today, now)


def test_a_kelurahan_lists_its_activities_under_its_own_name(desk, today, now):
    desk.do(SetVillage("35.22.15.1011"))
    desk.do(PutProject(ROAD))
    paper = desk.ask(poster, "projects", 2026, today, now)
    assert paper.village.place.startswith("Kelurahan")
    assert paper.village.head_title == "Lurah"


@pytest.fixture
def budget(desk, village) -> bytes:
    import_budget(desk, resources.path("demo/belantih-2022.csv"), 2022)
    return desk.ask(in_force, 2022).id


def test_a_published_budget_stands_on_its_poster_to_the_last_rupiah(desk, budget, today, now):
    with resources.path("demo/belantih-2022.csv").open(encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file, delimiter=";") for cell in row[2:4]]
    figures = {cell for cell in cells if re.fullmatch(r"[\d,]+", cell)}
    text = text_of(render(desk.ask(poster, "apbdes", 2022, today, now), "A4").pdf)
    assert len(figures) > 20
    assert [figure for figure in figures if f"Rp {figure.replace(',', '.')}" not in text] == []
    assert "Anggaran ini seimbang" in text
    assert "s.d. 31 Des 2022" in " ".join(text.split())


def test_a_budget_is_a_draft_until_it_is_enacted(desk, budget, today, now):
    draft = desk.ask(poster, "apbdes", 2022, today, now)
    assert draft.draft
    assert codes(draft) == ["draft", "no_executor", "stale"]
    desk.do(Enact(budget, "Peraturan Desa Nomor 1 Tahun 2022", dt.date(2022, 1, 3)))
    enacted = desk.ask(poster, "apbdes", 2022, today, now)
    assert not enacted.draft
    assert enacted.legal_basis == "Peraturan Desa Nomor 1 Tahun 2022 tanggal 3 Januari 2022"
    assert codes(enacted) == ["no_executor", "stale"]


def test_the_budget_poster_names_a_few_executors_and_sends_to_the_list_for_many(desk, budget, today, now):
    for name, executor in (("Jalan", "TPK Desa"), ("Posyandu", "Kasi Pelayanan"), ("Talud", "TPK Desa")):
        desk.do(PutProject(ProjectForm(2022, name, executor=executor)))
    paper = desk.ask(poster, "apbdes", 2022, today, now)
    assert sorted(paper.executors.split("; ")) == ["Kasi Pelayanan", "TPK Desa"]
    for number in range(4):
        desk.do(PutProject(ProjectForm(2022, f"Paket {number}", executor=f"CV {number}")))
    assert "papan Kegiatan Desa 2022" in desk.ask(poster, "apbdes", 2022, today, now).executors


def test_an_amendment_shows_what_it_changed(desk, village, today, now, tmp_path):
    file = tmp_path / "perubahan.csv"
    file.write_text(
        "KODE REK;URAIAN;SEMULA;MENJADI\n4.;PENDAPATAN;;\n4.2.;Pendapatan Transfer;100.000.000;150.000.000\n"
        "4.2.1.;Dana Desa;100.000.000;150.000.000\n5.;BELANJA;;\n"
        "1.;BIDANG PENYELENGGARAAN PEMERINTAHAN DESA;90.000.000;155.000.000\n",
        encoding="utf-8",
    )
    import_budget(desk, file, 2026)
    paper = desk.ask(poster, "apbdes", 2026, today, now)
    assert paper.amendment == 1
    field = paper.expenditure.items[0]
    assert field.name == "Bidang Penyelenggaraan Pemerintahan Desa"
    assert (field.figures.before, field.figures.amount) == (Decimal(90_000_000), Decimal(155_000_000))
    assert {"incomplete", "draft"} <= set(codes(paper))


def test_a_budget_that_does_not_close_is_said_so(desk, budget, today, now):
    node = next(n for n in desk.ask(tree, budget) if n.account == "4.3.6")
    desk.do(SetLine(budget, Decimal(1), line=node.id, account="4.3.6"))
    paper = desk.ask(poster, "apbdes", 2022, today, now)
    assert "unbalanced" in codes(paper)
    assert "pembiayaan tidak menutup defisit" in " ".join(text_of(render(paper, "A4").pdf).split())


def test_a_budget_enacted_without_closing_is_printed_as_enacted_with_the_difference_named(desk, village, today, now):
    report = import_budget(desk, SAMPLES / "gilis-2020-realisasi.csv", 2020)
    desk.do(Enact(report.version, "Peraturan Desa Nomor 1 Tahun 2020", dt.date(2020, 1, 3)))
    paper = desk.ask(poster, "apbdes", 2020, today, now)
    said = next(notice.text for notice in paper.warnings if notice.code == "unbalanced")
    assert said.replace("\u00a0", " ") == "Selisih Rp 5.000.000: pembiayaan tidak menutup defisit."
    for size in ("A4", "A3"):
        text = " ".join(text_of(render(paper, size).pdf).split())
        assert "Selisih Rp 5.000.000: pembiayaan tidak menutup defisit" in text
        assert "Peraturan Desa Nomor 1 Tahun 2020" in text
        assert "RANCANGAN" not in text


def test_a_kelurahan_has_no_budget_of_its_own(desk, today, now):
    desk.do(SetVillage("35.22.15.1011"))
    with pytest.raises(DeskError, match="daftar kegiatan"):
        desk.ask(poster, "apbdes", 2026, today, now)


def test_a_year_without_a_budget_has_a_next_step(desk, village, today, now):
    with pytest.raises(DeskError, match="Muat dulu"):
        desk.ask(poster, "apbdes", 2025, today, now)


def test_the_receipt_holds_what_was_registered(desk, village, today, now):
    form = RequestForm(
        received=today, registered=today, name="Siti Contoh", address="RT 03/RW 01 Dusun Contoh", sought="RAB jalan",
        purpose="bahan musyawarah", occupation="petani", phone="0813-1111-2222", email="siti@contoh.id", access="copy",
        copy_form="hard", delivery="collect",
    )  # fmt: skip
    promised = desk.do(Register(form)).value
    paper = desk.ask(receipt_of, promised.id, now, "Petugas")
    assert (paper.number, paper.due) == (promised.label, promised.due)
    assert (paper.obtain, paper.delivery) == ("mendapat salinan (kertas)", "mengambil langsung")
    assert paper.contact == "0813-1111-2222 · siti@contoh.id"
    assert paper.ppid == "Sri Wahyuni"
    assert paper.days[-1].date == paper.due
    text = text_of(receipt_paper.render(paper, "A4"))
    assert all(value in text for value in (promised.label, "Siti Contoh", "siti@contoh.id", "RAB jalan"))


def test_a_receipt_needs_a_request(desk, village, now):
    with pytest.raises(DeskError, match="tidak ada di register"):
        desk.ask(receipt_of, b"0" * 16, now)


def test_records_and_queries_are_there_before_the_printer_is():
    """The window paints before ReportLab is imported."""
    code = "import sys, desk.paper.queries, desk.paper.records; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
