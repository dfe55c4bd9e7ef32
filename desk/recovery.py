"""The recovery code: a key as eight rows a person can type off a sheet of paper, each row checked on its own."""

import functools
import re
from collections.abc import Sequence
from gettext import gettext as _

from desk.store import DeskError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is read as a digit, nor a word no one wants on a sheet."""

ROWS = 8
LETTERS = 8
"""A row of the code: three bits say which row it is, 32 are key, and the last letter guards the seven before it."""

_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_VALUES |= {"O": 0, "I": 1, "L": 1}
_VALUES |= {letter.lower(): value for letter, value in _VALUES.items()}

_BETWEEN = re.compile(r"[\s\-–.·]+")
_ROW_NUMBER = re.compile(r"^\s*[1-8]\s*[.):]")


def mark(check: bytes) -> str:
    """Four letters that tell two keys, and so two sheets, apart; they betray nothing of the key."""
    return "".join(ALPHABET[byte & 31] for byte in check[:4])


def code(key: bytes) -> tuple[str, ...]:
    """The key as the eight rows of its recovery sheet: `0C4M H5QW`."""
    return tuple(_row(row, key[4 * row : 4 * row + 4]) for row in range(ROWS))


def read_code(typed: str) -> bytes:
    """The key from its eight rows as a person typed them; also where line breaks stand elsewhere, but no letter lacks.

    Raises:
        DeskError: the first row that is mistyped, missing or out of place, by its number.
    """
    rows = typed.splitlines()
    if len(rows) != ROWS:
        rows = [row for row in rows if row.strip()]
    if len(rows) != ROWS and len(letters := _BETWEEN.sub("", typed)) == ROWS * LETTERS:
        rows = [letters[start : start + LETTERS] for start in range(0, len(letters), LETTERS)]
    parts = [read_row(number, row) for number, row in enumerate(rows[:ROWS], 1)]
    if len(parts) < ROWS:
        raise DeskError(_("Baris {number} belum diketik. Ketik delapan baris.").format(number=len(parts) + 1))
    if len(rows) > ROWS:
        raise DeskError(_("Kode hanya delapan baris. Hapus baris sesudah baris 8."))
    return b"".join(parts)


def read_row(number: int, typed: str) -> bytes:
    """Four bytes of the key from row `number` (1 to 8), forgiving case, spaces, O for 0, and I or L for 1.

    One wrong letter, one too many or too few, and two letters exchanged are always found.

    Raises:
        DeskError: what is wrong with the row, and what to do.
    """
    letters = _BETWEEN.sub("", _ROW_NUMBER.sub("", typed))
    if not letters:
        raise DeskError(_("Baris {number} belum diketik. Ketik delapan baris.").format(number=number))
    if unknown := next((letter for letter in letters if letter not in _VALUES), ""):
        raise _mistyped(_("Baris {number}: “{letter}” tidak dipakai dalam kode.").format(number=number, letter=unknown))
    if len(letters) != LETTERS:
        raise _mistyped(
            _("Baris {number} berisi {count} huruf, seharusnya {right}.").format(
                number=number, count=len(letters), right=LETTERS
            )
        )
    values = [_VALUES[letter] for letter in letters]
    if _remainder(values):
        raise _mistyped(_("Baris {number} salah ketik.").format(number=number))
    whole = functools.reduce(lambda sum_, value: sum_ << 5 | value, values[:-1], 0)
    if (stands := (whole >> 32) + 1) != number:
        raise _mistyped(_("Baris {number} berisi baris {other}.").format(number=number, other=stands))
    return (whole & 0xFFFFFFFF).to_bytes(4, "big")


def _row(row: int, part: bytes) -> str:
    whole = row << 32 | int.from_bytes(part, "big")
    values = [whole >> shift & 31 for shift in range(30, -1, -5)]
    letters = "".join(ALPHABET[value] for value in (*values, _double(_remainder(values))))
    return f"{letters[:4]} {letters[4:]}"


def _remainder(values: Sequence[int]) -> int:
    """Zero for a whole row: the letters as a polynomial over GF(32) at a primitive element.

    The weights of the eight places are all different and none is zero, which is what finds one wrong letter and any two
    exchanged.
    """
    return functools.reduce(lambda sum_, value: _double(sum_) ^ value, values, 0)


def _double(value: int) -> int:
    return value << 1 ^ 0b100101 if value & 16 else value << 1


def _mistyped(what: str) -> DeskError:
    return DeskError(_("{what} Bandingkan dengan lembarnya, lalu ketik lagi baris itu.").format(what=what))
