"""A village's enacted budget of 2026 with three activities, and a second version that moves them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from desk.budget.commands import Enact, FillBudget, RemoveLine, StartBudget, Typed
from desk.budget.queries import tree
from desk.desk import Desk
from desk.realisation.commands import RecordRealisation

YEAR = 2026
JUNE, DECEMBER = dt.date(2026, 6, 30), dt.date(2026, 12, 31)
OFFICE, ROAD, TRAINING = "1.1.01", "2.3.11", "4.3.01"

Line = Callable[..., bytes]
Enter = Callable[..., bytes]


@pytest.fixture
def budget(desk: Desk) -> bytes:
    """The original, enacted before the year: revenue 1,000; an office 300, a road 600, a training 100."""
    typed = (
        Typed("4.2.1", "", Decimal(1000)),
        Typed("", OFFICE, Decimal(300)),
        Typed("", ROAD, Decimal(600)),
        Typed("", TRAINING, Decimal(100)),
    )
    version = desk.do(FillBudget(YEAR, typed)).value
    desk.do(Enact(version, "Peraturan Desa Nomor 5 Tahun 2025", dt.date(2025, 12, 29)))
    return version


@pytest.fixture
def amend(desk: Desk, budget: bytes) -> Callable[[], bytes]:
    """The first amendment, of 12 July: the training is taken out, the road gets its money, revenue grows."""

    def amended() -> bytes:
        version = desk.do(StartBudget(YEAR)).value
        gone = next(n.id for n in desk.ask(tree, version) if n.activity == TRAINING)
        desk.do(RemoveLine(gone))
        desk.do(FillBudget(YEAR, (Typed("", ROAD, Decimal(700)), Typed("4.2.1", "", Decimal(1050)))))
        desk.do(Enact(version, "Peraturan Desa Nomor 3 Tahun 2026", dt.date(2026, 7, 12)))
        return version

    return amended


@pytest.fixture
def line(desk: Desk) -> Line:
    """The id of a line: `line(version, activity="2.3.11")`."""

    def found(version: bytes, account: str = "", activity: str = "") -> bytes:
        nodes = desk.ask(tree, version)
        return next(n.id for n in nodes if (n.kind, n.account, n.activity) == ("line", account, activity))

    return found


@pytest.fixture
def enter(desk: Desk, line: Line) -> Enter:
    """An entry: `enter(version, 150, day, activity="2.3.11")`."""

    def entered(version: bytes, amount: int, until: dt.date, **where: str) -> bytes:
        return desk.do(RecordRealisation(line(version, **where), until, Decimal(amount))).value

    return entered
