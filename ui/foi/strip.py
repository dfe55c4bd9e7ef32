"""The days to a due date, a box each: counted ones filled and numbered, skipped ones hollow with the reason below."""

from gettext import gettext as _

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from desk.dates import WEEKDAYS, long_date
from desk.workdays import DayReason
from ui.parts.style import COLOURS

GAP = 4
"""Pixels between boxes."""


class Strip(QWidget):
    """Boxes of a term and, in words, why some of its days do not count."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes = _Boxes()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("role", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.boxes)
        column.addWidget(self.words)

    def show_days(self, days: tuple[DayReason, ...]) -> None:
        """Show a term."""
        self.boxes.show_days(days)
        self.words.setText(skipped_words(days))


def skipped_words(days: tuple[DayReason, ...]) -> str:
    """Which days do not count, and why; weekends together, the rest by name."""
    counted = sum(day.counted for day in days)
    weekends = sorted({day.date.weekday() for day in days if not day.counted and _is_weekend(day)})
    named = [WEEKDAYS[weekday] for weekday in weekends]
    named += [f"{day.reason} ({long_date(day.date)})" for day in days if not day.counted and not _is_weekend(day)]
    sentence = _("{counted} hari kerja, mulai hari kerja pertama sesudah permohonan diterima.").format(counted=counted)
    return sentence + (_(" Tidak dihitung: {days}.").format(days=", ".join(named)) if named else "")


def _is_weekend(day: DayReason) -> bool:
    return day.reason == WEEKDAYS[day.date.weekday()]


class _Boxes(QWidget):
    """The boxes, in as many lines as the width needs."""

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[DayReason, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_days(self, days: tuple[DayReason, ...]) -> None:
        """Show a term; a screen reader gets it as a sentence."""
        self._days = days
        self.setAccessibleName(skipped_words(days))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for a week."""
        return QSize(7 * (self._box().width() + GAP), self.heightForWidth(max(self.width(), 300)))

    def heightForWidth(self, width: int) -> int:
        """All lines of boxes."""
        box = self._box()
        in_line = max(1, (width + GAP) // (box.width() + GAP))
        return -(-max(1, len(self._days)) // in_line) * (box.height() + GAP)

    def event(self, event: QHelpEvent) -> bool:  # type: ignore[override]  # help is the one kind answered here
        """The reason of the day under the mouse."""
        if event.type() == QHelpEvent.Type.ToolTip:
            for place, day in zip(self._places(), self._days, strict=True):
                if place.contains(event.pos()):
                    reason = _("dihitung") if day.counted else _("tidak dihitung: {why}").format(why=day.reason)
                    QToolTip.showText(event.globalPos(), f"{long_date(day.date)}, {reason}", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Weekday over date; counted boxes filled."""
        painter = QPainter(self)
        number = 0
        for place, day in zip(self._places(), self._days, strict=True):
            number += day.counted
            painter.setPen(QPen(QColor(COLOURS["accent" if day.counted else "edge"]), 1))
            painter.setBrush(QColor(COLOURS["accent" if day.counted else "ground"]))
            painter.drawRoundedRect(place.adjusted(0, 0, -1, -1), 4, 4)
            painter.setPen(QColor(COLOURS["ground" if day.counted else "quiet"]))
            half = place.height() // 2
            upper, lower = place.adjusted(0, 2, 0, -half), place.adjusted(0, half - 2, 0, -2)
            painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, WEEKDAYS[day.date.weekday()][:3])
            painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, str(day.date.day))
        painter.end()

    def _box(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("Kam") + 14, 2 * metrics.height() + 8)

    def _places(self) -> list[QRect]:
        box = self._box()
        in_line = max(1, (self.width() + GAP) // (box.width() + GAP))
        return [
            QRect((i % in_line) * (box.width() + GAP), (i // in_line) * (box.height() + GAP), box.width(), box.height())
            for i in range(len(self._days))
        ]
