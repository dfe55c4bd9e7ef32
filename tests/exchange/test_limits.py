"""Whatever a file holds: the desk grows by 50 MB at most, the other process by 512, in 10 s, and nothing changes."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Save = Callable[..., Path]
Edit = Callable[[Path, Callable[[dict[str, bytes]], None]], Path]

HEAD = ["Kode", "Uraian", "Anggaran"]
SMALL = [HEAD, ["4.2.1.", "Dana Desa", "1.000.000"]]
SHEET = "xl/worksheets/sheet1.xml"

DESK_GROWS, CHILD_HOLDS, SECONDS = 50, 512, 10
"""MiB, MiB and seconds."""


def far_cell(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["XFD1048576"] = 1
    book.save(path)


def many_cells(parts: dict[str, bytes]) -> None:
    """A sheet whose text is just short of the gate's limit: a million cells of nothing much."""
    row = b"".join(b'<c t="n"><v>1</v></c>' for _column in range(200))
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", (b"<row>" + row + b"</row>") * 10_000 + b"</sheetData>")


def written(folder: Path, save: Save, edit_zip: Edit) -> None:
    """The files, one of each kind of malice or misfortune."""
    save("kecil.xlsx", SMALL)
    far_cell(save("jauh.xlsx", SMALL))
    edit_zip(save("bom.xlsx", SMALL), lambda parts: parts.update({"xl/b.xml": b" " * (300 * 2**20)}))
    edit_zip(save("dtd.xlsx", SMALL), lambda parts: parts.update({"xl/b.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}))
    edit_zip(save("sel.xlsx", SMALL), many_cells)
    shared = b"<si><t>" + b"panjang " * 4000 + b"</t></si>"
    edit_zip(
        save("kata.xlsx", SMALL),
        lambda parts: parts.update({"xl/sharedStrings.xml": b"<sst>" + shared * 1400 + b"</sst>"}),
    )
    save("rumus.xlsx", [HEAD, *([["4.1.", "PAD", f"=A{row}+1"] for row in range(2, 11_900)])])
    save("panjang.csv", [HEAD, *([f"4.1.{n % 9 + 1}.", f"Hasil {n}", f"1.000.{n % 1000:03d}"] for n in range(11_900))])
    (folder / "lebar.csv").write_text("Kode;Uraian;Anggaran\n" + (";ab" * 199 + "\n") * 11_900, encoding="utf-8")
    (folder / "kalimat.csv").write_text("Kode;Uraian;Anggaran\n" + ("4.1;" + "k" * 2400 + ";1\n") * 11_900)
    (folder / "dua.csv").write_bytes("Kode;Uraian;Anggaran\n4.1;PAD;1.000.000\n".encode("utf-16-le"))
    with zipfile.ZipFile(folder / "bohong.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")


@pytest.fixture
def answers(tmp_path: Path, save: Save, edit_zip: Edit) -> dict[str, Any]:
    written(tmp_path, save, edit_zip)
    command = [sys.executable, "-m", "tests.exchange.hostile", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    return {told["name"]: told for told in map(json.loads, run.stdout.splitlines())}


REASONS = {
    "bohong.xlsx": "rusak", "bom.xlsx": "50 MB setelah dibuka", "dtd.xlsx": "perintah XML", "dua.csv": "",
    "jauh.xlsx": "Baris 1048576, kolom XFD", "kalimat.csv": "12 MB", "kata.xlsx": "", "lebar.csv": "200000 sel",
    "panjang.csv": "", "rumus.xlsx": "", "sel.xlsx": "200000 sel",
}  # fmt: skip
"""Words of the refusal; "" for a file that is read."""


def test_hostile_files_are_refused_with_a_reason_within_memory_and_time(answers: dict[str, Any]) -> None:
    assert answers.keys() == REASONS.keys()
    for name, told in answers.items():
        assert REASONS[name] in told["refused"] and bool(REASONS[name]) == bool(told["refused"]), told
        assert told["same"], name
        assert told["grown"] < DESK_GROWS, told
        assert told["child"] < CHILD_HOLDS, told
        assert told["seconds"] < SECONDS + 1, told
