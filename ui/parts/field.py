"""A labelled field: its name above, a hint or what is wrong with it below, in words."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desk.store import DeskError
from ui.parts.chip import Note
from ui.parts.style import mark


class Field(QWidget):
    """One input with its label, and the sentence beside it."""

    def __init__(self, label: str, widget: QWidget, hint: str = "") -> None:
        """Label above, widget below it, then the hint; an empty hint takes no room.

        Args:
            label: may hold a mnemonic (`&Nama`).
            widget: the input; reachable as `input`.
            hint: a quiet line under the input.
        """
        super().__init__()
        self.input = widget
        self.label = QLabel(label)
        self.label.setBuddy(widget)
        self.label.setProperty("role", "strong")
        self._hint = QLabel(hint)
        self._hint.setProperty("role", "quiet")
        self._hint.setWordWrap(True)
        self._fault = Note("late")
        widget.setAccessibleName(label.replace("&", ""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.label, widget, self._hint, self._fault):
            column.addWidget(part)
        self._show()

    def explain(self, sentence: str) -> None:
        """Say what is wrong, "" for nothing."""
        self._fault.say(sentence)
        mark(self._marked(), "wrong", bool(sentence))
        self.input.setAccessibleDescription(sentence or self._hint.text())
        self._show()

    def fault(self) -> str:
        """What was said to be wrong; "" where nothing is."""
        return self._fault.text()

    def hint(self, sentence: str) -> None:
        """Say something helpful under the input, "" for nothing."""
        self._hint.setText(sentence)
        self._show()

    def _marked(self) -> QWidget:
        """The widget that wears the border."""
        edits = (QLineEdit, QPlainTextEdit, QComboBox)
        if isinstance(self.input, edits):
            return self.input
        inner = self.input.focusProxy()
        return inner if isinstance(inner, edits) else self.input

    def _show(self) -> None:
        self._fault.setVisible(bool(self._fault.text()))
        self._hint.setVisible(bool(self._hint.text()) and not self._fault.text())


def check_all(*checks: Callable[[], object]) -> None:
    """Let every field of a form say what is wrong with it, asked from the last to the first.

    Each check that fails takes the keyboard, so that in the end the first field in need of mending has it.

    Raises:
        DeskError: the first fault.
    """
    first: DeskError | None = None
    for check in reversed(checks):
        try:
            check()
        except DeskError as error:
            first = error
    if first is not None:
        raise first


class TextEdit(QPlainTextEdit):
    """Several lines of text; Tab leaves it, Enter breaks the line."""

    def __init__(self, lines: int = 3) -> None:
        """As high as `lines` lines."""
        super().__init__()
        self.setTabChangesFocus(True)
        self._lines = lines
        self._fit()

    def text(self) -> str:
        """What was typed."""
        return self.toPlainText()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the number of lines when the text grows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + 22)


class EnterWalks(QObject):
    """Enter in a field of a form goes to the next one, as on the number pad; buttons keep their Enter.

    A button with the property `aside` is passed over: it changes the form, and Tab reaches it.
    """

    def __init__(self, form: QWidget) -> None:
        """Watches every field `form` holds now."""
        super().__init__(form)
        self._form = form
        for kind in (QLineEdit, QComboBox):
            for edit in form.findChildren(kind):
                edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn Enter without Ctrl into a step forward."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self._form.focusNextChild()
                while (reached := QApplication.focusWidget()) is not None and reached.property("aside"):
                    self._form.focusNextChild()
                return True
        return super().eventFilter(watched, event)
