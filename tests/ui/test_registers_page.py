"""The page Register dan laporan: the copy without names stands at once; names, files and the report's words follow."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from desk.reports.queries import makings, texts
from desk.village.commands import AppointOfficial, SetVillage
from tests.paper.pdfcheck import text_of
from ui.parts.style import dress, sheet
from ui.registers.page import RegistersPage
from ui.work import Work

SMALL = (1024 - 192, 600 - 92)
"""What the smallest window leaves for a page."""


@pytest.fixture
def work(qtbot: QtBot, qapp: QApplication, desk: Desk) -> Iterator[Work]:
    if qapp.styleSheet() != sheet(100):
        dress(qapp, 100)
    work = Work()
    work.take(desk)
    failures: list[Exception] = []
    work.failed.connect(failures.append)
    yield work
    work.close()
    assert failures == []


@pytest.fixture
def page(qtbot: QtBot, work: Work, desk: Desk, today: dt.date, now: dt.datetime) -> RegistersPage:
    """Two requests of this year, and one of the last."""
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "081234567890", dt.date(2020, 2, 1)))
    for day, sought in ((dt.date(2025, 12, 30), "RAB lama"), (today, "RAB jalan"), (today, "Peta desa")):
        form = RequestForm(day, day, "Siti Contoh", "RT 03", sought, "ingin tahu", phone="0812000000")
        desk.do(Register(form))
    return opened(qtbot, work, today, now)


def opened(qtbot: QtBot, work: Work, today: dt.date, now: dt.datetime) -> RegistersPage:
    page = RegistersPage(work, lambda: today, lambda: now)
    qtbot.addWidget(page)
    page.resize(*SMALL)
    page.show()
    return page


def shown(page: RegistersPage, qtbot: QtBot) -> str:
    """The text of the book once it stands."""
    qtbot.waitUntil(lambda: page.sheets.output.document is not None, timeout=10_000)
    document = page.sheets.output.document
    assert document is not None
    return text_of(document.pdf)


def choose(page: RegistersPage, kind: str) -> None:
    page.choices.kinds.choose(kind)
    page.choices.kinds.picked.emit()


def test_the_register_of_this_year_without_names_stands_at_once(page: RegistersPage, qtbot: QtBot, desk: Desk) -> None:
    said = shown(page, qtbot)
    assert "RAB jalan" in said and "Peta desa" in said and "RAB lama" not in said
    assert "Siti" not in said and "SALINAN TANPA IDENTITAS" in said
    assert page.kind_of_copy.text() == "Salinan tanpa identitas pemohon. Baca dulu sebelum dibagikan. 2 baris."
    assert page.sheets.output.paper_name == "Register permohonan 2026 tanpa nama per 22-11-2026.pdf"
    assert desk.ask(makings) == ()


def test_another_year_and_another_day_draw_another_book(page: RegistersPage, qtbot: QtBot) -> None:
    shown(page, qtbot)
    page.choices.year.setCurrentIndex(page.choices.year.findData(2025))
    page.choices.year.activated.emit(1)
    assert page.sheets.output.document is None
    assert "RAB lama" in shown(page, qtbot)
    page.choices.as_of.setText("29-12-2025")
    page.choices.as_of.editingFinished.emit()
    said = shown(page, qtbot)
    assert "RAB lama" not in said and "Jumlah permohonan: 0." in said


def test_a_day_that_is_none_is_said_beside_the_field_and_the_book_stays(page: RegistersPage, qtbot: QtBot) -> None:
    shown(page, qtbot)
    page.choices.as_of.setText("31-02-2026")
    page.choices.as_of.editingFinished.emit()
    assert "tidak ada di kalender" in page.choices._day.fault()
    assert page.sheets.output.document is not None


def test_a_day_that_has_not_come_is_said_in_place_of_the_book(page: RegistersPage, qtbot: QtBot) -> None:
    shown(page, qtbot)
    page.choices.as_of.setText("01-01-2027")
    page.choices.as_of.editingFinished.emit()
    qtbot.waitUntil(lambda: "sesudah hari ini" in page.preview.waiting_for)
    assert not page.sheets.table.isEnabled()


def test_names_want_a_purpose_are_noted_and_go_when_the_page_is_left(
    page: RegistersPage, qtbot: QtBot, desk: Desk
) -> None:
    shown(page, qtbot)
    page.sheets.names.click()
    qtbot.waitUntil(page.names.isVisible)
    page.names.save.click()
    assert "misalnya" in page.names.fields["purpose"].fault()
    assert desk.ask(makings) == ()
    QTest.keyClicks(page.names.purpose, "pemeriksaan Inspektorat")
    QTest.keyClick(page.names.purpose, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.preview.isVisible() and page.sheets.output.document is not None, timeout=10_000)
    assert "Siti Contoh" in shown(page, qtbot)
    assert "sudah dicatat" in page.kind_of_copy.text()
    assert [(made.purpose, made.who) for made in desk.ask(makings)] == [("pemeriksaan Inspektorat", "Petugas")]
    page.hide()
    assert page.sheets.output.document is None
    page.show()
    assert "Siti" not in shown(page, qtbot)


def test_whoever_would_rather_have_no_names_is_one_press_away(page: RegistersPage, qtbot: QtBot, desk: Desk) -> None:
    shown(page, qtbot)
    page.sheets.names.click()
    qtbot.waitUntil(page.names.isVisible)
    page.names.remove.click()
    assert page.preview.isVisible() and "Siti" not in shown(page, qtbot)
    assert desk.ask(makings) == ()


def test_the_spreadsheet_is_written_and_said_where(page: RegistersPage, qtbot: QtBot, tmp_path: Path) -> None:
    shown(page, qtbot)
    page.sheets.save_to(tmp_path / "register.xlsx")
    qtbot.waitUntil(lambda: "Tersimpan" in page.sheets.output.said.text(), timeout=10_000)
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "register.xlsx").read_bytes()))
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert "RAB jalan" in cells and "Siti Contoh" not in cells
    page.sheets.save_to(tmp_path / "tidak ada" / "register.xlsx")
    qtbot.waitUntil(lambda: "Pilih folder lain" in page.sheets.output.said.text(), timeout=10_000)


def test_the_words_of_the_report_are_written_kept_and_printed(page: RegistersPage, qtbot: QtBot, desk: Desk) -> None:
    choose(page, "report")
    shown(page, qtbot)
    assert "paling lambat 31 Maret 2027" in page.choices._due.text().replace("\u00a0", " ")
    assert "6 bagian belum ditulis" in page.kind_of_copy.text()
    page.sheets.words.click()
    qtbot.waitUntil(page.texts.isVisible)
    page.texts._edit("policy").setPlainText("Desa melayani dengan ramah.")
    assert page.is_unsaved
    page.texts.closed.emit()
    assert page.unsaved.isVisible()
    page.unsaved.save.click()
    qtbot.waitUntil(page.preview.isVisible)
    assert not page.is_unsaved
    assert desk.ask(texts, 2026).policy == "Desa melayani dengan ramah."
    qtbot.waitUntil(lambda: "dengan ramah" in shown(page, qtbot), timeout=10_000)


@pytest.mark.parametrize(
    ("day", "said"),
    [(dt.date(2027, 3, 1), "30 hari lagi"), (dt.date(2027, 4, 1), "sudah lewat"), (dt.date(2026, 12, 31), "sesudah")],
)
def test_the_report_says_by_when_it_is_due(qtbot: QtBot, page: RegistersPage, day: dt.date, said: str) -> None:
    shown(page, qtbot)
    page.choices._today, page._now = lambda: day, lambda: dt.datetime.combine(day, dt.time(9), dt.UTC)
    choose(page, "report")
    assert said in page.choices._due.text()
    shown(page, qtbot)


def test_a_desk_without_a_village_is_sent_to_the_wizard(
    qtbot: QtBot, work: Work, today: dt.date, now: dt.datetime
) -> None:
    page = opened(qtbot, work, today, now)
    qtbot.waitUntil(page.missing.isVisible)
    with qtbot.waitSignal(page.go) as went:
        page.missing.button.click()
    assert went.args == ["wizard"]


def test_the_public_list_needs_no_year(page: RegistersPage, qtbot: QtBot) -> None:
    shown(page, qtbot)
    choose(page, "dip")
    said: Any = shown(page, qtbot)
    assert "DAFTAR INFORMASI PUBLIK" in said
    assert not page.choices.year.isVisible() and not page.sheets.names.isVisible()
