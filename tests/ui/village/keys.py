"""What a clerk presses in the first run."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk.village.commands import AppointOfficial
from ui.village.wizard import Wizard
from ui.work import Work

NARROW = (1024 - 176, 600 - 92)
"""What the shell leaves of a 1024x600 screen to a page."""

HEAD = AppointOfficial("head", "Kepala Desa", "Siti Aminah, S.Sos.", "0812 3456 7890", dt.date(2020, 2, 1))


def shown(qtbot: QtBot, work: Work, today: dt.date) -> Wizard:
    """The wizard in a page's room, filled with what the desk knows."""
    wizard = Wizard(work, lambda: today)
    qtbot.addWidget(wizard)
    wizard.resize(*NARROW)
    with qtbot.waitExposed(wizard):
        wizard.show()
    wizard.activateWindow()
    qtbot.waitUntil(lambda: wizard.filled)
    return wizard


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def typed(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(focus(), text)


def press(qtbot: QtBot, *keys: Qt.Key, control: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    for key in keys:
        qtbot.keyClick(focus(), key, modifier)


def enter(qtbot: QtBot, wizard: Wizard, page: int) -> None:
    """Wait until the page stands and the keyboard is in it."""
    qtbot.waitUntil(lambda: wizard.current() == page and QApplication.focusWidget() is not None)


def choose(qtbot: QtBot, wizard: Wizard, text: str) -> None:
    """Find a village, take the first and save it."""
    typed(qtbot, text)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Return, control=True)
    enter(qtbot, wizard, 1)
