"""A Siskeudes file in the window: it asks which budget is meant, by keyboard, and loads that one."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.budget.queries import totals, versions, years
from desk.desk import Desk
from tests.exchange.jet.village import REVENUE, mde, tables, together
from tests.ui.budget.acting import load
from ui.budget.intake import ACCEPT, FILE, READ
from ui.budget.page import BudgetPage


@pytest.fixture
def several(tmp_path: Path) -> Path:
    """Two villages, one of them with a budget, its amendment and the year before."""
    path = tmp_path / "DataAPBDES.mde"
    older = tables(year="2025", postings=(2,))
    path.write_bytes(mde(together(tables(), tables("24.2006.", "Karangrejo", postings=(2,)), older)))
    return path


def ask(page: BudgetPage, qtbot: QtBot, path: Path, year: str) -> None:
    page.import_file()
    page.intake.year.setText(year)
    page.intake.take(path)
    qtbot.waitUntil(page.intake.posting.isVisible)


def offered(page: BudgetPage) -> list[str]:
    rows = page.intake.posting.list
    return [rows.item(row).text().split(" · diposting")[0] for row in range(rows.count())]


def test_a_file_with_several_budgets_asks_which(page: BudgetPage, qtbot: QtBot, desk: Desk, several: Path) -> None:
    ask(page, qtbot, several, "2026")
    assert page.intake.step == FILE and not page.intake.drop.isVisible()
    assert offered(page) == [
        "Desa Sumberasri (24.2005) · 2026 · APBDes (posting 2) · 13 baris",
        "Desa Sumberasri (24.2005) · 2026 · perubahan APBDes (posting 3) · 14 baris",
        "Desa Karangrejo (24.2006) · 2026 · APBDes (posting 2) · 13 baris",
    ]
    assert page.intake.posting.list.hasFocus()
    qtbot.keyClick(page.intake.posting.list, Qt.Key.Key_Up)
    qtbot.keyClick(page.intake.posting.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.intake.step == READ)
    assert not page.intake.posting.isVisible() and not page.intake.reading.correct.isVisible()
    while page.intake.step < ACCEPT:
        page.intake.next.click()
    page.intake.next.click()
    qtbot.waitUntil(page.book.isVisible)
    both = desk.ask(versions, 2026)
    assert [version.ordinal for version in both] == [0, 1]
    assert all(desk.ask(totals, version.id).revenue == REVENUE for version in both)


def test_a_file_without_the_year_offers_those_it_has(page: BudgetPage, qtbot: QtBot, several: Path) -> None:
    ask(page, qtbot, several, "2024")
    rows = page.intake.posting.list
    rows.setCurrentRow(next(n for n, title in enumerate(offered(page)) if "· 2025 ·" in title))
    page.intake.posting.take.click()
    qtbot.waitUntil(lambda: page.intake.step == READ)
    assert page.intake.year.text() == "2025"


def test_another_file_can_be_chosen_instead(page: BudgetPage, qtbot: QtBot, desk: Desk, several: Path) -> None:
    ask(page, qtbot, several, "2026")
    page.intake.posting.other.click()
    assert page.intake.drop.isVisible() and not page.intake.posting.isVisible()
    assert desk.ask(years) == []


def test_a_file_with_one_budget_asks_nothing(page: BudgetPage, qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "DataAPBDES.mde"
    path.write_bytes(mde(tables(postings=(2,))))
    load(page, qtbot, path, 2026)
    assert desk.ask(years) == [2026]
