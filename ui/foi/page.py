"""The page Permohonan: the register as a list, one request open beside it or over it, and the form."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk.attachments import Attached
from desk.desk import Command, Done
from desk.dip.queries import exemptions
from desk.drafts import Drafts
from desk.foi.commands import Complete, CorrectApplicant, Register, Unmask
from desk.foi.commands import Registered as Entered
from desk.foi.queries import Detail, MovedDue, Person, detail, is_filed, moved_dues, person
from desk.foi.rules import RequestForm
from desk.letters.queries import Offer, by_step
from desk.log import Touched
from desk.store import DeskError
from ui.foi.finding import Finding
from ui.foi.form import RequestFormPanel
from ui.foi.letters import LettersPanel
from ui.foi.oldclosing import OldClosingPanel
from ui.foi.receipt import ReceiptPanel
from ui.foi.record import RecordPanel, Registered
from ui.foi.takeover import TakeoverPanel
from ui.parts.draft import DraftBar
from ui.parts.fileview import FileView
from ui.parts.icons import icon
from ui.parts.style import grown, mark
from ui.work import Work

BESIDE, NARROW = 1100, 620
"""Page widths in pixels at 100 %: list beside record from the first, words on every button from the second."""

BLANK_FORM = _("&Formulir kosong")
"""Left to its icon where the list is narrow."""

SHOWN_HERE = {"request", "request_event", "applicant"}
EXEMPTING = {"exemption", "exemption_event"}
"""What an answer may refuse on."""


class RequestsPage(QWidget):
    """Every request of the village; found by number, question or name."""

    go = Signal(str)
    objected = Signal(bytes)
    """An objection against a request is to be entered."""

    def __init__(
        self, work: Work, today: Callable[[], dt.date], now: Callable[[], dt.datetime], drafts: Drafts | None
    ) -> None:
        super().__init__()
        self.title = _("Permohonan")
        self._work, self._today = work, today
        self._open = b""
        self._is_stale = True
        self.finding = Finding(work, today)
        self.bar, self.list, self.model = self.finding.bar, self.finding.list, self.finding.model
        self.search, self.filters = self.bar.search, self.bar.quick
        self.empty, self.middle = self.finding.empty, self.finding.middle
        self.add = QPushButton(icon("plus", "ground"), _("Permohonan &baru"))
        self.form, self.record, self.entered = RequestFormPanel(today), RecordPanel(today), Registered()
        self.drafts = self._keep_drafts(work, drafts, now)
        self.receipt, self.letters = ReceiptPanel(work, now), LettersPanel(work, now)
        self.blank, self.heading = QPushButton(icon("print"), BLANK_FORM), QLabel(self.title)
        self.blank.setAccessibleName(_("Cetak formulir kosong"))
        self.blank.setToolTip(_("Cetak formulir kosong"))
        self.takeover, self.old = TakeoverPanel(work), OldClosingPanel(work, today)
        self.file = FileView(work)
        self.pages = QStackedWidget()
        self._build()
        self._connect()

    @property
    def is_unsaved(self) -> bool:
        """Whether a form was begun and not filed."""
        return self.form.is_touched()

    def seek(self, text: str, which: str = "all") -> None:
        """Show what fits a search that was typed elsewhere."""
        self._close()
        self.finding.seek(text, which)

    def open(self, request: bytes) -> None:
        """Open a request."""
        self._open = request
        self.pages.setCurrentWidget(self.main)
        self._work.ask(detail, request, self._today(), done=self._opened)

    def new(self) -> None:
        """An empty form, or the one that was left with something in it."""
        if self.form.completes is not None or not self.form.is_touched():
            self.form.clear()
            if self.drafts is not None:
                self.drafts.begin()
        self.pages.setCurrentWidget(self.form)
        self.form.begin()

    def read_ahead(self) -> None:
        """Have the list and the names ready for whoever comes."""
        if self._is_stale:
            self._load()
            self.finding.recall()

    def resume(self, key: str) -> None:
        """The form with a draft that was left behind offered over it; `key` is the draft's."""
        self.new()
        if self.drafts is not None:
            self.drafts.look(key)

    def show_old(self) -> None:
        """What came from the old register without a decision."""
        self.pages.setCurrentWidget(self.old)
        self.old.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while another page was open is asked for again."""
        super().showEvent(event)
        self.read_ahead()

    def event(self, event: QEvent) -> bool:
        """Ctrl+K takes the keyboard to the words of this list; elsewhere it is the window's."""
        if isinstance(event, QKeyEvent) and self.main.isVisible():
            is_find = (event.modifiers(), event.key()) == (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_K)
            if is_find and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
                event.accept()
                self._find()
                return True
        return super().event(event)

    def _find(self) -> None:
        if not self.left.isVisible():
            self._close()
        self.bar.begin()

    def _escape(self) -> None:
        """Step by step back: the words, what is open, the filters."""
        if self._open and not (self.search.hasFocus() and self.search.text()):
            self._close()
        else:
            self.finding.step_back()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one over the other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.width() >= grown(self, BESIDE)
        self.side.setVisible(bool(self._open))
        mark(self.side, "surface", "beside" if is_wide else "page")
        self.left.setVisible(is_wide or not self._open)
        self.heading.setVisible(self.width() >= grown(self, NARROW))
        self.blank.setText("" if (is_wide and self._open) or self.width() < grown(self, NARROW) else BLANK_FORM)
        self.side.setMaximumWidth(max(grown(self, 520), self.width() // 2) if is_wide else 16_777_215)

    def _load(self) -> None:
        self._is_stale = False
        self.finding.load()
        self._work.ask(moved_dues, self._today(), done=self._see_moved)

    def _see_moved(self, moved: tuple[MovedDue, ...]) -> None:
        """Requests a changed table of days off gives a later date are offered it."""
        self.record.show_moved(frozenset(one.line.id for one in moved if one.counted > one.line.due))

    def _listed(self) -> None:
        """Another list: what is open is marked in it and read again."""
        self.finding.mark(self._open)
        if self._open:
            self._work.ask(detail, self._open, self._today(), done=self._opened)

    def _opened(self, found: Detail | None) -> None:
        if found is None:
            self._close()
            return
        is_acted = self.record.is_acted
        self.record.show_detail(found)
        self._work.ask(by_step, found.line.id, done=lambda papers: self.record.show_papers(papers, is_acted=is_acted))
        self._arrange()
        self.finding.mark(self._open)

    def _close(self) -> None:
        """Back to the list alone."""
        self._open = b""
        self.record.detail = None
        self.pages.setCurrentWidget(self.main)
        self.list.clearSelection()
        self._arrange()
        self.list.setFocus()

    def _register(self, form: RequestForm) -> None:
        completes = self.form.completes
        if completes is not None:
            self._act(self.form.refuse, Complete(completes.line.id, self._today(), form))
        else:
            command = Register(form, id=self._token())
            self._work.do(command, done=self._registered, failed=partial(self._refused, self.form.refuse))

    def _correct(self, form: RequestForm) -> None:
        assert self.form.completes is not None
        self._act(self.form.refuse, CorrectApplicant(self.form.completes.line.id, form))

    def _register_half(self, form: RequestForm) -> None:
        command = Register(form, incomplete=True, id=self._token())
        self._work.do(
            command, done=partial(self._registered, is_incomplete=True), failed=partial(self._refused, self.form.refuse)
        )

    def _reveal(self, request: bytes) -> None:
        self._work.do(Unmask(request), done=lambda done: self.record.show_person(done.value))

    def _complete(self, request: bytes, *, is_correcting: bool = False) -> None:
        """The form of a request again: to be completed, or its identity put right."""
        known = self.record.detail

        def fill(who: Person | None) -> None:
            if known is not None and who is not None and known.line.id == request:
                self.form.fill(known, who, is_correcting=is_correcting)
                self.pages.setCurrentWidget(self.form)
                self.form.begin()

        self._work.ask(person, request, done=fill)

    def _keep_drafts(self, work: Work, drafts: Drafts | None, now: Callable[[], dt.datetime]) -> DraftBar | None:
        """What is typed into the form is on the disk within two seconds, and offered again after a power cut."""
        if drafts is None:
            return None
        bar = DraftBar(work, drafts, "foi.request", self.form.typed, now=now, name=self.form.name.text, filed=is_filed)
        self.form.put_bar(bar)
        bar.resumed.connect(self.form.resume)
        return bar

    def _token(self) -> bytes | None:
        return self.drafts.token if self.drafts is not None else None

    def _registered(self, done: Done[Entered], *, is_incomplete: bool = False) -> None:
        self.form.clear()
        if self.drafts is not None:
            self.drafts.finish()
        self._open = done.value.id
        self.entered.show_number(
            done.value.label, done.value.due, is_certain=done.value.certain, is_incomplete=is_incomplete
        )
        self._work.ask(by_step, done.value.id, done=self.entered.show_papers)
        self.pages.setCurrentWidget(self.entered)
        self.entered.print.setFocus()

    def _act(self, refuse: Callable[[str], None], command: Command[Any]) -> None:
        self._work.do(command, done=self._acted, failed=partial(self._refused, refuse))

    def _acted(self, done: Done[Any]) -> None:
        self.record.is_acted = True
        if self.pages.currentWidget() is self.form:
            self.form.clear()
            self.pages.setCurrentWidget(self.main)
        if self._open:
            self._work.ask(detail, self._open, self._today(), done=self._opened)

    def _begin_answer(self) -> None:
        self._work.ask(exemptions, self._today(), "exempt", done=self.record.begin_answer)

    def _refused(self, say: Callable[[str], None], error: Exception) -> None:
        if isinstance(error, DeskError):
            say(str(error))
        else:
            say(_("Belum tersimpan karena kesalahan aplikasi. Isian tetap ada di sini."))
            self._work.failed.emit(error)

    def _show_paper(self, offer: Offer) -> None:
        self.pages.setCurrentWidget(self.letters)
        self.letters.show_paper(offer)

    def _show_file(self, row: Attached, name: str, facts: str) -> None:
        self.pages.setCurrentWidget(self.file)
        self.file.show_file(row, name, facts)

    def _leave_receipt(self) -> None:
        self.open(self._open)
        self._arrange()
        self.record.print.setFocus()

    def _leave_file(self) -> None:
        self.pages.setCurrentWidget(self.main)
        self.record.attachments.resume()

    def _show_blank(self) -> None:
        self.pages.setCurrentWidget(self.letters)
        self.letters.show_blank("form")

    def _print(self, request: bytes) -> None:
        self.pages.setCurrentWidget(self.receipt)
        self.receipt.show_receipt(request)

    def _touched(self, changes: tuple[Touched, ...]) -> None:
        is_answering = not self.record.answer.isHidden()
        if is_answering and (not changes or any(touched.entity in EXEMPTING for touched in changes)):
            self._work.ask(exemptions, self._today(), "exempt", done=self.record.answer.offer_tests)
        if changes and not any(touched.entity in SHOWN_HERE for touched in changes):
            return
        self._is_stale = True
        if self.isVisible():
            self._load()

    def _build_list(self) -> None:
        self.add.setProperty("kind", "main")
        top = QHBoxLayout()
        self.heading.setProperty("role", "title")
        top.addWidget(self.heading)
        top.addStretch(1)
        for button in (self.blank, self.takeover.menu, self.add):
            top.addWidget(button)
        self.left = QWidget()
        column = QVBoxLayout(self.left)
        column.setContentsMargins(24, 16, 24, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.finding, 1)
        self.empty.offer(self.takeover.link)

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
        parts = (self.main, self.form, self.entered, self.receipt, self.letters, self.takeover, self.old, self.file)
        for part in parts:
            self.pages.addWidget(part)
        self._arrange()

    def _connect_old(self) -> None:
        """What was taken over, and what of it is still open."""
        self.takeover.closed.connect(self._close)
        self.takeover.closing.connect(self.show_old)
        self.old.closed.connect(self._close)
        self.old.opened.connect(self.open)

    def _connect(self) -> None:
        self.finding.shown.connect(self._listed)
        self.finding.opened.connect(self.open)
        self.finding.listed.connect(lambda: self.go.emit("dip"))
        self.form.serve(self._work)
        self.form.hints.opened.connect(self.open)
        self.add.clicked.connect(self.new)
        self.empty.pressed.connect(self.new)
        self.takeover.wanted.connect(lambda: self.pages.setCurrentWidget(self.takeover))
        self._connect_old()
        self.form.submitted.connect(self._register)
        self.form.half.connect(self._register_half)
        self.form.closed.connect(self._close)
        self.entered.receipt.connect(lambda: self._print(self._open))
        self.entered.again.connect(self.new)
        self.entered.closed.connect(lambda: self.open(self._open))
        self.record.closed.connect(self._close)
        self.record.receipt.connect(self._print)
        self.record.paper.connect(self._show_paper)
        self.entered.paper.connect(self._show_paper)
        self.blank.clicked.connect(self._show_blank)
        self.letters.closed.connect(lambda: self.open(self._open) if self._open else self._close())
        self.record.revealed.connect(self._reveal)
        self.record.attachments.serve(self._work, Unmask)
        self.record.attachments.opened.connect(self._show_file)
        self.file.closed.connect(self._leave_file)
        for panel in (self.record.answer, self.record.act):
            panel.submitted.connect(partial(self._act, panel.refuse))
        self.record.answering.connect(self._begin_answer)
        self.record.completing.connect(self._complete)
        self.record.objected.connect(self.objected)
        self.record.correcting.connect(partial(self._complete, is_correcting=True))
        self.form.corrected.connect(self._correct)
        self.receipt.closed.connect(self._leave_receipt)
        self._work.changed.connect(self._touched)
        new = QShortcut(QKeySequence("Ctrl+N"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self.new)
        escape = QShortcut(QKeySequence("Escape"), self.main, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._escape)
