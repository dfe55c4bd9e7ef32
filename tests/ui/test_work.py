"""Threads come back to the main thread, in order, and never to a widget that is gone."""

import datetime as dt
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk.desk import Desk, Done
from desk.foi.commands import Register
from desk.foi.queries import Seek, page
from desk.foi.rules import RequestForm
from desk.log import Touched
from desk.store import DeskError
from desk.village.commands import SetContact, SetPaper
from desk.village.queries import setup
from ui.work import Work


@pytest.fixture
def work(qapp: QObject, desk: Desk) -> Iterator[Work]:
    work = Work()
    work.take(desk)
    yield work
    work.close()


class Ear:
    """Keeps what it hears, and on which thread."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self.threads: set[threading.Thread] = set()

    def hear(self, news: object) -> None:
        """Take one piece of news."""
        self.heard.append(news)
        self.threads.add(threading.current_thread())


def test_a_command_runs_off_the_main_thread_and_answers_on_it(work: Work, qtbot: QtBot, today: dt.date) -> None:
    ear, touched = Ear(), Ear()
    work.changed.connect(touched.hear)
    work.do(SetContact("Jalan Contoh 1", "Kantor Desa"), done=ear.hear)
    assert ear.heard == []
    qtbot.waitUntil(lambda: touched.heard != [])
    (done,) = ear.heard
    assert isinstance(done, Done)
    assert ear.threads == {threading.main_thread()}
    ((row,),) = touched.heard
    assert isinstance(row, Touched)
    assert row.entity == "contact"
    assert work.desk.ask(setup, today).address == "Jalan Contoh 1"


def test_a_refusal_goes_to_the_one_who_asked_and_else_to_everybody(work: Work, qtbot: QtBot) -> None:
    own, all_ = Ear(), Ear()
    work.failed.connect(all_.hear)
    work.do(SetPaper("A9"), failed=own.hear)
    work.do(SetPaper("A9"))
    qtbot.waitUntil(lambda: all_.heard != [])
    assert [type(error) for error in own.heard + all_.heard] == [DeskError, DeskError]


def test_commands_are_written_in_the_order_they_were_given(work: Work, qtbot: QtBot, today: dt.date) -> None:
    ear = Ear()
    for number in range(20):
        work.do(SetContact(f"Jalan {number}", ""), done=ear.hear)
    qtbot.waitUntil(lambda: len(ear.heard) == 20)
    assert work.desk.ask(setup, today).address == "Jalan 19"


def test_a_widget_that_is_gone_hears_nothing_and_its_refusals_are_not_lost(work: Work, qtbot: QtBot) -> None:
    ear = Ear()
    work.failed.connect(ear.hear)
    label = QLabel("")
    gate = threading.Event()
    work.run(gate.wait, done=ear.hear)
    work.run(str, done=label.setText)
    work.run(str, done=partial(label.setProperty, "words"))
    work.run(int, "x", done=label.setNum, failed=label.setText)
    work.run(int, "x", done=lambda number: label.setNum(number), failed=lambda error: label.setText(str(error)))
    label.deleteLater()
    with qtbot.waitSignal(label.destroyed):
        pass
    gate.set()
    qtbot.waitUntil(lambda: len(ear.heard) == 3)
    assert ear.heard[0] is True
    assert {type(error) for error in ear.heard[1:]} == {ValueError}


def test_the_newest_question_is_the_one_that_is_answered(work: Work, qtbot: QtBot, desk: Desk, today: dt.date) -> None:
    for name in ("Siti", "Adi"):
        desk.do(Register(RequestForm(today, today, name, "Krajan", f"RAB {name}", "ingin tahu", phone="0812")))
    gate, ear, other = threading.Event(), Ear(), Ear()
    work.run(gate.wait, done=lambda _opened: None)
    for typed in ("a", "ad", "adi"):
        work.ask(page, today, Seek(typed), done=ear.hear)
    gate.set()
    work.run(bool, done=other.hear)
    qtbot.waitUntil(lambda: other.heard == [False])
    assert [[line.sought for line in found.rows] for found in ear.heard] == [["RAB Adi"]]


def test_the_last_act_of_the_sitting_is_turned_back_and_a_legal_one_never(
    work: Work, qtbot: QtBot, today: dt.date
) -> None:
    ear = Ear()
    work.undone.connect(lambda: ear.hear("undone"))
    work.do(SetContact("Jalan Lama", ""))
    work.do(SetContact("Jalan Baru", ""))
    work.do(
        Register(RequestForm(today, today, "Siti", "Krajan", "RAB", "ingin tahu", phone="0812")), done=lambda _: None
    )
    qtbot.waitUntil(lambda: len(work.desk.ask(page, today, Seek()).rows) == 1)
    work.undo()
    qtbot.waitUntil(lambda: ear.heard == ["undone"])
    assert work.desk.ask(setup, today).address == "Jalan Lama"
    assert len(work.desk.ask(page, today, Seek()).rows) == 1


def test_what_is_asked_after_the_window_closed_is_not_an_error(work: Work, today: dt.date) -> None:
    ear = Ear()
    work.close()
    work.ask(setup, today, done=ear.hear)
    work.do(SetPaper("A4"), done=ear.hear)
    assert ear.heard == []
