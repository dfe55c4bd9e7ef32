"""Which record a file belongs to: letters, answers and scans, added and taken off, never changed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from desk.store import DeskError, Row, rows

if TYPE_CHECKING:
    from desk.files import Files, Kept

WHAT = {
    "letter": _("surat pemohon"),
    "identity": _("salinan kartu identitas"),
    "power": _("surat kuasa"),
    "answer": _("jawaban yang diserahkan"),
    "decision": _("surat keputusan"),
    "receipt": _("tanda terima bertanda tangan"),
    "photo": _("foto"),
    "contract": _("kontrak, SK tim, atau addendum"),
    "plan": _("RAB atau gambar rencana"),
    "proof": _("bukti pembayaran atau berita acara"),
    "other": _("berkas lain"),
}
"""What an attached file is, in the words of the desk."""

OPEN_FOR = frozenset({"project", "progress", "dip_item"})
"""Records whose files are public by law; the files of every other record are sealed."""

REASONS = {
    "mistake": _("salah pilih berkas"),
    "retention": _("masa simpan habis"),
    "asked": _("diminta pemilik data"),
    "replaced": _("diganti berkas yang lebih baru"),
}
"""Why a file was taken off a record."""


class Attachment(Row):
    """A file a record needs; it stays at home, and its name is sealed where the file is."""

    __tablename__ = "attachment"
    __insert_only__ = True
    __forgets__ = ("name",)
    __table_args__ = (
        CheckConstraint("length(address) = 64 AND address NOT GLOB '*[^0-9a-f]*'", name="address"),
        CheckConstraint("size > 0", name="size"),
        Index("ix_attachment_owner", "owner", "entity"),
    )

    entity: Mapped[str]
    """The table of the record it belongs to."""
    owner: Mapped[bytes]
    """The id of that record."""
    address: Mapped[str]
    is_sealed: Mapped[bool]
    kind: Mapped[str]
    size: Mapped[int]
    day: Mapped[dt.date]
    what: Mapped[str]
    name: Mapped[bytes] = mapped_column(info={"private": True})
    """What the clerk called it; private because it often holds a person's name, empty once that person was let go."""


class Detachment(Row):
    """A file taken off its record: the row still says that there was one, the file goes with the next sweep."""

    __tablename__ = "detachment"
    __insert_only__ = True

    attachment: Mapped[bytes] = mapped_column(ForeignKey("attachment.id"), unique=True)
    day: Mapped[dt.date]
    reason: Mapped[str]


@dataclass(frozen=True)
class Attached:
    """One file of a record; `files.name_of(address, name, is_sealed=...)` is what it is called."""

    id: bytes
    entity: str
    owner: bytes
    address: str
    is_sealed: bool
    kind: str
    size: int
    day: dt.date
    what: str
    name: bytes


@dataclass(frozen=True)
class Attach:
    """A file that lies on the disk (`Files.keep`) is put to a record."""

    files: "Files"
    kept: "Kept"
    entity: str
    owner: bytes
    what: str
    day: dt.date

    def run(self, session: Session) -> bytes:
        """Write the row, or find the same file there already; the id is the value the door returns.

        The sweep runs as a command too, so that the file cannot go between this look at it and the commit.
        """
        if self.what not in WHAT:
            raise DeskError(_("Pilih dulu jenis lampirannya, misalnya: {word}.").format(word=WHAT["letter"]))
        if not self.kept.is_sealed and self.entity not in OPEN_FOR:
            raise ValueError(f"a file of {self.entity} is sealed")
        record = rows()[self.entity]
        if session.connection().execute(select(record.id).where(record.id == self.owner)).first() is None:
            raise DeskError(_("Catatan untuk lampiran ini tidak ada lagi. Muat ulang halaman, lalu coba lagi."))
        if not self.files.holds(self.kept.address):
            raise DeskError(_("Berkas lampiran belum ada di folder data. Pilih lagi berkasnya, lalu simpan."))
        same = [row.id for row in attached(session.connection(), self.entity, self.owner) if self._is(row)]
        if same:
            return same[0]
        row = Attachment(
            entity=self.entity, owner=self.owner, address=self.kept.address, is_sealed=self.kept.is_sealed,
            kind=self.kept.kind, size=self.kept.size, day=self.day, what=self.what, name=self.kept.name,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id

    def _is(self, row: Attached) -> bool:
        return (row.address, row.what) == (self.kept.address, self.what)


@dataclass(frozen=True)
class Detach:
    """A file is taken off its record: the wrong scan was chosen, or it may be kept no longer."""

    attachment: bytes
    reason: str
    day: dt.date

    def run(self, session: Session) -> None:
        """Write the row; the file itself goes a week later."""
        if self.reason not in REASONS:
            said = _("Pilih dulu alasan melepas lampiran, misalnya: {word}.")
            raise DeskError(said.format(word=REASONS["mistake"]))
        wanted = _standing().where(Attachment.id == self.attachment)
        if session.connection().execute(wanted).first() is None:
            raise DeskError(_("Lampiran ini sudah dilepas. Muat ulang halaman."))
        session.add(Detachment(attachment=self.attachment, reason=self.reason, day=self.day))


@dataclass(frozen=True)
class Sweep:
    """Files no record needs any more are removed from the disk."""

    files: "Files"
    now: dt.datetime

    def run(self, session: Session) -> list[str]:
        """Remove them while nobody else can write a row; the names of the files that went."""
        return self.files.sweep([row.address for row in needed(session.connection())], self.now)


def attached(conn: Connection, entity: str, owner: bytes) -> Sequence[Attached]:
    """The files of a record, oldest first."""
    wanted = _standing().where(Attachment.entity == entity, Attachment.owner == owner).order_by(Attachment.n)
    return [Attached(*row) for row in conn.execute(wanted)]


def needed(conn: Connection) -> Sequence[Attached]:
    """Every file any record needs."""
    return [Attached(*row) for row in conn.execute(_standing().order_by(Attachment.n))]


def _standing() -> Select[Any]:
    """Attachments that were not taken off, as `Attached` wants them."""
    columns = [getattr(Attachment, field) for field in Attached.__dataclass_fields__]
    return select(*columns).where(~select(Detachment.id).where(Detachment.attachment == Attachment.id).exists())
