"""The table of the realisation: each line with its budget, what was realised, what is left; amounts typed in place."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from desk.money import parse, rupiah
from desk.realisation.rules import Figure
from desk.store import DeskError
from ui.budget.standings import AMOUNT, LEFT, REALISED, SHARE, TITLE, SpendingModel, SpendingRow
from ui.parts.style import COLOURS, mark

Index = QModelIndex | QPersistentModelIndex

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAP = Qt.TextFlag.TextWordWrap
_AIR = 10
_STEP = 18
"""Pixels a row stands further in than the one it belongs to."""
_BEYOND = Decimal("1.25")
"""How much of the budget's bar there is room for, so that what goes beyond it runs past its outline."""


class SpendingPainter(QStyledItemDelegate):
    """Paints the cells and lets an amount be typed: Enter, Tab and the arrows take it and go on, Esc lets it be."""

    spoken = Signal(str)
    """What is being typed."""
    refused = Signal(str)
    """Why what was typed is no amount."""
    typed = Signal(bytes, object)
    """Line and amount."""
    step = Signal(int)
    """To the next line that can be typed into, or the one before."""

    def __init__(self, view: "SpendingTable") -> None:
        super().__init__(view)
        self._view = view
        self._line = (QFont(), 0)
        self._heights: dict[tuple[str, bool, int], int] = {}

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line for the amount, holding the one that stands there."""
        row: SpendingRow = index.data(Qt.ItemDataRole.UserRole)
        edit = QLineEdit(parent)
        edit.setProperty("kind", "cell")
        edit.setProperty("line", row.id)
        edit.setMaxLength(40)
        edit.setAlignment(_RIGHT)
        edit.setAccessibleName(_("Realisasi {title}").format(title=row.title))
        edit.setText("" if row.figure.realised is None else rupiah(row.figure.realised))
        edit.setProperty("before", edit.text())
        edit.textEdited.connect(partial(self._heard, edit))
        return edit

    def _heard(self, edit: QLineEdit, text: str) -> None:
        """While somebody types only the words follow; a half-typed amount is not called wrong yet."""
        mark(edit, "wrong", False)
        self.spoken.emit(text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """As large as its cell."""
        editor.setGeometry(option.rect)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Figures that arrive while somebody types do not touch what is typed."""

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """An amount leaves by `typed`; the table shows it when the desk has it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the amount on the keys that go on and when the field is left."""
        if not isinstance(watched, QLineEdit):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            back = (Qt.Key.Key_Up, Qt.Key.Key_Backtab)
            on = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Down)
            if event.key() in (*back, *on):
                if self.take(watched):
                    self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                    self.step.emit(-1 if event.key() in back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                watched.setProperty("taken", True)
                self.spoken.emit("")
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.RevertModelCache)
                return True
            return False
        if event.type() == QEvent.Type.FocusOut and not self.take(watched):
            return True
        return super().eventFilter(watched, event)

    def take(self, edit: QLineEdit) -> bool:
        """Hand the amount on once; False where it is none, and it stays open."""
        text = edit.text().strip()
        if edit.property("taken") or not text or text == edit.property("before"):
            return True
        try:
            amount = parse(text)
        except DeskError as error:
            mark(edit, "wrong", True)
            self.refused.emit(str(error))
            return False
        edit.setProperty("taken", True)
        self.typed.emit(bytes(edit.property("line")), amount)
        return True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the whole title in the width its column has, and for the bar."""
        high, column = self._line_height(option.font), index.column()
        if column == TITLE:
            row = self._view.figures.rows[index.row()]
            width = max(self._view.columnWidth(TITLE) - 16 - row.depth * _STEP, 40)
            high = max(high, self._title_height(option.font, row, width))
        elif column == LEFT and self._view.figures.rows[index.row()].figure.excess is not None:
            high *= 2
        return QSize(0, high + 2 * _AIR)

    def _line_height(self, font: QFont) -> int:
        """Pixels of a line; measured once for each font."""
        if not self._line[1] or self._line[0] != font:
            self._line = (QFont(font), QFontMetrics(font).height())
            self._heights.clear()
        return self._line[1]

    def _title_height(self, font: QFont, row: SpendingRow, width: int) -> int:
        """Pixels of a wrapped title; measured once for each font and width."""
        key = (row.title, row.strong, width)
        if key not in self._heights:
            metrics = QFontMetrics(_font(font, bold=row.strong))
            self._heights[key] = metrics.boundingRect(0, 0, width, 10_000, _WRAP, row.title).height()
        return self._heights[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; the one that would be typed into stands in a frame."""
        row: SpendingRow = index.data(Qt.ItemDataRole.UserRole)
        column = index.column()
        painter.save()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, QColor(COLOURS["soft" if is_chosen else "ground"]))
        painter.setPen(QColor(COLOURS["line"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if column == REALISED and is_chosen and index.flags() & Qt.ItemFlag.ItemIsEditable:
            painter.setPen(QPen(QColor(COLOURS["accent"]), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -2))
        room = option.rect.adjusted(8, _AIR, -8, -_AIR)
        unknown = row.cells[column] == "-" or (column == REALISED and row.figure.realised is None)
        painter.setFont(option.font if unknown else _font(option.font, bold=row.strong))
        painter.setPen(QColor(COLOURS["quiet" if unknown or row.quiet else "ink"]))
        if column == TITLE:
            painter.drawText(room.adjusted(row.depth * _STEP, 0, 0, 0), _WRAP, row.title)
        else:
            high = QFontMetrics(option.font).height()
            lines = row.cells[column].split("\n")
            for place, text in enumerate(lines):
                painter.drawText(QRect(room.left(), room.top() + place * high, room.width(), high), _RIGHT, text)
            if column == SHARE:
                paint_thin(painter, QRectF(room.left() + 0.5, room.top() + high + 2.5, room.width() - 1, 5), row.figure)
        painter.restore()


def paint_thin(painter: QPainter, room: QRectF, figure: Figure) -> None:
    """A thin bar of the realisation in the outline of its budget; what goes beyond is hatched past the outline."""
    if figure.percent is None or figure.budget is None or figure.realised is None or figure.budget < 0:
        return
    share = min(max(figure.realised / figure.budget, Decimal(0)), _BEYOND)
    whole = room.width() / float(_BEYOND)
    spent = whole * float(share)
    painter.fillRect(QRectF(room.left(), room.top(), min(spent, whole), room.height()), QColor(COLOURS["accent"]))
    if figure.excess is not None:
        # Ever so little is too much: three pixels of it are always seen.
        beyond = QRectF(room.left() + whole, room.top(), max(spent - whole, 3), room.height())
        painter.fillRect(beyond, QBrush(QColor(COLOURS["late"]), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QColor(COLOURS["late"]))
        painter.drawRect(beyond)
    painter.setPen(QColor(COLOURS["edge"]))
    painter.drawRect(QRectF(room.left(), room.top(), whole, room.height()))


def _font(font: QFont, *, bold: bool) -> QFont:
    made = QFont(font)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


class SpendingTable(QTreeView):
    """The table; the title takes the room the numbers leave."""

    spoken = Signal(str)
    refused = Signal(str)
    typed = Signal(bytes, object)
    chosen = Signal(object)
    """The `SpendingRow` the keyboard is on."""

    def __init__(self) -> None:
        super().__init__()
        self.figures = SpendingModel(self)
        self.painter_ = SpendingPainter(self)
        self.setModel(self.figures)
        self.setItemDelegate(self.painter_)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setAccessibleName(_("Realisasi menurut baris APBDes"))
        # Row by row: to scroll by pixels Qt measures every row of the budget before it shows the first.
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerItem)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for mine, inner in ((self.spoken, "spoken"), (self.refused, "refused"), (self.typed, "typed")):
            getattr(self.painter_, inner).connect(mine)
        self.painter_.step.connect(self.step)
        self.selectionModel().currentChanged.connect(self._settle)

    def sizeHint(self) -> QSize:
        """Takes all the room there is and asks for little: it scrolls."""
        return self.minimumSizeHint()

    def show_rows(self, rows: Sequence[SpendingRow], *, is_open: bool) -> None:
        """Show other figures; the keyboard stays on its line, at first on the first that can be typed into."""
        here = self.current()
        self.figures.is_open = is_open
        self.figures.show(rows)
        self._fit()
        if self.current() is None:
            wanted = here.id if here else None
            places = [place for place, row in enumerate(rows) if row.id == wanted]
            places += [place for place, row in enumerate(rows) if row.may_enter]
            if places:
                self.setCurrentIndex(self.figures.index(places[0], REALISED))

    def current(self) -> SpendingRow | None:
        """The row the keyboard is on."""
        index = self.currentIndex()
        return self.figures.rows[index.row()] if index.isValid() else None

    def is_typing(self) -> bool:
        """Whether an amount is being typed."""
        return self.state() == QAbstractItemView.State.EditingState

    def step(self, by: int) -> None:
        """To the next line that can be typed into; at the end the keyboard stays."""
        row, rows = self.currentIndex().row() + by, self.figures.rows
        while 0 <= row < len(rows) and not rows[row].may_enter:
            row += by
        if 0 <= row < len(rows):
            self.setCurrentIndex(self.figures.index(row, REALISED))
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next line; the keyboard stays in the column of the realisation."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.step(1)
        elif event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles wrap anew in the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _settle(self, now: QModelIndex) -> None:
        if now.isValid() and now.column() != REALISED:
            self.setCurrentIndex(now.siblingAtColumn(REALISED))
        elif now.isValid():
            self.chosen.emit(self.figures.rows[now.row()])

    def _fit(self) -> None:
        """Give the numbers the width of what stands in them, a header included, and the title no less than a word."""
        self.header().setMinimumSectionSize(14 * self.fontMetrics().averageCharWidth())
        plain, strong = (QFontMetrics(_font(self.font(), bold=bold)) for bold in (False, True))
        for column, least in (
            (AMOUNT, "Rp 888.888.888"),
            (REALISED, "Rp 888.888.888"),
            (SHARE, "100,00 %"),
            (LEFT, ""),
        ):
            header = str(self.figures.headerData(column, Qt.Orientation.Horizontal))
            texts = {least, header, *(row.cells[column] for row in self.figures.rows if not row.strong)}
            bold = {row.cells[column] for row in self.figures.rows if row.strong}
            widths = [
                metrics.horizontalAdvance(line)
                for metrics, cells in ((plain, texts), (strong, bold))
                for text in cells
                for line in text.split("\n")
            ]
            self.setColumnWidth(column, max(widths) + 18)
        self.scheduleDelayedItemsLayout()
