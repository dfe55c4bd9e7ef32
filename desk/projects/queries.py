"""What screens and papers may ask of the village's activities."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, select

from desk.budget.queries import in_force, tree
from desk.chart import title_of
from desk.projects.tables import Progress, Project


@dataclass(frozen=True)
class ProjectRow:
    """One activity with its latest progress; "" and None are unknown."""

    id: bytes
    year: int
    name: str
    place: str
    volume: str
    unit: str
    cost: Decimal | None
    fund_source: str
    executor: str
    responsible: str
    starts: dt.date | None
    ends: dt.date | None
    activity: str
    percent: int | None
    percent_on: dt.date | None

    @property
    def amount_of_work(self) -> str:
        """Volume and unit as they are read: `120 m`."""
        return f"{self.volume} {self.unit}".strip()


@dataclass(frozen=True)
class Seen:
    """One progress entry."""

    day: dt.date
    percent: int


@dataclass(frozen=True)
class ProjectDetail:
    """An activity and its progress, the latest entry first."""

    row: ProjectRow
    story: tuple[Seen, ...]


_COLUMNS = (
    Project.id, Project.year, Project.name, Project.place, Project.volume, Project.unit, Project.cost,
    Project.fund_source, Project.executor, Project.responsible, Project.starts, Project.ends, Project.activity,
    Project.percent, Project.percent_on,
)  # fmt: skip


def _projects() -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).where(Project.removed.is_(False))


def project_list(conn: Connection, year: int) -> tuple[ProjectRow, ...]:
    """The year's activities, the largest amount first, those without one last."""
    ordered = (
        _projects().where(Project.year == year).order_by(Project.cost.desc().nulls_last(), Project.name, Project.n)
    )
    return tuple(ProjectRow(*row) for row in conn.execute(ordered))


def project(conn: Connection, id: bytes) -> ProjectDetail | None:  # noqa: A002 (the row's own word)
    """One activity with its progress; None where it is not on the lists."""
    row = conn.execute(_projects().where(Project.id == id)).one_or_none()
    if row is None:
        return None
    story = (
        select(Progress.day, Progress.percent)
        .where(Progress.project == id)
        .order_by(Progress.day.desc(), Progress.n.desc())
    )
    return ProjectDetail(ProjectRow(*row), tuple(Seen(*entry) for entry in conn.execute(story)))


def activities_of_budget(conn: Connection, year: int) -> tuple[tuple[str, str], ...]:
    """Code and name of the activities in the year's budget in force, to choose from; empty where there is none."""
    current = in_force(conn, year)
    nodes = tree(conn, current.id) if current else []
    found: dict[str, str] = {}
    for n in nodes:
        if n.activity.count(".") == 2:
            found.setdefault(n.activity, title_of("", n.activity) if n.account else n.title)
    return tuple(found.items())


def years(conn: Connection) -> tuple[int, ...]:
    """The budget years with activities, the latest first."""
    return tuple(
        conn.execute(
            select(Project.year).where(Project.removed.is_(False)).distinct().order_by(Project.year.desc())
        ).scalars()
    )
