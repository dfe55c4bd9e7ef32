"""A desk after a hundred thousand requests, written in bulk: seconds, where one command a request takes minutes."""

import datetime as dt
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from desk import vault
from desk.foi import rules
from desk.foi.rules import label
from desk.foi.tables import Applicant, ItemDecision, Request, RequestEvent, RequestItem
from desk.store import Row, new_id
from desk.village.commands import AppointOfficial, SetVillage
from desk.village.queries import calendar
from tests.desks import open_desk
from ui.clock import now

EVERY = "dusun"
"""A word of every request."""

FIRST = ("Siti", "Budi", "Agus", "Sri", "Dwi", "Tri", "Wahyu", "Eko", "Nur", "Endang", "Slamet", "Joko", "Rina")
LAST = ("Santoso", "Wati", "Purnomo", "Rahayu", "Susanto", "Hidayat", "Nugroho", "Utomo", "Wijaya", "Kusuma")
PLACES = ("Krajan", "Ngrandu", "Kedungrejo", "Tlogo", "Ngasem", "Wotan", "Pilang", "Jati", "Karangdowo")
PAPERS = (
    "salinan APBDes", "rencana anggaran biaya", "laporan realisasi semester", "daftar penerima BLT Dana Desa",
    "dokumen kontrak", "berita acara serah terima", "peraturan desa", "notulen musyawarah", "daftar aset desa",
)  # fmt: skip
THINGS = (
    "pembangunan jalan rabat beton", "drainase lingkungan", "jembatan", "gedung PAUD", "polindes", "embung",
    "lapangan olahraga", "lampu penerangan jalan", "sumur bor", "posyandu",
)  # fmt: skip
NOTES = ("diserahkan langsung kepada pemohon", "dikirim lewat surel", "salinan 4 lembar", "dilihat di balai", "")
HOLDERS = ("Kaur Keuangan", "Sekretaris Desa", "Kasi Pelayanan", "")
PLAIN = {
    "series": "A", "due_certain": True, "rule": "uu14-2008", "channel": "desk", "topic": "project",
    "applicant_kind": "person", "access": "view", "copy_form": "", "delivery": "", "project": None, "activity": "",
    "papers": "", "purpose": "ingin tahu", "late_entry_reason": "",
}  # fmt: skip
IDENTITY = {
    "address": "RT 01/RW 02", "occupation": "petani", "phone": "0812-0000-0000", "email": "", "proxy": "",
}  # fmt: skip
EVENT = {
    "kind": "registered", "fee": None, "due": None, "who": "Sari", "basis": "", "outcome": "", "form": "", "note": "",
}  # fmt: skip
DECIDED = {"grounds": "", "test": None, "elsewhere": "", "removed": ""}
"""What is the same in every row."""
PART = 10_000
"""Requests of one act: the log chains an act as a whole."""


@dataclass(frozen=True)
class FillPart:
    """So many requests of ten years, the same ones every time; those older than three weeks are answered."""

    first: int
    count: int
    of: int
    today: dt.date

    def run(self, session: Session) -> None:
        """Write the rows of every table a registration and an answer write."""
        dice = random.Random(self.first)
        days = calendar(session.connection()).version
        made: dict[type[Row], list[dict[str, Any]]] = {
            kind: [] for kind in (Request, Applicant, RequestItem, RequestEvent, ItemDecision)
        }
        for number in range(self.first, self.first + self.count):
            day = self.today - dt.timedelta(days=3650 - number * 3650 // self.of)
            _one(session, made, dice, (number, day, days), is_answered=self.today - day > dt.timedelta(days=21))
        for kind, rows in made.items():
            session.execute(insert(kind.__table__), rows)  # type: ignore[arg-type]  # a mapped class has a Table


def _one(
    session: Session,
    made: dict[type[Row], list[dict[str, Any]]],
    dice: random.Random,
    what: tuple[int, dt.date, str],
    *,
    is_answered: bool,
) -> None:
    number, day, days = what
    request, item, answer = new_id(), new_id(), new_id()
    due = day + dt.timedelta(days=14)
    sought = f"{dice.choice(PAPERS)} {dice.choice(THINGS)} Dusun {dice.choice(PLACES)} tahun {day.year} berkas {number}"
    named = {"id": request, "number": number + 1, "year": day.year, "label": label(number + 1, "A", day.year)}
    clock = {"registered": day, "received": day, "due": due, "clock_from": day, "target": due, "calendar": days}
    state = {"state": "done", "holder": ""} if is_answered else {"state": "registered", "holder": dice.choice(HOLDERS)}
    made[Request].append(PLAIN | named | clock | state | {"sought": sought})
    name = f"{dice.choice(FIRST)} {dice.choice(LAST)} {_word(number)}"
    sealed = vault.close(
        session.connection(), rules.about(request), IDENTITY | {"name": name, "identity_number": f"3522{number:012d}"}
    )
    made[Applicant].append({"id": new_id(), "request": request, "sealed": sealed})
    made[RequestItem].append({"id": item, "request": request, "place": 1, "sought": sought})
    made[RequestEvent].append(EVENT | {"id": new_id(), "request": request, "day": day, "due": due})
    if is_answered:
        said = {"kind": "answered", "day": due, "outcome": "granted", "form": "hard", "note": dice.choice(NOTES)}
        made[RequestEvent].append(EVENT | said | {"id": answer, "request": request})
        decided = {"id": new_id(), "event": answer, "item": item, "outcome": "granted"}
        made[ItemDecision].append(DECIDED | decided | {"reason": f"tersedia di map {number % 300}"})


def _word(number: int) -> str:
    """A surname nobody else has: the number in letters."""
    return "".join(chr(ord("a") + int(figure)) for figure in f"{number:06d}").capitalize()


def fill(folder: Path, requests: int) -> float:
    """Fill a desk in a folder of its own; the seconds it took."""
    began = time.monotonic()
    desk, today = open_desk(folder, now), now().date()
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "081234567890", dt.date(2020, 1, 2)))
    for first in range(0, requests, PART):
        desk.do(FillPart(first, min(PART, requests - first), requests, today))
    desk.close()
    return time.monotonic() - began
