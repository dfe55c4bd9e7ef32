"""A desk in a folder of a test, its key in a file beside it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from desk.desk import Desk
from desk.key import beside, key_file, unlocker


def open_desk(folder: Path, now: Callable[[], dt.datetime]) -> Desk:
    """The desk of a folder; the same folder opens with the same key again."""
    return Desk(folder, now, unlocker([key_file(beside(folder))]))
