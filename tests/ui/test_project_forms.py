"""The forms of an activity in use: nothing typed is lost, nothing is wider than its room, large text breaks."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.projects.commands import PutContract, PutPayment, PutProject
from desk.projects.queries import ProjectDetail, project
from desk.projects.rules import ContractForm, PaymentForm, ProjectForm
from desk.vault import MakeKey
from ui.parts.style import dress, scale, sheet
from ui.projects.detail import ProjectView
from ui.projects.page import ProjectsPage
from ui.projects.rows import AIR
from ui.projects.sections import Section
from ui.projects.several import read_ref
from ui.work import Work

SMALL = (1024 - 176, 600 - 92)
ROAD = ProjectForm(
    2026, "Rabat beton", cost=Decimal(150_000_000), starts=dt.date(2026, 3, 1), ends=dt.date(2026, 9, 30)
)


@pytest.fixture
def work(qtbot: QtBot, qapp: QApplication, desk: Desk) -> Iterator[Work]:
    if qapp.styleSheet() != sheet(100):
        dress(qapp, 100)
    desk.do(MakeKey())
    made, failures = Work(), []
    made.take(desk)
    made.failed.connect(failures.append)
    yield made
    for _round in range(4):
        asked: list[object] = []
        made.run(int, done=asked.append)
        qtbot.waitUntil(asked.__len__)
    made.close()
    assert failures == []


@pytest.fixture
def road(desk: Desk) -> bytes:
    return desk.do(PutProject(ROAD)).value


@pytest.fixture
def page(qtbot: QtBot, work: Work, road: bytes, today: dt.date) -> ProjectsPage:
    shown = ProjectsPage(work, lambda: today)
    qtbot.addWidget(shown)
    shown.resize(*SMALL)
    shown.show()
    shown.open(road)
    qtbot.waitUntil(shown.activities.view.isVisible)
    return shown


@pytest.fixture
def view(page: ProjectsPage) -> ProjectView:
    return page.activities.view


def told(section: Section) -> list[str]:
    return [label.text() for line in section.lines for label in line.findChildren(QLabel)]


def press(section: Section, words: str) -> None:
    """Press the first button of a line that is called so."""
    next(b for line in section.lines for b in line.findChildren(QPushButton) if b.text() == words).click()


def held(desk: Desk, road: bytes) -> ProjectDetail:
    detail = desk.ask(project, road)
    assert detail is not None
    return detail


def test_a_payment_that_is_changed_stays_under_its_contract(
    view: ProjectView, qtbot: QtBot, desk: Desk, road: bytes, today: dt.date
) -> None:
    desk.do(PutContract(road, ContractForm("provider", "CV Satu")))
    second = desk.do(PutContract(road, ContractForm("provider", "CV Dua"))).value
    desk.do(PutPayment(road, PaymentForm(today, Decimal(5_000_000), "termin 1", second), today))
    view._work.changed.emit(())
    qtbot.waitUntil(lambda: "termin 1 · CV Dua" in told(view.money))
    press(view.money, "Ubah")
    assert view.payment.contract.currentText() == "CV Dua"
    view.payment.what.setText("termin akhir")
    view.payment.submit()
    qtbot.waitUntil(lambda: "termin akhir · CV Dua" in told(view.money))
    assert held(desk, road).payments[0].contract == second


def test_the_first_source_is_there_to_be_replaced_and_a_wrong_sum_takes_the_keyboard_to_it(
    page: ProjectsPage, qtbot: QtBot
) -> None:
    page.activities.edit()
    form = page.activities.form
    form.source.put("Dana Desa")
    form.split.click()
    (first, whole), _second = form.funds.shown()
    assert first.hasFocus()
    QTest.keyClicks(first, "PAD")
    assert first.currentText() == "PAD"
    whole.line.setText("10.000.000")
    form.name.setFocus()
    form.submit()
    assert "Samakan" in form.fields["funds"].fault() and first.hasFocus()
    assert form.note.text() == form.fields["funds"].fault()


def test_a_point_of_the_plan_without_its_day_or_its_percent_is_not_dropped(
    page: ProjectsPage, view: ProjectView, qtbot: QtBot, desk: Desk, road: bytes
) -> None:
    page.activities.edit()
    form = page.activities.form
    form.plan.more.click()
    (day, percent) = form.plan.shown()[0]
    percent.setText("40")
    form.submit()
    assert "tanggal dan persen" in form.fields["plan"].fault()
    day.setText("01-06-2026")
    form.submit()
    qtbot.waitUntil(lambda: [point.percent for point in held(desk, road).points] == [40])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2.3.11", ("2.3.11", "")), ("2.3.11 / 5.3.5", ("2.3.11", "5.3.5")),
        ("2.3.11/5.3.5 Jalan", ("2.3.11", "5.3.5")),
        ("2.3.11 Jalan RT 03/01", ("2.3.11", "")), ("", ("", "")),
    ],
)  # fmt: skip
def test_a_slash_in_a_title_is_no_account(typed: str, read: tuple[str, str]) -> None:
    ref = read_ref(typed)
    assert (ref.activity, ref.account) == read


def test_a_long_name_of_a_contractor_makes_no_form_wider_than_its_room(
    page: ProjectsPage, view: ProjectView, qtbot: QtBot, desk: Desk, road: bytes
) -> None:
    desk.do(PutContract(road, ContractForm("provider", "CV Karya Makmur Sentosa Abadi Bersama", "027/SPK/DESA/2026")))
    page.resize(1366 - 206, 768 - 78)
    view._work.changed.emit(())
    qtbot.waitUntil(lambda: "CV Karya Makmur Sentosa Abadi Bersama" in told(view.contracts))
    view.begin_payment()
    qtbot.waitUntil(view.payment.isVisible)
    assert view.payment.minimumSizeHint().width() <= view.sheet.viewport().width() - 2 * 24


def test_in_large_text_the_list_and_the_news_break_instead_of_squeezing_words(
    page: ProjectsPage, view: ProjectView, qtbot: QtBot, qapp: QApplication
) -> None:
    pane = page.activities
    view.closed.emit()
    qtbot.waitUntil(lambda: pane.model.rowCount() == 1 and pane.list.isVisible())
    narrow = pane.list.sizeHintForIndex(pane.model.index(0)).height()
    page._tell("Kontrak tersimpan.", can_undo=True)
    assert abs(page.news.geometry().center().y() - page.tabs.geometry().center().y()) < page.tabs.height()
    scale(qapp, 150)
    try:
        page.resize(SMALL[0] - 100, SMALL[1])
        # Name, place, money and source: four lines; one beside the other they would be broken word by word.
        line = page.fontMetrics().height() + 4
        qtbot.waitUntil(lambda: page.news.y() > page.tabs.geometry().bottom())
        assert narrow < pane.list.sizeHintForIndex(pane.model.index(0)).height() <= 4.5 * line + 2 * AIR
        assert page.tabs.width() >= page.tabs.sizeHint().width()
    finally:
        scale(qapp, 100)
