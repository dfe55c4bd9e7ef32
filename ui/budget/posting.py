"""Which budget of a Siskeudes file is meant, where it holds several villages, years or postings."""

from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from desk.exchange.siskeudes.postings import Posting
from ui.parts.icons import icon


class PostingChoice(QWidget):
    """A list to choose from with the arrow keys and Enter; it stands in the place of another part while it asks."""

    chosen = Signal(Posting)

    def __init__(self, instead: QWidget) -> None:
        """`instead` is the part that makes room meanwhile."""
        super().__init__()
        self._instead = instead
        words = QLabel(_("Berkas Siskeudes ini berisi lebih dari satu APBDes, atau bukan tahun yang diketik."))
        words.setProperty("role", "strong")
        hint = QLabel(_("Pilih yang akan dimuat. Belum ada yang berubah."))
        hint.setProperty("role", "quiet")
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(96)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("APBDes di dalam berkas"))
        self.take = QPushButton(icon("next", "ground"), _("Baca pilihan ini"))
        self.take.setProperty("kind", "main")
        self.other = QPushButton(icon("back"), _("Berkas lain"))
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        for button in (self.take, self.other):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (words, hint):
            part.setWordWrap(True)
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.take.clicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self.other.clicked.connect(self.dismiss)
        self.hide()

    def ask(self, choices: Sequence[Posting], year: int) -> None:
        """Offer what a file holds; the last of the wanted year is marked."""
        self.list.clear()
        for posting in choices:
            item = QListWidgetItem(posting.title)
            item.setData(Qt.ItemDataRole.UserRole, posting)
            self.list.addItem(item)
        of_year = [place for place, posting in enumerate(choices) if posting.year == year]
        self.list.setCurrentRow(of_year[-1] if of_year else len(choices) - 1)
        self._instead.hide()
        self.show()
        self.list.setFocus()

    def dismiss(self) -> None:
        """Make room again for what stood there."""
        self.hide()
        self._instead.show()

    def _choose(self) -> None:
        if (item := self.list.currentItem()) is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
