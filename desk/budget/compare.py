"""Two versions of a budget side by side: what is new, gone or changed, and what only moved between activities."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations
from typing import Any

from desk.budget.rules import UNSPECIFIED, Line, Totals, leaves, signed, total_up
from desk.chart import title_of

CHANGES = ("added", "gone", "changed", "same")
"""What became of a row; `changed` is another amount, or other words, volume, unit or price for the same one."""

MOST_SEARCHED = 12
"""Activities of one account and fund among which every group is tried; of more, pairs and all that is left."""

ZERO = Decimal(0)


@dataclass(frozen=True)
class Row:
    """One row of either version, in the reading order of the later one; amounts in rupiah, None is not told."""

    parent: int | None
    """Place of the row above it in the same sequence."""
    depth: int
    section: str
    kind: str
    """`section`, `line` or `unspecified`."""
    code: str
    account: str
    activity: str
    title: str
    was: str
    """The earlier title, where it was another; else ""."""
    fund: str
    before: Decimal | None
    after: Decimal | None
    change: str
    """One of CHANGES."""
    is_leaf: bool
    """It is added up; the other rows are sums of those below them."""
    is_shifted: bool = False
    """Part of a `Shift`."""
    now: int | None = None
    """Its place in the later version; None where it is gone."""

    @property
    def difference(self) -> Decimal:
        """After less before; what is not told counts as nothing."""
        return (self.after or ZERO) - (self.before or ZERO)


@dataclass(frozen=True)
class Moved:
    """What one activity gave (below zero) or got in a shift."""

    activity: str
    title: str
    difference: Decimal


@dataclass(frozen=True)
class Shift:
    """Money of one account and fund that moved between activities (pergeseran): its differences cancel."""

    account: str
    title: str
    fund: str
    moves: tuple[Moved, ...]
    """Those that gave first."""

    @property
    def amount(self) -> Decimal:
        """How much moved, rupiah."""
        return sum((move.difference for move in self.moves if move.difference > 0), ZERO)


@dataclass(frozen=True)
class Comparison:
    """Every row of two versions, their totals, and the shifts between them."""

    rows: tuple[Row, ...]
    before: Totals
    after: Totals
    shifts: tuple[Shift, ...]

    @property
    def changes(self) -> tuple[Row, ...]:
        """The rows that are not the same in both; none where a version is compared with itself."""
        return tuple(row for row in self.rows if row.change != "same")

    def difference(self, part: str) -> Decimal:
        """After less before of a part named as in `Totals`; what is not told counts as nothing."""
        return (getattr(self.after, part) or ZERO) - (getattr(self.before, part) or ZERO)


def compare(before: Sequence[Line], after: Sequence[Line]) -> Comparison:
    """The rows of two versions, matched by codes, and by words where a row has none.

    An amount that one version only totals and the other details is told as `belum dirinci` below its heading, so that
    the differences of the leaves are always those of the totals.
    """
    before, after = _settled(before), _settled(after)
    pairs = _order(before, after, _match(before, after))
    rows = _tell(pairs, before, after)
    shifts = tuple(_shifts(rows))
    moved = {(shift.account, shift.fund, move.activity) for shift in shifts for move in shift.moves}
    told = tuple(replace(r, is_shifted=True) if _can_shift(r) and _mark(r) in moved else r for r in rows)
    sums = [total_up((line.section, line.amount) for line in leaves(lines)) for lines in (before, after)]
    return Comparison(told, sums[0], sums[1], shifts)


def continued(before: Sequence[Line], after: Sequence[Line]) -> dict[int, int]:
    """By place of each later row that continues an earlier one, that one's place; printed totals continue nothing."""
    return _match(_settled(before), _settled(after))


@dataclass(eq=False)
class _Pair:
    """A row of the merged budget: its place in each version, what it counts there, and what stands below it."""

    line: Line
    places: tuple[int | None, int | None]
    above: "_Pair | None"
    below: list["_Pair"] = field(default_factory=list)
    sums: list[Decimal | None] = field(default_factory=lambda: [None, None])


def _settled(lines: Sequence[Line]) -> list[Line]:
    """The same lines, each with the codes and the fund of the row above where it says none of its own."""
    settled: list[Line] = []
    for line in lines:
        above = None if line.parent is None else settled[line.parent]
        codes = {} if above is None or above.kind == "section" else _lacking(line, above)
        settled.append(replace(line, **codes) if codes else line)
    return settled


def _lacking(line: Line, above: Line) -> dict[str, Any]:
    names = ("account", "activity", "fund")
    return {name: said for name in names if (said := getattr(above, name)) and not getattr(line, name)}


def _keys(lines: Sequence[Line]) -> list[Hashable]:
    """What makes a row the same in two versions: its codes, else its words below the same row."""
    keys: list[Hashable] = []
    for line in lines:
        above = None if line.parent is None else lines[line.parent]
        codes = line.account, line.activity
        has_own = codes != ("", "") and (above is None or codes != (above.account, above.activity))
        if line.kind == "section":
            keys.append(line.section)
        elif has_own and line.kind == "line":
            keys.append((line.section, line.account, line.activity))
        else:
            above_key = None if line.parent is None else keys[line.parent]
            keys.append((above_key, line.section, line.kind, _plain(line.title)))
    return keys


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def _match(before: Sequence[Line], after: Sequence[Line]) -> dict[int, int]:
    """The earlier place of each later row that continues one: the likest first, and another fund is another row."""
    keys = (_keys(before), _keys(after))
    headings = [{line.parent for line in lines if line.kind != "total"} for lines in (before, after)]
    free: dict[Hashable, list[int]] = defaultdict(list)
    for place, line in enumerate(before):
        if line.kind != "total":
            free[keys[0][place]].append(place)
    matched: dict[int, int] = {}

    def same_words(now: int, then: int) -> bool:
        return same_fund(now, then) and _plain(after[now].title) == _plain(before[then].title)

    def same_fund(now: int, then: int) -> bool:
        return after[now].fund == before[then].fund

    def is_wider(now: int, then: int) -> bool:
        is_sum = now in headings[1] or then in headings[0]
        return is_sum or not (after[now].fund and before[then].fund)

    for fits in (same_words, same_fund, is_wider):
        for now, line in enumerate(after):
            candidates = free[keys[1][now]] if line.kind != "total" and now not in matched else []
            then = next((place for place in candidates if fits(now, place)), None)
            if then is not None:
                matched[now] = then
                candidates.remove(then)
    return matched


def _order(before: Sequence[Line], after: Sequence[Line], matched: dict[int, int]) -> list[_Pair]:
    """All rows as one outline in the order of the later version; those that are gone follow their old neighbours."""
    roots: list[_Pair] = []
    later: dict[int, _Pair] = {}
    earlier: dict[int, _Pair] = {}
    for now, line in enumerate(after):
        if line.kind != "total":
            then = matched.get(now)
            pair = _Pair(line, (then, now), None if line.parent is None else later[line.parent])
            later[now] = pair
            (pair.above.below if pair.above else roots).append(pair)
            if then is not None:
                earlier[then] = pair
    neighbours: dict[int | None, _Pair] = {}
    for then, line in enumerate(before):
        if line.kind == "total":
            continue
        if then not in earlier:
            above = None if line.parent is None else earlier[line.parent]
            pair = earlier[then] = _Pair(line, (then, None), above)
            siblings = above.below if above else roots
            neighbour = neighbours.get(line.parent)
            siblings.insert(siblings.index(neighbour) + 1 if neighbour in siblings else 0, pair)
        neighbours[line.parent] = earlier[then]
    return list(_flat(roots))


def _flat(pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    for pair in pairs:
        yield pair
        yield from _flat(pair.below)


def _tell(pairs: Sequence[_Pair], before: Sequence[Line], after: Sequence[Line]) -> list[Row]:
    """The rows with their sums, each leaf counted once on each side."""
    versions = (before, after)
    headings = [{line.parent for line in lines if line.kind != "total"} for lines in versions]
    for pair in pairs:
        for side in (0, 1):
            place = pair.places[side]
            if place is not None and place not in headings[side]:
                _count(pair, side, versions[side][place].amount)
    ordered = list(_flat([pair for pair in pairs if pair.above is None]))
    for pair in reversed(ordered):
        for side, amount in enumerate(pair.sums):
            if pair.above is not None and amount is not None:
                carried = signed(pair.line, pair.above.line, amount)
                pair.above.sums[side] = (pair.above.sums[side] or ZERO) + carried
    numbers = {pair: number for number, pair in enumerate(ordered)}
    rows: list[Row] = []
    for pair in ordered:
        above = None if pair.above is None else numbers[pair.above]
        depth = 0 if above is None else rows[above].depth + 1
        rows.append(_row(pair, above, depth, before, after))
    return rows


def _count(pair: _Pair, side: int, amount: Decimal | None) -> None:
    """Give a leaf of one version its amount; where the other version has rows below it, in a row beside those."""
    if not pair.below:
        pair.sums[side] = amount
    elif amount:
        rest = next((p for p in pair.below if p.line.kind == "unspecified" and p.places[side] is None), None)
        if rest is None:
            of = pair.line
            line = Line(of.section, "unspecified", UNSPECIFIED, account=of.account, activity=of.activity)
            rest = _Pair(line, (None, None), pair)
            pair.below.append(rest)
        rest.sums[side] = amount


def _row(pair: _Pair, above: int | None, depth: int, before: Sequence[Line], after: Sequence[Line]) -> Row:
    then = None if pair.places[0] is None else before[pair.places[0]]
    now = None if pair.places[1] is None else after[pair.places[1]]
    line = pair.line
    earlier, later = pair.sums
    was = then.title if then and now and _plain(then.title) != _plain(now.title) else ""
    reworded = bool(was) or (then is not None and now is not None and _terms(then) != _terms(now))
    if then is None and earlier is None:
        change = "added"
    elif now is None and later is None:
        change = "gone"
    else:
        change = "changed" if earlier != later or reworded else "same"
    return Row(
        above, depth, line.section, line.kind, line.code, line.account, line.activity, line.title, was, line.fund,
        earlier, later, change, not pair.below, now=pair.places[1],
    )  # fmt: skip


def _terms(line: Line) -> tuple[str, str, str, str]:
    return line.fund, line.volume, line.unit, line.price


def _can_shift(row: Row) -> bool:
    """Whether a row is spending of an activity that has another amount now."""
    return row.is_leaf and row.section == "expenditure" and row.kind == "line" and bool(row.activity and row.difference)


def _mark(row: Row) -> tuple[str, str, str]:
    return row.account, row.fund, row.activity


def _shifts(rows: Sequence[Row]) -> Iterator[Shift]:
    """Activities whose differences in one account and fund cancel."""
    moved: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        if _can_shift(row):
            moved[row.account, row.fund][row.activity] += row.difference
    names = {row.activity: row.title for row in reversed(rows) if row.activity and not row.account}
    titles = {row.account: row.title for row in reversed(rows) if _can_shift(row)}
    for (account, fund), by_activity in moved.items():
        title = (title_of(account, "") if account else "") or titles[account]
        for group in _cancelling([(activity, amount) for activity, amount in by_activity.items() if amount]):
            moves = [Moved(code, names.get(code) or title_of("", code), amount) for code, amount in group]
            yield Shift(account, title if account else "", fund, tuple(sorted(moves, key=lambda m: m.difference > 0)))


_Move = tuple[str, Decimal]


def _cancelling(moves: Sequence[_Move]) -> Iterator[Sequence[_Move]]:
    """Groups whose differences cancel, pairs first; no activity is in two of them."""
    left: list[_Move] = []
    for move in moves:
        other = next((there for there in left if there[1] == -move[1]), None)
        if other is None:
            left.append(move)
        else:
            left.remove(other)
            yield other, move
    size = 3
    while size <= len(left):
        if len(left) > MOST_SEARCHED:
            size = len(left)
        found = next((g for g in combinations(left, size) if not sum((d for _a, d in g), ZERO)), None)
        if found is None:
            size += 1
        else:
            yield found
            left = [move for move in left if move not in found]
