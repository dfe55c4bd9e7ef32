"""Kirim: join the district once, then send when there is a line; nothing is lost while there is none."""

import datetime as dt
import threading
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desk import outbox
from desk.dates import WIB
from desk.log import Touched
from desk.store import DeskError
from sync.client.round import Joined, Round, enrol, sync
from ui.parts.empty import Faces
from ui.parts.scroll import FormScroll
from ui.sync.join import JoinForm
from ui.sync.overview import Overview
from ui.sync.state import State, round_words, state
from ui.work import Work

KEPT_ROUNDS = 20
"""Rounds of this sitting that stay readable."""


class SyncPage(QWidget):
    """The form of a desk that has not joined, the overview of one that has."""

    title = _("Kirim")
    _turned = Signal()
    """From the line's thread: one batch has been answered."""

    def __init__(
        self, work: Work, today: Callable[[], dt.date], now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    ) -> None:
        """Built empty; asks for its data when it is first shown. `now` is when a round ended."""
        super().__init__()
        self._work, self._today, self._now = work, today, now
        self._is_stale = True
        self._stopped = threading.Event()
        self._at_start = 0
        self._zone: dt.tzinfo = WIB
        self._rounds: list[str] = []
        self.join = JoinForm()
        self.overview = Overview()
        self._build()
        self.join.submitted.connect(self._enrol)
        self.overview.send.connect(self.send_now)
        self.overview.stop.connect(self._stop)
        self._turned.connect(self._count)
        work.changed.connect(self._data_changed)

    def send_now(self) -> None:
        """One round with the district: everything that waits, batch by batch."""
        self._stopped.clear()
        self.overview.busy(True)
        self.overview.said.say(_("Mengirim ke kabupaten ..."), "quiet")
        self._work.status.emit(self.overview.said.text())
        self._work.line(sync, self._now, self._has_to_stop, done=self._sent, failed=self._not_sent)

    def showEvent(self, event: QShowEvent) -> None:
        """What was written while another page was open is counted again."""
        super().showEvent(event)
        if self._is_stale:
            self._reload()

    def _data_changed(self, _touched: tuple[Touched, ...]) -> None:
        self._is_stale = True
        if self.isVisible():
            self._reload()

    def _reload(self) -> None:
        self._is_stale = False
        self._work.ask(state, self._today(), done=self._show)

    def _show(self, seen: State) -> None:
        self._at_start = seen.waiting
        if seen.last is not None and seen.last.tzinfo is not None:
            self._zone = seen.last.tzinfo
        self.overview.show_state(seen, self._rounds)
        self._stack.setCurrentWidget(self.overview if seen.url else self._joining)

    def _enrol(self, address: str, code: str) -> None:
        self._work.line(enrol, address, code, done=self._joined, failed=self._not_joined)

    def _joined(self, joined: Joined) -> None:
        self.join.wait(False)
        self._work.look_again()
        self._work.status.emit(_("Sudah tersambung ke kabupaten: {name}.").format(name=joined.name))
        self.send_now()

    def _not_joined(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self.join.refuse(str(error))
        else:
            self.join.wait(False)
            self._work.failed.emit(error)

    def _has_to_stop(self) -> bool:
        """Asked on the line's thread after each batch."""
        self._turned.emit()
        return self._stopped.is_set()

    def _count(self) -> None:
        self._work.ask(outbox.waiting, done=self._counted)

    def _counted(self, seen: outbox.Waiting) -> None:
        self.overview.went_on(self._at_start - seen.operations, self._at_start)

    def _sent(self, done: Round) -> None:
        ended = _("Dihentikan. Yang belum terkirim tetap menunggu. ") if self._stopped.is_set() else ""
        self._end(ended + round_words(done), "done")

    def _not_sent(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self._end(str(error), "late")
        else:
            self._end(_("Pengiriman gagal karena kesalahan aplikasi. Semua catatan tetap menunggu."), "late")
            self._work.failed.emit(error)

    def _end(self, sentence: str, mood: str) -> None:
        at = self._now().astimezone(self._zone)
        self._rounds = [_("Pukul {hour}: {what}").format(hour=f"{at:%H.%M}", what=sentence), *self._rounds][
            :KEPT_ROUNDS
        ]
        self.overview.busy(False)
        self.overview.said.say(sentence, mood)
        self._work.status.emit(sentence)
        self._work.look_again()

    def _stop(self) -> None:
        self._stopped.set()
        self.overview.said.say(_("Berhenti sesudah kiriman yang sedang berjalan ..."), "quiet")

    def _build(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 16, 24, 16)
        page.setSpacing(16)
        heading = QLabel(self.title)
        heading.setProperty("role", "title")
        page.addWidget(heading)
        self.join.setMaximumWidth(560)
        self._joining = FormScroll(self.join)
        self._stack = Faces()
        self._stack.addWidget(self._joining)
        self._stack.addWidget(self.overview)
        page.addWidget(self._stack, 1)
