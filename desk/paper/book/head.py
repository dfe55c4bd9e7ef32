"""The heading of a table: titles over their columns, and over some of them a title they share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from desk.paper.book.contents import Column
from desk.paper.book.pen import LEADING, Pen
from desk.paper.book.ruler import Ruler
from desk.paper.book.widths import PAD, Grid

AIR = 1.5
"""Points over and under the text of a row."""


@dataclass(frozen=True)
class _Title:
    """One cell of the heading: columns from `first` up to but without `end`, on the upper or the lower level."""

    first: int
    end: int
    lines: tuple[str, ...]
    lower: bool


class Head:
    """A heading of one or two levels in the columns of its table."""

    def __init__(self, columns: Sequence[Column], grid: Grid, bold: Ruler) -> None:
        self._grid, self._bold = grid, bold
        self._titles = list(self._cells(columns))
        self._two = {i for t in self._titles if t.lower for i in range(t.first, t.end)}
        self._inside = [any(t.first < i < t.end for t in self._titles) for i in range(len(grid.edges))]
        shared = [len(t.lines) for t in self._titles if t.first in self._two and not t.lower]
        single = [len(t.lines) for t in self._titles if t.first not in self._two]
        lower = [len(t.lines) for t in self._titles if t.lower]
        self._upper_height = self._high(max(shared, default=0))
        self.height = max(self._upper_height + self._high(max(lower, default=0)), self._high(max(single, default=0)))

    def _high(self, lines: int) -> float:
        return lines * LEADING * self._grid.size + 2 * AIR if lines else 0.0

    def _cells(self, columns: Sequence[Column]) -> Iterator[_Title]:
        for group, numbered in groupby(enumerate(columns), key=lambda pair: pair[1].group):
            members = list(numbered)
            if group:
                yield self._title(members[0][0], members[-1][0] + 1, group, False)
            for i, column in members:
                yield self._title(i, i + 1, column.title, bool(group))

    def _title(self, first: int, end: int, text: str, lower: bool) -> _Title:
        edges = self._grid.edges
        room = (edges[end] - edges[first] - 2 * PAD) / self._grid.size
        return _Title(first, end, tuple(self._bold.wrap(text, room, "")), lower)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """The titles and their rules; the rows hang on its lower edge."""
        script, edges, size = pen.script(self._bold.face, self._grid.size), self._grid.edges, self._grid.size
        divide = y + self._upper_height
        for title in self._titles:
            top = divide if title.lower else y
            pen.lines(script, x + edges[title.first] + PAD, top + AIR + 0.98 * size, title.lines)
            if title.lower:
                pen.rule(x + edges[title.first], x + edges[title.end], divide)
        for edge, inside in zip(edges, self._inside, strict=True):
            pen.down(x + edge, divide if inside else y, y + self.height)
        pen.rule(x, x + edges[-1], y)
        pen.rule(x, x + edges[-1], y + self.height)
