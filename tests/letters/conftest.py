"""A village with its officials, and a request to write letters about."""

import datetime as dt

import pytest

from desk.desk import Desk
from desk.dip.commands import ApproveClassification, Classify, PutTest
from desk.dip.rules import ConsequenceForm
from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from desk.letters.queries import Offer, offers
from desk.village.commands import AppointOfficial, SetContact, SetVillage

WHY = "Berkas RAB masih disusun pelaksana kegiatan"
LONG_AGO = dt.date(2020, 2, 1)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """The desk of a village whose offices are held."""
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(SetContact("Jalan Contoh Nomor 1", "Kantor Desa"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "081234567890", LONG_AGO))
    desk.do(AppointOfficial("ppid", "PPID Desa", "Sari Contoh", None, LONG_AGO))
    return desk


@pytest.fixture
def exempt(office: Desk, today: dt.date) -> bytes:
    """An exemption in force."""
    tested = ConsequenceForm(
        "Data pribadi penerima bantuan", "kolom rekening", ("h3",), "membuka rahasia pribadi", "terlindungi", today
    )
    made = office.do(PutTest(tested, today)).value
    office.do(Classify(made, today, today, "1/KI/2026", "Contoh", "Sari Contoh", "PPID Desa", "Sekretariat", WHY))
    office.do(ApproveClassification(made, today, today, "Budi Contoh", "Kepala Desa"))
    return made


def asks(desk: Desk, today: dt.date, **more: object) -> bytes:
    """A request in the register."""
    fields: dict[str, object] = {
        "name": "Siti Rahasia", "address": "RT 03/RW 01", "sought": "RAB jalan Krajan", "purpose": "ingin tahu",
        "phone": "0812-0000-0000", "identity_number": "3522155506900001",
    } | more  # fmt: skip
    form = RequestForm(received=today, registered=today, **fields)  # type: ignore[arg-type]  # fields come by name
    return desk.do(Register(form, incomplete=not fields["address"])).value.id


def offered(desk: Desk, owner: bytes, kind: str) -> Offer:
    """The last paper of a kind the steps of something have."""
    return [offer for offer in desk.ask(offers, owner) if offer.kind == kind][-1]
