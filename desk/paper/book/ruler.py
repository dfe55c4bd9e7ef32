"""Text measured and broken for tables of forty thousand cells: every character, word and text is looked at once.

`desk.paper.text` says what a line may be; this says the same faster. A text of plain letters that needs no cleaning is
not cleaned, widths are kept by character and by word, and a word too wide for its column is cut in one pass.
"""

import re
from collections.abc import Iterator

from desk.paper.text import NBSP, Face, paragraphs

_CARE = re.compile(r"^ | $|  |(?:RT|RW|No|Rp|Nomor|Pasal|Tahun)\.? \d")
"""Where `clean` changes a text of printable ASCII: spaces to take away, or a number to hold to its word."""
_SELECTORS = re.compile("[\ufe00-\ufe0f]")
"""Invisible; they choose between drawings of the character before them."""


class _Advances(dict[str, float]):
    """Widths of characters in em."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, letter: str) -> float:
        width = self[letter] = self._face.width(letter)
        return width


class _Words(dict[str, float]):
    """Widths of words in em."""

    def __init__(self, advances: _Advances) -> None:
        super().__init__()
        self._advance = advances.__getitem__

    def __missing__(self, word: str) -> float:
        width = self[word] = sum(map(self._advance, word))
        return width


class Ruler:
    """What one face can draw, how wide it is, and where its lines end; widths in em."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.spelled = False
        """Whether a character had to be written as its code."""
        self._advances = _Advances(face)
        self._advance = self._advances.__getitem__
        self._known: set[str] = set()
        self.words = _Words(self._advances)

    def width(self, text: str) -> float:
        """Width of a text."""
        return sum(map(self._advance, text))

    def prepared(self, text: str) -> tuple[str, ...]:
        """A person's text as the paragraphs that are set: cleaned as every paper cleans it, and drawable."""
        if text.isascii() and text.isprintable() and not _CARE.search(text):
            parts: tuple[str, ...] = (text,) if text else ()
        else:
            parts = paragraphs(text)
        return tuple(map(self.drawable, parts))

    def drawable(self, text: str) -> str:
        """The text with each character the face lacks as its code, `[U+1F642]`.

        A register is a legal record of two thousand people: it is neither refused for one of them nor printed with an
        empty box where a letter should stand.
        """
        if self._known.issuperset(text):
            return text
        text = _SELECTORS.sub("", text)
        strange = [ch for ch in set(text) - self._known if self.face.missing(ch)]
        self._known.update(set(text).difference(strange))
        self.spelled = self.spelled or bool(strange)
        return text.translate({ord(ch): f"[U+{ord(ch):04X}]" for ch in strange}) if strange else text

    def wrap(self, text: str, room: float, joints: str) -> Iterator[str]:
        """Lines of at most `room`; only a word wider than that is cut, after one of the joints where it has one."""
        if self.width(text) <= room:
            yield text
            return
        words, space = self.words, self._advances[" "]
        line, used = "", 0.0
        for word in text.split(" "):
            wide = words[word]
            if line and used + space + wide <= room:
                line += " " + word
                used += space + wide
                continue
            if line:
                yield line
            if wide > room:
                *full, word = self.pieces(word, room, joints)
                yield from full
                wide = self.width(word)
            line, used = word, wide
        yield line

    def pieces(self, word: str, room: float, joints: str) -> Iterator[str]:
        """A word in pieces that fit the room, each at least one character."""
        start, joint, used = 0, 0, 0.0
        for i, letter in enumerate(word):
            wide = self._advance(letter)
            if used + wide > room and i > start:
                end = joint if joint > start else i
                yield word[start:end]
                start, used = end, self.width(word[end:i])
            used += wide
            if letter in joints:
                joint = i + 1
        yield word[start:]


_PHONE_GAP = re.compile(r"(?<=[\d)]) (?=[\d(])")


def held_together(text: str) -> str:
    """An identifier whose spaces are no place for a line to end."""
    return text.replace(" ", NBSP)


def phones_held_together(text: str) -> str:
    """A contact whose phone numbers keep their groups of digits on one line."""
    return _PHONE_GAP.sub(NBSP, text)
