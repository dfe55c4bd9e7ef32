"""The power goes while a clerk saves: whatever the window called saved is there at the next start."""

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from desk import log
from desk.desk import Desk
from desk.foi.tables import Applicant, Request, RequestEvent

CLERK = Path(__file__).with_name("clerk.py")
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


def work_until_the_power_goes(folder: Path, dice: random.Random) -> list[str]:
    """Start a clerk, kill it at a moment nobody chose, and answer what it was told is saved."""
    clerk = subprocess.Popen(
        [sys.executable, str(CLERK), str(folder), str(dice.randrange(2**32))], stdout=subprocess.PIPE, text=True
    )
    assert clerk.stdout is not None
    patience = threading.Timer(60, clerk.kill)
    patience.start()
    with clerk.stdout as said:
        first = said.readline()
        patience.cancel()
        assert first, "the window never called a request saved"
        with pytest.raises(subprocess.TimeoutExpired):
            clerk.wait(timeout=dice.uniform(0, 0.12))
        os.kill(clerk.pid, signal.SIGKILL)
        lines = [first, *said.readlines()]
    assert clerk.wait() == -signal.SIGKILL
    return [line.strip() for line in lines if line.endswith("\n")]


def test_every_request_called_saved_survives_the_power_going(tmp_path, now):
    seed = int(os.environ.get("MEJA_SEED", str(random.SystemRandom().randrange(2**32))))
    print(f"MEJA_SEED={seed} MEJA_KILLS={KILLS}")
    dice = random.Random(seed)
    saved: set[str] = set()
    for kill in range(1, KILLS + 1):
        saved.update(work_until_the_power_goes(tmp_path / "desa", dice))
        desk = Desk(tmp_path / "desa", lambda: now)
        labels, numbers, ids, people, events = desk.ask(contents)
        assert saved <= labels, "a request called saved is gone"
        assert len(labels) - len(saved) <= kill, "more than one unconfirmed request per power cut"
        assert numbers == list(range(1, len(ids) + 1)), "the register has a gap"
        assert people == events == ids, "half a request"
        assert desk.ask(log.check) == []
        desk.close()
    assert len(saved) >= KILLS
