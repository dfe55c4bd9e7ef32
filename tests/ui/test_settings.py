"""The settings: what the first run asked, to be changed one by one, with a history of who held office."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

import resources
from desk.desk import Desk
from desk.village.commands import AppointOfficial, SetContact, SetHours, SetPaper, SetVillage
from desk.village.queries import Holder, holder, holders, profile, setup
from ui.parts.style import dress
from ui.settings.about import program_version
from ui.settings.officials import days, standing
from ui.settings.page import SettingsPage
from ui.village.hours import USUAL
from ui.work import Work

NARROW = (1024 - 176, 600 - 92)
"""What the shell leaves of a 1024x600 screen to a page."""

PLACE, OFFICIALS, HOURS, WORKDAYS, PAPER, ABOUT = range(6)


@pytest.fixture
def work(qtbot: QtBot, qapp: QApplication, desk: Desk) -> Iterator[Work]:
    dress(qapp, 100)
    work = Work()
    failures: list[Exception] = []
    work.failed.connect(failures.append)
    work.take(desk)
    yield work
    settled: list[object] = []
    work.rehearse(SetPaper("A4"), done=settled.append)
    qtbot.waitUntil(lambda: len(settled) == 1)
    work.ask(setup, dt.date(2026, 11, 22), done=settled.append)
    qtbot.waitUntil(lambda: len(settled) == 2)
    work.close()
    assert failures == []


@pytest.fixture
def village(desk: Desk) -> Desk:
    """A village that has been set up, with one head before the present one."""
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Ani Wulandari", "0813 1111 2222", dt.date(2014, 2, 1)))
    desk.do(AppointOfficial("head", "Kepala Desa", "Siti Aminah, S.Sos.", "0812 3456 7890", dt.date(2020, 2, 1)))
    desk.do(SetContact("Jl. Raya 1", "Kotak saran"))
    desk.do(SetHours(USUAL))
    return desk


@pytest.fixture
def page(qtbot: QtBot, village: Desk, work: Work, today: dt.date) -> SettingsPage:
    return shown(qtbot, work, today)


def shown(qtbot: QtBot, work: Work, today: dt.date) -> SettingsPage:
    """The page in its room, filled with what the desk knows."""
    page = SettingsPage(work, lambda: today)
    qtbot.addWidget(page)
    page.resize(*NARROW)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.filled)
    return page


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def fill(qtbot: QtBot, edit: QWidget, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def save(qtbot: QtBot) -> None:
    qtbot.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_the_first_run_can_be_run_again_from_here(qtbot, page):
    with qtbot.waitSignal(page.go) as asked:
        page.again.click()
    assert asked.args == ["wizard"]


def test_the_village_and_its_addresses_are_shown_and_saved(qtbot, page, village, today):
    assert page.place.picker.found_name.text() == "Desa Pejambon"
    fill(qtbot, page.place.addresses.address, "Jl. Raya Pejambon 2")
    save(qtbot)
    qtbot.waitUntil(lambda: page.place_sheet.note.text() == "Tersimpan.")
    assert village.ask(profile, today).address == "Jl. Raya Pejambon 2"
    assert village.ask(profile, today).complaints == "Kotak saran"
    qtbot.keyClicks(focus(), "x")
    assert page.place_sheet.note.text() == ""


def test_another_village_can_be_chosen(qtbot, page, village, today):
    page.place.picker.change.click()
    fill(qtbot, page.place.picker.search, "35.22.15.1001")
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    page.place_sheet.save.click()
    qtbot.waitUntil(lambda: page.place_sheet.note.text() == "Tersimpan.")
    assert village.ask(profile, today).kind == "kelurahan"
    qtbot.waitUntil(lambda: page.officials.offices["head"].heading.text() == "Lurah")


def test_what_is_typed_and_not_saved_survives_a_change_elsewhere(qtbot, page, work, village, today):
    fill(qtbot, page.place.addresses.address, "Jl. Baru")
    with qtbot.waitSignal(work.changed):
        work.do(SetContact("Jl. Lain", "Kantor camat"))
    answered: list[object] = []
    page.reload()
    work.ask(profile, today, done=answered.append)
    qtbot.waitUntil(lambda: len(answered) == 1)
    assert page.place.addresses.address.text() == "Jl. Baru"


def test_the_list_shows_who_holds_and_who_held_the_office(qtbot, page):
    page.tabs.setCurrentIndex(OFFICIALS)
    shown_texts = texts(page.officials.offices["head"])
    assert "Siti Aminah, S.Sos., Kepala Desa" in shown_texts
    assert "sejak 1 Feb 2020  ·  0812-3456-7890" in shown_texts
    assert "1 Feb 2014 – 31 Jan 2020  ·  0813-1111-2222" in shown_texts
    assert "Belum ada yang tercatat." in texts(page.officials.offices["ppid"])
    assert page.officials.offices["ppid"].appoint.text() == "Isi nama PPID"


def test_a_new_head_ends_the_old_term_the_day_before(qtbot, page, village, today):
    page.tabs.setCurrentIndex(OFFICIALS)
    page.officials.offices["head"].appoint.click()
    form = page.officials.forms["head"]
    assert focus() is form.name
    assert "Siti Aminah, S.Sos. tercatat sampai sehari sebelumnya." in texts(form)
    qtbot.keyClicks(focus(), "Bambang Sutrisno")
    fill(qtbot, form.since, "1-11-2026")
    fill(qtbot, form.phone.edit, "0857 1234 5678")
    save(qtbot)
    qtbot.waitUntil(lambda: "Bambang Sutrisno, Kepala Desa" in texts(page.officials.offices["head"]))
    assert village.ask(holder, "head", today).name == "Bambang Sutrisno"
    assert village.ask(holder, "head", dt.date(2026, 10, 31)).name == "Siti Aminah, S.Sos."
    assert village.ask(holders, "head")[1].until == dt.date(2026, 10, 31)


def test_a_new_head_cannot_begin_on_the_day_another_began(qtbot, page, village):
    page.tabs.setCurrentIndex(OFFICIALS)
    page.officials.offices["head"].appoint.click()
    form = page.officials.forms["head"]
    qtbot.keyClicks(focus(), "Bambang")
    fill(qtbot, form.since, "1-2-2020")
    save(qtbot)
    assert "Siti Aminah, S.Sos. sudah tercatat mulai 1 Februari 2020" in form.since_field.fault()
    assert focus() is form.since
    assert [h.name for h in village.ask(holders, "head")] == ["Siti Aminah, S.Sos.", "Ani Wulandari"]


def test_a_term_that_runs_into_a_later_one_is_said_beside_the_date(qtbot, page, village):
    page.tabs.setCurrentIndex(OFFICIALS)
    page.officials.offices["head"].appoint.click()
    form = page.officials.forms["head"]
    qtbot.keyClicks(focus(), "Bambang")
    fill(qtbot, form.since, "1-3-2010")
    save(qtbot)
    qtbot.waitUntil(lambda: "sudah menjabat sejak" in form.since_field.fault())
    assert len(village.ask(holders, "head")) == 2
    fill(qtbot, form.until, "31-1-2014")
    save(qtbot)
    qtbot.waitUntil(lambda: len(village.ask(holders, "head")) == 3)
    assert village.ask(holders, "head")[2].until == dt.date(2014, 1, 31)


def correct(page: SettingsPage, row: int) -> None:
    page.tabs.setCurrentIndex(OFFICIALS)
    page.officials.offices["head"].corrections[row].click()


def test_a_wrong_number_is_said_beside_its_field_and_a_right_one_is_kept(qtbot, page, village):
    correct(page, 0)
    form = page.officials.forms["head"]
    fill(qtbot, form.phone.edit, "0812 34")
    save(qtbot)
    assert "0812 3456 7890" in form.phone.fault()
    fill(qtbot, form.phone.edit, "081298765432")
    save(qtbot)
    qtbot.waitUntil(lambda: village.ask(holders, "head")[0].phone == "+6281298765432")
    assert [h.name for h in village.ask(holders, "head")] == ["Siti Aminah, S.Sos.", "Ani Wulandari"]


def test_correcting_the_first_day_moves_the_handover(qtbot, page, village):
    correct(page, 0)
    fill(qtbot, page.officials.forms["head"].since, "15-2-2020")
    save(qtbot)
    qtbot.waitUntil(lambda: village.ask(holders, "head")[0].since == dt.date(2020, 2, 15))
    assert village.ask(holders, "head")[1].until == dt.date(2020, 2, 14)
    qtbot.waitUntil(lambda: page.officials.currentIndex() == 0)
    correct(page, 0)
    fill(qtbot, page.officials.forms["head"].since, "1-2-2019")
    save(qtbot)
    qtbot.waitUntil(lambda: village.ask(holders, "head")[0].since == dt.date(2019, 2, 1))
    assert village.ask(holders, "head")[1].until == dt.date(2019, 1, 31)


def test_correcting_the_first_day_past_another_term_is_refused(qtbot, page, village):
    before = village.ask(holders, "head")
    correct(page, 0)
    form = page.officials.forms["head"]
    fill(qtbot, form.since, "1-2-2013")
    save(qtbot)
    qtbot.waitUntil(lambda: "Ani Wulandari sudah menjabat sejak" in form.since_field.fault())
    assert village.ask(holders, "head") == before


def test_a_last_day_can_be_set_without_a_successor_and_taken_back(qtbot, page, village, today):
    correct(page, 0)
    fill(qtbot, page.officials.forms["head"].until, "31-10-2026")
    save(qtbot)
    qtbot.waitUntil(lambda: village.ask(holder, "head", today) is None)
    qtbot.waitUntil(lambda: page.officials.currentIndex() == 0)
    correct(page, 0)
    form = page.officials.forms["head"]
    form.until.setFocus()
    form.until.selectAll()
    qtbot.keyClick(form.until, Qt.Key.Key_Delete)
    save(qtbot)
    qtbot.waitUntil(lambda: village.ask(holder, "head", today) is not None)


def test_leaving_the_form_changes_nothing(qtbot, page, village):
    correct(page, 0)
    fill(qtbot, page.officials.forms["head"].name, "Salah")
    page.officials.sheets["head"].cancel.click()
    assert page.officials.currentIndex() == 0
    assert [h.name for h in village.ask(holders, "head")] == ["Siti Aminah, S.Sos.", "Ani Wulandari"]
    correct(page, 0)
    assert page.officials.forms["head"].name.text() == "Siti Aminah, S.Sos."


@pytest.mark.parametrize(
    ("since", "until", "word"),
    [
        (dt.date(2020, 2, 1), None, "menjabat"),
        (dt.date(2020, 2, 1), dt.date(2026, 11, 22), "menjabat"),
        (dt.date(2020, 2, 1), dt.date(2026, 11, 21), "sudah berakhir"),
        (dt.date(2026, 11, 23), None, "akan menjabat"),
    ],
)
def test_the_state_of_a_term_is_said_in_a_word(since, until, word, today):
    entry = Holder(b"", "Kepala Desa", "Siti", None, since, until)
    assert standing(entry, today)[1] == word
    assert str(since.year) in days(entry)


def test_hours_and_paper_are_saved_on_their_sheets(qtbot, page, village, today):
    page.tabs.setCurrentIndex(HOURS)
    page.hours.days[4].open.click()
    page.hours_sheet.save.click()
    qtbot.waitUntil(lambda: page.hours_sheet.note.text() == "Tersimpan.")
    assert village.ask(setup, today).hours == USUAL[:4]
    page.tabs.setCurrentIndex(PAPER)
    page.paper.cards["F4"].button.click()
    page.paper_sheet.save.click()
    qtbot.waitUntil(lambda: page.paper_sheet.note.text() == "Tersimpan.")
    assert village.ask(setup, today).paper == "F4"


def test_an_empty_desk_shows_where_to_begin(qtbot, desk, work, today):
    page = shown(qtbot, work, today)
    assert page.place.picker.search.isVisible()
    assert page.officials.offices["head"].appoint.text() == "Isi nama Kepala Desa"
    fill(qtbot, page.place.addresses.address, "Jl. Raya 1")
    save(qtbot)
    qtbot.waitUntil(lambda: desk.ask(setup, today).address == "Jl. Raya 1")
    assert desk.ask(profile, today) is None


def test_about_names_the_version_the_folder_and_every_licence(page, village):
    page.tabs.setCurrentIndex(ABOUT)
    said = " ".join(texts(page.about))
    assert f"Meja Desa {program_version()}" in said
    assert str(village.folder) in said
    sources = resources.path("SOURCES.md").read_text(encoding="utf-8")
    for name in re.findall(r"IBM Plex Sans Condensed|Fjalla One|Belantih|Permendagri 20/2018|UU 28/2014|SKB", sources):
        assert name in said
    assert "OFL" in sources
    assert "SIL Open Font License 1.1" in said
    assert "ODbL 1.0" in sources
    assert "Open Database License 1.0" in said
    assert "Qt (LGPL 3)" in said


class FileWindow(QWidget):
    """Stands where the PC's own file window would open."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[QUrl] = []
        QDesktopServices.setUrlHandler("file", self, "open_url")

    @Slot(QUrl)
    def open_url(self, url: QUrl) -> None:
        self.asked.append(url)


def test_the_data_folder_opens_in_the_file_window(qtbot, page, village):
    window = FileWindow()
    qtbot.addWidget(window)
    page.tabs.setCurrentIndex(ABOUT)
    page.about.open_folder.click()
    QDesktopServices.unsetUrlHandler("file")
    assert [url.toLocalFile() for url in window.asked] == [str(village.folder)]


@pytest.mark.parametrize("zoom", [100, 150])
def test_every_sheet_fits_and_its_button_stays_in_reach(qtbot, village, work, today, qapp, zoom):
    dress(qapp, zoom)
    page = shown(qtbot, work, today)
    for tab in range(5):
        page.tabs.setCurrentIndex(tab)
        qapp.processEvents()
        assert page.size().toTuple() == NARROW
        for scroll in page.findChildren(QScrollArea):
            if scroll.isVisible():
                assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width()
    for sheet in (page.place_sheet, page.hours_sheet, page.paper_sheet):
        page.stack.setCurrentWidget(sheet)
        qapp.processEvents()
        assert sheet.rect().contains(sheet.save.geometry())
    dress(qapp, 100)


def test_the_field_being_typed_in_is_never_out_of_sight(qtbot, village, work, today, qapp):
    dress(qapp, 150)
    page = shown(qtbot, work, today)
    page.tabs.setCurrentIndex(HOURS)
    qapp.processEvents()
    friday = page.hours.days[4].break_until
    assert friday.visibleRegion().isEmpty()
    friday.setFocus()
    qapp.processEvents()
    assert friday.visibleRegion().boundingRect() == friday.rect()
    dress(qapp, 100)
