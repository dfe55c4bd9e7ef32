"""What follows from the dates, amounts and percentages of an activity: late, over budget, the plan's curve, hints."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Protocol

DONE = 100
"""Per cent of a finished activity."""

FRAMES = (0, 50, 100)
"""Photos from the same spot: before, at work, finished (guidance for project boards, P2DTK 2010)."""


@dataclass(frozen=True, order=True)
class Point:
    """How far an activity is meant to be, or was, on a day."""

    day: dt.date
    percent: int


class Change(Protocol):
    """What an addendum tells: the value and the last day from then on; None leaves it as it was."""

    @property
    def day(self) -> dt.date:
        """The day of the addendum."""
        ...

    @property
    def value(self) -> Decimal | None:
        """Rupiah, the whole value afterwards."""
        ...

    @property
    def ends(self) -> dt.date | None:
        """The last day afterwards."""
        ...


def in_force(
    value: Decimal | None, ends: dt.date | None, addenda: Iterable[Change]
) -> tuple[Decimal | None, dt.date | None]:
    """Value (rupiah) and last day of a contract after its addenda; of two on one day the later in the list holds."""
    for change in sorted(addenda, key=lambda change: change.day):
        value = value if change.value is None else change.value
        ends = ends if change.ends is None else change.ends
    return value, ends


def lateness(
    percent: int | None,
    ends: dt.date | None,
    contract_ends: dt.date | None,
    today: dt.date,
    *,
    is_open: bool = False,
) -> str:
    """`contract` where its last day has passed, `plan` where the planned end has, "" while it is in time or done.

    Args:
        percent: physical progress; None counts as not begun.
        ends: the planned end.
        contract_ends: the latest end of its contracts after their addenda: it moves the plan's.
        today: the day it is looked at; the last day itself is still in time.
        is_open: whether another of its contracts tells no end. A short delivery of cement that is over does not make
            the team's work late then: such a contract can only move the plan's end further out.
    """
    if percent == DONE:
        return ""
    decides = not is_open or (ends is not None and contract_ends is not None and ends < contract_ends)
    if contract_ends is not None and decides:
        return "contract" if contract_ends < today else ""
    return "plan" if ends is not None and ends < today else ""


def excess(cost: Decimal | None, committed: Decimal | None, paid: Decimal | None) -> Decimal | None:
    """Rupiah by which contracts or payments, whichever is more, are above the budget; None where they are not."""
    if cost is None:
        return None
    most = max((amount for amount in (committed, paid) if amount is not None), default=None)
    return most - cost if most is not None and most > cost else None


def ahead(paid: Decimal | None, worth: Decimal | None, percent: int | None) -> bool:
    """Whether a larger share is paid than is built: a hint, for an advance may be lawful.

    Args:
        paid: rupiah paid so far.
        worth: rupiah of the contracts, or of the budget where there is none.
        percent: physical progress; None counts as not begun.
    """
    return bool(paid and worth and paid * DONE > worth * (percent or 0))


def knots(starts: dt.date | None, ends: dt.date | None, points: Iterable[Point] = ()) -> tuple[Point, ...]:
    """The corners of the planned curve: nothing at the start, the points given, all at the end; oldest first.

    Fewer than two corners are no plan and come back as none.
    """
    known = {point.day: point.percent for point in points}
    if ends is not None and all(day < ends for day in known):
        known[ends] = DONE
    if starts is not None and all(starts < day for day in known):
        known[starts] = 0
    return tuple(Point(day, known[day]) for day in sorted(known)) if len(known) > 1 else ()


def planned(day: dt.date, corners: Sequence[Point]) -> Decimal | None:
    """Per cent the plan wants on a day, along straight lines between its corners; None where there is no plan."""
    if not corners:
        return None
    if day <= corners[0].day:
        return Decimal(corners[0].percent)
    for before, after in pairwise(corners):
        if day <= after.day:
            share = Decimal((day - before.day).days) / (after.day - before.day).days
            return before.percent + (after.percent - before.percent) * share
    return Decimal(corners[-1].percent)


def steps_back(story: Sequence[int]) -> tuple[int, ...]:
    """Places in a story of percentages, oldest first, that are lower than the one before them."""
    return tuple(place for place in range(1, len(story)) if story[place] < story[place - 1])


def frame_of(percent: int) -> int:
    """Which of the three photos shows this progress: 0 before, 100 finished, 50 anything between."""
    return percent if percent in (0, DONE) else 50
