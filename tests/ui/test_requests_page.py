"""A citizen stands at the desk: the clerk registers, reads out the number, prints, and later answers."""

import datetime as dt
from collections.abc import Iterator

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.foi.commands import Register
from desk.foi.queries import Seek, detail, page, person
from desk.foi.rules import RequestForm
from desk.letters.queries import issued
from desk.village.commands import AppointOfficial, SetVillage
from ui.foi.page import RequestsPage
from ui.parts.style import dress
from ui.work import Work


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
    """The page, shown at the size a small window leaves it."""
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "081234567890", today))
    shown = RequestsPage(work, lambda: today, lambda: now, None)
    qtbot.addWidget(shown)
    shown.resize(848, 508)
    shown.show()
    qtbot.waitUntil(lambda: shown.middle.currentWidget() is shown.empty)
    return shown


def type_into(qtbot: QtBot, words: str) -> None:
    """Type where the keyboard is."""
    qtbot.keyClicks(QApplication.focusWidget(), words)


def test_a_request_is_registered_by_keys_alone(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    qtbot.keyClick(requests, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(requests.form.name.hasFocus)
    form = requests.form
    type_into(qtbot, "Siti Contoh")
    for widget, words in (
        (form.applicant_kind, ""), (form.identity_number, "3522155506900001"), (form.address, "RT 03/RW 01"),
    ):  # fmt: skip
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert widget.hasFocus()
        type_into(qtbot, words)
    for widget, words in (
        (form.occupation, "petani"), (form.phone, "0812-0000-0000"), (form.email, ""), (form.proxy, ""),
        (form.sought, "RAB jalan Krajan"), (form.further, ""), (form.topic, ""), (form.purpose, "ingin tahu"),
    ):  # fmt: skip
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert widget.hasFocus()
        type_into(qtbot, words)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: requests.pages.currentWidget() is requests.entered)
    assert requests.entered.number.text() == "001/PI/A/2026"
    assert "4 Desember 2026" in requests.entered.due.text()
    row = desk.ask(page, today, Seek()).rows[0]
    known = desk.ask(person, row.id)
    assert known is not None and (known.name, known.occupation) == ("Siti Contoh", "petani")


def test_enter_in_the_last_field_leads_to_saving_and_never_to_leaving(requests: RequestsPage, qtbot: QtBot) -> None:
    requests.new()
    requests.form.submit()
    assert requests.form.later.isVisible()
    requests.form.received.setFocus()
    qtbot.keyClick(requests.form.received, Qt.Key.Key_Return)
    assert requests.form.save.hasFocus()


def test_after_the_receipt_the_keyboard_is_in_the_record(
    requests: RequestsPage, registered: bytes, qtbot: QtBot
) -> None:
    requests._open = registered
    requests._print(registered)
    requests.receipt.closed.emit()
    assert requests.record.print.hasFocus()
    qtbot.waitUntil(lambda: requests.record.detail is not None)
    assert requests.record.print.hasFocus()


def test_what_is_missing_stands_beside_its_field_and_nothing_is_lost(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    requests.new()
    requests.form.sought.setPlainText("RAB jalan")
    requests.form.submit()
    assert "nama pemohon" in requests.form.fields["name"].fault()
    assert requests.form.fields["sought"].fault() == ""
    assert requests.form.sought.text() == "RAB jalan"
    assert desk.ask(page, today, Seek()).rows == ()
    requests.form.name.setText("Siti")
    assert requests.form.fields["name"].fault() == ""


def test_a_form_left_half_filled_is_there_again(requests: RequestsPage) -> None:
    requests.new()
    requests.form.name.setText("Siti")
    requests.form.closed.emit()
    requests.new()
    assert requests.form.name.text() == "Siti"


def test_the_way_of_a_copy_is_asked_only_for_a_copy(requests: RequestsPage) -> None:
    requests.new()
    assert requests.form.fields["delivery"].isHidden()
    requests.form.access.setCurrentIndex(requests.form.access.findData("copy"))
    assert not requests.form.fields["delivery"].isHidden()


@pytest.fixture
def registered(desk: Desk, today: dt.date) -> bytes:
    """A request in the register."""
    form = RequestForm(today, today, "Siti Contoh", "Gang Contoh 7", "RAB jalan Krajan", "ingin tahu", phone="0812")
    return desk.do(Register(form)).value.id


def test_the_open_record_explains_its_due_date_and_masks_who_asked(
    requests: RequestsPage, registered: bytes, qtbot: QtBot
) -> None:
    requests.open(registered)
    record = requests.record
    qtbot.waitUntil(lambda: record.number.text() == "001/PI/A/2026")
    assert "Sabtu, Minggu" in record.strip.words.text()
    assert record.person.text() == "S••• C•••"
    record.reveal.click()
    qtbot.waitUntil(lambda: "Gang Contoh 7" in record.person.text())


def test_an_answer_is_given_in_the_window_once(
    requests: RequestsPage, registered: bytes, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    requests.open(registered)
    qtbot.waitUntil(lambda: requests.record.detail is not None)
    requests.record.first.click()
    qtbot.waitUntil(lambda: not requests.record.answer.isHidden())
    requests.record.answer.note.setPlainText("salinan 4 lembar")
    requests.record.answer.submit()
    qtbot.waitUntil(lambda: "Dijawab oleh Petugas" in requests.record.story.text())
    assert requests.record.first.text() == "&Siap diambil"
    seen = desk.ask(detail, registered, today)
    assert seen is not None and seen.line.state == "answered" and seen.story[1].note == "salinan 4 lembar"


def test_an_answer_from_tomorrow_is_refused_beside_its_field(
    requests: RequestsPage, registered: bytes, qtbot: QtBot, today: dt.date
) -> None:
    requests.open(registered)
    qtbot.waitUntil(lambda: requests.record.detail is not None)
    requests.record.first.click()
    qtbot.waitUntil(lambda: not requests.record.answer.isHidden())
    requests.record.answer.day.put(today + dt.timedelta(days=1))
    requests.record.answer.submit()
    assert "hari ini" in requests.record.answer.fields["day"].fault()


def test_the_receipt_is_drawn_with_its_number_and_due_date(
    requests: RequestsPage, registered: bytes, qtbot: QtBot
) -> None:
    requests.open(registered)
    qtbot.waitUntil(lambda: requests.record.detail is not None)
    requests.record.print.click()
    qtbot.waitUntil(lambda: requests.receipt.output.document is not None, timeout=10_000)
    document = requests.receipt.output.document
    assert document is not None
    text = " ".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(document.pdf))
    assert "001/PI/A/2026" in text and "4 Desember 2026" in text and "Siti Contoh" in text


def test_the_receipt_of_the_quick_button_is_recorded_once_and_a_copy_after_that(
    requests: RequestsPage, registered: bytes, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    output, said = requests.receipt.output, []
    for _print in range(2):
        requests.receipt.show_receipt(registered)
        qtbot.waitUntil(lambda: output.document is not None, timeout=10_000)
        assert output.document is not None
        pages = pypdfium2.PdfDocument(output.document.pdf)
        said.append(" ".join(page.get_textpage().get_text_bounded() for page in pages))
    (paper,) = desk.ask(issued, registered)
    assert (paper.kind, paper.label, paper.day, paper.promised) == (
        "receipt", "001/PI/A/2026", today, dt.date(2026, 12, 4)
    )  # fmt: skip
    assert ["SALINAN" in text for text in said] == [False, True] and all("Siti Contoh" in text for text in said)
    assert "22 November 2026" in requests.receipt.state.text() and "SALINAN" in requests.receipt.state.text()
    assert output.paper_name == "Tanda bukti 001-PI-A-2026.pdf"


def test_a_receipt_that_cannot_be_drawn_is_not_recorded(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    form = RequestForm(today, today, "Adi", "", "Perdes", "")
    half = desk.do(Register(form, incomplete=True)).value.id
    requests.receipt.show_receipt(half)
    qtbot.waitUntil(lambda: "belum lengkap" in requests.receipt.preview.waiting_for)
    assert desk.ask(issued, half) == ()


def test_the_list_narrows_as_one_types(
    requests: RequestsPage, registered: bytes, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    desk.do(Register(RequestForm(today, today, "Adi", "Krajan", "Data BLT", "ingin tahu", phone="0812")))
    requests.seek("")
    qtbot.waitUntil(lambda: len(requests.model.rows) == 2)
    qtbot.keyClicks(requests.search, "blt")
    qtbot.waitUntil(lambda: [line.sought for line in requests.model.rows] == ["Data BLT"])
    requests.search.setText("tidak ada yang begini")
    qtbot.waitUntil(lambda: requests.middle.currentWidget() is requests.empty)
    assert "Tidak ada yang cocok" in requests.empty.heading.text()


def test_a_long_register_comes_page_by_page(requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date) -> None:
    for _ in range(60):
        desk.do(Register(RequestForm(today, today, "Adi", "Krajan", "Perdes", "ingin tahu", phone="0812")))
    requests.seek("")
    qtbot.waitUntil(lambda: len(requests.model.rows) >= 50)
    requests.list.scrollToBottom()
    qtbot.waitUntil(lambda: len(requests.model.rows) == 60)


def test_the_page_fits_a_small_window(requests: RequestsPage) -> None:
    for part in (requests.main, requests.form, requests.entered, requests.receipt):
        requests.pages.setCurrentWidget(part)
        needs = requests.minimumSizeHint()
        assert needs.width() <= 848 and needs.height() <= 508


def test_with_large_text_on_a_small_screen_the_buttons_keep_their_words(
    requests: RequestsPage, qapp: QApplication
) -> None:
    dress(qapp, 150)
    requests.resize(720, 420)
    qapp.processEvents()
    try:
        for button in (requests.add, requests.takeover.menu):
            assert button.width() >= button.sizeHint().width()
    finally:
        dress(qapp, 100)


def test_pressing_save_twice_registers_once(requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date) -> None:
    requests.new()
    form = requests.form
    for edit, words in ((form.name, "Siti"), (form.address, "Krajan"), (form.phone, "0812")):
        edit.setText(words)
    form.sought.setPlainText("RAB")
    form.purpose.setPlainText("ingin tahu")
    form.submit()
    form.submit()
    qtbot.waitUntil(lambda: requests.pages.currentWidget() is requests.entered)
    assert len(desk.ask(page, today, Seek()).rows) == 1
