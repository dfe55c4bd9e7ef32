"""The papers an applicant shows, ticked one by one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desk.foi.rules import PAPERS


class PaperTicks(QWidget):
    """A tick for each paper that is asked for."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ticks = {key: QCheckBox(words[0].upper() + words[1:]) for key, words in PAPERS.items()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for tick in self.ticks.values():
            column.addWidget(tick)
            tick.toggled.connect(lambda _on: self.changed.emit())
        self.setFocusProxy(next(iter(self.ticks.values())))

    def ask_for(self, wanted: tuple[str, ...]) -> None:
        """Show the ticks of these papers only."""
        for key, tick in self.ticks.items():
            tick.setVisible(key in wanted)

    def shown(self) -> tuple[str, ...]:
        """Keys of the papers that were seen."""
        return tuple(key for key, tick in self.ticks.items() if tick.isChecked())

    def put(self, papers: tuple[str, ...]) -> None:
        """Tick these and no others."""
        for key, tick in self.ticks.items():
            tick.setChecked(key in papers)
