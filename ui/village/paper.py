"""The printer's paper, chosen by looking: three sheets drawn in true proportion."""

from gettext import gettext as _

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from desk.village.rules import PAPERS
from ui.parts.style import COLOURS, mark

MILLIMETRES = {"A4": (210, 297), "F4": (215, 330), "A3": (297, 420)}

USE = {
    "A4": _("Kertas kantor dan surat"),
    "F4": _("Folio, lebih panjang dari A4"),
    "A3": _("Dua kali A4, untuk pencetak besar"),
}

SCALE = 0.30
"""Pixels a millimetre of paper takes on the screen."""


class Sheet(QWidget):
    """One sheet to scale, standing on the line the others stand on."""

    def __init__(self, paper: str) -> None:
        super().__init__()
        self._size = tuple(SCALE * side for side in MILLIMETRES[paper])
        self.chosen = False
        self.setFixedHeight(round(SCALE * MILLIMETRES["A3"][1]) + 4)
        self.setMinimumWidth(round(self._size[0]) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A white sheet with a headline and some lines, edged in the accent where it is chosen."""
        width, height = self._size
        box = QRectF((self.width() - width) / 2, self.height() - height - 2, width, height)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(COLOURS["accent" if self.chosen else "edge"]), 2 if self.chosen else 1))
        painter.setBrush(QColor(COLOURS["ground"]))
        painter.drawRoundedRect(box, 2, 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COLOURS["accent" if self.chosen else "handle"]))
        painter.drawRect(QRectF(box.x() + 8, box.y() + 10, width - 16, 8))
        painter.setBrush(QColor(COLOURS["line"]))
        y = box.y() + 28
        while y < box.bottom() - 10:
            painter.drawRect(QRectF(box.x() + 8, y, width - 16, 3))
            y += 9
        painter.end()


class PaperCard(QFrame):
    """A sheet, its name and its measure; the whole card can be pressed."""

    def __init__(self, paper: str) -> None:
        super().__init__()
        mark(self, "surface", "card")
        width, height = MILLIMETRES[paper]
        self.sheet = Sheet(paper)
        self.button = QRadioButton(paper)
        self.button.setAccessibleDescription(_("{w} × {h} mm").format(w=width, h=height))
        size, use = QLabel(_("{w} × {h} mm").format(w=width, h=height)), QLabel(USE[paper])
        mark(use, "role", "quiet")
        use.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        for widget in (self.sheet, self.button, size, use):
            column.addWidget(widget)
        column.addStretch()
        self.button.toggled.connect(self._show)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Anywhere on the card chooses it."""
        self.button.setFocus()
        self.button.click()

    def _show(self, chosen: bool) -> None:
        self.sheet.chosen = chosen
        self.sheet.update()


class PaperChooser(QWidget):
    """A4, F4 or A3."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.setSpacing(16)
        whole.addLayout(line)
        whole.addStretch()
        self._group = QButtonGroup(self)
        self.cards = {paper: PaperCard(paper) for paper in PAPERS}
        for card in self.cards.values():
            self._group.addButton(card.button)
            line.addWidget(card, 1)
        self._group.buttonClicked.connect(lambda _button: self.edited.emit())
        self.put(PAPERS[0])

    def put(self, paper: str) -> None:
        """Choose a size."""
        self.cards[paper].button.setChecked(True)

    def value(self) -> str:
        """The size chosen."""
        return next(paper for paper, card in self.cards.items() if card.button.isChecked())

    def first(self) -> QWidget:
        """Where the keyboard starts: the size chosen."""
        return self.cards[self.value()].button
