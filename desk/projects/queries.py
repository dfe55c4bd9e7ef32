"""What screens and papers may ask of the village's activities."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, select

from desk.attachments import Attached, Attachment, attached
from desk.budget.queries import Node, in_force, tree
from desk.chart import title_of
from desk.projects import watch
from desk.projects.contracts import (
    NO_MONEY,
    ContractRow,
    Money,
    PaymentRow,
    contracts_of,
    money_of,
    payments_of,
    rows_of,
    sum_of,
)
from desk.projects.rules import BudgetRef, Fund, place_text
from desk.projects.tables import PlanItem, PlanPoint, Progress, Project, ProjectFund, ProjectLine
from desk.projects.watch import Point


@dataclass(frozen=True)
class ProjectRow:
    """One activity with its latest progress; "" and None are unknown."""

    id: bytes
    year: int
    name: str
    spot: str
    """The place as people say it; `place` tells the hamlet too."""
    volume: str
    unit: str
    cost: Decimal | None
    fund_source: str
    """The one source, or the names of the several in `funds`."""
    own_executor: str
    """Who carries it out, as it was written; `executor` falls back on the contracts."""
    responsible: str
    starts: dt.date | None
    ends: dt.date | None
    activity: str
    percent: int | None
    percent_on: dt.date | None
    hamlet: str
    rt: str
    rw: str
    latitude: int | None
    """Millionths of a degree, as `longitude`."""
    longitude: int | None
    beneficiaries: str
    funds: tuple[Fund, ...] = ()
    money: Money = NO_MONEY

    @property
    def amount_of_work(self) -> str:
        """Volume and unit as they are read: `120 m`."""
        return f"{self.volume} {self.unit}".strip()

    @property
    def place(self) -> str:
        """Where it is, in one line."""
        return place_text(self.spot, self.hamlet, self.rt, self.rw)

    @property
    def point(self) -> tuple[int, int] | None:
        """Latitude and longitude in millionths of a degree."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)

    @property
    def executor(self) -> str:
        """Who carries it out; where nobody wrote it, the partners of its contracts."""
        return self.own_executor or ", ".join(self.money.partners)

    @property
    def fund_gap(self) -> Decimal:
        """Rupiah of the cost that its several sources do not pay; 0 where they do, or where there is one source."""
        if not self.funds or self.cost is None:
            return Decimal(0)
        return self.cost - sum((fund.amount or Decimal(0) for fund in self.funds), Decimal(0))

    @property
    def excess(self) -> Decimal | None:
        """Rupiah above the budget; None where it keeps to it, or where there is none."""
        return watch.excess(self.cost, self.money.committed, self.money.paid)

    @property
    def pays_ahead(self) -> bool:
        """Whether a larger share is paid than is built."""
        return watch.ahead(self.money.paid, self.money.committed or self.cost, self.percent)

    def lateness(self, today: dt.date) -> str:
        """`contract`, `plan` or "": see `watch.lateness`."""
        return watch.lateness(self.percent, self.ends, self.money.ends, today, is_open=self.money.is_open)


@dataclass(frozen=True)
class Seen:
    """One progress entry."""

    day: dt.date
    percent: int
    id: bytes = field(default=b"", compare=False)


@dataclass(frozen=True)
class LineOf:
    """A line of the budget in force that pays an activity; None where the budget does not know it."""

    ref: BudgetRef
    title: str
    amount: Decimal | None
    realised: Decimal | None


@dataclass(frozen=True)
class Photo:
    """A picture of an activity: what is attached to one of its progress entries."""

    frame: int
    """0, 50 or 100."""
    seen: Seen
    file: Attached


@dataclass(frozen=True)
class ProjectDetail:
    """An activity and everything that belongs to it."""

    row: ProjectRow
    story: tuple[Seen, ...]
    """Its progress, the latest entry first."""
    contracts: tuple[ContractRow, ...] = ()
    payments: tuple[PaymentRow, ...] = ()
    """The latest first."""
    lines: tuple[LineOf, ...] = ()
    """The lines of the budget that pay it; where only an activity is named, that one."""
    refs: tuple[BudgetRef, ...] = ()
    """The lines as they were written; empty where only an activity is named."""
    points: tuple[Point, ...] = ()
    """The plan as it was written."""
    photos: tuple[Photo, ...] = ()
    """At most one of each frame, the earliest frame first."""

    @property
    def corners(self) -> tuple[Point, ...]:
        """The corners of its planned curve; empty where there is no plan."""
        return watch.knots(self.row.starts, self.row.ends, self.points)


@dataclass(frozen=True)
class PlanRow:
    """One line of a year's RKP Desa; `project` is the activity it became."""

    id: bytes
    year: int
    name: str
    place: str
    estimate: Decimal | None
    source: str
    project: bytes | None


_COLUMNS = (
    Project.id, Project.year, Project.name, Project.place, Project.volume, Project.unit, Project.cost,
    Project.fund_source, Project.executor, Project.responsible, Project.starts, Project.ends, Project.activity,
    Project.percent, Project.percent_on, Project.hamlet, Project.rt, Project.rw, Project.latitude, Project.longitude,
    Project.beneficiaries,
)  # fmt: skip


def _projects() -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).where(Project.removed.is_(False))


def project_list(conn: Connection, year: int) -> tuple[ProjectRow, ...]:
    """The year's activities, the largest amount first, those without one last."""
    ordered = (
        _projects().where(Project.year == year).order_by(Project.cost.desc().nulls_last(), Project.name, Project.n)
    )
    return _rows(conn, conn.execute(ordered).all())


def _rows(conn: Connection, found: Sequence[Any]) -> tuple[ProjectRow, ...]:
    """The rows with their sources, and what their contracts and payments add up to."""
    ids = [row.id for row in found]
    funds = _funds(conn, ids)
    contracts, payments = contracts_of(conn, ids), payments_of(conn, ids)
    return tuple(
        ProjectRow(*(*row, tuple(funds[row.id]), money_of(contracts[row.id], payments[row.id]))) for row in found
    )


def _funds(conn: Connection, ids: Sequence[bytes]) -> Mapping[bytes, Sequence[Fund]]:
    found = rows_of(conn, ProjectFund, "project", ids)
    return defaultdict(list, {id_: [Fund(r.source, r.amount) for r in rows] for id_, rows in found.items()})


def project(conn: Connection, id: bytes) -> ProjectDetail | None:  # noqa: A002 (the row's own word)
    """One activity with everything that belongs to it; None where it is not on the lists."""
    found = conn.execute(_projects().where(Project.id == id)).one_or_none()
    if found is None:
        return None
    (row,) = _rows(conn, [found])
    story = story_of(conn, id)
    refs = tuple(BudgetRef(r.activity, r.account) for r in rows_of(conn, ProjectLine, "project", [id])[id])
    points = tuple(Point(r.day, r.percent) for r in rows_of(conn, PlanPoint, "project", [id], "day")[id])
    return ProjectDetail(
        row,
        story,
        tuple(contracts_of(conn, [id])[id]),
        tuple(reversed(payments_of(conn, [id])[id])),
        _lines(conn, row.year, refs or ((BudgetRef(row.activity),) if row.activity else ())),
        refs,
        points,
        photos_of(conn, story),
    )


def story_of(conn: Connection, id: bytes) -> tuple[Seen, ...]:  # noqa: A002 (the row's own word)
    """The progress of an activity, the latest entry first."""
    entries = select(Progress.day, Progress.percent, Progress.id).where(Progress.project == id)
    return tuple(Seen(*entry) for entry in conn.execute(entries.order_by(Progress.day.desc(), Progress.n.desc())))


def _lines(conn: Connection, year: int, refs: Sequence[BudgetRef]) -> tuple[LineOf, ...]:
    """What the budget in force says of these lines."""
    current = in_force(conn, year) if refs else None
    nodes = tree(conn, current.id) if current else []
    return tuple(_line(ref, nodes) for ref in refs)


def _line(ref: BudgetRef, nodes: Sequence[Node]) -> LineOf:
    """The lines of one activity, or of one account below it, added up; a heading counts once, with all below it."""
    own = [n for n in nodes if n.activity == ref.activity and not n.is_total and n.kind != "section"]
    if not ref.account:
        heading = next((n for n in own if not n.account), None)
        if heading is not None:
            return LineOf(ref, heading.title, heading.amount, heading.realised)
    inside = {n.id for n in own if _is_under(n.account, ref.account)}
    tops = [n for n in own if n.id in inside and n.parent not in inside]
    title = title_of(ref.account, "") if ref.account else title_of("", ref.activity)
    return LineOf(ref, title, sum_of(n.amount for n in tops), sum_of(n.realised for n in tops))


def _is_under(account: str, wanted: str) -> bool:
    return not wanted or account == wanted or account.startswith(f"{wanted}.")


def photos_of(conn: Connection, story: Sequence[Seen]) -> tuple[Photo, ...]:
    """The pictures of a story, the latest of each frame."""
    ids = [seen.id for seen in story]
    with_files = set(
        conn.scalars(select(Attachment.owner).where(Attachment.entity == "progress", Attachment.owner.in_(ids)))
    )
    found: dict[int, Photo] = {}
    for seen in story:
        files = [f for f in attached(conn, "progress", seen.id) if f.what == "photo"] if seen.id in with_files else []
        if files:
            frame = watch.frame_of(seen.percent)
            found.setdefault(frame, Photo(frame, seen, files[-1]))
    return tuple(found[frame] for frame in watch.FRAMES if frame in found)


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


def plan_list(conn: Connection, year: int) -> tuple[PlanRow, ...]:
    """The RKP Desa of a year, the largest estimate first, those without one last."""
    columns = (PlanItem.id, PlanItem.year, PlanItem.name, PlanItem.place, PlanItem.estimate, PlanItem.source)
    wanted = select(*columns, PlanItem.project).where(PlanItem.year == year, PlanItem.removed.is_(False))
    ordered = wanted.order_by(PlanItem.estimate.desc().nulls_last(), PlanItem.name, PlanItem.n)
    return tuple(PlanRow(*row) for row in conn.execute(ordered))


def plan_years(conn: Connection) -> tuple[int, ...]:
    """The years with an RKP Desa, the latest first."""
    wanted = select(PlanItem.year).where(PlanItem.removed.is_(False)).distinct().order_by(PlanItem.year.desc())
    return tuple(conn.scalars(wanted))
