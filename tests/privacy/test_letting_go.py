"""An identity goes when its village says so and not a day before; nothing of it is left, and the register stays."""

import datetime as dt
import os

import pytest
from sqlalchemy import select

from desk import vault
from desk.attachments import Attach, Attachment, Detach, attached
from desk.drafts import Drafts
from desk.files import Files
from desk.foi.commands import CorrectApplicant, Unmask
from desk.foi.endings import Reopen
from desk.foi.queries import Seek, detail, page, person
from desk.foi.rules import RequestForm, about
from desk.foi.tables import Applicant
from desk.log import check
from desk.objections.commands import RegisterObjection, TakeStep
from desk.objections.queries import proxy
from desk.objections.rules import ObjectionForm
from desk.objections.tables import ObjectionProxy
from desk.privacy.commands import Anonymise, Cleaned, CloseBreach, PutBreach, SetRetention
from desk.privacy.erasing import forget_drafts, rewrite
from desk.privacy.queries import accesses, due_identities, is_gone, keeping, owners, term
from desk.privacy.rules import BreachForm, due_on, latest_end
from desk.privacy.tables import Anonymised
from desk.reports.commands import MakeNamed
from desk.reports.queries import Wanted
from desk.store import DeskError
from desk.vault import seal_of
from tests.privacy.conftest import ADDRESS, NAME, NIK, asks, ended

LONG_AGO = dt.date(2020, 3, 2)
BASIS = "Perdes Contoh tentang arsip"


def ciphertexts(desk):
    """Every sealed identity of the desk."""
    return desk.ask(lambda conn: conn.execute(select(Applicant.sealed)).scalars().all())


def stored(desk):
    """Every byte of the database and of what SQLite keeps beside it."""
    return b"".join(path.read_bytes() for path in sorted(desk.folder.glob("desa.db*")))


def test_nothing_is_due_until_the_village_sets_a_term(office, today):
    ended(office, LONG_AGO)
    assert office.ask(term).years is None
    assert office.ask(due_identities, today) == ()
    with pytest.raises(DeskError, match="belum ditetapkan"):
        office.do(Anonymise((b"x" * 16,)))
    with pytest.raises(DeskError, match="Tulis dasarnya"):
        office.do(SetRetention(5, " "))
    office.do(SetRetention(5, BASIS))
    assert [one.due for one in office.ask(due_identities, today)] == [dt.date(2025, 3, 2)]
    office.do(SetRetention(None, ""))
    assert office.ask(due_identities, today) == ()


def test_the_term_is_whole_years_also_over_the_29th_of_february():
    assert due_on(dt.date(2024, 2, 29), 1) == dt.date(2025, 3, 1)
    for day in (dt.date(2025, 2, 28), dt.date(2025, 3, 1), dt.date(2028, 2, 29)):
        for back in range(360, 1500):
            was = day - dt.timedelta(days=back)
            for years in (1, 2, 3):
                assert (was <= latest_end(day, years)) == (due_on(was, years) <= day), (was, day, years)


def test_not_a_day_before_the_term(office, today, hours):
    day = dt.date(2021, 11, 23)
    request = ended(office, day)
    office.do(SetRetention(5, BASIS))
    with pytest.raises(DeskError, match="belum habis"):
        office.do(Anonymise((request,)))
    hours.pass_(days=1)
    assert office.do(Anonymise((request,))).value == 1


def test_an_open_request_an_open_objection_and_an_open_breach_hold_an_identity_back(office, now, today, hours):
    office.do(SetRetention(1, BASIS))
    still_open, contested, leaked = asks(office, LONG_AGO), ended(office, LONG_AGO), ended(office, LONG_AGO)
    filed = ObjectionForm(today, today, ("d",), "Jawabannya bukan yang saya minta.", "oral", "Budi Kuasa", "RT 02")
    objection = office.do(RegisterObjection(contested, filed)).value.id
    label = office.ask(detail, leaked, today).line.label
    form = BreachForm(now, "nama", "kemarin", "buku hilang", "dicari", "Sri", numbers=label)
    breach = office.do(PutBreach(form)).value
    assert office.ask(due_identities, today) == ()
    for request in (still_open, contested, leaked):
        with pytest.raises(DeskError, match="masih terbuka"):
            office.do(Anonymise((request,)))
    office.do(CloseBreach(breach, "alamatnya sudah tidak ada lagi"))
    assert [one.id for one in office.ask(due_identities, today)] == [leaked]
    office.do(TakeStep(objection, "withdrawn", today, "sudah puas dengan jawaban"))
    assert contested not in {one.id for one in office.ask(due_identities, today)}
    hours.pass_(days=366)
    assert contested in {one.id for one in office.ask(due_identities, hours.at.date())}


def test_the_person_is_gone_and_the_register_stays(office, today, now):
    request, other = ended(office, LONG_AGO), ended(office, LONG_AGO, "Wati Lain")
    filed = ObjectionForm(LONG_AGO, LONG_AGO, ("d",), "Bukan yang saya minta.", "oral", "Budi Kuasa", "RT 02")
    objection = office.do(RegisterObjection(request, filed)).value.id
    office.do(TakeStep(objection, "withdrawn", LONG_AGO, "sudah puas dengan jawaban"))
    assert [line.id for line in office.ask(page, today, Seek(NAME)).rows] == [request]
    before = office.ask(detail, request, today)
    office.do(SetRetention(5, BASIS))
    done = office.do(Anonymise((request,)))
    after = office.ask(detail, request, today)
    assert (after.line.label, after.line.topic, after.line.state, after.line.received, after.story) == (
        before.line.label, before.line.topic, before.line.state, before.line.received, before.story)  # fmt: skip
    assert set(vars(office.ask(person, request)).values()) == {""}
    assert set(vars(office.ask(proxy, objection)).values()) == {""}
    assert office.do(Unmask(request)).value.name == ""
    assert office.ask(page, today, Seek(NAME)).rows == ()
    assert office.ask(is_gone, request) and not office.ask(is_gone, other)
    assert [one.id for one in office.ask(due_identities, today)] == [other]
    with pytest.raises(DeskError, match="tidak dapat diurungkan"):
        office.undo(done.act)
    assert office.ask(check) == []


def test_no_byte_of_the_old_ciphertext_is_left_in_the_file(office, today):
    requests = [ended(office, LONG_AGO, f"Warga {number}") for number in range(40)]
    sealed = ciphertexts(office)
    office.do(SetRetention(5, BASIS))
    assert all(one in stored(office) for one in sealed)
    office.do(Anonymise(tuple(requests)))
    assert office.ask(keeping, today).is_file_unclean
    assert any(one in stored(office) for one in sealed), "the log of SQLite still held them"
    rewrite(office.folder)
    assert not any(one in stored(office) for one in sealed)
    assert not any(one[12:] in stored(office) for one in sealed)
    office.do(Cleaned())
    kept = office.ask(keeping, today)
    assert (kept.gone, kept.due, kept.is_file_unclean) == (40, (), False)
    assert office.ask(check) == []


def test_a_file_somebody_still_reads_is_said_to_be_unclean(office, today):
    request = ended(office, LONG_AGO)
    office.do(SetRetention(5, BASIS))
    with office._reader.connect() as reading:
        reading.exec_driver_sql("BEGIN")
        reading.exec_driver_sql("SELECT count(*) FROM applicant").all()
        office.do(Anonymise((request,)))
        with pytest.raises(DeskError, match="program lain"):
            rewrite(office.folder)
        assert office.ask(keeping, today).is_file_unclean
        reading.exec_driver_sql("ROLLBACK")
    rewrite(office.folder)


def test_drafts_and_files_go_with_the_identity_and_those_of_others_stay(office, now, today):
    request, other = ended(office, LONG_AGO), ended(office, LONG_AGO, "Wati Lain")
    seal = office.ask(seal_of)
    drafts, files = Drafts(office.folder, seal), Files(office.folder, seal)
    for key in (f"{request.hex()}:{'0' * 32}", f":{other.hex()}"):
        drafts.save("foi.request", key, {"name": NAME}, now, name=NAME)
    mine, shared = (files.keep(b"%PDF-" + text, f"KTP {NAME}.pdf", is_sealed=True) for text in (b"satu", b"dua"))
    for kept, owner in ((mine, request), (shared, request), (shared, other)):
        office.do(Attach(files, kept, "request", owner, "identity", today))
    office.do(SetRetention(5, BASIS))
    office.do(Anonymise((request,)))
    assert forget_drafts(drafts, office.ask(owners, (request,))) == 1
    assert office.do(Cleaned(files)).value == 1
    assert [draft.key for draft in drafts.found().drafts] == [f":{other.hex()}"]
    assert not files.holds(mine.address) and files.holds(shared.address)
    assert office.ask(attached, "request", request) == []
    assert len(office.ask(attached, "request", other)) == 1
    assert len(os.listdir(office.folder / "drafts")) == 1


def test_whoever_is_entered_again_becomes_due_again(office, today):
    request = ended(office, LONG_AGO)
    office.do(SetRetention(5, BASIS))
    office.do(Anonymise((request,)))
    form = RequestForm(today, today, "Siti Kembali", ADDRESS, "x", "y", phone="0812-0000-0000")
    office.do(CorrectApplicant(request, form))
    assert [one.id for one in office.ask(due_identities, today)] == [request]
    office.do(Reopen(request, today, "ppid", "Pemohon datang lagi membawa bukti"))
    assert office.ask(due_identities, today) == ()


def test_everybody_who_wrote_opened_or_printed_an_identity_is_listed(office, today):
    request, other = ended(office, today), asks(office, today, "Wati Lain")
    office.do(Unmask(request), by="Sari")
    office.do(Unmask(other), by="Orang Lain")
    form = RequestForm(today, today, NAME, "Gang Baru 8", "x", "y", phone="0812-0000-0000", identity_number=NIK)
    office.do(CorrectApplicant(request, form), by="Dewi")
    year = Wanted("requests", dt.date(2026, 1, 1), dt.date(2026, 12, 31), today)
    office.do(MakeNamed(year, "diminta inspektorat kabupaten"), by="Budi")
    office.do(MakeNamed(Wanted("requests", dt.date(2025, 1, 1), dt.date(2025, 12, 31), today), "tahun lalu lagi"))
    found = [(row.what, row.who) for row in office.ask(accesses, request)]
    assert found == [
        ("Identitas dicatat dan disegel", "Dewi"),
        ("Identitas diperbaiki", "Dewi"),
        ("Identitas dibuka", "Sari"),
        ("Register dengan nama dibuat: diminta inspektorat kabupaten", "Budi"),
    ]


SECRETS = (NAME, "Rahasia", ADDRESS, NIK, "Budi Kuasa", "Jalan Kuasa 9", "0812-0000-0000")
"""What was seeded about the person and the one who spoke for them."""


def everything(desk):
    """All that is left in the folder, with the key in hand: every byte, and every sealed thing opened."""
    seal = desk.ask(seal_of)
    files, drafts = Files(desk.folder, seal), Drafts(desk.folder, seal)
    plain = [path.read_bytes() for path in sorted(desk.folder.rglob("*")) if path.is_file()]
    plain += [repr(draft).encode() for draft in drafts.found().drafts]

    def opened(conn):
        for request, sealed in conn.execute(select(Applicant.request, Applicant.sealed)):
            yield repr(vault.open_fields(conn, about(request), sealed)).encode()
        for objection, sealed in conn.execute(select(ObjectionProxy.objection, ObjectionProxy.sealed)):
            yield repr(vault.open_fields(conn, b"objection_proxy:" + objection, sealed)).encode()
        for row in conn.execute(select(Attachment)):
            if row.name:
                yield files.name_of(row.address, row.name, is_sealed=row.is_sealed).encode()
            if files.holds(row.address):
                yield files.read(row)
        for row in conn.execute(select(Anonymised.request, Anonymised.left)):
            yield repr(vault.open_fields(conn, about(row.request), row.left)).encode()

    return b"\n".join([*plain, *desk.ask(lambda conn: list(opened(conn)))])


def test_with_the_key_in_hand_no_seeded_name_is_found_in_what_is_left(office, now, today):
    request = ended(office, LONG_AGO)
    filed = ObjectionForm(
        LONG_AGO, LONG_AGO, ("d",), "Bukan yang saya minta.", "oral", "Budi Kuasa", "Jalan Kuasa 9", "0812-0000-0000"
    )
    objection = office.do(RegisterObjection(request, filed)).value.id
    office.do(TakeStep(objection, "withdrawn", LONG_AGO, "sudah puas dengan jawaban"))
    seal = office.ask(seal_of)
    drafts, files = Drafts(office.folder, seal), Files(office.folder, seal)
    drafts.save("objections.objection", f"{request.hex()}:{'0' * 32}", {"proxy_name": "Budi Kuasa"}, now, name=NAME)
    scans = (("request", request, "identity", b"KTP "), ("objection", objection, "power", b"kuasa "))
    for entity, owner, what, text in scans:
        kept = files.keep(b"%PDF-" + text + NAME.encode(), f"{what} {NAME}.pdf", is_sealed=True)
        office.do(Attach(files, kept, entity, owner, what, today))
    wrong = files.keep(b"%PDF-salah " + NAME.encode(), f"salah {NAME}.pdf", is_sealed=True)
    office.do(Detach(office.do(Attach(files, wrong, "request", request, "other", today)).value, "mistake", today))
    before = everything(office)
    assert [secret for secret in SECRETS if secret.encode() not in before] == []
    office.do(SetRetention(5, BASIS))
    office.do(Anonymise((request,)))
    forget_drafts(drafts, office.ask(owners, (request,)))
    rewrite(office.folder)
    assert office.do(Cleaned(files)).value == 3
    after = everything(office)
    assert [secret for secret in SECRETS if secret.encode() in after] == []
    assert office.ask(check) == []
