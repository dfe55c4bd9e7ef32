"""What a village publishes of its budget: the versions of a year as they stood on a day, row by row.

Only a version that is enacted by then and complete is called enacted; what is still a draft, or has arrived by half,
says so wherever it goes.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from sqlalchemy import Connection

from desk.budget.compare import compare
from desk.budget.queries import (
    Node,
    Version,
    complete,
    entries_of,
    lines_of,
    realised_totals,
    totals,
    tree,
    versions,
)
from desk.budget.rules import Totals, percent
from desk.store import DeskError
from desk.village.queries import Place, place

ENACTED, DRAFT, INCOMPLETE = "enacted", "draft", "incomplete"
"""How a version stands on a day."""


@dataclass(frozen=True)
class Line:
    """One row of a version; amounts in rupiah, None where nothing is known."""

    number: int
    """Reading order, from 1."""
    above: int | None
    """Number of the row it stands below."""
    depth: int
    section: str
    kind: str
    activity: str
    account: str
    code: str
    """As printed, where it is not one of the two codes."""
    title: str
    fund: str
    volume: str
    unit: str
    price: str
    adds: bool
    """Whether it is a leaf: the sum of these is the total of its part."""
    before: Decimal | None
    amount: Decimal | None
    realised: Decimal | None
    until: dt.date | None

    @property
    def change(self) -> Decimal | None:
        """What the amendment added, negative where it took away; a side where the line is missing counts nothing."""
        if self.before is None and self.amount is None:
            return None
        return (self.amount or Decimal(0)) - (self.before or Decimal(0))

    @property
    def left(self) -> Decimal | None:
        """Budget less realisation."""
        return None if self.amount is None or self.realised is None else self.amount - self.realised

    @property
    def percent(self) -> Decimal | None:
        """Realisation in percent of the budget; None where that cannot be said."""
        return percent(self.realised, self.amount)


@dataclass(frozen=True)
class Entry:
    """What was received or spent of a row from the year's beginning up to a day."""

    line: int
    """Number of the row."""
    until: dt.date
    amount: Decimal


@dataclass(frozen=True)
class Edition:
    """One version of a year's budget as it stood on a day."""

    version: Version
    standing: str
    """`ENACTED`, `DRAFT` or `INCOMPLETE`."""
    plain: tuple[Line, ...]
    """Its own rows as they are kept, printed totals among them."""
    lines: tuple[Line, ...]
    """The rows without printed totals, beside the version it amends where there is one."""
    sums: Totals
    earlier: Totals | None
    """Of the version it amends; None where there is none to compare with."""
    spent: Totals
    entries: tuple[Entry, ...]

    @property
    def is_amended(self) -> bool:
        """Whether its rows tell what they were before."""
        return self.earlier is not None

    @property
    def until(self) -> dt.date | None:
        """The latest day its realisation is known up to."""
        return max((line.until for line in self.lines if line.until), default=None)

    @property
    def name(self) -> str:
        """`APBDes awal`, `Perubahan ke-1`."""
        return _("Perubahan ke-{n}").format(n=self.version.ordinal) if self.version.ordinal else _("APBDes awal")


@dataclass(frozen=True)
class Published:
    """A year's budget for the world: where it is from, as of which day, and the versions there are."""

    place: Place
    year: int
    as_of: dt.date
    editions: tuple[Edition, ...]


def village_of(conn: Connection) -> Place:
    """The village whose data it is.

    Raises:
        DeskError: none was chosen yet.
    """
    found = place(conn)
    if found is None:
        raise DeskError(_("Desa ini belum dipilih. Isi dulu nama desa di Pengaturan, lalu simpan lagi datanya."))
    return found


def budget(
    conn: Connection, year: int, as_of: dt.date, ordinal: int | None = None, *, whole: bool = False
) -> Published:
    """A year's budget as it stood on a day.

    Args:
        conn: the desk, read-only.
        year: the budget year.
        as_of: the day.
        ordinal: the version that is wanted, 0 for the original; None for the one in force.
        whole: every version, where none is named.

    Raises:
        DeskError: no village, no budget of that year, or no such version.
    """
    village, known = village_of(conn), versions(conn, year)
    if not known:
        raise DeskError(_("APBDes {year} belum ada. Muat atau ketik dulu di halaman APBDes.").format(year=year))
    wanted = [v for v in known if v.ordinal == ordinal]
    if ordinal is None:
        wanted = known if whole else [_in_force(conn, known, as_of)]
    if not wanted:
        held = ", ".join(str(v.ordinal) for v in known)
        told = _("APBDes {year} tidak mempunyai versi {n}. Pilih dari: {held} (0 adalah APBDes awal).")
        raise DeskError(told.format(year=year, n=ordinal, held=held))
    return Published(village, year, as_of, tuple(_edition(conn, v, known, as_of) for v in wanted))


def _in_force(conn: Connection, known: Sequence[Version], as_of: dt.date) -> Version:
    """The last version that is enacted; where none is, the last draft; what came by half only where nothing else is."""
    standings = [standing_of(conn, version, as_of) for version in known]
    for standing in (ENACTED, DRAFT):
        found = [v for v, stands in zip(known, standings, strict=True) if stands == standing]
        if found:
            return found[-1]
    return known[-1]


def standing_of(conn: Connection, version: Version, as_of: dt.date) -> str:
    """How a version stood at the end of a day."""
    if version.enacted_on is None or version.enacted_on > as_of:
        return DRAFT
    return ENACTED if complete(conn, version.id) else INCOMPLETE


def _edition(conn: Connection, version: Version, known: Sequence[Version], as_of: dt.date) -> Edition:
    earlier = next((v for v in known if v.ordinal == version.ordinal - 1), None)
    if earlier is not None and standing_of(conn, earlier, as_of) == INCOMPLETE:
        earlier = None
    nodes = tree(conn, version.id, as_of)
    plain = _plain(nodes)
    return Edition(
        version,
        standing_of(conn, version, as_of),
        plain,
        _amended(conn, earlier, version, nodes) if earlier else tuple(line for line in plain if line.kind != "total"),
        totals(conn, version.id),
        totals(conn, earlier.id) if earlier else None,
        realised_totals(conn, version.id, as_of),
        _entries(conn, version, nodes, as_of),
    )


def _plain(nodes: Sequence[Node]) -> tuple[Line, ...]:
    numbers = {node.id: number for number, node in enumerate(nodes, 1)}
    above = {node.parent for node in nodes if node.kind != "total"}
    return tuple(
        Line(
            numbers[n.id], numbers.get(n.parent) if n.parent else None, n.depth, n.section, n.kind, n.activity,
            n.account, "" if n.account or n.activity else n.code, n.title, n.fund, n.volume, n.unit, n.price,
            n.kind != "total" and n.id not in above, None, n.amount, n.realised, n.until,
        )
        for n in nodes
    )  # fmt: skip


def _amended(conn: Connection, earlier: Version, version: Version, nodes: Sequence[Node]) -> tuple[Line, ...]:
    """The rows of both versions; what only the later one knows of a row comes from it."""
    found: list[Line] = []
    for number, row in enumerate(compare(lines_of(conn, earlier.id), lines_of(conn, version.id)).rows, 1):
        node = None if row.now is None else nodes[row.now]
        terms = ("", "", "") if node is None else (node.volume, node.unit, node.price)
        spent = (None, None) if node is None else (node.realised, node.until)
        code = "" if row.account or row.activity else row.code
        found.append(
            Line(
                number, None if row.parent is None else row.parent + 1, row.depth, row.section, row.kind, row.activity,
                row.account, code, row.title, row.fund, *terms, row.is_leaf, row.before, row.after, *spent,
            )
        )  # fmt: skip
    return tuple(found)


def _entries(conn: Connection, version: Version, nodes: Sequence[Node], as_of: dt.date) -> tuple[Entry, ...]:
    """What was noted on a version's own rows up to a day; of two entries for one day the later one counts."""
    numbers = {node.id: number for number, node in enumerate(nodes, 1)}
    last = {
        (numbers[entry.line], entry.until): entry.amount
        for made_in, entry in entries_of(conn, version.year)
        if made_in == version.id and entry.until <= as_of
    }
    return tuple(Entry(line, until, amount) for (line, until), amount in sorted(last.items()))
