"""The first run over a real desk."""

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.village.commands import SetPaper
from desk.village.queries import setup
from tests.ui.village.keys import shown
from ui.parts.style import dress
from ui.village.wizard import Wizard
from ui.work import Work


@pytest.fixture
def work(qtbot: QtBot, qapp: QApplication, desk: Desk) -> Iterator[Work]:
    dress(qapp, 100)
    work = Work()
    failures: list[Exception] = []
    work.failed.connect(failures.append)
    work.take(desk)
    yield work
    settled: list[object] = []
    work.rehearse(SetPaper("A4"), done=settled.append)
    qtbot.waitUntil(lambda: len(settled) == 1)
    work.ask(setup, dt.date(2026, 11, 22), done=settled.append)
    qtbot.waitUntil(lambda: len(settled) == 2)
    work.close()
    assert failures == []


@pytest.fixture
def wizard(qtbot: QtBot, work: Work, today: dt.date) -> Wizard:
    return shown(qtbot, work, today)
