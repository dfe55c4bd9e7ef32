"""Text as papers set it: the three typefaces, their widths, line breaks, and the characters they can draw."""

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import resources

NBSP = "\u00a0"

_PAIR = re.compile(r"\b(RT|RW|No|Rp|Nomor|Pasal|Tahun)(\.?) +(?=\d)")
"""Words that say nothing without the number after them."""


class Face:
    """One typeface: widths in em, line breaks, and which characters it has; sizes are the caller's."""

    def __init__(self, name: str, file: str) -> None:
        """Read a static TTF of `resources/fonts` and make it known to ReportLab under `name`."""
        font = TTFont(name, str(resources.path(f"fonts/{file}")))
        pdfmetrics.registerFont(font)
        self.name = name
        self.cap = font.face.capHeight / 1000
        """Height of capitals in em; both families draw lining figures of this height."""
        self.ascent = font.face.ascent / 1000
        self.descent = -font.face.descent / 1000
        self._advances: dict[int, float] = font.face.charWidths
        self._unknown: float = font.face.defaultWidth
        self._glyphs = frozenset(font.face.charToGlyph)
        self.width = functools.lru_cache(maxsize=20_000)(self._width)
        """Width of a text in em."""

    def _width(self, text: str) -> float:
        return sum(self._advances.get(ord(ch), self._unknown) for ch in text) / 1000

    def missing(self, text: str) -> str:
        """The characters of a text this face has no glyph for, each once."""
        return "".join(dict.fromkeys(ch for ch in text if ord(ch) not in self._glyphs))

    def wrap(self, text: str, room: float) -> tuple[str, ...]:
        """Lines of at most `room` em.

        Lines break at ordinary spaces, never at U+00A0; only a word wider than the whole room is cut, after a slash or
        a hyphen where it has one.
        """
        lines: list[str] = []
        line = ""
        for word in text.split(" "):
            longer = f"{line} {word}" if line else word
            if self.width(longer) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = self._pieces(word, room)
            lines.extend(full)
        return (*lines, line) if line or not lines else tuple(lines)

    def _pieces(self, word: str, room: float) -> Iterator[str]:
        """A word in pieces that fit the room; the last piece is what remains."""
        while self.width(word) > room:
            most = next((i for i in range(len(word), 1, -1) if self.width(word[:i]) <= room), 1)
            joint = max(word.rfind(ch, 0, most) for ch in "/-") + 1
            end = joint or most
            yield word[:end]
            word = word[end:]
        yield word


@dataclass(frozen=True)
class Faces:
    """The typefaces of the papers: posters, tables and sentences in Plex Condensed, heads of papers in Fjalla."""

    plain: Face
    bold: Face
    headline: Face


@functools.cache
def faces() -> Faces:
    """The three faces, read once; the fonts lie in `resources/fonts` with their licences."""
    return Faces(
        Face("Plex", "IBMPlexSansCondensed-Regular.ttf"),
        Face("Plex-SemiBold", "IBMPlexSansCondensed-SemiBold.ttf"),
        Face("Fjalla", "FjallaOne-Regular.ttf"),
    )


def clean(text: str) -> str:
    """A person's text made safe to set on one line.

    Control characters and the invisible ones that reverse or hide text (Unicode classes Cc and Cf) are gone, line
    breaks and runs of spaces are one space, and `RT 03`, `Rp 1.000` and their like hold together.
    """
    composed = unicodedata.normalize("NFC", text).replace("\u2011", "-")
    spaced = "".join(" " if ch.isspace() and ch != NBSP else ch for ch in composed)
    seen = "".join(ch for ch in spaced if unicodedata.category(ch) not in ("Cc", "Cf", "Cs"))
    return _PAIR.sub(rf"\1\2{NBSP}", " ".join(word for word in seen.split(" ") if word))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a person's text, each cleaned; empty ones left out."""
    return tuple(line for line in map(clean, text.splitlines()) if line)
