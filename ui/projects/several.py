"""A few lines inside a form: sources with amounts, lines of the budget, points of the plan; each line can go again."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.projects.rules import BudgetRef, Fund
from desk.projects.watch import Point
from desk.store import DeskError
from ui.parts.dates import DateEdit
from ui.parts.icons import icon
from ui.parts.money import MoneyEdit

MOST = 6
"""Lines a form has room for; no activity in a published budget had more sources than four."""

_REF = re.compile(r"([^\s/]+)(?:\s*/\s*(\d[\d.]*))?")
"""Code of an activity, and of an account right behind it: a title may hold a slash of its own, as in `RT 03/01`."""


class Choice(QComboBox):
    """A list that also takes what is not on it; finds entries by any part of their text."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = self.completer()
        assert completer is not None
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def put(self, text: str) -> None:
        """Show a text from its beginning."""
        self.setEditText(text)
        line = self.lineEdit()
        assert line is not None
        line.setCursorPosition(0)

    def offer(self, entries: Sequence[str]) -> None:
        """Put these on the list and keep what is typed."""
        typed = self.currentText()
        self.clear()
        self.addItems(list(entries))
        self.setCurrentIndex(-1)
        self.put(typed)


class Several(QWidget):
    """Lines that are there from the beginning and shown as they are wanted, so that Enter walks through them."""

    changed = Signal()
    """Another text, or a line more or less."""

    def __init__(self, lines: Sequence[Sequence[QWidget]], names: Sequence[str], more: str) -> None:
        """Hidden lines, the accessible names of their inputs, and the words of the button that shows one more."""
        super().__init__()
        self._lines: list[tuple[QWidget, Sequence[QWidget]]] = []
        self.more = QPushButton(icon("plus"), more)
        self.more.setProperty("kind", "link")
        self.more.setProperty("aside", True)
        self.more.setAutoDefault(True)
        self.more.clicked.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for place, inputs in enumerate(lines):
            column.addWidget(self._line(place, inputs, names))
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def shown(self) -> list[Sequence[QWidget]]:
        """The inputs of every line in use."""
        return [inputs for line, inputs in self._lines if not line.isHidden()]

    def show_lines(self, count: int) -> None:
        """So many empty lines in use."""
        for place, (line, inputs) in enumerate(self._lines):
            for widget in inputs:
                _empty(widget)
            line.setVisible(place < count)
        self.more.setVisible(count < len(self._lines))
        self._aim()

    def _aim(self) -> None:
        """Whoever gives the keyboard to the whole of them gives it to the first line."""
        shown = self.shown()
        self.setFocusProxy(shown[0][0] if shown else self.more)

    def state(self) -> tuple[str, ...]:
        """What is typed, to see later whether it is still the same."""
        return tuple(_text(widget) for inputs in self.shown() for widget in inputs)

    def _line(self, place: int, inputs: Sequence[QWidget], names: Sequence[str]) -> QWidget:
        line, drop = QWidget(), QPushButton(icon("close"), "")
        drop.setProperty("kind", "link")
        drop.setProperty("aside", True)
        drop.setAutoDefault(True)
        drop.setToolTip(_("Hapus baris ini"))
        drop.setAccessibleName(_("Hapus baris {n}").format(n=place + 1))
        drop.setMinimumWidth(32)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget, name in zip(inputs, names, strict=True):
            widget.setAccessibleName(f"{name} {place + 1}")
            row.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
            if isinstance(widget, QComboBox):
                widget.editTextChanged.connect(lambda _text: self.changed.emit())
            elif isinstance(widget, QLineEdit):
                widget.textChanged.connect(lambda _text: self.changed.emit())
            elif isinstance(widget, MoneyEdit):
                widget.changed.connect(self.changed)
        row.addWidget(drop, 0, Qt.AlignmentFlag.AlignTop)
        drop.clicked.connect(partial(self._drop, place))
        self._lines.append((line, inputs))
        line.hide()
        return line

    def _add(self) -> None:
        line, inputs = next((line, inputs) for line, inputs in self._lines if line.isHidden())
        line.show()
        self._aim()
        inputs[0].setFocus()
        self.more.setVisible(any(line.isHidden() for line, _inputs in self._lines))
        self.changed.emit()

    def _drop(self, place: int) -> None:
        line, inputs = self._lines[place]
        for widget in inputs:
            _empty(widget)
        line.hide()
        self._aim()
        self.more.show()
        self.more.setFocus()
        self.changed.emit()


class FundsEdit(Several):
    """Several sources, each with what it pays."""

    def __init__(self) -> None:
        lines = [(Choice(), MoneyEdit(echo=False)) for _line in range(MOST)]
        super().__init__(lines, (_("Sumber dana"), _("Jumlah")), _("Tambah sumber dana"))
        self._typed = lines

    def offer(self, sources: Sequence[str]) -> None:
        """The names villages use."""
        for choice, _amount in self._typed:
            choice.offer(sources)

    def put(self, funds: Sequence[Fund]) -> None:
        """Show sources; none leaves the field empty."""
        self.show_lines(len(funds))
        for (choice, amount), fund in zip(self._typed, funds, strict=False):
            choice.put(fund.source)
            amount.put(fund.amount)

    def value(self) -> tuple[Fund, ...]:
        """What is typed; a line with nothing in it is none."""
        used = [(choice, amount) for choice, amount in self._typed if (choice, amount) in self.shown()]
        funds = [Fund(choice.currentText().strip(), amount.value()) for choice, amount in used]
        return tuple(fund for fund in funds if fund.source or fund.amount is not None)

    def fault(self) -> str:
        """Why an amount cannot be read; "" where all can."""
        return next((amount.fault() for _choice, amount in self._typed if amount.fault()), "")

    def total(self) -> Decimal:
        """Rupiah of all lines."""
        return sum((fund.amount or Decimal(0) for fund in self.value()), Decimal(0))


class LinesEdit(Several):
    """Lines of the budget: `2.3.11`, or `2.3.11 / 5.3.5` for one account of it."""

    def __init__(self) -> None:
        lines = [(Choice(),) for _line in range(MOST)]
        super().__init__(lines, (_("Baris anggaran"),), _("Tambah baris anggaran"))
        self._typed = lines

    def offer(self, entries: Sequence[str]) -> None:
        """Lines of the year's budget."""
        for (choice,) in self._typed:
            choice.offer(entries)

    def put(self, refs: Sequence[BudgetRef]) -> None:
        """Show lines."""
        self.show_lines(len(refs))
        for (choice,), ref in zip(self._typed, refs, strict=False):
            choice.put(ref_text(ref))

    def value(self) -> tuple[BudgetRef, ...]:
        """What is typed."""
        used = [choice for (choice,) in self._typed if (choice,) in self.shown()]
        return tuple(read_ref(choice.currentText()) for choice in used if choice.currentText().strip())


class PlanEdit(Several):
    """Points of the plan: how far it is meant to be, and when."""

    def __init__(self) -> None:
        lines = [(DateEdit(), QLineEdit()) for _line in range(MOST)]
        for _day, percent in lines:
            percent.setValidator(QIntValidator(0, 999, percent))
            percent.setPlaceholderText("%")
        super().__init__(lines, (_("Tanggal rencana"), _("Persen")), _("Tambah titik rencana"))
        self._typed = lines

    def put(self, points: Sequence[Point]) -> None:
        """Show points."""
        self.show_lines(len(points))
        for (day, percent), point in zip(self._typed, points, strict=False):
            day.put(point.day)
            percent.setText(str(point.percent))

    def value(self) -> tuple[Point, ...]:
        """What is typed; a line with nothing in it is none.

        Raises:
            DeskError: a day is no date, or a point has only one of its two halves.
        """
        used = [(day, percent) for day, percent in self._typed if (day, percent) in self.shown()]
        known: list[tuple[dt.date | None, str]] = [(day.value(), percent.text().strip()) for day, percent in used]
        if any(bool(day) != bool(percent) for day, percent in known):
            raise DeskError(_("Setiap titik rencana punya tanggal dan persen. Lengkapi, atau hapus barisnya."))
        return tuple(Point(day, int(percent)) for day, percent in known if day and percent)


def ref_text(ref: BudgetRef) -> str:
    """A line as it is typed."""
    return f"{ref.activity} / {ref.account}" if ref.account else ref.activity


def read_ref(text: str) -> BudgetRef:
    """A line from `2.3.11`, `2.3.11 / 5.3.5` or either with its title behind."""
    found = _REF.match(text.strip())
    return BudgetRef(found[1], found[2] or "") if found else BudgetRef("")


def _empty(widget: QWidget) -> None:
    if isinstance(widget, QComboBox):
        widget.setEditText("")
    elif isinstance(widget, MoneyEdit):
        widget.put(None)
    elif isinstance(widget, QLineEdit):
        widget.clear()


def _text(widget: QWidget) -> str:
    if isinstance(widget, DateEdit):
        return str(widget.value_or_none() or widget.text())
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, MoneyEdit):
        return f"{widget.value()}{widget.fault()}"
    return widget.text() if isinstance(widget, QLineEdit) else ""
