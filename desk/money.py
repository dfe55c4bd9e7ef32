"""Rupiah: read as villages write it, show, and say in words; exact to the sen, never a float."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from gettext import gettext as _

from desk.errors import LARGEST_SEN, DeskError

LARGEST = Decimal(LARGEST_SEN).scaleb(-2)
"""Amounts in rupiah stay below this, positive or negative."""


class Style(Enum):
    """Which sign groups the thousands; the other one begins the sen."""

    DOT = "."
    """`2.293.706.000,00`, the Indonesian way."""
    COMMA = ","
    """`1,370,181,000`, as spreadsheets set to English write it."""

    @property
    def sample(self) -> str:
        """An amount written this way."""
        return "1.234,50" if self is Style.DOT else "1,234.50"


@dataclass(frozen=True)
class Numbers:
    """How all the amounts of a file are written."""

    style: Style | None
    """None where no amount decides, or some say one thing and some the other."""
    doubtful: str = ""
    """The first amount that means two things; "" where every one means the same either way."""


_CURRENCY = re.compile(r"(?:rp|idr)(?![a-z])\.?", re.IGNORECASE | re.ASCII)
_NO_SEN = re.compile(r"(?:[.,](?:-{1,2}|=)|\.+)$")
_GROUPED = {
    Style.DOT: re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?", re.ASCII),
    Style.COMMA: re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?", re.ASCII),
}
_UNGROUPED = {
    Style.DOT: re.compile(r"\d+,\d{1,2}", re.ASCII),
    Style.COMMA: re.compile(r"\d+\.\d{1,2}", re.ASCII),
}
_ONE_GROUP = re.compile(r"\d{1,3}[.,]\d{3}", re.ASCII)
_FEW_DIGITS = re.compile(r"[1-9]\d{0,2}[.,]\d{1,2}", re.ASCII)
_LONGEST = 40
"""Characters of an entry that can still be an amount."""


def parse(text: str, style: Style | None = None, *, is_told: bool = False) -> Decimal:
    """An amount in rupiah from what a person or a file wrote.

    Takes `Rp 964.073.000,-`, `1,370,181,000`, `710.783.304,48`, `1370181000`, `(17.122.954)`, `-2,725,157`. Where the
    signs can mean two things (`1,234`; `1.50`) nothing is guessed: the answer is `style`, or a question.

    Args:
        text: one amount.
        style: how the file it stands in is written, from `numbers_of`; None for a single typed entry.
        is_told: a person said so, and `1,234` in an Indonesian file is one rupiah and decimals.

    Raises:
        DeskError: not an amount, finer than sen, out of range, or readable in two ways.
    """
    digits, negative = _bare(text)
    if is_told and style is not None and _ONE_GROUP.fullmatch(digits) and style.value not in digits:
        amount = _three_decimals(text, digits)
    else:
        amount = _value(text, digits, style)
    if amount >= LARGEST:
        raise DeskError(_("Jumlah “{text}” terlalu besar. Periksa lagi angkanya.").format(text=_short(text)))
    return -amount if negative else amount


def numbers_of(texts: Iterable[str]) -> Numbers:
    """How a file is written, by all its amounts that can be read in one way only.

    A single group of three (`17.500`, `17,500`) decides nothing, however often it stands there: it may be thousands or
    three decimals. Few digits (`30,49`) decide nothing either: they may be millions.
    """
    seen: set[Style] = set()
    doubtful = ""
    for text in texts:
        digits, _negative = _bare(text)
        if not digits.strip("0.,"):
            continue
        if _ONE_GROUP.fullmatch(digits):
            doubtful = doubtful or text
        elif not _FEW_DIGITS.fullmatch(digits):
            seen |= _readings(digits)
    return Numbers(seen.pop() if len(seen) == 1 else None, doubtful)


def both_ways(text: str) -> dict[Style, Decimal | None]:
    """A doubtful amount in each style; None where it would be finer than sen."""
    read: dict[Style, Decimal | None] = {}
    for style in Style:
        try:
            read[style] = parse(text, style, is_told=True)
        except DeskError:
            read[style] = None
    return read


def rupiah(amount: Decimal | None) -> str:
    """An amount as papers and screens show it: `Rp 1.234.567` with a no-break space, `,50` only where there is sen.

    Negative amounts stand in brackets, an unknown one is `belum diisi`.

    Raises:
        ValueError: the amount is finer than sen or no number.
    """
    if amount is None:
        return _("belum diisi")
    shown = f"Rp\u00a0{_grouped(abs(amount))}"
    return f"({shown})" if amount < 0 else shown


def plain(amount: Decimal) -> str:
    """An amount for programs: `1370198500`, `710783304.48`; a dot, no grouping, sen only where there is some."""
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"


def words(amount: Decimal) -> str:
    """An amount in words (terbilang), without the word rupiah: `satu juta seribu`, `nol koma lima`.

    Raises:
        ValueError: the amount is finer than sen or no number.
    """
    whole, _point, sen = f"{_exact(abs(amount)):.2f}".partition(".")
    said = _say(int(whole))
    if sen := sen.rstrip("0"):
        said = f"{said} koma {' '.join(_ONES[int(digit)] for digit in sen)}"
    return f"minus {said}" if amount < 0 else said


_ONES = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_STEPS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"), (100, "ratus"), (10, "puluh"))


def _say(number: int) -> str:
    """A whole number in words; one hundred and one thousand shrink to se-, one million does not."""
    if number < len(_ONES):
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    unit, name = next(step for step in _STEPS if number >= step[0])
    count, rest = divmod(number, unit)
    head = f"se{name}" if count == 1 and unit in (100, 1000) else f"{_say(count)} {name}"
    return f"{head} {_say(rest)}" if rest else head


def _exact(amount: Decimal) -> Decimal:
    if not amount.is_finite() or abs(amount) >= LARGEST or amount != amount.quantize(Decimal("0.01")):
        raise ValueError(f"not an amount in rupiah and sen: {amount}")
    return amount


def _grouped(amount: Decimal) -> str:
    whole = _exact(amount) == amount.to_integral_value()
    return f"{amount:,.{0 if whole else 2}f}".translate(str.maketrans(",.", ".,"))


def _bare(text: str) -> tuple[str, bool]:
    """The digits and separators of an entry, and whether it is negative; what is left may still be no amount."""
    rest = " ".join(text.replace("\u2212", "-").split())
    bracketed = rest.startswith("(") and rest.endswith(")")
    if bracketed:
        rest = rest[1:-1].strip()
    rest, signs = _strip_signs(rest)
    rest = _NO_SEN.sub("", rest)
    if not bracketed and rest.startswith("(") and rest.endswith(")"):
        bracketed, rest = True, rest[1:-1].strip()
    if signs + bracketed > 1:
        return "", False
    return _NO_SEN.sub("", rest), bool(signs + bracketed)


def _strip_signs(text: str) -> tuple[str, int]:
    """Take one minus and one currency name off the front, in either order."""
    signs = 0
    for _turn in range(2):
        if text.startswith("-"):
            signs, text = signs + 1, text[1:].lstrip()
        if found := _CURRENCY.match(text):
            text = text[found.end() :].lstrip()
    return text, signs


def _readings(digits: str) -> set[Style]:
    """The styles an entry has the shape of; never more than one."""
    return {s for s in Style if _GROUPED[s].fullmatch(digits) or _UNGROUPED[s].fullmatch(digits)}


def _value(text: str, digits: str, style: Style | None) -> Decimal:
    if not text.strip():
        raise DeskError(_("Jumlahnya belum diisi. Tulis seperti 1.234.567."))
    if len(digits) <= _LONGEST and digits.isascii() and digits.isdigit():
        return Decimal(digits)
    readings = _readings(digits) if len(digits) <= _LONGEST else set()
    if readings and not digits.strip("0.,"):
        return Decimal(0)
    grouped_zero = digits.startswith("0") and any(_GROUPED[s].fullmatch(digits) for s in readings)
    if not readings or grouped_zero:
        raise DeskError(
            _("“{text}” bukan jumlah uang. Tulis seperti 1.234.567 atau 1.234.567,50.").format(text=_short(text))
        )
    read_as = readings.pop()
    if _ONE_GROUP.fullmatch(digits) or _FEW_DIGITS.fullmatch(digits):
        _ask_unless_settled(text, digits, read_as, style)
    sen = "," if read_as is Style.DOT else "."
    return Decimal(digits.replace(read_as.value, "").replace(sen, "."))


def _ask_unless_settled(text: str, digits: str, read_as: Style, style: Style | None) -> None:
    """`1.234` is thousands unless its column says otherwise; `1,234` and `1.50` need a column that says so."""
    if style is read_as or (style is None and read_as is Style.DOT):
        return
    guess = digits.translate(str.maketrans(",.", ".,")) if read_as is Style.COMMA else digits
    raise DeskError(
        _("“{text}” bisa dibaca dua cara. Apakah maksudnya Rp {guess}? Tulis dengan titik untuk ribuan.").format(
            text=_short(text), guess=guess
        )
    )


def _three_decimals(text: str, digits: str) -> Decimal:
    """`17,500` where the comma begins the sen."""
    if not digits.endswith("0"):
        raise DeskError(_("“{text}” lebih halus dari sen. Bulatkan angkanya.").format(text=_short(text)))
    return Decimal(digits[:-1].replace(",", "."))


def _short(text: str) -> str:
    """What a sentence repeats of an entry: its beginning, so that a huge one cannot flood the screen."""
    text = " ".join(text[:200].split())
    return text if len(text) <= 40 else text[:39] + "…"
