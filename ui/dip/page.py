"""The page Daftar Informasi: what is public, and what is exempt from it, under two tabs."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desk.dip.queries import Listed
from desk.log import Touched
from desk.village.queries import Profile, profile
from ui.dip.exempt import ExemptPane
from ui.dip.items import ItemsPane
from ui.work import Work

PUBLIC, EXEMPT = 0, 1
"""The tabs."""


class ListPage(QWidget):
    """Both tabs; a form under the one waits while the other is looked at."""

    go = Signal(str)

    def __init__(self, work: Work, today: Callable[[], dt.date], now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self.title = _("Daftar Informasi")
        self._work, self._today = work, today
        self.items, self.exempt = ItemsPane(work, today), ExemptPane(work, today, now)
        self.tabs, self.stack = QTabBar(), QStackedWidget()
        self._build()
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.exempt.publishing.connect(self._publish)
        for keys, act in (("Ctrl+Tab", self._turn), ("Ctrl+N", self._new)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        work.changed.connect(self._changed)
        self._load()

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed under either tab that would be lost."""
        return self.items.is_unsaved or self.exempt.is_unsaved

    @property
    def pane(self) -> ItemsPane | ExemptPane:
        """What is under the tab that is chosen."""
        return self.items if self.tabs.currentIndex() == PUBLIC else self.exempt

    def show_public(self) -> None:
        """The public list."""
        self.tabs.setCurrentIndex(PUBLIC)

    def show_exempt(self) -> None:
        """What is exempt from it."""
        self.tabs.setCurrentIndex(EXEMPT)

    def _turn(self) -> None:
        self.tabs.setCurrentIndex(1 - self.tabs.currentIndex())
        self.pane.search.setFocus()

    def _new(self) -> None:
        self.pane.leave(self.pane.new)

    def _publish(self, entry: Listed) -> None:
        self.tabs.setCurrentIndex(PUBLIC)
        self.items.publish(entry)

    def _load(self) -> None:
        self._work.ask(profile, self._today(), done=self._show_village)

    def _show_village(self, village: Profile | None) -> None:
        self.exempt.village = village
        if village and village.kind == "kelurahan":
            self.items.holder = _("Sekretaris Kelurahan")

    def _changed(self, touched: tuple[Touched, ...]) -> None:
        if not touched or {"village", "official"} & {row.entity for row in touched}:
            self._load()

    def _build(self) -> None:
        self.setProperty("surface", "page")
        heading = QLabel(self.title)
        heading.setProperty("role", "title")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        for name, pane in ((_("Daftar publik"), self.items), (_("Dikecualikan"), self.exempt)):
            self.tabs.addTab(name)
            self.tabs.setTabToolTip(self.tabs.count() - 1, _("Ctrl+Tab"))
            self.stack.addWidget(pane)
        top = QHBoxLayout()
        top.setContentsMargins(24, 16, 24, 0)
        top.setSpacing(24)
        top.addWidget(heading)
        top.addWidget(self.tabs, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
