"""Why an activity was not done or not finished; the entries themselves stand with the budget lines they are about."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.realisation.rules import STATES
from desk.store import Row


class ActivityNote(Row):
    """The reason of one activity of one year; it may change, and the log keeps what it was.

    Its id is `rules.note_id`, so that two PCs that write about one activity write one row, and differ for all to see.
    """

    __tablename__ = "activity_note"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("(activity = '') = (project IS NOT NULL)", name="activity"),
        Index("ix_activity_note_year", "year"),
    )

    year: Mapped[int] = mapped_column(info={"sync": True, "group": "activity", "public": True})
    activity: Mapped[str] = mapped_column(info={"sync": True, "group": "activity", "public": True})
    """Code of the budget's activity: `2.3.11`; "" where the note is about a project that names none."""
    project: Mapped[bytes | None] = mapped_column(
        ForeignKey("project.id"), info={"sync": True, "group": "activity", "public": True}
    )
    state: Mapped[str] = mapped_column(info={"sync": True, "group": "reason", "public": True, "words": STATES})
    reason: Mapped[str] = mapped_column(info={"sync": True, "group": "reason", "public": True})
    since: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "reason", "public": True})
