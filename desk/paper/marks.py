"""What ink goes where: words, boxes and lines with their place, laid out before any PDF exists.

Places are in points from the upper left corner, y downward. A layout is a pure function from a record to marks, so that
paper can be measured, checked for seams and missing glyphs, and only then drawn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from desk.paper.text import Face

MM = 72 / 25.4
"""Points in a millimetre."""

Colour = tuple[float, float, float]
BLACK: Colour = (0, 0, 0)
BLUE: Colour = (0, 0x72 / 255, 0xB2 / 255)
"""#0072B2: 5.2:1 on white, 66 % grey on a mono laser; fills only."""
WHITE: Colour = (1, 1, 1)
GREY: Colour = (0.72, 0.72, 0.72)
"""Hair lines that lead the eye from a name to its amount."""
FAINT: Colour = (0.94, 0.94, 0.94)
"""The word RANCANGAN under the text: a line around its letters would run through digits."""


class Ink(NamedTuple):
    """The rectangle a mark covers."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text in one face and size; `y` is its baseline."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    colour: Colour = BLACK
    uncut: bool = False
    """No seam between tiles may pass through its letters; between them it may."""

    @property
    def width(self) -> float:
        """Points from the first letter's origin to the end of the last."""
        return self.face.width(self.text) * self.size

    def moved(self, dx: float, dy: float) -> "Words":
        """The same line elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def ink(self) -> Ink:
        """From ascender to descender, over the whole advance."""
        face, size = self.face, self.size
        return Ink(self.x, self.y - face.ascent * size, self.x + self.width, self.y + face.descent * size)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled or outlined or both; `y` is its upper edge."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour | None = None
    outline: float = 0
    """Width of a black outline."""

    def moved(self, dx: float, dy: float) -> "Box":
        """The same rectangle elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def ink(self) -> Ink:
        """The rectangle itself."""
        return Ink(self.x, self.y, self.x + self.width, self.y + self.height)


@dataclass(frozen=True, slots=True)
class Line:
    """A straight rule."""

    x: float
    y: float
    to_x: float
    to_y: float
    weight: float
    colour: Colour = BLACK
    dashed: bool = False

    def moved(self, dx: float, dy: float) -> "Line":
        """The same rule elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy, to_x=self.to_x + dx, to_y=self.to_y + dy)

    def ink(self) -> Ink:
        """From end to end."""
        return Ink(min(self.x, self.to_x), min(self.y, self.to_y), max(self.x, self.to_x), max(self.y, self.to_y))


@dataclass(frozen=True, slots=True)
class Code:
    """A square code for a telephone with white around it; no seam between tiles may pass through it."""

    x: float
    y: float
    side: float
    """With the quiet zone."""
    rows: tuple[tuple[bool, ...], ...]
    """Dark modules from the upper left."""
    quiet: int
    """Modules of white on each side."""

    @property
    def module(self) -> float:
        """Width of one module, points."""
        return self.side / (len(self.rows) + 2 * self.quiet)

    def moved(self, dx: float, dy: float) -> "Code":
        """The same code elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def ink(self) -> Ink:
        """With its quiet zone: white that must stay white."""
        return Ink(self.x, self.y, self.x + self.side, self.y + self.side)


Mark = Words | Box | Line | Code


@dataclass(frozen=True, slots=True)
class Block:
    """Marks that belong together, from 0 downward to `height`."""

    height: float
    marks: tuple[Mark, ...] = ()

    def at(self, x: float, y: float) -> tuple[Mark, ...]:
        """The marks with the block's upper left corner at x, y."""
        return tuple(mark.moved(x, y) for mark in self.marks)


@dataclass(frozen=True)
class Page:
    """One finished sheet of a paper."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    across: str = ""
    """A word printed large and faint from corner to corner, under everything else."""


def stack(blocks: Iterable[Block], gap: float = 0) -> Block:
    """Blocks one under the other; empty ones take no gap."""
    marks: list[Mark] = []
    y = 0.0
    for block in blocks:
        if block.height:
            y += gap if y else 0
            marks += block.at(0, y)
            y += block.height
    return Block(y, tuple(marks))


def space(height: float) -> Block:
    """Room without ink."""
    return Block(height)


def rule(width: float, weight: float, colour: Colour = BLACK) -> Block:
    """A horizontal rule over the width, as high as it is heavy."""
    return Block(weight, (Line(0, weight / 2, width, weight / 2, weight, colour),))


def headline(face: Face, size: float, text: str) -> Block:
    """One line as high as its capitals, for type that stands alone."""
    return Block(face.cap * size, (Words(0, face.cap * size, text, face, size),))


def lines(face: Face, size: float, texts: Sequence[str], leading: float = 1.22) -> Block:
    """Lines of text under each other; `leading` in em."""
    height = leading * size
    first = (leading - face.ascent - face.descent) / 2 * size + face.ascent * size
    return Block(
        height * len(texts),
        tuple(Words(0, first + i * height, text, face, size) for i, text in enumerate(texts) if text),
    )


def paragraph(face: Face, size: float, text: str, room: float, leading: float = 1.22) -> Block:
    """A text broken into lines of at most `room` points; nothing where there is no text."""
    return lines(face, size, face.wrap(text, room / size), leading) if text else Block(0)


def shrunk(face: Face, size: float, text: str, room: float, smallest: float, leading: float = 1.22) -> Block:
    """One line, set smaller down to `smallest` points to fit the room; where that is not enough, several lines."""
    fitting = min(size, room / face.width(text)) if text else size
    return (
        lines(face, fitting, (text,), leading)
        if fitting >= smallest
        else paragraph(face, smallest, text, room, leading)
    )
