"""A desk that came from an older program tells the district its whole story, old acts and new columns alike."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from district import District, Proxy
from sides import at_district, held, second_pc
from sqlalchemy import Connection

from desk import log, outbox
from desk.desk import Desk
from sync.client.round import enrol, sync
from tests.desks import open_desk
from tests.past.old import PEOPLE, found_in, unpack


@pytest.fixture
def upgraded(tmp_path: Path, district: District, proxy: Proxy, now: dt.datetime) -> Iterator[Desk]:
    """The old village, opened with this program and enrolled."""
    opened = open_desk(unpack(tmp_path / "lama"), lambda: now)
    enrol(opened, proxy.url, district.invite())
    yield opened
    opened.close()


def clocks(conn: Connection) -> list[tuple[object, ...]]:
    """From when and until when each request runs."""
    wanted = "SELECT label, clock_from, target, due FROM request ORDER BY label"
    return [tuple(row) for row in conn.exec_driver_sql(wanted)]


def test_everything_is_sent_and_nobody_named(
    upgraded: Desk, district: District, proxy: Proxy, now: dt.datetime
) -> None:
    waiting = upgraded.ask(outbox.waiting).operations
    done = sync(upgraded, lambda: now)
    assert done.sent == district.operations() == waiting > 4 * len(PEOPLE)
    assert at_district(district) == held(upgraded)
    assert upgraded.ask(outbox.waiting).operations == 0 and upgraded.ask(log.check) == []
    assert found_in(b"".join(proxy.bodies) + district.database.read_bytes()) == []


def test_another_pc_of_the_village_learns_all_of_it(
    upgraded: Desk, district: District, tmp_path: Path, now: dt.datetime
) -> None:
    sync(upgraded, lambda: now)
    other = second_pc(tmp_path / "kedua", lambda: now, district.database, district.url)
    sync(other, lambda: now)
    assert other.ask(clocks) == upgraded.ask(clocks)
    assert held(other) == held(upgraded)
    assert other.ask(log.check) == []
    other.close()


def test_two_pcs_that_upgrade_do_not_quarrel(
    upgraded: Desk, district: District, tmp_path: Path, now: dt.datetime
) -> None:
    other = open_desk(unpack(tmp_path / "kedua"), lambda: now)
    other.close()
    sync(upgraded, lambda: now)
    other = second_pc(tmp_path / "kedua", lambda: now, district.database, district.url)
    done = sync(other, lambda: now)
    assert done.conflicts == 0
    assert held(other) == held(upgraded)
    assert other.ask(log.check) == []
    other.close()
