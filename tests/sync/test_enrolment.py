"""A village joins once, with a code that works once, and is never mixed up with another."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from district import VILLAGE, District, Proxy, run_kabupaten

from desk import outbox
from desk.desk import Desk
from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from desk.store import DeskError
from desk.village.queries import profile
from sync.client.round import Joined, enrol, sync
from sync.client.transport import LineError, checked
from tests.desks import open_desk


def test_an_empty_desk_takes_the_village_from_the_invite(desk: Desk, district: District, today: dt.date) -> None:
    enrol(desk, district.url, district.invite())
    seen = desk.ask(profile, today)
    assert seen is not None
    assert (seen.code, seen.name, seen.district) == (VILLAGE, "Pejambon", "Sumberrejo")


def test_a_desk_of_another_village_is_refused_and_the_code_stays_good(village: Desk, district: District) -> None:
    code = district.invite("35.22.12.2001")
    with pytest.raises(LineError, match="desa lain"):
        enrol(village, district.url, code)
    assert village.ask(outbox.peer_of) is None
    assert district.ask("SELECT used FROM invite") == [(None,)]


def test_a_code_may_be_typed_in_small_letters_and_without_dashes(village: Desk, district: District) -> None:
    assert enrol(village, district.url, district.invite().lower().replace("-", " ")).village == VILLAGE


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC-DDDD", "x" * 100, "'; DROP TABLE invite"])
def test_a_wrong_code_is_refused_with_a_sentence(village: Desk, district: District, code: str) -> None:
    with pytest.raises(LineError, match="salah"):
        enrol(village, district.url, code)


def test_a_second_pc_is_refused_with_a_sentence(joined: Desk, district: District, tmp_path, now: dt.datetime) -> None:
    second = open_desk(tmp_path / "kedua", lambda: now)
    with pytest.raises(LineError, match="komputer lain"):
        enrol(second, district.url, district.invite())
    second.close()


def test_an_enrolment_whose_answer_was_lost_is_asked_for_again(
    village: Desk, district: District, proxy: Proxy, now: dt.datetime
) -> None:
    code = district.invite()
    proxy.next = "drop_answer"
    with pytest.raises(LineError):
        enrol(village, proxy.url, code)
    enrol(village, proxy.url, code)
    assert sync(village, lambda: now).sent > 0
    assert district.ask("SELECT count(*) FROM device") == [(1,)]


def test_ten_desks_race_for_one_code_and_one_wins(district: District, tmp_path, now: dt.datetime) -> None:
    code, won, lost = district.invite(), [], []

    def try_one(number: int) -> None:
        desk = open_desk(tmp_path / str(number), lambda: now)
        try:
            won.append(enrol(desk, district.url, code))
        except LineError as error:
            lost.append(error)
        desk.close()

    racers = [threading.Thread(target=try_one, args=(n,)) for n in range(10)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert len(won) == 1 and len(lost) == 9
    assert isinstance(won[0], Joined)


def test_a_new_pc_after_a_revoked_one_gets_everything_and_another_series(
    joined: Desk, district: District, send: Callable[[], object], tmp_path, now: dt.datetime, today: dt.date
) -> None:
    form = RequestForm(today, today, "Siti", "Krajan", "RAB", "ingin tahu", phone="0812")
    assert joined.do(Register(form)).value.label == "001/PI/A/2026"
    send()
    device = district.ask("SELECT id FROM device")[0][0]
    run_kabupaten("revoke", device, "--database", district.database)
    with pytest.raises(LineError, match="mencabut"):
        send()
    fresh = open_desk(tmp_path / "baru", lambda: now)
    enrol(fresh, district.url, district.invite())
    assert sync(fresh, lambda: now).received > 0
    seen = fresh.ask(profile, today)
    assert seen is not None and seen.head is not None and seen.head.name == "Budi Contoh"
    assert fresh.ask(lambda c: c.exec_driver_sql("SELECT label, sought FROM request").all()) == [("001/PI/A/2026", "")]
    assert fresh.do(Register(form)).value.label == "001/PI/B/2026"
    fresh.close()


def test_joining_keeps_the_series_of_numbers_already_printed(village: Desk, district: District, today: dt.date) -> None:
    form = RequestForm(today, today, "Siti", "Krajan", "RAB", "ingin tahu", phone="0812")
    village.do(Register(form))
    enrol(village, district.url, district.invite())
    assert village.do(Register(form)).value.label == "002/PI/A/2026"


@pytest.mark.parametrize(
    "url", ["http://desa.contoh.id", "ftp://127.0.0.1", "desa.contoh.id", "", "http://127.0.0.1.contoh.id", "https://"]
)
def test_only_https_or_this_very_pc_is_spoken_to(url: str) -> None:
    with pytest.raises(LineError):
        checked(url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8622", "http://localhost:1", "http://[::1]:9", "https://desa.contoh.id/"]
)
def test_a_loopback_address_may_be_plain(url: str) -> None:
    assert checked(url) == url.rstrip("/")


def test_a_village_outside_the_table_needs_its_name(district: District) -> None:
    refused = run_kabupaten("invite", "99.99.99.2999", "--database", district.database, status=1)
    assert "--name" in refused["error"]
    invited = run_kabupaten("invite", "99.99.99.2999", "--name", "Contoh", "--database", district.database)
    assert invited["name"] == "Contoh" and len(invited["code"].replace("-", "")) == 16
    listed = run_kabupaten("villages", "--database", district.database)["villages"]
    assert [v["name"] for v in listed] == ["Contoh"]


def test_an_unknown_device_cannot_be_revoked(district: District) -> None:
    assert "error" in run_kabupaten("revoke", "x", "--database", district.database, status=1)


def test_an_unenrolled_desk_stays_as_it_was_when_the_line_fails(village: Desk) -> None:
    with pytest.raises(DeskError):
        enrol(village, "http://127.0.0.1:9", "AAAA")
    assert not village.ask(outbox.waiting).enrolled
