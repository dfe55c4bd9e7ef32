"""The annual report counts events, not paper, and keeps the words people wrote."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from desk.exchange.binding import bind
from desk.foi.commands import AnswerRequest, Complete
from desk.foi.endings import Void
from desk.foi.life import Decision
from desk.foi.queries import detail
from desk.foi.rules import RequestForm
from desk.objections.commands import TakeStep
from desk.paper.booking import rows_of
from desk.reports.commands import KeepTexts
from desk.reports.queries import texts
from desk.reports.rules import Texts, missing_texts, report_due
from desk.store import DeskError
from tests.paper.pdfcheck import text_of

OCT = dt.date(2026, 10, 5)
"""A Monday; no day off until the second half of December."""
WHY = "alasan yang jelas bagi siapa pun"


def answer(days: Any, request: bytes, day: dt.date, form: str = "hard", **decided: Any) -> None:
    """Decide the one thing asked for."""
    days.today = max(days.today, day)
    found = days.desk.ask(detail, request, days.today)
    decisions = tuple(Decision(item.id, **decided) for item in found.items) if decided else ()
    days.desk.do(AnswerRequest(request, day, form, decisions=decisions))


def month(report: Any, number: int) -> Any:
    return report.months[number - 1]


@pytest.fixture
def year(days: Any) -> Any:
    """Six requests in October and one in November: each kind of end, one of them late."""
    test = days.exempt(dt.date(2026, 9, 1))
    granted, partly, refused, nowhere, elsewhere, void = (
        days.ask_for(f"hal {n}", OCT, topic="budget" if n < 2 else "aid") for n in range(6)
    )
    days.ask_for("hal 6", dt.date(2026, 11, 2))
    answer(days, granted, OCT + dt.timedelta(days=1))
    answer(days, partly, OCT + dt.timedelta(days=2), outcome="partly", grounds=("h3",), test=test,
           removed="halaman 1: nama", reason="memuat rekening warga")  # fmt: skip
    answer(days, refused, OCT + dt.timedelta(days=3), "", outcome="refused", grounds=("h3",), test=test)
    answer(days, nowhere, OCT + dt.timedelta(days=4), "", outcome="not_held", reason="belum pernah dibuat")
    days.today = OCT + dt.timedelta(days=21)
    answer(days, elsewhere, days.today, "", outcome="not_held", elsewhere="Dinas PU", reason="dibuat kabupaten")
    days.desk.do(Void(void, days.today, "dicatat dua kali oleh petugas"))
    days.today = dt.date(2026, 12, 1)
    return days


def test_what_became_of_the_requests_adds_up_to_what_was_received(year: Any) -> None:
    report = year.book("report")
    october, november = month(report, 10), month(report, 11)
    assert (october.received, october.granted, october.partly, october.refused, october.other, october.open) == (
        6, 1, 1, 2, 2, 0,
    )  # fmt: skip
    assert (november.received, november.open, november.late) == (1, 1, 1)
    for line in report.months:
        assert line.received == line.granted + line.partly + line.refused + line.other + line.open
    assert rows_of(report) == 7


def test_time_is_counted_in_working_days_to_the_first_answer(year: Any) -> None:
    report = year.book("report")
    assert month(report, 10).late == 1
    assert (report.mean_days, report.median_days) == (Decimal(1 + 2 + 3 + 4 + 15) / 5, Decimal(3))
    assert month(report, 11).mean_days is None


def test_reasons_and_topics_are_counted_once_a_request(year: Any) -> None:
    report = year.book("report")
    assert [(reason.times, reason.name.split(":")[0]) for reason in report.reasons] == [
        (2, "Pasal 17 huruf h angka 3"),
        (1, "belum dikuasai atau belum didokumentasikan (Pasal 6 ayat (3) huruf e)"),
    ]
    assert [topic.times for topic in report.topics] == [4, 2, 1]


def test_as_of_a_day_the_report_knows_nothing_later(year: Any) -> None:
    report = year.book("report", as_of=OCT + dt.timedelta(days=1))
    assert (report.total("received"), report.total("granted"), report.total("open")) == (6, 1, 5)
    assert report.total("late") == 0


def test_a_request_that_came_without_its_papers_counts_from_the_day_it_was_complete(days: Any) -> None:
    request = days.ask_for("RAB jalan", OCT, phone="", incomplete=True)
    days.today = OCT + dt.timedelta(days=3)
    form = RequestForm(OCT, OCT, "Siti Contoh", "RT 03", "RAB jalan", "ingin tahu", phone="0812000000")
    days.desk.do(Complete(request, days.today, form))
    answer(days, request, OCT + dt.timedelta(days=4))
    assert days.book("report").mean_days == 1


def test_objections_and_disputes_belong_to_the_month_they_were_brought_in(year: Any) -> None:
    request = year.ask_for("hal 7", dt.date(2026, 12, 2))
    objection = year.object_to(request, dt.date(2026, 12, 30))
    year.today = dt.date(2027, 2, 20)
    year.desk.do(TakeStep(objection, "filed", dt.date(2027, 2, 19), "07/KI/2027"))
    old, new = year.book("report", 2026), year.book("report", 2027)
    assert (month(old, 12).objections, old.total("disputes"), old.dispute_lines) == (1, 0, ())
    assert (new.total("objections"), month(new, 2).disputes) == (0, 1)
    (line,) = new.dispute_lines
    assert (line.number, line.request_number, line.filed, line.stage) == (
        "07/KI/2027", "008/PI/A/2026", dt.date(2027, 2, 19), "pendaftaran",
    )  # fmt: skip


def test_a_dispute_goes_on_into_the_next_report_until_it_is_ruled(days: Any) -> None:
    objection = days.object_to(days.ask_for("RAB jalan", OCT), OCT + dt.timedelta(days=30))
    days.today = dt.date(2028, 1, 10)
    days.desk.do(TakeStep(objection, "filed", dt.date(2026, 12, 20)))
    days.desk.do(TakeStep(objection, "ruling", dt.date(2027, 3, 1), WHY, "changed"))
    lines = [days.book("report", of).dispute_lines for of in (2026, 2027, 2028)]
    assert [len(found) for found in lines] == [1, 1, 0]
    assert [found[0].stage for found in lines[:2]] == ["pendaftaran", "putusan"]
    assert lines[1][0].result == "mengabulkan keberatan"


def test_the_words_of_a_report_are_kept_a_year_each_and_printed(days: Any) -> None:
    days.desk.do(KeepTexts(2026, Texts(policy="Desa melayani setiap hari kerja.", internal="Listrik padam.")))
    done = days.desk.do(KeepTexts(2026, Texts(policy="Desa melayani dengan ramah.", internal="Listrik padam.")))
    assert days.desk.ask(texts, 2025) == Texts()
    assert "Desa melayani dengan ramah." in text_of(bind(days.book("report"), ".pdf", "A4").content)
    days.desk.undo(done.act)
    assert days.desk.ask(texts, 2026).policy == "Desa melayani setiap hari kerja."


def test_words_that_are_still_wanted_are_named_and_too_many_are_refused(days: Any) -> None:
    assert missing_texts(Texts(policy="x", service="x", internal="x", external="x", recommendations="x")) == (
        "follow_up",
    )
    with pytest.raises(DeskError, match="lampirkan"):
        days.desk.do(KeepTexts(2026, Texts(details="a" * 20_000)))


def test_the_report_is_due_on_the_last_of_march() -> None:
    assert report_due(2026) == dt.date(2027, 3, 31)


def test_the_spreadsheet_of_the_report_holds_the_same_figures(year: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(bind(year.book("report"), ".xlsx", "A4").content))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Desember" in cells and "Jumlah" in cells and 7 in cells
