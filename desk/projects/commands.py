"""The acts of an activity: written down, its progress seen, taken off the list."""

import datetime as dt
from dataclasses import dataclass
from gettext import gettext as _

from sqlalchemy.orm import Session

from desk.projects import rules
from desk.projects.rules import ProjectForm
from desk.projects.tables import Progress, Project
from desk.store import DeskError
from desk.village.rules import tidy


@dataclass(frozen=True)
class PutProject:
    """An activity is written down, or what is known of it changes."""

    form: ProjectForm
    id: bytes | None = None
    """The activity that changes; None for a new one."""

    def run(self, session: Session) -> bytes:
        """Write every field of the form; the activity's id comes back.

        Raises:
            DeskError: a field is missing or wrong, or the activity is gone.
        """
        faults = rules.project_faults(self.form)
        if faults:
            raise DeskError(" ".join(faults.values()))
        project = _find(session, self.id) if self.id else Project()
        form = self.form
        for field in rules.TEXTS:
            setattr(project, field, tidy(getattr(form, field)))
        project.year, project.cost = form.year, form.cost
        project.starts, project.ends = form.starts, form.ends
        project.activity = rules.activity_code(form.activity)
        session.add(project)
        session.flush()
        return project.id


@dataclass(frozen=True)
class SetProgress:
    """Someone has seen how far an activity is."""

    project: bytes
    day: dt.date
    percent: int
    today: dt.date

    def run(self, session: Session) -> bytes:
        """Add the entry; an entry of an earlier day than the latest leaves the list as it is.

        Raises:
            DeskError: the figure or the day is impossible, or the activity is gone.
        """
        faults = rules.progress_faults(percent=self.percent, day=self.day, today=self.today)
        if faults:
            raise DeskError(" ".join(faults.values()))
        project = _find(session, self.project)
        entry = Progress(project=project.id, day=self.day, percent=self.percent)
        if project.percent_on is None or self.day >= project.percent_on:
            project.percent, project.percent_on = self.percent, self.day
        session.add(entry)
        session.flush()
        return entry.id


@dataclass(frozen=True)
class RemoveProject:
    """An activity written down by mistake leaves the lists; the log keeps it."""

    id: bytes

    def run(self, session: Session) -> None:
        """Mark it.

        Raises:
            DeskError: it is gone already.
        """
        _find(session, self.id).removed = True


def _find(session: Session, id: bytes) -> Project:  # noqa: A002 (the row's own word)
    project = session.get(Project, id)
    if project is None or project.removed:
        raise DeskError(_("Kegiatan ini sudah tidak ada dalam daftar. Muat ulang halaman, lalu coba lagi."))
    return project
