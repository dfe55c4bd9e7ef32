"""The acts of the public list and of exemptions."""

import datetime as dt
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.dip import queries, rules
from desk.dip.rules import ConsequenceForm, ItemForm
from desk.dip.tables import DipItem, DipUpdate, Exemption, ExemptionEvent
from desk.projects.rules import activity_code
from desk.store import DeskError
from desk.village.rules import check_length, tidy


@dataclass(frozen=True)
class PublishItem:
    """An entry comes onto the list."""

    form: ItemForm
    day: dt.date

    def run(self, session: Session) -> bytes:
        """Write it; its id comes back.

        Raises:
            DeskError: a field is missing or wrong, or it is still exempt.
        """
        if self.form.exemption is not None:
            standing = queries.standing(session.connection(), self.form.exemption)
            if standing is None or rules.state_of(standing, self.day) != "open":
                raise DeskError(_("Informasi ini masih dikecualikan. Tunggu sampai terbuka, baru masukkan ke daftar."))
        item = DipItem(published=self.day, checked=self.day)
        _fill(item, self.form)
        session.add(item)
        session.flush()
        return item.id


@dataclass(frozen=True)
class EditItem:
    """What the list says of an entry changes."""

    id: bytes
    form: ItemForm
    day: dt.date

    def run(self, session: Session) -> bytes:
        """Write every field of the form; who edits an entry has checked it.

        Raises:
            DeskError: a field is missing or wrong, or the entry is not on the list.
        """
        item = _item(session, self.id)
        _fill(item, replace(self.form, exemption=item.exemption))
        item.checked = self.day
        return item.id


@dataclass(frozen=True)
class WithdrawItem:
    """An entry leaves the list and is kept, with the reason."""

    id: bytes
    day: dt.date
    reason: str

    def run(self, session: Session) -> None:
        """Mark it.

        Raises:
            DeskError: without a reason, or where it left already.
        """
        item, reason = _item(session, self.id), _line(self.reason)
        if not reason:
            raise DeskError(_("Tulis mengapa ditarik dari daftar, misalnya: sudah diganti peraturan yang baru."))
        item.withdrawn, item.withdrawn_reason = self.day, reason


@dataclass(frozen=True)
class RestoreItem:
    """A withdrawn entry comes back onto the list."""

    id: bytes
    day: dt.date

    def run(self, session: Session) -> None:
        """Take the mark away.

        Raises:
            DeskError: it is unknown or on the list already.
        """
        item = session.get(DipItem, self.id)
        if item is None or item.withdrawn is None:
            raise DeskError(_("Informasi ini sudah ada dalam daftar. Muat ulang halaman."))
        item.withdrawn, item.withdrawn_reason, item.checked = None, "", self.day


@dataclass(frozen=True)
class AddTemplates:
    """A new list begins with what the law names for every village; the clerk then fills in the columns."""

    keys: tuple[str, ...]
    day: dt.date
    holder: str

    def run(self, session: Session) -> int:
        """Add those that were never added before; how many.

        Raises:
            DeskError: nobody is named who keeps them, or a template is unknown.
        """
        used = set(session.scalars(select(DipItem.template).where(DipItem.template != "")))
        known = {template.key: template for template in queries.templates()}
        added = [known[key] for key in self.keys if key in known and key not in used]
        for template in added:
            item = DipItem(published=self.day, template=template.key)
            _fill(item, ItemForm(template.summary, self.holder, template.category))
            session.add(item)
        return len(added)


@dataclass(frozen=True)
class MarkListUpdated:
    """Somebody went through the whole list."""

    day: dt.date
    today: dt.date

    def run(self, session: Session) -> bytes:
        """Write the day down.

        Raises:
            DeskError: the day is still to come, or the list is empty.
        """
        if self.day > self.today:
            raise DeskError(_("Pemutakhiran dicatat untuk hari ini atau sebelumnya. Periksa tanggalnya."))
        if queries.update_due(session.connection(), self.today) is None:
            raise DeskError(_("Daftar masih kosong. Masukkan dulu informasi yang pertama."))
        update = DipUpdate(day=self.day)
        session.add(update)
        session.flush()
        return update.id


@dataclass(frozen=True)
class PutTest:
    """A consequence test is written down, or a draft of one changes."""

    form: ConsequenceForm
    today: dt.date
    id: bytes | None = None
    """The draft that changes; None for a new test."""

    def run(self, session: Session) -> bytes:
        """Write every field; a classification is changed only by a new test in its place (PP 61/2010, article 10).

        Raises:
            DeskError: a field is missing or wrong, it is a classification already, or nothing is there to replace.
        """
        conn = session.connection()
        since = queries.exempt_since(conn, self.form.replaces) if self.form.replaces else None
        if self.form.replaces:
            _check_replaceable(session, self.form.replaces, self.today)
        faults = rules.consequence_faults(self.form, self.today, since)
        if faults:
            raise DeskError(" ".join(faults.values()))
        test = _draft(session, self.id) if self.id else Exemption()
        form = self.form
        test.kind, test.statute, test.period_basis = (_line(t) for t in (form.kind, form.statute, form.period_basis))
        test.detail, test.if_open, test.if_closed = (_lines(t) for t in (form.detail, form.if_open, form.if_closed))
        test.letters = ",".join(code for code in rules.LETTERS if code in form.letters)
        test.ends, test.tested, test.replaces = form.ends, form.tested, form.replaces
        session.add(test)
        session.flush()
        return test.id


@dataclass(frozen=True)
class DropTest:
    """A draft of a test is thrown away; the log keeps it."""

    id: bytes

    def run(self, session: Session) -> None:
        """Mark it.

        Raises:
            DeskError: it is a classification already, or gone.
        """
        _draft(session, self.id).removed = True


@dataclass(frozen=True)
class Classify:
    """The PPID sets the classification by a letter with the six parts of PP 61/2010, article 4(2)."""

    legal: ClassVar[bool] = True

    exemption: bytes
    day: dt.date
    today: dt.date
    number: str
    place: str
    official: str
    title: str
    unit: str
    reason: str

    def run(self, session: Session) -> bytes:
        """Add the event.

        Raises:
            DeskError: a part of the letter is missing, or the test is a classification already.
        """
        test = _draft(session, self.exemption)
        _check_day(self.day, test.tested, self.today)
        for text, what in (
            (self.number, _("nomor surat")), (self.place, _("tempat penetapan")), (self.official, _("nama PPID")),
            (self.unit, _("unit kerja")), (self.reason, _("alasan pengecualian")),
        ):  # fmt: skip
            if not text.strip():
                raise DeskError(_("Surat penetapan memuat {what}. Isi dulu.").format(what=what))
        return _event(
            session, self.exemption, "classified", self.day, number=_line(self.number), place=_line(self.place),
            official=_line(self.official), title=_line(self.title), unit=_line(self.unit), note=_lines(self.reason),
        )  # fmt: skip


@dataclass(frozen=True)
class ApproveClassification:
    """The head approves what the PPID has set: an act of its own (PP 61/2010, article 3(2))."""

    legal: ClassVar[bool] = True

    exemption: bytes
    day: dt.date
    today: dt.date
    official: str
    title: str = ""

    def run(self, session: Session) -> bytes:
        """Add the event; from its day on the exemption holds, and one it takes the place of does not.

        Raises:
            DeskError: there is no letter to approve, it is approved already, or the head is not named.
        """
        standing = _standing(session, self.exemption)
        if standing.classified is None:
            raise DeskError(_("Belum ada surat penetapan PPID. Catat dulu penetapannya."))
        if standing.approved is not None:
            raise DeskError(_("Pengecualian ini sudah disetujui. Muat ulang halaman."))
        _check_day(self.day, standing.classified, self.today)
        if not self.official.strip():
            raise DeskError(_("Tulis nama kepala desa yang menyetujui."))
        earlier = session.get_one(Exemption, self.exemption).replaces
        if earlier is not None:
            _check_replaceable(session, earlier, self.day)
        return _event(
            session, self.exemption, "approved", self.day, official=_line(self.official), title=_line(self.title)
        )


@dataclass(frozen=True)
class OpenExemption:
    """Exempt information becomes public before its last day (PP 61/2010, articles 5(2) and 11(1))."""

    legal: ClassVar[bool] = True

    exemption: bytes
    day: dt.date
    today: dt.date
    ground: str
    note: str = ""

    def run(self, session: Session) -> bytes:
        """Add the event.

        Raises:
            DeskError: it is not exempt on that day, or no reason is chosen.
        """
        _check_exempt(_standing(session, self.exemption), self.day, self.today)
        if self.ground not in rules.OPENINGS:
            raise DeskError(_("Pilih mengapa informasi ini dibuka."))
        return _event(session, self.exemption, "opened", self.day, ground=self.ground, note=_lines(self.note))


@dataclass(frozen=True)
class RecordException:
    """Letters g or h do not hold in one case (UU 14/2008, article 18(2)); otherwise the exemption goes on."""

    legal: ClassVar[bool] = True

    exemption: bytes
    day: dt.date
    today: dt.date
    ground: str
    note: str
    """Where the written consent is kept, or which office it is about; no name is needed."""

    def run(self, session: Session) -> bytes:
        """Add the event.

        Raises:
            DeskError: it is not exempt under g or h on that day, or nothing shows the exception.
        """
        standing = _standing(session, self.exemption)
        _check_exempt(standing, self.day, self.today)
        if not any(letter[0] in "gh" for letter in standing.letters):
            raise DeskError(_("Pasal 18 ayat (2) hanya untuk huruf g dan h. Buka informasinya bila perlu."))
        if self.ground not in rules.EXCEPTIONS:
            raise DeskError(_("Pilih persetujuan tertulis atau jabatan publik."))
        if not self.note.strip():
            raise DeskError(_("Tulis buktinya, misalnya: surat persetujuan 3 November 2026 di map 4."))
        return _event(session, self.exemption, "excepted", self.day, ground=self.ground, note=_lines(self.note))


def _fill(item: DipItem, form: ItemForm) -> None:
    faults = rules.item_faults(form)
    if faults:
        raise DeskError(" ".join(faults.values()))
    for field in rules.ITEM_TEXTS:
        setattr(item, field, tidy(getattr(form, field)))
    item.category, item.format, item.exemption = form.category, form.format, form.exemption
    item.project, item.budget_year = form.project, form.budget_year
    item.activity = activity_code(form.activity) if form.activity.strip() else ""


def _item(session: Session, id: bytes) -> DipItem:  # noqa: A002 (the row's own word)
    item = session.get(DipItem, id)
    if item is None or item.withdrawn is not None:
        raise DeskError(_("Informasi ini tidak ada lagi dalam daftar. Muat ulang halaman, lalu coba lagi."))
    return item


def _draft(session: Session, id: bytes) -> Exemption:  # noqa: A002
    if _standing(session, id).classified is not None:
        raise DeskError(_("Klasifikasi ini sudah ditetapkan. Ubah hanya dengan uji konsekuensi yang baru."))
    return session.get_one(Exemption, id)


def _standing(session: Session, id: bytes) -> rules.Standing:  # noqa: A002
    standing = queries.standing(session.connection(), id)
    if standing is None:
        raise DeskError(_("Uji ini sudah tidak ada dalam daftar. Muat ulang halaman, lalu coba lagi."))
    return standing


def _check_day(day: dt.date, earliest: dt.date, today: dt.date) -> None:
    if not earliest <= day <= today:
        raise DeskError(_("Tanggal ini mendahului langkah sebelumnya atau belum tiba. Periksa tanggalnya."))


def _check_exempt(standing: rules.Standing, day: dt.date, today: dt.date) -> None:
    if rules.state_of(standing, min(day, today)) != "exempt" or standing.opened is not None:
        raise DeskError(_("Pada tanggal itu informasi ini tidak dikecualikan. Periksa tanggalnya."))
    _check_day(day, standing.tested, today)


def _check_replaceable(session: Session, id: bytes, day: dt.date) -> None:  # noqa: A002
    """What is public already cannot become exempt again; a draft is mended, not replaced."""
    match rules.state_of(_standing(session, id), day):
        case "tested" | "classified":
            raise DeskError(_("Uji yang hendak diganti belum disetujui. Selesaikan dulu uji itu."))
        case "open":
            raise DeskError(_("Informasi ini sudah terbuka untuk umum, jadi tidak dapat dikecualikan lagi."))
        case "replaced":
            raise DeskError(_("Uji ini sudah diganti. Buka uji yang menggantikannya."))


def _line(text: str) -> str:
    return check_length(tidy(text))


def _lines(text: str) -> str:
    """Text of several lines without control and direction marks, as long as a paper has room for."""
    if len(text) > rules.LONGEST_TEST:
        raise DeskError(_("Paling banyak {most} huruf. Ringkas dulu.").format(most=rules.LONGEST_TEST))
    return "\n".join(tidy(line) for line in text.splitlines()).strip()


def _event(session: Session, exemption: bytes, kind: str, day: dt.date, **parts: str) -> bytes:
    event = ExemptionEvent(exemption=exemption, kind=kind, day=day, **parts)
    session.add(event)
    session.flush()
    return event.id
