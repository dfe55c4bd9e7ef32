"""The shell: it opens on any desk, finds its way by keys, and says what happened."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from desk.key import beside
from desk.store import SCHEMA
from desk.village.commands import AppointOfficial, SetContact, SetVillage
from desk.village.queries import setup
from tests.desks import open_desk
from ui import app as program
from ui import start
from ui.window import PAGES

Open = Callable[[], program.Start]

ENGLISH = {"ok", "cancel", "save", "open", "close", "yes", "no", "file", "edit", "search", "next", "back", "error"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder, empty."""
    return tmp_path / "data"


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, folder: Path, now: dt.datetime) -> Iterator[Open]:
    """Opens the real program on the folder and waits until every page can be visited."""
    begun: list[program.Start] = []

    def open_it() -> program.Start:
        started = program.Start(qapp, folder, lambda: now, start)
        begun.append(started)
        qtbot.addWidget(started.shell)
        started.shell.resize(1024, 600)
        started.shell.show()
        qtbot.waitUntil(lambda: started.is_ready or not started.shell.search.isEnabled(), timeout=20_000)
        started.shell.activateWindow()
        qtbot.waitUntil(started.shell.isActiveWindow)
        return started

    yield open_it
    for started in begun:
        started.shell.close()


@pytest.fixture
def village(folder: Path, now: dt.datetime, today: dt.date) -> None:
    """The folder holds a village with its head and a late request."""
    desk = open_desk(folder, lambda: now)
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "081234567890", today))
    came = dt.date(2026, 11, 2)
    form = RequestForm(
        came, today, "Siti Contoh", "Krajan", "Salinan RAB", "ingin tahu", phone="0812", late_entry_reason="surat"
    )
    desk.do(Register(form))
    desk.close()


def test_an_empty_desk_begins_with_the_first_run(open_window: Open) -> None:
    assert open_window().shell.current == "wizard"


@pytest.mark.usefixtures("village")
def test_the_start_page_shows_what_is_late_in_words(open_window: Open) -> None:
    begun = open_window()
    home = begun.shell.pages["home"]
    assert begun.shell.current == "home"
    assert begun.shell.place.text() == "Desa Pejambon · Sumberrejo"
    assert home.late.count.text() == "1"
    spoken = home.model.data(home.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "terlambat 4 hari kerja" in spoken and "Siti" not in spoken


@pytest.mark.usefixtures("village")
def test_every_page_opens_by_its_key_and_fits_a_small_screen(open_window: Open, qtbot: QtBot) -> None:
    begun = open_window()
    for number, key in enumerate(begun.shell.buttons, 1):
        pressed = Qt.Key.Key_Comma if number == 10 else getattr(Qt.Key, f"Key_{number}")
        qtbot.keyClick(begun.shell, pressed, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda key=key: begun.shell.current == key)
        needs = begun.shell.centralWidget().minimumSizeHint()
        assert needs.width() <= 1024 and needs.height() <= 600, key
        page = begun.shell.pages[key]
        said = [*page.findChildren(QLabel), *page.findChildren(QPushButton)]
        words = {widget.text().replace("&", "").strip().casefold() for widget in said}
        assert not words & ENGLISH, key
        assert any(words), f"{key} says nothing"


class Flashes(QObject):
    """Notes every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only listens."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


@pytest.mark.usefixtures("village")
def test_a_page_that_is_built_flashes_no_window_of_its_own(open_window: Open, qapp: QApplication) -> None:
    begun, flashes = open_window(), Flashes()
    qapp.installEventFilter(flashes)
    for key in (*PAGES, "wizard", "key", "privacy"):
        begun.turn(key)
    qapp.removeEventFilter(flashes)
    assert flashes.seen == [] and begun.shell.isActiveWindow()


@pytest.mark.usefixtures("village")
def test_the_register_is_read_while_the_start_page_is_looked_at(open_window: Open, qtbot: QtBot) -> None:
    shell = open_window().shell
    qtbot.waitUntil(lambda: "requests" in shell.pages and len(shell.pages["requests"].model.rows) == 1)
    assert shell.current == "home" and shell.stack.currentWidget() is shell.pages["home"]


@pytest.mark.usefixtures("village")
def test_a_search_in_the_header_finds_a_name(open_window: Open, qtbot: QtBot) -> None:
    begun = open_window()
    qtbot.keyClick(begun.shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(begun.shell.search.hasFocus)
    begun.shell.search.setText("siti")
    qtbot.keyClick(begun.shell.search, Qt.Key.Key_Return)
    requests = begun.shell.pages["requests"]
    qtbot.waitUntil(lambda: len(requests.model.rows) == 1)
    assert begun.shell.current == "requests"


@pytest.mark.usefixtures("village")
def test_text_grows_and_the_size_is_remembered(open_window: Open, qapp: QApplication) -> None:
    begun = open_window()
    before = qapp.font().pointSizeF()
    begun.shell.zoomed.emit(1)
    assert qapp.font().pointSizeF() == pytest.approx(before * 1.1)
    begun.shell.close()
    again = open_window()
    assert qapp.font().pointSizeF() == pytest.approx(before * 1.1)
    again.shell.zoomed.emit(0)
    assert qapp.font().pointSizeF() == pytest.approx(before)


@pytest.mark.usefixtures("village")
def test_what_the_command_line_writes_appears_in_the_window(
    open_window: Open, qtbot: QtBot, folder: Path, now: dt.datetime, today: dt.date
) -> None:
    begun = open_window()
    home = begun.shell.pages["home"]
    other = open_desk(folder, lambda: now)
    other.do(Register(RequestForm(today, today, "Adi", "Krajan", "Perdes", "ingin tahu", phone="0812")))
    other.close()
    qtbot.waitUntil(lambda: len(home.model.rows) == 2, timeout=10_000)


def test_a_kelurahan_is_not_offered_an_apbdes(open_window: Open, folder: Path, now: dt.datetime, qtbot: QtBot) -> None:
    desk = open_desk(folder, lambda: now)
    desk.do(SetVillage("35.22.15.1001"))
    desk.close()
    begun = open_window()
    qtbot.waitUntil(lambda: begun.shell.place.text().startswith("Kelurahan"))
    assert begun.shell.buttons["budget"].isHidden()
    assert not begun.shell.buttons["projects"].isHidden()


def test_a_newer_file_is_refused_in_the_window_and_left_alone(
    open_window: Open, folder: Path, now: dt.datetime
) -> None:
    desk = open_desk(folder, lambda: now)
    with desk._writer.begin() as conn:
        conn.exec_driver_sql(f"PRAGMA user_version={SCHEMA + 1}")
    desk.close()
    begun = open_window()
    assert "lebih baru" in begun.shell.opening.text()
    assert not any(button.isEnabled() for button in begun.shell.buttons.values())


@pytest.mark.usefixtures("village")
def test_an_error_of_ours_stays_in_one_calm_line_until_it_is_put_away(open_window: Open, folder: Path) -> None:
    begun = open_window()
    begun.work.failed.emit(RuntimeError("sesuatu"))
    begun.shell.say("Tersimpan")
    assert begun.shell.warning.isVisible()
    assert "kesalahan aplikasi" in begun.shell.warning.text()
    assert "sesuatu" in (folder / "meja.log").read_text()
    begun.shell.seen.click()
    assert not begun.shell.warning.isVisible()


@pytest.mark.usefixtures("village")
def test_the_status_line_says_whether_it_was_saved_and_what_was_turned_back(
    open_window: Open, qtbot: QtBot, today: dt.date
) -> None:
    begun = open_window()
    refused: list[Exception] = []
    begun.work.do(SetContact("Jalan Contoh 1", "Kantor Desa"))
    assert begun.shell.saved.text() == "Menyimpan ..."
    qtbot.waitUntil(lambda: begun.shell.saved.text() == "Tersimpan")
    begun.work.do(SetVillage("1"), failed=refused.append)
    qtbot.waitUntil(lambda: begun.shell.saved.text() == "Belum tersimpan")
    qtbot.keyClick(begun.shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: begun.shell.saved.text() == "Diurungkan")
    assert begun.work.desk.ask(setup, today).address == ""


@pytest.mark.usefixtures("village")
def test_a_new_request_begins_from_every_page_with_one_key(open_window: Open, qtbot: QtBot) -> None:
    begun = open_window()
    begun.turn("settings")
    qtbot.keyClick(begun.shell, Qt.Key.Key_F2)
    page = begun.shell.pages["requests"]
    assert begun.shell.current == "requests"
    assert page.pages.currentWidget() is page.form


def test_a_page_that_is_visited_hears_its_keys(open_window: Open, village: None, qtbot: QtBot) -> None:
    begun = open_window()
    begun.shell.search.setFocus()
    begun.turn("requests")
    page = begun.shell.pages["requests"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.pages.currentWidget() is page.form)


def test_an_objection_begins_from_the_request_it_is_about(open_window: Open, village: None, qtbot: QtBot) -> None:
    begun = open_window()
    begun.turn("requests")
    page = begun.shell.pages["requests"]
    qtbot.waitUntil(lambda: bool(page.model.rows))
    page.open(page.model.rows[0].id)
    qtbot.waitUntil(lambda: page.record.detail is not None)
    words = {action.text(): action for action in page.record.others.actions()}
    words["Catat keberatan"].trigger()
    objections = begun.shell.pages["objections"]
    qtbot.waitUntil(lambda: objections.pages.currentWidget() is objections.form)
    objections.opened_request.emit(page.model.rows[0].id)
    assert begun.shell.stack.currentWidget() is page


def test_a_pc_that_lost_the_key_opens_on_the_way_back_and_never_on_an_empty_register(
    open_window: Open, village: None, folder: Path, qtbot: QtBot
) -> None:
    shutil.rmtree(beside(folder))
    begun = open_window()
    assert begun.shell.stack.currentWidget() is begun.shell.pages["key"]
    begun.turn("requests")
    assert "requests" not in begun.shell.pages
    assert begun.shell.stack.currentWidget() is begun.shell.pages["key"]


@pytest.mark.usefixtures("village")
def test_a_window_left_open_over_midnight_counts_the_days_again(
    qtbot: QtBot, qapp: QApplication, folder: Path, now: dt.datetime
) -> None:
    clock = [now]
    begun = program.Start(qapp, folder, lambda: clock[0], start)
    qtbot.addWidget(begun.shell)
    begun.shell.show()
    qtbot.waitUntil(lambda: begun.is_ready, timeout=20_000)
    home = begun.shell.pages["home"]
    assert home.model.rows[0].days_left == -4
    clock[0] += dt.timedelta(days=1)
    begun._clock.timeout.emit()
    qtbot.waitUntil(lambda: home.model.rows[0].days_left == -5)
    begun.shell.close()


@pytest.mark.usefixtures("village")
def test_a_second_start_raises_the_first_window(
    open_window: Open, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = open_window()
    raised: list[bool] = []
    monkeypatch.setattr(begun.shell, "raise_", lambda: raised.append(True))
    begun.work.run(start.call_first, folder, done=lambda _none: None)
    qtbot.waitUntil(lambda: raised == [True], timeout=5000)


@pytest.mark.usefixtures("village")
def test_closing_says_once_that_a_begun_form_would_be_lost(open_window: Open) -> None:
    begun = open_window()
    begun._new_request()
    begun.shell.pages["requests"].form.name.setText("Siti")
    assert not begun.shell.close()
    assert "belum disimpan" in begun.shell.warning.text() and begun.shell.current == "requests"
    assert begun.shell.close()
