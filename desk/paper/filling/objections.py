"""The papers of an objection, and the letter that sets an exemption."""

from gettext import gettext as _

from desk.dates import long_date
from desk.dip.queries import exemption, letter
from desk.dip.rules import GROUNDS
from desk.foi import queries as foi
from desk.letters.queries import occasions
from desk.objections import queries, rules
from desk.objections.queries import Detail, Step, proxy
from desk.paper.filling.ground import Ground, asker
from desk.paper.letters.records import Asked, Asker, Classification, Signature
from desk.paper.letters.slips import Agreement, ObjectionAnswer, ObjectionEntry, ObjectionForm, ObjectionReceipt
from desk.store import DeskError

GONE = _("Catatan ini tidak ada lagi. Muat ulang halaman, lalu coba lagi.")


def form(ground: Ground) -> ObjectionForm:
    """The filled objection form."""
    return ObjectionForm(ground.issue(ground.officer), _entry(ground), ground.superior)


def receipt(ground: Ground) -> ObjectionReceipt:
    """Tanda terima keberatan."""
    certain = _objection(ground).line.certain
    return ObjectionReceipt(ground.issue(ground.officer), _entry(ground), ground.superior, certain)


def answer(ground: Ground) -> ObjectionAnswer:
    """The superior's answer, signed by who held the office that day, or by whoever the step names instead."""
    known, step = _objection(ground), _step(ground)
    head = ground.head
    if not head.name or head.name not in step.official:
        head = Signature(_("Atasan PPID"), step.official)
    outcome = rules.OUTCOMES[step.outcome]
    who, request = _asked(ground, known)
    return ObjectionAnswer(
        issue=ground.issue(head),
        asker=who,
        number=known.line.label,
        received=known.line.received,
        request=request,
        grounds=frozenset(known.line.grounds),
        outcome=step.outcome,
        decision=outcome[0].upper() + outcome[1:],
        reasons=step.note,
        dispute_until=known.dispute_until,
    )


def agreement(ground: Ground) -> Agreement:
    """Berita acara musyawarah: what both sides agreed on, a line each."""
    known, step = _objection(ground), _step(ground)
    who, request = _asked(ground, known)
    return Agreement(
        issue=ground.issue(ground.ppid),
        asker=who,
        superior=ground.head,
        number=known.line.label,
        request=request,
        grounds=frozenset(known.line.grounds),
        place=_("Kantor {place}").format(place=ground.known.place_name),
        talked=known.line.matter,
        agreed=tuple(line for line in step.note.splitlines() if line.strip()),
    )


def classification(ground: Ground) -> Classification:
    """Surat penetapan klasifikasi with its six fields; the head signs to approve."""
    today = ground.printed_at.date()
    test, made = exemption(ground.conn, ground.step.owner, today), letter(ground.conn, ground.step.owner, today)
    if test is None or made is None:
        raise DeskError(GONE)
    before = exemption(ground.conn, test.replaces, today) if test.replaces else None
    numbers = [step.number for step in before.story if step.kind == "classified"] if before else []
    head = Signature(made.head_title or ground.head.role, made.head) if made.head else ground.head
    letters = "; ".join(GROUNDS[code] for code in test.standing.letters)
    return Classification(
        issue=ground.issue(Signature(made.ppid_title, made.ppid)),
        approver=head,
        information="\n".join(text for text in (test.kind, test.detail) if text),
        kind=letters or test.standing.statute,
        body=made.body,
        unit=made.unit,
        period=made.period,
        reason=made.reason,
        basis=(made.grounds,),
        if_open=test.if_open,
        if_closed=test.if_closed,
        test=_("tanggal {day}").format(day=long_date(test.standing.tested)),
        replaces=_("surat nomor {number}").format(number=numbers[0]) if numbers else "",
    )


def _objection(ground: Ground) -> Detail:
    known = queries.objection(ground.conn, ground.step.owner, ground.printed_at.date())
    if known is None:
        raise DeskError(GONE)
    return known


def _step(ground: Ground) -> Step:
    """The step of the story an occasion stands for: both are told in the same order."""
    place = [step.id for step in occasions(ground.conn, ground.step.owner)].index(ground.step.id)
    return _objection(ground).story[place]


def _request(ground: Ground, known: Detail) -> tuple[foi.Detail, foi.Person]:
    """The request the objection is about, and who made it."""
    request = foi.detail(ground.conn, known.line.request, ground.printed_at.date())
    person = foi.person(ground.conn, known.line.request)
    if request is None or person is None:
        raise DeskError(GONE)
    return request, person


def _asked(ground: Ground, known: Detail) -> tuple[Asker, Asked]:
    request, person = _request(ground, known)
    line = request.line
    return asker(person, request.applicant_kind), Asked(line.label, line.received, line.sought)


def _entry(ground: Ground) -> ObjectionEntry:
    known, brought_by = _objection(ground), proxy(ground.conn, ground.step.owner)
    request, person = _request(ground, known)
    return ObjectionEntry(
        number=known.line.label,
        received=known.line.received,
        request_number=request.line.label,
        purpose=request.purpose,
        asker=asker(person, request.applicant_kind),
        grounds=frozenset(known.line.grounds),
        case=known.line.matter,
        answer_by=known.line.due,
        proxy_name=brought_by.name if brought_by else "",
        proxy_address=brought_by.address if brought_by else "",
        proxy_contact=brought_by.phone if brought_by else "",
        oral=known.channel == "oral",
        late="late" in known.flags,
    )
