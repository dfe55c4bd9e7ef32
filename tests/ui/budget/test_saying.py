"""What a clerk says of a table that does not say it itself, what of it is new, and that it can be stopped."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desk.budget.queries import tree, versions, years
from desk.desk import Desk
from desk.layouts import remembered
from desk.money import Style
from desk.watch import Stopped
from tests.ui.budget.acting import GILIS, cells, load, read
from ui.budget.intake import ACCEPT, FILE, PROBLEMS, READ
from ui.budget.page import BudgetPage
from ui.budget.progress import Progress

ODD = "Kode;Uraian;Duit;Terpakai\n4.1.;PAD;10.000.000;4.000.000\n01;BIDANG PEMERINTAHAN;10.000.000;9.000.000\n"
DOUBTFUL = "Kode;Uraian;Anggaran\n4.1.;PAD;17,500\n4.2.;Transfer;8,070\n"


def is_read(page: BudgetPage) -> Callable[[], bool]:
    """Whether nothing is being read any more."""
    return lambda: not page.intake.bar.isVisible()


def paste(page: BudgetPage, text: str, year: int) -> None:
    """Copy a text elsewhere and press Ctrl+V on the panel."""
    QGuiApplication.clipboard().setText(text)
    page.import_file()
    page.intake.year.setText(str(year))
    page.activateWindow()
    page.intake.drop.button.setFocus()
    QTest.keyClick(page.intake.drop.button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_table_copied_from_a_spreadsheet_is_pasted(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    paste(page, GILIS.read_text(encoding="utf-8").replace(";", "\t"), 2020)
    qtbot.waitUntil(lambda: page.intake.step == READ)
    assert cells(page.intake.reading.tree, "Dana Desa")[2] == "Rp\u00a0879.404.000"
    for _step in (READ, PROBLEMS, ACCEPT):
        page.intake.next.click()
    qtbot.waitUntil(page.book.isVisible)
    assert page.news.text() == "14 baris APBDes 2020 dimuat dari tabel yang ditempel."
    assert desk.ask(years) == [2020]


@pytest.mark.parametrize(("copied", "words"), [("", "Belum ada tabel yang disalin"), ("Rapat Senin", "tanpa kolom")])
def test_what_is_no_table_is_not_pasted(page: BudgetPage, qtbot: QtBot, copied: str, words: str) -> None:
    paste(page, copied, 2020)
    qtbot.waitUntil(lambda: words in page.intake.note.text())
    assert page.intake.step == FILE


def test_the_preview_says_how_amounts_are_read(page: BudgetPage, qtbot: QtBot, tmp_path: Path) -> None:
    read(page, qtbot, GILIS, 2020)
    assert "Angka dibaca gaya Inggris: 1,234.50." in page.intake.reading.columns.text()
    (tmp_path / "a.csv").write_text(ODD.replace("Duit", "Anggaran"), encoding="utf-8")
    read(page, qtbot, tmp_path / "a.csv", 2020)
    assert "Angka dibaca gaya Indonesia: 1.234,50." in page.intake.reading.columns.text()
    assert not page.intake.reading.question.isVisible()


def test_where_no_amount_decides_the_clerk_is_asked_and_nothing_is_guessed(
    page: BudgetPage, qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(DOUBTFUL, encoding="utf-8")
    read(page, qtbot, tmp_path / "a.csv", 2020)
    question = page.intake.reading.question
    assert question.isVisible() and "“17,500”" in question.words.text()
    assert [way.text() for way in question.ways.values()] == [
        "Rp\u00a017,50 (gaya Indonesia: 1.234,50)", "Rp\u00a017.500 (gaya Inggris: 1,234.50)",
    ]  # fmt: skip
    assert not any(way.isChecked() for way in question.ways.values())
    page.intake.next.click()
    assert page.intake.step == PROBLEMS and not page.intake.next.isEnabled()
    page.intake.back.click()
    QTest.keyClick(question.ways[Style.COMMA], Qt.Key.Key_Space)
    qtbot.waitUntil(is_read(page))
    assert cells(page.intake.reading.tree, "Transfer")[2] == "Rp\u00a08.070"
    assert question.isVisible() and question.ways[Style.COMMA].isChecked()
    for _step in (READ, PROBLEMS, ACCEPT):
        page.intake.next.click()
    qtbot.waitUntil(page.book.isVisible)
    assert desk.ask(years) == [2020]


def test_a_column_nobody_knows_is_named_by_the_clerk_and_remembered(
    page: BudgetPage, qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(ODD, encoding="utf-8")
    read(page, qtbot, tmp_path / "a.csv", 2020)
    choices = page.intake.reading.choices
    assert "kolom jumlah tidak dikenali" in page.intake.reading.columns.text()
    assert choices.isVisible() and not page.intake.next.isEnabled()
    for place, role in ((2, "amount"), (3, "realised")):
        choice = choices.choices[place]
        choice.setFocus()
        for _key in range(choice.findData(role)):
            QTest.keyClick(choice, Qt.Key.Key_Down)
        qtbot.waitUntil(is_read(page))
        assert choice.currentData() == role
    assert cells(page.intake.reading.tree, "PAD")[2:4] == ["Rp\u00a010.000.000", "Rp\u00a04.000.000"]
    assert desk.ask(remembered) == {}
    for _step in (READ, PROBLEMS, ACCEPT):
        page.intake.next.click()
    qtbot.waitUntil(page.book.isVisible)
    assert list(desk.ask(remembered).values()) == [("code", "title", "amount", "realised")]
    (tmp_path / "b.csv").write_text(ODD.replace("10.000.000", "20.000.000"), encoding="utf-8")
    read(page, qtbot, tmp_path / "b.csv", 2021)
    assert "menurut perbaikan Anda" in page.intake.reading.columns.text()
    assert cells(page.intake.reading.tree, "PAD")[2] == "Rp\u00a020.000.000"


def test_a_column_taken_wrongly_is_corrected_and_the_other_one_gives_way(
    page: BudgetPage, qtbot: QtBot, tmp_path: Path
) -> None:
    text = "Kode;Uraian;Pagu lama;Anggaran\n4.1.;PAD;10.000.000;4.000.000\n4.2.;Transfer;1.000.000;2.000.000\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    read(page, qtbot, tmp_path / "a.csv", 2020)
    choices = page.intake.reading.choices
    assert not choices.isVisible()
    page.intake.reading.correct.click()
    assert choices.isVisible() and choices.roles() == ("code", "title", "amount", "")
    choices.choices[3].setCurrentIndex(choices.choices[3].findData("amount"))
    assert choices.roles() == ("code", "title", "", "amount")
    qtbot.waitUntil(is_read(page))
    assert cells(page.intake.reading.tree, "PAD")[2] == "Rp\u00a04.000.000"


def test_what_differs_from_what_is_stored_is_shown_with_old_and_new(
    page: BudgetPage, qtbot: QtBot, tmp_path: Path
) -> None:
    text = ODD.replace("Duit", "Anggaran")
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    load(page, qtbot, tmp_path / "a.csv", 2020)
    (tmp_path / "b.csv").write_text(text.replace("PAD;10", "PAD;12") + "02;BIDANG LAIN;5.000.000;\n", encoding="utf-8")
    read(page, qtbot, tmp_path / "b.csv", 2020)
    for _step in (READ, PROBLEMS):
        page.intake.next.click()
    shown = page.intake.differences
    assert shown.isVisible()
    assert page.intake.changes.text() == "Dibanding yang tersimpan: 1 berubah, 1 baru."
    rows = [[shown.differences.index(r, c).data() for c in range(4)] for r in range(shown.differences.rowCount())]
    assert rows == [
        ["berubah", "4.1. PAD", "Rp\u00a010.000.000", "Rp\u00a012.000.000"],
        ["baru", "02 BIDANG LAIN", "–", "Rp\u00a05.000.000"],
    ]


def test_reading_that_is_stopped_stays_where_it_was(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    page.import_file()
    page.intake.year.setText("2020")
    page.intake.take(GILIS)
    assert page.intake.bar.isVisible()
    page.intake.cancel.click()
    qtbot.waitUntil(is_read(page))
    assert page.intake.note.text() == "Dibatalkan. Tidak ada yang berubah."
    assert page.intake.step == FILE and page.intake.isVisible() and desk.ask(years) == []
    page.intake.cancel.click()
    assert page.empty.isVisible()


def test_loading_that_is_stopped_leaves_nothing_and_can_begin_again(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    read(page, qtbot, GILIS, 2020)
    for _step in (READ, PROBLEMS, ACCEPT):
        page.intake.next.click()
    page.intake.cancel.click()
    qtbot.waitUntil(is_read(page))
    assert page.intake.note.text() == "Dibatalkan. Tidak ada yang berubah." and desk.ask(years) == []
    page.intake.next.click()
    qtbot.waitUntil(page.book.isVisible)
    (version,) = desk.ask(versions, 2020)
    assert len(desk.ask(tree, version.id)) == version.line_count


def test_progress_tells_each_share_once_and_ends_at_the_next_step() -> None:
    progress, told = Progress(), list[int]()
    progress.moved.connect(told.append)
    for done, total in ((0, 0), (0, 0), (1, 4), (1, 4), (4, 4)):
        progress(done, total)
    assert told == [-1, 250, 1000]
    progress.stop()
    with pytest.raises(Stopped):
        progress(4, 4)
