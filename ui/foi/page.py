"""The page Permohonan: the register as a list, one request open beside it or over it, and the form."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk.desk import Done
from desk.foi.commands import AnswerRequest, Register
from desk.foi.commands import Registered as Entered
from desk.foi.queries import Detail, Line, Page, Seek, detail, page, person
from desk.foi.rules import RequestForm
from desk.log import Touched
from desk.store import DeskError
from ui.foi.form import RequestFormPanel
from ui.foi.lines import line_list
from ui.foi.receipt import ReceiptPanel
from ui.foi.record import RecordPanel, Registered
from ui.parts.empty import Empty
from ui.parts.icons import icon
from ui.parts.style import grown, mark
from ui.work import Work

BESIDE = 1100
"""Page width in pixels at 100 % from which list and record stand side by side."""

PAUSE = 120
"""Milliseconds without a key after which a search begins."""

SHOWN_HERE = {"request", "request_event", "applicant"}


class RequestsPage(QWidget):
    """Every request of the village; found by number, question or name."""

    go = Signal(str)

    def __init__(self, work: Work, today: Callable[[], dt.date], now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self.title = _("Permohonan")
        self._work, self._today = work, today
        self._open = b""
        self._following: tuple[int, str, int] | None = None
        self._is_stale = True
        self.search = QLineEdit()
        self.filters = {name: QPushButton(words) for name, words in _FILTERS.items()}
        self.add = QPushButton(icon("plus", "ground"), _("Permohonan &baru"))
        self.list, self.model = line_list()
        self.empty = Empty("requests", "", "")
        self.form, self.record, self.entered = RequestFormPanel(today), RecordPanel(today), Registered()
        self.receipt = ReceiptPanel(work, now)
        self.pages, self.middle = QStackedWidget(), QStackedWidget()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._build()
        self._connect()

    @property
    def is_unsaved(self) -> bool:
        """Whether a form was begun and not filed."""
        return self.form.is_touched()

    def seek(self, text: str, which: str = "all") -> None:
        """Show what fits a search that was typed elsewhere."""
        self._close()
        self.search.setText(text)
        self.filters[which].setChecked(True)
        self._load()

    def open(self, request: bytes) -> None:
        """Open a request."""
        self._open = request
        self.pages.setCurrentWidget(self.main)
        self._work.ask(detail, request, self._today(), done=self._opened)

    def new(self) -> None:
        """An empty form, or the one that was left with something in it."""
        if not self.form.is_touched():
            self.form.clear()
        self.pages.setCurrentWidget(self.form)
        self.form.begin()

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
        self.side.setMaximumWidth(max(grown(self, 520), self.width() // 2) if is_wide else 16_777_215)

    def _load(self) -> None:
        self._is_stale = False
        self._work.ask(page, self._today(), self._seek(), done=self._show)

    def _seek(self) -> Seek:
        which = next(name for name, button in self.filters.items() if button.isChecked())
        return Seek(self.search.text(), which)

    def _more(self) -> None:
        self._work.ask(page, self._today(), self._seek(), self._following, done=self._append)

    def _show(self, found: Page) -> None:
        self._following = found.following
        self.model.show(found.rows, has_more=found.following is not None)
        is_searching = bool(self.search.text().strip()) or self._seek().which != "all"
        if is_searching:
            self.empty.say(_("Tidak ada yang cocok"), _("Coba kata lain, atau pilih Semua."))
        else:
            self.empty.say(
                _("Belum ada permohonan"),
                _("Di sini dicatat setiap warga yang meminta informasi, dengan nomor dan batas waktu jawabannya."),
                _("Catat permohonan pertama"),
            )
        self.middle.setCurrentWidget(self.list if found.rows else self.empty)
        self._mark_open()
        if self._open:
            self._work.ask(detail, self._open, self._today(), done=self._opened)

    def _append(self, found: Page) -> None:
        self._following = found.following
        self.model.append(found.rows, has_more=found.following is not None)

    def _mark_open(self) -> None:
        place = next((i for i, line in enumerate(self.model.rows) if line.id == self._open), -1)
        if place >= 0:
            self.list.setCurrentIndex(self.model.index(place))
        else:
            self.list.clearSelection()

    def _pressed(self, index: QModelIndex) -> None:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        self.open(line.id)

    def _opened(self, found: Detail | None) -> None:
        if found is None:
            self._close()
            return
        self.record.show_detail(found)
        self._arrange()
        self._mark_open()

    def _close(self) -> None:
        """Back to the list alone."""
        self._open = b""
        self.record.detail = None
        self.pages.setCurrentWidget(self.main)
        self.list.clearSelection()
        self._arrange()
        self.list.setFocus()

    def _register(self, form: RequestForm) -> None:
        self._work.do(Register(form), done=self._registered, failed=partial(self._refused, self.form.refuse))

    def _registered(self, done: Done[Entered]) -> None:
        self.form.clear()
        self._open = done.value.id
        self.entered.show_number(done.value.label, done.value.due, is_certain=done.value.certain)
        self.pages.setCurrentWidget(self.entered)
        self.entered.print.setFocus()

    def _answer(self, answer: AnswerRequest) -> None:
        self._work.do(answer, failed=partial(self._refused, self.record.answer.refuse))

    def _refused(self, say: Callable[[str], None], error: Exception) -> None:
        if isinstance(error, DeskError):
            say(str(error))
        else:
            say(_("Belum tersimpan karena kesalahan aplikasi. Isian tetap ada di sini."))
            self._work.failed.emit(error)

    def _print(self, request: bytes) -> None:
        self.pages.setCurrentWidget(self.receipt)
        self.receipt.show_receipt(request)

    def _touched(self, changes: tuple[Touched, ...]) -> None:
        if changes and not any(touched.entity in SHOWN_HERE for touched in changes):
            return
        self._is_stale = True
        if self.isVisible():
            self._load()

    def _build_list(self) -> None:
        self.search.setPlaceholderText(_("Cari nomor, isi, atau nama pemohon"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.add.setProperty("kind", "main")
        group = QButtonGroup(self)
        self.filters["all"].setChecked(True)
        top, bar = QHBoxLayout(), QHBoxLayout()
        heading = QLabel(self.title)
        heading.setProperty("role", "title")
        top.addWidget(heading, 1)
        top.addWidget(self.add)
        bar.addWidget(self.search, 1)
        for name, button in self.filters.items():
            button.setCheckable(True)
            button.setChecked(name == "all")
            button.setProperty("kind", "filter")
            group.addButton(button)
            bar.addWidget(button)
        self.left = QWidget()
        column = QVBoxLayout(self.left)
        column.setContentsMargins(24, 16, 24, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addLayout(bar)
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
        for part in (self.main, self.form, self.entered, self.receipt):
            self.pages.addWidget(part)
        self._arrange()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._load)
        for button in self.filters.values():
            button.clicked.connect(self._load)
        self.model.wanted.connect(self._more)
        self.list.activated.connect(self._pressed)
        self.list.clicked.connect(self._pressed)
        self.add.clicked.connect(self.new)
        self.empty.pressed.connect(self.new)
        self.form.submitted.connect(self._register)
        self.form.closed.connect(self._close)
        self.entered.receipt.connect(lambda: self._print(self._open))
        self.entered.again.connect(self.new)
        self.entered.closed.connect(lambda: self.open(self._open))
        self.record.closed.connect(self._close)
        self.record.receipt.connect(self._print)
        self.record.revealed.connect(lambda request: self._work.ask(person, request, done=self.record.show_person))
        self.record.answer.submitted.connect(self._answer)
        self.receipt.closed.connect(lambda: self.open(self._open))
        self._work.changed.connect(self._touched)
        new = QShortcut(QKeySequence("Ctrl+N"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self.new)
        escape = QShortcut(QKeySequence("Escape"), self.main, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._close)


_FILTERS = {"all": _("Semua"), "open": _("Terbuka"), "late": _("Terlambat")}
