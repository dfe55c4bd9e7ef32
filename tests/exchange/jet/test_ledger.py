"""The file itself: what is refused in a sentence, what is told of it, and the traps of tables saved as csv."""

import csv
import io
import json

import pytest

from desk.exchange.access.tables import tables_of
from desk.exchange.access.whitelist import TABLES
from desk.exchange.apbdes import read_budget
from desk.exchange.siskeudes.ledger import day_of
from desk.store import DeskError
from tests.exchange.jet.asking import budget, line, said
from tests.exchange.jet.village import csv_tables, mde, tables, zipped


def test_a_header_that_claims_other_rows_is_advised_to_be_repaired(tmp_path):
    from_file = tables(postings=(2,))
    path = tmp_path / "DataAPBDES.mde"
    data = bytearray(mde(from_file))
    count = len(from_file["Ta_RABRinci"])
    path.write_bytes(_claim(data, count, count + 1))
    assert f"Tabel Ta_RABRinci: menurut kepalanya {count + 1} baris, terbaca {count}" in said(budget(path))


def _claim(data: bytearray, count: int, claimed: int) -> bytes:
    """Make the definition of Ta_RABRinci claim other rows."""
    place = data.index("JmlSatuanPAK".encode("utf-16-le")) // 4096 * 4096
    assert data[place] == 2 and data[place + 16] == count
    data[place + 16] = claimed
    return bytes(data)


def test_a_file_siskeudes_has_open_is_read_and_told(save):
    path = save(tables(postings=(2,)))
    path.with_suffix(".ldb").write_bytes(b"")
    assert "Siskeudes sedang terbuka" in said(budget(path))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\0\1\0\0Standard Jet DB\0\0" + bytes(20_000), "Access 97"),
        (b"\0\1\0\0Standard ACE DB\0\2" + bytes(20_000), ".accdb"),
        (b"\0\1\0\0Standard Jet DB\0\1" + bytes(20_000), "terpotong"),
        (b"\0\1\0\0Standard Jet DB\0\1" + bytes(20_459), "tabel MSysObjects, halaman 2"),
    ],
)
def test_another_kind_of_access_file_is_refused_in_a_sentence(tmp_path, content, told):
    path = tmp_path / "lain.mdb"
    path.write_bytes(content)
    with pytest.raises(DeskError, match=told):
        read_budget(path, 2026)


@pytest.mark.parametrize("make", [mde, lambda rows: zipped(csv_tables(rows))])
def test_users_banks_and_persons_never_leave_the_file(make):
    told = list(tables_of(make(tables())))
    assert {table["table"] for table in told[1:]} <= TABLES.keys()
    for secret in ("operator", "rahasia", "Nama Orang", "0123", "Logo"):
        assert secret not in json.dumps([[table["columns"], table["rows"]] for table in told[1:]])


def test_a_siskeudes_file_without_a_budget_is_refused(save):
    with pytest.raises(DeskError, match="tidak ada anggaran"):
        read_budget(save({"Ref_Version": [{"Versi": "V2"}]}), 2026)


def test_a_csv_row_that_a_line_break_cut_in_two_is_joined(tmp_path):
    files = csv_tables(tables(postings=(2,)))
    files["Ta_AnggaranRinci.csv"] = files["Ta_AnggaranRinci.csv"].replace(b"Tunjangan kepala", b"Tunjangan\r\nkepala")
    files["Ta_AnggaranRinci.csv"] += b"\r\n  \r\n"
    path = tmp_path / "tabel.zip"
    path.write_bytes(zipped({f"siskeudes/{name}": content for name, content in files.items()}))
    assert line(budget(path), "Tunjangan kepala desa").amount == 6_000_000


def test_csv_rows_with_too_many_columns_are_refused_with_table_and_row(tmp_path):
    files = csv_tables(tables(postings=(2,)))
    rows = list(csv.reader(io.StringIO(files["Ta_AnggaranRinci.csv"].decode())))
    rows[2].append("lebih")
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    files["Ta_AnggaranRinci.csv"] = text.getvalue().encode()
    (tmp_path / "tabel.zip").write_bytes(zipped(files))
    with pytest.raises(DeskError, match=r"Ta_AnggaranRinci\.csv, baris 3"):
        read_budget(tmp_path / "tabel.zip", 2026)


def test_a_zip_that_unpacks_to_more_than_the_gate_lets_through_is_refused(tmp_path):
    files = csv_tables(tables(postings=(2,))) | {"Ta_Lain.csv": b"0" * (51 * 2**20)}
    (tmp_path / "tabel.zip").write_bytes(zipped(files))
    with pytest.raises(DeskError, match="lebih dari 50 MB"):
        read_budget(tmp_path / "tabel.zip", 2026)


def test_the_bytes_of_a_picture_behind_the_first_row_are_not_read(tmp_path):
    files = csv_tables(tables(postings=(2,)))
    files["Ta_Pemda.csv"] = b'Tahun,Kd_Prov,Kd_Kab,Logo\r\n2026,35,22,BM\x00"\xff\n,,"\r\n\x00,\n'
    (tmp_path / "tabel.zip").write_bytes(zipped(files))
    assert "Desa Sumberasri (24.2005)" in said(budget(tmp_path / "tabel.zip", village="35.22.24.2005"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("06/19/24 00:00:00", "2024-06-19"), ("03/04/2024 00:00:00", "2024-03-04"), ("19/06/2024", "2024-06-19"),
        ("2024-06-19T00:00:00", "2024-06-19"), ("06/06/2024", "2024-06-06"), ("03/04/2024", None),
        ("19/06/24 00:00:00", None),
        ("kemarin", None), ("", None),
    ],
)  # fmt: skip
def test_a_day_is_read_month_first_only_where_its_time_says_who_wrote_it(text, day):
    found = day_of(text)
    assert (found.isoformat() if found else None) == day
