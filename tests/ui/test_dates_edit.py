"""A date is typed as clerks write it, and read back with its weekday."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desk.dates import long_date, short_date
from desk.store import DeskError
from ui.parts.dates import DateEdit, read_date, shown

SUNDAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "22-11-2026",
        "22/11/26",
        "22.11.2026",
        "22 11 2026",
        "22112026",
        "2026-11-22",
        "Min, 22 Nov 2026",
        "22 Nopember 2026",
    ],
)
def test_every_usual_way_to_write_a_date_is_read(text: str) -> None:
    assert read_date(text) == SUNDAY


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_what_the_field_shows_reads_back_as_the_same_day(day: dt.date) -> None:
    for write in (shown, short_date, long_date):
        assert read_date(write(day)) == day


@pytest.mark.parametrize("text", ["31-02-2026", "32-01-2026", "22-13-2026", "kemarin", "22", "0-0-0", "１-１-2026x"])
def test_what_is_no_date_is_refused_with_an_example_or_by_name(text: str) -> None:
    with pytest.raises(DeskError, match=r"22-11-2026|tidak ada di kalender"):
        read_date(text)


def test_the_field_says_the_weekday_once_it_is_left_and_steps_by_arrows(qtbot: QtBot) -> None:
    edit, other = DateEdit(), QLineEdit()
    for widget in (edit, other):
        qtbot.addWidget(widget)
        widget.show()
    other.setParent(None)
    edit.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    qtbot.keyClicks(edit, "22112026")
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.value() == dt.date(2026, 11, 23)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    edit.clearFocus()
    assert edit.text() == "Min, 22 Nov 2026"
    assert edit.value() == SUNDAY


def test_an_empty_field_is_no_date_and_a_wrong_one_says_so(qtbot: QtBot) -> None:
    edit = DateEdit()
    qtbot.addWidget(edit)
    assert edit.value() is None
    edit.setText("31-02-2026")
    assert edit.value_or_none() is None
    with pytest.raises(DeskError, match="tidak ada di kalender"):
        edit.value()
