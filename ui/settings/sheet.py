"""One sheet of the settings: fields that scroll, and the button that saves them always in reach."""

from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.store import DeskError
from ui.parts.chip import Note
from ui.parts.scroll import FormScroll
from ui.parts.style import mark
from ui.village.enter import walk
from ui.village.saving import Commands, Saver
from ui.work import Work

WIDEST = 760
"""Pixels the fields spread over."""


class SaveSheet(QWidget):
    """Fields with `Simpan` below; says when they are kept, and forgets saying so once something is typed."""

    def __init__(
        self,
        work: Work,
        body: QWidget,
        commands: Callable[[], Commands],
        explain: Callable[[str], None],
        heading: str = "",
    ) -> None:
        """A sheet around `body`.

        Args:
            work: where commands go.
            body: the fields.
            commands: what saves them; a DeskError where a field is wrong, which then says so itself.
            explain: what the desk refused, for the field it concerns.
            heading: above the fields; "" where the tab says it.
        """
        super().__init__()
        self.touched = False
        self._commands, self._explain = commands, explain
        self.saver = Saver(work, self)
        self._lay_out(body, heading)
        self.save.clicked.connect(self.submit)
        self.saver.saved.connect(self._saved)
        self.saver.refused.connect(self._refused)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.submit)

    def _lay_out(self, body: QWidget, heading: str) -> None:
        self.heading = QLabel(heading)
        mark(self.heading, "role", "section")
        if not heading:  # shown before it has a parent it would be a window of its own
            self.heading.hide()
        self.save, self.cancel = QPushButton(_("Simpan")), QPushButton(_("Batal"))
        mark(self.save, "kind", "main")
        self.cancel.hide()
        self.note = Note("done")
        for button in (self.save, self.cancel):
            button.setAutoDefault(True)
        body.setMaximumWidth(WIDEST)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.note, 1)
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(FormScroll(body), 1)
        column.addLayout(buttons)

    def submit(self) -> None:
        """Save what stands in the fields, unless one of them is wrong."""
        if self.saver.busy:
            return
        self.note.say("")
        try:
            commands = self._commands()
        except DeskError:
            return
        self.saver.save(commands)

    def touch(self) -> None:
        """Something was typed."""
        self.touched = True
        self.note.say("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if not walk(self, event):
            super().keyPressEvent(event)

    def _saved(self) -> None:
        self.touched = False
        self.note.say(_("Tersimpan."))

    def _refused(self, sentence: str) -> None:
        self._explain(sentence)
