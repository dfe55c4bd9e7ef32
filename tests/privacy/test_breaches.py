"""A breach has its 72 hours, and each person and the agency their written notice."""

import datetime as dt
import re
from dataclasses import replace

import pypdfium2
import pytest

from desk.desk import Desk
from desk.paper.breaches import notice
from desk.paper.letters.press import render
from desk.privacy.commands import CloseBreach, OpenRecipient, PutBreach, TellAgency, TellPerson
from desk.privacy.queries import BreachDetail, accesses, breach, breaches
from desk.privacy.rules import BreachForm, countdown, span, until
from desk.store import DeskError
from tests.privacy.conftest import ADDRESS, NAME, Hours, asks

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def form(now: dt.datetime) -> BreachForm:
    """A lost register, known since an hour."""
    return BreachForm(
        now - HOUR, "nama dan alamat\nnomor telepon", "antara 20 dan 21 November", "buku register hilang",
        "buku dicari\ndilaporkan ke camat", "Sri Contoh, 0812-0000-1111", others="Tono Rahasia; RT 05",
        advice="Waspadai telepon yang mengaku dari desa",
    )  # fmt: skip


def recorded(desk: Desk, form: BreachForm, *labels: str) -> BreachDetail:
    """The record of a breach, kept."""
    made = desk.do(PutBreach(replace(form, numbers="\n".join(labels)))).value
    known = desk.ask(breach, made)
    assert known is not None
    return known


def told(pdf: bytes) -> str:
    """Every word of a PDF, in one line."""
    pages = pypdfium2.PdfDocument(pdf)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in pages))


def test_the_clock_counts_hours_through_nights_and_holidays(now):
    friday = dt.datetime(2026, 11, 20, 16, 30, tzinfo=now.tzinfo)
    assert until(friday) == dt.datetime(2026, 11, 23, 16, 30, tzinfo=now.tzinfo)
    assert countdown(friday, [None], friday + 19 * HOUR).words == "tinggal 2 hari 5 jam"
    assert countdown(friday, [None], friday + 71 * HOUR).state == "soon"
    assert countdown(friday, [None], friday + 72 * HOUR).state == "soon"
    assert countdown(friday, [None], friday + 75 * HOUR).words == "terlambat 3 jam"
    assert countdown(friday, [friday + HOUR], friday + 99 * HOUR).state == "done"
    assert "terlambat 1 jam" in countdown(friday, [friday + 73 * HOUR], friday + 99 * HOUR).words
    assert [span(dt.timedelta(minutes=m)) for m in (0, 40, 61, 1500)] == ["1 menit", "40 menit", "1 jam 1 menit",
                                                                         "1 hari 1 jam"]  # fmt: skip


def test_people_come_from_register_numbers_and_from_names_written_down(office, form, today):
    asks(office, today)
    known = recorded(office, form, " 001/pi/a/2026 ")
    assert [(one.label, one.name) for one in known.people] == [("001/PI/A/2026", "S••• R•••"), ("", "T••• R•••")]
    assert [step.kind for step in known.story] == ["recorded"]
    assert office.ask(breaches) == (known,)


def test_a_number_nobody_has_and_an_empty_record_are_refused(office, form):
    with pytest.raises(DeskError, match="009/PI/A/2026 tidak ada"):
        recorded(office, replace(form, others=""), "009/PI/A/2026")
    with pytest.raises(DeskError, match="Tulis data apa"):
        recorded(office, replace(form, leaked=" "))
    with pytest.raises(DeskError, match="Tulis nomor permohonan"):
        recorded(office, replace(form, others=""))
    with pytest.raises(DeskError, match="belum terjadi"):
        recorded(office, replace(form, known=form.known + 9 * HOUR))


def test_each_notice_names_one_person_and_the_agency_reads_no_name(office, form, today, now):
    request = asks(office, today)
    known = recorded(office, form, "001/PI/A/2026")
    papers = []
    for one in known.people:
        to = office.do(OpenRecipient(known.id, one.id), by="Sari").value
        papers.append(told(render(office.ask(notice, known.id, to, now), "A4")))
    papers.append(told(render(office.ask(notice, known.id, None, now), "F4")))
    assert [NAME in paper for paper in papers] == [True, False, False]
    assert [ADDRESS in paper for paper in papers] == [True, False, False]
    assert ["Tono Rahasia" in paper for paper in papers] == [False, True, False]
    assert "Jumlah orang yang datanya terungkap: 2" in papers[2]
    assert "Lembaga Pelindungan Data Pribadi" in papers[2]
    for paper in papers:
        assert "Rabu, 25 November 2026 08.12 WIB" in paper
        assert "buku register hilang" in paper and "Sri Contoh" in paper
    assert ("Identitas dibuka", "Sari") in {(row.what, row.who) for row in office.ask(accesses, request)}


def test_who_was_told_is_written_once_and_the_record_closes_when_all_were(office, form, today, hours: Hours):
    asks(office, today)
    known = recorded(office, form, "001/PI/A/2026")
    hours.pass_(hours=5)
    with pytest.raises(DeskError, match="belum diberi tahu"):
        office.do(CloseBreach(known.id))
    for one in known.people:
        office.do(TellPerson(known.id, one.id))
    office.do(TellAgency(known.id))
    with pytest.raises(DeskError, match="sudah diberi tahu"):
        office.do(TellPerson(known.id, known.people[0].id))
    closed = office.do(CloseBreach(known.id))
    now_known = office.ask(breach, known.id)
    assert now_known.is_closed and now_known.countdown(hours.at).state == "done"
    assert [step.kind for step in now_known.story] == ["recorded", "person", "person", "agency", "closed"]
    with pytest.raises(DeskError, match="ditutup"):
        office.do(TellAgency(known.id))
    with pytest.raises(DeskError, match="tidak dapat diurungkan"):
        office.undo(closed.act)


def test_a_late_notice_says_why_before_it_is_told(office, form, hours: Hours):
    known = recorded(office, form)
    hours.pass_(hours=80)
    assert known.countdown(hours.at).words == "terlambat 9 jam"
    with pytest.raises(DeskError, match="sebab terlambat"):
        office.do(TellAgency(known.id))
    late = replace(form, others="", late_reason="Baru diketahui pada hari libur panjang")
    office.do(PutBreach(late, known.id))
    office.do(TellAgency(known.id))
    assert "hari libur panjang" in told(render(office.ask(notice, known.id, None, hours.at), "A4"))
    assert len(office.ask(breach, known.id).people) == 1


def test_a_moment_before_knowing_or_in_the_future_is_no_moment_of_telling(office, form, now):
    known = recorded(office, form)
    for at in (form.known - HOUR, now + HOUR):
        with pytest.raises(DeskError, match="Periksa waktunya"):
            office.do(TellAgency(known.id, at))


def test_names_in_a_breach_lie_sealed_and_out_of_the_log(office, form):
    recorded(office, form)
    office.ask(lambda conn: conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all())
    stored = b"".join(path.read_bytes() for path in office.folder.iterdir() if path.is_file())
    assert b"Tono" not in stored
    assert b"buku register hilang" in stored
