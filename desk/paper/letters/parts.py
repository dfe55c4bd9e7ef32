"""The parts letters are made of, set into pieces a page break may part: words, fields, boxes, tables, signatures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

from desk.paper.letters.records import Signature
from desk.paper.letters.words import LEADING, printable, set_lines
from desk.paper.marks import GREY, Block, Box, Line, Mark, Words, lines, rule, space, stack
from desk.paper.text import Face, faces

DASH = "–"
"""What stands in a field nothing was written in."""

HAND_LEADING = 1.75
"""Em between lines somebody writes on by hand."""


@dataclass(frozen=True)
class Piece:
    """A block no page break goes through."""

    block: Block
    keep: bool = False
    """It stands on the page of the piece after it."""
    again: Block | None = None
    """What is said again above it where it opens a page."""


@dataclass(frozen=True)
class Measure:
    """The room a part is set in: width and type size, points."""

    width: float
    size: float

    @property
    def plain(self) -> Face:
        """The face of sentences."""
        return faces().plain

    @property
    def bold(self) -> Face:
        """The face of labels and names."""
        return faces().bold


class Part(Protocol):
    """Something a letter says."""

    def set(self, m: Measure) -> Iterator[Piece]:
        """Its pieces, from above to below."""
        ...


def flowing(blocks: Sequence[Block], *, keep: bool = False) -> Iterator[Piece]:
    """Lines as pieces: neither the first nor the last stands alone, and `keep` holds the end to what follows."""
    last = len(blocks) - 1
    for i, block in enumerate(blocks):
        yield Piece(block, keep if i == last else i in (0, last - 1))


def moved(block: Block, dx: float) -> Block:
    """The block further to the right."""
    return Block(block.height, block.at(dx, 0))


def centred(block: Block, width: float) -> Block:
    """Each line of the block in the middle of the width."""
    marks = tuple(m.moved((width - m.width) / 2, 0) if isinstance(m, Words) else m for m in block.marks)
    return Block(block.height, marks)


@dataclass(frozen=True)
class Gap:
    """Room without ink, in em."""

    em: float = 0.7

    def set(self, m: Measure) -> Iterator[Piece]:
        """One empty piece."""
        yield Piece(space(self.em * m.size), keep=True)


@dataclass(frozen=True)
class Rule:
    """A rule over the width."""

    weight: float = 0.6

    def set(self, m: Measure) -> Iterator[Piece]:
        """The rule with a little air."""
        yield Piece(stack((space(0.3 * m.size), rule(m.width, self.weight), space(0.4 * m.size))), keep=True)


@dataclass(frozen=True)
class Say:
    """A text in sentences."""

    text: str
    bold: bool = False
    middle: bool = False
    scale: float = 1
    keep: bool = False
    """Its end stands with what follows."""
    indent: float = 0
    """Em from the left."""

    def set(self, m: Measure) -> Iterator[Piece]:
        """One piece a line."""
        face, size, dx = m.bold if self.bold else m.plain, self.scale * m.size, self.indent * m.size
        blocks = set_lines(face, size, self.text, m.width - dx)
        yield from flowing([centred(b, m.width) if self.middle else moved(b, dx) for b in blocks], keep=self.keep)


@dataclass(frozen=True)
class Title:
    """What the paper is, in the middle, with its number where it has one there."""

    text: str
    number: str = ""
    under: str = ""

    def set(self, m: Measure) -> Iterator[Piece]:
        """Title, number and a line under them."""
        yield Piece(space(0.8 * m.size), keep=True)
        head = faces().headline
        for block in set_lines(head, 1.5 * m.size, self.text, m.width):
            yield Piece(centred(block, m.width), keep=True)
        for text, face, scale in ((self.number, m.bold, 1.12), (self.under, m.plain, 1.0)):
            for block in set_lines(face, scale * m.size, text, m.width):
                yield Piece(centred(block, m.width), keep=True)
        yield Piece(space(0.7 * m.size), keep=True)


@dataclass(frozen=True)
class Fact:
    """A field: its name, what stands in it, and how many lines there are to write on where nothing can stand yet."""

    label: str
    text: str | None
    """None is a field to be filled in by hand; "" is one left empty."""
    hand: int = 1


@dataclass(frozen=True)
class Facts:
    """Fields under each other, their colons in one column."""

    facts: tuple[Fact, ...]
    bold: bool = False
    """The labels."""
    indent: float = 0
    keep: bool = False

    def set(self, m: Measure) -> Iterator[Piece]:
        """Each field's lines, the label beside the first."""
        label_face = m.bold if self.bold else m.plain
        dx = self.indent * m.size
        widest = max(label_face.width(fact.label) for fact in self.facts) * m.size
        names = min(widest, 0.44 * (m.width - dx))
        colon = dx + names + 0.5 * m.size
        start = colon + 0.7 * m.size
        for i, fact in enumerate(self.facts):
            label = [moved(b, dx) for b in set_lines(label_face, m.size, fact.label, names + 0.1)]
            label = label or [Block(LEADING * m.size)]
            label[0] = Block(label[0].height, (*label[0].marks, *lines(m.plain, m.size, (":",), LEADING).at(colon, 0)))
            if fact.text is None:
                value = _dotted(m, start, fact.hand)
            else:
                value = [moved(b, start) for b in set_lines(m.plain, m.size, fact.text, m.width - start)]
                value = value or [moved(lines(m.plain, m.size, (DASH,), LEADING), start)]
            yield from flowing(list(_beside(label, value)), keep=self.keep and i == len(self.facts) - 1)
            yield Piece(space(0.12 * m.size))


def _beside(left: Sequence[Block], right: Sequence[Block]) -> Iterator[Block]:
    for one, other in zip_longest(left, right, fillvalue=Block(0)):
        yield Block(max(one.height, other.height), (*one.marks, *other.marks))


def _dotted(m: Measure, start: float, count: int) -> list[Block]:
    """Lines to write on by hand."""
    height = HAND_LEADING * m.size
    base = height - 0.35 * m.size
    # The first line is as high as the label beside it asks.
    first = Block(height, (Line(start, m.size * 1.05, m.width, m.size * 1.05, 0.5, GREY),))
    return [first, *(Block(height, (Line(start, base - 0.3 * m.size, m.width, base - 0.3 * m.size, 0.5, GREY),))
                     for _i in range(count - 1))]  # fmt: skip


@dataclass(frozen=True)
class Numbered:
    """Texts under each other with a number or letter before each."""

    texts: tuple[str, ...]
    marks: tuple[str, ...] = ()
    """In place of 1., 2., 3."""
    indent: float = 0
    scale: float = 1

    def set(self, m: Measure) -> Iterator[Piece]:
        """Each text's lines, hanging from its number."""
        size = self.scale * m.size
        names = self.marks or tuple(f"{i}." for i in range(1, len(self.texts) + 1))
        dx = self.indent * m.size
        start = dx + max((m.plain.width(name) for name in names), default=0) * size + 0.5 * size
        for name, text in zip(names, self.texts, strict=True):
            body = [moved(b, start) for b in set_lines(m.plain, size, text or DASH, m.width - start)]
            body = body or [moved(lines(m.plain, size, (DASH,), LEADING), start)]
            yield from flowing(list(_beside([moved(lines(m.plain, size, (name,), LEADING), dx)], body)))
            yield Piece(space(0.15 * size))


@dataclass(frozen=True)
class Choices:
    """Boxes to cross, each with its words; crossed ones are known when the paper is printed."""

    options: tuple[tuple[str, bool], ...]
    indent: float = 0
    across: int = 1
    """How many stand beside each other."""

    def set(self, m: Measure) -> Iterator[Piece]:
        """Rows of boxes."""
        dx = self.indent * m.size
        column = (m.width - dx) / self.across
        for i in range(0, len(self.options), self.across):
            row = [
                [moved(b, dx + j * column) for b in self._option(m, text, crossed, column)]
                for j, (text, crossed) in enumerate(self.options[i : i + self.across])
            ]
            height = max(len(blocks) for blocks in row)
            padded = [[*blocks, *[Block(0)] * (height - len(blocks))] for blocks in row]
            joined = [
                Block(max(b.height for b in level), tuple(mark for b in level for mark in b.marks))
                for level in zip(*padded, strict=True)
            ]
            yield from flowing(joined)
            yield Piece(space(0.15 * m.size))

    def _option(self, m: Measure, text: str, crossed: bool, room: float) -> list[Block]:
        start = 1.6 * m.size
        body = [moved(b, start) for b in set_lines(m.plain, m.size, text, room - start - 0.5 * m.size)]
        side, height = 0.85 * m.size, LEADING * m.size
        top = (height - side) / 2
        marks: list[Mark] = [Box(0.1 * m.size, top, side, side, None, 0.7)]
        if crossed:
            left, right, low = 0.1 * m.size + 1.6, 0.1 * m.size + side - 1.6, top + side - 1.6
            marks += [Line(left, top + 1.6, right, low, 1.3), Line(left, low, right, top + 1.6, 1.3)]
        return list(_beside([Block(height, tuple(marks))], body))


@dataclass(frozen=True)
class Grid:
    """A ruled table; long cells go on over pages line by line, and the head is said again on each."""

    heads: tuple[str, ...]
    shares: tuple[float, ...]
    """Parts of the width; they sum to 1."""
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    """Columns set flush right."""
    indent: float = 0
    total: bool = False
    """The last row sums the others up."""

    def set(self, m: Measure) -> Iterator[Piece]:
        """The head and each row's lines between hair lines."""
        dx = self.indent * m.size
        for piece in self._rows(Measure(m.width - dx, m.size)):
            yield Piece(moved(piece.block, dx), piece.keep, piece.again and moved(piece.again, dx))

    def _rows(self, m: Measure) -> Iterator[Piece]:
        rule_ = rule(m.width, 0.5)
        head = stack((rule_, *self._levels(m, m.bold, self.heads), rule_))
        yield Piece(head, keep=True)
        for row in self.rows:
            levels = self._levels(m, m.bold if self.total and row is self.rows[-1] else m.plain, row)
            for i, level in enumerate(levels):
                block = stack((level, rule_)) if i == len(levels) - 1 else level
                yield Piece(block, keep=len(levels) > 1 and i in (0, len(levels) - 2), again=head)
        yield Piece(space(0.4 * m.size))

    def _levels(self, m: Measure, face: Face, cells: Sequence[str]) -> list[Block]:
        """The lines of a row with the uprights between the columns."""
        pad, size = 0.35 * m.size, 0.95 * m.size
        lefts = [sum(self.shares[:i]) * m.width for i in range(len(self.shares))]
        columns = []
        for i, (cell, share) in enumerate(zip(cells, self.shares, strict=True)):
            room = share * m.width - 2 * pad
            blocks = set_lines(face, size, cell, room) or [lines(face, size, (DASH,), LEADING)]
            columns.append([_shifted(b, lefts[i] + pad, room if i in self.right else None) for b in blocks])
        height = LEADING * size
        empty = Block(height)
        texts = [tuple(mark for b in level for mark in b.marks) for level in zip_longest(*columns, fillvalue=empty)]
        blocks = []
        for i, marks in enumerate(texts):
            above, below = (0.2 * size if i == 0 else 0), (0.2 * size if i == len(texts) - 1 else 0)
            high = above + height + below
            uprights = tuple(Line(x, 0, x, high, 0.5) for x in (*lefts, m.width))
            blocks.append(Block(high, (*Block(0, marks).at(0, above), *uprights)))
        return blocks


def _shifted(block: Block, left: float, room: float | None) -> Block:
    """A cell's line in its column, flush right where it has a `room`."""
    marks = block.at(left, 0)
    if room is not None:
        marks = tuple(m.moved(room - m.width, 0) if isinstance(m, Words) else m for m in marks)
    return Block(block.height, marks)


@dataclass(frozen=True)
class Signatures:
    """Places to sign beside each other, with room for the stamp; one alone stands on the right."""

    signatures: tuple[Signature, ...]
    stamp: str = ""
    """What is said in the room of the stamp."""
    stamped: int = 0
    """Whose room that is: the first signature or, with -1, the last."""

    def set(self, m: Measure) -> Iterator[Piece]:
        """The room to sign in one piece, then names line by line."""
        count = max(2, len(self.signatures))
        column = m.width / count
        lefts = [column * (i + count - len(self.signatures)) for i in range(len(self.signatures))]
        room = column - 1.2 * m.size
        above = [set_lines(m.plain, m.size, s.above, room) for s in self.signatures]
        deepest = max(len(a) for a in above)
        tops = [[*[Block(LEADING * m.size)] * (deepest - len(a)), *a] for a in above]
        tops = [[*top, *set_lines(m.plain, m.size, s.role, room)] for top, s in zip(tops, self.signatures, strict=True)]
        yield Piece(space(0.9 * m.size), keep=True)
        yield from self._levels(tops, lefts)
        yield Piece(self._space(m, lefts, room), keep=True)
        names = [
            [*set_lines(m.bold, m.size, s.name, room), *set_lines(m.plain, m.size, s.number, room)]
            for s in self.signatures
        ]
        yield from self._levels(names, lefts, last=True)

    def _levels(self, columns: list[list[Block]], lefts: list[float], *, last: bool = False) -> Iterator[Piece]:
        levels = list(zip_longest(*columns, fillvalue=Block(0)))
        for i, level in enumerate(levels):
            marks = tuple(mark for b, left in zip(level, lefts, strict=True) for mark in b.at(left, 0))
            # A few lines stay together; the longest name a hostile hand types flows on.
            yield Piece(
                Block(max(b.height for b in level), marks),
                keep=len(levels) < 12 and not (last and i == len(levels) - 1),
            )

    def _space(self, m: Measure, lefts: list[float], room: float) -> Block:
        height = 3.6 * m.size
        marks: list[Mark] = [Line(left, height, left + room, height, 0.5) for left in lefts]
        if self.stamp:
            size = 0.75 * m.size
            text = printable(self.stamp, m.plain)
            marks += lines(m.plain, size, (text,)).at(lefts[self.stamped], height - 1.6 * size)
        return Block(height + 2, tuple(marks))
