"""What screens and papers may ask about the village on a given day."""

import datetime as dt
from dataclasses import dataclass
from gettext import gettext as _

from sqlalchemy import Connection, Select, or_, select

from desk import workdays
from desk.village.rules import COMPLETION_DAYS, EXAMPLE_CODE, EXAMPLE_NOTE, HEAD_TITLES, DayHours, kind_of
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
)
from desk.workdays import Calendar


@dataclass(frozen=True)
class Holder:
    """Who holds an office, since when and until when."""

    id: bytes
    title: str
    name: str
    phone: str | None
    """E.164; `rules.show_phone` makes it readable."""
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True)
class Setup:
    """What has been entered beside the village itself; everything may still be missing."""

    address: str
    complaints: str
    hours: tuple[DayHours, ...]
    paper: str
    head: Holder | None
    ppid: Holder | None


@dataclass(frozen=True)
class Place:
    """Which village this is: what the head of the window says of it."""

    code: str
    name: str
    kind: str
    """`desa` or `kelurahan`."""
    district: str
    regency: str

    @property
    def note(self) -> str:
        """What must stand on papers and data of the demo's invented village; "" for a real one."""
        return EXAMPLE_NOTE if self.code == EXAMPLE_CODE else ""

    @property
    def place_name(self) -> str:
        """The village as it is called: `Desa Pejambon`, `Kelurahan Kadipaten`."""
        return (_("Kelurahan {name}") if self.kind == "kelurahan" else _("Desa {name}")).format(name=self.name)


@dataclass(frozen=True)
class Profile(Place):
    """The village as a screen or a paper of one day shows it."""

    address: str
    complaints: str
    hours: tuple[DayHours, ...]
    paper: str
    head: Holder | None
    ppid: Holder | None

    @property
    def head_title(self) -> str:
        """What the head of such a place is called."""
        return HEAD_TITLES[self.kind]


def place(conn: Connection) -> Place | None:
    """Which village this is; None until it is chosen."""
    row = conn.execute(select(Village.code, Village.name, Village.district, Village.regency)).one_or_none()
    return Place(row.code, row.name, kind_of(row.code), row.district, row.regency) if row else None


def profile(conn: Connection, on: dt.date) -> Profile | None:
    """The village with whoever holds its offices on `on`; None until the village is chosen."""
    village = place(conn)
    if village is None:
        return None
    rest = setup(conn, on)
    return Profile(
        village.code,
        village.name,
        village.kind,
        village.district,
        village.regency,
        rest.address,
        rest.complaints,
        rest.hours,
        rest.paper,
        rest.head,
        rest.ppid,
    )


def setup(conn: Connection, on: dt.date) -> Setup:
    """What the first-run pages have been told so far, whether or not the village is chosen."""
    contact = conn.execute(select(Contact.address, Contact.complaints)).one_or_none()
    return Setup(
        contact.address if contact else "",
        contact.complaints if contact else "",
        hours(conn),
        conn.execute(select(Printer.paper)).scalar_one_or_none() or "A4",
        holder(conn, "head", on),
        holder(conn, "ppid", on),
    )


def prefix(conn: Connection) -> str:
    """Of OC4IDS project ids; "" while none was registered."""
    return conn.execute(select(OpenData.prefix)).scalar_one_or_none() or ""


def holder(conn: Connection, role: str, on: dt.date) -> Holder | None:
    """Who holds `head` or `ppid` on a day; None where nobody does."""
    row = conn.execute(
        _holders(role).where(Official.since <= on, or_(Official.until.is_(None), Official.until >= on)).limit(1)
    ).one_or_none()
    return Holder(*row) if row else None


def holders(conn: Connection, role: str) -> tuple[Holder, ...]:
    """Everyone who ever held `head` or `ppid`, the latest first."""
    return tuple(Holder(*row) for row in conn.execute(_holders(role)))


def _holders(role: str) -> Select[bytes, str, str, str | None, dt.date, dt.date | None]:
    columns = (Official.id, Official.title, Official.name, Official.phone, Official.since, Official.until)
    return select(*columns).where(Official.role == role).order_by(Official.since.desc())


def hours(conn: Connection) -> tuple[DayHours, ...]:
    """The days the desk is open, from Monday on; empty until they are entered."""
    days = conn.execute(select(OpeningHours).where(OpeningHours.opens.is_not(None)).order_by(OpeningHours.weekday))
    return tuple(
        DayHours(
            day.weekday,
            dt.time.fromisoformat(day.opens),
            dt.time.fromisoformat(day.closes),
            dt.time.fromisoformat(day.break_from) if day.break_from else None,
            dt.time.fromisoformat(day.break_until) if day.break_until else None,
        )
        for day in days
    )


@dataclass(frozen=True)
class Week:
    """How the village counts; what it is before anybody said anything: five days, cuti bersama off."""

    six_days: bool = False
    shared_leave_counts: bool = False
    regulation: str = ""
    completion_days: int = COMPLETION_DAYS


@dataclass(frozen=True)
class EnteredDay:
    """One day of the year tables entered here."""

    id: bytes
    day: dt.date
    name: str
    kind: str


@dataclass(frozen=True)
class WorkingDays:
    """Everything the village itself says of its working days, and the last year whose table is whole."""

    week: Week
    days: tuple[EnteredDay, ...]
    last_decreed: int


def working_days(conn: Connection) -> WorkingDays:
    """What the settings show of working days."""
    return WorkingDays(work_week(conn), entered_days(conn), calendar(conn).last_decreed)


def work_week(conn: Connection) -> Week:
    """The village's week and terms of its own."""
    columns = (WorkWeek.six_days, WorkWeek.shared_leave_counts, WorkWeek.regulation, WorkWeek.completion_days)
    row = conn.execute(select(*columns)).one_or_none()
    return Week(*row) if row else Week()


def entered_days(conn: Connection) -> tuple[EnteredDay, ...]:
    """Days off entered over the shipped table, in their order."""
    rows = conn.execute(select(DayOff.id, DayOff.day, DayOff.name, DayOff.kind).order_by(DayOff.day))
    return tuple(EnteredDay(*row) for row in rows)


def calendar(conn: Connection) -> Calendar:
    """The working days of this village: the shipped table with what was entered since, and its own week."""
    week = work_week(conn)
    return workdays.amended(
        workdays.calendar(),
        ((day.day, day.name, day.kind) for day in entered_days(conn)),
        conn.execute(select(YearTable.year)).scalars(),
        six_day_week=week.six_days,
        cuti_bersama_counts=week.shared_leave_counts,
    )
