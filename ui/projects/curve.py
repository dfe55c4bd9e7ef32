"""Progress against plan as two lines over the months: the plan dashed, what was seen solid; words say the same."""

import datetime as dt
from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.dates import MONTHS
from desk.projects.watch import Point, planned, steps_back
from ui.parts.style import COLOURS

TOP, DOT = 10, 4
"""Pixels above the top line, and the radius of what was seen."""


class Curve(QWidget):
    """The curve of one activity; hidden where there is neither plan nor progress."""

    def __init__(self) -> None:
        super().__init__()
        self._plan: tuple[Point, ...] = ()
        self._seen: tuple[Point, ...] = ()
        self._back: frozenset[int] = frozenset()
        self._today = dt.date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_curve(self, plan: Sequence[Point], seen: Sequence[Point], today: dt.date) -> None:
        """Show corners of a plan and what was seen, both the oldest first."""
        self._plan, self._seen, self._today = tuple(plan), tuple(seen), today
        self._back = frozenset(steps_back([point.percent for point in seen]))
        self.setVisible(bool(plan or len(seen) > 1))
        self.setAccessibleName(_("Kurva kemajuan"))
        self.setAccessibleDescription(told(plan, seen, today))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as ten lines of text."""
        return QSize(320, 10 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """It may be narrow, never lower."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grid, today, plan, what was seen, and their names."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height()
        left = self._left()
        room = QRectF(left, TOP, self.width() - left - 12, self.height() - TOP - 2 * line - 12)
        first, last = self._span()
        self._grid(painter, room, first, last)
        self._today_line(painter, room, first, last)
        dashed = QPen(QColor(COLOURS["edge"]), 2, Qt.PenStyle.DashLine)
        self._draw(painter, room, self._plan, first, last, dashed)
        self._draw(painter, room, self._seen, first, last, QPen(QColor(COLOURS["accent"]), 3))
        self._dots(painter, room, first, last)
        self._legend(painter, dashed)
        painter.end()

    def _left(self) -> float:
        """Pixels for the percentages at the left."""
        return float(self.fontMetrics().horizontalAdvance("100\u00a0%") + 10)

    def _span(self) -> tuple[dt.date, dt.date]:
        """The first and the last day on the page; today is on it where it is near."""
        days = [point.day for point in (*self._plan, *self._seen)]
        first, last = min(days, default=self._today), max(days, default=self._today)
        if first <= self._today <= last + dt.timedelta(days=60):
            last = max(last, self._today)
        return first, max(last, first + dt.timedelta(days=1))

    def _grid(self, painter: QPainter, room: QRectF, first: dt.date, last: dt.date) -> None:
        line = self.fontMetrics().height()
        for percent in (0, 50, 100):
            height = room.bottom() - room.height() * percent / 100
            painter.setPen(QPen(QColor(COLOURS["line"]), 1))
            painter.drawLine(QPointF(room.left(), height), QPointF(room.right(), height))
            painter.setPen(QColor(COLOURS["quiet"]))
            beside = QRectF(0, height - line / 2, room.left() - 6, line)
            painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{percent}\u00a0%")
        below = QRectF(room.left(), room.bottom() + 2, room.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, _month(first))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, _month(last))

    def _today_line(self, painter: QPainter, room: QRectF, first: dt.date, last: dt.date) -> None:
        if not first <= self._today <= last:
            return
        across = _across(room, self._today, first, last)
        painter.setPen(QPen(QColor(COLOURS["handle"]), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(across, room.top()), QPointF(across, room.bottom()))

    def _draw(
        self, painter: QPainter, room: QRectF, points: Sequence[Point], first: dt.date, last: dt.date, pen: QPen
    ) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([_at(room, point, first, last) for point in points]))

    def _dots(self, painter: QPainter, room: QRectF, first: dt.date, last: dt.date) -> None:
        """Every day it was seen; a step back is larger, hollow and of another colour."""
        for place, point in enumerate(self._seen):
            is_back = place in self._back
            painter.setPen(QPen(QColor(COLOURS["late" if is_back else "accent"]), 2))
            painter.setBrush(QColor(COLOURS["ground" if is_back else "accent"]))
            radius = DOT + 2 if is_back else DOT
            painter.drawEllipse(_at(room, point, first, last), radius, radius)

    def _legend(self, painter: QPainter, dashed: QPen) -> None:
        """The two lines by name, below the months."""
        line, left = self.fontMetrics().height(), self._left()
        middle = self.height() - line / 2 - 2
        for pen, name in ((QPen(QColor(COLOURS["accent"]), 3), _("kemajuan")), (dashed, _("rencana"))):
            painter.setPen(pen)
            painter.drawLine(QPointF(left, middle), QPointF(left + 28, middle))
            painter.setPen(QColor(COLOURS["quiet"]))
            painter.drawText(QPointF(left + 34, middle + self.fontMetrics().ascent() / 2 - 2), name)
            left += 34 + self.fontMetrics().horizontalAdvance(name) + 24


def told(plan: Sequence[Point], seen: Sequence[Point], today: dt.date) -> str:
    """The curve in words: `Hari ini 60 %, rencananya 80 %.`"""
    wanted, latest = planned(today, plan), seen[-1].percent if seen else None
    if wanted is None:
        return "" if latest is None else _("Terakhir {now} %.").format(now=latest)
    said = _("Rencana hari ini {wanted} %, belum ada catatan kemajuan.")
    if latest is not None:
        said = _("Terakhir {now} %, rencana hari ini {wanted} %.")
    return said.format(now=latest, wanted=round(wanted))


def _month(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def _across(room: QRectF, day: dt.date, first: dt.date, last: dt.date) -> float:
    return room.left() + room.width() * (day - first).days / (last - first).days


def _at(room: QRectF, point: Point, first: dt.date, last: dt.date) -> QPointF:
    return QPointF(_across(room, point.day, first, last), room.bottom() - room.height() * point.percent / 100)
