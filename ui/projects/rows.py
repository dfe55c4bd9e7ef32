"""The list of activities: two lines each, with the money and how far the work is."""

import datetime as dt
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk.money import rupiah
from desk.projects.queries import ProjectRow
from ui.parts.bar import paint_bar
from ui.parts.chip import ICONS, INKS
from ui.parts.icons import pixmap
from ui.parts.style import COLOURS
from ui.projects.words import source_words, state

Index = QModelIndex | QPersistentModelIndex


AIR = 12
"""Pixels above and below the text of a row."""

NAME_LINES = 8
"""Width a name wants beside money and progress, in heights of a line."""

DayRole = Qt.ItemDataRole.UserRole + 1
"""The day the list is looked at."""

_WRAP = Qt.TextFlag.TextWordWrap
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ProjectModel(QAbstractListModel):
    """The year's activities in the order they were asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[ProjectRow, ...] = ()
        self.today = dt.date.min

    def show(self, rows: tuple[ProjectRow, ...], today: dt.date) -> None:
        """Take another list."""
        self.beginResetModel()
        self.rows, self.today = rows, today
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many activities there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The activity itself, its name, or a sentence about it for a screen reader."""
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.UserRole:
                return row
            case _ if role == DayRole:
                return self.today
            case Qt.ItemDataRole.AccessibleTextRole:
                percent = "" if row.percent is None else f"{row.percent} %"
                parts = (row.name, row.place, rupiah(row.cost), row.fund_source, percent, state(row, self.today)[1])
                return ", ".join(part for part in parts if part)
        return None


class ProjectList(QListView):
    """The list; a narrower one breaks names anew, which Qt's own does only where it grows lower."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out for the width there is."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


class ProjectPainter(QStyledItemDelegate):
    """Paints an activity: name over place, amount over source, bar over state; a long name takes more lines."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the whole name and place, and air around them."""
        row: ProjectRow = index.data(Qt.ItemDataRole.UserRole)
        room = _Room(option.font, QRect(0, 0, self._view.viewport().width(), 0), row)
        return QSize(0, room.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row; the chosen one is marked with a stroke at its left as well."""
        row: ProjectRow = index.data(Qt.ItemDataRole.UserRole)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.fillRect(option.rect, QColor(COLOURS["soft" if chosen else "side" if hovered else "ground"]))
        painter.setPen(QColor(COLOURS["line"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if chosen:
            stroke = QRect(option.rect.left(), option.rect.top(), 4, option.rect.height())
            painter.fillRect(stroke, QColor(COLOURS["accent"]))
        room = _Room(option.font, option.rect, row)
        room.paint_name(painter, row)
        room.paint_money(painter, row)
        room.paint_progress(painter, row, *state(row, index.data(DayRole)))
        painter.restore()


class _Room:
    """Where the parts of a row stand, for one font and one rectangle."""

    def __init__(self, font: QFont, rect: QRect, row: ProjectRow) -> None:
        self.plain, self.strong = font, QFont(font)
        self.strong.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        self.line = metrics.height() + 4
        bar = metrics.horizontalAdvance(_("lewat jadwal, anggaran")) + self.line + 12
        money = QFontMetrics(self.strong).horizontalAdvance("Rp 88.888.888.888") + 4
        inner = rect.adjusted(24, AIR, -24, -AIR)
        width = inner.width() - bar - money - 40
        self.is_stacked = width < NAME_LINES * self.line
        width = inner.width() if self.is_stacked else width
        self.where = row.place or _("lokasi belum diisi")
        self.name = QRect(inner.left(), inner.top(), width, self._height(self.strong, width, row.name))
        below = self._height(font, width, self.where)
        self.place = QRect(inner.left(), self.name.bottom() + 1, width, below)
        top = self.place.bottom() + 1 if self.is_stacked else inner.top()
        self.bar = QRect(inner.right() - bar, top, bar, self.line)
        left = inner.left() if self.is_stacked else self.bar.left() - 24 - money
        self.money = QRect(left, top, money, self.line)

    @property
    def height(self) -> int:
        """Pixels of the whole row: money and progress stand below name and place where those need the width."""
        return self.name.height() + self.place.height() + (2 * self.line if self.is_stacked else 0) + 2 * AIR

    def _height(self, font: QFont, width: int, text: str) -> int:
        """Pixels a whole text takes; at least a line."""
        return max(self.line, QFontMetrics(font).boundingRect(0, 0, width, 10_000, _WRAP, text).height() + 4)

    def paint_name(self, painter: QPainter, row: ProjectRow) -> None:
        """Name over place."""
        painter.setFont(self.strong)
        painter.setPen(QColor(COLOURS["ink"]))
        painter.drawText(self.name, _WRAP, row.name)
        painter.setFont(self.plain)
        painter.setPen(QColor(COLOURS["quiet"]))
        painter.drawText(self.place, _WRAP, self.where)

    def paint_money(self, painter: QPainter, row: ProjectRow) -> None:
        """Amount over source."""
        painter.setFont(self.plain if row.cost is None else self.strong)
        painter.setPen(QColor(COLOURS["quiet" if row.cost is None else "ink"]))
        side = _LEFT if self.is_stacked else _RIGHT
        painter.drawText(self.money, side, rupiah(row.cost))
        source = source_words(row) or (_("sumber belum diisi") if row.cost is not None else "")
        self._write(painter, self.money.translated(0, self.line), source, side)

    def paint_progress(self, painter: QPainter, row: ProjectRow, kind: str, words: str) -> None:
        """Bar and number over the state, which wears an icon where it is late or done."""
        number = QFontMetrics(self.plain).horizontalAdvance("100 %") + 8
        thin = QRectF(self.bar.left(), self.bar.center().y() - 3, self.bar.width() - number, 8)
        paint_bar(painter, thin, None if row.percent is None else row.percent / 100)
        if row.percent is not None:
            painter.setFont(self.plain)
            painter.setPen(QColor(COLOURS["ink"]))
            painter.drawText(self.bar, _RIGHT, f"{row.percent}\u00a0%")
        under = self.bar.translated(0, self.line)
        if kind != "quiet":
            side = self.line - 6
            painter.drawPixmap(under.left(), under.top() + 3, pixmap(ICONS[kind], INKS[kind], side))
            under.setLeft(under.left() + side + 6)
        self._write(painter, under, words)

    def _write(self, painter: QPainter, room: QRect, text: str, side: Qt.AlignmentFlag | None = None) -> None:
        painter.setFont(self.plain)
        painter.setPen(QColor(COLOURS["quiet"]))
        shown = QFontMetrics(self.plain).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT if side is None else side, shown)
