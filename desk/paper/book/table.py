"""Tables in pieces: a heading that comes back on every page, and rows that know how tall they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from desk.paper.book.cells import Cells, Lines
from desk.paper.book.contents import Kind, Listing, Value
from desk.paper.book.head import AIR, Head
from desk.paper.book.pen import LEADING, Pen, across
from desk.paper.book.ruler import Ruler
from desk.paper.book.widths import PAD, Grid, fit


@dataclass(frozen=True)
class Rulers:
    """The two faces of a book."""

    plain: Ruler
    bold: Ruler


@dataclass(frozen=True, slots=True)
class Row:
    """A row, or a part of one: the lines of each cell, and how many the longest has."""

    cells: tuple[Lines, ...]
    lines: int
    bold: bool = False

    def parted(self, lines: int) -> tuple["Row", "Row"]:
        """The first lines of every cell, and what follows them overleaf."""
        first = tuple(cell[:lines] for cell in self.cells)
        rest = tuple(cell[lines:] for cell in self.cells)
        return replace(self, cells=first, lines=lines), replace(self, cells=rest, lines=self.lines - lines)


class Table:
    """A listing set in columns of one width."""

    def __init__(self, listing: Listing, width: float, sizes: Sequence[float], rulers: Rulers) -> None:
        self._listing, self._rulers = listing, rulers
        columns = [Cells(column, _values(listing, i), rulers.plain) for i, column in enumerate(listing.columns)]
        self.grid: Grid = fit(columns, width, sizes, rulers.bold)
        self.size = self.grid.size
        self.head = Head(listing.columns, self.grid, rulers.bold)
        self._right = [i for i, column in enumerate(listing.columns) if column.kind in (Kind.MONEY, Kind.COUNT)]
        rooms = [self.grid.room(i) for i in range(len(columns))]
        self._rows = zip(*[column.lines(room) for column, room in zip(columns, rooms, strict=True)], strict=True)

    @property
    def leading(self) -> float:
        """Points from line to line."""
        return LEADING * self.size

    def height(self, row: Row) -> float:
        """Points a row takes."""
        return row.lines * self.leading + 2 * AIR

    def lines_in(self, room: float) -> int:
        """How many lines of a row fit a height."""
        return int((room - 2 * AIR + 0.001) / self.leading)

    def spanning(self, text: str) -> Row:
        """A row that says one thing, in the widest column."""
        widths = [self.grid.room(i) for i in range(len(self._listing.columns))]
        widest = widths.index(max(widths))
        lines = tuple(self._rulers.plain.wrap(text, widths[widest], ""))
        return Row(tuple(lines if i == widest else () for i in range(len(widths))), len(lines))

    def rows(self) -> Iterator[list[Row]]:
        """The rows of each section, set, and at the end the total."""
        for section in self._listing.sections:
            yield [_row(cells) for cells in islice(self._rows, len(section.rows))]
        yield [replace(_row(cells), bold=True) for cells in self._rows]

    def draw(self, pen: Pen, rows: Sequence[Row], x: float, y: float) -> None:
        """Rows under each other, each with the rule under it."""
        edges = self.grid.edges
        places = [across(x + PAD + edge) for edge in edges[:-1]]
        bold: bool | None = None
        for row in rows:
            ruler = self._rulers.bold if row.bold else self._rulers.plain
            script = pen.script(ruler.face, self.size)
            if bold is not row.bold:
                pen.take(script)
                bold = row.bold
            for i in self._right:
                cell = row.cells[i]
                wide = ruler.words[cell[0]] * self.size + PAD if len(cell) == 1 else edges[i + 1] - edges[i] - PAD
                places[i] = across(x + edges[i + 1] - wide)
            pen.row(script, places, y + AIR + 0.98 * self.size, row.cells)
            y += row.lines * self.leading + 2 * AIR
            pen.rule(x, x + edges[-1], y)


def _values(listing: Listing, index: int) -> list[Value]:
    """What stands in one column from the first section to the total."""
    value = listing.columns[index].value
    values = [value(row) for section in listing.sections for row in section.rows]
    return [*values, listing.total[index]] if listing.total else values


def _row(cells: tuple[Lines, ...]) -> Row:
    return Row(cells, max(map(len, cells)) or 1)
