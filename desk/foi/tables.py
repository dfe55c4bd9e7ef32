"""Requests, who made them, and what happened to them.

The district learns that a request exists, its topic, dates and outcome. Who asked, what exactly and why stays at home.
"""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.foi import life
from desk.store import Row


class Request(Row):
    """One request for information, with the number and the due date its receipt promises."""

    __tablename__ = "request"
    __search__ = ("label", "sought")
    __table_args__ = (
        UniqueConstraint("year", "series", "number"),
        CheckConstraint("number > 0", name="number"),
        Index("ix_request_open", "state", "due"),
        Index("ix_request_project", "project"),
    )

    number: Mapped[int] = mapped_column(info={"sync": True, "group": "register", "public": True})
    series: Mapped[str] = mapped_column(info={"sync": True, "group": "register", "public": True})
    year: Mapped[int] = mapped_column(info={"sync": True, "group": "register", "public": True})
    label: Mapped[str] = mapped_column(info={"sync": True, "group": "register", "public": True})
    registered: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "register", "public": True})
    received: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "clock", "public": True})
    due: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "clock", "public": True})
    clock_from: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "clock"})
    """The day the term runs from: of receipt, of completion, or of reopening."""
    target: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "clock"})
    """The earliest day any reading of the law gives; the desk works towards it (law.md, G)."""
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
    project: Mapped[bytes | None] = mapped_column(
        ForeignKey("project.id"), info={"sync": True, "group": "about", "public": True}
    )
    activity: Mapped[str] = mapped_column(info={"sync": True, "group": "about", "public": True})
    """Code of the budget's activity the request is about: `2.3.11`, or empty."""
    holder: Mapped[str]
    """Who in the village office looks for it now."""
    papers: Mapped[str]
    """Which papers the applicant showed, keys of `rules.PAPERS` separated by commas."""
    sought: Mapped[str]
    purpose: Mapped[str]
    late_entry_reason: Mapped[str]
    """Why the request is entered on a later day than it came."""


class Numbering(Row):
    """Where the numbers of a year begin in a series, where a desk goes on from a paper register; without a row at 1."""

    __tablename__ = "numbering"
    __table_args__ = (UniqueConstraint("year", "series"), CheckConstraint("starts > 0", name="starts"))

    year: Mapped[int]
    series: Mapped[str]
    starts: Mapped[int]


class Applicant(Row):
    """Who made a request: one sealed row, kept apart, never logged by value, never sent to the district in clear."""

    __tablename__ = "applicant"

    request: Mapped[bytes] = mapped_column(ForeignKey("request.id"), unique=True)
    sealed: Mapped[bytes] = mapped_column(info={"private": True})
    """The fields of `queries.Person` under the village key."""


class Unmasking(Row):
    """Somebody at the desk looked at who asked; the eye is logged like any act."""

    __tablename__ = "unmasking"
    __insert_only__ = True
    __table_args__ = (Index("ix_unmasking_request", "request"),)

    request: Mapped[bytes] = mapped_column(ForeignKey("request.id"))
    at: Mapped[dt.datetime]
    who: Mapped[str]


class RequestItem(Row):
    """One thing asked for on a form; each is decided on its own."""

    __tablename__ = "request_item"
    __table_args__ = (UniqueConstraint("request", "place"),)

    request: Mapped[bytes] = mapped_column(ForeignKey("request.id"), info={"sync": True, "group": "item"})
    place: Mapped[int] = mapped_column(info={"sync": True, "group": "item"})
    sought: Mapped[str]


class RequestEvent(Row):
    """One step in the life of a request; the state is derived from these and nothing else."""

    __tablename__ = "request_event"
    __search__ = ("note",)
    __insert_only__ = True
    __table_args__ = (Index("ix_request_event_request", "request"),)

    request: Mapped[bytes] = mapped_column(ForeignKey("request.id"), info={"sync": True, "group": "event"})
    kind: Mapped[str] = mapped_column(info={"sync": True, "group": "event", "public": True, "words": life.KINDS})
    day: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "event", "public": True})
    outcome: Mapped[str] = mapped_column(
        info={"sync": True, "group": "event", "public": True, "words": ("", *life.OUTCOMES)}
    )
    form: Mapped[str] = mapped_column(info={"sync": True, "group": "event"})
    """How the information is held: soft, hard, or empty where the event says nothing of it."""
    fee: Mapped[Decimal | None] = mapped_column(info={"sync": True, "group": "event"})
    due: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "event", "public": True})
    """The due date from here on, where the event sets one; the paper of the event promises it."""
    basis: Mapped[str] = mapped_column(info={"sync": True, "group": "event"})
    """What it rests on: a key of `life.BASES` or `life.OLD_BASES`, or names of missing fields separated by commas."""
    who: Mapped[str]
    note: Mapped[str]


class Considered(Row):
    """One ground of the written consideration behind an answer (UU 14/2008, article 7(4)-(5)); it stays here."""

    __tablename__ = "considered"
    __insert_only__ = True
    __table_args__ = (UniqueConstraint("event", "kind"), CheckConstraint("words <> ''", name="words"))

    event: Mapped[bytes] = mapped_column(ForeignKey("request_event.id"))
    kind: Mapped[str]
    """A key of `life.CONSIDERED`."""
    words: Mapped[str]


class ItemDecision(Row):
    """What an answer decided about one thing asked for; the basis of a refusal is public, its reasoning stays here."""

    __tablename__ = "item_decision"
    __search__ = ("elsewhere", "removed", "reason")
    __insert_only__ = True
    __table_args__ = (Index("ix_item_decision_event", "event"),)

    event: Mapped[bytes] = mapped_column(ForeignKey("request_event.id"), info={"sync": True, "group": "decision"})
    item: Mapped[bytes] = mapped_column(ForeignKey("request_item.id"), info={"sync": True, "group": "decision"})
    outcome: Mapped[str] = mapped_column(
        info={"sync": True, "group": "decision", "public": True, "words": tuple(life.OUTCOMES)}
    )
    grounds: Mapped[str] = mapped_column(info={"sync": True, "group": "decision", "public": True})
    """Codes of `desk.dip.rules.GROUNDS`, separated by commas."""
    test: Mapped[bytes | None] = mapped_column(ForeignKey("exemption.id"), info={"sync": True, "group": "decision"})
    elsewhere: Mapped[str]
    removed: Mapped[str]
    reason: Mapped[str]
