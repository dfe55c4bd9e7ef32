"""What in the village a request is about: chosen in the form by key, kept when it is completed, read in the record."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desk.budget.commands import SetLine, StartBudget
from desk.desk import Desk
from desk.drafts import Drafts
from desk.foi.about import TieRequest, requests_about
from desk.foi.commands import Register
from desk.foi.queries import Detail, detail
from desk.foi.rules import RequestForm
from desk.projects.commands import PutProject, RemoveProject
from desk.projects.rules import ProjectForm
from desk.seal import Seal
from desk.village.commands import SetVillage
from ui.foi.page import RequestsPage
from ui.work import Work


@pytest.fixture
def work(desk: Desk) -> Iterator[Work]:
    made = Work()
    made.take(desk)
    yield made
    made._desk = None
    made.close()


@pytest.fixture
def road(desk: Desk) -> bytes:
    return desk.do(PutProject(ProjectForm(2026, "Rabat beton Krajan", cost=Decimal(150_000_000)))).value


@pytest.fixture
def requests(work: Work, desk: Desk, qtbot: QtBot, today: dt.date, now: dt.datetime) -> RequestsPage:
    desk.do(SetVillage("35.22.12.2015"))
    shown = RequestsPage(work, lambda: today, lambda: now, Drafts(desk.folder, Seal(bytes(32))))
    qtbot.addWidget(shown)
    shown.resize(848, 508)
    shown.show()
    return shown


def fill(requests: RequestsPage) -> None:
    form = requests.form
    form.name.setText("Siti Contoh")
    form.address.setText("RT 03")
    form.phone.setText("0812-0000-0000")
    form.sought.setPlainText("RAB jalan")
    form.purpose.setPlainText("ingin tahu")


def read(desk: Desk, today: dt.date, request: bytes) -> Detail:
    found = desk.ask(detail, request, today)
    assert found is not None
    return found


def test_a_request_about_an_activity_is_tied_to_it_by_keys_while_it_is_typed(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, road: bytes, today: dt.date
) -> None:
    requests.new()
    form = requests.form
    qtbot.waitUntil(form.about.isVisible)
    fill(requests)
    form.topic.setFocus()
    QTest.keyClick(form.topic, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form.about
    QTest.keyClicks(form.about, "rab")
    QTest.keyClick(form.about, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: requests.pages.currentWidget() is requests.entered)
    (asked,) = desk.ask(requests_about, road)
    assert asked.label == "001/PI/A/2026"
    requests.entered.done.click()
    told = "Tentang kegiatan: Rabat beton Krajan"
    qtbot.waitUntil(lambda: any(told in label.text() for label in requests.record.findChildren(QLabel)))
    requests.new()
    assert form.about.project is None


def test_a_request_can_be_about_an_activity_of_the_budget(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    version = desk.do(StartBudget(2026)).value
    desk.do(SetLine(version, Decimal(1_000_000), "5.3.5", "2.3.11"))
    requests.new()
    form = requests.form
    qtbot.waitUntil(form.about.isVisible)
    fill(requests)
    QTest.keyClicks(form.about, "2.3")
    form.submit()
    qtbot.waitUntil(lambda: requests.pages.currentWidget() is requests.entered)
    assert read(desk, today, requests._open).activity == "2.3.11"


def test_a_village_without_activities_is_not_asked_about_them(requests: RequestsPage, qtbot: QtBot) -> None:
    requests.new()
    qtbot.waitUntil(requests.form.name.isVisible)
    assert requests.form.fields["about"].isHidden()


def test_completing_a_request_keeps_what_it_was_tied_to_though_the_activity_is_listed_no_longer(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, road: bytes, today: dt.date
) -> None:
    half = RequestForm(today, today, "Siti Contoh", "", "RAB jalan", "")
    request = desk.do(Register(half, incomplete=True)).value.id
    desk.do(TieRequest(request, road))
    desk.do(RemoveProject(road))
    requests.open(request)
    qtbot.waitUntil(lambda: requests.record.detail is not None)
    requests.record.first.click()
    qtbot.waitUntil(lambda: requests.pages.currentWidget() is requests.form)
    fill(requests)
    requests.form.submit()
    qtbot.waitUntil(lambda: read(desk, today, request).line.state == "registered")
    assert read(desk, today, request).project == road


def test_a_draft_keeps_what_was_chosen(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, road: bytes, today: dt.date
) -> None:
    requests.new()
    form = requests.form
    qtbot.waitUntil(form.about.isVisible)
    form.name.setText("Siti Contoh")
    QTest.keyClicks(form.about, "rab")
    assert requests.drafts is not None
    requests.drafts.flush()
    form.clear()
    requests.drafts.begin()
    qtbot.waitUntil(lambda: not requests.drafts.isHidden())
    requests.drafts.resume.click()
    assert form.about.project == road
