"""Paper out of a printer exactly as the PDF measures it: no scaling, drawn band by band so that memory stays small."""

import math
from gettext import gettext as _

from PySide6.QtCore import QMarginsF, QObject, QRect, QSizeF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from ui.parts.raster import Cut, Document, picture
from ui.work import Work

DENSEST = 600
"""Dots per inch; beyond it nobody sees a difference and every sheet takes four times as long."""

BAND_PIXELS = 3_000_000
"""Pixels drawn at a time: 12 MB, whatever the size of the sheet."""

NAMED = {(215, 330): "F4"}
"""Sizes in mm that Qt does not know by name."""

POINTS_PER_MM = 72 / 25.4


class PrintRefusedError(Exception):
    """The printer would not begin or go on; the text is a sentence for a person."""


def has_printer() -> bool:
    """Whether this computer knows any printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def page_size(width: float, height: float) -> tuple[QPageSize, QPageLayout.Orientation]:
    """The paper a page of this many points needs, to the tenth of a millimetre, and which way up it lies."""
    across, down = sorted((width / POINTS_PER_MM, height / POINTS_PER_MM))
    exact = QSizeF(round(across, 1), round(down, 1))
    # Never the fuzzy match: it takes F4 for the German 8.5 x 13 inches, a millimetre wider.
    known = QPageSize.id(exact, QPageSize.Unit.Millimeter, QPageSize.SizeMatchPolicy.ExactMatch)
    if known != QPageSize.PageSizeId.Custom:
        size = QPageSize(known)
    else:
        name = NAMED.get((round(across), round(down)), "")
        size = QPageSize(exact, QPageSize.Unit.Millimeter, name, QPageSize.SizeMatchPolicy.ExactMatch)
    lies = width > height
    return size, QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait


def new_printer(document: Document) -> QPrinter:
    """A printer set to the paper of the document's first page, without margins of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if printer.resolution() > DENSEST:
        printer.setResolution(DENSEST)
    printer.setFullPage(True)
    printer.setPageLayout(_layout(*document.sizes[0]))
    return printer


def _layout(width: float, height: float) -> QPageLayout:
    size, orientation = page_size(width, height)
    return QPageLayout(size, orientation, QMarginsF(), QPageLayout.Unit.Millimeter, QMarginsF())


def choose(printer: QPrinter, document: Document, parent: QWidget) -> QPrintDialog:
    """The system's print dialog; its `accepted` hands back the printer as it was chosen."""
    pages = len(document.sizes)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, pages > 1)
    dialog.setWindowTitle(_("Cetak"))
    return dialog


class PrintJob(QObject):
    """One document on its way to the printer: a band at a time on the worker thread, stoppable between bands."""

    progress = Signal(int, int)
    """Hundredths of a sheet done, and sheets in all."""
    finished = Signal(str)
    """A sentence: printed, stopped, or why not."""

    def __init__(self, work: Work, printer: QPrinter, document: Document, parent: QObject) -> None:
        """Ready; `start` begins."""
        super().__init__(parent)
        self._work = work
        self._stopped = False
        self._press = Press(printer, document)

    def start(self) -> None:
        """Begin; signals tell the rest."""
        self._work.run(self._press.begin, done=self._next, failed=self._fail)

    def cancel(self) -> None:
        """Stop before the next band; sheets that left are not called back."""
        self._stopped = True

    def _next(self, more: bool) -> None:
        self.progress.emit(self._press.hundredths, self._press.total)
        if self._stopped:
            self._work.run(self._press.abort, done=self._stop, failed=self._fail)
        elif more:
            self._work.run(self._press.band, done=self._next, failed=self._fail)
        else:
            self._work.run(self._press.end, done=self._finish, failed=self._fail)

    def _finish(self, _nothing: object) -> None:
        self.finished.emit(_("{count} lembar dikirim ke pencetak.").format(count=self._press.total))

    def _stop(self, _nothing: object) -> None:
        self.finished.emit(_("Pencetakan dihentikan. Lembar yang sudah keluar tetap dapat dipakai."))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, PrintRefusedError):
            self._work.run(self._press.abort, done=_ignore)
            raise error
        self.finished.emit(str(error))


class Press:
    """The painting itself; every method runs on the worker thread, one after the other."""

    def __init__(self, printer: QPrinter, document: Document) -> None:
        """Nothing happens before `begin`."""
        self._printer = printer
        self._pdf, self._sizes = document.pdf, document.sizes
        self._pages = self._wanted()
        self._painter = QPainter()
        self._top = 0
        self.done = 0

    @property
    def total(self) -> int:
        """Sheets to print."""
        return len(self._pages)

    @property
    def hundredths(self) -> int:
        """How far it is, in hundredths of a sheet."""
        if self.done == self.total:
            return 100 * self.total
        return round(100 * (self.done + self._top / self._pixels()[1]))

    def begin(self) -> bool:
        """Open the printer; always more to do.

        Raises:
            PrintRefusedError: it does not answer.
        """
        self._set_paper()
        if not self._painter.begin(self._printer):
            raise PrintRefusedError(
                _("Pencetak tidak menjawab. Periksa kabel dan kertasnya, atau simpan sebagai PDF dulu.")
            )
        # Without it Qt would squeeze each band through JPEG, and thin lines grow a shadow.
        self._painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        return True

    def band(self) -> bool:
        """Draw the next band, or go to the next sheet; whether there is more.

        Raises:
            PrintRefusedError: the printer takes no further sheet.
        """
        page, scale = self._pages[self.done], self._scale()
        width, height = self._pixels()
        deep = min(max(1, BAND_PIXELS // width), height - self._top)
        drawn = picture(self._pdf, page, scale, Cut(0, self._top, width, deep))
        if not _is_white(drawn):
            self._painter.drawImage(QRect(0, self._top, width, deep), drawn)
        self._top += deep
        if self._top < height:
            return True
        self.done += 1
        self._top = 0
        if self.done == self.total:
            return False
        self._set_paper()
        if not self._printer.newPage():
            raise PrintRefusedError(
                _("Pencetak berhenti sesudah {count} lembar. Periksa kertasnya, lalu cetak sisanya.").format(
                    count=self.done
                )
            )
        return True

    def end(self) -> None:
        """Hand the last sheet over."""
        self._painter.end()

    def abort(self) -> None:
        """Give the rest up."""
        self._printer.abort()
        self._painter.end()

    def _scale(self) -> float:
        """Printer dots per point."""
        return self._printer.resolution() / 72

    def _pixels(self) -> tuple[int, int]:
        """Width and height of the sheet in hand, in printer dots."""
        width, height = self._sizes[self._pages[self.done]]
        return math.ceil(width * self._scale()), math.ceil(height * self._scale())

    def _set_paper(self) -> None:
        self._printer.setPageLayout(_layout(*self._sizes[self._pages[self.done]]))

    def _wanted(self) -> tuple[int, ...]:
        """The pages the dialog chose, as often as a printer that cannot copy needs them."""
        first, last = self._printer.fromPage() or 1, self._printer.toPage() or len(self._sizes)
        chosen = tuple(range(first - 1, min(last, len(self._sizes))))
        copies = 1 if self._printer.supportsMultipleCopies() else max(1, self._printer.copyCount())
        if self._printer.collateCopies():
            return chosen * copies
        return tuple(page for page in chosen for _copy in range(copies))


def _is_white(drawn: QImage) -> bool:
    return bytes(drawn.constBits()).count(0xFF) == drawn.sizeInBytes()


def _ignore(_nothing: object) -> None:
    """Nothing left to tell."""
