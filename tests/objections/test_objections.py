"""An objection is entered, answered, settled or taken to the Komisi Informasi, and nobody is sent away."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.desk import Desk
from desk.foi.commands import AnswerRequest, Register
from desk.foi.endings import Void
from desk.foi.rules import RequestForm
from desk.objections import rules
from desk.objections.commands import RegisterObjection, TakeStep, UnmaskProxy
from desk.objections.queries import Detail, filing, is_filed, objection, objections, proxy
from desk.objections.rules import ObjectionForm
from desk.store import DeskError, new_id
from desk.village.queries import calendar
from desk.workdays import due

WHY = "alasan yang jelas bagi siapa pun"


@pytest.fixture
def request_id(desk: Desk, today: dt.date) -> bytes:
    """A request registered four weeks ago, and not answered."""
    came = today - dt.timedelta(days=28)
    form = RequestForm(
        came, today, "Siti Contoh", "RT 03", "RAB jalan", "ingin tahu", phone="0812", late_entry_reason="surat"
    )
    return desk.do(Register(form)).value.id


def form(today: dt.date, *grounds: str, **more: str) -> ObjectionForm:
    """A complete objection form."""
    return ObjectionForm(today, today, grounds or ("c",), "Sudah empat minggu tidak ada jawaban.", **more)


def seen(desk: Desk, id: bytes, today: dt.date) -> Detail:  # noqa: A002
    """The objection as its record shows it."""
    found = desk.ask(objection, id, today)
    assert found is not None
    return found


def test_an_objection_has_its_own_number_and_the_superior_thirty_working_days(
    desk: Desk, request_id: bytes, today: dt.date
) -> None:
    made = desk.do(RegisterObjection(request_id, form(today))).value
    assert made.label == "001/KB/A/2026"
    assert made.due == due(today, 30, desk.ask(calendar)).date
    told = seen(desk, made.id, today)
    assert (told.line.request_label, told.line.state, told.flags) == ("001/PI/A/2026", "registered", ())
    assert [day.counted for day in told.strip].count(True) == 30


def test_each_of_the_seven_grounds_is_accepted_and_none_is_not(desk: Desk, request_id: bytes, today: dt.date) -> None:
    for ground in "abcdefg":
        desk.do(RegisterObjection(request_id, form(today, ground)))
    with pytest.raises(DeskError, match="huruf a sampai g"):
        desk.do(RegisterObjection(request_id, ObjectionForm(today, today, (), "perkaranya begini")))
    assert len(desk.ask(objections, today)) == 7


def test_silence_before_the_term_is_over_is_recorded_and_flagged(desk: Desk, today: dt.date) -> None:
    fresh = RequestForm(today, today, "Siti Contoh", "RT 03", "RAB jalan", "ingin tahu", phone="0812")
    request = desk.do(Register(fresh)).value.id
    made = desk.do(RegisterObjection(request, form(today, "c"))).value
    assert seen(desk, made.id, today).flags == ("early",)


def test_after_an_answer_it_may_come_the_same_day(desk: Desk, request_id: bytes, today: dt.date) -> None:
    desk.do(AnswerRequest(request_id, today, "soft"))
    made = desk.do(RegisterObjection(request_id, form(today, "d"))).value
    assert seen(desk, made.id, today).flags == ()


def test_a_late_objection_is_recorded_and_flagged_and_only_after_the_latest_reading(
    desk: Desk, request_id: bytes, today: dt.date
) -> None:
    window = desk.ask(filing, request_id)
    assert window is not None
    closes = window.windows["c"].closes
    assert closes is not None
    assert window.windows["c"].flag(closes) == ""
    assert window.windows["c"].flag(closes + dt.timedelta(days=1)) == "late"
    assert window.windows["b"].flag(dt.date(2090, 1, 1)) == ""


def test_an_oral_objection_through_a_proxy_keeps_the_proxy_apart(desk: Desk, request_id: bytes, today: dt.date) -> None:
    with pytest.raises(DeskError, match="alamat kuasa"):
        desk.do(RegisterObjection(request_id, form(today, channel="oral", proxy_name="Budi Rahasia")))
    whole = form(today, channel="oral", proxy_name="Budi  Rahasia", proxy_address="Gang Rahasia 7")
    made = desk.do(RegisterObjection(request_id, whole)).value
    known = desk.ask(proxy, made.id)
    assert known is not None and (known.name, known.address) == ("Budi Rahasia", "Gang Rahasia 7")
    assert desk.do(UnmaskProxy(made.id)).value == known
    assert [row for (row,) in desk.ask(lambda c: c.exec_driver_sql("SELECT request FROM unmasking").all())]
    log = desk.ask(lambda conn: "".join(conn.exec_driver_sql("SELECT fields FROM change").scalars()))
    assert "Rahasia" not in log


def test_an_answer_says_why_and_by_whom_and_is_carried_out_and_closed(
    desk: Desk, request_id: bytes, today: dt.date
) -> None:
    made = desk.do(RegisterObjection(request_id, form(today))).value
    desk.do(TakeStep(made.id, "reviewing", today))
    with pytest.raises(DeskError, match="jabatan yang menanggapi"):
        desk.do(TakeStep(made.id, "answered", today, WHY, "changed"))
    with pytest.raises(DeskError, match="alasannya"):
        desk.do(TakeStep(made.id, "answered", today, "", "upheld", "Kades Contoh"))
    desk.do(TakeStep(made.id, "answered", today, WHY, "changed", "Kades Contoh, Kepala Desa", "menerima"))
    told = seen(desk, made.id, today)
    assert told.dispute_until == due(today, 14, desk.ask(calendar)).date
    assert told.story[-1].reply == "menerima" and told.line.days_left is None
    assert desk.do(TakeStep(made.id, "carried_out", today)).value == "carried_out"
    assert desk.do(TakeStep(made.id, "closed", today)).value == "done"
    assert seen(desk, made.id, today).acts == ()


def test_musyawarah_settles_grounds_b_to_g_and_never_a(desk: Desk, request_id: bytes, today: dt.date) -> None:
    refused = desk.do(RegisterObjection(request_id, form(today, "a"))).value
    with pytest.raises(DeskError, match="tidak berlaku"):
        desk.do(TakeStep(refused.id, "settled", today, WHY))
    silent = desk.do(RegisterObjection(request_id, form(today, "c", "g"))).value
    assert desk.do(TakeStep(silent.id, "settled", today, WHY)).value == "settled"


def test_a_dispute_goes_from_filing_to_its_ruling(desk: Desk, request_id: bytes, today: dt.date) -> None:
    made = desk.do(RegisterObjection(request_id, form(today))).value
    for kind in ("filed", "mediation", "adjudication"):
        assert desk.do(TakeStep(made.id, kind, today)).value == "disputed"
    assert desk.do(TakeStep(made.id, "ruling", today, WHY, "changed")).value == "ruled"
    assert seen(desk, made.id, today).acts == ("carried_out", "closed")


def test_a_silent_superior_opens_the_way_to_the_commission(desk: Desk, request_id: bytes, today: dt.date) -> None:
    made = desk.do(RegisterObjection(request_id, form(today))).value
    assert seen(desk, made.id, today).dispute_until is None
    after = made.due + dt.timedelta(days=1)
    assert seen(desk, made.id, after).dispute_until == due(made.due, 14, desk.ask(calendar)).date


def test_an_objection_needs_a_registered_request(desk: Desk, today: dt.date) -> None:
    fresh = RequestForm(today, today, "Siti Contoh", "RT 03", "RAB jalan", "ingin tahu", phone="0812")
    request = desk.do(Register(fresh)).value.id
    desk.do(Void(request, today, WHY))
    for wrong in (request, b"\0" * 16):
        with pytest.raises(DeskError, match="permohonan yang terdaftar"):
            desk.do(RegisterObjection(wrong, form(today)))


def test_objections_are_found_by_number_by_request_and_by_what_they_tell(
    desk: Desk, request_id: bytes, today: dt.date
) -> None:
    desk.do(RegisterObjection(request_id, form(today)))
    for typed in ("001/KB", "empat ming", "001/PI/A/2026"):
        assert [line.label for line in desk.ask(objections, today, typed)] == ["001/KB/A/2026"]
    assert desk.ask(objections, today, "tak ada") == ()
    assert len(desk.ask(objections, today, "", request_id)) == 1


@given(st.lists(st.sampled_from(sorted(rules.ACTS)), max_size=10))
def test_every_state_but_the_ended_ones_has_an_exit(kinds: list[str]) -> None:
    story = ["registered"]
    for kind in kinds:
        if kind in rules.acts(story, ("c",)):
            story.append(kind)
    state = rules.state_of(story)
    assert bool(rules.acts(story, ("c",))) == (state not in rules.ENDED_STATES)


def test_entered_twice_with_one_token_it_is_one_objection(desk: Desk, request_id: bytes, today: dt.date) -> None:
    token, brought = new_id(), form(today, proxy_name="Rudi Contoh", proxy_address="RT 04")
    first = desk.do(RegisterObjection(request_id, brought, token))
    again = desk.do(RegisterObjection(request_id, brought, token))
    assert again.value == first.value and first.value.id == token and again.act == b""
    assert len(desk.ask(objections, today)) == 1 and desk.ask(is_filed, token) and not desk.ask(is_filed, request_id)
