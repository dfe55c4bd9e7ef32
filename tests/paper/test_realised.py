"""The realisation poster holds every amount in full, bars on one scale, and names the activities that are behind."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from desk.budget.commands import FillBudget, Typed
from desk.budget.queries import in_force, tree
from desk.desk import Desk
from desk.money import rupiah
from desk.paper.board import render
from desk.paper.marks import BLUE, MM, Box
from desk.paper.queries import poster
from desk.paper.realised import realisation_pages
from desk.paper.records import BehindRow, RealisationPoster, RealisedRow
from desk.paper.sheets import SHEETS
from desk.projects.commands import PutProject, SetProgress
from desk.projects.rules import ProjectForm
from desk.realisation.commands import RecordRealisation
from desk.store import DeskError
from desk.village.commands import AppointOfficial, SetContact, SetVillage
from tests.paper.pdfcheck import faults, text_of
from tests.paper.samples import LONG_VILLAGE, NOTE, PHONE, PRINTED, VILLAGE
from tests.paper.test_board import PHONE_MM

ROWS = (
    RealisedRow("PENDAPATAN", Decimal(2_365_319_296), Decimal(2_368_615_419)),
    RealisedRow("BELANJA", Decimal(2_540_529_584), Decimal("1420281645.50")),
    RealisedRow("Bidang Penyelenggaraan Pemerintahan Desa", Decimal(1_205_345_194), Decimal(0), detail=True),
    RealisedRow("Bidang Pelaksanaan Pembangunan Desa", Decimal(356_286_000), Decimal(912_174_000), detail=True),
    RealisedRow("Bidang Pembinaan Kemasyarakatan", Decimal(0), None, detail=True),
    RealisedRow("PEMBIAYAAN (netto)", Decimal(-5_000_000), Decimal(175_210_288), barred=False),
)
BEHIND = tuple(BehindRow(f"Kegiatan ke-{n} di Dusun Krajan", "belum selesai", "menunggu dana") for n in range(1, 41))
PLAIN = RealisationPoster(
    VILLAGE, 2026, dt.date(2026, 6, 30), dt.date(2026, 6, 30), ROWS, Decimal("1120247938.50"), Decimal(-1),
    BEHIND[:3], PRINTED, "Perdes 5/2025", note=NOTE,
)  # fmt: skip
KINDS = {
    "plain": PLAIN,
    "draft of a long village": replace(PLAIN, draft=True, village=LONG_VILLAGE),
    "nothing behind": replace(PLAIN, behind=()),
    "forty behind": replace(PLAIN, behind=BEHIND),
    "nothing known": replace(
        PLAIN, rows=tuple(replace(r, budget=None, realised=None) for r in ROWS), remaining=None, balance=None
    ),
}


@pytest.mark.parametrize("size", ["A4", "F4", "A3", "A1"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_realisation_poster_has_no_fault_and_every_amount(kind: str, size: str) -> None:
    record = KINDS[kind]
    paper = render(record, size)
    assert faults(paper.pdf, floor=SHEETS[size].floor, phone=PHONE, phone_mm=PHONE_MM[size]) == []
    said = text_of(paper.pdf)
    amounts = [a for row in record.rows for a in (row.budget, row.realised)] + [record.remaining, record.balance]
    assert [rupiah(a) for a in amounts if rupiah(a).replace("\u00a0", " ") not in said] == []
    for n in range(1, len(record.behind) + 1):
        assert said.count(f"Kegiatan ke-{n} di") == 1


def test_more_than_the_budget_is_said_in_words_and_nothing_of_nothing_is_a_dash() -> None:
    said = text_of(render(PLAIN, "A3").pdf)
    assert "melebihi anggaran Rp 555.888.000" in said and "256,02 %" in said
    assert "Bidang Pembinaan Kemasyarakatan Rp 0 belum diisi -" in " ".join(said.split())


@pytest.mark.parametrize("size", ["A4", "A1"])
def test_bars_stand_on_one_scale_from_zero(size: str) -> None:
    (page,) = realisation_pages(replace(PLAIN, behind=()), SHEETS[size])
    filled = [mark for mark in page.marks if isinstance(mark, Box) and mark.fill == BLUE]
    shown = [row for row in ROWS if row.barred]
    longest = max(max(row.budget or 0, row.realised or 0) for row in shown)
    width = page.width - 2 * SHEETS[size].margin * MM
    assert [round(mark.width / width, 6) for mark in filled] == [
        round(float(min(row.budget or 0, row.realised or 0) / longest), 6) for row in shown
    ]
    assert len({mark.x for mark in filled}) == 1


@pytest.fixture
def village(desk: Desk) -> None:
    """A village with a head and a budget of two lines."""
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Sutrisno", "0812 3456 7890", dt.date(2019, 1, 1)))
    desk.do(SetContact("Jalan Raya 1", "Kantor desa"))
    desk.do(FillBudget(2026, (Typed("4.2.1", "", Decimal(900)), Typed("", "2.3.11", Decimal(800)))))


@pytest.mark.usefixtures("village")
def test_it_prints_what_was_entered_up_to_the_day_and_who_is_behind(
    desk: Desk, today: dt.date, now: dt.datetime
) -> None:
    with pytest.raises(DeskError, match="Belum ada realisasi tahun 2026"):
        desk.ask(poster, "realisation", 2026, today, now)
    version = desk.ask(in_force, 2026)
    assert version is not None
    line = next(node.id for node in desk.ask(tree, version.id) if node.activity == "2.3.11")
    desk.do(RecordRealisation(line, dt.date(2026, 6, 30), Decimal(300)))
    road = desk.do(PutProject(ProjectForm(2026, "Rabat beton", "Krajan", activity="2.3.11"))).value
    desk.do(SetProgress(road, dt.date(2026, 6, 30), 40, today))
    record = desk.ask(poster, "realisation", 2026, today, now)
    assert isinstance(record, RealisationPoster) and record.draft and record.remaining == 500
    assert [(each.standing, each.reason) for each in record.behind] == [("belum selesai", "")]
    assert {notice.code for notice in record.warnings} == {"draft", "no_reason"}
    assert "alasan belum diisi" in text_of(render(record, "A4").pdf)


def test_without_a_budget_it_says_what_to_do_first(desk: Desk, now: dt.datetime, today: dt.date) -> None:
    desk.do(SetVillage("35.22.12.2015"))
    with pytest.raises(DeskError, match="Belum ada APBDes"):
        desk.ask(poster, "realisation", 2026, today, now)
