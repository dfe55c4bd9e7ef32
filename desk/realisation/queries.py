"""What screens and papers may ask of the realisation: a year up to a day, and the activities that are behind."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, select

from desk.budget.queries import Node, Version, versions, whole
from desk.budget.rules import Totals
from desk.budget.spent import Spent
from desk.chart import title_of
from desk.projects.tables import Progress, Project, ProjectLine
from desk.realisation.rules import Figure, finding
from desk.realisation.tables import ActivityNote


@dataclass(frozen=True)
class Standing:
    """One line of the budget and what was realised of it up to the day, in reading order below the one before it."""

    id: bytes
    depth: int
    section: str
    kind: str
    code: str
    account: str
    activity: str
    title: str
    fund: str
    figure: Figure
    until: dt.date | None
    """The day its own entry is known up to; None where it has none."""
    may_enter: bool
    """Whether entries are made here: on leaves, and on headings that are known as a whole. Others are sums."""
    whole: str
    """Title of the line above it that is known as a whole and counts in its place; "" where none is."""
    replaced: Decimal | None
    """Its own entry where later ones below it count instead: made before the line was detailed, in rupiah."""


@dataclass(frozen=True)
class Stray:
    """What was entered on a line that this version of the budget no longer has."""

    section: str
    code: str
    title: str
    amount: Decimal
    until: dt.date
    below: str
    """Title of the line it counts at; "" where not even its part is left."""
    counts: bool
    """False where that line is known as a whole up to the same day or a later one."""


@dataclass(frozen=True)
class FieldSum:
    """One field of expenditure (bidang), or what stands in none."""

    code: str
    title: str
    figure: Figure


@dataclass(frozen=True)
class Behind:
    """An activity that was not done or is not finished, as its figures or a person say, and why."""

    activity: str
    """Code of the budget's activity; "" for a project that names none."""
    project: bytes | None
    title: str
    figure: Figure
    finding: str | None
    """One of `rules.FINDINGS`; None where only the note says so."""
    projects: tuple[tuple[str, int | None], ...]
    """Name and per cent on the day of each of its projects."""
    state: str
    """What a person said, one of `rules.STATES`; "" where nobody has."""
    reason: str
    """"" is no reason yet."""
    since: dt.date | None


@dataclass(frozen=True)
class Realised:
    """The realisation of a year up to a day, against the version of the budget that was in force on that day."""

    year: int
    day: dt.date
    version: Version
    is_complete: bool
    """Whether all of an enacted version is at this desk."""
    lines: tuple[Standing, ...]
    parts: Mapping[str, Figure]
    """By name as in `Totals`: revenue, expenditure, financing, balance; of the last the realised one is the SiLPA."""
    fields: tuple[FieldSum, ...]
    strays: tuple[Stray, ...]
    behind: tuple[Behind, ...]
    others: tuple[tuple[str, str], ...]
    """Code and title of the activities that are not behind, for a person who knows better."""
    until: dt.date | None
    """The latest day anything is known up to."""


def in_force_on(found: Sequence[Version], day: dt.date) -> Version | None:
    """Of a year's versions the one in force on a day: the last enacted by then; before that the first, else the draft.

    Money is received and spent before a regulation that comes late; it is then shown against the first one.
    """
    enacted = [v for v in found if v.enacted_on is not None]
    by_then = [v for v in enacted if v.enacted_on is not None and v.enacted_on <= day]
    return next(iter([*by_then[::-1], *enacted, *found[::-1]]), None)


def realised(conn: Connection, year: int, day: dt.date) -> Realised | None:
    """The realisation of a year up to a day; None where the year has no budget."""
    version = in_force_on(versions(conn, year), day)
    if version is None:
        return None
    read = whole(conn, version.id, day)
    nodes, spent = read.nodes, read.by_line
    above = {n.parent for n in nodes if not n.is_total}
    wholes = _wholes(nodes, spent)
    lines = tuple(_standing(node, place, spent, wholes, above) for place, node in enumerate(nodes) if not node.is_total)
    activities = _activities(nodes, spent)
    behind = _behind(activities, _projects(conn, year, day), _notes(conn, year))
    listed = {each.activity for each in behind}
    known = [entry.until for entry in spent.own if entry] + [a.entry.until for a in spent.astray]
    return Realised(
        year, day, version, version.is_draft or read.is_complete, lines,
        _parts(read.sums, read.spent), _fields(nodes, spent), _strays(nodes, spent), behind,
        tuple((code, of.title) for code, of in activities.items() if code not in listed), max(known, default=None),
    )  # fmt: skip


def _standing(
    node: Node, place: int, spent: Spent, wholes: Mapping[bytes | None, str], above: set[bytes | None]
) -> Standing:
    entry, is_leaf = spent.own[place], node.id not in above
    return Standing(
        node.id, node.depth, node.section, node.kind, node.code, node.account, node.activity, node.title, node.fund,
        Figure(node.amount, node.realised), node.until, is_leaf or entry is not None, wholes.get(node.parent, ""),
        entry.amount if entry is not None and not spent.is_own[place] else None,
    )  # fmt: skip


def _wholes(nodes: Sequence[Node], spent: Spent) -> dict[bytes | None, str]:
    """Of each row the title of the one that is known as a whole: its own, or that of a row above it; "" of none."""
    wholes: dict[bytes | None, str] = {}
    for place, node in enumerate(nodes):
        wholes[node.id] = wholes.get(node.parent, "") or (node.title if spent.is_own[place] else "")
    return wholes


def _parts(sums: Totals, spent: Totals) -> dict[str, Figure]:
    names = ("revenue", "expenditure", "financing", "balance")
    return {name: Figure(getattr(sums, name), getattr(spent, name)) for name in names}


def _strays(nodes: Sequence[Node], spent: Spent) -> tuple[Stray, ...]:
    return tuple(
        Stray(
            a.line.section, a.line.code, a.line.title, a.entry.amount, a.entry.until,
            "" if a.above is None else nodes[a.above].title, a.counts,
        )
        for a in spent.astray
    )  # fmt: skip


def _settled(nodes: Sequence[Node]) -> list[str]:
    """The activity of each row: its own code, else that of the row above it."""
    settled: dict[bytes | None, str] = {}
    for node in nodes:
        settled[node.id] = node.activity or settled.get(node.parent, "")
    return [settled[node.id] for node in nodes]


def _expenditure(nodes: Sequence[Node], spent: Spent) -> tuple[list[tuple[str, Decimal]], list[tuple[str, Decimal]]]:
    """Every budgeted and every realised rupiah of expenditure once, each with the code of its activity."""
    codes = _settled(nodes)
    above = {n.parent for n in nodes if not n.is_total}
    budgeted = [
        (code, node.printed)
        for code, node in zip(codes, nodes, strict=True)
        if node.section == "expenditure" and not node.is_total and node.id not in above and node.printed is not None
    ]
    counted = [
        (line.activity or ("" if place is None else codes[place]), amount)
        for place, line, amount in spent.counted
        if line.section == "expenditure"
    ]
    return budgeted, counted


def _add_up(pairs: Iterable[tuple[str, Decimal]], levels: int) -> dict[str, Decimal]:
    """Sums by the first levels of a code; a code with fewer is its own."""
    sums: dict[str, Decimal] = {}
    for code, amount in pairs:
        key = ".".join(code.split(".")[:levels])
        sums[key] = sums.get(key, Decimal(0)) + amount
    return sums


def _fields(nodes: Sequence[Node], spent: Spent) -> tuple[FieldSum, ...]:
    budgeted, counted = (_add_up(pairs, 1) for pairs in _expenditure(nodes, spent))
    titles = {n.activity: n.title for n in nodes if n.kind == "line" and len(n.activity) == 1 and not n.account}
    return tuple(
        FieldSum(code, titles.get(code) or title_of("", code), Figure(budgeted.get(code), counted.get(code)))
        for code in sorted({*budgeted, *counted})
    )


@dataclass(frozen=True)
class _Activity:
    """An activity of the budget while it is looked at."""

    title: str
    figure: Figure
    is_hidden: bool
    """Spending is entered for a line above it, so nobody knows how much of it is its own."""


def _activities(nodes: Sequence[Node], spent: Spent) -> dict[str, _Activity]:
    """The activities of the budget by code, with their figures."""
    pairs = _expenditure(nodes, spent)
    budgeted, counted = (_add_up(each, 3) for each in pairs)
    coarse = {code for code, _amount in pairs[1] if code.count(".") < 2}
    titles = {n.activity: n.title for n in reversed(nodes) if n.kind == "line" and not n.account}
    return {
        code: _Activity(
            titles.get(code) or title_of("", code),
            Figure(budgeted[code], counted.get(code)),
            code not in counted and any(code.startswith(f"{each}." if each else "") for each in coarse),
        )
        for code in sorted(budgeted)
        if code.count(".") == 2
    }


@dataclass(frozen=True)
class _Project:
    """What is known of the works of an activity."""

    id: bytes
    name: str
    activities: frozenset[str]
    percent: int | None


def _projects(conn: Connection, year: int, day: dt.date) -> list[_Project]:
    """The year's projects with their progress as it was known of the day."""
    progress = (
        select(Progress.project, Progress.percent)
        .join(Project, Project.id == Progress.project)
        .where(Project.year == year, Progress.day <= day)
        .order_by(Progress.day, Progress.id)
    )
    percents = {row.project: row.percent for row in conn.execute(progress)}
    paid: dict[bytes, set[str]] = {}
    for project, activity in conn.execute(
        select(ProjectLine.project, ProjectLine.activity).where(ProjectLine.removed.is_(False))
    ):
        paid.setdefault(project, set()).add(activity)
    found = (
        select(Project.id, Project.name, Project.activity)
        .where(Project.year == year, Project.removed.is_(False))
        .order_by(Project.name, Project.id)
    )
    return [
        _Project(p.id, p.name, frozenset({p.activity, *paid.get(p.id, ())} - {""}), percents.get(p.id))
        for p in conn.execute(found)
    ]


@dataclass(frozen=True)
class _Note:
    """What a person said of an activity."""

    state: str
    reason: str
    since: dt.date | None


_NO_NOTE = _Note("", "", None)


def _notes(conn: Connection, year: int) -> dict[tuple[str, bytes | None], _Note]:
    notes = select(
        ActivityNote.activity, ActivityNote.project, ActivityNote.state, ActivityNote.reason, ActivityNote.since
    ).where(ActivityNote.year == year)
    return {(n.activity, n.project): _Note(n.state, n.reason, n.since) for n in conn.execute(notes)}


def _behind(
    activities: Mapping[str, _Activity],
    projects: Sequence[_Project],
    notes: Mapping[tuple[str, bytes | None], _Note],
) -> tuple[Behind, ...]:
    """By the order of their codes, then the projects that name no activity."""
    unknown = _Activity("", Figure(None, None), is_hidden=True)
    listed: list[Behind] = []
    codes = {*activities, *(code for p in projects for code in p.activities), *(code for code, _p in notes if code)}
    for code in sorted(codes):
        of, own = activities.get(code, unknown), [p for p in projects if code in p.activities]
        figure = Figure(None, None) if of.is_hidden else of.figure
        listed.append(_told(code, None, of, finding(figure, [p.percent for p in own]), own, notes))
    listed += [
        _told("", p.id, _Activity(p.name, Figure(None, None), is_hidden=True), finding(Figure(None, None), [p.percent]),
              [p], notes)
        for p in projects
        if not p.activities
    ]  # fmt: skip
    return tuple(each for each in listed if each.finding or each.reason)


def _told(
    code: str,
    project: bytes | None,
    of: _Activity,
    found: str | None,
    projects: Sequence[_Project],
    notes: Mapping[tuple[str, bytes | None], _Note],
) -> Behind:
    note = notes.get((code, project), _NO_NOTE)
    named = tuple((p.name, p.percent) for p in projects) if code else ((of.title, projects[0].percent),)
    title = of.title or title_of("", code)
    return Behind(code, project, title, of.figure, found, named, note.state, note.reason, note.since)
