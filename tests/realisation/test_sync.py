"""Entries and reasons are public, and two PCs of a village come to the same figures."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desk import inbox, outbox
from desk.budget.queries import realised_totals
from desk.catalogue import catalogue
from desk.desk import Desk
from desk.inbox import Change
from desk.realisation.commands import ExplainActivity, RecordRealisation, WithdrawRealisation
from desk.realisation.queries import realised
from desk.store import content_columns, rows
from tests.desks import open_desk
from tests.realisation.conftest import JUNE, ROAD, TRAINING, YEAR, Enter, Line


def told(desk: Desk) -> tuple[Change, ...]:
    """Every synced row of a desk as the district would hand it to another PC."""

    def read(conn: outbox.Connection) -> tuple[Change, ...]:
        found = []
        for name, row in rows().items():
            columns = [c.name for c in content_columns(row) if c.info.get("sync")]
            listed = conn.exec_driver_sql(f"SELECT id,{','.join(columns)} FROM {name}") if columns else ()
            for id_, *cells in listed:
                values = [cell.hex() if isinstance(cell, bytes) else cell for cell in cells]
                found.append(Change(name, id_, 1, False, dict(zip(columns, values, strict=True))))
        return tuple(found)

    return desk.ask(read)


class Take:
    """A page of the feed, applied."""

    from_district = True

    def __init__(self, changes: tuple[Change, ...]) -> None:
        self._changes = changes

    def run(self, session: Session) -> int:
        """How many rows still wait."""
        return inbox.take(session.connection(), self._changes, frozenset())


@pytest.fixture
def other(tmp_path: Path, now: dt.datetime) -> Iterator[Desk]:
    """A second PC of the village."""
    desk = open_desk(tmp_path / "kedua", lambda: now)
    yield desk
    desk.close()


def test_all_of_it_is_public():
    entities = catalogue()["entities"]
    for name, fields in (
        ("realisation", {"line", "until", "amount"}),
        ("realisation_withdrawn", {"entry"}),
        ("activity_note", {"year", "activity", "project", "state", "reason", "since"}),
    ):
        assert entities[name].keys() == fields and all(field["public"] for field in entities[name].values())


def test_two_pcs_that_heard_each_other_show_the_same(desk: Desk, other: Desk, budget: bytes, line: Line, enter: Enter):
    assert other.do(Take(told(desk))).value == 0
    road = line(budget, activity=ROAD)
    slip = desk.do(RecordRealisation(road, JUNE, Decimal(40))).value
    other.do(RecordRealisation(road, JUNE, Decimal(45)))
    desk.do(WithdrawRealisation(slip))
    desk.do(ExplainActivity(YEAR, TRAINING, None, "not_done", "menunggu pencairan", JUNE))
    desk.do(RecordRealisation(road, dt.date(2026, 3, 31), Decimal(20)))
    assert other.do(Take(told(desk))).value == desk.do(Take(told(other))).value == 0
    views = [each.ask(realised, YEAR, JUNE) for each in (desk, other)]
    assert views[0] == views[1] and views[0] is not None
    assert views[0].parts["expenditure"].realised == 45
    assert [b.reason for b in views[1].behind if b.activity == TRAINING] == ["menunggu pencairan"]
    assert desk.ask(realised_totals, budget, dt.date(2026, 4, 1)).expenditure == 20


def test_two_pcs_that_write_about_one_activity_write_one_row(desk: Desk, other: Desk, budget: bytes):
    other.do(Take(told(desk)))
    ids = {
        each.do(ExplainActivity(YEAR, TRAINING, None, "not_done", reason, JUNE)).value
        for each, reason in ((desk, "hujan"), (other, "dana belum cair"))
    }
    assert len(ids) == 1
