"""Data terbuka: chosen and saved by keyboard alone, and the clerk reads what whoever gets the file will read."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.village.queries import prefix
from tests.exchange import openvillage as village
from ui.parts.style import dress, sheet
from ui.registers.opendata import OpenDataPanel
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
    village.whole_village(desk)
    village.amend(desk)
    page = RegistersPage(work, lambda: today, lambda: now)
    qtbot.addWidget(page)
    page.resize(*SMALL)
    page.show()
    return page


@pytest.fixture
def panel(page: RegistersPage, qtbot: QtBot) -> OpenDataPanel:
    """The panel once it knows what there is."""
    page.sheets.data.click()
    qtbot.waitUntil(page.data.save.isEnabled)
    return page.data


def save(panel: OpenDataPanel, path: Path, qtbot: QtBot) -> None:
    """Press Ctrl+S, name a file in the dialog, press Enter."""
    QTest.keyClick(panel.kinds, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None and dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    dialog.selectFile(str(path))
    dialog.accept()
    qtbot.waitUntil(lambda: panel.note.text().startswith("Tersimpan"), timeout=10_000)


def choose(panel: OpenDataPanel, kind: str) -> None:
    panel.kinds.setCurrentIndex(panel.kinds.findData(kind))
    panel.kinds.activated.emit(panel.kinds.currentIndex())


def test_a_workbook_of_the_budget_in_force_is_three_keys_away(
    panel: OpenDataPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    save(panel, tmp_path / "apbdes.xlsx", qtbot)
    assert (tmp_path / "apbdes.xlsx").read_bytes()[:2] == b"PK"
    assert panel.note.text().startswith(f"Tersimpan: apbdes.xlsx di folder {tmp_path}. ")
    assert "\n" not in panel.note.text()


def test_a_draft_is_saved_as_one_and_said_to_be_one(panel: OpenDataPanel, tmp_path: Path, qtbot: QtBot) -> None:
    choose(panel, "apbdes-csv")
    assert [panel.version.itemText(n) for n in range(panel.version.count())] == [
        "yang berlaku", "APBDes awal · ditetapkan 30 Desember 2025", "Perubahan ke-1 · rancangan",
    ]  # fmt: skip
    panel.version.setCurrentIndex(2)
    save(panel, tmp_path / "apbdes.csv", qtbot)
    assert b",rancangan," in (tmp_path / "apbdes.csv").read_bytes()
    assert "masih rancangan" in panel.note.text()


def test_activities_ask_for_a_prefix_once_and_say_where_there_is_none(
    panel: OpenDataPanel, tmp_path: Path, qtbot: QtBot, desk: Desk
) -> None:
    assert not panel.fields["prefix"].isVisible()
    choose(panel, "oc4ids")
    assert panel.fields["prefix"].isVisible() and not panel.fields["version"].isVisible()
    save(panel, tmp_path / "kegiatan.json", qtbot)
    assert "belum terdaftar" in panel.note.text()
    panel.prefix.setText("salah")
    panel.submit()
    assert "oc4ids-ab12cd" in panel.fields["prefix"].fault()
    panel.prefix.setText("oc4ids-ab12cd")
    panel.save_to(tmp_path / "kegiatan.json")
    qtbot.waitUntil(lambda: "oc4ids-ab12cd" in panel.note.text(), timeout=10_000)
    package = json.loads((tmp_path / "kegiatan.json").read_text(encoding="utf-8"))
    assert package["projects"][0]["id"].startswith("oc4ids-ab12cd-35.22.12.2015-")
    qtbot.waitUntil(lambda: desk.ask(prefix) == "oc4ids-ab12cd")


def test_a_place_that_cannot_be_written_is_said_in_words(panel: OpenDataPanel, tmp_path: Path, qtbot: QtBot) -> None:
    panel.save_to(tmp_path / "tidak ada" / "apbdes.xlsx")
    qtbot.waitUntil(lambda: bool(panel.note.text()))
    assert "Pilih folder lain" in panel.note.text() and panel.save.isEnabled()
    panel.save_to(tmp_path / "apbdes.pdf")
    qtbot.waitUntil(lambda: ".xlsx" in panel.note.text())


def test_escape_leads_back_to_the_books(page: RegistersPage, panel: OpenDataPanel) -> None:
    assert page.pages.currentWidget() is panel
    QTest.keyClick(panel.kinds, Qt.Key.Key_Escape)
    assert page.pages.currentWidget() is not panel


def test_what_is_not_there_is_not_offered(qtbot: QtBot, work: Work, desk: Desk, today: dt.date) -> None:
    village.settle(desk)
    panel = OpenDataPanel(work, lambda: today)
    qtbot.addWidget(panel)
    panel.show()
    panel.begin()
    qtbot.waitUntil(lambda: "halaman APBDes" in panel.note.text())
    assert not panel.save.isEnabled()
    choose(panel, "oc4ids")
    assert "halaman Kegiatan" in panel.note.text()
