"""The register is searched with the keyboard: words, filters, the public list beside it, and names that follow."""

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.dip.commands import PublishItem
from desk.dip.rules import ItemForm
from desk.foi.commands import AnswerRequest, Assign, Register
from desk.foi.rules import RequestForm
from ui.foi.page import RequestsPage
from ui.work import Work

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def work(desk: Desk) -> Iterator[Work]:
    """The threads of a window over the test's desk."""
    made = Work()
    made.take(desk)
    failures: list[Exception] = []
    made.failed.connect(failures.append)
    yield made
    made._desk = None
    made.close()
    assert failures == []


@pytest.fixture
def asked(desk: Desk, today: dt.date) -> list[bytes]:
    """Three requests: one of last month and answered, one held by the treasurer, one of today."""
    month = today - dt.timedelta(days=30)

    def ask(name: str, sought: str, received: dt.date) -> bytes:
        late = "surat" if received < today else ""
        form = RequestForm(received, today, name, "Krajan", sought, "tahu", phone="0812", late_entry_reason=late)
        return desk.do(Register(form)).value.id

    ids = [
        ask("Adi", "Data penerima BLT Dana Desa", month), ask("Budi", "RAB jembatan", today),
        ask("Citra Rahayu", "Perdes sampah", today),
    ]  # fmt: skip
    desk.do(AnswerRequest(ids[0], day=today, form="soft", note="salinan di map biru"))
    desk.do(Assign(ids[1], today, "Kaur Keuangan"))
    return ids


@pytest.fixture
def requests(work: Work, asked: list[bytes], qtbot: QtBot, today: dt.date, now: dt.datetime) -> RequestsPage:
    """The page as a small window leaves it, with its three requests and all names open."""
    shown = RequestsPage(work, lambda: today, lambda: now, None)
    qtbot.addWidget(shown)
    shown.resize(848, 508)
    shown.show()
    qtbot.waitUntil(lambda: len(shown.model.rows) == 3 and shown.finding.is_recalled)
    return shown


def numbers(page: RequestsPage) -> list[str]:
    """The first figures of the labels in the list."""
    return [line.label[:3] for line in page.model.rows]


def test_ctrl_k_finds_and_escape_clears(requests: RequestsPage, qtbot: QtBot) -> None:
    requests.list.setFocus()
    qtbot.keyClick(requests.list, Qt.Key.Key_K, CTRL)
    assert requests.search.hasFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "map biru")
    qtbot.waitUntil(lambda: numbers(requests) == ["001"])
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: requests.search.text() == "" and len(requests.model.rows) == 3)


def test_every_key_asks_anew_and_the_last_one_is_shown(requests: RequestsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(requests.search, "jembatan")
    qtbot.keyClicks(requests.search, " x")
    for _letter in " x":
        qtbot.keyClick(requests.search, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: numbers(requests) == ["002"])
    assert requests.search.text() == "jembatan"


def test_a_name_is_found_and_so_is_one_that_came_later(
    requests: RequestsPage, desk: Desk, work: Work, qtbot: QtBot, today: dt.date
) -> None:
    qtbot.keyClicks(requests.search, "rahay")
    qtbot.waitUntil(lambda: numbers(requests) == ["003"])
    work.do(Register(RequestForm(today, today, "Dewi Rahayu", "Krajan", "Peta", "tahu", phone="0812")))
    qtbot.waitUntil(lambda: numbers(requests) == ["004", "003"])


def test_filters_unfold_narrow_and_say_how_many_they_are(requests: RequestsPage, qtbot: QtBot, today: dt.date) -> None:
    bar = requests.bar
    assert bar.row.isHidden()
    bar.fold.click()
    assert bar.state.hasFocus()
    qtbot.waitUntil(lambda: bar.holder.findData("Kaur Keuangan") > 0)
    bar.holder.setCurrentIndex(bar.holder.findData("Kaur Keuangan"))
    qtbot.waitUntil(lambda: numbers(requests) == ["002"])
    assert bar.fold.text().endswith("· 1")
    bar.clear.click()
    qtbot.waitUntil(lambda: len(requests.model.rows) == 3)
    bar.until.put(today - dt.timedelta(days=1))
    qtbot.waitUntil(lambda: numbers(requests) == ["001"])
    bar.state.setCurrentIndex(bar.state.findData("registered"))
    qtbot.waitUntil(lambda: requests.middle.currentWidget() is requests.empty)
    assert "hapus saringan" in requests.empty.sentence.text()
    qtbot.keyClick(requests.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(requests.model.rows) == 3)


def test_a_date_half_typed_leaves_the_list_alone(requests: RequestsPage, qtbot: QtBot, today: dt.date) -> None:
    requests.bar.fold.click()
    requests.bar.since.setFocus()
    qtbot.keyClicks(requests.bar.since, "22-1")
    assert requests.bar.seek().since is None
    qtbot.keyClicks(requests.bar.since, "1-2026")
    qtbot.waitUntil(lambda: numbers(requests) == ["003", "002"])


def test_the_unfolded_filters_fit_a_small_window(requests: RequestsPage) -> None:
    requests.bar.fold.click()
    needs = requests.minimumSizeHint()
    assert needs.width() <= 848 and needs.height() <= 508


def test_the_public_list_answers_on_a_line_of_its_own(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    desk.do(PublishItem(ItemForm("APBDes 2026", "Sekretaris Desa", file_note="lemari 2"), today))
    qtbot.keyClicks(requests.search, "apbdes")
    qtbot.waitUntil(lambda: "APBDes 2026" in requests.bar.public.text())
    with qtbot.waitSignal(requests.go) as went:
        requests.bar.see.click()
    assert went.args == ["dip"]
    requests.search.clear()
    qtbot.waitUntil(lambda: requests.bar.public.text() == "" and requests.bar.see.isHidden())


def test_a_walk_in_is_offered_what_is_public_and_what_was_answered(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, asked: list[bytes], today: dt.date
) -> None:
    desk.do(PublishItem(ItemForm("Daftar penerima BLT", "Kasi Kesejahteraan", file_note="lemari 2"), today))
    requests.new()
    form = requests.form
    form.sought.setPlainText("penerima blt dana desa")
    qtbot.waitUntil(lambda: "lemari 2" in form.hints.public.text())
    qtbot.waitUntil(lambda: "salinan di map biru" in form.hints.answered.text())
    assert form.hints.same.text() == ""
    form.sought.setPlainText("data  penerima BLT dana desa")
    qtbot.waitUntil(lambda: "001/PI/A/2026" in form.hints.same.text())
    form.hints.see.click()
    qtbot.waitUntil(lambda: requests.record.number.text() == "001/PI/A/2026")
    requests.new()
    assert form.sought.text() == "data  penerima BLT dana desa"
    form.clear()
    qtbot.waitUntil(form.hints.isHidden)


def test_markup_in_an_earlier_question_is_shown_as_itself(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    written = "<b>foto embung</b> dusun 2026"
    desk.do(Register(RequestForm(today, today, "Eka", "Krajan", written, "tahu", phone="0812")))
    requests.new()
    requests.form.sought.setPlainText(written)
    qtbot.waitUntil(lambda: "004/PI/A/2026" in requests.form.hints.same.text())
