"""What a village budget is: its parts, its codes, its sums (Permendagri 20/2018, articles 8 to 28 and annex)."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from decimal import Decimal
from gettext import gettext as _

from desk.chart import ROOTS, Place, accounts
from desk.money import LARGEST, rupiah
from desk.store import DeskError

SECTIONS = ("revenue", "expenditure", "receipts", "payments")
"""Where money lines stand; receipts less payments is net financing."""
CHECKS = (*SECTIONS, "financing", "surplus", "balance", "other")
"""What a printed total can be the total of; `other` is kept as printed and counts nowhere."""
FIRST_YEAR, LAST_YEAR = 2015, 2100
"""Budget years; villages have had an APBDes under UU 6/2014 since 2015."""
LARGEST_AMOUNT = Decimal(10) ** 13
"""Rupiah of one line; the largest village budgets are a hundredth of it."""
UNSPECIFIED = "belum dirinci"
"""Title of the line that carries what a printed total holds beyond its rows."""


@dataclass(frozen=True)
class Problem:
    """Something a person should look at: the row of the file (None: no row), and a sentence."""

    row: int | None
    message: str
    blocks: bool = False
    """Nothing is imported while it stands."""


@dataclass(frozen=True)
class Line:
    """One row of a budget; amounts in rupiah, None where the file says nothing."""

    section: str
    kind: str
    """`section` (PENDAPATAN), `line`, `unspecified`, or `total` (JUMLAH, SURPLUS: a check, never added)."""
    title: str
    parent: int | None = None
    """Place of the line above it in the same sequence; for a total, of what it totals."""
    code: str = ""
    """As printed."""
    account: str = ""
    activity: str = ""
    fund: str = ""
    volume: str = ""
    unit: str = ""
    price: str = ""
    before: Decimal | None = None
    """SEMULA, where the file has two versions."""
    amount: Decimal | None = None
    realised: Decimal | None = None
    row: int | None = None


@dataclass(frozen=True)
class BudgetTable:
    """A budget as one file told it, checked and with its sums closed."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    columns: tuple[tuple[str, str], ...]
    """Each heading of the file and what it was taken for, "" where it is not used."""
    amended: bool = False
    """The file has SEMULA and MENJADI."""
    has_realised: bool = False
    until: dt.date | None = None
    """The day the realisation goes up to, where the title names it."""


@dataclass(frozen=True)
class Totals:
    """The sums of one version in rupiah; None is unknown, which is not zero."""

    revenue: Decimal | None = None
    expenditure: Decimal | None = None
    receipts: Decimal | None = None
    payments: Decimal | None = None

    @property
    def financing(self) -> Decimal | None:
        """Net financing: receipts less payments."""
        if self.receipts is None and self.payments is None:
            return None
        return (self.receipts or Decimal(0)) - (self.payments or Decimal(0))

    @property
    def surplus(self) -> Decimal | None:
        """Revenue less expenditure; negative is a deficit."""
        if self.revenue is None or self.expenditure is None:
            return None
        return self.revenue - self.expenditure

    @property
    def balance(self) -> Decimal | None:
        """Revenue - expenditure + net financing; the budget closes where it is zero, the realisation at its SiLPA."""
        if self.surplus is None or self.financing is None:
            return None
        return self.surplus + self.financing


def total_up(leaves: Iterable[tuple[str, Decimal | None]]) -> Totals:
    """Sums of lines without lines below them, given as (section, amount); nothing known of a part leaves it None."""
    sums: dict[str, Decimal] = {}
    for section, amount in leaves:
        part = "receipts" if section == "financing" else section
        if part in SECTIONS and amount is not None:
            sums[part] = sums.get(part, Decimal(0)) + amount
    return Totals(**sums)


def leaves(lines: Sequence[Line]) -> list[Line]:
    """The lines that are added up: money lines with no money line below them."""
    parents = {line.parent for line in lines if line.kind != "total"}
    return [line for place, line in enumerate(lines) if line.kind != "total" and place not in parents]


def sums(lines: Sequence[Line], own: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Each line's own figure, or the sum of the lines below it where it has none; net in financing."""
    summed = list(own)
    for place in range(len(lines) - 1, -1, -1):
        line, figure = lines[place], summed[place]
        if line.kind != "total" and line.parent is not None and figure is not None and own[line.parent] is None:
            summed[line.parent] = (summed[line.parent] or Decimal(0)) + signed(line, lines[line.parent], figure)
    return summed


def signed(line: Line, above: Line, amount: Decimal) -> Decimal:
    """What a line adds to the one above it: payments are taken off net financing."""
    return -amount if (line.section, above.section) == ("payments", "financing") else amount


def digest(lines: Sequence[Line]) -> str:
    """SHA-256 over the lines of a version as canonical JSON: what they are, in order, without realisation and rows."""
    told = [
        [
            x.section, x.kind, x.parent, x.code, x.account, x.activity, x.title, x.fund, x.volume, x.unit, x.price,
            None if x.amount is None else int(x.amount * 100),
        ]
        for x in lines
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def control_total(lines: Sequence[Line]) -> Decimal:
    """Sum of every leaf of a version, whatever its part: one figure to compare copies by."""
    return sum((line.amount for line in leaves(lines) if line.amount is not None), Decimal(0))


def check_year(year: int) -> None:
    """Refuse a year no village had a budget in.

    Raises:
        DeskError: with the years that are possible.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DeskError(
            _("Tahun anggaran antara {first} dan {last}. Periksa tahunnya.").format(first=FIRST_YEAR, last=LAST_YEAR)
        )


def check_amount(amount: Decimal) -> None:
    """Refuse an amount that is finer than sen or larger than any village budget.

    Raises:
        DeskError: with what to look at.
    """
    if not amount.is_finite() or abs(amount) >= LARGEST_AMOUNT:
        raise DeskError(_("Jumlah ini terlalu besar untuk APBDes. Periksa lagi angkanya."))
    if amount * 100 != (amount * 100).to_integral_value():
        raise DeskError(
            _("Jumlah paling kecil satu sen. Bulatkan angkanya, misalnya {amount}.").format(
                amount=rupiah(round(amount, 2))
            )
        )


def check_sum(amounts: Iterable[Decimal | None]) -> None:
    """Refuse lines that together are more than the store can add up.

    Raises:
        DeskError: with what to look at.
    """
    if sum((abs(amount) for amount in amounts if amount is not None), Decimal(0)) >= LARGEST:
        raise DeskError(_("Jumlah seluruh baris terlalu besar untuk APBDes. Periksa lagi angkanya."))


@dataclass(eq=False)
class Slot:
    """A line of a draft while it is edited; `line.parent` says nothing here, `above` does."""

    line: Line
    above: "Slot | None" = None
    key: bytes | None = None
    """The stored row; None for a new line."""

    @property
    def place(self) -> Place:
        """Where its codes put it."""
        return Place() if self.line.kind == "section" else Place.of(self.line.account, self.line.activity)


class Outline:
    """A draft's lines while a person edits them.

    A heading with an amount of its own stands as long as some of it is not detailed yet: what is entered below it is
    taken off its `belum dirinci`. Once all of it is detailed, it follows its rows. Printed totals follow in any case.
    """

    def __init__(self, lines: Sequence[Line], keys: Sequence[bytes]) -> None:
        self.slots: list[Slot] = []
        for line, key in zip(lines, keys, strict=True):
            self.slots.append(Slot(line, None if line.parent is None else self.slots[line.parent], key))

    def lines(self) -> list[Line]:
        """The lines in reading order, their parents by place again."""
        places = {slot: place for place, slot in enumerate(self.slots)}
        return [replace(s.line, parent=None if s.above is None else places[s.above]) for s in self.slots]

    def put(self, line: Line) -> Slot:
        """Add a line where its codes put it, or change the one that stands there; its slot comes back."""
        place = Place.of(line.account, line.activity)
        money = [s for s in self.slots if s.line.kind == "line" and s.line.section == line.section]
        slot = next((s for s in money if s.place == place), None)
        if slot is None:
            above = max((s for s in money if s.place.is_above(place)), key=lambda s: s.place.depth, default=None)
            slot = self._insert(replace(line, amount=None), above or self._root(line.section))
        slot.line = replace(slot.line, title=line.title or slot.line.title, fund=line.fund)
        self.change(slot, line.amount)
        return slot

    def change(self, slot: Slot, amount: Decimal | None) -> None:
        """Give a line another amount and carry the difference upwards."""
        before = self._worth(slot)
        slot.line = replace(slot.line, amount=amount)
        self._complete(slot)
        self._carry(slot, self._worth(slot) - before)
        self._renew_totals()

    def remove(self, slot: Slot) -> None:
        """Take a line without rows below it out."""
        self.change(slot, Decimal(0))
        self.slots.remove(slot)
        if slot.above is not None and not self._rows(slot.above):
            self._drop_gap(slot.above)

    def below(self, slot: Slot) -> list[Slot]:
        """The money lines directly below a line, `belum dirinci` among them."""
        return [s for s in self.slots if s.above is slot and s.line.kind != "total"]

    def _rows(self, slot: Slot) -> list[Slot]:
        return [s for s in self.below(slot) if s.line.kind != "unspecified"]

    def _gap(self, slot: Slot) -> Slot | None:
        return next((s for s in self.below(slot) if s.line.kind == "unspecified"), None)

    def _drop_gap(self, slot: Slot) -> None:
        if gap := self._gap(slot):
            self.slots.remove(gap)

    def _worth(self, slot: Slot) -> Decimal:
        """Its own amount, else the sum of its rows."""
        if slot.line.amount is not None:
            return slot.line.amount
        return sum((signed(s.line, slot.line, self._worth(s)) for s in self.below(slot)), Decimal(0))

    def _root(self, section: str) -> Slot:
        part = section if section in ("revenue", "expenditure") else "financing"
        found = next((s for s in self.slots if s.line.kind == "section" and s.line.section == part), None)
        if found is None:
            account = next(code for code, root in ROOTS.items() if root == part)
            found = Slot(Line(part, "section", accounts()[account].title.upper(), code=account, account=account))
            order = [*ROOTS.values(), "receipts", "payments", "balance"]
            later = order[order.index(part) + 1 :]
            place = next((i for i, s in enumerate(self.slots) if s.line.section in later), len(self.slots))
            self.slots.insert(place, found)
        return found

    def _insert(self, line: Line, above: Slot) -> Slot:
        """A new line among its neighbours in the order of codes; finer lines that stood there move below it."""
        slot = Slot(line, above)
        neighbours = self._rows(above)
        if above.line.amount is not None and not self.below(above):
            self._set_gap(above, above.line.amount)
        later = [s for s in neighbours if astuple(s.place) > astuple(slot.place)]
        place = self.slots.index(later[0]) if later else self._end(neighbours[-1] if neighbours else above)
        self.slots.insert(place, slot)
        for neighbour in neighbours:
            if slot.place.is_above(neighbour.place):
                neighbour.above = slot
        return slot

    def _end(self, slot: Slot) -> int:
        """The place after a line and its rows."""
        inside = {slot}
        for other in self.slots:
            if other.above in inside and other.line.kind != "total":
                inside.add(other)
        inside -= {self._gap(slot)} if not self._rows(slot) else set()
        return max(self.slots.index(s) for s in inside) + 1

    def _complete(self, slot: Slot) -> None:
        rows = self._rows(slot)
        if not rows:
            return
        detailed = sum((signed(s.line, slot.line, self._worth(s)) for s in rows), Decimal(0))
        self._set_gap(slot, Decimal(0) if slot.line.amount is None else slot.line.amount - detailed)

    def _set_gap(self, slot: Slot, amount: Decimal) -> None:
        gap = self._gap(slot)
        if not amount:
            self._drop_gap(slot)
        elif gap:
            gap.line = replace(gap.line, amount=amount)
        else:
            of, end = slot.line, self._end(slot)
            line = Line(of.section, "unspecified", UNSPECIFIED, account=of.account, activity=of.activity, amount=amount)
            self.slots.insert(end, Slot(line, slot))

    def _carry(self, slot: Slot, change: Decimal) -> None:
        """Take a change off what is not detailed beside the line, then out of the heading itself, part by part."""
        above = slot.above
        while above is not None and change:
            gap = self._gap(above)
            if gap and gap is not slot and gap.line.section == slot.line.section and gap.line.amount:
                left = gap.line.amount - change
                if left * gap.line.amount >= 0:
                    self._set_gap(above, left)
                    return
                self.slots.remove(gap)
                change -= gap.line.amount
            change = signed(slot.line, above.line, change)
            if above.line.amount is not None:
                above.line = replace(above.line, amount=above.line.amount + change)
            slot, above = above, above.above

    def _renew_totals(self) -> None:
        above = {s.above for s in self.slots if s.line.kind != "total"}
        leaf_lines = [s.line for s in self.slots if s.line.kind != "total" and s not in above]
        parts = total_up((line.section, line.amount) for line in leaf_lines)
        for slot in self.slots:
            if slot.line.kind == "total" and slot.line.amount is not None and slot.line.section != "other":
                known = self._worth(slot.above) if slot.above else getattr(parts, slot.line.section)
                slot.line = replace(slot.line, amount=slot.line.amount if known is None else known)


def percent(realised: Decimal | None, amount: Decimal | None) -> Decimal | None:
    """Realisation in percent of the budget, two decimals; None where it means nothing."""
    if realised is None or not amount:
        return None
    return round(realised * 100 / amount, 2)


def check_enactment(regulation: str, day: dt.date, year: int, today: dt.date) -> None:
    """A regulation has a number and a day that lies neither ahead nor far from its budget year.

    Raises:
        DeskError: with what is missing.
    """
    if not regulation.strip():
        raise DeskError(
            _("Tuliskan nomor Peraturan Desa, misalnya: Peraturan Desa Nomor 5 Tahun {year}.").format(year=year)
        )
    if day > today:
        raise DeskError(_("Tanggal penetapan belum lewat. Periksa tanggalnya."))
    if not year - 2 <= day.year <= year + 1:
        raise DeskError(
            _("Tanggal penetapan {day} jauh dari tahun anggaran {year}. Periksa tanggalnya.").format(
                day=day.isoformat(), year=year
            )
        )


def check_until(until: dt.date, year: int, today: dt.date) -> None:
    """Realisation is known up to a day of its budget year, or of the weeks in which that year's books close.

    Raises:
        DeskError: with the days that are possible.
    """
    if until > today:
        raise DeskError(_("Realisasi dicatat sampai hari ini paling akhir. Periksa tanggalnya."))
    if not dt.date(year, 1, 1) <= until <= dt.date(year + 1, 12, 31):
        raise DeskError(_("Tanggal realisasi di luar tahun anggaran {year}. Periksa tanggalnya.").format(year=year))


def latest_until(year: int, today: dt.date) -> dt.date:
    """The day undated realisation of a year is known up to: the year's end, or today while the year runs.

    Raises:
        DeskError: the year has not begun.
    """
    if today.year < year:
        raise DeskError(_("Tahun anggaran {year} belum mulai, jadi belum ada realisasinya.").format(year=year))
    return min(dt.date(year, 12, 31), today)
