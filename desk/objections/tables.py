"""Objections and what happened to them; who speaks for the applicant stays apart, like every identity."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.objections import rules
from desk.store import Row


class Objection(Row):
    """One objection against what was done with a request (UU 14/2008, article 35)."""

    __tablename__ = "objection"
    __search__ = ("label", "matter")
    __table_args__ = (
        UniqueConstraint("year", "series", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("grounds <> ''", name="grounds"),
        Index("ix_objection_request", "request"),
        Index("ix_objection_open", "state", "due"),
    )

    number: Mapped[int] = mapped_column(info={"sync": True, "group": "register", "public": True})
    series: Mapped[str] = mapped_column(info={"sync": True, "group": "register", "public": True})
    year: Mapped[int] = mapped_column(info={"sync": True, "group": "register", "public": True})
    label: Mapped[str] = mapped_column(info={"sync": True, "group": "register", "public": True})
    request: Mapped[bytes] = mapped_column(ForeignKey("request.id"), info={"sync": True, "group": "register"})
    registered: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "register", "public": True})
    received: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "clock", "public": True})
    due: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "clock", "public": True})
    """The last day of the superior's answer (article 36(2))."""
    target: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "clock"})
    """The earliest day any reading of the law gives."""
    due_certain: Mapped[bool] = mapped_column(info={"sync": True, "group": "clock"})
    grounds: Mapped[str] = mapped_column(info={"sync": True, "group": "grounds", "public": True})
    """Letters of article 35(1), separated by commas."""
    channel: Mapped[str] = mapped_column(info={"sync": True, "group": "manner", "public": True})
    state: Mapped[str] = mapped_column(info={"sync": True, "group": "state", "public": True})
    """What the events add up to, kept beside them for lists."""
    matter: Mapped[str]
    """The case as the applicant tells it (kasus posisi); names stand in it, so it stays here."""
    late_entry_reason: Mapped[str]


class ObjectionProxy(Row):
    """Who brings an objection for the applicant; never logged by value, never sent."""

    __tablename__ = "objection_proxy"

    objection: Mapped[bytes] = mapped_column(ForeignKey("objection.id"), unique=True)
    sealed: Mapped[bytes] = mapped_column(info={"private": True})
    """The fields of `queries.Proxy` under the village key."""


class ObjectionEvent(Row):
    """One step in the life of an objection; its state is derived from these and nothing else."""

    __tablename__ = "objection_event"
    __insert_only__ = True
    __table_args__ = (Index("ix_objection_event_objection", "objection"),)

    objection: Mapped[bytes] = mapped_column(ForeignKey("objection.id"), info={"sync": True, "group": "event"})
    kind: Mapped[str] = mapped_column(info={"sync": True, "group": "event", "public": True, "words": rules.KINDS})
    day: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "event", "public": True})
    outcome: Mapped[str] = mapped_column(info={"sync": True, "group": "event", "public": True})
    """Of an answer or a ruling: a key of `rules.OUTCOMES`."""
    official: Mapped[str] = mapped_column(info={"sync": True, "group": "event", "public": True})
    """Who answered, and in which office."""
    who: Mapped[str]
    note: Mapped[str]
    reply: Mapped[str]
    """What the applicant said to it (the register's last column)."""
