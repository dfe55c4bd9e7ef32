"""The demo does the whole job, and two databases opened side by side say so."""

import datetime as dt
import json
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from desk.catalogue import catalogue
from desk.foi.queries import person
from tests.desks import open_desk

NOTE = "CONTOH: nama, nomor dan kegiatan tidak nyata; angka APBDes Belantih 2022"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """One demo for all tests here: its folder and its answer."""
    out = tmp_path_factory.mktemp("demo") / "out"
    meja = str(Path(sys.executable).with_name("meja"))
    began = time.monotonic()
    run = subprocess.run(
        [meja, "demo", "--out", str(out), "--json"], capture_output=True, text=True, timeout=120, check=True
    )
    print(f"demo: {time.monotonic() - began:.1f} s")
    return out, json.loads(run.stdout.splitlines()[-1])


def text_of(path: str) -> list[str]:
    """The text of every page."""
    pages = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_bounded() for page in pages]


def amounts(out: Path) -> set[str]:
    """Every amount of the budget in the desk, as a citizen reads it."""
    with sqlite3.connect(out / "desk/desa.db") as file:
        sen = [amount for (amount,) in file.execute("SELECT amount FROM budget_line WHERE amount IS NOT NULL")]
    assert len(sen) > 15 and not any(amount % 100 for amount in sen)
    return {f"{abs(amount) // 100:,}".replace(",", ".") for amount in sen}


def test_the_poster_holds_the_phone_number_and_every_amount(made: tuple[Path, dict[str, Any]]) -> None:
    out, answer = made
    text = " ".join(text_of(answer["poster"]))
    assert answer["phone"] in text
    printed = set(re.findall(r"\d{1,3}(?:\.\d{3})+", text))
    assert amounts(out) - {"0"} <= printed
    for figure in answer["budget"].values():
        assert figure == "0" or f"{int(figure):,}".replace(",", ".") in printed


@pytest.mark.parametrize("paper", ["poster", "tiles", "projects", "receipt"])
def test_every_sheet_says_that_it_is_an_example(made: tuple[Path, dict[str, Any]], paper: str) -> None:
    pages = text_of(made[1][paper])
    assert pages
    assert all(NOTE in " ".join(page.split()) for page in pages)


def test_everything_invented_is_listed_and_stands_in_no_table_of_villages(made: tuple[Path, dict[str, Any]]) -> None:
    invented = made[1]["invented"]
    regions = (Path(__file__).parents[1] / "resources/regions.csv").read_text(encoding="utf-8")
    assert invented["code"] not in regions
    assert {"village", "code", "head", "phone", "projects", "contract", "applicant"} <= set(invented)


def test_every_synced_field_is_the_same_at_desk_and_district(made: tuple[Path, dict[str, Any]]) -> None:
    out, answer = made
    compared = 0
    with sqlite3.connect(out / "desk/desa.db") as desk, sqlite3.connect(out / "kabupaten.db") as district:
        for entity, fields in catalogue()["entities"].items():
            listed = district.execute("SELECT id, doc FROM row WHERE entity = ? AND deleted = 0", (entity,))
            there = {row_id: json.loads(doc) for row_id, doc in listed}
            here = desk.execute(f"SELECT id, {', '.join(fields)} FROM {entity}").fetchall()
            assert {row_id.hex() for row_id, *_cells in here} == set(there)
            for row_id, *cells in here:
                values = [cell.hex() if isinstance(cell, bytes) else cell for cell in cells]
                assert dict(zip(fields, values, strict=True)) == there[row_id.hex()]
            compared += len(here)
        (request,) = desk.execute("SELECT request FROM applicant").fetchone()
        whole = " ".join(part for (part,) in district.execute("SELECT doc FROM row UNION ALL SELECT op FROM log"))
    assert compared == answer["sync"]["server_rows"] == answer["sync"]["desk_rows"] > 30
    opened = open_desk(out / "desk", lambda: dt.datetime.now(dt.UTC))
    known = opened.ask(person, request)
    opened.close()
    assert known is not None and known.name and known.address
    for file in [*(out / "desk").rglob("*"), out / "kabupaten.db"]:
        content = file.read_bytes() if file.is_file() else b""
        assert not [word for word in (known.name, known.address, known.phone) if word.encode() in content]
    assert not [word for word in (known.name, known.address, known.phone, known.occupation) if word in whole]


def test_its_open_data_shows_a_contract_that_was_paid_a_finished_work_and_a_request(
    made: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    meja, file = str(Path(sys.executable).with_name("meja")), tmp_path / "kegiatan.json"
    command = [meja, "--data", str(made[0] / "desk"), "export", "oc4ids", "--year", "2022", "--out", str(file)]
    subprocess.run(command, capture_output=True, text=True, check=True)
    road = next(
        p for p in json.loads(file.read_text(encoding="utf-8"))["projects"] if p["title"] == "Rabat beton jalan"
    )
    (process,) = road["contractingProcesses"]
    assert made[1]["invented"]["contract"].startswith(process["summary"]["suppliers"][0]["name"])
    assert process["summary"]["contractValue"]["amount"] == 86_400_000
    assert [d for d in road["documents"] if d["documentType"] == "informationRequest"]


def test_the_demos_desk_is_sound(made: tuple[Path, dict[str, Any]]) -> None:
    meja = str(Path(sys.executable).with_name("meja"))
    command = [meja, "--data", str(made[0] / "desk"), "check", "--json"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == {"ok": True, "problems": []}


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "surat.txt").write_text("penting")
    meja = str(Path(sys.executable).with_name("meja"))
    command = [meja, "demo", "--out", str(tmp_path), "--json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1 and "Pilih folder baru" in json.loads(run.stdout)["error"]
    assert (tmp_path / "surat.txt").read_text() == "penting"
