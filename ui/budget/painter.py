"""Paints the cells of a budget's tree: whole titles, equal digits, a thin bar under each percentage."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk.budget.rules import percent
from ui.budget.rows import AMOUNT, CODE, MONEY, REALISED, SHARE, TITLE, TreeRow, cell_text, share_text
from ui.parts.bar import paint_bar
from ui.parts.style import COLOURS

if TYPE_CHECKING:
    from ui.budget.tree import BudgetTree

Index = QModelIndex | QPersistentModelIndex

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WRAP = Qt.TextFlag.TextWordWrap
_AIR = 10


class BudgetPainter(QStyledItemDelegate):
    """Whole titles over as many lines as they need; the cell the keyboard would change stands in a frame."""

    def __init__(self, view: "BudgetTree") -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[str, bool, int], int] = {}
        self._font = QFont()
        self._line = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the whole title in the width its column has; measured once for each title and width."""
        if self._font != option.font or not self._line:
            self._font, self._line = QFont(option.font), QFontMetrics(option.font).height()
            self._heights.clear()
        if index.column() != TITLE:
            return QSize(0, self._line + 2 * _AIR)
        node: TreeRow = index.internalPointer()
        key = node.title, node.strong, self._view.title_width(node) - 16
        high = self._heights.get(key)
        if high is None:
            wrapped = QFontMetrics(font_of(option.font, node)).boundingRect(0, 0, key[2], 10_000, _WRAP, node.title)
            high = self._heights[key] = max(self._line, wrapped.height())
        return QSize(0, high + 2 * _AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        node: TreeRow = index.internalPointer()
        painter.save()
        ground = "soft" if option.state & QStyle.StateFlag.State_Selected else "ground"
        painter.fillRect(option.rect, QColor(COLOURS[ground]))
        painter.setPen(QColor(COLOURS["line"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if self._view.is_target(index):
            painter.setPen(QPen(QColor(COLOURS["accent"]), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -2))
        room = option.rect.adjusted(8, _AIR, -8, -_AIR)
        if index.column() == SHARE:
            self._paint_share(painter, option, node, room)
        else:
            _paint_text(painter, option, node, index.column(), room)
        painter.restore()

    def _paint_share(self, painter: QPainter, option: QStyleOptionViewItem, node: TreeRow, room: QRect) -> None:
        share = percent(node.realised, node.amount)
        if share is None:
            return
        high = QFontMetrics(option.font).height()
        painter.setFont(font_of(option.font, node))
        painter.setPen(QColor(COLOURS["ink"]))
        painter.drawText(QRect(room.left(), room.top(), room.width(), high), _RIGHT, share_text(share))
        paint_bar(painter, QRectF(room.left(), room.top() + high + 3, room.width(), 4), float(share) / 100)


def _paint_text(painter: QPainter, option: QStyleOptionViewItem, node: TreeRow, column: int, room: QRect) -> None:
    unknown = (column == AMOUNT and node.amount is None) or (column == REALISED and node.realised is None)
    painter.setFont(option.font if unknown else font_of(option.font, node))
    painter.setPen(QColor(COLOURS["quiet" if unknown or node.quiet or column == CODE else "ink"]))
    top = QRect(room.left(), room.top(), room.width(), QFontMetrics(option.font).height())
    flags = _RIGHT if column in MONEY else _LEFT
    text = cell_text(node, column)
    painter.drawText(room if column == TITLE else top, _WRAP if column == TITLE else flags, text)


def font_of(font: QFont, node: TreeRow) -> QFont:
    """The font of a row: parts of the budget stand out."""
    made = QFont(font)
    if node.strong:
        made.setWeight(QFont.Weight.DemiBold)
    return made
