"""Siskeudes' figures against each other: sums of a posting, amendments, volume times price; its own figure is kept."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from gettext import gettext as _

from desk.budget.rules import Problem
from desk.exchange.controls import Control
from desk.exchange.siskeudes.ledger import Ledger, Record
from desk.exchange.siskeudes.lines import Item, account_path, amount_after, sen
from desk.exchange.siskeudes.postings import AMENDED, SOURCES, UNPOSTED, Posting, bare, number_of
from desk.money import rupiah

LISTED = 50
"""Differences of one kind that are told one by one."""
_TOLERANCE = Decimal("0.01")
_PARTS = {"4": _("pendapatan"), "5": _("belanja"), "61": _("penerimaan pembiayaan"), "62": _("pengeluaran pembiayaan")}


def control_totals(ledger: Ledger, posting: Posting, items: Iterable[Item]) -> list[Control]:
    """Each part and fund source as Siskeudes posted it (or keeps it of its working copy), against its rows."""
    table = "Ta_RAB" if posting.number == UNPOSTED else "Ta_Anggaran"
    if posting.table == table or table not in ledger.tables:
        return []
    rows = [r for r in ledger.rows(table) if posting.holds(r) and number_of(r) in (None, posting.number)]
    is_amended = posting.number >= AMENDED or any(item.before is not None for item in items)
    by_fund = any("sumberdana" in row for row in rows)
    theirs: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        account = account_path(bare(row.get("kd_rincian")))
        key = _part(account), bare(row.get("sumberdana")) if by_fund else ""
        theirs[key] = theirs.get(key, Decimal(0)) + (_amount(row, is_amended=is_amended) or 0)
    ours: dict[tuple[str, str], Decimal] = {}
    for item in items:
        key = _part(item.account), item.fund if by_fund else ""
        ours[key] = ours.get(key, Decimal(0)) + item.amount
    return [
        Control(
            None, f"{_PARTS.get(part, part)} {fund} ({table})".replace("  ", " "), "amount",
            sen(theirs.get((part, fund))) or Decimal(0), ours.get((part, fund), Decimal(0)),
        )
        for part, fund in sorted(theirs.keys() | ours.keys())
    ]  # fmt: skip


def check_totals(controls: Iterable[Control]) -> Iterator[Problem]:
    """Where the rows are not what was posted."""
    for control in controls:
        if not control.agrees:
            said = _("{title}: menurut Siskeudes {told}, menurut rinciannya {summed}, selisih {gap}.")
            told, summed, gap = map(
                rupiah, (control.printed, control.reckoned, control.printed - control.reckoned)
            )  # fmt: skip
            title = control.title[:1].upper() + control.title[1:]
            yield Problem(None, said.format(title=title, told=told, summed=summed, gap=gap))


def _part(account: Sequence[str]) -> str:
    return "".join(account[:2]) if account[:1] == ("6",) else "".join(account[:1])


def _amount(row: Record, *, is_amended: bool) -> Decimal | None:
    amount = amount_after(row) if is_amended else row.get("anggaran")
    return amount if isinstance(amount, Decimal) else None


def check_changes(ledger: Ledger, posting: Posting, items: Iterable[Item], earlier: Sequence[Item]) -> list[Problem]:
    """Amendments: before + change = after in each row, and before against the posting before it."""
    if not any(item.before is not None for item in items) and not posting.is_amendment:
        return []
    problems = []
    before = Decimal(0)
    for row in ledger.rows(posting.table):
        if not posting.holds(row) or (posting.table in SOURCES and number_of(row) != posting.number):
            continue
        amount, change, after = (row.get(c) for c in ("anggaran", "anggaranpak", "anggaranstlhpak"))
        before += sen(amount) or 0 if isinstance(amount, Decimal) else 0
        if not (isinstance(amount, Decimal) and isinstance(change, Decimal) and isinstance(after, Decimal)):
            continue
        if abs(amount + change - after) >= _TOLERANCE:
            said = _("“{title}”: {before} ditambah {change} bukan {after}; yang dipakai {after}.")
            figures = {n: rupiah(sen(v)) for n, v in (("before", amount), ("change", change), ("after", after))}
            problems.append(Problem(None, said.format(title=_title(row), **figures)))
    posted = sum((item.amount for item in earlier), Decimal(0))
    if earlier and posting.number == AMENDED and posted != before:
        said = _("Jumlah semula di posting {number} {told}, sedangkan posting {earlier} berjumlah {posted}.")
        facts = {"number": posting.number, "earlier": posting.number - 1, "told": rupiah(before)}
        problems.append(Problem(None, said.format(posted=rupiah(posted), **facts)))
    return _shortened(problems)


def _title(row: Record) -> str:
    return " ".join(str(row.get("uraian") or row.get("kd_rincian") or "").split())


def check_products(items: Iterable[Item]) -> list[Problem]:
    """Volume times unit price against the amount."""
    problems = []
    for item in items:
        if item.volume is None or item.price is None or not item.volume or not item.price:
            continue
        product = item.volume * item.price
        # The price itself may be rounded, and is multiplied.
        if abs(product - item.amount) >= max(_TOLERANCE, abs(item.volume) * _TOLERANCE / 2):
            said = _(
                "“{title}” di {code}: volume kali harga satuan {product}, tertulis {amount}; yang dipakai {amount}."
            )
            facts = {"title": item.title, "code": ".".join(item.account), "amount": rupiah(item.amount)}
            problems.append(Problem(None, said.format(product=rupiah(sen(product)), **facts)))
    return _shortened(problems)


def check_amounts(items: Iterable[Item]) -> list[Problem]:
    """Amounts finer than sen, which were rounded."""
    said = _("“{title}” di {code}: jumlahnya lebih halus dari sen dan dibulatkan menjadi {amount}.")
    return _shortened(
        [
            Problem(None, said.format(title=i.title, code=".".join(i.account), amount=rupiah(i.amount)))
            for i in items
            if i.fine
        ]
    )


def _shortened(problems: list[Problem]) -> list[Problem]:
    if len(problems) <= LISTED:
        return problems
    told = _("Dan {n} selisih sejenis lagi.").format(n=len(problems) - LISTED)
    return [*problems[:LISTED], Problem(None, told)]
