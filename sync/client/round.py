"""One round with the district: usually a single request, and whatever breaks, everything waits for the next."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from desk import outbox
from desk.desk import Desk
from desk.inbox import Change
from desk.outbox import Fail, JoinDistrict, Peer, Pending, Receive
from desk.store import DeskError
from sync import wire
from sync.client.transport import Line, LineError, checked

SMALLEST, FIRST, LARGEST = 2 * 1024, 4 * 1024, 64 * 1024
"""Packed bytes of a batch: a batch has to be smaller than what a bad line passes between two cuts."""
PACKING = 5
"""Bytes of JSON that make one byte on the line, measured on village data (sync.md section 2e) and rounded down."""
CLEAN_BATCHES = 3
"""After so many batches without a cut the next ones are twice as large."""
EVERYTHING = 2**62
"""Bytes; no limit."""
TASKS = ("conflict", "refused")
"""Rows of the feed that ask a person something."""
MOST_ROUNDS = 10_000
"""Requests of one sync; far beyond a first push, so that a misbehaving server cannot keep the desk busy for ever."""


@dataclass(frozen=True)
class Joined:
    """The village and the device name this desk now has at the district."""

    village: str
    name: str
    device: str


@dataclass(frozen=True)
class Round:
    """What a round did: operations sent and rows received, conflicts to decide, bytes and requests on the line."""

    sent: int
    received: int
    conflicts: int
    bytes_up: int
    bytes_down: int
    requests: int


def enrol(desk: Desk, url: str, code: str) -> Joined:
    """Join a district with the code it gave.

    Raises:
        DeskError: the code, the village, the address or the line does not fit; nothing has changed here.
    """
    me = desk.ask(outbox.introduction)
    line = Line(url)
    try:
        answer = line.say("enrol", {"code": code, "inc": me.inc, "village": me.village})
    finally:
        line.close()
    try:
        join = JoinDistrict(
            url=checked(url),
            village=str(answer["village"]),
            name=str(answer["name"]),
            device=str(answer["device"]),
            token=str(answer["token"]),
            gen=int(answer["gen"]),
            letters=tuple(str(letter) for letter in answer["letters"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LineError(_("Jawaban kabupaten tidak terbaca. Periksa alamatnya, lalu coba lagi.")) from error
    desk.do(join)
    return Joined(join.village, join.name, join.device)


@dataclass(frozen=True)
class Answer:
    """The district's answer to a batch, its shape checked."""

    at: int
    head: bytes
    rev0: int | None
    """Revision before the first operation of the batch; None where the district applied none of it."""
    rev: int
    gen: int
    changes: tuple[Change, ...]
    more: bool


def sync(desk: Desk, now: Callable[[], dt.datetime], stop: Callable[[], bool] = lambda: False) -> Round:
    """Send what waits and take what others wrote, batch by batch, until both sides know the same.

    Args:
        now: the clock, for the day the status line names.
        stop: asked between two batches; True ends the round early and nothing is lost.

    Raises:
        DeskError: this desk belongs to no district yet.
        LineError: the line or the server failed; what was acknowledged stays so, the rest waits.
    """
    known = _known(desk)
    line = Line(known.url, known.token)
    try:
        return _exchange(desk, line, now, stop)
    except DeskError as error:
        desk.do(Fail(str(error)))
        raise
    finally:
        line.close()


def district_rows(desk: Desk) -> int:
    """How many rows of this village the district holds.

    Raises:
        DeskError: this desk belongs to no district, or the line failed.
    """
    known = _known(desk)
    line = Line(known.url, known.token)
    try:
        return sum(_count(rows) for rows in line.look("state")["rows"].values())
    except (KeyError, TypeError, AttributeError) as error:
        raise LineError(_("Jawaban kabupaten tidak terbaca. Semua catatan tetap menunggu.")) from error
    finally:
        line.close()


def _known(desk: Desk) -> Peer:
    known = desk.ask(outbox.peer_of)
    if known is None:
        raise DeskError(_("Meja ini belum tersambung ke kabupaten. Minta kode ke kabupaten, lalu sambungkan."))
    return known


def _exchange(desk: Desk, line: Line, now: Callable[[], dt.datetime], stop: Callable[[], bool]) -> Round:
    sent = received = tasks = 0
    size = FIRST
    for turn in range(1, MOST_ROUNDS):
        known = _known(desk)
        batch = desk.ask(outbox.pending, known.inc, known.acked, known.acked_n, size * PACKING)
        answer = _read(line.say("sync", _message(known, batch)))
        taken = _receive(desk, known, batch, answer, now())
        sent, received = sent + taken, received + len(answer.changes)
        tasks += sum(change.entity in TASKS for change in answer.changes)
        if turn % CLEAN_BATCHES == 0:
            size = min(size * 2, LARGEST)
        if stop() or not (answer.more or desk.ask(outbox.waiting).operations):
            break
    counted = line.counted
    return Round(sent, received, tasks, counted.bytes_up, counted.bytes_down, counted.requests)


def _message(known: Peer, batch: tuple[Pending, ...]) -> dict[str, Any]:
    return {
        "inc": known.inc, "after": known.acked, "head": known.head.hex(), "ops": [p.told for p in batch],
        "since": known.cursor, "gen": known.gen, "v": wire.EDITION,
    }  # fmt: skip


def _read(message: dict[str, Any]) -> Answer:
    """The answer in its shape.

    Raises:
        LineError: it has another one; nothing of it is used.
    """
    try:
        changes = [
            Change(str(c["e"]), bytes.fromhex(c["r"]), _count(c["v"]), bool(c["d"]), dict(c["f"]))
            for c in message["ch"]
        ]
        if not isinstance(message["more"], bool):
            raise TypeError("more")
        return Answer(
            _count(message["at"]), bytes.fromhex(message["head"]),
            None if message["rev0"] is None else _count(message["rev0"]), _count(message["rev"]),
            _count(message["gen"]), tuple(changes), message["more"],
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LineError(_("Jawaban kabupaten tidak terbaca. Semua catatan tetap menunggu.")) from error


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise TypeError(f"not a count: {value!r}")
    return value


def _receive(desk: Desk, known: Peer, batch: tuple[Pending, ...], answer: Answer, at: dt.datetime) -> int:
    """Believe the answer only where its position and head are on our own chain; how many operations it settled."""
    heads = [(known.acked, known.acked_n, known.head)]
    for pending in batch:
        heads.append((heads[-1][0] + 1, pending.n, wire.link(heads[-1][2], pending.told)))
    place = next(((at_, n, head) for at_, n, head in heads if (at_, head) == (answer.at, answer.head)), None)
    if place is None:
        place = _find(desk, known, answer)
    settled = max(0, place[0] - known.acked)
    revisions = (
        ()
        if answer.rev0 is None
        else tuple((str(p.told["e"]), bytes.fromhex(p.told["r"]), answer.rev0 + i) for i, p in enumerate(batch, 1))
    )
    desk.do(Receive(*place, revisions, answer.changes, answer.rev, answer.gen, at))
    return settled


def _find(desk: Desk, known: Peer, answer: Answer) -> tuple[int, int, bytes]:
    """Where the district stands on our chain, walked from its beginning: it was put back from a copy.

    Raises:
        LineError: its chain is not ours; a copy of this desk has sent something else.
    """
    at, n, head = 0, 0, wire.EMPTY_HEAD
    for pending in desk.ask(outbox.pending, known.inc, 0, 0, EVERYTHING):
        if at == answer.at:
            break
        at, n, head = at + 1, pending.n, wire.link(head, pending.told)
    if (at, head) != (answer.at, answer.head):
        raise LineError(
            _("Catatan di kabupaten berbeda dengan komputer ini, mungkin dari salinan lama. Hubungi kabupaten.")
        )
    return at, n, head
