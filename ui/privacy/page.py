"""Data pribadi: breaches and their clock, how long identities are kept, and who opened one."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desk.drafts import Drafts
from desk.log import Touched
from ui.parts.icons import icon
from ui.privacy.breaches import BreachesPane
from ui.privacy.keeping import KeepingPane
from ui.privacy.openings import OpeningsPane
from ui.work import Work


class PrivacyPage(QWidget):
    """Three tabs, and the way back to the settings."""

    go = Signal(str)

    def __init__(
        self, work: Work, today: Callable[[], dt.date], now: Callable[[], dt.datetime], drafts: Drafts | None
    ) -> None:
        super().__init__()
        self.title = _("Data pribadi")
        self._is_stale = True
        self.breaches = BreachesPane(work, now, drafts)
        self.keeping, self.openings = KeepingPane(work, today, drafts), OpeningsPane(work, today)
        self.tabs, self.stack = QTabBar(), QStackedWidget()
        self._build()
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        turning = QShortcut(QKeySequence("Ctrl+Tab"), self)
        turning.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        turning.activated.connect(lambda: self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % 3))
        self.back.clicked.connect(lambda: self.go.emit("settings"))
        work.changed.connect(self._changed)

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed that would be lost."""
        return self.breaches.is_unsaved or self.keeping.is_unsaved

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while another page was open is asked for again."""
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            for pane in (self.breaches, self.keeping, self.openings):
                pane.reload()
        self.tabs.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever leaves the page leaves nobody's name behind on it."""
        super().hideEvent(event)
        self.breaches.leave_paper()

    def _changed(self, changes: tuple[Touched, ...]) -> None:
        if not self.isVisible():
            self._is_stale = True
            return
        self.breaches.touched(changes)
        self.keeping.touched(changes)

    def _build(self) -> None:
        self.setProperty("surface", "page")
        heading = QLabel(self.title)
        heading.setProperty("role", "title")
        self.back = QPushButton(icon("back"), "")
        self.back.setProperty("kind", "link")
        self.back.setToolTip(_("Kembali ke Pengaturan"))
        self.back.setAccessibleName(_("Kembali ke Pengaturan"))
        self.back.setMinimumWidth(36)
        self.back.setAutoDefault(True)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        for name, pane in (
            (_("Kebocoran data"), self.breaches),
            (_("Lama simpan"), self.keeping),
            (_("Siapa yang membuka"), self.openings),
        ):
            self.tabs.addTab(name)
            self.stack.addWidget(pane)
        top = QHBoxLayout()
        top.setContentsMargins(12, 16, 24, 0)
        top.setSpacing(8)
        top.addWidget(self.back)
        top.addWidget(heading)
        top.addSpacing(16)
        top.addWidget(self.tabs, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
