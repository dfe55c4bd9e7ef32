"""Which realisation counts for which line of a version, up to a day: the rule of `carry`, which is the desk's own.

What was spent was spent, whatever the budget says afterwards: an entry made on a line of any version of a year counts
for the line that continues it in the version that is looked at, as `compare` matches them. Nothing here is ever taken
from a budgeted amount.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desk.budget.compare import continued
from desk.budget.rules import Line, Totals, signed, total_up
from desk.chart import Place
from desk.store import new_id


@dataclass(frozen=True)
class Entry:
    """What was received or spent of a line from the year's beginning up to a day, in rupiah."""

    id: bytes
    """Ids grow with the time they were made at, so that of two entries of one day the later one is known everywhere."""
    line: bytes
    until: dt.date
    amount: Decimal


@dataclass(frozen=True)
class Told:
    """The lines of one version in reading order, and the id of each."""

    lines: Sequence[Line]
    ids: Sequence[bytes]


@dataclass(frozen=True)
class Astray:
    """The latest entry of a line that another version had and this one has not."""

    line: Line
    entry: Entry
    above: int | None
    """Place of the line it counts below; None where not even its part is left."""
    counts: bool
    """False where a line above it is known, as a whole, up to the same day or a later one."""


@dataclass(frozen=True)
class Spent:
    """The realisation of a version: by place of each line, what went astray, and the sums of the parts."""

    own: tuple[Entry | None, ...]
    figures: tuple[Decimal | None, ...]
    """Each line's own entry or the sum below it; None is unknown, which is not zero."""
    is_own: tuple[bool, ...]
    """Whether the figure is the line's own entry; an entry that is not was replaced by later ones below it."""
    astray: tuple[Astray, ...]
    counted: tuple[tuple[int | None, Line, Decimal], ...]
    """What the sums are made of, each rupiah once: the place it counts at or below, its line, the amount."""

    @property
    def totals(self) -> Totals:
        """The sums of the parts."""
        return total_up((line.section, amount) for _place, line, amount in self.counted)


def id_after(last: bytes | None) -> bytes:
    """An id for an entry made after the one of id `last`, also on a PC whose clock was set back (UUIDv7, RFC 9562)."""
    made = new_id()
    if last is None or made > last:
        return made
    return min(int.from_bytes(last[:6]) + 1, 2**48 - 1).to_bytes(6) + made[6:]


def latest(entries: Iterable[Entry], day: dt.date | None = None) -> dict[bytes, Entry]:
    """The entry of each line that counts up to `day` (None: of all): the latest day, and of one day the last made."""
    found: dict[bytes, Entry] = {}
    for entry in entries:
        held = found.get(entry.line)
        if (day is None or entry.until <= day) and (held is None or (held.until, held.id) < (entry.until, entry.id)):
            found[entry.line] = entry
    return found


def carry(version: Told, others: Sequence[Told], entries: Sequence[Entry], day: dt.date | None = None) -> Spent:
    """Bring the entries of a year to the lines of one version.

    An entry of another version counts for the line that continues its own. Where none does, it counts below the
    nearest line above it. A line with an entry of its own and entries below it shows its own while nothing below is
    known up to a later day, else the sum below: both are cumulative, so only one of them may count. Printed totals
    are the table's own and are not carried.

    Args:
        version: the version that is looked at.
        others: the other versions of its year that have entries.
        entries: of all of them, in any order.
        day: entries up to later days are left out.
    """
    ways = _Ways(version)
    for other in others:
        ways.add(other)
    placed = [Entry(e.id, version.ids[ways.homes[e.line]], e.until, e.amount) for e in entries if e.line in ways.homes]
    by_line = latest(placed, day)
    gone = [Entry(e.id, ways.same[e.line], e.until, e.amount) for e in entries if e.line in ways.same]
    last = latest(gone, day)
    strayed = [(*where, last[line]) for line, where in ways.lost.items() if line in last]
    return _sum_up(version.lines, [by_line.get(id_) for id_ in version.ids], strayed)


class _Ways:
    """Where the lines of other versions lead: to a line of this one, or nowhere, and then which are the same."""

    def __init__(self, version: Told) -> None:
        self._version = version
        self._seen: list[Told] = []
        self.homes = {id_: place for place, id_ in enumerate(version.ids)}
        self.lost: dict[bytes, tuple[Line, int | None]] = {}
        self.same: dict[bytes, bytes] = {}
        """Of each line that leads nowhere, the one that stands for it in `lost`."""

    def add(self, other: Told) -> None:
        """Lead each line of another version home, directly or by way of a version added before; never two to one."""
        direct = _forward(other, self._version)
        by_way = [(seen, _forward(other, seen)) for seen in self._seen]
        self._seen.append(other)
        taken: set[int | bytes] = set(direct.values())
        for place, id_ in enumerate(other.ids):
            if place in direct:
                self.homes[id_] = direct[place]
            elif other.lines[place].kind != "total":
                steps = (seen.ids[onward[place]] for seen, onward in by_way if place in onward)
                ends = (self.homes.get(step, self.same.get(step)) for step in steps)
                end = next((e for e in ends if e is not None and e not in taken), None)
                if isinstance(end, int):
                    self.homes[id_] = end
                else:
                    self.same[id_] = end or id_
                    above = _above(other.lines, place, direct, self._version.lines)
                    self.lost.setdefault(self.same[id_], (other.lines[place], above))
                if end is not None:
                    taken.add(end)


def _forward(earlier: Told, later: Told) -> dict[int, int]:
    """The place in `later` of each line of `earlier` that goes on there."""
    return {then: now for now, then in continued(earlier.lines, later.lines).items()}


def _above(lines: Sequence[Line], place: int, matched: dict[int, int], kept: Sequence[Line]) -> int | None:
    """The nearest line left above one that is gone: by its own version's order, then by codes, then its part."""
    above = lines[place].parent
    while above is not None and (above not in matched or kept[matched[above]].kind == "section"):
        above = lines[above].parent
    if above is not None:
        return matched[above]
    gone = lines[place]
    where = Place.of(gone.account, gone.activity)
    coarser = [
        now
        for now, line in enumerate(kept)
        if line.kind == "line"
        and line.section == gone.section
        and (line.account or line.activity)
        and Place.of(line.account, line.activity).is_above(where)
    ]
    part = gone.section if gone.section in ("revenue", "expenditure") else "financing"
    roots = [now for now, line in enumerate(kept) if line.kind == "section" and line.section == part]
    deepest = sorted(coarser, key=lambda now: Place.of(kept[now].account, kept[now].activity).depth)
    return next(iter([*deepest[::-1], *roots]), None)


Strayed = tuple[Line, int | None, Entry]
"""A line that is gone, the place it counts below, and its entry."""


def _sum_up(lines: Sequence[Line], own: Sequence[Entry | None], strayed: Sequence[Strayed]) -> Spent:
    below: list[Decimal | None] = [None] * len(lines)
    known: list[dt.date] = [dt.date.min] * len(lines)
    figures: list[Decimal | None] = [None] * len(lines)
    is_own = [False] * len(lines)

    def add(above: int, line: Line, amount: Decimal, until: dt.date) -> None:
        below[above] = (below[above] or Decimal(0)) + signed(line, lines[above], amount)
        known[above] = max(known[above], until)

    for gone, above, last in strayed:
        if above is not None:
            add(above, gone, last.amount, last.until)
    for place in range(len(lines) - 1, -1, -1):
        line, entry = lines[place], own[place]
        if line.kind == "total":
            continue
        is_own[place] = entry is not None and entry.until >= known[place]
        figures[place] = entry.amount if entry is not None and is_own[place] else below[place]
        until = max(known[place], entry.until) if entry is not None else known[place]
        figure = figures[place]
        if figure is not None and line.parent is not None:
            add(line.parent, line, figure, until)
    _show_totals(lines, own, figures, is_own)
    covered = _covered(lines, is_own)
    astray = tuple(
        Astray(gone, last, above, above is None or not (is_own[above] or covered[above]))
        for gone, above, last in strayed
    )
    counted: list[tuple[int | None, Line, Decimal]] = [
        (place, line, figure)
        for place, (line, figure) in enumerate(zip(lines, figures, strict=True))
        if line.kind != "total" and figure is not None and is_own[place] and not covered[place]
    ]
    counted += [(a.above, a.line, a.entry.amount) for a in astray if a.counts]
    return Spent(tuple(own), tuple(figures), tuple(is_own), astray, tuple(counted))


def _show_totals(
    lines: Sequence[Line], own: Sequence[Entry | None], figures: list[Decimal | None], is_own: list[bool]
) -> None:
    """A printed total shows what was printed until anything is known up to a later day, then its own lines' sum."""
    known = (entry.until for line, entry in zip(lines, own, strict=True) if line.kind != "total" and entry is not None)
    last = max(known, default=dt.date.min)
    for place, (line, entry) in enumerate(zip(lines, own, strict=True)):
        if line.kind == "total":
            is_own[place] = entry is not None and entry.until >= last
            above = None if line.parent is None else figures[line.parent]
            figures[place] = entry.amount if entry is not None and is_own[place] else above


def _covered(lines: Sequence[Line], is_own: Sequence[bool]) -> list[bool]:
    """Whether a line above each one already counts as a whole."""
    covered: list[bool] = []
    for line in lines:
        above = line.parent
        covered.append(above is not None and (covered[above] or is_own[above]))
    return covered
