"""What is read beside a budget: two versions compared, why it closes or not, and the village's own codes."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.orm import Session

from desk.budget.codes import NameCode, own_titles
from desk.budget.commands import Enact, SetLine, StartBudget
from desk.budget.queries import lines_of, versions
from desk.desk import Desk
from desk.exchange.apbdes import import_budget
from desk.paper.queries import poster
from desk.store import DeskError
from tests.ui.budget.acting import GILIS, NGROMBO, SMALL, settle
from ui.budget.closing import carried_words
from ui.budget.page import BudgetPage
from ui.budget.texts import TextTable
from ui.posters.page import PosterPage
from ui.work import Work

MILLION = 10**6


def cells(table: TextTable) -> list[tuple[str, ...]]:
    """Every row of a table, no-break spaces as spaces."""
    return [tuple(cell.replace("\u00a0", " ") for cell in row.cells) for row in table.texts.rows]


def written(qtbot: QtBot, work: Work) -> None:
    """Let what is being written be written, and every page ask again."""
    done: list[object] = []
    work.prepare(int, done=done.append)
    qtbot.waitUntil(done.__len__)
    settle(qtbot, work)


@pytest.fixture
def turn(page: BudgetPage, qtbot: QtBot, work: Work) -> Callable[[int], None]:
    """Show a year once everything that was loaded is there."""

    def turned(year: int) -> None:
        work.look_again()
        settle(qtbot, work)
        page.year.setCurrentIndex(page.year.findData(year))
        settle(qtbot, work)

    return turned


def amend(desk: Desk) -> None:
    """An enacted budget of 2026 and its amendment, in which money moved between two activities."""
    version = desk.do(StartBudget(2026)).value
    desk.do(SetLine(version, Decimal(900 * MILLION), account="4.2.1"))
    desk.do(SetLine(version, Decimal(400 * MILLION), account="5.3.5", activity="2.3.10", fund="DDS"))
    desk.do(SetLine(version, Decimal(500 * MILLION), account="5.3.5", activity="2.3.11", fund="DDS"))
    desk.do(Enact(version, "Peraturan Desa Nomor 5 Tahun 2025", dt.date(2025, 12, 30)))
    second = desk.do(StartBudget(2026)).value
    desk.do(SetLine(second, Decimal(300 * MILLION), account="5.3.5", activity="2.3.10", fund="DDS"))
    desk.do(SetLine(second, Decimal(600 * MILLION), account="5.3.5", activity="2.3.11", fund="DDS"))
    desk.do(SetLine(second, Decimal(950 * MILLION), account="4.2.1"))


def test_an_amendment_is_compared_with_what_it_amends_and_shifts_are_told(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk, turn: Callable[[int], None]
) -> None:
    amend(desk)
    turn(2026)
    page.book.balance.compare.click()
    settle(qtbot, work)
    compare = page.views.compare
    assert compare.isVisible() and not page.head.isVisible()
    assert compare.before.currentText() == "2026 · APBDes awal · ditetapkan 30 Desember 2025"
    assert compare.after.currentText() == "2026 · Perubahan ke-1 · rancangan"
    told = {row[0].split(" ")[0]: row[1:] for row in cells(compare.table)}
    assert told["4.2.1"] == ("Rp 900.000.000", "Rp 950.000.000", "+Rp 50.000.000", "berubah")
    moved = [row[1:] for row in cells(compare.table) if row[-1] == "pergeseran"]
    assert moved == [
        ("Rp 400.000.000", "Rp 300.000.000", "(Rp 100.000.000)", "pergeseran"),
        ("Rp 500.000.000", "Rp 600.000.000", "+Rp 100.000.000", "pergeseran"),
    ]
    shift = compare.shifts.text().replace("\u00a0", " ")
    assert shift.startswith("Pergeseran Rp 100.000.000") and "dari 2.3.10 " in shift and " ke 2.3.11 " in shift
    foot = [compare.sums["revenue", name].text().replace("\u00a0", " ") for name in ("before", "after", "difference")]
    assert foot == ["Rp 900.000.000", "Rp 950.000.000", "+Rp 50.000.000"]
    assert compare.sums["expenditure", "difference"].text() == "Rp\u00a00"


def test_only_what_changed_is_shown_until_all_is_wanted(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk, turn: Callable[[int], None]
) -> None:
    import_budget(desk, NGROMBO, 2024)
    turn(2024)
    page.book.balance.compare.click()
    settle(qtbot, work)
    compare = page.views.compare
    assert [row[0] for row in cells(compare.table)] == [
        "1 PENDAPATAN", "4.2 Pendapatan Transfer", "4.2.4 Bantuan Keuangan Provinsi"
    ]  # fmt: skip
    assert compare.window().focusWidget() is compare.table
    QTest.keyClick(compare.table, Qt.Key.Key_Down)
    chosen = compare.table.chosen()
    assert chosen is not None and chosen.cells[0] == "4.2 Pendapatan Transfer"
    compare.only_changed.click()
    assert len(cells(compare.table)) > 12
    compare.before.setCurrentIndex(compare.after.currentIndex())
    settle(qtbot, work)
    assert compare.note.text() == "Kedua versi ini sama: tidak ada baris yang berbeda."
    QTest.keyClick(compare.before, Qt.Key.Key_Escape)
    assert page.book.isVisible() and page.head.isVisible()


def test_two_years_are_compared_where_each_has_one_version(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk, turn: Callable[[int], None]
) -> None:
    import_budget(desk, GILIS, 2020)
    turn(2020)
    assert not page.book.balance.compare.isVisible()
    desk.do(SetLine(desk.do(StartBudget(2021)).value, Decimal(5), account="4.2.1"))
    turn(2020)
    page.book.balance.compare.click()
    settle(qtbot, work)
    assert page.views.compare.before.currentText().startswith("2020 · ")
    assert page.views.compare.after.currentText().startswith("2021 · ") or (
        page.views.compare.after.currentText().startswith("2020 · ")
    )


def test_the_warning_leads_to_the_lines(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk, turn: Callable[[int], None]
) -> None:
    import_budget(desk, GILIS, 2020)
    turn(2020)
    assert page.book.balance.link.text() == "Lihat barisnya"
    page.book.balance.link.click()
    settle(qtbot, work)
    closing = page.views.closing
    assert closing.verdict.text() == "Selisih Rp\u00a05.000.000: pembiayaan tidak menutup defisit."
    funds = {row[0]: row[1:] for row in cells(closing.table)}
    assert funds["Dana Desa (APBN) · DDS"] == ("Rp 879.404.000", "Rp 0", "Rp 879.404.000", "bersisa")
    assert funds["Sumber dana tidak disebut"][1] == "Rp 1.387.321.454"
    assert funds["Jumlah"] == ("Rp 1.382.321.454", "Rp 1.387.321.454", "(Rp 5.000.000)", "")
    assert "Rp\u00a01.387.321.454 belanja belum disebut" in closing.unnamed.text()
    closing.to_gap.click()
    settle(qtbot, work)
    row = page.book.tree.budget.node(page.book.tree.currentIndex())
    assert page.book.isVisible() and row is not None and row.title == "SILPA Tahun Sebelumnya"
    assert page.focusWidget() is page.book.tree


def test_the_posters_warning_leads_to_the_budget_in_force_though_a_draft_is_newer(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk
) -> None:
    report = import_budget(desk, GILIS, 2020)
    assert report.version is not None
    desk.do(Enact(report.version, "Peraturan Desa Nomor 1 Tahun 2020", dt.date(2020, 1, 3)))
    desk.do(SetLine(desk.do(StartBudget(2020)).value, Decimal(17_122_954), account="6.1.1"))
    posters = PosterPage(work, lambda: dt.date(2026, 11, 22))
    qtbot.addWidget(posters)
    posters.unbalanced.connect(page.show_closing)
    posters.show()
    gap = "Selisih Rp\u00a05.000.000: pembiayaan tidak menutup defisit."
    qtbot.waitUntil(lambda: gap in [label.text() for label in posters.notices.findChildren(QLabel)])
    link = next(b for b in posters.notices.findChildren(QPushButton) if b.text() == "Lihat barisnya")
    link.click()
    settle(qtbot, work)
    assert page.views.closing.isVisible() and page.views.closing.verdict.text() == gap
    assert page.version.currentText().startswith("APBDes awal")
    page.views.closing.to_gap.click()
    settle(qtbot, work)
    assert page.version.currentText().startswith("APBDes awal")
    row = page.book.tree.budget.node(page.book.tree.currentIndex())
    assert row is not None and (row.title, row.amount) == ("SILPA Tahun Sebelumnya", 12_122_954)


def test_enter_on_a_fund_source_marks_every_line_of_it(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk, turn: Callable[[int], None]
) -> None:
    amend(desk)
    turn(2026)
    page.book.balance.link.click()
    settle(qtbot, work)
    table = page.views.closing.table
    assert cells(table)[0][:4] == ("Dana Desa (APBN) · DDS", "Rp 950.000.000", "Rp 900.000.000", "Rp 50.000.000")
    QTest.keyClick(table, Qt.Key.Key_Return)
    settle(qtbot, work)
    tree = page.book.tree
    marked = [tree.budget.node(index) for index in tree.selectionModel().selectedRows()]
    assert [row.amount for row in marked if row is not None] == [950 * MILLION, 300 * MILLION, 600 * MILLION]


def test_silpa_is_said_beside_what_last_year_left(desk: Desk, page: BudgetPage, qtbot: QtBot, work: Work) -> None:
    import_budget(desk, GILIS, 2020)
    version = desk.do(StartBudget(2021)).value
    for amount, words in ((None, "belum dianggarkan"), (12, "selisih Rp\u00a02.868.432"), (-2868420, "SiLPA cocok")):
        if amount is not None:
            desk.do(SetLine(version, Decimal(amount), account="6.1.1"))
        page.views.closing.start(desk.ask(versions, 2021)[0])
        settle(qtbot, work)
        found = page.views.closing.found
        assert found is not None
        assert words in page.views.closing.carried.text() == carried_words(found.carried)[1]


def test_where_last_year_is_unknown_it_says_so(desk: Desk, page: BudgetPage, qtbot: QtBot, work: Work) -> None:
    version = desk.do(StartBudget(2021)).value
    desk.do(SetLine(version, Decimal(12), account="6.1.1"))
    page.views.closing.start(desk.ask(versions, 2021)[0])
    settle(qtbot, work)
    assert "sisa tahun 2020 belum diketahui" in page.views.closing.carried.text()


def test_enacting_what_does_not_close_is_allowed_and_says_what_the_poster_will_say(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk, turn: Callable[[int], None]
) -> None:
    import_budget(desk, GILIS, 2020)
    turn(2020)
    page.enact.click()
    form = page.book.enact
    assert form.gap.text().startswith("Selisih Rp\u00a05.000.000: pembiayaan tidak menutup defisit. Boleh ditetapkan")
    form.regulation.setText("Peraturan Desa Nomor 1 Tahun 2020")
    form.day.put(dt.date(2020, 1, 3))
    form.submit()
    written(qtbot, work)
    assert desk.ask(versions, 2020)[0].enacted_on == dt.date(2020, 1, 3)
    assert page.book.balance.verdict.text().startswith("Selisih")


def test_the_original_gets_its_regulation_though_the_amendment_is_there(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk, turn: Callable[[int], None]
) -> None:
    import_budget(desk, NGROMBO, 2024)
    turn(2024)
    page.version.setCurrentIndex(1)
    settle(qtbot, work)
    assert page.version.currentText() == "APBDes awal · rancangan" and page.enact.isVisible()
    page.enact.click()
    page.book.enact.regulation.setText("Peraturan Desa Nomor 7 Tahun 2023")
    page.book.enact.day.put(dt.date(2023, 12, 30))
    page.book.enact.submit()
    written(qtbot, work)
    assert [v.enacted_on for v in desk.ask(versions, 2024)] == [dt.date(2023, 12, 30), None]


def test_a_code_of_the_regency_is_named_by_keyboard_and_unknown_ones_are_listed(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk
) -> None:
    desk.do(SetLine(desk.do(StartBudget(2026)).value, Decimal(5), account="4.1.4.90", title="Hasil lelang"))
    desk.do(NameCode("activity", "2.1.91", "Sanggar"))
    own = page.views.own
    page.pages.turn(page.views)
    page.views.setCurrentWidget(own)
    own.start()
    settle(qtbot, work)
    assert cells(own.table) == [
        ("4.1.4.90", "Hasil lelang", "rekening", "1 baris", "2026", "nama desa"),
        ("2.1.91", "Sanggar", "kegiatan", "belum", "", "nama desa"),
    ]
    QTest.keyClicks(own.code, "4.1.4.90-99")
    QTest.keyClick(own.code, Qt.Key.Key_Return)
    assert own.window().focusWidget() is own.name
    QTest.keyClicks(own.name, "Lelang titi")
    QTest.keyClick(own.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    written(qtbot, work)
    assert "blok kode" in own.note.text()
    own.code.setText("4.1.4.91")
    own.submit()
    written(qtbot, work)
    assert own.note.text() == "Kode 4.1.4.91 tersimpan: Lelang titi."
    assert desk.ask(own_titles)["account", "4.1.4.91"] == "Lelang titi"
    own.table.setFocus()
    own.table.setCurrentIndex(own.table.texts.index(1, 0))
    own.drop.click()
    written(qtbot, work)
    assert ("account", "4.1.4.91") not in desk.ask(own_titles)


def test_the_villages_own_codes_are_found_by_name_when_a_line_is_typed(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk
) -> None:
    desk.do(NameCode("account", "4.1.4.90", "Hasil lelang titi"))
    work.look_again()
    settle(qtbot, work)
    page.fill_codes()
    settle(qtbot, work)
    QTest.keyClicks(page.codes.search, "lelang titi")
    chosen = page.codes.chosen()
    assert chosen is not None and (chosen.entry.code, chosen.entry.title) == ("4.1.4.90", "Hasil lelang titi")
    page.codes.amount.line.setText("5.000.000")
    page.codes.submit()
    written(qtbot, work)
    version = desk.ask(versions, 2026)[0]
    assert "Hasil lelang titi" in [line.title for line in desk.ask(lines_of, version.id)]


class Pull:
    """A row of the district's feed that is not what was enacted here."""

    from_district = True

    def run(self, session: Session) -> None:
        """One more line in the enacted version."""
        added = (
            "INSERT INTO budget_line SELECT NULL, randomblob(16), 7, version, seq + 1, parent, section, kind, code, "
        )
        added += "account, activity, title, amount, fund, volume, unit, price FROM budget_line WHERE account = '4.2.1'"
        session.execute(text(added))


def test_a_version_that_is_not_whole_is_not_judged_compared_or_printed(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk, turn: Callable[[int], None]
) -> None:
    version = desk.do(StartBudget(2026)).value
    desk.do(SetLine(version, Decimal(5), account="4.2.1"))
    desk.do(Enact(version, "Peraturan Desa Nomor 5 Tahun 2025", dt.date(2025, 12, 30)))
    desk.do(SetLine(desk.do(StartBudget(2025)).value, Decimal(5), account="4.2.1"))
    desk.do(Pull())
    turn(2026)
    assert page.book.balance.verdict.text().startswith("Belum semua baris versi ini ada di meja ini")
    assert not page.book.balance.link.isVisible()
    page.book.balance.compare.click()
    settle(qtbot, work)
    assert "belum lengkap" in page.views.compare.note.text() and not page.views.compare.table.isVisible()
    with pytest.raises(DeskError, match="belum lengkap"):
        desk.ask(poster, "apbdes", 2026, dt.date(2026, 11, 22), dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC))


def test_the_version_that_is_looked_at_stays_when_the_page_is_read_again(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk, turn: Callable[[int], None]
) -> None:
    amend(desk)
    turn(2026)
    page.version.setCurrentIndex(1)
    settle(qtbot, work)
    work.look_again()
    settle(qtbot, work)
    assert page.version.currentText().startswith("APBDes awal")


@pytest.mark.parametrize("view", ["compare", "closing", "own"])
def test_a_view_fits_the_smallest_window(
    page: BudgetPage, qtbot: QtBot, work: Work, desk: Desk, turn: Callable[[int], None], view: str
) -> None:
    amend(desk)
    turn(2026)
    show = {
        "compare": page.views.show_difference, "closing": page.views.show_closing, "own": page.views.show_codes
    }[view]  # fmt: skip
    page._view(show)
    settle(qtbot, work)
    shown = page.views.currentWidget()
    assert (shown.width(), shown.height()) <= SMALL
    assert shown.minimumSizeHint().width() <= SMALL[0] and shown.minimumSizeHint().height() <= SMALL[1]
