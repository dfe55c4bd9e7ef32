"""A file is read as cells, or refused in a sentence that says where, why and what to do; the desk goes on."""

import datetime as dt
import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desk.exchange import child, sheet
from desk.exchange.gate import Refused
from desk.exchange.sheet import Cell, read_workbook, run_elsewhere
from desk.store import DeskError

Save = Callable[..., Path]
Edit = Callable[[Path, Callable[[dict[str, bytes]], None]], Path]

ROWS = [["Kode", "Uraian", "Anggaran"], ["4.1.", "Pendapatan Asli Desa", "1.500.000"]]
SHEET = "xl/worksheets/sheet1.xml"


def refusal(path: Path) -> str:
    """The sentence for a file that is not read."""
    with pytest.raises(DeskError) as refused:
        read_workbook(path)
    return str(refused.value)


def values(path: Path) -> list[list[object]]:
    """What stands in the cells of the first sheet."""
    return [[cell.value for cell in row] for row in read_workbook(path).sheets[0].rows]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_table_is_read_whatever_separates_its_cells(save: Save, separator: str, encoding: str):
    path = save("a.csv", [*ROWS, ["4.2.", "Dana; desa, dan lain", "1,500"]], separator=separator, encoding=encoding)
    assert values(path) == [*ROWS, ["4.2.", "Dana; desa, dan lain", "1,500"]]


def test_old_windows_letters_are_read(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes("Kode;Uraian\n4.1;Caf\u00e9 \u2013 desa\n".encode("cp1252"))
    assert values(tmp_path / "a.csv")[1] == ["4.1", "Caf\u00e9 \u2013 desa"]


def test_excels_own_first_line_names_the_separator_and_is_row_one(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes(b"sep=,\r\nKode,Uraian\r\n4.1,PAD\r\n")
    assert values(tmp_path / "a.csv") == [[], ["Kode", "Uraian"], ["4.1", "PAD"]]


def test_a_quote_inside_a_cell_is_a_letter(tmp_path: Path):
    (tmp_path / "a.csv").write_text('Kode;Uraian\n5.3;Rak 19" besi\n5.4;"Rak ""baru"""\n5.5;"a" b\n')
    assert [row[1] for row in values(tmp_path / "a.csv")[1:]] == ['Rak 19" besi', 'Rak "baru"', "a b"]


def test_blank_rows_keep_their_numbers(tmp_path: Path):
    (tmp_path / "a.csv").write_text("Kode;Uraian\n\n;\n4.1;PAD\n")
    assert values(tmp_path / "a.csv") == [["Kode", "Uraian"], [], [], ["4.1", "PAD"]]


def test_numbers_of_a_workbook_are_exact_and_days_are_days(save: Save):
    rows = [["4.1", 1370181000, 710783304.48, dt.date(2024, 5, 1), True, 0.5], ["4.2", -17122954]]
    (cells, below) = values(save("a.xlsx", rows))
    assert cells == ["4.1", Decimal(1370181000), Decimal("710783304.48"), dt.date(2024, 5, 1), "TRUE", Decimal("0.5")]
    assert below == ["4.2", Decimal(-17122954)]


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_the_same_cells_come_out_of_every_format(save: Save, name: str):
    rows = [["Kode", "", "Anggaran"], [], ["4.1.", "PAD", 1500.25]]
    read = read_workbook(save(name, rows)).sheets[0]
    assert [[c.value for c in row] for row in read.rows] == [
        ["Kode", None, "Anggaran"], [], ["4.1.", "PAD", Decimal("1500.25")]
    ]  # fmt: skip
    assert read.name == "APBDes"


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_a_formula_without_a_result_is_a_cell_without_a_value(save: Save, name: str):
    rows = read_workbook(save(name, [["Kode", "Anggaran"], ["4.1", "=1+1"], ["", "", "=A1"]])).sheets[0].rows
    assert rows[1] == (Cell("4.1"), Cell(None, True))
    assert rows[2][2] == Cell(None, True)


def test_a_formula_with_a_stored_result_is_its_result(save: Save, edit_zip: Edit):
    def calculate(parts: dict[str, bytes]) -> None:
        assert b"<f>1+1</f><v />" in parts[SHEET] or b"<f>1+1</f><v></v>" in parts[SHEET]
        parts[SHEET] = parts[SHEET].replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>")

    path = edit_zip(save("a.xlsx", [["4.1", "=1+1"]]), calculate)
    assert read_workbook(path).sheets[0].rows == ((Cell("4.1"), Cell(Decimal(2), True)),)


def test_a_formula_of_an_open_document_is_its_stored_result(save: Save, edit_zip: Edit):
    def calculate(parts: dict[str, bytes]) -> None:
        stored = b'table:formula="of:=1+1" office:value-type="float" office:value="2"'
        parts["content.xml"] = parts["content.xml"].replace(b'table:formula="of:=1+1"', stored)

    path = edit_zip(save("a.ods", [["4.1", "=1+1"]]), calculate)
    assert read_workbook(path).sheets[0].rows == ((Cell("4.1"), Cell(Decimal(2), True)),)


def test_an_error_in_a_cell_is_told_as_it_stands(save: Save, edit_zip: Edit):
    def spoil(parts: dict[str, bytes]) -> None:
        parts[SHEET] = parts[SHEET].replace(b'<c r="B1"><f>1/0</f><v />', b'<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v>')
        parts[SHEET] = parts[SHEET].replace(b'<c r="B1"><f>1/0</f><v></v>', b'<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v>')

    assert values(edit_zip(save("a.xlsx", [["4.1", "=1/0"]]), spoil)) == [["4.1", "#DIV/0!"]]


def test_hidden_sheets_stay_hidden(tmp_path: Path):
    book = openpyxl.Workbook()
    book.worksheets[0].append(["terlihat"])
    book.create_sheet("lama").append(["tersembunyi"])
    book["lama"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [s.rows[0][0].value for s in read_workbook(tmp_path / "a.xlsx").sheets] == ["terlihat"]


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_stray_cell_far_away_is_named_and_the_next_file_is_read(save: Save, edit_zip: Edit, ending: str):
    path = save(f"a.{ending}", ROWS)
    if ending == "xlsx":
        book = openpyxl.load_workbook(path)
        book.worksheets[0]["XFD1048576"] = 1
        book.save(path)
    else:
        far = (
            b'<table:table-row table:number-rows-repeated="1048570"/><table:table-row>'
            b'<table:table-cell table:number-columns-repeated="16383"/>'
            b'<table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>'
        )

        def stray(parts: dict[str, bytes]) -> None:
            parts["content.xml"] = parts["content.xml"].replace(b"</table:table>", far)

        edit_zip(path, stray)
    said = refusal(path)
    assert said.startswith("Baris 10485")
    assert "kolom XFD" in said
    assert values(save("b.xlsx", ROWS)) == ROWS


def test_the_reader_dies_alone_where_it_asks_for_too_much(save: Save):
    """The same cell past the check that would have named it: the memory limit ends the other process, not this one."""
    book = openpyxl.Workbook()
    book.worksheets[0]["XFD1048576"] = 1
    packed = io.BytesIO()
    book.save(packed)
    blind = (
        "import sys, desk.exchange.scan as s; s._check_spot = lambda *spot: None; "
        "import desk.exchange.child as c; sys.exit(c.main())"
    )
    with pytest.raises(Refused) as refused:
        run_elsewhere([sys.executable, "-c", blind], packed.getvalue(), 20)
    assert refused.value.reason == "died"
    assert values(save("b.xlsx", ROWS)) == ROWS


def test_the_other_process_is_ended_when_its_time_is_over():
    before = time.monotonic()
    with pytest.raises(Refused) as refused:
        run_elsewhere([sys.executable, "-c", "while True: pass"], b"", 0.5)
    assert refused.value.reason == "slow"
    assert time.monotonic() - before < 5


def test_memory_is_limited_in_the_other_process():
    greedy = "import desk.exchange.child as c; c._limit_self(); bytearray(2 * c.MEMORY)"
    done = subprocess.run([sys.executable, "-c", greedy], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "MemoryError" in done.stderr


def test_a_frozen_build_starts_itself_with_one_argument(save: Save, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    program = tmp_path / "meja"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(Path(sheet.__file__).parents[2])!r})\n"
        f"from desk.exchange import child\nassert sys.argv[1:] == [child.ARGUMENT]\nsys.exit(child.main())\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    assert values(save("a.xlsx", ROWS)) == ROWS


def test_formatted_blank_cells_are_no_stray_cells(tmp_path: Path):
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["Kode"])
    page["ZZ900000"].number_format = "0.00"
    book.save(tmp_path / "a.xlsx")
    assert values(tmp_path / "a.xlsx")[0] == ["Kode"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods"])
def test_a_cell_of_40_megabytes_is_named_by_its_row(save: Save, edit_zip: Edit, ending: str):
    huge = b"9" * (40 * 2**20)
    if ending == "csv":
        path = save("a.csv", [*ROWS, ["4.2", "Dana Desa", huge.decode()]])
    else:
        mark = "PANJANGSEKALI"
        path = save(f"a.{ending}", [*ROWS, ["4.2", mark, "1"]])

        def grow(parts: dict[str, bytes]) -> None:
            for name, content in parts.items():
                if not name.startswith("docProps") and name != "meta.xml":
                    parts[name] = content.replace(mark.encode(), huge)

        edit_zip(path, grow)
    said = refusal(path)
    assert said.startswith("Baris 3")
    assert len(said) < 200


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"\n\n ; ;\n", "kosong"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "gambar"),
        (b"\xff\xd8\xff\xe0 foto", "gambar"),
        (b"Rar!\x1a\x07", "arsip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, r"\.xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
        (b"PK\x03\x04 not really", "rusak"),
        (b"<html><table><tr><td>4.1</td></tr></table></html>", "Baris 1: .*halaman web"),
        (b"Rapat hari Senin\ndi balai desa\n", "Baris 1: .*tanpa kolom"),
        (b"Kode;Uraian\n4.1;\x00\x01\x02\n", "Baris 2: .*bukan teks"),
        (b'Kode;Uraian\n4.1;"PAD\n4.2;DD\n', "Baris 2: tanda kutip"),
        (b"Kode;Uraian\n" + b"4;x\n" * 12_001, "Baris 12001: "),
        (b"Kode;Uraian\n" + b"4" + b";1" * 300 + b"\n", "Baris 2: "),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(tmp_path: Path, content: bytes, words: str):
    (tmp_path / "berkas").write_bytes(content)
    with pytest.raises(DeskError, match=words):
        read_workbook(tmp_path / "berkas")


def test_a_word_document_and_a_binary_workbook_are_no_sheets(tmp_path: Path):
    for name in ("word/document.xml", "xl/workbook.bin"):
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
            archive.writestr(name, "<w/>")
        assert "Simpan Sebagai" in refusal(tmp_path / "a.xlsx")


def test_a_locked_open_document_asks_for_its_password(save: Save, edit_zip: Edit):
    def lock(parts: dict[str, bytes]) -> None:
        parts["META-INF/manifest.xml"] += b"<!-- manifest:encryption-data -->"

    assert "kata sandi" in refusal(edit_zip(save("a.ods", ROWS), lock))


def test_a_bomb_and_a_document_type_are_refused_in_words(save: Save, edit_zip: Edit):
    bomb = edit_zip(save("a.xlsx", ROWS), lambda parts: parts.update({"xl/b.xml": b" " * (51 * 2**20)}))
    assert "50 MB" in refusal(bomb)
    typed = edit_zip(save("a.xlsx", ROWS), lambda parts: parts.update({"xl/b.xml": b"<!DOCTYPE a><a/>"}))
    assert "XML" in refusal(typed)


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path: Path):
    assert "tidak ada" in refusal(tmp_path / "tidak-ada.xlsx")
    assert "folder" in refusal(tmp_path)
    with (tmp_path / "besar.csv").open("wb") as file:
        file.truncate(51 * 2**20)
    assert "50 MB" in refusal(tmp_path / "besar.csv")


def test_damaged_workbooks_are_refused_or_read_and_never_break(save: Save):
    whole = save("a.xlsx", ROWS).read_bytes()
    for place in range(0, len(whole), 401):
        broken = save("b.csv", []).with_name("b.xlsx")
        broken.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with suppress(DeskError):
            assert read_workbook(broken).name == "b.xlsx"


def test_the_other_process_imports_nothing_heavy():
    asked = "import sys, desk.exchange.child; print(sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert not {"sqlalchemy", "PySide6", "reportlab", "openpyxl"} & set(done.stdout.replace("'", "").split(", "))
    assert child.ARGUMENT.startswith("--")
