"""The first run: five quiet pages, each saved as it is left, each skippable, all of them to be run again."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk.log import Touched
from desk.store import DeskError
from desk.village.queries import Profile, Setup, profile, setup
from ui.parts.scroll import FormScroll
from ui.parts.style import mark
from ui.village.closing import ClosingPage
from ui.village.enter import walk
from ui.village.firstposter import FirstPoster, draw, first_poster
from ui.village.pages import AnyPage, DeskPage, HeadPage, HoursPage, PaperPage, VillagePage
from ui.village.saving import Saver
from ui.village.steps import Steps
from ui.work import Work

TABLES = {"village", "contact", "official", "opening_hours", "printer"}
"""What these pages show."""

ENDS = 5
"""The number of the closing page."""


class Wizard(QWidget):
    """The pages, the line of steps above them and the three buttons that stay in reach below."""

    go = Signal(str)

    def __init__(
        self, work: Work, today: Callable[[], dt.date], now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    ) -> None:
        """Filled with what the desk knows; `now` is printed on the poster at the end, in the village's zone."""
        super().__init__()
        self.title = _("Penyiapan")
        self._work, self._today, self._now = work, today, now
        self._profile: Profile | None = None
        self._saver = Saver(work, self)
        self._turn_from = 0
        self._has_budget = False
        self.filled = False
        mark(self, "surface", "page")
        self.pages: tuple[AnyPage, ...] = (VillagePage(), HeadPage(), DeskPage(), HoursPage(), PaperPage())
        self.closing = ClosingPage(work)
        self.steps = Steps((_("Desa"), _("Kepala Desa"), _("PPID"), _("Jam layanan"), _("Kertas")))
        self._lay_out()
        self._connect()
        self.show_page(0)
        self.reload()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        for page in (*self.pages, self.closing):
            self.stack.addWidget(FormScroll(page))
        self.back, self.skip = QPushButton(_("Kembali")), QPushButton(_("Lewati"))
        self.forward, self.home = QPushButton(_("Lanjut")), QPushButton(_("Buka Beranda"))
        mark(self.forward, "kind", "main")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.back)
        buttons.addStretch()
        for button in (self.skip, self.home, self.forward):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addWidget(self.steps)
        column.addWidget(self.stack, 1)
        column.addLayout(buttons)
        for before, after in ((self.forward, self.skip), (self.skip, self.home), (self.home, self.back)):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.show_page(self.current() - 1))
        self.skip.clicked.connect(lambda: self.show_page(self.current() + 1))
        self.forward.clicked.connect(self.save_and_go_on)
        self.home.clicked.connect(lambda: self.go.emit("home"))
        self.closing.page_wanted.connect(self.show_page)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save_and_go_on)
        shortcut = QShortcut(QKeySequence("Alt+Left"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.back.click)
        for page in self.pages:
            page.submitted.connect(self.forward.setFocus)
        self._saver.saved.connect(self._saved)
        self._saver.refused.connect(self._refused)
        self._work.changed.connect(self._reload_if_touched)

    def current(self) -> int:
        """The number of the page shown, 0 to 5."""
        return self.stack.currentIndex()

    def start_again(self) -> None:
        """From the first page, with what is kept."""
        for page in self.pages:
            page.touched = False
        self.reload()
        self.show_page(0)

    def show_page(self, index: int) -> None:
        """Turn to a page; the closing page is the one after the last."""
        self.stack.setCurrentIndex(index)
        self.steps.show_step(index)
        ends = index == ENDS
        self.back.setVisible(index > 0)
        self.skip.setVisible(not ends)
        self.home.setVisible(ends)
        if ends:
            self.reload()
            self._work.ask(first_poster, self._today(), self._now(), done=self._draw_poster)
        self._name_next_step()
        self._focus_first()

    def save_and_go_on(self) -> None:
        """Save the page and turn it; a fault keeps the page and stands beside its field."""
        if self._saver.busy:
            return
        index = self.current()
        if index == ENDS:
            self.go.emit(self._next_step())
            return
        try:
            commands = self.pages[index].commands(self._today())
        except DeskError:
            return
        self._turn_from = index
        self._saver.save(commands)

    def _saved(self) -> None:
        self.pages[self._turn_from].touched = False
        self.reload()
        self.show_page(self._turn_from + 1)

    def _refused(self, sentence: str) -> None:
        self.pages[self._turn_from].explain(sentence)

    def reload(self) -> None:
        """Ask the desk what it knows."""
        self._work.ask(profile, self._today(), done=self._got_profile)

    def _reload_if_touched(self, changes: tuple[Touched, ...]) -> None:
        if not self._saver.busy and (not changes or any(touched.entity in TABLES for touched in changes)):
            self.reload()

    def _got_profile(self, found: Profile | None) -> None:
        self._profile = found
        if found is None:
            self._work.ask(setup, self._today(), done=self._put)
        else:
            self._put(found)

    def _put(self, known: Setup | Profile) -> None:
        found = self._profile
        head = self.pages[1]
        assert isinstance(head, HeadPage)
        for page in self.pages:
            if not page.touched:
                page.put(known, found)
        head.address_kind(found.kind if found else "desa")
        self.steps.rename(1, found.head_title if found else _("Kepala Desa"))
        self.closing.put(known, found)
        self._name_next_step()
        if not self.filled:
            self.filled = True
            self._focus_first()

    def _draw_poster(self, found: FirstPoster | None) -> None:
        self._has_budget = found is not None and found.kind == "apbdes"
        self._name_next_step()
        if found is None:
            self.closing.preview.hide()
        else:
            self._work.run(draw, found, done=self.closing.show_poster, failed=self.closing.without_poster)

    def _next_step(self) -> str:
        if self._profile is None:
            return "home"
        if self._profile.kind == "kelurahan":
            return "requests"
        return "posters" if self._has_budget else "budget"

    def _name_next_step(self) -> None:
        ends = self.current() == ENDS
        step = self._next_step()
        names = {
            "home": _("Buka Beranda"),
            "requests": _("Catat permohonan pertama"),
            "budget": _("Muat APBDes"),
            "posters": _("Cetak poster"),
        }
        self.forward.setText(names[step] if ends else _("Lanjut"))
        self.home.setVisible(ends and step != "home")

    def _focus_first(self) -> None:
        target = (self.current() < ENDS and self.pages[self.current()].first()) or self.forward
        target.setFocus()
        if isinstance(target, QLineEdit):
            target.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts in the page's first field; who comes back after the end begins again."""
        super().showEvent(event)
        if self.current() == ENDS and not event.spontaneous():
            self.start_again()
        self._focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if not walk(self, event):
            super().keyPressEvent(event)
