"""Codes, mobile numbers and names are taken as people write them, or refused with an example."""

import datetime as dt

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.store import DeskError
from desk.village.rules import (
    DayHours,
    Term,
    bare_name,
    check_code,
    check_hours,
    check_paper,
    check_term,
    check_text,
    find_regions,
    kind_of,
    parse_phone,
    region_of,
    regions,
    show_phone,
)

WRITTEN = [
    "0812 3456 7890",
    "+62 812-3456-7890",
    "6281234567890",
    "0812.3456.7890",
    "(0812) 34567890",
    " 081234567890 ",
]

REFUSED = [
    "",
    "1708",
    "021 5550123",
    "0812",
    "0842 3456 7890",
    "08123456789012",
    "0812 3456 789O",
    "+60 12 345 6789",
    "0812 3456 7890 / 0813 1111 2222",
    "٠٨١٢٣٤٥٦٧٨٩٠",
    "00812 3456 7890",
    "8123456789",
    "0812/34567890",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_mobile_number_is_understood_however_it_is_written(text):
    assert parse_phone(text) == "+6281234567890"
    assert show_phone(parse_phone(text)) == "0812-3456-7890"


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_refused_with_an_example(text):
    with pytest.raises(DeskError, match="0812 3456 7890"):
        parse_phone(text)


@given(st.sampled_from(["0", "62", "+62"]), st.text("0123456789", min_size=5, max_size=14))
def test_a_number_is_a_mobile_number_exactly_where_phonenumbers_says_so(prefix, digits):
    theirs = phonenumbers.parse(f"+62{digits}") if len(digits) > 4 else None
    mobile = theirs is not None and phonenumbers.number_type(theirs) == phonenumbers.PhoneNumberType.MOBILE
    if not mobile or str(theirs.national_number) != digits:
        with pytest.raises(DeskError):
            parse_phone(prefix + digits)
    else:
        expected = phonenumbers.format_number(theirs, phonenumbers.PhoneNumberFormat.E164)
        assert parse_phone(prefix + digits) == expected


@given(st.from_regex(r"\A8[1-35-9][0-9]{7,10}\Z"))
def test_a_number_shown_reads_back_as_itself(national):
    shown = show_phone(f"+62{national}")
    assert parse_phone(shown) == f"+62{national}"
    assert all(3 <= len(group) <= 5 for group in shown.split("-"))


@pytest.mark.parametrize("text", ["35.22.12.2015", "3522122015", " 35.22.12.2015 ", "35.22.122015"])
def test_a_village_code_is_understood_with_dots_or_without(text):
    assert check_code(text) == "35.22.12.2015"


@pytest.mark.parametrize("text", ["", "35.22.12", "35.22.12.0015", "35-22-12-2015", "352212201", "Pejambon"])
def test_what_is_no_village_code_is_refused_with_an_example(text):
    with pytest.raises(DeskError, match=r"35\.22\.12\.2015"):
        check_code(text)


def test_the_fourth_group_tells_a_kelurahan_from_a_desa():
    assert kind_of("35.22.15.1001") == "kelurahan"
    assert kind_of("35.22.12.2015") == "desa"


def test_the_table_has_every_desa_and_kelurahan_of_bojonegoro():
    kinds = [r.kind for r in regions()]
    assert (kinds.count("desa"), kinds.count("kelurahan")) == (419, 11)
    assert len({r.code for r in regions()}) == 430
    assert len({r.district for r in regions()}) == 28
    assert {r.regency for r in regions()} == {"Bojonegoro"}
    assert all(check_code(r.code) == r.code and kind_of(r.code) == r.kind for r in regions())


def test_a_name_that_repeats_lists_every_village_of_that_name_with_its_district():
    found = find_regions("sumberagung")
    assert len(found) > 1
    assert len({r.code for r in found}) == len({r.district for r in found}) == len(found)
    assert {r.name for r in found} == {"Sumberagung"}


@pytest.mark.parametrize("text", ["35.22.12.2015", "3522122015"])
def test_a_code_finds_its_one_village(text):
    assert [r.code for r in find_regions(text)] == ["35.22.12.2015"]
    assert find_regions(text)[0] == region_of(text)


def test_names_that_begin_with_what_was_typed_come_first():
    names = [r.name.casefold().startswith("ngraho") for r in find_regions("Desa ngraho")]
    assert names == sorted(names, reverse=True)
    assert names[0]


def test_nothing_typed_finds_nothing_and_nowhere_is_no_region():
    assert find_regions("  ") == ()
    assert find_regions("tidak ada desa begini") == ()
    assert region_of("51.06.04.2001") is None


def test_a_name_typed_with_its_rank_is_kept_without_it():
    assert bare_name(" Desa  Pejambon", "desa", "kelurahan") == "Pejambon"
    assert bare_name("Kec. Sumberrejo", "kecamatan", "kec.") == "Sumberrejo"
    assert bare_name("Desantara", "desa") == "Desantara"


def test_direction_marks_and_line_breaks_never_reach_a_paper():
    assert check_text("Siti\u202e\n Aminah\x00", "kosong") == "Siti Aminah"
    with pytest.raises(DeskError, match="kosong"):
        check_text(" \u200b\n", "kosong")
    with pytest.raises(DeskError, match="200 huruf"):
        check_text("a" * 201, "kosong")


def test_only_paper_the_posters_are_laid_out_for_is_taken():
    check_paper("F4")
    with pytest.raises(DeskError, match="A4, F4, A3"):
        check_paper("Letter")


SEVEN, NOON, ONE, THREE = dt.time(7), dt.time(12), dt.time(13), dt.time(15)


@pytest.mark.parametrize(
    ("week", "words"),
    [
        ([DayHours(0, THREE, SEVEN)], "Senin: jam tutup"),
        ([DayHours(1, SEVEN, SEVEN)], "Selasa: jam tutup"),
        ([DayHours(2, SEVEN, THREE, NOON, None)], "Rabu: isi jam mulai"),
        ([DayHours(3, SEVEN, THREE, ONE, NOON)], "Kamis: istirahat"),
        ([DayHours(4, SEVEN, NOON, NOON, ONE)], "Jumat: istirahat"),
        ([DayHours(5, SEVEN, NOON), DayHours(5, ONE, THREE)], "Sabtu tertulis dua kali"),
    ],
)
def test_hours_that_cannot_be_are_refused_by_the_name_of_their_day(week, words):
    with pytest.raises(DeskError, match=words):
        check_hours(week)


def test_a_week_with_a_break_and_a_short_friday_is_taken():
    week = [DayHours(day, SEVEN, THREE, NOON, ONE) for day in range(4)]
    check_hours([*week, DayHours(4, SEVEN, dt.time(11))])


def test_a_term_may_not_run_into_the_term_of_a_later_holder():
    later = Term("Bambang", dt.date(2020, 1, 1), None)
    check_term(Term("Ani", dt.date(2014, 1, 1), dt.date(2019, 12, 31)), [later])
    check_term(Term("Citra", dt.date(2026, 1, 1), None), [later])
    for until in (None, dt.date(2020, 1, 1)):
        with pytest.raises(DeskError, match="Bambang sudah menjabat sejak 1 Januari 2020"):
            check_term(Term("Ani", dt.date(2014, 1, 1), until), [later])


def test_a_term_may_not_end_before_it_begins():
    check_term(Term("Ani", dt.date(2020, 1, 1), dt.date(2020, 1, 1)), [])
    with pytest.raises(DeskError, match="sesudah tanggal mulainya"):
        check_term(Term("Ani", dt.date(2020, 1, 2), dt.date(2020, 1, 1)), [])
