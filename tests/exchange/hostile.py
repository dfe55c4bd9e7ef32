"""Reads every file of a folder into a desk, and tells what it cost: run as a process of its own, one JSON line a file.

    python -m tests.exchange.hostile FOLDER

`grown` is how far the peak of this process rose since it had read one small table, `child` the peak of the other
process, both in MiB; `refused` is the sentence, "" where the file was loaded; `same` whether the database stayed.
"""

import hashlib
import json
import sqlite3
import sys
import time
from pathlib import Path

import psutil

from desk.exchange.apbdes import import_budget
from desk.store import DeskError
from tests.desks import open_desk
from ui.clock import now

if sys.platform != "win32":
    import resource

MIB = 2**20


def peak() -> int:
    """The most memory this process ever held, in bytes."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def children() -> int:
    """The most memory one of the ended children held, in bytes."""
    if sys.platform == "win32":
        return 0
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def told(database: Path) -> str:
    """A digest of every row of the database, its log among them."""
    with sqlite3.connect(database) as connection:
        digest = hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()
    connection.close()
    return digest


def main(folder: Path) -> None:
    """Read a small table to have everything imported, then the others."""
    desk = open_desk(folder / "data" / "desk", now)
    database = folder / "data" / "desk" / "desa.db"
    import_budget(desk, folder / "kecil.xlsx", 2023)
    before = told(database)
    began_with = peak()
    for path in sorted(p for p in folder.iterdir() if p.is_file() and p.stem != "kecil"):
        began, refused = time.monotonic(), ""
        try:
            import_budget(desk, path, 2024, dry_run=True)
        except DeskError as error:
            refused = str(error)
        seconds = time.monotonic() - began
        grown, child = (peak() - began_with) / MIB, children() / MIB
        answer = {"name": path.name, "seconds": seconds, "grown": grown, "child": child, "refused": refused}
        print(json.dumps(answer | {"same": told(database) == before}), flush=True)
    desk.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
