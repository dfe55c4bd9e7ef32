"""A poster does not empty a desk laser: what is large is light, and nothing is filled that need not be.

Three in a hundred cannot hold all ink of a sheet: its words in the lightest face at the smallest type allowed, with the
number as high as it must be, already take more, as the last test shows. It holds what is there to be seen from afar,
the number, the title, the rules and the bars; the words to be read close up, and the code a telephone reads, whose size
is set by the distance it is read from, are held by bounds of their own.
"""

from dataclasses import replace

import pytest

from desk.paper.apbdes import apbdes_pages
from desk.paper.marks import BLUE, MM, WHITE, Box, Code, Mark, Page, Words
from desk.paper.pdf import Pdf
from desk.paper.projects import project_pages
from desk.paper.records import ApbdesPoster, Poster
from desk.paper.sheets import SHEETS
from desk.paper.text import faces
from tests.paper.pdfcheck import ink_share
from tests.paper.samples import LONG_VILLAGE, apbdes, projects

SEEN, CODE, ALL = 0.03, 0.012, 0.1
"""The most ink of what is seen from afar, of the code, and of everything, as shares of the sheet."""

POSTERS = {
    "budget": apbdes(),
    "budget realised": apbdes(realised=True),
    "budget amended": replace(apbdes(before=True, realised=True), amendment=1),
    "draft of an amendment": replace(apbdes(before=True, village=LONG_VILLAGE), amendment=1, draft=True),
    "one activity": projects(1),
    "five activities": projects(5),
    "forty activities": projects(40),
    "forty with long names": projects(40, long_names=True),
}
HIGH = {"A4": 15, "F4": 16, "A3": 22}
"""Height of the digits of the number each size must have at least, mm (posters.md 3.1)."""

each = pytest.mark.parametrize("kind", POSTERS)
on_sheets = pytest.mark.parametrize("size", HIGH)


def first_page(poster: Poster, size: str) -> Page:
    sheet = SHEETS[size]
    return (apbdes_pages(poster, sheet) if isinstance(poster, ApbdesPoster) else project_pages(poster, sheet))[0]


def share(page: Page) -> float:
    pdf = Pdf("ink", "ink")
    pdf.add(page)
    return ink_share(pdf.finish())


@each
@on_sheets
def test_number_title_rules_and_bars_take_three_in_a_hundred(kind: str, size: str) -> None:
    page = first_page(POSTERS[kind], size)
    title = next(mark for mark in page.marks if isinstance(mark, Words))
    seen = tuple(m for m in page.marks if not isinstance(m, Words | Code) or m is title or getattr(m, "uncut", False))
    assert title.text.endswith("2026")
    assert share(replace(page, marks=seen, across="")) < SEEN


@on_sheets
def test_the_code_takes_little_more_than_one_in_a_hundred(size: str) -> None:
    page = first_page(POSTERS["budget"], size)
    assert 0 < share(replace(page, marks=tuple(m for m in page.marks if isinstance(m, Code)), across="")) < CODE


@each
@on_sheets
def test_the_whole_sheet_takes_less_than_ten(kind: str, size: str) -> None:
    assert share(first_page(POSTERS[kind], size)) < ALL


@each
def test_only_bars_are_filled(kind: str) -> None:
    boxes = [mark for mark in first_page(POSTERS[kind], "A3").marks if isinstance(mark, Box)]
    assert not [box for box in boxes if box.fill not in (None, BLUE, WHITE)]


@pytest.mark.parametrize("kind", ["budget realised", "forty activities"])
@on_sheets
def test_the_type_asked_for_takes_more_than_three_in_all(kind: str, size: str) -> None:
    page, plain, floor = first_page(POSTERS[kind], size), faces().plain, SHEETS[size].floor

    def lightest(mark: Mark) -> Mark | None:
        if not isinstance(mark, Words):
            return None
        points = HIGH[size] * MM / plain.cap if mark.uncut else min(mark.size, floor)
        return replace(mark, face=plain, size=points)

    least = tuple(mark for mark in map(lightest, page.marks) if mark is not None)
    assert share(replace(page, marks=least)) > SEEN
