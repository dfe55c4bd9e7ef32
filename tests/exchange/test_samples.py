"""Four budgets as villages published them, from every format, to the rupiah."""

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from desk.budget.rules import BudgetTable, Totals
from desk.exchange.apbdes import read_budget
from desk.exchange.sums import totals_of
from desk.money import Style, parse
from desk.store import DeskError

YEARS = {
    "belantih-2022-realisasi": 2022,
    "gilis-2020-realisasi": 2020,
    "ngrombo-2024-perubahan": 2024,
    "perboto-2025-penjabaran": 2025,
}

BUDGETS = {
    "belantih-2022-realisasi": ("2365319296", "2540529584", "175210288", "0"),
    "gilis-2020-realisasi": ("1370198500", "1387321454", "12122954", "-5000000"),
    "ngrombo-2024-perubahan": ("2491306000", "1052146808", None, None),
    "perboto-2025-penjabaran": ("1839335000", "681922621", None, None),
}


@pytest.fixture(params=sorted(YEARS))
def name(request: pytest.FixtureRequest) -> str:
    """One of the samples."""
    return str(request.param)


@pytest.fixture
def rows(samples: Path, name: str) -> list[list[str]]:
    """Its cells."""
    with (samples / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


@pytest.fixture
def table(samples: Path, name: str) -> BudgetTable:
    """It, as the desk understands its csv file."""
    return read_budget(samples / f"{name}.csv", YEARS[name]).table


def figures(totals: Totals) -> tuple[Decimal | None, ...]:
    """Revenue, expenditure, net financing and balance."""
    return totals.revenue, totals.expenditure, totals.financing, totals.balance


def test_the_totals_are_the_printed_ones(table: BudgetTable, name: str):
    expected = tuple(None if text is None else Decimal(text) for text in BUDGETS[name])
    assert figures(totals_of(table.lines, "amount")) == expected


def test_a_workbook_with_the_same_texts_is_the_same_table(
    save: Callable[..., Path], table: BudgetTable, name: str, rows: list[list[str]]
):
    for ending in ("xlsx", "ods"):
        assert read_budget(save(f"a.{ending}", rows), YEARS[name]).table == table


def test_a_workbook_with_real_numbers_is_the_same_table(
    save: Callable[..., Path], table: BudgetTable, name: str, rows: list[list[str]]
):
    style = Style.COMMA if name.startswith(("belantih", "gilis")) else Style.DOT
    for ending in ("xlsx", "ods"):
        typed = [[as_number(cell, column, style) for column, cell in enumerate(row)] for row in rows]
        assert read_budget(save(f"a.{ending}", typed), YEARS[name]).table == table


def as_number(cell: str, column: int, style: Style) -> object:
    """An amount as a spreadsheet holds it, anything else as it is."""
    try:
        amount = parse(cell, style) if column > 1 else None
    except DeskError:
        return cell
    if amount is None:
        return cell
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def test_the_realisation_is_there_where_the_file_has_it(table: BudgetTable, name: str):
    realised = figures(totals_of(table.lines, "realised"))
    assert table.has_realised == ("realisasi" in name)
    if name.startswith("gilis"):
        assert realised == tuple(map(Decimal, (1372923657, 1387915031, 12122954, -2868420)))
    if name.startswith("belantih"):
        assert realised == tuple(map(Decimal, (2368615419, 2420281645, 175210288, 123544062)))


def test_the_amended_budget_holds_both_versions(samples: Path):
    table = read_budget(samples / "ngrombo-2024-perubahan.csv", 2024).table
    assert table.amended
    assert totals_of(table.lines, "before").revenue == 2451306000
    assert totals_of(table.lines, "amount").revenue == 2491306000


PROBLEMS = {
    "belantih-2022-realisasi": {},
    "gilis-2020-realisasi": {23: "tidak seimbang"},
    "ngrombo-2024-perubahan": {16: "135.619.000", 17: "451.529.500"},
    "perboto-2025-penjabaran": {10: "110.320.500", 11: "92.458.000", 21: "66.330.000"},
}


def test_each_problem_names_its_row_and_what_is_missing(table: BudgetTable, name: str):
    told = {problem.row: problem.message for problem in table.problems}
    assert told.keys() == PROBLEMS[name].keys()
    for row, words in PROBLEMS[name].items():
        assert words in told[row]
        assert told[row].startswith(f"Baris {row}: ")
    assert not any(problem.blocks for problem in table.problems)


def test_every_printed_amount_is_kept_in_its_row(table: BudgetTable, name: str, rows: list[list[str]]):
    style = Style.COMMA if name.startswith(("belantih", "gilis")) else Style.DOT
    column = [text for text, role in table.columns if role == "amount"]
    at = rows[0].index(column[0])
    printed = {number: parse(row[at], style) for number, row in enumerate(rows[1:], 2) if row[at]}
    told = [line for line in table.lines if line.amount is not None and line.kind != "unspecified"]
    assert {line.row: line.amount for line in told} == printed


def test_codes_become_those_of_the_annex(samples: Path):
    lines = read_budget(samples / "perboto-2025-penjabaran.csv", 2025).table.lines
    by_code = {line.code: line for line in lines}
    detail = by_code["5.2.1.03. [01.01.04]"]
    assert (detail.account, detail.activity, detail.fund) == ("5.2.1.03", "1.1.04", "ADD")
    assert lines[detail.parent or 0].code == "01.01.04"
    assert by_code["01.01"].activity == "1.1"
    ngrombo = {x.code: x for x in read_budget(samples / "ngrombo-2024-perubahan.csv", 2024).table.lines}
    assert (ngrombo["1.1.02 5.1."].account, ngrombo["1.1.02 5.1."].activity) == ("5.1", "1.1.02")
    assert ngrombo["1.1.01"].activity == "1.1.01"
