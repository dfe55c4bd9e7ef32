"""On every size and printer: where tiles are cut, what each carries, and that the first sheet comes first."""

import itertools
import re
from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.paper.apbdes import apbdes_pages
from desk.paper.board import render
from desk.paper.marks import MM, Page, Words
from desk.paper.projects import project_pages
from desk.paper.records import ApbdesPoster, Poster
from desk.paper.sheets import PRINTER_SHEETS, SHEETS
from desk.paper.text import faces
from desk.paper.tiles import MARGIN, OVERLAP, STRIP, plan, tiles
from tests.paper.pdfcheck import read
from tests.paper.samples import LONG_VILLAGE, apbdes, projects, very_long

CUTS = [
    (size, tile)
    for size, tile in itertools.product(SHEETS, PRINTER_SHEETS)
    if SHEETS[size].height > SHEETS[tile].height
]
POSTERS = {
    "budget": apbdes(),
    "amended": replace(apbdes(before=True, realised=True), amendment=1),
    "long names": very_long(apbdes(village=LONG_VILLAGE)),
    "one activity": projects(1),
    "twelve activities": projects(12),
    "forty activities": projects(40, long_names=True),
}
INK = 0.034
"""Em of white on either side of every digit of the number's typeface."""

TIGHT = ("A1", "F4")
"""Ten sheets leave one gap of the number in reach: amounts in its way are cut rather than a sheet added."""

on_every_cut = pytest.mark.parametrize(("size", "tile"), CUTS)
each = pytest.mark.parametrize("kind", POSTERS)


def pages_of(poster: Poster, size: str) -> tuple[Page, ...]:
    sheet = SHEETS[size]
    return apbdes_pages(poster, sheet) if isinstance(poster, ApbdesPoster) else project_pages(poster, sheet)


def split_digits(page: Page, x: float) -> list[Words]:
    """The lines of text in which a vertical seam at x passes through a digit."""
    found = []
    for words in (mark for mark in page.marks if isinstance(mark, Words)):
        left = words.x
        for ch in words.text:
            right = left + words.face.width(ch) * words.size
            if ch.isdigit() and left + INK * words.size < x < right - INK * words.size:
                found.append(words)
            left = right
    return found


@each
@on_every_cut
def test_no_horizontal_seam_cuts_text_and_no_vertical_one_a_digit_of_the_number(
    size: str, tile: str, kind: str
) -> None:
    for page in pages_of(POSTERS[kind], size):
        grid = plan(page, SHEETS[tile])
        assert not grid.splits_phone
        words = [mark for mark in page.marks if isinstance(mark, Words)]
        for y, _end in grid.rows[1:]:
            assert [w.text for w in words if w.ink().top < y < w.ink().bottom] == []
        for x, _end in grid.columns[1:]:
            split = split_digits(page, x)
            assert not [w.text for w in split if w.uncut]
            assert (size, tile) == TIGHT or len(split) <= 3


@each
@on_every_cut
def test_windows_overlap_fill_the_poster_and_fit_the_printer(size: str, tile: str, kind: str) -> None:
    for page in pages_of(POSTERS[kind], size):
        grid = plan(page, SHEETS[tile])
        assert sorted((grid.width, grid.height)) == list(SHEETS[tile].points)
        for windows, length, room in (
            (grid.columns, page.width, grid.width - 2 * MARGIN),
            (grid.rows, page.height, grid.height - 2 * MARGIN - STRIP),
        ):
            assert (windows[0][0], windows[-1][1]) == (0, length)
            assert all(end - start <= room + 1e-6 for start, end in windows)
            assert all(before[1] - after[0] == pytest.approx(OVERLAP) for before, after in itertools.pairwise(windows))


@on_every_cut
def test_the_assembly_sheet_comes_first_and_names_every_sheet_that_follows(size: str, tile: str) -> None:
    paper = render(POSTERS["twelve activities"], size, tile=tile)
    texts = [" ".join(sheet.runs()) for sheet in read(paper.pdf)]
    starts = [i for i, text in enumerate(texts) if "Cara memasang" in text]
    assert starts[0] == 0
    assert len(starts) == paper.pages
    assert len(texts) == paper.sheets + paper.pages
    numbers = itertools.count(1)
    for start, end in itertools.pairwise([*starts, len(texts)]):
        names = [re.search(r"Lembar ([A-L]\d+)\b", text)[1] for text in texts[start + 1 : end]]
        assert names == sorted(set(names), key=lambda name: (name[0], int(name[1:])))
        assert set(names) == set(re.findall(r"\b[A-L]\d+\b", texts[start].split("100 mm")[-1]))
        for text in texts[start + 1 : end]:
            assert f"lembar {next(numbers)} dari {paper.sheets}" in text


@on_every_cut
def test_every_corner_of_every_window_has_its_two_crop_marks(size: str, tile: str) -> None:
    page = pages_of(apbdes(), size)[0]
    grid = plan(page, SHEETS[tile])
    document = pypdfium2.PdfDocument(render(apbdes(), size, tile=tile).pdf)
    pictures = [document[i].render(scale=2, grayscale=True).to_pil() for i in range(1, len(document))]
    document.close()
    for found, picture in zip(tiles(page, grid), pictures, strict=True):
        right, bottom = MARGIN + found.right - found.left, MARGIN + found.bottom - found.top
        for x, out in ((MARGIN, -1), (right, 1)):
            for y, up in ((MARGIN, -1), (bottom, 1)):
                for spot in ((x + out * 2 * MM, y), (x, y + up * 2 * MM)):
                    across, down = round(2 * spot[0]), round(2 * spot[1])
                    near = picture.crop((across - 2, down - 2, across + 3, down + 3))
                    assert near.getextrema()[0] < 230


@given(
    st.sampled_from(CUTS),
    st.lists(st.tuples(st.floats(0, 0.95), st.floats(0.05, 0.99)), min_size=1, max_size=4),
)
def test_a_sheet_is_printed_where_something_stands_and_nowhere_else(
    cut: tuple[str, str], places: list[tuple[float, float]]
) -> None:
    width, height = SHEETS[cut[0]].points
    marks = tuple(Words(x * width, y * height, "ab", faces().plain, 12) for x, y in places)
    page = Page(width, height, marks)
    grid = plan(page, SHEETS[cut[1]])
    printed = tiles(page, grid)
    assert 1 <= len(printed) <= min(grid.cells, 4 * len(marks))
    for mark in marks:
        ink = mark.ink()
        assert any(t.left <= ink.left < t.right and t.top <= ink.bottom and ink.top < t.bottom for t in printed)
    for found in printed:
        inks = [mark.ink() for mark in marks]
        assert any(
            i.left < found.right and i.right > found.left and i.top < found.bottom and i.bottom > found.top
            for i in inks
        )
