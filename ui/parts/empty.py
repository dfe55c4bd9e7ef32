"""An empty page says what it is for and holds the one button that starts it; until that is known, it says nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.parts.icons import pixmap


class Faces(QStackedWidget):
    """The faces of a page, at first none of them: what has not been asked yet is not empty."""

    def __init__(self) -> None:
        super().__init__()
        self.addWidget(QWidget())


class Empty(QWidget):
    """An icon, what this page is for, and where to begin."""

    pressed = Signal()
    """The one button."""

    def __init__(self, icon: str, heading: str, sentence: str, action: str = "") -> None:
        """Without `action` there is no button, only the sentence."""
        super().__init__()
        self._offered: list[QPushButton] = []
        picture = QLabel()
        picture.setPixmap(pixmap(icon, "edge", 48))
        self.heading = QLabel(heading)
        self.heading.setProperty("role", "section")
        self.sentence = QLabel(sentence)
        self.sentence.setProperty("role", "quiet")
        self.button = QPushButton(action)
        self.button.setProperty("kind", "main")
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self.pressed)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(2)
        for label in (picture, self.heading, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(label is not picture)
            column.addWidget(label)
        column.addSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        # Shown before it has a parent, a button is a window of its own for a moment and takes the keyboard.
        self.button.setVisible(bool(action))

    def say(self, heading: str, sentence: str, action: str = "") -> None:
        """Show something else."""
        self.heading.setText(heading)
        self.sentence.setText(sentence)
        self.button.setText(action)
        for button in (self.button, *self._offered):
            button.setVisible(bool(action))

    def offer(self, button: QPushButton) -> None:
        """A second, quieter way to begin; it comes and goes with the one button."""
        self._offered.append(button)
        self._column.insertWidget(self._column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        button.setVisible(not self.button.isHidden())
