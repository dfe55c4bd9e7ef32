"""A field for a date, typed as 22-11-2026; says back which day of the week that is."""

import datetime as dt
import re
from gettext import gettext as _

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desk.dates import MONTHS, short_date
from desk.store import DeskError

_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})|(\d{2})(\d{2})(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORDS = re.compile(r"(?:[a-z]+,? +)?(\d{1,2})[- ]([a-z]{3,})[- ](\d{4})", re.IGNORECASE)

_OLD_SPELLING = {"peb": "feb", "agt": "agu", "nop": "nov"}
"""Beginnings of month names as many still write them: Pebruari, Nopember."""


class DateEdit(QLineEdit):
    """One date; up and down arrows step by a day, empty is no date."""

    changed = Signal()
    """Another text than before."""

    def __init__(self, day: dt.date | None = None) -> None:
        """A field that holds `day`."""
        super().__init__()
        self.setPlaceholderText(_("hh-bb-tttt"))
        self.setMaxLength(30)
        self.textChanged.connect(lambda: self.changed.emit())
        self.put(day)

    def put(self, day: dt.date | None) -> None:
        """Show a date, or none."""
        self.setText(shown(day) if day and self.hasFocus() else short_date(day) if day else "")

    def value(self) -> dt.date | None:
        """The date; None where the field is empty.

        Raises:
            DeskError: the text is no date.
        """
        text = self.text().strip()
        return read_date(text) if text else None

    def value_or_none(self) -> dt.date | None:
        """The date; None where the field is empty or no date."""
        try:
            return self.value()
        except DeskError:
            return None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """While typing the date stands in figures."""
        day = self.value_or_none()
        if day:
            self.setText(shown(day))
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Afterwards it stands with its weekday, so that a slip is seen."""
        super().focusOutEvent(event)
        day = self.value_or_none()
        if day and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setText(short_date(day))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow up is the next day, arrow down the day before."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        day = self.value_or_none()
        if step and day and dt.date(1900, 1, 2) < day < dt.date(2199, 12, 31):
            self.setText(shown(day + dt.timedelta(days=step)))
            self.selectAll()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Room for a whole date at every zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMinimumWidth(self.fontMetrics().horizontalAdvance("Min, 22 Sep 2026") + 28)


def shown(day: dt.date) -> str:
    """A date as it is typed: 22-11-2026."""
    return f"{day:%d-%m-%Y}"


def read_date(text: str) -> dt.date:
    """A date from 22-11-2026, 22/11/26, 22112026, 22 Nov 2026 or 2026-11-22.

    Raises:
        DeskError: no such day, or no way to tell which.
    """
    wrong = DeskError(_("Tanggal ditulis seperti 22-11-2026. Periksa lagi."))
    if iso := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
    elif numbers := _NUMBERS.fullmatch(text):
        day, month, year = (int(part) for part in numbers.groups() if part is not None)
        year += 2000 if year < 100 else 0
    elif words := _WORDS.fullmatch(text):
        start = words[2].casefold()[:3]
        start = _OLD_SPELLING.get(start, start)
        named = [i for i, name in enumerate(MONTHS, 1) if name.casefold().startswith(start)]
        if not named:
            raise wrong
        day, month, year = int(words[1]), named[0], int(words[3])
    else:
        raise wrong
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise DeskError(_("Tanggal {text} tidak ada di kalender. Periksa lagi.").format(text=text)) from None
