"""A field for an amount of money: takes what clerks type, also a calculation, says it in words, never guesses."""

from decimal import Decimal
from gettext import gettext as _

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from desk import reckon
from desk.money import rupiah, words
from desk.store import DeskError
from ui.parts.chip import Note
from ui.parts.style import mark


def spoken(text: str) -> str:
    """An amount in words, and before them what a calculation comes to: `= Rp 4.750.000 · empat juta ...`.

    Raises:
        DeskError: it is neither.
    """
    amount = reckon.amount(text)
    said = _("{words} rupiah").format(words=words(amount))
    return f"= {rupiah(amount)} · {said}" if reckon.is_sum(text) else said


class MoneyEdit(QWidget):
    """One amount in rupiah; below it the amount in words, or why it was refused."""

    changed = Signal()
    """Another text than before."""
    said = Signal(str)
    """The amount in words, for forms of many amounts that show the words once; "" where there is none."""

    def __init__(self, *, echo: bool = True) -> None:
        """An empty field; with `echo` the words stand below it, else they only leave through `said`."""
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText("Rp")
        self.line.setMaxLength(reckon.LONGEST)
        self._words = QLabel()
        self._words.setProperty("role", "quiet")
        self._words.setWordWrap(True)
        self._echo = echo
        if not echo:  # shown without a parent it would be a window of its own
            self._words.hide()
        self._fault = Note("late")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.line, self._words, self._fault):
            column.addWidget(part)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.installEventFilter(self)

    def value(self) -> Decimal | None:
        """The amount in rupiah; None where the field is empty or refused (`fault` tells which)."""
        return None if self.fault() or not self.line.text().strip() else reckon.amount(self.line.text())

    def fault(self) -> str:
        """Why the text is no amount; "" where it is one or the field is empty."""
        try:
            if self.line.text().strip():
                reckon.amount(self.line.text())
        except DeskError as error:
            return str(error)
        return ""

    def put(self, amount: Decimal | None) -> None:
        """Show an amount; None empties the field."""
        self.line.setText("" if amount is None else rupiah(amount))
        self._settle()

    def explain(self, sentence: str) -> None:
        """Say below what is wrong with the amount, "" for nothing."""
        self._fault.say(sentence)
        mark(self.line, "wrong", bool(sentence))
        spoken = self.spoken()
        self._words.setText(spoken)
        self._words.setVisible(self._echo and not sentence)
        self.line.setAccessibleDescription(sentence or spoken)
        self.said.emit(spoken)

    def spoken(self) -> str:
        """The amount in words: `satu juta lima ratus ribu rupiah`; "" where there is none."""
        return "" if self.value() is None else spoken(self.line.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Settle the amount when the field is left, say it again when it is entered."""
        if watched is self.line and isinstance(event, QFocusEvent):
            if event.type() == QEvent.Type.FocusOut and event.reason() != Qt.FocusReason.PopupFocusReason:
                self._settle()
            elif event.type() == QEvent.Type.FocusIn:
                self.said.emit(self.spoken())
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        """While typing only the words follow; a half-typed amount is not called wrong yet."""
        self.explain("")
        self.changed.emit()

    def _settle(self) -> None:
        amount = self.value()
        if amount is not None:
            self.line.setText(rupiah(amount))
        self.explain(self.fault())
