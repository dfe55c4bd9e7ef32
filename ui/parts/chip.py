"""A state in a word with its icon, and a sentence with its icon: colour never speaks alone."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.parts.icons import SIZE, pixmap
from ui.parts.style import COLOURS

ICONS = {"late": "late", "soon": "clock", "done": "done", "quiet": "info"}
"""What stands beside the word of a state."""

GROUNDS = {"late": "latesoft", "soon": "soonsoft", "done": "donesoft", "quiet": "side"}
INKS = {"late": "late", "soon": "ink", "done": "done", "quiet": "quiet"}


class Chip(QWidget):
    """One state: `late`, `soon`, `done` or `quiet`, with its word."""

    def __init__(self, state: str = "quiet", word: str = "") -> None:
        """A chip that says `word`."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(state, word)

    def say(self, state: str, word: str) -> None:
        """Show another state."""
        self.state, self.word = state, word
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for icon and word."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.word) + metrics.height() + 26, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        """The same: a word is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A soft ground, the icon, the word in ink."""
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self.state, self.word)
        painter.end()


def paint_chip(painter: QPainter, room: QRectF, state: str, word: str) -> None:
    """Paint a chip into `room`, as lists do; the painter's font is the word's."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(COLOURS[GROUNDS[state]]))
    painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
    side = painter.fontMetrics().height() - 2
    top = room.top() + (room.height() - side) / 2
    painter.drawPixmap(QRectF(room.left() + 9, top, side, side).toRect(), pixmap(ICONS[state], INKS[state], side))
    painter.setPen(QColor(COLOURS["ink"]))
    words = room.adjusted(side + 15, 0, -8, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
    painter.restore()


class Note(QWidget):
    """A sentence with the icon of its state; hidden while it has nothing to say."""

    def __init__(self, state: str = "quiet", sentence: str = "") -> None:
        """A note of a state, at first with `sentence`."""
        super().__init__()
        self._mark = QLabel()
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        # It may hold what somebody typed, or the name of a file.
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sentence, 1)
        self.say(sentence, state)

    def say(self, sentence: str, state: str = "") -> None:
        """Say something else, in the same state unless another is named; "" hides the note."""
        if state:
            self._mark.setPixmap(pixmap(ICONS[state], INKS[state], SIZE - 2))
        self._sentence.setText(sentence)
        # Shown before it has a parent, a note is a window of its own for a moment; its parent will show it.
        if self.parent() is not None or not sentence:
            self.setVisible(bool(sentence))
        else:
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)

    def text(self) -> str:
        """What it says."""
        return self._sentence.text()
