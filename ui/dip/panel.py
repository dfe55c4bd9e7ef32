"""A form beside a list: heading, fields with their faults, one button that saves, one link that takes away."""

from collections.abc import Mapping, Sequence
from functools import partial
from gettext import gettext as _
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desk.store import DeskError
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import EnterWalks, Field, TextEdit
from ui.parts.icons import icon
from ui.parts.scroll import FormScroll

WIDTH = 760
"""Pixels beyond which a form grows no wider."""


class Ticks(QListWidget):
    """Several of a list may be chosen: arrows walk, the space bar ticks."""

    def __init__(self, choices: Mapping[str, str], lines: int = 7) -> None:
        """Codes and words, `lines` of them in sight."""
        super().__init__()
        self._lines = lines
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("kind", "ticks")
        for code, words in choices.items():
            entry = QListWidgetItem(words, self)
            entry.setData(Qt.ItemDataRole.UserRole, code)
            entry.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            entry.setCheckState(Qt.CheckState.Unchecked)
        self.setCurrentRow(0)
        self._fit()

    def codes(self) -> tuple[str, ...]:
        """What is ticked, in the order of the list."""
        entries = (self.item(row) for row in range(self.count()))
        return tuple(e.data(Qt.ItemDataRole.UserRole) for e in entries if e.checkState() == Qt.CheckState.Checked)

    def put(self, codes: Sequence[str]) -> None:
        """Tick these and no others."""
        for row in range(self.count()):
            entry = self.item(row)
            ticked = entry.data(Qt.ItemDataRole.UserRole) in codes
            entry.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the number of lines when the text grows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight((self.fontMetrics().lineSpacing() + 22) * self._lines)


def choice(choices: Mapping[str, str]) -> QComboBox:
    """A list of words, each with its code as data; as narrow as its place."""
    box = QComboBox()
    box.setMinimumContentsLength(12)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for code, words in choices.items():
        box.addItem(words[:1].upper() + words[1:], code)
    return box


class FormPanel(QWidget):
    """The form with its buttons; a subclass adds `fields` and calls `lay_out`."""

    submitted = Signal(object)
    """What the form adds up to."""
    closed = Signal()
    """Back; nothing of the form is kept."""
    removing = Signal()

    def __init__(self, save: str, remove: str = "") -> None:
        """Named after what its button does; without `remove` there is no link."""
        super().__init__()
        self.heading = QLabel()
        self.heading.setProperty("role", "section")
        self.heading.setWordWrap(True)
        self.back = QPushButton(icon("back"), "")
        self.back.setToolTip(_("Kembali (Esc)"))
        self.back.setAccessibleName(_("Kembali"))
        self.back.setMinimumWidth(36)
        self.note = Note("late")
        self.save, self.remove = QPushButton(save), QPushButton(remove)
        if not remove:  # shown before it has a parent it would be a window of its own
            self.remove.hide()
        self.fields: dict[str, Field] = {}
        self._kept: tuple[object, ...] = ()

    def submit(self) -> None:
        """Hand the form over, or mark what is wrong; each form says how."""
        raise TypeError("a form says what it adds up to")

    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._state() != self._kept

    def keep(self) -> None:
        """What stands here now is what is saved; nothing is wrong with it."""
        self.note.say("")
        self.mark({})
        self._kept = self._state()

    def mark(self, faults: Mapping[str, str]) -> bool:
        """Put each sentence beside its field and the keyboard on the first; whether there are any."""
        for name, field in self.fields.items():
            field.explain(faults.get(name, ""))
        first = next((field for name, field in self.fields.items() if name in faults), None)
        if first is not None:
            first.input.setFocus()
        return bool(faults)

    def refuse(self, error: Exception) -> None:
        """Say above the buttons why nothing was saved.

        Raises:
            Exception: `error` itself, where it is no sentence for a person.
        """
        self.save.setEnabled(True)
        if not isinstance(error, DeskError):
            raise error
        self.note.say(str(error))

    def days(self) -> dict[str, str]:
        """Faults of the dates that cannot be read."""
        faults = {}
        for name, field in self.fields.items():
            if isinstance(field.input, DateEdit):
                try:
                    field.input.value()
                except DeskError as error:
                    faults[name] = str(error)
        return faults

    def _state(self) -> tuple[object, ...]:
        return tuple(_value(field.input) for field in self.fields.values())

    def lay_out(self, rows: Sequence[Sequence[str]], more: Sequence[QWidget] = ()) -> None:
        """Fields in rows, then the rest; the buttons stay in sight below."""
        inside = QWidget()
        inside.setProperty("surface", "page")
        inside.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 4, 24, 24)
        column.setSpacing(16)
        for names in rows:
            row = QHBoxLayout()
            row.setSpacing(16)
            for name in names:
                row.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        for widget in more:
            column.addWidget(widget)
        column.addStretch(1)
        rule = QFrame()
        rule.setProperty("surface", "rule")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._top())
        whole.addWidget(FormScroll(inside), 1)
        whole.addWidget(rule)
        whole.addLayout(self._bottom())
        walked = [self.fields[name].input for names in rows for name in names]
        for field, following in pairwise([*walked, self.save, self.remove]):
            QWidget.setTabOrder(field, following)
        EnterWalks(self)
        self._put_keys()

    def _top(self) -> QHBoxLayout:
        self.back.setProperty("kind", "link")
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 24, 8)
        top.setSpacing(8)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.heading, 1)
        return top

    def _bottom(self) -> QVBoxLayout:
        self.save.setProperty("kind", "main")
        self.save.setToolTip(_("Ctrl+Enter"))
        self.remove.setProperty("kind", "link")
        for button in (self.save, self.remove):
            button.setAutoDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(self.save)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(24, 8, 24, 12)
        bottom.addWidget(self.note)
        bottom.addLayout(buttons)
        return bottom

    def _put_keys(self) -> None:
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self.save.clicked.connect(lambda: self.submit())
        self.back.clicked.connect(self.closed)
        self.remove.clicked.connect(self.removing)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            saving = QShortcut(QKeySequence(keys), self, context=here)
            saving.setAutoRepeat(False)
            saving.activated.connect(lambda: self.submit())
        leaving = QShortcut(QKeySequence("Esc"), self, context=here)
        leaving.activated.connect(partial(self.closed.emit))


def _value(widget: QWidget) -> object:
    if isinstance(widget, Ticks):
        return widget.codes()
    if isinstance(widget, QComboBox):
        return widget.currentData()
    if isinstance(widget, DateEdit):
        return widget.value_or_none() or widget.text()
    return widget.text() if isinstance(widget, TextEdit | QLineEdit) else None
