"""What the worker threads do for the page: ask for a book, draw it, write it to a file."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from desk.exchange.binding import bind
from desk.paper.book.records import Book
from desk.paper.booking import book, rows_of
from desk.reports.queries import years
from desk.reports.rules import Wanted
from desk.village.queries import profile
from ui.parts.raster import Document, measured


@dataclass(frozen=True)
class Offer:
    """Years there is a book of; none where the village is not chosen yet."""

    years: tuple[int, ...]


@dataclass(frozen=True)
class Choice:
    """A book that was chosen, and the noted making it has names for; None for the copy without."""

    wanted: Wanted
    made: bytes | None = None


@dataclass(frozen=True)
class Asked:
    """A book's records with the choice they were asked for, and the printer's sheet."""

    choice: Choice
    record: Book
    size: str

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return rows_of(self.record)


@dataclass(frozen=True)
class Drawn:
    """A book that has been drawn."""

    asked: Asked
    document: Document


def offer(conn: Any, today: dt.date) -> Offer:
    """What there is to choose from."""
    return Offer(years(conn, today) if profile(conn, today) else ())


def ask_for(conn: Any, choice: Choice, at: dt.datetime) -> Asked:
    """The records of a book."""
    known = profile(conn, at.date())
    size = known.paper if known and known.paper in ("A4", "F4") else "A4"
    return Asked(choice, book(conn, choice.wanted, at, choice.made), size)


def draw(asked: Asked) -> Drawn:
    """The book as PDF."""
    return Drawn(asked, measured(bind(asked.record, ".pdf", asked.size).content))
