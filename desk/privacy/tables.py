"""Breaches of personal data and whom they concern, how long identities are kept, and which were let go."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.store import Row


class Breach(Row):
    """One failure to protect personal data (UU 27/2022, article 46); it stays at home."""

    __tablename__ = "breach"

    known: Mapped[dt.datetime]
    """When the village came to know; the 72 hours run from here."""
    leaked: Mapped[str]
    """Kinds of data, one a line; never the data."""
    happened: Mapped[str]
    """When, in words: often nobody knows the hour."""
    how: Mapped[str]
    handling: Mapped[str]
    advice: Mapped[str]
    contact: Mapped[str]
    agency: Mapped[str]
    agency_address: Mapped[str]
    late_reason: Mapped[str]


class BreachPerson(Row):
    """Somebody a breach concerns: the applicant of a request, or a person named here and sealed like one."""

    __tablename__ = "breach_person"
    __insert_only__ = True
    __table_args__ = (
        UniqueConstraint("breach", "request"),
        CheckConstraint("(request IS NULL) = (length(sealed) > 0)", name="sealed"),
        Index("ix_breach_person_request", "request"),
    )

    breach: Mapped[bytes] = mapped_column(ForeignKey("breach.id"))
    request: Mapped[bytes | None] = mapped_column(ForeignKey("request.id"))
    sealed: Mapped[bytes] = mapped_column(info={"private": True})
    """The fields of `queries.Recipient` under the village key; empty where the request holds them."""


class BreachEvent(Row):
    """What was done about a breach; whether it is closed and who has been told is derived from these alone."""

    __tablename__ = "breach_event"
    __insert_only__ = True
    __table_args__ = (Index("ix_breach_event_breach", "breach"),)

    breach: Mapped[bytes] = mapped_column(ForeignKey("breach.id"))
    kind: Mapped[str]
    """A key of `rules.EVENTS`."""
    person: Mapped[bytes | None] = mapped_column(ForeignKey("breach_person.id"))
    at: Mapped[dt.datetime]
    who: Mapped[str]
    note: Mapped[str]


class Retention(Row):
    """How long an identity is kept after its request has ended: the village's own decision; off without a number."""

    __tablename__ = "retention"
    __table_args__ = (CheckConstraint("years BETWEEN 1 AND 50", name="years"),)

    years: Mapped[int | None]
    basis: Mapped[str]
    """The regulation or decision the village names for it."""


class Anonymised(Row):
    """The identity on a request was let go; the request itself stays in the register."""

    __tablename__ = "anonymised"
    __insert_only__ = True
    __table_args__ = (Index("ix_anonymised_request", "request"),)

    request: Mapped[bytes] = mapped_column(ForeignKey("request.id"))
    ended: Mapped[dt.date]
    """The day the term was counted from."""
    years: Mapped[int]
    basis: Mapped[str]
    at: Mapped[dt.datetime]
    who: Mapped[str]
    left: Mapped[bytes] = mapped_column(info={"private": True})
    """The empty seal that took the identity's place: as long as it stands there, nobody was entered again."""


class FileCleaned(Row):
    """The database file was written anew, so that nothing of what had been let go before is left between its rows."""

    __tablename__ = "file_cleaned"
    __insert_only__ = True

    at: Mapped[dt.datetime]
    who: Mapped[str]
