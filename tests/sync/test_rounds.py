"""Nothing lost, nothing twice, over a line that does everything a line can do."""

import datetime as dt
import json
import random
from collections.abc import Callable

import pytest
from district import District, Proxy
from sides import at_district, held

from desk import log, outbox
from desk.desk import Desk
from desk.foi.commands import AnswerRequest, Register
from desk.foi.rules import RequestForm
from desk.projects.commands import PutProject
from desk.projects.rules import ProjectForm
from desk.store import DeskError
from desk.village.commands import SetContact
from sync.client.round import Round, sync
from sync.client.transport import LineError
from tests.desks import open_desk

Send = Callable[[], Round]


def register(desk: Desk, today: dt.date) -> bytes:
    """A request whose every private word is easy to find again."""
    form = RequestForm(
        today, today, "Namarahasia Pemohon", "Alamatrahasia 1", "Pertanyaanrahasia", "Tujuanrahasia",
        phone="0899-8877-6655", email="rahasia@contoh.id", identity_number="3522155506909999",
        occupation="Pekerjaanrahasia",
    )  # fmt: skip
    return desk.do(Register(form)).value.id


def test_every_synced_field_is_the_same_on_both_sides(
    joined: Desk, district: District, send: Send, today: dt.date
) -> None:
    request = register(joined, today)
    joined.do(AnswerRequest(request, day=today, form="soft"))
    joined.do(PutProject(ProjectForm(year=2026, name="Rabat beton jalan", place="Dusun Krajan")))
    done = send()
    assert done.sent == district.operations() > 0
    assert at_district(district) == held(joined)
    assert joined.ask(outbox.waiting).operations == 0
    assert joined.ask(log.check) == []


def test_a_second_round_is_one_request_under_a_kilobyte(joined: Desk, proxy: Proxy, send: Send) -> None:
    send()
    proxy.reset()
    send()
    assert proxy.requests == 1
    assert proxy.up + proxy.down < 1000


def test_one_changed_row_is_one_operation_under_a_kilobyte(
    joined: Desk, district: District, proxy: Proxy, send: Send
) -> None:
    joined.do(SetContact("Jalan Raya 1", "Kantor desa"))
    send()
    proxy.reset()
    before = district.operations()
    joined.do(SetContact("Jalan Raya 2", "Kantor desa"))
    assert send().sent == 1
    assert district.operations() == before + 1
    assert proxy.requests == 1 and proxy.up + proxy.down < 1000
    assert at_district(district) == held(joined)


def test_an_identity_never_goes_over_the_line(joined: Desk, proxy: Proxy, send: Send, today: dt.date) -> None:
    register(joined, today)
    told = json.dumps([p.told for p in joined.ask(outbox.pending, "x", 0, 0, 2**40)])
    send()
    assert "request" in told
    for secret in ("rahasia", "8877", "6655", "3522155506909999"):
        assert secret not in told.lower()
        assert secret not in str(proxy.bodies).lower()


@pytest.mark.parametrize("trouble", ["cut_request", "drop_answer", "half_answer", "error", "captive", "redirect"])
def test_whatever_the_line_does_everything_waits_and_arrives_once(
    joined: Desk, district: District, proxy: Proxy, send: Send, today: dt.date, trouble: str
) -> None:
    register(joined, today)
    waiting = joined.ask(outbox.waiting).operations
    proxy.next = trouble
    with pytest.raises(LineError) as caught:
        send()
    seen = joined.ask(outbox.waiting)
    assert seen.operations == waiting and seen.trouble == str(caught.value)
    assert send().sent == waiting
    assert district.operations() == waiting
    assert at_district(district) == held(joined)
    assert joined.ask(outbox.waiting).trouble == ""


def test_a_dropped_answer_had_been_committed_and_doubles_nothing(
    joined: Desk, district: District, proxy: Proxy, send: Send, today: dt.date
) -> None:
    register(joined, today)
    proxy.next = "drop_answer"
    with pytest.raises(LineError):
        send()
    committed = district.operations()
    assert committed > 0
    send()
    assert district.operations() == committed
    assert at_district(district) == held(joined)


def test_a_request_delivered_twice_is_applied_once(joined: Desk, district: District, proxy: Proxy, send: Send) -> None:
    waiting = joined.ask(outbox.waiting).operations
    proxy.next = "twice"
    send()
    assert district.operations() == waiting
    assert joined.ask(outbox.waiting).operations == 0
    assert at_district(district) == held(joined)


def test_without_a_line_everything_waits_with_a_sentence(joined: Desk, proxy: Proxy, send: Send) -> None:
    waiting = joined.ask(outbox.waiting).operations
    proxy.close()
    with pytest.raises(LineError, match="Tidak ada sambungan"):
        send()
    assert joined.ask(outbox.waiting).operations == waiting


def test_a_server_that_starts_again_has_lost_nothing(
    joined: Desk, district: District, send: Send, today: dt.date
) -> None:
    send()
    register(joined, today)
    port = district.port
    district.stop()
    with pytest.raises(LineError):
        send()
    district.start(port)
    send()
    assert at_district(district) == held(joined)


def test_a_first_push_in_many_batches_can_be_cut_anywhere(
    joined: Desk, district: District, proxy: Proxy, now: dt.datetime, today: dt.date, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed={seed}")
    dice = random.Random(seed)
    for _ in range(60):
        register(joined, today)
    troubles = ["pass", "drop_answer", "half_answer", "cut_request", "twice", "error"]
    for _ in range(200):
        proxy.next = dice.choice(troubles)
        if dice.random() < 0.3:
            register(joined, today)
        try:
            sync(joined, lambda: now)
        except LineError:
            continue
        if district.operations() > 150 and dice.random() < 0.2:
            break
    sync(joined, lambda: now)
    assert at_district(district) == held(joined)
    assert district.ask("SELECT count(*) FROM log GROUP BY first_inc, first_seq HAVING count(*) > 1") == []
    assert joined.ask(log.check) == []


def test_a_copy_of_the_desk_that_sent_something_else_is_noticed(
    joined: Desk, district: District, send: Send, now: dt.datetime, today: dt.date
) -> None:
    send()
    files = {path: path.read_bytes() for path in joined.folder.iterdir()}
    register(joined, today)
    send()
    joined.close()
    for path, content in files.items():
        path.write_bytes(content)
    restored = open_desk(joined.folder, lambda: now)
    restored.do(SetContact("Alamat dari salinan lama", ""))
    operations = district.operations()
    with pytest.raises(LineError, match="berbeda"):
        sync(restored, lambda: now)
    assert district.operations() == operations
    assert restored.ask(outbox.waiting).operations > 0
    restored.close()


def test_a_desk_without_a_district_says_what_to_do(village: Desk, now: dt.datetime) -> None:
    with pytest.raises(DeskError, match="Minta kode"):
        sync(village, lambda: now)
