"""What an attacker may try on the district server, and what it answers."""

import asyncio
import http.client
import itertools
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from district import EMPTY, District, post

from sync import wire
from sync.server.app import create_app
from sync.server.enrolment import Refusal, enrol, make_invite, revoke
from sync.server.store import open_store


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """One server for all probes of this file; every probe has a village of its own."""
    running = District(tmp_path_factory.mktemp("kabupaten") / "kabupaten.db")
    yield running
    running.stop()


@pytest.fixture
def village() -> str:
    """A code no other probe uses."""
    return f"35.22.{next(_NUMBERS):02d}.2001"


_NUMBERS = itertools.count(1)


@pytest.fixture
def token(district: District, village: str) -> str:
    """The token of a village that has joined."""
    store = open_store(district.database)
    return str(enrol(store, make_invite(store, village, "Contoh"), f"{next(_NUMBERS):032x}", "")["token"])


def came(district: District, village: str) -> int:
    """Operations of a village at the district."""
    return int(district.ask("SELECT count(*) FROM log WHERE village = ?", village)[0][0])


@pytest.mark.parametrize("given", ["", "x", "Basic abc", "0" * 43])
def test_without_a_good_token_nothing_is_said(district: District, given: str) -> None:
    assert post(district, "sync", wire.pack(EMPTY), given)[0] == 401


def test_a_token_is_kept_as_a_hash_only(district: District, token: str) -> None:
    assert token.encode() not in district.database.read_bytes()
    assert all(token.encode() not in part for part in district.ask("SELECT token_hash FROM device")[0])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        zstandard.compress(b"[]"),
        zstandard.compress(b"[" * 100_000),
        zstandard.compress(json.dumps({**EMPTY, "after": True}).encode()),
        zstandard.compress(json.dumps({**EMPTY, "after": 2**60}).encode()),
        zstandard.compress(json.dumps({**EMPTY, "after": -1}).encode()),
        zstandard.compress(b'{"after": NaN}'),
        zstandard.compress(json.dumps({**EMPTY, "ops": [{"e": "x"}]}).encode().replace(b'"x"', b"1e999")),
        zstandard.compress(json.dumps(EMPTY).encode().replace(b'"v": 1', b'"v": 1, "v": 2')),
        zstandard.compress(b'{"inc": "\xff"}'),
        zstandard.compress(json.dumps({**EMPTY, "ops": [{"e": "\ud800"}]}).encode()),
        zstandard.compress(json.dumps({**EMPTY, "ops": {}}).encode()),
    ],
)
def test_a_message_of_the_wrong_shape_is_refused(district: District, village: str, token: str, body: bytes) -> None:
    assert post(district, "sync", body, token)[0] == 400
    assert came(district, village) == 0


def test_a_bomb_is_refused_before_it_unpacks(district: District, token: str) -> None:
    bomb = zstandard.compress(bytes(200 * 2**20))
    assert len(bomb) < wire.MOST_PACKED
    assert post(district, "sync", bomb, token)[0] == 413


def test_an_oversized_body_is_refused(district: District, token: str) -> None:
    assert post(district, "sync", b"x" * (wire.MOST_PACKED + 1), token)[0] == 413


def test_a_token_writes_its_own_village_only(district: District, village: str, token: str) -> None:
    operation = {"e": "contact", "r": "00" * 16, "k": "put", "b": 0, "f": {"address": "x"}, "village": "35.22.12.2015"}
    before = district.ask("SELECT count(*) FROM row WHERE village <> ?", village)
    said = {**EMPTY, "ops": [operation], "village": "35.22.12.2015"}
    assert post(district, "sync", wire.pack(said), token)[0] == 200
    assert came(district, village) == 1
    assert district.ask("SELECT count(*) FROM row WHERE village <> ?", village) == before


@pytest.mark.parametrize(
    "operation",
    [{}, {"e": 1}, {"e": "contact", "r": "x", "k": "steal", "b": 0, "f": {}}, {"e": "a", "r": "b", "k": "put", "b": 0}],
)
def test_a_bad_operation_is_kept_as_refused_and_blocks_nothing(
    district: District, village: str, token: str, operation: dict[str, object]
) -> None:
    good = {"e": "contact", "r": "00" * 16, "k": "put", "b": 0, "f": {"address": "Jalan Raya"}}
    status, answer, _headers = post(district, "sync", wire.pack({**EMPTY, "ops": [operation, good]}), token)
    assert status == 200 and answer["at"] == 2
    kinds = district.ask("SELECT entity FROM row WHERE village = ? ORDER BY rev", village)
    assert kinds == [("refused",), ("contact",)]


def test_a_pc_whose_right_was_taken_back_does_not_return_by_its_old_code(district: District, village: str) -> None:
    store = open_store(district.database)
    code = make_invite(store, village, "Contoh")
    joined = enrol(store, code, "f" * 32, "")
    assert enrol(store, code, "f" * 32, "")["device"] == joined["device"]
    assert revoke(store, str(joined["device"]))
    with pytest.raises(Refusal, match="code"):
        enrol(store, code, "f" * 32, "")


def test_a_body_that_drips_is_cut_off(tmp_path: Path) -> None:
    app, said = create_app(open_store(tmp_path / "kabupaten.db"), slow_body=0.05), []
    started = iter([{"type": "http.request", "body": b"x", "more_body": True}])

    async def receive() -> dict[str, object]:
        return next(started, None) or await asyncio.Event().wait()

    async def send(message: dict[str, object]) -> None:
        said.append(message)

    scope = {"type": "http", "method": "POST", "path": "/v1/enrol", "headers": [], "query_string": b""}
    asyncio.run(app(scope | {"client": ("127.0.0.1", 1), "server": ("x", 1), "root_path": ""}, receive, send))
    assert said[0]["status"] == 408


def test_wrong_codes_are_slowed_down(tmp_path: Path) -> None:
    fresh = District(tmp_path / "kabupaten.db")

    def guess() -> int:
        return post(fresh, "enrol", wire.pack({"code": "AAAA", "inc": "0" * 32, "village": ""}))[0]

    assert [guess() for _ in range(7)] == [403] * 5 + [429] * 2
    fresh.stop()


def test_the_server_tells_nothing_of_itself(district: District, token: str) -> None:
    for path in ("/docs", "/openapi.json", "/redoc", "/"):
        connection = http.client.HTTPConnection("127.0.0.1", district.port)
        connection.request("GET", path)
        assert connection.getresponse().status == 404
        connection.close()
    _status, _answer, headers = post(district, "sync", b"?", token)
    assert "server" not in headers and "x-powered-by" not in headers


def test_a_body_that_never_ends_holds_up_nobody(district: District, token: str) -> None:
    slow = []
    for _ in range(20):
        end = socket.create_connection(("127.0.0.1", district.port))
        end.sendall(b"POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
        slow.append(end)
    assert post(district, "sync", wire.pack(EMPTY), token)[0] == 200
    for end in slow:
        end.close()
