"""A village whose clock can be moved on, and requests that ended in it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.desk import Desk
from desk.foi.commands import AnswerRequest, Register
from desk.foi.endings import Close
from desk.foi.rules import RequestForm
from desk.village.commands import AppointOfficial, SetContact, SetVillage
from tests.desks import open_desk

NAME, ADDRESS, NIK = "Siti Rahasia", "Gang Rahasia 7", "3522155506900001"


class Hours:
    """A clock a test moves on."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        return self.at

    def pass_(self, **length: int) -> None:
        """Let time go by."""
        self.at += dt.timedelta(**length)


@pytest.fixture
def hours(now: dt.datetime) -> Hours:
    """Nine in the morning, until it is moved."""
    return Hours(now)


@pytest.fixture
def office(tmp_path: Path, hours: Hours) -> Iterator[Desk]:
    """The desk of a village whose offices are held."""
    desk = open_desk(tmp_path / "desa", hours)
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(SetContact("Jalan Contoh Nomor 1", "Kantor Desa"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "081234567890", dt.date(2020, 2, 1)))
    yield desk
    desk.close()


def asks(desk: Desk, day: dt.date, name: str = NAME) -> bytes:
    """A request in the register."""
    form = RequestForm(day, day, name, ADDRESS, "RAB jalan Krajan", "ingin tahu", phone="0812-0000-0000",
                       identity_number=NIK)  # fmt: skip
    return desk.do(Register(form), by="Dewi").value.id


def ended(desk: Desk, day: dt.date, name: str = NAME) -> bytes:
    """A request that was answered and closed on its day."""
    request = asks(desk, day, name)
    desk.do(AnswerRequest(request, day, "hard"))
    desk.do(Close(request, day))
    return request
