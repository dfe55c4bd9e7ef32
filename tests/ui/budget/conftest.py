"""The page APBDes over a real desk, in the smallest window."""

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.village.commands import SetVillage
from tests.ui.budget.acting import (
    opened,
    settle,
)
from ui.budget.page import BudgetPage
from ui.parts.style import dress, sheet
from ui.work import Work


@pytest.fixture
def work(qtbot: QtBot, qapp: QApplication, desk: Desk) -> Iterator[Work]:
    if qapp.styleSheet() != sheet(100):
        dress(qapp, 100)
    work = Work()
    work.take(desk)
    failures: list[Exception] = []
    work.failed.connect(failures.append)
    yield work
    settle(qtbot, work)
    work.close()
    assert failures == []


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, work: Work, today: dt.date) -> BudgetPage:
    desk.do(SetVillage("35.22.12.2015"))
    return opened(qtbot, work, today)
