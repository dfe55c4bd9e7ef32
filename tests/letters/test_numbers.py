"""Every letter has a number of its own, without a gap, and keeps it."""

import datetime as dt
import hashlib
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from desk.desk import Desk
from desk.foi.commands import Assign, Extend
from desk.foi.endings import Withdraw
from desk.letters import rules
from desk.letters.commands import IssueLetter, PutPattern, Sheet, Stamp
from desk.letters.queries import issued
from desk.store import DeskError
from tests.desks import open_desk
from tests.letters.conftest import WHY, asks, offered


def plain(_conn: Connection, stamp: Stamp) -> bytes:
    """A paper that says nothing but its number."""
    return stamp.label.encode()


def torn(_conn: Connection, _stamp: Stamp) -> bytes:
    """A paper that cannot be drawn."""
    raise DeskError("kertasnya robek")


def issue(desk: Desk, owner: bytes, kind: str, draw=plain) -> Sheet:
    """The last paper of that kind goes out on the day of its step."""
    offer = offered(desk, owner, kind)
    return desk.do(IssueLetter(kind, owner, offer.event, offer.day, draw), "Dewi").value


@pytest.fixture
def extended(office: Desk, today: dt.date):
    """Makes requests that were extended today."""

    def make() -> bytes:
        request = asks(office, today)
        office.do(Extend(request, today, "not_held", WHY))
        return request

    return make


def test_letters_of_a_series_are_counted_without_a_gap_and_each_series_for_itself(office: Desk, extended, today):
    first, second = extended(), extended()
    assert issue(office, first, "extension").stamp.label == "001/PPID/XI/2026"
    office.do(Assign(first, today, "Kaur Keuangan"))
    assert issue(office, first, "holder_note").stamp.label == "001/ND-PPID/XI/2026"
    with pytest.raises(DeskError, match="robek"):
        issue(office, second, "extension", torn)
    assert issue(office, second, "extension").stamp.label == "002/PPID/XI/2026"


def test_a_paper_printed_again_keeps_its_number_and_says_it_is_a_copy(office: Desk, extended):
    request = extended()
    first = issue(office, request, "extension")
    again = issue(office, request, "extension")
    assert (first.stamp.is_copy, again.stamp.is_copy) == (False, True)
    assert again.stamp.label == first.stamp.label == "001/PPID/XI/2026"
    assert issue(office, extended(), "extension").stamp.label == "002/PPID/XI/2026"
    (kept,) = office.ask(issued, request)
    assert (kept.kind, kept.label, kept.who) == ("extension", "001/PPID/XI/2026", "Dewi")
    assert kept.digest == hashlib.sha256(b"001/PPID/XI/2026").digest()


def test_the_number_begins_at_one_in_a_new_year(tmp_path, today):
    clock = [dt.datetime.combine(today, dt.time(9, 0), dt.timezone(dt.timedelta(hours=7)))]
    desk = open_desk(tmp_path / "desa", lambda: clock[0])
    for year, label in ((2026, "001/PPID/XI/2026"), (2026, "002/PPID/XI/2026"), (2027, "001/PPID/XI/2027")):
        clock[0] = clock[0].replace(year=year)
        day = clock[0].date()
        request = asks(desk, day)
        desk.do(Extend(request, day, "not_held", WHY))
        assert issue(desk, request, "extension").stamp.label == label
    desk.close()


def test_a_paper_that_carries_the_number_of_the_register_takes_none(office: Desk, today):
    request = asks(office, today)
    assert issue(office, request, "form").stamp.label == "001/PI/A/2026"
    office.do(Withdraw(request, today, "sudah melihat di papan"))
    assert issue(office, request, "withdrawal").stamp.label == "001/BA-PPID/XI/2026"


def test_a_step_has_only_its_own_papers(office: Desk, extended, today):
    request = extended()
    event = offered(office, request, "extension").event
    with pytest.raises(DeskError, match="tidak punya surat itu"):
        office.do(IssueLetter("refusal", request, event, today, plain))
    with pytest.raises(DeskError, match="mendahului"):
        office.do(IssueLetter("extension", request, event, today - dt.timedelta(days=1), plain))
    with pytest.raises(DeskError, match="sesudah hari ini"):
        office.do(IssueLetter("extension", request, event, today + dt.timedelta(days=1), plain))
    with pytest.raises(DeskError, match="tidak ada lagi"):
        office.do(IssueLetter("extension", request, b"\0" * 16, today, plain))


def test_the_village_writes_its_numbers_in_its_own_way(office: Desk, extended):
    issue(office, extended(), "extension")
    assert (
        office.do(PutPattern("letter", "470/{nomor}/PPID/ {bulan}/{tahun}")).value == "470/{nomor}/PPID/{bulan}/{tahun}"
    )
    assert issue(office, extended(), "extension").stamp.label == "470/002/PPID/XI/2026"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("PPID/{tahun}", "satu {nomor}"),
        ("{nomor}/PPID", "satu {nomor}"),
        ("{nomor}/{nomor}/{tahun}", "satu {nomor}"),
        ("{nomor}/{hari}/{tahun}", "kurung kurawal"),
        ("{nomor}/{tahun}/" + "A" * 60, "paling banyak"),
        ("{nomor}/ND-PPID/{bulan}/{tahun}", "sudah dipakai untuk nota"),
    ],
)
def test_a_pattern_that_would_give_two_letters_one_number_is_refused(office: Desk, pattern: str, said: str):
    with pytest.raises(DeskError, match=said):
        office.do(PutPattern("letter", pattern))


def test_a_number_another_series_once_gave_is_not_given_again(office: Desk, extended, today):
    request = extended()
    issue(office, request, "extension")
    office.do(PutPattern("letter", "{nomor}/SURAT/{tahun}"))
    office.do(PutPattern("note", "{nomor}/PPID/{bulan}/{tahun}"))
    office.do(Assign(request, today, "Kaur Keuangan"))
    with pytest.raises(DeskError, match="sudah pernah dipakai"):
        issue(office, request, "holder_note")


@given(st.integers(1, 99_999), st.sampled_from("ABCDEFG"), st.dates(dt.date(2020, 1, 1), dt.date(2090, 1, 1)))
def test_no_two_lives_of_a_desk_write_the_same_number(number: int, life: str, day: dt.date):
    write = partial(rules.numbered, rules.PATTERNS["letter"])
    assert (write(number, life, day) == write(number, "A", day)) == (life == "A")
    assert rules.numbered("{seri}{nomor}/{tahun}", number, life, day) == f"{life}{number:03d}/{day.year}"


def test_a_letter_is_never_changed_and_never_undone(office: Desk, extended):
    request = extended()
    offer = offered(office, request, "extension")
    done = office.do(IssueLetter("extension", request, offer.event, offer.day, plain))
    with pytest.raises(DeskError):
        office.undo(done.act)
    assert len(office.ask(issued, request)) == 1
