"""What people wrote, made printable: a character without a glyph is named, and no word is too long to break."""

import re
import unicodedata
from collections.abc import Iterator
from gettext import gettext as _
from itertools import groupby

from desk.dates import MONTHS
from desk.glyphs import kind_of
from desk.paper.marks import Block, lines
from desk.paper.text import NBSP, Face, clean

LEADING = 1.28
"""Em from one line of a letter to the next."""

_HELD = (
    re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (?=\d{{4}}\b)"),
    re.compile(r"\b(UU|PP|angka|halaman) (?=\d)"),
    re.compile(r"\b(ayat) (?=\(\d)"),
    re.compile(r"\b(huruf) (?=[a-z]\b)"),
)
"""Dates and articles, which no line break goes through."""


def printable(text: str, face: Face) -> str:
    """A person's text on one line; what the face cannot draw stands in brackets by its name or number.

    A letter already promised to a citizen is printed whatever the citizen wrote, so nothing is refused here.
    """
    cleaned = clean(text)
    absent = set(face.missing(cleaned))
    if not absent:
        return _held(cleaned)
    said = "".join(
        _named(kind, "".join(run)) if kind else "".join(run)
        for kind, run in groupby(cleaned, key=lambda ch: _kind(ch) if ch in absent else "")
    )
    return _held(clean(said))


def _held(text: str) -> str:
    for pattern in _HELD:
        text = pattern.sub(lambda found: NBSP.join((*found.groups(), "")), text)
    return text


def _kind(ch: str) -> str:
    return "-" if unicodedata.name(ch, "").startswith("VARIATION SELECTOR") else kind_of(ch)


def _named(kind: str, run: str) -> str:
    """A run in brackets: pictures by their name, letters by the number anyone can look up."""
    if kind == "-":
        # A selector only chooses how the character before it looks.
        return ""
    if kind == _("gambar"):
        return " ".join(f" [{kind}: {unicodedata.name(ch, f'U+{ord(ch):04X}').lower()}] " for ch in run)
    return f" [{kind}: {' '.join(f'U+{ord(ch):04X}' for ch in run)}] "


def texts(text: str, face: Face) -> tuple[str, ...]:
    """The paragraphs of a person's text, each printable; empty ones left out."""
    return tuple(line for line in (printable(part, face) for part in text.splitlines()) if line)


def wrapped(face: Face, text: str, room: float) -> Iterator[str]:
    """Lines of at most `room` em; unlike `Face.wrap` in time that grows with the text, not with its square."""
    line: list[str] = []
    used, blank = 0.0, face.width(" ")
    for word in _short(face, text, room):
        width = face.width(word)
        if line and used + blank + width > room:
            yield " ".join(line)
            line, used = [], 0.0
        used += width + (blank if line else 0)
        line.append(word)
    if line:
        yield " ".join(line)


def _short(face: Face, text: str, room: float) -> Iterator[str]:
    """The words of a text; one wider than the room comes in pieces that fill a line each."""
    for word in text.split(" "):
        if len(word) < 400 and face.width(word) <= room:
            yield word
            continue
        start, used = 0, 0.0
        for i, ch in enumerate(word):
            width = face.width(ch)
            if used + width > room and i > start:
                # An address or number is parted after a joint of its own where it has one near the edge.
                joint = max(word.rfind(sign, start, i) for sign in ("/", "-", NBSP)) + 1
                end = joint if joint > start + (i - start) // 2 else i
                yield word[start:end]
                used = sum(face.width(rest) for rest in word[end:i])
                start = end
            used += width
        yield word[start:]


def set_lines(face: Face, size: float, text: str, room: float) -> list[Block]:
    """A text of several paragraphs as blocks of one line each."""
    return [
        lines(face, size, (line,), LEADING) for part in texts(text, face) for line in wrapped(face, part, room / size)
    ]
