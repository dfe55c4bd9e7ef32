"""What a clerk does on the page APBDes, and what stands there afterwards."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from ui.budget.intake import ACCEPT, PROBLEMS, READ
from ui.budget.page import BudgetPage
from ui.budget.tree import AMOUNT, CODE, REALISED, SHARE, TITLE, BudgetTree
from ui.work import Work

SAMPLES = Path(__file__).parents[2] / "exchange" / "samples"
GILIS = SAMPLES / "gilis-2020-realisasi.csv"
NGROMBO = SAMPLES / "ngrombo-2024-perubahan.csv"
SMALL = (1024 - 176, 600 - 92)
"""What the smallest window leaves for a page."""

TYPED = (
    "8.075.000", "952269000", "Rp 98.738.000", "1.057.758.000", "138.000.000", "104.000.000", "6.479.296",
    "1.205.345.194", "356.286.000", "305.352.870", "253.789.000", "419.756.520", "175.210.288",
)  # fmt: skip
"""Belantih 2022 by group and field, as a clerk types it."""


def opened(qtbot: QtBot, work: Work, today: dt.date) -> BudgetPage:
    """The page in the smallest window, having asked the desk."""
    page = BudgetPage(work, lambda: today)
    qtbot.addWidget(page)
    page.resize(*SMALL)
    page.show()
    settle(qtbot, work)
    return page


def settle(qtbot: QtBot, work: Work) -> None:
    """Let every answer that is under way arrive, and those it asks for."""
    for _round in range(4):
        asked: list[object] = []
        work.run(int, done=asked.append)
        qtbot.waitUntil(asked.__len__)


def read(page: BudgetPage, qtbot: QtBot, path: Path, year: int) -> None:
    """Take a file as far as what was read of it."""
    page.import_file()
    page.intake.year.setText(str(year))
    page.intake.take(path)
    qtbot.waitUntil(lambda: page.intake.step == READ)


def load(page: BudgetPage, qtbot: QtBot, path: Path, year: int) -> None:
    read(page, qtbot, path, year)
    for _step in (READ, PROBLEMS, ACCEPT):
        page.intake.next.click()
    qtbot.waitUntil(page.book.isVisible)


def cells(view: BudgetTree, title: str) -> list[str]:
    """The five texts of the first row with a title."""
    found = [
        row
        for row in walk(view, QModelIndex())
        if view.budget.index(*row[:2], row[2]).siblingAtColumn(TITLE).data() == title
    ]
    assert found, title
    index = view.budget.index(*found[0][:2], found[0][2])
    return [index.siblingAtColumn(column).data() for column in (CODE, TITLE, AMOUNT, REALISED, SHARE)]


def walk(view: BudgetTree, above: QModelIndex) -> Iterator[tuple[int, int, QModelIndex]]:
    for row in range(view.budget.rowCount(above)):
        yield row, 0, above
        yield from walk(view, view.budget.index(row, 0, above))


def titles(view: BudgetTree) -> list[str]:
    return [view.budget.index(row, TITLE, above).data() for row, _column, above in walk(view, QModelIndex())]
