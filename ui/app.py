"""The start: one window a folder, painted first; then the desk, the start page, and what stands behind it.

What is imported here is imported before the first paint; what only names a type is not imported at all.
"""

from __future__ import annotations

import gc
import os
import sys
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLockFile, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from ui.parts.style import ZOOMS, dress, scale
from ui.window import Shell

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from desk.desk import Desk
    from desk.drafts import Drafts
    from ui.foi.home import HomePage
    from ui.late import Late, Rooms
    from ui.opening import Opening
    from ui.reminders import Reminder, Reminders
    from ui.rooms import Glance
    from ui.work import Work

EXIT_AFTER_PAINT = "MEJA_EXIT_AFTER_PAINT"
"""Set to 1, the window closes by itself after its first paint: what start-up benchmarks measure."""

CLOCK_MILLISECONDS = 30_000
"""How often the window looks whether a new day has begun."""

PAINT_MILLISECONDS = 50
"""What the start page gets to be painted in: an import on another thread would take turns with it at every step."""

AHEAD, AHEAD_MILLISECONDS = "requests", 500
"""The page that is built and read before somebody asks for it, and how long the start page is left alone first."""

NAMING = ("requests", "objections", "privacy")
"""Pages that show or take identities: they want the village key."""


def application() -> QApplication:
    """Qt's application object; on a screen it cannot reach Qt ends the process here."""
    made = QApplication(sys.argv[:1])
    made.setApplicationName("meja-desa")
    return made


def run(app: QApplication, folder: Path, now: Callable[[], dt.datetime], late: Late) -> int:
    """Open the window on a data folder and stay until it is closed; the exit status."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(folder / "meja.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        late.call_first(folder)
        return 0
    start = Start(app, folder, now, late)
    start.shell.show()
    status = app.exec()
    lock.unlock()
    return status


class Start:
    """From the first paint to a window that works; holds what lives as long as the program."""

    def __init__(self, app: QApplication, folder: Path, now: Callable[[], dt.datetime], late: Late) -> None:
        # Imports make tens of thousands of objects and none of them is garbage: collecting waits until they stand.
        gc.disable()
        self._app, self._folder, self._now, self._late = app, folder, now, late
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self._zoom = _known_zoom(self._settings.value("zoom"))
        dress(app, self._zoom)
        self.shell = Shell()
        self._wanted = "home"
        self._work: Work | None = None
        self._opening: Opening | None = None
        self._home: HomePage | None = None
        self._rooms: Rooms | None = None
        self._drafts: Drafts | None = None
        self._reminders: Reminders | None = None
        self._is_locked = False
        """The village key is not on this PC: pages that name people lead to the page of the key."""
        self.shell.painted.connect(self._after_paint)
        self.shell.closing.connect(self._close)
        self.shell.zoomed.connect(self._change_zoom)

    @property
    def work(self) -> Work:
        """The threads behind the window; they are born after its first paint."""
        if self._work is None:
            raise RuntimeError("the window has not been painted yet")
        return self._work

    @property
    def is_ready(self) -> bool:
        """Whether every page can be visited."""
        return self._rooms is not None and (self._drafts is not None or self._is_locked)

    def _after_paint(self) -> None:
        if os.environ.get(EXIT_AFTER_PAINT) == "1":
            QTimer.singleShot(0, self.shell.close)
        else:
            QTimer.singleShot(0, self._open)

    def _open(self) -> None:
        sys.excepthook = self._unexpected
        self._work = self._late.begin_work()
        self.work.failed.connect(self._failed)
        self.work.prepare(lambda: self._late.look(self._folder), self._looked)

    def _looked(self, opening: Opening | None) -> None:
        """The start page stands before the desk is opened for writing; an empty folder has none to show yet."""
        if opening is not None:
            self._show_home(opening)
        QTimer.singleShot(
            PAINT_MILLISECONDS,
            lambda: self.work.prepare(lambda: self._late.open_desk(self._folder, self._now), self._opened),
        )

    def _show_home(self, opening: Opening) -> None:
        """The start page with its rows, and the window's keys."""
        self._opening = opening
        self.shell.show_village(opening.village)
        self._home = home = opening.home(self.work, lambda: self._now().date())
        home.opened.connect(self._open_request)
        home.wanted.connect(self._new_request)
        home.go.connect(self.turn)
        home.followed.connect(self._follow)
        self.shell.put_page("home", home)
        self.shell.show_page("home")
        opening.put_keys(self.shell)
        self.shell.fit()
        self.shell.chosen.connect(self.turn)
        self.shell.searched.connect(self._search)
        self.shell.undone.connect(self.work.undo)
        self.shell.added.connect(self._new_request)

    def _opened(self, opened: tuple[Desk, Opening]) -> None:
        """The desk is open for writing; where the start page stands already, it takes the rows as they are now."""
        desk, opening = opened
        self.work.take(desk)
        if self._home is None:
            self._show_home(opening)
        else:
            self._home.show_agenda(opening.agenda)
        self.shell.say(_("Siap"))
        QTimer.singleShot(PAINT_MILLISECONDS, lambda: self.work.prepare(self._late.load_rooms, self._furnish))

    def _furnish(self, rooms: Rooms) -> None:
        """The other pages can be built from now on; an empty desk begins with the first run."""
        gc.enable()
        self._rooms = rooms
        rooms.put_words(self._app)
        rooms.put_icons(self.shell.buttons)
        rooms.listen(self._folder, self.shell, self._raise)
        self.work.changed.connect(self._look)
        self.work.saved.connect(lambda: self.shell.say(_("Tersimpan")))
        self.work.undone.connect(lambda: self.shell.say(_("Diurungkan")))
        self.work.waiting.connect(self._is_saving)
        self.work.status.connect(self.shell.say)
        self._look()
        self._day = self._now().date()
        self._clock = QTimer(self.shell, interval=CLOCK_MILLISECONDS)
        self._clock.timeout.connect(self._see_the_day)
        self._clock.start()
        self.work.read_ahead()
        self._unlock()

    def _unlock(self) -> None:
        """Fetch the village key, or make a new desk's."""
        assert self._rooms is not None
        self.work.prepare(partial(self._rooms.unlock, self.work.desk), self._unlocked, self._locked)

    def _locked(self, error: Exception) -> None:
        """The key is lost: the way back to it is what the window shows, never an empty desk."""
        self._is_locked = True
        self.shell.say(self._late.report(self._folder, error))
        self._remind()
        self.turn("key")

    def _unlocked(self, drafts: Drafts) -> None:
        """Every page may be visited now."""
        self._drafts, self._is_locked = drafts, False
        if self._opening is not None and self._opening.village is None:
            self.turn("wizard")
        elif self._wanted != "home":
            self.turn(self._wanted)
        self._remind()
        self._sweep()
        QTimer.singleShot(AHEAD_MILLISECONDS, self.shell, self._build_ahead)

    def _build_ahead(self) -> None:
        """The page a clerk goes to first is built and read while the start page is being looked at."""
        is_known = self._opening is not None and self._opening.village is not None
        if is_known and not self._is_locked and self.shell.isVisible():
            self._page(AHEAD).read_ahead()

    def _sweep(self) -> None:
        """Once a day, behind whatever waits to be saved: a file no record needs is removed a week later."""
        if self._rooms is not None and self._drafts is not None:
            self.work.prepare(partial(self._rooms.sweep, self.work.desk, self._now()), lambda _done: None)

    def turn(self, key: str) -> None:
        """Show a page; it is built when somebody first goes there."""
        if self._is_locked and key in NAMING:
            key = "key"
        self._wanted = key
        if key not in self.shell.pages and not self.is_ready:
            return
        page = self._page(key)
        self.shell.show_page(key)
        focused = QApplication.focusWidget()
        if focused is None or not page.isAncestorOf(focused):
            # The keys of a page are heard only where the keyboard is in it.
            page.setFocus()

    def _page(self, key: str) -> Any:
        """The page of a key; it is built when somebody first wants it."""
        if key not in self.shell.pages:
            assert self._rooms is not None
            page: Any = self._rooms.build(key, self.work, self._now, self._drafts)
            ways = {
                "go": self.turn, "restored": self._unlock, "opened_request": self._open_request,
                "objected": self._new_objection, "unbalanced": self._show_closing,
            }  # fmt: skip
            for name, way in ways.items():
                if hasattr(page, name):
                    getattr(page, name).connect(way)
            self.shell.put_page(key, page)
        return self.shell.pages[key]

    def _follow(self, reminder: Reminder) -> None:
        """Go where a line of the start page leads."""
        if page := self._visit(reminder.page):
            reminder.show(page)

    def _remind(self) -> None:
        """Let the start page say what else waits."""
        if self._rooms is not None and self._home is not None:
            if self._reminders is None:
                self._reminders = self._rooms.remind(self._home, self.work, self._now)
            self._reminders.begin(self._drafts)

    def _visit(self, key: str) -> Any:
        """The page of a key, shown; None while pages cannot be built yet."""
        self.turn(key)
        return self.shell.pages.get(key)

    def _open_request(self, request: bytes) -> None:
        if page := self._visit("requests"):
            page.open(request)

    def _show_closing(self, year: int) -> None:
        if page := self._visit("budget"):
            page.show_closing(year)

    def _new_objection(self, request: bytes) -> None:
        if page := self._visit("objections"):
            page.new(request)

    def _new_request(self) -> None:
        if page := self._visit("requests"):
            page.new()

    def _search(self, words: str) -> None:
        if page := self._visit("requests"):
            page.seek(words)
            self.shell.leave_search()

    def _look(self, _changes: object = None) -> None:
        if self._rooms is not None:
            self.work.ask(self._rooms.glance, self._now().date(), done=self._glanced)

    def _see_the_day(self) -> None:
        """A window left open over midnight shows the new day: days left are counted again."""
        today = self._now().date()
        if today != self._day:
            self._day = today
            self.work.look_again()
            self._sweep()

    def _glanced(self, seen: Glance) -> None:
        self.shell.show_village(seen.village)
        self.shell.show_line(seen.line)

    def _is_saving(self, busy: bool) -> None:
        self.shell.say(_("Menyimpan ...") if busy else _("Belum tersimpan"))

    def _change_zoom(self, step: int) -> None:
        place = ZOOMS.index(self._zoom) + step
        self._zoom = ZOOMS[max(0, min(place, len(ZOOMS) - 1))] if step else ZOOMS[0]
        self._settings.setValue("zoom", self._zoom)
        scale(self._app, self._zoom)

    def _failed(self, error: Exception) -> None:
        """An error nobody took: said until it is put away, or instead of the start page."""
        sentence = self._late.report(self._folder, error)
        if self._opening is None:
            self.shell.refuse(sentence)
        else:
            self.shell.warn(sentence)

    def _unexpected(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A bug: logged, told in one calm sentence; the window stays and so does what was typed."""
        self.shell.warn(self._late.report(self._folder, error))

    def _raise(self) -> None:
        """Somebody started the program a second time: this is the window."""
        self.shell.showNormal()
        self.shell.raise_()
        self.shell.activateWindow()

    def _close(self) -> None:
        if self._work is not None:
            self._work.close()


def _known_zoom(kept: object) -> int:
    return next((zoom for zoom in ZOOMS if str(zoom) == str(kept)), ZOOMS[0])
