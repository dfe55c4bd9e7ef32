"""Register dan laporan: choose left, look in the middle, save and print right; names only when asked for what."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desk.desk import Done
from desk.log import Touched
from desk.paper.book.records import AnnualReport
from desk.reports.commands import KeepTexts, MakeNamed
from desk.reports.queries import Making, makings, texts
from desk.reports.rules import KINDS, NAMED, Texts, Wanted, missing_texts
from desk.store import DeskError
from ui.parts.chip import Note
from ui.parts.empty import Empty
from ui.parts.preview import Preview
from ui.parts.scroll import FormScroll
from ui.parts.unsaved import Unsaved
from ui.registers.choices import Choices
from ui.registers.drawing import Asked, Choice, Drawn, Offer, ask_for, draw, offer
from ui.registers.opendata import OpenDataPanel
from ui.registers.panels import NamesPanel, TextsPanel
from ui.registers.sheets import Sheets
from ui.work import Work

SIDE = 208
"""Width of the columns left and right of the sheet, pixels."""

SLOW_MS = 400
"""How long the book before stays in sight while the next one is drawn."""

EARLIER = 5
"""Registers with names that are listed where one more is asked for."""


class RegistersPage(QWidget):
    """The books of the desk: the copy without names is drawn at once, one with names after its purpose was noted."""

    go = Signal(str)
    """Key of the page that mends what is missing here."""
    title = _("Register dan laporan")

    def __init__(self, work: Work, today: Callable[[], dt.date], now: Callable[[], dt.datetime]) -> None:
        """Built empty; asks for its data when it is first shown."""
        super().__init__()
        self._work, self._today, self._now = work, today, now
        self._stale = True
        self._wanted: Choice | None = None
        self.choices, self.preview, self.sheets = Choices(today), Preview(work), Sheets(work)
        self.kind_of_copy = Note("quiet")
        self.names, self.texts = NamesPanel(), TextsPanel()
        self.data = OpenDataPanel(work, today)
        self.unsaved = Unsaved(_("Isi laporan ini belum disimpan."))
        self.missing = Empty(
            "registers", _("Belum ada data desa"), _("Register memuat nama desa dan kepala desa. Isi dulu data desa."),
            _("Isi data desa"),
        )  # fmt: skip
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(lambda: self.preview.wait(_("Menyusun buku ...")))
        self._build()
        self._connect()

    @property
    def is_unsaved(self) -> bool:
        """Whether words of the report were typed and not saved."""
        return self.pages.currentWidget() is self._words and self.texts.is_dirty()

    def show_report(self, year: int) -> None:
        """The annual report of a year."""
        self.choices.choose("report", year)

    def showEvent(self, event: QShowEvent) -> None:
        """Data that changed while another page was open is asked for again."""
        super().showEvent(event)
        if self._stale:
            self._reload()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever leaves the page leaves no names behind on it."""
        super().hideEvent(event)
        if self._wanted is not None and self._wanted.made is not None:
            self._wanted, self._stale = None, True
            self.sheets.forget()
            self.preview.wait(_("Menyusun buku ..."))

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs wider columns."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_sides()

    def _data_changed(self, touched: tuple[Touched, ...]) -> None:
        if touched and all(row.entity == "book_made" for row in touched):
            return
        self._stale = True
        if self.isVisible():
            self._reload()

    def _reload(self) -> None:
        self._stale = False
        self._work.ask(offer, self._today(), done=self._offered)

    def _offered(self, offered: Offer) -> None:
        if not offered.years:
            self.pages.setCurrentWidget(self.missing)
            return
        if self.pages.currentWidget() is self.missing:
            self.pages.setCurrentWidget(self._main)
        self.choices.offer(offered.years)
        wanted = self.choices.wanted
        if self._wanted is not None and self._wanted.made is not None and self._wanted.wanted == wanted:
            self._ask(self._wanted)
        else:
            self._redraw()

    def _redraw(self) -> None:
        """Draw what is chosen now, without names."""
        wanted = self.choices.wanted
        if wanted is not None:
            self._ask(Choice(wanted))

    def _ask(self, choice: Choice) -> None:
        self._wanted = choice
        kind = choice.wanted.kind
        self.sheets.forget()
        self.sheets.names.setVisible(kind in NAMED and choice.made is None)
        self.sheets.words.setVisible(kind == "report")
        self._slow.start()
        self._fit_sides()
        self._work.ask(ask_for, choice, self._now(), done=self._draw, failed=self._refused)

    def _draw(self, asked: Asked) -> None:
        if asked.choice == self._wanted:
            self._work.run(draw, asked, done=self._show, failed=self._refused)

    def _show(self, drawn: Drawn) -> None:
        choice = drawn.asked.choice
        if choice != self._wanted:
            return
        self._slow.stop()
        self.preview.show_document(drawn.document)
        self.kind_of_copy.say(_copy_words(drawn.asked))
        self.sheets.offer(drawn, _file_name(choice))
        self._fit_sides()

    def _refused(self, error: Exception) -> None:
        self._slow.stop()
        self.kind_of_copy.say("")
        if isinstance(error, DeskError):
            self.preview.wait(str(error), in_progress=False)
        else:
            self.preview.wait(_("Buku tidak dapat disusun karena kesalahan aplikasi."), in_progress=False)
            self._work.failed.emit(error)

    def _ask_purpose(self) -> None:
        self._work.ask(makings, EARLIER, done=self._begin_names)

    def _begin_names(self, earlier: tuple[Making, ...]) -> None:
        self.pages.setCurrentWidget(self.names)
        self.names.begin(earlier)

    def _make_named(self, purpose: str) -> None:
        wanted = self.choices.wanted
        if wanted is not None:
            command = MakeNamed(wanted, purpose)
            self._work.do(command, done=lambda done: self._noted(wanted, done), failed=self.names.refuse)

    def _noted(self, wanted: Wanted, done: Done[bytes]) -> None:
        self._leave()
        self._ask(Choice(wanted, done.value))

    def _open_data(self) -> None:
        self.pages.setCurrentWidget(self.data)
        self.data.begin()

    def _write_texts(self) -> None:
        if self._wanted is not None:
            year = self._wanted.wanted.year
            self._work.ask(texts, year, done=lambda kept: self._begin_texts(year, kept))

    def _begin_texts(self, year: int, kept: Texts) -> None:
        self.pages.setCurrentWidget(self._words)
        self.texts.begin(year, kept)

    def _keep_texts(self, written: Texts) -> None:
        self._work.do(KeepTexts(self.texts.year, written), done=self._texts_kept, failed=self.texts.refuse)

    def _texts_kept(self, _done: Done[None]) -> None:
        self.texts.keep()
        self._leave()

    def _leave_texts(self) -> None:
        if self.texts.is_dirty():
            self.unsaved.ask()
        else:
            self._leave()

    def _leave(self) -> None:
        self.unsaved.hide()
        self.pages.setCurrentWidget(self._main)
        self.preview.setFocus()

    def _connect(self) -> None:
        self.choices.changed.connect(self._redraw)
        self.missing.pressed.connect(lambda: self.go.emit("wizard"))
        self.sheets.named.connect(self._ask_purpose)
        self.sheets.written.connect(self._write_texts)
        self.sheets.opened.connect(self._open_data)
        self.names.submitted.connect(self._make_named)
        self.names.closed.connect(self._leave)
        self.data.closed.connect(self._leave)
        self.texts.submitted.connect(self._keep_texts)
        self.texts.closed.connect(self._leave_texts)
        self.unsaved.keep.connect(self.texts.submit)
        self.unsaved.discard.connect(self._leave)
        self._work.changed.connect(self._data_changed)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 16, 0, 16)
        whole.setSpacing(12)
        heading = QLabel(self.title)
        heading.setProperty("role", "title")
        heading.setContentsMargins(24, 0, 24, 0)
        whole.addWidget(heading)
        self._main, self._words = QWidget(), QWidget()
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.addWidget(self.unsaved)
        words.addWidget(self.texts, 1)
        self.pages = QStackedWidget()
        for widget in (self._main, self.names, self._words, self.data, self.missing):
            self.pages.addWidget(widget)
        whole.addWidget(self.pages, 1)
        self._build_main()

    def _build_main(self) -> None:
        columns = QWidget()
        row = QHBoxLayout(columns)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(16)
        self._left = QScrollArea()
        self._left.setWidgetResizable(True)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left.setWidget(self.choices)
        row.addWidget(self._left)
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.kind_of_copy)
        middle.addWidget(self.preview, 1)
        row.addLayout(middle, 1)
        self._right = QWidget()
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(self.sheets)
        row.addWidget(self._right)
        outer = QVBoxLayout(self._main)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(FormScroll(columns))

    def _fit_sides(self) -> None:
        """As narrow as their words allow, at any text size."""
        bar = self._left.verticalScrollBar().sizeHint().width()
        self._left.setFixedWidth(max(SIDE, self.choices.minimumSizeHint().width() + bar))
        self._right.setFixedWidth(max(SIDE, self._right.minimumSizeHint().width()))


def _copy_words(asked: Asked) -> str:
    """What kind of copy is shown, how much stands in it, and what it still lacks."""
    count = _("{rows} baris.").format(rows=asked.rows)
    if asked.choice.made is not None:
        return _("Dengan nama pemohon; pembuatannya sudah dicatat. {count}").format(count=count)
    if asked.choice.wanted.kind in NAMED:
        return _("Salinan tanpa identitas pemohon. Baca dulu sebelum dibagikan. {count}").format(count=count)
    if not isinstance(asked.record, AnnualReport):
        return count
    told = _("{rows} permohonan, dihitung dari catatan meja.").format(rows=asked.rows)
    lacking = len(missing_texts(asked.record))
    return _("{told} {count} bagian belum ditulis.").format(told=told, count=lacking) if lacking else told


def _file_name(choice: Choice) -> str:
    """The file's name as a person would write it, without an ending."""
    wanted = choice.wanted
    name = KINDS[wanted.kind] if wanted.kind == "dip" else f"{KINDS[wanted.kind]} {wanted.days}"
    if wanted.kind in NAMED:
        name += _(" dengan nama") if choice.made is not None else _(" tanpa nama")
    return _("{name} per {day:%d-%m-%Y}").format(name=name, day=wanted.as_of)
