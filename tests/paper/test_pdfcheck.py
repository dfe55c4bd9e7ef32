"""The checker finds each thing that can go wrong with a poster, and nothing on one that is right."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from desk.paper.apbdes import apbdes_pages
from desk.paper.marks import BLUE, MM, Box, Mark, Page, Words
from desk.paper.pdf import Pdf
from desk.paper.sheets import SHEETS
from desk.paper.text import faces
from tests.paper.pdfcheck import Fault, faults
from tests.paper.samples import PHONE, apbdes, printed_amounts

A4 = SHEETS["A4"]
POSTER = apbdes()


def found_on(page: Page) -> list[Fault]:
    pdf = Pdf("mutant", "mutant")
    pdf.add(page)
    return faults(pdf.finish(), floor=A4.floor, phone=PHONE, phone_mm=15, amounts=printed_amounts(POSTER))


def page_with(change: Callable[[Mark], Mark | None]) -> Page:
    page = apbdes_pages(POSTER, A4)[0]
    marks = [changed for mark in page.marks if (changed := change(mark)) is not None]
    return replace(page, marks=tuple(marks))


def words(text: str, change: Callable[[Words], Mark | None]) -> Callable[[Mark], Mark | None]:
    return lambda mark: change(mark) if isinstance(mark, Words) and mark.text == text else mark


DANA_DESA = "Rp\u00a0952.269.000"

MUTANTS: dict[str, tuple[str, Callable[[Mark], Mark | None]]] = {
    "a line runs off the sheet": ("off page", words("Dana Desa", lambda w: replace(w, x=-20.0))),
    "a line stands where no printer reaches": ("dead edge", words("Dana Desa", lambda w: replace(w, x=2 * MM))),
    "a line is too small to read": ("small", words("Dana Desa", lambda w: replace(w, size=6.0))),
    "two lines lie on each other": ("overlap", words("Alokasi Dana Desa", lambda w: w.moved(0, -15))),
    "an amount lies on its neighbour's name": ("overlap", words(DANA_DESA, lambda w: replace(w, x=60.0))),
    "an amount is missing": ("missing", words(DANA_DESA, lambda w: None)),
    "an amount lost a digit": ("missing", words(DANA_DESA, lambda w: replace(w, text="Rp\u00a0952.269.00"))),
    "an amount is broken over two lines": (
        "broken amount",
        words(DANA_DESA, lambda w: replace(w, text="Rp\u00a0952.269.")),
    ),
    "an amount has English commas": (
        "amount format",
        words(DANA_DESA, lambda w: replace(w, text="Rp\u00a0952,269,000")),
    ),
    "the number is missing": ("phone missing", words(PHONE, lambda w: None)),
    "the number lost its last digit": ("phone missing", words(PHONE, lambda w: replace(w, text=PHONE[:-1]))),
    "the number is small": ("phone small", words(PHONE, lambda w: replace(w, size=30.0))),
    "a bar is longer than its amount": ("bars", lambda m: replace(m, width=m.width * 1.2 + 3) if _is_bar(m) else m),
    "a value was never filled in": ("unfinished", words("Dana Desa", lambda w: replace(w, text="None"))),
    "a template was never filled in": ("unfinished", words("Dana Desa", lambda w: replace(w, text="{name}"))),
}


def _is_bar(mark: Mark) -> bool:
    return isinstance(mark, Box) and mark.fill == BLUE and 20 < mark.width < 60


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_checker_finds(mutant: str) -> None:
    kind, change = MUTANTS[mutant]
    assert kind in {fault.kind for fault in found_on(page_with(change))}


def test_the_checker_finds_nothing_on_a_poster_that_is_right() -> None:
    assert found_on(page_with(lambda mark: mark)) == []


def test_the_checker_finds_a_number_that_is_split() -> None:
    page = apbdes_pages(POSTER, A4)[0]
    number = next(m for m in page.marks if isinstance(m, Words) and m.text == PHONE)
    halves = (replace(number, text=PHONE[:6]), replace(number, text=PHONE[6:], y=number.y + 30))
    marks = (*(m for m in page.marks if m is not number), *halves)
    assert "phone missing" in {fault.kind for fault in found_on(replace(page, marks=marks))}


def test_the_checker_finds_a_typeface_that_is_not_in_the_file() -> None:
    pdf = Pdf("mutant", "mutant")
    pdf._canvas.setFont("Helvetica", 12)
    pdf._canvas.drawString(100, 100, "Dana Desa")
    pdf.add(apbdes_pages(POSTER, A4)[0])
    kinds = {fault.kind for fault in faults(pdf.finish(), floor=9)}
    assert "font" in kinds


def test_every_mark_of_the_text_layer_can_be_measured() -> None:
    line = Words(10, 20, "Rp\u00a01.000", faces().plain, 10)
    ink = line.ink()
    assert ink.left == 10
    assert ink.right == pytest.approx(10 + line.width)
    assert ink.top < 20 < ink.bottom
