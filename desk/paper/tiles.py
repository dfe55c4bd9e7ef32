"""A large poster on small sheets: where to cut, so that no digit of the phone number is split and few other digits."""

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from heapq import heappop, heappush

from desk.errors import DeskError
from desk.paper.marks import MM, Code, Line, Mark, Page, Words
from desk.paper.sheets import Sheet

MARGIN = 6 * MM
"""White edge of a tile: what desk printers cannot reach."""

OVERLAP = 8 * MM
"""What two neighbouring sheets both show, for the glue."""

STRIP = 5 * MM
"""Room under the picture for the sheet's name."""

STEP = 0.25 * MM
"""Distance of the places tried for a seam."""

BEARING, CLEAR = 0.03, 0.012
"""Em of white on either side of most digits, and what of it a seam may come into beside a digit of the phone number."""

FORBIDDEN = 1e6
"""Cost of a seam through a digit of the phone number."""

CUT_CODE = 1e3
"""Cost of a seam through a code: glued together it reads again, so no sheet is added for it."""

MOST_ACROSS = 12
"""Sheets beside or above each other; past this a print shop is cheaper."""


@dataclass(frozen=True)
class Grid:
    """How a page is divided: the sheet's size, and where each column and row of windows begins and ends; points."""

    width: float
    height: float
    columns: tuple[tuple[float, float], ...]
    rows: tuple[tuple[float, float], ...]
    splits_phone: bool = False

    @property
    def cells(self) -> int:
        """Sheets with the blank ones."""
        return len(self.columns) * len(self.rows)


@dataclass(frozen=True)
class Tile:
    """One sheet of the assembled poster."""

    row: int
    column: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def name(self) -> str:
        """Row letter and column number: `B3`."""
        return f"{chr(ord('A') + self.row)}{self.column + 1}"


def plan(page: Page, sheet: Sheet) -> Grid:
    """The grid with the fewest sheets that splits no digit of the phone number; its seams avoid lines of text.

    Raises:
        DeskError: the poster is no larger than the sheet, or needs more sheets than anyone glues.
    """
    width, height = sheet.points
    if page.width <= width + 1 and page.height <= height + 1:
        raise DeskError(_("Poster ini muat pada satu lembar {size}. Cetak tanpa dibagi.").format(size=sheet.name))
    columns, rows = _costs(page.marks, page.width, across=True), _costs(page.marks, page.height, across=False)
    choices = []
    for w, h in ((width, height), (height, width)):
        inner_w, inner_h = w - 2 * MARGIN, h - 2 * MARGIN - STRIP
        fewest_across, fewest_down = _pieces(page.width, inner_w), _pieces(page.height, inner_h)
        if max(fewest_across, fewest_down) > MOST_ACROSS:
            raise DeskError(_("Terlalu banyak lembar. Pilih poster yang lebih kecil."))
        for more in (0, 1):
            xs, splits = _cut(page.width, inner_w, fewest_across + more, columns)
            ys, crosses = _cut(page.height, inner_h, fewest_down, rows)
            choices.append(Grid(w, h, xs, ys, splits or crosses))
    return min(choices, key=lambda grid: (grid.splits_phone, grid.cells))


def tiles(page: Page, grid: Grid) -> tuple[Tile, ...]:
    """The sheets that show something, row by row; blank ones are left out."""
    found = []
    for r, (top, bottom) in enumerate(grid.rows):
        for c, (left, right) in enumerate(grid.columns):
            if any(_shows(mark, left, top, right, bottom) for mark in page.marks):
                found.append(Tile(r, c, left, top, right, bottom))
    return tuple(found)


def fitting(sheet: Sheet, columns: int, rows: int) -> Sheet:
    """The largest poster of A proportions that so many sheets hold with room to move the seams.

    Raises:
        DeskError: one sheet is no grid, or the grid is larger than anyone glues.
    """
    if columns * rows < 2 or not (1 <= columns <= MOST_ACROSS and 1 <= rows <= MOST_ACROSS):
        raise DeskError(
            _("Pilih 2 lembar atau lebih, paling banyak {most} ke samping dan ke bawah.").format(most=MOST_ACROSS)
        )
    widths = []
    for w, h in (sheet.points, sheet.points[::-1]):
        across = _reach(w - 2 * MARGIN, columns) * (0.92 if columns > 1 else 1)
        down = _reach(h - 2 * MARGIN - STRIP, rows) * (0.96 if rows > 1 else 1)
        widths.append(min(across, down / math.sqrt(2)) / MM)
    width = max(widths)
    name = _("{columns} × {rows} lembar {size}").format(columns=columns, rows=rows, size=sheet.name)
    return Sheet(name, width, width * math.sqrt(2))


def _reach(inner: float, pieces: int) -> float:
    return pieces * inner - (pieces - 1) * OVERLAP


def _pieces(length: float, inner: float) -> int:
    """How many windows of `inner` points cover a length when neighbours overlap."""
    return 1 if length <= inner else math.ceil((length - OVERLAP) / (inner - OVERLAP) - 1e-9)


def _shows(mark: Mark, left: float, top: float, right: float, bottom: float) -> bool:
    ink = mark.ink()
    return ink.left < right and ink.right > left and ink.top < bottom and ink.bottom > top


def _costs(marks: Sequence[Mark], length: float, *, across: bool) -> list[float]:
    """What a seam costs at every STEP along the width (`across`) or the height."""
    costs = [0.0] * (int(length / STEP) + 2)
    for start, end, weight in (span for mark in marks for span in _spans(mark, across)):
        for i in range(max(0, math.ceil(start / STEP)), min(len(costs) - 1, math.floor(end / STEP)) + 1):
            costs[i] += weight
    return costs


def _spans(mark: Mark, across: bool) -> Iterator[tuple[float, float, float]]:
    """Stretches of one axis a mark would rather not be cut in, and how much it minds."""
    ink = mark.ink()
    start, end = (ink.left, ink.right) if across else (ink.top, ink.bottom)
    match mark:
        case Words(uncut=True) if across:
            yield from ((left, right, FORBIDDEN) for left, right in _letters(mark, CLEAR, str.isalnum))
        case Words(uncut=True):
            yield start - MM, end + MM, FORBIDDEN
        case Words() if across:
            yield start, end, 1
            yield from ((left, right, 3) for left, right in _letters(mark, BEARING, str.isdigit))
        case Words():
            yield start, end, 3 if any(ch.isdigit() for ch in mark.text) else 1
        case Code():
            yield start, end, CUT_CODE
        case Line():
            yield start, end, 0.001
        case _:
            yield start, end, 0.1


def _letters(words: Words, bearing: float, chosen: Callable[[str], bool]) -> Iterator[tuple[float, float]]:
    """Where the chosen letters of a line stand: between two of them a seam does less harm."""
    x = words.x
    for ch in words.text:
        advance = words.face.width(ch) * words.size
        if chosen(ch):
            yield x + bearing * words.size, x + advance - bearing * words.size
        x += advance


def _cut(
    length: float, inner: float, pieces: int, costs: Sequence[float]
) -> tuple[tuple[tuple[float, float], ...], bool]:
    """Windows of at most `inner` points whose seams cost least, near even; and whether one passes a forbidden place.

    A seam is where a sheet, trimmed at its window's edge, lies on the one before; both show OVERLAP after it.
    """
    reach = math.floor((inner - OVERLAP) / STEP)
    # For each place of the seam after i windows: the least cost so far, and all seams up to it.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for i in range(1, pieces):
        first = max(1, math.ceil((length - inner) / STEP) - (pieces - 1 - i) * reach)
        last = min(i * reach, math.floor((length - OVERLAP) / STEP))
        even = length * i / pieces / STEP
        reachable = _cheapest_within(reach, best, range(first, last + 1))
        best = {
            place: (cost + costs[place] + 1e-4 * abs(place - even), (*seams, place))
            for place, (cost, seams) in reachable.items()
        }
    cost, seams = min(best.values())
    starts = [0.0, *(place * STEP for place in seams)]
    ends = [*(start + OVERLAP for start in starts[1:]), length]
    return tuple(zip(starts, ends, strict=True)), cost >= FORBIDDEN


def _cheapest_within(
    reach: int, known: dict[int, tuple[float, tuple[int, ...]]], places: range
) -> dict[int, tuple[float, tuple[int, ...]]]:
    """For each place the cheapest known one before it that is not further away than `reach` steps."""
    queue: list[tuple[float, int, tuple[int, ...]]] = []
    waiting = deque(sorted(known))
    found = {}
    for place in places:
        while waiting and waiting[0] < place:
            at = waiting.popleft()
            heappush(queue, (known[at][0], at, known[at][1]))
        while queue and queue[0][1] < place - reach:
            heappop(queue)
        if queue:
            found[place] = (queue[0][0], queue[0][2])
    return found
