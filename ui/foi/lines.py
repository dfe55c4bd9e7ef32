"""Requests in a list: number, what is asked and by whom, the due date, and how urgent it is in words."""

from gettext import gettext as _
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desk.dates import day_and_month
from desk.foi.queries import Line
from ui.foi.words import due_words, state_words
from ui.parts.chip import paint_chip
from ui.parts.icons import pixmap
from ui.parts.style import COLOURS

Index = QModelIndex | QPersistentModelIndex

AIR = 9
"""Pixels above and below the text of a row."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LineModel(QAbstractListModel):
    """Requests in the order they were asked for; more are asked for when the end comes into sight."""

    wanted = Signal()
    """The next page of the list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Line, ...] = ()
        self._has_more = False

    def show(self, rows: tuple[Line, ...], *, has_more: bool = False) -> None:
        """Take another list."""
        self.beginResetModel()
        self.rows, self._has_more = rows, has_more
        self.endResetModel()

    def append(self, rows: tuple[Line, ...], *, has_more: bool) -> None:
        """Put the next page below."""
        self._has_more = has_more
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many are listed so far."""
        return 0 if parent.isValid() else len(self.rows)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the register holds more of them."""
        return self._has_more

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page, once."""
        self._has_more = False
        self.wanted.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The request itself, its number, or a sentence about it for a screen reader."""
        line = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.label
            case Qt.ItemDataRole.UserRole:
                return line
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join((line.label, line.sought, line.applicant, state_words(line)[1], due_words(line)))
        return None


class LinePainter(QStyledItemDelegate):
    """Paints a request: number over applicant, the question over its due date, the state as a chip, and an arrow."""

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
    number = QFontMetrics(strong).horizontalAdvance("888/PI/A/2026") + 20
    chip = plain.horizontalAdvance(words) + plain.height() + 26
    half = room.height() // 2
    left = QRect(room.left(), room.top(), number, half)
    arrow = plain.height()
    middle = QRect(left.right(), room.top(), room.width() - number - chip - arrow - 24, half)
    who = line.applicant or _("masuk {day}").format(day=day_and_month(line.received))
    for rect, text, face, ink in (
        (left, line.label, strong, "ink"),
        (left.translated(0, half), who, font, "quiet"),
        (middle, " ".join(line.sought.split()), font, "ink"),
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
    """A list of requests, empty; Enter or a click activates a row."""
    view = QListView(parent)
    model = LineModel(view)
    view.setModel(model)
    view.setItemDelegate(LinePainter(view))
    view.setMouseTracking(True)
    view.setUniformItemSizes(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view, model
