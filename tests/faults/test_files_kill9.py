"""The power goes while files and drafts are written, and the disk fills: nothing half, nothing lost that was there."""

import datetime as dt
import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from desk.drafts import Drafts
from desk.files import Files
from desk.seal import Seal
from desk.store import DeskError

KILLS = int(os.environ.get("MEJA_KILLS", "25"))
"""How often the power goes; MEJA_KILLS=1000 is the long form."""
SEAL = Seal(bytes(32))
Order = Callable[[str, Path, int], Iterator[str]]


@pytest.fixture
def order() -> Iterator[Order]:
    """Give an order to a process of its own; first comes its number, then what it says until it ends."""
    command = [sys.executable, "-m", "tests.faults.attacher"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        into, out = process.stdin, process.stdout
        patience = threading.Timer(60 + 5 * KILLS, process.kill)
        patience.start()

        def give(name: str, folder: Path, number: int) -> Iterator[str]:
            into.write(json.dumps([name, str(folder), number]) + "\n")
            into.flush()
            return takewhile(lambda line: line != "dark", (line.strip() for line in out))

        yield give
        patience.cancel()
        into.close()


@pytest.fixture
def dice() -> random.Random:
    """Moments nobody chose; MEJA_SEED chooses them again."""
    seed = int(os.environ.get("MEJA_SEED", str(random.SystemRandom().randrange(2**32))))
    print(f"MEJA_SEED={seed} MEJA_KILLS={KILLS}")
    return random.Random(seed)


def until_the_power_goes(said: Iterator[str], seconds: float) -> list[str]:
    """Kill what gives these lines some time after its first; the lines it got out, the last perhaps cut short."""
    process, first = int(next(said)), next(said)
    threading.Timer(seconds, os.kill, (process, signal.SIGKILL)).start()
    return [first, *(line for line in said if line)]


def answer(said: Iterator[str]) -> dict[str, Any]:
    """The JSON an order answers with."""
    next(said)
    told: dict[str, Any] = json.loads(next(said))
    list(said)
    return told


def test_a_file_without_its_row_waits_a_week_and_is_swept(order: Order, tmp_path: Path) -> None:
    address = until_the_power_goes(order("begin", tmp_path, 1), 0)[0]
    soon, later = (answer(order("look", tmp_path, days)) for days in (6, 8))
    assert soon == {"rows": [], "problems": [], "removed": [], "lying": [address]}
    assert later == {"rows": [], "problems": [], "removed": [address], "lying": []}


def test_every_row_has_its_whole_file_whenever_the_power_goes(
    order: Order, tmp_path: Path, dice: random.Random
) -> None:
    called_kept: set[str] = set()
    for kill in range(1, KILLS + 1):
        told = until_the_power_goes(order("attach", tmp_path, dice.randrange(2**32)), dice.uniform(0, 0.05))
        called_kept.update(line for line in told if len(line) == 64)
        seen = answer(order("look", tmp_path, 0))
        assert seen["problems"] == [] and seen["removed"] == []
        assert called_kept <= set(seen["rows"]) <= set(seen["lying"])
        assert len(set(seen["lying"]) - set(seen["rows"])) <= kill, "more than one file without a row per power cut"
    swept = answer(order("look", tmp_path, 8))
    assert sorted(swept["lying"]) == sorted(set(swept["rows"])) and swept["problems"] == []
    assert called_kept <= set(swept["rows"]) and len(called_kept) >= KILLS


def test_what_was_typed_is_there_whenever_the_power_goes(order: Order, tmp_path: Path, dice: random.Random) -> None:
    for _ in range(KILLS):
        told = until_the_power_goes(order("type", tmp_path, dice.randrange(2**32)), dice.uniform(0, 0.03))
        found = Drafts(tmp_path, SEAL).found()
        (draft,) = found.drafts
        number = draft.fields["number"]
        assert found.troubles == () and set(draft.fields["sought"].split(number)) == {""}
        assert 0 <= int(number) - (len(told) - 1) <= 1
        assert len(list((tmp_path / "drafts").iterdir())) == 1


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process grows beyond this: the kernel answers as a full disk does, in the middle of a write."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("room", [0, 1, 4095, 4096, 50_000, 99_999])
def test_a_full_disk_is_said_and_leaves_nothing_half(tmp_path: Path, room: int, now: dt.datetime) -> None:
    files, drafts = Files(tmp_path, SEAL), Drafts(tmp_path, SEAL)
    content = b"%PDF-" + bytes(100_000)
    drafts.save("foi.request", "a", {"sought": "dulu"}, now)
    with room_for(room):
        for is_sealed in (True, False):
            with pytest.raises(DeskError, match="Disk penuh"):
                files.keep(content, "a.pdf", is_sealed=is_sealed)
        with pytest.raises(DeskError, match="Disk penuh"):
            drafts.save("foi.request", "a", {"sought": "x" * 100_000}, now)
    (draft,) = drafts.found().drafts
    assert draft.fields == {"sought": "dulu"}
    assert [path.parent.name for path in tmp_path.rglob("*") if path.is_file()] == ["drafts"]
    assert files.read(files.keep(content, "a.pdf", is_sealed=True)) == content


def test_the_acts_of_an_attached_file_refuse_what_would_lose_it(order: Order, tmp_path: Path) -> None:
    told = answer(order("acts", tmp_path, 0))
    assert "Pilih dulu jenis lampirannya" in told["no such kind"]
    assert "Catatan untuk lampiran ini tidak ada" in told["no such record"]
    assert "Pilih lagi berkasnya" in told["no such file"]
    assert told["not sealed"] == "ValueError: a file of contact is sealed"
    assert (told["name"], told["content"]) == ("KTP Siti.pdf", "%PDF-1")
    assert told["changed"] == "ValueError: hanya bertambah"
    assert "alasan melepas" in told["no reason"]
    assert told["detached"] == "done" and "sudah dilepas" in told["again"] and told["left"] == 0
    assert told["twice"] is True and told["put back"] is True
    assert told["problems"] == [] and told["name in clear"] is False
