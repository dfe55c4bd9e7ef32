"""The acts of a request: registered, answered."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk import log
from desk.foi import rules
from desk.foi.rules import RequestForm
from desk.foi.tables import Applicant, Request, RequestEvent
from desk.store import DeskError
from desk.workdays import calendar, due


@dataclass(frozen=True)
class Registered:
    """What a registration promises the citizen: id of the row, number, due date and whether that date is certain."""

    id: bytes
    label: str
    due: dt.date
    certain: bool


@dataclass(frozen=True)
class Register:
    """A citizen's request is entered in the register (Art. 22(1)-(6))."""

    legal: ClassVar[bool] = True

    form: RequestForm

    def run(self, session: Session) -> Registered:
        """Take the next number of the year and series, fix the due date, keep the identity apart.

        Raises:
            DeskError: a field is missing or wrong.
        """
        faults = rules.registration_faults(self.form)
        if faults:
            raise DeskError(" ".join(faults.values()))
        request = self._request(log.current(session).letter, session)
        session.add(request)
        session.flush()
        entered = _event(session, request.id, "registered", self.form.registered)
        session.add_all([self._applicant(request.id), entered])
        return Registered(request.id, request.label, request.due, request.due_certain)

    def _request(self, series: str, session: Session) -> Request:
        form, days = self.form, calendar()
        year, copy = form.registered.year, form.access == "copy"
        last = select(func.max(Request.number)).where(Request.year == year, Request.series == series)
        number = 1 + (session.scalar(last) or 0)
        answer_by = due(form.received, rules.ANSWER_DAYS, days)
        return Request(
            number=number,
            series=series,
            year=year,
            label=rules.label(number, series, year),
            registered=form.registered,
            received=form.received,
            due=answer_by.date,
            due_certain=answer_by.certain,
            calendar=days.version,
            rule=rules.RULE,
            channel=form.channel,
            topic=form.topic,
            applicant_kind=form.applicant_kind,
            access=form.access,
            copy_form=form.copy_form if copy else "",
            delivery=form.delivery if copy else "",
            state=rules.state_of(["registered"]),
            sought=form.sought.strip(),
            purpose=form.purpose.strip(),
            late_entry_reason=form.late_entry_reason.strip(),
        )

    def _applicant(self, request: bytes) -> Applicant:
        return Applicant(
            request=request,
            name=" ".join(self.form.name.split()),
            address=self.form.address.strip(),
            occupation=self.form.occupation.strip(),
            phone=self.form.phone.strip(),
            email=self.form.email.strip(),
            identity_number=self.form.identity_number.replace(" ", ""),
        )


@dataclass(frozen=True)
class AnswerRequest:
    """The written answer that the information is given (Art. 22(7)); form is how it is given: hard or soft."""

    legal: ClassVar[bool] = True

    request: bytes
    day: dt.date
    today: dt.date
    form: str
    fee: Decimal = Decimal(0)
    note: str = ""

    def run(self, session: Session) -> None:
        """Add the event and bring the request's state up to it.

        Raises:
            DeskError: the request is unknown or already answered, or a field is wrong.
        """
        request = session.get(Request, self.request)
        if request is None:
            raise DeskError(_("Permohonan itu tidak ada lagi. Muat ulang daftar, lalu pilih lagi."))
        if request.state not in rules.OPEN_STATES:
            raise DeskError(_("Permohonan {label} sudah dijawab.").format(label=request.label))
        faults = rules.answer_faults(day=self.day, received=request.received, today=self.today, form=self.form)
        if self.fee < 0:
            faults["fee"] = _("Biaya tidak boleh kurang dari nol.")
        if faults:
            raise DeskError(" ".join(faults.values()))
        answer = _event(session, request.id, "answered", self.day)
        answer.outcome, answer.form, answer.fee, answer.note = "granted", self.form, self.fee, self.note.strip()
        session.add(answer)
        session.flush()
        kinds = select(RequestEvent.kind).where(RequestEvent.request == request.id).order_by(RequestEvent.n)
        request.state = rules.state_of(session.scalars(kinds))


def _event(session: Session, request: bytes, kind: str, day: dt.date) -> RequestEvent:
    who = log.current(session).who
    return RequestEvent(request=request, kind=kind, day=day, outcome="", form="", fee=None, who=who, note="")
