"""Arithmetic in a cell agrees with exact fractions, and what is no arithmetic is refused in words."""

import contextlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.money import LARGEST
from desk.reckon import DEEPEST, amount, is_sum, quantity, quantity_text
from desk.store import DeskError

WRITTEN = st.one_of(
    st.integers(0, 10**9).map(lambda n: (str(n), Fraction(n))),
    st.integers(1000, 10**9).map(lambda n: (f"{n:,}".replace(",", "."), Fraction(n))),
    st.integers(1000, 10**9).map(lambda n: (f"Rp {n:,}".replace(",", "."), Fraction(n))),
    st.tuples(st.integers(0, 999), st.integers(0, 99)).map(
        lambda p: (f"{p[0]},{p[1]:02}", Fraction(f"{p[0]}.{p[1]:02}"))
    ),
    st.integers(1, 999).map(lambda n: (f"0,{n:03}", Fraction(n, 1000))),
)
"""A number as a person writes it, and what it is."""
Told = tuple[str, Fraction | None]


def joined(parts: tuple[Told, str, Told, str]) -> Told:
    """Two expressions in brackets with a sign between; None where it divides by nothing."""
    (left, a), sign, (right, b), air = parts
    text = f"({left}){air}{sign}{air}({right})"
    if a is None or b is None or (sign in "/:" and not b):
        return text, None
    return text, {"+": a + b, "-": a - b, "*": a * b, "x": a * b, "/": a / b if b else None, ":": a / b if b else None}[
        sign
    ]


SUMS = st.recursive(
    WRITTEN, lambda inner: st.tuples(inner, st.sampled_from("+-*x/:"), inner, st.sampled_from(["", " "])).map(joined),
    max_leaves=5,
)  # fmt: skip


@given(SUMS)
def test_a_calculation_is_what_exact_fractions_say_or_is_refused(told: Told):
    text, value = told
    if not is_sum(text):
        return
    try:
        found = amount(text)
    except DeskError:
        assert value is None or (value * 100).denominator != 1 or abs(value) >= LARGEST
    else:
        # A lone bracketed amount is a negative one, as papers print it; everything else is arithmetic.
        assert Fraction(found) == value
        assert isinstance(found, Decimal)


@given(
    st.lists(st.integers(0, 10**6), min_size=2, max_size=8), st.lists(st.sampled_from("+-*"), min_size=7, max_size=7)
)
def test_multiplication_binds_before_addition_and_both_go_from_left_to_right(numbers: list[int], signs: list[str]):
    text = str(numbers[0]) + "".join(f"{sign}{number}" for sign, number in zip(signs, numbers[1:], strict=False))
    value = eval(text)  # noqa: S307 (digits and signs of our own)
    try:
        assert amount(text) == value
    except DeskError:
        assert abs(value) >= LARGEST


@given(st.text(alphabet="0123456789.,+-*/()x: rpRp", max_size=40) | st.text(max_size=40))
def test_whatever_is_typed_is_an_amount_or_a_sentence(text: str):
    for read in (amount, quantity):
        with contextlib.suppress(DeskError):
            found = read(text)
            assert found.is_finite() and found == found.quantize(Decimal("0.0001"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3*1.500.000+250.000", "4750000"),
        ("3 x 1.500.000", "4500000"),
        ("(1.000+500)*2", "3000"),
        ("10.000 - 2.500,50", "7499.50"),
        ("1/3*3", "1"),
        ("12 × 4.350.000 ÷ 2", "26100000"),
        ("-(5.000)", "-5000"),
        ("(17.122.954)", "-17122954"),
        ("1.500.000", "1500000"),
        ("0,125*8.000", "1000"),
    ],
)
def test_what_clerks_type_is_read(text: str, value: str):
    assert amount(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("3*", "belum lengkap"),
        ("*3", "belum lengkap"),
        ("(1+2", "belum lengkap"),
        ("1+2)", "belum lengkap"),
        ("2 3+1", "belum lengkap"),
        ("1/0", "nol"),
        ("10.000.000/3", "lebih halus dari satu sen"),
        ("999.999.999.999*9.999.999", "terlalu besar"),
        ("1,234*2", "dua cara"),
        ("2.5*1.000", "dua cara"),
        ("__import__('os')", "bukan jumlah"),
        ("3**2", "belum lengkap"),
        ("(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1) + "+1", "belum lengkap"),
        ("1+" * 60 + "1", "bukan jumlah"),
    ],
)
def test_what_is_no_arithmetic_is_refused_with_what_to_do(text: str, word: str):
    with pytest.raises(DeskError, match=word):
        amount(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12", "12"),
        ("2,5", "2,5"),
        ("0,125", "0,125"),
        ("1.250", "1.250"),
        ("3x12", "36"),
        ("12,50", "12,5"),
        ("100", "100"),
    ],
)
def test_a_volume_is_read_the_indonesian_way_and_shown_so(text: str, shown: str):
    assert quantity_text(quantity(text)) == shown
    assert quantity(shown) == quantity(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [("1,234", "dua cara"), ("2.5", "dua cara"), ("-3", "bukan volume"), ("dua", "bukan volume"), ("1/3", "halus")],
)
def test_a_volume_that_cannot_be_read_is_refused(text: str, word: str):
    with pytest.raises(DeskError, match=word):
        quantity(text)
