"""The page APBDes: typed by field or account, enacted, and said in words."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk.budget.commands import Enact, FillBudget, Typed
from desk.budget.queries import in_force, totals, tree, versions, years
from desk.budget.rules import Totals
from desk.chart import FIELDS
from desk.desk import Desk
from desk.exchange.apbdes import import_budget
from desk.store import DeskError
from desk.village.commands import SetVillage
from tests.ui.budget.acting import (
    GILIS,
    NGROMBO,
    SMALL,
    TYPED,
    cells,
    load,
    opened,
    read,
)
from ui.budget.balance import balance_words
from ui.budget.book import Book
from ui.budget.page import BudgetPage
from ui.budget.tree import REALISED, SHARE
from ui.work import Work


class Keys(QObject):
    """Counts the keys that reach a widget of the page."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """One more for each press, once."""
        self.count += event.type() == QEvent.Type.KeyPress and watched is QApplication.focusWidget()
        return False


def fill(page: BudgetPage) -> None:
    """Type a whole budget by keys alone."""
    for text in TYPED:
        edit = QApplication.focusWidget()
        assert isinstance(edit, QWidget)
        QTest.keyClicks(edit, text)
        QTest.keyClick(edit, Qt.Key.Key_Return)


def test_a_budget_is_typed_by_field_and_its_sums_follow(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    page.fill_fields()
    fill(page)
    assert page.fields.totals() == Totals(Decimal(2_365_319_296), Decimal(2_540_529_584), Decimal(175_210_288), None)
    assert page.fields.balance.verdict.text().startswith("Seimbang")
    last = QApplication.focusWidget()
    assert isinstance(last, QWidget)
    QTest.keyClick(last, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.book.isVisible)
    assert page.news.text() == "APBDes 2026 tersimpan sebagai rancangan."
    version = desk.ask(in_force, 2026)
    assert version is not None
    assert desk.ask(totals, version.id).balance == Decimal(0)
    typed = {node.activity: node.amount for node in desk.ask(tree, version.id) if node.activity in FIELDS}
    assert typed["1"] == Decimal(1_205_345_194) and typed["5"] == Decimal(419_756_520)


def test_ten_minutes_are_enough_for_a_whole_budget(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    keys = Keys(page)
    QApplication.instance().installEventFilter(keys)
    page.empty.button.setFocus()
    QTest.keyClick(page.empty.button, Qt.Key.Key_Tab)
    QTest.keyClick(page.by_field, Qt.Key.Key_Return)
    qtbot.waitUntil(page.fields.isVisible)
    fill(page)
    last = QApplication.focusWidget()
    assert isinstance(last, QWidget)
    QTest.keyClick(last, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.book.isVisible)
    QApplication.instance().removeEventFilter(keys)
    assert page.book.balance.verdict.text().startswith("Seimbang")
    # Whoever looks for every key takes two seconds for each.
    assert 100 < keys.count < 10 * 60 / 2


def test_the_field_that_has_the_keyboard_is_in_sight_and_its_words_stand_below(page: BudgetPage, qtbot: QtBot) -> None:
    page.fill_fields()
    fill(page)
    edit = page.fields.edits["6.1.1", ""]
    edit.setFocus()
    top = edit.mapTo(page.fields, edit.rect().topLeft()).y()
    assert 0 < top < page.fields.balance.y()
    assert page.fields.words.text() == (
        "seratus tujuh puluh lima juta dua ratus sepuluh ribu dua ratus delapan puluh delapan rupiah"
    )


def test_an_amount_that_can_be_read_two_ways_is_not_saved(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    page.fill_fields()
    edit = page.fields.edits["4.2.1", ""]
    QTest.keyClicks(edit.line, "952,269")
    page.fields.save.click()
    assert "dua cara" in edit.fault() and edit.line.property("wrong") is True
    assert page.fields.isVisible() and desk.ask(years) == []


def test_typing_again_begins_with_what_is_known_and_sends_only_what_changed(
    page: BudgetPage, qtbot: QtBot, desk: Desk, work: Work
) -> None:
    desk.do(FillBudget(2026, (Typed("4.2.1", "", Decimal(900)), Typed("", "1", Decimal(700)))))
    work.look_again()
    qtbot.waitUntil(page.book.isVisible)
    page.fill_fields()
    qtbot.waitUntil(page.fields.isVisible)
    assert page.fields.edits["", "1"].line.text() == "Rp\u00a0700"
    page.fields.edits["", "1"].line.selectAll()
    QTest.keyClicks(page.fields.edits["", "1"].line, "800")
    assert page.fields.changes() == (Typed("", "1", Decimal(800)),)
    page.fields.save.click()
    qtbot.waitUntil(lambda: cells(page.book.tree, "Belanja")[2] == "Rp\u00a0800")


def test_typed_amounts_are_not_lost_by_one_key(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    page.fill_fields()
    QTest.keyClicks(page.fields.edits["4.2.1", ""].line, "900")
    QTest.keyClick(page.fields.edits["4.2.1", ""].line, Qt.Key.Key_Escape)
    assert page.fields.asking.isVisible()
    page.fields.asking.save.click()
    qtbot.waitUntil(page.book.isVisible)
    assert desk.ask(years) == [2026]


def test_typing_goes_on_from_the_last_version_whichever_is_shown(page: BudgetPage, qtbot: QtBot) -> None:
    load(page, qtbot, NGROMBO, 2024)
    page.version.setCurrentIndex(1)
    page.fill_fields()
    qtbot.waitUntil(page.fields.isVisible)
    assert page.fields.edits["4.2.4", ""].value() == Decimal(185_000_000)


def test_a_line_is_found_by_its_name_and_typed_by_keys_alone(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    page.fill_codes()
    QTest.keyClicks(page.codes.search, "dana desa")
    hit = page.codes.chosen()
    assert hit is not None and hit.entry.code == "4.2.1" and not hit.is_activity
    QTest.keyClick(page.codes.search, Qt.Key.Key_Return)
    QTest.keyClicks(page.codes.amount.line, "952.269.000")
    QTest.keyClick(page.codes.amount.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.codes.note.text() == "Tersimpan: Dana Desa Rp\u00a0952.269.000.")
    assert page.codes.search.text() == "" and page.codes.search.hasFocus()
    version = desk.ask(in_force, 2026)
    assert version is not None and desk.ask(totals, version.id).revenue == Decimal(952_269_000)


def test_spending_by_account_says_for_which_activity(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    page.fill_codes()
    QTest.keyClicks(page.codes.search, "5.1.1.01")
    assert page.codes.activity_field.isVisible()
    page.codes.activity.setCurrentIndex(page.codes.activity.findData("1.1.01"))
    QTest.keyClicks(page.codes.amount.line, "52.200.000")
    page.codes.save.click()
    qtbot.waitUntil(lambda: page.codes.note.text().startswith("Tersimpan"))
    version = desk.ask(in_force, 2026)
    assert version is not None
    assert [n.account for n in desk.ask(tree, version.id) if n.activity == "1.1.01"] == ["", "5.1.1.01"]


def test_a_block_of_codes_is_no_line_but_a_code_of_it_is(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    page.fill_codes()
    QTest.keyClicks(page.codes.search, "4.1.1.90-99")
    QTest.keyClicks(page.codes.amount.line, "5000")
    page.codes.save.click()
    assert "blok kode" in page.codes.note.text() and desk.ask(years) == []
    page.codes.search.clear()
    QTest.keyClicks(page.codes.search, "4.1.1.91")
    QTest.keyClicks(page.codes.title, "Sewa tenda")
    page.codes.save.click()
    qtbot.waitUntil(lambda: page.codes.note.text() == "Tersimpan: Sewa tenda Rp\u00a05.000.")


def test_enacting_asks_for_the_regulation_and_closes_the_figures(page: BudgetPage, qtbot: QtBot, desk: Desk) -> None:
    load(page, qtbot, GILIS, 2020)
    page.enact.click()
    page.book.enact.day.put(None)
    page.book.enact.save.click()
    assert "nomor Peraturan" in page.book.enact.regulation_field.fault()
    assert "tanggal penetapan" in page.book.enact.day_field.fault() and page.book.enact.regulation.hasFocus()
    QTest.keyClicks(page.book.enact.regulation, "Peraturan Desa Nomor 5 Tahun 2019")
    QTest.keyClick(page.book.enact.regulation, Qt.Key.Key_Return)
    QTest.keyClicks(page.book.enact.day, "27-12-2019")
    QTest.keyClick(page.book.enact.day, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: (
            page.version_words.text() == "APBDes awal · Peraturan Desa Nomor 5 Tahun 2019, ditetapkan 27 Desember 2019"
        )
    )
    assert page.news.text() == "APBDes 2020 ditetapkan dengan Peraturan Desa Nomor 5 Tahun 2019, 27 Desember 2019."
    assert not page.enact.isVisible()
    version = desk.ask(in_force, 2020)
    assert version is not None and version.regulation == "Peraturan Desa Nomor 5 Tahun 2019"


def test_a_regulation_of_a_day_that_has_not_come_is_refused_beside_the_form(
    page: BudgetPage, qtbot: QtBot, desk: Desk
) -> None:
    load(page, qtbot, GILIS, 2020)
    page.enact.click()
    QTest.keyClicks(page.book.enact.regulation, "Perdes 5")
    QTest.keyClicks(page.book.enact.day, "27-12-2027")
    page.book.enact.save.click()
    qtbot.waitUntil(lambda: bool(page.book.enact.note.text()))
    assert "belum lewat" in page.book.enact.note.text()
    assert desk.ask(versions, 2020)[0].is_draft


def test_an_enacted_budget_is_amended_in_a_new_version(page: BudgetPage, qtbot: QtBot, desk: Desk, work: Work) -> None:
    first = desk.do(FillBudget(2026, (Typed("4.2.1", "", Decimal(900)),))).value
    desk.do(Enact(first, "Peraturan Desa Nomor 1 Tahun 2026", dt.date(2026, 1, 5)))
    work.look_again()
    qtbot.waitUntil(page.book.isVisible)
    page.fill_fields()
    qtbot.waitUntil(page.fields.isVisible)
    page.fields.edits["4.2.1", ""].line.selectAll()
    QTest.keyClicks(page.fields.edits["4.2.1", ""].line, "950")
    page.fields.save.click()
    qtbot.waitUntil(lambda: page.version.count() == 2)
    amounts = [desk.ask(totals, v.id).revenue for v in desk.ask(versions, 2026)]
    assert amounts == [Decimal(900), Decimal(950)]


def test_a_kelurahan_is_told_that_it_has_no_apbdes(qtbot: QtBot, desk: Desk, work: Work, today: dt.date) -> None:
    desk.do(SetVillage("35.22.15.1001"))
    page = opened(qtbot, work, today)
    assert page.kelurahan.isVisible() and not page.year.isVisible()
    assert page.kelurahan.heading.text() == "Kelurahan tidak mempunyai APBDes"
    assert not page.kelurahan.button.isVisible()


def test_the_page_follows_what_another_program_loads(page: BudgetPage, qtbot: QtBot, desk: Desk, work: Work) -> None:
    import_budget(desk, GILIS, 2020)
    work.look_again()
    qtbot.waitUntil(lambda: page.book.isVisible() and page.year.currentText() == "2020")
    qtbot.waitUntil(lambda: page.book.balance.verdict.text().startswith("Selisih"))


@pytest.mark.parametrize(
    ("sums", "state", "words"),
    [
        (Totals(Decimal(10), Decimal(10), Decimal(0)), "done", "Seimbang"),
        (Totals(Decimal(10), Decimal(15), Decimal(0)), "late", "Selisih Rp\u00a05: pembiayaan tidak menutup"),
        (Totals(Decimal(15), Decimal(10), Decimal(0)), "late", "Selisih Rp\u00a05: masih ada uang"),
        (Totals(None, Decimal(10)), "quiet", "Belum dapat dihitung: pendapatan dan pembiayaan belum diisi"),
    ],
)
def test_the_balance_is_said_in_words(sums: Totals, state: str, words: str) -> None:
    said = balance_words(sums)
    assert said[0] == state and said[1].startswith(words)


def steps(page: BudgetPage, qtbot: QtBot) -> list[Callable[[], object]]:
    """Every face of the page, each after the one before."""
    return [
        lambda: None,
        page.import_file,
        lambda: read(page, qtbot, NGROMBO, 2024),
        page.intake.next.click,
        page.intake.next.click,
        lambda: load(page, qtbot, NGROMBO, 2024),
        page.enact.click,
        lambda: (page.fill_fields(), qtbot.waitUntil(page.fields.isVisible)),
        lambda: (page.fill_codes(), qtbot.waitUntil(page.codes.isVisible)),
    ]


def in_sight(page: QWidget, button: QWidget) -> bool:
    """Whether a button stands whole inside the page."""
    return page.rect().contains(button.mapTo(page, button.rect().bottomRight()))


def test_every_face_of_the_page_fits_the_smallest_window(page: BudgetPage, qtbot: QtBot) -> None:
    for face in steps(page, qtbot):
        face()
        least = page.minimumSizeHint()
        assert (least.width(), least.height()) <= SMALL and least.height() <= SMALL[1]
        mains = [w for w in page.findChildren(QWidget) if w.isVisible() and w.property("kind") == "main"]
        # The layout settles with the next turn of the event loop.
        qtbot.waitUntil(lambda mains=mains: all(in_sight(page, button) for button in mains))


def test_a_realisation_that_is_not_known_takes_no_columns(page: BudgetPage, qtbot: QtBot) -> None:
    load(page, qtbot, NGROMBO, 2024)
    book: Book = page.book
    assert book.tree.isColumnHidden(REALISED) and book.tree.isColumnHidden(SHARE)
    assert book.balance.financing.amount.text() == "belum diisi"


def test_what_is_typed_while_a_line_is_written_belongs_to_the_next_one(page: BudgetPage, qtbot: QtBot) -> None:
    page.fill_codes()
    codes = page.codes
    QTest.keyClicks(codes.search, "4.2.1")
    QTest.keyClicks(codes.amount.line, "952.269.000")
    QTest.keyClick(codes.amount.line, Qt.Key.Key_Return)
    assert codes.search.hasFocus()
    QTest.keyClicks(codes.search, "4.2.3")
    QTest.keyClicks(codes.amount.line, "7.000")
    qtbot.waitUntil(lambda: codes.note.text().startswith("Tersimpan: Dana Desa"))
    assert (codes.search.text(), codes.amount.line.text()) == ("4.2.3", "7.000")


def test_a_line_that_is_refused_stands_as_it_was_typed(page: BudgetPage, qtbot: QtBot) -> None:
    page.fill_codes()
    codes = page.codes
    QTest.keyClicks(codes.search, "4.2.1")
    QTest.keyClicks(codes.amount.line, "7.000")
    codes.submitted.disconnect()
    QTest.keyClick(codes.amount.line, Qt.Key.Key_Return)
    codes.explain(DeskError("Belum tersimpan."))
    assert (codes.search.text(), codes.amount.line.text()) == ("4.2.1", "7.000")
    assert codes.note.text() == "Belum tersimpan." and codes.amount.line.hasFocus()
