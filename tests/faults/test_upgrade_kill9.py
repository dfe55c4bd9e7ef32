"""The power goes while an old folder is upgraded: the next start finishes or begins anew, and nothing is lost."""

import datetime as dt
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

import pytest

from desk.upgrade import COPY
from tests.desks import open_desk
from tests.past.old import faults, unpack

KILLS = int(os.environ.get("MEJA_KILLS", "20"))
"""How often the power goes; MEJA_KILLS=500 is the long form."""

Office = subprocess.Popen[str]


def office() -> Office:
    """A process that opens folders on request."""
    command = [sys.executable, "-m", "tests.faults.upgrader"]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def offices() -> Iterator[tuple[Office, Office]]:
    """Two of them, for two programs at one moment."""
    both = office(), office()
    patience = threading.Timer(120 + 5 * KILLS, lambda: [one.kill() for one in both])
    patience.start()
    yield both
    patience.cancel()
    for one in both:
        assert one.stdin and one.stdout
        one.stdin.close()
        one.wait()
        one.stdout.close()


def begin(one: Office, folder: Path) -> int:
    """Let it open a folder; the process that does, once it has begun."""
    assert one.stdin and one.stdout
    one.stdin.write(f"{folder}\n")
    one.stdin.flush()
    return int(one.stdout.readline())


def end(one: Office) -> list[str]:
    """What it said until it had ended."""
    assert one.stdout
    return list(takewhile(lambda line: line != "dark", (line.strip() for line in one.stdout)))


def cut(number: int) -> None:
    """Kill a process, if it still runs."""
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)


def state_of(folder: Path) -> str:
    """How far a killed upgrade had come, without opening the file: SQLite would repair what it finds."""
    names = {path.name for path in folder.iterdir()}
    if f"desa.db{COPY}" in names:
        return "with its copy"
    return "copying" if any(name.startswith(f"desa.db{COPY}") for name in names) else "before or after"


def test_an_upgrade_may_be_killed_at_any_moment(
    offices: tuple[Office, Office], tmp_path: Path, now: dt.datetime
) -> None:
    seed = int(os.environ.get("MEJA_SEED", str(random.SystemRandom().randrange(2**32))))
    print(f"MEJA_SEED={seed} MEJA_KILLS={KILLS}")
    dice, one, seen = random.Random(seed), offices[0], Counter[str]()
    begin(one, unpack(tmp_path / "ukur"))
    began = time.perf_counter()
    assert end(one) == ["open"]
    whole = time.perf_counter() - began
    folder = unpack(tmp_path / "desa")
    for _kill in range(KILLS):
        number = begin(one, folder)
        power = threading.Timer(dice.uniform(0, whole), cut, (number,))
        power.start()
        finished = end(one)
        power.join()
        seen["finished" if finished else state_of(folder)] += 1
        if finished or dice.random() < 0.5:
            desk = open_desk(folder, lambda: now)
            assert faults(desk) == []
            desk.close()
            shutil.rmtree(folder)
            unpack(folder)
    print(dict(seen))
    assert seen["finished"] < KILLS, "no kill came in time"


def test_two_programs_at_one_moment_make_one_upgrade(
    offices: tuple[Office, Office], tmp_path: Path, now: dt.datetime
) -> None:
    for round_ in range(3):
        folder = unpack(tmp_path / str(round_))
        for one in offices:
            begin(one, folder)
        said = [sentence for one in offices for sentence in end(one)]
        assert len(said) == 2 and "open" in said
        assert all(sentence == "open" or sentence.startswith("Data desa") for sentence in said), said
        desk = open_desk(folder, lambda: now)
        assert faults(desk) == []
        steps = desk.ask(
            lambda conn: conn.exec_driver_sql("SELECT count(*) FROM act WHERE name LIKE 'upgrade.%%'").scalar()
        )
        assert steps == 1
        desk.close()
