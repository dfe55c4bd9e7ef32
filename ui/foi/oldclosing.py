"""What came from the old register without a decision: a group of its own, looked through and closed in one act."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from desk.dates import short_date
from desk.desk import Done
from desk.foi.endings import CloseOld
from desk.foi.life import SHORTEST_REASON, WRITE_REASON
from desk.foi.queries import Line, old_open
from desk.store import DeskError
from ui.parts.chip import Note
from ui.parts.field import Field, TextEdit
from ui.parts.scroll import FormScroll
from ui.work import Work

SMALLEST = 160
"""Pixels the list keeps where the window is low: five rows."""

WIDTH = 640
"""Widest the reason gets, pixels: longer lines are hard to read."""


class OldClosingPanel(QWidget):
    """Every such request with a tick, the reason once, and one button."""

    closed = Signal()
    opened = Signal(bytes)
    """A request of the list is wanted, to be answered after all."""

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._work, self._today = work, today
        self._is_saving = False
        self.words, self.note = QLabel(), Note("late")
        self.list, self.reason = QListWidget(), TextEdit(2)
        self.field = Field(
            _("&Alasan menutup"), self.reason, _("Misalnya: buku register tidak mencatat keputusannya, arsip dicari.")
        )
        self.every, self.none = QPushButton(_("Tandai se&mua")), QPushButton(_("&Hapus tanda"))
        self.save, self.back = QPushButton(), QPushButton(_("Kembali"))
        self._build()
        self._connect()

    def start(self) -> None:
        """Ask for the list; none is ticked."""
        self._is_saving = False
        self.note.say("")
        self.reason.setPlainText("")
        self._load()
        self.list.setFocus()

    def ticked(self) -> tuple[bytes, ...]:
        """The requests that are ticked."""
        rows = (self.list.item(row) for row in range(self.list.count()))
        return tuple(row.data(Qt.ItemDataRole.UserRole) for row in rows if row.checkState() == Qt.CheckState.Checked)

    def submit(self) -> None:
        """Close what is ticked."""
        if self._is_saving:
            return
        reason = self.reason.text()
        self.field.explain("" if len(reason.strip()) >= SHORTEST_REASON else WRITE_REASON)
        if self.field.fault():
            self.reason.setFocus()
            return
        self._is_saving = True
        self._work.do(CloseOld(self.ticked(), self._today(), reason), done=self._saved, failed=self._refused)

    def _load(self) -> None:
        self._work.ask(old_open, self._today(), done=self._show)

    def _show(self, lines: tuple[Line, ...]) -> None:
        self.list.clear()
        for line in lines:
            came = _("diterima {day}").format(day=short_date(line.received))
            row = QListWidgetItem(" · ".join((line.label, came, " ".join(line.sought.split()))))
            row.setData(Qt.ItemDataRole.UserRole, line.id)
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(row)
        if lines:
            self.list.setCurrentRow(0)
        said = _(
            "{count} permohonan dari register lama tanpa keputusan. Yang ditandai ditutup dengan satu alasan; tidak "
            "ada jawaban yang dicatat. Yang tidak ditandai tetap terbuka: klik dua kali untuk membuka dan menjawabnya."
        )
        self.words.setText(
            said.format(count=len(lines)) if lines else _("Tidak ada lagi yang terbuka dari register lama.")
        )
        for part in (self.list, self.field, self.every, self.none, self.save):
            part.setVisible(bool(lines))
        self._count()

    def _count(self) -> None:
        count = len(self.ticked())
        self.save.setText(_("&Tutup {count} permohonan").format(count=count) if count else _("&Tutup yang ditandai"))
        self.save.setEnabled(count > 0)

    def _tick(self, state: Qt.CheckState) -> None:
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(state)
        self.list.blockSignals(False)
        self._count()

    def _saved(self, done: Done[int]) -> None:
        self._is_saving = False
        self.reason.setPlainText("")
        self.note.say(_("{count} permohonan ditutup dari register lama.").format(count=done.value), "done")
        self._load()
        self.back.setFocus()

    def _refused(self, error: Exception) -> None:
        self._is_saving = False
        if not isinstance(error, DeskError):
            self._work.failed.emit(error)
        self.note.say(str(error) if isinstance(error, DeskError) else _("Belum tersimpan."), "late")

    def _connect(self) -> None:
        self.every.clicked.connect(lambda: self._tick(Qt.CheckState.Checked))
        self.none.clicked.connect(lambda: self._tick(Qt.CheckState.Unchecked))
        self.save.clicked.connect(self.submit)
        self.back.clicked.connect(self.closed)
        self.list.itemChanged.connect(lambda _row: self._count())
        self.list.itemDoubleClicked.connect(lambda row: self.opened.emit(row.data(Qt.ItemDataRole.UserRole)))
        for key, act in (("Ctrl+Return", self.submit), ("Ctrl+Enter", self.submit), ("Esc", self.closed.emit)):
            QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self) -> None:
        heading = QLabel(_("Dari register lama"))
        heading.setProperty("role", "title")
        self.words.setWordWrap(True)
        self.list.setAccessibleName(_("Permohonan dari register lama tanpa keputusan"))
        self.list.setMinimumHeight(SMALLEST)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.field.setMaximumWidth(WIDTH)
        self.save.setProperty("kind", "main")
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 16, 8)
        column.setSpacing(12)
        ticks = QHBoxLayout()
        for button in (self.every, self.none):
            ticks.addWidget(button)
        ticks.addStretch(1)
        column.addWidget(self.words)
        column.addLayout(ticks)
        column.addWidget(self.list, 1)
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.back, self.save):
            button.setAutoDefault(True)
            row.addWidget(button)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 16, 24, 16)
        page.setSpacing(12)
        page.addWidget(heading)
        page.addWidget(FormScroll(sheet), 1)
        page.addWidget(self.note)
        page.addLayout(row)
