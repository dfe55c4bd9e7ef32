"""A form that is longer than its window: whatever has the keyboard is in sight."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

ROOM = 64
"""Pixels kept in sight around the field that has the keyboard, for its label and the sentence below it."""


class FormScroll(QScrollArea):
    """Scrolls a form upwards and downwards only."""

    def __init__(self, form: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(form)
        self._form = form
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._form.isAncestorOf(new):
            self.ensureWidgetVisible(new, 0, ROOM)
