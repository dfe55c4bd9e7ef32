"""The page Kegiatan: activities written down by hand, seen as a list, and never lost by a slip."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.projects.commands import PutProject, SetProgress
from desk.projects.queries import ProjectRow, project, project_list
from desk.projects.rules import ProjectForm
from ui.parts.style import dress, sheet
from ui.projects.page import ProjectsPage
from ui.projects.rows import state
from ui.work import Work

SMALL = (1024 - 176, 600 - 92)
"""What the smallest window leaves for a page."""
WIDE = (1366 - 176, 768 - 92)

ROAD = ProjectForm(2026, "Rabat beton jalan Krajan", "Dusun Krajan", "120", "m", Decimal(150_000_000), "Dana Desa")
DITCH = ProjectForm(2026, "Saluran air Ngrejo", "RT 03/RW 01", cost=Decimal(85_000_000))


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
def page(qtbot: QtBot, work: Work, today: dt.date) -> ProjectsPage:
    page = ProjectsPage(work, lambda: today)
    qtbot.addWidget(page)
    page.resize(*WIDE)
    page.show()
    return page


def settle(qtbot: QtBot, work: Work) -> None:
    """Let every answer that is under way arrive, and those it asks for."""
    for _round in range(4):
        asked: list[object] = []
        work.run(int, done=asked.append)
        qtbot.waitUntil(asked.__len__)


def listed(page: ProjectsPage) -> list[str]:
    return [row.name for row in page.model.rows]


def click(page: ProjectsPage, qtbot: QtBot, place: int) -> None:
    spot: QPoint = page.list.visualRect(page.model.index(place)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def kept(desk: Desk) -> ProjectRow:
    return desk.ask(project_list, 2026)[0]


def test_an_empty_page_says_what_it_is_for_and_its_button_opens_the_form(page: ProjectsPage, qtbot: QtBot) -> None:
    assert page.empty.isVisible() and not page.list.isVisible()
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert page.form.isVisible() and page.form.heading.text() == "Kegiatan baru 2026"


def test_an_activity_is_written_down_by_keys_alone(page: ProjectsPage, qtbot: QtBot, desk: Desk) -> None:
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    typed = (
        "Rabat beton jalan Krajan", "Dusun Krajan, RT 03/RW 01", "120", "m", "150.000.000,50", "Dana Desa",
        "TPK Pejambon", "Budi", "01-03-2026", "30-06-2026", "02.03.11", "40",
    )  # fmt: skip
    for text in typed:
        edit = QApplication.focusWidget()
        assert isinstance(edit, QWidget)
        QTest.keyClicks(edit, text)
        QTest.keyClick(edit, Qt.Key.Key_Return)
    last = QApplication.focusWidget()
    assert isinstance(last, QWidget)
    QTest.keyClick(last, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: listed(page) == ["Rabat beton jalan Krajan"] and page.model.rows[0].percent == 40)
    row = kept(desk)
    assert (row.place, row.amount_of_work, row.cost) == (typed[1], "120 m", Decimal("150000000.50"))
    assert (row.fund_source, row.executor, row.responsible, row.activity) == (typed[5], typed[6], "Budi", "2.3.11")
    assert (row.starts, row.ends) == (dt.date(2026, 3, 1), dt.date(2026, 6, 30))
    assert (row.percent, row.percent_on) == (40, dt.date(2026, 11, 22))


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(
    page: ProjectsPage, qtbot: QtBot, desk: Desk
) -> None:
    page.open_new()
    QTest.keyClicks(page.form.unit, "m")
    QTest.keyClicks(page.form.cost.line, "1.50")
    QTest.keyClicks(page.form.starts, "31-02-2026")
    QTest.keyClicks(page.form.percent, "140")
    page.form.save.click()
    assert "nama kegiatannya" in page.form.fields["name"].fault()
    assert "volumenya belum" in page.form.fields["volume"].fault()
    assert "tidak ada di kalender" in page.form.fields["starts"].fault()
    assert "antara 0 dan 100" in page.form.fields["percent"].fault()
    assert "dua cara" in page.form.cost.fault()
    assert QApplication.focusWidget() is page.form.name
    assert desk.ask(project_list, 2026) == ()


def test_the_list_shows_the_largest_amount_first_and_the_state_in_words(
    page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work, today: dt.date
) -> None:
    desk.do(PutProject(DITCH))
    road = desk.do(PutProject(ROAD)).value
    desk.do(SetProgress(road, dt.date(2026, 10, 3), 60, today))
    work.look_again()
    qtbot.waitUntil(lambda: listed(page) == [ROAD.name, DITCH.name])
    spoken = page.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Rabat beton jalan Krajan, Dusun Krajan, Rp\u00a0150.000.000, Dana Desa, 60 %, berjalan"
    assert page.summary.text() == "2 kegiatan · Rp\u00a0235.000.000"


@pytest.mark.parametrize(
    ("percent", "ends", "words"),
    [
        (100, dt.date(2026, 1, 1), "selesai"),
        (60, dt.date(2026, 11, 21), "lewat jadwal"),
        (60, dt.date(2026, 11, 22), "berjalan"),
        (0, None, "belum mulai"),
        (None, None, "belum dicatat"),
    ],
)
def test_an_activity_is_late_only_after_its_last_day(
    desk: Desk, today: dt.date, percent: int | None, ends: dt.date | None, words: str
) -> None:
    made = desk.do(PutProject(ProjectForm(2026, "Rabat", ends=ends))).value
    if percent is not None:
        desk.do(SetProgress(made, dt.date(2026, 10, 3), percent, today))
    assert state(kept(desk), today)[1] == words


def test_an_open_activity_shows_everything_that_is_known(
    page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work, today: dt.date
) -> None:
    road = desk.do(PutProject(ROAD)).value
    for day, percent in ((dt.date(2026, 5, 4), 20), (dt.date(2026, 10, 3), 60)):
        desk.do(SetProgress(road, day, percent, today))
    work.look_again()
    qtbot.waitUntil(lambda: listed(page) == [ROAD.name])
    click(page, qtbot, 0)
    qtbot.waitUntil(page.form.isVisible)
    assert page.form.name.text() == ROAD.name
    assert page.form.cost.value() == ROAD.cost
    assert page.form.story.text() == "Catatan kemajuan: Sab, 3 Okt 2026: 60 % · Sen, 4 Mei 2026: 20 %"


def test_words_that_are_not_saved_are_asked_about_before_another_activity_opens(
    page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work
) -> None:
    desk.do(PutProject(ROAD))
    desk.do(PutProject(DITCH))
    work.look_again()
    qtbot.waitUntil(lambda: len(listed(page)) == 2)
    click(page, qtbot, 0)
    qtbot.waitUntil(lambda: page.form.heading.text() == ROAD.name)
    QTest.keyClicks(page.form.executor, "TPK")
    click(page, qtbot, 1)
    assert page.asking.isVisible() and page.form.executor.text() == "TPK"
    page.asking.save.click()
    qtbot.waitUntil(lambda: page.form.heading.text() == DITCH.name)
    assert kept(desk).executor == "TPK"


def test_words_can_be_thrown_away_instead(page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work) -> None:
    desk.do(PutProject(ROAD))
    work.look_again()
    qtbot.waitUntil(lambda: listed(page) == [ROAD.name])
    click(page, qtbot, 0)
    qtbot.waitUntil(page.form.isVisible)
    QTest.keyClicks(page.form.executor, "TPK")
    QTest.keyClick(page.form.executor, Qt.Key.Key_Escape)
    assert page.asking.isVisible()
    page.asking.drop.click()
    assert not page.form.isVisible() and kept(desk).executor == ""


def test_an_activity_taken_off_the_list_comes_back_with_urungkan(
    page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work
) -> None:
    desk.do(PutProject(ROAD))
    work.look_again()
    qtbot.waitUntil(lambda: listed(page) == [ROAD.name])
    click(page, qtbot, 0)
    qtbot.waitUntil(page.form.isVisible)
    page.form.remove.click()
    qtbot.waitUntil(lambda: listed(page) == [] and page.undone.isVisible())
    assert page.news.text() == "“Rabat beton jalan Krajan” tidak lagi dalam daftar."
    page.undone.click()
    qtbot.waitUntil(lambda: listed(page) == [ROAD.name])


def test_urungkan_is_gone_once_something_else_was_done(
    page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work
) -> None:
    desk.do(PutProject(ROAD))
    work.look_again()
    qtbot.waitUntil(lambda: listed(page) == [ROAD.name])
    click(page, qtbot, 0)
    qtbot.waitUntil(page.form.isVisible)
    page.form.remove.click()
    qtbot.waitUntil(page.undone.isVisible)
    work.do(PutProject(DITCH))
    qtbot.waitUntil(lambda: listed(page) == [DITCH.name])
    assert not page.undone.isVisible()


def test_list_and_form_stand_side_by_side_only_where_there_is_room(
    page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work
) -> None:
    made = desk.do(PutProject(ROAD)).value
    page.open(made)
    qtbot.waitUntil(page.form.isVisible)
    assert page.main.isVisible()
    page.resize(*SMALL)
    assert page.form.isVisible() and not page.main.isVisible()
    QTest.keyClick(page.form.name, Qt.Key.Key_Escape)
    assert page.main.isVisible() and not page.form.isVisible()


def test_the_page_fits_the_smallest_window(page: ProjectsPage, qtbot: QtBot) -> None:
    page.open_new()
    page.resize(*SMALL)
    assert page.minimumSizeHint().width() <= SMALL[0] and page.minimumSizeHint().height() <= SMALL[1]
    bottom = page.form.save.mapTo(page, page.form.save.rect().bottomRight())
    assert page.rect().contains(bottom)


def test_the_form_follows_the_year_that_is_chosen(page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work) -> None:
    old = desk.do(PutProject(ProjectForm(2025, "Jembatan lama"))).value
    work.look_again()
    qtbot.waitUntil(lambda: page.year.count() == 2)
    page.year.setCurrentIndex(page.year.findData(2025))
    qtbot.waitUntil(lambda: listed(page) == ["Jembatan lama"])
    page.open_new()
    QTest.keyClicks(page.form.name, "Jembatan baru")
    page.form.save.click()
    qtbot.waitUntil(lambda: len(listed(page)) == 2)
    names = {row.name: row.year for row in desk.ask(project_list, 2025)}
    assert names == {"Jembatan lama": 2025, "Jembatan baru": 2025}
    detail = desk.ask(project, old)
    assert detail is not None and detail.story == ()


def test_a_row_grows_with_a_long_name_instead_of_cutting_it(
    page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work
) -> None:
    desk.do(PutProject(ProjectForm(2026, "Pembangunan saluran irigasi tersier sampai batas desa sebelah selatan " * 3)))
    desk.do(PutProject(ProjectForm(2026, "Rabat")))
    work.look_again()
    qtbot.waitUntil(lambda: len(listed(page)) == 2)
    first, second = (page.list.visualRect(page.model.index(i)).height() for i in (0, 1))
    assert first > second + 2 * page.fontMetrics().height()
    assert page.model.rowCount(QModelIndex()) == 2
