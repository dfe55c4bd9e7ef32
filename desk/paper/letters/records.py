"""What each letter is printed from: frozen, complete, and readable without a database or ReportLab.

"" is a field left empty and printed as a dash; a number of "" is written in by hand.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from desk.paper.records import VillageHead


@dataclass(frozen=True)
class Signature:
    """Who signs: in which office, by which name, under which staff number."""

    role: str
    name: str = ""
    number: str = ""
    above: str = ""
    """A line over the role: place and day, or `Menyetujui,`."""


@dataclass(frozen=True)
class Issue:
    """Where, when, under which number and by whom a paper goes out."""

    village: VillageHead
    number: str
    """As the letter series of the village gives it."""
    day: dt.date
    signer: Signature
    """Who answers for the paper: its office and name."""
    printed_at: dt.datetime
    """In the village's zone, which gives the hour its name."""
    note: str = ""
    """Stands on every page."""
    enclosed: str = ""
    """What a letter has with it: `1 berkas`."""


@dataclass(frozen=True)
class Asker:
    """The requester as their own papers name them, and who acts for them."""

    name: str
    address: str
    occupation: str = ""
    contact: str = ""
    """Phone, e-mail or both."""
    kind: str = ""
    """`person`, `body` or `group`."""
    identity: str = ""
    """NIK of a person, number of the decree of a legal body, names and number of people of a group."""
    proxy: str = ""
    """Name and address of who acts for them, with the power of attorney."""


@dataclass(frozen=True)
class Asked:
    """The request a paper answers."""

    number: str
    received: dt.date
    details: str


@dataclass(frozen=True)
class RequestEntry:
    """What a filled request form holds (Perki 1/2010, annex III, with the identity fields of Perki 1/2021)."""

    number: str
    received: dt.date
    asker: Asker
    details: tuple[str, ...]
    """One text for each item asked for."""
    purpose: str
    access: str = ""
    """`view` or `copy`."""
    copy_form: str = ""
    """`hard` or `soft`."""
    delivery: str = ""
    """`collect`, `courier`, `post`, `fax` or `email`."""
    enclosed: tuple[str, ...] = ()
    """Papers handed in with it: copy of the identity card, decree, power of attorney."""


@dataclass(frozen=True)
class RequestForm:
    """Formulir permohonan informasi; without an entry it is blank, to be filled in by hand."""

    issue: Issue
    """Its number and day are not printed on a blank form; the signer is the officer at the desk."""
    entry: RequestEntry | None = None
    superior: str = "Kepala Desa selaku atasan PPID"
    kept: str = ""
    """How long the requester's data are kept, by the village's own schedule."""


@dataclass(frozen=True)
class MissingParts:
    """Surat pemberitahuan kekurangan: what a request lacks before it can be registered."""

    issue: Issue
    asker: Asker
    received: dt.date
    details: str
    missing: tuple[str, ...]
    days: int
    """Working days to complete it, by the village's own setting: no law read so far names a term."""
    until: dt.date
    rule: str = ""
    """The village's rule the term is from."""


@dataclass(frozen=True)
class Costs:
    """What a copy costs and how it is paid (article 22(7)g)."""

    copy_each: Decimal = Decimal(0)
    sheets: int = 0
    sending: Decimal = Decimal(0)
    other: Decimal = Decimal(0)
    other_name: str = ""
    payment: str = ""

    @property
    def copying(self) -> Decimal:
        """All sheets together."""
        return self.copy_each * self.sheets

    @property
    def total(self) -> Decimal:
        """What the requester pays."""
        return self.copying + self.sending + self.other


@dataclass(frozen=True)
class ItemNotice:
    """The decision on one item of a request."""

    asked: str
    decision: str
    """`granted`, `partly`, `public`, `refused`, `not_held` or `not_documented`."""
    material: str = ""
    """What is given (article 22(7)d), or where it stands already."""
    holder: str = ""
    """The other body that holds it, if any; "" is the village itself."""
    forms: frozenset[str] = frozenset()
    """`soft`, `hard` or both."""
    costs: Costs = Costs()
    ready_days: int | None = None
    ready: dt.date | None = None
    """When the material can be had; for what is not documented yet, when it will be."""
    blackened: str = ""
    """What is blackened and why (article 22(7)e)."""
    reason: str = ""
    """Why it is not given; of a refusal the ground and the number of the decision."""


@dataclass(frozen=True)
class WrittenNotice:
    """Pemberitahuan tertulis (article 22(7)): each item can be given (A) or not (B)."""

    issue: Issue
    asker: Asker
    request: Asked
    items: tuple[ItemNotice, ...]
    delivery: str = ""
    """How it reaches the requester, in words."""
    objection_until: dt.date | None = None


@dataclass(frozen=True)
class Extension:
    """Surat perpanjangan (article 22(8))."""

    issue: Issue
    asker: Asker
    request: Asked
    grounds: frozenset[str]
    """`not_held`, `not_documented`, `not_decided`."""
    reason: str
    old_due: dt.date
    new_due: dt.date
    certain: bool = True
    """False where holidays up to the new date are not decreed yet."""


@dataclass(frozen=True)
class RefusedItem:
    """One piece of information that is exempt, and why."""

    information: str
    basis: tuple[str, ...]
    """`Pasal 17 huruf h angka 3 UU 14/2008`."""
    if_open: str
    """What follows where it is opened."""
    if_closed: str = ""
    test: str = ""
    """Number and day of the consequence test (article 19)."""


@dataclass(frozen=True)
class Refusal:
    """Keputusan PPID tentang penolakan permohonan informasi."""

    issue: Issue
    asker: Asker
    request: Asked
    items: tuple[RefusedItem, ...]
    superior: str
    objection_until: dt.date | None = None


@dataclass(frozen=True)
class Consideration:
    """Pertimbangan tertulis (article 7(4)-(5); PP 61/2010, article 2): set by the PPID, approved by the head."""

    issue: Issue
    approver: Signature
    request: Asked
    policy: str
    """What was decided to meet the request."""
    grounds: tuple[tuple[str, str], ...]
    """Kind and text; kinds of article 7(5) are politik, ekonomi, sosial, budaya, pertahanan dan keamanan negara."""
    basis: tuple[str, ...] = ()


@dataclass(frozen=True)
class Classification:
    """Surat penetapan klasifikasi: the six fields of PP 61/2010, article 4(2)."""

    issue: Issue
    """Its signer is the PPID who sets it."""
    approver: Signature
    information: str
    kind: str
    body: str
    unit: str
    period: str
    reason: str
    basis: tuple[str, ...] = ()
    ends: dt.date | None = None
    if_open: str = ""
    if_closed: str = ""
    test: str = ""
    replaces: str = ""
    """The earlier letter where this is a new classification (PP 61/2010, article 10)."""


@dataclass(frozen=True)
class BlackenedPart:
    """One place in a document that was made black."""

    document: str
    place: str
    """Page, line or column."""
    what: str
    """The kind of information, never the information."""
    reason: str
    basis: str


@dataclass(frozen=True)
class BlackenedList:
    """Daftar bagian yang dihitamkan, the companion of a partial grant (article 22(7)e)."""

    issue: Issue
    asker: Asker
    request: Asked
    parts: tuple[BlackenedPart, ...]
    superior: str = "Kepala Desa selaku atasan PPID"
