"""The recovery sheet can be typed back, fits one page, says where it belongs, and leaves the key nowhere else."""

import datetime as dt
from dataclasses import replace

import pytest

from desk.paper.recovery import CODE_SIZE, RecoverySheet, render
from desk.recovery import code, mark, read_code
from desk.seal import Seal
from desk.store import DeskError
from tests.paper.pdfcheck import MM, faults, read, text_of
from tests.paper.samples import LONG_VILLAGE, NOTE, VILLAGE

SEAL = Seal(bytes(range(100, 132)))
SHEET = RecoverySheet(VILLAGE, dt.date(2026, 11, 22), mark(SEAL.check), code(SEAL.key), NOTE)


def whole(pdf):
    return " ".join(text_of(pdf).split())


@pytest.mark.parametrize(("size", "millimetres"), [("A4", (210, 297)), ("F4", (215, 330))])
@pytest.mark.parametrize("village", [VILLAGE, LONG_VILLAGE])
def test_it_is_one_page_without_a_fault(size, millimetres, village):
    pdf = render(replace(SHEET, village=village), size)
    (sheet,) = read(pdf)
    assert (sheet.width / MM, sheet.height / MM) == pytest.approx(millimetres, abs=0.01)
    assert faults(pdf, floor=9) == []


def test_what_stands_on_it_typed_back_is_the_key():
    (sheet,) = read(render(SHEET, "A4"))
    rows = [
        "".join(glyph.text for run in runs for glyph in run if glyph.size == CODE_SIZE)
        for _baseline, runs in sheet.rows()
    ]
    assert read_code("\n".join(row for row in rows if row)) == SEAL.key


def test_every_row_has_its_number():
    (sheet,) = read(render(SHEET, "A4"))
    numbers = [run for run in sheet.runs() if run.startswith("Baris ")]
    assert numbers == [f"Baris {number}" for number in range(1, 9)]


def test_it_says_whose_it_is_how_it_is_used_and_where_it_is_kept():
    text = whole(render(SHEET, "F4"))
    region = "Kecamatan Sumberrejo, Kabupaten Bojonegoro"
    for part in ("Desa Contoh", region, "22 November 2026", f"Tanda kunci: {SHEET.mark}", NOTE):
        assert part in text
    for part in ("Ketik kedelapan baris", "menyebut nomor barisnya", "jauh dari komputer", "Jangan difoto"):
        assert part in text


def test_the_key_stands_in_the_page_and_not_in_its_title_nor_in_a_log():
    pdf = render(SHEET, "A4")
    assert not any(row.encode() in pdf or row.replace(" ", "").encode() in pdf for row in SHEET.rows)
    assert not any(row in repr(SHEET) for row in SHEET.rows)


def test_it_is_not_printed_on_a_poster_sheet():
    with pytest.raises(DeskError, match="A4 atau F4"):
        render(SHEET, "A3")


def test_two_prints_of_one_sheet_are_the_same():
    assert render(SHEET, "A4") == render(SHEET, "A4")
