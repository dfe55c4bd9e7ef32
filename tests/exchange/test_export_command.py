"""`meja export` writes open data and answers what to know of it."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.exchange.openvillage import CODE
from tests.test_cli import BELANTIH, Meja


@pytest.fixture
def meja(tmp_path: Path) -> Meja:
    """A village with a draft of 2022."""
    meja = Meja(tmp_path / "data")
    meja("village", "--code", CODE, "--head", "Budi Contoh", "--phone", "0812-3456-7890", "--since", "2020-02-01")
    meja("import-budget", BELANTIH, "--year", 2022)
    return meja


def test_every_kind_of_budget_is_written_where_it_is_wanted(meja: Meja, tmp_path: Path) -> None:
    for kind, name in (("apbdes-xlsx", "a.xlsx"), ("apbdes-csv", "a.csv"), ("datapackage", "a.zip")):
        path = tmp_path / "baru" / name
        answer = meja("export", kind, "--year", 2022, "--out", path, "--as-of", "2022-12-31")
        assert answer["file"] == str(path) and answer["as_of"] == "2022-12-31" and answer["rows"] > 15
        assert answer["warnings"][0] == "APBDes awal masih rancangan; berkasnya menyebutnya rancangan."
        assert path.stat().st_size > 1000
    with zipfile.ZipFile(tmp_path / "baru" / "a.zip") as archive:
        described = json.loads(archive.read("datapackage.json"))
    assert described["kode_wilayah"] == CODE and described["created"].startswith("2022-12-31")


def test_what_cannot_be_written_is_said_and_nothing_is(meja: Meja, tmp_path: Path) -> None:
    def refusal(*words: object, status: int = 1) -> str:
        error: str = meja("export", *words, status=status)["error"]
        return error

    out = tmp_path / "a.csv"
    assert ".csv" in refusal("apbdes-csv", "--year", 2022, "--out", tmp_path / "a.txt")
    assert "halaman APBDes" in refusal("apbdes-csv", "--year", 2021, "--out", out)
    assert "(0 adalah APBDes awal)" in refusal("apbdes-csv", "--year", 2022, "--out", out, "--version", 3)
    assert "halaman Kegiatan" in refusal("oc4ids", "--year", 2022, "--out", tmp_path / "a.json")
    assert "belum diketahui" in refusal("apbdes-csv", "--year", 2022, "--out", out, "--as-of", "2999-01-01")
    assert "tidak ada; pilih dari" in refusal("apbdes-pdf", "--year", 2022, "--out", out, status=2)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("a.")]
