"""Damaged copies of a village's file: a clear error or a budget, never anything else, and never late.

MEJA_DAMAGED sets how many copies (README, Long suites); the seed is printed, and MEJA_SEED plays one again.
"""

import json
import os
import random
import time
from decimal import Decimal
from pathlib import Path

import pytest

from desk.exchange.access.jet import PAGE
from desk.exchange.access.tables import tables_of
from desk.exchange.gate import Refused
from desk.exchange.siskeudes.ledger import read_ledger, understood
from desk.exchange.siskeudes.postings import Choice
from desk.exchange.siskeudes.reading import budget_of
from desk.store import DeskError
from tests.exchange.jet.village import mde, tables

COPIES = int(os.environ.get("MEJA_DAMAGED", "120"))
SEED = int(os.environ.get("MEJA_SEED", "0")) or random.SystemRandom().randrange(1, 2**32)
LONGEST = 5.0
"""Seconds one copy may take."""


def cut(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(len(data)) :]


def cut_at_a_page(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(len(data) // PAGE) * PAGE :]


def flip(data: bytearray, dice: random.Random) -> None:
    for _turn in range(dice.choice((1, 10, 200))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def flip_a_head(data: bytearray, dice: random.Random) -> None:
    """Where pages say how they are read: one wrong bit there leads furthest."""
    for _turn in range(dice.choice((1, 4))):
        data[dice.randrange(len(data) // PAGE) * PAGE + dice.randrange(64)] ^= 1 << dice.randrange(8)


def blank(data: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(data))
    size = dice.choice((4, 100, PAGE))
    data[start : start + size] = bytes(len(data[start : start + size]))


def swap(data: bytearray, dice: random.Random) -> None:
    one, other = (dice.randrange(1, len(data) // PAGE) * PAGE for _turn in range(2))
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]


DAMAGES = (cut, cut_at_a_page, flip, flip_a_head, blank, swap)


def outcome(data: bytes) -> str:
    """`read`, or the reason of the refusal; anything else a copy does is raised."""
    try:
        told = json.dumps(list(tables_of(data)))
        ledger = understood(json.loads(told, parse_float=Decimal, parse_constant=str), "rusak.mde", "")
        budget_of(ledger, 2026, Choice(posting=3))
    except Refused as refusal:
        return refusal.reason
    except DeskError:
        return "no budget"
    return "read"


def test_damage_ends_in_a_clear_error_and_in_time(capsys: pytest.CaptureFixture[str]) -> None:
    whole = [mde(tables()), mde(tables(), key=0x5EC12E7, password="rahasia")]
    dice, counts, slowest = random.Random(SEED), dict[str, int](), 0.0
    for number in range(COPIES):
        data = bytearray(whole[number % 2])
        damage = DAMAGES[number // 2 % len(DAMAGES)]
        damage(data, dice)
        began = time.perf_counter()
        try:
            ended = outcome(bytes(data))
        except Exception as error:
            raise AssertionError(f"copy {number} ({damage.__name__}) of MEJA_SEED={SEED}: {error!r}") from error
        took = time.perf_counter() - began
        assert took < LONGEST, f"copy {number} of MEJA_SEED={SEED} took {took:.1f} s"
        slowest, counts[ended] = max(slowest, took), counts.get(ended, 0) + 1
    with capsys.disabled():
        print(f"\n{COPIES} damaged copies, MEJA_SEED={SEED}: {counts}, slowest {slowest:.2f} s")
    assert counts.get("jet_damaged", 0) > COPIES // 20 and counts.get("jet_size", 0) > COPIES // 20


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_refused_in_a_sentence_or_read(damage, tmp_path: Path) -> None:
    data = bytearray(mde(tables()))
    damage(data, random.Random(SEED))
    path = tmp_path / "DataAPBDES.mde"
    path.write_bytes(data)
    try:
        said = " ".join(read_ledger(path).tables)
    except DeskError as error:
        said = str(error)
    assert said.startswith("Ref_Version") or ("DataAPBDES.mde" in said and said.endswith("."))
