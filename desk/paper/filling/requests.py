"""The papers of a request on its way to the answer, and of the steps that end it."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from gettext import gettext as _

from desk.foi import life, rules
from desk.foi.queries import Detail, Person, Step, detail, person
from desk.letters.queries import decisions
from desk.paper.filling.ground import Ground, asker
from desk.paper.letters.records import (
    Asked,
    Asker,
    Costs,
    Extension,
    MissingParts,
    RequestEntry,
    RequestForm,
    Signature,
)
from desk.paper.letters.slips import ChangedDue, GivenItem, Handover, HolderNote, Payment, VoidSlip, Withdrawal
from desk.paper.queries import receipt_of
from desk.paper.records import Receipt
from desk.store import DeskError
from desk.village.queries import calendar, work_week
from desk.workdays import due, until

MISSING = {
    "address": _("alamat pemohon"),
    "phone": _("nomor telepon atau surel yang dapat dihubungi"),
    "email": _("surel yang dapat dihubungi"),
    "purpose": _("tujuan penggunaan informasi"),
    "proxy": _("nama orang yang mewakili"),
    "copy_form": _("bentuk salinan: kertas atau berkas komputer"),
    "delivery": _("cara salinan diserahkan"),
}
"""What a request may lack when it comes, as the citizen reads it; papers are named one by one."""


@dataclass(frozen=True)
class Case:
    """A request as it stood after one of its steps."""

    ground: Ground
    detail: Detail
    person: Person
    story: tuple[Step, ...]
    """Up to and with the step."""

    @property
    def step(self) -> Step:
        """The step the paper is of."""
        return self.story[-1]

    @property
    def asker(self) -> Asker:
        """Who asked."""
        return asker(self.person, self.detail.applicant_kind)

    @property
    def asked(self) -> Asked:
        """The request as its letters name it."""
        return Asked(self.detail.line.label, self.detail.line.received, self.detail.line.sought)

    @property
    def promised(self) -> dt.date:
        """The date owed before this step, as the paper of an earlier one promised it."""
        dates = [step.due for step in self.story[:-1] if step.due]
        return dates[-1] if dates else self.detail.line.due

    @property
    def new_due(self) -> dt.date:
        """The date this step promises."""
        return self.step.due or self.detail.line.due

    def is_certain(self, term: int) -> bool:
        """Whether every day of `term` up to the new date is decreed."""
        return due(self.promised, term, calendar(self.ground.conn)).certain


def case_of(ground: Ground) -> Case:
    """The request a step belongs to, with who asked.

    Raises:
        DeskError: there is no such request, or its identity is not on this PC.
    """
    owner = ground.step.owner
    known, who = detail(ground.conn, owner, ground.printed_at.date()), person(ground.conn, owner)
    if known is None or who is None:
        raise DeskError(_("Permohonan ini tidak ada di register. Muat ulang halaman, lalu coba lagi."))
    last = next(i for i, step in enumerate(known.story) if step.id == ground.step.id)
    return Case(ground, known, who, known.story[: last + 1])


def receipt(case: Case) -> Receipt:
    """Tanda bukti, with the date it promised then and the days that led to it."""
    ground, step = case.ground, case.step
    made = receipt_of(ground.conn, ground.step.owner, ground.printed_at, ground.officer.name)
    start = step.day if step.kind == "completed" else case.detail.line.received
    days = until(start, case.new_due, calendar(ground.conn))
    note = ground.issue(ground.officer).note
    return replace(made, due=case.new_due, days=days, note=note)


def form(case: Case) -> RequestForm:
    """The filled request form."""
    known = case.detail
    entry = RequestEntry(
        number=known.line.label,
        received=known.line.received,
        asker=case.asker,
        details=tuple(item.sought for item in known.items) or (known.line.sought,),
        purpose=known.purpose,
        access=known.access,
        copy_form=known.copy_form,
        delivery=known.delivery,
        enclosed=tuple(rules.PAPERS[paper] for paper in known.papers),
    )
    return RequestForm(case.ground.issue(case.ground.officer), entry, case.ground.superior)


def missing(case: Case) -> MissingParts:
    """Surat kekurangan: what was missing when the request came, and until when it may come."""
    known = case.detail
    return MissingParts(
        issue=case.ground.issue(case.ground.ppid),
        asker=case.asker,
        received=known.line.received,
        details=_("{sought}\n(dicatat dengan nomor {number})").format(
            sought=known.line.sought, number=known.line.label
        ),
        missing=tuple(_missing(case)),
        days=work_week(case.ground.conn).completion_days,
        until=case.new_due,
    )


def _missing(case: Case) -> list[str]:
    said: list[str] = []
    for field in case.step.basis.split(","):
        said += _papers(case) if field == "papers" else [MISSING.get(field, field)]
    return said


def _papers(case: Case) -> list[str]:
    """The papers still to be shown; once all have come, those this kind of applicant had to bring."""
    known = case.detail
    proxy = ("proxy",) if case.person.proxy else ()
    wanted = tuple(dict.fromkeys((*rules.PAPERS_OF.get(known.applicant_kind, ()), *proxy)))
    left = [paper for paper in wanted if paper not in known.papers] or list(wanted)
    return [rules.PAPERS[paper] for paper in left]


def holder_note(case: Case) -> HolderNote:
    """Nota ke pemegang informasi: names what is wanted and until when, never who asks."""
    step = case.step
    days = [day.date for day in until(step.day, case.promised, calendar(case.ground.conn)) if day.counted]
    wanted_by = days[-1 - rules.SOON_DAYS] if len(days) > rules.SOON_DAYS else next(iter(days), case.promised)
    return HolderNote(
        issue=case.ground.issue(case.ground.ppid),
        to=step.note,
        request=case.asked,
        items=tuple(item.sought for item in case.detail.items),
        wanted_by=wanted_by,
        due=case.promised,
    )


def extension(case: Case) -> Extension:
    """Surat perpanjangan: the old date, the new one, and why."""
    term = life.terms_of(case.detail.rule).extension
    return Extension(
        issue=case.ground.issue(case.ground.ppid),
        asker=case.asker,
        request=case.asked,
        grounds=frozenset({case.step.basis}),
        reason=case.step.note,
        old_due=case.promised,
        new_due=case.new_due,
        certain=case.is_certain(term),
    )


def changed_due(case: Case) -> ChangedDue:
    """Pemberitahuan perubahan tanggal: the table of days off changed after a date was printed."""
    terms = life.terms_of(case.detail.rule)
    is_extended = any(step.kind == "extended" for step in case.story)
    return ChangedDue(
        issue=case.ground.issue(case.ground.ppid),
        asker=case.asker,
        request=case.asked,
        old_due=case.promised,
        new_due=case.new_due,
        reason=_("Daftar hari libur dan cuti bersama yang berlaku di desa berubah."),
        days=terms.answer + (terms.extension if is_extended else 0),
        certain=case.is_certain(1),
    )


def payment(case: Case) -> Payment:
    """Kuitansi; the desk knows the sum that was told, not its parts."""
    fee = case.ground.step.fee or Decimal(0)
    return Payment(
        issue=case.ground.issue(case.ground.officer),
        asker=case.asker,
        request=case.asked,
        costs=sum_of(fee),
        paid=case.step.day,
    )


def sum_of(fee: Decimal) -> Costs:
    """A sum whose parts were not written down."""
    return Costs(other=fee, other_name=_("seluruh biaya salinan")) if fee else Costs()


def handover(case: Case) -> Handover:
    """Berita acara penyerahan: what the last answer before it gave."""
    answer = next(step for step in reversed(case.story) if step.kind == "answered")
    fees = [step.fee for step in case.story if step.fee is not None]
    form_name = rules.COPY_FORMS.get(answer.form, "")
    given = tuple(
        GivenItem(item.sought, form_name, "")
        for item in decisions(case.ground.conn, answer.id)
        if item.decided and item.decided.outcome in life.GIVING
    )
    way = rules.DELIVERIES.get(case.detail.delivery) or rules.ACCESS[case.detail.access]
    return Handover(
        issue=case.ground.issue(case.ground.officer),
        asker=case.asker,
        request=case.asked,
        items=given,
        way="; ".join(text for text in (way, case.step.note) if text),
        paid=fees[-1] if fees and fees[-1] else None,
    )


def withdrawal(case: Case) -> Withdrawal:
    """Tanda terima pencabutan."""
    signer = case.ground.officer
    return Withdrawal(case.ground.issue(signer), case.asker, case.asked, case.step.day, case.step.note)


def void(case: Case) -> VoidSlip:
    """Tanda batal catat: the number stays, and nobody's name stands on it but the desk's own."""
    signer: Signature = case.ground.ppid
    return VoidSlip(case.ground.issue(signer), case.asked, case.step.note, case.step.who)
