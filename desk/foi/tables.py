"""Requests, who made them, and what happened to them.

The district learns that a request exists, its topic, dates and outcome. Who asked, what exactly and why stays at home.
"""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.store import Row


class Request(Row):
    """One request for information, with the number and the due date its receipt promises."""

    __tablename__ = "request"
    __search__ = ("label", "sought")
    __table_args__ = (
        UniqueConstraint("year", "series", "number"),
        CheckConstraint("number > 0", name="number"),
        Index("ix_request_open", "state", "due"),
    )

    number: Mapped[int] = mapped_column(info={"sync": True, "group": "register", "public": True})
    series: Mapped[str] = mapped_column(info={"sync": True, "group": "register", "public": True})
    year: Mapped[int] = mapped_column(info={"sync": True, "group": "register", "public": True})
    label: Mapped[str] = mapped_column(info={"sync": True, "group": "register", "public": True})
    registered: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "register", "public": True})
    received: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "clock", "public": True})
    due: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "clock", "public": True})
    due_certain: Mapped[bool] = mapped_column(info={"sync": True, "group": "clock"})
    calendar: Mapped[str] = mapped_column(info={"sync": True, "group": "clock"})
    """Version of the holiday table the due date was counted with."""
    rule: Mapped[str] = mapped_column(info={"sync": True, "group": "clock"})
    """Version of the legal terms the request was registered under."""
    channel: Mapped[str] = mapped_column(info={"sync": True, "group": "manner", "public": True})
    topic: Mapped[str] = mapped_column(info={"sync": True, "group": "topic", "public": True})
    applicant_kind: Mapped[str] = mapped_column(info={"sync": True, "group": "manner", "public": True})
    access: Mapped[str] = mapped_column(info={"sync": True, "group": "manner"})
    copy_form: Mapped[str] = mapped_column(info={"sync": True, "group": "manner"})
    delivery: Mapped[str] = mapped_column(info={"sync": True, "group": "manner"})
    state: Mapped[str] = mapped_column(info={"sync": True, "group": "state", "public": True})
    """What the events add up to, kept beside them for lists."""
    sought: Mapped[str]
    purpose: Mapped[str]
    late_entry_reason: Mapped[str]
    """Why the request is entered on a later day than it came."""


class Applicant(Row):
    """Who made a request: kept apart, never logged by value, never sent to the district in clear."""

    __tablename__ = "applicant"

    request: Mapped[bytes] = mapped_column(ForeignKey("request.id"), unique=True)
    name: Mapped[str] = mapped_column(info={"private": True})
    address: Mapped[str] = mapped_column(info={"private": True})
    occupation: Mapped[str] = mapped_column(info={"private": True})
    phone: Mapped[str] = mapped_column(info={"private": True})
    email: Mapped[str] = mapped_column(info={"private": True})
    identity_number: Mapped[str] = mapped_column(info={"private": True})
    """NIK of a person, decree number of a legal body; may be empty (law.md section 4)."""


class RequestEvent(Row):
    """One step in the life of a request; the state is derived from these and nothing else."""

    __tablename__ = "request_event"
    __insert_only__ = True
    __table_args__ = (Index("ix_request_event_request", "request"),)

    request: Mapped[bytes] = mapped_column(ForeignKey("request.id"), info={"sync": True, "group": "event"})
    kind: Mapped[str] = mapped_column(info={"sync": True, "group": "event", "public": True})
    day: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "event", "public": True})
    outcome: Mapped[str] = mapped_column(info={"sync": True, "group": "event", "public": True})
    form: Mapped[str] = mapped_column(info={"sync": True, "group": "event"})
    """How the information is held: soft, hard, or empty where the event says nothing of it."""
    fee: Mapped[Decimal | None] = mapped_column(info={"sync": True, "group": "event"})
    who: Mapped[str]
    note: Mapped[str]
