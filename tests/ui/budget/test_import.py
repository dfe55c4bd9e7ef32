"""The page APBDes: a budget loaded from what villages really published, or typed, and never changed by looking."""

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk.budget.queries import in_force, totals, tree, versions, years
from desk.desk import Desk
from tests.ui.budget.acting import (
    GILIS,
    NGROMBO,
    SMALL,
    cells,
    load,
    read,
    titles,
)
from ui.budget.intake import ACCEPT, FILE, PROBLEMS, READ
from ui.budget.page import BudgetPage
from ui.parts.scroll import FormScroll


def test_an_empty_page_offers_the_two_ways_to_begin(page: BudgetPage, qtbot: QtBot) -> None:
    assert page.empty.isVisible()
    assert [page.empty.button.text(), page.by_field.text()] == ["Muat dari berkas", "Isi per bidang"]
    qtbot.mouseClick(page.by_field, Qt.MouseButton.LeftButton)
    assert page.fields.isVisible()


def test_a_published_budget_is_read_and_nothing_changes_until_it_is_accepted(
    page: BudgetPage, qtbot: QtBot, desk: Desk
) -> None:
    read(page, qtbot, GILIS, 2020)
    said = page.intake.reading.columns.text()
    assert "“Anggaran (Rp)” sebagai anggaran" in said and "“Realisasi (Rp)” sebagai realisasi" in said
    assert "Tidak dipakai: “Persentase (%)”" in said
    assert cells(page.intake.reading.tree, "Dana Desa")[2] == "Rp\u00a0879.404.000"
    page.intake.next.click()
    assert page.intake.step == PROBLEMS
    page.intake.next.click()
    assert page.intake.step == ACCEPT and page.intake.next.text() == "Muat ke APBDes"
    assert page.intake.plan.text() == "14 baris dari gilis-2020-realisasi.csv akan menjadi APBDes 2020."
    assert desk.ask(years) == []
    page.intake.cancel.click()
    assert desk.ask(years) == [] and page.empty.isVisible()


def test_a_budget_that_does_not_close_is_loaded_and_flagged(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    load(page, qtbot, GILIS, 2020)
    assert page.news.text() == "14 baris APBDes 2020 dimuat dari gilis-2020-realisasi.csv."
    assert page.year.currentText() == "2020" and page.version_words.text() == "APBDes awal · rancangan"
    assert page.book.balance.verdict.text() == ("Selisih Rp\u00a05.000.000: pembiayaan tidak menutup defisit.")
    assert page.book.balance.property("surface") == "late"
    assert page.book.balance.spent.text() == "Realisasi sampai 31 Desember 2020: kurang Rp\u00a02.868.420."
    version = desk.ask(in_force, 2020)
    assert version is not None and desk.ask(totals, version.id).balance == Decimal(-5_000_000)


def test_the_tree_shows_printed_totals_once_and_shares_beyond_a_hundred_as_they_are(
    page: BudgetPage, qtbot: QtBot
) -> None:
    load(page, qtbot, GILIS, 2020)
    view = page.book.tree
    assert cells(view, "Pendapatan") == [
        "4", "Pendapatan", "Rp\u00a01.370.198.500", "Rp\u00a01.372.923.657", "100,20\u00a0%",
    ]  # fmt: skip
    assert cells(view, "Pendapatan Asli Desa")[4] == "15.672,33\u00a0%"
    assert cells(view, "Pembiayaan neto")[2] == "Rp\u00a012.122.954"
    assert not [title for title in titles(view) if "JUMLAH" in title or "SURPLUS" in title]


def test_the_same_file_a_second_time_says_that_nothing_changed(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    load(page, qtbot, GILIS, 2020)
    before = desk.ask(tree, page.book.nodes and desk.ask(versions, 2020)[0].id)
    read(page, qtbot, GILIS, 2020)
    assert page.intake.plan.text().startswith("Isi berkas ini sama dengan yang sudah tersimpan.")
    load(page, qtbot, GILIS, 2020)
    assert page.news.text() == "Tidak ada yang berubah: isi gilis-2020-realisasi.csv sama dengan yang sudah tersimpan."
    assert not page.undone.isVisible()
    assert desk.ask(tree, desk.ask(versions, 2020)[0].id) == before


def test_a_loaded_file_can_be_turned_back(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    load(page, qtbot, GILIS, 2020)
    page.undone.click()
    qtbot.waitUntil(page.empty.isVisible)
    assert desk.ask(years) == []


def test_a_file_that_is_no_spreadsheet_is_refused_with_a_sentence(
    page: BudgetPage, qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    photo = tmp_path / "foto.xlsx"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    page.import_file()
    page.intake.take(photo)
    qtbot.waitUntil(lambda: "Membaca" not in page.intake.note.text())
    assert "foto.xlsx" in page.intake.note.text()
    assert page.intake.step == FILE and page.intake.drop.button.isEnabled()
    assert desk.ask(years) == []


def test_a_file_of_another_year_names_the_row_that_says_so(
    page: BudgetPage, qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    named = tmp_path / "apbdes.csv"
    named.write_text("APBDes TAHUN ANGGARAN 2019;;\n" + GILIS.read_text(encoding="utf-8"), encoding="utf-8")
    page.import_file()
    page.intake.year.setText("2020")
    page.intake.take(named)
    qtbot.waitUntil(lambda: page.intake.note.text().startswith("Baris 1: judulnya menyebut tahun 2019"))
    assert desk.ask(years) == []


def test_a_row_that_cannot_be_read_blocks_and_the_last_step_is_closed(
    page: BudgetPage, qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    text = GILIS.read_text(encoding="utf-8").replace("879,404,000;879,404,000", "delapan ratus;879,404,000")
    spoilt = tmp_path / "apbdes.csv"
    spoilt.write_text(text, encoding="utf-8")
    read(page, qtbot, spoilt, 2020)
    page.intake.next.click()
    first = page.intake.problems.problems.problems[0]
    assert first.blocks and first.row == 6
    assert "menghalangi" in page.intake.problem_words.text()
    assert not page.intake.next.isEnabled()
    QTest.keyClick(page.intake.back, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.ask(years) == []


def test_no_sum_is_called_right_while_a_row_blocks(page: BudgetPage, qtbot: QtBot, tmp_path: Path) -> None:
    closes = "Kode;Uraian;Anggaran\n4.1;PAD;1000\n5;BELANJA;\n01;BIDANG PEMERINTAHAN;1000\n6.1;SiLPA;0\n6.2;Modal;0\n"
    for name, text, state in (("baik.csv", closes, "quiet"), ("buruk.csv", closes + "02;BIDANG LAIN;banyak\n", "late")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        read(page, qtbot, tmp_path / name, 2020)
        assert page.intake.reading.balance.property("surface") == state
    said = page.intake.reading.balance.verdict
    assert said.text().startswith("1 hal menghalangi") and "Seimbang" not in said.text()
    page.intake.next.click()
    assert not page.intake.next.isEnabled()


def test_a_second_press_on_the_last_button_loads_once_and_keeps_the_keyboard(
    page: BudgetPage, qtbot: QtBot, desk: Desk
) -> None:
    read(page, qtbot, GILIS, 2020)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    for _step in (READ, PROBLEMS):
        page.intake.next.click()
    for _press in range(2):
        page.intake.next.click()
    assert page.intake.next.isEnabled() and page.intake.next.hasFocus()
    qtbot.waitUntil(page.book.isVisible)
    assert page.news.text() == "14 baris APBDes 2020 dimuat dari gilis-2020-realisasi.csv."
    assert desk.ask(years) == [2020]


def test_a_file_can_be_dropped_on_the_panel(page: BudgetPage, qtbot: QtBot) -> None:
    page.import_file()
    page.intake.year.setText("2020")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(GILIS))])
    middle = QPointF(page.intake.drop.rect().center())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.intake.drop.dropEvent(QDropEvent(middle, Qt.DropAction.CopyAction, data, buttons, keys))
    qtbot.waitUntil(lambda: page.intake.step == READ)
    assert "gilis-2020-realisasi.csv" in page.intake.reading.columns.text()


def test_semula_and_menjadi_stand_as_two_versions_with_the_latter_in_front(page: BudgetPage, qtbot: QtBot) -> None:
    load(page, qtbot, NGROMBO, 2024)
    shown = [page.version.itemText(i) for i in range(page.version.count())]
    assert shown == ["Perubahan ke-1 · rancangan", "APBDes awal · rancangan"]
    assert cells(page.book.tree, "Bantuan Keuangan Provinsi")[2] == "Rp\u00a0185.000.000"
    assert "belum dirinci" in titles(page.book.tree)
    page.version.setCurrentIndex(1)
    qtbot.waitUntil(lambda: cells(page.book.tree, "Bantuan Keuangan Provinsi")[2] == "Rp\u00a0145.000.000")


def test_the_sums_and_the_buttons_are_in_sight_after_a_file_was_loaded(page: BudgetPage, qtbot: QtBot) -> None:
    load(page, qtbot, NGROMBO, 2024)
    qtbot.waitUntil(page.version.isVisible)
    outer = page.findChild(FormScroll)
    assert outer is not None and not outer.horizontalScrollBar().maximum() and not outer.verticalScrollBar().maximum()
    for part in (page.book.balance, page.enact):
        assert whole_of(page, part), part
    assert page.size().toTuple() == SMALL
    text = page.version.currentText()
    assert page.version.fontMetrics().horizontalAdvance(text) < page.version.width() - 40, text


def whole_of(page: BudgetPage, part: QWidget) -> bool:
    """Whether all of a widget stands inside the page."""
    return page.rect().contains(part.rect().translated(part.mapTo(page, part.rect().topLeft())))


def test_the_keyboard_stands_in_the_tree_after_a_file_was_loaded(page: BudgetPage, qtbot: QtBot) -> None:
    read(page, qtbot, GILIS, 2020)
    for _step in range(3):
        page.intake.next.setFocus()
        QTest.keyClick(page.intake.next, Qt.Key.Key_Return)
    qtbot.waitUntil(page.book.isVisible)
    assert page.focusWidget() is page.book.tree


def test_an_amount_stays_in_sight_where_only_fund_sources_are_known(page: BudgetPage, qtbot: QtBot) -> None:
    load(page, qtbot, GILIS.with_name("perboto-2025-penjabaran.csv"), 2025)
    assert not page.book.tree.horizontalScrollBar().maximum()
    page.book.strip.detail.click()
    assert page.book.tree.with_detail


def test_the_keyboard_stands_on_the_first_column_nobody_knows(page: BudgetPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Kode;Uraian;Duit\n4.1.;PAD;10.000.000\n", encoding="utf-8")
    read(page, qtbot, path, 2025)
    assert page.focusWidget() is page.intake.reading.choices.choices[2]
