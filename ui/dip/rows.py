"""Lists of two lines a row: what it is over whose it is, and how it stands as a chip."""

from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk.dates import day_and_month
from desk.dip.queries import Listed, Tested
from desk.dip.rules import CLASSES, STATES
from ui.parts.chip import paint_chip
from ui.parts.style import COLOURS

Index = QModelIndex | QPersistentModelIndex

AIR = 10
"""Pixels above and below the text of a row."""

_WRAP = Qt.TextFlag.TextWordWrap


@dataclass(frozen=True)
class Line:
    """One row: what it stands for, its number, its two texts, and its state in a word; "" shows no chip."""

    subject: Listed | Tested
    number: str
    title: str
    below: str
    state: str = ""
    word: str = ""


def item_line(item: Listed) -> Line:
    """An entry of the public list."""
    parts = (CLASSES[item.form.category], item.form.holder, item.made)
    below = " · ".join(part for part in parts if part)
    if item.withdrawn:
        return Line(item, "", item.form.summary, f"{below} · {item.withdrawn_reason}", "quiet", _("ditarik"))
    number = str(item.number)
    if not item.id:
        return Line(item, number, item.form.summary, below, "done", _("kini terbuka"))
    if item.gaps:
        return Line(item, number, item.form.summary, below, "soon", _("belum lengkap"))
    return Line(item, number, item.form.summary, below)


def exempt_line(test: Tested, soon: bool) -> Line:
    """A consequence test; `soon` where its exemption is about to end."""
    below = f"{test.grounds} · {test.period}"
    if soon and test.standing.ends:
        return Line(
            test, "", test.kind, below, "soon", _("berakhir {day}").format(day=day_and_month(test.standing.ends))
        )
    word = _("menunggu persetujuan") if test.state == "classified" else STATES[test.state]
    state = {"open": "done", "tested": "soon", "classified": "soon"}.get(test.state, "quiet")
    return Line(test, "", test.kind, below, state, word)


class LineModel(QAbstractListModel):
    """Rows in the order they were given."""

    def __init__(self, parent: QObject | None = None) -> None:
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
        """The line itself, its title, or a sentence about it for a screen reader."""
        line = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title
            case Qt.ItemDataRole.UserRole:
                return line
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (line.number, line.title, line.below, line.word) if part)
        return None


class LinePainter(QStyledItemDelegate):
    """Paints number, title over the line below it, and the chip; long titles take more lines."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for both texts and air around them."""
        room = _Room(option.font, QRect(0, 0, self._view.viewport().width(), 0), index.data(Qt.ItemDataRole.UserRole))
        return QSize(0, room.title.height() + room.below.height() + 2 * AIR)

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
        _Room(option.font, option.rect, line).paint(painter, line)
        painter.restore()


class _Room:
    """Where the parts of a row stand, for one font and one rectangle."""

    def __init__(self, font: QFont, rect: QRect, line: Line) -> None:
        self.plain, self.strong = font, QFont(font)
        self.strong.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        inner = rect.adjusted(24, AIR, -24, -AIR)
        number = metrics.horizontalAdvance("888") + 12 if line.number else 0
        chip = metrics.horizontalAdvance(line.word) + metrics.height() + 26 if line.word else 0
        width = max(80, inner.width() - number - chip - (16 if chip else 0))
        self.number = QRect(inner.left(), inner.top(), number, metrics.height() + 4)
        left = inner.left() + number
        self.title = QRect(left, inner.top(), width, _height(self.strong, width, line.title))
        self.below = QRect(left, self.title.bottom() + 1, width, _height(font, width, line.below))
        self.chip = QRectF(inner.right() - chip, inner.top(), chip, metrics.height() + 8)

    def paint(self, painter: QPainter, line: Line) -> None:
        """Number, title over what is below, chip."""
        for room, text, font, ink in (
            (self.number, line.number, self.plain, "quiet"),
            (self.title, line.title, self.strong, "ink"),
            (self.below, line.below, self.plain, "quiet"),
        ):
            painter.setFont(font)
            painter.setPen(QColor(COLOURS[ink]))
            painter.drawText(room, _WRAP, text)
        if line.word:
            painter.setFont(self.plain)
            paint_chip(painter, self.chip, line.state, line.word)


def _height(font: QFont, width: int, text: str) -> int:
    """Pixels a whole text takes; at least a line."""
    metrics = QFontMetrics(font)
    return max(metrics.height(), metrics.boundingRect(0, 0, width, 10_000, _WRAP, text).height()) + 4


def line_list(name: str) -> tuple[QListView, LineModel]:
    """An empty list for a screen reader's `name`; Enter or a click activates a row."""
    view = QListView()
    model = LineModel(view)
    view.setModel(model)
    view.setItemDelegate(LinePainter(view))
    view.setMouseTracking(True)
    # Without it Qt keeps the heights of the rows when the list becomes narrower.
    view.setWordWrap(True)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setAccessibleName(name)
    return view, model
