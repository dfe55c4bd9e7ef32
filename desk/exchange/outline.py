"""Tables numbered like a list (I, A, 1) instead of coded: each row gets the depth its number has, and no code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from gettext import gettext as _

from desk.budget.rules import Problem
from desk.exchange.entries import Entry

_COUNTER = re.compile(r"([IVX]{1,5}|[ivx]{1,5}|[A-Za-z]|\d{1,2})(?:[.)]\s*(?=\D|$)|\s+|$)", re.ASCII)
_COUNTER_IN_TITLE = re.compile(r"([IVX]{1,5}|[ivx]{1,5}|[A-Za-z]|\d{1,2})[.)]\s*(?=\D)", re.ASCII)
_CODE = re.compile(r"[\[(]?\d", re.ASCII)
_CODE_IN_TITLE = re.compile(r"\d+\.\d", re.ASCII)
_ROMAN = {"i": 1, "v": 5, "x": 10}

Counter = tuple[str, int]
"""How a row is numbered (`I`, `A`, `1`, `i`, `a`), and which number it has."""


def outlined(entries: Sequence[Entry], *, has_codes: bool) -> tuple[list[Entry], list[Problem]]:
    """The entries with their depth and without their numbers where those are a list's, and a word about it.

    A single real code among them shows that letters only head its parts: then nothing is changed.

    Args:
        entries: in the order of the file.
        has_codes: the table has a column of codes; without one the numbers stand before the titles.
    """
    counter, code = (_COUNTER, _CODE) if has_codes else (_COUNTER_IN_TITLE, _CODE_IN_TITLE)
    texts = [entry.code if has_codes else entry.title for entry in entries]
    found = [counter.match(text) for text in texts]
    numbered = [match[1] for match in found if match]
    has_codes_too = any(code.match(text) for text, match in zip(texts, found, strict=True) if not match)
    # In a table of codes alone 1 stands once, for the first field; a list begins with it again below each heading.
    is_list = any(text.isalpha() for text in numbered) or numbered.count("1") > 1
    if has_codes_too or not is_list:
        return list(entries), []
    levels = _levels(numbered)
    kept: list[Entry] = []
    for entry, text, match in zip(entries, texts, found, strict=True):
        if match is None:
            kept.append(entry)
            continue
        words = text[match.end() :].strip()
        title = f"{words} {entry.title}".strip() if has_codes else words
        kept.append(replace(entry, code="", title=title, depth=next(levels)))
    row = next(entry.row for entry, match in zip(entries, found, strict=True) if match)
    told = _(
        "Baris {row}: tabel ini memakai nomor urut ({numbers}), bukan kode rekening; barisnya ditempatkan menurut "
        "urutan dan namanya. Bila susunannya keliru, isi kolom Kode, misalnya 4.2.1 atau 1.1.01, lalu muat lagi."
    )
    return kept, [Problem(row, told.format(row=row, numbers=", ".join(list(dict.fromkeys(numbered))[:4])))]


def _levels(numbered: Sequence[str]) -> Iterator[int]:
    """The depth of each number: one of a new kind goes below, one of an open kind back to its level."""
    opened: list[Counter] = []
    for text in numbered:
        kind, number = _reading(text, opened)
        place = next((i for i, (name, _n) in enumerate(opened) if name == kind), len(opened))
        opened[place:] = [(kind, number)]
        yield place + 1


def _reading(text: str, opened: Sequence[Counter]) -> Counter:
    """`I` after `H` is a letter, elsewhere a one: what goes on comes first, then what begins."""
    readings = list(_readings(text))
    following = [(kind, number) for kind, number in readings if (kind, number - 1) in opened]
    beginning = [(kind, number) for kind, number in readings if number == 1]
    return (following or beginning or readings)[0]


def _readings(text: str) -> Iterator[Counter]:
    if text.isdecimal():
        yield "1", int(text)
        return
    if set(text.lower()) <= _ROMAN.keys():
        values = [_ROMAN[letter] for letter in text.lower()]
        signs = [-1 if value < after else 1 for value, after in zip(values, [*values[1:], 0], strict=True)]
        yield "I" if text.isupper() else "i", sum(v * s for v, s in zip(values, signs, strict=True))
    if len(text) == 1:
        yield "A" if text.isupper() else "a", ord(text.lower()) - ord("a") + 1
