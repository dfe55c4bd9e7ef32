"""What stands behind the first window: the start page with its real rows, read before the desk is opened for writing.

Reading two subjects takes a third of the time that opening the desk with all of them takes, and a clerk looks at the
start page meanwhile.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from desk import store
from desk.foi.queries import Agenda, agenda
from desk.village.queries import Place, place
from ui.foi.home import HomePage
from ui.keys import put_keys
from ui.window import Shell
from ui.work import Work


@dataclass(frozen=True)
class Opening:
    """What the window shows first; nothing of it needs the village key."""

    village: Place | None
    agenda: Agenda

    def home(self, work: Work, today: Callable[[], dt.date]) -> HomePage:
        """Build the start page; on the main thread."""
        return HomePage(work, today, self.agenda)

    def put_keys(self, shell: Shell) -> None:
        """Give the window its keys."""
        put_keys(shell)


def look(folder: Path, today: dt.date) -> Opening | None:
    """Read what the start page shows; None where there is no desk yet, or opening it will say what is wrong with it."""
    return store.read_once(folder / "desa.db", partial(see, today=today))


def see(conn: Any, today: dt.date) -> Opening:
    """What the start page shows on a day."""
    return Opening(place(conn), agenda(conn, today))
