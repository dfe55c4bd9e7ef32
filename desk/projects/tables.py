"""Activities of the village: where, from what money, under which contracts, how far, and what is planned next.

What may be taken off is marked `removed` and never deleted: the log and the district keep it.
"""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.store import Row


class Project(Row):
    """One activity of one budget year, with what the law wants on the wall: name, place and amount at least."""

    __tablename__ = "project"
    __search__ = ("name", "place", "hamlet")
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("cost >= 0", name="cost"),
        CheckConstraint("ends >= starts", name="ends"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("(percent IS NULL) = (percent_on IS NULL)", name="percent_on"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="longitude"),
        CheckConstraint("latitude BETWEEN -90000000 AND 90000000", name="latitude"),
        Index("ix_project_year", "year"),
    )

    year: Mapped[int] = mapped_column(info={"sync": True, "group": "what", "public": True})
    name: Mapped[str] = mapped_column(info={"sync": True, "group": "what", "public": True})
    place: Mapped[str] = mapped_column(info={"sync": True, "group": "place", "public": True})
    """As people say it; what `hamlet`, `rt` and `rw` do not tell. "" where it is not known yet, and so below."""
    hamlet: Mapped[str] = mapped_column(default="", info={"sync": True, "group": "place", "public": True})
    """The dusun, by its name alone: `Krajan`."""
    rt: Mapped[str] = mapped_column(default="", info={"sync": True, "group": "place", "public": True})
    """Number of the neighbourhood as it is written: `03`; several with a hyphen or commas."""
    rw: Mapped[str] = mapped_column(default="", info={"sync": True, "group": "place", "public": True})
    latitude: Mapped[int | None] = mapped_column(info={"sync": True, "group": "point", "public": True})
    """Millionths of a degree, south is negative; WGS 84, as phones tell it."""
    longitude: Mapped[int | None] = mapped_column(info={"sync": True, "group": "point", "public": True})
    volume: Mapped[str] = mapped_column(info={"sync": True, "group": "volume", "public": True})
    """How much of it, as the plan writes it: `120`, `120 × 3`."""
    beneficiaries: Mapped[str] = mapped_column(default="", info={"sync": True, "group": "volume", "public": True})
    """Who has the good of it: `85 keluarga`."""
    unit: Mapped[str] = mapped_column(info={"sync": True, "group": "volume", "public": True})
    cost: Mapped[Decimal | None] = mapped_column(info={"sync": True, "group": "money", "public": True})
    fund_source: Mapped[str] = mapped_column(info={"sync": True, "group": "money", "public": True})
    """The one source that pays it all; where `ProjectFund` rows stand, their names, kept here for lists."""
    executor: Mapped[str] = mapped_column(info={"sync": True, "group": "people", "public": True})
    """Who carries it out (Permendagri 20/2018, article 39 b)."""
    responsible: Mapped[str] = mapped_column(info={"sync": True, "group": "people", "public": True})
    """Who answers for it."""
    starts: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "time", "public": True})
    ends: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "time", "public": True})
    activity: Mapped[str] = mapped_column(info={"sync": True, "group": "activity", "public": True})
    """Code of the budget's activity it is paid from: `2.3.11`; the budget may not know it.

    Where `ProjectLine` rows stand, the activity of the first of them, kept here for lists.
    """
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


class ProjectFund(Row):
    """What one of several sources pays of an activity; together they pay its cost."""

    __tablename__ = "project_fund"
    __table_args__ = (
        CheckConstraint("source <> ''", name="source"),
        CheckConstraint("amount >= 0", name="amount"),
        Index("ix_project_fund_project", "project"),
    )

    project: Mapped[bytes] = mapped_column(
        ForeignKey("project.id"), info={"sync": True, "group": "fund", "public": True}
    )
    source: Mapped[str] = mapped_column(info={"sync": True, "group": "fund", "public": True})
    """A short name of `resources/fund_sources.csv` or the name people use."""
    amount: Mapped[Decimal] = mapped_column(info={"sync": True, "group": "fund", "public": True})
    removed: Mapped[bool] = mapped_column(default=False, info={"sync": True, "group": "removed", "public": True})


class ProjectLine(Row):
    """A line of the year's budget an activity is paid from, where it is more than one or finer than an activity."""

    __tablename__ = "project_line"
    __table_args__ = (
        CheckConstraint("activity <> ''", name="activity"),
        Index("ix_project_line_project", "project"),
    )

    project: Mapped[bytes] = mapped_column(
        ForeignKey("project.id"), info={"sync": True, "group": "line", "public": True}
    )
    activity: Mapped[str] = mapped_column(info={"sync": True, "group": "line", "public": True})
    """Code of the activity: `2.3.11`."""
    account: Mapped[str] = mapped_column(info={"sync": True, "group": "line", "public": True})
    """Code of the account below it: `5.3.5`; "" is the whole activity."""
    removed: Mapped[bool] = mapped_column(default=False, info={"sync": True, "group": "removed", "public": True})


class PlanPoint(Row):
    """How far an activity is meant to be on a day; without any, the plan is a straight line from start to end."""

    __tablename__ = "plan_point"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        Index("ix_plan_point_project", "project"),
    )

    project: Mapped[bytes] = mapped_column(
        ForeignKey("project.id"), info={"sync": True, "group": "point", "public": True}
    )
    day: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "point", "public": True})
    percent: Mapped[int] = mapped_column(info={"sync": True, "group": "point", "public": True})
    removed: Mapped[bool] = mapped_column(default=False, info={"sync": True, "group": "removed", "public": True})


class Contract(Row):
    """Who does the work, on what paper, for how much, until when: a team's decree or a provider's contract."""

    __tablename__ = "contract"
    __table_args__ = (
        CheckConstraint("method IN ('self', 'provider')", name="method"),
        CheckConstraint("partner <> ''", name="partner"),
        CheckConstraint("value >= 0", name="value"),
        CheckConstraint("ends >= starts", name="ends"),
        Index("ix_contract_project", "project"),
    )

    project: Mapped[bytes] = mapped_column(
        ForeignKey("project.id"), info={"sync": True, "group": "contract", "public": True}
    )
    method: Mapped[str] = mapped_column(info={"sync": True, "group": "contract", "public": True})
    """`self`: by the village's own team (swakelola); `provider`: by a shop, a firm, a craftsman (penyedia)."""
    partner: Mapped[str] = mapped_column(info={"sync": True, "group": "contract", "public": True})
    """The team or the contractor, by name; never a NIK, never a bank account."""
    number: Mapped[str] = mapped_column(info={"sync": True, "group": "contract", "public": True})
    """Of the contract (SPK) or of the decree that names the team (SK)."""
    signed: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "contract", "public": True})
    value: Mapped[Decimal | None] = mapped_column(info={"sync": True, "group": "contract", "public": True})
    """As signed; addenda change it."""
    starts: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "contract", "public": True})
    ends: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "contract", "public": True})
    """As signed; addenda change it."""
    removed: Mapped[bool] = mapped_column(default=False, info={"sync": True, "group": "removed", "public": True})


class Addendum(Row):
    """A contract changed: what its value or its end is from that day on."""

    __tablename__ = "addendum"
    __table_args__ = (
        CheckConstraint("value >= 0", name="value"),
        CheckConstraint("value IS NOT NULL OR ends IS NOT NULL", name="changes"),
        Index("ix_addendum_contract", "contract"),
    )

    contract: Mapped[bytes] = mapped_column(
        ForeignKey("contract.id"), info={"sync": True, "group": "addendum", "public": True}
    )
    number: Mapped[str] = mapped_column(info={"sync": True, "group": "addendum", "public": True})
    day: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "addendum", "public": True})
    value: Mapped[Decimal | None] = mapped_column(info={"sync": True, "group": "addendum", "public": True})
    """The whole value afterwards (`menjadi`), not the difference; null leaves it as it was."""
    ends: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "addendum", "public": True})
    """The last day afterwards; null leaves it as it was."""
    reason: Mapped[str] = mapped_column(info={"sync": True, "group": "addendum", "public": True})
    removed: Mapped[bool] = mapped_column(default=False, info={"sync": True, "group": "removed", "public": True})


class Payment(Row):
    """Money that was paid for an activity on a day; under a contract, or without one."""

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        Index("ix_payment_project", "project"),
    )

    project: Mapped[bytes] = mapped_column(
        ForeignKey("project.id"), info={"sync": True, "group": "payment", "public": True}
    )
    contract: Mapped[bytes | None] = mapped_column(
        ForeignKey("contract.id"), info={"sync": True, "group": "payment", "public": True}
    )
    day: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "payment", "public": True})
    amount: Mapped[Decimal] = mapped_column(info={"sync": True, "group": "payment", "public": True})
    what: Mapped[str] = mapped_column(info={"sync": True, "group": "payment", "public": True})
    """What it was for: `uang muka`, `termin 1`."""
    removed: Mapped[bool] = mapped_column(default=False, info={"sync": True, "group": "removed", "public": True})


class PlanItem(Row):
    """One line of a year's RKP Desa: what the village means to do, where, and what it may cost."""

    __tablename__ = "plan_item"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("estimate >= 0", name="estimate"),
        Index("ix_plan_item_year", "year"),
    )

    year: Mapped[int] = mapped_column(info={"sync": True, "group": "plan", "public": True})
    """The year it is planned for."""
    name: Mapped[str] = mapped_column(info={"sync": True, "group": "plan", "public": True})
    place: Mapped[str] = mapped_column(info={"sync": True, "group": "plan", "public": True})
    estimate: Mapped[Decimal | None] = mapped_column(info={"sync": True, "group": "plan", "public": True})
    source: Mapped[str] = mapped_column(info={"sync": True, "group": "plan", "public": True})
    project: Mapped[bytes | None] = mapped_column(
        ForeignKey("project.id"), info={"sync": True, "group": "project", "public": True}
    )
    """The activity it became."""
    removed: Mapped[bool] = mapped_column(default=False, info={"sync": True, "group": "removed", "public": True})
