"""While something is saved nothing is disabled under the keyboard: focus stays where the hands are."""

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.village.commands import AppointOfficial, SetVillage
from desk.village.queries import profile
from ui.parts.style import dress
from ui.settings.page import SettingsPage
from ui.sync.join import JoinForm
from ui.sync.overview import Overview
from ui.village.wizard import Wizard
from ui.work import Work


@pytest.fixture
def work(qapp: QApplication, desk: Desk, today: dt.date) -> Iterator[Work]:
    """A village whose data can be changed."""
    dress(qapp, 100)
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "0812-3456-7890", today))
    work = Work()
    work.take(desk)
    failures: list[Exception] = []
    work.failed.connect(failures.append)
    yield work
    work.close()
    assert failures == []


def test_settings_keep_the_keyboard_in_the_field_and_save_once(
    work: Work, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    page = SettingsPage(work, lambda: today)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.filled)
    address = page.place.addresses.address
    address.setFocus()
    qtbot.keyClicks(address, "Jl. Contoh 1")
    qtbot.keyClick(address, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(address, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is address and page.place_sheet.save.isEnabled()
    qtbot.waitUntil(lambda: page.place_sheet.note.text() == "Tersimpan.")
    assert QApplication.focusWidget() is address
    village = desk.ask(profile, today)
    assert village is not None and village.address == "Jl. Contoh 1"


def test_the_first_run_keeps_the_keyboard_on_the_button_that_was_pressed(
    work: Work, qtbot: QtBot, today: dt.date
) -> None:
    wizard = Wizard(work, lambda: today)
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.activateWindow()
    qtbot.waitUntil(lambda: wizard.filled)
    wizard.forward.setFocus()
    qtbot.keyClick(wizard.forward, Qt.Key.Key_Return)
    qtbot.keyClick(wizard.forward, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is wizard.forward and wizard.forward.isEnabled()
    qtbot.waitUntil(lambda: wizard.current() == 1)


def test_joining_asks_the_district_once_and_keeps_the_keyboard(qtbot: QtBot) -> None:
    form = JoinForm()
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    asked: list[tuple[str, str]] = []
    form.submitted.connect(lambda address, code: asked.append((address, code)))
    form.address.setText("https://desa.contoh.go.id")
    form.code.setText("ABCD")
    form.button.setFocus()
    for _press in range(2):
        qtbot.keyClick(form.button, Qt.Key.Key_Space)
    assert asked == [("https://desa.contoh.go.id", "ABCD")]
    assert QApplication.focusWidget() is form.button and form.button.text() == "Menyambungkan ..."
    form.refuse("Kodenya sudah dipakai.")
    assert QApplication.focusWidget() is form.code
    form.button.click()
    assert len(asked) == 2


def test_a_round_hands_the_keyboard_from_the_button_to_the_one_that_stops_it(qtbot: QtBot) -> None:
    overview = Overview()
    qtbot.addWidget(overview)
    overview.show()
    overview.activateWindow()
    qtbot.waitUntil(overview.isActiveWindow)
    overview.send_button.setFocus()
    overview.busy(True)
    assert QApplication.focusWidget() is overview.stop_button
    overview.busy(False)
    assert QApplication.focusWidget() is overview.send_button
