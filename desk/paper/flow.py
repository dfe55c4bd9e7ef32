"""Rows onto sheets: type as large as the paper allows, never smaller than can be read, nothing cut and nothing lost."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Protocol

from desk.errors import DeskError
from desk.paper.marks import GREY, MM, Block, Mark, Page, lines, rule
from desk.paper.sheets import Sheet
from desk.paper.text import faces

STEP = 0.5
"""Points between the type sizes tried."""

LOOSEST = 1.2
"""Em a row may stand further from the next than it must, to fill the sheet."""

MOST_PAGES = 40
"""Sheets of one poster; past this something other than a poster is meant."""


@dataclass(frozen=True)
class Row:
    """A row that is never split."""

    block: Block
    ruled: bool = True
    """A hair line stands under it."""
    held: bool = False
    """It stays on the sheet of the row after it."""


@dataclass(frozen=True)
class Table:
    """The body of a poster at one type size: what heads it on every sheet, and its rows."""

    heading: Block
    rows: tuple[Row, ...]


class Frame(Protocol):
    """What stands above and below the rows on every sheet."""

    def head(self, page: int, pages: int) -> Block:
        """Title and village; `page` counts from 1, and all sheets after the first have heads of one height."""
        ...

    def foot(self, page: int, pages: int) -> Block:
        """Phone, addresses and stamp; all sheets after the first have feet of one height."""
        ...


def flow(
    sheet: Sheet,
    frame: Frame,
    table: Callable[[float], Table],
    largest: float,
    left: Callable[[int], str],
    across: str = "",
) -> tuple[Page, ...]:
    """Set a table of rows on as few sheets as its floor allows, in the largest type that needs no more of them.

    Args:
        sheet: size, margins and the smallest type.
        frame: head and foot of every sheet.
        table: the rows at a type size in points.
        largest: the largest type size tried, points.
        left: how the rows not yet shown are called, from the index of the first of them: `9 kegiatan lagi`.
        across: a faint word under every sheet.

    Raises:
        DeskError: a row is higher than a sheet, or the rows need more sheets than anyone hangs.
    """
    filling = _Filling(sheet, frame, left, across)
    sizes = [sheet.floor + STEP * i for i in range(max(0, int((largest - sheet.floor) / STEP)) + 1)]
    fewest = len(filling.split(table(sizes[0])))
    low, high = 0, len(sizes) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if filling.fits(table(sizes[middle]), fewest):
            low = middle
        else:
            high = middle - 1
    return filling.pages(table(sizes[low]), sizes[low])


class _Filling:
    """Rows divided over sheets that share a head and a foot."""

    def __init__(self, sheet: Sheet, frame: Frame, left: Callable[[int], str], across: str) -> None:
        self._sheet, self._frame, self._left, self._across = sheet, frame, left, across
        self._width, self._height = sheet.points
        self._margin = sheet.margin * MM
        self._gap = sheet.width * 0.016 * MM
        inside = self._height - 2 * self._margin - 2 * self._gap
        self._first_room, self._next_room = (
            inside - frame.head(page, 2).height - frame.foot(page, 2).height for page in (1, 2)
        )
        self._more = 1.4 * sheet.floor

    def split(self, table: Table) -> list[range]:
        """Which rows stand on which sheet."""
        sheets: list[range] = []
        first, used, last = 0, 0.0, len(table.rows)
        for start, end in _held_together(table.rows):
            room = (self._next_room if sheets else self._first_room) - table.heading.height
            height = sum(row.block.height for row in table.rows[start:end])
            needed = height + (self._more if end < last else 0)
            if start > first and used + needed > room:
                sheets.append(range(first, start))
                first, used, room = start, 0.0, self._next_room - table.heading.height
            if needed > room:
                self._refuse(_("Satu baris lebih tinggi daripada kertas {size}. Pilih kertas yang lebih besar."))
            used += height
        sheets.append(range(first, last))
        if len(sheets) > MOST_PAGES:
            self._refuse(_("Daftar ini terlalu panjang untuk kertas {size}. Pilih kertas yang lebih besar."))
        return sheets

    def _refuse(self, sentence: str) -> None:
        raise DeskError(sentence.format(size=self._sheet.name))

    def fits(self, table: Table, most: int) -> bool:
        """Whether the rows need at most so many sheets."""
        try:
            return len(self.split(table)) <= most
        except DeskError:
            return False

    def pages(self, table: Table, size: float) -> tuple[Page, ...]:
        """The finished sheets."""
        sheets = self.split(table)
        return tuple(self._page(table, rows, i, len(sheets), LOOSEST * size) for i, rows in enumerate(sheets, 1))

    def _page(self, table: Table, rows: range, number: int, count: int, loosest: float) -> Page:
        margin, more = self._margin, number < count
        head, foot = self._frame.head(number, count), self._frame.foot(number, count)
        y = margin + head.height + self._gap
        marks: list[Mark] = [*head.at(margin, margin), *table.heading.at(margin, y)]
        y += table.heading.height
        shown = table.rows[rows.start : rows.stop]
        foot_top = self._height - margin - foot.height
        spare = foot_top - self._gap - y - sum(row.block.height for row in shown) - (self._more if more else 0)
        loose = min(spare / len(rows), loosest)
        for row in shown:
            marks += row.block.at(margin, y + loose / 2)
            y += row.block.height + loose
            if row.ruled:
                marks += rule(self._width - 2 * margin, 0.25, GREY).at(margin, y)
        if more:
            text = _("bersambung ke lembar {page} ({left})").format(page=number + 1, left=self._left(rows.stop))
            marks += lines(faces().plain, self._sheet.floor, (text,)).at(margin, y)
        return Page(self._width, self._height, (*marks, *foot.at(margin, foot_top)), self._across)


def _held_together(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """First row and end of each run that stays on one sheet."""
    start = 0
    for end, row in enumerate(rows, 1):
        if not row.held:
            yield start, end
            start = end
