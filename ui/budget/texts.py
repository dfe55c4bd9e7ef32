"""A table of words and amounts to be read: wrapped titles, steps for what stands below what, equal digits."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from ui.parts.style import COLOURS

Index = QModelIndex | QPersistentModelIndex

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WRAP = Qt.TextFlag.TextWordWrap
_AIR, _STEP = 8, 16
_LEAST = 180
"""Pixels of the wrapped column below which the table scrolls sideways."""


@dataclass(frozen=True)
class TextRow:
    """One row: what stands in its cells, and how."""

    cells: tuple[str, ...]
    depth: int = 0
    strong: bool = False
    quiet: bool = False
    key: Hashable = None
    """What the row stands for, to whoever filled the table."""


@dataclass(frozen=True)
class Column:
    """One column: its name, whether it holds numbers, and whether it takes the room the others leave."""

    name: str
    number: bool = False
    wide: bool = False


class TextModel(QAbstractTableModel):
    """Rows as Qt asks for them."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns, self.rows = columns, list[TextRow]()

    def show(self, rows: Sequence[TextRow]) -> None:
        """Take other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names, over their own side."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].name
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].number else _LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell, also for a screen reader."""
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.cells[index.column()]
        return row if role == Qt.ItemDataRole.UserRole else None


class TextPainter(QStyledItemDelegate):
    """Paints the cells; the wide one over as many lines as it needs."""

    def __init__(self, view: "TextTable") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the whole text in the width its column has."""
        high = QFontMetrics(option.font).height()
        if self._view.texts.columns[index.column()].wide:
            row: TextRow = index.data(Qt.ItemDataRole.UserRole)
            width = self._view.columnWidth(index.column()) - 2 * _AIR - row.depth * _STEP
            text = row.cells[index.column()]
            wrapped = QFontMetrics(_font(option.font, row)).boundingRect(0, 0, width, 10_000, _WRAP, text)
            high = max(high, wrapped.height())
        return QSize(0, high + 2 * _AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        row: TextRow = index.data(Qt.ItemDataRole.UserRole)
        column = self._view.texts.columns[index.column()]
        painter.save()
        ground = "soft" if option.state & QStyle.StateFlag.State_Selected else "ground"
        painter.fillRect(option.rect, QColor(COLOURS[ground]))
        painter.setPen(QColor(COLOURS["line"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.setFont(_font(option.font, row))
        painter.setPen(QColor(COLOURS["quiet" if row.quiet else "ink"]))
        room = option.rect.adjusted(_AIR + (row.depth * _STEP if column.wide else 0), _AIR, -_AIR, -_AIR)
        if not column.wide:
            room.setHeight(QFontMetrics(option.font).height())
        painter.drawText(room, _WRAP if column.wide else _RIGHT if column.number else _LEFT, row.cells[index.column()])
        painter.restore()


def _font(font: QFont, row: TextRow) -> QFont:
    made = QFont(font)
    if row.strong:
        made.setWeight(QFont.Weight.DemiBold)
    return made


class TextTable(QTreeView):
    """Rows to be read with the arrow keys; Enter or a double click on one is `activated`."""

    def __init__(self, columns: Sequence[Column], name: str) -> None:
        super().__init__()
        self.texts = TextModel(columns, self)
        self.setModel(self.texts)
        self.setItemDelegate(TextPainter(self))
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(False)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """Takes all the room there is and asks for little: it scrolls."""
        return self.minimumSizeHint()

    def show_rows(self, rows: Sequence[TextRow]) -> None:
        """Show other rows, the keyboard on the first."""
        self.texts.show(rows)
        self._fit()
        if rows:
            self.setCurrentIndex(self.texts.index(0, 0))

    def chosen(self) -> TextRow | None:
        """The row the keyboard is on."""
        index = self.currentIndex()
        return self.texts.rows[index.row()] if index.isValid() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles wrap anew in the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give every column the width of what stands in it, and the wide one the rest."""
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(strong)
        taken = 0
        for number, column in enumerate(self.texts.columns):
            if not column.wide:
                texts = {row.cells[number] for row in self.texts.rows} | {column.name}
                width = max(metrics.horizontalAdvance(text) for text in texts) + 2 * _AIR + 2
                self.setColumnWidth(number, width)
                taken += width
        wide = next(number for number, column in enumerate(self.texts.columns) if column.wide)
        self.setColumnWidth(wide, max(_LEAST, self.viewport().width() - taken))
        self.scheduleDelayedItemsLayout()
