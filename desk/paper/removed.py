"""Lines an amendment took out of a budget: a poster shows what they were, so that before and after add up."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from desk.budget.queries import Figures, Item, Node

FINEST = 2
"""Dots in the account of the finest line a poster shows: 4.2.1."""

Key = tuple[str, str, str, str, str]


def with_removed(
    items: Sequence[Item], earlier: Sequence[Node], current: Sequence[Node]
) -> tuple[tuple[Item, bool], ...]:
    """The lines of a part with those only the earlier version has, each where it stood and whether it was removed.

    Args:
        items: the part in the version in force, as the summary tells it.
        earlier: the part's rows in the version before the amendment.
        current: its rows in the version in force.
    """
    keys = {(n.code, n.title): _key(n) for n in reversed(current)}
    told = [(keys.get((item.code, item.title)), item, False) for item in items]
    for key, item, before in _removed(earlier, current):
        place = next((i + 1 for i, (known, *_rest) in enumerate(told) if known == before), 0)
        # A group does not part another group from its lines.
        while place < len(told) and told[place][1].depth > item.depth:
            place += 1
        told.insert(place, (key, item, True))
    return tuple((item, removed) for _known, item, removed in told)


def _removed(earlier: Sequence[Node], current: Sequence[Node]) -> Iterator[tuple[Key, Item, Key | None]]:
    """Rows only the earlier version has, as items of nothing, each with the row it stood after."""
    kept = {_key(n) for n in current}
    depths: dict[bytes | None, int] = {None: -1} | {n.id: -1 for n in earlier if n.kind == "section"}
    before: Key | None = None
    for n in earlier:
        if n.kind in ("section", "total") or not _is_shown(n, depths):
            continue
        key, depths[n.id] = _key(n), depths[n.parent] + 1
        if key not in kept and n.amount and not _is_redrawn(n, current):
            figures = Figures(Decimal(0), n.amount, None)
            yield key, Item(n.code, n.title, depths[n.id], figures, n.unspecified), before
        before = key


def _is_shown(node: Node, depths: dict[bytes | None, int]) -> bool:
    """Whether a poster shows a row: those directly below a part, and of accounts the kinds below their groups."""
    above = depths.get(node.parent)
    return above == -1 or (above == 0 and node.section != "expenditure" and node.account.count(".") <= FINEST)


def _is_redrawn(node: Node, current: Sequence[Node]) -> bool:
    """Whether the amendment only writes the same account finer or coarser."""
    accounts = {n.account for n in current if (n.section, n.activity) == (node.section, node.activity)}
    finer = any(account.startswith(f"{node.account}.") for account in accounts)
    coarser = any(node.account.startswith(f"{account}.") for account in accounts if account.count(".") >= FINEST)
    return bool(node.account) and (finer or coarser)


def _key(node: Node) -> Key:
    """What makes a row the same in two versions: its codes, and its words where it has none."""
    title = "" if node.account or node.activity else node.title.casefold()
    return node.section, node.kind, node.account, node.activity, title
