"""What a village publishes of its activities: each as it stood on a day, its contracts, and what was asked about it.

Of a request for information its number, its day, its topic and its state are read and nothing else: who asked, what
exactly and why never leaves the tables it stands in.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from gettext import gettext as _

from sqlalchemy import Connection, literal, select

from desk.budget.queries import tree, versions
from desk.exchange.opendata.published import ENACTED, standing_of, village_of
from desk.foi.queries import Step
from desk.foi.tables import Request, RequestEvent
from desk.projects import watch
from desk.projects.contracts import ContractRow, PaymentRow, contracts_of, payments_of, rows_of
from desk.projects.queries import ProjectRow, Seen, project_list, story_of
from desk.projects.tables import PlanPoint
from desk.projects.watch import Point
from desk.realisation.tables import ActivityNote
from desk.reports.rules import told
from desk.store import DeskError
from desk.village.queries import Place

NOT_DONE = "not_done"
"""One of `desk.realisation.rules.STATES`."""

UNTOLD = ("", "void")
"""States of requests nobody is told of: not yet there, or written down by mistake."""


@dataclass(frozen=True)
class Asked:
    """A request about an activity, without anybody in it."""

    label: str
    registered: dt.date
    topic: str
    """A key of `desk.foi.rules.TOPICS`."""
    state: str
    """A key of `desk.foi.life.STATES`."""
    answered: dt.date | None
    outcome: str
    """A key of `desk.foi.life.OUTCOMES`; "" without an answer."""


@dataclass(frozen=True)
class Approval:
    """The enacted budget an activity's money comes from."""

    regulation: str
    day: dt.date


@dataclass(frozen=True)
class Work:
    """One activity as it stood on a day."""

    row: ProjectRow
    story: tuple[Seen, ...]
    """Its progress until then, the oldest entry first."""
    corners: tuple[Point, ...]
    """Of its planned progress."""
    contracts: tuple[ContractRow, ...]
    payments: tuple[PaymentRow, ...]
    """The oldest first."""
    asked: tuple[Asked, ...]
    approval: Approval | None
    """None where no enacted budget knows its activity."""
    given_up: str
    """Why it was not done at all, where the village says so; "" where it does not."""

    @property
    def percent(self) -> int | None:
        """The latest progress seen."""
        return self.story[-1].percent if self.story else None

    @property
    def paid(self) -> Decimal:
        """Rupiah paid until then."""
        return sum((payment.amount for payment in self.payments), Decimal(0))


@dataclass(frozen=True)
class Works:
    """The activities of a year: where they are, as of which day."""

    place: Place
    year: int
    as_of: dt.date
    works: tuple[Work, ...]


def works_of(conn: Connection, year: int, as_of: dt.date) -> Works:
    """Every activity on the list of a year, in the order they were written down.

    Raises:
        DeskError: no village, or no activity of that year.
    """
    village = village_of(conn)
    rows = sorted(project_list(conn, year), key=lambda row: row.id)
    if not rows:
        raise DeskError(_("Belum ada kegiatan tahun {year}. Tulis dulu di halaman Kegiatan.").format(year=year))
    ids = [row.id for row in rows]
    contracts, payments, points = contracts_of(conn, ids), payments_of(conn, ids), rows_of(
        conn, PlanPoint, "project", ids, "day"
    )  # fmt: skip
    asked, approvals, given_up = _asked(conn, ids, as_of), _approvals(conn, year, as_of), _given_up(conn, year, as_of)
    return Works(village, year, as_of, tuple(
        Work(
            row,
            tuple(seen for seen in reversed(story_of(conn, row.id)) if seen.day <= as_of),
            watch.knots(row.starts, row.ends, [Point(p.day, p.percent) for p in points[row.id]]),
            _known(contracts[row.id], as_of),
            tuple(payment for payment in payments[row.id] if payment.day <= as_of),
            tuple(asked[row.id]),
            approvals.get(row.activity),
            given_up.get(row.id) or given_up.get(row.activity) or "",
        )
        for row in rows
    ))  # fmt: skip


def _known(contracts: Sequence[ContractRow], as_of: dt.date) -> tuple[ContractRow, ...]:
    """Contracts signed by a day, and those whose day nobody wrote, with the addenda until then."""
    return tuple(
        replace(contract, addenda=tuple(change for change in contract.addenda if change.day <= as_of))
        for contract in contracts
        if contract.signed is None or contract.signed <= as_of
    )


def _asked(conn: Connection, ids: Sequence[bytes], as_of: dt.date) -> Mapping[bytes, list[Asked]]:
    """The requests about activities that were registered by a day, by activity and number."""
    about, e, r = Request.project.in_(ids), RequestEvent, Request
    nothing = literal("")
    events = (
        select(e.request, e.id, e.day, e.kind, e.outcome, e.form, e.fee, e.due, e.basis, nothing, nothing)
        .join(r, r.id == e.request)
        .where(about)
        .order_by(e.n)
    )
    steps: defaultdict[bytes, list[Step]] = defaultdict(list)
    for request, *step in conn.execute(events):
        steps[request].append(Step(*step))
    found: defaultdict[bytes, list[Asked]] = defaultdict(list)
    columns = (r.id, r.project, r.label, r.registered, r.topic)
    for row in conn.execute(select(*columns).where(about, r.registered <= as_of).order_by(r.year, r.series, r.number)):
        stood = told(steps[row.id], as_of)
        if stood.state not in UNTOLD and row.project is not None:
            answer = stood.answer
            found[row.project].append(
                Asked(
                    row.label, row.registered, row.topic, stood.state, answer.day if answer else None,
                    answer.outcome if answer else "",
                )
            )  # fmt: skip
    return found


def _approvals(conn: Connection, year: int, as_of: dt.date) -> Mapping[str, Approval]:
    """Code of each activity in the last version that is enacted and complete -> that version's regulation."""
    enacted = [v for v in versions(conn, year) if standing_of(conn, v, as_of) == ENACTED]
    if not enacted or enacted[-1].enacted_on is None:
        return {}
    approval = Approval(enacted[-1].regulation, enacted[-1].enacted_on)
    return {node.activity: approval for node in tree(conn, enacted[-1].id) if node.activity}


def _given_up(conn: Connection, year: int, as_of: dt.date) -> Mapping[bytes | str, str]:
    """Id of a project, or code of an activity -> the reason it was not done, known by a day."""
    n = ActivityNote
    notes = select(n.project, n.activity, n.reason).where(n.year == year, n.state == NOT_DONE, n.since <= as_of)
    return {row.project or row.activity: row.reason for row in conn.execute(notes)}
