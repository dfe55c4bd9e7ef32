"""Records of the smaller papers: handing over, withdrawal, void, notes in the office, objections and breaches."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from desk.paper.letters.records import Asked, Asker, Costs, Issue, Signature


@dataclass(frozen=True)
class GivenItem:
    """One thing handed over."""

    name: str
    form: str
    amount: str
    """`12 lembar`, `1 berkas`."""


@dataclass(frozen=True)
class Handover:
    """Berita acara penyerahan informasi, which is the requester's receipt too."""

    issue: Issue
    """Its signer hands over."""
    asker: Asker
    request: Asked
    items: tuple[GivenItem, ...]
    way: str
    """How it was handed over, in words."""
    receiver: str = ""
    """Who took it where that is not the requester."""
    paid: Decimal | None = None
    """What was paid; None where nothing was due."""
    payment: str = ""


@dataclass(frozen=True)
class Payment:
    """Kuitansi for what a copy costs."""

    issue: Issue
    """Its signer takes the money."""
    asker: Asker
    request: Asked
    costs: Costs
    paid: dt.date


@dataclass(frozen=True)
class Withdrawal:
    """Tanda terima pencabutan permohonan."""

    issue: Issue
    asker: Asker
    request: Asked
    withdrawn: dt.date
    reason: str = ""


@dataclass(frozen=True)
class VoidSlip:
    """Tanda batal catat: the number stays in the register, nothing is asked under it any more."""

    issue: Issue
    request: Asked
    reason: str
    voided_by: str
    confirmed_by: str = ""
    """The second person where staff use PINs."""
    replaced_by: str = ""
    """The number the request got instead, if any."""


@dataclass(frozen=True)
class HolderNote:
    """Nota ke penguasa informasi: names what is wanted and until when, never who asks."""

    issue: Issue
    to: str
    request: Asked
    items: tuple[str, ...]
    wanted_by: dt.date
    due: dt.date
    remark: str = ""


@dataclass(frozen=True)
class ChangedDue:
    """Pemberitahuan perubahan tanggal jawaban: the calendar changed after a date was printed."""

    issue: Issue
    asker: Asker
    request: Asked
    old_due: dt.date
    new_due: dt.date
    reason: str
    days: int = 10
    certain: bool = True


@dataclass(frozen=True)
class ObjectionEntry:
    """What a filled objection form holds (Perki 1/2010, annex: parts A to D)."""

    number: str
    received: dt.date
    request_number: str
    purpose: str
    asker: Asker
    grounds: frozenset[str]
    """Letters a to g of article 35(1)."""
    case: str
    """Kasus posisi: what happened."""
    answer_by: dt.date
    proxy_name: str = ""
    proxy_address: str = ""
    proxy_contact: str = ""
    oral: bool = False
    """Spoken, and written down by the officer."""
    late: bool = False
    """Brought after the 30 working days; recorded all the same."""


@dataclass(frozen=True)
class ObjectionForm:
    """Formulir keberatan; without an entry it is blank."""

    issue: Issue
    entry: ObjectionEntry | None = None
    superior: str = "Kepala Desa selaku atasan PPID"


@dataclass(frozen=True)
class ObjectionReceipt:
    """Tanda terima keberatan."""

    issue: Issue
    entry: ObjectionEntry
    superior: str
    certain: bool = True


@dataclass(frozen=True)
class ObjectionAnswer:
    """Surat tanggapan atasan PPID (article 36)."""

    issue: Issue
    """Its signer is the PPID's superior."""
    asker: Asker
    number: str
    """Of the objection in its register."""
    received: dt.date
    request: Asked
    grounds: frozenset[str]
    outcome: str
    """`upheld` (the PPID's decision stands), `changed` or `partly`."""
    decision: str
    reasons: str
    """Required where the decision stands (article 36(3))."""
    orders: tuple[str, ...] = ()
    """What the PPID has to do."""
    carried_out_by: dt.date | None = None
    dispute_until: dt.date | None = None


@dataclass(frozen=True)
class Agreement:
    """Berita acara musyawarah on grounds b to g (article 35(2))."""

    issue: Issue
    """Its signer is the PPID."""
    asker: Asker
    superior: Signature
    number: str
    request: Asked
    grounds: frozenset[str]
    place: str
    talked: str
    agreed: tuple[str, ...]
    carried_out_by: dt.date | None = None


@dataclass(frozen=True)
class BreachNotice:
    """Pemberitahuan kegagalan pelindungan data pribadi (UU 27/2022, article 46)."""

    issue: Issue
    to: str
    """The person, or the agency; one letter for each."""
    to_address: str
    known: dt.datetime
    """When the village came to know; the 72 hours run from here."""
    until: dt.datetime
    leaked: tuple[str, ...]
    """Kinds of data, never the data."""
    when: str
    how: str
    handling: tuple[str, ...]
    advice: tuple[str, ...] = ()
    """What the person can do now."""
    contact: str = ""
    late_reason: str = ""
    """Where the 72 hours are over."""
