"""A request is registered, found, answered, and leaves its story."""

import datetime as dt
import sqlite3
from collections.abc import Callable
from decimal import Decimal

import pytest

from desk.desk import Desk
from desk.foi.commands import AnswerRequest, Register, Unmask
from desk.foi.queries import Seek, agenda, detail, page, person
from desk.foi.rules import RequestForm
from desk.seal import SealBroken
from desk.store import DeskError, new_id

Build = Callable[..., RequestForm]


def test_numbers_run_without_a_gap_and_begin_anew_each_year(desk: Desk, form: Build) -> None:
    labels = [desk.do(Register(form())).value.label for _ in range(3)]
    january = dt.date(2027, 1, 4)
    labels.append(desk.do(Register(form(registered=january, received=january))).value.label)
    assert labels == ["001/PI/A/2026", "002/PI/A/2026", "003/PI/A/2026", "001/PI/A/2027"]


def test_a_refused_form_takes_no_number(desk: Desk, form: Build) -> None:
    with pytest.raises(DeskError, match="nama pemohon"):
        desk.do(Register(form(name="")))
    assert desk.do(Register(form())).value.label == "001/PI/A/2026"


def test_registered_twice_with_one_token_it_is_one_request(desk: Desk, form: Build, today: dt.date) -> None:
    token = new_id()
    first, again = desk.do(Register(form(), id=token)), desk.do(Register(form(), id=token))
    assert again.value == first.value and again.act == b""
    assert [row.id for row in desk.ask(page, today, Seek()).rows] == [token]


def test_the_due_date_is_ten_working_days_away_and_explains_itself(desk: Desk, form: Build, today: dt.date) -> None:
    done = desk.do(Register(form())).value
    seen = desk.ask(detail, done.id, today)
    assert seen is not None
    assert done.due == seen.line.due == dt.date(2026, 12, 4)
    assert [d.counted for d in seen.strip].count(True) == 10
    assert all(d.reason for d in seen.strip)
    assert seen.line.days_left == 10


def test_who_asked_is_masked_in_lists_and_asked_for_on_its_own(desk: Desk, form: Build, today: dt.date) -> None:
    done = desk.do(Register(form(name="  Siti   Contoh ", identity_number="3522 1555 0690 0001")))
    row = desk.ask(page, today, Seek()).rows[0]
    assert row.applicant == "S••• C•••"
    known = desk.ask(person, done.value.id)
    assert known is not None
    assert (known.name, known.identity_number) == ("Siti Contoh", "3522155506900001")


def test_an_answer_closes_the_request_and_stands_in_its_story(desk: Desk, form: Build, today: dt.date) -> None:
    done = desk.do(Register(form())).value
    desk.do(AnswerRequest(done.id, day=today, form="soft", fee=Decimal("2500.50"), note="dikirim"), by="Sari")
    seen = desk.ask(detail, done.id, today)
    assert seen is not None and not seen.answerable
    assert [step.kind for step in seen.story] == ["registered", "answered"]
    assert seen.story[1].fee == Decimal("2500.50") and seen.story[1].who == "Sari"
    assert seen.line.days_left is None


def test_a_request_is_answered_once(desk: Desk, form: Build, today: dt.date) -> None:
    done = desk.do(Register(form())).value
    answer = AnswerRequest(done.id, day=today, form="soft")
    desk.do(answer)
    with pytest.raises(DeskError, match="sudah dijawab; langkah itu"):
        desk.do(answer)


def test_an_answer_to_an_unknown_request_is_a_sentence(desk: Desk, today: dt.date) -> None:
    with pytest.raises(DeskError, match="tidak ada lagi"):
        desk.do(AnswerRequest(b"\0" * 16, day=today, form="soft"))


def test_the_list_is_searched_by_number_question_and_name(desk: Desk, form: Build, today: dt.date) -> None:
    desk.do(Register(form(sought="Data penerima BLT", name="Budi Contoh")))
    desk.do(Register(form(sought="RAB jalan Krajan")))

    def found(text: str) -> list[str]:
        return [row.label for row in desk.ask(page, today, Seek(text)).rows]

    assert found("penerima bl") == ["001/PI/A/2026"]
    assert found("002") == ["002/PI/A/2026"]
    assert found("budi") == ["001/PI/A/2026"]
    assert found("budi krajan") == []
    assert found('"*') == []
    assert found("") == ["002/PI/A/2026", "001/PI/A/2026"]


def test_the_search_table_never_holds_an_identity(desk: Desk, form: Build) -> None:
    desk.do(Register(form(name="Wahyuningsih Contoh", address="Gang Tersembunyi", phone="0812-9999-9999")))
    terms = desk.ask(
        lambda c: c.exec_driver_sql(
            "SELECT label || ' ' || sought FROM request_fts WHERE request_fts MATCH 'krajan'"
        ).all()
    )
    assert terms == [("001/PI/A/2026 RAB jalan Dusun Krajan",)]
    for word in ("wahyuningsih", "tersembunyi", "9999"):
        hits = desk.ask(
            lambda c, w=word: c.exec_driver_sql(f"SELECT 1 FROM request_fts WHERE request_fts MATCH '{w}'").all()
        )
        assert hits == []


def test_pages_follow_each_other_without_gap_or_repeat(desk: Desk, form: Build, today: dt.date) -> None:
    for _ in range(7):
        desk.do(Register(form()))
    labels, after = [], None
    while True:
        part = desk.ask(page, today, Seek(), after, 3)
        labels += [row.label for row in part.rows]
        after = part.following
        if after is None:
            break
    assert labels == [f"{n:03d}/PI/A/2026" for n in range(7, 0, -1)]


def test_the_start_page_counts_late_soon_and_this_week(desk: Desk, form: Build, today: dt.date) -> None:
    def received(day: dt.date) -> bytes:
        return desk.do(Register(form(received=day, late_entry_reason="surat"))).value.id

    late = received(dt.date(2026, 11, 2))
    soon = received(dt.date(2026, 11, 11))
    answered = received(dt.date(2026, 11, 2))
    later = received(today)
    desk.do(AnswerRequest(answered, day=today, form="hard"))
    seen = desk.ask(agenda, today)
    assert (seen.late, seen.soon, seen.open, seen.total) == (1, 1, 3, 4)
    assert [row.id for row in seen.rows] == [late, soon, later]
    assert seen.rows[0].late and seen.rows[0].days_left == -4


def test_the_week_ends_on_sunday(desk: Desk, form: Build) -> None:
    monday = dt.date(2026, 11, 23)
    desk.do(Register(form(registered=monday, received=dt.date(2026, 11, 13), late_entry_reason="surat")))
    assert desk.ask(agenda, monday).week == 1
    assert desk.ask(agenda, dt.date(2026, 11, 22)).week == 0


def test_every_look_at_who_asked_is_written_down(desk: Desk, form: Build) -> None:
    request = desk.do(Register(form())).value.id
    looked = desk.do(Unmask(request), by="Sari")
    assert looked.value.name == "Siti Contoh"
    rows = desk.ask(lambda conn: conn.exec_driver_sql("SELECT request, who FROM unmasking").all())
    assert rows == [(request, "Sari")]
    assert [touched.entity for touched in looked.changes] == ["unmasking"]


def test_a_sealed_identity_moved_to_another_request_does_not_open(desk: Desk, form: Build) -> None:
    first, second = (desk.do(Register(form(name=name))).value.id for name in ("Siti Contoh", "Budi Contoh"))
    with sqlite3.connect(desk.folder / "desa.db") as conn:
        conn.execute("INSERT INTO writing VALUES (0, 0)")
        (sealed,) = conn.execute("SELECT sealed FROM applicant WHERE request=?", (first,)).fetchone()
        conn.execute("UPDATE applicant SET sealed=? WHERE request=?", (sealed, second))
        conn.execute("DELETE FROM writing")
    with pytest.raises(SealBroken, match="diubah"):
        desk.ask(person, second)
