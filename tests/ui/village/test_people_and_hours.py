"""The first run: who holds the offices since when, and when the desk is open."""

import datetime as dt
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from desk.projects.commands import PutProject
from desk.projects.rules import ProjectForm
from desk.village.commands import AppointOfficial, SetContact, SetHours, SetPaper, SetVillage
from desk.village.queries import holders, profile, setup
from desk.village.rules import DayHours
from tests.ui.village.keys import HEAD, NARROW, choose, enter, focus, press, shown, typed
from ui.parts.style import dress
from ui.village.clock import parse_time
from ui.village.hours import USUAL
from ui.village.official import cannot_become_a_phone
from ui.village.wizard import ENDS, Wizard
from ui.work import Work


def test_the_number_is_read_back_while_it_is_typed(qtbot, wizard):
    wizard.skip.click()
    phone = wizard.pages[1].form.phone
    phone.edit.setFocus()
    typed(qtbot, "08123456")
    assert phone.fault() == ""
    typed(qtbot, "7890")
    assert "Tercetak: 0812-3456-7890" in [label.text() for label in phone.findChildren(QLabel) if label.isVisible()]
    press(qtbot, Qt.Key.Key_Tab)
    assert phone.edit.text() == "0812-3456-7890"


def test_a_number_that_can_never_be_one_is_said_at_once_and_a_short_one_on_leaving(qtbot, wizard, desk):
    wizard.skip.click()
    phone = wizard.pages[1].form.phone
    phone.edit.setFocus()
    typed(qtbot, "0353")
    assert "0812 3456 7890" in phone.fault()
    phone.edit.selectAll()
    typed(qtbot, "0812")
    assert phone.fault() == ""
    wizard.pages[1].form.name.setFocus()
    assert "0812 3456 7890" in phone.fault()
    typed(qtbot, "Siti")
    press(qtbot, Qt.Key.Key_Return, control=True)
    assert wizard.current() == 1
    assert focus() is phone.edit
    assert desk.ask(holders, "head") == ()


@pytest.mark.parametrize("text", ["", "0", "+6", "62", "08", "0812", "+62 812-345", "0812345678901"])
def test_a_number_still_being_typed_is_no_fault(text):
    assert not cannot_become_a_phone(text)


@pytest.mark.parametrize("text", ["1", "021", "0804", "0a", "+60", "08123456789012", "0812x"])
def test_what_no_digit_can_mend_is_a_fault(text):
    assert cannot_become_a_phone(text)


def test_run_again_it_shows_what_is_kept_and_keeps_it(qtbot, work, desk, today):
    week = (DayHours(0, dt.time(8), dt.time(15), dt.time(12), dt.time(13)), DayHours(5, dt.time(9), dt.time(11)))
    desk.do(SetVillage("51.06.04.2001", "Belantih", "Kintamani", "Bangli"))
    desk.do(HEAD)
    desk.do(AppointOfficial("ppid", "Sekdes", "Bambang", "0813 1111 2222", dt.date(2021, 1, 4), dt.date(2027, 1, 3)))
    desk.do(SetContact("Jl. Raya 1", "Kotak saran"))
    desk.do(SetHours(week))
    desk.do(SetPaper("A3"))
    before = desk.ask(profile, today)
    wizard = shown(qtbot, work, today)
    assert [page.touched for page in wizard.pages] == [False] * ENDS
    for page in range(ENDS):
        enter(qtbot, wizard, page)
        press(qtbot, Qt.Key.Key_Return, control=True)
    enter(qtbot, wizard, ENDS)
    assert desk.ask(profile, today) == before
    assert not work.can_undo
    assert wizard.closing.heading.text() == "Penyiapan selesai"


def at_the_head(qtbot: QtBot, work: Work, today: dt.date) -> Wizard:
    """The wizard on the page of the head that is known."""
    wizard = shown(qtbot, work, today)
    wizard.show_page(1)
    return wizard


def test_another_name_asks_whether_it_is_another_person(qtbot, work, desk, today):
    desk.do(HEAD)
    wizard = at_the_head(qtbot, work, today)
    form = wizard.pages[1].form
    assert not form.who_field.isVisible()
    typed(qtbot, "Bambang")
    assert form.who_field.isVisible()
    press(qtbot, Qt.Key.Key_Return, control=True)
    assert "Pilih salah satu" in form.who_field.fault()
    assert [h.name for h in desk.ask(holders, "head")] == ["Siti Aminah, S.Sos."]


def test_a_successor_ends_the_earlier_term_the_day_before(qtbot, work, desk, today):
    desk.do(HEAD)
    wizard = at_the_head(qtbot, work, today)
    form = wizard.pages[1].form
    typed(qtbot, "Bambang")
    form.successor.click()
    assert (form.phone.edit.text(), form.since.text()) == ("", "")
    form.since.setFocus()
    typed(qtbot, "1-1-2020")
    press(qtbot, Qt.Key.Key_Return, control=True)
    assert "sesudah 1 Februari 2020" in form.since_field.fault()
    form.since.selectAll()
    typed(qtbot, "1-11-2026")
    press(qtbot, Qt.Key.Key_Return, control=True)
    enter(qtbot, wizard, 2)
    terms = [(h.name, h.since, h.until) for h in desk.ask(holders, "head")]
    assert terms == [
        ("Bambang", dt.date(2026, 11, 1), None),
        ("Siti Aminah, S.Sos.", dt.date(2020, 2, 1), dt.date(2026, 10, 31)),
    ]


def test_a_slip_in_the_name_and_the_first_day_is_mended(qtbot, work, desk, today):
    desk.do(HEAD)
    wizard = at_the_head(qtbot, work, today)
    form = wizard.pages[1].form
    typed(qtbot, "Siti Amina, S.Sos.")
    form.slip.click()
    form.since.setFocus()
    typed(qtbot, "6-2-2019")
    press(qtbot, Qt.Key.Key_Return, control=True)
    enter(qtbot, wizard, 2)
    (head,) = desk.ask(holders, "head")
    assert (head.name, head.since, head.until) == ("Siti Amina, S.Sos.", dt.date(2019, 2, 6), None)


def test_enter_walks_through_every_field_of_a_page(qtbot, wizard):
    wizard.show_page(1)
    form = wizard.pages[1].form
    form.title.setFocus()
    for field in (form.name, form.since, form.phone.edit):
        press(qtbot, Qt.Key.Key_Return)
        assert focus() is field
    press(qtbot, Qt.Key.Key_Return)
    assert focus() is wizard.forward
    press(qtbot, Qt.Key.Key_Tab)
    assert focus() is wizard.skip
    press(qtbot, Qt.Key.Key_Tab)
    assert focus() is wizard.back


def test_a_desa_whose_head_is_called_lurah_keeps_the_title(qtbot, work, desk, today):
    desk.do(SetVillage("34.04.01.2001", "Balecatur", "Gamping", "Sleman"))
    desk.do(AppointOfficial("head", "Lurah", "Sukarjo", None, dt.date(2020, 2, 1)))
    wizard = at_the_head(qtbot, work, today)
    wizard.save_and_go_on()
    enter(qtbot, wizard, 2)
    assert [h.title for h in desk.ask(holders, "head")] == ["Lurah"]


def test_a_desa_that_turns_out_to_be_a_kelurahan_offers_the_same_rank_there(qtbot, work, desk, today):
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Pj. Kepala Desa", "Ratna", None, dt.date(2020, 2, 1)))
    wizard = shown(qtbot, work, today)
    wizard.pages[0].picker.change.click()
    choose(qtbot, wizard, "35.22.15.1001")
    qtbot.waitUntil(lambda: wizard.pages[1].form.title.currentText() == "Pj. Lurah")


def test_the_poster_itself_stands_at_the_end_once_there_is_something_to_print(qtbot, work, desk, today, now):
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(HEAD)
    desk.do(PutProject(ProjectForm(year=2026, name="Jalan rabat Krajan", cost=Decimal(150_000_000))))
    wizard = Wizard(work, lambda: today, lambda: now)
    qtbot.addWidget(wizard)
    wizard.resize(*NARROW)
    wizard.show()
    qtbot.waitUntil(lambda: wizard.filled)
    with qtbot.waitSignal(wizard.closing.preview.view.sharp):
        wizard.show_page(ENDS)
    assert wizard.closing.preview.isVisible()
    assert wizard.forward.text() == "Muat APBDes"


def test_who_comes_back_after_the_end_begins_again(qtbot, wizard):
    wizard.show_page(ENDS)
    wizard.hide()
    wizard.show()
    assert wizard.current() == 0


def test_hours_that_cannot_be_are_said_under_their_day(qtbot, wizard, desk):
    wizard.show_page(3)
    editor = wizard.pages[3].editor
    editor.usual.click()
    wednesday = editor.days[2]
    wednesday.closes.setFocus()
    wednesday.closes.selectAll()
    typed(qtbot, "7")
    press(qtbot, Qt.Key.Key_Return, control=True)
    assert wednesday.fault.text() == "Hari Rabu: jam tutup harus sesudah jam buka."
    assert focus() is wednesday.closes
    wednesday.closes.selectAll()
    typed(qtbot, "1530")
    press(qtbot, Qt.Key.Key_Up)
    press(qtbot, Qt.Key.Key_Return, control=True)
    enter(qtbot, wizard, 4)
    assert desk.ask(setup, dt.date(2026, 11, 22)).hours[2].closes == dt.time(16, 0)


def test_monday_is_copied_to_the_days_before_friday(qtbot, wizard):
    wizard.show_page(3)
    editor = wizard.pages[3].editor
    editor.days[0].open.click()
    editor.days[0].pause.click()
    editor.same.click()
    assert editor.value() == tuple(DayHours(day, dt.time(8), dt.time(15), dt.time(12), dt.time(13)) for day in range(4))
    editor.days[2].open.click()
    editor.days[3].pause.click()
    assert [day.weekday for day in editor.value()] == [0, 1, 3]
    assert editor.value()[2].break_from is None


@pytest.mark.parametrize(("text", "time"), [("8", "08:00"), ("8.30", "08:30"), ("0800", "08:00"), (" 15:45 ", "15:45")])
def test_hours_are_read_as_people_write_them(text, time):
    assert parse_time(text) == dt.time.fromisoformat(time)


@pytest.mark.parametrize("zoom", [100, 150])
def test_no_page_is_wider_than_the_window_and_the_buttons_stay_in_reach(qtbot, work, desk, today, qapp, zoom):
    dress(qapp, zoom)
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(HEAD)
    desk.do(SetHours(USUAL))
    wizard = shown(qtbot, work, today)
    for page in range(ENDS + 1):
        wizard.show_page(page)
        qapp.processEvents()
        scroll = wizard.stack.currentWidget()
        assert isinstance(scroll, QScrollArea)
        assert wizard.size().toTuple() == NARROW
        assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width()
        for button in (wizard.forward, wizard.skip, wizard.back, wizard.home):
            if button.isVisible():
                assert wizard.rect().contains(button.geometry())
                assert button.width() >= button.sizeHint().width()
    dress(qapp, 100)
