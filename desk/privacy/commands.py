"""The acts: a breach is recorded and told, a term is set, and an identity whose term is over is let go."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from gettext import gettext as _
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk import log, vault
from desk.attachments import Attachment, Detachment, attached, needed
from desk.foi.queries import Person
from desk.foi.rules import about
from desk.foi.tables import Applicant, Unmasking
from desk.objections.queries import Proxy
from desk.objections.tables import ObjectionProxy
from desk.privacy import queries, rules
from desk.privacy.queries import BreachDetail, DueIdentity, Recipient
from desk.privacy.rules import BreachForm
from desk.privacy.tables import Anonymised, Breach, BreachEvent, BreachPerson, FileCleaned, Retention
from desk.store import DeskError, new_id
from desk.village.tables import fixed_id

if TYPE_CHECKING:
    from desk.files import Files

OWNED = ("request", "objection")
"""Records whose files are the citizen's."""

_COLUMNS = ("leaked", "happened", "how", "handling", "advice", "contact", "agency", "agency_address", "late_reason")


@dataclass(frozen=True)
class PutBreach:
    """A breach is written down, or what is known of it has grown; people are added to it and never taken off."""

    legal: ClassVar[bool] = True

    form: BreachForm
    breach: bytes | None = None

    def run(self, session: Session) -> bytes:
        """Write the record and whom it concerns; its id comes back.

        Raises:
            DeskError: a field is missing or wrong, a number is not in the register, or the record is closed.
        """
        faults = rules.breach_faults(self.form, log.current(session).at)
        requests, unknown = _requests(session, self.form.numbers)
        if unknown:
            said = _("Nomor {number} tidak ada di register. Periksa penulisannya, misalnya: 007/PI/A/2026.")
            faults["numbers"] = said.format(number=unknown[0])
        others = rules.people(self.form.others)
        if not (requests or unknown or others or self.breach):
            faults["numbers"] = _("Tulis nomor permohonan yang datanya bocor, atau nama orangnya di bawah.")
        if faults:
            raise DeskError(" ".join(faults.values()))
        row = Breach(id=new_id()) if self.breach is None else session.get(Breach, _open(session, self.breach).id)
        assert row is not None
        row.known = self.form.known
        for name in _COLUMNS:
            setattr(row, name, str(getattr(self.form, name)).strip())
        session.add(row)
        session.flush()
        _concern(session, row.id, requests, others)
        _tell(session, row.id, "recorded" if self.breach is None else "changed")
        return row.id


@dataclass(frozen=True)
class OpenRecipient:
    """Somebody's name is opened to print their notice; that it was is written down."""

    legal: ClassVar[bool] = True

    breach: bytes
    person: bytes

    def run(self, session: Session) -> Recipient:
        """Log who looked and when; name and address come back."""
        known = _open(session, self.breach, may_be_closed=True)
        one = next((one for one in known.people if one.id == self.person), None)
        found = queries.recipient(session.connection(), self.person)
        if one is None or not found.name:
            raise DeskError(_("Nama orang ini tidak tersimpan lagi. Tulis suratnya dengan tangan."))
        frame = log.current(session)
        if one.request is not None:
            session.add(Unmasking(request=one.request, at=frame.at, who=frame.who))
        _tell(session, self.breach, "opened", self.person)
        return found


@dataclass(frozen=True)
class TellPerson:
    """The written notice was handed to somebody it concerns."""

    legal: ClassVar[bool] = True

    breach: bytes
    person: bytes
    at: dt.datetime | None = None
    """When; now where nobody says otherwise."""
    note: str = ""

    def run(self, session: Session) -> None:
        """Add the event; nobody is told twice."""
        known = _open(session, self.breach)
        one = next((one for one in known.people if one.id == self.person), None)
        if one is None:
            raise DeskError(_("Orang itu tidak ada di catatan ini. Muat ulang halaman, lalu coba lagi."))
        if one.told is not None:
            raise DeskError(_("Orang ini sudah diberi tahu. Tidak ada yang perlu dicatat lagi."))
        _told(session, known, "person", self.person, self.at, self.note)


@dataclass(frozen=True)
class TellAgency:
    """The written notice was handed to the agency."""

    legal: ClassVar[bool] = True

    breach: bytes
    at: dt.datetime | None = None
    note: str = ""

    def run(self, session: Session) -> None:
        """Add the event."""
        known = _open(session, self.breach)
        if known.agency_told is not None:
            raise DeskError(_("Lembaga sudah diberi tahu. Tidak ada yang perlu dicatat lagi."))
        _told(session, known, "agency", None, self.at, self.note)


@dataclass(frozen=True)
class CloseBreach:
    """Nothing is left to do about a breach; who could not be told is explained."""

    legal: ClassVar[bool] = True

    breach: bytes
    note: str = ""

    def run(self, session: Session) -> None:
        """Add the event."""
        known = _open(session, self.breach)
        if None in known.told and len(self.note.strip()) < rules.SHORTEST_REASON:
            raise DeskError(
                _("Masih ada yang belum diberi tahu. Serahkan dulu suratnya, atau tulis sebab tidak dapat disampaikan.")
            )
        _tell(session, self.breach, "closed", note=self.note)


@dataclass(frozen=True)
class SetRetention:
    """The village says how long identities are kept after their requests ended, and on what basis; None is off."""

    years: int | None
    basis: str

    def run(self, session: Session) -> None:
        """Keep the term."""
        faults = rules.retention_faults(self.years, self.basis)
        if faults:
            raise DeskError(" ".join(faults.values()))
        session.merge(Retention(id=fixed_id("retention"), years=self.years, basis=self.basis.strip()))


@dataclass(frozen=True)
class Anonymise:
    """Identities whose term is over are let go: number, days, topic and outcome stay, the person does not.

    What was sealed is written over; the database file is written anew afterwards (`erasing.rewrite`), since an older
    form of a page may still lie in it.
    """

    legal: ClassVar[bool] = True

    requests: tuple[bytes, ...]

    def run(self, session: Session) -> int:
        """Let go of each, or of none; how many went comes back.

        Raises:
            DeskError: the term is off or not over for one of them, or it is still open.
        """
        conn, today = session.connection(), log.current(session).at.date()
        if queries.term(conn).years is None:
            raise DeskError(_("Lama simpan belum ditetapkan. Isi dulu lama simpan dan dasarnya."))
        due = {one.id: one for one in queries.due_identities(conn, today)}
        early = [request for request in self.requests if request not in due]
        if early or not self.requests:
            raise DeskError(
                _("Ada permohonan yang belum habis masa simpannya atau masih terbuka. Muat ulang daftar, pilih lagi.")
            )
        # What is freed inside pages is written over at once; the rest is the business of `erasing.rewrite`.
        conn.exec_driver_sql("PRAGMA secure_delete=ON")
        for request in dict.fromkeys(self.requests):
            _let_go(session, due[request], today)
        return len(set(self.requests))


@dataclass(frozen=True)
class Cleaned:
    """The file was written anew; the files of those who went are removed without the usual week of waiting."""

    legal: ClassVar[bool] = True

    files: "Files | None" = None

    def run(self, session: Session) -> int:
        """Remove the files and note that all is clean; how many files went comes back."""
        conn, frame = session.connection(), log.current(session)
        removed = 0
        if self.files is not None:
            still = {row.address for row in needed(conn)}
            for address in _released(session):
                place = self.files.place(address)
                if address not in still and place.is_file():
                    place.unlink()
                    removed += 1
        session.add(FileCleaned(at=frame.at, who=frame.who))
        return removed


def _let_go(session: Session, due: DueIdentity, today: dt.date) -> None:
    """Put an empty seal in the place of everybody on a request, and take its files off."""
    conn, frame, kept = session.connection(), log.current(session), queries.term(session.connection())
    applicant = session.scalars(select(Applicant).where(Applicant.request == due.id)).one()
    applicant.sealed = vault.close(conn, about(due.id), dict.fromkeys((f.name for f in fields(Person)), ""))
    for objection in queries.proxies_of(conn, due.id):
        proxy = session.scalars(select(ObjectionProxy).where(ObjectionProxy.objection == objection)).one()
        nobody = dict.fromkeys((f.name for f in fields(Proxy)), "")
        proxy.sealed = vault.close(conn, b"objection_proxy:" + objection, nobody)
    for owner in queries.owners(conn, (due.id,)):
        for entity in OWNED:
            session.add_all(
                Detachment(attachment=file.id, day=today, reason="retention")
                for file in attached(conn, entity, owner)
                if file.is_sealed
            )
    _forget_names(session, queries.owners(conn, (due.id,)))
    session.add(
        Anonymised(
            request=due.id, ended=due.ended, years=kept.years, basis=kept.basis, at=frame.at, who=frame.who,
            left=applicant.sealed,
        )
    )  # fmt: skip
    session.flush()


def _forget_names(session: Session, owners: Iterable[bytes]) -> None:
    """Empty the sealed name of every file these records ever had, also of those taken off before."""
    mine = select(Attachment).where(Attachment.owner.in_(tuple(owners)), Attachment.entity.in_(OWNED))
    for file in session.scalars(mine.where(Attachment.is_sealed)):
        file.name = b""


def _released(session: Session) -> Iterable[str]:
    """Addresses of the sealed files of those who were let go."""
    return session.scalars(select(Attachment.address).where(Attachment.name == b"", Attachment.is_sealed)).all()


def _requests(session: Session, numbers: str) -> tuple[list[bytes], list[str]]:
    """The requests of typed numbers, and the numbers nobody has or two have."""
    found, unknown = [], []
    for number in rules.lines(numbers):
        ids = queries.request_of(session.connection(), number)
        if len(ids) == 1:
            found.append(ids[0])
        else:
            unknown.append(number)
    return list(dict.fromkeys(found)), unknown


def _concern(session: Session, breach: bytes, requests: list[bytes], others: tuple[tuple[str, str], ...]) -> None:
    conn = session.connection()
    known = set(session.scalars(select(BreachPerson.request).where(BreachPerson.breach == breach)))
    session.add_all(
        BreachPerson(breach=breach, request=request, sealed=b"") for request in requests if request not in known
    )
    for name, address in others:
        one = new_id()
        sealed = vault.close(conn, queries.sealed_to(one), asdict(Recipient(name, address)))
        session.add(BreachPerson(id=one, breach=breach, request=None, sealed=sealed))


def _open(session: Session, breach: bytes, *, may_be_closed: bool = False) -> BreachDetail:
    session.flush()
    known = queries.breach(session.connection(), breach)
    if known is None:
        raise DeskError(_("Catatan kebocoran itu tidak ada lagi. Muat ulang halaman, lalu pilih lagi."))
    if known.is_closed and not may_be_closed:
        raise DeskError(_("Catatan kebocoran ini sudah ditutup. Buat catatan baru bila ada kejadian lain."))
    return known


def _told(
    session: Session, known: BreachDetail, kind: str, person: bytes | None, at: dt.datetime | None, note: str
) -> None:
    now = log.current(session).at
    rules.check_told(known.known, at or now, now, known.late_reason)
    _tell(session, known.id, kind, person, at, note)


def _tell(
    session: Session, breach: bytes, kind: str, person: bytes | None = None, at: dt.datetime | None = None,
    note: str = "",
) -> None:  # fmt: skip
    frame = log.current(session)
    when = at or frame.at
    session.add(BreachEvent(breach=breach, kind=kind, person=person, at=when, who=frame.who, note=note.strip()))
