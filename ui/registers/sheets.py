"""The buttons that put a book on paper or into files, and the ways on from it."""

from gettext import gettext as _
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from desk.exchange.binding import write
from desk.store import DeskError
from ui.parts.icons import icon
from ui.parts.output import Output
from ui.registers.drawing import Drawn
from ui.work import Work


class Sheets(QWidget):
    """PDF, printer and spreadsheet for the book that is shown; then what can be made of it."""

    named = Signal()
    """The register is wanted with names."""
    written = Signal()
    """The words of the report are to be written."""

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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.words, self.names, self.output, self.table):
            column.addWidget(widget)
        self.table.clicked.connect(self._ask_where)
        self.names.clicked.connect(self.named)
        self.words.clicked.connect(self.written)
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
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Simpan xlsx"), documents, _("Lembar kerja (*.xlsx)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        for label, words in (
            (QFileDialog.DialogLabel.Accept, _("Simpan")),
            (QFileDialog.DialogLabel.Reject, _("Batal")),
            (QFileDialog.DialogLabel.FileName, _("Nama berkas:")),
            (QFileDialog.DialogLabel.FileType, _("Jenis:")),
            (QFileDialog.DialogLabel.LookIn, _("Folder:")),
        ):
            dialog.setLabelText(label, words)
        dialog.selectFile(f"{self._name}.xlsx")
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _saved(self, path: Path) -> None:
        self.table.setEnabled(self._drawn is not None)
        self.output.say(_("Tersimpan: {name} di folder {folder}.").format(name=path.name, folder=path.parent))

    def _not_saved(self, error: Exception) -> None:
        self.table.setEnabled(self._drawn is not None)
        if not isinstance(error, DeskError):
            raise error
        self.output.say(str(error))
