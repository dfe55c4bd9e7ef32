"""Arithmetic in a cell: `3*1.500.000+250.000` for an amount, `3x12` for a volume; exact, with a parser of our own."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from gettext import gettext as _
from typing import Final

from desk.errors import DeskError
from desk.money import LARGEST, parse, rupiah

LONGEST: Final = 120
"""Characters of a calculation; nobody types a longer one into a cell."""
DEEPEST: Final = 20
"""Brackets and signs within each other."""
DECIMALS: Final = 4
"""Digits a volume may have after its comma: `0,1250` ha."""

_TOKEN = re.compile(r"(?:rp\.?\s*)?(\d[\d.,]*)|([-+*/()])", re.IGNORECASE | re.ASCII)
_OTHER_SIGNS = str.maketrans({"\u2212": "-", "\u00d7": "*", "x": "*", "X": "*", "\u00f7": "/", ":": "/"})
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,4})?", re.ASCII)
_BROKEN = re.compile(r"(?:\d+,\d{1,2}|\d+,\d{4}|(?:0|\d{4,}),\d{3})", re.ASCII)
_LONGEST_NUMBER = 40


def amount(text: str) -> Decimal:
    """An amount in rupiah as a person types it: one amount, or a calculation whose result is whole to the sen.

    Raises:
        DeskError: neither of the two, readable in two ways, divided by nothing, finer than sen or out of range.
    """
    try:
        return parse(text)
    except DeskError:
        if not is_sum(text):
            raise
    result = _Reckoner(text).result()
    if abs(result) >= LARGEST:
        raise DeskError(_("Hasil “{text}” terlalu besar. Periksa lagi hitungannya.").format(text=_short(text)))
    sen = result * 100
    if sen.denominator != 1:
        rounded = Decimal(round(sen)).scaleb(-2)
        said = _("Hasil “{text}” lebih halus dari satu sen. Bulatkan, misalnya menjadi {amount}.")
        raise DeskError(said.format(text=_short(text), amount=rupiah(rounded)))
    return Decimal(sen.numerator).scaleb(-2) if sen.numerator % 100 else Decimal(sen.numerator // 100)


def is_sum(text: str) -> bool:
    """Whether a text is written with the signs of a calculation and nothing else, and calculates something."""
    plain = text.translate(_OTHER_SIGNS)
    rest = _TOKEN.sub("", plain)
    return len(text) <= LONGEST and not rest.strip() and bool(re.search(r"[*/()+]|\d[\s.,]*-", plain))


def quantity(text: str) -> Decimal:
    """A volume: `12`, `2,5`, `0,125`, `1.250`, `3x12`; at most four decimals.

    Raises:
        DeskError: no number, readable in two ways (`1,234`, `2.5`), below zero or out of range.
    """
    if is_sum(text):
        result = _Reckoner(text).result()
    else:
        if len(text) > LONGEST or not re.fullmatch(r"\d[\d.,]*", text.strip(), re.ASCII):
            said = _("“{text}” bukan volume. Tulis angkanya, misalnya 12 atau 2,5, lalu satuannya.")
            raise DeskError(said.format(text=_short(text)))
        result = number(text.strip())
    if not 0 <= result < LARGEST:
        raise DeskError(_("Volume “{text}” tidak mungkin. Periksa angkanya.").format(text=_short(text)))
    steps = result * 10**DECIMALS
    if steps.denominator != 1:
        raise DeskError(
            _("Volume “{text}” lebih halus dari empat angka di belakang koma. Bulatkan.").format(text=_short(text))
        )
    return Decimal(steps.numerator).scaleb(-DECIMALS).normalize() + 0


def quantity_text(volume: Decimal) -> str:
    """A volume as screens show it: `1.250`, `2,5`."""
    return f"{volume.normalize():,f}".translate(str.maketrans(",.", ".,"))


def number(text: str) -> Fraction:
    """One number of a calculation: an amount, or a factor with up to four decimals after a comma.

    Raises:
        DeskError: no number, or readable in two ways.
    """
    if len(text) <= _LONGEST_NUMBER and (text.isdecimal() or _GROUPED.fullmatch(text) or _BROKEN.fullmatch(text)):
        return Fraction(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+[.,]\d+", text, re.ASCII) and len(text) <= _LONGEST_NUMBER:
        raise DeskError(
            _("“{text}” bisa dibaca dua cara. Tulis titik hanya untuk ribuan dan koma untuk pecahan.").format(text=text)
        )
    return Fraction(parse(text))


class _Reckoner:
    """Reads a calculation from left to right: sums of products of numbers, brackets first."""

    def __init__(self, text: str) -> None:
        self._text = text
        found = _TOKEN.finditer(text.translate(_OTHER_SIGNS)) if is_sum(text) else ()
        self._tokens = [match[1] or match[2] for match in found]
        self._place = self._depth = 0

    def result(self) -> Fraction:
        """The exact result.

        Raises:
            DeskError: what is written is no calculation.
        """
        value = self._series(self._product, {"+": Fraction.__add__, "-": Fraction.__sub__})
        if self._place < len(self._tokens):
            raise self._refuse()
        return value

    def _series(
        self, part: Callable[[], Fraction], signs: dict[str, Callable[[Fraction, Fraction], Fraction]]
    ) -> Fraction:
        value = part()
        while (sign := self._next()) in signs:
            self._place += 1
            value = signs[sign](value, part())
        return value

    def _product(self) -> Fraction:
        return self._series(self._factor, {"*": Fraction.__mul__, "/": self._divide})

    def _factor(self) -> Fraction:
        token = self._next()
        self._place += 1
        self._depth += 1
        if not token or token in "+*/)" or self._depth > DEEPEST:
            raise self._refuse()
        if token == "-":
            value = -self._factor()
        elif token == "(":
            value = self._series(self._product, {"+": Fraction.__add__, "-": Fraction.__sub__})
            if self._next() != ")":
                raise self._refuse()
            self._place += 1
        else:
            value = number(token)
        self._depth -= 1
        return value

    def _next(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def _divide(self, one: Fraction, other: Fraction) -> Fraction:
        if not other:
            raise DeskError(_("Pembagian dengan nol tidak ada hasilnya. Periksa hitungannya."))
        return one / other

    def _refuse(self) -> DeskError:
        return DeskError(
            _("“{text}” belum lengkap sebagai hitungan. Tulis seperti 3*1.500.000+250.000.").format(
                text=_short(self._text)
            )
        )


def _short(text: str) -> str:
    """What a sentence repeats of an entry."""
    text = " ".join(text[:200].split())
    return text if len(text) <= 40 else text[:39] + "…"
