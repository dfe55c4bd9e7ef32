"""What can be typed into the form of a request can be printed on its receipt, and the rest is named in its field."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import glyphs
from desk.desk import Desk
from desk.foi.commands import CorrectApplicant, Register
from desk.foi.queries import Seek, page
from desk.foi.rules import RequestForm, incomplete_faults, registration_faults
from desk.objections.commands import RegisterObjection
from desk.objections.rules import ObjectionForm
from desk.paper.receipt import render
from desk.paper.text import faces
from desk.store import DeskError
from desk.village.commands import SetContact
from tests.paper.samples import receipt

DAY = dt.date(2026, 11, 22)
FORM = RequestForm(DAY, DAY, "Siti Contoh", "RT 03", "RAB jalan", "ingin tahu", phone="0812")


def test_the_table_of_characters_is_that_of_the_fonts():
    plain, bold = faces().plain, faces().bold
    assert {ord(ch) for ch in glyphs.known()} == plain._glyphs & bold._glyphs


@pytest.mark.parametrize("field", ["name", "address", "occupation", "proxy", "sought", "purpose", "late_entry_reason"])
@pytest.mark.parametrize(
    ("typed", "told"),
    [("\U0001f600", "“\U0001f600” (gambar, U+1F600)"), ("\ua9b1", "aksara Jawa"), ("\u0627", "aksara Arab"),
     ("\ud83d", "huruf rusak di tempelan ini (U+D83D)")],
)  # fmt: skip
def test_a_character_no_paper_can_print_is_named_in_its_field(field: str, typed: str, told: str):
    spoilt = dataclasses.replace(FORM, **{field: f"Siti {typed}"})
    said = registration_faults(spoilt)[field]
    assert told in said and not any("\ud800" <= ch <= "\udfff" for ch in said)
    assert told in incomplete_faults(spoilt)[field]


def test_a_further_question_is_looked_at_too():
    assert "U+1F600" in registration_faults(dataclasses.replace(FORM, more=("a", "\U0001f600")))["further"]


@given(st.text(max_size=60))
def test_what_the_form_takes_the_receipt_prints(text: str):
    if not glyphs.fault(text):
        assert render(receipt(details=f"RAB {text}"), "A4").startswith(b"%PDF")


def test_accents_quotes_and_invisible_marks_are_no_fault():
    assert [glyphs.fault(text) for text in ("José “Ñ” –", "a\u0301", "a\u200db\u202e", "\tx\n", "RT\u201103")] == [
        ""
    ] * 5


def test_half_a_character_is_a_sentence_wherever_it_was_pasted(desk: Desk, today: dt.date):
    request = desk.do(Register(dataclasses.replace(FORM, received=today, registered=today))).value.id
    broken = dataclasses.replace(FORM, name="Siti \ud83d")
    objection = ObjectionForm(today, today, ("c",), "Belum dijawab \ud83d sampai kini.")
    for command in (
        Register(broken), CorrectApplicant(request, broken), RegisterObjection(request, objection),
        SetContact("Jalan \udc00", "Kantor"),
    ):  # fmt: skip
        with pytest.raises(DeskError, match="huruf rusak"):
            desk.do(command)
    with pytest.raises(DeskError, match="huruf rusak"):
        desk.ask(page, today, Seek(holder="\ud83d"))
