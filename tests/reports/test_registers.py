"""The registers tell what stood in them on a day, each row once, and names only to who said what for."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desk import log
from desk.desk import Desk
from desk.dip.commands import PublishItem, WithdrawItem
from desk.dip.rules import ItemForm
from desk.exchange.binding import bind
from desk.foi.commands import AnswerRequest, Complete, Extend
from desk.foi.endings import HandOver, MakeReady, Reopen, Void, Withdraw
from desk.foi.life import Decision
from desk.foi.queries import detail
from desk.foi.rules import RequestForm
from desk.objections.commands import TakeStep
from desk.paper.booking import book
from desk.reports.commands import MakeNamed
from desk.reports.queries import makings
from desk.reports.rules import of_year
from desk.seal import KeyLost
from desk.store import DeskError
from tests.paper.pdfcheck import text_of

OCT = dt.date(2026, 10, 5)
"""A Monday."""
WHY = "alasan yang jelas bagi siapa pun"


def after(days: int) -> dt.date:
    return OCT + dt.timedelta(days=days)


def rows(days: Any, kind: str = "requests", **how: Any) -> Any:
    """The rows of a register."""
    return days.book(kind, **how).rows


def items(days: Any, request: bytes) -> list[bytes]:
    found = days.desk.ask(detail, request, days.today)
    return [item.id for item in found.items]


def test_an_answer_given_after_the_day_is_not_in_the_register_of_that_day(days: Any) -> None:
    request = days.ask_for("RAB jalan", OCT, access="copy", copy_form="hard", delivery="collect")
    days.today = after(9)
    days.desk.do(AnswerRequest(request, after(3), "hard", Decimal(12_000)))
    days.desk.do(HandOver(request, after(4)))
    before, answered, handed = (rows(days, as_of=after(n))[0] for n in (2, 3, 4))
    assert (before.decision, before.notified, before.held, before.fee, before.hard) == (
        "Belum dijawab", None, None, None, False,
    )  # fmt: skip
    assert (answered.decision, answered.notified, answered.handed) == ("Diberikan", after(3), None)
    assert (answered.held, answered.hard, answered.copy, answered.fee) == (True, True, True, Decimal(12_000))
    assert handed.handed == after(4)


def test_a_request_that_had_not_come_yet_has_no_row(days: Any) -> None:
    days.ask_for("RAB jalan", OCT)
    days.ask_for("Peta desa", after(7))
    assert [row.sought for row in rows(days, as_of=after(6))] == ["RAB jalan"]


def test_an_extension_is_told_with_its_new_date_from_its_day_on(days: Any) -> None:
    request = days.ask_for("RAB jalan", OCT)
    days.today = after(3)
    due = days.desk.do(Extend(request, after(3), "not_held", WHY)).value
    assert rows(days, as_of=after(2))[0].decision == "Belum dijawab"
    assert rows(days)[0].decision == f"Belum dijawab, diperpanjang sampai {due:%d-%m-%Y}"


def test_several_things_of_one_request_stand_in_one_row_each_with_its_decision(days: Any) -> None:
    test = days.exempt(OCT)
    request = days.ask_for("RAB jalan", after(1), "Nomor rekening penerima BLT", "Gambar teknis jembatan")
    road, accounts, bridge = items(days, request)
    decided = (
        Decision(road),
        Decision(accounts, "refused", ("h3",), test, reason="memuat nomor rekening warga"),
        Decision(bridge, "not_held", elsewhere="Dinas PU Kabupaten", reason="dibuat oleh kabupaten"),
    )
    days.today = after(4)
    days.desk.do(AnswerRequest(request, after(4), "soft", decisions=decided))
    (row,) = rows(days)
    assert row.sought.splitlines() == ["1. RAB jalan", "2. Nomor rekening penerima BLT", "3. Gambar teknis jembatan"]
    assert row.decision.splitlines() == ["1. diberikan", "2. ditolak karena dikecualikan", "3. tidak dikuasai"]
    assert row.reason.splitlines() == [
        "2. Pasal 17 huruf h angka 3: memuat nomor rekening warga",
        "3. dibuat oleh kabupaten",
    ]
    assert (row.held, row.holder, row.soft) == (True, "3. Dinas PU Kabupaten", True)


def test_void_incomplete_and_withdrawn_requests_keep_their_line_and_say_so(days: Any) -> None:
    void = days.ask_for("salah catat", OCT)
    days.ask_for("RAB jalan", OCT, phone="", incomplete=True)
    back = days.ask_for("Peta desa", OCT)
    days.today = after(1)
    days.desk.do(Void(void, after(1), "dicatat dua kali atas nama Siti Contoh"))
    days.desk.do(Withdraw(back, after(1), "sudah tidak perlu lagi"))
    assert [row.number for row in rows(days)] == ["001/PI/A/2026", "002/PI/A/2026", "003/PI/A/2026"]
    assert [row.decision for row in rows(days)] == [
        "Batal catat 06-10-2026", "Belum lengkap, menunggu pemohon", "Dicabut pemohon 06-10-2026",
    ]  # fmt: skip
    made = days.desk.do(MakeNamed(days.wanted("requests"), "pemeriksaan")).value
    assert rows(days, made=made)[0].decision == "Batal catat 06-10-2026: dicatat dua kali atas nama Siti Contoh"


def test_a_request_that_was_completed_runs_like_any_other(days: Any) -> None:
    request = days.ask_for("RAB jalan", OCT, phone="", incomplete=True)
    form = RequestForm(OCT, OCT, "Siti Contoh", "RT 03", "RAB jalan", "ingin tahu", phone="0812000000")
    days.today = after(2)
    days.desk.do(Complete(request, after(2), form))
    assert rows(days)[0].decision == "Belum dijawab"


def test_a_request_worked_on_again_keeps_its_decision_and_says_why(days: Any) -> None:
    request = days.ask_for("RAB jalan", OCT)
    days.today = after(9)
    days.desk.do(AnswerRequest(request, after(1), "hard"))
    days.desk.do(Reopen(request, after(3), "objection", WHY))
    assert rows(days)[0].decision.splitlines() == ["Diberikan", "Dibuka kembali 08-10-2026 (keputusan keberatan)"]
    days.desk.do(AnswerRequest(request, after(5), "soft"))
    assert (rows(days)[0].decision, rows(days)[0].notified, rows(days)[0].soft) == ("Diberikan", after(5), True)


def test_what_is_paid_is_what_the_copy_cost_in_the_end(days: Any) -> None:
    request = days.ask_for("RAB jalan", OCT, access="copy", copy_form="hard", delivery="collect")
    days.today = after(3)
    days.desk.do(AnswerRequest(request, after(1), "hard", Decimal(12_000)))
    days.desk.do(MakeReady(request, after(2), Decimal(0)))
    assert (rows(days)[0].fee, rows(days)[0].payment) == (Decimal(0), "tanpa biaya")


def test_on_the_first_of_january_the_series_begins_anew_and_both_books_are_right(days: Any) -> None:
    old = days.ask_for("RAB jalan", dt.date(2026, 12, 30))
    days.ask_for("Peta desa", dt.date(2026, 12, 31))
    days.ask_for("APBDes 2027", dt.date(2027, 1, 4))
    days.today = dt.date(2027, 1, 6)
    days.desk.do(AnswerRequest(old, dt.date(2027, 1, 6), "hard"))
    old_year, new_year = rows(days, year=2026), rows(days, year=2027)
    assert [(row.number, row.decision) for row in old_year] == [
        ("001/PI/A/2026", "Diberikan"), ("002/PI/A/2026", "Belum dijawab"),
    ]  # fmt: skip
    assert [(row.number, row.decision) for row in new_year] == [("001/PI/A/2027", "Belum dijawab")]
    on_new_years_eve = rows(days, year=2026, as_of=dt.date(2026, 12, 31))
    assert [row.decision for row in on_new_years_eve] == ["Belum dijawab", "Belum dijawab"]


def test_the_copy_without_identities_holds_no_name_anywhere(days: Any) -> None:
    request = days.ask_for("RAB jalan", OCT)
    days.object_to(request, after(30), proxy_name="Tono Kuasa", proxy_address="RT 04")
    for kind in ("requests", "objections"):
        made = days.book(kind)
        assert not made.identities
        assert not [word for word in ("Siti", "Tono", "RT 0", "0812", "Petani") if word in repr(made.rows)]
        assert "SALINAN TANPA IDENTITAS" in text_of(bind(made, ".pdf", "A4").content)


def test_a_register_with_names_is_noted_with_its_purpose_before_it_is_filled(days: Any) -> None:
    days.ask_for("RAB jalan", OCT)
    wanted = days.wanted("requests")
    with pytest.raises(DeskError, match="misalnya"):
        days.desk.do(MakeNamed(wanted, " "))
    made = days.desk.do(MakeNamed(wanted, "pemeriksaan Inspektorat"), "Sari").value
    (row,) = rows(days, made=made)
    assert (row.name, row.address, row.contact, row.occupation) == ("Siti Contoh", "RT 03", "0812-0000-0000", "Petani")
    (noted,) = days.desk.ask(makings)
    assert (noted.wanted, noted.purpose, noted.who) == (wanted, "pemeriksaan Inspektorat", "Sari")
    assert noted.at == days.now()
    assert days.desk.ask(log.check) == []


def test_a_noted_making_fills_its_own_book_and_no_other(days: Any) -> None:
    days.ask_for("RAB jalan", OCT)
    made = days.desk.do(MakeNamed(days.wanted("requests"), "pemeriksaan")).value
    for kind, year, noted in (("objections", 2026, made), ("requests", 2025, made), ("requests", 2026, b"x" * 16)):
        with pytest.raises(DeskError, match="belum dicatat"):
            days.book(kind, year, made=noted)
    with pytest.raises(DeskError, match="tidak memuat nama"):
        days.book("dip", made=made)


def test_a_making_can_be_neither_changed_nor_undone(days: Any) -> None:
    done = days.desk.do(MakeNamed(days.wanted("requests"), "pemeriksaan"))
    with pytest.raises(DeskError, match="register resmi"):
        days.desk.undo(done.act)


def test_without_the_village_key_the_copy_without_names_is_made_and_nothing_else_is_noted(
    days: Any, tmp_path: Path
) -> None:
    days.ask_for("RAB jalan", OCT)
    wanted = days.wanted("requests")

    def lost(_check: bytes | None) -> Any:
        raise KeyLost("kunci tidak ada")

    desk = Desk(days.folder, days.now, lost)
    try:
        assert desk.ask(book, wanted, days.now()).rows[0].sought == "RAB jalan"
        with pytest.raises(KeyLost):
            desk.do(MakeNamed(wanted, "pemeriksaan"))
        assert desk.ask(makings) == ()
    finally:
        desk.close()


@pytest.mark.parametrize(
    ("period", "sought", "words"),
    [("year", ["satu", "dua"], "2026"), ("10", ["satu"], "Oktober 2026"), ("s2", ["satu", "dua"], "Juli-Desember 2026"),
     ("s1", [], "Januari-Juni 2026")],
)  # fmt: skip
def test_a_part_of_the_year_has_the_requests_registered_in_it(
    days: Any, period: str, sought: list[str], words: str
) -> None:
    days.ask_for("satu", dt.date(2026, 10, 30))
    days.ask_for("dua", dt.date(2026, 11, 2))
    wanted = of_year("requests", 2026, days.today, period)
    assert [row.sought for row in days.desk.ask(book, wanted, days.now()).rows] == sought
    assert wanted.days == words


def test_a_day_that_has_not_come_is_refused(days: Any) -> None:
    with pytest.raises(DeskError, match="sesudah hari ini"):
        rows(days, as_of=days.today + dt.timedelta(days=1))


def test_the_register_of_objections_tells_who_answered_and_what_followed(days: Any) -> None:
    request = days.ask_for("RAB jalan", OCT)
    objection = days.object_to(request, after(30), "c", "g", proxy_name="Tono Kuasa", proxy_address="RT 04")
    days.today = after(40)
    answer = TakeStep(objection, "answered", after(35), "PPID harus menjawab", "changed", "Budi, Kepala Desa", "setuju")
    days.desk.do(answer)
    days.desk.do(TakeStep(objection, "filed", after(38), "07/KI/2026"))
    made = days.desk.do(MakeNamed(days.wanted("objections"), "arsip desa")).value
    (row,) = rows(days, "objections", made=made)
    assert (row.number, row.request_number, row.grounds) == ("001/KB/A/2026", "001/PI/A/2026", "c, g")
    assert row.identity.splitlines() == ["Siti Contoh, RT 03, 0812-0000-0000", "Kuasa: Tono Kuasa, RT 04"]
    assert row.decision.splitlines() == ["Mengabulkan keberatan: PPID harus menjawab", "Sengketa di Komisi Informasi"]
    assert (row.answered, row.superior, row.response) == (after(35), "Budi, Kepala Desa", "setuju")
    before = rows(days, "objections", as_of=after(34))[0]
    assert (before.decision, before.answered) == ("Belum ditanggapi", None)


def test_the_public_list_of_a_past_day_has_what_was_withdrawn_since_and_not_what_came_later(days: Any) -> None:
    days.today = OCT
    old = days.desk.do(PublishItem(ItemForm("APB Desa 2026", "Kaur Keuangan", "periodic"), OCT)).value
    days.exempt(OCT)
    days.today = after(20)
    days.desk.do(WithdrawItem(old, after(20), "diganti dengan yang baru"))
    days.desk.do(PublishItem(ItemForm("APB Desa 2027", "Kaur Keuangan", "periodic"), after(20)))
    then = [(entry.category, entry.summary) for entry in days.book("dip", as_of=after(10)).entries]
    now = [(entry.category, entry.summary) for entry in days.book("dip").entries]
    assert then == [("periodic", "APB Desa 2026"), ("exempt", "Nomor rekening warga")]
    assert now == [("periodic", "APB Desa 2027"), ("exempt", "Nomor rekening warga")]


@pytest.mark.parametrize("kind", ["requests", "objections", "dip", "report"])
def test_every_book_is_a_pdf_and_a_spreadsheet_also_when_it_is_empty(days: Any, kind: str) -> None:
    made = days.book(kind)
    pdf, sheet = bind(made, ".pdf", "F4"), bind(made, ".xlsx", "F4")
    assert pdf.content.startswith(b"%PDF") and pdf.pages >= 1
    assert sheet.content.startswith(b"PK") and sheet.pages == 0
