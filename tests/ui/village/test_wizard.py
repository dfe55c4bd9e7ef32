"""The first run: five pages, by keys alone, each skippable, nothing lost, the faults in words beside their fields."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from desk.village.commands import SetVillage
from desk.village.queries import profile, setup
from desk.village.rules import show_phone
from tests.ui.village.keys import HEAD, choose, enter, focus, press, shown, typed
from ui.village.hours import USUAL
from ui.village.wizard import ENDS


def test_a_village_is_set_up_by_keys_alone(qtbot, wizard, desk, today):
    typed(qtbot, "pejam")
    press(qtbot, Qt.Key.Key_Return)
    assert focus() is wizard.forward
    press(qtbot, Qt.Key.Key_Return)
    enter(qtbot, wizard, 1)
    typed(qtbot, "Siti Aminah, S.Sos.")
    press(qtbot, Qt.Key.Key_Return)
    typed(qtbot, "1-2-2020")
    press(qtbot, Qt.Key.Key_Return)
    typed(qtbot, "+62 812 3456 7890")
    press(qtbot, Qt.Key.Key_Return, control=True)
    enter(qtbot, wizard, 2)
    typed(qtbot, "Bambang Sutrisno")
    press(qtbot, Qt.Key.Key_Return, Qt.Key.Key_Return)
    typed(qtbot, "Jl. Raya Pejambon 1")
    press(qtbot, Qt.Key.Key_Return)
    typed(qtbot, "Kotak saran di balai desa")
    press(qtbot, Qt.Key.Key_Return, control=True)
    enter(qtbot, wizard, 3)
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Return, control=True)
    enter(qtbot, wizard, 4)
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Return, control=True)
    enter(qtbot, wizard, ENDS)
    village = desk.ask(profile, today)
    assert (village.place_name, village.district) == ("Desa Pejambon", "Sumberrejo")
    assert (village.head.title, village.head.name) == ("Kepala Desa", "Siti Aminah, S.Sos.")
    assert (show_phone(village.head.phone), village.head.since) == ("0812-3456-7890", dt.date(2020, 2, 1))
    assert (village.ppid.name, village.ppid.title, village.ppid.since) == ("Bambang Sutrisno", "PPID", today)
    assert (village.address, village.complaints) == ("Jl. Raya Pejambon 1", "Kotak saran di balai desa")
    assert (village.hours, village.paper) == (USUAL, "F4")


def test_at_the_end_stands_what_the_poster_carries_and_the_budget_is_next(qtbot, work, desk, today):
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(HEAD)
    wizard = shown(qtbot, work, today)
    wizard.show_page(ENDS)
    closing = wizard.closing
    assert (closing.place.text(), closing.phone.text()) == ("Desa Pejambon", "0812-3456-7890")
    assert closing.head.text() == "Kepala Desa: Siti Aminah, S.Sos."
    assert closing.phone.fontMetrics().height() > 1.8 * closing.where.fontMetrics().height()
    assert wizard.forward.text() == "Muat APBDes"
    with qtbot.waitSignal(wizard.go) as asked:
        press(qtbot, Qt.Key.Key_Return)
    assert asked.args == ["budget"]


def test_every_page_can_be_skipped_and_nothing_is_written(qtbot, wizard, desk, today):
    before = desk.ask(setup, today)
    for page in range(ENDS):
        enter(qtbot, wizard, page)
        assert wizard.skip.isVisible()
        wizard.skip.setFocus()
        press(qtbot, Qt.Key.Key_Return)
    assert wizard.current() == ENDS
    assert desk.ask(profile, today) is None
    assert desk.ask(setup, today) == before
    assert wizard.forward.text() == "Buka Beranda"
    links = wizard.closing.links
    assert [link.text() for link in links[:2]] == ["Pilih desanya", "Isi nama dan nomor HP Kepala Desa"]
    links[1].click()
    assert wizard.current() == 1


def test_what_was_typed_on_a_skipped_page_is_still_there(qtbot, wizard):
    wizard.skip.click()
    typed(qtbot, "Siti")
    wizard.skip.click()
    wizard.back.click()
    assert wizard.current() == 1
    assert wizard.pages[1].form.name.text() == "Siti"


def test_names_that_repeat_are_told_apart_by_district_and_code(qtbot, wizard, desk, today):
    typed(qtbot, "sumberagung")
    matches = wizard.pages[0].picker.matches
    lines = [matches.item(row).text() for row in range(matches.count())]
    assert len(lines) == len(set(lines)) == 3
    assert all("Kec. " in line and "35.22." in line for line in lines)
    press(qtbot, Qt.Key.Key_Return, control=True)
    assert wizard.pages[0].picker.search_field.fault() == "Ada 3 desa yang cocok. Pilih satu di daftar."
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Return, control=True)
    enter(qtbot, wizard, 1)
    assert desk.ask(profile, today).code in lines[2]


def test_a_village_is_found_by_its_code_with_or_without_dots(qtbot, wizard, desk, today):
    choose(qtbot, wizard, "3522122015")
    assert desk.ask(profile, today).name == "Pejambon"


def test_without_a_village_the_page_asks_for_it_or_to_skip(qtbot, wizard):
    press(qtbot, Qt.Key.Key_Return, control=True)
    assert wizard.current() == 0
    assert "Lewati" in wizard.pages[0].picker.search_field.fault()


def test_a_village_of_another_regency_is_typed_in(qtbot, wizard, desk, today):
    picker = wizard.pages[0].picker
    typed(qtbot, "5106042001")
    assert "Tidak ada" in picker.none.text()
    press(qtbot, Qt.Key.Key_Return)
    assert focus() is picker.name
    typed(qtbot, "Desa Belantih")
    press(qtbot, Qt.Key.Key_Return)
    typed(qtbot, "Kintamani")
    press(qtbot, Qt.Key.Key_Return, control=True)
    assert picker.fields["regency"].fault() == "Tuliskan nama kabupatennya."
    assert focus() is picker.regency
    typed(qtbot, "Kab. Bangli")
    assert picker.fields["regency"].fault() == ""
    press(qtbot, Qt.Key.Key_Return, control=True)
    enter(qtbot, wizard, 1)
    village = desk.ask(profile, today)
    assert (village.code, village.place_name) == ("51.06.04.2001", "Desa Belantih")
    assert (village.district, village.regency) == ("Kintamani", "Bangli")


@pytest.mark.parametrize("code", ["51.06.04", "51.06.04.0001", "abc"])
def test_a_code_that_is_none_is_said_beside_its_field(qtbot, wizard, code):
    picker = wizard.pages[0].picker
    picker.elsewhere.click()
    typed(qtbot, code)
    press(qtbot, Qt.Key.Key_Return, control=True)
    assert "10 angka" in picker.fields["code"].fault()
    assert focus() is picker.code


def test_a_kelurahan_has_a_lurah_and_is_not_offered_an_apbdes(qtbot, wizard, desk, today):
    choose(qtbot, wizard, "35.22.15.1001")
    qtbot.waitUntil(lambda: wizard.pages[1].heading.text() == "Siapa Lurahnya?")
    typed(qtbot, "Ratna")
    press(qtbot, Qt.Key.Key_Return, control=True)
    enter(qtbot, wizard, 2)
    village = desk.ask(profile, today)
    assert (village.kind, village.head.title) == ("kelurahan", "Lurah")
    wizard.show_page(ENDS)
    qtbot.waitUntil(lambda: wizard.forward.text() == "Catat permohonan pertama")
    assert wizard.closing.place.text().startswith("Kelurahan ")
    with qtbot.waitSignal(wizard.go) as asked:
        wizard.forward.click()
    assert asked.args == ["requests"]


def test_enter_in_an_empty_search_stays_and_says_what_to_type(qtbot, wizard):
    picker = wizard.pages[0].picker
    press(qtbot, Qt.Key.Key_Return)
    assert focus() is picker.search and wizard.current() == 0
    assert picker.search_field.fault() == "Ketik dulu nama atau kode desanya, misalnya Pejambon."
    typed(qtbot, "qqq")
    assert picker.search_field.fault() == ""
    press(qtbot, Qt.Key.Key_Return)
    assert focus() is picker.search and "Tidak ada" in picker.none.text()


def test_every_wrong_field_of_a_village_elsewhere_is_marked_at_once_and_the_first_has_the_keyboard(qtbot, wizard):
    picker = wizard.pages[0].picker
    picker.elsewhere.click()
    typed(qtbot, "51.06")
    press(qtbot, Qt.Key.Key_Return, control=True)
    assert [bool(field.fault()) for field in picker.fields.values()] == [True] * 4
    assert focus() is picker.code


def test_every_wrong_field_of_a_person_is_marked_at_once_and_the_first_has_the_keyboard(qtbot, wizard, desk, today):
    wizard.skip.click()
    form = wizard.pages[1].form
    form.since.setText("32-13-2020")
    form.phone.edit.setText("0812")
    press(qtbot, Qt.Key.Key_Return, control=True)
    faults = [field.fault() for field in (form.name_field, form.since_field, form.phone)]
    assert faults[0] == "Tuliskan namanya." and all(faults)
    assert focus() is form.name
    assert desk.ask(setup, today).head is None


def test_every_wrong_field_of_the_desk_is_marked_at_once(qtbot, wizard):
    wizard.show_page(2)
    page = wizard.pages[2]
    page.form.name.setText("Sari")
    page.form.since.setText("32-13-2020")
    for edit in (page.addresses.address, page.addresses.complaints):
        edit.setText("x" * 1000)
    press(qtbot, Qt.Key.Key_Return, control=True)
    assert page.form.since_field.fault() and all(field.fault() for field in page.addresses._fields)
    assert focus() is page.form.since


def test_every_wrong_day_is_marked_at_once(qtbot, wizard):
    wizard.show_page(3)
    days = wizard.pages[3].editor.days
    for day in (days[0], days[2]):
        day.open.click()
        day.opens.setText("siang")
        day.closes.setText("sore")
    press(qtbot, Qt.Key.Key_Return, control=True)
    assert [bool(day.fault.text()) for day in days] == [True, False, True, False, False, False, False]
    assert days[0].closes.property("wrong") and days[2].opens.property("wrong")
    assert focus() is days[0].opens
