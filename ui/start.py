"""The door to the program: `meja` opens the window, `meja COMMAND` runs a command; without a screen it says why.

The imports inside the functions here are the only late ones of the program. Each line that opens the window costs the
person waiting time: SQLAlchemy alone takes longer to import than Qt takes to paint (`tests/speed/startup.py`). So the
shell is painted with Qt alone, and what stands behind it is imported on a worker thread afterwards.
"""

from __future__ import annotations

import builtins
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from ui.folder import data_folder

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from desk.desk import Desk
    from desk.seal import Seal
    from ui.late import Late, Rooms
    from ui.opening import Opening
    from ui.work import Work

OPEN_WORKBOOK = "--open-workbook"
"""What `desk.exchange.sheet` starts a frozen build with, see `desk.exchange.child`."""

DEMO = ["demo", "--out", "demo"]
"""What runs where there is no window to open."""


def main() -> int:
    """Open the window or run the command; the exit status."""
    arguments = sys.argv[1:]
    if arguments[:1] == [OPEN_WORKBOOK]:
        return _open_workbook()
    chosen, is_window = window_wanted(arguments)
    if not is_window:
        return _command(arguments)
    try:
        import_qt()
        from ui import app, display
    except ImportError as error:
        return _demo(error)
    if display.is_obstructed():
        return _demo(None)
    with display.fatal_messages(_demo_instead):
        application = app.application()
    late: Late = sys.modules[__name__]
    return app.run(application, data_folder(chosen), now, late)


def window_wanted(arguments: list[str]) -> tuple[str | None, bool]:
    """The data folder named, and whether the arguments ask for the window: none at all, or only `--data DIR`."""
    match arguments:
        case []:
            return None, True
        case ["--data", folder]:
            return folder, True
        case [only] if only.startswith("--data="):
            return only.removeprefix("--data="), True
    return None, False


def import_qt() -> None:
    """Import Qt, and take back Python's own `import`, which PySide replaces.

    Its own reads the source of every module imported from then on, looking for spellings of Qt's names that are not
    used here (`shibokensupport.feature`): four hundred files from a slow disk, a tenth of the start page's time.

    Raises:
        ImportError: Qt cannot be loaded on this computer.
    """
    plain = builtins.__import__
    import PySide6.QtWidgets  # noqa: F401

    builtins.__import__ = plain


def now() -> dt.datetime:
    """The PC's clock; it is not looked at before the first paint."""
    from ui import clock

    return clock.now()


def begin_work() -> Work:
    """The threads behind the window, once it has been painted."""
    from ui.work import Work

    return Work()


def look(folder: Path) -> Opening | None:
    """Import and read what the start page shows; called on a worker thread after the first paint."""
    from ui import opening

    return opening.look(folder, now().date())


def open_desk(folder: Path, clock: Callable[[], dt.datetime]) -> tuple[Desk, Opening]:
    """Import and open the desk; called on a worker thread once the start page stands, or where there is none yet."""
    from desk.desk import Desk
    from ui import opening

    desk, today = Desk(folder, clock, lambda check: _unlock(folder, check)), clock().date()
    return desk, desk.ask(opening.see, today)


def _unlock(folder: Path, check: bytes | None) -> Seal:
    """The village key; its libraries are imported when the first identity is sealed or opened."""
    from desk import key

    return key.unlocker(key.stores(key.beside(folder)))(check)


def load_rooms() -> Rooms:
    """Import the other pages; called on a worker thread once the start page stands."""
    from ui import rooms

    return rooms


def call_first(folder: Path) -> None:
    """Raise the window that already stands on this folder; only a second start needs it."""
    from ui import instance

    instance.call_first(folder)


def report(folder: Path, error: BaseException) -> str:
    """What a person reads of an error; its words come with the desk, so they are imported when one happens."""
    from ui import errors

    return errors.report(folder, error)


def _open_workbook() -> int:
    """A frozen build's way to open a spreadsheet in a process of its own."""
    from desk.exchange.child import main as open_workbook

    return open_workbook()


def _command(arguments: list[str]) -> int:
    from ui.cli import main as run_command

    return run_command(arguments)


def _demo(error: ImportError | None) -> int:
    """Say what is missing and do the whole job without a window."""
    from ui import obstacles

    print(obstacles.sentence(error), file=sys.stderr)
    return _command(DEMO)


def _demo_instead(reason: str) -> NoReturn:
    """Qt is about to abort this process: become the demo instead."""
    from ui import obstacles

    print(reason, obstacles.instead(), file=sys.stderr, flush=True)
    run_demo = "import sys; from ui.cli import main; sys.exit(main(sys.argv[1:]))"
    os.execv(sys.executable, [sys.executable, "-c", run_demo, *DEMO])


if __name__ == "__main__":
    sys.exit(main())
