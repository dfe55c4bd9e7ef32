"""The settings say how the village counts, and the year table grows by hand."""

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.foi.queries import agenda
from desk.village.queries import calendar, working_days
from desk.workdays import due
from ui.settings.workdays import WorkingDaysSheet
from ui.work import Work


@pytest.fixture
def work(desk: Desk) -> Iterator[Work]:
    """The threads of a window over the test's desk."""
    made = Work()
    made.take(desk)
    yield made
    made._desk = None
    made.close()


@pytest.fixture
def sheet(work: Work, desk: Desk, qtbot: QtBot, today: dt.date) -> WorkingDaysSheet:
    """The sheet with what the desk knows."""
    shown = WorkingDaysSheet(work, lambda: today)
    qtbot.addWidget(shown)
    shown.put(desk.ask(working_days))
    shown.show()
    return shown


def test_a_six_day_week_that_counts_cuti_bersama_brings_the_due_date_forward(
    sheet: WorkingDaysSheet, desk: Desk, qtbot: QtBot
) -> None:
    march = dt.date(2026, 3, 9)
    assert due(march, 10, desk.ask(calendar)).date == dt.date(2026, 3, 30)
    sheet.week.six.setChecked(True)
    sheet.week.shared.setChecked(True)
    sheet.submit()
    qtbot.waitUntil(lambda: "Tersimpan" in sheet.note.text())
    assert due(march, 10, desk.ask(calendar)).date == dt.date(2026, 3, 23)


def test_a_day_off_is_entered_listed_and_taken_out_again(sheet: WorkingDaysSheet, desk: Desk, qtbot: QtBot) -> None:
    days = sheet.days
    days.day.setText("besok")
    days.enter()
    assert "22-11-2026" in days.note.text()
    days.day.put(dt.date(2026, 11, 24))
    days.name.setText("Hari Jadi Desa")
    days.kind.setCurrentIndex(days.kind.findData("libur_daerah"))
    days.enter()
    qtbot.waitUntil(lambda: len(desk.ask(working_days).days) == 1)
    days.put(desk.ask(working_days))
    assert not {d.date for d in due(dt.date(2026, 11, 23), 1, desk.ask(calendar)).days if d.counted} & {
        dt.date(2026, 11, 24)
    }
    gone = next(button for button in days.findChildren(QPushButton) if button.text() == "Hapus")
    gone.click()
    qtbot.waitUntil(lambda: desk.ask(working_days).days == ())


def test_a_year_is_whole_only_with_its_decree_and_then_its_dates_are_certain(
    sheet: WorkingDaysSheet, desk: Desk, qtbot: QtBot
) -> None:
    last = desk.ask(working_days).last_decreed
    december = dt.date(last, 12, 28)
    assert not due(december, 10, desk.ask(calendar)).certain
    sheet.days.finish_year()
    qtbot.waitUntil(lambda: "nomor keputusan" in sheet.days.note.text())
    sheet.days.decree.setText("SKB 3 Menteri 2/2027")
    sheet.days.finish_year()
    qtbot.waitUntil(lambda: desk.ask(working_days).last_decreed == last + 1)
    assert due(december, 10, desk.ask(calendar)).certain


def test_the_start_page_asks_in_time_for_the_table_of_the_next_year(desk: Desk) -> None:
    last = desk.ask(working_days).last_decreed
    assert desk.ask(agenda, dt.date(last, 10, 1)).missing_year is None
    assert desk.ask(agenda, dt.date(last, 11, 20)).missing_year == last + 1
