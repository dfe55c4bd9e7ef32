"""What screens, papers and the command line may ask of the budget."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from desk.budget import rules
from desk.budget.rules import Line, Totals, percent
from desk.budget.spent import Entry, Spent, Told, carry
from desk.budget.tables import BudgetLine, BudgetVersion, Realisation, WithdrawnRealisation


@dataclass(frozen=True)
class Version:
    """One version of a year's budget."""

    id: bytes
    year: int
    ordinal: int
    """0 as first decided, 1 after the first amendment, ..."""
    regulation: str
    enacted_on: dt.date | None
    source: str
    line_count: int
    total: Decimal
    digest: str
    enacted_digest: str

    @property
    def is_draft(self) -> bool:
        """Not enacted yet, as far as this desk was told."""
        return self.enacted_on is None


@dataclass(frozen=True)
class Node:
    """One row of a version as a tree shows it; rows come in reading order, each after the one it stands below."""

    id: bytes
    parent: bytes | None
    depth: int
    """0 for a part; each row is one deeper than its parent."""
    section: str
    kind: str
    """`section`, `line`, `unspecified` or `total`."""
    code: str
    account: str
    activity: str
    title: str
    fund: str
    volume: str
    unit: str
    price: str
    printed: Decimal | None
    """What the file or the clerk says for this row itself."""
    amount: Decimal | None
    """That, or the sum of the rows below it."""
    realised: Decimal | None
    until: dt.date | None
    """The day its realisation is known up to."""

    @property
    def percent(self) -> Decimal | None:
        """Realisation in percent of the budget."""
        return percent(self.realised, self.amount)

    @property
    def is_total(self) -> bool:
        """A printed total: shown, never added."""
        return self.kind == "total"

    @property
    def unspecified(self) -> bool:
        """The line that carries what a printed total holds beyond its rows."""
        return self.kind == "unspecified"


_VERSION = (
    BudgetVersion.id, BudgetVersion.year, BudgetVersion.ordinal, BudgetVersion.regulation, BudgetVersion.enacted_on,
    BudgetVersion.source, BudgetVersion.line_count, BudgetVersion.total, BudgetVersion.digest,
    BudgetVersion.enacted_digest,
)  # fmt: skip


def years(conn: Connection) -> list[int]:
    """Years that have a budget, oldest first."""
    return list(conn.scalars(select(BudgetVersion.year).distinct().order_by(BudgetVersion.year)))


def versions(conn: Connection, year: int) -> list[Version]:
    """The versions of a year, the original first."""
    found = select(*_VERSION).where(BudgetVersion.year == year).order_by(BudgetVersion.ordinal)
    return [Version(**row._mapping) for row in conn.execute(found)]


def version(conn: Connection, version_id: bytes) -> Version | None:
    """One version."""
    row = conn.execute(select(*_VERSION).where(BudgetVersion.id == version_id)).one_or_none()
    return None if row is None else Version(**row._mapping)


def in_force(conn: Connection, year: int) -> Version | None:
    """The last enacted version of a year of which all is here; where none is enacted, the last draft.

    An enacted version of which only a part has come from the district is not there yet, and no draft takes its place.
    """
    found = versions(conn, year)
    enacted = [v for v in reversed(found) if not v.is_draft]
    if not enacted:
        return found[-1] if found else None
    return next((v for v in enacted if complete(conn, v.id)), None)


def _rows(conn: Connection, version_id: bytes) -> Sequence[tuple[Any, ...]]:
    return conn.execute(select(*_LINE).where(BudgetLine.version == version_id).order_by(BudgetLine.seq)).all()


_LINE = (
    BudgetLine.id, BudgetLine.parent, BudgetLine.section, BudgetLine.kind, BudgetLine.code, BudgetLine.account,
    BudgetLine.activity, BudgetLine.title, BudgetLine.fund, BudgetLine.volume, BudgetLine.unit, BudgetLine.price,
    BudgetLine.amount,
)  # fmt: skip
"""A row of a version, in the order in which it is taken apart: five thousand are read while somebody waits."""


def entries_of(conn: Connection, year: int) -> list[tuple[bytes, Entry]]:
    """The realisation entries of a year that were not withdrawn, each with the version its line belongs to."""
    found = (
        select(BudgetLine.version, Realisation.id, Realisation.line, Realisation.until, Realisation.amount)
        .join(BudgetLine, BudgetLine.id == Realisation.line)
        .join(BudgetVersion, BudgetVersion.id == BudgetLine.version)
        .where(BudgetVersion.year == year, Realisation.id.not_in(select(WithdrawnRealisation.entry)))
        .order_by(Realisation.until, Realisation.id)
    )
    return [(row.version, Entry(row.id, row.line, row.until, row.amount)) for row in conn.execute(found)]


def spent_of(conn: Connection, version_id: bytes, day: dt.date | None = None, read: Told | None = None) -> Spent:
    """What was realised of a version up to a day (None: as far as it is known), by place of its lines.

    Entries made on the lines of the year's other versions are carried to it: `spent.carry` says how. `read` is the
    version itself where its lines have been read already.
    """
    shown = version(conn, version_id)
    entries = [] if shown is None else entries_of(conn, shown.year)
    others: list[Version] = []
    if shown is not None:
        with_entries = {of for of, _entry in entries} - {version_id}
        near = [(abs(v.ordinal - shown.ordinal), v) for v in versions(conn, shown.year) if v.id in with_entries]
        others = [v for _steps, v in sorted(near, key=lambda pair: pair[0])]
    told = [read or _told(conn, version_id), *(_told(conn, v.id) for v in others)]
    return carry(told[0], told[1:], [entry for _of, entry in entries], day)


def _told(conn: Connection, version_id: bytes) -> Told:
    rows = _rows(conn, version_id)
    return Told(_as_lines(rows), [row[0] for row in rows])


def realised_of(
    conn: Connection, version_id: bytes, day: dt.date | None = None
) -> dict[bytes, tuple[dt.date, Decimal]]:
    """The latest realisation of each line of a version, up to a day: the day it goes up to, and the amount."""
    entries = spent_of(conn, version_id, day).own
    return {entry.line: (entry.until, entry.amount) for entry in entries if entry is not None}


def tree(conn: Connection, version_id: bytes, day: dt.date | None = None) -> list[Node]:
    """Every row of a version in reading order, with its depth, its sums and its realisation up to a day."""
    return list(whole(conn, version_id, day).nodes)


@dataclass(frozen=True)
class Whole:
    """A version as a page shows it: its rows with the totals of budget and realisation, read once."""

    is_complete: bool

    nodes: tuple[Node, ...]
    sums: Totals
    spent: Totals
    by_line: Spent
    """The same realisation, line by line."""


def whole(conn: Connection, version_id: bytes, day: dt.date | None = None) -> Whole:
    """What `complete`, `tree`, `totals` and `realised_totals` say, of one reading."""
    rows = _rows(conn, version_id)
    lines = _as_lines(rows)
    spent = spent_of(conn, version_id, day, Told(lines, [row[0] for row in rows]))
    sums = rules.total_up((line.section, line.amount) for line in rules.leaves(lines))
    nodes = tuple(_nodes(rows, lines, spent))
    return Whole(_is_complete(conn, version_id, lines), nodes, _whole_totals(sums), _whole_totals(spent.totals), spent)


def _nodes(rows: Sequence[tuple[Any, ...]], lines: Sequence[Line], spent: Spent) -> list[Node]:
    amounts = rules.sums(lines, [line.amount for line in lines])
    depths: list[int] = []
    for line in lines:
        below = 0 if line.parent is None else depths[line.parent]
        depths.append(below + (line.parent is not None and line.kind != "total"))
    return [
        Node(
            id_, parent, depth, section, kind, code, account, activity, title, fund, volume, unit, price, printed,
            amount, figure, None if entry is None else entry.until,
        )
        for (id_, parent, section, kind, code, account, activity, title, fund, volume, unit, price, printed), depth,
            amount, figure, entry in zip(rows, depths, amounts, spent.figures, spent.own, strict=True)
    ]  # fmt: skip


def totals(conn: Connection, version_id: bytes) -> Totals:
    """Totals of a version: the sums of its leaves, which equal the printed totals."""
    summed = (
        select(BudgetLine.section, func.sum(BudgetLine.amount))
        .where(*_are_leaves(version_id))
        .group_by(BudgetLine.section)
    )
    return rules.total_up((section, _whole(amount)) for section, amount in conn.execute(summed))


def realised_totals(conn: Connection, version_id: bytes, day: dt.date | None = None) -> Totals:
    """Totals of what was realised of a version up to a day, as far as each line is known."""
    return _whole_totals(spent_of(conn, version_id, day).totals)


def _whole_totals(told: Totals) -> Totals:
    return Totals(*(_whole(amount) for amount in (told.revenue, told.expenditure, told.receipts, told.payments)))


def _are_leaves(version_id: bytes) -> tuple[ColumnElement[bool], ...]:
    """Lines of a version that are added up: no printed totals, nothing below them."""
    above = select(BudgetLine.parent).where(
        BudgetLine.version == version_id, BudgetLine.parent.is_not(None), BudgetLine.kind != "total"
    )
    return BudgetLine.version == version_id, BudgetLine.kind != "total", BudgetLine.id.not_in(above)


def _whole(amount: Decimal | None) -> Decimal | None:
    """Without `.00`, so that it reads the same wherever it is written out."""
    return amount if amount is None or amount != amount.to_integral_value() else Decimal(int(amount))


def complete(conn: Connection, version_id: bytes) -> bool:
    """Whether all lines of a version are here, and of an enacted one just those that were enacted."""
    return _is_complete(conn, version_id, lines_of(conn, version_id))


def _is_complete(conn: Connection, version_id: bytes, lines: Sequence[Line]) -> bool:
    known = version(conn, version_id)
    if known is None:
        return False
    digest = rules.digest(lines)
    if not known.is_draft:
        return known.enacted_digest == digest
    return (known.line_count, known.total, known.digest) == (len(lines), rules.control_total(lines), digest)


def lines_of(conn: Connection, version_id: bytes) -> list[Line]:
    """The lines of a version as the rules know them."""
    return _as_lines(_rows(conn, version_id))


def _as_lines(rows: Sequence[tuple[Any, ...]]) -> list[Line]:
    places = {row[0]: place for place, row in enumerate(rows)}
    return [
        Line(
            section, kind, title, places.get(parent), code, account, activity, fund, volume, unit, price, None, amount
        )
        for _id, parent, section, kind, code, account, activity, title, fund, volume, unit, price, amount in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """Amounts of one line: in force, before the amendment, realised."""

    amount: Decimal | None
    before: Decimal | None
    realised: Decimal | None


@dataclass(frozen=True)
class Item:
    """One line of the summary; an item of depth 1 or more is part of the one of lesser depth above it."""

    code: str
    title: str
    depth: int
    figures: Figures
    unspecified: bool = False


@dataclass(frozen=True)
class Part:
    """Revenue, expenditure or financing in the summary."""

    total: Figures
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Summary:
    """A year's budget as a poster tells it: groups and kinds of revenue and financing, fields of expenditure."""

    year: int
    version: Version
    revenue: Part
    expenditure: Part
    financing: Part
    surplus: Figures
    balance: Figures
    """Revenue - expenditure + net financing; for the realisation this is the year's SiLPA."""
    until: dt.date | None
    """The latest day of its realisation."""


def summary(conn: Connection, year: int) -> Summary | None:
    """The version in force, with the version before it where it is an amendment; None where the year has none."""
    current = in_force(conn, year)
    if current is None:
        return None
    earlier = next((v for v in versions(conn, year) if v.ordinal == current.ordinal - 1), None)
    nodes = tree(conn, current.id)
    before = {} if earlier is None else {_key(n): n.amount for n in reversed(tree(conn, earlier.id))}
    sums = totals(conn, current.id), Totals() if earlier is None else totals(conn, earlier.id)
    realised = realised_totals(conn, current.id)

    def figures(name: str) -> Figures:
        return Figures(*(getattr(of, name) for of in (*sums, realised)))

    shown = _shown(nodes)
    depths = {n.id: _depth(n, shown) for n in nodes if n.id in shown}
    items = {
        part: tuple(
            Item(n.code, n.title, depths[n.id], Figures(n.amount, before.get(_key(n)), n.realised), n.unspecified)
            for n in nodes
            if n.id in shown and n.section in sections
        )
        for part, sections in _PARTS.items()
    }
    parts = {name: Part(figures(name), items[name]) for name in _PARTS}
    untils = [n.until for n in nodes if n.until is not None]
    return Summary(
        year, current, parts["revenue"], parts["expenditure"], parts["financing"], figures("surplus"),
        figures("balance"), max(untils, default=None),
    )  # fmt: skip


_PARTS = {"revenue": ("revenue",), "expenditure": ("expenditure",), "financing": ("receipts", "payments")}


def _key(node: Node) -> tuple[str, str, str, str, str]:
    """What makes a line the same in two versions."""
    title = "" if node.account or node.activity else node.title.casefold()
    return node.section, node.kind, node.account, node.activity, title


def _shown(nodes: Sequence[Node]) -> dict[bytes, bytes | None]:
    """The lines of the summary, each with the shown line above it.

    Shown are accounts down to the kind (4.2.1) and the fields of expenditure; where a file has only finer lines they
    stand for themselves. A difference stands beside the lines it completes.
    """
    found: dict[bytes, bytes | None] = {}
    nearest: dict[bytes | None, bytes | None] = {}
    for n in nodes:
        above = nearest.get(n.parent)
        if n.kind == "line" and (above is None or _is_coarse(n)):
            found[n.id] = above
        nearest[n.id] = n.id if n.id in found else above
    detailed = set(found.values())
    for n in nodes:
        if n.unspecified and (nearest[n.id] is None or (n.parent in found and n.parent in detailed)):
            found[n.id] = nearest[n.id]
    return found


def _is_coarse(node: Node) -> bool:
    if node.section == "expenditure":
        return bool(node.activity) and "." not in node.activity and not node.account
    return node.account.count(".") in (1, 2)


def _depth(node: Node, shown: dict[bytes, bytes | None]) -> int:
    depth, above = 0, shown[node.id]
    while above is not None:
        depth, above = depth + 1, shown.get(above)
    return depth
