"""The acts that set a village up; each can be done again, in any order."""

import datetime as dt
from dataclasses import dataclass
from gettext import gettext as _

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.store import DeskError
from desk.village import rules
from desk.village.rules import DayHours, Term
from desk.village.tables import (
    Contact,
    DayOff,
    Official,
    OpenData,
    OpeningHours,
    Printer,
    Village,
    WorkWeek,
    YearTable,
    fixed_id,
)
from desk.workdays import FIRST_DAY, LAST_DAY

LONGEST_COMPLETION = 30
"""Working days; a request must not lie half done for months."""


@dataclass(frozen=True)
class SetVillage:
    """Which village this desk serves; what is left empty comes from the shipped table, by code."""

    code: str
    name: str = ""
    district: str = ""
    regency: str = ""

    def run(self, session: Session) -> str:
        """Write the profile; the code comes back as the ministry writes it."""
        code = rules.check_code(self.code)
        known = rules.region_of(code)
        name = rules.bare_name(self.name, "desa", "kelurahan") or (known.name if known else "")
        district = rules.bare_name(self.district, "kecamatan", "kec.") or (known.district if known else "")
        regency = rules.bare_name(self.regency, "kabupaten", "kab.") or (known.regency if known else "")
        session.merge(
            Village(
                id=fixed_id("village"),
                code=code,
                name=rules.check_text(name, _("Kode ini di luar daftar. Tuliskan juga nama desanya.")),
                district=rules.check_text(district, _("Tuliskan nama kecamatannya.")),
                regency=rules.check_text(regency, _("Tuliskan nama kabupatennya.")),
            )
        )
        return code


@dataclass(frozen=True)
class AppointOfficial:
    """Someone takes office; the earlier holder's term ends the day before.

    The same office from the same day, or the same person under the same title while they hold it, is the entry
    written once more: it is corrected, and nobody new takes office.
    """

    role: str
    """`head` or `ppid`."""
    title: str
    name: str
    phone: str | None
    since: dt.date
    until: dt.date | None = None

    def run(self, session: Session) -> bytes:
        """Write the appointment; its id comes back."""
        terms = session.scalars(select(Official).where(Official.role == self.role).order_by(Official.since)).all()
        entry = next((o for o in terms if self._is_again(o)), None) or Official(role=self.role, since=self.since)
        others = [official for official in terms if official is not entry]
        until = self.until or (entry.until if entry.since < self.since else None)
        rules.check_term(Term(self.name, entry.since, until), [Term(o.name, o.since, o.until) for o in others])
        for earlier in others:
            if earlier.since < entry.since and (earlier.until is None or earlier.until >= entry.since):
                earlier.until = entry.since - dt.timedelta(days=1)
        entry.until = until
        _describe(entry, self.title, self.name, self.phone)
        session.add(entry)
        session.flush()
        return entry.id

    def _is_again(self, known: Official) -> bool:
        """Whether `known` is the entry this appointment writes once more."""
        if known.since == self.since:
            return True
        holds_it = known.since < self.since and (known.until is None or self.since <= known.until)
        return holds_it and (known.title, known.name) == (rules.tidy(self.title), rules.tidy(self.name))


@dataclass(frozen=True)
class CorrectOfficial:
    """A slip in an entry is mended: the same person, the same appointment."""

    id: bytes
    title: str
    name: str
    phone: str | None
    term: tuple[dt.date, dt.date | None] | None = None
    """First and last day where those were wrong too; the end of the term before moves along."""

    def run(self, session: Session) -> None:
        """Write over what was mistyped."""
        official = session.get(Official, self.id)
        if official is None:
            raise DeskError(_("Catatan pejabat ini sudah tidak ada. Muat ulang halaman, lalu coba lagi."))
        if self.term and self.term != (official.since, official.until):
            self._move(session, official, *self.term)
        _describe(official, self.title, self.name, self.phone)

    def _move(self, session: Session, official: Official, since: dt.date, until: dt.date | None) -> None:
        query = select(Official).where(Official.role == official.role, Official.id != official.id)
        others = session.scalars(query).all()
        rules.check_term(Term(self.name, since, until), [Term(o.name, o.since, o.until) for o in others])
        rules.check_first_day(since, [Term(o.name, o.since, o.until) for o in others])
        handed_over = official.since - dt.timedelta(days=1)
        for earlier in others:
            overlaps = earlier.until is None or earlier.until >= since
            if earlier.since < since and (overlaps or earlier.until == handed_over):
                earlier.until = since - dt.timedelta(days=1)
        official.since, official.until = since, until


def _describe(official: Official, title: str, name: str, phone: str | None) -> None:
    official.title = rules.check_text(title, _("Tuliskan jabatannya, misalnya Kepala Desa."))
    official.name = rules.check_text(name, _("Tuliskan nama pejabatnya."))
    official.phone = rules.parse_phone(phone) if phone and phone.strip() else None


@dataclass(frozen=True)
class SetContact:
    """Where the desk is, and where complaints go; either may stay empty for now."""

    address: str
    complaints: str

    def run(self, session: Session) -> None:
        """Write both."""
        address, complaints = (rules.check_length(rules.tidy(text)) for text in (self.address, self.complaints))
        session.merge(Contact(id=fixed_id("contact"), address=address, complaints=complaints))


@dataclass(frozen=True)
class SetHours:
    """The desk's week; a day that is not named is closed."""

    hours: tuple[DayHours, ...]

    def run(self, session: Session) -> None:
        """Write the whole week."""
        rules.check_hours(self.hours)
        open_days = {day.weekday: day for day in self.hours}
        for weekday in range(7):
            row = OpeningHours(id=fixed_id(f"opening_hours/{weekday}"), weekday=weekday)
            day = open_days.get(weekday)
            if day:
                row.opens, row.closes = day.opens.isoformat("minutes"), day.closes.isoformat("minutes")
            else:
                row.opens = row.closes = None
            row.break_from = day.break_from.isoformat("minutes") if day and day.break_from else None
            row.break_until = day.break_until.isoformat("minutes") if day and day.break_until else None
            session.merge(row)


@dataclass(frozen=True)
class SetPaper:
    """The paper this desk's printer holds: A4, F4 or A3."""

    paper: str

    def run(self, session: Session) -> None:
        """Write it."""
        rules.check_paper(self.paper)
        session.merge(Printer(id=fixed_id("printer"), paper=self.paper))


@dataclass(frozen=True)
class SetPrefix:
    """The prefix of OC4IDS project ids the regency was given, or "" for none."""

    prefix: str

    def run(self, session: Session) -> None:
        """Write it.

        Raises:
            DeskError: it has another form.
        """
        session.merge(OpenData(id=fixed_id("open_data"), prefix=rules.check_prefix(self.prefix)))


@dataclass(frozen=True)
class SetWorkWeek:
    """How the village counts working days: five or six a week, cuti bersama counted or not, by which regulation."""

    six_days: bool
    shared_leave_counts: bool
    regulation: str = ""
    completion_days: int = rules.COMPLETION_DAYS

    def run(self, session: Session) -> None:
        """Write it; due dates already promised stay as they are."""
        if not 1 <= self.completion_days <= LONGEST_COMPLETION:
            raise DeskError(_("Waktu melengkapi antara 1 dan {most} hari kerja.").format(most=LONGEST_COMPLETION))
        session.merge(
            WorkWeek(
                id=fixed_id("work_week"),
                six_days=self.six_days,
                shared_leave_counts=self.shared_leave_counts,
                regulation=rules.check_length(rules.tidy(self.regulation)),
                completion_days=self.completion_days,
            )
        )


@dataclass(frozen=True)
class EnterDay:
    """A day off is added to the year table, or a shipped one taken back by a later decree."""

    day: dt.date
    name: str
    kind: str

    def run(self, session: Session) -> None:
        """Write the day; entering it again writes over it."""
        name = rules.check_day_off(self.day, self.name, self.kind)
        session.merge(DayOff(id=fixed_id(f"day_off/{self.day}"), day=self.day, name=name, kind=self.kind))


@dataclass(frozen=True)
class ForgetDay:
    """An entered day is taken out again."""

    id: bytes

    def run(self, session: Session) -> None:
        """Remove the entry; the shipped table counts again."""
        day = session.get(DayOff, self.id)
        if day is None:
            raise DeskError(_("Hari itu sudah tidak ada di daftar. Muat ulang halaman."))
        session.delete(day)


@dataclass(frozen=True)
class CloseYear:
    """The days off of a year have been entered to the end, from a decree."""

    year: int
    decree: str

    def run(self, session: Session) -> None:
        """Write it: due dates in that year are certain from now on."""
        decree = rules.check_text(self.decree, _("Tuliskan nomor keputusannya, misalnya: SKB 3 Menteri 2/2027."))
        if not FIRST_DAY.year <= self.year <= LAST_DAY.year:
            raise DeskError(_("Tahun harus antara 1990 dan 2100."))
        session.merge(YearTable(id=fixed_id(f"year_table/{self.year}"), year=self.year, decree=decree))
