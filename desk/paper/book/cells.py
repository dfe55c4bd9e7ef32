"""One column's values as text: each different value is cleaned, measured and broken once, however many rows say it."""

import math
from collections.abc import Iterable, Sequence

from desk.paper.book.contents import Column, Kind, Value, shown
from desk.paper.book.ruler import Ruler, held_together, phones_held_together

Lines = tuple[str, ...]

LONGEST_NUMBER = 20.0
"""Em an identifier may ask for, some forty characters; only a longer one is cut."""
LONGEST_WORD = 8.0
"""Em of a word that a column of sentences does not cut."""
NARROWEST = 1.2
OUTLIER = 400
"""Letters of one cell that count towards its column's width; one very long text does not starve the others."""

CONTACT_JOINTS = "/;,|@"
WORD_JOINTS = "/-@._"
"""After which characters a word may be cut that is wider than its column."""
WHOLE = (Kind.NUMBER, Kind.DAY, Kind.MONEY, Kind.COUNT)
"""Kinds that stand on one line."""
FIRM = (*WHOLE, Kind.CONTACT, Kind.WEEKDAY, Kind.TICK)
"""Kinds whose columns give way last."""


class Cells:
    """The cells of one column, from the first row to the last."""

    def __init__(self, column: Column, values: Sequence[Value], ruler: Ruler) -> None:
        self.column, self._values, self._ruler = column, values, ruler
        texts = {value: shown(column.kind, value) for value in dict.fromkeys(values)}
        self._parts = {value: self._prepared(text) for value, text in texts.items()}
        self.need = self._need(set(texts.values()))
        """Em of the widest thing that must not be broken."""
        squares = {value: min(len(text), OUTLIER) ** 2 for value, text in texts.items()}
        # The root of the mean square: a column that is empty but for a few long reasons is still given room for them.
        self.length = math.sqrt(sum(map(squares.__getitem__, values)) / max(len(values), 1))
        """Letters a cell has."""

    def _prepared(self, text: str) -> Lines:
        parts = self._ruler.prepared(text) or (("–",) if text else ())
        if self.column.kind in WHOLE:
            return tuple(map(held_together, parts))
        return tuple(map(phones_held_together, parts)) if self.column.kind is Kind.CONTACT else parts

    def _need(self, texts: Iterable[str]) -> float:
        """What is wider than a column may ask for is cut anyway, and must not take the others' room as well."""
        ruler, kind, most = self._ruler, self.column.kind, LONGEST_NUMBER
        if kind in WHOLE:
            whole = {part for parts in self._parts.values() for part in parts}
        elif kind is Kind.CONTACT:
            whole = {piece for parts in self._parts.values() for part in parts for piece in _parted(part)}
        else:
            whole, most = {word for text in texts for word in ruler.drawable(text).split()}, LONGEST_WORD
        return max((wide for wide in map(ruler.width, whole) if wide <= most), default=NARROWEST)

    def lines(self, room: float) -> list[Lines]:
        """The lines of every cell, none wider than the room, em."""
        ruler = self._ruler
        joints = "" if self.column.kind in WHOLE else WORD_JOINTS
        if self.column.kind is Kind.CONTACT:
            joints = CONTACT_JOINTS
        broken = {
            value: tuple([line for part in parts for line in ruler.wrap(part, room, joints)])
            for value, parts in self._parts.items()
        }
        return list(map(broken.__getitem__, self._values))


def _parted(text: str) -> list[str]:
    """A contact in the pieces it may be broken into."""
    for mark in CONTACT_JOINTS:
        text = text.replace(mark, mark + " ")
    return text.split(" ")
