"""Objections in a list: number and request, the grounds in words, the date with its state, how urgent it is."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desk.objections.queries import Line
from ui.objections.words import brief_grounds, due_words, state_words
from ui.parts.chip import paint_chip
from ui.parts.icons import pixmap
from ui.parts.style import COLOURS

Index = QModelIndex | QPersistentModelIndex

AIR = 9
"""Pixels above and below the text of a row."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LineModel(QAbstractListModel):
    """Objections in the order they were asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Line, ...] = ()

    def show(self, rows: tuple[Line, ...]) -> None:
        """Take another list."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The objection itself, its number, or a sentence about it for a screen reader."""
        line = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.label
            case Qt.ItemDataRole.UserRole:
                return line
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(
                    (line.label, line.request_label, brief_grounds(line.grounds), due_words(line), state_words(line)[1])
                )
        return None


class LinePainter(QStyledItemDelegate):
    """Paints an objection: its number over the request's, the grounds over date and state, a chip, and an arrow."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text and air."""
        return QSize(0, 2 * (QFontMetrics(option.font).height() + 3) + 2 * AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row; the chosen one is marked with a stroke at its left as well."""
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.fillRect(option.rect, QColor(COLOURS["soft" if chosen else "side" if hovered else "ground"]))
        painter.setPen(QColor(COLOURS["line"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if chosen:
            stroke = QRect(option.rect.left(), option.rect.top(), 4, option.rect.height())
            painter.fillRect(stroke, QColor(COLOURS["accent"]))
        _paint_line(painter, option.font, option.rect.adjusted(16, AIR, -16, -AIR), line)
        painter.restore()


def _paint_line(painter: QPainter, font: QFont, room: QRect, line: Line) -> None:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    plain = QFontMetrics(font)
    kind, words = state_words(line)
    number = QFontMetrics(strong).horizontalAdvance("888/KB/A/2026") + 20
    chip = plain.horizontalAdvance(words) + plain.height() + 26
    half, arrow = room.height() // 2, plain.height()
    left = QRect(room.left(), room.top(), number, half)
    middle = QRect(left.right(), room.top(), room.width() - number - chip - arrow - 24, half)
    for rect, text, face, ink in (
        (left, line.label, strong, "ink"),
        (left.translated(0, half), line.request_label, font, "quiet"),
        (middle, brief_grounds(line.grounds), font, "ink"),
        (middle.translated(0, half), due_words(line), font, "quiet"),
    ):
        painter.setFont(face)
        painter.setPen(QColor(COLOURS[ink]))
        shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 8)
        painter.drawText(rect, _LEFT, shown)
    painter.setFont(font)
    height = plain.height() + 8
    place = QRectF(room.right() - chip - arrow - 8, room.center().y() - height / 2, chip, height)
    paint_chip(painter, place, kind, words)
    painter.drawPixmap(room.right() - arrow, room.center().y() - arrow // 2, pixmap("next", "quiet", arrow))


def line_list(parent: QWidget | None = None) -> tuple[QListView, LineModel]:
    """A list of objections, empty; Enter or a click activates a row."""
    view = QListView(parent)
    model = LineModel(view)
    view.setModel(model)
    view.setItemDelegate(LinePainter(view))
    view.setMouseTracking(True)
    view.setUniformItemSizes(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view, model
