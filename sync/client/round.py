"""One round with the district: usually a single request, and whatever breaks, everything waits for the next."""

import datetime as dt
import re
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

SMALLEST, LARGEST = 2 * 1024, 64 * 1024
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


@dataclass
class Pace:
    """How large the next batch may be: twice as large after a few clean ones, half as large after a cut."""

    size: int
    clean: int = 0

    def passed(self) -> None:
        """A batch with operations arrived."""
        self.clean += 1
        if self.clean % CLEAN_BATCHES == 0:
            self.size = min(self.size * 2, LARGEST)

    def cut(self) -> None:
        """The line broke under a batch of this size."""
        self.size, self.clean = max(self.size // 2, SMALLEST), 0


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
    line, pace = Line(known.url, known.token), Pace(known.pace)
    try:
        return _exchange(desk, line, pace, now, stop)
    except DeskError as error:
        if isinstance(error, LineError) and error.cut:
            pace.cut()
        desk.do(Fail(str(error), pace.size))
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


def _exchange(desk: Desk, line: Line, pace: Pace, now: Callable[[], dt.datetime], stop: Callable[[], bool]) -> Round:
    sent = received = tasks = waiting = 0
    for _turn in range(MOST_ROUNDS):
        known = _known(desk)
        batch = desk.ask(outbox.pending, known.inc, known.acked, known.acked_n, pace.size * PACKING)
        answer = _read(line.say("sync", _message(known, batch)))
        if batch:
            pace.passed()
        taken, waiting = _receive(desk, known, batch, answer, now(), pace.size)
        sent, received = sent + taken, received + len(answer.changes)
        tasks += sum(change.entity in TASKS for change in answer.changes)
        if stop() or not (answer.more or desk.ask(outbox.waiting).operations):
            break
    counted = line.counted
    return Round(sent, received, tasks + waiting, counted.bytes_up, counted.bytes_down, counted.requests)


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
            Change(str(c["e"]), _hash(c["r"]), _count(c["v"]), bool(c["d"]), _fields(c["f"])) for c in message["ch"]
        ]
        if not isinstance(message["more"], bool):
            raise TypeError("more")
        return Answer(
            _count(message["at"]), _hash(message["head"]),
            None if message["rev0"] is None else _count(message["rev0"]), _count(message["rev"]),
            _count(message["gen"]), tuple(changes), message["more"],
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LineError(_("Jawaban kabupaten tidak terbaca. Semua catatan tetap menunggu.")) from error


def _hash(value: object) -> bytes:
    if not isinstance(value, str) or not re.fullmatch("[0-9a-f]{32}", value):
        raise TypeError(f"not 16 bytes: {value!r}")
    return bytes.fromhex(value)


def _fields(value: dict[str, Any]) -> dict[str, Any]:
    """The fields of a row; what a person has to decide may hold a whole operation."""
    if type(value) is not dict or any(type(v) is float or v is True or v is False for v in value.values()):
        raise TypeError("not the fields of a row")
    return value


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise TypeError(f"not a count: {value!r}")
    return value


def _receive(
    desk: Desk, known: Peer, batch: tuple[Pending, ...], answer: Answer, at: dt.datetime, pace: int
) -> tuple[int, int]:
    """Believe the answer only where its position and head are on our own chain.

    Returns:
        How many operations it settled, and how many of the rows it brought do not fit in yet.
    """
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
    done = desk.do(Receive(known, *place, revisions, answer.changes, answer.rev, answer.gen, at, pace))
    return settled, done.value


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
