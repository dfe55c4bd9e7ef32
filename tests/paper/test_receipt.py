"""The receipt says what was asked, until when it is answered and why, and what the citizen may do next."""

import datetime as dt
from dataclasses import replace

import pytest

from desk.paper.receipt import render
from desk.store import DeskError
from tests.paper.pdfcheck import MM, faults, read, text_of
from tests.paper.samples import NOTE, receipt


def whole(pdf: bytes) -> str:
    return " ".join(text_of(pdf).split())


@pytest.mark.parametrize(("size", "millimetres"), [("A4", (210, 297)), ("F4", (215, 330))])
def test_a_receipt_comes_in_duplicate_without_a_fault(size, millimetres):
    pdf = render(receipt(), size)
    sheets = read(pdf)
    assert len(sheets) == 2
    assert all((s.width / MM, s.height / MM) == pytest.approx(millimetres, abs=0.01) for s in sheets)
    assert faults(pdf, floor=7.5) == []
    copies = [" ".join(sheet.runs()) for sheet in sheets]
    assert "Lembar untuk pemohon" in copies[0]
    assert "Lembar untuk arsip meja informasi" in copies[1]


def test_it_holds_every_field_of_the_form():
    r = receipt()
    text = whole(render(r, "A4"))
    for value in (
        "Nomor 007/PI/A/2026", "Minggu, 22 November 2026", r.name, "Dusun Krajan RT 03/RW 01", r.occupation, r.contact,
        r.details, r.purpose, r.obtain, r.delivery, r.ppid, "Dijawab paling lambat Jumat, 4 Desember 2026", NOTE,
    ):  # fmt: skip
        assert value in text


def test_it_shows_each_day_and_why_some_do_not_count():
    r = receipt(dt.date(2026, 12, 18))
    text = whole(render(r, "A4"))
    assert "Tidak dihitung: Sabtu dan Minggu; " in text
    assert "Jum, 25 Des 2026 (Hari Raya Natal)" in text
    strip = [run for run in read(render(r, "A4"))[0].runs() if run.isdigit()]
    assert [str(day.date.day) for day in r.days] == [run for run in strip if run in {str(d.date.day) for d in r.days}][
        : len(r.days)
    ]


def test_it_names_the_rights_with_their_articles():
    text = whole(render(receipt(), "A4"))
    for right in ("10 hari kerja", "7 hari kerja", "30 hari kerja", "14 hari kerja", "Pasal 22 ayat (7) dan (8)",
                  "Pasal 35 dan 36", "Pasal 37 ayat (2)", "atasan PPID (Kepala Desa)", "UU 14/2008"):  # fmt: skip
        assert right in text


def test_an_estimated_date_is_called_an_estimate():
    assert "perkiraan" in whole(render(replace(receipt(), due_certain=False), "A4"))
    assert "perkiraan" not in whole(render(receipt(), "A4"))


def test_a_long_question_goes_on_overleaf_and_loses_nothing():
    words = [f"kata{i}" for i in range(900)]
    pdf = render(receipt(details=" ".join(words)), "A4")
    assert len(read(pdf)) == 4
    assert faults(pdf, floor=7) == []
    text = whole(pdf)
    assert all(text.count(word) == 2 for word in ("kata7 ", "kata777 ", "kata899 "))
    assert "halaman 2 dari 2" in text


def test_what_a_citizen_wrote_is_printed_as_text_and_nothing_else():
    wrote = "<b>RAB</b> &amp; <para>\u202ebalik\u202c\n\nbaris \x1bdua {name} %s"
    text = whole(render(receipt(details=wrote), "A4"))
    assert "<b>RAB</b> &amp; <para>balik baris dua {name} %s" in text


def test_an_empty_field_is_a_dash_not_a_gap():
    assert "Pekerjaan –" in whole(render(replace(receipt(), occupation=""), "A4"))


def test_a_receipt_is_not_printed_on_a_poster_sheet():
    with pytest.raises(DeskError, match="A4 atau F4"):
        render(receipt(), "A3")


def test_two_prints_of_one_receipt_are_the_same():
    assert render(receipt(), "A4") == render(receipt(), "A4")
