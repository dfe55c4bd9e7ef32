"""What tests ask of a Siskeudes file that was read."""

from pathlib import Path

from desk.budget import rules
from desk.budget.rules import BudgetTable, Line, Totals
from desk.exchange.apbdes import Hints, read_budget
from desk.exchange.siskeudes.postings import Choice


def budget(path: Path, posting: int | None = None, village: str = "", year: int = 2026) -> BudgetTable:
    return read_budget(path, year, Hints(wanted=Choice(village, posting))).table


def summed(lines: tuple[Line, ...] | list[Line], column: str = "amount") -> Totals:
    return rules.total_up((line.section, getattr(line, column)) for line in rules.leaves(lines))


def said(table: BudgetTable) -> str:
    return "\n".join(problem.message for problem in table.problems)


def line(table: BudgetTable, title: str) -> Line:
    found = [x for x in table.lines if x.title == title]
    assert len(found) == 1, title
    return found[0]
