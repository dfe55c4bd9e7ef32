"""A register as a list: number over a quiet line, the matter over its date, the state as a chip, and an arrow."""

from collections.abc import Callable
from typing import Any, NamedTuple

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

from ui.parts.chip import paint_chip
from ui.parts.icons import pixmap
from ui.parts.style import COLOURS

Index = QModelIndex | QPersistentModelIndex

AIR = 9
"""Pixels above and below the text of a row."""

WIDEST = "888/PI/A/2026"
"""As wide as a register's number gets."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Face(NamedTuple):
    """What one entry shows; `kind` is the chip's, and `spoken` says the whole entry to a screen reader."""

    number: str
    below: str
    matter: str
    date: str
    kind: str
    word: str
    spoken: str


class RegisterModel(QAbstractListModel):
    """Entries in the order they were asked for; more are asked for when the end comes into sight."""

    wanted = Signal()
    """The next page of the list."""

    def __init__(self, face: Callable[[Any], Face], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.face = face
        self.rows: tuple[Any, ...] = ()
        self._has_more = False

    def show(self, rows: tuple[Any, ...], *, has_more: bool = False) -> None:
        """Take another list."""
        self.beginResetModel()
        self.rows, self._has_more = rows, has_more
        self.endResetModel()

    def append(self, rows: tuple[Any, ...], *, has_more: bool) -> None:
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
        """The entry itself, its number, or a sentence about it for a screen reader."""
        entry = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.label
            case Qt.ItemDataRole.UserRole:
                return entry
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.face(entry).spoken
        return None


class RegisterPainter(QStyledItemDelegate):
    """Paints an entry in two lines, as high for each."""

    def __init__(self, view: QListView, face: Callable[[Any], Face]) -> None:
        super().__init__(view)
        self._face = face

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text and air."""
        return QSize(0, 2 * (QFontMetrics(option.font).height() + 3) + 2 * AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row; the chosen one is marked with a stroke at its left as well."""
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.fillRect(option.rect, QColor(COLOURS["soft" if chosen else "side" if hovered else "ground"]))
        painter.setPen(QColor(COLOURS["line"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if chosen:
            stroke = QRect(option.rect.left(), option.rect.top(), 4, option.rect.height())
            painter.fillRect(stroke, QColor(COLOURS["accent"]))
        face = self._face(index.data(Qt.ItemDataRole.UserRole))
        _paint_face(painter, option.font, option.rect.adjusted(16, AIR, -16, -AIR), face)
        painter.restore()


def _paint_face(painter: QPainter, font: QFont, room: QRect, face: Face) -> None:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    plain = QFontMetrics(font)
    number = QFontMetrics(strong).horizontalAdvance(WIDEST) + 20
    chip = plain.horizontalAdvance(face.word) + plain.height() + 26
    half, arrow = room.height() // 2, plain.height()
    left = QRect(room.left(), room.top(), number, half)
    middle = QRect(left.right(), room.top(), room.width() - number - chip - arrow - 24, half)
    for rect, text, letters, ink in (
        (left, face.number, strong, "ink"),
        (left.translated(0, half), face.below, font, "quiet"),
        (middle, face.matter, font, "ink"),
        (middle.translated(0, half), face.date, font, "quiet"),
    ):
        painter.setFont(letters)
        painter.setPen(QColor(COLOURS[ink]))
        shown = QFontMetrics(letters).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 8)
        painter.drawText(rect, _LEFT, shown)
    painter.setFont(font)
    height = plain.height() + 8
    place = QRectF(room.right() - chip - arrow - 8, room.center().y() - height / 2, chip, height)
    paint_chip(painter, place, face.kind, face.word)
    painter.drawPixmap(room.right() - arrow, room.center().y() - arrow // 2, pixmap("next", "quiet", arrow))


def register_list(face: Callable[[Any], Face], parent: QWidget | None = None) -> tuple[QListView, RegisterModel]:
    """A list of entries, empty; `face` says what one shows; Enter or a click activates a row."""
    view = QListView(parent)
    model = RegisterModel(face, view)
    view.setModel(model)
    view.setItemDelegate(RegisterPainter(view, face))
    view.setMouseTracking(True)
    view.setUniformItemSizes(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view, model
