"""Opens old folders until the power goes; a process of its own, started with `python -m`.

Each line on standard input names a folder; it is opened in a fork, so that a start costs nothing. Standard output gets
the number of the fork when it begins, `open` or its sentence, and `dark` once it has ended.
"""

import datetime as dt
import os
import sys
from pathlib import Path

from desk.errors import DeskError
from tests.desks import open_desk

NOW = dt.datetime(2026, 11, 22, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def say(word: object) -> None:
    """One line in one piece, whoever else writes."""
    os.write(sys.stdout.fileno(), f"{word}\n".encode())


def start(folder: Path) -> None:
    """What a program does with a folder when it starts."""
    say(os.getpid())
    try:
        open_desk(folder, lambda: NOW).close()
        say("open")
    except DeskError as error:
        say(error)


def main() -> None:
    """One fork for each line."""
    for line in sys.stdin:
        fork = os.fork()
        if not fork:
            start(Path(line.strip()))
            os._exit(0)
        os.waitpid(fork, 0)
        say("dark")


main()
