"""The question that stands over a form while it holds words that are not saved."""

from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton


class Unsaved(QFrame):
    """Save or throw away; hidden until it is asked."""

    keep = Signal()
    discard = Signal()

    def __init__(self, sentence: str) -> None:
        """The question in `sentence`, with its two answers."""
        super().__init__()
        self.setProperty("surface", "soon")
        words = QLabel(sentence)
        words.setWordWrap(True)
        self.save, self.drop = QPushButton(_("Simpan")), QPushButton(_("Buang perubahan"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(words, 1)
        for button, signal in ((self.save, self.keep), (self.drop, self.discard)):
            button.setAutoDefault(True)
            button.clicked.connect(signal)
            row.addWidget(button)
        self.hide()

    def ask(self) -> None:
        """Show the question, the keyboard on the answer that loses nothing."""
        self.show()
        self.save.setFocus()
