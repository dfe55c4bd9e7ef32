"""A field for an hour of the day, as people write it: 8, 8.30, 0830, 08:30."""

import datetime as dt
import re
from gettext import gettext as _

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desk.store import DeskError
from ui.parts.style import mark

STEP = 30
"""Minutes an arrow key moves the clock."""

_TIME = re.compile(r"(\d{1,2})(?:[.: ]?([0-5]\d))?", re.ASCII)


def parse_time(text: str) -> dt.time:
    """An hour of the day from what people type.

    Raises:
        DeskError: it is no hour.
    """
    match = _TIME.fullmatch(text.strip())
    if not match or int(match[1]) > 23:
        raise DeskError(_("Tulis jam seperti 08.00 atau 15.30."))
    return dt.time(int(match[1]), int(match[2] or 0))


def show_time(time: dt.time | None) -> str:
    """`08.00`, or nothing."""
    return f"{time:%H.%M}" if time else ""


class TimeEdit(QLineEdit):
    """One hour; up and down move it by half an hour, leaving the field writes it out."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText("00.00")
        self.setMaxLength(5)
        self.setStyleSheet("padding: 0 2px;")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.editingFinished.connect(self._write_out)
        self.textEdited.connect(lambda: mark(self, "wrong", False))

    def value(self) -> dt.time:
        """The hour that stands in the field.

        Raises:
            DeskError: none does.
        """
        return parse_time(self.text())

    def put(self, time: dt.time | None) -> None:
        """Show an hour, or an empty field."""
        self.setText(show_time(time))
        mark(self, "wrong", False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move the clock."""
        steps = {Qt.Key.Key_Up: STEP, Qt.Key.Key_Down: -STEP}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        try:
            now = self.value()
        except DeskError:
            return
        minutes = (now.hour * 60 + now.minute + step) % (24 * 60)
        self.put(dt.time(minutes // 60, minutes % 60))
        self.textEdited.emit(self.text())

    def changeEvent(self, event: QEvent) -> None:
        """Just wide enough at every zoom."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            metrics = self.fontMetrics()
            self.setFixedWidth(metrics.horizontalAdvance("00.00") + round(1.3 * metrics.height()))

    def _write_out(self) -> None:
        try:
            self.setText(show_time(self.value()))
        except DeskError:
            mark(self, "wrong", bool(self.text().strip()))
