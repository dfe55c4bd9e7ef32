"""A village whose days go by: the clock stands where a test puts it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.dip.commands import ApproveClassification, Classify, PutTest
from desk.dip.rules import ConsequenceForm
from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from desk.objections.commands import RegisterObjection
from desk.objections.rules import ObjectionForm
from desk.paper.book.records import Book
from desk.paper.booking import book
from desk.reports.rules import Wanted, of_year
from desk.village.commands import AppointOfficial, SetVillage
from tests.desks import open_desk

WIB = dt.timezone(dt.timedelta(hours=7))


class Days:
    """A desk, and the day it is there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.today = folder, dt.date(2026, 10, 1)
        self.desk = open_desk(folder, self.now)

    def now(self) -> dt.datetime:
        return dt.datetime.combine(self.today, dt.time(9, 12), WIB)

    def ask_for(self, sought: str, day: dt.date, *more: str, **fields: object) -> bytes:
        """A citizen asks on a day; the clock goes there."""
        self.today = day
        known: dict[str, object] = {"name": "Siti Contoh", "address": "RT 03", "purpose": "ingin tahu"}
        known |= {"phone": "0812-0000-0000", "occupation": "Petani"}
        incomplete = bool(fields.pop("incomplete", False))
        known |= {"received": day, "registered": day, "sought": sought, "more": more}
        form = RequestForm(**(known | fields))  # type: ignore[arg-type]  # fields come by name
        return self.desk.do(Register(form, incomplete)).value.id

    def object_to(self, request: bytes, day: dt.date, *grounds: str, **more: str) -> bytes:
        """The applicant objects on a day; the clock goes there."""
        self.today = day
        form = ObjectionForm(day, day, grounds or ("c",), "Sudah lama tidak ada jawaban.", **more)
        return self.desk.do(RegisterObjection(request, form)).value.id

    def exempt(self, day: dt.date) -> bytes:
        """Account numbers of citizens become exempt on a day."""
        self.today = day
        test = ConsequenceForm("Nomor rekening warga", "Lampiran BLT", ("h3",), "disalahgunakan", "uang aman", day)
        made = self.desk.do(PutTest(test, day)).value
        named = ("Sari Contoh", "Sekretaris Desa", "Kaur Keuangan", "memuat rekening")
        self.desk.do(Classify(made, day, day, "01/PPID/2026", "Pejambon", *named))
        self.desk.do(ApproveClassification(made, day, day, "Budi Contoh"))
        return made

    def book(self, kind: str, year: int = 2026, as_of: dt.date | None = None, made: bytes | None = None) -> Book:
        """A book of a year, as of a day or of today."""
        return self.desk.ask(book, self.wanted(kind, year, as_of), self.now(), made)

    def wanted(self, kind: str, year: int = 2026, as_of: dt.date | None = None) -> Wanted:
        return of_year(kind, year, as_of or self.today)


@pytest.fixture
def days(tmp_path: Path) -> Iterator[Days]:
    """Desa Pejambon in October 2026."""
    made = Days(tmp_path / "desa")
    made.desk.do(SetVillage("35.22.12.2015"))
    made.desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "0812-3456-7890", dt.date(2020, 2, 1)))
    made.desk.do(AppointOfficial("ppid", "Sekretaris Desa", "Sari Contoh", None, dt.date(2020, 2, 1)))
    yield made
    made.desk.close()
