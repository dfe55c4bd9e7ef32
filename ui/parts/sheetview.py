"""One page of a PDF on a grey desk: zoom, scroll, drag; only what is visible is ever drawn sharp."""

import math
from dataclasses import dataclass
from gettext import gettext as _

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from ui.parts.raster import Cut, Document, picture
from ui.parts.style import COLOURS
from ui.work import Work

STEPS = (0.1, 0.15, 0.2, 0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
"""Zoom steps; 1.0 is the paper's real size on a screen that tells its resolution."""

MARGIN = 16
"""Grey around the sheet, pixels."""

REST_MS = 40
"""How long view and zoom must be still before the sheet is drawn sharp."""

LINE = 48
"""Pixels an arrow key scrolls."""


@dataclass(frozen=True)
class Shot:
    """A picture of a part of a page as asked for; drawn on a worker thread."""

    pdf: bytes
    page: int
    scale: float
    """Device pixels per point."""
    cut: Cut
    image: QImage | None = None


def take(shot: Shot) -> Shot:
    """Draw what is asked for."""
    return Shot(shot.pdf, shot.page, shot.scale, shot.cut, picture(shot.pdf, shot.page, shot.scale, shot.cut))


class SheetView(QAbstractScrollArea):
    """The visible part of one page, drawn where the eye is.

    The newest picture stands, stretched, until a sharp one is there: nothing ever flashes white.
    """

    looked = Signal()
    """Page, zoom or size have changed."""
    sharp = Signal()
    """What is visible has been drawn at its own resolution."""

    def __init__(self, work: Work) -> None:
        """Nothing to show yet; `show_document` brings a document."""
        super().__init__()
        self._work = work
        self._pdf = b""
        self._sizes: tuple[tuple[float, float], ...] = ()
        self.page = 0
        self._zoom: float | None = None
        self._whole: Shot | None = None
        self._part: Shot | None = None
        self._busy = False
        self._held: QPointF | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._draw_sharp)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pratinjau kertas"))
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setMinimumSize(160, 160)
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setSingleStep(LINE)
            bar.valueChanged.connect(self._moved)

    @property
    def pages(self) -> int:
        """How many pages the document has."""
        return len(self._sizes)

    @property
    def fitted(self) -> bool:
        """Whether the whole page is kept in sight."""
        return self._zoom is None

    @property
    def zoom(self) -> float:
        """The zoom now; 1.0 is real size."""
        return self._zoom if self._zoom is not None else self._fitting()

    def show_document(self, document: Document) -> None:
        """Show a document; one with the same pages as before keeps page, zoom and place."""
        if document.sizes != self._sizes:
            self.page, self._zoom = 0, None
            self._whole = self._part = None
        self._pdf, self._sizes = document.pdf, document.sizes
        self._look()

    def drawn(self) -> Shot | None:
        """The sharp picture that stands now."""
        return self._part

    def turn(self, by: int) -> bool:
        """Go pages on or back; whether there was one."""
        wanted = self.page + by
        if wanted == self.page or not 0 <= wanted < self.pages:
            return False
        self.page = wanted
        self._whole = self._part = None
        self.verticalScrollBar().setValue(0 if by > 0 else self.verticalScrollBar().maximum())
        self._look()
        return True

    def fit(self) -> None:
        """Keep the whole page in sight."""
        self._zoom = None
        self._look()

    def can_zoom(self, by: int) -> bool:
        """Whether there is a further step that way."""
        return self._step(by) is not None

    def step_zoom(self, by: int, around: QPointF | None = None) -> None:
        """One step larger or smaller, keeping the point `around` of the view (or its centre) where it is."""
        wanted = self._step(by)
        if wanted is None or not self._sizes:
            return
        spot = around or QRectF(self.viewport().rect()).center()
        before, scale = self._sheet(), self._scale()
        point = (spot - before.topLeft()) / scale
        self._zoom = wanted
        self._look()
        moved = self._sheet().topLeft() + point * self._scale() - spot
        self.horizontalScrollBar().setValue(round(self.horizontalScrollBar().value() + moved.x()))
        self.verticalScrollBar().setValue(round(self.verticalScrollBar().value() + moved.y()))

    def _step(self, by: int) -> float | None:
        now = self.zoom
        if by > 0:
            return next((step for step in STEPS if step > now * 1.02), None)
        return next((step for step in reversed(STEPS) if step < now * 0.98), None)

    def _fitting(self) -> float:
        if not self._sizes:
            return 1.0
        width, height = self._sizes[self.page]
        room = self.maximumViewportSize()
        fits = min((room.width() - 2 * MARGIN) / width, (room.height() - 2 * MARGIN) / height)
        return max(fits, 0.02) / self._real()

    def _real(self) -> float:
        """Pixels per point at real size."""
        return self.logicalDpiX() / 72

    def _scale(self) -> float:
        return self.zoom * self._real()

    def _sheet(self) -> QRectF:
        """Where the page lies in the viewport, in its pixels."""
        width, height = (side * self._scale() for side in self._sizes[self.page])
        room = self.viewport().rect()
        left = max((room.width() - width) / 2, MARGIN) - self.horizontalScrollBar().value()
        top = max((room.height() - height) / 2, MARGIN) - self.verticalScrollBar().value()
        return QRectF(round(left), round(top), width, height)

    def _look(self) -> None:
        """Take over a new page, zoom or size."""
        if not self._sizes:
            return
        room = self.maximumViewportSize()
        for bar, side, has in zip(
            (self.horizontalScrollBar(), self.verticalScrollBar()),
            self._sizes[self.page],
            (room.width(), room.height()),
            strict=True,
        ):
            over = side * self._scale() + 2 * MARGIN - has
            bar.setPageStep(has)
            bar.setRange(0, 0 if self.fitted else max(0, math.ceil(over)))
        self._moved()
        self.looked.emit()

    def _moved(self) -> None:
        self.viewport().update()
        self._rest.start()

    def _draw_sharp(self) -> None:
        """Ask for what is visible; while one picture is being drawn, the next waits its turn."""
        if self._busy or not self._sizes or not self.isVisible():
            return
        wanted = self._wanted()
        if wanted is None or (self._part and _same(self._part, wanted)):
            return
        self._busy = True
        self._work.run(take, wanted, done=self._show, failed=self._fail)

    def _wanted(self) -> Shot | None:
        ratio = self.devicePixelRatioF()
        sheet, scale = self._sheet(), self._scale() * ratio
        width, height = (math.ceil(side * scale) for side in self._sizes[self.page])
        seen = sheet.intersected(QRectF(self.viewport().rect())).translated(-sheet.topLeft())
        left, top = max(0, math.floor(seen.left() * ratio)), max(0, math.floor(seen.top() * ratio))
        right, bottom = min(width, math.ceil(seen.right() * ratio)), min(height, math.ceil(seen.bottom() * ratio))
        if right <= left or bottom <= top:
            return None
        return Shot(self._pdf, self.page, scale, Cut(left, top, right - left, bottom - top))

    def _show(self, shot: Shot) -> None:
        self._busy = False
        wanted = self._wanted()
        if shot.pdf is self._pdf and shot.page == self.page:
            self._part = shot
            width, height = (math.ceil(side * shot.scale) for side in self._sizes[self.page])
            if (shot.cut.width, shot.cut.height) == (width, height):
                self._whole = shot
            self.viewport().update()
        if wanted is not None and not _same(shot, wanted):
            self._rest.start()
        else:
            self.sharp.emit()

    def _fail(self, error: Exception) -> None:
        self._busy = False
        self._work.failed.emit(error)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The desk, the sheet's white and edge, then what has been drawn of it."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(COLOURS["side"]))
        if not self._sizes:
            return
        sheet = self._sheet()
        painter.fillRect(sheet, Qt.GlobalColor.white)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for shot in (self._whole, self._part):
            if shot is not None and shot.image is not None:
                painter.drawImage(self._place(shot, sheet), shot.image)
        painter.setPen(QPen(QColor(COLOURS["handle"]), 1))
        painter.drawRect(sheet.adjusted(-1, -1, 0, 0))
        if self.hasFocus():
            painter.setPen(QPen(QColor(COLOURS["accent"]), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _place(self, shot: Shot, sheet: QRectF) -> QRectF:
        """Where a picture belongs on the sheet as it lies now, whatever scale it was drawn at."""
        if shot.scale == self._scale() * self.devicePixelRatioF():
            ratio = self.devicePixelRatioF()
        else:
            ratio = shot.scale / self._scale()
        cut = shot.cut
        return QRectF(
            sheet.left() + cut.left / ratio, sheet.top() + cut.top / ratio, cut.width / ratio, cut.height / ratio
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted page grows with the window."""
        super().resizeEvent(event)
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        """Focus shows as an edge."""
        super().changeEvent(event)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """While the sheet has the focus, Ctrl + - 0 zoom it and not the window's text."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and event.key() in _ZOOM_KEYS
        ):
            event.accept()
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        if event.type() == QEvent.Type.Show:
            self._rest.start()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Down go through the pages, at a large zoom through the page first; arrows scroll."""
        down = self.verticalScrollBar()
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in _ZOOM_KEYS:
            step = _ZOOM_KEYS[Qt.Key(key)]
            if step:
                self.step_zoom(step)
            else:
                self.fit()
        elif key == Qt.Key.Key_PageDown:
            if down.value() >= down.maximum():
                self.turn(1)
            else:
                down.triggerAction(down.SliderAction.SliderPageStepAdd)
        elif key == Qt.Key.Key_PageUp:
            if down.value() <= 0:
                self.turn(-1)
            else:
                down.triggerAction(down.SliderAction.SliderPageStepSub)
        elif key == Qt.Key.Key_Home:
            self.turn(-self.page)
        elif key == Qt.Key.Key_End:
            self.turn(self.pages - 1 - self.page)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms around the pointer; without, it scrolls."""
        notches = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if notches:
                self.step_zoom(1 if notches > 0 else -1, event.position())
            event.accept()
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the sheet."""
        self._held = event.position()
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the sheet."""
        if self._held is None:
            return
        moved = event.position() - self._held
        self._held = event.position()
        self.horizontalScrollBar().setValue(round(self.horizontalScrollBar().value() - moved.x()))
        self.verticalScrollBar().setValue(round(self.verticalScrollBar().value() - moved.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the sheet go."""
        self._held = None
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)


_ZOOM_KEYS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}


def _same(one: Shot, other: Shot) -> bool:
    return one.pdf is other.pdf and (one.page, one.scale, one.cut) == (other.page, other.scale, other.cut)
