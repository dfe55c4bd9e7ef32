"""What the tests of list and exemptions begin with: one consequence test, and how it becomes an exemption."""

import datetime as dt
from collections.abc import Callable

import pytest

from desk.desk import Desk
from desk.dip.commands import ApproveClassification, Classify, PutTest
from desk.dip.rules import ConsequenceForm

MARCH = dt.date(2026, 3, 2)


@pytest.fixture
def accounts() -> ConsequenceForm:
    """Bank accounts of people who receive aid: letter h, number 3."""
    return ConsequenceForm(
        kind="Nomor rekening penerima bantuan",
        detail="Lampiran keputusan tentang penerima BLT: kolom nomor rekening",
        letters=("h3",),
        if_open="Rekening dapat disalahgunakan",
        if_closed="Uang penerima bantuan aman",
        tested=MARCH,
    )


Exempt = Callable[..., bytes]


@pytest.fixture
def exempt(desk: Desk, today: dt.date) -> Exempt:
    """Tests, classifies and approves, each on the day of the test unless another is given."""

    def through(form: ConsequenceForm, approved: dt.date | None = None) -> bytes:
        test = desk.do(PutTest(form, today)).value
        letter = Classify(
            test, form.tested, today, "01/PPID/2026", "Pejambon", "Sari Contoh", "Sekretaris Desa",
            "Sekretariat Desa", "Melindungi rahasia pribadi",
        )  # fmt: skip
        desk.do(letter)
        desk.do(ApproveClassification(test, approved or form.tested, today, "Budi Contoh", "Kepala Desa"))
        return test

    return through


@pytest.fixture(scope="session")
def accounts_under_a() -> ConsequenceForm:
    """A test under letter a without its period; nothing changes it, so properties may share it."""
    return ConsequenceForm("Laporan warga tentang pencurian", "Identitas pelapor", ("a",), "x", "y", MARCH)
