"""A letter on the screen as it will be printed; it takes its number when it goes out, and is a copy after that."""

import datetime as dt
from collections.abc import Callable, Sequence
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.dates import long_date
from desk.desk import Done
from desk.letters.commands import PutPattern, Sheet
from desk.letters.queries import Offer, by_step, patterns
from desk.letters.rules import PAPERS, SERIES
from desk.paper.filling.press import BLANK, blank, draft, issuing
from desk.store import DeskError
from desk.village.queries import setup
from ui.parts.chip import Note
from ui.parts.icons import icon
from ui.parts.output import Output
from ui.parts.preview import Preview
from ui.parts.raster import Document, measured
from ui.work import Work

SIDE = 240
"""Widest the column beside the sheet gets, pixels at 100 %."""


class LettersPanel(QWidget):
    """The papers of one step: chosen, looked at, issued, printed."""

    closed = Signal()

    def __init__(self, work: Work, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._work, self._now = work, now
        self._offers: tuple[Offer, ...] = ()
        self._paper, self._label = "A4", ""
        self.heading, self.choice = QLabel(), QComboBox()
        # Its entries come with each paper, long after its first show.
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.preview, self.output = Preview(work), Output(work, tiled=False)
        self.state, self.trouble = Note("quiet"), Note("late")
        self.issue = QPushButton(icon("check", "ground"), _("&Terbitkan"))
        self.pattern = PatternPart(work)
        self.back = QPushButton(_("Kembali"))
        self._build()
        self.choice.currentIndexChanged.connect(self._draw)
        self.issue.clicked.connect(self._go_out)
        self.back.clicked.connect(self.closed)
        self.pattern.said.connect(self.trouble.say)

    @property
    def offer(self) -> Offer | None:
        """The paper that is shown; None where it is an empty form."""
        place = self.choice.currentIndex()
        return self._offers[place] if 0 <= place < len(self._offers) else None

    def show_papers(self, offers: Sequence[Offer], first: Offer) -> None:
        """Show one of the papers of a step; the others can be chosen."""
        self._offers = tuple(offers)
        self.choice.blockSignals(True)
        self.choice.clear()
        for offer in self._offers:
            self.choice.addItem(_sentence(offer.name))
        self.choice.setCurrentIndex(self._offers.index(first))
        self.choice.blockSignals(False)
        self.choice.setVisible(len(self._offers) > 1)
        self._draw()

    def show_paper(self, wanted: Offer) -> None:
        """Show a paper as the desk knows it now, with the others of its step beside it."""
        self._offers = ()
        self._wait(_sentence(wanted.name))

        def show(papers: tuple[tuple[Offer, ...], ...]) -> None:
            step = next((of for of in papers if any(one.event == wanted.event for one in of)), ())
            self.show_papers(step, next((one for one in step if one.kind == wanted.kind), wanted))

        self._work.ask(by_step, wanted.owner, done=show, failed=self._refused)

    def show_blank(self, kind: str) -> None:
        """Show an empty form, a key of `BLANK`."""
        self._offers = ()
        self.choice.setVisible(False)
        self._wait(BLANK[kind])
        self.state.say(_("Formulir kosong untuk diisi dengan tangan."))
        self._work.ask(_blank, kind, self._now(), done=self._put_blank, failed=self._refused)
        self.preview.setFocus()

    def _draw(self) -> None:
        offer = self.offer
        if offer is None:
            return
        self._wait(_sentence(offer.name))
        if offer.issued:
            words = _("Terbit {day} dengan nomor {label}. Yang dicetak sekarang bertanda SALINAN.")
            self.state.say(words.format(day=long_date(offer.issued.day), label=_held(offer.issued.label)))
        elif PAPERS[offer.kind].series:
            self.state.say(_("Belum bernomor. Periksa isinya, lalu terbitkan; nomornya urut berikutnya."))
        else:
            self.state.say(_("Periksa isinya, lalu terbitkan untuk dicetak."))
        self._work.ask(_drafted, offer, self._now(), self._work.person, done=self._put_draft, failed=self._refused)

    def _wait(self, heading: str) -> None:
        offer = self.offer
        self.heading.setText(heading)
        self.output.forget()
        self.output.say("")
        self.trouble.say("")
        self.issue.setVisible(offer is not None and offer.issued is None)
        self.issue.setEnabled(False)
        self.pattern.show_series(PAPERS[offer.kind].series if offer and not offer.issued else "")
        self.preview.wait(_("Menggambar surat ..."))

    def _put_draft(self, made: tuple[Document, str]) -> None:
        document, self._paper = made
        self.preview.show_document(document)
        offer = self.offer
        if offer is None:
            return
        if offer.issued:
            self._offer(document, offer.issued.label)
        else:
            self.issue.setEnabled(True)
            self.issue.setFocus()

    def _put_blank(self, document: Document) -> None:
        self.preview.show_document(document)
        self._offer(document, "")

    def _go_out(self) -> None:
        offer = self.offer
        if offer is not None:
            self.issue.setEnabled(False)
            command = issuing(offer, self._now(), self._work.person, self._paper)
            self._work.do(command, done=self._gone_out, failed=self._not_issued)

    def _gone_out(self, done: Done[Sheet]) -> None:
        sheet, self._label = done.value, done.value.stamp.label
        self.issue.setVisible(False)
        self.pattern.show_series("")
        self.state.say(_("Terbit dengan nomor {label}. Cetak atau simpan sekarang.").format(label=_held(self._label)))
        self._work.run(measured, sheet.pdf, done=self._put_issued, failed=self._refused)

    def _put_issued(self, document: Document) -> None:
        self.preview.show_document(document)
        self._offer(document, self._label)

    def _offer(self, document: Document, label: str) -> None:
        name = " ".join(text for text in (self.heading.text(), label.replace("/", "-")) if text)
        self.output.offer(document, f"{name}.pdf", "", "")
        self.output.whole.setFocus()

    def _not_issued(self, error: Exception) -> None:
        self.issue.setEnabled(True)
        self.issue.setFocus()
        self._explain(error)

    def _refused(self, error: Exception) -> None:
        sentence = str(error) if isinstance(error, DeskError) else _("Surat belum dapat digambar.")
        self.preview.wait(sentence, in_progress=False)
        if not isinstance(error, DeskError):
            self._work.failed.emit(error)
        self.back.setFocus()

    def _explain(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self.trouble.say(str(error))
        else:
            self.trouble.say(_("Belum terbit karena kesalahan aplikasi; nomornya belum terpakai."))
            self._work.failed.emit(error)

    def _build(self) -> None:
        self.heading.setProperty("role", "title")
        self.issue.setProperty("kind", "main")
        self.issue.setAutoDefault(True)
        self.issue.setEnabled(False)
        self.choice.setAccessibleName(_("Surat dari langkah ini"))
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 16, 24, 16)
        page.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.choice)
        top.addWidget(self.back)
        page.addLayout(top)
        row, side = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.preview, 1)
        beside = QWidget()
        beside.setFixedWidth(SIDE)
        beside.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        for widget in (self.state, self.pattern):
            side.addWidget(widget)
        side.addStretch(1)
        side.addWidget(self.trouble)
        side.addWidget(self.issue)
        side.addWidget(self.output)
        row.addWidget(beside)
        page.addLayout(row, 1)
        escape = QShortcut(QKeySequence("Escape"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)


class PatternPart(QWidget):
    """How the village writes the numbers of a series, opened by who wants to change it."""

    said = Signal(str)
    """Why a pattern was not taken; "" once it was."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work, self._series = work, ""
        self.open = QPushButton(_("Ubah pola nomor"))
        self.edit, self.save = QLineEdit(), QPushButton(_("Simpan pola"))
        self.hint = QLabel(_("Isian: {nomor}, {seri}, {bulan}, {tahun}"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.open.setProperty("kind", "link")
        self.hint.setProperty("role", "quiet")
        self.hint.setWordWrap(True)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.edit, self.hint, self.save):
            column.addWidget(widget)
        self.open.clicked.connect(self._unfold)
        self.edit.returnPressed.connect(self._put)
        self.save.clicked.connect(self._put)
        self.show_series("")

    def show_series(self, series: str) -> None:
        """Offer to change the pattern of a series; "" offers nothing."""
        self._series = series
        self.setVisible(bool(series))
        self._fold()
        if series:
            self.edit.setAccessibleName(_("Pola nomor {series}").format(series=SERIES[series]))
            self._work.ask(patterns, done=self._show)

    def _show(self, known: dict[str, str]) -> None:
        if self._series:
            self.edit.setText(known[self._series])
            self.edit.setCursorPosition(0)

    def _unfold(self) -> None:
        for widget in (self.edit, self.hint, self.save):
            widget.setVisible(True)
        self.open.setVisible(False)
        self.edit.setFocus()

    def _fold(self) -> None:
        for widget in (self.edit, self.hint, self.save):
            widget.setVisible(False)
        self.open.setVisible(True)

    def _put(self) -> None:
        self._work.do(PutPattern(self._series, self.edit.text()), done=self._kept, failed=self._not_kept)

    def _kept(self, done: Done[str]) -> None:
        self.said.emit("")
        self.edit.setText(done.value)
        self._fold()
        self.open.setFocus()

    def _not_kept(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            self._work.failed.emit(error)
        self.said.emit(str(error) if isinstance(error, DeskError) else _("Pola belum tersimpan."))
        self.edit.setFocus()


def _sentence(name: str) -> str:
    return name[0].upper() + name[1:]


def _held(label: str) -> str:
    """A number that no line break goes through."""
    return label.replace("/", "/\u2060")


def _size(conn: Any, at: dt.datetime) -> str:
    return setup(conn, at.date()).paper


def _drafted(conn: Any, offer: Offer, at: dt.datetime, who: str) -> tuple[Document, str]:
    size = _size(conn, at)
    return measured(draft(conn, offer, at, who, size)), size


def _blank(conn: Any, kind: str, at: dt.datetime) -> Document:
    return measured(blank(conn, kind, at, _size(conn, at)))
