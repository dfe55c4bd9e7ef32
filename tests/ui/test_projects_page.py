"""The page Kegiatan: activities written down by hand, seen as a list, and never lost by a slip."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.projects.commands import PutProject, SetProgress
from desk.projects.queries import ProjectRow, project, project_list
from desk.projects.rules import ProjectForm
from ui.parts.style import dress, sheet
from ui.projects.page import ProjectsPage
from ui.projects.sections import Section
from ui.projects.words import state
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
    return [row.name for row in page.activities.model.rows]


def click(page: ProjectsPage, qtbot: QtBot, place: int) -> None:
    spot: QPoint = page.activities.list.visualRect(page.activities.model.index(place)).center()
    qtbot.mouseClick(page.activities.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def texts(section: Section) -> list[str]:
    """What the lines of a part say."""
    return [label.text() for line in section.lines for label in line.findChildren(QLabel)]


def edit(page: ProjectsPage, qtbot: QtBot, place: int = 0) -> None:
    """Open an activity of the list, and its form."""
    click(page, qtbot, place)
    name = page.activities.model.rows[place].name
    qtbot.waitUntil(lambda: page.activities.view.isVisible() and page.activities.view.heading.text() == name)
    page.activities.view.edit.click()


def kept(desk: Desk) -> ProjectRow:
    return desk.ask(project_list, 2026)[0]


def test_an_empty_page_says_what_it_is_for_and_its_button_opens_the_form(page: ProjectsPage, qtbot: QtBot) -> None:
    assert page.activities.empty.isVisible() and not page.activities.list.isVisible()
    qtbot.mouseClick(page.activities.empty.button, Qt.MouseButton.LeftButton)
    assert page.activities.form.isVisible() and page.activities.form.heading.text() == "Kegiatan baru 2026"


def test_an_activity_is_written_down_by_keys_alone(page: ProjectsPage, qtbot: QtBot, desk: Desk) -> None:
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    typed = (
        "Rabat beton jalan Krajan", "Krajan", "03", "01", "tepi kali", "-7,1502, 111,8817", "120", "m", "85 keluarga",
        "150.000.000,50", "Dana Desa", "TPK Pejambon", "Budi", "01-03-2026", "30-06-2026", "02.03.11", "40",
    )  # fmt: skip
    for text in typed:
        edit = QApplication.focusWidget()
        assert isinstance(edit, QWidget)
        QTest.keyClicks(edit, text)
        QTest.keyClick(edit, Qt.Key.Key_Return)
    last = QApplication.focusWidget()
    assert isinstance(last, QWidget)
    QTest.keyClick(last, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: listed(page) == ["Rabat beton jalan Krajan"] and page.activities.model.rows[0].percent == 40
    )
    row = kept(desk)
    assert (row.place, row.point) == ("Dusun Krajan RT 03/RW 01, tepi kali", (-7_150_200, 111_881_700))
    assert (row.amount_of_work, row.beneficiaries, row.cost) == ("120 m", "85 keluarga", Decimal("150000000.50"))
    assert (row.fund_source, row.executor, row.responsible) == ("Dana Desa", "TPK Pejambon", "Budi")
    assert row.activity == "2.3.11"
    assert (row.starts, row.ends) == (dt.date(2026, 3, 1), dt.date(2026, 6, 30))
    assert (row.percent, row.percent_on) == (40, dt.date(2026, 11, 22))


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(
    page: ProjectsPage, qtbot: QtBot, desk: Desk
) -> None:
    page.open_new()
    QTest.keyClicks(page.activities.form.unit, "m")
    QTest.keyClicks(page.activities.form.cost.line, "1.50")
    QTest.keyClicks(page.activities.form.starts, "31-02-2026")
    QTest.keyClicks(page.activities.form.percent, "140")
    page.activities.form.save.click()
    assert "nama kegiatannya" in page.activities.form.fields["name"].fault()
    assert "volumenya belum" in page.activities.form.fields["volume"].fault()
    assert "tidak ada di kalender" in page.activities.form.fields["starts"].fault()
    assert "antara 0 dan 100" in page.activities.form.fields["percent"].fault()
    assert "dua cara" in page.activities.form.cost.fault()
    assert QApplication.focusWidget() is page.activities.form.name
    assert desk.ask(project_list, 2026) == ()


def test_the_list_shows_the_largest_amount_first_and_the_state_in_words(
    page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work, today: dt.date
) -> None:
    desk.do(PutProject(DITCH))
    road = desk.do(PutProject(ROAD)).value
    desk.do(SetProgress(road, dt.date(2026, 10, 3), 60, today))
    work.look_again()
    qtbot.waitUntil(lambda: listed(page) == [ROAD.name, DITCH.name])
    spoken = page.activities.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Rabat beton jalan Krajan, Dusun Krajan, Rp\u00a0150.000.000, Dana Desa, 60 %, berjalan"
    assert page.activities.summary.text() == "2 kegiatan · Rp\u00a0235.000.000"


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
    view = page.activities.view
    qtbot.waitUntil(view.isVisible)
    assert view.heading.text() == ROAD.name
    assert texts(view.growth) == ["Catatan: Sab, 3 Okt 2026: 60 % · Sen, 4 Mei 2026: 20 %"]
    assert texts(view.money)[:2] == ["Anggaran Rp\u00a0150.000.000", "Dana Desa"]
    view.edit.click()
    assert page.activities.form.name.text() == ROAD.name and page.activities.form.cost.value() == ROAD.cost


def test_words_that_are_not_saved_are_asked_about_before_another_activity_opens(
    page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work
) -> None:
    desk.do(PutProject(ROAD))
    desk.do(PutProject(DITCH))
    work.look_again()
    qtbot.waitUntil(lambda: len(listed(page)) == 2)
    edit(page, qtbot)
    QTest.keyClicks(page.activities.form.executor, "TPK")
    click(page, qtbot, 1)
    assert page.activities.asking.isVisible() and page.activities.form.executor.text() == "TPK"
    page.activities.asking.save.click()
    qtbot.waitUntil(lambda: page.activities.view.heading.text() == DITCH.name)
    assert kept(desk).executor == "TPK"


def test_words_can_be_thrown_away_instead(page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work) -> None:
    desk.do(PutProject(ROAD))
    work.look_again()
    qtbot.waitUntil(lambda: listed(page) == [ROAD.name])
    edit(page, qtbot)
    QTest.keyClicks(page.activities.form.executor, "TPK")
    QTest.keyClick(page.activities.form.executor, Qt.Key.Key_Escape)
    assert page.activities.asking.isVisible()
    page.activities.asking.drop.click()
    assert not page.activities.form.isVisible() and kept(desk).executor == ""


def test_an_activity_taken_off_the_list_comes_back_with_urungkan(
    page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work
) -> None:
    desk.do(PutProject(ROAD))
    work.look_again()
    qtbot.waitUntil(lambda: listed(page) == [ROAD.name])
    edit(page, qtbot)
    page.activities.form.remove.click()
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
    edit(page, qtbot)
    page.activities.form.remove.click()
    qtbot.waitUntil(page.undone.isVisible)
    work.do(PutProject(DITCH))
    qtbot.waitUntil(lambda: listed(page) == [DITCH.name])
    qtbot.waitUntil(lambda: not page.undone.isVisible())


def test_list_and_form_stand_side_by_side_only_where_there_is_room(
    page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work
) -> None:
    made = desk.do(PutProject(ROAD)).value
    page.open(made)
    qtbot.waitUntil(page.activities.view.isVisible)
    assert page.activities.main.isVisible()
    page.resize(*SMALL)
    assert page.activities.view.isVisible() and not page.activities.main.isVisible()
    QTest.keyClick(page.activities.view.edit, Qt.Key.Key_Escape)
    assert page.activities.main.isVisible() and not page.activities.view.isVisible()


def test_the_page_fits_the_smallest_window(page: ProjectsPage, qtbot: QtBot) -> None:
    page.open_new()
    page.resize(*SMALL)
    assert page.minimumSizeHint().width() <= SMALL[0] and page.minimumSizeHint().height() <= SMALL[1]
    bottom = page.activities.form.save.mapTo(page, page.activities.form.save.rect().bottomRight())
    assert page.rect().contains(bottom)


def test_the_form_follows_the_year_that_is_chosen(page: ProjectsPage, qtbot: QtBot, desk: Desk, work: Work) -> None:
    old = desk.do(PutProject(ProjectForm(2025, "Jembatan lama"))).value
    work.look_again()
    qtbot.waitUntil(lambda: page.activities.year.count() == 2)
    page.activities.year.setCurrentIndex(page.activities.year.findData(2025))
    qtbot.waitUntil(lambda: listed(page) == ["Jembatan lama"])
    page.open_new()
    QTest.keyClicks(page.activities.form.name, "Jembatan baru")
    page.activities.form.save.click()
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
    first, second = (page.activities.list.visualRect(page.activities.model.index(i)).height() for i in (0, 1))
    assert first > second + 2 * page.fontMetrics().height()
    assert page.activities.model.rowCount(QModelIndex()) == 2
