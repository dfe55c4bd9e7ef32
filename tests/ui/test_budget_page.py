"""The page APBDes: a budget loaded from what villages really published, or typed, and never changed by looking."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk.budget.commands import Enact, FillBudget, Typed
from desk.budget.queries import in_force, totals, tree, versions, years
from desk.budget.rules import Totals
from desk.chart import FIELDS
from desk.desk import Desk
from desk.exchange.apbdes import import_budget
from desk.village.commands import SetVillage
from ui.budget.balance import balance_words
from ui.budget.book import Book
from ui.budget.intake import ACCEPT, FILE, PROBLEMS, READ
from ui.budget.page import BudgetPage
from ui.budget.tree import AMOUNT, CODE, REALISED, SHARE, TITLE, BudgetTree
from ui.parts.style import dress, sheet
from ui.work import Work

SAMPLES = Path(__file__).parents[1] / "exchange" / "samples"
GILIS = SAMPLES / "gilis-2020-realisasi.csv"
NGROMBO = SAMPLES / "ngrombo-2024-perubahan.csv"
SMALL = (1024 - 176, 600 - 92)
"""What the smallest window leaves for a page."""

TYPED = (
    "8.075.000", "952269000", "Rp 98.738.000", "1.057.758.000", "138.000.000", "104.000.000", "6.479.296",
    "1.205.345.194", "356.286.000", "305.352.870", "253.789.000", "419.756.520", "175.210.288",
)  # fmt: skip
"""Belantih 2022 by group and field, as a clerk types it."""


@pytest.fixture
def work(qtbot: QtBot, qapp: QApplication, desk: Desk) -> Iterator[Work]:
    if qapp.styleSheet() != sheet(100):
        dress(qapp, 100)
    work = Work()
    work.take(desk)
    failures: list[Exception] = []
    work.failed.connect(failures.append)
    yield work
    settle(qtbot, work)
    work.close()
    assert failures == []


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, work: Work, today: dt.date) -> BudgetPage:
    desk.do(SetVillage("35.22.12.2015"))
    return opened(qtbot, work, today)


def opened(qtbot: QtBot, work: Work, today: dt.date) -> BudgetPage:
    """The page in the smallest window, having asked the desk."""
    page = BudgetPage(work, lambda: today)
    qtbot.addWidget(page)
    page.resize(*SMALL)
    page.show()
    settle(qtbot, work)
    return page


def settle(qtbot: QtBot, work: Work) -> None:
    """Let every answer that is under way arrive, and those it asks for."""
    for _round in range(4):
        asked: list[object] = []
        work.run(int, done=asked.append)
        qtbot.waitUntil(asked.__len__)


def read(page: BudgetPage, qtbot: QtBot, path: Path, year: int) -> None:
    """Take a file as far as what was read of it."""
    page.import_file()
    page.intake.year.setText(str(year))
    page.intake.take(path)
    qtbot.waitUntil(lambda: page.intake.step == READ)


def load(page: BudgetPage, qtbot: QtBot, path: Path, year: int) -> None:
    read(page, qtbot, path, year)
    for _step in (READ, PROBLEMS, ACCEPT):
        page.intake.next.click()
    qtbot.waitUntil(page.book.isVisible)


def cells(view: BudgetTree, title: str) -> list[str]:
    """The five texts of the first row with a title."""
    found = [
        row
        for row in walk(view, QModelIndex())
        if view.budget.index(*row[:2], row[2]).siblingAtColumn(TITLE).data() == title
    ]
    assert found, title
    index = view.budget.index(*found[0][:2], found[0][2])
    return [index.siblingAtColumn(column).data() for column in (CODE, TITLE, AMOUNT, REALISED, SHARE)]


def walk(view: BudgetTree, above: QModelIndex) -> Iterator[tuple[int, int, QModelIndex]]:
    for row in range(view.budget.rowCount(above)):
        yield row, 0, above
        yield from walk(view, view.budget.index(row, 0, above))


def titles(view: BudgetTree) -> list[str]:
    return [view.budget.index(row, TITLE, above).data() for row, _column, above in walk(view, QModelIndex())]


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
    assert page.book.balance.verdict.text() == (
        "Selisih (Rp\u00a05.000.000): belanja lebih besar daripada pendapatan dan pembiayaan."
    )
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
    assert [n.account for n in desk.ask(tree, version.id) if n.activity == "1.1.01"] == ["5.1.1.01"]


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
    page.book.enact.save.click()
    assert "nomor Peraturan" in page.book.enact.regulation_field.fault()
    QTest.keyClicks(page.book.enact.regulation, "Peraturan Desa Nomor 5 Tahun 2019")
    QTest.keyClick(page.book.enact.regulation, Qt.Key.Key_Return)
    QTest.keyClicks(page.book.enact.day, "27-12-2019")
    QTest.keyClick(page.book.enact.day, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.version_words.text() == "APBDes awal · ditetapkan 27 Desember 2019")
    assert page.news.text() == "APBDes 2020 ditetapkan 27 Desember 2019."
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
        (Totals(Decimal(10), Decimal(15), Decimal(0)), "late", "Selisih (Rp\u00a05)"),
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


def test_every_face_of_the_page_fits_the_smallest_window(page: BudgetPage, qtbot: QtBot) -> None:
    for face in steps(page, qtbot):
        face()
        least = page.minimumSizeHint()
        assert (least.width(), least.height()) <= SMALL and least.height() <= SMALL[1]
        for button in page.findChildren(QWidget):
            if button.isVisible() and button.property("kind") == "main":
                assert page.rect().contains(button.mapTo(page, button.rect().bottomRight()))


def test_a_realisation_that_is_not_known_takes_no_columns(page: BudgetPage, qtbot: QtBot) -> None:
    load(page, qtbot, NGROMBO, 2024)
    book: Book = page.book
    assert book.tree.isColumnHidden(REALISED) and book.tree.isColumnHidden(SHARE)
    assert book.balance.financing.amount.text() == "belum diisi"
