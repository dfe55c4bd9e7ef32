"""An open activity: its money, contracts, progress and photos are written down by keyboard, and judged in words."""

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk.attachments import attached
from desk.desk import Desk
from desk.foi.about import requests_about
from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from desk.photodata import has_place
from desk.projects.commands import PutContract, PutPayment, PutProject, SetProgress
from desk.projects.queries import ProjectDetail, project
from desk.projects.rules import ContractForm, PaymentForm, ProjectForm
from desk.vault import MakeKey
from ui.parts import photos
from ui.parts.filing import files_of
from ui.parts.style import dress, sheet
from ui.projects.detail import ProjectView
from ui.projects.page import ProjectsPage
from ui.projects.sections import Section
from ui.work import Work

SMALL = (1024 - 176, 600 - 92)
ROAD = ProjectForm(
    2026, "Rabat beton", cost=Decimal(150_000_000), starts=dt.date(2026, 3, 1), ends=dt.date(2026, 9, 30)
)
MAKER = b"kamera Siti"
GPS_TAG = bytes.fromhex("8825000400000001"), bytes.fromhex("2588040001000000")
"""The entry that leads to the place, one number of four bytes, in either byte order (Exif 2.32)."""


@pytest.fixture
def work(qtbot: QtBot, qapp: QApplication, desk: Desk) -> Iterator[Work]:
    if qapp.styleSheet() != sheet(100):
        dress(qapp, 100)
    desk.do(MakeKey())
    made, failures = Work(), []
    made.take(desk)
    made.failed.connect(failures.append)
    yield made
    for _round in range(4):
        asked: list[object] = []
        made.run(int, done=asked.append)
        qtbot.waitUntil(asked.__len__)
    made.close()
    assert failures == []


@pytest.fixture
def road(desk: Desk) -> bytes:
    return desk.do(PutProject(ROAD)).value


@pytest.fixture
def page(qtbot: QtBot, work: Work, road: bytes, today: dt.date) -> ProjectsPage:
    shown = ProjectsPage(work, lambda: today)
    qtbot.addWidget(shown)
    shown.resize(*SMALL)
    shown.show()
    shown.open(road)
    qtbot.waitUntil(shown.activities.view.isVisible)
    return shown


@pytest.fixture
def view(page: ProjectsPage) -> ProjectView:
    return page.activities.view


def walk(*texts: str) -> None:
    """Type each text into the field that has the keyboard, Enter after it; the last is saved with Ctrl+Enter."""
    for place, text in enumerate(texts):
        edit = QApplication.focusWidget()
        assert isinstance(edit, QWidget)
        QTest.keyClicks(edit, text)
        last = place == len(texts) - 1
        keys = Qt.KeyboardModifier.ControlModifier if last else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(edit, Qt.Key.Key_Return, keys)


def told(section: Section) -> list[str]:
    return [label.text() for line in section.lines for label in line.findChildren(QLabel)]


def press(section: Section, words: str) -> None:
    """Press the first button of a line that is called so."""
    next(b for line in section.lines for b in line.findChildren(QPushButton) if b.text() == words).click()


def held(desk: Desk, road: bytes) -> ProjectDetail:
    detail = desk.ask(project, road)
    assert detail is not None
    return detail


def photo(path: Path, size: tuple[int, int]) -> Path:
    """A photo from a phone that says where it was."""
    tags = Image.Exif()
    tags[0x8825] = {1: "S", 2: (7.0, 9.0, 0.72), 3: "E", 4: (111.0, 52.0, 54.12)}
    tags[0x010F] = MAKER.decode()
    Image.effect_noise(size, 40).convert("RGB").save(path, "JPEG", exif=tags)
    return path


def test_a_contract_its_addendum_and_a_payment_are_written_by_keys_alone(
    page: ProjectsPage, view: ProjectView, qtbot: QtBot, desk: Desk, road: bytes
) -> None:
    view.contracts.add.setFocus()
    QTest.keyClick(view.contracts.add, Qt.Key.Key_Space)
    walk("p", "CV Karya Makmur", "027/SPK", "01-03-2026", "140.000.000", "05-03-2026", "30-09-2026")
    qtbot.waitUntil(lambda: "CV Karya Makmur" in told(view.contracts))
    (contract,) = held(desk, road).contracts
    assert (contract.method, contract.number, contract.value) == ("provider", "027/SPK", Decimal(140_000_000))
    press(view.contracts, "+ Addendum")
    walk("ADD/01", "01-08-2026", "155.000.000", "31-12-2026", "tambah talud")
    qtbot.waitUntil(lambda: view.chip.word == "melebihi anggaran")
    assert view.notes[0].text() == "Kontrak atau pembayaran melebihi anggaran Rp\u00a05.000.000."
    view.begin_payment()
    walk("105.000.000", "", "termin 1", "")
    qtbot.waitUntil(lambda: "termin 1 · CV Karya Makmur" in told(view.money))
    assert held(desk, road).row.money.paid == Decimal(105_000_000)
    assert page.news.text() == "Pembayaran tersimpan." and page.undone.isVisible()
    page.undone.click()
    qtbot.waitUntil(lambda: held(desk, road).payments == () and "termin 1 · CV Karya Makmur" not in told(view.money))


def test_what_is_wrong_with_a_contract_stands_beside_its_field(view: ProjectView, desk: Desk, road: bytes) -> None:
    view.begin_contract()
    QTest.keyClicks(view.contract.partner, "Budi 3522155506900001")
    QTest.keyClicks(view.contract.value.line, "1.50")
    QTest.keyClicks(view.contract.ends, "31-02-2026")
    view.contract.save.click()
    assert "NIK" in view.contract.fields["partner"].fault()
    assert "dua cara" in view.contract.value.fault()
    assert "tidak ada di kalender" in view.contract.fields["ends"].fault()
    assert held(desk, road).contracts == ()


def test_words_in_a_small_form_are_not_lost_by_leaving(
    page: ProjectsPage, view: ProjectView, qtbot: QtBot, desk: Desk, road: bytes
) -> None:
    view.begin_payment()
    QTest.keyClicks(view.payment.sum.line, "45.000.000")
    assert page.is_unsaved
    view.back.click()
    assert page.activities.asking.isVisible() and view.isVisible()
    page.activities.asking.save.click()
    qtbot.waitUntil(lambda: len(held(desk, road).payments) == 1)


def test_esc_closes_the_small_form_and_not_the_activity(view: ProjectView) -> None:
    view.begin_payment()
    QTest.keyClick(view.payment.what, Qt.Key.Key_Escape)
    assert view.payment.isHidden() and view.isVisible() and view.money.add.hasFocus()


@pytest.mark.parametrize("size", [(2000, 1500), (600, 400)])
@pytest.mark.parametrize("keep", [False, True])
def test_a_photo_is_kept_small_and_its_place_only_where_the_box_is_ticked(
    view: ProjectView, qtbot: QtBot, desk: Desk, road: bytes, tmp_path: Path, size: tuple[int, int], keep: bool
) -> None:
    view.begin_progress()
    view.progress.take(photo(tmp_path / "jalan.jpg", size))
    view.progress.place.setChecked(keep)
    walk("40", "")
    qtbot.waitUntil(lambda: len(held(desk, road).photos) == 1)
    (kept,) = held(desk, road).photos
    content = files_of(desk).place(kept.file.address).read_bytes()
    assert has_place(content) == keep and any(tag in content for tag in GPS_TAG) == keep
    assert MAKER not in content and (b"Exif" in content) == keep
    with Image.open(io.BytesIO(content)) as picture:
        assert max(picture.size) == min(1600, size[0])
    assert (kept.frame, kept.seen.percent, kept.file.is_sealed) == (50, 40, False)


def test_a_picture_among_the_papers_tells_no_place_either(
    view: ProjectView, qtbot: QtBot, desk: Desk, road: bytes, tmp_path: Path
) -> None:
    view.papers.take([photo(tmp_path / "denah.jpg", (500, 300))])
    qtbot.waitUntil(lambda: not view.papers.asking.isHidden())
    view.papers.asking.save.click()
    qtbot.waitUntil(lambda: len(desk.ask(attached, "project", road)) == 1)
    (row,) = desk.ask(attached, "project", road)
    content = files_of(desk).place(row.address).read_bytes()
    assert b"Exif" not in content and MAKER not in content and not any(tag in content for tag in GPS_TAG)


@pytest.mark.parametrize("side", [600, 2400])
@pytest.mark.parametrize("keep", [False, True])
def test_a_photo_held_sideways_stands_upright_and_is_not_turned_twice(tmp_path: Path, side: int, keep: bool) -> None:
    tags = Image.Exif()
    tags[0x0112] = 6
    tags[0x8825] = {1: "S", 2: (7.0, 9.0, 0.72), 3: "E", 4: (111.0, 52.0, 54.12)}
    held_sideways = io.BytesIO()
    Image.effect_noise((side, side // 2), 40).convert("RGB").save(held_sideways, "JPEG", exif=tags)
    kept = photos.shareable(held_sideways.getvalue(), "jpg", keep_place=keep).content
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.width * 2 == picture.height == min(side, 1600)
        assert 0x0112 not in picture.getexif() and has_place(kept) == keep


def test_each_frame_keeps_one_photo_and_a_newer_one_takes_its_place(
    page: ProjectsPage, view: ProjectView, qtbot: QtBot, desk: Desk, road: bytes, tmp_path: Path, today: dt.date
) -> None:
    for place, percent in enumerate(("0", "30", "60", "100")):
        view.begin_progress()
        view.progress.take(photo(tmp_path / f"{percent}.jpg", (300 + place, 200)))
        walk(percent, "")
        qtbot.waitUntil(lambda percent=percent: int(percent) in [one.seen.percent for one in held(desk, road).photos])
    shown = held(desk, road)
    assert [(one.frame, one.seen.percent) for one in shown.photos] == [(0, 0), (50, 60), (100, 100)]
    assert sum(len(desk.ask(attached, "progress", seen.id)) for seen in shown.story) == 3
    frames = view.frames.frames
    qtbot.waitUntil(lambda: all(not frame.picture._image.isNull() for frame in frames))
    assert [frame.facts.text().split(" · ")[0] for frame in frames] == ["0 %", "60 %", "100 %"]
    frames[1].picture.click()
    qtbot.waitUntil(lambda: page.screens.currentWidget() is page.file)
    page.file.leave()
    frames[1].drop.click()
    view.leaving.save.click()
    qtbot.waitUntil(lambda: len(held(desk, road).photos) == 2)


def test_a_photo_without_a_noted_progress_asks_for_both_and_one_with_it_only_for_the_photo(
    view: ProjectView, qtbot: QtBot, desk: Desk, road: bytes, today: dt.date, work: Work, tmp_path: Path
) -> None:
    view.frames.frames[2].add.click()
    assert view.progress.percent.text() == "100" and view.progress.percent.isVisible()
    desk.do(SetProgress(road, today, 25, today))
    work.look_again()
    qtbot.waitUntil(lambda: view.detail is not None and len(view.detail.story) == 1)
    view.frames.frames[1].add.click()
    assert not view.progress.percent.isVisible()
    view.progress.save.click()
    assert view.progress.note.text() == "Pilih dulu fotonya."
    view.progress.take(photo(tmp_path / "a.jpg", (300, 200)))
    view.progress.save.click()
    qtbot.waitUntil(lambda: len(held(desk, road).photos) == 1)
    assert len(held(desk, road).story) == 1


def test_a_file_that_is_no_picture_is_refused_and_nothing_is_noted(
    view: ProjectView, qtbot: QtBot, desk: Desk, road: bytes, tmp_path: Path
) -> None:
    letter = tmp_path / "surat.jpg"
    letter.write_text("bukan foto")
    view.begin_progress()
    view.progress.take(letter)
    walk("40", "")
    qtbot.waitUntil(lambda: "JPG atau PNG" in view.progress.note.text())
    assert held(desk, road).story == ()


def test_a_step_back_and_paying_ahead_are_said_and_not_refused(
    view: ProjectView, qtbot: QtBot, desk: Desk, road: bytes, work: Work, today: dt.date
) -> None:
    for month, percent in ((5, 55), (7, 50)):
        desk.do(SetProgress(road, dt.date(2026, month, 1), percent, today))
    desk.do(PutPayment(road, PaymentForm(today, Decimal(100_000_000)), today))
    work.look_again()
    qtbot.waitUntil(lambda: view.notes[1].text() != "")
    assert "lebih besar daripada pekerjaan" in view.notes[0].text()
    assert view.notes[1].text().startswith("Kemajuan turun dari 55 % menjadi 50 %")
    assert view.chip.word == "lewat jadwal"
    assert view.curve.isVisible() and view.curve.accessibleDescription() == "Terakhir 50 %, rencana hari ini 100 %."


def test_requests_about_it_are_tied_by_number_and_nobody_is_named(
    page: ProjectsPage, view: ProjectView, qtbot: QtBot, desk: Desk, road: bytes, today: dt.date
) -> None:
    asked = RequestForm(today, today, "Siti Contoh", "RT 03", "RAB jalan", "ingin tahu", phone="0812-0000-0000")
    made = desk.do(Register(asked)).value
    view.requests.add.click()
    qtbot.waitUntil(view.tie.isVisible)
    view.tie.submit()
    qtbot.waitUntil(lambda: told(view.requests) == [made.label, "terdaftar"])
    assert len(desk.ask(requests_about, road)) == 1
    everything = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "Siti" not in everything
    press(view.requests, "Lepas")
    qtbot.waitUntil(lambda: desk.ask(requests_about, road) == () and told(view.requests) == [])


def test_several_sources_are_typed_and_counted_for_the_clerk(
    page: ProjectsPage, qtbot: QtBot, desk: Desk, road: bytes
) -> None:
    page.activities.edit()
    form = page.activities.form
    form.source.put("Dana Desa")
    form.split.click()
    (_first, whole), (second, rest) = form.funds.shown()
    whole.line.setText("100.000.000")
    second.put("PAD")
    rest.line.setText("40.000.000")
    form.submit()
    assert "Samakan" in form.fields["funds"].fault()
    rest.line.setText("50.000.000")
    form.submit()
    qtbot.waitUntil(lambda: len(held(desk, road).row.funds) == 2)
    assert held(desk, road).row.fund_source == "Dana Desa, PAD"


def test_a_contract_can_be_taken_off_and_comes_back(
    page: ProjectsPage, view: ProjectView, qtbot: QtBot, desk: Desk, road: bytes, work: Work
) -> None:
    desk.do(PutContract(road, ContractForm("self", "TPK Desa")))
    work.look_again()
    qtbot.waitUntil(lambda: "TPK Desa" in told(view.contracts))
    press(view.contracts, "Hapus")
    qtbot.waitUntil(lambda: told(view.contracts) == [] and page.undone.isVisible())
    page.undone.click()
    qtbot.waitUntil(lambda: "TPK Desa" in told(view.contracts))


def test_next_years_plan_is_written_under_its_own_tab_and_becomes_an_activity(
    page: ProjectsPage, qtbot: QtBot, desk: Desk
) -> None:
    QTest.keyClick(page.activities.view.edit, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert page.plan.isVisible() and page.plan.year.currentData() == 2027
    QTest.keyClick(page.plan.year, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    walk("Jembatan Dusun Lor", "RT 05", "230.000.000", "Dana Desa")
    qtbot.waitUntil(lambda: told(page.plan.list)[:1] == ["Jembatan Dusun Lor"])
    assert told(page.plan.list)[1] == "RT 05 · Rp\u00a0230.000.000 · Dana Desa"
    assert page.plan.summary.text() == "1 rencana · Rp\u00a0230.000.000"
    press(page.plan.list, "Jadikan kegiatan")
    qtbot.waitUntil(lambda: page.activities.view.heading.text() == "Jembatan Dusun Lor")
    assert page.activities.view.isVisible()
    qtbot.waitUntil(lambda: "sudah menjadi kegiatan" in told(page.plan.list)[1])


def test_every_small_form_fits_the_smallest_window(page: ProjectsPage, view: ProjectView, qtbot: QtBot) -> None:
    for begin in (view.begin_contract, view.begin_payment, view.begin_progress):
        begin()
        assert page.minimumSizeHint().width() <= SMALL[0] and page.minimumSizeHint().height() <= SMALL[1]
        (entry,) = [one for one in view.entries if not one.isHidden()]
        qtbot.waitUntil(lambda entry=entry: entry.save.visibleRegion().boundingRect().height() > 0)
