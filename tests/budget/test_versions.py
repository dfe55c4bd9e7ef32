"""The original and its amendments: each with its own regulation and day, in their order."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from desk.budget import queries, versions
from desk.budget.commands import Enact, SetLine, StartBudget
from desk.budget.queries import Version
from desk.desk import Desk
from desk.exchange.apbdes import import_budget
from desk.store import DeskError

Put = Callable[..., bytes]
RULE = "Peraturan Desa Nomor {n} Tahun 2026"


def day(month: int) -> dt.date:
    """The first of a month of the budget year."""
    return dt.date(2026, month, 1)


@pytest.fixture
def amended(desk: Desk, draft: bytes, put: Put) -> list[Version]:
    """An original and two amendments, enacted in January, June and September, each with more revenue."""
    version = draft
    for n, month in enumerate((1, 6, 9)):
        if n:
            version = desk.do(StartBudget(2026)).value
        desk.do(SetLine(version, Decimal(100 + n), account="4.2.1"))
        desk.do(Enact(version, RULE.format(n=n + 1), day(month)))
    return desk.ask(queries.versions, 2026)


def test_every_version_keeps_its_regulation_its_day_its_count_its_total_and_its_digest(
    desk: Desk, amended: list[Version]
):
    assert [(v.ordinal, v.regulation, v.enacted_on, v.total) for v in amended] == [
        (n, RULE.format(n=n + 1), day(month), 100 + n) for n, month in enumerate((1, 6, 9))
    ]
    assert len({v.digest for v in amended}) == 3
    assert all(v.line_count > 1 and desk.ask(queries.complete, v.id) for v in amended)


def test_any_two_versions_are_compared_not_only_neighbours(desk: Desk, amended: list[Version]):
    first, _second, third = amended
    assert desk.ask(versions.comparison, first.id, third.id).difference("revenue") == 2
    assert desk.ask(versions.comparison, third.id, first.id).difference("revenue") == -2


@pytest.mark.parametrize("month", [1, 5])
def test_an_amendment_is_not_enacted_before_what_it_amends(desk: Desk, draft: bytes, put: Put, month: int):
    put(60, account="4.2.1")
    desk.do(Enact(draft, RULE.format(n=1), day(month) + dt.timedelta(1)))
    amendment = desk.do(StartBudget(2026)).value
    with pytest.raises(DeskError, match=r"lebih awal daripada penetapan APBDes awal, 2 "):
        desk.do(Enact(amendment, RULE.format(n=2), day(month)))
    desk.do(Enact(amendment, RULE.format(n=2), day(month) + dt.timedelta(1)))


def test_the_version_a_file_tells_as_semula_gets_its_regulation_even_after_the_amendment(desk: Desk, samples: Path):
    import_budget(desk, samples / "ngrombo-2024-perubahan.csv", 2024)
    first, second = desk.ask(queries.versions, 2024)
    desk.do(Enact(second.id, "Peraturan Desa Nomor 4 Tahun 2024", dt.date(2024, 9, 2)))
    with pytest.raises(DeskError, match="sudah ditetapkan"):
        desk.do(SetLine(first.id, Decimal(1), account="4.1"))
    with pytest.raises(DeskError, match="sesudah penetapan Perubahan ke-1, 2 September 2024"):
        desk.do(Enact(first.id, "Peraturan Desa Nomor 1 Tahun 2024", dt.date(2024, 9, 3)))
    desk.do(Enact(first.id, "Peraturan Desa Nomor 1 Tahun 2024", dt.date(2024, 1, 2)))
    assert [v.enacted_on for v in desk.ask(queries.versions, 2024)] == [dt.date(2024, 1, 2), dt.date(2024, 9, 2)]
    assert desk.ask(queries.in_force, 2024).id == second.id
    with pytest.raises(DeskError, match="sudah ditetapkan"):
        desk.do(Enact(first.id, "Peraturan Desa Nomor 1 Tahun 2024", dt.date(2024, 1, 2)))
