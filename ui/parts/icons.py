"""Our own one-colour icons, drawn sharp at the size and in the colour asked for."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

import resources
from ui.parts.style import COLOURS

SIZE = 20
"""Side of an icon beside text, pixels at 100 %."""


def pixmap(name: str, colour: str = "ink", size: int = SIZE) -> QPixmap:
    """The icon `resources/icons/<name>.svg` in a colour of the palette, `size` pixels wide; drawn once, for lists."""
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen else 1.0
    made, key = QPixmap(), f"{name} {colour} {size} {ratio}"
    if not QPixmapCache.find(key, made):
        made = _drawn(name, colour, size, ratio)
        QPixmapCache.insert(key, made)
    return made


def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    drawing = resources.path(f"icons/{name}.svg").read_bytes().replace(b"#000", COLOURS[colour].encode())
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return made


def icon(name: str, colour: str = "ink", size: int = 2 * SIZE) -> QIcon:
    """The same for buttons, large enough for every zoom; greyed where the button is disabled."""
    made = QIcon(pixmap(name, colour, size))
    made.addPixmap(pixmap(name, "edge", size), QIcon.Mode.Disabled)
    return made
