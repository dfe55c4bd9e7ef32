"""What others wrote arrives whole, in any order; what does not fit waits and is not lost."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import Session

from desk import inbox, log, outbox
from desk.budget.queries import totals
from desk.desk import Desk
from desk.errors import LARGEST_SEN
from desk.inbox import Change, Lost
from desk.outbox import JoinDistrict, Receive
from desk.store import DeskError, new_id
from desk.village.commands import SetContact
from desk.village.tables import fixed_id

REQUEST = {
    "number": 1, "series": "A", "year": 2026, "label": "001/PI/A/2026", "registered": "2026-11-22",
    "received": "2026-11-22", "due": "2026-12-04", "clock_from": "2026-11-22", "target": "2026-12-04",
    "due_certain": 1, "calendar": "x", "rule": "x", "channel": "desk",
    "topic": "budget", "applicant_kind": "person", "access": "see", "copy_form": "", "delivery": "", "state": "open",
}  # fmt: skip


@pytest.fixture
def joined(desk: Desk) -> Desk:
    """A desk that has joined, nothing sent."""
    desk.do(JoinDistrict("https://x", "35.22.12.2015", "Pejambon", "d", "t", 1, ()))
    return desk


@dataclass(frozen=True)
class NewLife:
    """The desk goes on under a new name, as after it was put back from a copy."""

    parent: str
    kept: int

    def run(self, session: Session) -> None:
        """Write the life, and send from its beginning."""
        conn = session.connection()
        conn.execute(insert(log.incarnation).values(inc="new", letter="B", parent=self.parent, kept=self.kept))
        conn.execute(update(outbox.peer).values(inc="new", acked=0, acked_n=0))


def receive(desk: Desk, changes: Sequence[Change], now: dt.datetime, *, settled: bool = True) -> int:
    """A page of the feed; how many rows wait."""
    known = desk.ask(outbox.peer_of)
    assert known is not None
    n = desk.ask(lambda conn: conn.exec_driver_sql("SELECT max(n) FROM change").scalar_one()) if settled else 0
    cursor = max((c.rev for c in changes), default=known.cursor)
    return desk.do(Receive(known, 1, n, bytes(16), (), tuple(changes), cursor, 1, now, 4096)).value.waiting


def event(request: bytes, rev: int) -> Change:
    """A step in the life of a request."""
    told = {"request": request.hex(), "kind": "registered", "day": "2026-11-22", "outcome": "", "form": "", "fee": None}
    return Change("request_event", new_id(), rev, False, told)


def count(desk: Desk, table: str) -> int:
    """Rows of a table."""
    return desk.ask(lambda conn: int(conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()))


def waiting(conn: Connection) -> list[str]:
    """What was put aside."""
    return list(conn.execute(select(inbox.kept.c.entity)).scalars())


def test_a_child_that_comes_a_page_before_its_parent_waits_for_it(joined: Desk, now: dt.datetime) -> None:
    request = new_id()
    assert receive(joined, [event(request, 2), event(request, 3)], now) == 2
    assert count(joined, "request_event") == 0
    assert receive(joined, [Change("request", request, 900, False, REQUEST)], now) == 0
    assert count(joined, "request_event") == 2 and joined.ask(waiting) == []
    assert joined.ask(log.check) == []


def test_a_child_before_its_parent_in_one_page_waits_for_nothing(joined: Desk, now: dt.datetime) -> None:
    request = new_id()
    assert receive(joined, [event(request, 2), Change("request", request, 9, False, REQUEST)], now) == 0
    assert count(joined, "request_event") == 1


def test_a_row_that_clashes_with_one_entered_here_waits_and_the_rest_arrives(joined: Desk, now: dt.datetime) -> None:
    mine, theirs = new_id(), new_id()
    receive(joined, [Change("request", mine, 1, False, REQUEST)], now)
    page = [Change("request", theirs, 5, False, REQUEST), event(theirs, 6), event(mine, 7)]
    assert receive(joined, page, now) == 2
    assert count(joined, "request_event") == 1
    assert sorted(joined.ask(waiting)) == ["request", "request_event"]
    assert receive(joined, [Change("request", theirs, 8, False, REQUEST | {"series": "B"})], now) == 0
    assert count(joined, "request") == 2 and count(joined, "request_event") == 2


@pytest.mark.parametrize("value", [["a list"], {"a": 1}, 2**70, 5.5])
def test_a_value_no_column_can_hold_is_put_aside(joined: Desk, now: dt.datetime, value: Any) -> None:
    bad = Change("contact", new_id(), 3, False, {"address": value, "complaints": ""})
    assert receive(joined, [bad, Change("contact", new_id(), 4, False, {"address": "a", "complaints": ""})], now) == 1
    assert count(joined, "contact") == 1


@pytest.mark.parametrize("amount", [LARGEST_SEN, -LARGEST_SEN, 2**63 - 1])
def test_an_amount_no_village_has_is_put_aside(joined: Desk, now: dt.datetime, amount: int) -> None:
    version = new_id()
    told = {"year": 2026, "ordinal": 0, "regulation": "", "enacted_on": None, "line_count": 2, "total": 0}
    page = [Change("budget_version", version, 1, False, told)]
    page += [Change("budget_line", new_id(), rev, False, _line(version, rev, amount)) for rev in (2, 3)]
    assert receive(joined, [*page, Change("budget_line", new_id(), 4, False, _line(version, 4, 5))], now) == 2
    assert joined.ask(totals, version).revenue == Decimal("0.05")


def _line(version: bytes, seq: int, amount: int) -> dict[str, Any]:
    return {"version": version.hex(), "seq": seq, "section": "revenue", "kind": "line", "amount": amount}


def test_half_a_character_is_put_aside_and_the_rest_of_the_page_arrives(joined: Desk, now: dt.datetime) -> None:
    good, bad = ({"address": address, "complaints": ""} for address in ("Balai desa", "Balai \ud800"))
    assert receive(joined, [Change("contact", new_id(), 3, False, bad)], now) == 1
    assert receive(joined, [Change("contact", new_id(), 4, False, good)], now) == 1
    assert count(joined, "contact") == 1 and joined.ask(waiting) == ["contact"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_outside_every_calendar_is_put_aside(joined: Desk, now: dt.datetime, day: str) -> None:
    bad = Change("day_off", new_id(), 3, False, {"day": day, "name": "x", "kind": "local"})
    assert receive(joined, [bad], now) == 1 and joined.ask(waiting) == ["day_off"]


def test_a_row_an_older_edition_tells_without_a_wanted_day_waits_until_it_has_one(
    joined: Desk, now: dt.datetime
) -> None:
    half = Change("progress", new_id(), 3, False, {"percent": 40})
    assert receive(joined, [half], now) == 1
    assert joined.ask(waiting) == ["progress"] and count(joined, "progress") == 0


@pytest.mark.parametrize(
    ("entity", "fields"),
    [
        ("contact", {"address": "a", "complaints": ""}),
        ("work_week", {"six_days": 0, "shared_leave_counts": 0, "regulation": "x", "completion_days": 3}),
    ],
)
def test_what_a_village_has_once_is_never_there_twice(
    joined: Desk, now: dt.datetime, entity: str, fields: dict[str, Any]
) -> None:
    rows = [Change(entity, new_id(), rev, False, fields) for rev in (3, 4)]
    assert receive(joined, rows, now) == 1
    assert count(joined, entity) == 1


def test_an_event_of_a_kind_nobody_knows_waits(joined: Desk, now: dt.datetime) -> None:
    request = new_id()
    strange = event(request, 6)
    strange = Change(strange.entity, strange.row, 6, False, {**strange.fields, "kind": "zzz"})
    assert receive(joined, [Change("request", request, 5, False, REQUEST), strange], now) == 1
    assert count(joined, "request_event") == 0


def test_what_a_newer_edition_tells_is_kept_unseen(joined: Desk, now: dt.datetime) -> None:
    assert receive(joined, [Change("photo", new_id(), 3, False, {"caption": "jalan"})], now) == 0
    assert joined.ask(waiting) == ["photo"]


def test_an_edit_not_sent_yet_stays_on_top_of_what_comes(joined: Desk, now: dt.datetime) -> None:
    joined.do(SetContact("di sini", ""))
    theirs = Change("contact", fixed_id("contact"), 3, False, {"address": "di sana", "complaints": "lurah"})
    receive(joined, [theirs], now, settled=False)
    held = joined.ask(lambda conn: conn.exec_driver_sql("SELECT address FROM contact").scalar_one())
    assert held == "di sini"


def test_an_answer_to_an_older_position_changes_nothing(joined: Desk, now: dt.datetime) -> None:
    old = joined.ask(outbox.peer_of)
    assert old is not None
    receive(joined, [Change("contact", fixed_id("contact"), 9, False, {"address": "baru", "complaints": ""})], now)
    late = Change("contact", fixed_id("contact"), 3, False, {"address": "lama", "complaints": ""})
    joined.do(Receive(old, 0, 0, bytes(16), (), (late,), 3, 1, now, 4096))
    assert joined.ask(lambda conn: conn.exec_driver_sql("SELECT address FROM contact").scalar_one()) == "baru"
    seen = joined.ask(outbox.peer_of)
    assert seen is not None and seen.cursor == 9


@pytest.mark.parametrize("loss", ["take away", "blank"])
def test_a_page_that_loses_many_rows_stops_for_a_person(joined: Desk, now: dt.datetime, loss: str) -> None:
    ids = [new_id() for _ in range(30)]
    receive(
        joined, [Change("year_table", i, n, False, {"year": 2000 + n, "decree": "a"}) for n, i in enumerate(ids)], now
    )
    lost = [
        Change("year_table", i, 99, loss == "take away", {"year": 2000 + n, "decree": ""}) for n, i in enumerate(ids)
    ]
    with pytest.raises(DeskError, match="30 catatan"):
        receive(joined, lost, now)
    assert (
        joined.ask(lambda c: c.exec_driver_sql("SELECT count(*) FROM year_table WHERE decree = 'a'").scalar_one()) == 30
    )
    assert receive(joined, lost[:1], now) == 0


def test_a_village_does_not_go_page_by_page_either(joined: Desk, now: dt.datetime) -> None:
    ids = [new_id() for _ in range(30)]
    rows = [Change("year_table", i, n, False, {"year": 2000 + n, "decree": "a"}) for n, i in enumerate(ids, 1)]
    receive(joined, rows, now)
    lost = Lost()
    with pytest.raises(DeskError, match=r"2 catatan\. Sisanya tetap utuh"):
        for n, i in enumerate(ids):
            known = joined.ask(outbox.peer_of)
            assert known is not None
            page = (Change("year_table", i, 100 + n, True, {}),)
            lost = joined.do(Receive(known, 1, 0, bytes(16), (), page, 100 + n, 1, now, 4096, lost)).value.lost
    assert count(joined, "year_table") == 29


def test_a_desk_under_a_new_name_lists_what_its_old_name_has_not_kept(joined: Desk) -> None:
    for number in range(4):
        joined.do(SetContact(f"Jalan {number}", ""))
    known = joined.ask(outbox.peer_of)
    assert known is not None
    everything = joined.ask(outbox.pending, known.inc, 0, 0, 2**40)
    joined.do(NewLife(known.inc, kept=2))
    later = joined.ask(outbox.pending, "new", 0, 0, 2**40)
    assert [p.n for p in later] == [p.n for p in everything[2:]]
    assert [p.told["o"] for p in later] == [everything[2].told.get("o", [known.inc, 3]), [known.inc, 4], [known.inc, 5]]
    assert [p.n for p in joined.ask(outbox.pending, "new", 1, later[0].n, 2**40)] == [p.n for p in later[1:]]
    assert joined.ask(outbox.waiting).operations == 3


def test_a_district_that_has_used_every_series_letter_is_told_of_in_a_sentence(desk: Desk) -> None:
    with pytest.raises(DeskError, match="Semua huruf seri"):
        desk.do(
            JoinDistrict("https://x", "35.22.12.2015", "Pejambon", "d", "t", 1, tuple("BCDEFGHIJKLMNOPQRSTUVWXYZA"))
        )


def test_what_was_put_aside_can_be_read_again(joined: Desk, now: dt.datetime) -> None:
    told = {"operation": {"e": "contact"}, "refused": {"address": "dua"}}
    receive(joined, [Change("conflict", new_id(), 3, False, told)], now)
    assert json.loads(joined.ask(lambda c: c.execute(select(inbox.kept.c.doc)).scalar_one())) == told
