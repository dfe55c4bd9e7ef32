"""Whether a budget closes, as a whole and fund source by fund source, and whether it carries over what was left."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from gettext import gettext as _

from desk.budget.rules import Line, Totals
from desk.chart import accounts, fund_code, fund_of_account, fund_sources
from desk.money import rupiah

ZERO = Decimal(0)

GIVERS = ("revenue", "receipts")
"""Parts of a budget that bring money in; the other two spend it. A row of net financing brings its amount in."""


@dataclass(frozen=True)
class FundBalance:
    """What comes in from one fund source and what is spent of it, rupiah."""

    fund: str
    """Its short name, as said where the tables do not know it; "" where none is said."""
    title: str
    income: Decimal
    """Revenue and receipts of financing."""
    spent: Decimal
    """Expenditure and payments of financing."""
    places: tuple[int, ...]
    """Places of its lines in the version."""

    @property
    def left(self) -> Decimal:
        """What is not spent; below zero, more is spent than comes in."""
        return self.income - self.spent


@dataclass(frozen=True)
class Carried:
    """SiLPA a budget takes from the year before, and what that year really left, rupiah; None is unknown."""

    year: int
    """The year before."""
    budgeted: Decimal | None
    """The SiLPA accounts of this budget; None where it has none."""
    closing: Decimal | None
    """Balance of the earlier year's realisation."""
    until: dt.date | None
    """The last day that realisation is known up to."""
    places: tuple[int, ...] = ()
    """Places of the SiLPA lines in the version."""

    @property
    def difference(self) -> Decimal | None:
        """What the budget counts on beyond what was left; None where either is unknown."""
        return None if self.closing is None else (self.budgeted or ZERO) - self.closing


@dataclass(frozen=True)
class Balance:
    """One version: its totals, its funds, and what it carries over."""

    totals: Totals
    funds: tuple[FundBalance, ...]
    carried: Carried
    gap: tuple[int, ...]
    """Places of the lines a budget that does not close is mended at: those of financing, else the parts themselves."""


def gap_words(surplus: Decimal | None, balance: Decimal | None) -> str:
    """One line that names by how much a budget does not close, and why; "" where it closes or is unknown.

    Args:
        surplus: revenue less expenditure, rupiah.
        balance: that with net financing.
    """
    if not balance or surplus is None:
        return ""
    if surplus < 0:
        why = _("pembiayaan tidak menutup defisit") if balance < 0 else _("pembiayaan lebih besar daripada defisit")
    elif balance < 0:
        why = _("pengeluaran pembiayaan lebih besar daripada surplus")
    else:
        why = _("masih ada uang yang belum dianggarkan penggunaannya")
    return _("Selisih {amount}: {why}").format(amount=rupiah(abs(balance)), why=why)


def by_fund(lines: Sequence[Line]) -> tuple[FundBalance, ...]:
    """Income and spending of each fund source, in the order of the tables; together they are the budget's balance.

    A line's fund is its own, else that of the nearest line above that says one; revenue without one belongs to the
    fund its account is the source of (`4.2.1`: DDS).
    """
    above = {line.parent for line in lines if line.kind != "total"}
    income: dict[str, Decimal] = defaultdict(Decimal)
    spent: dict[str, Decimal] = defaultdict(Decimal)
    places: dict[str, list[int]] = defaultdict(list)
    for place, (line, fund) in enumerate(zip(lines, _funds(lines), strict=True)):
        if line.kind == "total" or place in above or not line.amount or line.section not in _MONEY:
            continue
        side = spent if line.section in ("expenditure", "payments") else income
        side[fund] += line.amount
        places[fund].append(place)
    order = [*fund_sources(), *sorted(places.keys() - fund_sources().keys() - {""}), ""]
    return tuple(
        FundBalance(fund, fund_sources().get(fund, fund), income[fund], spent[fund], tuple(places[fund]))
        for fund in order
        if fund in places
    )


_MONEY = (*GIVERS, "expenditure", "payments", "financing")


def _funds(lines: Sequence[Line]) -> list[str]:
    """The fund of every line."""
    funds: list[str] = []
    for line in lines:
        said = fund_code(line.fund)
        inherited = "" if line.parent is None or line.kind == "total" else funds[line.parent]
        funds.append(said or inherited or (fund_of_account(line.account) if line.section == "revenue" else ""))
    return funds


def carried(lines: Sequence[Line]) -> tuple[Decimal | None, tuple[int, ...]]:
    """The SiLPA of the year before that a budget takes in, and the places of its lines; None where it has no such line.

    Lines are known by the accounts the chart calls SiLPA (6.1.1 and below) or, without codes, by that word.
    """
    above = {line.parent for line in lines if line.kind != "total"}
    inside: set[int] = set()
    for place, line in enumerate(lines):
        if line.kind != "total" and line.section == "receipts" and (line.parent in inside or _is_silpa(line)):
            inside.add(place)
    found = tuple(place for place in sorted(inside) if place not in above)
    known = [amount for place in found if (amount := lines[place].amount) is not None]
    return (sum(known, ZERO) if known else None), found


def _is_silpa(line: Line) -> bool:
    if line.account:
        return any(line.account == code or line.account.startswith(f"{code}.") for code in silpa_accounts())
    return line.kind == "line" and "silpa" in line.title.casefold()


@cache
def silpa_accounts() -> tuple[str, ...]:
    """The accounts of receipts that carry over what the year before left: 6.1.1, as the chart names it."""
    return tuple(
        code
        for code, entry in accounts().items()
        if code.startswith("6.1") and entry.level == 3 and "silpa" in entry.name.casefold()
    )


def gap_places(lines: Sequence[Line]) -> tuple[int, ...]:
    """Places of the financing lines that are added up; where there are none, of the parts."""
    above = {line.parent for line in lines if line.kind != "total"}
    financing = [
        place
        for place, line in enumerate(lines)
        if line.section in ("receipts", "payments") and line.kind != "total" and place not in above
    ]
    return tuple(financing or [place for place, line in enumerate(lines) if line.kind == "section"])
