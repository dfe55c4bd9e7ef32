"""The acts of a request after its answer, and those that end it: handed over, closed, withdrawn, void, reopened."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk import log
from desk.foi import life, story
from desk.foi.queries import old_open
from desk.foi.tables import Request, RequestEvent
from desk.store import DeskError
from desk.village.queries import calendar


@dataclass(frozen=True)
class MakeReady:
    """The copy lies ready and its cost is known."""

    legal: ClassVar[bool] = True

    request: bytes
    day: dt.date
    fee: Decimal = Decimal(0)
    note: str = ""

    def run(self, session: Session) -> None:
        """Add the event; what was refused whole has nothing to collect."""
        request, event = story.step(session, self.request, "ready", self.day, self.note)
        _check_something_is_given(session, request)
        event.fee = self.fee
        session.add(event)


@dataclass(frozen=True)
class HandOver:
    """The citizen has the information; the record of it is signed by both."""

    legal: ClassVar[bool] = True

    request: bytes
    day: dt.date
    note: str = ""

    def run(self, session: Session) -> None:
        """Add the event."""
        request, event = story.step(session, self.request, "handed_over", self.day, self.note)
        _check_something_is_given(session, request)
        session.add(event)


@dataclass(frozen=True)
class Close:
    """Nothing is open any more."""

    legal: ClassVar[bool] = True

    request: bytes
    day: dt.date
    note: str = ""

    def run(self, session: Session) -> None:
        """Add the event."""
        session.add(story.step(session, self.request, "closed", self.day, self.note)[1])


@dataclass(frozen=True)
class Withdraw:
    """The applicant takes the request back in writing."""

    legal: ClassVar[bool] = True

    request: bytes
    day: dt.date
    reason: str

    def run(self, session: Session) -> None:
        """Add the event."""
        session.add(story.step(session, self.request, "withdrawn", self.day, self.reason)[1])


@dataclass(frozen=True)
class Lapse:
    """What was missing never came; a person says so, never the clock (requests.md, C0)."""

    legal: ClassVar[bool] = True

    request: bytes
    day: dt.date
    reason: str

    def run(self, session: Session) -> None:
        """Add the event."""
        session.add(story.step(session, self.request, "lapsed", self.day, self.reason)[1])


@dataclass(frozen=True)
class Void:
    """An entry that never was a request: the number and the copy of the receipt stay, with the reason."""

    legal: ClassVar[bool] = True

    request: bytes
    day: dt.date
    reason: str

    def run(self, session: Session) -> None:
        """Add the event."""
        session.add(story.step(session, self.request, "void", self.day, self.reason)[1])


@dataclass(frozen=True)
class CloseOld:
    """Requests taken over from a paper register without a decision are set aside: no answer is invented for them."""

    legal: ClassVar[bool] = True

    requests: tuple[bytes, ...]
    day: dt.date
    reason: str

    def run(self, session: Session) -> int:
        """Add the event to each, or to none; how many there were.

        Raises:
            DeskError: none was marked, one is no longer such a request, or the reason is missing.
        """
        today = log.current(session).at.date()
        waiting = {line.id for line in old_open(session.connection(), today)}
        wanted = tuple(dict.fromkeys(self.requests))
        if not wanted:
            raise DeskError(_("Tandai dulu permohonan yang akan ditutup."))
        if not waiting.issuperset(wanted):
            raise DeskError(_("Ada permohonan yang sudah ditutup atau sedang dikerjakan. Muat ulang, tandai lagi."))
        for request in wanted:
            since = story.known(session, request).registered
            faults = life.step_faults(
                life.OLD_CLOSED, day=self.day, since=since, today=today, promised=today, note=self.reason
            )
            if faults:
                raise DeskError(" ".join(faults.values()))
            event = story.new_event(session, request, life.OLD_CLOSED, self.day)
            event.note = self.reason.strip()
            session.add(event)
            story.known(session, request).state = life.OLD_CLOSED
        return len(wanted)


@dataclass(frozen=True)
class Reopen:
    """An answered request is worked on again, after an objection, a dispute, or because the PPID says so."""

    legal: ClassVar[bool] = True

    request: bytes
    day: dt.date
    basis: str
    reason: str
    by: dt.date | None = None
    """The day a decision or a ruling set; without one the term of an answer begins anew."""

    def run(self, session: Session) -> dt.date:
        """Start the clock again; the new due date comes back."""
        request, event = story.step(session, self.request, "reopened", self.day, self.reason, self.basis)
        story.start_clock(request, self.day, life.terms_of(request.rule).answer, calendar(session.connection()))
        if self.by is not None:
            if self.by < self.day:
                raise DeskError(_("Batas waktu dari putusan mendahului tanggal dibuka kembali. Periksa tanggalnya."))
            request.due = request.target = self.by
            request.due_certain = True
        event.due = request.due
        session.add(event)
        return request.due


def _check_something_is_given(session: Session, request: Request) -> None:
    answer = select(RequestEvent.outcome).where(RequestEvent.request == request.id, RequestEvent.kind == "answered")
    outcome = session.scalar(answer.order_by(RequestEvent.n.desc()).limit(1))
    if outcome not in life.GIVING:
        raise DeskError(_("Tidak ada yang diserahkan: jawabannya penolakan. Pakai Selesaikan atau Buka kembali."))
