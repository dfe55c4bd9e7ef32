"""Two versions side by side: the differences add up, and what only moved is told as moved."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.budget import queries, versions
from desk.budget.commands import SetLine
from desk.budget.compare import Comparison, Row, compare
from desk.budget.rules import SECTIONS, Line
from desk.desk import Desk
from desk.exchange.apbdes import import_budget

Put = Callable[..., bytes]


def field(code: str, *lines: Line) -> list[Line]:
    """A budget of one field of spending with what is told of it."""
    return [
        Line("expenditure", "section", "BELANJA", account="5"),
        Line("expenditure", "line", "Bidang", 0, activity=code),
        *lines,
    ]


def spending(activity: str, amount: int | None, account: str = "5.2.1", fund: str = "DDS", title: str = "Beli") -> Line:
    """What an activity spends on an account, below the field."""
    told = None if amount is None else Decimal(amount)
    return Line("expenditure", "line", title, 1, account=account, activity=activity, fund=fund, amount=told)


def told(comparison: Comparison) -> list[tuple[str, Decimal | None, Decimal | None, str]]:
    """Title, both amounts and what became of each row that is not the same."""
    return [(row.title, row.before, row.after, row.change) for row in comparison.changes]


def test_an_amendment_a_village_published_differs_where_the_village_says(desk: Desk, samples: Path):
    import_budget(desk, samples / "ngrombo-2024-perubahan.csv", 2024)
    first, second = desk.ask(queries.versions, 2024)
    found = desk.ask(versions.comparison, first.id, second.id)
    assert told(found) == [
        ("PENDAPATAN", 2451306000, 2491306000, "changed"),
        ("Pendapatan Transfer", 2293706000, 2333706000, "changed"),
        ("Bantuan Keuangan Provinsi", 145000000, 185000000, "changed"),
    ]
    assert found.difference("revenue") == 40000000
    assert found.difference("expenditure") == 0


def test_a_new_a_gone_and_a_changed_line_are_told_as_what_they_are():
    found = compare(
        field("2", spending("2.1.01", 10), spending("2.1.02", 20), spending("2.1.03", 30)),
        field("2", spending("2.1.01", 10), spending("2.1.03", 35), spending("2.1.04", 5)),
    )
    assert [(r.activity, r.before, r.after, r.change) for r in found.rows if r.is_leaf] == [
        ("2.1.01", 10, 10, "same"), ("2.1.02", 20, None, "gone"), ("2.1.03", 30, 35, "changed"),
        ("2.1.04", None, 5, "added"),
    ]  # fmt: skip


def test_a_line_that_is_gone_stands_where_it_stood():
    found = compare(field("2", spending("2.1.01", 1), spending("2.1.02", 2)), field("2", spending("2.1.02", 2)))
    assert [row.activity for row in found.rows] == ["", "2", "2.1.01", "2.1.02"]


def test_a_line_found_again_under_other_words_says_what_it_was_called():
    found = compare(field("2", spending("2.1.01", 10)), field("2", spending("2.1.01", 10, title="Beli semen")))
    assert [(row.title, row.was, row.change) for row in found.changes] == [("Beli semen", "Beli", "changed")]


def test_capitals_and_spaces_are_no_change():
    found = compare(field("2", spending("2.1.01", 10)), field("2", spending("2.1.01", 10, title=" BELI ")))
    assert found.changes == ()


def test_a_total_that_is_detailed_later_is_told_as_not_detailed_before():
    found = compare(
        field("2", spending("2.1", 100, account="", fund="", title="Pendidikan")),
        field(
            "2",
            spending("2.1", None, account="", fund="", title="Pendidikan"),
            Line("expenditure", "line", "PAUD", 2, activity="2.1.01", amount=Decimal(60)),
            Line("expenditure", "line", "TPA", 2, activity="2.1.02", amount=Decimal(50)),
        ),
    )
    assert told(found)[2:] == [
        ("Pendidikan", 100, 110, "changed"), ("PAUD", None, 60, "added"), ("TPA", None, 50, "added"),
        ("belum dirinci", 100, None, "gone"),
    ]  # fmt: skip
    assert sum(row.difference for row in found.rows if row.is_leaf) == 10


def test_money_that_left_one_activity_for_another_is_a_shift():
    found = compare(
        field("2", spending("2.1.01", 40), spending("2.3.10", 20), spending("2.4.01", 7)),
        field("2", spending("2.1.01", 25), spending("2.3.10", 35), spending("2.4.01", 7)),
    )
    (shift,) = found.shifts
    assert (shift.account, shift.fund, shift.amount) == ("5.2.1", "DDS", 15)
    assert [(move.activity, move.difference) for move in shift.moves] == [("2.1.01", -15), ("2.3.10", 15)]
    assert {row.activity for row in found.rows if row.is_shifted} == {"2.1.01", "2.3.10"}


@pytest.mark.parametrize("other", [{"fund": "ADD"}, {"account": "5.3.1"}])
def test_another_account_or_another_fund_is_no_shift(other: dict[str, str]):
    found = compare(
        field("2", spending("2.1.01", 40), spending("2.3.10", 20, **other)),
        field("2", spending("2.1.01", 25), spending("2.3.10", 35, **other)),
    )
    assert found.shifts == ()


def test_an_activity_that_gives_to_several_is_one_shift_beside_new_money():
    before = [spending(f"2.1.0{n}", 50) for n in range(1, 5)]
    after = [spending(f"2.1.0{n}", amount) for n, amount in enumerate((40, 54, 56, 150), 1)]
    (shift,) = compare(field("2", *before), field("2", *after)).shifts
    assert [(move.activity, move.difference) for move in shift.moves] == [
        ("2.1.01", -10), ("2.1.02", 4), ("2.1.03", 6)
    ]  # fmt: skip


def test_lines_of_one_activity_among_themselves_are_no_shift():
    found = compare(
        field("2", spending("2.1.01", 40, title="Semen"), spending("2.1.01", 20, title="Pasir")),
        field("2", spending("2.1.01", 25, title="Semen"), spending("2.1.01", 35, title="Pasir")),
    )
    assert found.shifts == ()
    assert [(row.title, row.difference) for row in found.changes] == [("Semen", -15), ("Pasir", 15)]


def test_codes_and_funds_said_once_above_count_for_the_rows_below():
    def with_rows(first: int, second: int) -> list[Line]:
        return field(
            "2",
            spending("2.1.01", None, account="", title="Jalan"),
            Line("expenditure", "line", "Semen", 2, "5.2.1", "5.2.1", amount=Decimal(first)),
            spending("2.3.10", None, account="", title="Jembatan"),
            Line("expenditure", "line", "Besi", 4, "5.2.1", "5.2.1", amount=Decimal(second)),
        )

    (shift,) = compare(with_rows(30, 10), with_rows(20, 20)).shifts
    assert (shift.account, shift.fund) == ("5.2.1", "DDS")
    assert [(move.title, move.difference) for move in shift.moves] == [("Jalan", -10), ("Jembatan", 10)]


def test_an_amount_filled_in_is_a_change_even_where_it_is_nothing():
    found = compare(field("2", spending("2.1.01", None)), field("2", spending("2.1.01", 0)))
    assert [(row.before, row.after, row.change) for row in found.changes if row.is_leaf] == [(None, 0, "changed")]


def test_two_years_are_compared_like_two_versions(desk: Desk, samples: Path):
    for name, year in (("gilis-2020-realisasi", 2020), ("belantih-2022-realisasi", 2022)):
        import_budget(desk, samples / f"{name}.csv", year)
    (first,), (second,) = (desk.ask(queries.versions, year) for year in (2020, 2022))
    found = desk.ask(versions.comparison, first.id, second.id)
    funds = {row.account: row.difference for row in found.rows if row.section == "revenue"}
    assert funds["4.2.1"] == 952269000 - 879404000
    assert_adds_up(found)


def assert_adds_up(found: Comparison) -> None:
    """The leaves tell the totals, whole and part by part; headings tell what is below them."""
    for name in SECTIONS:
        rows = [row for row in found.rows if row.is_leaf and row.section == name]
        assert sum((row.difference for row in rows), Decimal(0)) == found.difference(name)
    for place, row in enumerate(found.rows):
        below = [r for r in found.rows if r.parent == place]
        assert row.is_leaf == (not below)
        assert not below or row.difference == sum((added(r, row) for r in below), Decimal(0))
    for shift in found.shifts:
        assert sum(move.difference for move in shift.moves) == 0
        assert len({move.activity for move in shift.moves}) == len(shift.moves) > 1


def added(row: Row, above: Row) -> Decimal:
    """What a row adds to the one above it: payments are taken off net financing."""
    return -row.difference if (row.section, above.section) == ("payments", "financing") else row.difference


amounts = st.none() | st.integers(0, 9).map(lambda tens: Decimal(tens * 10))
PLACES = [
    *(("revenue", account, "") for account in ("4.1", "4.2", "4.2.1", "4.2.1.01", "4.2.3")),
    *(("expenditure", "", activity) for activity in ("1", "2", "2.1", "2.1.01", "2.1.02")),
    *(("expenditure", a, activity) for a in ("5.2", "5.2.1") for activity in ("1.1.01", "2.1.01", "2.1.02", "2.3")),
    *(("receipts", a, "") for a in ("6.1", "6.1.1")),
    ("payments", "6.2.2", ""),
]


@st.composite
def budgets(draw: st.DrawFn) -> list[Line]:
    """A version in any depth: every line hangs below any earlier line of its part, some twice, some without codes."""
    parts = ("revenue", "expenditure", "financing")
    lines = [Line(part, "section", part, account=str(n)) for n, part in enumerate(parts, 4)]
    for section, account, activity in draw(st.lists(st.sampled_from(PLACES), max_size=12)):
        part = "financing" if section in ("receipts", "payments") else section
        above = [n for n, x in enumerate(lines) if x.section in (part, section) and x.kind != "unspecified"]
        fund, title = draw(st.sampled_from(["", "DDS", "ADD"])), draw(st.sampled_from(["a", "A", "b"]))
        kind = draw(st.sampled_from(["line", "line", "line", "unspecified"]))
        coded = draw(st.booleans())
        codes = (account, activity) if coded else ("", "")
        parent = draw(st.sampled_from(above))
        lines.append(Line(section, kind, title, parent, "", *codes, fund, amount=draw(amounts)))
    return lines


@given(budgets(), budgets())
def test_the_differences_are_those_of_the_totals(before: list[Line], after: list[Line]):
    there, back = compare(before, after), compare(after, before)
    assert_adds_up(there)
    assert sorted(r.difference for r in there.rows if r.is_leaf and r.difference) == sorted(
        -r.difference for r in back.rows if r.is_leaf and r.difference
    )


@given(budgets())
def test_a_version_does_not_differ_from_itself(lines: list[Line]):
    found = compare(lines, lines)
    assert (found.changes, found.shifts) == ((), ())
    assert len(found.rows) == len(lines)


def test_a_draft_is_compared_as_it_is_typed(desk: Desk, draft: bytes, put: Put):
    put(60, account="4.2.1")
    assert desk.ask(versions.comparison, draft, draft).changes == ()
    desk.do(SetLine(draft, Decimal(61), account="4.2.1"))
    assert desk.ask(versions.comparison, draft, draft).after.revenue == 61
