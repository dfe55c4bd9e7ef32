"""A village's draft of 2026, typed line by line."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from desk.budget import queries
from desk.budget.commands import SetLine, StartBudget
from desk.desk import Desk

YEAR = 2026


@pytest.fixture
def draft(desk: Desk) -> bytes:
    """An empty draft."""
    return desk.do(StartBudget(YEAR)).value


@pytest.fixture
def put(desk: Desk, draft: bytes) -> Callable[..., bytes]:
    """Type one line: `put(60, account="4.2.1")`."""

    def typed(amount: int | str | None, **where: str) -> bytes:
        return desk.do(SetLine(draft, None if amount is None else Decimal(amount), **where)).value

    return typed


@pytest.fixture
def rows(desk: Desk, draft: bytes) -> Callable[[], list[tuple[int, str, Decimal | None]]]:
    """Depth, title and amount of every line of the draft."""
    return lambda: [(n.depth, n.title, n.amount) for n in desk.ask(queries.tree, draft)]


@pytest.fixture
def samples() -> Path:
    """Budgets real villages published, as they published them."""
    return Path(__file__).parents[1] / "exchange" / "samples"
