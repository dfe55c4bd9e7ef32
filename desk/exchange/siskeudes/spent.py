"""What Siskeudes says was received and spent, and where it belongs among the lines of a budget.

Income is the sum of receipts (Ta_TBPRinci) and bank entries (Ta_Mutasi); expenditure that of payment orders without an
account (Ta_SPPRinci) and of the accounts of those that have one (Ta_SPJRinci), because an order for an advance is
more than what was spent of it; financing that of the journals. The rules are those of a program that reads the same
file; Siskeudes' maker has published none, so the person is asked to compare the sums with a printout.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from desk.budget.rules import Line, Problem, signed
from desk.chart import ROOTS
from desk.exchange.siskeudes.ledger import Ledger, Record
from desk.exchange.siskeudes.lines import PARTS, Item, Key, Tree, account_path, activity_path, sen
from desk.exchange.siskeudes.postings import Posting, bare
from desk.money import rupiah


@dataclass(frozen=True)
class Spent:
    """One entry of the books."""

    key: Key
    amount: Decimal
    day: dt.date | None


def spent_of(ledger: Ledger, posting: Posting) -> list[Spent]:
    """Every entry of a village's year."""
    found = [*_receipts(ledger, posting), *_orders(ledger, posting), *_bank(ledger, posting)]
    journal = list(_journal(ledger, posting))
    told = {entry.key[1] for entry in journal}
    return [entry for entry in found if entry.key[1] not in told] + journal


def _own(ledger: Ledger, table: str, posting: Posting) -> list[Record]:
    return [row for row in ledger.rows(table) if posting.holds(row)]


def _days(rows: Sequence[Record], number: str, day: str) -> dict[str, dt.date | None]:
    found = {}
    for row in rows:
        value = row.get(day)
        found[str(row.get(number) or "")] = value if isinstance(value, dt.date) else None
    return found


def _entry(row: Record, posting: Posting, amount: Decimal, day: dt.date | None) -> Spent:
    account = account_path(bare(row.get("kd_rincian")))
    activity = activity_path(bare(row.get("kd_keg")), posting.village) if account[:1] == ("5",) else ()
    key = (activity, account, bare(row.get("kd_subrinci")), bare(row.get("sumberdana")))
    return Spent(key, sen(amount) or Decimal(0), day)


def _value(row: Record, column: str = "nilai") -> Decimal:
    value = row.get(column)
    return value if isinstance(value, Decimal) else Decimal(0)


def _receipts(ledger: Ledger, posting: Posting) -> Iterator[Spent]:
    days = _days(_own(ledger, "Ta_TBP", posting), "no_bukti", "tgl_bukti")
    for row in _own(ledger, "Ta_TBPRinci", posting):
        yield _entry(row, posting, _value(row), days.get(str(row.get("no_bukti") or "")))


def _orders(ledger: Ledger, posting: Posting) -> Iterator[Spent]:
    accounts = _own(ledger, "Ta_SPJ", posting)
    accounted = {str(row.get("no_spp") or "") for row in accounts}
    days = _days(_own(ledger, "Ta_SPP", posting), "no_spp", "tgl_spp")
    for row in _own(ledger, "Ta_SPPRinci", posting):
        number = str(row.get("no_spp") or "")
        if number not in accounted:
            yield _entry(row, posting, _value(row), days.get(number))
    days = _days(accounts, "no_spj", "tgl_spj")
    for row in _own(ledger, "Ta_SPJRinci", posting):
        yield _entry(row, posting, _value(row), days.get(str(row.get("no_spj") or "")))


def _bank(ledger: Ledger, posting: Posting) -> Iterator[Spent]:
    for row in _own(ledger, "Ta_Mutasi", posting):
        day = row.get("tgl_bukti")
        if bare(row.get("kd_rincian"))[:1] in ROOTS:
            yield _entry(row, posting, _value(row), day if isinstance(day, dt.date) else None)


def _journal(ledger: Ledger, posting: Posting) -> Iterator[Spent]:
    """Financing: receipts are credited, payments debited."""
    days = _days(_own(ledger, "Ta_JurnalUmum", posting), "nobukti", "tanggal")
    for row in _own(ledger, "Ta_JurnalUmumRinci", posting):
        account = account_path(bare(row.get("kd_rincian")))
        if account[:1] == ("6",):
            amount = _value(row, "kredit") - _value(row, "debet")
            sign = -1 if account[1:2] == ("2",) else 1
            yield _entry(row, posting, sign * amount, days.get(str(row.get("nobukti") or "")))


def without_budget(items: Sequence[Item], entries: Sequence[Spent]) -> list[Item]:
    """An item of nothing for each account of an activity that has entries and no budget, so that none is lost."""
    known = {(item.activity, item.account) for item in items}
    wanted = dict.fromkeys(e.key[:2] for e in entries if e.key[1][:1] in PARTS)
    return [Item(*place, "", "", "", "", Decimal(0)) for place in wanted if place not in known]


def spread(tree: Tree, entries: Sequence[Spent]) -> tuple[dict[int, Decimal], list[Problem]]:
    """The realisation of each line that carries one: of a group of items their common line, else the line above.

    No line carries one both by itself and through lines below it, so that nothing is counted twice. Where the books
    say nothing of a group, nothing was received or spent of it yet.

    Returns:
        Amounts by place in the tree, and entries without a line of their own.
    """
    if not entries:
        return {}, []
    held: dict[int, Decimal] = {}
    strays: dict[tuple[str, bool], Decimal] = {}
    for entry in entries:
        place, is_own = tree.place_of(entry.key)
        if place is not None:
            held[place] = held.get(place, Decimal(0)) + entry.amount
        if not is_own:
            stray = " ".join(".".join(path) for path in entry.key[:2] if path) or "-", place is None
            strays[stray] = strays.get(stray, Decimal(0)) + entry.amount
    kept = _gathered(tree.lines, held)
    kept |= {place: Decimal(0) for place in tree.covering if not _is_known(tree.lines, kept, place)}
    return kept, [_stray(code, amount, is_lost) for (code, is_lost), amount in strays.items()]


def _stray(code: str, amount: Decimal, is_lost: bool) -> Problem:
    told = _("Realisasi {code} sebesar {amount} tidak mempunyai baris anggaran; dihitung di baris di atasnya.")
    if is_lost:
        told = _("Realisasi {code} sebesar {amount} bukan rekening 4, 5, atau 6, jadi tidak dimuat.")
    return Problem(None, told.format(code=code, amount=rupiah(amount)))


def _is_known(lines: Sequence[Line], held: dict[int, Decimal], place: int) -> bool:
    """Whether a line or one above it has an amount."""
    at: int | None = place
    while at is not None and at not in held:
        at = lines[at].parent
    return at is not None


def _gathered(lines: Sequence[Line], held: dict[int, Decimal]) -> dict[int, Decimal]:
    """Amounts below a line that has one of its own are added to it."""
    kept = dict(held)
    for place in sorted(held, reverse=True):
        above = lines[place].parent
        while above is not None and above not in held:
            above = lines[above].parent
        if above is not None:
            kept[above] += signed(lines[place], lines[above], kept.pop(place))
    return kept


def latest(entries: Sequence[Spent]) -> dt.date | None:
    """The day the books go up to."""
    return max((entry.day for entry in entries if entry.day), default=None)
