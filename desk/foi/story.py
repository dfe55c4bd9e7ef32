"""How an act enters the story of a request: checked, written as one event, and the state brought up to it."""

import datetime as dt
from gettext import gettext as _
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk import log
from desk.foi import life
from desk.foi.tables import Request, RequestEvent
from desk.store import DeskError
from desk.workdays import Calendar, due, readings


def known(session: Session, request: bytes) -> Request:
    """The request of an id.

    Raises:
        DeskError: there is none.
    """
    found = session.get(Request, request)
    if found is None:
        raise DeskError(_("Permohonan itu tidak ada lagi. Muat ulang daftar, lalu pilih lagi."))
    return found


def kinds_of(session: Session, request: bytes) -> list[str]:
    """The kinds of its events, oldest first."""
    return list(
        session.scalars(select(RequestEvent.kind).where(RequestEvent.request == request).order_by(RequestEvent.n))
    )


def step(
    session: Session, request_id: bytes, kind: str, day: dt.date, note: str = "", basis: str = ""
) -> tuple[Request, RequestEvent]:
    """Check that an act is open and right, and bring the state up to it.

    Returns:
        The request, and the event, which the caller adds once it says everything: events are never changed.

    Raises:
        DeskError: the act is not open to the request now, or a field is wrong.
    """
    request = known(session, request_id)
    kinds = kinds_of(session, request.id)
    if kind not in life.acts(kinds):
        raise DeskError(f"{request.label}: {life.refusal_of(kind, request.state)}")
    since = session.scalar(
        select(RequestEvent.day).where(RequestEvent.request == request.id).order_by(RequestEvent.n.desc()).limit(1)
    )
    assert since is not None
    today = log.current(session).at.date()
    first = request.received if kinds == ["registered"] else since
    faults = life.step_faults(kind, day=day, since=first, today=today, promised=request.due, note=note, basis=basis)
    if faults:
        raise DeskError(" ".join(faults.values()))
    event = new_event(session, request.id, kind, day)
    event.note, event.basis = note.strip(), basis
    request.state = life.state_of([*kinds, kind])
    return request, event


def new_event(session: Session, request: bytes, kind: str, day: dt.date) -> RequestEvent:
    """An event of this act, not yet in the session."""
    blank: dict[str, Any] = {"outcome": "", "form": "", "fee": None, "due": None, "basis": "", "note": ""}
    return RequestEvent(request=request, kind=kind, day=day, who=log.current(session).who, **blank)


def start_clock(request: Request, start: dt.date, term: int, days: Calendar) -> None:
    """Let a term of working days run from a day: the due date, and the earliest date any reading gives."""
    answer_by = due(start, term, days)
    request.clock_from, request.due, request.due_certain = start, answer_by.date, answer_by.certain
    request.target, request.calendar = readings(start, term, days)[0], days.version
