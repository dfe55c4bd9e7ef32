"""A village budget straight from Siskeudes: chosen, placed, checked against Siskeudes' own sums, with its realisation.

Tried on invented villages in the shape Siskeudes V2 is said to have. A real file of it is untested, so the person is
always asked to compare the totals with a printout.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path

from desk.budget.rules import BudgetTable, Line, Problem, leaves, total_up
from desk.chart import accounts, activities, fund_sources, is_known
from desk.dates import long_date
from desk.exchange.controls import Control
from desk.exchange.siskeudes.checks import (
    check_amounts,
    check_changes,
    check_products,
    check_totals,
    control_totals,
)
from desk.exchange.siskeudes.ledger import Ledger, read_ledger
from desk.exchange.siskeudes.lines import Item, Names, grow, homeless, items_of, names_of, ordered, too_large
from desk.exchange.siskeudes.postings import AMENDED, UNPOSTED, Choice, Posting, bare, choose, half_posted, postings
from desk.exchange.siskeudes.spent import Spent, latest, spent_of, spread, without_budget
from desk.money import rupiah
from desk.watch import Watch, unwatched

COLUMNS = (
    ("Kd_Keg, Kd_Rincian", "code"), ("Uraian", "title"), ("SumberDana", "fund"), ("JmlSatuan", "volume"),
    ("Satuan", "unit"), ("HrgSatuan", "price"),
)  # fmt: skip


@dataclass(frozen=True)
class SiskeudesFile:
    """A file that was read and understood."""

    name: str
    """Of the file, with a word where its figures are not posted."""
    digest: str
    posting: Posting
    table: BudgetTable
    controls: tuple[Control, ...]
    """The sums Siskeudes has of it against its rows."""


def read_siskeudes(path: Path, year: int, wanted: Choice, watch: Watch = unwatched) -> SiskeudesFile:
    """What a Siskeudes file says about a year's budget, outside any transaction.

    Raises:
        Undecided: it holds several budgets of the year, or none; choose and read again.
        DeskError: it cannot be read; with what to do.
        Stopped: `watch` wished so.
    """
    return budget_of(read_ledger(path, watch), year, wanted)


def budget_of(ledger: Ledger, year: int, wanted: Choice) -> SiskeudesFile:
    """The budget that is meant of a file that was read.

    Raises:
        Undecided: as `read_siskeudes`.
    """
    chosen = choose(postings(ledger), year, wanted)
    name = _("{name} (belum diposting)").format(name=ledger.name) if chosen.number == UNPOSTED else ledger.name
    items = items_of(ledger, chosen)
    controls = control_totals(ledger, chosen, items)
    return SiskeudesFile(name, ledger.digest, chosen, _table(ledger, chosen, items, controls), tuple(controls))


def _table(ledger: Ledger, posting: Posting, items: list[Item], controls: Sequence[Control]) -> BudgetTable:
    """One posting as a budget, checked; an amendment with the version before it."""
    names = names_of(ledger, posting)
    is_amended = any(item.before is not None for item in items)
    earlier = items_of(ledger, posting, posting.number - 1) if posting.number >= AMENDED else []
    earlier = [replace(item, before=None) for item in earlier]
    if earlier:
        known = {item.key: item.amount for item in earlier}
        items = [replace(item, before=known.get(item.key)) for item in items]
    entries = spent_of(ledger, posting)
    unplanned = without_budget(items, entries)
    tree = grow(ordered([*items, *unplanned]), names)
    realised, strays = spread(tree, entries)
    lines = tuple(
        replace(line, realised=realised[place]) if place in realised else line for place, line in enumerate(tree.lines)
    )
    problems = [
        _chosen(posting, lines),
        *half_posted(ledger, posting),
        *ledger.problems,
        *_blocking(items),
        *check_totals(controls),
        *check_changes(ledger, posting, items, earlier),
        *check_amounts(items),
        *check_products(items),
        *_unknown(items, names),
        *_told(unplanned, entries),
        *strays,
        *_balance(lines),
        *_regulation(ledger, posting),
    ]
    before = tuple(grow(earlier, names).lines) if earlier else _before(items, names) if is_amended else ()
    amount_columns = [("Anggaran", "before"), ("AnggaranStlhPAK", "amount")] if is_amended else [("Anggaran", "amount")]
    spent_columns = [("Ta_TBPRinci, Ta_SPPRinci, Ta_SPJRinci, Ta_JurnalUmumRinci", "realised")] if realised else []
    return BudgetTable(
        lines, tuple(problems), (*COLUMNS, *amount_columns, *spent_columns), is_amended, bool(realised),
        latest(entries), former=before,
    )  # fmt: skip


def _before(items: Sequence[Item], names: Names) -> tuple[Line, ...]:
    """The version before an amendment where the file does not have its posting: what stood in it, at its amounts."""
    kept = [
        replace(item, amount=item.before, before=None, volume=item.former[0], price=item.former[1])
        for item in items
        if item.before
    ]
    return tuple(grow(kept, names).lines)


def _chosen(posting: Posting, lines: Sequence[Line]) -> Problem:
    """What was taken, with the sums to compare with a printout."""
    totals = total_up((line.section, line.amount) for line in leaves(lines))
    told = _(
        "Yang dimuat: {title}. Cocokkan dengan cetakan Siskeudes: pendapatan {revenue}, belanja {expenditure}, "
        "penerimaan pembiayaan {receipts}, pengeluaran pembiayaan {payments}."
    )
    sums = (totals.revenue, totals.expenditure, totals.receipts, totals.payments)
    revenue, expenditure, receipts, payments = (rupiah(amount or Decimal(0)) for amount in sums)
    return Problem(
        None,
        told.format(
            title=posting.title, revenue=revenue, expenditure=expenditure, receipts=receipts, payments=payments
        ),
    )


def _blocking(items: Sequence[Item]) -> Iterator[Problem]:
    for item in homeless(items):
        told = _("Rekening “{code}” ({title}, {amount}) tidak dimulai dengan 4, 5, atau 6. Perbaiki di Siskeudes.")
        code = ".".join(item.account)
        yield Problem(None, told.format(code=code, title=item.title, amount=rupiah(item.amount)), True)
    for item in too_large(items):
        told = _("“{title}” di {code}: jumlahnya terlalu besar untuk APBDes. Perbaiki di Siskeudes.")
        yield Problem(None, told.format(title=item.title, code=".".join(item.account)), True)


def _unknown(items: Iterable[Item], names: Names) -> Iterator[Problem]:
    """Codes that stand in no table; they are kept."""
    if names.is_old:
        told = _(
            "Berkas ini memakai bagan akun lama (Permendagri 113/2014). Kode belanja disimpan seperti tertulis, tidak "
            "disamakan dengan kode sekarang."
        )
        yield Problem(None, told)
        return
    found = {".".join(i.account): accounts() for i in items} | {".".join(i.activity): activities() for i in items}
    unknown = sorted(code for code, table in found.items() if code and not is_known(code, table))
    if unknown:
        told = _("Kode yang tidak ada di daftar, tetap dimuat: {codes}.")
        yield Problem(None, told.format(codes=", ".join(unknown)))
    funds = sorted({i.fund for i in items} - {""} - set(fund_sources()) - set(names.funds))
    if funds:
        told = _("Sumber dana yang tidak ada di daftar, tetap dimuat: {funds}.")
        yield Problem(None, told.format(funds=", ".join(funds)))


def _told(unplanned: Iterable[Item], entries: Sequence[Spent]) -> Iterator[Problem]:
    """What was received or spent without a budget."""
    for item in unplanned:
        amount = sum((e.amount for e in entries if e.key[:2] == (item.activity, item.account)), Decimal(0))
        code = " ".join(".".join(path) for path in (item.activity, item.account) if path)
        told = _("{code}: realisasi {amount} tanpa anggaran; dimuat sebagai baris Rp\u00a00.")
        yield Problem(None, told.format(code=code, amount=rupiah(amount)))


def _balance(lines: Sequence[Line]) -> Iterator[Problem]:
    balance = total_up((line.section, line.amount) for line in leaves(lines)).balance
    if balance:
        told = _("APBDes tidak seimbang: pendapatan - belanja + pembiayaan = {amount}, seharusnya Rp\u00a00.")
        yield Problem(None, told.format(amount=rupiah(balance)))


def _regulation(ledger: Ledger, posting: Posting) -> Iterator[Problem]:
    """Number and day of the village regulation as Siskeudes has them: offered, for only a person enacts.

    At the first posting Siskeudes writes the original's into the amendment's fields too, so equal ones name none.
    """
    for row in ledger.rows("Ta_Desa"):
        if not posting.holds(row) or posting.number not in (AMENDED - 1, AMENDED):
            continue
        original = (bare(row.get("no_perdes")), row.get("tgl_perdes"))
        amended = (bare(row.get("no_perdes_pb")), row.get("tgl_perdes_pb"))
        number, day = amended if posting.is_amendment else original
        if number and not (posting.is_amendment and amended == original):
            told = _("Menurut Siskeudes ditetapkan dengan Peraturan Desa {number}{day}. Tetapkan sendiri bila benar.")
            dated = (
                _(" tanggal {day}").format(day=long_date(day)) if day and not isinstance(day, (str, Decimal)) else ""
            )
            yield Problem(None, told.format(number=number, day=dated))
