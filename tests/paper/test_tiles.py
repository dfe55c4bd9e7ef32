"""Tiles put together again are the poster, and no seam passes through a digit of the number."""

from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from desk.paper.apbdes import apbdes_pages
from desk.paper.board import render
from desk.paper.marks import MM, Page, Words
from desk.paper.records import Poster
from desk.paper.sheets import SHEETS
from desk.paper.text import faces
from desk.paper.tiles import MARGIN, Grid, Tile, fitting, plan, tiles
from desk.store import DeskError
from tests.paper import pdfcheck
from tests.paper.pdfcheck import read, text_of
from tests.paper.samples import NOTE, PHONE, VILLAGE, apbdes, projects

SCALE = 1.0
"""Pixels a point in the pictures compared."""


def pictures(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[i].render(scale=SCALE, grayscale=True).to_pil() for i in range(len(document))]
    finally:
        document.close()


def page_of(poster: Poster, size: str) -> Page:
    return apbdes_pages(poster, SHEETS[size])[0]


def stitched(sheets: list[Image.Image], found: tuple[Tile, ...], page: Page) -> Image.Image:
    """The tiles trimmed at their left and upper edges and laid one over the other, as the first sheet tells to."""
    whole = Image.new("L", (round(page.width * SCALE), round(page.height * SCALE)), 255)
    for tile, sheet in zip(found, sheets, strict=True):
        left, top = MARGIN * SCALE, MARGIN * SCALE
        right = left + (tile.right - tile.left) * SCALE
        bottom = top + (tile.bottom - tile.top) * SCALE
        window = sheet.crop((round(left), round(top), round(right), round(bottom)))
        whole.paste(window, (round(tile.left * SCALE), round(tile.top * SCALE)))
    return whole


def stray(one: Image.Image, two: Image.Image) -> int:
    """Pixels of ink in either picture with no ink near them in the other; a pixel's shift is a matter of rounding."""
    count = 0
    for picture, other in ((one, two), (two, one)):
        near = other.filter(ImageFilter.MinFilter(5))
        count += ImageChops.subtract(near, picture).point(lambda level: 255 if level > 150 else 0).histogram()[255]
    return count


@pytest.mark.parametrize(("size", "tile"), [("A3", "A4"), ("A3", "F4"), ("A2", "A4"), ("A1", "F4")])
def test_the_tiles_show_the_whole_poster(size: str, tile: str) -> None:
    poster = apbdes()
    page = page_of(poster, size)
    grid = plan(page, SHEETS[tile])
    assembly, *sheets = pictures(render(poster, size, tile=tile).pdf)
    whole = pictures(render(poster, size).pdf)[0]
    joined = stitched(sheets, tiles(page, grid), page)
    assert joined.size == whole.size
    assert stray(joined, whole) == 0
    assert stray(ImageChops.offset(joined, 4, 0), whole) > 100
    assert assembly.width < assembly.height


@pytest.mark.parametrize(
    ("size", "tile", "sheets"),
    [
        ("F4", "A4", 2),
        ("A3", "A4", 4),
        ("A3", "F4", 3),
        ("A2", "A4", 8),
        ("A2", "F4", 6),
        ("A1", "A4", 15),
        ("A1", "F4", 10),
    ],
)
def test_as_few_sheets_as_the_paper_allows(size: str, tile: str, sheets: int) -> None:
    paper = render(apbdes(realised=True), size, tile=tile)
    assert (paper.pages, paper.sheets) == (1, sheets)
    assert len(read(paper.pdf)) == sheets + 1


@pytest.mark.parametrize("phone", [PHONE, "0812-3456-789", "0857-1234-56789", "0811-1111-1111"])
@pytest.mark.parametrize(("size", "tile"), [("A3", "A4"), ("A3", "F4"), ("A2", "F4"), ("A1", "A4"), ("A1", "F4")])
def test_no_seam_passes_through_a_digit_of_the_number(size: str, tile: str, phone: str) -> None:
    page = page_of(replace(apbdes(), village=replace(VILLAGE, phone=phone)), size)
    grid = plan(page, SHEETS[tile])
    number = next(m for m in page.marks if isinstance(m, Words) and m.text == phone)
    assert not grid.splits_phone
    assert all(not number.ink().top < start < number.ink().bottom for start, _end in grid.rows[1:])
    sheet = read(render(replace(apbdes(), village=replace(VILLAGE, phone=phone)), size).pdf)[0]
    digits = [
        glyph
        for _baseline, runs in sheet.rows()
        for run in runs
        if pdfcheck.said(run) == phone
        for glyph in run
        if glyph.text.isdigit()
    ]
    assert digits
    for start, _end in grid.columns[1:]:
        assert all(not glyph.left < start < glyph.right for glyph in digits)


def test_each_sheet_says_where_it_belongs_and_carries_the_note() -> None:
    paper = render(apbdes(), "A3", tile="A4")
    overview, *sheets = (" ".join(sheet.runs()) for sheet in read(paper.pdf))
    assert "Cara memasang" in overview
    for number, (text, name) in enumerate(zip(sheets, ("A1", "A2", "B1", "B2"), strict=True), 1):
        assert f"Lembar {name}" in text
        assert f"lembar {number} dari 4" in text
        assert NOTE in text


def test_a_poster_of_two_sheets_is_assembled_sheet_by_sheet() -> None:
    paper = render(projects(40), "A3", tile="F4")
    assert paper.pages > 1
    assert paper.sheets == 3 * paper.pages
    text = text_of(paper.pdf)
    assert f"dari poster 2/{paper.pages}" in text
    assert f"lembar {paper.sheets} dari {paper.sheets}" in text


def test_the_poster_is_stored_once_however_many_sheets_show_it() -> None:
    one, many = render(apbdes(), "A1").pdf, render(apbdes(), "A1", tile="A4").pdf
    assert len(many) < len(one) + 25_000


def test_blank_sheets_are_not_printed() -> None:
    words = Words(20 * MM, 20 * MM, "hanya di sudut", faces().plain, 20)
    page = Page(*SHEETS["A1"].points, (words,))
    grid = plan(page, SHEETS["A4"])
    assert len(tiles(page, grid)) == 1 < grid.cells


@pytest.mark.parametrize(("columns", "rows", "tile"), [(2, 2, "A4"), (3, 3, "A4"), (2, 3, "F4"), (1, 2, "F4")])
def test_the_clerk_may_choose_columns_and_rows_instead(columns: int, rows: int, tile: str) -> None:
    large = fitting(SHEETS[tile], columns, rows)
    assert large.height / large.width == pytest.approx(2**0.5)
    paper = render(apbdes(), "A3", tile=tile, columns=columns, rows=rows)
    assert paper.sheets <= columns * rows


def test_a_poster_no_larger_than_the_sheet_is_not_cut() -> None:
    with pytest.raises(DeskError, match="tanpa dibagi"):
        render(apbdes(), "A4", tile="F4" if SHEETS["A4"].height < SHEETS["F4"].height else "A4")


def test_a_grid_of_one_sheet_is_refused() -> None:
    with pytest.raises(DeskError, match="2 lembar"):
        render(apbdes(), "A3", tile="A4", columns=1, rows=1)


def test_tiles_are_for_printers_that_take_small_sheets() -> None:
    with pytest.raises(DeskError, match="A4 atau F4"):
        render(apbdes(), "A1", tile="A3")


def test_a_grid_knows_its_cells() -> None:
    assert Grid(1, 1, ((0, 1), (1, 2)), ((0, 1),)).cells == 2
