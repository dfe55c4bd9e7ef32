"""The seven grounds of an objection as ticks, each with its letter, its words, and whether it is in time."""

import datetime as dt
from collections.abc import Mapping
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from desk.objections.rules import GROUNDS, Window
from ui.objections.words import FLAGS, sentence, window_words
from ui.parts.chip import Note

LONGEST_NOTE = _("dalam waktu, sampai 30 Sep 2026") + 8 * " "
"""As wide as what stands beside a ground gets, with its icon."""


class GroundTicks(QWidget):
    """A tick for each letter of article 35(1); the letter itself ticks it too."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ticks = {ground: QCheckBox(f"{ground}. {sentence(words)}") for ground, words in GROUNDS.items()}
        self.notes = {ground: Note("done") for ground in GROUNDS}
        self.flags = Note("soon")
        self._windows: Mapping[str, Window] = {}
        self._received = dt.date.min
        self._is_beside = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        for row, tick in enumerate(self.ticks.values()):
            self._grid.addWidget(tick, 2 * row, 0)
            tick.toggled.connect(lambda _on: self._follow())
            # Enter leads to the next field: a sentence typed on a tick would toggle every letter it holds.
            tick.setProperty("aside", row > 0)
        self._place_notes()
        self._grid.addWidget(self.flags, 2 * len(self.ticks), 0, 1, 2)
        self.setFocusProxy(self.ticks["a"])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Each note beside its tick where both fit on one line, else below it."""
        super().resizeEvent(event)
        widest = max(tick.sizeHint().width() for tick in self.ticks.values())
        is_beside = self.width() >= widest + self.fontMetrics().horizontalAdvance(LONGEST_NOTE)
        if is_beside != self._is_beside:
            self._is_beside = is_beside
            self._place_notes()

    def _place_notes(self) -> None:
        for row, note in enumerate(self.notes.values()):
            self._grid.removeWidget(note)
            note.setContentsMargins(0 if self._is_beside else 24, 0, 0, 0)
            if self._is_beside:
                self._grid.addWidget(note, 2 * row, 1, Qt.AlignmentFlag.AlignVCenter)
            else:
                self._grid.addWidget(note, 2 * row + 1, 0, 1, 2)

    def show_windows(self, windows: Mapping[str, Window], received: dt.date) -> None:
        """Say beside each ground whether an objection received on that day is in time."""
        self._windows, self._received = windows, received
        for ground, window in windows.items():
            state, words = window_words(window, received)
            self.notes[ground].say(words, state)
            self.ticks[ground].setAccessibleDescription(words)
        self._say_flags()

    def chosen(self) -> tuple[str, ...]:
        """The letters that are ticked."""
        return tuple(ground for ground, tick in self.ticks.items() if tick.isChecked())

    def clear(self) -> None:
        """Tick none."""
        for tick in self.ticks.values():
            tick.setChecked(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter from a to g ticks its ground."""
        tick = self.ticks.get(event.text().casefold())
        if tick is None:
            super().keyPressEvent(event)
        else:
            tick.toggle()
            tick.setFocus()

    def _follow(self) -> None:
        self._say_flags()
        self.changed.emit()

    def _say_flags(self) -> None:
        """What a ground out of time means: said once it is ticked, so that nobody is sent away for it."""
        flags = {self._windows[ground].flag(self._received) for ground in self.chosen() if ground in self._windows}
        self.flags.say("\n".join(FLAGS[flag] for flag in sorted(flags - {""})))


HINT = _("Centang dengan spasi, atau tekan hurufnya. Boleh lebih dari satu.")
"""How the keyboard chooses."""
