"""A line that cuts every connection after two kilobytes: everything arrives in the end, in small pieces."""

import datetime as dt
import secrets
from string import ascii_lowercase

import pytest
from district import District, Proxy
from sides import at_district, held, second_pc

from desk import log, outbox
from desk.desk import Desk
from desk.projects.commands import PutProject
from desk.projects.rules import TEXTS, ProjectForm
from sync.client.round import sync
from sync.client.transport import LineError

MOST_ROUNDS = 10
"""Halving from the first pace down to one operation takes six."""


def write_projects(desk: Desk, count: int) -> None:
    """Activities whose words do not shrink, and hold no digits that could be somebody's number."""
    for number in range(count):
        words = "".join(secrets.choice(ascii_lowercase) for _letter in range(120))
        desk.do(PutProject(ProjectForm(2026, f"Kegiatan {number} {words}")))


def rounds_until_done(desk: Desk, now: dt.datetime) -> int:
    """How many rounds it takes until one ends well."""
    for number in range(1, MOST_ROUNDS + 1):
        try:
            sync(desk, lambda: now)
        except LineError:
            continue
        return number
    raise AssertionError(f"not done after {MOST_ROUNDS} rounds: {desk.ask(outbox.waiting)}")


def test_over_a_line_that_cuts_after_two_kilobytes_everything_arrives(
    joined: Desk, district: District, proxy: Proxy, now: dt.datetime
) -> None:
    write_projects(joined, 60)
    proxy.most = 2048
    assert rounds_until_done(joined, now) < MOST_ROUNDS
    assert at_district(district) == held(joined)
    assert joined.ask(outbox.waiting).operations == 0
    assert joined.ask(log.check) == []


def test_a_second_pc_fills_itself_over_such_a_line(
    joined: Desk, district: District, proxy: Proxy, tmp_path, now: dt.datetime
) -> None:
    write_projects(joined, 60)
    sync(joined, lambda: now)
    other = second_pc(tmp_path / "kedua", lambda: now, district.database, proxy.url)
    proxy.most = 2048
    assert rounds_until_done(other, now) < MOST_ROUNDS
    assert held(other) == at_district(district)
    other.close()


def test_an_act_larger_than_such_a_line_carries_comes_in_pieces_and_the_next_ones_go_on(
    joined: Desk, district: District, proxy: Proxy, now: dt.datetime
) -> None:
    long = {field: secrets.token_urlsafe(220) for field in TEXTS}
    joined.do(PutProject(ProjectForm(2026, **long)))
    write_projects(joined, 3)
    proxy.most = 2048
    assert rounds_until_done(joined, now) < MOST_ROUNDS
    assert at_district(district) == held(joined)
    assert district.ask("SELECT count(*) FROM log GROUP BY inc, seq HAVING count(*) > 1") == []


def test_a_line_that_carries_nothing_is_told_of_with_the_size_of_what_waits(
    joined: Desk, proxy: Proxy, now: dt.datetime
) -> None:
    sync(joined, lambda: now)
    joined.do(PutProject(ProjectForm(2026, **{field: secrets.token_urlsafe(220) for field in TEXTS})))
    proxy.most = 400
    for _ in range(8):
        with pytest.raises(LineError) as caught:
            sync(joined, lambda: now)
    assert "kB) tidak muat" in str(caught.value)
    assert joined.ask(outbox.waiting).trouble == str(caught.value)
