"""The old register is taken over: its numbers stay as printed, and new ones begin where the clerk says."""

import datetime as dt
import json
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Connection, text

from desk import log
from desk.desk import Desk
from desk.exchange.register import import_requests
from desk.foi import life
from desk.foi.commands import AnswerRequest, Register
from desk.foi.endings import CloseOld, Reopen
from desk.foi.queries import Line, Seek, agenda, count_old, detail, old_open, page, person
from desk.foi.rules import RequestForm
from desk.foi.takeover import StartNumbers, TakeoverReport
from desk.paper.booking import book
from desk.reports.queries import entries
from desk.reports.rules import Wanted
from desk.store import DeskError
from desk.village.commands import SetVillage
from ui.foi.words import state_words, step_words

HEADING = ["No. Pendaftaran", "Tanggal", "Nama", "NIK", "Informasi yang diminta", "Keputusan", "Alasan penolakan",
           "Tgl pemberitahuan", "Tgl penyerahan"]  # fmt: skip
GRANTED = ["001/PPID/2025", "3/3/2025", "Siti Rahasia", "3522155506900001", "RAB jalan", "dikabulkan", "", "10/3/2025",
           "11/3/2025"]  # fmt: skip
REFUSED = ["002/PPID/2025", "4/3/2025", "Budi Rahasia", "", "Riwayat sakit", "ditolak", "Pasal 17 huruf h", "10/3/2025"]
OPEN = ["003/PPID/2026", "16/11/2026", "", "", "Data BLT", "proses"]

Take = Callable[..., TakeoverReport]


@pytest.fixture
def take(desk: Desk, tmp_path: Path) -> Take:
    """Take over a register with these rows."""

    def run(*rows: Sequence[object], **how: object) -> TakeoverReport:
        book = openpyxl.Workbook()
        for row in (HEADING, *rows):
            book.worksheets[0].append(row)
        book.save(tmp_path / "register.xlsx")
        return import_requests(desk, tmp_path / "register.xlsx", **how)

    return run


def lines(desk: Desk, today: dt.date, **seek: str) -> tuple[Line, ...]:
    """The register as the list shows it."""
    return desk.ask(page, today, Seek(**seek)).rows


def count(conn: Connection) -> dict[str, int]:
    """How many rows each table of a request has, and how many acts there were."""
    tables = ("request", "applicant", "request_item", "request_event", "item_decision", "numbering", "act")
    return {table: conn.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in tables}


def test_old_numbers_stand_as_printed_with_their_decisions_and_days(desk, take, today):
    report = take(GRANTED, REFUSED, OPEN)
    assert (report.added, report.unchanged, report.problems) == (3, 0, ())
    newest, refused, granted = lines(desk, today)
    assert [line.label for line in (granted, refused, newest)] == ["001/PPID/2025", "002/PPID/2025", "003/PPID/2026"]
    assert (granted.state, refused.state, newest.state) == ("handed_over", "answered", "registered")
    story = desk.ask(detail, granted.id, today).story
    assert [(step.kind, step.day, step.basis) for step in story] == [
        ("registered", dt.date(2025, 3, 3), "old_register"),
        ("answered", dt.date(2025, 3, 10), "old_register"),
        ("handed_over", dt.date(2025, 3, 11), "old_register"),
    ]
    decided = desk.ask(detail, refused.id, today).items[0].decided
    assert (decided.outcome, decided.grounds, decided.reason) == ("refused", ("h",), "Pasal 17 huruf h")
    assert newest.days_left is not None and desk.ask(log.check) == []


def test_a_decision_without_its_date_says_so_and_no_date_is_made_up(desk, take, today):
    take(["1", "3/3/2025", "Siti", "", "RAB", "dikabulkan"])
    step = desk.ask(detail, lines(desk, today)[0].id, today).story[-1]
    assert (step.kind, step.basis) == ("answered", life.OLD_UNDATED)


@pytest.mark.parametrize(
    ("said", "state"), [("dicabut", "withdrawn"), ("batal", "void"), ("gugur", "lapsed"), ("sebagian", "answered")]
)
def test_every_ending_of_an_old_request_is_a_story_the_life_of_requests_knows(desk, take, today, said, state):
    take(["1", "3/3/2025", "Siti", "", "RAB", said, "", "10/3/2025"])
    line = lines(desk, today)[0]
    kinds = [step.kind for step in desk.ask(detail, line.id, today).story]
    assert (line.state, life.state_of(kinds)) == (state, state)


def test_who_asked_is_sealed_and_stands_nowhere_else(desk, take, tmp_path):
    told = take(GRANTED, REFUSED, ["Siti Rahasia", "x", "Siti Rahasia", "3522155506900001", "RAB"])
    assert told.added == 2 and len(told.problems) == 1
    known = desk.ask(person, lines(desk, dt.date(2026, 11, 22), text="001")[0].id)
    assert (known.name, known.identity_number) == ("Siti Rahasia", "3522155506900001")
    desk.close()
    everything = b"".join(file.read_bytes() for file in (tmp_path / "desa").rglob("*") if file.is_file())
    everything += json.dumps(told.as_json()).encode()
    assert b"Rahasia" not in everything and b"3522155506900001" not in everything


def test_nobody_need_be_named_in_an_old_register(desk, take, today):
    take(OPEN)
    assert desk.ask(person, lines(desk, today)[0].id).name == ""


def test_a_second_import_changes_nothing_and_a_grown_file_adds_what_is_new(desk, take):
    take(GRANTED, REFUSED)
    before = desk.ask(count)
    assert (take(GRANTED, REFUSED).added, desk.ask(count)) == (0, before)
    report = take(GRANTED, REFUSED, OPEN)
    assert (report.added, report.unchanged) == (1, 2)
    after = desk.ask(count)
    assert (after["request"], after["act"]) == (3, before["act"] + 1)


def test_a_changed_row_is_told_and_what_is_stored_stays(desk, take, today):
    take(GRANTED, OPEN)
    changed = [*GRANTED[:4], "RAB jembatan", *GRANTED[5:]]
    report = take(changed, [*OPEN[:5], "dikabulkan"])
    assert (report.added, report.unchanged) == (0, 2)
    assert [problem.row for problem in report.problems] == [2, 3]
    assert "tidak diubah" in report.problems[0].message and "Beri jawaban" in report.problems[1].message
    assert {line.sought for line in lines(desk, today)} == {"RAB jalan", "Data BLT"}


def test_a_dry_run_says_what_would_happen_and_changes_nothing(desk, take):
    before = desk.ask(count)
    assert take(GRANTED, OPEN, dry_run=True, starts=20).added == 2
    assert desk.ask(count) == before


def test_a_number_twice_in_one_year_is_kept_out_and_its_twin_named(desk, take, today):
    report = take(GRANTED, [GRANTED[0], *REFUSED[1:]])
    assert report.added == 1 and report.problems[0].blocks
    assert report.problems[0].message.startswith("Baris 3: nomornya sama dengan baris 2.")
    again = take(["001/PPID/2025", "5/1/2024", "", "", "tahun lain"])
    assert again.added == 1


@pytest.mark.parametrize(
    ("days", "word"),
    [
        (("3/3/2027", "", ""), "sesudah hari ini"), (("3/3/1925", "", ""), "sebelum tahun 2008"),
        (("3/3/2025", "2/3/2025", ""), "mendahului"),
    ],
)  # fmt: skip
def test_days_that_cannot_be_are_told_by_row(take, days, word):
    report = take(["1", days[0], "Siti", "", "RAB", "dikabulkan", "", *days[1:]])
    assert report.added == 0 and word in report.problems[0].message and report.problems[0].row == 2


def test_the_new_series_begins_at_the_number_the_clerk_gives(desk, take, form):
    take(OPEN, starts=46)
    assert desk.do(Register(form())).value.label == "046/PI/A/2026"
    assert desk.do(Register(form())).value.label == "047/PI/A/2026"


def test_once_the_first_number_of_the_year_is_out_its_beginning_stays(desk, take, form):
    desk.do(Register(form()))
    before = desk.ask(count)
    with pytest.raises(DeskError, match="001/PI/A/2026"):
        take(OPEN, starts=46)
    assert desk.ask(count) == before
    desk.do(StartNumbers(2027, 10))
    with pytest.raises(DeskError, match="antara 1 dan"):
        desk.do(StartNumbers(2027, 0))


def test_the_new_series_never_begins_below_an_old_number(desk, take, form):
    with pytest.raises(DeskError, match="sampai nomor 3"):
        take(OPEN, starts=2)
    report = take(OPEN)
    assert report.following == 4
    assert desk.do(Register(form())).value.label == "004/PI/A/2026"


def test_a_number_this_desk_has_printed_is_known_again_and_never_taken_twice(desk, take, form, today):
    mine = desk.do(Register(form())).value
    same = take([mine.label, today.strftime("%d/%m/%Y"), "Siti Contoh", "", "RAB"])
    assert (same.added, same.unchanged) == (0, 1)
    other = take([mine.label, "1/2/2026", "Orang lain", "", "BLT"], ["002/PI/A/2026", "2/2/2026", "", "", "RAB"])
    assert other.added == 1 and "sudah dipakai" in other.problems[0].message
    assert desk.do(Register(form())).value.label == "003/PI/A/2026"


def test_an_old_request_left_open_is_answered_like_any_other(desk, take, today):
    take(OPEN)
    line = lines(desk, today)[0]
    desk.do(AnswerRequest(line.id, today, form="soft"))
    assert lines(desk, today)[0].state == "answered"


def test_taking_over_cannot_be_undone(desk, take):
    take(GRANTED)
    act = desk.ask(lambda conn: conn.execute(text("SELECT id FROM act ORDER BY seq DESC LIMIT 1")).scalar_one())
    with pytest.raises(DeskError, match="register resmi"):
        desk.undo(act)


def test_a_register_of_five_thousand_rows_is_taken_over_in_seconds(desk, take, today):
    first = dt.date(2019, 1, 1)
    days = [first + dt.timedelta(days=number // 3) for number in range(5000)]
    rows = [[f"{n:04d}/PPID/{d.year}", d, f"Warga {n}", "", f"RAB {n}", "dikabulkan"] for n, d in enumerate(days, 1)]
    began = time.process_time()
    assert take(*rows).added == 5000
    assert time.process_time() - began < 20
    assert len(lines(desk, today)) == 50


def test_the_book_and_the_report_of_an_old_year_are_right(desk, take, today, now):
    desk.do(SetVillage("35.22.12.2015"))
    undated = ["003/PPID/2025", "5/3/2025", "", "", "Daftar aset", "dikabulkan"]
    ended = ["004/PPID/2025", "6/3/2025", "", "", "Peta desa", "dicabut"]
    take(GRANTED, REFUSED, undated, ended)
    year = (dt.date(2025, 1, 1), dt.date(2025, 12, 31), today)
    rows = desk.ask(book, Wanted("requests", *year), now).rows
    assert [(row.number, row.decision, row.notified) for row in rows] == [
        ("001/PPID/2025", "Diberikan", dt.date(2025, 3, 10)),
        ("002/PPID/2025", "Ditolak karena dikecualikan", dt.date(2025, 3, 10)),
        ("003/PPID/2025", "Diberikan", None),
        ("004/PPID/2025", "Dicabut pemohon", None),
    ]
    assert rows[0].handed == dt.date(2025, 3, 11) and "Pasal 17 huruf h" in rows[1].reason
    report = desk.ask(book, Wanted("report", *year), now)
    assert [report.total(figure) for figure in ("received", "granted", "refused", "other", "open")] == [4, 2, 1, 1, 0]
    assert report.mean_days == Decimal("4.5")


def test_in_the_year_of_the_change_the_old_numbers_stand_before_the_new_ones(desk, take, form, today, now):
    desk.do(SetVillage("35.22.12.2015"))
    take(OPEN)
    desk.do(Register(form()))
    year = (dt.date(2026, 1, 1), dt.date(2026, 12, 31), today)
    rows = desk.ask(book, Wanted("requests", *year), now).rows
    assert [row.number for row in rows] == ["003/PPID/2026", "004/PI/A/2026"]
    assert [line.label for line in lines(desk, today)] == ["004/PI/A/2026", "003/PPID/2026"]


LEFT = ["004/PPID/2025", "5/3/2025", "Tono Rahasia", "", "Perdes pasar"]
"""A row the old register says nothing more of."""
WHY = "tidak ada arsip keputusannya"


def test_what_the_old_register_left_open_is_a_group_of_its_own_and_never_late(desk, take, today):
    take(LEFT, OPEN)
    seen = desk.ask(agenda, today)
    assert (seen.late, seen.open, [line.label for line in seen.rows]) == (0, 2, ["003/PPID/2026"])
    assert [line.label for line in desk.ask(old_open, today)] == ["004/PPID/2025"] and desk.ask(count_old, today) == 1
    assert lines(desk, today, which="late") == ()
    (old,) = (line for line in lines(desk, today, which="open") if line.label == "004/PPID/2025")
    assert old.old and not old.late and state_words(old) == ("quiet", "dari register lama")


def test_a_row_taken_over_in_its_term_is_due_like_any_other_until_the_term_is_over(desk, take, today):
    take(OPEN)
    (line,) = lines(desk, today)
    assert not line.old and line.days_left is not None and line.days_left > 0
    with pytest.raises(DeskError, match="Muat ulang"):
        desk.do(CloseOld((line.id,), today, WHY))


def test_many_old_rows_are_closed_in_one_act_with_a_reason_and_no_answer_is_invented(desk, take, today):
    take(LEFT, ["005/PPID/2025", "6/3/2025", "Adi", "", "Perkades"])
    wanted = tuple(line.id for line in desk.ask(old_open, today))
    before = desk.ask(count)
    assert desk.do(CloseOld(wanted, today, WHY)).value == 2
    after = desk.ask(count)
    assert after["act"] == before["act"] + 1 and after["item_decision"] == 0
    for request in wanted:
        seen = desk.ask(detail, request, today)
        last = seen.story[-1]
        assert (seen.line.state, last.kind, last.outcome, last.note) == ("old_closed", "old_closed", "", WHY)
        assert seen.acts == ("reopened",) and "tidak ada jawaban" in step_words(last)
    assert desk.ask(agenda, today).open == 0 and desk.ask(log.check) == []


def test_old_rows_are_closed_all_or_none_and_only_with_a_reason(desk, take, today):
    take(LEFT)
    own = RequestForm(today, today, "Siti", "RT 1", "RAB", "tahu", phone="0812")
    request = desk.do(Register(own)).value.id
    (old,) = desk.ask(old_open, today)
    for wanted, reason, match in (
        ((old.id, request), WHY, "Muat ulang"), ((old.id,), "arsip", "sepuluh huruf"), ((), WHY, "Tandai"),
    ):  # fmt: skip
        with pytest.raises(DeskError, match=match):
            desk.do(CloseOld(wanted, today, reason))
    assert desk.ask(count_old, today) == 1


def test_a_closed_old_row_is_reopened_where_a_citizen_comes_back(desk, take, today):
    take(LEFT)
    (old,) = desk.ask(old_open, today)
    desk.do(CloseOld((old.id,), today, WHY))
    desk.do(Reopen(old.id, today, "ppid", "pemohon datang lagi menagih"))
    line = desk.ask(detail, old.id, today).line
    assert line.state == "in_process" and not line.old and line.days_left == 10


def test_the_book_tells_what_was_left_open_and_what_was_closed_and_counts_neither_as_late(desk, take, now, today):
    desk.do(SetVillage("35.22.12.2015"))
    take(LEFT, ["005/PPID/2025", "6/3/2025", "Adi", "", "Perkades"])
    desk.do(CloseOld((desk.ask(old_open, today)[1].id,), today, WHY))
    wanted = Wanted("requests", dt.date(2025, 1, 1), dt.date(2025, 12, 31), today)
    assert [row.decision for row in desk.ask(book, wanted, now).rows] == [
        "Tanpa keputusan di register lama", "Ditutup dari register lama 22-11-2026"
    ]  # fmt: skip
    assert [entry.told.late for entry in desk.ask(entries, wanted)] == [False, False]
