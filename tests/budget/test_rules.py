"""The sums of a village budget, its codes, and what happens to the sums while a person edits."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.budget import rules
from desk.budget.outline import Outline
from desk.budget.rules import Line, Totals, check_enactment, digest, total_up
from desk.chart import Place, accounts, activities, fund_sources, is_known, place_of, title_of
from desk.store import DeskError

TODAY = dt.date(2026, 11, 22)


def test_the_balance_is_revenue_less_expenditure_plus_net_financing():
    totals = Totals(Decimal(100), Decimal(105), Decimal(8), Decimal(3))
    assert (totals.surplus, totals.financing, totals.balance) == (-5, 5, 0)


@pytest.mark.parametrize("missing", ["revenue", "expenditure"])
def test_what_is_unknown_leaves_the_balance_unknown(missing: str):
    known = {"revenue": Decimal(1), "expenditure": Decimal(1), "receipts": Decimal(0), missing: None}
    assert Totals(**known).balance is None


def test_financing_is_unknown_only_where_neither_side_is_known():
    assert Totals().financing is None
    assert Totals(payments=Decimal(3)).financing == -3


def test_nothing_known_of_a_part_is_not_zero():
    assert total_up([("revenue", None), ("expenditure", Decimal(0)), ("surplus", Decimal(9))]) == Totals(
        expenditure=Decimal(0)
    )


def test_the_digest_tells_every_field_but_the_realisation_and_the_row():
    line = Line("revenue", "line", "Dana Desa", None, "4.2.1.", "4.2.1", "", "DDS", "1", "paket", "5", None, Decimal(5))
    changes = [
        {"section": "expenditure"}, {"kind": "unspecified"}, {"title": "ADD"}, {"code": "4.2.1"}, {"account": "4.2.2"},
        {"activity": "1"}, {"fund": "ADD"}, {"volume": "2"}, {"unit": "unit"}, {"price": "6"}, {"amount": Decimal(6)},
        {"amount": None},
    ]  # fmt: skip
    digests = {digest([replace(line, **change)]) for change in changes}
    assert len(digests | {digest([line])}) == len(changes) + 1
    assert digest([replace(line, realised=Decimal(1), row=7)]) == digest([line])


@pytest.mark.parametrize(
    ("account", "activity", "section"),
    [
        ("4.1", "", "revenue"),
        ("4.2.1", "", "revenue"),
        ("4.2.1.01", "", "revenue"),
        ("6.1", "", "receipts"),
        ("6.1.1", "", "receipts"),
        ("6.2", "", "payments"),
        ("", "1", "expenditure"),
        ("", "2.3", "expenditure"),
        ("", "2.3.10", "expenditure"),
        ("5.1.1.01", "1.1.01", "expenditure"),
        ("4.1.1.91", "", "revenue"),
    ],
)
def test_codes_say_which_part_a_line_belongs_to(account: str, activity: str, section: str):
    assert place_of(account, activity) == section
    assert title_of(account, activity)


@pytest.mark.parametrize(
    ("account", "activity"),
    [
        ("", ""),
        ("4", ""),
        ("5", ""),
        ("7.1", ""),
        ("4.2.9", ""),
        ("4.1.1.90-99", ""),
        ("", "1.1.90-99"),
        ("", "6"),
        ("", "1.9.01"),
        ("4.2.1", "1.1.01"),
        ("4.2.1.", ""),
        ("04.2", ""),
    ],
)
def test_codes_that_are_none_or_do_not_go_together_are_refused(account: str, activity: str):
    with pytest.raises(DeskError):
        place_of(account, activity)


def test_the_tables_are_whole():
    assert (len(accounts()), len(activities()), len(fund_sources())) == (225, 215, 7)
    for table in (accounts(), activities()):
        assert {entry.parent for entry in table.values()} - {""} <= table.keys()
    assert [code for code in activities() if "." not in code] == ["1", "2", "3", "4", "5"]


def test_a_block_of_the_regency_is_known_by_its_numbers_alone():
    assert not is_known("4.1.1.90-99", accounts())
    assert is_known("4.1.1.95", accounts())
    assert not is_known("4.1.1.89", accounts())
    assert is_known("5.1.1.01.03", accounts())


def test_a_place_is_above_those_that_begin_with_it():
    field, account = Place.of("", "1"), Place.of("5.1", "1.1.01")
    assert field.is_above(account)
    assert not account.is_above(field)
    assert not field.is_above(field)
    assert Place().is_above(field)
    assert not Place.of("", "1").is_above(Place.of("", "10"))


@pytest.mark.parametrize(
    ("regulation", "day"),
    [
        ("", TODAY),
        ("  ", TODAY),
        ("Perdes 5", TODAY + dt.timedelta(days=1)),
        ("Perdes 5", dt.date(2023, 12, 31)),
    ],
)
def test_an_enactment_needs_a_number_and_a_possible_day(regulation: str, day: dt.date):
    with pytest.raises(DeskError):
        check_enactment(regulation, day, 2026, TODAY)


@pytest.mark.parametrize("amount", ["10000000000000", "0.001", "NaN", "Infinity"])
def test_an_amount_no_line_can_have_is_refused(amount: str):
    with pytest.raises(DeskError):
        rules.check_amount(Decimal(amount))


CODES = st.sampled_from(
    [("4.1", ""), ("4.1.1", ""), ("4.1.1.01", ""), ("4.2", ""), ("4.2.1", ""), ("4.2.3", ""), ("", "1"), ("", "1.1"),
     ("", "1.1.01"), ("5.1.1.01", "1.1.01"), ("5.2.1.01", "1.1.01"), ("", "2"), ("6.1", ""), ("6.1.1", ""), ("6.2", ""),
     ("6.2.2", "")]
)  # fmt: skip
STEPS = st.lists(st.tuples(CODES, st.integers(0, 50).map(Decimal), st.booleans()), max_size=25)


@given(STEPS)
def test_whatever_is_typed_every_heading_equals_its_rows(steps: list[tuple[tuple[str, str], Decimal, bool]]):
    outline = Outline([], [])
    for (account, activity), amount, removing in steps:
        section = place_of(account, activity)
        slot = outline.put(
            Line(section, "line", title_of(account, activity), account=account, activity=activity, amount=amount)
        )
        assert slot.line.amount == amount
        if removing and not outline.below(slot):
            outline.remove(slot)
        assert_sound(outline)


def assert_sound(outline: Outline) -> None:
    """Headings equal their rows, differences stand once each, codes stand below codes, parents above children."""
    lines = outline.lines()
    worth = rules.sums(lines, [line.amount for line in lines])
    for place, line in enumerate(lines):
        below = [i for i, x in enumerate(lines) if x.parent == place and x.kind != "total"]
        assert all(i > place for i in below)
        if below and line.amount is not None:
            assert sum((rules.signed(lines[i], line, worth[i] or Decimal(0)) for i in below), Decimal(0)) == line.amount
        assert sum(lines[i].kind == "unspecified" for i in below) <= 1
        assert below != [i for i in below if lines[i].kind == "unspecified"] or not below
    places = [Place.of(x.account, x.activity) for x in lines if x.kind == "line"]
    assert len(places) == len(set(places))


def test_totals_printed_in_the_file_follow_the_rows():
    lines = [
        Line("revenue", "section", "PENDAPATAN", account="4"),
        Line("revenue", "line", "PAD", 0, "4.1.", "4.1", amount=Decimal(40)),
        Line("revenue", "total", "JUMLAH PENDAPATAN", 0, amount=Decimal(40)),
        Line("surplus", "total", "SURPLUS", amount=Decimal(40)),
    ]
    outline = Outline(lines, [bytes([n]) for n in range(4)])
    outline.change(outline.slots[1], Decimal(50))
    outline.put(Line("expenditure", "line", "BIDANG", activity="1", amount=Decimal(20)))
    told = {line.title: line.amount for line in outline.lines() if line.kind == "total"}
    assert told == {"JUMLAH PENDAPATAN": 50, "SURPLUS": 30}


def test_an_undetailed_heading_stands_until_its_rows_fill_it():
    outline = Outline([], [])

    def put(account: str, amount: int) -> list[tuple[str, Decimal | None]]:
        outline.put(Line("revenue", "line", account, account=account, amount=Decimal(amount)))
        return [(line.account if line.kind == "line" else line.title, line.amount) for line in outline.lines()[1:]]

    assert put("4.2", 100) == [("4.2", 100)]
    assert put("4.2.1", 60) == [("4.2", 100), ("4.2.1", 60), ("belum dirinci", 40)]
    assert put("4.2.3", 30) == [("4.2", 100), ("4.2.1", 60), ("4.2.3", 30), ("belum dirinci", 10)]
    assert put("4.2.3", 45) == [("4.2", 105), ("4.2.1", 60), ("4.2.3", 45)]
    assert put("4.2", 120) == [("4.2", 120), ("4.2.1", 60), ("4.2.3", 45), ("belum dirinci", 15)]
