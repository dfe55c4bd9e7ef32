"""What was sealed opens with its key, in its place, unaltered; every other attempt is refused with the way on."""

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.seal import KeyLost, Seal, SealBroken

SEAL = Seal(bytes(range(32)))
OTHER = Seal(bytes(32))
NAME = "Siti Aminah · 3522014107850001".encode()
ABOUT = b"applicant:" + bytes(16)


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_what_was_sealed_opens_again(plain, about):
    assert SEAL.open(SEAL.close(plain, about), about) == plain


def test_the_same_name_never_looks_the_same_twice():
    sealed = [SEAL.close(NAME, ABOUT) for _ in range(100)]
    assert len(set(sealed)) == 100
    assert not any(b"Siti" in each or b"3522" in each for each in sealed)


def test_every_altered_bit_is_found_and_named_as_damage_or_a_newer_program():
    sealed = SEAL.close(NAME, ABOUT)
    for bit in range(8 * len(sealed)):
        altered = bytearray(sealed)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken, match="cadangan terakhir"):
            SEAL.open(bytes(altered), ABOUT)


@given(st.integers(0, 40))
def test_a_row_cut_short_is_damage(length):
    sealed = SEAL.close(b"Siti", ABOUT)
    with pytest.raises(SealBroken, match="cadangan"):
        SEAL.open(sealed[: min(length, len(sealed) - 1)], ABOUT)


def test_a_row_moved_to_another_row_does_not_open():
    with pytest.raises(SealBroken, match="diubah"):
        SEAL.open(SEAL.close(NAME, ABOUT), b"applicant:" + b"\x01" * 16)


def test_another_key_is_told_from_damage_and_leads_to_the_sheet():
    with pytest.raises(KeyLost, match="lembar pemulihan"):
        OTHER.open(SEAL.close(NAME, ABOUT), ABOUT)


def test_a_row_of_a_newer_program_asks_for_that_program():
    with pytest.raises(SealBroken, match="Pasang versi terbaru"):
        SEAL.open(b"\x02" + os.urandom(80), ABOUT)


def test_the_check_names_the_key_and_only_it():
    assert SEAL.is_for(Seal(bytes(range(32))).check)
    assert not SEAL.is_for(OTHER.check)
    assert len(SEAL.check) == 8
    assert SEAL.check not in SEAL.key


def test_the_key_does_not_show_itself():
    shown = f"{SEAL!r} {SEAL}"
    assert SEAL.key.hex() not in shown
    assert repr(SEAL.key) not in shown


def test_a_key_of_another_length_is_a_bug():
    with pytest.raises(ValueError, match="32 bytes"):
        Seal(b"short")


def test_a_register_of_names_opens_within_one_keystroke():
    rows = [(SEAL.close(os.urandom(180), about), about) for about in (os.urandom(16) for _ in range(3500))]
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        assert sum(len(SEAL.open(*row)) for row in rows) == 3500 * 180
        times.append(time.perf_counter() - begun)
    print(f"3,500 sealed rows opened in {1000 * min(times):.1f} ms")
    assert min(times) < 0.05
