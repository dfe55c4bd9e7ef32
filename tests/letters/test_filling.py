"""Each step's paper is filled from the register in the words of its day, and fits the sheets a village has."""

import datetime as dt
import re
from decimal import Decimal

import pypdfium2
import pytest

from desk.desk import Desk
from desk.foi.commands import AnswerRequest, Assign, Complete, Extend, MoveDue
from desk.foi.endings import HandOver, MakeReady, Reopen, Void, Withdraw
from desk.foi.life import Decision
from desk.foi.queries import detail
from desk.foi.rules import RequestForm
from desk.letters.commands import Stamp
from desk.letters.queries import issued, offers, receipt_offer
from desk.letters.rules import PAPERS
from desk.objections.commands import RegisterObjection, TakeStep
from desk.objections.rules import ObjectionForm
from desk.paper.filling.press import BLANK, blank, draft, draw, fill, issuing
from desk.paper.letters.records import WrittenNotice
from desk.store import DeskError
from desk.village.commands import AppointOfficial, EnterDay
from desk.village.queries import calendar
from desk.workdays import readings
from tests.letters.conftest import WHY, asks, offered

A4, F4 = (595, 842), (609, 935)
NAMES = ("Siti Rahasia", "3522155506900001", "Gang Rahasia 7")


def told(pdf: bytes) -> str:
    """Every word of a PDF, in one line."""
    pages = pypdfium2.PdfDocument(pdf)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in pages))


def sheets(pdf: bytes) -> set[tuple[int, int]]:
    """The sizes of its pages, points."""
    return {(round(page.get_width()), round(page.get_height())) for page in pypdfium2.PdfDocument(pdf)}


def paper(desk: Desk, now: dt.datetime, owner: bytes, kind: str, size: str = "A4") -> str:
    """The words of the last paper of a kind, issued."""
    return told(desk.do(issuing(offered(desk, owner, kind), now, "Dewi", size)).value.pdf)


def decide(desk: Desk, request: bytes, today: dt.date, *decisions: dict[str, object]) -> None:
    """Answer a request, each thing asked for in its turn."""
    found = desk.ask(detail, request, today)
    made = tuple(Decision(item.id, **one) for item, one in zip(found.items, decisions, strict=True))
    desk.do(AnswerRequest(request, today, "hard", Decimal(12_000), "salinan 12 lembar", made))


def lived(desk: Desk, today: dt.date, exempt: bytes) -> list[bytes]:
    """Everything that has papers, taken through every step that has one."""
    half = asks(desk, today, address="", applicant_kind="body")
    whole = asks(desk, today, more=("Daftar penerima BLT", "Sertifikat jalan kabupaten", "Perdes tentang pasar"))
    taken_back, wrong = asks(desk, today), asks(desk, today)
    form = RequestForm(today, today, "CV Rahasia", "RT 01", "RAB jalan", "tahu", phone="0812", applicant_kind="body",
                       papers=("deed",))  # fmt: skip
    desk.do(Complete(half, today, form))
    desk.do(Assign(whole, today, "Kaur Keuangan"))
    desk.do(Extend(whole, today, "not_documented", WHY))
    desk.do(EnterDay(dt.date(2026, 11, 24), "Hari Jadi Desa", "libur_daerah"))
    desk.do(MoveDue(whole, today))
    refused = {"outcome": "refused", "grounds": ("h3",), "test": exempt}
    places = "halaman 2, kolom 5: nomor rekening\nhalaman 3: saldo"
    partly = {"outcome": "partly", "grounds": ("h3",), "test": exempt, "removed": places, "reason": WHY}
    not_held = {"outcome": "not_held", "elsewhere": "Dinas PU Kabupaten", "reason": "jalan itu aset kabupaten"}
    decide(desk, whole, today, partly, refused, not_held, {"outcome": "public", "reason": "papan pengumuman"})
    desk.do(MakeReady(whole, today, Decimal(12_000)))
    desk.do(HandOver(whole, today, "diambil sendiri"))
    desk.do(Withdraw(taken_back, today, "sudah melihat di papan"))
    desk.do(Void(wrong, today, "tercatat dua kali oleh petugas"))
    filed = ObjectionForm(today, today, ("d", "g"), "Jawabannya bukan yang saya minta.", "oral", "Budi Kuasa", "RT 02")
    answered, settled = (desk.do(RegisterObjection(whole, filed)).value.id for _ in range(2))
    desk.do(TakeStep(answered, "answered", today, WHY, "changed", "Budi Contoh, Kepala Desa"))
    desk.do(TakeStep(settled, "settled", today, "Salinan diberikan tanpa biaya\nJawaban diserahkan hari ini"))
    return [half, whole, taken_back, wrong, answered, settled, exempt]


def test_every_step_that_has_a_paper_prints_it_on_a4_and_f4(office: Desk, now, today, exempt):
    found = [offer for owner in lived(office, today, exempt) for offer in office.ask(offers, owner)]
    assert {offer.kind for offer in found} == set(PAPERS)
    for offer in found:
        assert sheets(office.ask(draft, offer, now, "Dewi", "A4")) == {A4}, offer.kind
        sheet = office.do(issuing(offer, now, "Dewi", "F4")).value
        assert sheets(sheet.pdf) == {F4}, offer.kind
        assert sheet.stamp.label in told(sheet.pdf), offer.kind


def test_no_name_of_a_requester_stands_in_the_log(office: Desk, now, today, exempt):
    for owner in lived(office, today, exempt):
        for offer in office.ask(offers, owner):
            office.do(issuing(offer, now, "Dewi", "A4"))
    log = office.ask(lambda conn: "".join(conn.exec_driver_sql("SELECT fields FROM change").scalars()))
    assert "001/PPID/XI/2026" in log
    assert [name for name in (*NAMES, "CV Rahasia", "Budi Kuasa") if name in log] == []


def test_an_extension_shows_the_old_date_and_the_new_one(office: Desk, now, today):
    request = asks(office, today)
    office.do(Extend(request, today, "not_documented", WHY))
    said = paper(office, now, request, "extension")
    assert "Jumat, 4 Desember 2026" in said and "Selasa, 15 Desember 2026" in said
    assert WHY in said and "Sari Contoh" in said and "001/PPID/XI/2026" in said


def test_an_extension_printed_after_the_date_moved_still_shows_what_it_promised(office: Desk, now, today):
    request = asks(office, today)
    office.do(Extend(request, today, "not_documented", WHY))
    office.do(EnterDay(dt.date(2026, 11, 24), "Hari Jadi Desa", "libur_daerah"))
    office.do(MoveDue(request, today))
    assert "Selasa, 15 Desember 2026" in paper(office, now, request, "extension")
    moved = paper(office, now, request, "changed_due")
    assert "Selasa, 15 Desember 2026" in moved and "Rabu, 16 Desember 2026" in moved and "17 hari kerja" in moved


def test_a_refusal_cites_its_ground_its_test_and_the_last_day_of_an_objection(office: Desk, now, today, exempt):
    request = asks(office, today)
    decide(office, request, today, {"outcome": "refused", "grounds": ("h3",), "test": exempt})
    said = paper(office, now, request, "refusal")
    assert "Pasal 17 huruf h angka 3 UU 14/2008" in said and "membuka rahasia pribadi" in said
    assert "tanggal 22 November 2026, ditetapkan dengan surat nomor 1/KI/2026" in said
    assert "001/KEP-PPID/XI/2026" in paper(office, now, request, "notice")
    thirty = readings(today, 30, office.ask(calendar))
    assert thirty[0] < thirty[1]
    event = offered(office, request, "notice").event
    notice = office.ask(fill, "notice", request, event, now, Stamp("", today))
    assert isinstance(notice, WrittenNotice) and notice.objection_until == thirty[1]


def test_papers_of_a_refusal_are_offered_only_where_something_is_refused(office: Desk, now, today, exempt):
    given, refused, partly = asks(office, today), asks(office, today), asks(office, today)
    office.do(AnswerRequest(given, today, "soft"))
    decide(office, refused, today, {"outcome": "refused", "grounds": ("h3",), "test": exempt})
    closed = {"outcome": "partly", "grounds": ("h3",), "test": exempt, "removed": "kolom 5: nama", "reason": WHY}
    decide(office, partly, today, closed)

    def kinds(request: bytes) -> list[str]:
        return [offer.kind for offer in office.ask(offers, request)][2:]

    assert kinds(given) == ["notice"]
    assert kinds(refused) == ["notice", "refusal", "consideration"]
    assert kinds(partly) == ["notice", "consideration", "blackened"]


def test_the_consideration_names_its_grounds_in_the_order_of_the_law_and_is_signed_by_two(
    office: Desk, now, today, exempt
):
    request = asks(office, today)
    (item,) = office.ask(detail, request, today).items
    refused = Decision(item.id, "refused", ("h3",), exempt)
    grounds = (("security", "tidak menyangkut"), ("economy", "rekening dapat disalahgunakan orang"))
    office.do(AnswerRequest(request, today, decisions=(refused,), considered=grounds))
    said = paper(office, now, request, "consideration")
    economy, security = said.index("Ekonomi : rekening dapat"), said.index("keamanan negara : tidak menyangkut")
    assert 0 < economy < security and "Menyetujui," in said and "Sosial" not in said
    assert "Kepala Desa" in said and "PPID" in said


def test_a_ground_the_law_does_not_name_or_without_words_is_refused(office: Desk, today, exempt):
    request = asks(office, today)
    (item,) = office.ask(detail, request, today).items
    refused = (Decision(item.id, "refused", ("h3",), exempt),)
    for considered, match in ((("weather", "hujan"), "daftar"), (("culture", " "), "hapus tandanya")):
        with pytest.raises(DeskError, match=match):
            office.do(AnswerRequest(request, today, decisions=refused, considered=(considered,)))


def test_what_was_blackened_is_listed_with_where_it_stands(office: Desk, now, today, exempt):
    request = asks(office, today)
    closed = {"outcome": "partly", "grounds": ("h3",), "test": exempt, "reason": WHY}
    for nowhere in ("nomor rekening", "halaman 2:", ": saldo", "halaman 2: nomor\nsaldo"):
        with pytest.raises(DeskError, match="titik dua"):
            decide(office, request, today, closed | {"removed": nowhere})
    decide(office, request, today, closed | {"removed": "halaman 2, baris 4: nomor rekening\nhalaman 3: saldo"})
    offer = offered(office, request, "blackened")
    made = office.ask(fill, "blackened", request, offer.event, now, Stamp("", today), "Dewi")
    assert [(part.place, part.what, part.reason) for part in made.parts] == [
        ("halaman 2, baris 4", "nomor rekening", WHY), ("halaman 3", "saldo", WHY)
    ]  # fmt: skip
    said = paper(office, now, request, "blackened")
    assert "halaman 2, nomor rekening" in said and "halaman 3 saldo" in said


def test_an_answer_given_anew_leaves_the_first_notice_as_it_was(office: Desk, now, today):
    request = asks(office, today)
    decide(office, request, today, {"outcome": "not_held", "reason": "jalan itu aset kabupaten"})
    first = office.ask(offers, request)[-1]
    office.do(Reopen(request, today, "ppid", "ditemukan di arsip lama"))
    office.do(AnswerRequest(request, today, "soft"))
    assert "aset kabupaten" in told(office.ask(draft, first, now, "Dewi", "A4"))
    assert "aset kabupaten" not in paper(office, now, request, "notice")


def test_offices_are_named_as_they_were_held_on_the_day_of_the_step(office: Desk, now, today):
    request = asks(office, today)
    office.do(Extend(request, today, "not_held", WHY))
    offer = offered(office, request, "extension")
    office.do(AppointOfficial("ppid", "PPID Desa", "Rina Baru", None, today + dt.timedelta(days=1)))
    later = now + dt.timedelta(days=30)
    said = told(office.ask(draft, offer, later, "Dewi", "A4"))
    assert "Sari Contoh" in said and "Rina Baru" not in said


def test_a_draft_has_no_number_and_a_second_print_says_copy(office: Desk, now, today):
    request = asks(office, today)
    office.do(Extend(request, today, "not_held", WHY))
    offer = offered(office, request, "extension")
    assert "/PPID/" not in told(office.ask(draft, offer, now, "Dewi", "A4"))
    assert office.ask(issued, request) == ()
    assert "SALINAN" not in paper(office, now, request, "extension")
    again = paper(office, now, request, "extension")
    assert "SALINAN" in again and "001/PPID/XI/2026" in again


def test_the_note_to_the_holder_and_the_void_slip_do_not_name_the_citizen(office: Desk, now, today):
    request = asks(office, today)
    office.do(Assign(request, today, "Kaur Keuangan"))
    office.do(Void(request, today, "tercatat dua kali oleh petugas"))
    for kind in ("holder_note", "void"):
        said = paper(office, now, request, kind)
        assert [name for name in NAMES if name in said] == []
    assert "Kaur Keuangan" in paper(office, now, request, "holder_note")


def test_what_is_paid_is_receipted_once(office: Desk, now, today):
    paid_ready, paid_later, free = asks(office, today), asks(office, today), asks(office, today)
    for request, fee in ((paid_ready, 4000), (paid_later, 5000), (free, 0)):
        office.do(AnswerRequest(request, today, "hard", Decimal(fee)))
    office.do(MakeReady(paid_ready, today, Decimal(4500)))
    for request in (paid_ready, paid_later, free):
        office.do(HandOver(request, today))
    counts = [
        sum(offer.kind == "payment" for offer in office.ask(offers, request))
        for request in (paid_ready, paid_later, free)
    ]
    assert counts == [1, 1, 0]
    assert "empat ribu lima ratus rupiah" in paper(office, now, paid_ready, "payment")


def test_the_receipt_keeps_the_date_it_promised(office: Desk, now, today):
    request = asks(office, today)
    office.do(Extend(request, today, "not_held", WHY))
    offer = office.ask(receipt_offer, request)
    made = office.ask(fill, "receipt", request, offer.event, now, Stamp("", today), "Dewi")
    assert made.due == dt.date(2026, 12, 4) and made.days[-1].date == made.due
    assert "Siti Rahasia" in told(draw(made, "A4"))


@pytest.mark.parametrize("kind", sorted(BLANK))
def test_forms_are_printed_empty_for_the_counter(office: Desk, now, kind: str):
    pdf = office.ask(blank, kind, now, "F4")
    assert sheets(pdf) == {F4} and "Kepala Desa Pejambon" in told(pdf)
