"""The receipt on the screen as it will be printed, with the buttons that print and save it."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.paper import receipt
from desk.paper.filling.press import receipt_again
from desk.paper.records import Receipt
from desk.store import DeskError
from desk.village.queries import setup
from ui.parts.output import Output
from ui.parts.preview import Preview
from ui.parts.raster import Document, measured
from ui.work import Work


class ReceiptPanel(QWidget):
    """Tanda bukti: two sheets, one for the citizen and one for the desk."""

    closed = Signal()

    def __init__(self, work: Work, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._work, self._now = work, now
        self._number = ""
        self.preview = Preview(work)
        self.output = Output(work, tiled=False)
        self.back = QPushButton(_("Kembali"))
        self.back.clicked.connect(self.closed)
        heading = QLabel(_("Tanda bukti permohonan"))
        heading.setProperty("role", "title")
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 16, 24, 16)
        page.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(self.back)
        page.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.preview, 1)
        side = QVBoxLayout()
        side.addStretch(1)
        side.addWidget(self.output)
        row.addLayout(side)
        page.addLayout(row, 1)
        escape = QShortcut(QKeySequence("Escape"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def show_receipt(self, request: bytes) -> None:
        """Draw the receipt of a request."""
        self.output.forget()
        self.preview.wait(_("Menggambar tanda bukti ..."))
        self._work.ask(_record, request, self._now(), self._work.person, done=self._draw, failed=self._refused)
        self.preview.setFocus()

    def _draw(self, found: tuple[Receipt, str]) -> None:
        self._number = found[0].number
        self._work.run(_rendered, *found, done=self._show, failed=self._refused)

    def _show(self, document: Document) -> None:
        self.preview.show_document(document)
        self.output.offer(document, _("Tanda bukti {number}.pdf").format(number=self._number.replace("/", "-")), "", "")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self.preview.wait(str(error), in_progress=False)
        else:
            self.preview.wait(_("Tanda bukti tidak dapat digambar karena kesalahan aplikasi."), in_progress=False)
            self._work.failed.emit(error)


def _record(conn: Any, request: bytes, at: dt.datetime, officer: str) -> tuple[Receipt, str]:
    paper = setup(conn, at.date()).paper
    return receipt_again(conn, request, at, officer), paper if paper in ("A4", "F4") else "A4"


def _rendered(record: Receipt, size: str) -> Document:
    return measured(receipt.render(record, size))
