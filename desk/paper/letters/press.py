"""The one door to the letters: a record in, PDF bytes out."""

from desk.paper.letters import breach, exemption, handing, notice, objection, request
from desk.paper.letters import records as r
from desk.paper.letters import slips as s
from desk.paper.letters.frame import Letter, printed

Paper = (
    r.RequestForm | r.MissingParts | r.WrittenNotice | r.Extension | r.Refusal | r.Consideration | r.Classification
    | r.BlackenedList | s.Handover | s.Payment | s.Withdrawal | s.VoidSlip | s.HolderNote | s.ChangedDue
    | s.ObjectionForm | s.ObjectionReceipt | s.ObjectionAnswer | s.Agreement | s.BreachNotice
)  # fmt: skip


def render(paper: Paper, size: str) -> bytes:
    """A letter on A4 or F4, in all its copies.

    Raises:
        DeskError: another size.
    """
    return printed(_letter(paper), size)


def _letter(paper: Paper) -> Letter:
    match paper:
        case r.RequestForm():
            return request.letter(paper)
        case s.ObjectionForm():
            return objection.form(paper)
        case s.ObjectionReceipt():
            return objection.receipt(paper)
        case s.ObjectionAnswer():
            return objection.answer(paper)
        case s.Agreement():
            return objection.agreement(paper)
        case s.BreachNotice():
            return breach.letter(paper)
        case s.Handover() | s.Payment() | s.Withdrawal() | s.VoidSlip() | s.HolderNote():
            return _slip(paper)
        case _:
            return _decision(paper)


def _slip(paper: s.Handover | s.Payment | s.Withdrawal | s.VoidSlip | s.HolderNote) -> Letter:
    match paper:
        case s.Handover():
            return handing.handover(paper)
        case s.Payment():
            return handing.payment(paper)
        case s.Withdrawal():
            return handing.withdrawal(paper)
        case s.VoidSlip():
            return handing.void(paper)
        case s.HolderNote():
            return handing.holder_note(paper)


def _decision(
    paper: r.MissingParts
    | r.WrittenNotice
    | r.Extension
    | r.Refusal
    | r.Consideration
    | r.Classification
    | r.BlackenedList
    | s.ChangedDue,
) -> Letter:
    match paper:
        case r.MissingParts():
            return notice.missing_parts(paper)
        case r.WrittenNotice():
            return notice.written(paper)
        case r.Extension():
            return notice.extension(paper)
        case s.ChangedDue():
            return notice.changed_due(paper)
        case r.Refusal():
            return exemption.refusal(paper)
        case r.Consideration():
            return exemption.consideration(paper)
        case r.Classification():
            return exemption.classification(paper)
        case r.BlackenedList():
            return exemption.blackened(paper)
