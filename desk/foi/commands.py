"""The acts of a request from the form to the answer; what follows the answer stands in `endings`."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk import log, vault
from desk.dip.queries import standing
from desk.foi import life, rules, story
from desk.foi.life import Decision
from desk.foi.queries import Person, person
from desk.foi.rules import RequestForm
from desk.foi.tables import Applicant, Considered, ItemDecision, Request, RequestItem, Unmasking
from desk.foi.takeover import next_number
from desk.store import DeskError, new_id
from desk.village.queries import calendar, work_week
from desk.workdays import due, readings


@dataclass(frozen=True)
class Registered:
    """What a registration promises the citizen: id of the row, number, due date and whether that date is certain."""

    id: bytes
    label: str
    due: dt.date
    certain: bool


@dataclass(frozen=True)
class Register:
    """A citizen's request is entered in the register (Art. 22(1)-(6)).

    With something still missing it is entered as incomplete: it has its number, so that every letter about it names
    one, and the term of the answer begins when the rest has come.
    """

    legal: ClassVar[bool] = True

    form: RequestForm
    incomplete: bool = False
    id: bytes | None = None
    """The id its draft had: entered again after a commit nobody heard of, it is the same request and not a second."""

    def run(self, session: Session) -> Registered:
        """Take the next number of the year and series, fix the due date, keep the identity apart.

        Raises:
            DeskError: a field is missing or wrong.
        """
        known = session.get(Request, self.id) if self.id else None
        if known is not None:
            return Registered(known.id, known.label, known.due, known.due_certain)
        missing = rules.registration_faults(self.form)
        faults = rules.incomplete_faults(self.form) if self.incomplete else missing
        if faults:
            raise DeskError(" ".join(faults.values()))
        if self.incomplete and not missing:
            raise DeskError(_("Permohonan ini sudah lengkap. Daftarkan seperti biasa."))
        request = self._request(session)
        request.id = self.id or new_id()
        session.add(request)
        session.flush()
        kind = "incomplete" if self.incomplete else "registered"
        event = story.new_event(session, request.id, kind, self.form.registered)
        event.due, event.basis = request.due, ",".join(missing)
        items = (RequestItem(request=request.id, place=i, sought=text) for i, text in enumerate(self.form.items, 1))
        session.add_all([_applicant(session, request.id, self.form), event, *items])
        return Registered(request.id, request.label, request.due, request.due_certain)

    def _request(self, session: Session) -> Request:
        form, days = self.form, calendar(session.connection())
        series, year = log.current(session).letter, form.registered.year
        number = next_number(session, series, year)
        terms = life.terms_on(form.received)
        request = Request(
            number=number,
            series=series,
            year=year,
            label=rules.label(number, series, year),
            registered=form.registered,
            received=form.received,
            rule=terms.version,
            channel=form.channel,
            state=life.state_of(["incomplete" if self.incomplete else "registered"]),
            holder="",
            late_entry_reason=form.late_entry_reason.strip(),
        )
        _describe(request, form)
        term = work_week(session.connection()).completion_days if self.incomplete else terms.answer
        story.start_clock(request, form.received, term, days)
        return request


@dataclass(frozen=True)
class Complete:
    """What was missing has come; the term of the answer begins (law.md, D: from the day a request is complete)."""

    legal: ClassVar[bool] = True

    request: bytes
    day: dt.date
    form: RequestForm

    def run(self, session: Session) -> Registered:
        """Write the form as it is now and start the clock."""
        request, event = story.step(session, self.request, "completed", self.day)
        faults = rules.registration_faults(self.form)
        if faults:
            raise DeskError(" ".join(faults.values()))
        _describe(request, self.form)
        _correct(session, request.id, self.form)
        story.start_clock(request, self.day, life.terms_of(request.rule).answer, calendar(session.connection()))
        event.due = request.due
        session.add(event)
        return Registered(request.id, request.label, request.due, request.due_certain)


@dataclass(frozen=True)
class CorrectApplicant:
    """The identity on a form is put right (UU 27/2022, article 30); the request itself stays as it was made."""

    request: bytes
    form: RequestForm

    def run(self, session: Session) -> None:
        """Write over the identity; the log names the fields and not what stood in them."""
        faults = rules.applicant_faults(self.form)
        if faults:
            raise DeskError(" ".join(faults.values()))
        _correct(session, story.known(session, self.request).id, self.form)


@dataclass(frozen=True)
class Unmask:
    """Somebody opens the identity on a request; that they did is written down."""

    legal: ClassVar[bool] = True

    request: bytes

    def run(self, session: Session) -> Person:
        """Log who looked and when; the identity comes back.

        Raises:
            DeskError: there is no such request, or the key that seals it is not on this PC.
        """
        frame = log.current(session)
        known = person(session.connection(), story.known(session, self.request).id)
        if known is None:
            raise DeskError(_("Identitas pemohon ini tidak ada di komputer ini."))
        session.add(Unmasking(request=self.request, at=frame.at, who=frame.who))
        return known


@dataclass(frozen=True)
class Assign:
    """Somebody in the office who holds the information is asked to bring it."""

    legal: ClassVar[bool] = True

    request: bytes
    day: dt.date
    holder: str

    def run(self, session: Session) -> None:
        """Add the event and name the holder on the request."""
        request, event = story.step(session, self.request, "assigned", self.day, self.holder)
        request.holder = self.holder.strip()
        session.add(event)


@dataclass(frozen=True)
class Extend:
    """Seven working days more, once, before the term is over, with the reason in writing (Art. 22(8))."""

    legal: ClassVar[bool] = True

    request: bytes
    day: dt.date
    basis: str
    reason: str

    def run(self, session: Session) -> dt.date:
        """Add the days after the old due date; the new one comes back."""
        request, event = story.step(session, self.request, "extended", self.day, self.reason, self.basis)
        days, more = calendar(session.connection()), life.terms_of(request.rule).extension
        longer = due(request.due, more, days)
        request.target = readings(request.target, more, days)[0]
        request.due, request.due_certain, request.calendar = longer.date, longer.certain, days.version
        event.due = request.due
        session.add(event)
        return request.due


@dataclass(frozen=True)
class AnswerRequest:
    """The written answer: what is decided about each thing asked for (Art. 22(7)).

    Without decisions everything is given. `form` is how it is given: hard or soft.
    """

    legal: ClassVar[bool] = True

    request: bytes
    day: dt.date
    form: str = ""
    fee: Decimal = Decimal(0)
    note: str = ""
    decisions: tuple[Decision, ...] = ()
    considered: tuple[tuple[str, str], ...] = ()
    """Grounds of the written consideration: a key of `life.CONSIDERED` each, and its words (Art. 7(5))."""

    def run(self, session: Session) -> None:
        """Add the event with its decisions and bring the request's state up to it.

        Raises:
            DeskError: the request is unknown or already answered, or a field is wrong.
        """
        items = session.scalars(
            select(RequestItem.id).where(RequestItem.request == self.request).order_by(RequestItem.place)
        ).all()
        decisions = self.decisions or tuple(Decision(item) for item in items)
        faults = life.answer_faults(form=self.form, fee=self.fee, items=items, decisions=decisions)
        for decision in decisions:
            test = standing(session.connection(), decision.test) if decision.test else None
            faults |= life.decision_faults(decision, test, self.day)
        faults |= life.considered_faults(self.considered)
        request, event = story.step(session, self.request, "answered", self.day, self.note)
        if faults:
            raise DeskError(" ".join(faults.values()))
        event.outcome, event.form, event.fee = life.outcome_of(decisions), self.form, self.fee
        request.holder = ""
        session.add(event)
        session.flush()
        session.add_all(_decision(event.id, decision) for decision in decisions)
        told = dict(self.considered).items()
        session.add_all(Considered(event=event.id, kind=kind, words=words.strip()) for kind, words in told)


@dataclass(frozen=True)
class MoveDue:
    """A changed table of days off gives a later date, and a person takes it: the applicant is told in writing."""

    legal: ClassVar[bool] = True

    request: bytes
    day: dt.date

    def run(self, session: Session) -> dt.date:
        """Promise the date today's calendar gives; an earlier one is never promised by itself, and changes nothing.

        Raises:
            DeskError: the calendar gives no later date.
        """
        request, event = story.step(session, self.request, "due_moved", self.day)
        days = calendar(session.connection())
        counted = life.counted_due(request.rule, request.clock_from, story.kinds_of(session, request.id), days)
        if counted.date <= request.due:
            raise DeskError(_("Batas waktu yang sudah dijanjikan tidak lebih awal. Tidak ada yang perlu diubah."))
        request.due, request.due_certain, request.calendar = counted.date, counted.certain, days.version
        event.due = request.due
        session.add(event)
        return request.due


def _decision(event: bytes, decision: Decision) -> ItemDecision:
    return ItemDecision(
        event=event,
        item=decision.item,
        outcome=decision.outcome,
        grounds=",".join(decision.grounds),
        test=decision.test,
        elsewhere=decision.elsewhere.strip(),
        removed=decision.removed.strip(),
        reason=decision.reason.strip(),
    )


def _describe(request: Request, form: RequestForm) -> None:
    copy = form.access == "copy"
    request.topic, request.applicant_kind, request.access = form.topic, form.applicant_kind, form.access
    request.copy_form, request.delivery = (form.copy_form, form.delivery) if copy else ("", "")
    request.sought, request.purpose = "\n".join(form.items), form.purpose.strip()
    request.papers, request.project, request.activity = ",".join(form.papers), form.project, form.activity.strip()


def _identity(form: RequestForm) -> dict[str, str]:
    return {
        "name": " ".join(form.name.split()),
        "address": form.address.strip(),
        "occupation": form.occupation.strip(),
        "phone": form.phone.strip(),
        "email": form.email.strip(),
        "proxy": " ".join(form.proxy.split()),
        "identity_number": form.identity_number.replace(" ", ""),
    }


def _applicant(session: Session, request: bytes, form: RequestForm) -> Applicant:
    return Applicant(request=request, sealed=_sealed(session, request, form))


def _correct(session: Session, request: bytes, form: RequestForm) -> None:
    applicant = session.scalars(select(Applicant).where(Applicant.request == request)).one()
    applicant.sealed = _sealed(session, request, form)


def _sealed(session: Session, request: bytes, form: RequestForm) -> bytes:
    return vault.close(session.connection(), rules.about(request), _identity(form))
