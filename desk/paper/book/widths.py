"""How wide each column of a table is: an identifier never breaks, a sentence takes what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from desk.paper.book.cells import FIRM, Cells
from desk.paper.book.contents import Column, Kind
from desk.paper.book.ruler import Ruler

PAD = 1.8
"""Points between a rule and the text beside it."""
HAIR = 0.02
"""Em more than the widest word, so that rounding never breaks it."""
FULL = 0.88
"""How much of the width what must not break may take at a type size; the rest is for sentences."""
LETTER = 0.47
"""Em of a letter, near enough for sharing out what is left."""

GIVEN = 0.5
"""Of their need, what columns of sentences keep in the narrowest of tables."""
FLEXIBLE = (Kind.TEXT, Kind.CONTACT)


@dataclass(frozen=True)
class Grid:
    """A table's type size, and where its columns begin and end, points from its left edge."""

    size: float
    edges: tuple[float, ...]

    def room(self, column: int) -> float:
        """Width a line of text has, em."""
        return (self.edges[column + 1] - self.edges[column] - 2 * PAD) / self.size


def fit(columns: Sequence[Cells], width: float, sizes: Sequence[float], bold: Ruler) -> Grid:
    """The largest type in which nothing that must stay whole is broken, and the columns for it."""
    needs = [max(_heading(cells.column, bold), cells.need) + HAIR for cells in columns]
    needs = _with_shared([cells.column for cells in columns], needs, bold)
    pads = 2 * PAD * len(needs)
    size = next((s for s in sizes if sum(needs) * s + pads <= FULL * width), sizes[-1])
    widths = [need * size + 2 * PAD for need in needs]
    free = width - sum(widths)
    if free < 0:
        widths = _squeezed(columns, widths, width)
    else:
        wishes = [wish * size for wish in _wishes(columns, needs)]
        given = min(1.0, free / sum(wishes)) if any(wishes) else 0.0
        over = (free - given * sum(wishes)) / len(widths)
        widths = [w + given * wish + over for w, wish in zip(widths, wishes, strict=True)]
    return Grid(size, (0.0, *accumulate(widths)))


def _squeezed(columns: Sequence[Cells], widths: Sequence[float], width: float) -> list[float]:
    """Columns of sentences give way first; the others only where that is not enough."""
    firm = sum(w for cells, w in zip(columns, widths, strict=True) if cells.column.kind in FIRM)
    soft = sum(widths) - firm
    kept = min(firm, width - GIVEN * soft)
    return [
        w * (kept / firm if cells.column.kind in FIRM else (width - kept) / soft)
        for cells, w in zip(columns, widths, strict=True)
    ]


def _heading(column: Column, bold: Ruler) -> float:
    return max(bold.words[word] for word in column.title.split())


def _wishes(columns: Sequence[Cells], needs: Sequence[float]) -> list[float]:
    """By how much more than they need the columns' texts would take on one line, em."""
    return [
        max(LETTER * cells.length - need, 0.0) if cells.column.kind in FLEXIBLE else 0.0
        for cells, need in zip(columns, needs, strict=True)
    ]


def _with_shared(columns: Sequence[Column], needs: Sequence[float], bold: Ruler) -> list[float]:
    """The needs, wider where a word over several columns is wider than all of them."""
    widened = list(needs)
    for group, numbered in groupby(range(len(columns)), key=lambda i: columns[i].group):
        members = list(numbered)
        lacking = max((bold.words[word] for word in group.split()), default=0.0) - sum(needs[i] for i in members)
        for i in members:
            widened[i] += max(lacking + HAIR, 0.0) / len(members) if group else 0.0
    return widened
