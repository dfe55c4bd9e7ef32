"""A form that is longer than its window: whatever has the keyboard is in sight."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

ROOM = 64
"""Pixels kept in sight around the field that has the keyboard, for its label and the sentence below it."""


LINES = 8
"""Lines of text a form asks for; it takes all the room there is."""


class FormScroll(QScrollArea):
    """Scrolls a form upwards and downwards, and sideways where text is set so large that it no longer fits."""

    def __init__(self, form: QWidget, least: int = 0) -> None:
        """A form of which at least so many lines of text stay in sight; where the window is lower, it scrolls too."""
        super().__init__()
        self._least = least
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(form)
        self._form = form
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        """A few lines: a form that scrolls inside another does not push what stands below it out of sight."""
        return super().sizeHint().boundedTo(QSize(16_777_215, LINES * self.fontMetrics().lineSpacing()))

    def minimumSizeHint(self) -> QSize:
        """Room for the least that is to be seen."""
        return super().minimumSizeHint().expandedTo(QSize(0, self._least * self.fontMetrics().lineSpacing()))

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._form.isAncestorOf(new):
            self.ensureWidgetVisible(new, 0, ROOM)
