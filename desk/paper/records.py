"""What a paper is printed from: frozen, complete, and readable without a database or ReportLab."""

import dataclasses
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desk.workdays import DayReason


@dataclass(frozen=True)
class Notice:
    """Something the clerk should mend before this paper hangs; `code` is for programs, `text` for people."""

    code: str
    text: str


@dataclass(frozen=True)
class VillageHead:
    """The village as its papers name it, and who answers for it on the paper's date."""

    place: str
    """`Desa Contoh` or `Kelurahan Kadipaten`."""
    district: str
    regency: str
    address: str = ""
    complaints: str = ""
    """Where complaints go (Permendagri 20/2018, article 39 c)."""
    head_title: str = "Kepala Desa"
    head_name: str = ""
    phone: str = ""
    """As it is printed: `0812-3456-7890`; "" where it is not recorded."""

    @property
    def region(self) -> tuple[str, str]:
        """The lines under the village's name."""
        return f"Kecamatan {self.district}", f"Kabupaten {self.regency}"


@dataclass(frozen=True)
class Figures:
    """One line's amounts in rupiah; None is unknown, which is not zero."""

    amount: Decimal | None
    """The version in force: for an amendment, after it."""
    before: Decimal | None = None
    """Before the amendment."""
    realised: Decimal | None = None


@dataclass(frozen=True)
class BudgetItem:
    """A line of the budget as the poster shows it."""

    name: str
    figures: Figures
    detail: bool = False
    """Part of the item above it: set lighter and indented, its amount is in that item already."""


@dataclass(frozen=True)
class BudgetPart:
    """Revenue, expenditure or financing: its total and the lines below it."""

    name: str
    gloss: str
    """What the name means, for a reader who never saw a budget."""
    total: Figures
    items: tuple[BudgetItem, ...]


@dataclass(frozen=True)
class ApbdesPoster:
    """The village budget on the wall (Permendagri 20/2018, article 39)."""

    village: VillageHead
    year: int
    revenue: BudgetPart
    expenditure: BudgetPart
    financing: BudgetPart
    surplus: Figures
    """Revenue less expenditure; negative is a deficit."""
    balance: Figures
    """Revenue less expenditure plus net financing; a budget closes at zero."""
    printed_at: dt.datetime
    """In the village's zone, which gives the hour its name."""
    legal_basis: str = ""
    realised_until: dt.date | None = None
    """The last day whose income and spending the realisation holds."""
    amendment: int = 0
    """Which amendment this is; 0 for the budget as first enacted."""
    draft: bool = False
    executors: str = ""
    """Who carries the activities out (article 39 b)."""
    note: str = ""
    """Stands on every sheet."""
    warnings: tuple[Notice, ...] = ()

    @property
    def parts(self) -> tuple[BudgetPart, BudgetPart, BudgetPart]:
        """The three parts in the order of the law."""
        return self.revenue, self.expenditure, self.financing

    @property
    def every_figure(self) -> tuple[Figures, ...]:
        """All the lines' figures: totals, items, surplus and balance."""
        listed = [f for part in self.parts for f in (part.total, *(item.figures for item in part.items))]
        return (*listed, self.surplus, self.balance)


@dataclass(frozen=True)
class ProjectLine:
    """One activity of the village as the list shows it; "" and None are unknown."""

    name: str
    place: str = ""
    volume: str = ""
    cost: Decimal | None = None
    fund_source: str = ""
    executor: str = ""
    responsible: str = ""
    """Who answers for it (Perki 1/2018, article 2)."""
    starts: dt.date | None = None
    ends: dt.date | None = None
    percent: int | None = None
    """Physical progress, 0 to 100."""


@dataclass(frozen=True)
class ProjectPoster:
    """The year's activities on the wall: name, place and amount at least (Permendes PDT 16/2025, article 10)."""

    village: VillageHead
    year: int
    projects: tuple[ProjectLine, ...]
    """The largest amount first, so that a sheet torn off loses the least."""
    printed_at: dt.datetime
    legal_basis: str = ""
    note: str = ""
    warnings: tuple[Notice, ...] = ()

    @property
    def total(self) -> Decimal:
        """Sum of the known amounts, rupiah."""
        return sum((p.cost for p in self.projects if p.cost is not None), Decimal(0))

    @property
    def without_cost(self) -> int:
        """How many activities have no amount yet and are not in the total."""
        return sum(p.cost is None for p in self.projects)


@dataclass(frozen=True)
class Receipt:
    """Tanda bukti permohonan: what the citizen takes home and the desk keeps (UU 14/2008, article 22(4))."""

    village: VillageHead
    number: str
    received: dt.date
    name: str
    address: str
    occupation: str
    contact: str
    details: str
    purpose: str
    obtain: str
    """How the citizen wants the information: to see it or as a copy, and the copy's form."""
    delivery: str
    """How a copy is to reach the citizen."""
    due: dt.date
    due_certain: bool
    days: tuple[DayReason, ...]
    """Every day from the receipt to the due date and why it counts or not."""
    printed_at: dt.datetime
    ppid: str = ""
    officer: str = ""
    note: str = ""
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Opening:
    """Days on which the information desk keeps the same hours, in words: `Senin sampai Kamis`, `08.00 sampai 15.00`."""

    days: str
    hours: str


@dataclass(frozen=True)
class ServicePoster:
    """What a citizen may ask the desk, when, at what cost and how long it takes (Perki 1/2021, articles 47 and 48)."""

    village: VillageHead
    year: int
    opening: tuple[Opening, ...]
    ppid: str
    """Name of the information officer; "" where nobody holds the office."""
    answer: int
    """Terms of UU 14/2008 in working days, and so below: articles 22(7), 22(8), 36(1), 36(2) and 37(2)."""
    extension: int
    objection: int
    superior: int
    dispute: int
    printed_at: dt.datetime
    legal_basis: str = ""
    note: str = ""
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class DipLine:
    """One kind of information: what it is, who holds it, in which form, when it was made.

    Of what is exempt, the form is the article and the time how long.
    """

    summary: str
    holder: str
    form: str
    made: str


@dataclass(frozen=True)
class DipClass:
    """One class of the public list, by its name in the law: berkala, serta merta, setiap saat, dikecualikan."""

    name: str
    lines: tuple[DipLine, ...]


@dataclass(frozen=True)
class DipPoster:
    """What information the village has, and what of it is exempt (UU 14/2008, articles 9 to 11)."""

    village: VillageHead
    year: int
    on: dt.date
    classes: tuple[DipClass, ...]
    """Those that hold something, in the order of the law."""
    printed_at: dt.datetime
    legal_basis: str = ""
    note: str = ""
    warnings: tuple[Notice, ...] = ()

    @property
    def count(self) -> int:
        """How many kinds of information are listed, exempt ones among them."""
        return sum(len(one.lines) for one in self.classes)


@dataclass(frozen=True)
class RealisedRow:
    """A part or a field of the budget beside what was realised of it, in rupiah; None is unknown, which is not zero."""

    name: str
    budget: Decimal | None
    realised: Decimal | None
    detail: bool = False
    """A field of the part above it."""
    barred: bool = True
    """A bar stands under it; not where less is no shortfall, as in financing."""


@dataclass(frozen=True)
class BehindRow:
    """An activity that is not finished or was not done: its name, how it stands, and why."""

    name: str
    standing: str
    reason: str
    """"" where nobody has said why."""


@dataclass(frozen=True)
class RealisationPoster:
    """What was received and spent up to a day (Permendagri 20/2018, article 72(2))."""

    village: VillageHead
    year: int
    until: dt.date
    """The day the poster speaks of."""
    known_until: dt.date
    """The last day any entry goes up to."""
    rows: tuple[RealisedRow, ...]
    remaining: Decimal | None
    """What is left of the expenditure that was budgeted; below zero where more was spent."""
    balance: Decimal | None
    """Revenue less expenditure plus net financing as realised: the year's SiLPA so far."""
    behind: tuple[BehindRow, ...]
    printed_at: dt.datetime
    legal_basis: str = ""
    draft: bool = False
    note: str = ""
    warnings: tuple[Notice, ...] = ()


Poster = ApbdesPoster | ProjectPoster | ServicePoster | DipPoster | RealisationPoster


def digest(poster: Poster) -> str:
    """Eight hex digits that name the poster's data, so that two prints can be compared.

    SHA-256 over the canonical JSON of everything that is printed but the moment of printing; warnings are not printed.
    """
    fields = {k: v for k, v in dataclasses.asdict(poster).items() if k not in ("printed_at", "warnings")}
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_canonical)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _canonical(value: Any) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value.isoformat()
