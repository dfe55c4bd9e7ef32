"""The acts of an activity: written down, agreed and paid for, its progress seen; and the plan of a coming year."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.attachments import Attach, Detach
from desk.projects import rules
from desk.projects.queries import photos_of, story_of
from desk.projects.rules import AddendumForm, ContractForm, PaymentForm, PlanForm, ProjectForm
from desk.projects.tables import (
    Addendum,
    Contract,
    Payment,
    PlanItem,
    PlanPoint,
    Progress,
    Project,
    ProjectFund,
    ProjectLine,
)
from desk.projects.watch import frame_of
from desk.store import DeskError, Row
from desk.village.rules import tidy

if TYPE_CHECKING:
    from desk.files import Files, Kept


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
        _refuse(rules.project_faults(self.form))
        project = _find(session, self.id) if self.id else Project()
        form = self.form
        for field in rules.TEXTS:
            setattr(project, field, tidy(getattr(form, field)))
        project.year, project.cost = form.year, form.cost
        project.starts, project.ends = form.starts, form.ends
        project.rt, project.rw = tidy(form.rt), tidy(form.rw)
        project.latitude, project.longitude = form.point or (None, None)
        project.activity = rules.activity_code(form.lines[0].activity if form.lines else form.activity)
        if form.funds:
            project.fund_source = rules.fund_names([tidy(fund.source) for fund in form.funds])
            project.cost = sum((fund.amount or Decimal(0) for fund in form.funds), Decimal(0))
        session.add(project)
        session.flush()
        self._put_parts(session, project.id)
        return project.id

    def _put_parts(self, session: Session, project: bytes) -> None:
        """Sources, lines and points of the plan: each stands as the form has it."""
        funds = [{"source": tidy(fund.source), "amount": fund.amount} for fund in self.form.funds]
        lines = [
            {"activity": rules.activity_code(line.activity), "account": line.account.strip()}
            for line in self.form.lines
        ]
        points = [{"day": point.day, "percent": point.percent} for point in sorted(self.form.plan)]
        for table, wanted in ((ProjectFund, funds), (ProjectLine, lines), (PlanPoint, points)):
            _put_all(session, table, project, wanted)


def _put_all(session: Session, table: type[Any], project: bytes, wanted: Sequence[dict[str, Any]]) -> None:
    """Make an activity's rows of a table what is wanted: changed in their place, added, or taken off."""
    held = list(
        session.scalars(select(table).where(table.project == project, table.removed.is_(False)).order_by(table.n))
    )
    for place, fields in enumerate(wanted):
        row = held[place] if place < len(held) else table(project=project)
        for name, value in fields.items():
            setattr(row, name, value)
        session.add(row)
    for row in held[len(wanted) :]:
        row.removed = True
    session.flush()


@dataclass(frozen=True)
class Picture:
    """A photo that lies on the disk and waits for its row."""

    files: "Files"
    kept: "Kept"


@dataclass(frozen=True)
class SetProgress:
    """Someone has seen how far an activity is."""

    project: bytes
    day: dt.date
    percent: int
    today: dt.date
    picture: Picture | None = None

    def run(self, session: Session) -> bytes:
        """Add the entry, with its photo; an entry of an earlier day than the latest leaves the list as it is.

        Raises:
            DeskError: the figure or the day is impossible, or the activity is gone.
        """
        _refuse(rules.progress_faults(percent=self.percent, day=self.day, today=self.today))
        project = _find(session, self.project)
        entry = Progress(project=project.id, day=self.day, percent=self.percent)
        if project.percent_on is None or self.day >= project.percent_on:
            project.percent, project.percent_on = self.percent, self.day
        session.add(entry)
        session.flush()
        if self.picture is not None:
            PutPhoto(entry.id, self.picture, self.today).run(session)
        return entry.id


@dataclass(frozen=True)
class PutPhoto:
    """A progress entry gets its photo; of the three frames each keeps one, so an older one of the same frame goes."""

    progress: bytes
    picture: Picture
    today: dt.date

    def run(self, session: Session) -> bytes:
        """Write the attachment; its id comes back.

        Raises:
            DeskError: the file is no picture, or the entry is gone.
        """
        seen = session.get(Progress, self.progress)
        if seen is None:
            raise _gone()
        if self.picture.kept.kind not in ("jpg", "png"):
            raise DeskError(_("Foto kegiatan berupa gambar JPG atau PNG. Berkas lain masuk ke bagian Berkas."))
        conn, frame = session.connection(), frame_of(seen.percent)
        before = [photo.file for photo in photos_of(conn, story_of(conn, seen.project)) if photo.frame == frame]
        made = Attach(self.picture.files, self.picture.kept, "progress", self.progress, "photo", self.today).run(
            session
        )
        for file in before:
            if file.id != made:
                Detach(file.id, "replaced", self.today).run(session)
        return made


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


@dataclass(frozen=True)
class PutContract:
    """A contract or a team's decree is written down, or what is known of it changes."""

    project: bytes
    form: ContractForm
    id: bytes | None = None

    def run(self, session: Session) -> bytes:
        """Write it; its id comes back.

        Raises:
            DeskError: a field is missing or wrong, or the activity or the contract is gone.
        """
        _refuse(rules.contract_faults(self.form))
        _find(session, self.project)
        form = self.form
        row = _row(session, Contract, self.id) if self.id else Contract(project=self.project)
        row.method, row.partner, row.number = form.method, tidy(form.partner), tidy(form.number)
        row.signed, row.value, row.starts, row.ends = form.signed, form.value, form.starts, form.ends
        return _kept(session, row)


@dataclass(frozen=True)
class PutAddendum:
    """A contract changes by an addendum, or what is known of the addendum changes."""

    contract: bytes
    form: AddendumForm
    id: bytes | None = None

    def run(self, session: Session) -> bytes:
        """Write it; its id comes back.

        Raises:
            DeskError: a field is missing or wrong, or the contract or the addendum is gone.
        """
        contract, form = _row(session, Contract, self.contract), self.form
        _refuse(rules.addendum_faults(form, signed=contract.signed, starts=contract.starts))
        row = _row(session, Addendum, self.id) if self.id else Addendum(contract=self.contract)
        assert form.day is not None
        row.number, row.day, row.reason = tidy(form.number), form.day, tidy(form.reason)
        row.value, row.ends = form.value, form.ends
        return _kept(session, row)


@dataclass(frozen=True)
class PutPayment:
    """A payment is written down, or what is known of it changes."""

    project: bytes
    form: PaymentForm
    today: dt.date
    id: bytes | None = None

    def run(self, session: Session) -> bytes:
        """Write it; its id comes back.

        Raises:
            DeskError: a field is missing or wrong, the contract is another activity's, or something is gone.
        """
        _refuse(rules.payment_faults(self.form, self.today))
        _find(session, self.project)
        form = self.form
        if form.contract and _row(session, Contract, form.contract).project != self.project:
            raise DeskError(_("Kontrak itu milik kegiatan lain. Pilih kontrak dari kegiatan ini."))
        row = _row(session, Payment, self.id) if self.id else Payment(project=self.project)
        assert form.day is not None and form.amount is not None
        row.day, row.amount, row.what, row.contract = form.day, form.amount, tidy(form.what), form.contract
        return _kept(session, row)


PARTS: dict[str, type[Row]] = {"contract": Contract, "addendum": Addendum, "payment": Payment, "plan_item": PlanItem}
"""What can be taken off by itself."""


@dataclass(frozen=True)
class TakeOff:
    """A contract, an addendum, a payment or a line of the plan written down by mistake leaves the lists."""

    kind: str
    """A key of `PARTS`."""
    id: bytes

    def run(self, session: Session) -> None:
        """Mark it; the log keeps it.

        Raises:
            DeskError: it is gone already, or payments stand under the contract.
        """
        row: Any = _row(session, PARTS[self.kind], self.id)
        paid = select(Payment.id).where(Payment.contract == self.id, Payment.removed.is_(False)).limit(1)
        if self.kind == "contract" and session.scalar(paid) is not None:
            raise DeskError(_("Kontrak ini sudah ada pembayarannya. Hapus dulu pembayaran itu, atau ubah kontraknya."))
        row.removed = True


@dataclass(frozen=True)
class PutPlan:
    """A line of a year's RKP Desa is written down, or changes."""

    form: PlanForm
    id: bytes | None = None

    def run(self, session: Session) -> bytes:
        """Write it; its id comes back.

        Raises:
            DeskError: a field is missing or wrong, or the line is gone.
        """
        _refuse(rules.plan_faults(self.form))
        row = _row(session, PlanItem, self.id) if self.id else PlanItem()
        for field in rules.PLAN_TEXTS:
            setattr(row, field, tidy(getattr(self.form, field)))
        row.year, row.estimate = self.form.year, self.form.estimate
        return _kept(session, row)


@dataclass(frozen=True)
class BeginPlanned:
    """A line of the plan becomes an activity of its year, with what the plan knows of it."""

    id: bytes

    def run(self, session: Session) -> bytes:
        """Write the activity and tie the line to it; the activity's id comes back.

        Raises:
            DeskError: the line is gone, or is an activity already.
        """
        row = _row(session, PlanItem, self.id)
        held = session.get(Project, row.project) if row.project else None
        if held is not None and not held.removed:
            raise DeskError(_("Rencana ini sudah menjadi kegiatan. Buka di daftar kegiatan tahunnya."))
        form = ProjectForm(row.year, row.name, row.place, cost=row.estimate, fund_source=row.source)
        made = PutProject(form).run(session)
        row.project = made
        return made


def _refuse(faults: dict[str, str]) -> None:
    if faults:
        raise DeskError(" ".join(faults.values()))


def _kept(session: Session, row: Row) -> bytes:
    session.add(row)
    session.flush()
    return row.id


def _row(session: Session, table: type[Any], id: bytes) -> Any:  # noqa: A002 (the row's own word)
    """A row that was not taken off."""
    row = session.get(table, id)
    if row is None or row.removed:
        raise _gone()
    return row


def _gone() -> DeskError:
    return DeskError(_("Catatan ini sudah tidak ada. Muat ulang halaman, lalu coba lagi."))


def _find(session: Session, id: bytes) -> Project:  # noqa: A002 (the row's own word)
    project = session.get(Project, id)
    if project is None or project.removed:
        raise DeskError(_("Kegiatan ini sudah tidak ada dalam daftar. Muat ulang halaman, lalu coba lagi."))
    return project
