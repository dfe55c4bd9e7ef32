"""The paper of an act is offered as soon as the act is saved, and goes out under its number by keys alone."""

import datetime as dt
import re
from collections.abc import Iterator

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.dip.commands import Classify, PutTest
from desk.dip.rules import ConsequenceForm
from desk.foi.commands import AnswerRequest, Extend, Register
from desk.foi.rules import RequestForm
from desk.letters.queries import issued, patterns
from desk.objections.rules import ObjectionForm
from desk.vault import MakeKey
from desk.village.commands import AppointOfficial, SetVillage
from ui.dip.page import EXEMPT, ListPage
from ui.foi.letters import LettersPanel
from ui.foi.page import RequestsPage
from ui.objections.page import ObjectionsPage
from ui.work import Work

WHY = "alasan yang jelas bagi siapa pun"


@pytest.fixture
def work(desk: Desk) -> Iterator[Work]:
    """The threads of a window over the test's desk."""
    made = Work()
    made.take(desk)
    yield made
    made._desk = None
    made.close()


@pytest.fixture
def requests(work: Work, desk: Desk, qtbot: QtBot, today: dt.date, now: dt.datetime) -> RequestsPage:
    """The page of requests, at the size a small window leaves it."""
    desk.do(MakeKey())
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("ppid", "PPID Desa", "Sari Contoh", None, dt.date(2020, 2, 1)))
    shown = RequestsPage(work, lambda: today, lambda: now, None)
    qtbot.addWidget(shown)
    shown.resize(848, 508)
    shown.show()
    return shown


@pytest.fixture
def request_id(desk: Desk, requests: RequestsPage, today: dt.date) -> bytes:
    """A request registered today."""
    form = RequestForm(today, today, "Siti Contoh", "RT 03", "RAB jalan", "ingin tahu", phone="0812-0000-0000")
    return desk.do(Register(form)).value.id


def look(requests: RequestsPage, request: bytes, qtbot: QtBot, steps: int) -> None:
    """Open a request and wait until the papers of its story are known."""
    requests.open(request)
    record = requests.record
    qtbot.waitUntil(lambda: record.detail is not None and len(record.detail.story) == steps)
    qtbot.waitUntil(lambda: bool(record.story.buttons))


def told(letters: LettersPanel) -> str:
    """Every word of what would be printed."""
    document = letters.output.document
    assert document is not None
    pages = pypdfium2.PdfDocument(document.pdf)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in pages))


def key(qtbot: QtBot, which: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the keyboard is."""
    qtbot.keyClick(QApplication.focusWidget(), which, how)


def test_the_letter_of_an_act_is_offered_at_once_and_issued_by_keys(
    requests: RequestsPage, request_id: bytes, desk: Desk, qtbot: QtBot
) -> None:
    look(requests, request_id, qtbot, 1)
    record, letters = requests.record, requests.letters
    record.begin("extended")
    record.act.note.setPlainText(WHY)
    record.act.note.setFocus()
    key(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: record.print.text() == "&Cetak surat perpanjangan")
    assert record.print.hasFocus()
    key(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(letters.issue.hasFocus, timeout=10_000)
    assert letters.output.document is None and "Belum bernomor" in letters.state.text()
    assert desk.ask(issued, request_id) == ()
    key(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(letters.output.whole.hasFocus, timeout=10_000)
    assert "001/PPID/XI/2026" in told(letters) and "SALINAN" not in told(letters)
    assert letters.output.paper_name == "Surat perpanjangan 001-PPID-XI-2026.pdf"
    key(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: record.print.text() == "&Cetak tanda bukti")
    qtbot.waitUntil(lambda: "Cetak salinan surat perpanjangan" in [b.text() for b in record.story.buttons])


def test_each_step_offers_its_papers_and_an_issued_one_is_a_copy(
    requests: RequestsPage, request_id: bytes, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    desk.do(Extend(request_id, today, "not_held", WHY))
    desk.do(AnswerRequest(request_id, today, "soft"))
    look(requests, request_id, qtbot, 3)
    story, letters = requests.record.story, requests.letters
    words = [button.text() for button in story.buttons]
    assert words == [
        "Cetak tanda bukti", "Cetak formulir permohonan", "Cetak surat perpanjangan", "Cetak pemberitahuan tertulis",
    ]  # fmt: skip
    for is_copy in (False, True):
        look(requests, request_id, qtbot, 3)
        story.buttons[2].click()
        if not is_copy:
            qtbot.waitUntil(letters.issue.isEnabled, timeout=10_000)
            letters.issue.click()
        qtbot.waitUntil(lambda: letters.output.document is not None, timeout=10_000)
        assert ("SALINAN" in told(letters)) == is_copy
        assert "001/PPID/XI/2026" in told(letters)
        letters.back.click()
        qtbot.waitUntil(lambda: any("salinan" in button.text() for button in story.buttons))


def test_papers_of_one_step_stand_beside_each_other(requests: RequestsPage, request_id: bytes, qtbot: QtBot) -> None:
    look(requests, request_id, qtbot, 1)
    requests.record.story.buttons[0].click()
    letters = requests.letters
    qtbot.waitUntil(letters.issue.isEnabled, timeout=10_000)
    assert [letters.choice.itemText(i) for i in range(2)] == ["Tanda bukti", "Formulir permohonan"]
    letters.choice.setCurrentIndex(1)
    assert letters.heading.text() == "Formulir permohonan"
    qtbot.waitUntil(letters.issue.isEnabled, timeout=10_000)


def test_what_lacks_something_takes_home_the_letter_that_says_what(requests: RequestsPage, qtbot: QtBot) -> None:
    requests.new()
    requests.form.name.setText("Siti Contoh")
    requests.form.sought.setPlainText("RAB jalan")
    requests.form.submit()
    requests.form.later.click()
    qtbot.waitUntil(lambda: requests.entered.print.text() == "&Cetak surat kekurangan")
    requests.entered.print.click()
    qtbot.waitUntil(requests.letters.issue.isEnabled, timeout=10_000)
    requests.letters.issue.click()
    qtbot.waitUntil(lambda: requests.letters.output.document is not None, timeout=10_000)
    assert "alamat pemohon" in told(requests.letters) and "001/PPID/XI/2026" in told(requests.letters)


def test_the_empty_form_is_printed_without_a_request(requests: RequestsPage, qtbot: QtBot) -> None:
    requests.blank.click()
    qtbot.waitUntil(lambda: requests.letters.output.document is not None, timeout=10_000)
    assert "FORMULIR PERMOHONAN INFORMASI" in told(requests.letters) and requests.letters.issue.isHidden()
    requests.letters.back.click()
    assert requests.pages.currentWidget() is requests.main


def test_the_pattern_of_the_numbers_is_changed_beside_the_letter(
    requests: RequestsPage, request_id: bytes, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    desk.do(Extend(request_id, today, "not_held", WHY))
    look(requests, request_id, qtbot, 2)
    requests.record.story.buttons[2].click()
    letters = requests.letters
    qtbot.waitUntil(letters.issue.isEnabled, timeout=10_000)
    part = letters.pattern
    part.open.click()
    part.edit.setText("{nomor}/PPID")
    part.save.click()
    qtbot.waitUntil(lambda: "{tahun}" in letters.trouble.text())
    part.edit.setText("470/{nomor}/PPID/{tahun}")
    part.save.click()
    qtbot.waitUntil(lambda: desk.ask(patterns)["letter"] == "470/{nomor}/PPID/{tahun}")
    letters.issue.click()
    qtbot.waitUntil(lambda: letters.output.document is not None, timeout=10_000)
    assert "470/001/PPID/2026" in told(letters)


def test_the_panel_fits_a_small_window(requests: RequestsPage) -> None:
    needs = requests.letters.minimumSizeHint()
    assert needs.width() <= 848 and needs.height() <= 508


def test_the_letter_of_a_classification_is_printed_from_its_test(
    desk: Desk, work: Work, qtbot: QtBot, today: dt.date, now: dt.datetime
) -> None:
    desk.do(SetVillage("35.22.12.2015"))
    tested = ConsequenceForm("Data pribadi", "kolom rekening", ("h3",), "membuka rahasia", "terlindungi", today)
    test = desk.do(PutTest(tested, today)).value
    page = ListPage(work, lambda: today, lambda: now)
    qtbot.addWidget(page)
    page.show()
    page.tabs.setCurrentIndex(EXEMPT)
    pane = page.exempt
    qtbot.waitUntil(lambda: len(pane.model.rows) == 1)
    pane.open(pane.model.rows[0])
    qtbot.waitUntil(lambda: pane.record.test is not None)
    assert pane.record.letter.isHidden()
    desk.do(Classify(test, today, today, "1/KI/2026", "Contoh", "Sari Contoh", "PPID Desa", "Sekretariat", WHY))
    pane.open(pane.model.rows[0])
    qtbot.waitUntil(lambda: not pane.record.letter.isHidden())
    pane.record.letter.click()
    qtbot.waitUntil(pane.letters.issue.isEnabled, timeout=10_000)
    pane.letters.issue.click()
    qtbot.waitUntil(lambda: pane.letters.output.document is not None, timeout=10_000)
    assert "Nomor 1/KI/2026" in told(pane.letters) and "Sari Contoh" in told(pane.letters)
    pane.letters.back.click()
    assert pane.side_pages.currentWidget() is pane.record


def test_the_papers_of_an_objection_are_offered_with_its_steps(
    requests: RequestsPage, request_id: bytes, desk: Desk, work: Work, qtbot: QtBot, today: dt.date, now: dt.datetime
) -> None:
    desk.do(AnswerRequest(request_id, today, "soft"))
    page = ObjectionsPage(work, lambda: today, lambda: now)
    qtbot.addWidget(page)
    page.show()
    page.new(request_id)
    qtbot.waitUntil(lambda: page.pages.currentWidget() is page.form)
    page._register(ObjectionForm(today, today, ("d",), "Jawabannya bukan yang diminta."))
    story = page.record.story
    qtbot.waitUntil(lambda: [b.text() for b in story.buttons][:1] == ["Cetak tanda terima keberatan"])
    qtbot.waitUntil(lambda: story.buttons[0].hasFocus())
    story.buttons[0].click()
    qtbot.waitUntil(page.letters.issue.isEnabled, timeout=10_000)
    page.letters.issue.click()
    qtbot.waitUntil(lambda: page.letters.output.document is not None, timeout=10_000)
    assert "001/KB/A/2026" in told(page.letters)
    page.letters.back.click()
    page._close()
    page.blank.click()
    qtbot.waitUntil(lambda: page.letters.output.document is not None, timeout=10_000)
    assert "PERNYATAAN KEBERATAN" in told(page.letters)
