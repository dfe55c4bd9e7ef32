"""Text twice as large on the smallest screen: whatever does not fit can be scrolled to, and no words are squeezed."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

import resources
from desk.desk import Desk
from desk.exchange.apbdes import import_budget
from desk.village.commands import AppointOfficial, SetVillage
from tests.ui.budget.acting import settle
from ui.budget.intake import ACCEPT, PROBLEMS, READ
from ui.budget.page import BudgetPage
from ui.parts.style import dress
from ui.posters.page import PosterPage
from ui.work import Work

ROOM = (600, 440)
"""What the window leaves to a page at 1024x600 with text at 200 %."""
BELANTIH = resources.path("demo/belantih-2022.csv")


@pytest.fixture
def work(qapp: QApplication, desk: Desk, today: dt.date) -> Iterator[Work]:
    """A village with a budget, and text at 200 %."""
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "0812-3456-7890", today))
    import_budget(desk, BELANTIH, 2022)
    dress(qapp, 200)
    work = Work()
    work.take(desk)
    failures: list[Exception] = []
    work.failed.connect(failures.append)
    yield work
    work.close()
    dress(qapp, 100)
    assert failures == []


def beyond_reach(page: QWidget) -> list[str]:
    """Controls that no scrolling brings wholly into sight."""
    found = []
    for kind in (QPushButton, QLineEdit, QComboBox, QRadioButton):
        for control in page.findChildren(kind):
            if not control.isVisible() or isinstance(control.parentWidget(), QComboBox):
                continue
            bring_into_sight(control)
            seen = control.visibleRegion().boundingRect()
            if seen.isEmpty() or seen.height() < control.height():
                found.append(f"{kind.__name__} {control.accessibleName()!r} {seen} of {control.size()}")
    return found


def bring_into_sight(control: QWidget) -> None:
    """Scroll everything around a control as one who looks for it does."""
    above = control.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(control, 20, 40)
        above = above.parentWidget()
    QApplication.processEvents()


def squeezed(page: QWidget) -> list[str]:
    """Words that have less room than they take."""
    labels = [label for label in page.findChildren(QLabel) if label.isVisible() and label.text()]
    return [
        f"{label.text()!r} {label.size()}"
        for label in labels
        if (label.wordWrap() and label.height() < label.heightForWidth(label.width()))
        or (not label.wordWrap() and label.width() < label.sizeHint().width())
    ]


def begin_import(page: BudgetPage, qtbot: QtBot, path: Path = BELANTIH) -> None:
    page.import_file()
    page.intake.year.setText("2022")
    page.intake.take(path)
    qtbot.waitUntil(lambda: page.intake.step == READ)


def import_step(page: BudgetPage, qtbot: QtBot, step: int) -> None:
    begin_import(page, qtbot)
    page.intake._go(step)


def enact(page: BudgetPage, qtbot: QtBot) -> None:
    page.enact.click()
    page.book.enact.save.click()


SCENES: dict[str, Callable[[BudgetPage, QtBot], None]] = {
    "the budget": lambda page, _bot: None,
    "enacting": enact,
    "a file": lambda page, _bot: page.import_file(),
    "what was read": lambda page, qtbot: import_step(page, qtbot, READ),
    "problems": lambda page, qtbot: import_step(page, qtbot, PROBLEMS),
    "accepting": lambda page, qtbot: import_step(page, qtbot, ACCEPT),
    "by field": lambda page, _bot: page.fill_fields(),
    "by code": lambda page, _bot: page.fill_codes(),
}


@pytest.mark.parametrize("scene", SCENES)
def test_every_control_of_a_budget_can_be_scrolled_to(work: Work, qtbot: QtBot, today: dt.date, scene: str) -> None:
    page = BudgetPage(work, lambda: today)
    qtbot.addWidget(page)
    page.resize(*ROOM)
    page.show()
    settle(qtbot, work)
    page.year.setCurrentIndex(page.year.findData(2022))
    qtbot.waitUntil(page.book.isVisible)
    SCENES[scene](page, qtbot)
    settle(qtbot, work)
    assert page.size().toTuple() == ROOM
    assert beyond_reach(page) == []
    assert squeezed(page) == []


def test_every_control_of_a_poster_can_be_scrolled_to(
    work: Work, qtbot: QtBot, today: dt.date, now: dt.datetime
) -> None:
    page = PosterPage(work, lambda: today, lambda: now)
    qtbot.addWidget(page)
    page.resize(*ROOM)
    page.show()
    qtbot.waitUntil(page.output.save.isEnabled, timeout=10_000)
    settle(qtbot, work)
    assert page.size().toTuple() == ROOM
    assert beyond_reach(page) == []
    assert squeezed(page) == []
