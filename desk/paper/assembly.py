"""Tiles on paper: windows on the poster with crop marks and names, and a first sheet that shows how to join them."""

from collections.abc import Iterator, Sequence
from gettext import gettext as _

from desk.paper.marks import GREY, MM, WHITE, Block, Box, Line, Mark, Page, Words, lines, paragraph, stack
from desk.paper.pdf import Pdf, Window
from desk.paper.sheets import Sheet
from desk.paper.text import clean, faces
from desk.paper.tiles import MARGIN, OVERLAP, Grid, Tile, plan, tiles


class Assembly:
    """A poster cut into tiles, each page of it preceded by a sheet that shows how to put it together."""

    def __init__(self, pages: Sequence[Page], sheet: Sheet, title: str, note: str) -> None:
        """Plan all pages.

        Raises:
            DeskError: the poster needs no tiles, or too many.
        """
        self._pages, self._title, self._note = pages, title, clean(note)
        self._grids = [plan(page, sheet) for page in pages]
        self._tiles = [tiles(page, grid) for page, grid in zip(pages, self._grids, strict=True)]

    @property
    def sheets(self) -> int:
        """Sheets that show a part of the poster."""
        return sum(len(found) for found in self._tiles)

    def draw(self, pdf: Pdf) -> None:
        """Append everything; each page of the poster is stored once and shown through windows."""
        number = 0
        for i, (page, grid, found) in enumerate(zip(self._pages, self._grids, self._tiles, strict=True), 1):
            form = f"poster{i}"
            pdf.keep(form, page)
            part = (
                _(" dari poster {page}/{pages}").format(page=i, pages=len(self._pages)) if len(self._pages) > 1 else ""
            )
            self._overview(pdf, form, page, grid, found, part)
            for tile in found:
                number += 1
                window = Window(MARGIN, MARGIN, tile.right - tile.left, tile.bottom - tile.top, tile.left, tile.top)
                pdf.add_window(Page(grid.width, grid.height, self._marks(grid, tile, number, part)), form, window)

    def _marks(self, grid: Grid, tile: Tile, number: int, part: str) -> tuple[Mark, ...]:
        """Crop marks, the line the next sheet is glued to, and the sheet's name."""
        left, top = MARGIN, MARGIN
        right, bottom = left + tile.right - tile.left, top + tile.bottom - tile.top
        marks: list[Mark] = [*_crop_marks(left, top, right, bottom)]
        if tile.column < len(grid.columns) - 1:
            marks.append(Line(right - OVERLAP, top, right - OVERLAP, bottom, 0.5, GREY, dashed=True))
        if tile.row < len(grid.rows) - 1:
            marks.append(Line(left, bottom - OVERLAP, right, bottom - OVERLAP, 0.5, GREY, dashed=True))
        bold, plain, size = faces().bold, faces().plain, 8.0
        base = grid.height - MARGIN - 0.35 * size
        name = Words(MARGIN, base, _("Lembar {name}{part}").format(name=tile.name, part=part), bold, size)
        count = _("lembar {number} dari {sheets}").format(number=number, sheets=self.sheets)
        after = Words(name.x + name.width + 0.8 * size, base, count, plain, size)
        marks += [name, after]
        if self._note:
            room = grid.width - MARGIN - after.x - after.width - size
            small = min(size, room / plain.width(self._note))
            marks.append(Words(grid.width - MARGIN - plain.width(self._note) * small, base, self._note, plain, small))
        return tuple(marks)

    def _overview(self, pdf: Pdf, form: str, page: Page, grid: Grid, found: tuple[Tile, ...], part: str) -> None:
        """The first sheet: the poster in small with its seams and names, and what to do with scissors and glue."""
        width, height = sorted((grid.width, grid.height))
        margin = 15 * MM
        room = width - 2 * margin
        top = stack(
            (
                paragraph(faces().bold, 24, _("Cara memasang"), room),
                paragraph(faces().bold, 12, self._title + part, room),
                *(paragraph(faces().plain, 11, step, room) for step in self._steps(grid, found)),
                _ruler(),
                paragraph(faces().bold, 9, self._note, room),
            ),
            gap=6,
        )
        y = margin + top.height + 5 * MM
        scale = min(room / page.width, (height - margin - y) / page.height)
        window = Window(margin, y, page.width * scale, page.height * scale, scale=scale)
        marks = (*top.at(margin, margin), *_map(grid, found, scale).at(margin, y))
        pdf.add_window(Page(width, height, marks), form, window)

    def _steps(self, grid: Grid, found: tuple[Tile, ...]) -> tuple[str, ...]:
        skipped = grid.cells - len(found)
        blank = _(" {count} lembar kosong tidak dicetak.").format(count=skipped) if skipped else ""
        return (
            _("1. Cetak 100 %, jangan “sesuaikan dengan halaman”. Garis ukur di bawah harus tepat 100 mm.") + blank,
            _(
                "2. Gunting tepi kiri dan tepi atas tiap lembar pada tanda sudutnya. "
                "Kolom 1 tidak perlu tepi kiri, baris A tidak perlu tepi atas."
            ),
            _(
                "3. Mulai dari A1. Tempel tiap lembar di atas lembar sebelah kirinya dan di atasnya, "
                "tepat pada garis putus-putus."
            ),
        )


def _crop_marks(left: float, top: float, right: float, bottom: float) -> Iterator[Line]:
    """Ticks outside the window's corners, in the margin."""
    near, far = 0.5 * MM, 4 * MM
    for x, out in ((left, -1), (right, 1)):
        for y, up in ((top, -1), (bottom, 1)):
            yield Line(x + out * near, y, x + out * far, y, 0.3)
            yield Line(x, y + up * near, x, y + up * far, 0.3)


def _ruler() -> Block:
    """A rule of exactly 100 mm with its ends marked."""
    length, tick = 100 * MM, 2 * MM
    ends = tuple(Line(x, 0, x, 2 * tick, 0.8) for x in (0, length))
    text = lines(faces().plain, 9, (_("100 mm"),)).at(length + 2 * MM, 0)
    return Block(2 * tick, (Line(0, tick, length, tick, 0.8), *ends, *text))


def _map(grid: Grid, found: tuple[Tile, ...], scale: float) -> Block:
    """Seams and sheet names over the poster in small."""
    right, bottom = grid.columns[-1][1] * scale, grid.rows[-1][1] * scale
    marks: list[Mark] = [Line(start * scale, 0, start * scale, bottom, 1) for start, _end in grid.columns[1:]]
    marks += [Line(0, start * scale, right, start * scale, 1) for start, _end in grid.rows[1:]]
    marks += [
        Line(0, 0, right, 0, 1),
        Line(0, bottom, right, bottom, 1),
        Line(0, 0, 0, bottom, 1),
        Line(right, 0, right, bottom, 1),
    ]
    for tile in found:
        marks += _plate(tile.name).at(tile.left * scale + 4, tile.top * scale + 4)
    return Block(bottom, tuple(marks))


def _plate(name: str) -> Block:
    """A sheet's name on white, legible over the picture."""
    face, size = faces().bold, 18
    width = face.width(name) * size + 8
    return Block(size + 6, (Box(0, 0, width, size + 6, WHITE, 0.8), Words(4, 3 + face.cap * size, name, face, size)))
