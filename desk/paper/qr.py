"""The code a telephone reads off a poster: the number of the village head, to be called with one touch."""

import functools

import segno

from desk.paper.marks import Block, Code

QUIET = 4
"""Modules of white around a code (ISO/IEC 18004)."""


@functools.lru_cache(maxsize=64)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark and light modules of a text, error level M, without their quiet zone."""
    made = segno.make(text, error="m", boost_error=False, micro=False)
    return tuple(tuple(bool(dark) for dark in row) for row in made.matrix)


def code(text: str, width: float) -> Block:
    """A code with its quiet zone, together `width` points wide and high."""
    return Block(width, (Code(0, 0, width, modules(text), QUIET),))


def call(phone: str) -> str:
    """What a telephone dials for a number as it is printed: `tel:+6281234567890` for `0812-3456-7890` (RFC 3966)."""
    digits = "".join(ch for ch in phone if ch.isdigit())
    return f"tel:+62{digits.removeprefix('0')}"
