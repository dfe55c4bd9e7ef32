"""Papers that were issued under a number, and how the village writes its numbers; both stay at home."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.store import Row


class Letter(Row):
    """One paper as it first went out; printed again it keeps its number, and no second row is written."""

    __tablename__ = "letter"
    __insert_only__ = True
    __table_args__ = (
        UniqueConstraint("kind", "event"),
        UniqueConstraint("year", "series", "life", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("(number IS NULL) = (series = '')", name="series"),
        Index("ix_letter_owner", "owner"),
        Index("ix_letter_label", "label"),
    )

    kind: Mapped[str]
    """A key of `rules.PAPERS`."""
    series: Mapped[str]
    """A key of `rules.SERIES`; "" where the paper carries a number it did not take: of a register, of a test."""
    life: Mapped[str]
    """The series letter of the desk's life, so that a desk put back from a copy never issues a printed number again."""
    year: Mapped[int]
    number: Mapped[int | None]
    label: Mapped[str]
    """The number as printed."""
    owner: Mapped[bytes]
    """The request, objection or exemption it is about."""
    event: Mapped[bytes]
    """The step it is the paper of."""
    day: Mapped[dt.date]
    """The day it bears."""
    digest: Mapped[bytes]
    """SHA-256 of the PDF, so that a sheet shown later can be held against what went out."""
    at: Mapped[dt.datetime]
    who: Mapped[str]


class LetterPattern(Row):
    """How the village writes the numbers of one series: its own habit, no law."""

    __tablename__ = "letter_pattern"

    series: Mapped[str] = mapped_column(unique=True)
    pattern: Mapped[str]
