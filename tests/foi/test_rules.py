"""What a request form must say, and what the register makes of it."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.foi.life import Decision, answer_faults, state_of, step_faults
from desk.foi.rules import (
    RequestForm,
    identity_hint,
    label,
    masked,
    registration_faults,
)

Build = Callable[..., RequestForm]


def test_a_complete_form_may_be_filed(form: Build) -> None:
    assert registration_faults(form()) == {}


@pytest.mark.parametrize("field", ["name", "address", "sought", "purpose"])
def test_each_statutory_field_is_asked_for_beside_the_field(form: Build, field: str) -> None:
    assert set(registration_faults(form(**{field: "   "}))) == {field}


def test_a_phone_number_or_an_email_is_enough(form: Build) -> None:
    assert registration_faults(form(phone="", email="siti@contoh.id")) == {}
    assert set(registration_faults(form(phone="", email=""))) == {"phone"}
    assert set(registration_faults(form(email="siti@"))) == {"email"}


def test_a_copy_needs_its_form_and_its_way_of_delivery(form: Build) -> None:
    assert set(registration_faults(form(access="copy"))) == {"copy_form", "delivery"}
    assert registration_faults(form(access="copy", copy_form="hard", delivery="post")) == {}


def test_a_letter_that_came_yesterday_needs_the_reason_it_waited(form: Build, today: dt.date) -> None:
    yesterday = today - dt.timedelta(days=1)
    assert set(registration_faults(form(received=yesterday))) == {"late_entry_reason"}
    assert registration_faults(form(received=yesterday, late_entry_reason="surat tiba sore")) == {}


def test_a_request_from_tomorrow_is_refused(form: Build, today: dt.date) -> None:
    assert "komputer" in registration_faults(form(received=today + dt.timedelta(days=1)))["received"]


def test_a_receipt_of_another_decade_is_a_typing_mistake(form: Build, today: dt.date) -> None:
    assert "received" in registration_faults(form(received=today.replace(year=2016), late_entry_reason="x"))


def test_a_text_longer_than_the_paper_is_refused(form: Build) -> None:
    assert set(registration_faults(form(sought="a" * 4001))) == {"sought"}


def test_the_number_is_written_as_on_the_receipt() -> None:
    assert label(7, "A", 2026) == "007/PI/A/2026"
    assert label(1234, "B", 2027) == "1234/PI/B/2027"


def test_a_state_follows_from_its_events_only() -> None:
    assert state_of(["registered"]) == "registered"
    assert state_of(["registered", "answered"]) == "answered"
    for wrong in (["answered"], ["registered", "answered", "answered"], ["registered", "registered"]):
        with pytest.raises(ValueError, match="does not follow"):
            state_of(wrong)


def test_an_odd_nik_is_a_remark_and_a_good_one_is_silent() -> None:
    assert identity_hint("person", "3522155506900001") == ""
    assert identity_hint("person", "") == ""
    assert "16 angka" in identity_hint("person", "3522")
    for odd in ("3522159906900001", "3522151513900001", "3522154006900001"):
        assert "lahir" in identity_hint("person", odd)
    assert identity_hint("body", "AHU-1234") == ""


@given(st.text())
def test_a_masked_name_shows_no_more_than_first_letters(name: str) -> None:
    words = name.split()
    assert masked(name) == " ".join(w[0] + "•••" for w in words)


def test_an_act_is_neither_before_the_one_before_it_nor_after_today(today: dt.date) -> None:
    day = dt.timedelta(days=1)

    def faults(on: dt.date) -> set[str]:
        return set(step_faults("answered", day=on, since=today, today=today, promised=today))

    assert (faults(today), faults(today - day), faults(today + day)) == (set(), {"day"}, {"day"})


def test_an_answer_that_gives_something_says_in_which_form() -> None:
    given = [Decision(b"1")]
    assert answer_faults(form="soft", fee=Decimal(0), items=[b"1"], decisions=given) == {}
    assert set(answer_faults(form="", fee=Decimal(-1), items=[b"1"], decisions=given)) == {"form", "fee"}
    refused = [Decision(b"1", "refused")]
    assert answer_faults(form="", fee=Decimal(0), items=[b"1"], decisions=refused) == {}
