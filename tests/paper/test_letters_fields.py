"""Every field of every letter stands on its paper, in A4 and F4, on one page where the form is one page."""

import re
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from desk.foi import rules
from desk.paper.letters import request
from desk.paper.letters.objection import GROUNDS
from desk.paper.letters.press import render
from desk.store import DeskError
from tests.paper.letters import ASKED, ASKER, LETTERS, NOT_HELD, NOTICE, OBJECTION, typed
from tests.paper.pdfcheck import MM, faults, read, said, text_of

SIZES = {"A4": (210, 297), "F4": (215, 330)}
BLANK = ("form-blank", "objection-blank")
PAGES = {"form": 4, "form-blank": 2, "notice-items": 2} | dict.fromkeys(
    ("handover", "payment", "withdrawal", "objection", "objection-receipt", "agreement"), 2
)
"""Copies and back sides counted; everything else is one page."""

SAID = {
    "form": (
        "FORMULIR PERMOHONAN INFORMASI", "Nomor pendaftaran 007/PI/A/2026", "dibuat rangkap dua", "Petani",
        "3522170101800001", "UU 27/2022 Pasal 20", "disimpan 5 tahun", "3 × 24 jam", "HAK-HAK PEMOHON INFORMASI",
    ),
    "missing": ("Pemberitahuan kekurangan", "3 hari kerja", "Yang masih perlu dilengkapi"),
    "notice-a": (
        "A. Informasi dapat diberikan", "Penguasaan informasi", "Bentuk fisik", "Rp 500 12 lembar Rp 6.000",
        "Pengiriman Rp 9.000", "Lain-lain: map Rp 2.500", "Jumlah Rp 17.500", "2 hari, Rabu, 25 November 2026",
        "Penjelasan penghitaman : Nomor rekening", "sebagian: RAB lengkap",
    ),
    "notice-b": ("B. Informasi tidak dapat diberikan", "belum didokumentasikan", "Dinas Pekerjaan Umum"),
    "notice-items": ("Permintaan 1", "Permintaan 4", "Kamis, 10 Desember 2026", "Keputusan 470/032/PPID/XI/2026"),
    "extension": ("Pasal 22 ayat (8)", "7 hari kerja", "Jumat, 4 Desember", "Selasa, 15 Desember 2026", "perkiraan"),
    "changed-due": ("Batas jawaban semula : Jumat, 4", "Batas jawaban baru : Senin, 7", "tidak berlaku lagi"),
    "refusal": (
        "INFORMASI YANG DIKECUALIKAN", "PERMOHONAN INFORMASI DITOLAK", "Petani", "30 hari kerja", "Pasal 36 ayat (1)",
        "Kepala Desa Contoh selaku atasan PPID",
    ),
    "consideration": ("Pasal 7 ayat (4) dan (5)", "Menyetujui,", "Sutrisno", "Sri Wahyuni", "Pertahanan dan keamanan"),
    "classification": (
        "a. Jenis klasifikasi", "b. PPID yang menetapkan : Sri Wahyuni", "c. Badan publik dan unit kerja",
        "d. Jangka waktu pengecualian", "e. Alasan pengecualian", "f. Tempat dan tanggal penetapan : Contoh, 23",
        "Menyetujui,", "Pasal 11 PP 61/2010", "mengubah 470/011/PPID/II/2025",
    ),
    "blackened": ("Yang dihitamkan", "Daftar hadir", "Pasal 22 ayat (7) huruf e"),
    "handover": ("Pasal 5 ayat (2)", "tujuh belas ribu lima ratus rupiah", "Penerima", "permohonan nomor 007/PI/A"),
    "payment": ("KUITANSI", "Rp 17.500", "tujuh belas ribu lima ratus rupiah", "tunai di meja informasi"),
    "withdrawal": ("TANDA TERIMA PENCABUTAN", "nomornya tetap tercatat"),
    "void": ("TANDA BATAL CATAT", "tetap ada dalam register", "Disetujui oleh : Sri Wahyuni"),
    "holder-note": ("Ditunggu paling lambat : Jumat, 27", "Batas jawaban kepada pemohon : Jumat, 4"),
    "objection": (
        "A. Informasi pengaju", "B. Alasan", "C. Kasus posisi", "D. Hari dan tanggal", *GROUNDS.values(), "lisan",
        "Diajukan lewat 30 hari kerja", "Jumat, 8 Januari 2027", "Petani",
    ),
    "objection-receipt": ("TANDA TERIMA KEBERATAN", "002/KB/A/2026", "perkiraan", "Pasal 35 ayat (2)", "14 hari kerja"),
    "answer": ("Tanggapan atas keberatan", "Keputusan : Keputusan PPID tetap", "Alasan : Data kesehatan", "Pasal 37"),
    "agreement": ("BERITA ACARA MUSYAWARAH", "Pasal 35 ayat (2)", "f. biaya yang dikenakan", "Kesepakatan"),
    "breach": ("Pasal 46 UU 27/2022", "3 × 24 jam", "Minggu, 22 November 2026 08.30 WIB", "Rabu, 25 November"),
}  # fmt: skip
"""What the law or the form has each paper say, beside the fields."""

NOT_THE_DESKS = {ASKER.identity, ASKER.occupation}
"""Of the requester only what a paper's form asks for stands on it."""

TABLES = ("blackened",)

UNSAID = {
    "form": {"470/031/PPID/XI/2026"},
    "objection": {"470/031/PPID/XI/2026", ASKER.identity, ASKER.proxy},
    "objection-receipt": NOT_THE_DESKS
    | {"470/031/PPID/XI/2026", ASKER.proxy, OBJECTION.case, OBJECTION.purpose, OBJECTION.proxy_address}
    | {OBJECTION.proxy_contact},
    "refusal": {ASKER.identity},
    "payment": NOT_THE_DESKS | {ASKER.address, ASKER.contact, ASKER.proxy, ASKED.details, "20 November 2026"},
}
"""Fields that are in a record and not on its paper; the papers of the register go by the register's number."""


def whole(pdf: bytes) -> str:
    """All text in one line."""
    return " ".join(text_of(pdf).split())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_whole_and_without_a_fault(name, size):
    pdf = render(LETTERS[name], size)
    sheets = read(pdf)
    assert all((s.width / MM, s.height / MM) == pytest.approx(SIZES[size], abs=0.01) for s in sheets)
    assert len(sheets) == PAGES.get(name, 1)
    assert faults(pdf, floor=6.5) == []
    text = whole(pdf)
    for line in ("PEMERINTAH KABUPATEN BOJONEGORO", "KECAMATAN SUMBERREJO", "DESA CONTOH", *SAID.get(name, ())):
        assert line in text
    words = set(text.split())
    fields = [] if name in BLANK else typed(LETTERS[name])
    # Cells of a table stand beside each other, so their words are looked for one by one.
    gone = {f for f in fields if f not in text and not (name in TABLES and set(f.split()) <= words)}
    assert gone - UNSAID.get(name, NOT_THE_DESKS) == set()


def test_the_blank_forms_ask_for_every_field_and_hold_nobody():
    text = whole(render(LETTERS["form-blank"], "A4"))
    for label in (
        "Tanggal diterima", "Nama", "NIK, atau nomor keputusan badan hukum", "Alamat", "Pekerjaan", "Telepon/e-mail",
        "Kuasa", "Rincian informasi", "Tujuan penggunaan", "Surat yang dilampirkan", "perorangan", "badan hukum",
        "kelompok orang", "melihat/membaca/mendengarkan/mencatat", "hardcopy", "softcopy", "mengambil langsung",
        "kurir", "pos", "faksimili", "surel (e-mail)", "Petugas pelayanan informasi", "Pemohon informasi",
        "(nama jelas)",
    ):  # fmt: skip
        assert label in text
    text += whole(render(LETTERS["objection-blank"], "A4"))
    assert "Nama kuasa" in text and "Paling lambat" in text
    assert "Siti" not in text and "Sri Wahyuni" not in text


def test_the_back_side_names_six_rights_with_their_articles():
    sheets = read(render(LETTERS["form"], "A4"))
    for back in (sheets[1], sheets[3]):
        runs = " ".join(run.replace("\u00a0", " ") for run in back.runs())
        assert [mark for mark in ("I.", "II.", "III.", "IV.", "V.", "VI.") if mark in back.runs()] != []
        for right in ("Pasal 4", "Pasal 17", "Pasal 6 ayat (3) huruf e", "nomor pendaftaran", "10 hari kerja",
                      "7 hari kerja", "Pasal 21", "30 hari kerja", "14 hari kerja", "100 hari kerja"):  # fmt: skip
            assert right in runs


def crossed(pdf: bytes) -> list[str]:
    """The words behind each crossed box of the first page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        height = document[0].get_size()[1]
        shapes = [shape.get_bounds() for shape in document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
    finally:
        document.close()
    small = [s for s in shapes if 4 < s[2] - s[0] < 13 and abs((s[2] - s[0]) - (s[3] - s[1])) < 0.6]
    boxes = [b for b in small if any(b[0] < s[0] and s[2] < b[2] and b[1] < s[1] and s[3] < b[3] for s in small)]
    found = []
    for _left, bottom, right, top in boxes:
        for baseline, runs in read(pdf)[0].rows():
            if height - top < baseline < height - bottom:
                behind = [run for run in runs if right < run[0].left < right + 12]
                found += [said(run) for run in behind]
    return found


def test_boxes_are_crossed_as_the_record_says():
    form = crossed(render(LETTERS["form"], "A4"))
    assert form == ["perorangan", "mendapatkan salinan informasi", "salinan kertas (hardcopy)", "mengambil langsung"]
    assert crossed(render(LETTERS["form-blank"], "A4")) == []
    assert [run[0] for run in crossed(render(LETTERS["objection"], "A4"))] == ["c", "g"]
    assert crossed(render(LETTERS["answer"], "A4")) == ["menguatkan keputusan PPID"]
    assert crossed(render(LETTERS["notice-b"], "A4")) == [
        "B. Informasi tidak dapat diberikan, karena:",
        "informasi yang diminta belum dikuasai",
    ]


@pytest.mark.parametrize(
    ("decision", "box"),
    [
        ("granted", "A. Informasi dapat diberikan"),
        ("partly", "A. Informasi dapat diberikan"),
        ("public", "A. Informasi dapat diberikan"),
        ("refused", "informasi dikecualikan (Pasal 17), dengan keputusan penolakan tersendiri"),
        ("not_held", "informasi yang diminta belum dikuasai"),
        ("not_documented", "informasi yang diminta belum didokumentasikan"),
    ],
)
def test_each_decision_has_its_box(decision, box):
    assert box in crossed(render(replace(NOTICE, items=(replace(NOT_HELD, decision=decision),)), "A4"))


def test_the_form_has_a_box_for_every_answer_the_desk_takes():
    assert set(request.KINDS) == set(rules.APPLICANT_KINDS)
    assert set(request.ACCESS) == set(rules.ACCESS)
    assert set(request.COPY_FORMS) == set(rules.COPY_FORMS)
    assert set(request.DELIVERIES) == set(rules.DELIVERIES)


def test_names_stay_off_the_papers_that_do_not_need_them():
    for name in ("holder-note", "void", "consideration", "classification"):
        assert ASKER.name not in whole(render(LETTERS[name], "A4"))
    for name in set(LETTERS) - {"form"}:
        assert ASKER.identity not in whole(render(LETTERS[name], "A4"))


def test_a_number_not_given_yet_is_left_to_the_pen():
    letter = LETTERS["refusal"]
    assert "Nomor ......" in whole(render(replace(letter, issue=replace(letter.issue, number="")), "A4"))


def test_a_long_form_keeps_its_back_behind_the_first_page():
    entry = replace(LETTERS["form"].entry, details=tuple(f"permintaan ke-{i}" for i in range(80)))
    sheets = [" ".join(s.runs()) for s in read(render(replace(LETTERS["form"], entry=entry), "A4"))]
    assert len(sheets) == 8
    assert "HAK-HAK" in sheets[1] and "HAK-HAK" in sheets[5]
    assert re.search(r"halaman 3 dari 4", sheets[2]) and "permintaan ke-79" in sheets[2]


def test_nobody_signs_a_page_without_text():
    letter = LETTERS["refusal"]
    for lines in range(14, 40):
        items = (replace(letter.items[0], basis=("Pasal 17 huruf h",) * lines),)
        sheets = [" ".join(s.runs()).replace("\u00a0", " ") for s in read(render(replace(letter, items=items), "A4"))]
        assert "UU 14/2008)." in sheets[-1] and "Sri Wahyuni" in sheets[-1]


def test_a_letter_is_not_printed_on_a_poster_sheet():
    with pytest.raises(DeskError, match="A4 atau F4"):
        render(LETTERS["refusal"], "A3")


def test_two_prints_of_one_letter_are_the_same():
    assert render(LETTERS["notice-a"], "A4") == render(LETTERS["notice-a"], "A4")


def test_the_stamp_and_both_hands_have_their_room():
    for name in ("consideration", "classification", "refusal", "answer"):
        assert "tanda tangan dan cap" in whole(render(LETTERS[name], "A4"))
