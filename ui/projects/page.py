"""The page Kegiatan: what is built this year, and what is planned for the next, under two tabs."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desk.attachments import Attached
from desk.log import Touched
from ui.parts.chip import Note
from ui.parts.fileview import FileView
from ui.projects.pane import ActivitiesPane
from ui.projects.plan import PlanPane
from ui.work import Work

NEWS_BESIDE = 42
"""Page width, in lines of text high, from which what became of an act stands beside the tabs: 1024 at 100 %."""


class ProjectsPage(QWidget):
    """Both tabs, and what became of the last act; a form under the one waits while the other is looked at."""

    go = Signal(str)
    """Another page, by its key."""

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self.title = _("Kegiatan")
        self._work = work
        self._is_own = False
        self.activities, self.plan = ActivitiesPane(work, today), PlanPane(work, today)
        self.tabs, self.stack, self.screens = QTabBar(), QStackedWidget(), QStackedWidget()
        self.undone, self.news = QPushButton(_("Urungkan")), Note("done")
        self.file = FileView(work)
        self._build()
        self._connect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """News stands beside the tabs where there is room, else below them."""
        super().resizeEvent(event)
        is_wide = self.width() >= NEWS_BESIDE * self.fontMetrics().height()
        self._top.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        self._top.setSpacing(16 if is_wide else 4)

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed under either tab that would be lost."""
        return self.activities.is_unsaved or self.plan.is_unsaved

    def open(self, id: bytes) -> None:  # noqa: A002 (the row's own word)
        """Open an activity."""
        self.tabs.setCurrentIndex(0)
        self.activities.open(id)

    def open_new(self) -> None:
        """Open an empty form of the tab that is chosen."""
        if self.tabs.currentIndex() == 0:
            self.activities.open_new()
        else:
            self.plan.open_new()

    def _turn(self) -> None:
        self.tabs.setCurrentIndex(1 - self.tabs.currentIndex())

    def _begun(self, id: bytes) -> None:  # noqa: A002
        """A line of the plan became an activity: show it."""
        self._tell(_("Rencana menjadi kegiatan."), can_undo=True)
        self.open(id)

    def _show_file(self, row: Attached, name: str, facts: str) -> None:
        self.screens.setCurrentWidget(self.file)
        self.file.show_file(row, name, facts)

    def _leave_file(self) -> None:
        self.screens.setCurrentIndex(0)
        self.activities.view.resume()

    def _undo(self) -> None:
        self._work.undo()
        self._tell("", can_undo=False)

    def _tell(self, sentence: str, can_undo: bool) -> None:
        self.news.say(sentence)
        self.undone.setVisible(can_undo)
        self._is_own = can_undo

    def _changed(self, touched: tuple[Touched, ...]) -> None:
        """What came after the act of this page is not turned back from here; a look around alone ends nothing."""
        if not touched:
            return
        if not self._is_own:
            self.undone.hide()
        self._is_own = False

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        for pane in (self.activities, self.plan):
            pane.said.connect(self._tell)
        self.activities.filed.connect(self._show_file)
        self.plan.begun.connect(self._begun)
        self.file.closed.connect(self._leave_file)
        self.undone.clicked.connect(self._undo)
        self._work.changed.connect(self._changed)
        for keys, act in (("Ctrl+Tab", self._turn), ("Ctrl+N", self.open_new)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self) -> None:
        self.setProperty("surface", "page")
        heading = QLabel(self.title)
        heading.setProperty("role", "title")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(self.title)
        for name, pane in ((_("Daftar kegiatan"), self.activities), (_("Rencana (RKP Desa)"), self.plan)):
            self.tabs.addTab(name)
            self.tabs.setTabToolTip(self.tabs.count() - 1, _("Ctrl+Tab"))
            self.stack.addWidget(pane)
        self.undone.setProperty("kind", "link")
        self.undone.hide()
        tabs, told = QHBoxLayout(), QHBoxLayout()
        for row in (tabs, told):
            row.setSpacing(16)
        for part in (heading, self.tabs):
            tabs.addWidget(part)
        tabs.addStretch(1)
        told.addWidget(self.news, 1, Qt.AlignmentFlag.AlignVCenter)
        told.addWidget(self.undone)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setContentsMargins(24, 16, 24, 0)
        self._top.setSpacing(16)
        self._top.addLayout(tabs)
        self._top.addLayout(told, 1)
        both, column, whole = QWidget(), QVBoxLayout(), QVBoxLayout(self)
        both.setLayout(column)
        for box in (column, whole):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(4)
        column.addLayout(self._top)
        column.addWidget(self.stack, 1)
        for screen in (both, self.file):
            self.screens.addWidget(screen)
        whole.addWidget(self.screens)
