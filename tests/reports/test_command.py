"""`meja register` writes a book and answers how long it is; names only with a purpose."""

import datetime as dt
from pathlib import Path

import pypdfium2
import pytest

from tests.paper.pdfcheck import text_of
from tests.reports.conftest import Days
from tests.test_cli import Meja


@pytest.fixture
def meja(days: Days) -> Meja:
    """The command on a desk with two requests of a past year."""
    days.ask_for("RAB jalan", dt.date(2025, 10, 6))
    days.ask_for("Peta desa", dt.date(2025, 10, 7))
    return Meja(days.folder)


def test_the_register_is_a_pdf_without_names(meja: Meja, tmp_path: Path) -> None:
    out = tmp_path / "buku" / "register.pdf"
    answer = meja("register", "--year", 2025, "--out", out)
    assert (answer["rows"], answer["pages"], answer["names"]) == (2, len(pypdfium2.PdfDocument(out)), False)
    said = text_of(out.read_bytes())
    assert "RAB jalan" in said and "Siti" not in said


def test_each_kind_is_also_a_spreadsheet(meja: Meja, tmp_path: Path) -> None:
    for kind, rows in (("requests", 2), ("objections", 0), ("dip", 0), ("report", 2)):
        out = tmp_path / f"{kind}.xlsx"
        assert meja("register", "--year", 2025, "--kind", kind, "--out", out)["rows"] == rows
        assert out.read_bytes().startswith(b"PK")


def test_as_of_a_day_the_later_request_is_not_there_yet(meja: Meja, tmp_path: Path) -> None:
    answer = meja("register", "--year", 2025, "--as-of", "2025-10-06", "--out", tmp_path / "r.pdf")
    assert answer["rows"] == 1


def test_a_month_has_its_own_register(meja: Meja, tmp_path: Path) -> None:
    for period, rows in (("10", 2), ("s1", 0)):
        made = meja("register", "--year", 2025, "--period", period, "--out", tmp_path / "r.pdf")
        assert made["rows"] == rows


def test_names_want_a_purpose(meja: Meja, tmp_path: Path) -> None:
    out = tmp_path / "nama.pdf"
    refused = meja("register", "--year", 2025, "--with-names", "--out", out, status=1)
    assert "misalnya" in refused["error"] and not out.exists()
    assert meja("register", "--year", 2025, "--with-names", "--purpose", "arsip desa", "--out", out)["names"] is True
    assert "Siti Contoh" in text_of(out.read_bytes())
    assert meja("check")["ok"] is True


def test_another_ending_is_refused_with_an_example(meja: Meja, tmp_path: Path) -> None:
    assert "misalnya" in meja("register", "--year", 2025, "--out", tmp_path / "r.doc", status=1)["error"]
