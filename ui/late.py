"""What the window is given to be imported after its first paint, as types; nothing here is imported when it runs."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QPushButton, QWidget

from desk.desk import Desk
from desk.drafts import Drafts
from ui.foi.home import HomePage
from ui.opening import Opening
from ui.reminders import Reminders
from ui.rooms import Glance
from ui.work import Work


class Rooms(Protocol):
    """What `ui.rooms` offers."""

    def unlock(self, desk: Desk) -> Drafts:
        """The village key, and what was typed and not saved."""
        ...

    def sweep(self, desk: Desk, now: dt.datetime) -> None:
        """Files no record needs any more."""
        ...

    def build(self, key: str, work: Work, now: Callable[[], dt.datetime], drafts: Drafts | None) -> QWidget:
        """The page of a key."""
        ...

    def remind(self, home: HomePage, work: Work, now: Callable[[], dt.datetime]) -> Reminders:
        """What lets the start page say what else waits."""
        ...

    def glance(self, conn: Any, today: dt.date) -> Glance:
        """Header and status line."""
        ...

    def put_icons(self, buttons: Mapping[str, QPushButton]) -> None:
        """Give the navigation its icons."""
        ...

    def put_words(self, app: QCoreApplication) -> None:
        """Have Qt's own dialogs and menus speak Indonesian."""
        ...

    def listen(self, folder: Path, parent: QObject, called: Callable[[], None]) -> None:
        """Answer a second start on this folder."""
        ...


class Late(Protocol):
    """What `ui.start` offers: each imports what it needs, on the thread that has time for it."""

    def begin_work(self) -> Work:
        """The threads behind the window."""
        ...

    def look(self, folder: Path) -> Opening | None:
        """What the start page shows; None where the desk has to be opened first."""
        ...

    def open_desk(self, folder: Path, clock: Callable[[], dt.datetime]) -> tuple[Desk, Opening]:
        """The desk, and what the start page shows of it."""
        ...

    def load_rooms(self) -> Rooms:
        """The other pages."""
        ...

    def call_first(self, folder: Path) -> None:
        """Raise the window that already stands on a folder."""
        ...

    def report(self, folder: Path, error: BaseException) -> str:
        """Log an error in a folder where it is one of ours; what a person reads of it."""
        ...
