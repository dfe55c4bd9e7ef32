"""The legal life of a request: what leads where, who may do what, and that no path loses a number."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.desk import Desk
from desk.dip.commands import ApproveClassification, Classify, PutTest
from desk.dip.rules import ConsequenceForm
from desk.foi import life
from desk.foi.commands import AnswerRequest, Assign, Complete, CorrectApplicant, Extend, MoveDue, Register
from desk.foi.endings import Close, HandOver, Lapse, MakeReady, Reopen, Void, Withdraw
from desk.foi.life import Decision
from desk.foi.queries import Detail, detail, moved_dues, person
from desk.foi.rules import RequestForm
from desk.store import DeskError
from desk.village.commands import EnterDay
from desk.village.queries import calendar
from desk.workdays import due

Build = Callable[..., RequestForm]
WHY = "alasan yang jelas bagi siapa pun"


@pytest.fixture
def request_id(desk: Desk, form: Build) -> bytes:
    """A request registered today."""
    return desk.do(Register(form())).value.id


def seen(desk: Desk, request: bytes, today: dt.date) -> Detail:
    """The request as its record shows it."""
    found = desk.ask(detail, request, today)
    assert found is not None
    return found


def state(desk: Desk, request: bytes, today: dt.date) -> str:
    """The state the list shows."""
    return seen(desk, request, today).line.state


def test_every_state_is_reached_and_only_the_ended_ones_have_no_exit() -> None:
    reached, waiting = set(), [()]
    kinds = {kind for _, kind in life._NEXT}
    while waiting:
        story = waiting.pop()
        now = life.state_of(story)
        if (now, story[-3:]) in reached or len(story) > 6:
            continue
        reached.add((now, story[-3:]))
        for kind in kinds:
            try:
                life.state_of([*story, kind])
            except ValueError:
                continue
            waiting.append((*story, kind))
    assert {now for now, _ in reached} == {"", *life.STATES}
    for now in life.STATES:
        has_exit = any(start == now and end != now for (start, _), end in life._NEXT.items())
        assert has_exit == (now not in life.ENDED_STATES)


def test_from_registered_every_act_is_open_that_is_open_from_in_process() -> None:
    assert set(life.acts(["registered"])) == set(life.acts(["registered", "assigned"]))


@given(st.lists(st.sampled_from(sorted({kind for _, kind in life._NEXT})), max_size=12))
def test_no_path_leads_from_a_decision_to_a_void_record(kinds: list[str]) -> None:
    story: list[str] = []
    for kind in kinds:
        try:
            life.state_of([*story, kind])
        except ValueError:
            continue
        story.append(kind)
    if story:
        assert not ("answered" in story and life.state_of(story) in ("void", "lapsed", "incomplete"))
        assert story.count("extended") <= 1
        assert story[0] in ("registered", "incomplete")


def test_an_extension_adds_seven_working_days_to_the_old_due_date(
    desk: Desk, request_id: bytes, today: dt.date
) -> None:
    before = seen(desk, request_id, today)
    assert before.line.due == dt.date(2026, 12, 4)
    assert desk.do(Extend(request_id, today, "not_held", WHY)).value == dt.date(2026, 12, 15)
    after = seen(desk, request_id, today)
    assert after.line.state == "extended" and after.story[-1].due == dt.date(2026, 12, 15)
    assert sum(day.counted for day in after.strip) == 17


def test_an_extension_is_granted_once_before_the_term_is_over_and_with_a_reason(
    desk: Desk, form: Build, request_id: bytes, today: dt.date
) -> None:
    with pytest.raises(DeskError, match="alasannya"):
        desk.do(Extend(request_id, today, "not_held", "sibuk"))
    with pytest.raises(DeskError, match="dasarnya"):
        desk.do(Extend(request_id, today, "", WHY))
    desk.do(Extend(request_id, today, "not_held", WHY))
    with pytest.raises(DeskError, match="hanya satu kali"):
        desk.do(Extend(request_id, today, "not_held", WHY))
    late = desk.do(Register(form(received=dt.date(2026, 10, 1), late_entry_reason="surat"))).value.id
    with pytest.raises(DeskError, match="sudah lewat"):
        desk.do(Extend(late, today, "not_held", WHY))


def test_an_incomplete_request_has_its_number_and_no_answers_clock_yet(desk: Desk, form: Build, today: dt.date) -> None:
    came = desk.do(Register(form(address="", applicant_kind="body"), incomplete=True)).value
    first = seen(desk, came.id, today)
    assert (first.line.label, first.line.state) == ("001/PI/A/2026", "incomplete")
    assert first.story[0].basis == "address,papers" and came.due == dt.date(2026, 11, 25)
    assert set(first.acts) == {"completed", "withdrawn", "lapsed", "void"}
    whole = form(applicant_kind="body", papers=("deed",))
    done = desk.do(Complete(came.id, today, whole)).value
    assert (done.label, done.due) == ("001/PI/A/2026", dt.date(2026, 12, 4))
    assert state(desk, came.id, today) == "registered"
    known = desk.ask(person, came.id)
    assert known is not None and known.address == "RT 03/RW 01 Dusun Contoh"


def test_a_complete_request_is_not_entered_as_incomplete_and_one_without_a_question_not_at_all(
    desk: Desk, form: Build
) -> None:
    with pytest.raises(DeskError, match="sudah lengkap"):
        desk.do(Register(form(), incomplete=True))
    with pytest.raises(DeskError, match="informasi yang diminta"):
        desk.do(Register(form(sought="", address=""), incomplete=True))


def test_a_body_brings_its_deed_and_a_group_its_members_and_a_power_of_attorney(desk: Desk, form: Build) -> None:
    with pytest.raises(DeskError, match="badan hukum"):
        desk.do(Register(form(applicant_kind="body")))
    with pytest.raises(DeskError, match="mewakili"):
        desk.do(Register(form(applicant_kind="group", papers=("members", "proxy"))))
    with pytest.raises(DeskError, match="surat kuasa"):
        desk.do(Register(form(proxy="Budi Contoh")))
    desk.do(Register(form(applicant_kind="group", proxy="Budi Contoh", papers=("members", "proxy"))))


def test_each_thing_asked_for_is_decided_on_its_own(desk: Desk, form: Build, today: dt.date) -> None:
    entered = desk.do(Register(form(more=("Daftar penerima BLT", "Perdes APBDes")))).value.id
    items = seen(desk, entered, today).items
    assert [item.sought for item in items] == ["RAB jalan Dusun Krajan", "Daftar penerima BLT", "Perdes APBDes"]
    with pytest.raises(DeskError, match="setiap hal"):
        desk.do(AnswerRequest(entered, today, "soft", decisions=(Decision(items[0].id),)))
    desk.do(
        AnswerRequest(
            entered,
            today,
            "soft",
            decisions=(
                Decision(items[0].id),
                Decision(items[1].id, "not_held", elsewhere="Dinas Sosial", reason=WHY),
                Decision(items[2].id, "public"),
            ),
        )
    )
    told = seen(desk, entered, today)
    assert told.story[-1].outcome == "partly"
    assert [item.decided.outcome for item in told.items if item.decided] == ["granted", "not_held", "public"]


def consequence(desk: Desk, today: dt.date) -> bytes:
    """A consequence test of private health data, classified and approved."""
    form = ConsequenceForm(
        kind="Data kesehatan penerima bantuan",
        letters=("h2",),
        detail="kolom penyakit pada daftar penerima",
        if_open="membuka rahasia pribadi warga",
        if_closed="rahasia pribadi warga terlindungi",
        tested=today,
    )
    test = desk.do(PutTest(form, today)).value
    desk.do(Classify(test, today, today, "1/KI/2026", "Desa Contoh", "Sekdes Contoh", "Sekretaris", "PPID Desa", WHY))
    desk.do(ApproveClassification(test, today, today, "Kades Contoh"))
    return test


def test_a_refusal_must_cite_its_exemption_and_an_approved_test(desk: Desk, request_id: bytes, today: dt.date) -> None:
    item = seen(desk, request_id, today).items[0].id
    with pytest.raises(DeskError, match="alasan penolakannya"):
        desk.do(AnswerRequest(request_id, today, decisions=(Decision(item, "refused"),)))
    with pytest.raises(DeskError, match="uji konsekuensi"):
        desk.do(AnswerRequest(request_id, today, decisions=(Decision(item, "refused", ("h2",)),)))
    test = consequence(desk, today)
    desk.do(AnswerRequest(request_id, today, decisions=(Decision(item, "refused", ("h2",), test),)))
    told = seen(desk, request_id, today)
    assert told.story[-1].outcome == "refused"
    assert "handed_over" not in told.acts and "ready" not in told.acts and "closed" in told.acts
    with pytest.raises(DeskError, match="penolakan"):
        desk.do(HandOver(request_id, today))


def test_what_was_given_in_part_names_what_was_blackened(desk: Desk, request_id: bytes, today: dt.date) -> None:
    item, test = seen(desk, request_id, today).items[0].id, consequence(desk, today)
    with pytest.raises(DeskError, match="dihitamkan"):
        desk.do(
            AnswerRequest(request_id, today, "hard", decisions=(Decision(item, "partly", ("h2",), test, reason=WHY),))
        )


def test_an_answer_is_made_ready_handed_over_and_closed(desk: Desk, request_id: bytes, today: dt.date) -> None:
    desk.do(Assign(request_id, today, "Kaur Keuangan"))
    assert seen(desk, request_id, today).line.holder == "Kaur Keuangan"
    desk.do(AnswerRequest(request_id, today, "hard"))
    desk.do(MakeReady(request_id, today, Decimal(4000)))
    assert state(desk, request_id, today) == "ready"
    desk.do(HandOver(request_id, today))
    desk.do(Close(request_id, today))
    assert state(desk, request_id, today) == "done"
    assert seen(desk, request_id, today).acts == ("reopened",)


def test_a_closed_request_is_opened_again_by_a_decision_with_its_own_date(
    desk: Desk, request_id: bytes, today: dt.date
) -> None:
    desk.do(AnswerRequest(request_id, today, "hard"))
    desk.do(Close(request_id, today))
    by = dt.date(2026, 12, 1)
    assert desk.do(Reopen(request_id, today, "objection", WHY, by)).value == by
    told = seen(desk, request_id, today)
    assert (told.line.state, told.line.due) == ("in_process", by)
    assert "void" not in told.acts
    with pytest.raises(DeskError, match="Jawaban permohonan ini sudah keluar"):
        desk.do(Void(request_id, today, WHY))


def test_a_void_keeps_its_number_and_the_next_request_takes_the_next(
    desk: Desk, form: Build, request_id: bytes, today: dt.date
) -> None:
    with pytest.raises(DeskError, match="alasannya"):
        desk.do(Void(request_id, today, "salah"))
    desk.do(Void(request_id, today, WHY))
    told = seen(desk, request_id, today)
    assert (told.line.label, told.line.state, told.acts) == ("001/PI/A/2026", "void", ())
    assert desk.do(Register(form())).value.label == "002/PI/A/2026"


def test_an_applicant_withdraws_and_an_incomplete_request_lapses_by_a_person(
    desk: Desk, form: Build, request_id: bytes, today: dt.date
) -> None:
    desk.do(Withdraw(request_id, today, WHY))
    assert state(desk, request_id, today) == "withdrawn"
    half = desk.do(Register(form(address=""), incomplete=True)).value.id
    desk.do(Lapse(half, today, WHY))
    assert state(desk, half, today) == "lapsed"
    with pytest.raises(DeskError, match="tidak berlaku lagi"):
        desk.do(Withdraw(half, today, WHY))


def test_no_act_comes_before_the_one_before_it_or_after_today(desk: Desk, request_id: bytes, today: dt.date) -> None:
    day = dt.timedelta(days=1)
    for wrong in (today - day, today + day):
        with pytest.raises(DeskError, match="Tanggal ini"):
            desk.do(Assign(request_id, wrong, "Kaur Keuangan"))
    assert state(desk, request_id, today) == "registered"


def test_an_identity_is_corrected_without_a_trace_of_it_in_the_log(desk: Desk, form: Build, request_id: bytes) -> None:
    desk.do(CorrectApplicant(request_id, form(name="Siti Betulan")))
    known = desk.ask(person, request_id)
    assert known is not None and known.name == "Siti Betulan"
    log = desk.ask(lambda conn: "".join(conn.exec_driver_sql("SELECT fields FROM change").scalars()))
    assert "Betulan" not in log and "Contoh" not in log


def test_a_new_day_off_shows_the_old_and_the_new_date_and_a_person_promises_the_later_one(
    desk: Desk, request_id: bytes, today: dt.date
) -> None:
    assert desk.ask(moved_dues, today) == ()
    desk.do(EnterDay(dt.date(2026, 11, 24), "Hari Jadi Desa", "libur_daerah"))
    (moved,) = desk.ask(moved_dues, today)
    assert (moved.line.due, moved.counted) == (dt.date(2026, 12, 4), dt.date(2026, 12, 7))
    assert desk.do(MoveDue(request_id, today)).value == dt.date(2026, 12, 7)
    assert desk.ask(moved_dues, today) == ()
    with pytest.raises(DeskError, match="tidak lebih awal"):
        desk.do(MoveDue(request_id, today))


def test_an_earlier_date_never_moves_the_promise(desk: Desk, form: Build, today: dt.date) -> None:
    desk.do(Register(form(received=today)))
    desk.do(EnterDay(dt.date(2026, 12, 9), "Pilkades", "libur_daerah"))
    entered = desk.do(Register(form())).value
    desk.do(EnterDay(dt.date(2026, 11, 25), "", "hari_kerja"))
    assert desk.ask(moved_dues, today) == ()
    assert seen(desk, entered.id, today).line.due == entered.due


def test_the_desk_works_towards_the_earliest_reading_and_shows_the_latest(desk: Desk, form: Build) -> None:
    march = dt.date(2026, 3, 9)
    entered = desk.do(Register(form(received=march, registered=march))).value.id
    told = seen(desk, entered, march)
    assert (told.line.due, told.line.target, told.latest) == (
        dt.date(2026, 3, 30),
        dt.date(2026, 3, 23),
        dt.date(2026, 3, 30),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 400))
def test_an_extension_equals_seventeen_days_where_no_table_changed(desk: Desk, form: Build, ahead: int) -> None:
    received = dt.date(2025, 1, 1) + dt.timedelta(days=ahead)
    days = desk.ask(calendar)
    assert due(due(received, 10, days).date, 7, days).date == due(received, 17, days).date
