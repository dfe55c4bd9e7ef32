"""Whether a budget closes: as a whole, fund source by fund source, and with what the year before left."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.budget import queries, versions
from desk.budget.balance import Balance, FundBalance, by_fund, carried, gap_places, gap_words, silpa_accounts
from desk.budget.commands import StartBudget
from desk.budget.rules import Line, leaves, total_up
from desk.desk import Desk
from desk.exchange.apbdes import import_budget

Put = Callable[..., bytes]


def told(desk: Desk, version: bytes | None) -> Balance:
    """The balance of a version that is there."""
    assert version is not None
    found = desk.ask(versions.balance, version)
    assert found is not None
    return found


def test_gilis_2020_closes_at_less_than_nought_and_says_by_how_much(desk: Desk, samples: Path):
    balance = told(desk, import_budget(desk, samples / "gilis-2020-realisasi.csv", 2020).version)
    words = gap_words(balance.totals.surplus, balance.totals.balance)
    assert words.replace("\u00a0", " ") == "Selisih Rp 5.000.000: pembiayaan tidak menutup defisit"
    nodes = desk.ask(queries.tree, desk.ask(queries.versions, 2020)[0].id)
    assert [nodes[place].title for place in balance.gap] == ["SILPA Tahun Sebelumnya"]
    assert balance.carried.budgeted == 12122954


@pytest.mark.parametrize(
    ("surplus", "balance", "words"),
    [
        (-17, -5, "Selisih Rp 5: pembiayaan tidak menutup defisit"),
        (-5, 5, "Selisih Rp 5: pembiayaan lebih besar daripada defisit"),
        (5, -5, "Selisih Rp 5: pengeluaran pembiayaan lebih besar daripada surplus"),
        (5, 5, "Selisih Rp 5: masih ada uang yang belum dianggarkan penggunaannya"),
        (-5, 0, ""),
        (None, None, ""),
        (5, None, ""),
    ],
)
def test_the_difference_is_named_with_its_reason(surplus: int | None, balance: int | None, words: str):
    amounts = [None if amount is None else Decimal(amount) for amount in (surplus, balance)]
    assert gap_words(*amounts).replace("\u00a0", " ") == words


def test_what_comes_in_per_source_stands_against_what_is_spent_of_it(desk: Desk, draft: bytes, put: Put):
    put(100, account="4.2.1")
    put(40, account="4.2.3.01")
    put(70, account="5.3.5", activity="2.3.10", fund="Dana Desa")
    put(35, account="5.1.1", activity="1.1.01", fund="ADD")
    put(9, account="5.2.1", activity="1.1.04", fund="Hibah PT Contoh")
    put(6, account="5.2.1", activity="1.1.05")
    put(25, account="6.1.1", fund="DDS")
    put(5, account="6.2.2")
    funds = {f.fund: (f.title, f.income, f.spent, f.left) for f in told(desk, draft).funds}
    assert funds == {
        "DDS": ("Dana Desa (APBN)", 125, 70, 55),
        "ADD": ("Alokasi Dana Desa", 40, 35, 5),
        "Hibah PT Contoh": ("Hibah PT Contoh", 0, 9, -9),
        "": ("", 0, 11, -11),
    }


def test_the_lines_of_a_source_are_those_that_add_up_to_it(desk: Desk, draft: bytes, put: Put):
    put(100, account="4.2.1")
    put(70, account="5.3.5", activity="2.3.10", fund="DDS")
    (source,) = told(desk, draft).funds
    nodes = desk.ask(queries.tree, draft)
    assert [nodes[place].amount for place in source.places] == [100, 70]


def test_a_fund_said_once_above_counts_for_the_rows_below():
    lines = [
        Line("expenditure", "section", "BELANJA", account="5"),
        Line("expenditure", "line", "Jalan", 0, activity="2.3.10", fund="DD"),
        Line("expenditure", "line", "Semen", 1, account="5.3.5", activity="2.3.10", amount=Decimal(7)),
    ]
    assert by_fund(lines) == (FundBalance("DDS", "Dana Desa (APBN)", Decimal(0), Decimal(7), (2,)),)


def test_the_chart_itself_says_which_account_carries_silpa():
    assert silpa_accounts() == ("6.1.1",)


@pytest.mark.parametrize(
    ("lines", "amount"),
    [
        ([("6.1", "Penerimaan", None), ("6.1.1", "SiLPA", 12)], 12),
        ([("6.1.1", "SiLPA", None), ("6.1.1.01", "SiLPA", 7), ("6.1.1.90", "SiLPA BUM Desa", 5)], 12),
        ([("6.1.2", "Pencairan", 12)], None),
        ([("6.1.1", "SiLPA", None)], None),
        ([("", "SILPA tahun lalu", 12)], 12),
    ],
)
def test_silpa_is_found_by_its_account_or_without_codes_by_its_name(
    lines: list[tuple[str, str, int | None]], amount: int | None
):
    told_lines = [
        Line("receipts", "line", title, None if n == 0 else 0, account=account, amount=worth)
        for n, (account, title, worth) in enumerate(
            (account, title, None if worth is None else Decimal(worth)) for account, title, worth in lines
        )
    ]
    assert carried(told_lines)[0] == amount


def test_silpa_is_compared_with_what_the_year_before_left(desk: Desk, samples: Path):
    import_budget(desk, samples / "gilis-2020-realisasi.csv", 2020)
    draft = desk.do(StartBudget(2021)).value
    nothing = told(desk, draft).carried
    assert (nothing.budgeted, nothing.closing, nothing.difference) == (None, -2868420, 2868420)
    assert (nothing.year, nothing.until) == (2020, dt.date(2020, 12, 31))


def test_where_the_year_before_is_unknown_nothing_is_compared(desk: Desk, draft: bytes, put: Put):
    put(25, account="6.1.1")
    known = told(desk, draft).carried
    assert (known.budgeted, known.closing, known.difference, known.until) == (25, None, None, None)


amounts = st.none() | st.integers(-50, 10**12).map(lambda sen: Decimal(sen).scaleb(-2))
sections = st.sampled_from(["revenue", "expenditure", "receipts", "payments", "financing", "other", "surplus"])
said = st.sampled_from(["", "DDS", "Dana Desa", "ADD", "PBH", "Swadaya"])


@st.composite
def budgets(draw: st.DrawFn) -> list[Line]:
    """Rows in any order below any earlier row of their part."""
    lines: list[Line] = []
    for _n in range(draw(st.integers(0, 12))):
        section = draw(sections)
        above = [place for place, line in enumerate(lines) if line.section == section and line.kind != "total"]
        parent = draw(st.sampled_from([None, *above]))
        kind = draw(st.sampled_from(["line", "line", "line", "unspecified", "total"]))
        account = draw(st.sampled_from(["", "4.2.1", "4.3.6", "5.2.1", "6.1.1"]))
        lines.append(Line(section, kind, "x", parent, account=account, fund=draw(said), amount=draw(amounts)))
    return lines


@given(budgets())
def test_the_sources_together_are_the_budget(lines: list[Line]):
    totals = total_up((line.section, line.amount) for line in leaves(lines))
    funds = by_fund(lines)
    known = [totals.revenue, totals.receipts], [totals.expenditure, totals.payments]
    income, spent = (sum((a for a in side if a is not None), Decimal(0)) for side in known)
    assert sum((f.income for f in funds), Decimal(0)) == income
    assert sum((f.spent for f in funds), Decimal(0)) == spent
    if totals.balance is not None:
        assert sum((f.left for f in funds), Decimal(0)) == totals.balance
    assert len({f.fund for f in funds}) == len(funds)
    places = [place for f in funds for place in f.places]
    assert sorted(places) == sorted(set(places))


@given(budgets())
def test_a_gap_always_leads_to_lines(lines: list[Line]):
    assert set(gap_places(lines)) <= set(range(len(lines)))
    if any(line.section == "receipts" and line.kind == "line" for line in lines):
        assert gap_places(lines)
