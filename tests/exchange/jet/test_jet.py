"""Every trait of a Jet 4 file that once made a reader wrong, written by hand and read back value by value."""

import datetime as dt
import struct
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.exchange.access.cells import (
    BOOLEAN,
    BYTE,
    CURRENCY,
    DATE,
    DOUBLE,
    INTEGER,
    LONG,
    MEMO,
    SINGLE,
    moment,
    text,
)
from desk.exchange.access.jet import PAGE, JetError, JetFile
from tests.exchange.jet import writer
from tests.exchange.jet.writer import Column, Made, jet_file

KEY = 0x5EC12E7
PLAIN = [Column("Kode"), Column("Jumlah", DOUBLE)]


def rows_of(made: Made, **how: object) -> list[tuple[object, ...]]:
    table = JetFile(jet_file([made], **how)).table(made.name)  # type: ignore[arg-type]
    assert table is not None
    return table.rows


def sample(count: int) -> list[tuple[object, ...]]:
    return [(f"4.1.{n:05}.", round(n * 1.1, 2)) for n in range(count)]


MIXED = Made(
    "Campur",
    [Column("K"), Column("Uang", CURRENCY), Column("Tgl", DATE), Column("Ket", MEMO), Column("Ya", BOOLEAN),
     Column("N", LONG), Column("Kecil", INTEGER), Column("Satu", BYTE), Column("Pecah", SINGLE)],
    [
        ("a", Decimal("1234567.8900"), dt.datetime(2026, 1, 1, 8, 30), "catatan", True, -5, 7, 255, 0.5),
        (None, None, None, None, False, None, None, None, None),
        ("Beton K-175 (½ m³) – é", Decimal("-0.0100"), dt.datetime(1969, 12, 31), "x" * 1200, True, 2**31 - 1, -1, 0,
         -2.0),
    ],
)  # fmt: skip


def test_every_type_comes_back_as_it_was_written():
    assert rows_of(MIXED) == list(MIXED.rows)


@pytest.mark.parametrize("key", [0, 1, KEY, 0xFFFFFFFF])
def test_an_encoded_file_says_the_same_and_that_it_is_encoded(key):
    made = Made("T", PLAIN, sample(3000))
    file = JetFile(jet_file([made], key=key))
    assert file.is_encoded == (key != 0)
    found = file.table("T")
    assert found is not None and found.rows == sample(3000) and found.claimed == 3000


def test_a_password_is_told_and_is_no_part_of_the_key():
    made = Made("T", PLAIN, sample(3))
    assert not JetFile(jet_file([made])).has_password
    file = JetFile(jet_file([made], key=KEY, password="rahasia"))
    found = file.table("t")
    assert file.has_password and found is not None and found.rows == sample(3)


def test_pages_that_were_given_back_are_not_read_though_they_carry_the_owner():
    assert rows_of(Made("T", PLAIN, sample(400), freed=sample(900))) == sample(400)


def test_deleted_rows_are_not_read():
    assert rows_of(Made("T", PLAIN, sample(5), deleted=sample(4))) == sample(5)


def test_a_moved_row_is_read_once_and_where_it_stood():
    assert rows_of(Made("T", PLAIN, sample(300), moved=frozenset((0, 17, 299)))) == sample(300)


def test_a_row_older_than_a_column_is_empty_there():
    wide = [*PLAIN, Column("Baru"), Column("Ya", BOOLEAN), Column("Harga", DOUBLE)]
    newer = [("n", 2.0, "isi", True, 9.5)]
    made = Made("T", wide, newer, older=sample(4))
    assert rows_of(made) == [(*row, None, False, None) for row in sample(4)] + newer


def test_a_deleted_column_shifts_none_of_its_neighbours():
    columns = [Column("A"), Column("B", DOUBLE), Column("C"), Column("D", LONG), Column("E")]
    rows = [("a", 1.5, "c", 7, "e"), (None, 2.5, "cc", None, "ee")]
    assert rows_of(Made("T", columns, rows, dropped=frozenset((0, 1)))) == [row[2:] for row in rows]


@pytest.mark.parametrize("length", [0, 3, 64, 65, 1499, 1500, 9000, 60_000])
def test_a_long_text_may_lie_in_its_row_in_another_or_in_a_chain(length):
    told = "".join(chr(ord("a") + n % 26) for n in range(length))
    assert rows_of(Made("T", [Column("Ket", MEMO)], [(told,), ("–" + told,)])) == [(told,), ("–" + told,)]


def test_a_definition_of_many_columns_goes_on_over_several_pages():
    columns = [Column(f"Kolom_dengan_nama_panjang_{n}", LONG) for n in range(250)]
    data = jet_file([Made("T", columns, [range(250)])])
    found = JetFile(data).table("T", ["kolom_dengan_nama_panjang_249", "Kolom_dengan_nama_panjang_0", "tidak ada"])
    assert found is not None and len(found.columns) == 250 and found.rows == [(249, 0)]
    assert len(data) // writer.PAGE > 6


def test_ten_thousand_rows_are_named_by_pages_of_bits():
    assert rows_of(Made("T", [*PLAIN, Column("Panjang")], [(*r, "x" * 200) for r in sample(10_000)])) == [
        (*r, "x" * 200) for r in sample(10_000)
    ]


def test_a_map_that_names_one_page_of_bits_a_thousand_times_is_read_once_where_the_file_ends():
    data = bytearray(jet_file([Made("Luas", PLAIN, sample(3))]))
    pages = len(data) // PAGE
    bits = bytearray(b"\xff" * PAGE)
    bits[0] = 5
    told = b"\x01" + struct.pack("<I", pages) * 1000
    holder = bytearray(PAGE)
    struct.pack_into("<BxHIIHH", holder, 0, 1, 0, 0, 0, 1, PAGE - len(told))
    holder[PAGE - len(told) :] = told
    definition = JetFile(bytes(data))._tables["luas"][1]
    struct.pack_into("<I", data, definition * PAGE + 55, (pages + 1) << 8)
    table = JetFile(bytes(data + bits + holder)).table("Luas")
    assert table is not None and table.rows == sample(3)
    marks = JetFile(bytes(data + bits + holder))._used_pages((pages + 1) << 8)
    assert sum(1 for _page in marks) == (PAGE - 4) * 8


def test_a_header_that_claims_other_rows_is_told_with_both_numbers():
    found = JetFile(jet_file([Made("T", PLAIN, sample(3), claimed=4)])).table("T")
    assert found is not None and (len(found.rows), found.claimed) == (3, 4)


def test_an_empty_table_has_columns_and_no_rows():
    found = JetFile(jet_file([Made("T", PLAIN)])).table("T")
    assert found is not None and found.rows == [] and found.columns == ("Kode", "Jumlah")


def test_a_table_that_is_not_there_is_none():
    assert JetFile(jet_file([Made("T", PLAIN)])).table("U") is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "other"),
        (b"kode;uraian", "other"),
        (b"\0\1\0\0Standard Jet DB\0\0" + bytes(20_000), "jet3"),
        (b"\0\1\0\0Standard ACE DB\0\x02" + bytes(20_000), "ace"),
        (b"\0\1\0\0Standard Jet DB\0\x02" + bytes(20_000), "ace"),
        (b"\0\1\0\0Standard Jet DB\0\x01" + bytes(200), "size"),
    ],
)
def test_another_kind_of_file_is_refused_by_name(data, reason):
    with pytest.raises(JetError) as refused:
        JetFile(data)
    assert refused.value.reason == reason


def test_a_file_that_is_no_whole_number_of_pages_is_refused():
    with pytest.raises(JetError) as refused:
        JetFile(jet_file([Made("T", PLAIN, sample(3))])[:-1])
    assert refused.value.reason == "size"


def test_damage_names_the_table_and_the_page():
    data = bytearray(jet_file([Made("T", PLAIN, sample(3))]))
    page = next(n for n in range(4, len(data) // 4096) if data[n * 4096] == 1 and data[n * 4096 + 4] == 3)
    struct.pack_into("<H", data, page * 4096 + 12, 5000)
    with pytest.raises(JetError) as refused:
        JetFile(bytes(data)).table("T")
    assert (refused.value.reason, refused.value.table, refused.value.page) == ("damaged", "T", page)


def test_a_definition_that_points_at_itself_ends():
    data = bytearray(jet_file([Made("T", PLAIN, sample(3))]))
    struct.pack_into("<I", data, 3 * 4096 + 4, 3)
    with pytest.raises(JetError):
        JetFile(bytes(data)).table("T")


def test_texts_change_between_one_byte_and_two_at_each_zero_byte():
    assert text(b"\xff\xfeharga \0" + "½→".encode("utf-16-le") + b"\0 akhir") == "harga ½→ akhir"
    assert text(b"\xff\xfebiasa") == "biasa" and text("é–".encode("utf-16-le")) == "é–" and text(b"") == ""


def test_the_fraction_of_an_early_date_counts_forward():
    assert moment(-1.25) == dt.datetime(1899, 12, 29, 6) and moment(1.25) == dt.datetime(1899, 12, 31, 6)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40))
def test_any_text_comes_back(word):
    assert text(writer.text(word)) == word


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_double_comes_back_exactly(number):
    assert rows_of(Made("T", [Column("N", DOUBLE)], [(number,)])) == [(number,)]
