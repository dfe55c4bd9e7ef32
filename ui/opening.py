"""What stands behind the first window: desk and start page with its real rows; imported after the first paint."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desk.desk import Desk
from desk.foi.queries import Agenda, agenda
from desk.village.queries import Profile, profile
from ui.foi.home import HomePage
from ui.keys import put_keys
from ui.window import Shell
from ui.work import Work


@dataclass(frozen=True)
class Opening:
    """The open desk, with what the window shows first."""

    desk: Desk
    village: Profile | None
    agenda: Agenda

    def home(self, work: Work, today: Callable[[], dt.date]) -> HomePage:
        """Build the start page; on the main thread."""
        return HomePage(work, today, self.agenda)

    def put_keys(self, shell: Shell) -> None:
        """Give the window its keys."""
        put_keys(shell)


def open_desk(folder: Path, now: Callable[[], dt.datetime]) -> Opening:
    """Open the desk and ask what the start page shows.

    Raises:
        DeskError: the folder or the file cannot be used.
    """
    desk, today = Desk(folder, now), now().date()
    return Opening(desk, desk.ask(profile, today), desk.ask(agenda, today))
