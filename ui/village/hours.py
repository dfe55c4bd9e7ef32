"""The week of the desk: a line a day, with a break or without."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.dates import WEEKDAYS
from desk.store import DeskError
from desk.village.rules import DayHours, check_hours
from ui.parts.chip import Note
from ui.parts.field import check_all
from ui.parts.style import mark
from ui.village.clock import TimeEdit

FRIDAY = 4

USUAL = (
    *(DayHours(day, dt.time(8), dt.time(15), dt.time(12), dt.time(13)) for day in range(FRIDAY)),
    DayHours(FRIDAY, dt.time(8), dt.time(14, 30), dt.time(11, 30), dt.time(13)),
)
"""An offer to start from; every village sets its own."""


class DayRow:
    """The widgets of one day, laid into a grid."""

    def __init__(self, weekday: int, grid: QGridLayout, edited: Callable[[], None]) -> None:
        name = WEEKDAYS[weekday]
        self.weekday = weekday
        self.open = QCheckBox(name)
        self.opens = TimeEdit(_("{day}, jam buka").format(day=name))
        self.closes = TimeEdit(_("{day}, jam tutup").format(day=name))
        self.pause = QCheckBox(_("istirahat"))
        self.pause.setAccessibleName(_("{day}, ada istirahat").format(day=name))
        self.break_from = TimeEdit(_("{day}, istirahat mulai").format(day=name))
        self.break_until = TimeEdit(_("{day}, istirahat selesai").format(day=name))
        self.fault = Note("late")
        line = (self.open, self.opens, QLabel("–"), self.closes, self.pause, self.break_from, QLabel("–"))
        self._dashes = (line[2], line[6])
        for column, widget in enumerate((*line, self.break_until)):
            grid.addWidget(widget, 2 * weekday, column)
        grid.addWidget(self.fault, 2 * weekday + 1, 1, 1, 8)
        self.open.toggled.connect(self._toggled)
        self.pause.toggled.connect(self._toggled)
        for box in (self.open, self.pause):
            box.clicked.connect(edited)
        for time in self.times:
            time.textEdited.connect(edited)
        self._toggled()

    @property
    def times(self) -> tuple[TimeEdit, TimeEdit, TimeEdit, TimeEdit]:
        """The four hours of the line."""
        return self.opens, self.closes, self.break_from, self.break_until

    def put(self, day: DayHours | None) -> None:
        """Show a day, closed where it is None."""
        self.open.setChecked(day is not None)
        self.pause.setChecked(bool(day and day.break_from))
        values = (day.opens, day.closes, day.break_from, day.break_until) if day else (None,) * 4
        for field, value in zip(self.times, values, strict=True):
            field.put(value)
        self.explain("")

    def value(self) -> DayHours | None:
        """The day as typed, None where the desk is closed.

        Raises:
            DeskError: with the sentence, which then stands under the line too.
        """
        if not self.open.isChecked():
            return None
        self.explain("")
        pause = (self.break_from, self.break_until) if self.pause.isChecked() else ()
        check_all(*(partial(self._check, field) for field in (self.opens, self.closes, *pause)))
        day = DayHours(self.weekday, self.opens.value(), self.closes.value(), *(field.value() for field in pause))
        try:
            check_hours((day,))
        except DeskError as error:
            self.explain(str(error))
            field = self.closes if self.closes.value() <= self.opens.value() else self.break_from
            mark(field, "wrong", True)
            field.setFocus()
            raise
        return day

    def _check(self, field: TimeEdit) -> None:
        try:
            field.value()
        except DeskError as error:
            mark(field, "wrong", True)
            self.explain(str(error))
            field.setFocus()
            raise

    def explain(self, sentence: str) -> None:
        """Say under the line what is wrong with it, or nothing."""
        self.fault.say(sentence)

    def _toggled(self) -> None:
        is_open, pauses = self.open.isChecked(), self.open.isChecked() and self.pause.isChecked()
        for widget in (self.opens, self.closes, self.pause, self._dashes[0]):
            widget.setVisible(is_open)
        for widget in (self.break_from, self.break_until, self._dashes[1]):
            widget.setVisible(pauses)
        if not is_open:
            self.explain("")


class HoursEditor(QWidget):
    """The whole week, with offers that fill it in one press."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.usual = QPushButton(_("Isi jam kantor biasa"))
        self.same = QPushButton(_("Senin–Kamis sama"))
        offers = QHBoxLayout()
        offers.setSpacing(8)
        for button in (self.usual, self.same):
            offers.addWidget(button)
        offers.addStretch()
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        self.days = tuple(DayRow(day, grid, self._was_edited) for day in range(7))
        for day in self.days:
            grid.setRowMinimumHeight(2 * day.weekday, day.opens.sizeHint().height())
        grid.setColumnStretch(8, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(offers)
        column.addLayout(grid)
        column.addStretch()
        self.usual.clicked.connect(self._fill_usual)
        self.same.clicked.connect(self._copy_monday)
        for row in self.days:
            row.open.clicked.connect(lambda on, row=row: self._offer_hours(row) if on else None)
            row.pause.clicked.connect(lambda on, row=row: self._offer_break(row) if on else None)

    def put(self, hours: tuple[DayHours, ...]) -> None:
        """Show a week; days not named are closed."""
        by_day = {day.weekday: day for day in hours}
        for row in self.days:
            row.put(by_day.get(row.weekday))

    def value(self) -> tuple[DayHours, ...]:
        """The week as typed.

        Raises:
            DeskError: lines are wrong; each is marked and says so, the first has the keyboard.
        """
        check_all(*(row.value for row in self.days))
        return tuple(day for day in [row.value() for row in self.days] if day)

    def first(self) -> QWidget:
        """Where the keyboard starts."""
        return self.usual if not any(row.open.isChecked() for row in self.days) else self.days[0].open

    def _was_edited(self) -> None:
        self.edited.emit()

    def _fill_usual(self) -> None:
        self.put(USUAL)
        self.edited.emit()

    def _copy_monday(self) -> None:
        try:
            monday = self.days[0].value()
        except DeskError:
            return
        for row in self.days[1:FRIDAY]:
            row.put(
                DayHours(row.weekday, monday.opens, monday.closes, monday.break_from, monday.break_until)
                if monday
                else None
            )
        self.edited.emit()

    def _offer_hours(self, row: DayRow) -> None:
        """A day opened for the first time takes the hours of the last open day before it."""
        if row.opens.text():
            return
        for earlier in reversed(self.days[: row.weekday]):
            if earlier.open.isChecked() and earlier.opens.text():
                row.opens.setText(earlier.opens.text())
                row.closes.setText(earlier.closes.text())
                return
        row.opens.put(USUAL[0].opens)
        row.closes.put(USUAL[0].closes)

    def _offer_break(self, row: DayRow) -> None:
        if not row.break_from.text():
            offer = USUAL[min(row.weekday, FRIDAY)]
            row.break_from.put(offer.break_from)
            row.break_until.put(offer.break_until)
