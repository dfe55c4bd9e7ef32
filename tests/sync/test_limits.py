"""What one message, one row and one answer may weigh, and what the district's own files and commands answer."""

import base64
import secrets
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from district import EMPTY, VILLAGE, District, Proxy, post, run_kabupaten
from sides import at_district, held

from desk import outbox
from desk.desk import Desk
from desk.outbox import LARGEST_OPERATION
from desk.projects.commands import PutProject
from desk.projects.rules import ProjectForm
from desk.store import DeskError
from sync import wire
from sync.client.round import Round, enrol, sync
from sync.server.enrolment import enrol as admit
from sync.server.enrolment import make_invite
from sync.server.faults import LARGEST_ROW, LONGEST_TEXT, MOST_FIELDS
from sync.server.store import open_store

ROW = "0a" * 16
SECONDS = 15
"""For 8,000 patches on a busy machine; they take about two."""


class Sender:
    """A program that speaks to the district as a desk would, with whatever it likes."""

    def __init__(self, district: District) -> None:
        store = open_store(district.database)
        self._district = district
        self._token = str(admit(store, make_invite(store, VILLAGE, "Pejambon"), "0" * 32, "")["token"])
        self._place: dict[str, Any] = {}

    def say(self, *operations: dict[str, Any], since: int = 0, edition: int = 1) -> dict[str, Any]:
        """One message; the answer, unpacked within a desk's limits."""
        message = {**EMPTY, **self._place, "gen": 1, "ops": operations, "since": since, "v": edition}
        answer = self.post("sync", message)
        self._place = {"after": answer.get("at", 0), "head": answer.get("head", "0" * 32)}
        return answer

    def post(self, verb: str, message: dict[str, Any]) -> dict[str, Any]:
        """Any message to any verb."""
        return post(self._district, verb, wire.pack(message), self._token)[1]


@pytest.fixture
def sender(district: District) -> Sender:
    """One that has joined."""
    return Sender(district)


def patch(row: str = ROW, **fields: Any) -> dict[str, Any]:
    """A change to one contact."""
    return {"e": "contact", "r": row, "k": "patch", "b": 0, "f": fields}


def refusals(district: District) -> list[str]:
    """Why the district refused what it refused."""
    return [reason for (reason,) in district.ask("SELECT refused FROM log WHERE refused IS NOT NULL ORDER BY rev")]


def test_eight_thousand_patches_to_one_row_take_seconds(sender: Sender) -> None:
    began = time.monotonic()
    assert sender.say(*(patch(address=f"Jalan {n}") for n in range(8000)))["at"] == 8000
    assert time.monotonic() - began < SECONDS


def test_a_message_of_too_many_operations_is_refused_whole(sender: Sender, district: District) -> None:
    assert sender.say(*([patch(address="a")] * (wire.MOST_OPERATIONS + 1))) == {"error": "message"}
    assert district.operations() == 0


def test_a_row_does_not_grow_beyond_its_fields_and_the_next_one_arrives(sender: Sender, district: District) -> None:
    wide = [patch(**{f"f{n}_{m}": 1 for m in range(50)}) for n in range(5)]
    sender.say(*wide, patch("0b" * 16, address="Jalan Raya"), edition=2)
    assert refusals(district) == [f"more than {MOST_FIELDS} fields"]
    assert at_district(district)["contact", "0b" * 16] == {"address": "Jalan Raya"}


def test_a_row_does_not_grow_beyond_its_bytes(sender: Sender, district: District) -> None:
    sender.say(*(patch(**{f"f{n}": "x" * LONGEST_TEXT}) for n in range(4)), edition=2)
    assert refusals(district) == [f"more than {LARGEST_ROW} bytes"]
    assert len(at_district(district)["contact", ROW]) == 3


def test_no_answer_outgrows_what_a_desk_unpacks(sender: Sender) -> None:
    sender.say(*(patch(f"{n:032x}", address="") for n in range(8000)))
    for n in range(0, 30, 3):
        words = (secrets.token_urlsafe(LONGEST_TEXT)[:LONGEST_TEXT] for _ in range(3))
        sender.say(*(patch(f"{m:032x}", address=word) for m, word in enumerate(words, n)))
    # Another desk of the village is told it all: `inc` is part of what it says, not of its token.
    sender._place = {"inc": "1" * 32}
    came, since, more = 0, 0, True
    while more:
        answer = sender.say(since=since)
        came, since, more = came + len(answer["ch"]), answer["rev"], answer["more"]
        sender._place = {"inc": "1" * 32}
    assert came == 8000


def test_an_act_too_long_for_any_message_is_named_and_the_next_ones_arrive(
    joined: Desk, district: District, send: Callable[[], Round], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LARGEST_OPERATION == LARGEST_ROW
    monkeypatch.setattr(outbox, "LARGEST_OPERATION", 400)
    joined.do(PutProject(ProjectForm(2026, "Rabat beton " + "x" * 280, place="y" * 200)))
    row = joined.do(PutProject(ProjectForm(2026, "Talud"))).value
    assert send().conflicts == 1
    assert refusals(district) == ["too large for any message"]
    assert at_district(district)["project", row.hex()]["name"] == "Talud"
    assert joined.ask(outbox.waiting).operations == 0


def test_a_village_is_not_taken_away_page_by_page(
    joined: Desk, district: District, proxy: Proxy, tmp_path: Path, now, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts = [joined.do(PutProject(ProjectForm(2026, f"Kegiatan {n}"))).act for n in range(30)]
    sync(joined, lambda: now)
    known = joined.ask(outbox.peer_of)
    assert known is not None
    with sqlite3.connect(district.database) as file:
        file.execute('UPDATE row SET deleted = 1, groups = \'{"x": [9999, "x"]}\', rev = rev + 1000, echo = 9999')
        file.execute("UPDATE village SET rev = 9999")
    monkeypatch.setattr(outbox, "FIRST_PACE", 64)
    joined.do(outbox.Fail("", 1))
    with pytest.raises(DeskError, match="Sisanya tetap utuh"):
        sync(joined, lambda: now)
    assert len([key for key in held(joined) if key[0] == "project"]) >= len(acts) - 2


def test_a_desk_that_finds_every_series_letter_used_stays_as_it_was(village: Desk, district: District) -> None:
    code = district.invite()
    values = [(VILLAGE, "request", f"{n:032x}", n, f'{{"series": "{chr(65 + n)}"}}', "{}", "", 0, 0) for n in range(26)]
    with sqlite3.connect(district.database) as file:
        file.executemany("INSERT INTO row VALUES (?,?,?,?,?,?,?,?,?)", values)
    with pytest.raises(DeskError, match="Semua huruf seri"):
        enrol(village, district.url, code)
    assert village.ask(outbox.peer_of) is None


@pytest.fixture(params=["foreign", "damaged", "truncated"])
def wrong_file(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A file that is no district's."""
    path = tmp_path / "lain.db"
    if request.param == "foreign":
        with sqlite3.connect(path) as file:
            file.execute("CREATE TABLE note (text TEXT)")
    else:
        path.write_bytes(b"SQLite format 3\0" + b"\xff" * 84 if request.param == "truncated" else b"bukan data" * 500)
    before = path.read_bytes()
    yield path
    assert path.read_bytes() == before


def test_a_wrong_file_is_answered_with_a_sentence_and_left_alone(wrong_file: Path) -> None:
    assert "bukan basis data kabupaten" in run_kabupaten("villages", "--database", wrong_file, status=1)["error"]


def test_what_villages_wrote_is_readable_for_the_server_only(district: District) -> None:
    district.invite()
    files = list(district.database.parent.glob("kabupaten.db*"))
    assert len(files) > 1
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_an_error_of_the_database_does_not_tell_the_values(tmp_path: Path) -> None:
    assert open_store(tmp_path / "kabupaten.db").hide_parameters


def test_a_reader_that_leaves_early_gets_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sync.server.cli", "villages", "--database", str(tmp_path / "kabupaten.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None and run.stderr is not None
        run.stdout.close()
        assert run.stderr.read() == ""
        assert run.wait() == 1


@pytest.mark.parametrize(
    "wrong", [{"part": "?"}, {"part": ""}, {"n": 1}, {"of": 10**6}, {"digest": "x"}, {"part": "A" * 2000}], ids=str
)
def test_a_piece_of_no_message_is_refused(sender: Sender, district: District, wrong: dict[str, Any]) -> None:
    body = wire.pack(EMPTY)
    piece = {"digest": wire.digest(body), "n": 0, "of": 1, "part": base64.b64encode(body).decode()}
    assert sender.post("piece", piece)["gen"] == 1
    assert sender.post("piece", piece | wrong) == {"error": "message"}
