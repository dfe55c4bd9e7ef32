"""Requests tied to an activity of the village or of its budget: their number and state, never who asked."""

import datetime as dt
from dataclasses import dataclass
from gettext import gettext as _

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from desk.foi.tables import Request
from desk.projects.queries import activities_of_budget
from desk.projects.tables import Project
from desk.store import DeskError


@dataclass(frozen=True)
class Asked:
    """A request about an activity: never who asked."""

    id: bytes
    label: str
    state: str
    received: dt.date
    due: dt.date


@dataclass(frozen=True)
class Subject:
    """An activity of the village a request may be about."""

    id: bytes
    name: str
    year: int


@dataclass(frozen=True)
class Subjects:
    """What a request may be about: activities of this year and the last, and code and name of the budget's."""

    projects: tuple[Subject, ...]
    activities: tuple[tuple[str, str], ...]


def subjects(conn: Connection, year: int) -> Subjects:
    """What a request of a year may be about; where the year has no budget yet, the activities of the last one's."""
    wanted = (
        select(Project.id, Project.name, Project.year)
        .where(Project.year.in_((year, year - 1)), Project.removed.is_(False))
        .order_by(Project.year.desc(), Project.name, Project.n)
    )
    listed = tuple(Subject(*row) for row in conn.execute(wanted))
    return Subjects(listed, activities_of_budget(conn, year) or activities_of_budget(conn, year - 1))


def requests_about(conn: Connection, id: bytes) -> tuple[Asked, ...]:  # noqa: A002 (the row's own word)
    """The requests about an activity, the latest first; number, state and dates only."""
    wanted = (
        select(Request.id, Request.label, Request.state, Request.received, Request.due)
        .where(Request.project == id)
        .order_by(Request.received.desc(), Request.n.desc())
    )
    return tuple(Asked(*row) for row in conn.execute(wanted))


def requests_to_tie(conn: Connection, year: int) -> tuple[Asked, ...]:
    """Requests of a year and the next that are tied to no activity yet, the latest first."""
    wanted = (
        select(Request.id, Request.label, Request.state, Request.received, Request.due)
        .where(Request.project.is_(None), Request.year.in_((year, year + 1)))
        .order_by(Request.received.desc(), Request.n.desc())
    )
    return tuple(Asked(*row) for row in conn.execute(wanted))


@dataclass(frozen=True)
class TieRequest:
    """A request is about an activity; None unties it."""

    request: bytes
    project: bytes | None

    def run(self, session: Session) -> None:
        """Write it on the request.

        Raises:
            DeskError: the request or the activity is gone.
        """
        request = session.get(Request, self.request)
        project = None if self.project is None else session.get(Project, self.project)
        if request is None or (self.project is not None and (project is None or project.removed)):
            raise DeskError(_("Permohonan atau kegiatan ini tidak ada lagi. Muat ulang halaman, lalu coba lagi."))
        request.project = self.project
