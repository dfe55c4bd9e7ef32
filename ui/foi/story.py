"""The story of a record, step by step, each with the papers it has."""

from collections.abc import Sequence
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desk.letters.queries import Offer
from ui.parts.icons import icon

Papers = Sequence[Sequence[Offer]]
"""For each step its papers."""


class StoryPart(QWidget):
    """A sentence for each step, below it a button for each of its papers."""

    wanted = Signal(object)
    """An `Offer`: this paper is to be shown."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[str, ...] = ()
        self._papers: tuple[tuple[Offer, ...], ...] | None = None
        self.buttons: list[QPushButton] = []
        self._newest: QPushButton | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def text(self) -> str:
        """All steps, a line each."""
        return "\n".join(self._steps)

    def show_steps(self, steps: Sequence[str]) -> None:
        """Tell the story; its papers are known a moment later, and stay where it is the same one."""
        if tuple(steps) != self._steps:
            self._steps, self._papers = tuple(steps), None
            self.show_papers(())

    def show_papers(self, papers: Papers) -> None:
        """Put the papers below the steps they belong to; what is shown already stays, and the keyboard on it."""
        shown = tuple(tuple(step) for step in papers)
        if shown == self._papers:
            return
        self._papers = shown
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons, self._newest = [], None
        for place, sentence in enumerate(self._steps):
            label = QLabel(sentence)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            self._column.addWidget(label)
            for offer in shown[place] if place < len(shown) else ():
                button = self._button(offer)
                self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
                if place == len(self._steps) - 1 and not offer.issued:
                    self._newest = self._newest or button

    def offer_newest(self) -> bool:
        """Put the keyboard on the first paper of the last step; whether it has one that has not gone out."""
        if self._newest is not None:
            self._newest.setFocus()
        return self._newest is not None

    def _button(self, offer: Offer) -> QPushButton:
        button = QPushButton(icon("print"), paper_words(offer))
        button.setProperty("kind", "link")
        button.setAutoDefault(True)
        if offer.issued:
            button.setToolTip(_("Terbit dengan nomor {label}").format(label=offer.issued.label))
        button.clicked.connect(partial(self._want, offer))
        self.buttons.append(button)
        return button

    def _want(self, offer: Offer) -> None:
        self.wanted.emit(offer)


def paper_words(offer: Offer) -> str:
    """What the button of a paper says."""
    words = _("Cetak salinan {paper}") if offer.issued else _("Cetak {paper}")
    return words.format(paper=offer.name)
