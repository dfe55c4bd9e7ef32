"""Lines of a Siskeudes budget: activity x account x sub-item x fund source with volume and price, as a tree.

Rows are placed by their codes, never by where they stand in the file. A code ends in a dot and an activity begins with
its village: `24.2005.01.03.01.`. The chart of before 2019 (Permendagri 113/2014) gives the same codes other accounts,
so there the codes below the fields are kept as printed and not taken for ours.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from gettext import gettext as _

from desk.budget.rules import LARGEST_AMOUNT, Line
from desk.chart import ROOTS, Path, accounts, activities, fund_sources
from desk.exchange.siskeudes.ledger import Ledger, Record
from desk.exchange.siskeudes.postings import AMENDED, SOURCES, UNPOSTED, Posting, bare, number_of
from desk.money import rupiah
from desk.reckon import quantity_text

SEN = Decimal("0.01")
_REMEMBERED = 4096
"""Codes whose parts are kept: each one stands in many rows."""
_LAST_OLD_YEAR = 2018
"""Budgets after it follow Permendagri 20/2018 (article 79)."""


@dataclass(frozen=True)
class Item:
    """One row of a posting; amounts in rupiah."""

    activity: Path
    account: Path
    sub: str
    order: str
    fund: str
    title: str
    """Empty where the file has no details: then the account itself is the line."""
    amount: Decimal
    before: Decimal | None = None
    volume: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    former: tuple[Decimal | None, Decimal | None] = (None, None)
    """Volume and price before an amendment."""
    fine: bool = False
    """Its amount is finer than sen and was rounded."""

    @property
    def key(self) -> tuple[Path, Path, str, str, str]:
        """What makes it the same in two postings."""
        return self.activity, self.account, self.sub, self.order, self.fund


@dataclass(frozen=True)
class Names:
    """What the file calls its codes; where it is silent, our own tables do."""

    accounts: Mapping[Path, str]
    activities: Mapping[Path, str]
    subs: Mapping[tuple[Path, Path, str], str]
    funds: Mapping[str, str]
    is_old: bool
    """The chart of before 2019."""


def sen(number: Decimal | None) -> Decimal | None:
    """A double's amount to the sen; whole rupiah without decimals."""
    if number is None:
        return None
    rounded = round(number, 2)
    return Decimal(int(rounded)) if rounded == rounded.to_integral_value() else rounded


def is_fine(number: Decimal | None) -> bool:
    """Whether a number lies further from a whole sen than the noise of binary numbers."""
    return number is not None and abs(number - round(number, 2)) > max(Decimal("0.00005"), abs(number) * SEN**7)


@functools.lru_cache(_REMEMBERED)
def account_path(code: str) -> Path:
    """`5.1.1.01.` as the annex writes it: three single numbers, then two digits."""
    return tuple(p.lstrip("0") or "0" if n < 3 else p.zfill(2) for n, p in enumerate(_parts(code)))


@functools.lru_cache(_REMEMBERED)
def activity_path(code: str, village: str) -> Path:
    """`24.2005.01.03.01.` as field, sub-field and activity; () for revenue and financing (`00.00.`)."""
    rest = code.strip(" .").removeprefix(f"{village}.")
    parts = _parts(rest)
    if not any(p.strip("0") for p in parts) or rest == village:
        return ()
    return tuple(p.lstrip("0") or "0" if n < 2 else p.zfill(2) for n, p in enumerate(parts))


def _parts(code: str) -> list[str]:
    return [part.strip() for part in code.strip(" .").split(".") if part.strip()]


def names_of(ledger: Ledger, posting: Posting) -> Names:
    """What the file calls accounts, activities, sub-items and fund sources."""
    named: dict[Path, str] = {}
    for table, code, name in (
        ("Ref_Rek1", "akun", "nama_akun"), ("Ref_Rek2", "kelompok", "nama_kelompok"),
        ("Ref_Rek3", "jenis", "nama_jenis"), ("Ref_Rek4", "obyek", "nama_obyek"),
    ):  # fmt: skip
        named |= {account_path(bare(row.get(code))): _said(row, name) for row in ledger.rows(table)}
    done = {activity_path(bare(r.get("id_keg")), ""): _said(r, "nama_kegiatan") for r in ledger.rows("Ref_Kegiatan")}
    done |= {activity_path(bare(r.get("kd_bid")), ""): _said(r, "nama_bidang") for r in ledger.rows("Ref_Bidang")}
    for table, code, name in (("Ta_Bidang", "kd_bid", "nama_bidang"), ("Ta_Kegiatan", "kd_keg", "nama_kegiatan")):
        rows = (row for row in ledger.rows(table) if posting.holds(row))
        done |= {activity_path(bare(row.get(code)), posting.village): _said(row, name) for row in rows}
    subs = {(*_place(row, posting), bare(row.get("kd_subrinci"))): _said(row, "nama_subrinci")
            for row in ledger.rows("Ta_RABSub") if posting.holds(row)}  # fmt: skip
    funds = {bare(row.get("kode")): _said(row, "nama_sumber") for row in ledger.rows("Ref_Sumber")}
    is_old = posting.year <= _LAST_OLD_YEAR or "modal" in named.get(("5", "1", "3"), "").casefold()
    return Names(named, done, subs, funds, is_old)


def _said(row: Record, column: str) -> str:
    return " ".join(str(row.get(column) or "").split())


def _place(row: Record, posting: Posting) -> tuple[Path, Path]:
    activity = activity_path(bare(row.get("kd_keg")), posting.village)
    account = account_path(bare(row.get("kd_rincian")))
    return (activity if account[:1] == ("5",) else ()), account


def items_of(ledger: Ledger, posting: Posting, number: int | None = None) -> list[Item]:
    """The rows of a posting, or of another of the same village and year, in the order of their codes.

    A row of an amendment is in force with AnggaranStlhPAK; where posting left that empty, with Anggaran and the
    difference together.
    """
    wanted = posting.number if number is None else number
    rows = [
        row
        for row in ledger.rows(posting.table)
        if posting.holds(row) and (posting.table not in SOURCES or number_of(row) == wanted)
    ]
    is_amended = wanted >= AMENDED or (wanted == UNPOSTED and any(map(_is_changed, rows)))
    found = [_item(row, posting, is_amended=is_amended) for row in rows]
    return ordered(found)


def ordered(items: Iterable[Item]) -> list[Item]:
    """Items in the order of their codes."""
    return sorted(items, key=lambda i: (i.account[:1], i.activity, i.account, i.sub, i.fund, i.order, i.title))


def _is_changed(row: Record) -> bool:
    amount, after = row.get("anggaran"), row.get("anggaranstlhpak")
    return isinstance(after, Decimal) and after != 0 and after != amount


def amount_after(row: Record) -> Decimal | None:
    """What an amendment makes of a row."""
    amount, change, after = (row.get(c) for c in ("anggaran", "anggaranpak", "anggaranstlhpak"))
    if isinstance(after, Decimal):
        return after
    if isinstance(change, Decimal):
        return change + (amount if isinstance(amount, Decimal) else 0)
    return amount if isinstance(amount, Decimal) else None


def _item(row: Record, posting: Posting, *, is_amended: bool) -> Item:
    activity, account = _place(row, posting)
    before, after = _number(row, "anggaran"), amount_after(row) if is_amended else _number(row, "anggaran")
    ends = "pak" if is_amended and _number(row, "jmlsatuanpak") is not None else ""
    return Item(
        activity, account, bare(row.get("kd_subrinci")), bare(row.get("no_urut")), bare(row.get("sumberdana")),
        _said(row, "uraian"), sen(after) or Decimal(0), sen(before) if is_amended else None,
        _number(row, f"jmlsatuan{ends}"), _said(row, "satuan"), _number(row, f"hrgsatuan{ends}"),
        (_number(row, "jmlsatuan"), _number(row, "hrgsatuan")), is_fine(after) or is_fine(before),
    )  # fmt: skip


def _number(row: Record, column: str) -> Decimal | None:
    value = row.get(column)
    return value if isinstance(value, Decimal) else None


Key = tuple[Path, Path, str, str]
"""Activity, account, sub-item and fund source; empty where a line covers all of them."""


@dataclass
class Tree:
    """Lines in reading order, and where each group of items stands among them."""

    lines: list[Line] = field(default_factory=list)
    places: dict[Key, int] = field(default_factory=dict)

    covering: set[int] = field(default_factory=set)
    """Places of the lines that hold all of a group of items."""

    def place_of(self, key: Key) -> tuple[int | None, bool]:
        """The finest line that covers a group, and whether it is of the group's own account.

        None where not even the group's part of the budget is there.
        """
        activity, account, _sub, fund = key
        own: list[Key] = [key, (activity, account, "", fund), (activity, account, "", "")]
        upper: list[Key] = [(activity, account[:depth], "", "") for depth in range(len(account) - 1, 1, -1)]
        upper += [(activity[:depth], (), "", "") for depth in range(len(activity), 0, -1)]
        for tries, is_own in ((own, True), ([*upper, ((), account[:1], "", "")], False)):
            if found := next((k for k in tries if k in self.places), None):
                return self.places[found], is_own
        return None, False


def grow(items: Sequence[Item], names: Names) -> Tree:
    """The items below the headings their codes say, parts of the budget in their order.

    An item whose account is in no part of a budget (4, 5 or 6) is left to `homeless`.
    """
    grower = _Grower(items, names)
    for item in items:
        if item.account[:1] in PARTS:
            grower.add(item)
    return grower.tree


PARTS = {(root,) for root in ROOTS}
"""Accounts of the first level, as paths."""


class _Grower:
    """Puts one item after the other below its headings; what an account has one of gets no heading of its own."""

    def __init__(self, items: Iterable[Item], names: Names) -> None:
        self.tree, self._names = Tree(), names
        self._funds: dict[tuple[Path, Path, str], set[str]] = {}
        self._subs: dict[tuple[Path, Path], set[str]] = {}
        self._count: dict[Key, int] = {}
        self._above: dict[Key, int] = {}
        for item in items:
            self._subs.setdefault((item.activity, item.account), set()).add(item.sub)
            self._count[_key(item)] = self._count.get(_key(item), 0) + 1
        for item in items:
            self._funds.setdefault((item.activity, item.account, self._sub(item)), set()).add(item.fund)

    def add(self, item: Item) -> None:
        """Place one item."""
        above = self._above.get(_key(item))
        if above is None:
            above = self._above[_key(item)] = self._headings(item)
        if not item.title:
            line = self.tree.lines[above]
            amounts = (line.amount or Decimal(0)) + item.amount, _sum(line.before, item.before)
            self.tree.lines[above] = replace(line, amount=amounts[0], before=amounts[1], fund=item.fund)
            return
        line = Line(
            _section(item.account), "line", item.title, above, fund=item.fund,
            volume=_shown(item.volume), unit=item.unit, price=_priced(item.price), before=item.before,
            amount=item.amount,
        )  # fmt: skip
        self.tree.lines.append(line)
        if self._count[_key(item)] == 1:
            self._cover(item, len(self.tree.lines) - 1)

    def _headings(self, item: Item) -> int:
        """The line an item stands below, with every heading above it."""
        activity, account = item.activity, item.account
        part = account[:1]
        above = self._heading(((), part, "", ""), None, "section", self._account_name, part, ())
        for depth in range(1, len(activity) + 1):
            upper = activity[:depth]
            above = self._heading((upper, (), "", ""), above, "line", self._activity_name, (), upper)
        for depth in range(2, len(account) + 1):
            path = account[:depth]
            above = self._heading((activity, path, "", ""), above, "line", self._account_name, path, activity)
        if sub := self._sub(item):
            above = self._heading((activity, account, sub, ""), above, "line", self._sub_name, (), ())
        if len(self._funds[activity, account, sub]) > 1:
            above = self._heading((activity, account, sub, item.fund), above, "line", self._fund_name, (), ())
        if self._count[_key(item)] > 1 or not item.title:
            self._cover(item, above)
        return above

    def _cover(self, item: Item, place: int) -> None:
        """Say that a line holds all of an item's group, also for who does not know of sub-items."""
        self.tree.covering.add(place)
        self.tree.places.setdefault(_key(item), place)
        if len(self._subs[item.activity, item.account]) == 1:
            self.tree.places.setdefault((item.activity, item.account, "", item.fund), place)

    def _heading(
        self, key: Key, above: int | None, kind: str, named: Callable[[Key], str], account: Path, activity: Path
    ) -> int:
        found = self.tree.places.get(key)
        if found is None:
            code = ".".join(account) or ".".join(activity)
            ours = (".".join(account), ".".join(activity))
            if self._names.is_old and (len(activity) > 1 or (key[1][:1] == ("5",) and len(key[1]) > 1)):
                ours = ("", "")
            section = _section(key[1]) if key[1] else "expenditure"
            line = Line(section, kind, named(key) or code, above, code, *ours, key[3])
            self.tree.lines.append(line)
            found = self.tree.places[key] = len(self.tree.lines) - 1
        return found

    def _sub(self, item: Item) -> str:
        """The sub-item a heading stands for: one that has a name, or one of several."""
        place = (item.activity, item.account)
        has_name = bool(self._names.subs.get((*place, item.sub)))
        return item.sub if item.sub and (has_name or len(self._subs[place]) > 1) else ""

    def _sub_name(self, key: Key) -> str:
        return self._names.subs.get(key[:3]) or _("Paket {code}").format(code=key[2])

    def _fund_name(self, key: Key) -> str:
        fund = key[3]
        return self._names.funds.get(fund) or fund_sources().get(fund) or fund or _("tanpa sumber")

    def _account_name(self, key: Key) -> str:
        path = key[1]
        entry = accounts().get(".".join(path))
        if len(path) == 1:
            return entry.title.upper() if entry else ".".join(path)
        return self._names.accounts.get(path) or (entry.title if entry and not self._names.is_old else "")

    def _activity_name(self, key: Key) -> str:
        path = key[0]
        entry = activities().get(".".join(path))
        return self._names.activities.get(path) or (entry.title if entry and not self._names.is_old else "")


def _key(item: Item) -> Key:
    return item.activity, item.account, item.sub, item.fund


def _section(account: Path) -> str:
    if account[:1] != ("6",):
        return ROOTS.get("".join(account[:1]), "expenditure")
    if len(account) == 1:
        return "financing"
    return "payments" if account[1] == "2" else "receipts"


@functools.lru_cache(_REMEMBERED)
def _shown(number: Decimal | None) -> str:
    return quantity_text(round(number, 4)) if number is not None else ""


@functools.lru_cache(_REMEMBERED)
def _priced(price: Decimal | None) -> str:
    """A price as an amount is typed, to the sen."""
    exact = sen(price)
    return "" if exact is None else rupiah(abs(exact)).removeprefix("Rp\u00a0")


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one + (other or Decimal(0))


def homeless(items: Iterable[Item]) -> Iterator[Item]:
    """Items whose account is in no part of a budget."""
    return (item for item in items if item.account[:1] not in PARTS)


def too_large(items: Iterable[Item]) -> Iterator[Item]:
    """Items of an amount no village has."""
    return (item for item in items if max(abs(item.amount), abs(item.before or Decimal(0))) >= LARGEST_AMOUNT)
