"""Pieces onto pages: nothing lost or twice, a heading over every part of a table, a row on one page if it fits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _

from desk.paper.book.contents import Listing
from desk.paper.book.pen import LEADING, Pen
from desk.paper.book.ruler import Ruler
from desk.paper.book.table import Row, Table

TALL = 0.25
"""Of a page; a row taller than this begins where the last one ended and goes on overleaf."""
FEWEST = 3
"""Lines of a parted row that are worth beginning with."""


@dataclass(frozen=True)
class Line:
    """A line of text over the width of the page."""

    text: str
    ruler: Ruler
    size: float

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """The line with its upper edge at y."""
        pen.lines(pen.script(self.ruler.face, self.size), x, y + 0.98 * self.size, (self.text,))


Drawn = tuple[float, Callable[[Pen, float, float], None]]
"""Where a piece stands below the page's top margin, and what draws it at a place."""


@dataclass
class Leaf:
    """One page in the making: its pieces and how far down it is filled."""

    pieces: list[Drawn] = field(default_factory=list)
    used: float = 0.0

    def add(self, height: float, draw: Callable[[Pen, float, float], None]) -> None:
        """Put a piece under the last one."""
        self.pieces.append((self.used, draw))
        self.used += height

    def put(self, y: float, line: Line, x: float) -> None:
        """Set a line somewhere on the page, x to the right of the margin."""
        self.pieces.append((y, lambda pen, left, top: line.draw(pen, left + x, top)))


@dataclass
class Stretch:
    """Rows of one table that stand under each other on one page."""

    table: Table
    height: float = 0.0
    rows: list[Row] = field(default_factory=list)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """The rows, and the rules between their columns once for all of them."""
        for edge in self.table.grid.edges:
            pen.down(x + edge, y, y + self.height)
        self.table.draw(pen, self.rows, x, y)


class Flow:
    """Fills pages of one height from above."""

    def __init__(self, room: float) -> None:
        self._room = room
        self.leaves = [Leaf()]

    @property
    def _left(self) -> float:
        return self._room - self.leaves[-1].used

    def turn(self) -> None:
        """Go on overleaf, unless this page is still empty."""
        if self.leaves[-1].used:
            self.leaves.append(Leaf())

    def need(self, height: float) -> None:
        """Go on overleaf where less than this is left."""
        if self._left < height:
            self.turn()

    def space(self, height: float) -> None:
        """Leave room, but not on top of a page."""
        if self.leaves[-1].used:
            self.leaves[-1].used += height

    def text(self, lines: Sequence[Line]) -> None:
        """Lines that may stand on two pages."""
        for line in lines:
            self.need(LEADING * line.size)
            self.leaves[-1].add(LEADING * line.size, line.draw)

    def table(self, table: Table, listing: Listing, name: Line | None = None) -> None:
        """A table, section by section; where one goes on overleaf its name and the heading stand there again."""
        *parts, total = table.rows()
        for section, rows in zip(listing.sections, parts, strict=True):
            last = total if section is listing.sections[-1] else []
            self._section(table, section.name, [*(rows or [table.spanning(listing.empty)]), *last], name)
            self.space(table.size)

    def _section(self, table: Table, name: str, rows: Sequence[Row], style: Line | None) -> None:
        stretch = self._open(table, name, style)
        again = _("{name} (lanjutan)").format(name=name) if name else ""
        for row in rows:
            rest: Row | None = row
            while rest is not None:
                part, rest = self._fitting(table, rest, fresh=not stretch.rows)
                if part is not None:
                    self._put(stretch, part)
                if rest is not None:
                    self.leaves.append(Leaf())
                    stretch = self._open(table, again, style)

    def _open(self, table: Table, name: str, style: Line | None) -> Stretch:
        """The heading, with room for some lines of a row under it."""
        named = LEADING * style.size if style and name else 0.0
        self.need(named + table.head.height + (FEWEST + 1) * table.leading)
        if style and name:
            self.text([Line(name, style.ruler, style.size)])
        leaf = self.leaves[-1]
        leaf.add(table.head.height, table.head.draw)
        stretch = Stretch(table)
        leaf.add(0.0, stretch.draw)
        return stretch

    def _put(self, stretch: Stretch, row: Row) -> None:
        height = stretch.table.height(row)
        stretch.rows.append(row)
        stretch.height += height
        self.leaves[-1].used += height

    def _fitting(self, table: Table, row: Row, *, fresh: bool) -> tuple[Row | None, Row | None]:
        """What of a row stands on this page, and what is left of it for the next."""
        height = table.height(row)
        if height <= self._left or (fresh and row.lines == 1):
            return row, None
        lines = table.lines_in(self._left)
        if (height > TALL * self._room and lines >= FEWEST) or (fresh and row.lines > 1):
            return row.parted(max(lines, 1))
        return None, row
