"""Answers no district would give: refused with a sentence, nothing applied, no surprise."""

import asyncio
import copy
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import wire
from sync.client import transport
from sync.client.round import LARGEST, SMALLEST, Pace, _joining, _read
from sync.client.transport import Line, LineError
from sync.server.line import Gathered

ROW = {"e": "contact", "r": "0" * 32, "v": 2, "d": 0, "f": {"address": "a"}}
GOOD = {"at": 1, "head": "0" * 32, "rev0": 1, "rev": 2, "gen": 1, "ch": [ROW], "more": False, "now": 5}
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(GOOD)), st.sampled_from(["", *sorted(ROW)]), JUNK)
def test_an_answer_with_anything_in_a_field_is_read_or_refused(field: str, inner: str, junk: Any) -> None:
    answer: Any = copy.deepcopy(GOOD)
    if inner:
        answer["ch"][0][inner] = junk
    else:
        answer[field] = junk
    try:
        read = _read(answer)
    except LineError:
        read = None
    assert read is None or (len(read.head), type(read.at), type(read.more)) == (16, int, bool)


JOINED = {"village": "35.22.12.2015", "name": "Pejambon", "device": "d", "token": "t0", "gen": 1, "letters": ["A"]}


@given(st.sampled_from(sorted(JOINED)), JUNK)
def test_an_enrolment_answered_with_anything_is_taken_or_refused(field: str, junk: Any) -> None:
    try:
        read = _joining("https://contoh", {**JOINED, field: junk})
    except LineError:
        return
    assert f"{read.village} {read.device} {read.token}".isascii() and 0 <= read.gen < 2**62 and read.name.isprintable()


@pytest.mark.parametrize(("field", "junk"), [("gen", 2**70), ("gen", -1), ("token", "kunci—é"), ("name", "a\nb")])
def test_an_enrolment_that_could_not_be_kept_or_sent_back_is_refused(field: str, junk: Any) -> None:
    with pytest.raises(LineError, match="tidak terbaca"):
        _joining("https://contoh", {**JOINED, field: junk})


@given(st.binary(max_size=200))
def test_bytes_that_are_no_message_are_no_message(body: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.unpack(body)


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_one_flipped_bit_never_passes_the_digest(field: str, data: st.DataObject) -> None:
    body = bytearray(wire.pack(GOOD))
    before, at = wire.digest(bytes(body)), data.draw(st.integers(0, len(body) * 8 - 1))
    body[at // 8] ^= 1 << at % 8
    assert wire.digest(bytes(body)) != before


def test_batches_shrink_after_a_cut_and_grow_after_three_clean_ones() -> None:
    pace = Pace(4096)
    for _ in range(2):
        pace.passed()
    assert pace.size == 4096
    pace.passed()
    assert pace.size == 8192
    for _ in range(40):
        pace.passed()
    assert pace.size == LARGEST
    for _ in range(12):
        pace.cut()
    assert pace.size == SMALLEST


def test_a_size_that_was_cut_is_not_tried_again_in_the_same_round() -> None:
    pace = Pace(4096)
    pace.cut()
    for _ in range(40):
        pace.passed()
    assert pace.size == 2048


@contextmanager
def dripping(head: bytes) -> Iterator[str]:
    """A server that says `head` and then one byte at a time, for ever."""
    over = threading.Event()

    def drip() -> None:
        client, _address = listening.accept()
        with client:
            client.recv(65536)
            client.sendall(head)
            while not over.wait(0.01):
                try:
                    client.sendall(b"x")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        over.set()
        thread.join()


class Recorded:
    """A transport that remembers its writes."""

    def __init__(self) -> None:
        self.segments: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Remember one."""
        self.segments.append(data)

    def close(self) -> None:
        """Remember the end."""
        self.segments.append(b"end")


def test_head_and_body_of_an_answer_leave_together() -> None:
    wires = Recorded()

    async def answer() -> None:
        loop = asyncio.get_running_loop()
        end = Gathered(wires, loop)
        for turn in (b"first", b"second"):
            end.write(turn + b" head ")
            end.write(b"body")
            turned = loop.create_future()
            loop.call_soon(turned.set_result, None)
            await turned
        end.write(b"last")
        end.close()

    asyncio.run(answer())
    assert wires.segments == [b"first head body", b"second head body", b"last", b"end"]


def test_an_answer_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "WHOLE_SECONDS", 0.2)
    with dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n") as url:
        line = Line(url)
        with pytest.raises(LineError, match="terlalu lambat"):
            line.say("sync", {})
        line.close()
