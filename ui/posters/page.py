"""Poster: choose left, look in the middle, mend right, and print."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desk.log import Touched
from desk.paper import board
from desk.paper.queries import poster
from desk.paper.records import Notice, Poster
from desk.store import DeskError
from ui.parts.empty import Empty
from ui.parts.output import Output
from ui.parts.preview import Preview
from ui.parts.raster import Document, measured
from ui.parts.scroll import FormScroll
from ui.posters.choices import Choice, Choices
from ui.posters.notices import Notices
from ui.posters.offer import APBDES, DIP, PROJECTS, REALISATION, SERVICE, Offer, offer
from ui.work import Work

MISSING = {
    "": (
        "wizard",
        _("Belum ada data desa"),
        _("Poster memuat nama desa dan nomor HP kepala desa. Isi dulu data desa."),
        _("Isi data desa"),
    ),
    APBDES: (
        "budget",
        _("Belum ada APBDes"),
        _("Poster APBDes dicetak dari APBDes yang sudah dimuat. Muat dulu berkasnya."),
        _("Buka APBDes"),
    ),
    REALISATION: (
        "budget",
        _("Belum ada APBDes"),
        _("Poster realisasi dicetak dari APBDes dan realisasinya. Muat dulu APBDes."),
        _("Buka APBDes"),
    ),
    PROJECTS: (
        "projects",
        _("Belum ada kegiatan"),
        _("Poster daftar kegiatan dicetak dari kegiatan yang sudah dicatat. Catat dulu satu kegiatan."),
        _("Buka Kegiatan"),
    ),
    SERVICE: (
        "settings",
        _("Belum ada data meja informasi"),
        _("Poster layanan memuat jam buka dan petugas PPID. Isi dulu di Pengaturan."),
        _("Buka Pengaturan"),
    ),
    DIP: (
        "dip",
        _("Daftar informasi masih kosong"),
        _("Poster ini dicetak dari Daftar Informasi Publik. Isi dulu daftarnya."),
        _("Buka Daftar Informasi"),
    ),
}
"""What to do first where there is nothing to print: the page that mends it, heading, sentence, button."""

NAMES = {
    APBDES: _("APBDes"),
    REALISATION: _("Realisasi"),
    PROJECTS: _("Kegiatan"),
    SERVICE: _("Layanan Informasi"),
    DIP: _("Daftar Informasi"),
}
"""The posters as their files are called."""

SIDE = 208
"""Width of the columns left and right of the sheet, pixels."""


SLOW_MS = 400
"""How long the poster before stays in sight while the next one is drawn."""


@dataclass(frozen=True)
class Asked:
    """A poster's record with the choice it was asked for."""

    choice: Choice
    record: Poster


@dataclass(frozen=True)
class Drawn:
    """A poster that has been drawn, and the choice it was drawn for."""

    choice: Choice
    document: Document
    warnings: tuple[Notice, ...]


class PosterPage(QWidget):
    """The notice board's posters: what stands in the middle is what is saved and printed."""

    go = Signal(str)
    """Key of the page that mends what is missing here."""
    unbalanced = Signal(int)
    """The year of the budget whose lines are wanted, because it does not close."""
    title = _("Poster")

    def __init__(
        self, work: Work, today: Callable[[], dt.date], now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    ) -> None:
        """Built empty; asks for its data when it is first shown. `now` is printed, in the village's zone."""
        super().__init__()
        self._work, self._today, self._now = work, today, now
        self._stale = True
        self._wanted: Choice | None = None
        self.choices = Choices()
        self.preview = Preview(work)
        self.notices = Notices()
        self.output = Output(work)
        self.missing = Empty("poster", "", "")
        self._mended_on = ""
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(lambda: self.preview.wait(_("Menggambar poster ...")))
        self._build()
        self.choices.changed.connect(self._redraw)
        self.notices.go.connect(self.go)
        self.notices.gap.connect(self._lead)
        self.missing.pressed.connect(lambda: self.go.emit(self._mended_on))
        self.output.cut.connect(self.choices.cut)
        work.changed.connect(self._data_changed)

    def _lead(self) -> None:
        if self._wanted is not None:
            self.unbalanced.emit(self._wanted.year)

    def showEvent(self, event: QShowEvent) -> None:
        """Data that changed while another page was open is asked for again."""
        super().showEvent(event)
        if self._stale:
            self._reload()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs wider columns."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_sides()

    def _data_changed(self, _touched: tuple[Touched, ...]) -> None:
        self._stale = True
        if self.isVisible():
            self._reload()

    def _reload(self) -> None:
        self._stale = False
        self._work.ask(offer, self._today(), done=self._offered)

    def _offered(self, offered: Offer) -> None:
        self.choices.offer(offered)
        self._left.setVisible(bool(offered.years))
        self._fit_sides()
        self._redraw()

    def _redraw(self) -> None:
        """Draw what is chosen now, or say what it lacks."""
        choice = self.choices.choice
        self._wanted = choice
        self.output.forget()
        self._slow.start()
        if not self.choices.has_village:
            self._lack("")
        elif not choice.year:
            self._lack(choice.kind)
        else:
            self._work.ask(_ask_for, choice, self._today(), self._now(), done=self._draw, failed=self._refused)

    def _lack(self, what: str) -> None:
        self._slow.stop()
        self._mended_on, *words = MISSING[what]
        self.missing.say(*words)
        self._middle.setCurrentWidget(self.missing)
        self._right.setVisible(False)

    def _draw(self, asked: Asked) -> None:
        if asked.choice == self._wanted:
            self._work.run(_draw, asked, done=self._show, failed=self._refused)

    def _show(self, drawn: Drawn) -> None:
        if drawn.choice != self._wanted:
            return
        self._slow.stop()
        self._middle.setCurrentWidget(self.preview)
        self._right.setVisible(True)
        self.preview.show_document(drawn.document)
        self.notices.show_notices(drawn.warnings, MISSING[drawn.choice.kind][0])
        self.output.offer(drawn.document, self._name(drawn.choice), drawn.choice.tile, self.choices.best_tile)
        self._fit_sides()

    def _refused(self, error: Exception) -> None:
        self._slow.stop()
        self._middle.setCurrentWidget(self.preview)
        if isinstance(error, DeskError):
            self.preview.wait(str(error), in_progress=False)
        else:
            self.preview.wait(_("Poster tidak dapat digambar karena kesalahan aplikasi."), in_progress=False)
            self._work.failed.emit(error)

    def _name(self, choice: Choice) -> str:
        """The file's name as a person would write it: `Poster APBDes 2026 A3.pdf`."""
        kind = NAMES[choice.kind]
        sheets = _(" di {tile}").format(tile=choice.tile) if choice.tile else ""
        return _("Poster {kind} {year} {size}{sheets}.pdf").format(
            kind=kind, year=choice.year, size=choice.size, sheets=sheets
        )

    def _build(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 16, 24, 16)
        page.setSpacing(12)
        heading = QLabel(self.title)
        heading.setProperty("role", "title")
        page.addWidget(heading)
        columns = QWidget()
        row = QHBoxLayout(columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        page.addWidget(FormScroll(columns), 1)
        self._left = QScrollArea()
        self._left.setWidgetResizable(True)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left.setWidget(self.choices)
        row.addWidget(self._left)
        self._middle = QStackedLayout()
        row.addLayout(self._middle, 1)  # first: it shows what it takes, and without a parent as a window
        self._middle.addWidget(self.preview)
        self._middle.addWidget(self.missing)
        self._right = QWidget()
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        before = QLabel(_("Sebelum dipasang"))
        before.setProperty("role", "strong")
        column.addWidget(before)
        column.addWidget(self.notices, 1)
        column.addWidget(self.output)
        row.addWidget(self._right)

    def _fit_sides(self) -> None:
        """As narrow as their words allow, at any text size."""
        bar = self._left.verticalScrollBar().sizeHint().width()
        self._left.setFixedWidth(max(SIDE, self.choices.minimumSizeHint().width() + bar))
        self._right.setFixedWidth(max(SIDE, self._right.minimumSizeHint().width()))


def _ask_for(conn: Any, choice: Choice, today: dt.date, at: dt.datetime) -> Asked:
    return Asked(choice, poster(conn, choice.kind, choice.year, today, at))


def _draw(asked: Asked) -> Drawn:
    choice = asked.choice
    paper = board.render(asked.record, choice.size, tile=choice.tile or None)
    return Drawn(choice, measured(paper.pdf), paper.warnings)
