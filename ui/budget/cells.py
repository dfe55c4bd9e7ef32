"""Changing one cell of a budget's tree: the edit in its place, and what a typed text makes of the line."""

import re
from collections.abc import Hashable
from dataclasses import dataclass, replace
from decimal import Decimal
from gettext import gettext as _
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desk import reckon
from desk.budget import rules
from desk.budget.commands import SetLine
from desk.budget.queries import Node
from desk.money import rupiah
from desk.store import DeskError
from ui.budget.rows import AMOUNT, FUND, MONEY, PRICE, TITLE, VOLUME, TreeRow, cell_text
from ui.parts.money import spoken
from ui.parts.style import mark

if TYPE_CHECKING:
    from ui.budget.tree import BudgetTree

CELLS = (TITLE, FUND, VOLUME, PRICE, AMOUNT)
"""Columns that can be changed, in the order Tab goes through them."""

_VOLUME = re.compile(r"\s*([\d.,+*/()\s×÷:-]*(?:[xX]\s*[\d.,(][\d.,+*/()\s×÷:-]*)*)(.*)")


@dataclass(frozen=True)
class Change:
    """What a typed text makes of a line."""

    line: Node
    """As it stands afterwards."""
    command: SetLine


def change_of(version: bytes, line: Node, column: int, text: str) -> Change | None:
    """What a text typed into a cell changes; None where it says what stands there already.

    Raises:
        Differs: volume times price is not the amount any more, and a person has to say which counts.
        DeskError: the text cannot be read.
    """
    command = SetLine(version, line.printed, line=line.id, as_written=True)
    match column:
        case 1:
            title = " ".join(text.split())
            if not title:
                raise DeskError(_("Uraian tidak boleh kosong. Tulis apa yang dianggarkan."))
            return _changed(line, replace(command, title=title), replace(line, title=title))
        case 2:
            return _changed(line, replace(command, fund=text), replace(line, fund=" ".join(text.split())))
        case 3:
            volume, unit = split_volume(text)
            return _priced(line, replace(command, volume=volume, unit=unit), replace(line, volume=volume, unit=unit))
        case 4:
            price = rules.price_text(text)
            return _priced(line, replace(command, price=price), replace(line, price=price))
    amount = reckon.amount(text) if text.strip() else None
    settled = rules.settled(amount, rules.product(rules.Line("", "", "", volume=line.volume, price=line.price),
                                                  is_typed=False))  # fmt: skip
    return _changed(line, replace(command, amount=settled), replace(line, printed=settled))


def chosen(version: bytes, line: Node, column: int, text: str, amount: Decimal) -> Change | None:
    """The same after a person has said which amount counts."""
    if column == AMOUNT:
        volume, unit, price = line.volume, line.unit, line.price
    elif column == VOLUME:
        (volume, unit), price = split_volume(text), line.price
    else:
        volume, unit, price = line.volume, line.unit, rules.price_text(text)
    after = replace(line, volume=volume, unit=unit, price=price, printed=amount)
    command = SetLine(version, amount, line=line.id, volume=volume, unit=unit, price=price, as_written=True)
    return _changed(line, command, after)


def _priced(line: Node, command: SetLine, after: Node) -> Change | None:
    """A new volume or price: the amount follows, unless a person had written another one."""
    worth = rules.product(_money(after), is_typed=True)
    if worth is not None and line.printed not in (None, rules.product(_money(line), is_typed=False)):
        rules.settled(line.printed, worth)
    amount = line.printed if worth is None else worth
    return _changed(line, replace(command, amount=amount), replace(after, printed=amount))


def _money(line: Node) -> rules.Line:
    return rules.Line(line.section, line.kind, line.title, volume=line.volume, price=line.price)


def _changed(line: Node, command: SetLine, after: Node) -> Change | None:
    return None if after == line else Change(after, command)


def split_volume(text: str) -> tuple[str, str]:
    """Volume and unit of `12 paket`, `3x12 OB`, `2,5 ha`, as they are kept.

    Raises:
        DeskError: a unit without a number, or a number that cannot be read.
    """
    found = _VOLUME.fullmatch(" ".join(text.split()))
    figures, unit = (found[1].strip(), found[2].strip()) if found else ("", text.strip())
    if unit and not figures:
        raise DeskError(_("Tulis angkanya dulu, lalu satuannya: 12 paket."))
    return rules.volume_text(figures), unit


def echo(line: Node, column: int, text: str) -> str:
    """What the typed text comes to, before it is taken; "" where it says nothing more.

    Raises:
        DeskError: it cannot be read, or not yet.
    """
    if not text.strip() or column in (TITLE, FUND):
        return ""
    if column == AMOUNT:
        return spoken(text)
    if column == VOLUME:
        volume, unit = split_volume(text)
        worth = rules.product(replace(_money(line), volume=volume), is_typed=True)
        read = f"{volume} {unit}".strip()
    else:
        worth = rules.product(replace(_money(line), price=rules.price_text(text)), is_typed=True)
        read = spoken(text)
    return read if worth is None else _("{read} · volume × harga = {worth}").format(read=read, worth=rupiah(worth))


class CellEdit(QLineEdit):
    """The edit over a cell of the tree: Tab goes to the next cell, Enter to the line below, Esc leaves."""

    def __init__(self, tree: "BudgetTree") -> None:
        super().__init__(tree.viewport())
        self._tree = tree
        self.key: Hashable = None
        self.column = AMOUNT
        self.step = ""
        """Where the key that closes it leads: `next`, `back`, `down`, `up`, or nowhere."""
        self._before = ""
        self.setProperty("kind", "cell")
        self.setMaxLength(reckon.LONGEST)
        self.hide()
        self.textChanged.connect(self._typed)

    @property
    def is_open(self) -> bool:
        """Whether a cell is being changed."""
        return self.key is not None

    def begin(self, node: TreeRow, column: int, typed: str | None) -> None:
        """Stand over a cell with what it says, or with what was typed on it."""
        self.key, self.column = node.key, column
        text = cell_text(node, column)
        self._before = "" if column == AMOUNT and node.amount is None else text
        mark(self, "wrong", False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight if column in MONEY else Qt.AlignmentFlag.AlignLeft)
        self.setMaxLength(reckon.LONGEST if column != TITLE else 400)
        self.setText(self._before if typed is None else typed)
        if typed is None:
            self.selectAll()
        heading = self._tree.budget.headerData(column, Qt.Orientation.Horizontal)
        self.setAccessibleName(f"{heading}, {node.title}")
        self.follow()
        self.show()
        self.setFocus()
        self._typed()

    def follow(self) -> None:
        """Stay over the cell when it moves; go where its row is gone."""
        if not self.is_open:
            return
        index = self._tree.budget.at(self.key, self.column)
        if not index.isValid():
            self.close_cell()
            return
        room = self._tree.visualRect(index)
        self.setGeometry(room.adjusted(0, 0, 0, -1))

    def leave(self, step: str = "") -> bool:
        """Hand over what was typed and go to another cell; False where it stays because it cannot be taken."""
        if not self.is_open:
            return True
        self.step = step
        if self._is_taken():
            self.go()
            return True
        return False

    def _is_taken(self) -> bool:
        if self.text() != self._before:
            self._tree.edited.emit(self.key, self.column, self.text())
        return not self.property("wrong")

    def go(self) -> None:
        """Close, and begin in the cell the last key leads to."""
        index, step = self._tree.budget.at(self.key, self.column), self.step
        self.close_cell()
        if step and index.isValid():
            move = self._tree.beside if step in ("next", "back") else self._tree.beyond
            following = move(index, -1 if step in ("back", "up") else 1)
            if not self._tree.begin(following):
                self._tree.setFocus()

    def refuse(self) -> None:
        """What was typed cannot be taken as it is."""
        mark(self, "wrong", True)

    def close_cell(self) -> None:
        """Nothing is changed any more."""
        had_focus = self.hasFocus()
        self.key = None
        self.hide()
        self._tree.typing.emit(None, self.column, "")
        if had_focus:
            self._tree.setFocus()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's own name)
        """Tab goes from cell to cell."""
        self.leave("next" if next else "back")
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrows go to the lines below and above, Esc leaves the cell as it was."""
        steps = {Qt.Key.Key_Return: "down", Qt.Key.Key_Enter: "down", Qt.Key.Key_Down: "down", Qt.Key.Key_Up: "up"}
        if event.key() == Qt.Key.Key_Escape:
            self.close_cell()
        elif event.key() in steps:
            self.leave(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is taken when the keyboard goes elsewhere; what cannot be taken stays open."""
        super().focusOutEvent(event)
        elsewhere = event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if self.is_open and elsewhere and not self.property("wrong") and self._is_taken():
            self.close_cell()

    def event(self, event: QEvent) -> bool:
        """Esc is the cell's own while it is open, and so is Ctrl+Z as long as something typed can be taken back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_undo = event.key() == Qt.Key.Key_Z and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if is_undo and not self.isUndoAvailable():
                event.ignore()
                return False
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def _typed(self) -> None:
        if self.is_open:
            mark(self, "wrong", False)
            self._tree.typing.emit(self.key, self.column, self.text())
