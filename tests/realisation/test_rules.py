"""What is left and what was realised are the budget; unknown is not nothing, and over a hundred is over a hundred."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.realisation.rules import Figure, check_note, entered_until, finding, half_year, note_id, year_end
from desk.store import DeskError

TODAY = dt.date(2026, 11, 22)
amounts = st.integers(-(10**15) + 1, 10**15 - 1).map(lambda sen: Decimal(sen).scaleb(-2))


@given(amounts, amounts)
def test_what_is_left_and_what_was_realised_are_the_budget(budget: Decimal, realised: Decimal):
    left = Figure(budget, realised).remaining
    assert left is not None and left + realised == budget


@given(amounts, amounts)
def test_the_percentage_is_exact_and_a_dash_where_the_budget_is_nothing(budget: Decimal, realised: Decimal):
    share = Figure(budget, realised).percent
    if budget == 0:
        assert share is None
    else:
        assert share is not None
        assert Fraction(share) == round(Fraction(realised) * 100 / Fraction(budget) * 100) / Fraction(100)


@given(amounts, amounts)
def test_one_sen_over_the_budget_is_over_it(budget: Decimal, realised: Decimal):
    excess = Figure(budget, realised).excess
    assert (excess is not None) == (realised > budget)
    assert excess is None or excess == realised - budget


@pytest.mark.parametrize(("budget", "realised"), [(Decimal(5), None), (None, Decimal(5)), (None, None)])
def test_what_is_unknown_has_no_percentage_and_nothing_left(budget: Decimal | None, realised: Decimal | None):
    figure = Figure(budget, realised)
    assert (figure.percent, figure.remaining, figure.excess) == (None, None, None)


def test_nothing_spent_is_nought_per_cent_and_not_a_dash():
    assert Figure(Decimal(5), Decimal(0)).percent == Decimal("0.00")


def test_the_reports_end_with_june_and_december():
    assert (half_year(2026), year_end(2026)) == (dt.date(2026, 6, 30), dt.date(2026, 12, 31))


def test_an_amount_is_known_up_to_the_cut_off_but_never_later_than_today():
    assert entered_until(half_year(2026), 2026, TODAY) == half_year(2026)
    assert entered_until(year_end(2026), 2026, TODAY) == TODAY
    assert entered_until(half_year(2027), 2027, TODAY) is None


@pytest.mark.parametrize(
    ("budget", "realised", "percents", "said"),
    [
        (600, None, (), "not_done"),
        (600, 0, (), "not_done"),
        (600, 0, (0,), "not_done"),
        (600, 0, (None,), "not_done"),
        (600, 0, (40,), "unfinished"),
        (600, 500, (0,), "unfinished"),
        (600, 500, (100, 60), "unfinished"),
        (600, 0, (100, 0), "unfinished"),
        (600, 0, (100,), "unpaid"),
        (600, 500, (), None),
        (600, 500, (None,), None),
        (600, 600, (100,), None),
        (0, 0, (), None),
        (None, None, (), None),
        (None, None, (60,), "unfinished"),
    ],
)
def test_an_activity_is_what_its_money_and_its_works_say(
    budget: int | None, realised: int | None, percents: tuple[int | None, ...], said: str | None
):
    figure = Figure(*(None if x is None else Decimal(x) for x in (budget, realised)))
    assert finding(figure, percents) == said


@pytest.mark.parametrize(
    ("state", "reason", "since"),
    [
        ("perhaps", "hujan", TODAY),
        ("not_done", "  ", TODAY),
        ("not_done", "x" * 501, TODAY),
        ("not_done", "hujan", TODAY + dt.timedelta(days=1)),
        ("not_done", "hujan", dt.date(2020, 1, 1)),
    ],
)
def test_a_note_without_reason_or_of_an_impossible_day_is_refused(state: str, reason: str, since: dt.date):
    with pytest.raises(DeskError):
        check_note(state, reason, since, 2026, TODAY)


def test_a_note_about_one_activity_has_one_id_on_every_pc():
    project = bytes(range(16))
    ids = [note_id(2026, "2.3.11", None), note_id(2027, "2.3.11", None), note_id(2026, "2.3.1", None)]
    ids.append(note_id(2026, "", project))
    assert len(set(ids)) == 4 and ids[0] == note_id(2026, "2.3.11", None)
    assert {len(id_) for id_ in ids} == {16} and {id_[6] >> 4 for id_ in ids} == {8}
