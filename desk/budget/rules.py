"""What a village budget is: its parts, its codes, its sums (Permendagri 20/2018, articles 8 to 28 and annex)."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from desk import reckon
from desk.dates import long_date
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
    former: tuple[Line, ...] = ()
    """The version before an amendment, where the file tells more of it than its amounts."""


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


def carriers(lines: Sequence[Line]) -> list[Line]:
    """The lines whose realisation is recorded: leaves, and headings of which it is known only as a whole."""
    known_below = [False] * len(lines)
    found: list[Line] = []
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.kind == "total":
            continue
        if line.realised is not None and not known_below[place]:
            found.append(line)
        if line.parent is not None and (line.realised is not None or known_below[place]):
            known_below[line.parent] = True
    return found[::-1]


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


class Differs(DeskError):  # noqa: N818 (a question, not a fault)
    """Volume times unit price is not the amount that was written; a person says which of the two counts."""

    def __init__(self, product: Decimal, amount: Decimal) -> None:
        said = _("Volume kali harga satuan menjadi {product}, tetapi jumlahnya ditulis {amount}. Mana yang benar?")
        super().__init__(said.format(product=rupiah(product), amount=rupiah(amount)))
        self.product, self.amount = product, amount


def product(line: Line, *, is_typed: bool) -> Decimal | None:
    """What the volume of a line times its unit price comes to in rupiah, exactly; None where one is not written.

    Args:
        line: of a draft.
        is_typed: a person typed them just now; what a file printed there may be no number, which stands in nobody's
            way.

    Raises:
        DeskError: one of the two cannot be read, or the product is finer than sen.
    """
    if not line.volume.strip() or not line.price.strip():
        return None
    try:
        found = reckon.quantity(line.volume) * reckon.amount(line.price)
        check_amount(found)
    except DeskError:
        if is_typed:
            raise
        return None
    return found


def settled(amount: Decimal | None, worked_out: Decimal | None) -> Decimal | None:
    """The amount of a line: as written, or volume times price where nothing is written.

    Raises:
        Differs: both are there and say different things.
        DeskError: an amount no line can have.
    """
    if amount is None:
        return worked_out
    check_amount(amount)
    if worked_out is not None and worked_out != amount:
        raise Differs(worked_out, amount)
    return amount


def volume_text(typed: str) -> str:
    """A volume as it is kept and shown, `2,5`; "" where nothing was typed.

    Raises:
        DeskError: no number, or readable in two ways.
    """
    return reckon.quantity_text(reckon.quantity(typed)) if typed.strip() else ""


def price_text(typed: str) -> str:
    """A unit price as it is kept and shown, `1.500.000`; "" where nothing was typed.

    Raises:
        DeskError: no amount, or readable in two ways.
    """
    if not typed.strip():
        return ""
    price = reckon.amount(typed)
    check_amount(price)
    return rupiah(price).replace("Rp\u00a0", "")


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


def check_order(day: dt.date, ordinal: int, enacted: Mapping[int, dt.date]) -> None:
    """A version is enacted neither before the one it amends nor after the one that amends it.

    Args:
        day: of its regulation.
        ordinal: which version it is.
        enacted: the days of the year's enacted versions, by ordinal.

    Raises:
        DeskError: with the other version's day.
    """
    for other, their_day in enacted.items():
        if (other < ordinal and their_day > day) or (other > ordinal and their_day < day):
            which = _("Perubahan ke-{n}").format(n=other) if other else _("APBDes awal")
            when = _("lebih awal daripada") if other < ordinal else _("sesudah")
            raise DeskError(
                _("Tanggal ini {when} penetapan {which}, {day}. Periksa tanggalnya.").format(
                    when=when, which=which, day=long_date(their_day)
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
