"""Writes files with their rows, or drafts, until the power goes; a process of its own, started with `python -m`.

Each order on standard input is one line of JSON; what it does runs in a fork, so that a start costs nothing. It says on
standard output what is surely on the disk, and `dark` on a line of its own once it has ended.
"""

import datetime as dt
import json
import os
import random
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError

from desk import log
from desk.attachments import Attach, Attached, Attachment, Detach, Sweep, attached, needed
from desk.desk import Desk
from desk.drafts import Drafts
from desk.files import Files, Kept, check
from desk.seal import Seal
from desk.store import DeskError, fault_of_the_world
from desk.village.commands import SetContact
from tests.desks import open_desk

NOW = dt.datetime(2026, 11, 22, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=7)))
SEAL = Seal(bytes(32))


def opened(folder: Path) -> tuple[Desk, bytes]:
    """A desk, and the record that files are put to."""
    desk = open_desk(folder, lambda: NOW)
    done = desk.do(SetContact("Jalan Contoh 1", str(random.random())))
    return desk, done.changes[0].row


def say(word: object) -> None:
    """One line in one piece, whoever else writes: under PYTHONUNBUFFERED a print is two writes."""
    os.write(sys.stdout.fileno(), f"{word}\n".encode())


def begin(folder: Path, seed: int) -> None:
    """Put a file on the disk and stop before its row."""
    opened(folder)
    say(Files(folder, SEAL).keep(b"%PDF-" + seed.to_bytes(4), "KTP Siti.pdf", is_sealed=True).address)
    signal.pause()


def attach(folder: Path, seed: int) -> None:
    """One file with its row after another."""
    desk, owner = opened(folder)
    files, dice = Files(folder, SEAL), random.Random(seed)
    while True:
        content = b"%PDF-" + dice.randbytes(dice.randrange(1, 300_000))
        kept = files.keep(content, "KTP Siti.pdf", is_sealed=True)
        desk.do(Attach(files, kept, "contact", owner, "identity", NOW.date()))
        say(kept.address)


def type_(folder: Path, seed: int) -> None:
    """One draft, longer and shorter, again and again."""
    drafts, dice = Drafts(folder, SEAL), random.Random(seed)
    for number in range(10**6):
        words = {"number": str(number), "sought": str(number) * dice.randrange(1, 30_000)}
        drafts.save("foi.request", "a", words, NOW, name="Siti")
        say(number)


def look(folder: Path, days: int) -> None:
    """What stands, what is wrong, and what a sweep some days from now takes."""
    desk, _owner = opened(folder)
    clock = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
    removed = desk.do(Sweep(Files(folder, SEAL), clock)).value
    rows = desk.ask(needed)
    say(json.dumps({
        "rows": [row.address for row in rows],
        "problems": check(folder, rows, SEAL) + desk.ask(log.check),
        "removed": removed,
        "lying": [path.name for path in (folder / "files").glob("*/*")],
    }))  # fmt: skip


def refused(run: Callable[[], object]) -> str:
    """The sentence or the bug something ended in."""
    try:
        run()
    except (DeskError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return "done"


def acts(folder: Path, _seed: int) -> None:
    """Everything the acts of an attached file accept and refuse."""
    desk, owner = opened(folder)
    files, day = Files(folder, SEAL), NOW.date()
    kept = files.keep(b"%PDF-1", "KTP Siti.pdf", is_sealed=True)
    clear = files.keep(b"%PDF-1", "KTP Siti.pdf", is_sealed=False)
    gone = Kept("0" * 64, True, "pdf", 1, b"")

    def put(kept: Kept, owner: bytes = owner, what: str = "identity") -> Callable[[], Any]:
        return lambda: desk.do(Attach(files, kept, "contact", owner, what, day)).value

    told: dict[str, Any] = {
        "no such kind": refused(put(kept, what="x")),
        "no such record": refused(put(kept, owner=b"x")),
        "no such file": refused(put(gone)),
        "not sealed": refused(put(clear)),
    }
    one = put(kept)()
    told["twice"] = put(kept)() == one
    (row,) = desk.ask(attached, "contact", owner)
    told["name"] = files.name_of(row.address, row.name, is_sealed=row.is_sealed)
    told["content"] = files.read(row).decode()
    told["changed"] = refused(lambda: desk.do(_Change(row)))
    told["no reason"] = refused(lambda: desk.do(Detach(one, "x", day)))
    told["detached"] = refused(lambda: desk.do(Detach(one, "mistake", day)))
    told["again"] = refused(lambda: desk.do(Detach(one, "mistake", day)))
    told["left"] = len(desk.ask(attached, "contact", owner))
    told["put back"] = put(kept)() != one
    told["problems"] = desk.ask(log.check)
    held = b"".join(path.read_bytes() for path in folder.glob("desa.db*"))
    told["name in clear"] = b"Siti" in held
    say(json.dumps(told))


class _Change:
    """A hand that would rename an attached file."""

    def __init__(self, row: Attached) -> None:
        self._row = row

    def run(self, session: Any) -> None:
        """Refused by the file itself."""
        held = session.query(Attachment).filter_by(id=self._row.id).one()
        held.what = "photo"
        try:
            session.flush()
        except IntegrityError as error:
            raise fault_of_the_world(error) or ValueError(str(error.orig)) from error


ORDERS: dict[str, Callable[[Path, int], None]] = {
    "begin": begin, "attach": attach, "type": type_, "look": look, "acts": acts,
}  # fmt: skip


def main() -> None:
    """Fork for each order, which says its process's number first, and wait for its end."""
    for line in sys.stdin:
        order, folder, number = json.loads(line)
        child = os.fork()
        if not child:
            say(os.getpid())
            ORDERS[order](Path(folder), number)
            os._exit(0)
        os.waitpid(child, 0)
        say("\ndark")


if __name__ == "__main__":
    main()
