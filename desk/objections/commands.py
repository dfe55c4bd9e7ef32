"""The acts of an objection: registered, and every step after that."""

import datetime as dt
from dataclasses import dataclass
from gettext import gettext as _
from typing import ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk import log, vault
from desk.foi import life
from desk.foi.tables import Request, Unmasking
from desk.objections import rules
from desk.objections.queries import Proxy, proxy
from desk.objections.rules import ObjectionForm
from desk.objections.tables import Objection, ObjectionEvent, ObjectionProxy
from desk.store import DeskError, new_id
from desk.village.queries import calendar
from desk.workdays import due, readings


@dataclass(frozen=True)
class Objected:
    """What the copy of the form promises: id, number, and the day the superior answers by."""

    id: bytes
    label: str
    due: dt.date
    certain: bool


@dataclass(frozen=True)
class RegisterObjection:
    """An objection is entered in its register; late or early, it is never sent away (article 35)."""

    legal: ClassVar[bool] = True

    request: bytes
    form: ObjectionForm
    id: bytes | None = None
    """The id its draft had: entered again after a commit nobody heard of, it is the same objection and not a second."""

    def run(self, session: Session) -> Objected:
        """Take the next number, start the superior's term, keep the proxy's identity apart.

        Raises:
            DeskError: the request is unknown or void, or a field is missing or wrong.
        """
        known = session.get(Objection, self.id) if self.id else None
        if known is not None:
            return Objected(known.id, known.label, known.due, known.due_certain)
        request = session.get(Request, self.request)
        if request is None or request.state in ("void", "incomplete"):
            raise DeskError(_("Keberatan diajukan atas permohonan yang terdaftar. Pilih permohonannya lebih dulu."))
        faults = rules.form_faults(self.form, request.received)
        if faults:
            raise DeskError(" ".join(faults.values()))
        objection = self._objection(request, session)
        objection.id = self.id or new_id()
        session.add(objection)
        session.flush()
        session.add(_event(session, objection.id, "registered", self.form.registered))
        if self.form.proxy_name.strip():
            fields = {
                "name": " ".join(self.form.proxy_name.split()),
                "address": self.form.proxy_address.strip(),
                "phone": self.form.proxy_phone.strip(),
            }
            sealed = vault.close(session.connection(), b"objection_proxy:" + objection.id, fields)
            session.add(ObjectionProxy(objection=objection.id, sealed=sealed))
        return Objected(objection.id, objection.label, objection.due, objection.due_certain)

    def _objection(self, request: Request, session: Session) -> Objection:
        form, days = self.form, calendar(session.connection())
        series, year = log.current(session).letter, form.registered.year
        last = select(func.max(Objection.number)).where(Objection.year == year, Objection.series == series)
        number = 1 + (session.scalar(last) or 0)
        term = life.terms_of(request.rule).superior
        answer_by = due(form.received, term, days)
        return Objection(
            number=number,
            series=series,
            year=year,
            label=rules.label(number, series, year),
            request=request.id,
            registered=form.registered,
            received=form.received,
            due=answer_by.date,
            target=readings(form.received, term, days)[0],
            due_certain=answer_by.certain,
            grounds=",".join(ground for ground in rules.GROUNDS if ground in form.grounds),
            channel=form.channel,
            state=rules.state_of(["registered"]),
            matter=form.matter.strip(),
            late_entry_reason=form.late_entry_reason.strip(),
        )


@dataclass(frozen=True)
class UnmaskProxy:
    """Somebody opens who brings an objection; that they did is written down, with the request it is about."""

    legal: ClassVar[bool] = True

    objection: bytes

    def run(self, session: Session) -> Proxy:
        """Log who looked and when; the identity comes back.

        Raises:
            DeskError: the applicant came alone, or the key that seals the proxy is not on this PC.
        """
        known = proxy(session.connection(), self.objection)
        objection = session.get(Objection, self.objection)
        if known is None or objection is None:
            raise DeskError(_("Keberatan ini diajukan pemohon sendiri, tanpa kuasa."))
        frame = log.current(session)
        session.add(Unmasking(request=objection.request, at=frame.at, who=frame.who))
        return known


@dataclass(frozen=True)
class TakeStep:
    """One act on an objection, a key of `rules.ACTS`: review, answer, settlement, a step of the dispute, its end."""

    legal: ClassVar[bool] = True

    objection: bytes
    kind: str
    day: dt.date
    note: str = ""
    outcome: str = ""
    official: str = ""
    reply: str = ""

    def run(self, session: Session) -> str:
        """Add the event; the state it leads to comes back.

        Raises:
            DeskError: the act is not open to this objection now, or a field is wrong.
        """
        objection = session.get(Objection, self.objection)
        if objection is None:
            raise DeskError(_("Keberatan itu tidak ada lagi. Muat ulang daftar, lalu pilih lagi."))
        told = select(ObjectionEvent.kind, ObjectionEvent.day).where(ObjectionEvent.objection == objection.id)
        steps = session.execute(told.order_by(ObjectionEvent.n)).all()
        kinds = [step.kind for step in steps]
        if self.kind not in rules.acts(kinds, objection.grounds.split(",")):
            raise DeskError(
                _("{label} {state}; langkah itu tidak berlaku. Muat ulang keberatannya.").format(
                    label=objection.label, state=rules.STATES[objection.state]
                )
            )
        faults = rules.step_faults(
            self.kind,
            day=self.day,
            since=objection.received if len(steps) == 1 else steps[-1].day,
            today=log.current(session).at.date(),
            outcome=self.outcome,
            note=self.note,
            official=self.official,
        )
        if faults:
            raise DeskError(" ".join(faults.values()))
        event = _event(session, objection.id, self.kind, self.day)
        event.note, event.outcome = self.note.strip(), self.outcome
        event.official, event.reply = self.official.strip(), self.reply.strip()
        session.add(event)
        objection.state = rules.state_of([*kinds, self.kind])
        return objection.state


def _event(session: Session, objection: bytes, kind: str, day: dt.date) -> ObjectionEvent:
    who = log.current(session).who
    return ObjectionEvent(objection=objection, kind=kind, day=day, who=who, outcome="", official="", note="", reply="")
