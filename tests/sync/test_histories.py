"""Random histories of one village against an oracle: a dict of what each row must hold, kept beside real desks.

A history is told by its seed, which a failure prints. `MEJA_HISTORIES=500` runs as many; `MEJA_SEED=7` runs one again.
"""

import datetime as dt
import hashlib
import json
import os
import random
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from district import VILLAGE, District, Proxy
from sides import Rows, at_district, held, second_pc
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from desk import inbox, log, outbox
from desk.desk import Desk
from desk.outbox import LARGEST_OPERATION
from desk.projects.commands import PutProject, RemoveProject
from desk.projects.rules import TEXTS, ProjectForm
from desk.store import DeskError
from desk.village.commands import SetContact
from desk.village.tables import Contact, fixed_id
from sync.client import round as client
from sync.client.round import enrol, sync
from sync.client.transport import LineError
from sync.server.faults import LONGEST_TEXT

COUNT = int(os.environ.get("MEJA_HISTORIES", "3"))
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", secrets.token_hex(16))
"""One for all workers of a run, so that they collect the same histories."""

FIRST = int(os.environ.get("MEJA_SEED", random.Random(RUN).randrange(2**32)))
SEEDS = range(FIRST, FIRST + (1 if "MEJA_SEED" in os.environ else COUNT))
TROUBLES = ("pass", "pass", "pass", "drop_answer", "half_answer", "cut_request", "twice", "error")
CONTACT = ("contact", fixed_id("contact").hex())


@dataclass(frozen=True)
class WriteTooMuch:
    """A complaint longer than the district takes."""

    text: str

    def run(self, session: Session) -> None:
        """Past the rules of the desk, as an import of a later version might."""
        session.merge(Contact(id=fixed_id("contact"), complaints=self.text))


class Clerk:
    """Someone who writes at one desk, and a dict of what the district should hold of it in the end."""

    def __init__(self, desk: Desk, dice: random.Random) -> None:
        self.desk, self.dice = desk, dice
        self.expected: Rows = {}
        self.refused = 0
        self._undoable: list[tuple[bytes, str]] = []

    def write(self) -> None:
        """One act: a new activity, a change to any that stands, one removed or undone, an address, a long complaint."""
        known = [row for entity, row in held(self.desk) if entity == "project"]
        act = self.dice.choice(["put", "change", "change", "change", "remove", "undo", "contact", "too much"])
        if act == "put" or (act in ("change", "remove") and not known):
            self._put(None)
        elif act == "change":
            self._put(self.dice.choice(known))
        elif act == "remove":
            self._remove(self.dice.choice(known))
        elif act == "undo" and self._undoable:
            self._undo(*self._undoable.pop())
        elif act == "too much":
            self.desk.do(WriteTooMuch(self._word() + "x" * self.dice.choice([LONGEST_TEXT, LARGEST_OPERATION])))
            self.refused += 1
        else:
            self.set_contact(self._word(), self._word())

    def set_contact(self, address: str, complaints: str) -> None:
        """The address of the desk, remembered."""
        self.desk.do(SetContact(address, complaints))
        self.expected[CONTACT] = {"address": address, "complaints": complaints}

    def _word(self) -> str:
        return f"kata {self.dice.randrange(10**6)}"

    def _put(self, row: str | None) -> None:
        fields = {name: self._word() for name in TEXTS}
        if row:
            held_now = held(self.desk)["project", row]
            changed = self.dice.sample(TEXTS, self.dice.randint(1, 2))
            fields = {name: fields[name] if name in changed else str(held_now[name]) for name in TEXTS}
        try:
            done = self.desk.do(PutProject(ProjectForm(year=2026, **fields), bytes.fromhex(row) if row else None))
        except DeskError:
            return
        if not row:
            self._undoable.append((done.act, done.value.hex()))
        self.expected.setdefault(("project", done.value.hex()), {}).update(fields, removed=0)

    def _remove(self, row: str) -> None:
        try:
            self.desk.do(RemoveProject(bytes.fromhex(row)))
        except DeskError:
            return
        self.expected.setdefault(("project", row), {})["removed"] = 1

    def _undo(self, act: bytes, row: str) -> None:
        try:
            self.desk.undo(act)
        except DeskError:
            return
        del self.expected["project", row]


class Village:
    """Clerks of one village, the line of each, and a dice that decides what happens next."""

    def __init__(self, clerks: list[Clerk], lines: list[Proxy], now: dt.datetime, dice: random.Random) -> None:
        self._clerks, self._lines, self._now, self._dice = clerks, lines, now, dice

    def live(self, steps: int) -> None:
        """Acts and rounds in any order, and acts in the middle of rounds, over lines that fail."""
        for _ in range(steps):
            number = self._dice.randrange(len(self._clerks))
            if self._dice.random() < 0.6:
                self._clerks[number].write()
            else:
                self._lines[number].next = self._dice.choice(TROUBLES)
                self._round(number)

    def _round(self, number: int) -> None:
        clerk = self._clerks[number]

        def clock() -> dt.datetime:
            # Asked once the answer is there and before it is taken in: somebody types meanwhile.
            if self._dice.random() < 0.3:
                clerk.write()
            return self._now

        def between() -> bool:
            if len(self._clerks) > 1 and self._dice.random() < 0.3:
                self._quietly(1 - number, lambda: self._now)
            return self._dice.random() < 0.1

        self._quietly(number, clock, between)

    def _quietly(
        self, number: int, clock: Callable[[], dt.datetime], between: Callable[[], bool] = lambda: False
    ) -> None:
        try:
            sync(self._clerks[number].desk, clock, between)
        except LineError:
            self._lines[number].next = "pass"

    def settle(self) -> None:
        """Good lines, and rounds until nobody has anything to tell."""
        for line in self._lines:
            line.next = "pass"
        for _ in range(3):
            for clerk in self._clerks:
                sync(clerk.desk, lambda: self._now)


@pytest.fixture(params=SEEDS, ids=lambda seed: f"seed={seed}")
def dice(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> random.Random:
    """The dice of one history, which also says how much fits in a message: one operation, a few, or all."""
    thrown = random.Random(request.param)
    monkeypatch.setattr(client, "PACKING", thrown.choice([0, 1, 5]))
    monkeypatch.setattr(outbox, "FIRST_PACE", thrown.choice([64, 512, 4096]))
    # Deletions are told here by the dozen, and no person is asked.
    monkeypatch.setattr(inbox, "MOST_LOST", 10**6)
    monkeypatch.setattr(inbox, "LOST_PERCENT", 100)
    return thrown


@pytest.fixture
def siti(village: Desk, district: District, proxy: Proxy, now: dt.datetime, dice: random.Random) -> Clerk:
    """The clerk of a desk that has joined and told everything so far."""
    enrol(village, proxy.url, district.invite())
    clerk = Clerk(village, dice)
    clerk.set_contact("Jalan Raya 1", "Kantor desa")
    sync(village, lambda: now)
    return clerk


@pytest.fixture
def budi(
    siti: Clerk, district: District, tmp_path: Path, now: dt.datetime, dice: random.Random
) -> Iterator[tuple[Clerk, Proxy]]:
    """The clerk at the second PC of the village, and the line of that PC."""
    line = Proxy(district.port)
    desk = second_pc(tmp_path / "kedua", lambda: now, district.database, line.url)
    sync(desk, lambda: now)
    yield Clerk(desk, dice), line
    desk.close()
    line.close()


def nothing_is_doubled(district: District) -> bool:
    """Whether every operation stands once in the district's log."""
    return district.ask("SELECT 1 FROM log GROUP BY village, first_inc, first_seq HAVING count(*) > 1") == []


def test_after_any_history_the_district_holds_what_one_desk_wrote(
    siti: Clerk, district: District, proxy: Proxy, now: dt.datetime, dice: random.Random
) -> None:
    village = Village([siti], [proxy], now, dice)
    village.live(60)
    siti.set_contact("alamat terakhir", "pengaduan terakhir")
    village.settle()
    there = at_district(district)
    told = {key: {name: there[key][name] for name in fields} for key, fields in siti.expected.items()}
    assert told == siti.expected
    assert there == held(siti.desk)
    assert nothing_is_doubled(district)
    assert district.ask("SELECT count(*) FROM row WHERE entity = 'refused'") == [(siti.refused,)]
    assert district.ask("SELECT count(*) FROM row WHERE entity = 'conflict'") == [(0,)]
    assert siti.desk.ask(outbox.waiting).operations == 0
    assert siti.desk.ask(log.check) == []


def test_an_edit_between_two_batches_does_not_hide_what_another_desk_wrote(
    joined: Desk, district: District, proxy: Proxy, tmp_path: Path, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PACKING", 0)
    row = joined.do(PutProject(ProjectForm(2026, "Rabat beton", volume="1", unit="m"))).value
    sync(joined, lambda: now)
    other = second_pc(tmp_path / "kedua", lambda: now, district.database, proxy.url)
    sync(other, lambda: now)
    other.do(PutProject(ProjectForm(2026, "Rabat beton", volume="20", unit="m"), row))
    sync(other, lambda: now)
    for volume in ("10", "11"):
        joined.do(PutProject(ProjectForm(2026, "Rabat beton", volume=volume, unit="m"), row))
    late = iter([PutProject(ProjectForm(2026, "Rabat beton", volume="11", unit="m2"), row)])
    sync(joined, lambda: now, lambda: bool([joined.do(act) for act in late]) and False)
    sync(other, lambda: now)
    assert held(joined) == at_district(district) == held(other)
    assert at_district(district)["project", row.hex()]["volume"] == "20"
    other.close()


def written(desk: Desk) -> list[tuple[str, dict[str, list[object]]]]:
    """What a desk did, in order: the kind, and of every field the value before and after."""

    def read(conn: Connection) -> list[tuple[str, dict[str, list[object]]]]:
        told = conn.exec_driver_sql("SELECT kind, fields FROM change WHERE outgoing = 1 ORDER BY n")
        return [(kind, json.loads(fields)) for kind, fields in told]

    return desk.ask(read)


def replay(district: District, desks: list[Desk]) -> tuple[Rows, list[str]]:
    """The oracle of two desks: its rows, and what it found overwritten that the writer had never seen.

    It goes through the log as it came and takes every field that no task names. The desks' own logs tell what
    stood on the screen when it was written.
    """
    names = [desk.ask(outbox.introduction).inc for desk in desks]
    screens = dict(zip(names, (written(desk) for desk in desks), strict=True))
    listed = district.ask("SELECT id, doc FROM row WHERE entity IN ('conflict', 'refused')")
    tasks = {task: json.loads(doc) for task, doc in listed}
    rows: Rows = {}
    unseen = []
    for inc, seq, op in district.ask("SELECT inc, seq, op FROM log WHERE village = ? ORDER BY rev", VILLAGE):
        told, key = json.loads(op), (json.loads(op)["e"], json.loads(op)["r"])
        task = tasks.get(hashlib.sha256(f"{inc}/{seq}".encode()).hexdigest()[:32])
        not_taken = task.get("refused", told["f"]) if task else ()
        if told["k"] == "del" and not task:
            rows.pop(key, None)
        for name, value in ((name, value) for name, value in told["f"].items() if name not in not_taken):
            before, now = screens[inc][seq - 1][1][name][0], rows.get(key, {}).get(name, value)
            overwritten = now not in (before, value) and len(str(before)) < LONGEST_TEXT
            if overwritten and told["k"] == "patch":
                unseen.append(f"{inc[:4]}/{seq} {key} {name}: {now!r} stood there, {before!r} was seen")
            rows.setdefault(key, {})[name] = value
    return rows, unseen


def test_two_desks_of_one_village_end_alike_and_overwrite_nothing_unseen(
    siti: Clerk, budi: tuple[Clerk, Proxy], district: District, proxy: Proxy, now: dt.datetime, dice: random.Random
) -> None:
    other, line = budi
    village = Village([siti, other], [proxy, line], now, dice)
    village.live(80)
    village.settle()
    siti.set_contact("alamat terakhir", "pengaduan terakhir")
    village.settle()
    there = at_district(district)
    rows, unseen = replay(district, [siti.desk, other.desk])
    assert unseen == []
    assert {key: {name: there[key].get(name) for name in rows[key]} for key in rows if key in there} == {
        key: rows[key] for key in rows if key in there
    }
    assert held(siti.desk) == there
    assert held(other.desk) == there
    assert nothing_is_doubled(district)
    assert [clerk.desk.ask(log.check) for clerk in (siti, other)] == [[], []]
