"""The page Daftar Informasi: a list begun with one press, and an exemption from its test to its end, by keys."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.dip.commands import ApproveClassification, Classify, PublishItem, PutTest
from desk.dip.queries import Seek, exemptions, public_list, templates
from desk.dip.rules import ConsequenceForm, ItemForm
from desk.village.commands import AppointOfficial, SetVillage
from ui.dip.page import EXEMPT, PUBLIC, ListPage
from ui.parts.style import dress, sheet
from ui.work import Work

SMALL = (1024 - 192, 600 - 92)
"""What the smallest window leaves for a page."""
WIDE = (1366 - 192, 768 - 92)
MARCH = dt.date(2026, 3, 2)
REGULATION = ItemForm("Peraturan Desa tentang APB Desa 2026", "Kaur Keuangan", "periodic")
ACCOUNTS = ConsequenceForm(
    "Nomor rekening penerima bantuan", "Lampiran BLT", ("h3",), "disalahgunakan", "uang aman", MARCH
)  # fmt: skip


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
def page(qtbot: QtBot, work: Work, desk: Desk, today: dt.date, now: dt.datetime) -> ListPage:
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "081234567890", dt.date(2020, 2, 1)))
    desk.do(AppointOfficial("ppid", "Sekretaris Desa", "Sari Contoh", None, dt.date(2020, 2, 1)))
    page = ListPage(work, lambda: today, lambda: now)
    qtbot.addWidget(page)
    page.resize(*WIDE)
    page.show()
    settle(qtbot, work)
    return page


def settle(qtbot: QtBot, work: Work) -> None:
    """Let every answer that is under way arrive, and those it asks for."""
    for _round in range(4):
        asked: list[object] = []
        work.run(int, done=asked.append)
        qtbot.waitUntil(asked.__len__)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the keyboard is."""
    QTest.keyClick(keyboard(), key, modifier)


def keyboard() -> QWidget:
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    return widget


def type_and_go_on(*texts: str) -> None:
    """Text in each field, and Tab to the next; "" leaves a field as it is."""
    for text in texts:
        QTest.keyClicks(keyboard(), text)
        press(Qt.Key.Key_Tab)


def save() -> None:
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def titles(page: ListPage) -> list[str]:
    return [line.title for line in page.pane.model.rows]


def to_exempt(page: ListPage, qtbot: QtBot, work: Work) -> None:
    page.tabs.setCurrentIndex(EXEMPT)
    settle(qtbot, work)


def exempt(desk: Desk, form: ConsequenceForm, today: dt.date) -> bytes:
    test = desk.do(PutTest(form, today)).value
    desk.do(Classify(test, form.tested, today, "01", "Pejambon", "Sari", "Sekdes", "Sekretariat", "rahasia"))
    desk.do(ApproveClassification(test, form.tested, today, "Budi"))
    return test


def only(desk: Desk, today: dt.date) -> Any:
    (test,) = desk.ask(exemptions, today)
    return test


def test_an_empty_list_says_what_to_do_first_and_one_press_begins_it(
    page: ListPage, qtbot: QtBot, work: Work, desk: Desk, today: dt.date
) -> None:
    assert page.items.empty.isVisible() and "contoh" in page.items.empty.button.text()
    page.items.empty.button.click()
    qtbot.waitUntil(lambda: len(titles(page)) == len(templates()))
    settle(qtbot, work)
    assert "belum lengkap" in page.items.summary.text() and not page.items.more.isVisible()
    page.items.undone.click()
    qtbot.waitUntil(lambda: titles(page) == [])
    assert page.items.empty.isVisible()


def test_an_entry_is_written_by_keys_alone(page: ListPage, qtbot: QtBot, desk: Desk, today: dt.date) -> None:
    QTest.keyClick(page.tabs, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    type_and_go_on(
        "Perjanjian sewa tanah kas desa", "b", "Sekretaris Desa", "Kepala Desa", "Mei 2026", "Kantor Desa", "b",
        "5 tahun", "Lemari 2",
    )  # fmt: skip
    save()
    qtbot.waitUntil(lambda: titles(page) == ["Perjanjian sewa tanah kas desa"])
    (row,) = desk.ask(public_list, today)
    assert (row.form.category, row.form.holder, row.form.producer) == ("periodic", "Sekretaris Desa", "Kepala Desa")
    assert (row.made, row.form.format, row.form.retention) == ("Mei 2026, Kantor Desa", "soft", "5 tahun")
    assert (row.form.file_note, row.gaps) == ("Lemari 2", ())


def test_what_is_wrong_with_an_entry_stands_beside_its_field(page: ListPage, desk: Desk, today: dt.date) -> None:
    page.items.new()
    save()
    panel = page.items.panel
    assert "misalnya" in panel.fields["summary"].fault() and "menyimpannya" in panel.fields["holder"].fault()
    assert QApplication.focusWidget() is panel.summary
    assert desk.ask(public_list, today) == ()


def test_the_search_narrows_the_list_and_says_so_when_nothing_fits(
    page: ListPage, qtbot: QtBot, work: Work, desk: Desk, today: dt.date
) -> None:
    desk.do(PublishItem(REGULATION, today))
    desk.do(PublishItem(ItemForm("Perjanjian sewa", "Sekdes"), today))
    work.look_again()
    qtbot.waitUntil(lambda: len(titles(page)) == 2)
    page.items.search.setText("sewa")
    qtbot.waitUntil(lambda: titles(page) == ["Perjanjian sewa"])
    page.items.search.setText("tidak ada")
    qtbot.waitUntil(page.items.empty.isVisible)
    page.items.empty.button.click()
    qtbot.waitUntil(lambda: len(titles(page)) == 2)


def test_words_that_are_not_saved_are_asked_about(
    page: ListPage, qtbot: QtBot, work: Work, desk: Desk, today: dt.date
) -> None:
    desk.do(PublishItem(REGULATION, today))
    work.look_again()
    qtbot.waitUntil(lambda: len(titles(page)) == 1)
    page.items.list.setFocus()
    page.items.list.setCurrentIndex(page.items.model.index(0))
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.items.panel.summary.hasFocus)
    type_and_go_on("", "", "", "Kepala Desa")
    press(Qt.Key.Key_Escape)
    assert page.items.asking.isVisible() and page.is_unsaved
    page.items.asking.save.click()
    qtbot.waitUntil(lambda: not page.items.panel.isVisible())
    assert desk.ask(public_list, today)[0].form.producer == "Kepala Desa"


def test_an_entry_is_withdrawn_with_a_reason_and_comes_back(
    page: ListPage, qtbot: QtBot, work: Work, desk: Desk, today: dt.date
) -> None:
    desk.do(PublishItem(REGULATION, today))
    work.look_again()
    qtbot.waitUntil(lambda: len(titles(page)) == 1)
    page.items.open(page.items.model.rows[0])
    qtbot.waitUntil(page.items.panel.isVisible)
    page.items.panel.remove.click()
    QTest.keyClicks(keyboard(), "diganti Perdes 3/2026")
    page.items.panel.remove.click()
    qtbot.waitUntil(lambda: titles(page) == [])
    page.items.which.setCurrentIndex(page.items.which.findData("withdrawn"))
    qtbot.waitUntil(lambda: titles(page) == [REGULATION.summary])
    page.items.open(page.items.model.rows[0])
    qtbot.waitUntil(page.items.panel.isVisible)
    assert page.items.panel.save.text() == "Kembalikan ke daftar"
    page.items.panel.save.click()
    qtbot.waitUntil(lambda: titles(page) == [])
    assert desk.ask(public_list, today, Seek(which="withdrawn")) == ()


def test_a_list_that_is_due_says_so_until_it_was_gone_through(
    page: ListPage, qtbot: QtBot, work: Work, desk: Desk
) -> None:
    assert not page.items.gone_through.isVisible()
    desk.do(PublishItem(REGULATION, dt.date(2026, 10, 3)))
    work.look_again()
    qtbot.waitUntil(lambda: "belum pernah diperiksa" in page.items.alarm.text())
    page.items.gone_through.click()
    qtbot.waitUntil(lambda: page.items.alarm.text() == "")
    assert "diperiksa hari ini" in page.items.news.text()


def test_an_exemption_goes_from_test_to_approval_by_keys_alone(
    page: ListPage, qtbot: QtBot, work: Work, desk: Desk, today: dt.date
) -> None:
    QTest.keyClick(page.items.search, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, work)
    assert page.exempt.empty.isVisible()
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    type_and_go_on("Nomor rekening penerima bantuan", "Lampiran keputusan BLT", "")
    for _row in range(10):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    type_and_go_on("", "", "Rekening disalahgunakan", "Uang penerima aman")
    save()
    qtbot.waitUntil(lambda: titles(page) == [ACCOUNTS.kind] and page.exempt.record.isVisible())
    assert only(desk, today).standing.letters == ("h3",)
    qtbot.waitUntil(page.exempt.record.acts["classified"].hasFocus)
    press(Qt.Key.Key_Return)
    QTest.keyClicks(keyboard(), "01/PPID/2026")
    save()
    qtbot.waitUntil(page.exempt.record.acts["approved"].hasFocus)
    assert only(desk, today).state == "classified"
    press(Qt.Key.Key_Return)
    save()
    qtbot.waitUntil(lambda: only(desk, today).state == "exempt")
    assert [step.official for step in only(desk, today).story] == ["Sari Contoh", "Budi Contoh"]
    settle(qtbot, work)
    assert "kini dikecualikan" in page.exempt.news.text() and page.exempt.record.chip.word == "dikecualikan"


def test_what_article_18_keeps_open_is_not_saved_and_the_form_says_why(
    page: ListPage, qtbot: QtBot, work: Work, desk: Desk, today: dt.date
) -> None:
    to_exempt(page, qtbot, work)
    page.exempt.new()
    panel = page.exempt.panel
    QTest.keyClicks(panel.kind, "Keputusan kepala desa")
    panel.nature.setCurrentIndex(panel.nature.findData("policy"))
    panel.letters.put(("a",))
    save()
    assert "tidak boleh dikecualikan" in panel.fields["nature"].fault()
    assert panel.ends.isVisible() and "30 tahun" in panel.fields["ends"].fault()
    assert desk.ask(exemptions, today) == ()


def test_each_state_offers_only_what_is_allowed_now(
    page: ListPage, qtbot: QtBot, work: Work, desk: Desk, today: dt.date
) -> None:
    exempt(desk, replace(ACCOUNTS, kind="Berakhir", ends=dt.date(2026, 11, 1)), today)
    exempt(desk, replace(ACCOUNTS, kind="Segera", ends=dt.date(2026, 12, 23)), today)
    exempt(desk, replace(ACCOUNTS, kind="Rahasia negara", letters=("c",)), today)
    desk.do(PutTest(replace(ACCOUNTS, kind="Baru"), today))
    to_exempt(page, qtbot, work)
    assert "1 pengecualian segera berakhir" in page.exempt.alarm.text()
    offered = {}
    for line in page.exempt.model.rows:
        page.exempt.open(line)
        settle(qtbot, work)
        offered[line.title] = [key for key, act in page.exempt.record.acts.items() if act.isVisible()]
    assert offered == {
        "Berakhir": ["publish"],
        "Segera": ["anew", "opened", "excepted"],
        "Rahasia negara": ["anew", "opened"],
        "Baru": ["classified", "mend"],
    }


def test_what_has_become_public_is_entered_on_the_list_from_there(
    page: ListPage, qtbot: QtBot, work: Work, desk: Desk, today: dt.date
) -> None:
    exempt(desk, replace(ACCOUNTS, ends=dt.date(2026, 11, 1)), today)
    to_exempt(page, qtbot, work)
    page.exempt.open(page.exempt.model.rows[0])
    settle(qtbot, work)
    page.exempt.record.acts["publish"].click()
    assert page.tabs.currentIndex() == PUBLIC and page.items.panel.summary.text() == ACCOUNTS.kind
    QTest.keyClicks(page.items.panel.holder, "Kaur Keuangan")
    page.items.panel.save.click()
    qtbot.waitUntil(lambda: [line.word for line in page.items.model.rows] == ["belum lengkap"])
    (row,) = desk.ask(public_list, today)
    assert row.id and row.form.exemption


def test_another_test_takes_the_place_of_an_exemption(
    page: ListPage, qtbot: QtBot, work: Work, desk: Desk, today: dt.date
) -> None:
    old = exempt(desk, ACCOUNTS, today)
    to_exempt(page, qtbot, work)
    page.exempt.open(page.exempt.model.rows[0])
    settle(qtbot, work)
    page.exempt.record.acts["anew"].click()
    assert page.exempt.panel.heading.text() == "Uji ulang"
    save()
    qtbot.waitUntil(lambda: len(titles(page)) == 2)
    assert {test.replaces for test in desk.ask(exemptions, today)} == {None, old}


def test_list_and_form_stand_side_by_side_only_where_there_is_room(page: ListPage, qtbot: QtBot, work: Work) -> None:
    page.items.new()
    assert page.items.left.isVisible() and page.items.panel.isVisible()
    page.resize(*SMALL)
    assert not page.items.left.isVisible() and page.items.panel.isVisible()
    press(Qt.Key.Key_Escape)
    assert page.items.left.isVisible() and not page.items.panel.isVisible()
