"""The rows of a budget's tree and what stands in their cells."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from gettext import gettext as _
from typing import Protocol

from desk.budget.rules import Totals, percent
from desk.money import rupiah

CODE, TITLE, FUND, VOLUME, PRICE, AMOUNT, REALISED, SHARE = range(8)
"""The columns."""
MONEY = (PRICE, AMOUNT, REALISED, SHARE)
"""Columns of numbers, which stand at the right."""
DETAIL = (FUND, VOLUME, PRICE)
"""Columns of a budget in full depth."""


@dataclass(eq=False)
class TreeRow:
    """One row of the tree; amounts in rupiah, None is unknown."""

    title: str
    code: str = ""
    amount: Decimal | None = None
    realised: Decimal | None = None
    strong: bool = False
    """A part of the budget: its title and sums stand out."""
    quiet: bool = False
    """The line `belum dirinci`: what a printed total holds beyond its rows."""
    key: Hashable = None
    """What tells the row from others: the id of its line, or the name of its part."""
    activity: str = ""
    fund: str = ""
    volume: str = ""
    """With its unit."""
    price: str = ""
    is_line: bool = False
    """A line of the budget: what a person may change of a draft."""
    parent: "TreeRow | None" = None
    place: int = 0
    """Among the rows below the same one."""
    children: list["TreeRow"] = field(default_factory=list)

    def add(self, child: "TreeRow") -> "TreeRow":
        """Hang a row below this one."""
        child.parent, child.place = self, len(self.children)
        self.children.append(child)
        return child

    def walk(self) -> Iterator["TreeRow"]:
        """The row and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def take(self, other: "TreeRow") -> bool:
        """Say what another row of the same key says; whether anything is other than it was."""
        before = self.told()
        for name, value in zip(_TOLD, other.told(), strict=True):
            setattr(self, name, value)
        return before != self.told()

    def say(self, line: "Written") -> None:
        """Say what has just been typed, before the desk has answered."""
        self.title, self.fund, self.price = line.title, line.fund, line.price
        self.volume = volume_words(line.volume, line.unit)
        self.amount = line.printed if line.printed is not None or not self.children else self.amount

    def told(self) -> tuple[object, ...]:
        """What its cells and its looks come from."""
        return tuple(getattr(self, name) for name in _TOLD)


_TOLD = (
    "title", "code", "amount", "realised", "strong", "quiet", "activity", "fund", "volume", "price", "is_line",
)  # fmt: skip


class Written(Protocol):
    """A line as it was typed."""

    @property
    def title(self) -> str: ...
    @property
    def fund(self) -> str: ...
    @property
    def volume(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def price(self) -> str: ...
    @property
    def printed(self) -> Decimal | None: ...


class Told(Protocol):
    """A line as the desk keeps it or as a file tells it."""

    @property
    def section(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def activity(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def fund(self) -> str: ...
    @property
    def volume(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def price(self) -> str: ...
    @property
    def amount(self) -> Decimal | None: ...
    @property
    def realised(self) -> Decimal | None: ...


def grow(lines: Iterable[tuple[Hashable, Hashable | None, Told]], sums: Totals, spent: Totals) -> list[TreeRow]:
    """The three parts of a budget with their lines below them; printed totals are the parts' own sums, no rows.

    Args:
        lines: each with its own key and that of the line above it, which comes earlier.
        sums: of the budget.
        spent: of its realisation.
    """
    parts = {
        "revenue": TreeRow(_("Pendapatan"), "4", sums.revenue, spent.revenue, strong=True, key="revenue"),
        "expenditure": TreeRow(_("Belanja"), "5", sums.expenditure, spent.expenditure, strong=True, key="expenditure"),
        "financing": TreeRow(_("Pembiayaan neto"), "6", sums.financing, spent.financing, strong=True, key="financing"),
    }
    other = TreeRow(_("Lain-lain, tidak dijumlahkan"), strong=True, key="other")
    home = parts | {"receipts": parts["financing"], "payments": parts["financing"]}
    seen: dict[Hashable, TreeRow] = {}
    for key, above, line in lines:
        if line.kind == "total":
            continue
        part = home.get(line.section, other)
        if line.kind == "section" and above is None:
            seen[key] = part
            continue
        seen[key] = (part if above is None else seen.get(above, part)).add(_row(key, line))
    for root in (*parts.values(), other):
        _sum_up(root)
    roots = [*parts.values(), *([other] if other.children else [])]
    for place, root in enumerate(roots):
        root.place = place
    return roots


def _row(key: Hashable, line: Told) -> TreeRow:
    is_rest = line.kind == "unspecified"
    # A line of an activity stands below it, so its own code says it all.
    code = line.code.strip(" .").removeprefix(f"{line.activity} ") if line.activity else line.code.strip(" .")
    return TreeRow(
        _("belum dirinci") if is_rest else line.title, code, line.amount, line.realised, False, is_rest, key,
        line.activity, line.fund, volume_words(line.volume, line.unit), line.price, line.kind == "line",
    )  # fmt: skip


def volume_words(volume: str, unit: str) -> str:
    """A volume with its unit: `12 paket`."""
    return f"{volume} {unit}".strip()


def _sum_up(row: TreeRow) -> None:
    """A heading without an amount of its own shows the sum of the rows below it."""
    for child in row.children:
        _sum_up(child)
    if not row.strong and row.children:
        if row.amount is None:
            row.amount = _sum(child.amount for child in row.children)
        if row.realised is None:
            row.realised = _sum(child.realised for child in row.children)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def cell_text(node: TreeRow, column: int) -> str:
    """What stands in a cell; unknown in words, over 100 % as it is."""
    match column:
        case 0:
            return node.code
        case 1:
            return node.title
        case 2:
            return node.fund
        case 3:
            return node.volume
        case 4:
            return node.price
        case 5:
            return _UNKNOWN if node.amount is None else rupiah(node.amount)
        case 6:
            return _UNKNOWN if node.realised is None else rupiah(node.realised)
    return share_text(percent(node.realised, node.amount))


def share_text(share: Decimal | None) -> str:
    """A percentage as the law's own tables print it: `95,27 %`, `15.672,33 %`; "" where it means nothing."""
    if share is None:
        return ""
    return f"{share:,.2f}".translate(str.maketrans(",.", ".,")) + "\u00a0%"


_UNKNOWN = rupiah(None)


def widest(nodes: Sequence[TreeRow], column: int) -> set[str]:
    """A few texts of a column among which the widest is: digits are equally wide, so length and signs decide."""
    if column in (CODE, FUND, VOLUME, PRICE):
        texts = {cell_text(node, column) for node in nodes}
        return set(sorted(texts, key=len)[-6:])
    if column == SHARE:
        shares = (percent(n.realised, n.amount) for n in nodes if n.realised is not None)
        return {share_text(max((share for share in shares if share is not None), default=None))}
    known = [a for a in ((n.amount if column == AMOUNT else n.realised) for n in nodes) if a is not None]
    broken = [amount for amount in known if amount % 1]
    return {rupiah(end(some)) for some in (known, broken) for end in (min, max) if some} | (
        {_UNKNOWN} if len(known) < len(nodes) else set()
    )
