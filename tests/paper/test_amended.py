"""An amended budget hangs with what it was and what it became, and nothing it took out is hidden."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import resources
from desk.budget.commands import Enact, RemoveLine, SetLine, StartBudget
from desk.budget.queries import in_force, tree
from desk.desk import Desk
from desk.exchange.apbdes import import_budget
from desk.money import rupiah
from desk.paper.board import render
from desk.paper.queries import poster
from desk.paper.records import ApbdesPoster, BudgetPart
from desk.paper.sheets import SHEETS
from desk.village.commands import AppointOfficial, SetVillage
from tests.paper.pdfcheck import faults, text_of
from tests.paper.samples import printed_amounts

Amend = Callable[..., ApbdesPoster]
YEAR = 2022
PUBLISHED = Path(__file__).parents[1] / "exchange" / "samples"
TAKEN = {
    "Bantuan Keuangan Kabupaten/Kota": Decimal(104_000_000),
    "Bidang Pembinaan Kemasyarakatan": Decimal(305_352_870),
}


def remove(desk: Desk, draft: bytes, *places: tuple[str, str]) -> None:
    """Take lines out of a draft by account and activity, the finest first."""
    for account, activity in places:
        node = next(n for n in desk.ask(tree, draft) if (n.account, n.activity, n.kind) == (account, activity, "line"))
        desk.do(RemoveLine(node.id))


@pytest.fixture
def amend(desk: Desk, today: dt.date, now: dt.datetime) -> Amend:
    """Decide the budget Belantih published, take lines out of it, put others in, decide again; the poster of that."""

    def amended(*removed: tuple[str, str], put: tuple[tuple[str, int], ...] = (), enact: bool = True) -> ApbdesPoster:
        desk.do(SetVillage("35.22.12.2015"))
        desk.do(AppointOfficial("head", "Kepala Desa", "Sutrisno", "0812 3456 7890", dt.date(2019, 1, 1)))
        import_budget(desk, resources.path("demo/belantih-2022.csv"), YEAR)
        desk.do(Enact(desk.ask(in_force, YEAR).id, "Peraturan Desa Nomor 1 Tahun 2022", dt.date(2022, 1, 3)))
        draft = desk.do(StartBudget(YEAR)).value
        remove(desk, draft, *removed)
        for account, amount in put:
            desk.do(SetLine(draft, Decimal(amount), account=account))
        if enact:
            desk.do(Enact(draft, "Peraturan Desa Nomor 5 Tahun 2022", dt.date(2022, 9, 12)))
        return desk.ask(poster, "apbdes", YEAR, today, now)

    return amended


def names(part: BudgetPart) -> list[str]:
    return [item.name for item in part.items]


def befores(told: ApbdesPoster) -> set[Decimal | None]:
    """Amounts that stand only in the column of before: no bar is as long as they say."""
    return {f.before for f in told.every_figure} - {f.amount for f in told.every_figure}


def columns(part: BudgetPart) -> tuple[Decimal, Decimal]:
    """Before and after, added up over the lines that are part of no other."""
    figures = [item.figures for item in part.items if not item.detail]
    before, after = ([getattr(f, column) or Decimal(0) for f in figures] for column in ("before", "amount"))
    return sum(before, Decimal(0)), sum(after, Decimal(0))


def test_what_an_amendment_took_out_stands_with_what_it_was_and_nothing_after(amend: Amend) -> None:
    told = amend(("4.2.5", ""), ("", "3"))
    lines = {item.name: item.figures for part in told.parts for item in part.items}
    for name, before in TAKEN.items():
        assert (lines[f"{name} (dihapus)"].before, lines[f"{name} (dihapus)"].amount) == (before, 0)
    after = {said: amount for said, amount in printed_amounts(told).items() if amount not in befores(told)}
    for size in ("A4", "F4", "A3"):
        pdf = render(told, size).pdf
        text = " ".join(text_of(pdf).split())
        for name, before in TAKEN.items():
            assert f"{name} (dihapus) {rupiah(before)} Rp 0".replace("\u00a0", " ") in text
        assert [said for said in printed_amounts(told) if said not in text] == []
        assert faults(pdf, floor=SHEETS[size].floor, phone="0812-3456-7890", amounts=after) == []


def test_a_removed_line_stands_where_it_stood(amend: Amend) -> None:
    told = amend(("4.1.1", ""), ("4.1", ""), ("4.2.1", ""), ("", "1"), ("", "5"))
    assert names(told.revenue)[:4] == [
        "Pendapatan Asli Desa (dihapus)", "Hasil Usaha Desa (dihapus)", "Pendapatan Transfer", "Dana Desa (dihapus)"
    ]  # fmt: skip
    assert [name.endswith("(dihapus)") for name in names(told.expenditure)] == [True, False, False, False, True]


def test_a_removed_group_does_not_part_another_from_its_new_lines(amend: Amend) -> None:
    transfers = (*((f"4.2.{n}", "") for n in range(1, 6)), ("4.2", ""))
    told = amend(("4.1.1", ""), *transfers, put=(("4.1.3", 1_500_000),))
    assert [(item.detail, item.name.endswith("(dihapus)")) for item in told.revenue.items[:4]] == [
        (False, False), (True, True), (True, False), (False, True)
    ]  # fmt: skip


def test_before_and_after_add_up_over_the_lines_of_the_poster(amend: Amend) -> None:
    told = amend(("4.3.6", ""), ("4.3.9", ""), ("4.3", ""), ("", "2"), put=(("4.1.3", 1_500_000),))
    for part in (told.revenue, told.expenditure):
        assert columns(part) == (part.total.before, part.total.amount)


def test_a_line_written_finer_is_not_called_removed(amend: Amend) -> None:
    told = amend(("4.2.1", ""), put=(("4.2.1.01", 952_269_000),))
    assert not [name for name in names(told.revenue) if "dihapus" in name]


def test_while_the_amendment_is_a_draft_the_budget_in_force_hangs(amend: Amend) -> None:
    told = amend(("4.2.5", ""), enact=False)
    assert told.amendment == 0
    assert "dihapus" not in text_of(render(told, "A4").pdf)


def test_a_first_budget_and_an_amendment_that_keeps_its_lines_remove_nothing(
    desk: Desk, today: dt.date, now: dt.datetime
) -> None:
    desk.do(SetVillage("35.22.12.2015"))
    for name, year in (("gilis-2020-realisasi", 2020), ("ngrombo-2024-perubahan", 2024)):
        import_budget(desk, PUBLISHED / f"{name}.csv", year)
        told = desk.ask(poster, "apbdes", year, today, now)
        assert not [item.name for part in told.parts for item in part.items if "dihapus" in item.name]
