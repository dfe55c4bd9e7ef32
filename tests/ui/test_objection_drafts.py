"""An objection that was typed and never saved is offered again with its request, and entered once."""

import datetime as dt
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.drafts import Drafts
from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from desk.objections.commands import RegisterObjection
from desk.objections.queries import objections
from desk.vault import MakeKey, seal_of
from ui.objections.page import ObjectionsPage
from ui.work import Work

Open = Callable[[], ObjectionsPage]


@pytest.fixture
def work(desk: Desk) -> Iterator[Work]:
    """The threads of a window over the test's desk."""
    made = Work()
    made.take(desk)
    yield made
    made._desk = None
    made.close()


@pytest.fixture
def drafts(desk: Desk) -> Drafts:
    """Where the test's desk keeps drafts, under its own key."""
    desk.do(MakeKey())
    return Drafts(desk.folder, desk.ask(seal_of))


@pytest.fixture
def open_page(work: Work, drafts: Drafts, qtbot: QtBot, today: dt.date, now: dt.datetime) -> Open:
    """Opens the page as after a start: nothing in it remembers an earlier sitting."""

    def open_it() -> ObjectionsPage:
        page = ObjectionsPage(work, lambda: today, lambda: now, drafts)
        qtbot.addWidget(page)
        page.resize(848, 508)
        page.show()
        return page

    return open_it


@pytest.fixture
def request_id(desk: Desk, today: dt.date) -> bytes:
    """A request nobody answered."""
    return ask(desk, today, "RAB jalan")


def ask(desk: Desk, today: dt.date, sought: str) -> bytes:
    """A request in the register."""
    form = RequestForm(today, today, "Siti Contoh", "RT 03", sought, "ingin tahu", phone="0812")
    return desk.do(Register(form)).value.id


def begin(page: ObjectionsPage, request: bytes, qtbot: QtBot) -> None:
    """Open the form against a request, and wait until older drafts were looked for."""
    page.new(request)
    qtbot.waitUntil(lambda: page.pages.currentWidget() is page.form and page.form.request == request)
    settle(page, qtbot)


def settle(page: ObjectionsPage, qtbot: QtBot) -> None:
    """Wait until everything asked of the other thread was answered."""
    for _turn in range(2):
        answered: list[bool] = []
        page._work.run(bool, done=answered.append)
        qtbot.waitUntil(lambda answered=answered: answered == [False])


def fill(page: ObjectionsPage, qtbot: QtBot) -> None:
    """What a clerk types."""
    form = page.form
    qtbot.keyClicks(form.proxy_name, "Rudi Contoh")
    form.proxy_address.setText("RT 04")
    form.grounds.ticks["c"].setChecked(True)
    form.grounds.ticks["g"].setChecked(True)
    form.matter.setPlainText("Sudah empat minggu\ntidak ada jawaban.")
    form.channel.setCurrentIndex(1)


def test_what_was_typed_is_on_the_disk_within_two_seconds_and_sealed(
    open_page: Open, drafts: Drafts, desk: Desk, request_id: bytes, qtbot: QtBot
) -> None:
    page = open_page()
    begin(page, request_id, qtbot)
    began = time.monotonic()
    qtbot.keyClicks(page.form.proxy_name, "Rudi Contoh")
    qtbot.waitUntil(lambda: drafts.found().drafts != (), timeout=5000)
    assert time.monotonic() - began < 2
    assert b"Rudi" not in b"".join(path.read_bytes() for path in (desk.folder / "drafts").iterdir())


def test_after_a_crash_it_is_offered_with_its_request_and_continued_as_it_was(
    open_page: Open, desk: Desk, request_id: bytes, qtbot: QtBot, today: dt.date
) -> None:
    page = open_page()
    begin(page, request_id, qtbot)
    fill(page, qtbot)
    page.drafts.flush()  # type: ignore[union-attr]
    settle(page, qtbot)
    other = ask(desk, today, "Perdes")
    later = open_page()
    begin(later, other, qtbot)
    assert later.drafts.isHidden()  # type: ignore[union-attr]
    begin(later, request_id, qtbot)
    bar = later.drafts
    assert bar is not None
    qtbot.waitUntil(bar.isVisible)
    assert "001/PI/A/2026, Rudi Contoh, 22 November 2026 pukul 09.12" in bar.words.text()
    qtbot.mouseClick(bar.resume, Qt.MouseButton.LeftButton)
    assert later.form.form() == page.form.form()
    assert later.form.proxy_address.isVisible()
    later.form.submit()
    qtbot.waitUntil(lambda: len(desk.ask(objections, today)) == 1)
    settle(later, qtbot)
    assert list((desk.folder / "drafts").glob("*.draft")) == []


def test_a_draft_whose_objection_was_written_just_before_the_power_went_is_not_offered(
    open_page: Open, desk: Desk, drafts: Drafts, request_id: bytes, qtbot: QtBot
) -> None:
    page = open_page()
    begin(page, request_id, qtbot)
    fill(page, qtbot)
    bar = page.drafts
    assert bar is not None
    bar.flush()
    settle(page, qtbot)
    desk.do(RegisterObjection(request_id, page.form.form(), bar.token))
    later = open_page()
    begin(later, request_id, qtbot)
    qtbot.waitUntil(lambda: drafts.found().drafts == ())
    assert later.drafts.isHidden()  # type: ignore[union-attr]


def test_words_thrown_away_on_purpose_leave_no_draft(
    open_page: Open, drafts: Drafts, request_id: bytes, qtbot: QtBot
) -> None:
    page = open_page()
    begin(page, request_id, qtbot)
    fill(page, qtbot)
    page.drafts.flush()  # type: ignore[union-attr]
    page.form.leave(page.form.closed.emit)
    page.form.asking.discard.emit()
    qtbot.waitUntil(lambda: drafts.found().drafts == ())
    assert page.pages.currentWidget() is page.main
