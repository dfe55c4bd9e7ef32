"""The start page says what waits beside the requests, a line each, and only while it is due."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.dates import long_date
from desk.desk import Desk
from desk.dip.commands import AddTemplates, ApproveClassification, Classify, MarkListUpdated, PutTest
from desk.dip.queries import templates
from desk.dip.rules import ConsequenceForm
from desk.drafts import Draft, Drafts
from desk.foi.commands import Register
from desk.foi.queries import agenda
from desk.foi.rules import RequestForm
from desk.objections.commands import RegisterObjection, TakeStep
from desk.objections.queries import objections
from desk.objections.rules import ObjectionForm
from desk.reports.commands import KeepTexts
from desk.reports.rules import Texts
from desk.vault import MakeKey, seal_of
from desk.village.commands import AppointOfficial, SetVillage
from tests.desks import open_desk
from ui import app as program
from ui import opening, rooms, start
from ui.foi.home import HomePage
from ui.reminders import Reminder, reminders
from ui.work import Work

BEHIND_THE_WINDOW = (opening, rooms)
"""What `ui.start` imports on another thread; here it is read before any window stands."""


def said(desk: Desk, at: dt.datetime, *left: Draft) -> list[str]:
    """The lines of a moment."""
    return [line.words for line in desk.ask(reminders, at, left)]


def ask(desk: Desk, today: dt.date) -> bytes:
    """A request in the register."""
    form = RequestForm(today, today, "Siti Contoh", "RT 03", "RAB jalan", "ingin tahu", phone="0812")
    return desk.do(Register(form)).value.id


def test_a_quiet_desk_is_reminded_of_nothing(desk: Desk, now: dt.datetime, today: dt.date) -> None:
    ask(desk, today)
    assert said(desk, now) == []


def test_the_annual_report_is_named_from_february_until_its_parts_are_written(
    desk: Desk, now: dt.datetime, today: dt.date
) -> None:
    ask(desk, today)
    in_2027 = now.replace(year=2027)
    assert said(desk, in_2027.replace(month=1, day=31)) == []
    assert said(desk, in_2027.replace(month=2, day=1)) == [
        "Laporan tahunan 2026 paling lambat 31 Maret 2027: 6 bagian belum ditulis"
    ]
    assert "31 Maret 2027 sudah lewat" in said(desk, in_2027.replace(month=4, day=1))[0]
    written = Texts(policy="a", service="b", internal="c", external="d", recommendations="e")
    later = replace_clock(desk, in_2027.replace(month=3, day=1))
    later.do(KeepTexts(2026, written))
    assert "1 bagian" in said(later, in_2027.replace(month=3, day=1))[0]
    later.do(KeepTexts(2026, replace(written, follow_up="f")))
    assert said(later, in_2027.replace(month=3, day=1)) == []
    later.close()


def replace_clock(desk: Desk, now: dt.datetime) -> Desk:
    """The same folder on another day."""
    return open_desk(desk.folder, lambda: now)


def test_a_desk_that_did_not_stand_last_year_owes_no_report_of_it(desk: Desk, now: dt.datetime) -> None:
    assert said(desk, now.replace(month=2, day=2)) == []


def test_the_public_list_is_named_from_the_day_its_month_is_over(desk: Desk, now: dt.datetime, today: dt.date) -> None:
    desk.do(AddTemplates((templates()[0].key,), today, "Sekretaris Desa"))
    assert said(desk, now + dt.timedelta(days=29)) == []
    (line,) = said(desk, now.replace(month=12))
    assert line == "Daftar informasi publik perlu dimutakhirkan, batasnya 22 Desember 2026"
    desk.do(MarkListUpdated(today, today))
    assert said(desk, now.replace(month=12, day=21)) == []


def test_an_objection_is_named_from_three_working_days_before_its_answer_is_due_until_it_is_given(
    desk: Desk, now: dt.datetime, today: dt.date
) -> None:
    form = ObjectionForm(today, today, ("b",), "Informasi berkala tidak disediakan.")
    made = desk.do(RegisterObjection(ask(desk, today), form)).value
    (line,) = desk.ask(objections, today)

    def told(days: int) -> list[str]:
        at = dt.datetime.combine(line.due + dt.timedelta(days=days), now.timetz())
        return [words for words in said(desk, at) if "keberatan" in words]

    assert told(-10) == []
    assert told(0) == [f"1 keberatan menunggu tanggapan atasan PPID; 001/KB/A/2026 paling lambat {long_date(line.due)}"]
    assert "sudah lewat batasnya" in told(1)[0]
    desk.do(TakeStep(made.id, "withdrawn", today, "pemohon mencabutnya sendiri"))
    assert told(1) == []


def test_exemptions_are_named_from_thirty_working_days_before_their_end(
    desk: Desk, now: dt.datetime, today: dt.date
) -> None:
    test = ConsequenceForm(
        kind="Laporan warga", detail="Identitas pelapor", letters=("a",), if_open="x", if_closed="y",
        tested=today, ends=today.replace(year=2027),
    )  # fmt: skip
    row = desk.do(PutTest(test, today)).value
    desk.do(
        Classify(row, today, today, "01/PPID/2026", "Pejambon", "Sari", "Sekretaris Desa", "Sekretariat", "rahasia")
    )
    desk.do(ApproveClassification(row, today, today, "Budi", "Kepala Desa"))
    desk.do(KeepTexts(2026, Texts(*"abcdefgh")))
    assert said(desk, now.replace(year=2027, month=9)) == []
    (line,) = said(desk, now.replace(year=2027, month=11, day=1))
    assert line.startswith("1 pengecualian segera berakhir, paling dekat 22 November 2027")


def test_a_form_left_behind_names_nobody_in_full_and_one_filed_after_all_is_not_named(
    desk: Desk, now: dt.datetime, today: dt.date
) -> None:
    request, token = ask(desk, today), b"t" * 16
    left = Draft("foi.request", f":{token.hex()}", "Siti Contoh", now, {})
    objected = Draft("objections.objection", f"{request.hex()}:{token.hex()}", "001/PI/A/2026, Rudi", now, {})
    assert said(desk, now, left, objected) == [
        "Lanjutkan permohonan S••• C••• yang belum disimpan, 22 November 2026 09.12",
        "Lanjutkan keberatan atas 001/PI/A/2026 yang belum disimpan, 22 November 2026 09.12",
    ]
    filed = Draft("foi.request", f":{request.hex()}", "Siti Contoh", now, {})
    assert said(desk, now, filed) == []


@pytest.fixture
def left_behind(tmp_path: Path, now: dt.datetime, today: dt.date) -> Path:
    """A folder whose last sitting ended without a word, with a request and an objection half typed."""
    desk = open_desk(tmp_path / "data", lambda: now)
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "081234567890", today))
    request = ask(desk, today)
    desk.do(MakeKey())
    drafts, before = Drafts(desk.folder, desk.ask(seal_of)), now - dt.timedelta(hours=1)
    drafts.save("foi.request", f":{'a1' * 16}", {"name": "Adi Contoh"}, before, name="Adi Contoh")
    about = f"{request.hex()}:{'b2' * 16}"
    drafts.save("objections.objection", about, {"matter": "belum dijawab"}, before, name="001/PI/A/2026")
    desk.close()
    return tmp_path / "data"


Open = Callable[[], program.Start]


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, left_behind: Path, now: dt.datetime) -> Iterator[Open]:
    """Opens the real program on the folder."""
    begun: list[program.Start] = []

    def open_it() -> program.Start:
        started = program.Start(qapp, left_behind, lambda: now, start)
        begun.append(started)
        qtbot.addWidget(started.shell)
        started.shell.resize(1024, 600)
        started.shell.show()
        qtbot.waitUntil(lambda: started.is_ready, timeout=20_000)
        return started

    yield open_it
    for started in begun:
        started.shell.close()


def test_after_a_kill_each_waiting_form_is_a_line_that_leads_to_it(open_window: Open, qtbot: QtBot) -> None:
    begun = open_window()
    home = begun.shell.pages["home"]
    qtbot.waitUntil(lambda: len(home.reminders) == 2, timeout=10_000)
    lines = {button.text().split()[1]: button for button in home.reminders}
    qtbot.mouseClick(lines["permohonan"], Qt.MouseButton.LeftButton)
    page = begun.shell.pages["requests"]
    qtbot.waitUntil(lambda: page.drafts.isVisible())
    assert page.pages.currentWidget() is page.form and "Adi Contoh" in page.drafts.words.text()
    qtbot.mouseClick(page.drafts.drop, Qt.MouseButton.LeftButton)
    begun.turn("home")
    qtbot.waitUntil(lambda: [b.text().split()[1] for b in home.reminders] == ["keberatan"])
    qtbot.mouseClick(home.reminders[0], Qt.MouseButton.LeftButton)
    other = begun.shell.pages["objections"]
    qtbot.waitUntil(lambda: other.drafts.isVisible())
    qtbot.mouseClick(other.drafts.resume, Qt.MouseButton.LeftButton)
    assert other.form.matter.toPlainText() == "belum dijawab"
    other.form.leave(lambda: None)
    other.form.asking.discard.emit()
    begun.turn("home")
    qtbot.waitUntil(lambda: home.reminders == [])


def test_a_line_too_long_for_the_window_goes_on_below(
    desk: Desk, qapp: QApplication, qtbot: QtBot, now: dt.datetime
) -> None:
    work = Work()
    page = HomePage(work, now.date, desk.ask(agenda, now.date()))
    qtbot.addWidget(page)
    words = "Laporan tahunan 2025: batasnya 31 Maret 2026 sudah lewat, 6 bagian belum ditulis"
    page.resize(420, 400)
    page.show()
    page.show_reminders([Reminder(words, "registers", "registers")])
    (line,) = page.reminders
    qtbot.waitUntil(lambda: line.height() >= line.sizeHint().height() > 0)
    assert line.text().split() == words.split() and line.sizeHint().width() <= page.width() - 48
    page.resize(1200, 400)
    qtbot.waitUntil(lambda: line.text() == words)
    work.close()
