"""What the books need beside the rooms they are filled from: the annual report's own words, and who made a book."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.store import Row


class ReportText(Row):
    """The words of one year's report (Perki 1/2021, article 56); its figures are counted from the events each time."""

    __tablename__ = "report_text"

    year: Mapped[int] = mapped_column(unique=True)
    policy: Mapped[str]
    service: Mapped[str]
    details: Mapped[str]
    disputes: Mapped[str]
    internal: Mapped[str]
    external: Mapped[str]
    recommendations: Mapped[str]
    follow_up: Mapped[str]


class BookMade(Row):
    """A register with names was made: which one, over which days, for what, when and by whom."""

    __tablename__ = "book_made"
    __insert_only__ = True
    __table_args__ = (
        CheckConstraint("kind IN ('requests', 'objections')", name="kind"),
        CheckConstraint("first <= last", name="last"),
        CheckConstraint("purpose <> ''", name="purpose"),
        Index("ix_book_made_at", "at"),
    )

    kind: Mapped[str]
    first: Mapped[dt.date]
    last: Mapped[dt.date]
    as_of: Mapped[dt.date]
    purpose: Mapped[str]
    at: Mapped[dt.datetime]
    who: Mapped[str]
