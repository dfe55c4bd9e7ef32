"""A part of an open activity: its heading, what it holds line by line, and the button that adds to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.parts.icons import icon

MOST_BESIDE = 2
"""Buttons that stand beside a line; more stand below it, so that the words keep their room."""


@dataclass(frozen=True)
class Told:
    """One line: what it says first, the rest of it quietly, and what can be done with it."""

    text: str
    facts: str = ""
    acts: tuple[tuple[str, Callable[[], None]], ...] = ()
    is_inside: bool = False
    """It belongs to the line above."""


class Section(QFrame):
    """Heading, lines, and below them whatever else stands in this part."""

    adding = Signal()

    def __init__(
        self, title: str, add: str = "", below: Sequence[QWidget] = (), none: str = "", *, beside: int = MOST_BESIDE
    ) -> None:
        """Without `add` there is no button; `none` is said where there is no line; `beside` is for wide ones."""
        super().__init__()
        self._beside = beside
        self.title = title
        heading, self.add, self.none = QLabel(title), QPushButton(icon("plus"), add), QLabel(none)
        heading.setProperty("role", "section")
        self.add.setProperty("kind", "link")
        self.add.setAutoDefault(True)
        self.add.clicked.connect(self.adding)
        self.none.setProperty("role", "quiet")
        self.none.setWordWrap(True)
        top, column, self._list = QHBoxLayout(), QVBoxLayout(self), QVBoxLayout()
        top.addWidget(heading)
        top.addStretch(1)
        top.addWidget(self.add)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.none)
        column.addLayout(self._list)
        for part in below:
            column.addWidget(part)
        if not add:
            self.add.hide()
        self.lines: list[QWidget] = []
        self.show_lines(())

    def show_lines(self, told: Sequence[Told]) -> None:
        """Show other lines."""
        while (item := self._list.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.lines = [_line(one, self._beside) for one in told]
        for place, line in enumerate(self.lines):
            if place and not told[place].is_inside:
                self._list.addSpacing(4)
            self._list.addWidget(line)
        self.none.setVisible(not told and bool(self.none.text()))


def _line(told: Told, beside: int) -> QWidget:
    line, words = QWidget(), QVBoxLayout()
    row = QHBoxLayout(line)
    row.setContentsMargins(20 if told.is_inside else 0, 0, 0, 0)
    row.setSpacing(8)
    words.setSpacing(0)
    for text, role in ((told.text, "strong"), (told.facts, "quiet")):
        if not text:
            continue
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("role", role)
        words.addWidget(label)
    row.addLayout(words, 1)
    if len(told.acts) > beside:
        foot = QHBoxLayout()
        foot.setSpacing(0)
        words.addLayout(foot)
    else:
        foot = row
    for name, act in told.acts:
        button = QPushButton(name)
        button.setProperty("kind", "link")
        button.setAutoDefault(True)
        button.setAccessibleName(_("{act}: {line}").format(act=name, line=told.text))
        button.clicked.connect(act)
        foot.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    if foot is not row:
        foot.addStretch(1)
    return line
