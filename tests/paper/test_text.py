"""Text is broken where a reader expects it, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.paper.text import NBSP, clean, faces, paragraphs

PLAIN = faces().plain


@pytest.mark.parametrize("face", [faces().plain, faces().bold])
def test_digits_of_tables_are_equally_wide(face):
    assert len({face.width(digit) for digit in "0123456789"}) == 1


def test_lines_break_at_spaces():
    assert PLAIN.wrap("rabat beton jalan lingkungan", 6) == ("rabat beton", "jalan", "lingkungan")


def test_an_amount_never_breaks():
    amount = f"Rp{NBSP}1.234.567.890"
    assert PLAIN.wrap(f"jumlah {amount}", PLAIN.width(amount) + 0.1) == ("jumlah", amount)


def test_a_word_wider_than_the_room_is_cut_after_a_slash():
    assert PLAIN.wrap("PAUD/TK/TPA/TKA/TPQ/Madrasah", 6) == ("PAUD/TK/", "TPA/TKA/", "TPQ/", "Madrasah")


@given(st.text(st.sampled_from("ab/- mW" + NBSP), max_size=80), st.floats(1.0, 40.0))
def test_wrapping_loses_no_letter_and_keeps_to_the_room(text, room):
    lines = PLAIN.wrap(text, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(PLAIN.width(line) <= room or len(line) == 1 for line in lines)


def test_a_place_keeps_its_numbers():
    assert clean("Dusun Krajan RT 03 / RW 01") == f"Dusun Krajan RT{NBSP}03 / RW{NBSP}01"


@given(st.text())
def test_cleaned_text_has_no_hidden_or_turning_characters(text):
    cleaned = clean(text)
    assert not any(ord(ch) < 32 or ch in "\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\n\t" for ch in cleaned)
    assert clean(cleaned) == cleaned


def test_paragraphs_are_kept_and_empty_ones_left_out():
    assert paragraphs("satu\r\n\n  dua  tiga\n") == ("satu", "dua tiga")


def test_missing_letters_are_named_once():
    assert PLAIN.missing("Sutrisno ꦱꦱ 你") == "ꦱ你"
    assert PLAIN.missing("Café – 350 m² × 3 ½ “Krajan” é") == ""
