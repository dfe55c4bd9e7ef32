"""The village key in the window: its sheet is printed and typed back, and a PC that lost the key gets it again."""

import datetime as dt
import shutil
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desk import recovery
from desk.desk import Desk
from desk.foi.commands import Register
from desk.foi.queries import agenda, person
from desk.foi.rules import RequestForm
from desk.key import beside, load, stores
from desk.vault import kept
from desk.village.commands import SetVillage
from tests.desks import open_desk
from ui.village.recovery import KeyPage
from ui.work import Work


@pytest.fixture
def work(desk: Desk, today: dt.date) -> Iterator[Work]:
    """The threads of a window over a desk with one sealed identity."""
    desk.do(SetVillage("35.22.12.2015"))
    form = RequestForm(today, today, "Siti Contoh", "RT 03", "RAB jalan", "ingin tahu", phone="0812")
    desk.do(Register(form))
    made = Work()
    made.take(desk)
    yield made
    made._desk = None
    made.close()


@pytest.fixture
def page(work: Work, qtbot: QtBot, now: dt.datetime) -> KeyPage:
    """The page of the key, shown."""
    shown = KeyPage(work, lambda: now)
    qtbot.addWidget(shown)
    shown.resize(848, 508)
    shown.show()
    qtbot.waitUntil(lambda: shown._state is not None)
    return shown


def sheet_of(desk: Desk) -> tuple[str, ...]:
    """The rows the printed sheet of a desk shows."""
    known = desk.ask(kept)
    assert known is not None
    return recovery.code(load(known.check, stores(beside(desk.folder))).seal.key)


def type_sheet(page: KeyPage, rows: tuple[str, ...]) -> None:
    """Type every row off the sheet."""
    for line, row in zip(page.rows, rows, strict=True):
        line.setText(row.lower())


def test_the_start_page_asks_for_the_sheet_until_it_was_typed_back(
    page: KeyPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    assert desk.ask(agenda, today).wants_sheet
    page.print.click()
    qtbot.waitUntil(lambda: page.output.isEnabled())
    type_sheet(page, sheet_of(desk))
    page.submit()
    qtbot.waitUntil(lambda: "cocok" in page.note.text())
    assert not desk.ask(agenda, today).wants_sheet


def test_a_mistyped_row_is_named_and_has_the_keyboard(page: KeyPage, desk: Desk) -> None:
    rows = sheet_of(desk)
    type_sheet(page, (*rows[:3], rows[3][:-1] + ("A" if rows[3][-1] != "A" else "B"), *rows[4:]))
    page.submit()
    assert "Baris 4" in page.note.text()
    assert page.rows[3].hasFocus() or not page.isActiveWindow()


def test_a_pc_without_the_key_shows_the_way_back_and_opens_again(
    desk: Desk, qtbot: QtBot, today: dt.date, now: dt.datetime, work: Work
) -> None:
    rows = sheet_of(desk)
    shutil.rmtree(beside(desk.folder))
    again = open_desk(desk.folder, lambda: now)
    lost = Work()
    lost.take(again)
    shown = KeyPage(lost, lambda: now)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: "tidak ada di komputer ini" in shown.words.text())
    assert shown.print.isHidden()
    type_sheet(shown, rows)
    with qtbot.waitSignal(shown.restored):
        shown.submit()
    request = again.ask(agenda, today).rows[0].id
    known = again.ask(person, request)
    assert known is not None and known.name == "Siti Contoh"
    lost.close()
