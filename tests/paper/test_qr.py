"""The code on a poster dials the village head's number, is large enough to be read, and stays white around."""

from dataclasses import replace

import pypdfium2
import pytest

from desk.paper.board import render
from desk.paper.marks import MM, Code
from desk.paper.projects import project_pages
from desk.paper.qr import QUIET, call, modules
from desk.paper.sheets import SHEETS
from tests.paper.samples import PHONE, VILLAGE, projects

DPI = 200
WIDTH_MM = {"A4": 33, "F4": 33, "A3": 47, "A2": 65, "A1": 90}
"""How wide a code is at least, with its white edge (posters.md 3: 50 mm on A3 between the margins)."""


def codes(size: str, count: int = 3) -> list[list[Code]]:
    """The codes of each sheet."""
    pages = project_pages(projects(count), SHEETS[size])
    return [[mark for mark in page.marks if isinstance(mark, Code)] for page in pages]


def test_a_number_is_dialled_as_the_world_dials_it() -> None:
    assert call("0812-3456-7890") == "tel:+6281234567890"


@pytest.mark.parametrize("size", SHEETS)
def test_the_code_stands_on_the_first_sheet_and_is_wide_enough(size: str) -> None:
    first, *later = codes(size, 120)
    assert [len(found) for found in (first, *later)] == [1] + [0] * len(later)
    (code,) = first
    assert code.side / MM >= WIDTH_MM[size] and code.module / MM >= 1 and code.quiet == QUIET == 4


@pytest.mark.parametrize("size", ["A4", "A3"])
def test_every_module_is_printed_where_it_belongs(size: str) -> None:
    ((code,),) = codes(size)
    document = pypdfium2.PdfDocument(render(projects(3), size).pdf)
    picture = document[0].render(scale=DPI / 72).to_pil().convert("L")
    document.close()
    count, wanted = len(code.rows), modules(call(PHONE))

    def is_dark(row: int, column: int) -> bool:
        x = code.x + (code.quiet + column + 0.5) * code.module
        y = code.y + (code.quiet + row + 0.5) * code.module
        return picture.getpixel((round(x * DPI / 72), round(y * DPI / 72))) < 128

    everywhere = range(-code.quiet, count + code.quiet)
    for row in everywhere:
        for column in everywhere:
            inside = 0 <= row < count and 0 <= column < count
            assert is_dark(row, column) == (inside and wanted[row][column]), (row, column)


def test_without_a_number_there_is_no_code() -> None:
    pages = project_pages(replace(projects(3), village=replace(VILLAGE, phone="")), SHEETS["A4"])
    assert not [mark for page in pages for mark in page.marks if isinstance(mark, Code)]
