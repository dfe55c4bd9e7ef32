"""A village is set up once, in any order, and its papers name whoever holds office on their day."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from desk.store import DeskError
from desk.village.commands import AppointOfficial, CorrectOfficial, SetContact, SetHours, SetPaper, SetVillage
from desk.village.queries import holder, holders, hours, profile, setup
from desk.village.rules import DayHours
from tests.desks import open_desk

DAY = dt.timedelta(days=1)
HEAD = AppointOfficial("head", "Kepala Desa", "Siti Aminah, S.Sos.", "0812 3456 7890", dt.date(2020, 2, 1))


def test_a_code_of_bojonegoro_brings_its_names_with_it(desk, today):
    assert desk.do(SetVillage("3522122015")).value == "35.22.12.2015"
    village = desk.ask(profile, today)
    assert (village.name, village.district, village.regency) == ("Pejambon", "Sumberrejo", "Bojonegoro")
    assert (village.kind, village.place_name, village.head_title) == ("desa", "Desa Pejambon", "Kepala Desa")


def test_a_kelurahan_is_called_so_and_its_head_lurah(desk, today):
    desk.do(SetVillage("35.22.15.1001"))
    village = desk.ask(profile, today)
    assert village.place_name == f"Kelurahan {village.name}"
    assert (village.kind, village.head_title) == ("kelurahan", "Lurah")


def test_a_village_elsewhere_is_typed_in_and_kept_without_its_rank(desk, today):
    desk.do(SetVillage("51.06.04.2001", "Desa Contoh", "Kecamatan Contoh", "Kab. Contoh"))
    village = desk.ask(profile, today)
    assert (village.name, village.district, village.regency) == ("Contoh", "Contoh", "Contoh")


@pytest.mark.parametrize(
    ("district", "regency", "word"), [("", "", "desanya"), ("", "B", "kecamatan"), ("A", "", "kabu")]
)
def test_a_village_elsewhere_without_its_names_is_refused_and_nothing_kept(desk, today, district, regency, word):
    name = "Contoh" if district or regency else ""
    with pytest.raises(DeskError, match=word):
        desk.do(SetVillage("51.06.04.2001", name, district, regency))
    assert desk.ask(profile, today) is None


def test_the_village_can_be_corrected_and_stays_one(desk, today):
    desk.do(SetVillage("35.22.12.2015"))
    again = desk.do(SetVillage("35.22.12.2015", name="Pejambon Baru"))
    assert [(t.entity, t.kind) for t in again.changes] == [("village", "patch")]
    assert desk.ask(profile, today).name == "Pejambon Baru"
    assert desk.do(SetVillage("35.22.12.2015", name="Pejambon Baru")).changes == ()


def test_pages_filled_in_before_the_village_is_chosen_are_kept(desk, today):
    desk.do(SetContact("Jl. Raya 1", "Kotak saran di balai desa"))
    desk.do(SetPaper("F4"))
    desk.do(HEAD)
    assert desk.ask(profile, today) is None
    kept = desk.ask(setup, today)
    assert (kept.address, kept.complaints, kept.paper) == ("Jl. Raya 1", "Kotak saran di balai desa", "F4")
    desk.do(SetVillage("35.22.12.2015"))
    village = desk.ask(profile, today)
    assert (village.address, village.paper, village.head.name) == ("Jl. Raya 1", "F4", "Siti Aminah, S.Sos.")


def test_an_empty_desk_has_a4_paper_and_no_one_in_office(desk, today):
    kept = desk.ask(setup, today)
    assert (kept.address, kept.complaints, kept.hours, kept.paper, kept.head, kept.ppid) == (
        "",
        "",
        (),
        "A4",
        None,
        None,
    )


def test_an_appointment_ends_the_earlier_term_the_day_before(desk):
    desk.do(HEAD)
    successor = dt.date(2026, 11, 1)
    desk.do(AppointOfficial("head", "Pj. Kepala Desa", "Bambang", "0813 1111 2222", successor))
    assert desk.ask(holder, "head", successor - DAY).name == "Siti Aminah, S.Sos."
    assert desk.ask(holder, "head", successor - DAY).until == successor - DAY
    assert desk.ask(holder, "head", successor).title == "Pj. Kepala Desa"
    assert desk.ask(holder, "head", dt.date(2020, 1, 31)) is None


def test_a_term_with_a_last_day_still_ends_early_when_someone_follows(desk):
    desk.do(AppointOfficial("head", "Kepala Desa", "Siti", None, dt.date(2020, 2, 1), dt.date(2028, 1, 31)))
    desk.do(AppointOfficial("head", "Pj. Kepala Desa", "Bambang", None, dt.date(2026, 11, 1)))
    assert [h.until for h in desk.ask(holders, "head")] == [None, dt.date(2026, 10, 31)]


def test_undoing_an_appointment_gives_the_earlier_holder_the_term_back(desk, today):
    desk.do(HEAD)
    act = desk.do(AppointOfficial("head", "Pj. Kepala Desa", "Bambang", None, dt.date(2026, 11, 1))).act
    desk.undo(act, "Petugas")
    assert desk.ask(holder, "head", today).name == "Siti Aminah, S.Sos."
    assert desk.ask(holder, "head", today).until is None


def test_the_two_offices_do_not_disturb_each_other(desk, today):
    desk.do(HEAD)
    desk.do(AppointOfficial("ppid", "Sekretaris Desa", "Bambang", None, dt.date(2021, 1, 1)))
    assert desk.ask(holder, "head", today).name == "Siti Aminah, S.Sos."
    assert desk.ask(holder, "ppid", today).name == "Bambang"


def test_a_slip_in_a_name_is_corrected_without_a_new_appointment(desk, today):
    official = desk.do(AppointOfficial("head", "Kepala Desa", "Siti Aminh", None, dt.date(2020, 2, 1))).value
    desk.do(CorrectOfficial(official, "Kepala Desa", "Siti Aminah", "0812-3456-7890"))
    assert [(h.name, h.phone) for h in desk.ask(holders, "head")] == [("Siti Aminah", "+6281234567890")]


def test_the_same_office_from_the_same_day_corrects_the_entry(desk):
    first = desk.do(AppointOfficial("head", "Kepala Desa", "Siti Aminh", None, dt.date(2020, 2, 1))).value
    assert desk.do(HEAD).value == first
    assert [h.name for h in desk.ask(holders, "head")] == ["Siti Aminah, S.Sos."]


def test_the_holder_entered_again_on_a_later_day_is_the_same_holder(desk, today):
    first = desk.do(
        AppointOfficial("head", "Kepala Desa", "Siti", None, dt.date(2020, 2, 1), dt.date(2028, 1, 31))
    ).value
    assert desk.do(AppointOfficial("head", "Kepala Desa", " Siti ", "0812 3456 7890", today)).value == first
    (siti,) = desk.ask(holders, "head")
    assert (siti.phone, siti.since, siti.until) == ("+6281234567890", dt.date(2020, 2, 1), dt.date(2028, 1, 31))


def test_the_same_person_under_another_title_is_a_new_appointment(desk):
    desk.do(AppointOfficial("head", "Pj. Kepala Desa", "Siti", None, dt.date(2020, 2, 1)))
    desk.do(AppointOfficial("head", "Kepala Desa", "Siti", None, dt.date(2021, 2, 1)))
    assert [h.title for h in desk.ask(holders, "head")] == ["Kepala Desa", "Pj. Kepala Desa"]


def test_a_term_that_runs_into_a_later_one_is_refused_in_words(desk):
    desk.do(HEAD)
    with pytest.raises(DeskError, match=r"Siti Aminah, S\.Sos\. sudah menjabat sejak 1 Februari 2020"):
        desk.do(AppointOfficial("head", "Kepala Desa", "Ani", None, dt.date(2014, 2, 1)))
    desk.do(AppointOfficial("head", "Kepala Desa", "Ani", None, dt.date(2014, 2, 1), dt.date(2020, 1, 31)))
    assert [h.name for h in desk.ask(holders, "head")] == ["Siti Aminah, S.Sos.", "Ani"]


@pytest.mark.parametrize(
    ("title", "name", "phone", "word"),
    [(" ", "Siti", None, "jabatannya"), ("Kepala Desa", "", None, "nama pejabat"), ("Kades", "Siti", "123", "0812")],
)
def test_an_official_without_title_or_name_or_with_a_wrong_number_is_refused(desk, today, title, name, phone, word):
    with pytest.raises(DeskError, match=word):
        desk.do(AppointOfficial("head", title, name, phone, dt.date(2020, 2, 1)))
    assert desk.ask(holders, "head") == ()


def test_correcting_someone_who_is_gone_says_so(desk):
    with pytest.raises(DeskError, match="Muat ulang"):
        desk.do(CorrectOfficial(b"\x00" * 16, "Kepala Desa", "Siti", None))


@hypothesis_settings(max_examples=12)
@given(st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 30))), min_size=1, max_size=6))
def test_whatever_is_entered_no_two_people_hold_an_office_on_one_day(tmp_path_factory, entries):
    start = dt.date(2026, 1, 1)
    folder = tmp_path_factory.mktemp("desa")
    desk = open_desk(folder, lambda: dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    for since, length in entries:
        first = start + since * DAY
        last = None if length is None else first + length * DAY
        try:
            desk.do(AppointOfficial("head", "Kepala Desa", f"N{since}", None, first, last))
        except DeskError:
            continue
    terms = sorted(desk.ask(holders, "head"), key=lambda h: h.since)
    desk.close()
    assert terms
    for earlier, later in itertools.pairwise(terms):
        assert earlier.until is not None
        assert earlier.until < later.since


def test_hours_are_kept_by_day_and_a_day_left_out_is_closed(desk):
    week = tuple(DayHours(day, dt.time(8), dt.time(15), dt.time(12), dt.time(13)) for day in range(4))
    friday = DayHours(4, dt.time(8), dt.time(11, 30))
    desk.do(SetHours((*week, friday)))
    assert desk.ask(hours) == (*week, friday)
    desk.do(SetHours(week))
    assert desk.ask(hours) == week


def test_hours_that_cannot_be_change_nothing(desk):
    week = (DayHours(0, dt.time(8), dt.time(15)),)
    desk.do(SetHours(week))
    with pytest.raises(DeskError, match="Senin"):
        desk.do(SetHours((DayHours(0, dt.time(15), dt.time(8)),)))
    assert desk.ask(hours) == week


def test_a_printer_paper_without_a_layout_is_refused(desk, today):
    with pytest.raises(DeskError, match="A4"):
        desk.do(SetPaper("Letter"))
    assert desk.ask(setup, today).paper == "A4"


def test_the_file_itself_refuses_a_role_nobody_has(desk):
    with pytest.raises(DBAPIError):
        desk.do(AppointOfficial("camat", "Camat", "Budi", None, dt.date(2020, 2, 1)))
    assert desk.ask(holders, "camat") == ()
