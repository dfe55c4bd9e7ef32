"""Entries are added and taken back, never changed; reasons change, and the log keeps what they were."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from desk import log
from desk.budget.queries import entries_of, realised_of, realised_totals
from desk.desk import Desk
from desk.projects.commands import PutProject
from desk.projects.rules import ProjectForm
from desk.realisation.commands import ExplainActivity, RecordRealisation, WithdrawRealisation
from desk.realisation.queries import Behind, realised
from desk.store import DeskError
from tests.realisation.conftest import DECEMBER, JUNE, ROAD, TRAINING, YEAR, Enter, Line

TODAY = dt.date(2026, 11, 22)


def behind(desk: Desk, day: dt.date = TODAY) -> dict[str, Behind]:
    """What is behind, by activity."""
    told = desk.ask(realised, YEAR, day)
    assert told is not None
    return {each.activity: each for each in told.behind}


def test_an_entry_taken_back_stays_in_the_book_and_counts_no_more(desk: Desk, budget: bytes, line: Line, enter: Enter):
    enter(budget, 40, dt.date(2026, 3, 31), activity=ROAD)
    slip = enter(budget, 4000, JUNE, activity=ROAD)
    desk.do(WithdrawRealisation(slip))
    assert desk.ask(realised_totals, budget).expenditure == 40
    assert [entry.amount for _of, entry in desk.ask(entries_of, YEAR)] == [40]
    assert desk.do(WithdrawRealisation(slip)).changes == ()
    assert desk.ask(log.check) == []
    with pytest.raises(DeskError, match="sudah tidak ada"):
        desk.do(WithdrawRealisation(bytes(16)))


def test_the_last_entry_of_a_day_counts_though_the_clock_was_set_back(
    desk: Desk, budget: bytes, line: Line, monkeypatch: pytest.MonkeyPatch
):
    for amount, seconds in ((45, 2_000_000_000), (48, 1_600_000_000)):
        monkeypatch.setattr("time.time_ns", lambda seconds=seconds: seconds * 10**9)
        desk.do(RecordRealisation(line(budget, activity=ROAD), JUNE, Decimal(amount)))
    assert [amount for _until, amount in desk.ask(realised_of, budget).values()] == [48]


def test_a_reason_is_written_changed_and_taken_away(desk: Desk, budget: bytes):
    command = ExplainActivity(YEAR, TRAINING, None, "not_done", "  menunggu   pencairan\n", JUNE)
    note = desk.do(command).value
    told = behind(desk)[TRAINING]
    assert (told.finding, told.state, told.reason, told.since) == ("not_done", "not_done", "menunggu pencairan", JUNE)
    done = desk.do(ExplainActivity(YEAR, TRAINING, None, "unfinished", "narasumber sakit", TODAY))
    assert done.value == note and [c.kind for c in done.changes] == ["patch"]
    assert behind(desk)[TRAINING].reason == "narasumber sakit"
    desk.undo(done.act)
    assert behind(desk)[TRAINING].reason == "menunggu pencairan"
    desk.do(ExplainActivity(YEAR, TRAINING, None, "not_done", "", JUNE))
    assert behind(desk)[TRAINING].reason == "" and behind(desk)[TRAINING].since is None
    assert desk.do(ExplainActivity(YEAR, TRAINING, None, "not_done", " ", JUNE)).changes == ()
    assert desk.do(command).value == note
    assert desk.ask(log.check) == []


def test_a_person_may_say_of_an_activity_what_no_figure_says(desk: Desk, budget: bytes, enter: Enter):
    enter(budget, 500, JUNE, activity=ROAD)
    assert ROAD not in behind(desk)
    desk.do(ExplainActivity(YEAR, ROAD, None, "unfinished", "plat beton belum diplester", TODAY))
    assert (behind(desk)[ROAD].finding, behind(desk)[ROAD].state) == (None, "unfinished")


def test_a_reason_is_about_one_thing_that_exists(desk: Desk, budget: bytes):
    project = desk.do(PutProject(ProjectForm(YEAR, "Saluran air"))).value
    for activity, about in (("", None), (ROAD, project), ("", bytes(16))):
        with pytest.raises(DeskError):
            desk.do(ExplainActivity(YEAR, activity, about, "unfinished", "hujan", TODAY))
    with pytest.raises(DeskError, match="belum lewat"):
        desk.do(ExplainActivity(YEAR, "", project, "unfinished", "hujan", DECEMBER))
    desk.do(ExplainActivity(YEAR, "", project, "unfinished", "hujan", TODAY))
    assert behind(desk)[""].reason == "hujan"


def test_what_is_entered_after_an_amendment_is_read_back_on_both_versions(
    desk: Desk, budget: bytes, amend: Callable[[], bytes], enter: Enter
):
    enter(budget, 200, JUNE, activity=ROAD)
    now = amend()
    assert desk.ask(realised_totals, now).expenditure == 200
    enter(now, 650, dt.date(2026, 9, 30), activity=ROAD)
    assert desk.ask(realised_totals, now).expenditure == desk.ask(realised_totals, budget).expenditure == 650
