"""The buttons that put a book on paper or into files, and the ways on from it."""

from gettext import gettext as _
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desk.exchange.binding import write
from desk.store import DeskError
from ui.parts.icons import icon
from ui.parts.output import Output
from ui.parts.saving import ask_where
from ui.registers.drawing import Drawn
from ui.work import Work


class Sheets(QWidget):
    """PDF, printer and spreadsheet for the book that is shown; then what can be made of it."""

    named = Signal()
    """The register is wanted with names."""
    written = Signal()
    """The words of the report are to be written."""
    opened = Signal()
    """The village's open data are wanted."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._drawn: Drawn | None = None
        self._name = ""
        self.output = Output(work, tiled=False)
        self.table = QPushButton(icon("save"), _("Simpan xlsx"))
        self.table.setIconSize(QSize(20, 20))
        self.names = QPushButton(icon("person"), _("Buat dengan nama"))
        self.words = QPushButton(icon("edit"), _("Tulis isi laporan"))
        self.data = QPushButton(icon("file"), _("Data terbuka"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.words, self.names, self.output, self.table, self.data):
            column.addWidget(widget)
        self.table.clicked.connect(self._ask_where)
        self.names.clicked.connect(self.named)
        self.words.clicked.connect(self.written)
        self.data.clicked.connect(self.opened)
        self.forget()

    def offer(self, drawn: Drawn, name: str) -> None:
        """Take over the book that is shown now; `name` is its file's, without an ending."""
        self._drawn, self._name = drawn, name
        self.output.offer(drawn.document, f"{name}.pdf", "", "")
        self.table.setEnabled(True)

    def forget(self) -> None:
        """What was offered is no longer what is chosen."""
        self._drawn = None
        self.output.forget()
        self.table.setEnabled(False)

    def save_to(self, path: Path) -> None:
        """Write the spreadsheet, and say where it is."""
        if self._drawn is not None:
            self.table.setEnabled(False)
            self.output.say(_("Menulis {name} ...").format(name=path.name))
            asked = self._drawn.asked
            self._work.run(write, asked.record, path, asked.size, done=self._saved, failed=self._not_saved)

    def _ask_where(self) -> None:
        ask_where(self, _("Simpan xlsx"), _("Lembar kerja"), f"{self._name}.xlsx", self.save_to)

    def _saved(self, path: Path) -> None:
        self.table.setEnabled(self._drawn is not None)
        self.output.say(_("Tersimpan: {name} di folder {folder}.").format(name=path.name, folder=path.parent))

    def _not_saved(self, error: Exception) -> None:
        self.table.setEnabled(self._drawn is not None)
        if not isinstance(error, DeskError):
            raise error
        self.output.say(str(error))
