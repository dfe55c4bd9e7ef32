"""Qt's own dialogs and menus speak Indonesian."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QMessageBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from ui.qtwords import ROOMS, WORDS, QtWords

PAPERS = "QPageSize"
"""Names of papers are the printer's."""


class Listener(QTranslator):
    """Is asked after `QtWords`, so it hears what that leaves in English."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: set[tuple[str, str]] = set()

    def isEmpty(self) -> bool:
        """Never."""
        return False

    def translate(self, context: str, text: str, note: str | None = None, n: int = -1) -> str | None:
        """Remember, and leave the word as it is."""
        self.heard.add((context, text))
        return None


@pytest.fixture
def left_english(qapp: QApplication) -> Iterator[set[tuple[str, str]]]:
    """What Qt asked for that has no word of ours."""
    listener, ours = Listener(), QtWords(qapp)
    for known in qapp.findChildren(QtWords):
        qapp.removeTranslator(known)
    qapp.installTranslator(listener)
    qapp.installTranslator(ours)
    yield listener.heard
    for translator in (ours, listener):
        qapp.removeTranslator(translator)
    for known in qapp.findChildren(QtWords):
        known.setParent(None)


def test_dialogs_and_menus_are_wholly_indonesian(
    left_english: set[tuple[str, str]], qtbot: QtBot, tmp_path: object
) -> None:
    saving, opening = QFileDialog(None, "", str(tmp_path)), QFileDialog(None, "", str(tmp_path))
    saving.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    printer = QPrinter()
    printer.setOutputFileName(f"{tmp_path}/x.pdf")
    buttons = QDialogButtonBox(~QDialogButtonBox.StandardButton.NoButton)
    asking = QMessageBox(
        QMessageBox.Icon.Question, "", "", QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
    )
    for dialog in (saving, opening, asking, QPrintDialog(printer), buttons):
        if isinstance(dialog, QFileDialog):
            dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        qtbot.addWidget(dialog)
        dialog.show()
        QApplication.processEvents()
    line, text = QLineEdit(), QPlainTextEdit()
    for edit in (line, text):
        qtbot.addWidget(edit)
        menu = edit.createStandardContextMenu()
        assert any("&Salin" in action.text() for action in menu.actions())
    english = {word for room, word in left_english if room.startswith(ROOMS)}
    assert {word for word in english if not word.startswith("Alt+")} == set()
    elsewhere = {room for room, _word in left_english if not room.startswith(ROOMS)}
    assert elsewhere <= {"QShortcut", "QGuiApplication", PAPERS}


def test_placeholders_of_qt_s_sentences_are_kept() -> None:
    for source, ours in WORDS.items():
        assert source.count("%1") == ours.count("%1"), source
