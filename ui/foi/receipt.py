"""The receipt on the screen as it goes out, with the buttons that print and save it; shown again it is a copy."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.dates import long_date
from desk.desk import Done
from desk.letters.commands import Sheet
from desk.letters.queries import Offer, receipt_offer
from desk.paper.filling.press import issuing
from desk.store import DeskError
from desk.village.queries import setup
from ui.parts.chip import Note
from ui.parts.output import Output
from ui.parts.preview import Preview
from ui.parts.raster import Document, measured
from ui.work import Work

SIDE = 208
"""Widest the column beside the sheet gets, pixels at 100 %."""


class ReceiptPanel(QWidget):
    """Tanda bukti: two sheets, one for the citizen and one for the desk; recorded as issued when it is shown first."""

    closed = Signal()

    def __init__(self, work: Work, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._work, self._now = work, now
        self._offer: Offer | None = None
        self._number = ""
        self.preview, self.state = Preview(work), Note("quiet")
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
        beside, side = QWidget(), QVBoxLayout()
        beside.setFixedWidth(SIDE)
        beside.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.state)
        side.addStretch(1)
        side.addWidget(self.output)
        row.addWidget(beside)
        page.addLayout(row, 1)
        escape = QShortcut(QKeySequence("Escape"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def show_receipt(self, request: bytes) -> None:
        """Let the receipt of a request out, or draw a copy of the one that went out."""
        self._offer = None
        self.output.forget()
        self.state.say("")
        self.preview.wait(_("Menggambar tanda bukti ..."))
        self._work.ask(_offered, request, self._now().date(), done=self._go_out, failed=self._refused)
        self.preview.setFocus()

    def _go_out(self, found: tuple[Offer | None, str]) -> None:
        self._offer, size = found
        if self._offer is None:
            said = _("Permohonan ini belum lengkap. Cetak surat kekurangannya; tanda bukti terbit sesudah lengkap.")
            self._refused(DeskError(said))
            return
        command = issuing(self._offer, self._now(), self._work.person, size)
        self._work.do(command, done=self._gone_out, failed=self._refused)

    def _gone_out(self, done: Done[Sheet]) -> None:
        stamp = done.value.stamp
        self._number = stamp.label
        if stamp.is_copy and self._offer is not None and self._offer.issued is not None:
            words = _("Terbit {day}. Yang dicetak sekarang bertanda SALINAN.")
            at = self._offer.issued.at.astimezone(self._now().tzinfo)
            self.state.say(words.format(day=long_date(at.date())))
        else:
            self.state.say(_("Terbit sekarang: cetak dan serahkan. Cetakan sesudah ini bertanda SALINAN."))
        self._work.run(measured, done.value.pdf, done=self._show, failed=self._refused)

    def _show(self, document: Document) -> None:
        self.preview.show_document(document)
        name = _("Tanda bukti {number}.pdf").format(number=self._number.replace("/", "-"))
        self.output.offer(document, name, "", "")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self.preview.wait(str(error), in_progress=False)
        else:
            self.preview.wait(_("Tanda bukti tidak dapat digambar karena kesalahan aplikasi."), in_progress=False)
            self._work.failed.emit(error)


def _offered(conn: Any, request: bytes, today: dt.date) -> tuple[Offer | None, str]:
    return receipt_offer(conn, request), setup(conn, today).paper
