"""One round with the district: usually a single request, and whatever breaks, everything waits for the next."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from desk import outbox
from desk.desk import Desk
from desk.inbox import Change, Lost
from desk.outbox import Fail, JoinDistrict, Peer, Pending, Receive, Received
from desk.store import DeskError
from sync import wire
from sync.client.transport import Line, LineError, checked

SMALLEST, LARGEST = 64, 64 * 1024
"""Packed bytes of a batch, which has to be smaller than what a bad line passes between two cuts; the smallest is one
operation."""
PACKING = 5
"""Bytes of JSON that make one byte on the line, measured on village data (sync.md section 2e) and rounded down."""
CLEAN_BATCHES = 3
"""After so many batches without a cut the next ones are twice as large."""
EVERYTHING = 2**62
"""Bytes; no limit."""
TASKS = ("conflict", "refused")
"""Rows of the feed that ask a person something."""
_WORD = re.compile(r"[!-~]{1,200}")
"""What a village code, a device and a token are made of: they go into heads of requests."""
LONGEST_NAME = 200
MOST_ROUNDS = 10_000
"""Requests of one sync; far beyond a first push, so that a misbehaving server cannot keep the desk busy for ever."""


@dataclass
class Pace:
    """How large the next batch may be: twice as large after a few clean ones, half as large after a cut.

    A size at which the line was cut is not tried again in the same round.
    """

    size: int
    clean: int = 0
    most: int = LARGEST
    arrived: bool = False
    """Whether anything came through since the last cut: then the round goes on after the next one."""

    def passed(self) -> None:
        """A batch with operations arrived, or a page of the feed."""
        self.clean, self.arrived = self.clean + 1, True
        if self.clean % CLEAN_BATCHES == 0:
            self.size = min(self.size * 2, self.most)

    def cut(self) -> None:
        """The line broke under a batch of this size."""
        self.size, self.clean, self.arrived = max(self.size // 2, SMALLEST), 0, False
        self.most = self.size


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
    join = _joining(checked(url), answer)
    desk.do(join)
    return Joined(join.village, join.name, join.device)


def _joining(url: str, answer: dict[str, Any]) -> JoinDistrict:
    """The district's answer to an enrolment, its shape checked: what it says is kept, and sent back with every round.

    Raises:
        LineError: it is not what a district answers.
    """
    try:
        told = {name: _WORD.fullmatch(str(answer[name])) for name in ("village", "device", "token")}
        name, gen, letters = str(answer["name"]), int(answer["gen"]), tuple(map(str, answer["letters"]))
        if not all(told.values()) or not (name.isprintable() and len(name) < LONGEST_NAME and 0 <= gen < 2**62):
            raise ValueError("not an enrolment")
        words = {name: str(answer[name]) for name in told}
    except (KeyError, TypeError, ValueError) as error:
        raise LineError(_("Jawaban kabupaten tidak terbaca. Periksa alamatnya, lalu coba lagi.")) from error
    return JoinDistrict(url=url, name=name, gen=gen, letters=letters, **words)


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
    lost = Lost()
    for _turn in range(MOST_ROUNDS):
        known = _known(desk)
        batch = desk.ask(outbox.pending, known.inc, known.acked, known.acked_n, pace.size * PACKING)
        try:
            answer = _read(_say(line, _message(known, batch, pace), pace))
        except LineError as error:
            if not (error.cut and pace.arrived):
                raise
            pace.cut()
            continue
        if batch or answer.more:
            pace.passed()
        taken, done = _receive(desk, known, batch, answer, now(), pace.size, lost)
        waiting, lost = done.waiting, done.lost
        sent, received = sent + taken, received + len(answer.changes)
        tasks += sum(change.entity in TASKS for change in answer.changes)
        if stop() or not (answer.more or desk.ask(outbox.waiting).operations):
            break
    counted = line.counted
    return Round(sent, received, tasks + waiting, counted.bytes_up, counted.bytes_down, counted.requests)


def _say(line: Line, message: dict[str, Any], pace: Pace) -> dict[str, Any]:
    """A batch and its answer; where not even one operation passes whole, in pieces.

    Raises:
        LineError: the line or the server failed.
    """
    try:
        return line.say("sync", message)
    except LineError as error:
        body = wire.pack(message)
        if not (error.cut and len(message["ops"]) == 1 and pace.size == SMALLEST and len(body) > wire.PIECE):
            raise
        try:
            return line.say_in_pieces(message)
        except LineError as again:
            if not again.cut:
                raise
            sentence = _(
                "Satu catatan ({size} kB) tidak muat lewat sambungan ini dan tetap menunggu. "
                "Coba lagi dengan sambungan yang lebih baik."
            )
            raise LineError(sentence.format(size=max(1, len(body) // 1024)), cut=True) from again


def _message(known: Peer, batch: tuple[Pending, ...], pace: Pace) -> dict[str, Any]:
    return {
        "inc": known.inc, "after": known.acked, "head": known.head.hex(), "ops": [p.told for p in batch],
        "since": known.cursor, "gen": known.gen, "v": wire.EDITION,
        "room": pace.size * PACKING,
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
    desk: Desk, known: Peer, batch: tuple[Pending, ...], answer: Answer, at: dt.datetime, pace: int, lost: Lost
) -> tuple[int, Received]:
    """Believe the answer only where its position and head are on our own chain.

    Returns:
        How many operations it settled, and what the rows it brought left behind.
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
    done = desk.do(Receive(known, *place, revisions, answer.changes, answer.rev, answer.gen, at, pace, lost))
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
