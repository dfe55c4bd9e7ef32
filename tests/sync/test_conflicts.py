"""Two PCs, one village: what the district keeps, whom it tells, and that a page never splits a story."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from district import VILLAGE
from sqlalchemy import Engine

from sync import wire
from sync.server import rounds
from sync.server.enrolment import make_invite
from sync.server.store import open_store

ROW = "0a" * 16
A, B, AGAIN = "a" * 32, "b" * 32, "c" * 32


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Engine]:
    """A district that knows one village."""
    engine = open_store(tmp_path / "kabupaten.db")
    make_invite(engine, VILLAGE, "Pejambon")
    yield engine
    engine.dispose()


class Writer:
    """A desk reduced to its chain: what it sends, and where it stands."""

    def __init__(self, store: Engine, inc: str) -> None:
        self._store, self._inc = store, inc
        self._after, self._head = 0, wire.EMPTY_HEAD
        self.since = 0

    def say(self, *operations: dict[str, Any]) -> dict[str, Any]:
        """One round with these operations; the answer."""
        sent = rounds.Round(self._inc, self._after, self._head, operations, self.since, 1)
        answer = rounds.exchange(self._store, VILLAGE, sent, wire.catalogue())
        self._after, self._head = answer["at"], bytes.fromhex(answer["head"])
        self.since = answer["rev"]
        return answer


def put(address: str, base: int = 0, **more: Any) -> dict[str, Any]:
    """An operation on the one contact of the village."""
    return {"e": "contact", "r": ROW, "k": "put", "b": base, "f": {"address": address}, **more}


def rows(answer: dict[str, Any], entity: str = "contact") -> list[dict[str, Any]]:
    """The rows of one entity in an answer."""
    return [change["f"] for change in answer["ch"] if change["e"] == entity]


def test_a_desk_is_not_told_what_it_wrote_itself(store: Engine) -> None:
    desk = Writer(store, A)
    assert desk.say(put("satu"))["ch"] == []
    assert rows(Writer(store, B).say()) == [{"address": "satu"}]


def test_after_a_conflict_the_loser_hears_what_stands_though_it_had_seen_it_before(store: Engine) -> None:
    first, second = Writer(store, A), Writer(store, B)
    first.say(put("satu"))
    second.say()
    answer = second.say(put("dua"))
    assert rows(answer) == [{"address": "satu"}]
    assert [task["refused"] for task in rows(answer, "conflict")] == [{"address": "dua"}]
    assert second.say()["ch"] == []


def test_a_conflict_beside_a_fresh_edit_of_the_same_row_is_told_too(store: Engine) -> None:
    first, second = Writer(store, A), Writer(store, B)
    first.say(put("satu"))
    second.say()
    other_group = {"e": "contact", "r": ROW, "k": "patch", "b": 1, "f": {"complaints": "lurah"}}
    assert rows(second.say(put("dua"), other_group)) == [{"address": "satu", "complaints": "lurah"}]


def test_the_other_desk_hears_of_the_conflict_as_well(store: Engine) -> None:
    first, second = Writer(store, A), Writer(store, B)
    first.say(put("satu"))
    second.say(put("dua"))
    assert len(rows(first.say(), "conflict")) == 1


def test_a_desk_under_a_new_name_does_not_quarrel_with_itself(store: Engine) -> None:
    Writer(store, A).say(put("satu"))
    again = Writer(store, AGAIN)
    answer = again.say(put("satu", o=[A, 1]), put("dua", o=[A, 2]))
    assert rows(answer, "conflict") == []
    assert rows(Writer(store, B).say()) == [{"address": "dua"}]


def test_a_repeat_changes_no_value(store: Engine) -> None:
    Writer(store, A).say(put("satu"), put("dua"))
    Writer(store, AGAIN).say(put("satu", o=[A, 1]))
    assert rows(Writer(store, B).say()) == [{"address": "dua"}]


def test_pages_of_any_size_bring_every_row_and_every_conflict_once(
    store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "FEED_BYTES", 1)
    first, second = Writer(store, A), Writer(store, B)
    ids = [f"{n:032x}" for n in range(5)]
    first.say(*(put("satu") | {"r": row} for row in ids))
    second.say(*(put("dua") | {"r": row} for row in ids))
    reader, seen, more = Writer(store, AGAIN), [], True
    while more:
        answer = reader.say()
        seen, more = seen + [(c["e"], c["r"]) for c in answer["ch"]], answer["more"]
    assert len(seen) == len(set(seen)) == 10
    assert sorted(entity for entity, _row in seen) == ["conflict"] * 5 + ["contact"] * 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"o": 5},
        {"o": ["x", 1]},
        {"o": [A, 0]},
        {"o": [A, {}]},
        {"r": "zz" * 16},
        {"b": 2**70},
        {"e": "conflict"},
        {"e": "no_such_thing"},
        {"f": {"address": ["a", "list"]}},
        {"f": {"address": 5}},
        {"f": {"address": True}},
        {"f": {"address": "zero \0"}},
        {"f": {"address; DROP TABLE row": "x"}},
        {"e": "official", "f": {"since": 2**70}},
    ],
    ids=str,
)
def test_whatever_is_wrong_with_an_operation_the_next_one_arrives(store: Engine, wrong: dict[str, Any]) -> None:
    desk = Writer(store, A)
    answer = desk.say(put("satu") | wrong, put("dua"))
    assert answer["at"] == 2
    assert [task["operation"] for task in rows(answer, "refused")] == [put("satu") | wrong]
    assert rows(Writer(store, B).say()) == [{"address": "dua"}]


def test_an_operation_too_long_for_a_page_comes_back_by_name_only(store: Engine) -> None:
    desk = Writer(store, A)
    answer = desk.say(put("x" * 200_000), put("dua"))
    assert [task["operation"] for task in rows(answer, "refused")] == [{"e": "contact", "r": ROW, "k": "put"}]
    assert rows(Writer(store, B).say()) == [{"address": "dua"}]


def test_what_a_newer_edition_adds_is_kept_as_it_comes(store: Engine) -> None:
    newer = {"e": "photo", "r": ROW, "k": "put", "b": 0, "f": {"caption": "jalan"}}
    known = put("satu", f={"address": "satu", "map": "x"})
    sent = rounds.Round(A, 0, wire.EMPTY_HEAD, (newer, known), 0, 1, edition=wire.EDITION + 1)
    rounds.exchange(store, VILLAGE, sent, wire.catalogue())
    answer = Writer(store, B).say()
    assert rows(answer, "photo") == [{"caption": "jalan"}]
    assert rows(answer) == [{"address": "satu", "map": "x"}]
    assert dt.datetime.fromtimestamp(answer["now"], dt.UTC).year >= 2026
