"""The page Keberatan: the register as a list, one objection open beside it or over it, and the form."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desk.desk import Done
from desk.drafts import Drafts
from desk.letters.queries import Offer, by_step
from desk.log import Touched
from desk.objections.commands import Objected, RegisterObjection, TakeStep, UnmaskProxy
from desk.objections.queries import Line, is_filed, objections
from desk.objections.rules import ObjectionForm
from desk.store import DeskError
from ui.foi.letters import LettersPanel
from ui.objections.form import Basis, ObjectionFormPanel, basis
from ui.objections.lines import face
from ui.objections.record import RecordPanel, Seen, look
from ui.parts.draft import DraftBar
from ui.parts.empty import Empty
from ui.parts.icons import icon
from ui.parts.register import register_list
from ui.parts.style import grown, mark
from ui.work import Work

BESIDE = 1100
"""Page width in pixels at 100 % from which list and record stand side by side."""

PAUSE = 120
"""Milliseconds without a key after which a search begins."""

SHOWN_HERE = {"objection", "objection_event", "objection_proxy", "request", "official"}


class ObjectionsPage(QWidget):
    """Every objection of the village; found by its number, the request's number, or its words."""

    go = Signal(str)
    opened_request = Signal(bytes)
    """The request of an objection is wanted."""

    def __init__(
        self, work: Work, today: Callable[[], dt.date], now: Callable[[], dt.datetime], drafts: Drafts | None = None
    ) -> None:
        super().__init__()
        self.title = _("Keberatan")
        self._work, self._today = work, today
        self._open, self._first = b"", ""
        self._is_stale = True
        self.search = QLineEdit()
        self.list, self.model = register_list(face)
        self.empty = Empty("objections", "", "")
        self.form, self.record = ObjectionFormPanel(today), RecordPanel(today)
        self.drafts = self._keep_drafts(work, drafts, now)
        self.letters = LettersPanel(work, now)
        self.blank = QPushButton(icon("print"), _("&Formulir kosong"))
        self.pages, self.middle = QStackedWidget(), QStackedWidget()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._build()
        self._connect()

    @property
    def is_unsaved(self) -> bool:
        """Whether a form or an act was begun and not filed."""
        return self.form.is_touched() or self.record.act.is_touched()

    def open(self, objection: bytes) -> None:
        """Open an objection; a form with something typed in it is asked about first."""
        self._leave(partial(self._show_record, objection))

    def new(self, request: bytes) -> None:
        """The form against a request, as it was left if it is the same one."""
        if self.form.is_touched() and self.form.request == request:
            self.pages.setCurrentWidget(self.form)
            self.form.begin()
            if self.drafts is not None:
                self.drafts.look(self._first)
        else:
            self._leave(partial(self._ask_basis, request))

    def resume(self, request: bytes, key: str) -> None:
        """The form against a request with a draft that was left behind offered over it; `key` is the draft's."""
        self._first = key
        self.new(request)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while another page was open is asked for again."""
        super().showEvent(event)
        if self._is_stale:
            self._load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one over the other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.width() >= grown(self, BESIDE)
        self.side.setVisible(bool(self._open))
        mark(self.side, "surface", "beside" if is_wide else "page")
        self.left.setVisible(is_wide or not self._open)
        self.side.setMaximumWidth(max(grown(self, 520), self.width() * 9 // 20) if is_wide else 16_777_215)

    def _load(self) -> None:
        self._is_stale = False
        self._work.ask(objections, self._today(), self.search.text(), done=self._show)

    def _show(self, found: tuple[Line, ...]) -> None:
        self.model.show(found)
        if self.search.text().strip():
            self.empty.say(_("Tidak ada yang cocok"), _("Coba kata lain, atau kosongkan pencarian."))
        else:
            self.empty.say(
                _("Belum ada keberatan"),
                _("Pemohon tidak puas, atau tidak dijawab? Buka permohonannya, lalu pilih Catat keberatan."),
                _("Buka daftar permohonan"),
            )
        self.middle.setCurrentWidget(self.list if found else self.empty)
        self._mark_open()
        if self._open:
            self._ask_record()

    def _mark_open(self) -> None:
        place = next((i for i, line in enumerate(self.model.rows) if line.id == self._open), -1)
        if place >= 0:
            self.list.setCurrentIndex(self.model.index(place))
        else:
            self.list.clearSelection()

    def _leave(self, then: Callable[[], None]) -> None:
        """Go on, but not past typed words: an act says what to do, the form asks."""
        if self.record.act.is_touched():
            self.record.act.insist()
            self._mark_open()
        else:
            self.form.leave(then)

    def _step_back(self) -> None:
        """Escape: out of an act, out of the record."""
        if self.record.act.isHidden():
            self._close()
        else:
            self._leave(self.record.fold)

    def _pressed(self, index: QModelIndex) -> None:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        self.open(line.id)

    def _show_record(self, objection: bytes) -> None:
        self._open = objection
        self.pages.setCurrentWidget(self.main)
        self._ask_record()

    def _ask_record(self) -> None:
        self._work.ask(look, self._open, self._today(), done=self._opened)

    def _opened(self, found: Seen | None) -> None:
        if found is None:
            self._close()
        elif found.detail.line.id == self._open:
            is_acted = self.record.is_acted
            self.record.show_seen(found)
            owner = found.detail.line.id
            self._work.ask(by_step, owner, done=lambda papers: self.record.show_papers(papers, is_acted=is_acted))
            self._arrange()
            self._mark_open()

    def _close(self) -> None:
        """Back to the list alone."""
        self._open = b""
        self.record.seen = None
        self.pages.setCurrentWidget(self.main)
        self.list.clearSelection()
        self._arrange()
        self.list.setFocus()

    def _reveal(self, objection: bytes) -> None:
        self._work.do(UnmaskProxy(objection), done=lambda done: self.record.show_proxy(done.value))

    def _ask_basis(self, request: bytes) -> None:
        self._work.ask(basis, request, self._today(), done=self._begin)

    def _begin(self, known: Basis | None) -> None:
        if known is None or not known.is_open_to_objection:
            said = _("Keberatan diajukan atas permohonan yang terdaftar. Pilih permohonannya lebih dulu.")
            self._work.failed.emit(DeskError(said))
            return
        self.form.start(known)
        if self.drafts is not None:
            self.drafts.begin(self.form.request.hex(), self._first)
        self._first = ""
        self.pages.setCurrentWidget(self.form)
        self.form.begin()

    def _register(self, form: ObjectionForm) -> None:
        command = RegisterObjection(self.form.request, form, self.drafts.token if self.drafts is not None else None)
        self._work.do(command, done=self._registered, failed=partial(self._refused, self.form.refuse))

    def _keep_drafts(self, work: Work, drafts: Drafts | None, now: Callable[[], dt.datetime]) -> DraftBar | None:
        """What is typed into the form is on the disk within two seconds, and offered again with its request."""
        if drafts is None:
            return None
        typed, name = self.form.typed, self.form.draft_name
        bar = DraftBar(work, drafts, "objections.objection", typed, now=now, name=name, filed=is_filed)
        self.form.put_bar(bar)
        bar.resumed.connect(self.form.resume)
        self.form.dropped.connect(bar.finish)
        return bar

    def _registered(self, done: Done[Objected]) -> None:
        self.form.clear()
        if self.drafts is not None:
            self.drafts.finish()
        self.record.is_acted = True
        self._show_record(done.value.id)

    def _act(self, step: TakeStep) -> None:
        self._work.do(step, done=self._acted, failed=partial(self._refused, self.record.act.refuse))

    def _acted(self, done: Done[Any]) -> None:
        self.record.is_acted = True
        if self._open:
            self._ask_record()

    def _show_paper(self, offer: Offer) -> None:
        self.pages.setCurrentWidget(self.letters)
        self.letters.show_paper(offer)

    def _show_blank(self) -> None:
        self.pages.setCurrentWidget(self.letters)
        self.letters.show_blank("objection_form")

    def _leave_letters(self) -> None:
        if self._open:
            self._show_record(self._open)
        else:
            self._close()

    def _refused(self, say: Callable[[str], None], error: Exception) -> None:
        if isinstance(error, DeskError):
            say(str(error))
        else:
            say(_("Belum tersimpan karena kesalahan aplikasi. Isian tetap ada di sini."))
            self._work.failed.emit(error)

    def _touched(self, changes: tuple[Touched, ...]) -> None:
        if changes and not any(touched.entity in SHOWN_HERE for touched in changes):
            return
        self._is_stale = True
        if self.isVisible():
            self._load()

    def _build_list(self) -> None:
        self.search.setPlaceholderText(_("Cari nomor keberatan, nomor permohonan, atau isi"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        heading = QLabel(self.title)
        heading.setProperty("role", "title")
        self.left = QWidget()
        column = QVBoxLayout(self.left)
        column.setContentsMargins(24, 16, 24, 0)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(self.blank)
        column.addLayout(top)
        column.addWidget(self.search)
        column.addWidget(self.middle, 1)
        self.middle.addWidget(self.list)
        self.middle.addWidget(self.empty)

    def _build(self) -> None:
        self._build_list()
        self.side = QFrame()
        beside = QHBoxLayout(self.side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.record)
        self.main = QWidget()
        row = QHBoxLayout(self.main)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left, 1)
        row.addWidget(self.side, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        self.pages.addWidget(self.main)
        self.pages.addWidget(self.form)
        self.pages.addWidget(self.letters)
        self._arrange()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._load)
        self.list.activated.connect(self._pressed)
        self.list.clicked.connect(self._pressed)
        self.empty.pressed.connect(lambda: self.go.emit("requests"))
        self.form.submitted.connect(self._register)
        self.form.closed.connect(self._close)
        self.record.closed.connect(lambda: self._leave(self._close))
        self.record.requested.connect(self.opened_request)
        self.record.revealed.connect(self._reveal)
        self.record.paper.connect(self._show_paper)
        self.blank.clicked.connect(self._show_blank)
        self.letters.closed.connect(self._leave_letters)
        self.record.act.submitted.connect(self._act)
        self._work.changed.connect(self._touched)
        escape = QShortcut(QKeySequence("Escape"), self.main, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._step_back)
