"""The page Kirim, with the district server as a real process: nothing is lost, and every ending is a sentence."""

import datetime as dt
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk import outbox
from desk.desk import Desk
from desk.projects.commands import PutProject
from desk.projects.rules import ProjectForm
from desk.village.commands import SetVillage
from ui.parts.style import dress
from ui.sync.page import SyncPage
from ui.work import Work

# The server and the line that can fail are those of the tests of sync.
sys.path.insert(0, str(Path(__file__).parents[1] / "sync"))

from district import VILLAGE, District, Proxy

SMALL = (1024 - 176, 600 - 92)
"""What the smallest window leaves for a page."""


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    """The district server as a process of its own."""
    running = District(tmp_path / "kabupaten.db")
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture
def proxy(district: District) -> Iterator[Proxy]:
    """The line in between."""
    line = Proxy(district.port)
    yield line
    line.close()


@pytest.fixture
def work(qapp: QApplication, desk: Desk) -> Iterator[Work]:
    dress(qapp, 100)
    desk.do(SetVillage(VILLAGE))
    work = Work()
    work.take(desk)
    failures: list[Exception] = []
    work.failed.connect(failures.append)
    yield work
    work.close()
    assert failures == []


@pytest.fixture
def page(qtbot: QtBot, work: Work, today: dt.date, now: dt.datetime) -> SyncPage:
    page = SyncPage(work, lambda: today, lambda: now)
    qtbot.addWidget(page)
    page.resize(*SMALL)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(page.join.isVisible)
    return page


@pytest.fixture
def joined(page: SyncPage, qtbot: QtBot, district: District, proxy: Proxy) -> SyncPage:
    join(page, qtbot, proxy.url, district.invite())
    qtbot.waitUntil(page.overview.isVisible, timeout=20_000)
    qtbot.waitUntil(page.overview.send_button.isVisible, timeout=20_000)
    return page


def join(page: SyncPage, qtbot: QtBot, url: str, code: str) -> None:
    """As a clerk does, without the mouse."""
    page.join.address.setFocus()
    qtbot.keyClicks(page.join.address, url)
    qtbot.keyClick(page.join.address, Qt.Key.Key_Return)
    qtbot.keyClicks(page.join.code, code)
    qtbot.keyClick(page.join.code, Qt.Key.Key_Return)
    assert page.join.button.hasFocus()
    qtbot.keyClick(page.join.button, Qt.Key.Key_Return)


def send(page: SyncPage, qtbot: QtBot) -> str:
    """Press the button, and wait for what is said in the end."""
    page.overview.send_button.click()
    assert page.overview.progress.isVisible() and page.overview.stop_button.isVisible()
    qtbot.waitUntil(lambda: not page.overview.progress.isVisible(), timeout=20_000)
    return page.overview.said.text()


def put_projects(desk: Desk, count: int) -> None:
    for number in range(count):
        desk.do(PutProject(ProjectForm(2026, f"Saluran air {number}", cost=Decimal(85_000_000 + number))))


def figure(page: SyncPage, name: str) -> str:
    return {"menunggu": page.overview.waiting, "terkirim": page.overview.sent, "terakhir": page.overview.last}[
        name
    ].value.text()


def heard(signal: object) -> list[str]:
    said: list[str] = []
    signal.connect(said.append)  # type: ignore[attr-defined]
    return said


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_desk_that_has_not_joined_is_asked_for_address_and_code_and_told_why(page: SyncPage):
    assert not page.overview.isVisible()
    assert "Nama dan alamat pemohon tidak pernah ikut terkirim." in texts(page.join)


def test_nothing_is_asked_of_the_line_before_both_fields_are_filled(page: SyncPage, qtbot: QtBot):
    page.join.button.click()
    assert "Tuliskan alamat yang tertulis pada undangan kabupaten." in texts(page.join)
    qtbot.keyClicks(page.join.address, "http://127.0.0.1:9")
    page.join.button.click()
    assert "Tuliskan kode yang tertulis pada undangan kabupaten." in texts(page.join)
    assert page.join.code.hasFocus() and page.join.button.isEnabled()


def test_with_the_code_the_desk_joins_and_sends_at_once(
    page: SyncPage, qtbot: QtBot, district: District, work: Work, desk: Desk
):
    put_projects(desk, 3)
    said = heard(work.status)
    join(page, qtbot, district.url, district.invite())
    qtbot.waitUntil(lambda: page.overview.said.text().startswith("4 catatan terkirim"), timeout=20_000)
    qtbot.waitUntil(lambda: figure(page, "menunggu") == "0" and figure(page, "terkirim") == "4")
    assert figure(page, "terakhir") == "22 Nov 2026"
    assert said[-1] == page.overview.said.text()
    assert page.overview.goes.lines == ("Tidak ada yang menunggu. Semua sudah ada di kabupaten.",)
    assert page.overview.rounds.lines[0].startswith("Pukul 09.12: 4 catatan terkirim")


def test_a_wrong_code_is_said_beside_the_field_and_what_was_typed_stays(
    page: SyncPage, qtbot: QtBot, district: District, desk: Desk
):
    join(page, qtbot, district.url, "SALAH-KODE")
    qtbot.waitUntil(lambda: not page.join.is_waiting, timeout=20_000)
    assert "Minta kode baru ke kabupaten." in texts(page.join)
    assert page.join.code.text() == "SALAH-KODE" and page.join.address.text() == district.url
    assert not desk.ask(outbox.waiting).enrolled


def test_an_address_without_encryption_is_refused(page: SyncPage, qtbot: QtBot):
    join(page, qtbot, "http://desa.contoh.go.id", "ABCD")
    assert "supaya data desa tidak terbaca di jalan" in texts(page.join)
    assert page.join.address.hasFocus() and page.join.button.isEnabled()


def test_what_waits_is_counted_by_subject_with_its_size(joined: SyncPage, qtbot: QtBot, work: Work):
    for name in ("Saluran air", "Rabat beton"):
        work.do(PutProject(ProjectForm(2026, name)))
    qtbot.waitUntil(lambda: figure(joined, "menunggu") == "2")
    subject, weight = joined.overview.goes.lines
    assert subject == "Kegiatan: 2 catatan"
    assert weight.startswith("Besarnya ") and weight.endswith(" byte sesudah dimampatkan.")
    assert send(joined, qtbot).startswith("2 catatan terkirim (")
    qtbot.waitUntil(lambda: figure(joined, "menunggu") == "0")


def test_without_a_server_everything_waits_and_a_sentence_says_so(
    joined: SyncPage, qtbot: QtBot, proxy: Proxy, work: Work, desk: Desk
):
    proxy.close()
    put_projects(desk, 5)
    work.look_again()
    qtbot.waitUntil(lambda: figure(joined, "menunggu") == "5")
    said = heard(work.status)
    assert send(joined, qtbot) == "Tidak ada sambungan ke kabupaten. Semua catatan tetap menunggu."
    assert said[-1] == joined.overview.said.text()
    qtbot.waitUntil(lambda: "Tidak ada sambungan" in joined.overview.rounds.lines[0])
    assert figure(joined, "menunggu") == "5" and desk.ask(outbox.waiting).operations == 5
    assert joined.overview.send_button.isEnabled()


@pytest.mark.parametrize("fault", ["half_answer", "drop_answer", "cut_request", "error", "captive"])
def test_whatever_breaks_on_the_line_is_said_and_the_next_round_doubles_nothing(
    joined: SyncPage, qtbot: QtBot, district: District, proxy: Proxy, desk: Desk, fault: str
):
    before = district.operations()
    put_projects(desk, 2)
    proxy.next = fault
    said = send(joined, qtbot)
    assert said.endswith(".") and "terkirim" not in said
    assert desk.ask(outbox.waiting).operations == 2
    send(joined, qtbot)
    assert desk.ask(outbox.waiting).operations == 0
    assert district.operations() == before + 2


def test_a_round_stopped_between_two_batches_keeps_what_was_taken_and_sends_the_rest_later(
    joined: SyncPage, qtbot: QtBot, work: Work, desk: Desk
):
    put_projects(desk, 600)
    joined.overview.send_button.click()
    joined.overview.stop_button.click()
    qtbot.waitUntil(lambda: not joined.overview.progress.isVisible(), timeout=20_000)
    assert joined.overview.said.text().startswith("Dihentikan. Yang belum terkirim tetap menunggu.")
    left = desk.ask(outbox.waiting).operations
    assert 0 < left < 600
    send(joined, qtbot)
    assert desk.ask(outbox.waiting).operations == 0


def test_a_desk_that_joined_before_opens_on_its_figures(joined: SyncPage, qtbot: QtBot, work: Work, today: dt.date):
    again = SyncPage(work, lambda: today)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(again.overview.isVisible)
    qtbot.waitUntil(lambda: again.overview.rounds.lines == ("22 Nov 2026 pukul 09.12 WIB: berhasil.",))


@pytest.mark.parametrize("moment", ["before joining", "after"])
def test_the_page_fits_the_smallest_window(page: SyncPage, request: pytest.FixtureRequest, moment: str):
    if moment == "after":
        request.getfixturevalue("joined")
    needed = page.minimumSizeHint()
    assert needed.width() <= SMALL[0] and needed.height() <= SMALL[1]
    assert (page.width(), page.height()) == SMALL
