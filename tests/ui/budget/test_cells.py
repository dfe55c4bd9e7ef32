"""A draft is changed in its cells by keys alone: arithmetic, words, Tab and Enter, undo; what is enacted is read."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk.budget.commands import Enact, FillBudget, SetLine, Typed
from desk.budget.queries import Node, in_force, tree, versions
from desk.desk import Desk
from tests.ui.budget.acting import SMALL, settle
from ui.budget.page import BudgetPage
from ui.budget.rows import AMOUNT, FUND, PRICE, TITLE, VOLUME
from ui.work import Work

HEAD, AIDE = ("5.1.1.01", "1.1.01"), ("5.1.1.02", "1.1.01")
Line = Callable[[tuple[str, str]], Node]


@pytest.fixture
def draft(page: BudgetPage, qtbot: QtBot, desk: Desk, work: Work) -> bytes:
    """A draft with a field of which some is detailed, on the screen, open to its last row."""
    made = desk.do(FillBudget(2026, (Typed("4.2.1", "", Decimal(900)), Typed("", "1", Decimal(100_000_000))))).value
    for codes, price in ((HEAD, "4.350.000"), (AIDE, "500.000")):
        desk.do(SetLine(made, None, *codes, fund="ADD", volume="12", unit="bulan", price=price))
    work.look_again()
    qtbot.waitUntil(page.book.isVisible)
    settle(qtbot, work)
    page.book.tree.expandAll()
    page.book.tree.setFocus()
    return made


@pytest.fixture
def line(desk: Desk, draft: bytes) -> Line:
    """A line of the draft as it is stored."""
    return lambda codes: next(n for n in desk.ask(tree, draft) if (n.account, n.activity) == codes)


def at(page: BudgetPage, key: bytes, column: int) -> None:
    """The keyboard on a cell."""
    page.book.tree.setFocus()
    page.book.tree.setCurrentIndex(page.book.tree.budget.at(key, column))


def keys(*typed: str | Qt.Key) -> None:
    """Type where the keyboard is."""
    for part in typed:
        for key in part if isinstance(part, str) else (part,):
            focused = QApplication.focusWidget()
            assert isinstance(focused, QWidget)
            (QTest.keyClicks if isinstance(key, str) else QTest.keyClick)(focused, key)


def written(qtbot: QtBot, work: Work) -> None:
    """Let what was typed be written and read again."""
    done: list[object] = []
    work.prepare(int, done.append)
    qtbot.waitUntil(done.__len__)
    settle(qtbot, work)


def test_an_amount_is_calculated_in_its_cell_and_said_before_it_is_taken(
    page: BudgetPage, qtbot: QtBot, work: Work, line: Line
) -> None:
    field = line(("", "1"))
    at(page, field.id, AMOUNT)
    keys("3*15.000.000+75.000.000")
    assert page.book.strip.words.text() == "= Rp\u00a0120.000.000 · seratus dua puluh juta rupiah"
    keys(Qt.Key.Key_Return)
    written(qtbot, work)
    assert line(("", "1")).amount == 120_000_000
    assert page.book.balance.expenditure.amount.text() == "Rp\u00a0120.000.000"


def test_tab_goes_from_cell_to_cell_and_enter_to_the_line_below(
    page: BudgetPage, qtbot: QtBot, work: Work, line: Line
) -> None:
    at(page, line(HEAD).id, TITLE)
    keys(Qt.Key.Key_F2)
    seen = []
    for _step in range(5):
        seen.append((page.book.tree.cell.key, page.book.tree.cell.column))
        keys(Qt.Key.Key_Tab)
    head, aide = line(HEAD).id, line(AIDE).id
    assert seen == [(head, column) for column in (TITLE, FUND, VOLUME, PRICE, AMOUNT)]
    assert (page.book.tree.cell.key, page.book.tree.cell.column) == (aide, TITLE)
    keys(Qt.Key.Key_Backtab)
    assert (page.book.tree.cell.key, page.book.tree.cell.column) == (head, AMOUNT)
    keys(Qt.Key.Key_Return)
    assert (page.book.tree.cell.key, page.book.tree.cell.column) == (aide, AMOUNT)
    keys(Qt.Key.Key_Escape)
    assert not page.book.tree.cell.is_open and page.book.tree.hasFocus()


def test_a_line_gets_volume_price_fund_and_title_without_a_mouse(
    page: BudgetPage, qtbot: QtBot, work: Work, line: Line
) -> None:
    at(page, line(HEAD).id, TITLE)
    keys(Qt.Key.Key_F2, "Siltap kepala desa", Qt.Key.Key_Tab, "dana desa", Qt.Key.Key_Tab, "2x12 OB", Qt.Key.Key_Tab)
    keys("4.400.000", Qt.Key.Key_Tab, Qt.Key.Key_Escape)
    written(qtbot, work)
    now = line(HEAD)
    assert (now.title, now.fund, now.volume, now.unit, now.price) == (
        "Siltap kepala desa",
        "DDS",
        "24",
        "OB",
        "4.400.000",
    )
    assert now.amount == 105_600_000
    row = page.book.tree.budget.rows[now.id]
    assert (row.fund, row.volume, row.price, row.amount) == ("DDS", "24 OB", "4.400.000", 105_600_000)


def test_an_amount_beside_volume_and_price_asks_which_counts(
    page: BudgetPage, qtbot: QtBot, work: Work, line: Line
) -> None:
    at(page, line(HEAD).id, AMOUNT)
    keys("50.000.000", Qt.Key.Key_Return)
    choice = page.book.strip.choice
    assert choice.isVisible() and choice.worked_out.hasFocus()
    assert (
        choice.worked_out.text() == "Pakai Rp\u00a052.200.000" and choice.written.text() == "Tetap Rp\u00a050.000.000"
    )
    keys(Qt.Key.Key_Escape)
    assert page.book.tree.cell.hasFocus() and page.book.tree.cell.text() == "50.000.000"
    keys(Qt.Key.Key_Return)
    QTest.keyClick(choice.written, Qt.Key.Key_Space)
    written(qtbot, work)
    assert line(HEAD).amount == 50_000_000
    assert page.book.tree.cell.key == line(AIDE).id


@pytest.mark.parametrize("typed", ["1,234", "1.23", "3*", "1,234*2"])
def test_an_amount_that_can_be_read_two_ways_asks_and_is_not_taken(page: BudgetPage, line: Line, typed: str) -> None:
    field = line(("", "1"))
    at(page, field.id, AMOUNT)
    keys(typed, Qt.Key.Key_Tab)
    assert page.book.tree.cell.hasFocus() and page.book.tree.cell.text() == typed
    assert page.book.strip.fault.text() and not page.book.strip.fault.isHidden()
    keys(Qt.Key.Key_Escape)
    assert line(("", "1")).amount == field.amount


def test_two_cells_typed_in_one_breath_are_both_written(page: BudgetPage, qtbot: QtBot, work: Work, line: Line) -> None:
    at(page, line(HEAD).id, VOLUME)
    keys(Qt.Key.Key_F2, "10 bulan", Qt.Key.Key_Tab, "1.000.000", Qt.Key.Key_Return, Qt.Key.Key_Escape)
    written(qtbot, work)
    assert (line(HEAD).volume, line(HEAD).price, line(HEAD).amount) == ("10", "1.000.000", 10_000_000)


def test_what_was_typed_is_undone_cell_by_cell(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk, draft: bytes, line: Line
) -> None:
    before = desk.ask(tree, draft)
    at(page, line(HEAD).id, VOLUME)
    keys(Qt.Key.Key_F2, "10 bulan", Qt.Key.Key_Tab, "1.000.000", Qt.Key.Key_Return, Qt.Key.Key_Escape)
    written(qtbot, work)
    for _act in range(2):
        work.undo()
        written(qtbot, work)
    assert desk.ask(tree, draft) == before
    assert page.book.tree.budget.rows[line(HEAD).id].volume == "12 bulan"


def test_the_tree_stays_open_and_the_cell_where_it_was_when_sums_follow(
    page: BudgetPage, qtbot: QtBot, work: Work, line: Line
) -> None:
    at(page, line(HEAD).id, PRICE)
    keys(Qt.Key.Key_F2, "8.333.333", Qt.Key.Key_Tab)
    written(qtbot, work)
    assert line(("", "1")).amount == 105_999_996
    assert (page.book.tree.cell.key, page.book.tree.cell.column) == (line(HEAD).id, AMOUNT)
    assert page.book.tree.cell.hasFocus() and page.book.tree.isExpanded(
        page.book.tree.budget.at(line(("", "1.1")).id, 0)
    )


def test_what_is_enacted_is_only_read_and_an_amendment_begins_beside_it(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk, draft: bytes, line: Line
) -> None:
    desk.do(Enact(draft, "Peraturan Desa Nomor 1 Tahun 2026", dt.date(2026, 1, 5)))
    work.look_again()
    written(qtbot, work)
    at(page, line(HEAD).id, AMOUNT)
    keys("5")
    assert not page.book.tree.cell.is_open and "perubahan" in page.book.strip.fault.text()
    page.book.strip.begin.click()
    qtbot.waitUntil(lambda: page.version.count() == 2 and page.book.version != draft and page.book.tree.is_open)
    written(qtbot, work)
    second = desk.ask(versions, 2026)[1]
    assert page.book.version == second.id
    field = next(n for n in desk.ask(tree, second.id) if (n.account, n.activity) == ("", "1"))
    at(page, field.id, AMOUNT)
    keys("110.000.000", Qt.Key.Key_Return, Qt.Key.Key_Escape)
    written(qtbot, work)
    assert [next(n for n in desk.ask(tree, v.id) if n.activity == "1").amount for v in desk.ask(versions, 2026)] == [
        100_000_000, 110_000_000
    ]  # fmt: skip


def test_a_line_is_taken_out_with_one_key_and_brought_back_with_one(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk, draft: bytes, line: Line
) -> None:
    before = desk.ask(tree, draft)
    at(page, line(AIDE).id, AMOUNT)
    keys(Qt.Key.Key_Delete)
    qtbot.waitUntil(page.undone.isVisible)
    assert all(n.account != AIDE[0] for n in desk.ask(tree, draft))
    page.undone.click()
    written(qtbot, work)
    assert desk.ask(tree, draft) == before


def test_a_line_in_full_depth_is_entered_by_keys_alone(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk, draft: bytes, line: Line
) -> None:
    at(page, line(HEAD).id, AMOUNT)
    keys(Qt.Key.Key_Insert)
    qtbot.waitUntil(page.codes.isVisible)
    assert page.codes.activity.currentData() == "1.1.01"
    keys("5.1.2.01", Qt.Key.Key_Return, Qt.Key.Key_Return, "P", Qt.Key.Key_Return, "12", Qt.Key.Key_Return)
    keys("bulan", Qt.Key.Key_Return, "2*50.000", Qt.Key.Key_Return, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.codes.note.text().startswith("Tersimpan"))
    made = line(("5.1.2.01", "1.1.01"))
    assert (made.fund, made.volume, made.unit, made.price, made.amount) == ("PAD", "12", "bulan", "100.000", 1_200_000)
    assert page.codes.search.hasFocus()


def test_typing_a_whole_line_asks_which_amount_counts(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    page.fill_codes()
    keys("5.1.1.01")
    page.codes.activity.setCurrentIndex(page.codes.activity.findData("1.1.01"))
    for edit, text in ((page.codes.volume, "12"), (page.codes.price.line, "1.000"), (page.codes.amount.line, "13.000")):
        QTest.keyClicks(edit, text)
    page.codes.submit()
    assert page.codes.choice.isVisible()
    page.codes.choice.worked_out.click()
    qtbot.waitUntil(lambda: page.codes.note.text().endswith("Rp\u00a012.000."))
    version = desk.ask(in_force, 2026)
    assert version is not None and [n.amount for n in desk.ask(tree, version.id) if n.account == "5.1.1.01"] == [12_000]


def test_a_field_shows_what_its_details_come_to_when_it_is_typed_again(
    page: BudgetPage, qtbot: QtBot, desk: Desk, work: Work
) -> None:
    made = desk.do(FillBudget(2026, (Typed(*HEAD, Decimal(7), fund="ADD"), Typed(*HEAD, Decimal(5), fund="DDS")))).value
    work.look_again()
    written(qtbot, work)
    page.fill_fields()
    qtbot.waitUntil(page.fields.isVisible)
    assert page.fields.edits["", "1"].value() == 12
    assert page.fields.changes() == ()
    page.fields.edits["", "1"].line.selectAll()
    QTest.keyClicks(page.fields.edits["", "1"].line, "20")
    page.fields.save.click()
    qtbot.waitUntil(page.book.isVisible)
    told = [(n.account, n.activity, n.kind, n.amount) for n in desk.ask(tree, made) if n.section == "expenditure"]
    assert ("", "1", "line", 20) in told and ("", "1", "unspecified", 8) in told
    assert [n.amount for n in desk.ask(tree, made) if n.account == HEAD[0]] == [7, 5]


def test_every_part_fits_the_smallest_window_while_a_question_stands(
    page: BudgetPage, qtbot: QtBot, line: Line
) -> None:
    at(page, line(HEAD).id, AMOUNT)
    keys("50.000.000", Qt.Key.Key_Return)
    choice = page.book.strip.choice
    qtbot.waitUntil(lambda: inside(page, choice.written) and inside(page, page.book.balance.verdict))
    assert page.size().toTuple() == SMALL
    assert inside(page, page.book.tree.cell)


def inside(page: QWidget, part: QWidget) -> bool:
    """Whether a part stands whole in sight."""
    return page.rect().contains(part.mapTo(page, part.rect().bottomRight())) and not part.visibleRegion().isEmpty()


def test_nothing_is_called_empty_before_the_desk_has_answered(
    qtbot: QtBot, desk: Desk, work: Work, today: dt.date
) -> None:
    desk.do(FillBudget(2025, (Typed("4.2.1", "", Decimal(900)),)))
    page = BudgetPage(work, lambda: today)
    qtbot.addWidget(page)
    page.resize(*SMALL)
    shown: list[bool] = []
    page.pages.currentChanged.connect(lambda _place: shown.append(page.pages.current() is page.empty))
    page.show()
    assert not page.empty.isVisible()
    assert [button.text() for button in page.head.findChildren(QPushButton) if button.isVisible()] == []
    written(qtbot, work)
    assert page.book.isVisible() and shown == [False]
