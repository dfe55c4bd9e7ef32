"""The tab Kebocoran data: every breach with its clock, the one that is open, its form, and its notices."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desk.dates import WIB, clock, short_date, zone
from desk.desk import Done
from desk.drafts import Drafts
from desk.log import Touched
from desk.paper.breaches import notice
from desk.paper.letters.press import Paper, render
from desk.privacy.commands import CloseBreach, OpenRecipient, PutBreach, TellAgency, TellPerson
from desk.privacy.queries import BreachDetail, Recipient, breaches
from desk.privacy.rules import BreachForm, lines
from desk.store import DeskError
from desk.village.queries import profile
from ui.parts.chip import Chip
from ui.parts.draft import DraftBar
from ui.parts.empty import Empty
from ui.parts.icons import icon
from ui.parts.output import Output
from ui.parts.preview import Preview
from ui.parts.raster import Document, measured
from ui.parts.scroll import FormScroll
from ui.parts.unsaved import Unsaved
from ui.privacy.breachform import BreachPanel
from ui.privacy.breachrecord import BreachRecord
from ui.work import Work

TICK = 30_000
"""Milliseconds after which the clocks in sight are counted again."""

TABLES = {"breach", "breach_event", "breach_person", "applicant", "village"}


class BreachesPane(QWidget):
    """A list that is short by nature; what is open takes its place."""

    def __init__(self, work: Work, now: Callable[[], dt.datetime], drafts: Drafts | None) -> None:
        super().__init__()
        self._work, self._now = work, now
        self._zone, self._paper = WIB, "A4"
        self._known: tuple[BreachDetail, ...] = ()
        self._chips: dict[bytes, Chip] = {}
        self.buttons: dict[bytes, QPushButton] = {}
        self.form, self.record, self.pages = BreachPanel(), BreachRecord(), QStackedWidget()
        self.add = QPushButton(icon("plus", "ground"), _("Catat kebocoran"))
        self.empty = Empty(
            "info", _("Belum ada kebocoran data"),
            _("Bila data pribadi hilang atau terbaca orang lain, catat di sini. "
              "Pemilik data dan lembaga diberi tahu dengan surat dalam 3 × 24 jam."),
            _("Catat kebocoran"),
        )  # fmt: skip
        self.unsaved = Unsaved(_("Catatan ini belum disimpan."))
        self.preview, self.output = Preview(work), Output(work, tiled=False)
        self.draft = DraftBar(work, drafts, "privacy.breach", self.form.fields, now=now) if drafts else None
        self._build()
        self._connect()
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed that would be lost."""
        return self.pages.currentWidget() is self._writing and self.form.is_dirty()

    def reload(self) -> None:
        """Ask for every breach."""
        self._work.ask(_seen, self._now().date(), done=self._put)

    def touched(self, changes: tuple[Touched, ...]) -> None:
        """Ask again where a breach was touched."""
        if not changes or any(one.entity in TABLES for one in changes):
            self.reload()

    def tick(self) -> None:
        """Let the clocks go on."""
        now = self._now()
        for known in self._known:
            if not known.is_closed:
                left = known.countdown(now)
                self._chips[known.id].say(left.state, left.words)
        self.record.tick(now)

    def open(self, breach: bytes) -> None:
        """Show one breach."""
        known = next((one for one in self._known if one.id == breach), None)
        if known is not None:
            self.record.show_breach(known, self._now(), self._zone)
            self.pages.setCurrentWidget(self.record)
            self.record.back.setFocus()

    def new(self) -> None:
        """An empty form."""
        self._begin(None)

    def _begin(self, known: BreachDetail | None) -> None:
        self.unsaved.hide()
        self.form.begin(self._now(), self._zone, known)
        if self.draft:
            self.draft.begin(known.id.hex() if known else "")
        self.pages.setCurrentWidget(self._writing)
        self.form.fields["day"].input.setFocus()

    def _put(self, seen: tuple[str, str, tuple[BreachDetail, ...]]) -> None:
        code, paper, self._known = seen
        self._zone, self._paper = zone(code) if code else WIB, paper if paper in ("A4", "F4") else "A4"
        self._fill_list()
        shown = self.pages.currentWidget()
        if shown is self.record and self.record.known:
            self.open(self.record.known.id)
        elif shown in (self.empty, self._list):
            self.pages.setCurrentWidget(self._list if self._known else self.empty)

    def _fill_list(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._chips, self.buttons = {}, {}
        for known in self._known:
            self._rows.addWidget(self._row(known))
        self._rows.addStretch(1)
        self.tick()

    def _row(self, known: BreachDetail) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(16, 0, 24, 0)
        at = known.known.astimezone(self._zone)
        words = f"{short_date(at.date())} {clock(at)} · {', '.join(lines(known.leaked))}"
        button = QPushButton(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, 420))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setProperty("kind", "row")
        button.setAutoDefault(True)
        button.clicked.connect(partial(self.open, known.id))
        self._chips[known.id] = Chip("quiet", _("ditutup"))
        self.buttons[known.id] = button
        line.addWidget(button, 1)
        line.addWidget(self._chips[known.id])
        return row

    def _save(self, form: BreachForm) -> None:
        self._work.do(PutBreach(form, self.form.breach), done=self._saved, failed=self.form.refuse)

    def _saved(self, done: Done[bytes]) -> None:
        self.form.keep()
        if self.draft:
            self.draft.finish()
        self.unsaved.hide()
        self.pages.setCurrentWidget(self._list)
        self._work.ask(_seen, self._now().date(), done=lambda seen: self._open_new(seen, done.value))

    def _open_new(self, seen: tuple[str, str, tuple[BreachDetail, ...]], breach: bytes) -> None:
        self._put(seen)
        self.open(breach)

    def _leave(self) -> None:
        if self.is_unsaved:
            self.unsaved.ask()
        else:
            self._discard()

    def _discard(self) -> None:
        self.unsaved.hide()
        self.form.keep()
        if self.draft:
            self.draft.finish()
        if self.form.breach is not None:
            self.open(self.form.breach)
        else:
            self._close()

    def _close(self) -> None:
        self.record.known = None
        self.pages.setCurrentWidget(self._list if self._known else self.empty)
        (self.add if self._known else self.empty.button).setFocus()

    def _mend(self) -> None:
        self._begin(self.record.known)

    def _told(self, person: bytes | None) -> None:
        if self.record.known is not None:
            breach = self.record.known.id
            self.record.note.say("")
            command = TellAgency(breach) if person is None else TellPerson(breach, person)
            self._work.do(command, failed=self._refused)

    def _end(self, why: str) -> None:
        if self.record.known is not None:
            self.record.note.say("")
            self._work.do(CloseBreach(self.record.known.id, why), failed=self._refused)

    def _draw(self, person: bytes | None) -> None:
        """Draw a notice; a person's is drawn once it was written down that their name was opened for it."""
        if self.record.known is None:
            return
        breach = self.record.known.id
        self._names.setVisible(person is not None)
        if person is None:
            self._ask_paper(breach, None)
        else:
            opened = OpenRecipient(breach, person)
            self._work.do(opened, done=lambda done: self._ask_paper(breach, done.value), failed=self._refused)

    def _ask_paper(self, breach: bytes, to: Recipient | None) -> None:
        self._work.ask(notice, breach, to, self._now(), done=self._render, failed=self._refused)

    def _render(self, paper: Paper) -> None:
        self.output.forget()
        self.preview.wait(_("Menggambar surat ..."))
        self.pages.setCurrentWidget(self._paper_page)
        self._work.run(_drawn, paper, self._paper, done=self._show_paper, failed=self._refused)

    def _show_paper(self, document: Document) -> None:
        self.preview.show_document(document)
        self.output.offer(document, _("Pemberitahuan kebocoran data.pdf"), "", "")
        self.output.whole.setFocus()

    def leave_paper(self) -> None:
        """Nobody's name stays on the screen."""
        if self.pages.currentWidget() is self._paper_page:
            self.output.forget()
            self.preview.wait("", in_progress=False)
            self.pages.setCurrentWidget(self.record)
            self.reload()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.leave_paper()
        self.record.note.say(str(error), "late")

    def _connect(self) -> None:
        self.add.clicked.connect(self.new)
        self.empty.pressed.connect(self.new)
        self.form.submitted.connect(self._save)
        self.form.closed.connect(self._leave)
        self.unsaved.keep.connect(self.form.submit)
        self.unsaved.discard.connect(self._discard)
        self.record.closed.connect(self._close)
        self.record.mending.connect(self._mend)
        self.record.drawing.connect(self._draw)
        self.record.told.connect(self._told)
        self.record.ending.connect(self._end)
        self.back.clicked.connect(self.leave_paper)
        leaving = QShortcut(QKeySequence("Esc"), self._paper_page)
        leaving.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leaving.activated.connect(self.leave_paper)

    def _build(self) -> None:
        self.add.setProperty("kind", "main")
        self.add.setAutoDefault(True)
        self._list, rows, self._writing = QWidget(), QWidget(), QWidget()
        rows.setProperty("surface", "page")
        self._rows = QVBoxLayout(rows)
        self._rows.setContentsMargins(0, 8, 0, 8)
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.setContentsMargins(24, 8, 24, 0)
        words = QLabel(_("Surat kepada pemilik data dan lembaga keluar dalam 3 × 24 jam sejak diketahui."))
        words.setProperty("role", "quiet")
        words.setWordWrap(True)
        top.addWidget(words, 1)
        top.addWidget(self.add)
        column.addLayout(top)
        column.addWidget(FormScroll(rows), 1)
        writing = QVBoxLayout(self._writing)
        writing.setContentsMargins(0, 0, 0, 0)
        writing.setSpacing(0)
        for widget in (*([self.draft] if self.draft else []), self.unsaved):
            writing.addWidget(widget)
        writing.addWidget(self.form, 1)
        self._paper_page = self._paper_room()
        for page in (self.empty, self._list, self.record, self._writing, self._paper_page):
            self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    def _paper_room(self) -> QWidget:
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(24, 8, 24, 12)
        row.setSpacing(16)
        row.addWidget(self.preview, 1)
        side = QVBoxLayout()
        self.back = QPushButton(icon("back"), _("Kembali"))
        self.back.setProperty("kind", "link")
        self.back.setAutoDefault(True)
        self._names = QLabel(_("Surat ini memuat nama satu orang. Serahkan langsung, jangan tinggalkan di meja."))
        self._names.setWordWrap(True)
        self._names.setProperty("role", "quiet")
        side.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        side.addWidget(self._names)
        side.addStretch(1)
        side.addWidget(self.output)
        holder = QWidget()
        holder.setMaximumWidth(260)
        holder.setLayout(side)
        row.addWidget(holder)
        return room


def _seen(conn: Any, today: dt.date) -> tuple[str, str, tuple[BreachDetail, ...]]:
    """The village's code and paper, and every breach."""
    village = profile(conn, today)
    return (village.code if village else "", village.paper if village else "A4", breaches(conn))


def _drawn(paper: Paper, size: str) -> Document:
    return measured(render(paper, size))
