"""An amount is typed as clerks write it, said back in words, and never guessed."""

from decimal import Decimal

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.parts.money import MoneyEdit


@pytest.fixture
def edit(qtbot: QtBot) -> MoneyEdit:
    edit = MoneyEdit()
    qtbot.addWidget(edit)
    edit.show()
    edit.line.setFocus()
    return edit


@pytest.mark.parametrize(
    ("typed", "amount", "shown"),
    [
        ("1.500.000", "1500000", "Rp\u00a01.500.000"),
        ("1500000", "1500000", "Rp\u00a01.500.000"),
        ("Rp 1.500.000,50", "1500000.50", "Rp\u00a01.500.000,50"),
        ("1.500", "1500", "Rp\u00a01.500"),
        ("0", "0", "Rp\u00a00"),
        ("-2,725,157", "-2725157", "(Rp\u00a02.725.157)"),
    ],
)
def test_what_clerks_type_is_read_and_shown_grouped_when_left(
    edit: MoneyEdit, typed: str, amount: str, shown: str
) -> None:
    QTest.keyClicks(edit.line, typed)
    edit.line.clearFocus()
    assert edit.value() == Decimal(amount)
    assert edit.line.text() == shown
    assert edit.fault() == ""


def test_the_amount_is_said_in_words_while_typing(edit: MoneyEdit) -> None:
    QTest.keyClicks(edit.line, "1.500.000")
    assert edit.spoken() == "satu juta lima ratus ribu rupiah"
    assert edit.line.accessibleDescription() == "satu juta lima ratus ribu rupiah"


@pytest.mark.parametrize(("typed", "word"), [("1.50", "dua cara"), ("1,500", "dua cara"), ("sejuta", "bukan jumlah")])
def test_what_can_be_read_two_ways_or_not_at_all_is_refused_in_words(edit: MoneyEdit, typed: str, word: str) -> None:
    QTest.keyClicks(edit.line, typed)
    edit.line.clearFocus()
    assert edit.value() is None
    assert word in edit.fault()
    assert edit.line.text() == typed
    assert edit.line.property("wrong") is True


def test_a_half_typed_amount_is_not_called_wrong_yet(edit: MoneyEdit) -> None:
    QTest.keyClicks(edit.line, "1.5")
    assert edit.line.property("wrong") is False
    QTest.keyClicks(edit.line, "00")
    edit.line.clearFocus()
    assert edit.value() == Decimal(1500)


def test_an_empty_field_is_no_amount_and_no_fault(edit: MoneyEdit) -> None:
    edit.put(Decimal(5))
    edit.put(None)
    assert edit.value() is None and edit.fault() == "" and edit.line.text() == ""
