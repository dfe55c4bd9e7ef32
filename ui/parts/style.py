"""How everything looks: one palette, one style sheet, one scale."""

import re
from typing import Final

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

import resources

FONT_POINTS: Final = 10.5
"""Text size at 100 %."""

ZOOMS: Final = (100, 110, 125, 150, 175, 200)
"""Steps of Ctrl + and Ctrl -, in per cent."""

COLOURS: Final = {
    "ink": "#1b2430",
    "quiet": "#505b68",
    "ground": "#ffffff",
    "side": "#f4f6f8",
    "line": "#dde3e9",
    "handle": "#c3cbd3",
    "edge": "#848e99",
    "accent": "#0072b2",
    "deep": "#00598c",
    "soft": "#e3f0f8",
    "late": "#d55e00",
    "latesoft": "#fbe3d3",
    "soon": "#e69f00",
    "soonsoft": "#fdf0d2",
    "done": "#009e73",
    "donesoft": "#d8f0e7",
}
"""Text on its ground is at least 6:1, edges of fields 3:1; state colours fill and mark, text on them stays ink."""

SHEET_ICONS: Final = {"down": "down", "right": "next", "tick": "tick", "radio": "radio", "chosen": "chosen"}
"""Names in the sheet -> icons in `resources/icons`."""


def dress(app: QApplication, zoom: int) -> None:
    """Give the application its style, palette, font and sheet at a zoom of 100 to 200 per cent."""
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(palette())
    scale(app, zoom)


def scale(app: QApplication, zoom: int) -> None:
    """Set text size and every measure of the sheet."""
    font = app.font()
    font.setPointSizeF(FONT_POINTS * zoom / 100)
    app.setFont(font)
    app.setStyleSheet(sheet(zoom))


def sheet(zoom: int) -> str:
    """The style sheet with its colours and icons filled in and its measures multiplied."""
    text = resources.path("theme.qss").read_text(encoding="utf-8")
    names = COLOURS | {name: _url(file) for name, file in SHEET_ICONS.items()}
    text = re.sub(r"@(\w+)", lambda name: names[name[1]], text[text.index("*/") + 2 :])
    if zoom == 100:
        return text
    return re.sub(r"([\d.]+)(px|pt)", lambda size: _scaled(size[1], size[2], zoom), text)


def _scaled(number: str, unit: str, zoom: int) -> str:
    grown = float(number) * zoom / 100
    return f"{grown:.1f}pt" if unit == "pt" else f"{round(grown) if float(number) > 2 else number}px"


def _url(icon: str) -> str:
    return resources.path(f"icons/{icon}.svg").as_posix()


def palette() -> QPalette:
    """Colours for what the sheet does not name."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, name in (
        (roles.Window, "ground"),
        (roles.Base, "ground"),
        (roles.AlternateBase, "side"),
        (roles.Button, "ground"),
        (roles.WindowText, "ink"),
        (roles.Text, "ink"),
        (roles.ButtonText, "ink"),
        (roles.PlaceholderText, "quiet"),
        (roles.Highlight, "accent"),
        (roles.HighlightedText, "ground"),
        (roles.Link, "deep"),
        (roles.Accent, "accent"),
    ):
        made.setColor(role, QColor(COLOURS[name]))
    return made


def grown(widget: QWidget, pixels: int) -> int:
    """A measure of the layout at the size the widget's text has now."""
    return round(pixels * widget.font().pointSizeF() / FONT_POINTS)


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property the sheet selects by, and let the widget take its new look."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
