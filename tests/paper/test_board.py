"""Posters hold every amount in full, a phone number readable across the lane, and nothing broken, cut or hidden."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest

from desk.paper.board import render
from desk.paper.records import Figures, Poster
from desk.paper.sheets import SHEETS
from desk.store import DeskError
from tests.paper import pdfcheck
from tests.paper.pdfcheck import MM, faults, read, text_of
from tests.paper.samples import (
    KELURAHAN,
    LONG_VILLAGE,
    NOTE,
    PHONE,
    VILLAGE,
    apbdes,
    printed_amounts,
    projects,
    very_long,
    very_long_list,
)

PHONE_MM = {"A4": 15, "F4": 16, "A3": 22, "A2": 32, "A1": 45}
"""Height of the digits each size promises (posters.md 3.1)."""

BUDGETS = {
    "as published": apbdes(realised=True),
    "as enacted": apbdes(),
    "amended": replace(apbdes(before=True), amendment=1),
    "amended and realised": replace(apbdes(before=True, realised=True), amendment=2),
    "a hundred times larger": apbdes(times="100", realised=True, before=True),
    "with sen": apbdes(times="1.37", realised=True),
    "long names": apbdes(village=LONG_VILLAGE),
    "twelve digits": replace(apbdes(times="391", realised=True, before=True), amendment=1),
    "very long names": very_long(apbdes(realised=True, before=True)),
    "does not close": replace(apbdes(), balance=Figures(Decimal("-999999999999.99"))),
    "draft": replace(apbdes(), draft=True),
    "draft of an amendment": replace(apbdes(before=True, village=LONG_VILLAGE), draft=True, amendment=1),
}
LISTS = {
    "one": projects(1),
    "five": projects(5),
    "twelve": projects(12),
    "forty": projects(40),
    "a hundred and twenty": projects(120),
    "sixty": projects(60),
    "sixty very long": very_long_list(projects(60, village=LONG_VILLAGE)),
    "three very long": very_long_list(projects(3)),
    "forty long": projects(40, long_names=True, village=LONG_VILLAGE),
    "three long": projects(3, long_names=True),
    "kelurahan": projects(8, village=KELURAHAN),
}


def on_each_size(kinds: Iterable[str]) -> list[tuple[str, str]]:
    """Every kind on the sizes a village prints, the first and the last also on those of a print shop."""
    kinds = list(kinds)
    village = [(kind, size) for kind in kinds for size in ("A4", "F4", "A3")]
    return [*village, *((kind, size) for kind in (kinds[0], kinds[-1]) for size in ("A2", "A1"))]


@pytest.mark.parametrize(("kind", "size"), on_each_size(BUDGETS))
def test_a_budget_poster_has_no_fault(kind: str, size: str) -> None:
    poster = BUDGETS[kind]
    amounts = printed_amounts(poster)
    found = faults(
        render(poster, size).pdf, floor=SHEETS[size].floor, phone=PHONE, phone_mm=PHONE_MM[size], amounts=amounts
    )
    assert found == []


@pytest.mark.parametrize(("kind", "size"), on_each_size(LISTS))
def test_a_project_list_has_no_fault_and_loses_no_row(kind: str, size: str) -> None:
    poster = LISTS[kind]
    paper = render(poster, size)
    assert faults(paper.pdf, floor=SHEETS[size].floor, phone=PHONE, phone_mm=PHONE_MM[size]) == []
    words = " ".join(text_of(paper.pdf).split())
    for project in poster.projects:
        number = project.name.split("paket ")[1].split(" ")[0]
        assert len(re.findall(rf"paket {number}\b", words)) == 1
        if project.cost is not None:
            assert f"Rp {project.cost:,}".replace(",", ".") in words


@pytest.mark.parametrize("poster", [*BUDGETS.values(), *LISTS.values()], ids=[*BUDGETS, *LISTS])
def test_every_sheet_names_the_village_the_phone_the_print_and_its_place_in_the_pile(poster: Poster) -> None:
    paper = render(poster, "A4")
    sheets = read(paper.pdf)
    assert len(sheets) == paper.pages == paper.sheets
    for number, sheet in enumerate(sheets, 1):
        text = " ".join(sheet.runs())
        assert PHONE in text
        assert poster.village.place.split(" ")[1] in text
        assert "Dicetak 22 November 2026 09.15 WIB dari data versi" in text
        assert f"lembar {number} dari {len(sheets)}" in text
        assert NOTE in text


@pytest.mark.parametrize(("size", "millimetres"), [("A4", (210, 297)), ("F4", (215, 330)), ("A3", (297, 420))])
def test_sheets_have_the_exact_size_of_the_paper(size: str, millimetres: tuple[int, int]) -> None:
    for poster in (apbdes(), projects(40)):
        for sheet in read(render(poster, size).pdf):
            assert (sheet.width / MM, sheet.height / MM) == pytest.approx(millimetres, abs=0.01)


@pytest.mark.parametrize("size", SHEETS)
def test_the_number_spans_the_sheet(size: str) -> None:
    sheet = read(render(apbdes(), size).pdf)[0]
    digits = next(run for _y, runs in sheet.rows() for run in runs if pdfcheck.said(run) == PHONE)
    assert digits[-1].right - digits[0].left > 0.88 * sheet.width


def test_type_grows_with_the_paper_and_with_fewer_rows() -> None:
    def body(poster: Poster, size: str) -> float:
        glyphs = [g for sheet in read(render(poster, size).pdf) for g in sheet.glyphs]
        sizes = [g.size for g in glyphs]
        return max(set(sizes), key=sizes.count)

    assert body(apbdes(), "A4") < body(apbdes(), "A3") < body(apbdes(), "A1")
    assert body(projects(8), "A3") > body(projects(12), "A3")


def test_the_file_names_itself_and_asks_for_its_true_size() -> None:
    pdf = render(apbdes(), "A4").pdf
    document = pypdfium2.PdfDocument(pdf)
    known = document.get_metadata_dict()
    document.close()
    assert (known["Title"], known["Author"]) == ("APB Desa 2026 Desa Contoh", "Desa Contoh")
    assert b"/PrintScaling /None" in pdf


@pytest.mark.parametrize("more", range(12))
def test_a_part_is_not_headed_on_one_sheet_and_told_on_the_next(more: int) -> None:
    poster = very_long(apbdes(realised=True, before=True))
    lines = poster.revenue.items[:1] * more
    poster = replace(poster, revenue=replace(poster.revenue, items=(*lines, *poster.revenue.items)))
    sheets = [" ".join(sheet.runs()) for sheet in read(render(poster, "A4").pdf)]
    assert len(sheets) > 1
    assert "Bidang" in next(text for text in sheets if "BELANJA" in text).split("BELANJA")[1]


def test_two_prints_of_the_same_data_are_the_same_but_for_the_time() -> None:
    poster = apbdes(realised=True)
    assert render(poster, "A4").pdf == render(poster, "A4").pdf
    later = replace(poster, printed_at=poster.printed_at.replace(hour=10))
    before, after = text_of(render(poster, "A4").pdf), text_of(render(later, "A4").pdf)
    assert before.replace("09.15 WIB", "10.15 WIB") == after


def test_a_changed_amount_changes_the_stamp() -> None:
    poster = apbdes()
    changed = replace(poster, surplus=Figures(Decimal("-175210287")))
    stamps = {text_of(render(p, "A4").pdf).split("data versi ")[1][:8] for p in (poster, changed)}
    assert len(stamps) == 2


@pytest.mark.parametrize(
    ("surplus", "balance", "words"),
    [
        ("-5", "0", "Anggaran ini seimbang: pendapatan − belanja + pembiayaan = Rp 0."),
        ("-17122954", "-5000000", "Selisih Rp 5.000.000: pembiayaan tidak menutup defisit"),
        ("-5", "710783304.48", "Selisih Rp 710.783.304,48: pembiayaan lebih besar daripada defisit"),
        ("5", "-7", "Selisih Rp 7: pengeluaran pembiayaan lebih besar daripada surplus"),
        ("5", "5", "Selisih Rp 5: masih ada uang yang belum dianggarkan penggunaannya"),
        ("5", None, "Belum dapat dihitung"),
    ],
)
def test_the_poster_says_in_one_line_whether_the_budget_closes(surplus: str, balance: str | None, words: str) -> None:
    figures = Figures(Decimal(balance) if balance else None)
    told = replace(apbdes(), surplus=Figures(Decimal(surplus)), balance=figures)
    assert words in " ".join(text_of(render(told, "A4").pdf).split())


def test_zero_is_printed_and_the_unknown_is_called_unknown() -> None:
    poster = apbdes()
    unknown = replace(poster.financing.items[0], figures=Figures(None))
    poster = replace(poster, financing=replace(poster.financing, items=(unknown, *poster.financing.items[1:])))
    text = text_of(render(poster, "A4").pdf)
    assert "belum diisi" in text
    assert "Rp 0" in text


def test_without_a_number_the_poster_shows_the_way_to_the_desk() -> None:
    text = " ".join(text_of(render(replace(apbdes(), village=replace(VILLAGE, phone="")), "A4").pdf).split())
    assert "Datanglah ke meja informasi (PPID), Jalan Raya Contoh Nomor 1" in text
    assert "0000" not in text


def test_a_draft_says_so_and_an_amendment_shows_both_columns() -> None:
    draft = text_of(render(replace(apbdes(), draft=True), "A4").pdf)
    assert "RANCANGAN" in draft
    assert "belum ditetapkan" in draft
    amended = text_of(render(BUDGETS["amended"], "A4").pdf)
    assert all(words in amended for words in ("PERUBAHAN KE-1", "Semula", "Menjadi"))


def test_a_kelurahan_is_called_so() -> None:
    text = text_of(render(LISTS["kelurahan"], "A4").pdf)
    assert "KEGIATAN KELURAHAN 2026" in text
    assert "Telepon/WA Lurah" in text


def test_an_empty_list_is_refused_with_a_next_step() -> None:
    with pytest.raises(DeskError, match="Tambahkan"):
        render(projects(0), "A4")


def test_an_unknown_size_is_refused_by_naming_the_known_ones() -> None:
    with pytest.raises(DeskError, match="A4 atau F4 atau A3"):
        render(apbdes(), "Letter")


def test_letters_no_typeface_has_are_named_before_anything_is_printed() -> None:
    aksara = replace(VILLAGE, head_name="Sutrisno ꦱꦸ")
    with pytest.raises(DeskError, match="ꦱ"):
        render(replace(apbdes(), village=aksara), "A4")


def test_text_that_reverses_or_hides_itself_is_printed_as_what_it_is() -> None:
    hidden = replace(VILLAGE, head_name="Sutris\u202eno\u200b <b>&amp;\x07")
    text = text_of(render(replace(apbdes(), village=hidden), "A4").pdf)
    assert "Sutrisno <b>&amp;, Kepala Desa" in text
