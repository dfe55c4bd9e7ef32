"""An exemption is tested, set by the PPID, approved by the head, and ends by itself."""

import datetime as dt
from dataclasses import replace

import pytest

from desk.catalogue import catalogue
from desk.dip.commands import (
    ApproveClassification,
    Classify,
    DropTest,
    OpenExemption,
    PublishItem,
    PutTest,
    RecordException,
)
from desk.dip.queries import (
    exempt_since,
    exemption,
    exemptions,
    exemptions_like,
    expiring,
    letter,
    public_list,
    standing,
)
from desk.dip.rules import ItemForm, declare_by, refusal_faults
from desk.store import DeskError
from desk.village.commands import SetVillage
from desk.workdays import calendar

MARCH = dt.date(2026, 3, 2)
ENDS = dt.date(2027, 2, 26)
LETTER = ("01/PPID/2026", "Pejambon", "Sari Contoh", "Sekretaris Desa", "Sekretariat Desa", "Rahasia pribadi")


@pytest.fixture
def test(desk, accounts, today) -> bytes:
    return desk.do(PutTest(accounts, today)).value


def state(desk, test, day):
    return desk.ask(exemption, test, day).state


def test_a_test_becomes_an_exemption_in_three_acts(desk, test, today):
    assert state(desk, test, today) == "tested"
    desk.do(Classify(test, MARCH, today, *LETTER))
    assert state(desk, test, today) == "classified"
    assert "disetujui" in refusal_faults(("h3",), desk.ask(standing, test), today)["test"]
    desk.do(ApproveClassification(test, dt.date(2026, 3, 9), today, "Budi Contoh"))
    assert [state(desk, test, dt.date(2026, 3, day)) for day in (8, 9)] == ["classified", "exempt"]
    assert refusal_faults(("h3",), desk.ask(standing, test), today) == {}


def test_the_letter_has_its_six_parts_and_the_approval(desk, exempt, accounts, today):
    desk.do(SetVillage("35.22.12.2015"))
    made = desk.ask(letter, exempt(accounts, dt.date(2026, 3, 9)), today)
    assert (made.kind, made.ppid, made.body, made.unit) == (
        accounts.kind, "Sari Contoh", "Desa Pejambon", "Sekretariat Desa"
    )  # fmt: skip
    assert (made.period, made.reason) == ("selama diperlukan", "Melindungi rahasia pribadi")
    assert (made.place, made.day, made.number) == ("Pejambon", MARCH, "01/PPID/2026")
    assert (made.head, made.approved) == ("Budi Contoh", dt.date(2026, 3, 9))
    assert made.grounds == "Pasal 17 huruf h angka 3 UU 14/2008"


def test_a_letter_that_lacks_a_part_is_not_set(desk, test, today):
    for place, what in ((0, "nomor"), (1, "tempat"), (2, "nama PPID"), (4, "unit"), (5, "alasan")):
        parts = [*LETTER]
        parts[place] = " "
        with pytest.raises(DeskError, match=what):
            desk.do(Classify(test, MARCH, today, *parts))
    assert desk.ask(letter, test, today) is None


def test_marks_that_cannot_be_seen_are_left_out_and_a_flood_of_words_is_refused(desk, accounts, today):
    made = desk.do(PutTest(replace(accounts, detail="Kolom\u202e rekening\x07\nhalaman 2"), today)).value
    assert desk.ask(exemption, made, today).detail == "Kolom rekening\nhalaman 2"
    for place in range(6):
        parts = [*LETTER]
        parts[place] = "x" * 10_000
        with pytest.raises(DeskError, match="aling banyak"):
            desk.do(Classify(made, MARCH, today, *parts))


def test_the_head_approves_only_what_was_set_and_only_once(desk, test, today):
    approval = ApproveClassification(test, today, today, "Budi Contoh")
    with pytest.raises(DeskError, match="Belum ada surat"):
        desk.do(approval)
    desk.do(Classify(test, MARCH, today, *LETTER))
    with pytest.raises(DeskError, match="mendahului"):
        desk.do(replace(approval, day=dt.date(2026, 3, 1)))
    with pytest.raises(DeskError, match="nama kepala desa"):
        desk.do(replace(approval, official=""))
    desk.do(approval)
    with pytest.raises(DeskError, match="sudah disetujui"):
        desk.do(approval)


def test_a_draft_can_be_mended_or_thrown_away_and_a_classification_cannot(desk, test, accounts, today):
    desk.do(PutTest(replace(accounts, kind="Rekening penerima BLT"), today, test))
    assert desk.ask(exemption, test, today).kind == "Rekening penerima BLT"
    other = desk.do(PutTest(accounts, today)).value
    desk.do(DropTest(other))
    assert [found.id for found in desk.ask(exemptions, today)] == [test]
    desk.do(Classify(test, MARCH, today, *LETTER))
    for act in (PutTest(accounts, today, test), DropTest(test)):
        with pytest.raises(DeskError, match="uji konsekuensi yang baru"):
            desk.do(act)


def test_a_step_of_an_exemption_is_not_turned_back(desk, test, today):
    done = desk.do(Classify(test, MARCH, today, *LETTER))
    with pytest.raises(DeskError, match="register resmi"):
        desk.undo(done.act)


def test_another_classification_takes_the_place_of_the_old_one_when_it_is_approved(desk, exempt, accounts, today):
    old = exempt(accounts)
    anew = desk.do(PutTest(replace(accounts, letters=("h",), tested=today, replaces=old), today)).value
    assert state(desk, old, today) == "exempt"
    desk.do(Classify(anew, today, today, *LETTER))
    desk.do(ApproveClassification(anew, today, today, "Budi Contoh"))
    assert (state(desk, old, today), state(desk, anew, today)) == ("replaced", "exempt")
    assert desk.ask(exempt_since, anew) == MARCH
    with pytest.raises(DeskError, match="sudah diganti"):
        desk.do(PutTest(replace(accounts, replaces=old), today))


def test_only_what_is_exempt_can_be_classified_anew(desk, test, exempt, accounts, today):
    with pytest.raises(DeskError, match="belum disetujui"):
        desk.do(PutTest(replace(accounts, replaces=test), today))
    ended = exempt(replace(accounts, ends=dt.date(2026, 11, 1)))
    with pytest.raises(DeskError, match="sudah terbuka"):
        desk.do(PutTest(replace(accounts, replaces=ended), today))


def test_it_reminds_thirty_working_days_before_the_end_and_then_is_public(desk, exempt, accounts):
    test = exempt(replace(accounts, ends=ENDS))
    by = declare_by(ENDS, calendar())
    day = dt.timedelta(days=1)
    assert desk.ask(expiring, by - day) == ()
    assert [row.id for row in desk.ask(expiring, by)] == [row.id for row in desk.ask(expiring, ENDS)] == [test]
    assert desk.ask(expiring, ENDS + day) == () and state(desk, test, ENDS + day) == "open"


def test_what_ended_stands_on_the_public_list_without_anyone_writing_it(desk, exempt, accounts):
    test = exempt(replace(accounts, ends=ENDS))
    after = ENDS + dt.timedelta(days=1)
    assert desk.ask(public_list, ENDS) == ()
    (row,) = desk.ask(public_list, after)
    assert (row.id, row.number, row.form.summary, row.form.exemption) == (b"", 1, accounts.kind, test)
    assert (row.form.category, row.published) == ("anytime", after)
    desk.do(PublishItem(ItemForm("Rekening penerima bantuan 2026", "Kasi", exemption=test), after))
    assert [row.form.summary for row in desk.ask(public_list, after)] == ["Rekening penerima bantuan 2026"]


def test_what_is_still_exempt_does_not_come_onto_the_list(desk, exempt, accounts, today):
    test = exempt(accounts)
    with pytest.raises(DeskError, match="masih dikecualikan"):
        desk.do(PublishItem(ItemForm("Rekening", "Kasi", exemption=test), today))


def test_it_can_be_opened_before_its_day(desk, exempt, accounts, today):
    test = exempt(accounts)
    with pytest.raises(DeskError, match="mengapa"):
        desk.do(OpenExemption(test, today, today, "x"))
    desk.do(OpenExemption(test, today, today, "declared"))
    assert state(desk, test, today) == "open"
    with pytest.raises(DeskError, match="tidak dikecualikan"):
        desk.do(OpenExemption(test, today, today, "declared"))


def test_an_exception_is_written_down_and_the_exemption_goes_on(desk, exempt, accounts, today):
    test = exempt(accounts)
    with pytest.raises(DeskError, match="buktinya"):
        desk.do(RecordException(test, today, today, "consent", ""))
    desk.do(RecordException(test, today, today, "consent", "surat persetujuan 3 November 2026 di map 4"))
    assert desk.ask(exemption, test, today).story[-1].ground == "consent"
    assert state(desk, test, today) == "exempt"


def test_only_letters_g_and_h_know_exceptions(desk, exempt, accounts, today):
    test = exempt(replace(accounts, letters=("c",)))
    with pytest.raises(DeskError, match="huruf g dan h"):
        desk.do(RecordException(test, today, today, "office", "jabatan kepala desa"))


def test_a_question_about_something_exempt_finds_its_test(desk, exempt, accounts, test, today):
    held = exempt(replace(accounts, kind="Nomor rekening penerima BLT"))
    found = desk.ask(exemptions_like, "minta nomor rekening warga", today)
    assert [row.id for row in found] == [held]
    assert desk.ask(exemptions_like, "jadwal posyandu", today) == ()


def test_the_district_learns_kind_ground_period_and_dates_and_nothing_else():
    entities = catalogue()["entities"]
    told = {"kind", "letters", "statute", "ends", "period_basis", "tested", "replaces", "removed"}
    assert set(entities["exemption"]) == told
    assert set(entities["exemption_event"]) == {"exemption", "kind", "day", "ground"}
    assert "file_note" not in entities["dip_item"]
