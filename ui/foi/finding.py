"""The register as a list that is searched as one types: page by page, names as soon as they are open."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk.dip.queries import matches
from desk.foi.queries import Line, Page, Seek, holders, page
from desk.foi.search import recall
from ui.foi.filters import FilterBar
from ui.foi.lines import face
from ui.parts.empty import Empty
from ui.parts.register import register_list
from ui.work import Work

MOST_PUBLIC = 2
"""Entries of the public list named beside a search."""


class Finding(QWidget):
    """Search, filters, and the requests that fit; what is wanted anew makes what was asked before it void."""

    opened = Signal(bytes)
    """A request was chosen."""
    shown = Signal()
    """Another list stands here."""
    listed = Signal()
    """The public list is to be shown."""

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._work, self._today = work, today
        self._following: tuple[int, str, int] | None = None
        self._asked = self._shown = Seek()
        self._is_following = self._is_recalling = self._is_recalled = False
        self.bar = FilterBar()
        self.list, self.model = register_list(face)
        self.empty = Empty("requests", "", "")
        self.middle = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.bar)
        column.addWidget(self.middle, 1)
        self.middle.addWidget(self.list)
        self.middle.addWidget(self.empty)
        self._connect()

    def load(self) -> None:
        """The first page of what is wanted now; the answer to an older wish is dropped."""
        self._asked = self.bar.seek()
        self._work.ask(page, self._today(), self._asked, done=self._show)

    def seek(self, text: str, which: str = "all") -> None:
        """Search for words that were typed elsewhere."""
        self.bar.reset(text, which)
        self._search()

    def recall(self) -> None:
        """Have the names opened, a slice at a time so that a search comes in between."""
        if not self._is_recalling:
            self._is_recalling = True
            self._work.ask(recall, done=self._recalled, failed=self._not_recalled)

    @property
    def is_recalled(self) -> bool:
        """Whether every name has been opened and looked through."""
        return self._is_recalled

    def step_back(self) -> bool:
        """Put away the words, or else the filters; False where there are none."""
        wanted = self.bar.seek()
        if not wanted.is_narrow:
            return False
        if wanted.text:
            self.bar.search.clear()
        else:
            self.seek("")
        return True

    def mark(self, request: bytes) -> None:
        """Mark a request that is open; none where it is not in sight."""
        place = next((i for i, line in enumerate(self.model.rows) if line.id == request), -1)
        if place >= 0:
            self.list.setCurrentIndex(self.model.index(place))
        else:
            self.list.clearSelection()

    def _search(self) -> None:
        self.load()
        self._work.ask(matches, self.bar.search.text(), MOST_PUBLIC, done=self.bar.show_public)

    def _recalled(self, is_whole: bool) -> None:
        self._is_recalling, self._is_recalled = False, is_whole
        if not is_whole:
            self.recall()
        elif self._asked.text.strip():
            self.load()

    def _not_recalled(self, error: Exception) -> None:
        self._is_recalling = False
        self._work.failed.emit(error)

    def _show(self, found: Page) -> None:
        self._shown, self._following, self._is_following = self._asked, found.following, False
        self.model.show(found.rows, has_more=found.following is not None)
        if not found.is_whole:
            self.recall()
        if self._shown.is_narrow:
            self.empty.say(_("Tidak ada yang cocok"), _("Coba kata lain, atau hapus saringan."))
        else:
            self.empty.say(
                _("Belum ada permohonan"),
                _("Di sini dicatat setiap warga yang meminta informasi, dengan nomor dan batas waktu jawabannya."),
                _("Catat permohonan pertama"),
            )
        self.middle.setCurrentWidget(self.list if found.rows else self.empty)
        self.shown.emit()

    def _more(self) -> None:
        """The next page of the list that stands here, whatever is being typed meanwhile."""
        self._is_following = True
        self._work.ask(page, self._today(), self._shown, self._following, done=self._append)

    def _append(self, found: Page) -> None:
        if self._is_following:
            self._is_following = False
            self._following = found.following
            self.model.append(found.rows, has_more=found.following is not None)

    def _pressed(self, index: QModelIndex) -> None:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        self.opened.emit(line.id)

    def _connect(self) -> None:
        self.bar.typed.connect(self._search)
        self.bar.chosen.connect(self.load)
        self.bar.unfolded.connect(lambda: self._work.ask(holders, done=self.bar.offer))
        self.bar.listed.connect(self.listed)
        self.model.wanted.connect(self._more)
        self.list.activated.connect(self._pressed)
        self.list.clicked.connect(self._pressed)
