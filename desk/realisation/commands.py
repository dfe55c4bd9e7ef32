"""The acts of the realisation: an entry, an entry taken back, and the reason of an activity."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk import log
from desk.budget.queries import realised_of
from desk.budget.rules import check_amount, check_until, check_year
from desk.budget.spent import id_after
from desk.budget.tables import BudgetLine, BudgetVersion, Realisation, WithdrawnRealisation
from desk.projects.tables import Project
from desk.realisation import rules
from desk.realisation.tables import ActivityNote
from desk.store import DeskError


@dataclass(frozen=True)
class RecordRealisation:
    """What was received or spent of a line from the beginning of the year up to a day."""

    line: bytes
    until: dt.date
    amount: Decimal

    def run(self, session: Session) -> bytes:
        """Add the entry; the latest day counts, and of one day the latest entry.

        Raises:
            DeskError: no such line, an impossible day or amount, or a line with rows below it that is not known as a
                whole already.
        """
        row = session.scalars(select(BudgetLine).where(BudgetLine.id == self.line)).one_or_none()
        if row is None:
            raise DeskError(_("Baris ini sudah tidak ada. Muat ulang halaman."))
        version = session.scalars(select(BudgetVersion).where(BudgetVersion.id == row.version)).one()
        check_amount(self.amount)
        check_until(self.until, version.year, log.current(session).at.date())
        below = select(BudgetLine.id).where(BudgetLine.parent == self.line, BudgetLine.kind != "total")
        has_rows = session.scalars(below).first() is not None
        if row.kind == "total" or (has_rows and self.line not in realised_of(session.connection(), version.id)):
            raise DeskError(
                _("Realisasi “{title}” dihitung dari baris di bawahnya. Isi di sana.").format(title=row.title)
            )
        last = session.scalar(select(func.max(Realisation.id)))
        entry = Realisation(id=id_after(last), line=self.line, until=self.until, amount=self.amount)
        session.add(entry)
        session.flush()
        return entry.id


@dataclass(frozen=True)
class WithdrawRealisation:
    """An entry was a mistake: what was known before it counts again."""

    entry: bytes

    def run(self, session: Session) -> None:
        """Mark it; the entry itself stays for all to see.

        Raises:
            DeskError: there is no such entry.
        """
        if session.scalars(select(Realisation.id).where(Realisation.id == self.entry)).one_or_none() is None:
            raise DeskError(_("Catatan realisasi ini sudah tidak ada. Muat ulang halaman."))
        withdrawn = select(WithdrawnRealisation.id).where(WithdrawnRealisation.entry == self.entry)
        if session.scalars(withdrawn).first() is None:
            session.add(WithdrawnRealisation(entry=self.entry))
            session.flush()


@dataclass(frozen=True)
class ExplainActivity:
    """Why an activity was not done or not finished; an empty reason takes the note away."""

    year: int
    activity: str
    """Its code; "" where a project without one is meant."""
    project: bytes | None
    state: str
    reason: str
    since: dt.date

    def run(self, session: Session) -> bytes:
        """Write, change or remove the note; its id.

        Raises:
            DeskError: neither or both of activity and project, no such project, an impossible day, a reason too long.
        """
        check_year(self.year)
        if bool(self.activity) == (self.project is not None):
            raise DeskError(_("Pilih dulu kegiatannya."))
        if self.project is not None and session.scalar(select(Project.id).where(Project.id == self.project)) is None:
            raise DeskError(_("Kegiatan ini sudah tidak ada. Muat ulang halaman."))
        key = rules.note_id(self.year, self.activity, self.project)
        note = session.scalars(select(ActivityNote).where(ActivityNote.id == key)).one_or_none()
        reason = " ".join(self.reason.split())
        if not reason:
            if note is not None:
                session.delete(note)
                session.flush()
            return key
        rules.check_note(self.state, reason, self.since, self.year, log.current(session).at.date())
        if note is None:
            note = ActivityNote(id=key, year=self.year, activity=self.activity, project=self.project)
            session.add(note)
        note.state, note.reason, note.since = self.state, reason, self.since
        session.flush()
        return key
