"""An old register is understood as villages write it; what cannot be read is told by row, and nobody is named."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from desk.exchange.register import RegisterFile, read_register
from desk.store import DeskError

Save = Callable[..., Path]

PLAIN = ["No", "Tgl", "Nama", "Alamat", "No. HP", "Pekerjaan", "Rincian informasi", "Tujuan", "Status", "Alasan"]
STATUTORY = [
    ["REGISTER PERMOHONAN INFORMASI PUBLIK DESA CONTOH"],
    [],
    ["No", "No. Pendaftaran", "Hari/Tanggal", "Nama", "Alamat", "Nomor Kontak", "Pekerjaan", "Informasi yang Diminta",
     "Tujuan Penggunaan Informasi", "Status Informasi", "", "", "", "Jenis Permohonan", "", "Keputusan",
     "Alasan Penolakan", "Hari dan Tanggal", "", "Biaya dan Cara Pembayaran", ""],
    ["", "", "", "", "", "", "", "", "", "Di Bawah Penguasaan", "", "Bentuk Informasi yang Dikuasai", "",
     "Melihat/Mengetahui", "Meminta Salinan", "", "", "Pemberitahuan Tertulis", "Pemberian Informasi", "Biaya", "Cara"],
    ["", "", "", "", "", "", "", "", "", "Ya", "Tidak", "Softcopy", "Hardcopy"],
    [*range(1, 22)],
    [1, "001/PPID/2023", "Senin, 2 Januari 2023", "Siti Contoh", "RT 1", 81234567890, "Petani", "RAB jalan",
     "ingin tahu", "√", "", "√", "", "", "√", "Dikabulkan", "", dt.date(2023, 1, 9), "10/1/23", "Rp 5.000", "tunai"],
    [2, "002/PPID/2023", "2 Peb 2023", "Budi Contoh", "", "budi@contoh.id", "", "Data BLT", "", "", "Dinas Sosial",
     "", "", "√", "", "", "", "9-2-2023", "", "", ""],
    [3, "003/PPID/2023", "02.03.2023", "Tono Contoh", "", "", "", "Riwayat sakit warga", "", "√", "", "", "√", "", "√",
     "Ditolak", "Pasal 17 huruf h", "2023-03-09", "", "gratis", ""],
    ["", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "Contoh, 31 Desember 2023"],
    ["", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "Kepala Desa"],
]  # fmt: skip


def plain(save: Save, *rows: list[object], name: str = "register.csv", heading: list[str] = PLAIN) -> RegisterFile:
    """A register with one row of headings."""
    return read_register(save(name, [heading, *rows]))


def told(file: RegisterFile) -> list[tuple[int | None, str]]:
    """Row and sentence of whatever keeps a row out."""
    return [(problem.row, problem.message) for problem in file.problems if problem.blocks]


@pytest.mark.parametrize("name", ["register.xlsx", "register.ods", "register.csv"])
def test_the_twenty_cells_of_the_statutory_register_are_found_under_their_three_rows_of_headings(save, name):
    rows = [[cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row] for row in STATUTORY]
    first, second, third = read_register(save(name, STATUTORY if name.endswith("xlsx") else rows)).entries
    assert (first.label, first.received, first.decided, first.handed) == (
        "001/PPID/2023", dt.date(2023, 1, 2), dt.date(2023, 1, 9), dt.date(2023, 1, 10),
    )  # fmt: skip
    assert (first.decision, first.access, first.form, first.fee) == ("granted", "copy", "soft", Decimal(5000))
    assert first.identity["name"] == "Siti Contoh" and first.identity["phone"] == "081234567890"
    assert (second.decision, second.elsewhere, second.access) == ("not_held", "Dinas Sosial", "view")
    assert second.identity["email"] == "budi@contoh.id" and second.identity["phone"] == ""
    assert (third.decision, third.grounds, third.decided) == ("refused", ("h",), dt.date(2023, 3, 9))
    assert third.fee == 0


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("No. Reg", "number"), ("Nomor Pendaftaran", "number"), ("Tanggal Permohonan", "received"), ("TGL", "received"),
        ("Nama Pemohon", "name"), ("No. Telp/HP", "contact"), ("Kontak", "contact"), ("Alamat Pemohon", "address"),
        ("Informasi yang dibutuhkan", "sought"), ("Rincian Informasi", "sought"), ("Tujuan", "purpose"),
        ("Alasan Permintaan Informasi", "purpose"), ("Alasan Penolakan", "reason"), ("Keputusan PPID", "decision"),
        ("Tgl Pemberitahuan", "notified"), ("Tanggal Jawaban", "notified"), ("Tgl. Penyerahan", "handed"),
        ("NIK", "identity_number"), ("No. KTP", "identity_number"), ("Tgl Registrasi", "registered"),
        ("Keterangan", ""), ("Paraf Petugas", ""), ("Kategori", ""),
    ],
)  # fmt: skip
def test_a_heading_is_known_in_the_ways_villages_write_it(save, heading, role):
    base = {"number": "No", "received": "Tanggal terima", "name": "Nama"}
    headings = [words for known, words in base.items() if known != role] + [heading, "Desa"]
    used = dict(plain(save, ["1", "2/1/2023", "Siti", "x", "y"], heading=headings).columns)
    assert used[heading] == role


@pytest.mark.parametrize(
    "written",
    ["2/1/2023", "02-01-23", "2.1.2023", "2 Januari 2023", "Senin, 2 Jan 2023", "2023-01-02", "2-Jan-2023", 44928],
)
def test_a_day_is_understood_however_it_is_written(save, written):
    file = plain(save, [1, written, "Siti", "", "", "", "RAB", "", "dikabulkan", ""], name="register.xlsx")
    assert file.entries[0].received == dt.date(2023, 1, 2)


@pytest.mark.parametrize(
    ("said", "decision"),
    [
        ("Dikabulkan", "granted"), ("diberikan seluruhnya", "granted"), ("Dikabulkan sebagian", "partly"),
        ("DITOLAK", "refused"), ("tidak dapat diberikan", "refused"), ("dikecualikan", "refused"),
        ("tidak dikuasai", "not_held"), ("Belum didokumentasikan", "not_held"), ("dicabut pemohon", "withdrawn"),
        ("batal", "void"), ("gugur", "lapsed"), ("berkas tidak lengkap", "lapsed"), ("dalam proses", ""),
        ("belum dijawab", ""), ("sudah tersedia di website", "public"), ("", ""), ("selesai", "granted"),
    ],
)  # fmt: skip
def test_a_decision_is_understood_in_the_words_people_use(save, said, decision):
    assert plain(save, [1, "2/1/2023", "Siti", "", "", "", "RAB", "", said, ""]).entries[0].decision == decision


def test_what_cannot_be_read_is_told_by_row_and_the_other_rows_are_kept(save):
    file = plain(
        save,
        ["1", "2/1/2023", "Siti", "", "", "", "RAB", "", "dikabulkan", ""],
        ["", "3/1/2023", "Budi", "", "", "", "RAB", "", "", ""],
        ["3", "31/2/2023", "Tono", "", "", "", "RAB", "", "", ""],
        ["4", "", "Rina", "RT 1", "", "", "RAB", "", "", ""],
        ["5", "5/1/2023", "Wati", "", "", "", "RAB", "", "manut pak lurah", ""],
        ["6", "6/1/2023", "", "", "", "", "", "", "", ""],
    )
    assert [entry.label for entry in file.entries] == ["1", "6"]
    said = told(file)
    assert [row for row, _sentence in said] == [3, 4, 5, 6]
    for word, (row, sentence) in zip(
        ("nomornya kosong", "tidak terbaca", "kosong", "tidak dikenal"), said, strict=True
    ):
        assert sentence.startswith(f"Baris {row}: ") and word in sentence


def test_no_sentence_repeats_what_stands_in_a_cell(save):
    file = plain(
        save,
        ["3522155506900001", "2/1/2023", "x", "", "", "", "RAB", "", "", ""],
        ["2", "Siti Tersembunyi", "x", "", "", "", "RAB", "", "", ""],
        ["3", "2/1/2023", "x", "", "", "", "RAB", "", "Siti Tersembunyi", ""],
        ["Siti Tersembunyi", "2/1/2023", "x", "", "", "", "RAB", "", "", ""],
    )
    assert len(told(file)) == 4
    everything = repr(file.problems) + repr(file)
    assert "Tersembunyi" not in everything and "3522155506900001" not in everything


def test_columns_nobody_asked_for_are_named_and_kept_out(save):
    file = plain(save, ["1", "2/1/2023", "Siti", "catatan pribadi"], heading=["No", "Tgl", "Nama", "Keterangan"])
    assert file.left_out == ("Keterangan",)
    assert "“Keterangan”" in file.problems[0].message and "catatan pribadi" not in repr(file)


def test_month_titles_repeated_headings_and_signatures_are_no_requests(save):
    file = plain(
        save,
        ["JANUARI 2023"],
        ["1", "2/1/2023", "Siti", "", "", "", "RAB", "", "dikabulkan", ""],
        PLAIN,
        ["2", "3/1/2023", "Budi", "", "", "", "RAB", "", "ditolak", ""],
        [],
        ["", "", "", "", "", "", "", "", "Contoh, 31 Desember 2023"],
        ["", "", "Mengetahui", "", "", "", "", "", "Sekretaris Desa"],
    )
    assert [entry.label for entry in file.entries] == ["1", "2"] and told(file) == []


def test_every_sheet_with_a_register_is_read_and_named_in_the_sentences(save):
    row = [1, "2/1/2023", "Siti", "", "", "", "RAB", "", "dikabulkan", ""]
    sheets = {
        "2022": [PLAIN, [1, "2/1/2022", *row[2:]]],
        "2023": [PLAIN, row, [2, "kapan", *row[2:]]],
        "Rekap": [["Bulan", "Jumlah", "Ket"], ["Januari", 2, ""]],
    }
    file = read_register(save("register.xlsx", sheets=sheets))
    assert [(entry.sheet, entry.received.year) for entry in file.entries] == [("2022", 2022), ("2023", 2023)]
    assert told(file)[0][1].startswith("Baris 3: lembar “2023”, ")


def test_a_formula_is_never_evaluated_and_one_without_a_result_keeps_its_row_out(save):
    row = [1, "2/1/2023", '=HYPERLINK("http://contoh.invalid","Siti")', "", "", "", "RAB", "", "dikabulkan", ""]
    file = plain(save, row, name="register.xlsx")
    assert file.entries == () and "rumus" in told(file)[0][1]
    as_text = plain(save, [1, "2/1/2023", "=1+1", "", "", "", "=cmd()", "", "dikabulkan", ""])
    assert as_text.entries[0].sought == "=cmd()"


def test_a_number_the_spreadsheet_made_a_date_of_is_asked_for_again(save):
    row = [dt.date(2023, 1, 12), "2/1/2023", "Siti", "", "", "", "RAB", "", "dikabulkan", ""]
    assert "nomornya berubah menjadi tanggal" in told(plain(save, row, name="register.xlsx"))[0][1]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7 x", "PDF"), (b"\x89PNG\r\n\x1a\n123", "gambar"), (b"PK\x03\x04rusak", "rusak"), (b"  \n", "kosong"),
        (b"satu baris tanpa kolom\n", "012/PPID/2023"), (b"a;b;c\n1;2;3\n", "Judul kolom register tidak ditemukan"),
    ],
)  # fmt: skip
def test_what_is_no_register_is_refused_with_a_next_step(tmp_path, content, word):
    path = tmp_path / "register.xlsx"
    path.write_bytes(content)
    with pytest.raises(DeskError, match=word) as refusal:
        read_register(path)
    assert "APBDes" not in str(refusal.value)
