"""Activities are written down, seen growing, and taken off the list without being forgotten."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from desk.budget.commands import SetLine, StartBudget
from desk.projects.commands import PutProject, RemoveProject, SetProgress
from desk.projects.queries import Seen, activities_of_budget, project, project_list, years
from desk.projects.rules import ProjectForm, activity_doubt
from desk.store import DeskError
from desk.village.commands import SetVillage

ROAD = ProjectForm(
    2026, "Rabat beton  jalan", "Dusun Krajan\nRT 03", "120", "m", Decimal("145250000.50"), "Dana Desa", "TPK", "Kasi",
    dt.date(2026, 3, 1), dt.date(2026, 6, 30), "02.03.11",
)  # fmt: skip
CLINIC = ProjectForm(2026, "Rehabilitasi posyandu", cost=Decimal(200_000_000))
UNPRICED = ProjectForm(2026, "Pelatihan kader")


@pytest.fixture
def road(desk) -> bytes:
    return desk.do(PutProject(ROAD)).value


def test_an_activity_is_kept_as_it_was_written(desk, road):
    row = desk.ask(project, road).row
    assert (row.name, row.place, row.amount_of_work) == ("Rabat beton jalan", "Dusun Krajan RT 03", "120 m")
    assert (row.cost, row.activity) == (Decimal("145250000.50"), "2.3.11")
    assert (row.starts, row.ends, row.percent) == (dt.date(2026, 3, 1), dt.date(2026, 6, 30), None)


def test_the_list_begins_with_the_largest_amount_and_ends_with_the_unpriced(desk, road):
    desk.do(PutProject(UNPRICED))
    desk.do(PutProject(CLINIC))
    desk.do(PutProject(replace(CLINIC, year=2025)))
    assert [p.name for p in desk.ask(project_list, 2026)] == [CLINIC.name, "Rabat beton jalan", UNPRICED.name]
    assert desk.ask(years) == (2026, 2025)


def test_a_change_keeps_the_activity_and_its_progress(desk, road, today):
    desk.do(SetProgress(road, today, 45, today))
    changed = desk.do(PutProject(replace(ROAD, name="Rabat beton jalan dan talud"), road))
    assert changed.value == road
    assert [(p.name, p.percent) for p in desk.ask(project_list, 2026)] == [("Rabat beton jalan dan talud", 45)]


def test_a_form_with_faults_changes_nothing(desk, road):
    with pytest.raises(DeskError, match="mendahului"):
        desk.do(PutProject(replace(ROAD, ends=dt.date(2026, 1, 1)), road))
    assert desk.ask(project, road).row.ends == dt.date(2026, 6, 30)


def test_the_list_shows_the_latest_day_and_the_story_every_entry(desk, road, today):
    for day, percent in ((dt.date(2026, 5, 1), 40), (dt.date(2026, 4, 1), 20), (dt.date(2026, 5, 1), 45)):
        desk.do(SetProgress(road, day, percent, today))
    detail = desk.ask(project, road)
    assert (detail.row.percent, detail.row.percent_on) == (45, dt.date(2026, 5, 1))
    assert detail.story == (Seen(dt.date(2026, 5, 1), 45), Seen(dt.date(2026, 5, 1), 40), Seen(dt.date(2026, 4, 1), 20))


def test_progress_beyond_all_is_refused(desk, road, today):
    with pytest.raises(DeskError, match="0 dan 100"):
        desk.do(SetProgress(road, today, 120, today))


def test_what_is_taken_off_the_list_is_gone_from_it_and_can_be_brought_back(desk, road):
    removal = desk.do(RemoveProject(road))
    assert desk.ask(project_list, 2026) == ()
    assert desk.ask(project, road) is None
    with pytest.raises(DeskError, match="sudah tidak ada"):
        desk.do(PutProject(ROAD, road))
    desk.undo(removal.act)
    assert [p.id for p in desk.ask(project_list, 2026)] == [road]


def test_an_activity_seen_at_work_is_not_undone_away(desk, today):
    entry = desk.do(PutProject(ROAD))
    desk.do(SetProgress(entry.value, today, 10, today))
    with pytest.raises(DeskError, match="Ubah langsung"):
        desk.undo(entry.act)


def test_a_new_activity_can_be_undone(desk):
    entry = desk.do(PutProject(CLINIC))
    desk.undo(entry.act)
    assert desk.ask(project_list, 2026) == ()


def test_activities_of_the_budget_are_offered_by_code_and_name(desk):
    desk.do(SetVillage("35.22.12.2015"))
    assert desk.ask(activities_of_budget, 2026) == ()
    version = desk.do(StartBudget(2026)).value
    desk.do(SetLine(version, Decimal(145_250_000), account="5.3.5", activity="2.3.11"))
    assert [code for code, _name in desk.ask(activities_of_budget, 2026)] == ["2.3.11"]
    name = dict(desk.ask(activities_of_budget, 2026))["2.3.11"]
    assert "Jalan" in name
    assert activity_doubt("02.03.11", dict(desk.ask(activities_of_budget, 2026))) == ""


def test_a_change_touches_only_what_changed(desk, road):
    done = desk.do(PutProject(replace(ROAD, cost=Decimal(150_000_000)), road))
    assert [(t.entity, t.kind) for t in done.changes] == [("project", "patch")]
    assert desk.do(PutProject(replace(ROAD, cost=Decimal(150_000_000)), road)).changes == ()
