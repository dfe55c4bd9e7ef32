"""The power goes while a clerk saves: whatever the window called saved is there at the next start."""

import os
import random
import re
import signal
import subprocess
import sys
import threading
from itertools import takewhile
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from desk import log
from desk.foi.tables import Applicant, Request, RequestEvent
from tests.desks import open_desk

LABEL = re.compile(r"\d{3,}/PI/A/\d{4}")
"""A register number as the window shows it; the power may cut the last one short."""
KILLS = int(os.environ.get("MEJA_KILLS", "25"))
"""How often the power goes; MEJA_KILLS=1000 is the long form."""


def contents(conn: Connection) -> tuple[set[str], list[int], list[bytes], list[bytes], list[bytes]]:
    """Labels and numbers of all requests, their ids, and those that applicants and first events belong to."""
    labels = set(conn.scalars(select(Request.label)))
    numbers = list(conn.scalars(select(Request.number).order_by(Request.number)))
    ids = sorted(conn.scalars(select(Request.id)))
    people = sorted(conn.scalars(select(Applicant.request)))
    events = sorted(conn.scalars(select(RequestEvent.request).where(RequestEvent.kind == "registered")))
    return labels, numbers, ids, people, events


@pytest.fixture
def office():
    """A process that opens a window with a clerk at it on request."""
    command = [sys.executable, str(Path(__file__).with_name("clerk.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        patience = threading.Timer(60 + 10 * KILLS, process.kill)
        patience.start()
        yield process
        patience.cancel()
        process.stdin.close()


def work_until_the_power_goes(office, folder: Path, dice: random.Random) -> list[str]:
    """Open a window, kill it at a moment nobody chose, and answer the numbers it had called saved by then."""
    office.stdin.write(f"{folder}\t{dice.randrange(2**32)}\n")
    office.stdin.flush()
    window = int(office.stdout.readline())
    first = office.stdout.readline().strip()
    assert first, "the window never called a request saved"
    threading.Timer(dice.uniform(0, 0.15), os.kill, (window, signal.SIGKILL)).start()
    return [first, *takewhile(lambda line: line != "dark", (line.strip() for line in office.stdout))]


def test_every_request_called_saved_survives_the_power_going(office, tmp_path, now):
    seed = int(os.environ.get("MEJA_SEED", str(random.SystemRandom().randrange(2**32))))
    print(f"MEJA_SEED={seed} MEJA_KILLS={KILLS}")
    dice = random.Random(seed)
    saved: set[str] = set()
    for kill in range(1, KILLS + 1):
        told = work_until_the_power_goes(office, tmp_path / "desa", dice)
        saved.update(label for label in told if LABEL.fullmatch(label))
        desk = open_desk(tmp_path / "desa", lambda: now)
        labels, numbers, ids, people, events = desk.ask(contents)
        assert saved <= labels, "a request called saved is gone"
        assert len(labels) - len(saved) <= kill, "more than one unconfirmed request per power cut"
        assert numbers == list(range(1, len(ids) + 1)), "the register has a gap"
        assert people == events == ids, "half a request"
        assert desk.ask(log.check) == []
        desk.close()
    assert len(saved) >= KILLS
