"""Files beside the database: told by their content, named harmlessly, whole or not there, found out when altered."""

import datetime as dt
import hashlib
import io
import os
import random
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from desk import filekinds
from desk.filekinds import KINDS, kind_of, shown_name
from desk.files import LARGEST, Files, Kept, check
from desk.seal import KeyLost, Seal
from desk.store import DeskError

PDF = b"%PDF-1.4\n1 0 obj << /Name (Siti Contoh 3522155506900001) >> endobj\n%%EOF\n"
NIK = b"3522155506900001"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """The files of an empty folder."""
    return Files(tmp_path, Seal(bytes(32)))


def packed(parts: dict[str, bytes]) -> bytes:
    """An archive, as office programs write their documents."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def workbook() -> bytes:
    """A real xlsx."""
    held = io.BytesIO()
    Workbook().save(held)
    return held.getvalue()


WORD = b'<Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
SAMPLES = {
    "pdf": PDF,
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "docx": packed({"[Content_Types].xml": WORD, "word/document.xml": b"<w/>"}),
    "xlsx": workbook(),
    "odt": packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"}),
    "ods": packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<o/>"}),
    "txt": "Kepada Yth. Kepala Désa\r\n".encode("cp1252"),
}


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_is_what_it_holds_whatever_it_is_called(kind: str) -> None:
    for name in ("surat.exe", f"surat.{kind}", "", "x.pdf"):
        assert kind_of(SAMPLES[kind], name) == kind


def test_only_between_a_table_and_a_text_the_name_decides() -> None:
    for text in ("nama;jumlah\r\n", "\ufeffnama;jumlah"):
        assert kind_of(text.encode(), "DATA.CSV") == "csv"
        assert kind_of(text.encode(), "data.html") == "txt"
    assert kind_of("nama;jumlah".encode("utf-16"), "data.csv") == "csv"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "Yang diterima"),
        (b"\x7fELF\x02\x01\x01\x00", "Yang diterima"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "docx"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(20), "HEIC"),
        (packed({"a.txt": b"halo"}), "Yang diterima"),
        (packed({"[Content_Types].xml": WORD, "word/vbaProject.bin": b"x"}), "makro"),
        (packed({"mimetype": b"application/epub+zip"}), "Yang diterima"),
        (packed({f"{n}.xml": b"" for n in range(2001)} | {"[Content_Types].xml": WORD}), "Yang diterima"),
        (SAMPLES["docx"][:-30], "Yang diterima"),
        (b"PK\x03\x04" + bytes(40), "Yang diterima"),
        (b"surat\x00kosong", "Yang diterima"),
    ],
)
def test_what_is_none_of_the_kinds_is_refused_with_a_way_on(content: bytes, said: str) -> None:
    with pytest.raises(DeskError, match=said):
        kind_of(content, "surat.pdf")


@given(st.data())
def test_a_damaged_document_is_taken_or_refused_and_nothing_else(data: st.DataObject) -> None:
    content = bytearray(SAMPLES[data.draw(st.sampled_from(["docx", "xlsx", "odt", "pdf"]))])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        kind = kind_of(bytes(content), "x")
    except DeskError:
        return
    assert kind in KINDS


def test_a_document_that_unpacks_to_much_is_never_unpacked() -> None:
    listing = WORD + b" " * 50_000_000
    bomb = packed({"[Content_Types].xml": listing})
    assert len(bomb) < 100_000
    assert kind_of(bomb, "x") == "docx"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Surat Permohonan.pdf", "Surat Permohonan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Siti\\KTP.PDF", "KTP.pdf"),
        ("CON", "_CON.pdf"),
        ("aux.tar.pdf", "_aux.tar.pdf"),
        ("COM¹.pdf", "_COM¹.pdf"),
        (".bashrc", "bashrc.pdf"),
        ("-rf", "rf.pdf"),
        ("surat\u202efdp.exe", "suratfdp.exe.pdf"),
        ("surat.pdf:rahasia", "surat.pdf-rahasia.pdf"),
        ("surat\x00.exe\x00.pdf", "surat.exe.pdf"),
        ("a\nb\u2028c.pdf", "a b c.pdf"),
        ("surat. . .", "surat.pdf"),
        ("", "lampiran.pdf"),
        ("....", "lampiran.pdf"),
        ("\ud800.pdf", "lampiran.pdf"),
        ("x" * 300 + ".pdf", "x" * 115 + ".pdf"),
    ],
)
def test_a_hostile_name_becomes_a_plain_one(name: str, shown: str) -> None:
    assert shown_name(name, "pdf") == shown


@given(st.text(max_size=400), st.sampled_from(KINDS))
@example("con ", "txt")
@example("\U0001f600" * 300, "docx")
def test_every_name_can_be_saved_anywhere_and_stays_as_it_is_once_it_is_plain(name: str, kind: str) -> None:
    shown = shown_name(name, kind)
    assert shown.endswith(f".{kind}") and len(shown) <= filekinds.LONGEST_NAME and len(shown.encode()) <= 210
    assert not re.search(r'[/\\<>:"|?*]', shown) and shown[0] not in ".- "
    assert not any(unicodedata.category(ch) in ("Cc", "Cf", "Cs") for ch in shown)
    assert not re.match(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", shown, re.IGNORECASE)
    assert shown_name(shown, kind) == shown


def test_a_sealed_file_is_read_back_and_stands_nowhere_in_clear(files: Files, tmp_path: Path) -> None:
    kept = files.keep(PDF, "KTP Siti Contoh.pdf", is_sealed=True)
    assert files.read(kept) == PDF
    assert files.name_of(kept.address, kept.name, is_sealed=True) == "KTP Siti Contoh.pdf"
    assert (kept.kind, kept.size) == ("pdf", len(PDF))
    held = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert held == [tmp_path / "files" / kept.address[:2] / kept.address]
    stored = held[0].read_bytes() + kept.name
    assert NIK not in stored and b"Siti" not in stored


def test_the_address_of_a_sealed_file_says_nothing_to_whoever_holds_the_same_file(tmp_path: Path) -> None:
    addresses = {Files(tmp_path, Seal(bytes([n]) * 32)).keep(PDF, "x", is_sealed=True).address for n in (1, 1, 2)}
    assert len(addresses) == 2
    assert hashlib.sha256(PDF).hexdigest() not in addresses


def test_an_open_file_lies_under_its_own_hash_and_the_same_file_is_kept_once(files: Files, tmp_path: Path) -> None:
    first, second = (files.keep(PDF, name, is_sealed=False) for name in ("a.pdf", "b.pdf"))
    assert first.address == second.address == hashlib.sha256(PDF).hexdigest()
    assert first.name == b"a.pdf"
    assert files.read(second) == PDF == files.place(first.address).read_bytes()
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("is_sealed", [True, False])
def test_an_altered_file_is_never_shown_and_is_mended_by_choosing_it_again(files: Files, is_sealed: bool) -> None:
    kept = files.keep(PDF, "a.pdf", is_sealed=is_sealed)
    place = files.place(kept.address)
    dice = random.Random(1)
    whole = place.read_bytes()
    for _ in range(50):
        altered = bytearray(whole)
        altered[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        place.write_bytes(altered)
        with pytest.raises(DeskError, match=r"cadangan|rusak"):
            files.read(kept)
    place.write_bytes(whole[:-1])
    with pytest.raises(DeskError, match="cadangan"):
        files.read(kept)
    assert files.keep(PDF, "a.pdf", is_sealed=is_sealed).address == kept.address
    assert files.read(kept) == PDF


def test_a_sealed_file_put_in_the_place_of_another_does_not_open(files: Files) -> None:
    one, other = (files.keep(PDF + bytes([n]), "a.pdf", is_sealed=True) for n in (49, 50))
    files.place(one.address).write_bytes(files.place(other.address).read_bytes())
    with pytest.raises(DeskError, match="cadangan"):
        files.read(one)


def test_the_check_names_what_is_missing_altered_or_under_another_key(files: Files, tmp_path: Path) -> None:
    kept = [files.keep(PDF + bytes([n]), "a.pdf", is_sealed=n % 2 == 0) for n in range(49, 54)]
    assert check(tmp_path, kept, Seal(bytes(32))) == []
    files.place(kept[0].address).unlink()
    files.place(kept[1].address).write_bytes(b"x" * 200)
    files.place(kept[2].address).write_bytes(b"x" * 200)
    problems = check(tmp_path, [*kept, kept[0]], Seal(bytes(32)))
    assert [re.sub(r"[0-9a-f]{64}", "#", text) for text in problems] == [
        f"Berkas files/{kept[0].address[:2]}/# hilang; ambil dari cadangan.",
        f"Berkas files/{kept[1].address[:2]}/# rusak atau diubah; ambil dari cadangan.",
        f"Berkas files/{kept[2].address[:2]}/# rusak atau diubah; ambil dari cadangan.",
    ]
    assert ["kunci desa yang lain" in text for text in check(tmp_path, kept[3:], Seal(b"k" * 32))] == [True]
    with pytest.raises(KeyLost):
        Files(tmp_path, Seal(b"k" * 32)).read(kept[3])


def test_an_address_never_leads_out_of_the_folder(files: Files) -> None:
    for address in ("../../desa.db", "a" * 63, "A" * 64, "", "a" * 64 + "/.."):
        with pytest.raises(DeskError, match="meja check"):
            files.read(Kept(address, False, "pdf", 1, b""))


def test_too_large_a_file_and_one_that_is_no_file_are_refused(files: Files, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="20 MB"):
        files.keep(bytes(LARGEST + 1), "a.pdf", is_sealed=False)
    large = tmp_path / "besar.txt"
    large.write_bytes(b"x" * (LARGEST + 1))
    with pytest.raises(DeskError, match="20 MB"):
        files.keep_file(large, is_sealed=False)
    for odd in (tmp_path, tmp_path / "tidak ada.pdf"):
        with pytest.raises(DeskError, match="tidak ditemukan"):
            files.keep_file(odd, is_sealed=False)
    pipe = tmp_path / "pipa"
    os.mkfifo(pipe)
    with pytest.raises(DeskError, match="tidak ditemukan"):
        files.keep_file(pipe, is_sealed=False)
    assert not (tmp_path / "files").exists()


def test_the_sweep_takes_only_what_nobody_needs_and_nobody_touched_for_a_week(files: Files) -> None:
    needed, chosen_again, orphan = (files.keep(PDF + bytes([n]), "a.pdf", is_sealed=True) for n in range(49, 52))
    half = files.place(orphan.address).with_name("half.part")
    half.write_bytes(b"x")
    written = files.place(orphan.address).stat().st_mtime
    now = dt.datetime.fromtimestamp(written, dt.UTC)
    for clock in (now + dt.timedelta(days=6, hours=23), now - dt.timedelta(days=400)):
        assert files.sweep([], clock) == []
    for path in [half, *(files.place(kept.address) for kept in (needed, chosen_again, orphan))]:
        os.utime(path, (written - 8 * 86400,) * 2)
    files.keep(PDF + bytes([50]), "b.pdf", is_sealed=True)
    assert set(files.sweep([needed.address], now)) == {"half.part", orphan.address}
    assert files.read(needed) == PDF + bytes([49]) and files.holds(chosen_again.address)
