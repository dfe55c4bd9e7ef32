"""What screens, papers and the command line may ask of the budget."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.engine import Row as Record

from desk.budget import rules
from desk.budget.rules import Line, Totals, percent
from desk.budget.tables import BudgetLine, BudgetVersion, Realisation


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
)  # fmt: skip


def years(conn: Connection) -> list[int]:
    """Years that have a budget, oldest first."""
    return list(conn.scalars(select(BudgetVersion.year).distinct().order_by(BudgetVersion.year)))


def versions(conn: Connection, year: int) -> list[Version]:
    """The versions of a year, the original first."""
    found = select(*_VERSION).where(BudgetVersion.year == year).order_by(BudgetVersion.ordinal)
    return [Version(*row) for row in conn.execute(found)]


def version(conn: Connection, version_id: bytes) -> Version | None:
    """One version."""
    row = conn.execute(select(*_VERSION).where(BudgetVersion.id == version_id)).one_or_none()
    return None if row is None else Version(*row)


def in_force(conn: Connection, year: int) -> Version | None:
    """The last enacted version of a year; where none is enacted, the last one."""
    found = versions(conn, year)
    return next((v for v in reversed(found) if not v.is_draft), found[-1] if found else None)


def _rows(conn: Connection, version_id: bytes) -> Sequence[Record[Any]]:
    columns = [c for c in BudgetLine.__table__.columns if c.name not in ("n", "rev", "version")]
    return conn.execute(select(*columns).where(BudgetLine.version == version_id).order_by(BudgetLine.seq)).all()


def realised_of(conn: Connection, version_id: bytes) -> dict[bytes, tuple[dt.date, Decimal]]:
    """The latest realisation of each line of a version: the day it goes up to, and the amount."""
    entries = (
        select(Realisation.line, Realisation.until, Realisation.amount)
        .join(BudgetLine, BudgetLine.id == Realisation.line)
        .where(BudgetLine.version == version_id)
        .order_by(Realisation.until, Realisation.n)
    )
    return {line: (until, amount) for line, until, amount in conn.execute(entries)}


def tree(conn: Connection, version_id: bytes) -> list[Node]:
    """Every row of a version in reading order, with its depth, its sums and its latest realisation."""
    rows = _rows(conn, version_id)
    lines = _as_lines(rows)
    entries = realised_of(conn, version_id)
    amounts = rules.sums(lines, [line.amount for line in lines])
    realised = _realised_sums(rows, lines, entries)
    depths: list[int] = []
    for line in lines:
        below = 0 if line.parent is None else depths[line.parent]
        depths.append(below + (line.parent is not None and line.kind != "total"))
    return [
        Node(
            r.id, r.parent, depth, r.section, r.kind, r.code, r.account, r.activity, r.title, r.fund, r.volume, r.unit,
            r.price, r.amount, amount, spent, entries[r.id][0] if r.id in entries else None,
        )
        for r, depth, amount, spent in zip(rows, depths, amounts, realised, strict=True)
    ]  # fmt: skip


def _realised_sums(
    rows: Sequence[Record[Any]], lines: Sequence[Line], entries: Mapping[bytes, tuple[dt.date, Decimal]]
) -> list[Decimal | None]:
    """Realisation of each row; a printed total counts until a later entry below it makes it old."""
    last = max((until for r in rows if r.kind != "total" and r.id in entries for until in entries[r.id][:1]),
               default=dt.date.min)  # fmt: skip
    own = [
        entries[r.id][1] if r.id in entries and (r.kind != "total" or entries[r.id][0] >= last) else None for r in rows
    ]
    summed = rules.sums(lines, own)
    for place, line in enumerate(lines):
        if line.kind == "total" and summed[place] is None and line.parent is not None:
            summed[place] = summed[line.parent]
    return summed


def totals(conn: Connection, version_id: bytes) -> Totals:
    """Totals of a version: the sums of its leaves, which equal the printed totals."""
    summed = (
        select(BudgetLine.section, func.sum(BudgetLine.amount))
        .where(*_are_leaves(version_id))
        .group_by(BudgetLine.section)
    )
    return rules.total_up((section, _whole(amount)) for section, amount in conn.execute(summed))


def realised_totals(conn: Connection, version_id: bytes) -> Totals:
    """Totals of what was realised of a version, as far as each line is known."""
    entries = realised_of(conn, version_id)
    leaves = conn.execute(select(BudgetLine.id, BudgetLine.section).where(*_are_leaves(version_id)))
    return rules.total_up((section, _whole(entries[line][1])) for line, section in leaves if line in entries)


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
    """Whether all lines of a version are here as they were enacted: count, control total and digest agree."""
    known = version(conn, version_id)
    lines = lines_of(conn, version_id)
    return known is not None and (known.line_count, known.total, known.digest) == (
        len(lines), rules.control_total(lines), rules.digest(lines)
    )  # fmt: skip


def lines_of(conn: Connection, version_id: bytes) -> list[Line]:
    """The lines of a version as the rules know them."""
    return _as_lines(_rows(conn, version_id))


def _as_lines(rows: Sequence[Record[Any]]) -> list[Line]:
    places = {r.id: place for place, r in enumerate(rows)}
    return [
        Line(
            r.section, r.kind, r.title, places.get(r.parent), r.code, r.account, r.activity, r.fund, r.volume, r.unit,
            r.price, None, r.amount,
        )
        for r in rows
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
