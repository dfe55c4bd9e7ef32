"""Budget against realisation of each field of spending, as bars on one scale with the numbers beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.budget.rules import percent
from desk.chart import FIELDS, title_of
from desk.money import rupiah
from ui.budget.rows import TreeRow, share_text
from ui.parts.style import COLOURS

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_WRAP = Qt.TextFlag.TextWordWrap | _LEFT
_GAP = 12
"""Pixels between two fields."""


@dataclass(frozen=True)
class FieldBar:
    """One field: what was planned and what was spent, rupiah; None is unknown."""

    title: str
    amount: Decimal | None
    realised: Decimal | None

    @property
    def is_over(self) -> bool:
        """More was spent than planned."""
        return self.realised is not None and self.realised > (self.amount or 0)

    @property
    def words(self) -> str:
        """The numbers beside the bar."""
        if self.realised is None:
            return _("anggaran {amount}, realisasi belum diisi").format(amount=rupiah(self.amount))
        share = share_text(percent(self.realised, self.amount)) or "-"
        said = _("{realised} dari {amount} · {share}")
        told = said.format(realised=rupiah(self.realised), amount=rupiah(self.amount), share=share)
        return _("{told} · melebihi").format(told=told) if self.is_over else told


def field_bars(roots: Sequence[TreeRow]) -> list[FieldBar]:
    """The fields of a budget's expenditure in their order; what stands in none of them comes last."""
    spending = next((root for root in roots if root.key == "expenditure"), None)
    found: dict[str, list[TreeRow]] = {}
    for row in spending.children if spending else ():
        found.setdefault(row.activity[:1] if row.activity[:1] in FIELDS else "", []).append(row)
    titles = {field: title_of("", field) for field in FIELDS} | {"": _("Tanpa bidang")}
    return [
        FieldBar(titles[field], _sum(row.amount for row in rows), _sum(row.realised for row in rows))
        for field, rows in sorted(found.items(), key=lambda item: item[0] or "9")
    ]


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


class Bars(QWidget):
    """An outlined bar for the budget, filled as far as it was spent; what goes beyond is hatched and said."""

    def __init__(self) -> None:
        super().__init__()
        self.bars: list[FieldBar] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 24)

    def show_bars(self, bars: Sequence[FieldBar]) -> None:
        """Show other fields."""
        self.bars = list(bars)
        self.setAccessibleName(_("Anggaran dan realisasi per bidang"))
        self.setAccessibleDescription(". ".join(f"{bar.title}: {bar.words}" for bar in self.bars))
        self._fit()

    def heightForWidth(self, width: int) -> int:
        """Room for every name and number, over as many lines as they take."""
        heights = [sum(self._heights(bar, width)) + _GAP for bar in self.bars]
        return self._head(width) + sum(heights)

    def sizeHint(self) -> QSize:
        """As high as its fields at the width it has."""
        return QSize(self.minimumWidth(), self.heightForWidth(max(self.width(), self.minimumWidth())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text takes more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 24)
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """All fields below each other, on the scale of the largest amount."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        largest = max((amount for bar in self.bars for amount in (bar.amount, bar.realised) if amount), default=None)
        top = self._head()
        painter.setPen(QColor(COLOURS["quiet"]))
        painter.drawText(QRect(0, 0, self.width(), top), _WRAP, self._legend())
        for bar in self.bars:
            name, high, words = self._heights(bar, self.width())
            painter.setPen(QColor(COLOURS["ink"]))
            painter.setFont(self._strong())
            painter.drawText(QRect(0, top, self.width(), name), _WRAP, bar.title)
            paint_pair(painter, QRectF(1, top + name + 4, self.width() - 2, high - 8), bar, largest)
            painter.setPen(QColor(COLOURS["ink"]))
            painter.setFont(self.font())
            painter.drawText(QRect(0, top + name + high, self.width(), words), _WRAP, bar.words)
            top += name + high + words + _GAP
        painter.end()

    def _heights(self, bar: FieldBar, width: int) -> tuple[int, int, int]:
        """Pixels of its name, its bar with the air around it, and its numbers."""
        room = QRect(0, 0, max(width, 1), 10_000)
        name = QFontMetrics(self._strong()).boundingRect(room, _WRAP, bar.title).height()
        return name, self._bar_high() + 8, QFontMetrics(self.font()).boundingRect(room, _WRAP, bar.words).height()

    def _legend(self) -> str:
        return _("Kotak: anggaran. Isinya: realisasi.")

    def _head(self, width: int = 0) -> int:
        """Pixels of what is said above the bars."""
        room = QRect(0, 0, max(width or self.width(), 1), 10_000)
        return QFontMetrics(self.font()).boundingRect(room, _WRAP, self._legend()).height() + _GAP

    def _bar_high(self) -> int:
        return QFontMetrics(self.font()).height() * 3 // 4

    def _strong(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _fit(self) -> None:
        self.setMinimumHeight(self.heightForWidth(max(self.width(), self.minimumWidth())))
        self.updateGeometry()
        self.update()


def paint_pair(painter: QPainter, room: QRectF, bar: FieldBar, largest: Decimal | None) -> None:
    """Paint one budget bar with its realisation into `room`, whose width is the largest amount of the chart.

    Nothing is a hair-line at zero. What was spent beyond the budget goes on as a hatch past the outline.
    """
    painter.save()
    ink = QColor(COLOURS["ink"])
    planned, spent = (_width(amount, largest, room.width()) for amount in (bar.amount, bar.realised))
    within = QRectF(room.left(), room.top(), min(planned, spent), room.height())
    painter.fillRect(within, QColor(COLOURS["accent"]))
    if spent > planned:
        beyond = QRectF(room.left() + planned, room.top(), spent - planned, room.height())
        painter.fillRect(beyond, QColor(COLOURS["ground"]))
        painter.fillRect(beyond, QBrush(ink, Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(ink, 1))
        painter.drawRect(beyond)
    painter.setPen(QPen(ink, 1.5))
    painter.drawLine(room.topLeft(), QPointF(room.left(), room.bottom()))
    if planned:
        painter.drawRect(QRectF(room.left(), room.top(), planned, room.height()))
    painter.restore()


def _width(amount: Decimal | None, largest: Decimal | None, width: float) -> float:
    """Pixels of an amount; below zero and unknown are none."""
    return float(amount / largest) * width if amount and largest and amount > 0 else 0.0
