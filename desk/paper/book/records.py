"""What each book is made from: frozen, complete, and readable without a database or ReportLab.

"" is a field nobody filled in, printed as a dash; a line break in a text stays one, so that a request for several
things has a line for each of them, and its decision too.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from types import MappingProxyType

from desk.paper.records import VillageHead

CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "periodic": _("Informasi yang diumumkan secara berkala"),
        "immediate": _("Informasi yang diumumkan serta merta"),
        "anytime": _("Informasi yang tersedia setiap saat"),
        "exempt": _("Informasi yang dikecualikan"),
    }
)
"""The four classes of the list, in the order of the law."""


@dataclass(frozen=True)
class Cover:
    """Whose book it is, which days it holds, and as of which day it is told."""

    village: VillageHead
    first: dt.date
    last: dt.date
    as_of: dt.date
    """Nothing that was decided later stands in the book."""
    printed_at: dt.datetime
    """In the village's zone, which gives the hour its name."""
    ppid: str = ""
    """Name of the official who answers for the book and signs its last page; "" leaves room for a name."""
    note: str = ""
    """Stands on every page."""


@dataclass(frozen=True)
class RequestRow:
    """One request in the register (Perki 1/2018 with Perki 1/2010, twenty cells)."""

    number: str
    received: dt.date
    name: str
    address: str
    contact: str
    """Phone, e-mail or both."""
    occupation: str
    sought: str
    purpose: str
    held: bool | None = None
    """Whether the desk has the information; None before anyone has looked."""
    holder: str = ""
    """Who has it instead, where that is known."""
    soft: bool = False
    hard: bool = False
    view: bool = False
    copy: bool = False
    decision: str = ""
    reason: str = ""
    """Why it was refused, wholly or in part."""
    notified: dt.date | None = None
    handed: dt.date | None = None
    fee: Decimal | None = None
    payment: str = ""


@dataclass(frozen=True)
class RequestBook:
    """Register permohonan informasi of some stretch of time, in the order of the numbers."""

    cover: Cover
    rows: Sequence[RequestRow]
    identities: bool = True
    """Without them name, address, contact and occupation are dashes whatever the rows hold, and the book says so."""


@dataclass(frozen=True)
class ObjectionRow:
    """One objection in the register, eleven columns."""

    number: str
    received: dt.date
    identity: str
    """Who objects, and for whom."""
    request_number: str
    sought: str
    purpose: str
    grounds: str
    """Letters of article 35(1): `a, c`."""
    decision: str = ""
    answered: dt.date | None = None
    superior: str = ""
    """Name and office of who decided."""
    response: str = ""
    """What the applicant said to the answer."""


@dataclass(frozen=True)
class ObjectionBook:
    """Register keberatan of some stretch of time, in the order of the numbers."""

    cover: Cover
    rows: Sequence[ObjectionRow]
    identities: bool = True
    """As in `RequestBook`; here the one column that names the applicant or proxy."""


@dataclass(frozen=True)
class DipEntry:
    """One entry of the public list in its columns; the seventh is its number."""

    category: str
    """A key of `CLASSES`."""
    summary: str
    holder: str
    producer: str = ""
    made: str = ""
    """When and where."""
    formats: str = ""
    retention: str = ""

    def __post_init__(self) -> None:
        """Refuse a class the list has no place for: its entry would be left out without a word."""
        if self.category not in CLASSES:
            raise ValueError(self.category)


@dataclass(frozen=True)
class DipBook:
    """Daftar Informasi Publik, grouped by class; entries of a class stay in the order given."""

    village: VillageHead
    as_of: dt.date
    printed_at: dt.datetime
    entries: Sequence[DipEntry]
    ppid: str = ""
    note: str = ""


@dataclass(frozen=True)
class MonthLine:
    """The requests registered in one month and what became of them; the outcomes add up to `received`."""

    month: int
    received: int
    granted: int = 0
    partly: int = 0
    refused: int = 0
    other: int = 0
    """Referred to another body, withdrawn, lapsed or void."""
    open: int = 0
    """Not answered by the day the report is told of."""
    late: int = 0
    """Answered, or still open, after the due date."""
    mean_days: Decimal | None = None
    """Working days from receipt to the written notice; None where nothing was answered."""
    median_days: Decimal | None = None
    objections: int = 0
    disputes: int = 0


@dataclass(frozen=True)
class Count:
    """How often something happened."""

    name: str
    times: int


@dataclass(frozen=True)
class DisputeLine:
    """One dispute at the Komisi Informasi."""

    number: str
    request_number: str
    filed: dt.date | None
    stage: str
    result: str = ""


@dataclass(frozen=True)
class AnnualReport:
    """The yearly report: article 12 of UU 14/2008 and the six parts of Perki 1/2021, article 56."""

    village: VillageHead
    year: int
    as_of: dt.date
    printed_at: dt.datetime
    months: Sequence[MonthLine]
    mean_days: Decimal | None = None
    """Over the whole year, which is not the mean of the months' means."""
    median_days: Decimal | None = None
    reasons: Sequence[Count] = ()
    """Why requests were refused, wholly or in part."""
    topics: Sequence[Count] = ()
    dispute_lines: Sequence[DisputeLine] = ()
    policy: str = ""
    service: str = ""
    """Rooms, people and money of the desk, and how they were used."""
    details: str = ""
    disputes: str = ""
    internal: str = ""
    external: str = ""
    recommendations: str = ""
    follow_up: str = ""
    ppid: str = ""
    note: str = ""

    @property
    def due(self) -> dt.date:
        """Three months after the budget year (Perki 1/2021, article 56)."""
        return dt.date(self.year + 1, 3, 31)

    def total(self, figure: str) -> int:
        """The year's sum of one of the months' counts."""
        return sum(int(getattr(month, figure)) for month in self.months)


Book = RequestBook | ObjectionBook | DipBook | AnnualReport
