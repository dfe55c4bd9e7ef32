"""A clerk takes over the register kept before: file, what was read, what to look at, where the new numbers begin."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.foi.commands import Register
from desk.foi.queries import Seek, page
from desk.foi.rules import RequestForm
from desk.vault import MakeKey
from desk.village.commands import SetVillage
from ui.foi.page import RequestsPage
from ui.foi.takeover import ACCEPT, FILE, PROBLEMS, READ, TakeoverPanel
from ui.work import Work

HEADING = ["No", "Tgl", "Nama", "Rincian informasi", "Keputusan", "Tgl pemberitahuan", "Keterangan"]
ROWS = [
    ["41", "2/3/2026", "Siti Rahasia", "RAB jalan Krajan", "dikabulkan", "9/3/2026", "diambil anaknya"],
    ["", "3/3/2026", "Budi Rahasia", "Data BLT", "ditolak", "", ""],
    ["45", "16/11/2026", "Tono Rahasia", "Daftar aset desa", "proses", "", ""],
]


@pytest.fixture
def work(desk: Desk, qtbot: QtBot) -> Iterator[Work]:
    made = Work()
    made.take(desk)
    yield made
    made._desk = None
    made.close()


@pytest.fixture
def requests(work: Work, desk: Desk, qtbot: QtBot, today: dt.date, now: dt.datetime) -> RequestsPage:
    """The page of an empty register, at the size the smallest window leaves it."""
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(MakeKey())
    shown = RequestsPage(work, lambda: today, lambda: now, None)
    qtbot.addWidget(shown)
    shown.resize(848, 508)
    shown.show()
    qtbot.waitUntil(shown.takeover.link.isVisible)
    return shown


@pytest.fixture
def form(today: dt.date) -> RequestForm:
    """A request made at the desk itself."""
    return RequestForm(
        received=today,
        registered=today,
        name="Siti",
        address="RT 1",
        sought="RAB",
        purpose="tahu",
        phone="0812-0000-0000",
    )


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A small register with one row nobody numbered."""
    book = openpyxl.Workbook()
    for row in (HEADING, *ROWS):
        book.worksheets[0].append(row)
    book.save(tmp_path / "register.xlsx")
    return tmp_path / "register.xlsx"


def read(requests: RequestsPage, qtbot: QtBot, path: Path) -> TakeoverPanel:
    """Open the panel and let it read a file."""
    panel = requests.takeover
    if not panel.isVisible():
        panel.menu.menu().actions()[0].trigger()
    panel.take(path)
    qtbot.waitUntil(lambda: panel.step == READ)
    return panel


def test_an_empty_register_offers_to_take_over_the_old_one(requests: RequestsPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(requests.takeover.link, Qt.MouseButton.LeftButton)
    assert requests.takeover.isVisible() and requests.takeover.step == FILE
    assert requests.takeover.drop.button.hasFocus()
    qtbot.keyClick(requests.takeover, Qt.Key.Key_Escape)
    assert requests.takeover.link.isVisible()


def test_each_row_kept_out_is_named_with_its_reason_and_nothing_changes_before_the_last_button(
    requests: RequestsPage, qtbot: QtBot, desk: Desk, register: Path, today: dt.date
) -> None:
    panel = read(requests, qtbot, register)
    said = panel.reading.columns.text()
    assert said.startswith("2 permohonan terbaca dari register.xlsx.") and "Tidak diambil: “Keterangan”." in said
    model = panel.reading.model
    assert [model.index(0, column).data() for column in range(5)] == [
        "2", "41", "2 Mar 2026", "RAB jalan Krajan", "diberikan",
    ]  # fmt: skip
    panel.next.click()
    assert panel.step == PROBLEMS
    first = panel.problems.problems.problems[0]
    assert first.row == 3 and first.blocks and "nomornya kosong" in first.message
    panel.next.click()
    assert panel.step == ACCEPT and panel.plan.text() == "2 permohonan 2026 akan masuk register."
    assert panel.starts.text() == "46"
    panel.cancel.click()
    assert desk.ask(page, today, Seek()).rows == ()


def test_the_register_goes_on_where_the_clerk_says(
    requests: RequestsPage, qtbot: QtBot, desk: Desk, register: Path, form: RequestForm
) -> None:
    panel = read(requests, qtbot, register)
    for _step in (READ, PROBLEMS):
        panel.next.click()
    panel.starts.setText("12")
    panel.next.click()
    qtbot.waitUntil(lambda: "sampai nomor 45" in panel.note.text())
    panel.starts.setText("60")
    for _press in range(2):
        panel.next.click()
    qtbot.waitUntil(lambda: panel.note.text() == "2 permohonan 2026 diambil alih dari register lama.")
    panel.cancel.click()
    qtbot.waitUntil(lambda: [line.label for line in requests.model.rows] == ["45", "41"])
    assert requests.model.rows[1].applicant == "S••• R•••"
    assert desk.do(Register(form)).value.label == "060/PI/A/2026"


def test_the_same_file_a_second_time_says_that_nothing_changes(
    requests: RequestsPage, qtbot: QtBot, register: Path
) -> None:
    panel = requests.takeover
    for _time in range(2):
        read(requests, qtbot, register)
        for _step in (READ, PROBLEMS, ACCEPT):
            panel.next.click()
        qtbot.waitUntil(lambda: panel.step == FILE)
    assert panel.note.text() == "Tidak ada permohonan baru; tidak ada yang berubah."


def test_once_numbers_were_given_out_their_beginning_is_not_asked(
    requests: RequestsPage, qtbot: QtBot, desk: Desk, register: Path, form: RequestForm
) -> None:
    desk.do(Register(form))
    panel = read(requests, qtbot, register)
    for _step in (READ, PROBLEMS):
        panel.next.click()
    assert panel.starts_field.isHidden() and "001/PI/A/2026" in panel.begun.text()


def test_a_file_that_is_no_register_is_refused_with_a_sentence(
    requests: RequestsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = tmp_path / "foto.xlsx"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    requests.takeover.link.click()
    requests.takeover.take(photo)
    qtbot.waitUntil(lambda: "gambar" in requests.takeover.note.text())
    assert requests.takeover.step == FILE


def test_an_old_request_is_opened_and_says_where_it_comes_from(
    requests: RequestsPage, qtbot: QtBot, register: Path
) -> None:
    panel = read(requests, qtbot, register)
    for _step in (READ, PROBLEMS, ACCEPT):
        panel.next.click()
    qtbot.waitUntil(lambda: panel.step == FILE)
    panel.cancel.click()
    qtbot.waitUntil(lambda: len(requests.model.rows) == 2)
    requests.open(requests.model.rows[1].id)
    qtbot.waitUntil(lambda: requests.record.isVisible() and requests.record.number.text() == "41")
    assert "Diberikan, menurut register lama; diambil alih oleh" in requests.record.story.text()


def test_rows_without_a_decision_are_ticked_and_closed_with_one_reason(
    requests: RequestsPage, qtbot: QtBot, tmp_path: Path, desk: Desk, today: dt.date
) -> None:
    book = openpyxl.Workbook()
    for row in (
        HEADING,
        *(["4" + str(n), f"{n}/3/2026", "Siti Rahasia", f"Perdes {n}", "", "", ""] for n in (1, 2, 3)),
    ):
        book.worksheets[0].append(row)
    book.save(tmp_path / "open.xlsx")
    panel, old = read(requests, qtbot, tmp_path / "open.xlsx"), requests.old
    for _step in range(3):
        panel.next.click()
    qtbot.waitUntil(panel.rest.isVisible)
    panel.rest.click()
    qtbot.waitUntil(lambda: old.list.count() == 3)
    assert "Rahasia" not in " ".join(old.list.item(row).text() for row in range(3)) and not old.save.isEnabled()
    old.list.setFocus()
    qtbot.keyClick(old.list, Qt.Key.Key_Space)
    qtbot.keyClick(old.list, Qt.Key.Key_Down)
    qtbot.keyClick(old.list, Qt.Key.Key_Space)
    assert old.save.text() == "&Tutup 2 permohonan"
    old.submit()
    assert "sepuluh huruf" in old.field.fault()
    old.reason.setPlainText("tidak ada arsip keputusannya")
    qtbot.keyClick(old.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: old.list.count() == 1)
    assert "2 permohonan ditutup" in old.note.text()
    states = [line.state for line in desk.ask(page, today, Seek()).rows]
    assert sorted(states) == ["old_closed", "old_closed", "registered"]
    needs = requests.minimumSizeHint()
    assert needs.width() <= 848 and needs.height() <= 508
