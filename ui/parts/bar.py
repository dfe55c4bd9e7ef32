"""A thin bar for a share of something, as lists and trees paint it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ui.parts.style import COLOURS


def paint_bar(painter: QPainter, room: QRectF, share: float | None) -> None:
    """Fill the bar from the left by `share`; None leaves it a hollow outline, for unknown.

    Args:
        painter: of the widget that is being painted.
        room: where the bar may be; it is as high as this.
        share: 0 is nothing, 1 all of it; beyond 1 the bar stays full and ends in a notch of another colour.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    round_ = room.height() / 2
    if share is None:
        painter.setPen(QColor(COLOURS["handle"]))
        painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), round_, round_)
        painter.restore()
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(COLOURS["line"]))
    painter.drawRoundedRect(room, round_, round_)
    if share > 0:
        filled = QRectF(room)
        filled.setWidth(max(room.height(), room.width() * min(share, 1)))
        painter.setBrush(QColor(COLOURS["accent"]))
        painter.drawRoundedRect(filled, round_, round_)
    if share > 1:
        end = QRectF(room.right() - 2 * room.height(), room.top(), 2 * room.height(), room.height())
        painter.setBrush(QColor(COLOURS["soon"]))
        painter.drawRoundedRect(end, round_, round_)
    painter.restore()
