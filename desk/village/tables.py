"""The village's profile, its officials by date, the desk's hours, and the printer's paper.

What happens once per village has a fixed id, so that two PCs of one village write the same row, not two.
"""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.store import Row


def fixed_id(name: str) -> bytes:
    """The id of a row that exists once per village, e.g. `village` or `opening_hours/0`."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"meja-desa/{name}").bytes


class Village(Row):
    """The one village of this desk."""

    __tablename__ = "village"
    __once__ = True
    __table_args__ = (
        CheckConstraint("code GLOB '[0-9][0-9].[0-9][0-9].[0-9][0-9].[1-9][0-9][0-9][0-9]'", name="code"),
    )

    code: Mapped[str] = mapped_column(info={"sync": True, "group": "place", "public": True})
    name: Mapped[str] = mapped_column(info={"sync": True, "group": "place", "public": True})
    district: Mapped[str] = mapped_column(info={"sync": True, "group": "place", "public": True})
    regency: Mapped[str] = mapped_column(info={"sync": True, "group": "place", "public": True})


class Contact(Row):
    """Where a citizen finds the desk, and where complaints go (Permendagri 20/2018, articles 39 and 72)."""

    __tablename__ = "contact"
    __once__ = True

    address: Mapped[str] = mapped_column(info={"sync": True, "group": "address", "public": True})
    complaints: Mapped[str] = mapped_column(info={"sync": True, "group": "complaints", "public": True})


class Official(Row):
    """Who holds an office from one day to another.

    Name and number are public: what concerns a person's holding of public office is not exempt
    (UU 14/2008, article 18(2) letter b), and the notice board has to carry the head's number.
    """

    __tablename__ = "official"
    __table_args__ = (
        CheckConstraint("role IN ('head', 'ppid')", name="role"),
        CheckConstraint("until IS NULL OR until >= since", name="until"),
        CheckConstraint("phone IS NULL OR phone GLOB '+628[0-9]*'", name="phone"),
    )

    role: Mapped[str] = mapped_column(info={"sync": True, "group": "holder", "public": True})
    title: Mapped[str] = mapped_column(info={"sync": True, "group": "holder", "public": True})
    name: Mapped[str] = mapped_column(info={"sync": True, "group": "holder", "public": True})
    phone: Mapped[str | None] = mapped_column(info={"sync": True, "group": "phone", "public": True})
    since: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "term", "public": True})
    until: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "term", "public": True})


class OpeningHours(Row):
    """The desk's hours on one day of the week: times as 08:00, none of them where the desk is closed."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("(opens IS NULL) = (closes IS NULL) AND opens < closes", name="hours"),
        CheckConstraint(
            "(break_from IS NULL) = (break_until IS NULL) "
            "AND (break_from IS NULL OR opens IS NOT NULL "
            "AND opens < break_from AND break_from < break_until AND break_until < closes)",
            name="break",
        ),
    )

    weekday: Mapped[int] = mapped_column(unique=True, info={"sync": True, "group": "hours", "public": True})
    """0 is Monday."""
    opens: Mapped[str | None] = mapped_column(info={"sync": True, "group": "hours", "public": True})
    closes: Mapped[str | None] = mapped_column(info={"sync": True, "group": "hours", "public": True})
    break_from: Mapped[str | None] = mapped_column(info={"sync": True, "group": "hours", "public": True})
    break_until: Mapped[str | None] = mapped_column(info={"sync": True, "group": "hours", "public": True})


class Printer(Row):
    """The paper in this desk's own printer; it stays at home."""

    __tablename__ = "printer"
    __once__ = True
    __table_args__ = (CheckConstraint("paper IN ('A4', 'F4', 'A3')", name="paper"),)

    paper: Mapped[str]


class OpenData(Row):
    """How this desk's open data names its records to the world; it stays at home."""

    __tablename__ = "open_data"
    __once__ = True

    prefix: Mapped[str]
    """Of OC4IDS project ids, as the standard's help desk gave it out; "" while there is none."""


class WorkWeek(Row):
    """How this village counts working days, and the regulation that says so (law.md, G)."""

    __tablename__ = "work_week"
    __once__ = True
    __table_args__ = (CheckConstraint("completion_days BETWEEN 1 AND 30", name="completion_days"),)

    six_days: Mapped[bool] = mapped_column(info={"sync": True, "group": "week", "public": True})
    shared_leave_counts: Mapped[bool] = mapped_column(info={"sync": True, "group": "week", "public": True})
    """Whether cuti bersama are working days."""
    regulation: Mapped[str] = mapped_column(info={"sync": True, "group": "week", "public": True})
    completion_days: Mapped[int] = mapped_column(info={"sync": True, "group": "completion", "public": True})
    """Working days a citizen has to bring what is missing; the village's own rule, no law."""


class DayOff(Row):
    """A day of the year table that was entered here or sent by the district, over the shipped one."""

    __tablename__ = "day_off"
    __table_args__ = (
        CheckConstraint("kind IN ('libur_nasional', 'cuti_bersama', 'libur_daerah', 'hari_kerja')", name="kind"),
    )

    day: Mapped[dt.date] = mapped_column(unique=True, info={"sync": True, "group": "day", "public": True})
    name: Mapped[str] = mapped_column(info={"sync": True, "group": "day", "public": True})
    kind: Mapped[str] = mapped_column(info={"sync": True, "group": "day", "public": True})


class YearTable(Row):
    """A year whose days off have been entered to the end, and the decree they come from."""

    __tablename__ = "year_table"

    year: Mapped[int] = mapped_column(unique=True, info={"sync": True, "group": "year", "public": True})
    decree: Mapped[str] = mapped_column(info={"sync": True, "group": "year", "public": True})
