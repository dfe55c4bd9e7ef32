"""The big buttons below a paper: save it, print it, print it cut into sheets."""

from gettext import gettext as _
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desk.durable import hand_out
from desk.store import DeskError
from ui.parts import printing
from ui.parts.icons import icon
from ui.parts.raster import Document
from ui.parts.saving import ask_where
from ui.parts.style import mark
from ui.work import Work


class Output(QWidget):
    """Puts on paper what the preview shows, and says what became of it."""

    cut = Signal(str)
    """The poster is to be printed on sheets of this size first: show it so."""

    def __init__(self, work: Work, *, tiled: bool = True) -> None:
        """Nothing to put out until `offer`; without `tiled` there is nothing to cut into sheets."""
        super().__init__()
        self._work, self._is_tiled = work, tiled
        self._document: Document | None = None
        self._name = ""
        self._tile, self._best_tile = "", ""
        self._waits_to_print = False
        self._dialog: QPrintDialog | None = None
        self._job: printing.PrintJob | None = None
        self.save = _big("save", _("Simpan PDF"))
        self.save.setShortcut(QKeySequence.StandardKey.Save)
        self.save.setToolTip(_("Ctrl+S"))
        self.whole = _big("print", _("Cetak"))
        self.tiles = _big("tiles", _("Cetak per lembar"))
        self.said = QLabel()
        self.progress = QProgressBar()
        self.stop = QPushButton(_("Batal"))
        self._build()
        self.save.clicked.connect(self._ask_where)
        self.whole.clicked.connect(self.print_shown)
        self.tiles.clicked.connect(self._print_tiles)
        self.stop.clicked.connect(self._stop)
        self.forget()

    def offer(self, document: Document, name: str, tile: str, best_tile: str) -> None:
        """Take over the document that is shown now.

        Args:
            document: the drawn poster.
            name: of the file it would be saved as.
            tile: the sheets it is cut into, "" where it is whole.
            best_tile: the sheets it could be cut into, "" where it fits the smallest.
        """
        self._document, self._name, self._tile, self._best_tile = document, name, tile, best_tile
        self.save.setEnabled(True)
        self.whole.setEnabled(not tile)
        self.tiles.setEnabled(bool(best_tile))
        for button, picture, is_main in ((self.whole, "print", not tile), (self.tiles, "tiles", bool(tile))):
            mark(button, "kind", "main" if is_main else "")
            button.setIcon(icon(picture, "ground" if is_main else "ink"))
            button.setShortcut(QKeySequence.StandardKey.Print if is_main else QKeySequence())
            button.setToolTip(_("Ctrl+P") if is_main else "")
        if self._waits_to_print:
            self._waits_to_print = False
            self.print_shown()

    @property
    def document(self) -> Document | None:
        """What would be saved or printed now; None while the poster is being drawn."""
        return self._document

    @property
    def paper_name(self) -> str:
        """The file's name it would be saved under; "" while the poster is being drawn."""
        return self._name if self._document else ""

    def forget(self) -> None:
        """What was offered is no longer what is chosen."""
        self._document = None
        for button in (self.save, self.whole, self.tiles):
            button.setEnabled(False)

    def save_to(self, path: Path) -> None:
        """Write the PDF, and say where it is."""
        if self._document is not None:
            self._work.run(_write, path, self._document.pdf, done=self._saved, failed=self._not_saved)

    def print_shown(self) -> None:
        """Print what is shown, through the system's dialog."""
        if self._document is None:
            return
        if not printing.has_printer():
            self.say(_("Komputer ini belum mengenal pencetak. Pilih Simpan PDF, lalu cetak dari komputer lain."))
            return
        printer = printing.new_printer(self._document)
        self._dialog = printing.choose(printer, self._document, self)
        self._dialog.accepted.connect(lambda: self.start(printer))
        self._dialog.finished.connect(self._dialog.deleteLater)
        self._dialog.setModal(True)
        self._dialog.setVisible(True)

    def start(self, printer: QPrinter) -> None:
        """Print what is shown on a printer that has been chosen."""
        if self._document is None:
            return
        self._job = printing.PrintJob(self._work, printer, self._document, self)
        self._job.progress.connect(self._went_on)
        self._job.finished.connect(self._finished)
        self._busy(True)
        self._job.start()

    def say(self, sentence: str) -> None:
        """Say what became of it, here and to a screen reader."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        self.said.setAccessibleName(sentence)

    def _print_tiles(self) -> None:
        if self._tile:
            self.print_shown()
        else:
            self._waits_to_print = True
            self.cut.emit(self._best_tile)

    def _ask_where(self) -> None:
        ask_where(self, _("Simpan PDF"), _("Berkas PDF"), self._name, self.save_to)

    def _saved(self, path: Path) -> None:
        self.say(_("Tersimpan: {name} di folder {folder}.").format(name=path.name, folder=path.parent))

    def _not_saved(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.say(str(error))

    def _busy(self, busy: bool) -> None:
        for widget in (self.progress, self.stop):
            widget.setVisible(busy)
        for widget in (self.save, self.whole):
            widget.setVisible(not busy)
        self.tiles.setVisible(not busy and self._is_tiled)

    def _went_on(self, done: int, total: int) -> None:
        self.progress.setRange(0, total * 100)
        self.progress.setValue(done)
        self.say(_("Mencetak {count} lembar ...").format(count=total))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _finished(self, sentence: str) -> None:
        self._busy(False)
        self.say(sentence)
        self._job = None

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.said.setWordWrap(True)
        self.said.setVisible(False)
        self.progress.setTextVisible(False)
        for widget in (self.said, self.progress, self.stop, self.save, self.whole, self.tiles):
            column.addWidget(widget)
        self._busy(False)


def _write(path: Path, pdf: bytes) -> Path:
    hand_out(path, pdf)
    return path


def _big(picture: str, text: str) -> QPushButton:
    button = QPushButton(icon(picture), text)
    button.setIconSize(QSize(20, 20))
    button.setStyleSheet("min-height: 42px;")
    return button
