"""The panel Realisasi: amounts typed line by line up to a day, taken back, and what is behind explained."""

import datetime as dt
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desk.budget.commands import Enact, FillBudget, RemoveLine, StartBudget, Typed
from desk.budget.queries import entries_of, tree
from desk.desk import Desk
from desk.projects.commands import PutProject, SetProgress
from desk.projects.rules import ProjectForm
from desk.realisation.commands import RecordRealisation
from desk.realisation.queries import Realised, realised
from desk.realisation.rules import Figure
from desk.village.commands import SetVillage
from tests.ui.budget.acting import SMALL, opened, settle
from ui.budget.page import BudgetPage
from ui.budget.realising import DAY, HALF, Realising
from ui.budget.spending import SpendingTable, paint_thin
from ui.budget.standings import AMOUNT, LEFT, REALISED, SHARE, TITLE, SpendingRow
from ui.parts.style import COLOURS
from ui.work import Work

OFFICE, ROAD, TRAINING = "1.1.01", "2.3.11", "4.3.01"
JUNE = dt.date(2026, 6, 30)


@pytest.fixture
def budget(desk: Desk) -> bytes:
    """An enacted budget of 2026 with three activities."""
    desk.do(SetVillage("35.22.12.2015"))
    typed = (
        Typed("4.2.1", "", Decimal(1000)), Typed("", OFFICE, Decimal(300)), Typed("", ROAD, Decimal(600)),
        Typed("", TRAINING, Decimal(100)),
    )  # fmt: skip
    version = desk.do(FillBudget(2026, typed)).value
    desk.do(Enact(version, "Peraturan Desa Nomor 5 Tahun 2025", dt.date(2025, 12, 29)))
    return version


@pytest.fixture
def page(qtbot: QtBot, work: Work, today: dt.date, budget: bytes) -> BudgetPage:
    """The page with the panel open, the cut-off at the year's end."""
    shown = opened(qtbot, work, today)
    qtbot.waitUntil(shown.book.isVisible)
    shown.realise.click()
    qtbot.waitUntil(lambda: shown.realising.table.current() is not None)
    return shown


@pytest.fixture
def panel(page: BudgetPage) -> Realising:
    """That panel."""
    return page.realising


def cells(panel: Realising, title: str) -> list[str]:
    """The cells of a row, by the end of its title."""
    row = next(row for row in panel.table.figures.rows if row.title.endswith(title))
    return [row.cells[column] for column in (AMOUNT, REALISED, SHARE, LEFT)]


def go_to(panel: Realising, title: str) -> None:
    """The keyboard on a row."""
    place = next(n for n, row in enumerate(panel.table.figures.rows) if row.title.endswith(title))
    panel.table.setCurrentIndex(panel.table.figures.index(place, REALISED))
    panel.table.setFocus()


def type_amount(panel: Realising, text: str, key: Qt.Key | None = Qt.Key.Key_Return) -> QLineEdit:
    """Type into the row the keyboard is on, as a clerk does: the first key opens the cell."""
    QTest.keyClicks(panel.table, text[0])
    edit = QApplication.focusWidget()
    assert isinstance(edit, QLineEdit)
    QTest.keyClicks(edit, text[1:])
    if key is not None:
        QTest.keyClick(edit, key)
    return edit


def year(desk: Desk, day: dt.date) -> Realised:
    """What the desk knows of the year up to a day."""
    told = desk.ask(realised, 2026, day)
    assert told is not None
    return told


def test_a_new_budget_shows_nothing_realised_and_a_dash(panel: Realising) -> None:
    assert cells(panel, "Dana Desa") == ["Rp\u00a01.000", "belum dicatat", "-", "-"]
    assert panel.sums["expenditure"].amount.text() == "belum dicatat"
    assert panel.sums["expenditure"].share.text() == "dari Rp\u00a01.000 · -"
    assert panel.left.isHidden()


def test_amounts_are_typed_by_keys_alone_and_each_is_said_in_words(panel: Realising, qtbot: QtBot, desk: Desk) -> None:
    row = panel.table.current()
    assert row is not None and row.title.endswith("Dana Desa")
    edit = type_amount(panel, "950", None)
    assert panel.said.text() == "sembilan ratus lima puluh rupiah"
    QTest.keyClick(edit, Qt.Key.Key_Return)
    type_amount(panel, "310", Qt.Key.Key_Tab)
    type_amount(panel, "150", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.sums["expenditure"].amount.text() == "Rp\u00a0460")
    told = year(desk, dt.date(2026, 12, 31))
    assert [part.realised for part in (told.parts["revenue"], told.parts["expenditure"])] == [950, 460]
    assert {entry.until for _of, entry in desk.ask(entries_of, 2026)} == {dt.date(2026, 11, 22)}
    qtbot.waitUntil(lambda: cells(panel, "Kepala Desa")[2] == "103,33\u00a0%")
    assert cells(panel, "Kepala Desa") == ["Rp\u00a0300", "Rp\u00a0310", "103,33\u00a0%", "melebihi\nRp\u00a010"]
    place = next(n for n, row in enumerate(panel.table.figures.rows) if row.figure.excess is not None)
    over, plain = (panel.table.figures.index(n, LEFT) for n in (place, 0))
    qtbot.waitUntil(lambda: panel.table.visualRect(over).height() > panel.table.visualRect(plain).height())
    assert panel.news.text() == "Tersimpan: Rp\u00a0150 sampai 22 November 2026."


def test_what_is_being_typed_is_not_touched_by_figures_that_arrive(
    panel: Realising, qtbot: QtBot, work: Work, desk: Desk, budget: bytes
) -> None:
    go_to(panel, "Dana Desa")
    edit = type_amount(panel, "95", None)
    road = next(n.id for n in desk.ask(tree, budget) if n.activity == ROAD)
    desk.do(RecordRealisation(road, JUNE, Decimal(120)))
    work.look_again()
    qtbot.waitUntil(lambda: panel.sums["expenditure"].amount.text() == "Rp\u00a0120")
    assert edit.isVisible() and edit.hasFocus() and edit.text() == "95"
    QTest.keyClicks(edit, "0")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cells(panel, "Dana Desa")[1] == "Rp\u00a0950")


def test_an_amount_that_can_be_read_two_ways_stays_open_and_is_not_saved(
    panel: Realising, qtbot: QtBot, desk: Desk
) -> None:
    edit = type_amount(panel, "1,234")
    assert "dua cara" in panel.fault.text() and edit.isVisible() and edit.property("wrong") is True
    assert desk.ask(entries_of, 2026) == []
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert panel.isVisible() and desk.ask(entries_of, 2026) == []


def test_walking_through_the_lines_records_nothing(panel: Realising, qtbot: QtBot, work: Work, desk: Desk) -> None:
    for _line in range(6):
        QTest.keyClick(panel.table, Qt.Key.Key_Return)
    row = panel.table.current()
    assert row is not None and row.may_enter
    settle(qtbot, work)
    assert desk.ask(entries_of, 2026) == []


def test_entries_are_taken_back_one_after_the_other_though_the_budget_is_enacted(
    panel: Realising, qtbot: QtBot, desk: Desk
) -> None:
    for amount in ("310", "320"):
        go_to(panel, "Kepala Desa")
        type_amount(panel, amount)
        qtbot.waitUntil(lambda amount=amount: cells(panel, "Kepala Desa")[1].endswith(amount))
    for before in ("Rp\u00a0310", "belum dicatat"):
        QTest.keyClick(panel.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda before=before: cells(panel, "Kepala Desa")[1] == before)
    assert not panel.undone.isVisible() and panel.news.text() == "Diurungkan."


def test_the_half_year_shows_and_takes_what_was_known_by_june(panel: Realising, qtbot: QtBot, desk: Desk) -> None:
    go_to(panel, "Kepala Desa")
    type_amount(panel, "250")
    panel.cut_off.choose(HALF)
    panel.cut_off.picked.emit()
    qtbot.waitUntil(lambda: "sampai 30 Juni 2026" in panel.against.text())
    assert cells(panel, "Kepala Desa")[1] == "belum dicatat"
    go_to(panel, "Kepala Desa")
    type_amount(panel, "140")
    qtbot.waitUntil(lambda: cells(panel, "Kepala Desa")[1] == "Rp\u00a0140")
    assert [e.until for _of, e in desk.ask(entries_of, 2026)] == [JUNE, dt.date(2026, 11, 22)]
    panel.cut_off.choose(DAY)
    panel.cut_off.picked.emit()
    panel.day.setText("31-03-2026")
    QTest.keyClick(panel.day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "sampai 31 Maret 2026" in panel.against.text())
    assert cells(panel, "Kepala Desa")[1] == "belum dicatat"
    panel.day.setText("31-03-2031")
    QTest.keyClick(panel.day, Qt.Key.Key_Return)
    assert panel.fault.text() == "Tulis tanggal dalam tahun anggaran 2026."


def test_what_was_spent_on_a_line_that_is_gone_stands_below_with_where_it_counts(
    panel: Realising, qtbot: QtBot, desk: Desk, work: Work
) -> None:
    go_to(panel, "Peningkatan Kapasitas Kepala Desa")
    type_amount(panel, "60")
    qtbot.waitUntil(lambda: cells(panel, "Peningkatan Kapasitas Kepala Desa")[1] == "Rp\u00a060")
    version = desk.do(StartBudget(2026)).value
    desk.do(RemoveLine(next(n.id for n in desk.ask(tree, version) if n.activity == TRAINING)))
    desk.do(Enact(version, "Peraturan Desa Nomor 3 Tahun 2026", dt.date(2026, 7, 12)))
    work.look_again()
    qtbot.waitUntil(lambda: any(row.is_heading for row in panel.table.figures.rows))
    assert cells(panel, "Peningkatan Kapasitas Kepala Desa") == ["-", "Rp\u00a060", "-", "-"]
    go_to(panel, "Peningkatan Kapasitas Kepala Desa")
    assert panel.said.text().startswith("Tidak ada lagi di APBDes ini; dihitung dalam")
    assert panel.sums["expenditure"].amount.text() == "Rp\u00a060"


def test_every_activity_behind_takes_its_reason_and_gives_it_back(
    panel: Realising, qtbot: QtBot, desk: Desk, work: Work, today: dt.date
) -> None:
    project = desk.do(PutProject(ProjectForm(2026, "Saluran air Lor"))).value
    desk.do(SetProgress(project, JUNE, 40, today))
    work.look_again()
    panel.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(panel.unfinished.rows) == 4)
    assert panel.tabs.tabText(1) == "Belum selesai (4)"
    assert panel.unfinished.summary.text().startswith("4 kegiatan belum selesai atau tidak terlaksana")
    row = panel.unfinished.rows[TRAINING, None]
    assert row.chip.word == "belum ada realisasi" and row.reason.placeholderText() == "belum ada alasan"
    assert panel.unfinished.rows["", project].figures.text() == "kemajuan 40\u00a0%"
    row.reason.setFocus()
    QTest.keyClicks(row.reason, "menunggu pencairan")
    QTest.keyClick(row.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.news.text() == "Alasan tersimpan.")
    (told,) = [b for b in year(desk, today).behind if b.reason]
    assert (told.activity, told.state, told.reason, told.since) == (TRAINING, "not_done", "menunggu pencairan", today)
    panel.undone.click()
    qtbot.waitUntil(lambda: row.reason.text() == "")
    assert [b for b in year(desk, today).behind if b.reason] == []


def test_an_activity_no_figure_tells_of_is_added_by_hand(panel: Realising, qtbot: QtBot, desk: Desk) -> None:
    go_to(panel, "Tunjangan Kepala Desa")
    type_amount(panel, "100")
    qtbot.waitUntil(lambda: cells(panel, "Tunjangan Kepala Desa")[1] == "Rp\u00a0100")
    panel.tabs.setCurrentIndex(1)
    assert [panel.unfinished.others.itemData(n) for n in range(panel.unfinished.others.count())] == [OFFICE]
    panel.unfinished.add.click()
    edit = QApplication.focusWidget()
    assert isinstance(edit, QLineEdit)
    QTest.keyClicks(edit, "atap belum dipasang")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.news.text() == "Alasan tersimpan.")
    assert [b.finding for b in year(desk, dt.date(2026, 11, 22)).behind if b.reason] == [None]


def test_the_panel_closes_with_one_key_and_the_page_shows_what_was_typed(
    page: BudgetPage, panel: Realising, qtbot: QtBot
) -> None:
    type_amount(panel, "950")
    qtbot.waitUntil(lambda: cells(panel, "Dana Desa")[1] == "Rp\u00a0950")
    QTest.keyClick(panel.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.book.isVisible)
    qtbot.waitUntil(lambda: [n.realised for n in page.book.nodes if n.account == "4.2.1"] == [950])


def test_it_fits_the_smallest_window(page: BudgetPage, panel: Realising) -> None:
    for tab in (0, 1):
        panel.tabs.setCurrentIndex(tab)
        least = page.minimumSizeHint()
        assert least.width() <= SMALL[0] and least.height() <= SMALL[1]
        assert page.rect().contains(panel.close_.mapTo(page, panel.close_.rect().bottomRight()))
    assert panel.table.columnWidth(TITLE) > 0


def test_what_goes_beyond_the_budget_is_hatched_past_its_outline(qtbot: QtBot) -> None:
    def painted(figure: Figure) -> set[str]:
        """The colours right of where the budget ends."""
        image = QImage(125, 6, QImage.Format.Format_RGB32)
        image.fill(QColor(COLOURS["ground"]))
        painter = QPainter(image)
        paint_thin(painter, image.rect().toRectF(), figure)
        painter.end()
        return {image.pixelColor(x, 3).name() for x in range(102, 125)}

    hundred = Decimal(100)
    assert painted(Figure(hundred, hundred)) == {COLOURS["ground"]}
    assert COLOURS["late"] in painted(Figure(hundred, Decimal(120)))
    assert COLOURS["late"] in painted(Figure(hundred, Decimal("100.01")))
    assert painted(Figure(Decimal(0), hundred)) == painted(Figure(hundred, None)) == {COLOURS["ground"]}


def test_only_the_rows_of_a_long_budget_that_show_are_measured(qtbot: QtBot) -> None:
    table = SpendingTable()
    qtbot.addWidget(table)
    table.resize(*SMALL)
    table.show()
    asked: set[bytes] = set()
    painter = table.painter_
    measure = painter._title_height

    def watched(font: QFont, row: SpendingRow, width: int) -> int:
        asked.add(row.id)
        return measure(font, row, width)

    painter._title_height = watched  # type: ignore[method-assign]
    rows = [SpendingRow(b"%d" % n, f"Belanja {n}", 0, Figure(Decimal(1), None), may_enter=True) for n in range(2000)]
    table.show_rows(rows, is_open=True)
    qtbot.waitUntil(lambda: bool(asked))
    table.grab()
    assert len(asked) < 100
