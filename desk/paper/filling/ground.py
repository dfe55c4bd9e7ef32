"""What every letter stands on: the village and its offices on the day of the step, its number, and who asked."""

import datetime as dt
from dataclasses import dataclass
from gettext import gettext as _

from sqlalchemy import Connection

from desk.dates import zone
from desk.foi.queries import Person
from desk.letters.commands import Stamp
from desk.letters.queries import Occasion
from desk.paper.letters.records import Asker, Issue, Signature
from desk.paper.records import VillageHead
from desk.paper.village import head_of
from desk.store import DeskError
from desk.village.queries import Holder, Profile, profile

ANYBODY = "Petugas"
"""Who acts where nobody gave a name; a paper leaves the name open then."""


@dataclass(frozen=True)
class Ground:
    """One letter before what it says: its step, its stamp, and the village as it was on that day."""

    conn: Connection
    step: Occasion
    stamp: Stamp
    printed_at: dt.datetime
    who: str
    """Who sits at the desk now."""
    known: Profile
    village: VillageHead

    @property
    def ppid(self) -> Signature:
        """The PPID of that day."""
        return _signature(self.known.ppid, _("PPID"))

    @property
    def head(self) -> Signature:
        """The head of that day, who is the PPID's superior."""
        return _signature(self.known.head, self.known.head_title)

    @property
    def officer(self) -> Signature:
        """Who serves at the desk."""
        return Signature(_("Petugas meja informasi"), self.who if self.who != ANYBODY else "")

    @property
    def superior(self) -> str:
        """How letters call the superior: `Kepala Desa Contoh selaku atasan PPID`."""
        return _("{title} {name} selaku atasan PPID").format(title=self.known.head_title, name=self.known.name)

    def issue(self, signer: Signature, enclosed: str = "") -> Issue:
        """Where, when, under which number and by whom it goes out."""
        notes = [self.known.note] if self.known.note else []
        if self.stamp.is_copy:
            notes.insert(0, _("SALINAN"))
        moment = self.printed_at.astimezone(zone(self.known.code))
        return Issue(self.village, self.stamp.label, self.stamp.day, signer, moment, " · ".join(notes), enclosed)


def ground(conn: Connection, step: Occasion, stamp: Stamp, printed_at: dt.datetime, who: str) -> Ground:
    """The ground of a letter.

    Raises:
        DeskError: no village yet.
    """
    known, village = profile(conn, step.day), head_of(conn, step.day)
    if known is None or village is None:
        raise DeskError(_("Desa ini belum dipilih. Isi dulu nama desa di Pengaturan, lalu cetak lagi."))
    return Ground(conn, step, stamp, printed_at, who, known, village)


def asker(person: Person, kind: str) -> Asker:
    """The requester as their own papers name them."""
    return Asker(
        name=person.name,
        address=person.address,
        occupation=person.occupation,
        contact=" · ".join(text for text in (person.phone, person.email) if text),
        kind=kind,
        identity=person.identity_number,
        proxy=person.proxy,
    )


def _signature(holder: Holder | None, office: str) -> Signature:
    return Signature(holder.title, holder.name) if holder else Signature(office)
