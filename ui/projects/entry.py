"""What every small form inside an open activity does: fields, faults beside them, Ctrl+Enter and Esc."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from gettext import gettext as _

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from desk.store import DeskError
from ui.parts.attaching import bring
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import EnterWalks, Field
from ui.parts.money import MoneyEdit


class Entry(QFrame):
    """A form of a few fields with its buttons; Ctrl+Enter saves, Esc closes it and not what is around it."""

    closed = Signal()

    def __init__(self, heading: str, fields: dict[str, Field], lines: Sequence[Sequence[str]]) -> None:
        """Fields by the names the rules use; `lines` says which stand side by side."""
        super().__init__()
        self.fields = fields
        self.id: bytes | None = None
        """What is changed; None where something new is written."""
        self._kept: tuple[str, ...] = ()
        self.heading, self.note = QLabel(heading), Note("late")
        self.heading.setProperty("role", "strong")
        self.heading.setWordWrap(True)
        self.save, self.cancel = QPushButton(_("Simpan")), QPushButton(_("Batal"))
        self.save.setToolTip(_("Ctrl+Enter"))
        self.setProperty("surface", "quiet")
        self._build(lines)
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)
        EnterWalks(self)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.submit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Take Esc before a shortcut of what is around it does."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.closed.emit()
                return True
        return super().event(event)

    def submit(self) -> None:
        """Mark what is wrong, or hand the form over."""

    def begin(self) -> None:
        """Show the form as it was filled, the keyboard in its first field."""
        self.explain_fields({})
        self.note.say("")
        self.save.setEnabled(True)
        self._kept = self._state()
        self.show()
        next(field for field in self.fields.values() if not field.isHidden()).input.setFocus()
        bring(self)

    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return not self.isHidden() and self._state() != self._kept

    def explain(self, error: Exception) -> None:
        """Say above the buttons why nothing was saved.

        Raises:
            Exception: `error` itself, where it is no sentence for a person.
        """
        self.save.setEnabled(True)
        if not isinstance(error, DeskError):
            raise error
        self.note.say(str(error))
        bring(self)

    def explain_fields(self, faults: dict[str, str]) -> bool:
        """Say beside each field what is wrong; whether anything is."""
        for name, field in self.fields.items():
            if isinstance(field.input, MoneyEdit):
                field.input.explain(faults.get(name, ""))
            else:
                field.explain(faults.get(name, ""))
        wrong = next((field for name, field in self.fields.items() if name in faults), None)
        if wrong is not None:
            wrong.input.setFocus()
        return wrong is not None

    def day(self, name: str, faults: dict[str, str]) -> dt.date | None:
        """The date of a field; what cannot be read is put into `faults`."""
        edit = self.fields[name].input
        assert isinstance(edit, DateEdit)
        try:
            return edit.value()
        except DeskError as error:
            faults[name] = str(error)
            return None

    def amount(self, name: str, faults: dict[str, str]) -> Decimal | None:
        """The amount of a field, likewise."""
        edit = self.fields[name].input
        assert isinstance(edit, MoneyEdit)
        if fault := edit.fault():
            faults[name] = fault
        return edit.value()

    def _state(self) -> tuple[str, ...]:
        told = []
        for field in self.fields.values():
            match field.input:
                case MoneyEdit() as money:
                    told.append(f"{money.value()}{money.fault()}")
                case DateEdit() as edit:
                    told.append(str(edit.value_or_none() or edit.text()))
                case QLineEdit() as line:
                    told.append(line.text())
                case QComboBox() as box:
                    told.append(box.currentText())
        return tuple(told)

    def _build(self, lines: Sequence[Sequence[str]]) -> None:
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.heading)
        for names in lines:
            row = QHBoxLayout()
            row.setSpacing(16)
            for name in names:
                row.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        self.more: QVBoxLayout = QVBoxLayout()
        column.addLayout(self.more)
        column.addWidget(self.note)
        foot.addStretch(1)
        for button in (self.cancel, self.save):
            button.setAutoDefault(True)
            foot.addWidget(button)
        column.addLayout(foot)
