"""Writes `1.zip`, the data folder of a village as the program of schema 1 left it; run it in a checkout of 66e3d53.

`PYTHONPATH=that/checkout python tests/past/write_1.py tests/past/1.zip`. The last of it stands in the write-ahead log
only, as after a power cut, and pages that once held an identity lie free in the file.
"""

import datetime as dt
import sqlite3
import sys
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

from people import ADDRESSES, NAMES, NIKS, PHONES

from desk.budget.commands import SetLine, StartBudget
from desk.desk import Desk
from desk.foi.commands import AnswerRequest, Register
from desk.foi.rules import RequestForm
from desk.projects.commands import PutProject, SetProgress
from desk.projects.rules import ProjectForm
from desk.village.commands import AppointOfficial, SetContact, SetVillage

ZONE = dt.timezone(dt.timedelta(hours=7))
FIRST_DAY = dt.date(2026, 10, 5)
IN_THE_LOG_ONLY = 3
"""Requests the write-ahead log alone holds."""


def settle(desk: Desk, today: dt.date) -> None:
    """The village, its budget and its activities."""
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "081234567890", today))
    contact = desk.do(SetContact("Jalan Raya 1", "Kantor desa"))
    desk.undo(contact.act)
    desk.do(SetContact("Jalan Raya 2", "Kantor desa"))
    draft = desk.do(StartBudget(2026)).value
    for account, amount in (("4.2.1", "812345000.50"), ("4.1.1", "24000000"), ("6.1.1", "1500000")):
        desk.do(SetLine(draft, Decimal(amount), account=account))
    road = desk.do(PutProject(ProjectForm(2026, "Rabat beton jalan", "Dusun Krajan", cost=Decimal(145250000)))).value
    desk.do(SetProgress(road, today, 40, today))
    desk.do(PutProject(ProjectForm(2026, "Rehabilitasi posyandu")))


def file_request(desk: Desk, place: int, day: dt.date) -> bytes:
    """One request; every third asks for a copy."""
    copy = {"access": "copy", "copy_form": "soft", "delivery": "email"} if place % 3 == 0 else {}
    form = RequestForm(
        day, day, NAMES[place], ADDRESSES[place], f"RAB jalan dusun {place}\ndan gambarnya", "ingin tahu",
        phone=PHONES[place], identity_number=NIKS[place], topic="project", **copy,
    )  # fmt: skip
    return desk.do(Register(form)).value.id


def leave_free_pages(folder: Path) -> None:
    """What years of changed and removed rows leave in a file: identities in pages no table owns."""
    with sqlite3.connect(folder / "desa.db", isolation_level=None) as file:
        file.execute("PRAGMA secure_delete=OFF")
        file.execute("CREATE TABLE gone AS SELECT a.* FROM applicant a, applicant b, (SELECT 1 FROM change LIMIT 12)")
        file.execute("DROP TABLE gone")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def main() -> None:
    """Thirty requests, two in three answered."""
    with tempfile.TemporaryDirectory() as place:
        folder, clock = Path(place) / "desa", [dt.datetime.combine(FIRST_DAY, dt.time(9, 12), ZONE)]
        desk = Desk(folder, lambda: clock[0])
        settle(desk, FIRST_DAY)
        for number in range(len(NAMES)):
            if number == len(NAMES) - IN_THE_LOG_ONLY:
                leave_free_pages(folder)
            clock[0] += dt.timedelta(days=1)
            today = clock[0].date()
            request = file_request(desk, number, today)
            if number % 3:
                desk.do(AnswerRequest(request, day=today, today=today, form="soft", note="sudah dikirim"))
        with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name in ("desa.db", "desa.db-wal"):
                archive.write(folder / name, name)
        desk.close()


main()
