"""A book holds every row once, breaks no identifier, prints what a person wrote, and says whose copy it is."""

import datetime as dt
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from desk.paper.book.contents import TICK, dip_columns, objection_columns, request_columns
from desk.paper.book.records import Count, DipEntry, MonthLine, RequestBook
from desk.paper.book.render import MARGIN, render
from desk.paper.book.ruler import Ruler
from desk.paper.text import faces, paragraphs
from desk.store import DeskError
from tests.paper.books import COVER, NASTY, dip, objections, report, request, requests
from tests.paper.pdfcheck import EDGE, MM, Sheet, read, text_of

NUMBER = re.compile(r"\d{3,}/PI/A/2026")
PERSONAL = ("name", "address", "contact", "occupation")


def whole(pdf: bytes) -> str:
    return " ".join(text_of(pdf).split())


def numbers(pdf: bytes) -> list[str]:
    """Every register number in the order it stands in, page by page; a broken one is not found."""
    return [run for sheet in read(pdf) for run in sheet.runs() if NUMBER.fullmatch(run)]


def beyond(sheets: list[Sheet]) -> list[str]:
    """Characters outside what the printer reaches."""
    return [
        glyph.text
        for sheet in sheets
        for glyph in sheet.glyphs
        if glyph.text.strip()
        and not (glyph.left >= EDGE and glyph.right <= sheet.width - EDGE and glyph.bottom <= sheet.height - EDGE)
    ]


@pytest.mark.parametrize(("size", "millimetres"), [("A4", (297, 210)), ("F4", (330, 215))])
def test_a_register_lies_across_the_sheet_with_its_heading_on_every_page(size, millimetres):
    pdf = render(requests(90), size)
    sheets = read(pdf)
    assert len(sheets) > 3
    assert all((s.width / MM, s.height / MM) == pytest.approx(millimetres, abs=0.01) for s in sheets)
    for page, sheet in enumerate(sheets, 1):
        runs = sheet.runs()
        assert "REGISTER PERMOHONAN INFORMASI" in runs
        assert any("1 Januari 2026 sampai 31 Desember 2026, keadaan per 22 November 2026" in run for run in runs)
        assert any("Desa Contoh · Kecamatan Sumberrejo · Kabupaten Bojonegoro" in run for run in runs)
        assert f"halaman {page} dari {len(sheets)}" in runs
        assert page == len(sheets) or {"No.", "Tanggal", "Pekerjaan", "Keputusan", "Ya", "Tidak"} <= set(runs)
    assert numbers(pdf) == [request(i).number for i in range(1, 91)]
    assert beyond(sheets) == []


def test_the_books_have_the_columns_of_the_law():
    assert len(request_columns(True)) == 20
    assert len(objection_columns(True)) == 11
    assert len(dip_columns()) == 7


def test_every_cell_of_a_request_is_printed():
    row = request(7, held=False, holder="Dinas PU", hard=True, view=True, reason="Pasal 17 huruf h", decision="Ditolak")
    text = whole(render(RequestBook(COVER, (row,)), "F4"))
    for said in (row.number, "08-01-2026", row.name, row.address.split(" RT")[0], "RT 03/RW 01", row.contact,
                 row.occupation, "gambar teknisnya", "musyawarah", "Dinas PU", "Ditolak", "Pasal 17", "Jumat,",
                 "20-11-2026", "Minggu,", "22-11-2026", "Rp 12.500", "tunai", "Jumlah permohonan: 1."):  # fmt: skip
        assert said in text
    assert text.count(TICK) == 4


def test_the_copy_without_identities_names_nobody_and_says_so():
    book = replace(requests(12), identities=False)
    pdf = render(book, "A4")
    text = whole(pdf)
    assert "SALINAN TANPA IDENTITAS PEMOHON" in read(pdf)[0].runs()
    assert not any(getattr(row, field) in text for row in book.rows for field in PERSONAL)
    assert numbers(pdf) == [row.number for row in book.rows]
    assert "SALINAN" not in whole(render(requests(12), "A4"))
    assert "Warga" not in whole(render(replace(objections(3), identities=False), "A4"))


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_whatever_a_person_wrote_is_printed_and_nothing_is_cut(text):
    fields = ("name", "address", "contact", "occupation", "sought", "purpose", "decision", "reason", "payment")
    book = RequestBook(COVER, (request(1), request(2, **dict.fromkeys(fields, text)), request(3)))
    pdf = render(book, "A4")
    sheets = read(pdf)
    assert numbers(pdf) == [row.number for row in book.rows]
    assert beyond(sheets) == []
    letters = "".join(glyph.text for sheet in sheets for glyph in sheet.glyphs)
    assert "\ufffd" not in letters and "\x00" not in letters
    for word in {"kata", "tanpaspasi"} & set(re.findall("kata|tanpaspasi", text)):
        # Words broken over the lines of a column stand apart in the text; their letters are all there.
        rare = "k" if word == "kata" else "s"
        without = "".join(g.text for s in read(render(_others(book), "A4")) for g in s.glyphs)
        assert letters.count(rare) - without.count(rare) >= len(fields) * text.count(rare)


def _others(book: RequestBook) -> RequestBook:
    """The book with its second row all but empty."""
    return replace(book, rows=(book.rows[0], request(2, name="", address="", sought="", purpose=""), book.rows[2]))


def test_a_letter_no_typeface_has_is_its_code_and_the_book_says_so():
    text = whole(render(requests(1, sought="salam \U0001f642\ufe0f dari Jawa: \ua9b2"), "A4"))
    assert "[U+1F642]" in text and "[U+A9B2]" in text
    assert "adalah kode huruf" in text
    assert "adalah kode huruf" not in whole(render(requests(1), "A4"))


def test_more_letters_than_one_font_holds_are_all_printed():
    plain = faces().plain
    letters = [ch for ch in map(chr, range(0xA1, 0x2FFF)) if ch.isalpha() and not plain.missing(ch)]
    alphabet = [ch for ch in letters if unicodedata.normalize("NFC", ch) == ch]
    assert len(alphabet) > 260
    text = whole(render(requests(2, sought=" ".join(alphabet)), "F4"))
    assert "[U+" not in text
    assert set(alphabet) - set(text) == set()


def test_phones_and_long_numbers_stand_on_one_line():
    phones = "0812 3456 7890/0813-1111-2222; ani@contoh.id"
    row = replace(request(1, contact=phones), number="474.3/0012/PPID/DS-KDW/XI/2026")
    runs = [run.replace("\u00a0", " ") for run in read(render(RequestBook(COVER, (row,)), "A4"))[0].runs()]
    assert row.number in runs
    assert any("0812 3456 7890" in run for run in runs)
    assert any("0813-1111-2222" in run for run in runs)
    assert any("ani@contoh.id" in run for run in runs)


pieces = st.sampled_from(
    ("RT", "RW", "No.", "Rp", "Nomor", "Pasal", "Tahun", "tahun", "03", "1.000", " ", "  ", "a", "é", "\n")
)


@given(st.lists(pieces, max_size=8).map(" ".join) | st.lists(pieces, max_size=8).map("".join) | st.text())
def test_a_text_is_cleaned_as_every_paper_cleans_it(text):
    assert Ruler(faces().plain).prepared(text) == tuple(map(Ruler(faces().plain).drawable, paragraphs(text)))


lengths = st.lists(st.one_of(st.integers(0, 40), st.integers(0, 1500)), min_size=1, max_size=40)


@given(lengths, st.sampled_from(("A4", "F4")))
@given_settings(max_examples=25)
def test_every_row_stands_there_exactly_once_whatever_its_height(words, size):
    rows = tuple(
        request(i, sought=" ".join(f"w{i}x{j}" for j in range(count)) or "-", purpose="ingin tahu")
        for i, count in enumerate(words, 1)
    )
    pdf = render(RequestBook(COVER, rows), size)
    assert numbers(pdf) == [row.number for row in rows]
    found = re.findall(r"w\d+x\d+", text_of(pdf))
    assert sorted(found) == sorted(word for row in rows for word in row.sought.split() if word != "-")


def test_a_row_taller_than_a_page_goes_on_overleaf_under_the_heading():
    pdf = render(RequestBook(COVER, (request(1), request(2, sought="kata " * 3000), request(3))), "A4")
    sheets = read(pdf)
    assert len(sheets) > 3
    assert all("Keputusan" in sheet.runs() for sheet in sheets)
    assert whole(pdf).count("kata") == 3000


def test_an_empty_register_says_that_there_was_nothing():
    text = whole(render(requests(0), "A4"))
    assert "Tidak ada permohonan." in text
    assert "Jumlah permohonan: 0." in text


def test_the_register_of_objections_explains_its_letters():
    pdf = render(objections(40), "A4")
    text = whole(pdf)
    assert "REGISTER KEBERATAN" in text
    assert "Menguatkan sebagian" in text and "Sutrisno, Kepala Desa" in text
    assert "c: tidak ditanggapi" in text
    assert re.findall(r"\d{3}/KB/A/2026", text) == [row.number for row in objections(40).rows]
    assert beyond(read(pdf)) == []


def test_the_public_list_is_told_by_class():
    text = whole(render(dip(), "A4"))
    assert "DAFTAR INFORMASI PUBLIK DESA CONTOH" in text
    places = [text.index(said) for said in ("A. Informasi yang diumumkan secara berkala", "semester I", "B. Informasi",
              "bahaya banjir", "C. Informasi", "pihak ketiga", "D. Informasi yang dikecualikan")]  # fmt: skip
    assert places == sorted(places)
    assert "Belum ada." in text[places[-1] :]


def test_a_long_class_is_named_again_overleaf():
    entries = tuple(replace(dip().entries[0], summary=f"Keputusan nomor {i} selesai") for i in range(1, 101))
    pdf = render(replace(dip(), entries=entries), "F4")
    assert "A. Informasi yang diumumkan secara berkala (lanjutan)" in read(pdf)[1].runs()
    text = whole(pdf)
    assert all(text.count(f"nomor {i} selesai") == 1 for i in range(1, 101))


def test_an_entry_without_a_class_is_no_entry():
    with pytest.raises(ValueError, match="rahasia"):
        DipEntry("rahasia", "Buku kas", "Kaur Keuangan")


def test_the_annual_report_holds_the_four_figures_and_the_six_parts():
    pdf = render(report(), "A4")
    text = whole(pdf)
    for said in ("paling lambat 31 Maret 2027", "a. Permohonan yang diterima 132", "6,5 hari kerja", "6 hari kerja",
                 "seluruhnya 72", "sebagian 24", "ditolak 12", "Pasal 17 huruf h (9); belum dikuasai (3)",
                 "I. Gambaran umum kebijakan", "Nomor 3 Tahun 2024", "II. Gambaran umum pelaksanaan", "dua petugas",
                 "III. Rincian pelayanan", "Januari 11 6 2 1 1 1", "Jumlah 132 72 24 12 12 12", "IV. Rincian",
                 "12/KI-JATIM/2026", "mediasi", "V. Kendala", "merangkap", "sering putus", "VI. Rekomendasi",
                 "Tambah satu petugas.", "Pelatihan petugas pada Maret 2027."):  # fmt: skip
        assert said in text
    assert beyond(read(pdf)) == []
    assert read(pdf)[0].width < read(pdf)[0].height


def test_an_empty_year_is_reported_too():
    months = tuple(MonthLine(month, 0) for month in range(1, 13))
    empty = replace(report(), months=months, mean_days=None, median_days=None, reasons=(), dispute_lines=(), policy="")
    text = whole(render(empty, "F4"))
    assert "belum ada yang dijawab" in text and "tidak ada penolakan" in text and "Tidak ada sengketa." in text
    assert not re.search(r"\b(None|nan)\b", text)


def test_a_long_chapter_goes_on_overleaf():
    words = " ".join(f"kata{i}." for i in range(3000))
    text = whole(render(replace(report(), service=words, reasons=(Count("alasan " * 300, 1),)), "A4"))
    assert all(text.count(f"kata{i}.") == 1 for i in (0, 777, 1500, 2999))


def test_a_book_is_not_printed_on_a_poster_sheet():
    with pytest.raises(DeskError, match="A4 atau F4"):
        render(requests(1), "A3")


def test_two_prints_of_one_book_are_the_same():
    assert render(requests(30), "A4") == render(requests(30), "A4")


def test_amounts_with_sen_and_days_of_another_century_are_printed():
    row = request(1, fee=Decimal("1234567.50"), received=dt.date(1999, 12, 31))
    text = whole(render(RequestBook(COVER, (row,)), "A4"))
    assert "Rp 1.234.567,50" in text and "31-12-1999" in text


def test_the_margin_leaves_what_no_printer_reaches():
    assert MARGIN >= EDGE


def test_what_a_book_is_made_from_needs_no_reportlab():
    code = "import sys, desk.paper.book.records; print('reportlab' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
