"""A village with everything open data tells, and people in it whom it must never tell."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from desk.budget.commands import Enact, FillBudget, SetLine, StartBudget, Typed
from desk.budget.queries import tree
from desk.desk import Desk
from desk.foi.commands import AnswerRequest, Register
from desk.foi.rules import RequestForm
from desk.projects.commands import PutAddendum, PutContract, PutPayment, PutProject, SetProgress
from desk.projects.rules import AddendumForm, ContractForm, Fund, PaymentForm, ProjectForm
from desk.projects.watch import Point
from desk.realisation.commands import RecordRealisation
from desk.village.commands import AppointOfficial, SetVillage

YEAR = 2026
TODAY = dt.date(2026, 11, 22)
CODE = "35.22.12.2015"
PEOPLE = (
    "Wagiyem Rahasiawati", "3522124503870001", "0813-9999-1234", "081399991234", "+6281399991234",
    "wagiyem@surat.contoh", "Gang Sembunyi 7", "Pedagang Cendol", "Slamet Kuasawan",
)  # fmt: skip
"""What was written of applicants, word for word; none of it is open data."""
SECRETS = (*PEOPLE, "Salinan kuitansi semen milik tetangga", "curiga kepada Pak Lurah", "catatan petugas belaka")
"""That, and what only the desk may know of a request: what exactly was asked, why, and the notes about it."""

BUDGET = (
    Typed("4.2.1.01", "", Decimal("964073000"), "Dana Desa", fund="DDS"),
    Typed("4.2.3.01", "", Decimal("544835000.50"), "Alokasi Dana Desa", fund="ADD"),
    Typed("5.1.1.01", "1.1.01", Decimal("52200000"), "Penghasilan Tetap Kepala Desa", fund="ADD"),
    Typed("5.2.1.01", "1.1.04", Decimal("1000000.25"), "=1+1 alat tulis", fund="ADD"),
    Typed("5.3.5.01", "2.3.11", Decimal("1450000000"), "- Rabat beton; @upah", fund="DDS"),
    Typed("6.1.1.01", "", Decimal("4000000"), "SiLPA tahun sebelumnya", fund="DLL"),
    Typed("6.2.2.01", "", Decimal("9708000.25"), "Penyertaan modal", fund="DDS"),
)
"""It closes to the sen; two of its titles begin as formulas do."""


def settle(desk: Desk) -> None:
    """The village, its head and its PPID officer."""
    desk.do(SetVillage(CODE, "", "", ""))
    since = dt.date(2020, 2, 1)
    desk.do(AppointOfficial("head", "Kepala Desa", "H. Contoh Kades", "0812-3456-7890", since))


def draft(desk: Desk) -> bytes:
    """The budget as a draft."""
    return desk.do(FillBudget(YEAR, BUDGET)).value


def enact(desk: Desk, version: bytes, number: int = 7, day: dt.date = dt.date(2025, 12, 30)) -> None:
    """The draft becomes the village's budget."""
    desk.do(Enact(version, f"Peraturan Desa Nomor {number} Tahun {day.year}", day))


def amend(desk: Desk) -> bytes:
    """Money moves from the road to the office, and something new comes: a draft of the first amendment."""
    version = desk.do(StartBudget(YEAR)).value
    desk.do(SetLine(version, Decimal("1440000000"), "5.3.5.01", "2.3.11", fund="DDS"))
    desk.do(SetLine(version, Decimal("11000000.25"), "5.2.1.01", "1.1.04", fund="ADD"))
    return version


def spend(desk: Desk, version: bytes, until: dt.date, share: str = "0.5") -> None:
    """A part of every line is received or spent, to the sen."""
    nodes = desk.ask(tree, version)
    above = {node.parent for node in nodes}
    for node in nodes:
        if node.id not in above and node.amount is not None and not node.is_total:
            desk.do(RecordRealisation(node.id, until, round(node.amount * Decimal(share), 2)))


def build(desk: Desk) -> bytes:
    """A road by a provider, with an addendum and payments; it pays 145,250,000 from two sources."""
    form = ProjectForm(
        YEAR, "Rabat beton jalan Dusun Krajan", "depan balai desa", "120 × 3", "m", Decimal("145250000"),
        executor="TPK Pejambon", responsible="Kaur Perencanaan", starts=dt.date(2026, 3, 1),
        ends=dt.date(2026, 6, 30), activity="2.3.11", hamlet="Krajan", rt="03", rw="01",
        point=(-7_150_200, 111_881_700), beneficiaries="85 keluarga",
        funds=(Fund("DDS", Decimal("100000000")), Fund("ADD", Decimal("45250000"))),
        plan=(Point(dt.date(2026, 4, 15), 40),),
    )  # fmt: skip
    road = desk.do(PutProject(form)).value
    signed = ContractForm("provider", "CV Bangun Contoh", "SPK/01/III/2026", dt.date(2026, 2, 25),
                          Decimal("140000000"), dt.date(2026, 3, 1), dt.date(2026, 6, 30))  # fmt: skip
    contract = desk.do(PutContract(road, signed)).value
    desk.do(
        PutAddendum(
            contract,
            AddendumForm(dt.date(2026, 6, 20), Decimal("145000000"), dt.date(2026, 7, 15), "ADD-1", "hujan"),
        )
    )
    desk.do(PutPayment(road, PaymentForm(dt.date(2026, 4, 2), Decimal("42000000"), "termin 1", contract), TODAY))
    desk.do(PutPayment(road, PaymentForm(dt.date(2026, 8, 1), Decimal("1500000.50"), "papan nama"), TODAY))
    for day, percent in ((dt.date(2026, 4, 1), 30), (dt.date(2026, 7, 10), 100)):
        desk.do(SetProgress(road, day, percent, TODAY))
    desk.do(PutProject(ProjectForm(YEAR, "@SUM(A1) Pelatihan kader", cost=None, activity="4.4.01")))
    return road


def ask(desk: Desk, project: bytes | None, **fields: object) -> bytes:
    """A citizen whom nobody may ever learn of asks about an activity."""
    known: dict[str, object] = {
        "received": TODAY, "registered": TODAY, "name": PEOPLE[0], "identity_number": PEOPLE[1], "phone": PEOPLE[2],
        "email": PEOPLE[5], "address": PEOPLE[6], "occupation": PEOPLE[7], "topic": "project",
        "sought": SECRETS[-3], "purpose": SECRETS[-2], "project": project, "activity": "2.3.11",
    }  # fmt: skip
    form = RequestForm(**(known | fields))  # type: ignore[arg-type]  # fields come by name
    return desk.do(Register(form)).value.id


def answer(desk: Desk, request: bytes) -> None:
    """It is answered, with a note of the desk's own."""
    desk.do(AnswerRequest(request, TODAY, "hard", note=SECRETS[-1]))


def whole_village(desk: Desk) -> bytes:
    """All of it at once; the road's id comes back."""
    settle(desk)
    first = draft(desk)
    enact(desk, first)
    spend(desk, first, dt.date(2026, 6, 30))
    road = build(desk)
    answer(desk, ask(desk, road))
    ask(desk, road, topic="budget")
    ask(desk, None)
    return road


def oc4ids_folder() -> Path:
    """Schema and code lists of OC4IDS 0.9.5, as published."""
    return Path(__file__).parent / "oc4ids"
