"""A year up to a day: against the budget of that day, by line, by field, and what is behind."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from desk.budget.commands import FillBudget, SetLine, StartBudget, Typed
from desk.budget.queries import tree
from desk.desk import Desk
from desk.projects.commands import PutProject, SetProgress
from desk.projects.rules import ProjectForm
from desk.realisation.queries import Realised, Standing, realised
from desk.realisation.rules import Figure
from tests.realisation.conftest import DECEMBER, JUNE, OFFICE, ROAD, TRAINING, YEAR, Enter, Line

SEPTEMBER = dt.date(2026, 9, 30)


def year(desk: Desk, day: dt.date) -> Realised:
    """The year up to a day."""
    told = desk.ask(realised, YEAR, day)
    assert told is not None
    return told


def standing(told: Realised, activity: str) -> Standing:
    """The line of an activity."""
    return next(each for each in told.lines if each.activity == activity)


def test_a_year_without_a_budget_has_no_realisation(desk: Desk):
    assert desk.ask(realised, YEAR, JUNE) is None


def test_a_new_budget_has_nothing_realised_and_nothing_is_taken_from_the_budget(desk: Desk, budget: bytes):
    told = year(desk, DECEMBER)
    assert {each.figure.realised for each in told.lines} == {None} == {f.realised for f in told.parts.values()}
    assert {each.figure.percent for each in told.lines} == {None} and told.until is None
    assert [(f.code, f.figure) for f in told.fields] == [
        ("1", Figure(Decimal(300), None)), ("2", Figure(Decimal(600), None)), ("4", Figure(Decimal(100), None))
    ]  # fmt: skip


def test_the_half_year_shows_what_was_known_by_june_and_the_year_all_of_it(desk: Desk, budget: bytes, enter: Enter):
    enter(budget, 650, SEPTEMBER, activity=ROAD)
    enter(budget, 150, JUNE, activity=ROAD)
    enter(budget, 90, dt.date(2026, 3, 31), activity=OFFICE)
    half, whole = year(desk, JUNE), year(desk, DECEMBER)
    assert [standing(half, a).figure.realised for a in (OFFICE, ROAD, TRAINING)] == [90, 150, None]
    assert standing(half, OFFICE).until == dt.date(2026, 3, 31) and half.until == JUNE
    road = standing(whole, ROAD).figure
    assert (road.realised, road.percent, road.remaining, road.excess) == (650, Decimal("108.33"), -50, 50)
    assert whole.parts["expenditure"] == Figure(Decimal(1000), Decimal(740))
    assert [f.figure.realised for f in whole.fields] == [90, 650, None]


def test_the_half_year_stands_against_the_budget_that_was_in_force_then(
    desk: Desk, budget: bytes, amend: Callable[[], bytes], enter: Enter
):
    enter(budget, 150, JUNE, activity=ROAD)
    now = amend()
    half, whole = year(desk, JUNE), year(desk, DECEMBER)
    assert (half.version.id, whole.version.id) == (budget, now)
    assert standing(half, ROAD).figure == Figure(Decimal(600), Decimal(150))
    assert standing(whole, ROAD).figure == Figure(Decimal(700), Decimal(150))
    enter(now, 140, JUNE, activity=ROAD)
    assert standing(year(desk, JUNE), ROAD).figure.realised == 140


def test_what_was_spent_on_a_line_an_amendment_took_out_is_shown_and_counted(
    desk: Desk, budget: bytes, amend: Callable[[], bytes], enter: Enter
):
    enter(budget, 60, JUNE, activity=TRAINING)
    amend()
    told = year(desk, DECEMBER)
    (stray,) = told.strays
    assert (stray.amount, stray.until, stray.below, stray.counts) == (60, JUNE, "BELANJA", True)
    assert told.parts["expenditure"].realised == 60
    assert [(f.code, f.figure) for f in told.fields][-1] == ("4", Figure(None, Decimal(60)))
    assert year(desk, JUNE).strays == ()


def test_an_amendment_still_on_the_desk_changes_no_view(desk: Desk, budget: bytes, enter: Enter):
    enter(budget, 60, JUNE, activity=ROAD)
    desk.do(FillBudget(YEAR, (Typed("", ROAD, Decimal(700)),)))
    told = year(desk, DECEMBER)
    assert told.version.id == budget and standing(told, ROAD).figure == Figure(Decimal(600), Decimal(60))


def test_money_spent_before_a_late_regulation_stands_against_the_first_budget(desk: Desk, budget: bytes, enter: Enter):
    enter(budget, 5, dt.date(2026, 1, 2), activity=ROAD)
    assert year(desk, dt.date(2025, 12, 1)).version.id == budget
    assert year(desk, dt.date(2026, 1, 1)).parts["expenditure"].realised is None


def test_a_heading_says_what_its_later_rows_replaced(desk: Desk, line: Line, enter: Enter):
    draft = desk.do(FillBudget(YEAR, (Typed("", "2", Decimal(600)),))).value
    enter(draft, 100, JUNE, activity="2")
    desk.do(SetLine(draft, Decimal(600), activity=ROAD))
    enter(draft, 140, SEPTEMBER, activity=ROAD)
    told = year(desk, DECEMBER)
    assert told.version.is_draft and told.is_complete
    field, road = standing(told, "2"), standing(told, ROAD)
    assert (field.may_enter, field.replaced, field.figure.realised) == (True, 100, 140)
    assert (road.may_enter, road.replaced, road.figure.realised) == (True, None, 140)
    assert standing(year(desk, JUNE), "2").figure.realised == 100


def test_behind_is_what_nothing_was_spent_on_or_whose_works_are_not_done(desk: Desk, budget: bytes, enter: Enter):
    enter(budget, 300, JUNE, activity=OFFICE)
    enter(budget, 400, SEPTEMBER, activity=ROAD)
    enter(budget, 0, SEPTEMBER, activity=TRAINING)
    works = desk.do(PutProject(ProjectForm(YEAR, "Rabat beton Krajan", activity=ROAD))).value
    alone = desk.do(PutProject(ProjectForm(YEAR, "Saluran air Lor"))).value
    for project, day, percent in ((works, JUNE, 40), (works, SEPTEMBER, 100), (alone, SEPTEMBER, 60)):
        desk.do(SetProgress(project, day, percent, day))
    half, whole = year(desk, JUNE), year(desk, DECEMBER)
    assert [(b.activity, b.finding, b.projects) for b in half.behind] == [
        (ROAD, "unfinished", (("Rabat beton Krajan", 40),)), (TRAINING, "not_done", ())
    ]  # fmt: skip
    assert [(b.activity, b.project, b.finding) for b in whole.behind] == [
        (TRAINING, None, "not_done"), ("", alone, "unfinished")
    ]  # fmt: skip
    assert [b.reason for b in whole.behind] == ["", ""]
    assert [code for code, _title in whole.others] == [OFFICE, ROAD]


def test_an_activity_whose_field_alone_was_entered_is_not_called_undone(desk: Desk, enter: Enter):
    draft = desk.do(FillBudget(YEAR, (Typed("", "2", Decimal(600)),))).value
    enter(draft, 100, JUNE, activity="2")
    desk.do(SetLine(draft, Decimal(600), activity=ROAD))
    assert year(desk, JUNE).behind == ()
    assert desk.ask(tree, desk.do(StartBudget(YEAR)).value)[1].realised == 100


def test_a_heading_known_as_a_whole_is_entered_as_a_whole_and_its_rows_say_so(desk: Desk, line: Line, enter: Enter):
    draft = desk.do(FillBudget(YEAR, (Typed("", "2", Decimal(600)),))).value
    enter(draft, 100, JUNE, activity="2")
    desk.do(SetLine(draft, Decimal(600), activity=ROAD))
    told = year(desk, DECEMBER)
    assert standing(told, "2").may_enter and standing(told, ROAD).whole == standing(told, "2").title
    enter(draft, 130, SEPTEMBER, activity="2")
    assert standing(year(desk, DECEMBER), "2").figure.realised == 130
    enter(draft, 150, dt.date(2026, 10, 31), activity=ROAD)
    told = year(desk, DECEMBER)
    assert standing(told, "2").figure.realised == 150 and standing(told, ROAD).whole == ""
