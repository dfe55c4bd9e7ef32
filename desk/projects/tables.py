"""Activities of the village and their physical progress."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.store import Row


class Project(Row):
    """One activity of one budget year, with what the law wants on the wall: name, place and amount at least."""

    __tablename__ = "project"
    __search__ = ("name", "place")
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("cost >= 0", name="cost"),
        CheckConstraint("ends >= starts", name="ends"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("(percent IS NULL) = (percent_on IS NULL)", name="percent_on"),
        Index("ix_project_year", "year"),
    )

    year: Mapped[int] = mapped_column(info={"sync": True, "group": "what", "public": True})
    name: Mapped[str] = mapped_column(info={"sync": True, "group": "what", "public": True})
    place: Mapped[str] = mapped_column(info={"sync": True, "group": "place", "public": True})
    """As people say it: dusun, RT and RW; "" where it is not known yet, and so below."""
    volume: Mapped[str] = mapped_column(info={"sync": True, "group": "volume", "public": True})
    """How much of it, as the plan writes it: `120`, `120 × 3`."""
    unit: Mapped[str] = mapped_column(info={"sync": True, "group": "volume", "public": True})
    cost: Mapped[Decimal | None] = mapped_column(info={"sync": True, "group": "money", "public": True})
    fund_source: Mapped[str] = mapped_column(info={"sync": True, "group": "money", "public": True})
    executor: Mapped[str] = mapped_column(info={"sync": True, "group": "people", "public": True})
    """Who carries it out (Permendagri 20/2018, article 39 b)."""
    responsible: Mapped[str] = mapped_column(info={"sync": True, "group": "people", "public": True})
    """Who answers for it."""
    starts: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "time", "public": True})
    ends: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "time", "public": True})
    activity: Mapped[str] = mapped_column(info={"sync": True, "group": "activity", "public": True})
    """Code of the budget's activity it is paid from: `2.3.11`; the budget may not know it."""
    percent: Mapped[int | None] = mapped_column(info={"sync": True, "group": "progress", "public": True})
    """The latest of its progress rows, kept here for lists."""
    percent_on: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "progress", "public": True})
    removed: Mapped[bool] = mapped_column(default=False, info={"sync": True, "group": "removed", "public": True})
    """Taken off the lists; its progress and the log keep it."""


class Progress(Row):
    """How far an activity was on a day, as someone saw it; a correction is a new row."""

    __tablename__ = "progress"
    __insert_only__ = True
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        Index("ix_progress_project", "project"),
    )

    project: Mapped[bytes] = mapped_column(ForeignKey("project.id"), info={"sync": True, "group": "progress"})
    day: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "progress", "public": True})
    percent: Mapped[int] = mapped_column(info={"sync": True, "group": "progress", "public": True})
