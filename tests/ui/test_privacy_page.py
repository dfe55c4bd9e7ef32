"""Data pribadi: a breach is written down and told, identities go when they are due, and who looked is shown."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.drafts import Drafts
from desk.foi.commands import AnswerRequest, Register, Unmask
from desk.foi.endings import Close
from desk.foi.queries import person
from desk.foi.rules import RequestForm
from desk.privacy.commands import PutBreach, SetRetention
from desk.privacy.queries import accesses, breaches, keeping
from desk.privacy.rules import BreachForm
from desk.vault import seal_of
from desk.village.commands import AppointOfficial, SetContact, SetVillage
from tests.desks import open_desk
from tests.ui.test_pictures import cut, outside
from ui.parts.field import TextEdit
from ui.parts.style import dress, scale
from ui.privacy.breaches import BreachesPane
from ui.privacy.page import PrivacyPage
from ui.settings.page import SettingsPage
from ui.work import Work

PICTURES = Path(__file__).parent / "pictures"
SCREENS = {"1024x600": (848, 508, 100), "1366x768": (1190, 676, 100), "1366x768 150": (1190, 640, 150)}
LONG_AGO = dt.date(2020, 3, 2)
LEAKED = "nama dan alamat\nnomor telepon"


class Clock:
    """A clock a test moves on."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        return self.at


@pytest.fixture
def clock(now: dt.datetime) -> Clock:
    """Nine in the morning, until it is moved."""
    return Clock(now)


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A village with one running request and one that ended long ago."""
    made = open_desk(tmp_path / "desa", clock)
    made.do(SetVillage("35.22.12.2015"))
    made.do(SetContact("Jalan Contoh Nomor 1", "Kantor Desa"))
    made.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "081234567890", LONG_AGO))
    for day, name in ((LONG_AGO, "Siti Rahasia"), (clock.at.date(), "Wati Lain")):
        form = RequestForm(day, day, name, "Gang Rahasia 7", "RAB jalan Krajan", "ingin tahu", phone="0812-0000-0000")
        request = made.do(Register(form)).value.id
        if day == LONG_AGO:
            made.do(AnswerRequest(request, day, "hard", Decimal(0)))
            made.do(Close(request, day))
    yield made
    made.close()


@pytest.fixture
def work(qtbot: QtBot, qapp: QApplication, desk: Desk) -> Iterator[Work]:
    """The threads of a window; what nobody took fails the test."""
    dress(qapp, 100)
    made, failures = Work(), []
    made.failed.connect(failures.append)
    made.take(desk)
    yield made
    made.close()
    assert failures == []


@pytest.fixture
def page(qtbot: QtBot, work: Work, desk: Desk, clock: Clock) -> PrivacyPage:
    """The page in its room on a small screen, with what the desk knows."""
    shown = PrivacyPage(work, lambda: clock.at.date(), clock, Drafts(desk.folder, desk.ask(seal_of)))
    qtbot.addWidget(shown)
    shown.resize(848, 508)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    qtbot.waitUntil(lambda: shown.keeping.seen is not None and shown.openings.hits.count() == 2)
    return shown


def write(pane: BreachesPane, **words: str) -> None:
    """Type into the form."""
    usual = {"leaked": LEAKED, "happened": "kemarin", "how": "buku register hilang", "handling": "dicari",
             "contact": "Sri, 0812"}  # fmt: skip
    for name, text in (usual | words).items():
        edit = pane.form.fields[name].input
        if isinstance(edit, TextEdit):
            edit.setPlainText(text)
        else:
            assert isinstance(edit, QLineEdit)
            edit.setText(text)


def begun(clock: Clock) -> BreachForm:
    """A lost register, known since an hour."""
    return BreachForm(
        clock.at - dt.timedelta(hours=1), LEAKED, "antara 20 dan 21 November 2026", "buku register hilang dari meja",
        "buku dicari\ndilaporkan ke camat", "Sri Contoh, 0812-0000-1111", numbers="001/PI/A/2020\n001/PI/A/2026",
        others="Tono Rahasia; RT 05", advice="Waspadai telepon yang mengaku dari desa",
    )  # fmt: skip


def opened(page: PrivacyPage, desk: Desk, clock: Clock, qtbot: QtBot) -> bytes:
    """A breach, open on the page."""
    breach = desk.do(PutBreach(begun(clock))).value
    page.breaches.reload()
    qtbot.waitUntil(lambda: breach in page.breaches.buttons)
    page.breaches.buttons[breach].click()
    return breach


def test_the_settings_lead_here(qtbot: QtBot, work: Work, clock: Clock) -> None:
    settings = SettingsPage(work, lambda: clock.at.date())
    qtbot.addWidget(settings)
    with qtbot.waitSignal(settings.go) as heard:
        settings.privacy.click()
    assert heard.args == ["privacy"]
    qtbot.waitUntil(lambda: settings.filled)


def test_a_breach_is_typed_saved_and_its_clock_runs(page: PrivacyPage, desk: Desk, clock: Clock, qtbot: QtBot) -> None:
    pane = page.breaches
    pane.empty.button.click()
    pane.form.submit()
    assert "Tulis data apa" in pane.form.fields["leaked"].fault()
    assert "nomor permohonan" in pane.form.fields["numbers"].fault()
    write(pane, numbers="001/PI/A/2026", hour="08.12")
    pane.form.submit()
    qtbot.waitUntil(lambda: pane.record.known is not None)
    assert pane.record.chip.word == "tinggal 2 hari 23 jam"
    clock.at += dt.timedelta(hours=60)
    pane.tick()
    assert (pane.record.chip.state, pane.record.chip.word) == ("soon", "tinggal 11 jam")
    clock.at += dt.timedelta(hours=14)
    pane.tick()
    assert (pane.record.chip.state, pane.record.chip.word) == ("late", "terlambat 3 jam")
    assert not page.is_unsaved
    (known,) = desk.ask(breaches)
    assert [one.label for one in known.people] == ["001/PI/A/2026"]


def test_an_unknown_number_is_said_and_nothing_typed_is_lost(page: PrivacyPage, desk: Desk, qtbot: QtBot) -> None:
    pane = page.breaches
    pane.new()
    write(pane, numbers="009/PI/A/2026")
    pane.form.submit()
    qtbot.waitUntil(lambda: "009/PI/A/2026 tidak ada" in pane.form.note.text())
    assert page.is_unsaved
    pane.form.closed.emit()
    assert not pane.unsaved.isHidden()
    pane.unsaved.discard.emit()
    assert not page.is_unsaved and desk.ask(breaches) == ()


def test_each_notice_is_shown_and_its_handing_over_written_down(
    page: PrivacyPage, desk: Desk, clock: Clock, qtbot: QtBot
) -> None:
    pane, record = page.breaches, page.breaches.record
    breach = opened(page, desk, clock, qtbot)
    first, *_rest, agency = record.rows
    assert agency is None
    record.rows[first][0].click()
    qtbot.waitUntil(lambda: pane.output.document is not None)
    request = desk.ask(breaches)[0].people[0].request
    assert request is not None
    assert "Identitas dibuka" in {row.what for row in desk.ask(accesses, request)}
    pane.back.click()
    assert pane.output.document is None
    record.end.click()
    qtbot.waitUntil(lambda: "belum diberi tahu" in record.note.text())
    for left, who in enumerate(list(record.rows), 1):
        record.rows[who][1].click()
        qtbot.waitUntil(lambda left=left: sum(at is not None for at in record.known.told) == left)
    record.end.click()
    qtbot.waitUntil(lambda: record.known is not None and record.known.is_closed)
    assert record.chip.word == "ditutup"
    assert "dalam 3 × 24 jam" in record.limit.text()
    assert breach == record.known.id


def test_identities_go_after_the_word_was_typed_and_the_file_is_clean(
    page: PrivacyPage, desk: Desk, clock: Clock, qtbot: QtBot
) -> None:
    pane = page.keeping
    page.tabs.setCurrentIndex(1)
    assert pane.go.isHidden() and "Belum ada lama simpan" in pane.heading.text()
    edits = [field.input for field in (pane.years, pane.basis, pane.sure)]
    years, basis, sure = (edit for edit in edits if isinstance(edit, QLineEdit))
    years.setText("lima")
    pane.save.click()
    assert "angka tahun" in pane.years.fault()
    years.setText("5")
    basis.setText("Perdes Contoh")
    assert page.is_unsaved
    pane.save.click()
    qtbot.waitUntil(lambda: not pane.go.isHidden())
    assert not page.is_unsaved
    assert looked(page, "privacy due 1024x600") == []
    (due,) = desk.ask(keeping, clock.at.date()).due
    pane.go.click()
    assert "Centang dulu" in pane.note.text()
    pane.ticks.item(0).setCheckState(Qt.CheckState.Checked)
    sure.setText("hapus")
    pane.go.click()
    assert "huruf besar" in pane.sure.fault()
    sure.setText("HAPUS")
    pane.go.click()
    qtbot.waitUntil(lambda: "berkasnya bersih" in pane.note.text(), timeout=10_000)
    known = desk.ask(person, due.id)
    assert known is not None and known.name == ""
    assert not desk.ask(keeping, clock.at.date()).is_file_unclean
    qtbot.waitUntil(lambda: pane.go.isHidden() and pane.clean.isHidden())


def test_who_opened_an_identity_is_listed_for_the_one_who_asks(page: PrivacyPage, desk: Desk, qtbot: QtBot) -> None:
    pane = page.openings
    page.tabs.setCurrentIndex(2)
    request = pane._found[0].id
    desk.do(Unmask(request), by="Sari")
    pane.hits.setCurrentRow(0)
    qtbot.waitUntil(lambda: pane.list.count() == 2)
    assert pane.list.item(1).text() == "Min, 22 Nov 2026 09.12 WIB · Sari\nIdentitas dibuka"
    pane.copy.click()
    assert "Sari · Identitas dibuka" in QApplication.clipboard().text()
    pane._typed.setText("tidak ada yang begini")
    qtbot.waitUntil(lambda: "Tidak ada permohonan" in pane.heading.text())


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_cut_off(
    page: PrivacyPage, work: Work, desk: Desk, clock: Clock, qapp: QApplication, qtbot: QtBot, screen: str
) -> None:
    width, height, zoom = SCREENS[screen]
    scale(qapp, zoom)
    try:
        page.resize(width, height)
        found = [f"empty: {what}" for what in looked(page, f"privacy empty {screen}")]
        page.breaches.new()
        page.breaches.form.submit()
        found += [f"form: {what}" for what in looked(page, f"privacy form {screen}")]
        page.breaches._discard()
        breach = opened(page, desk, clock, qtbot)
        found += [f"record: {what}" for what in looked(page, f"privacy record {screen}")]
        page.breaches.record.rows[None][0].click()
        qtbot.waitUntil(lambda: page.breaches.output.document is not None)
        settle(qtbot, page, work)
        found += [f"paper: {what}" for what in looked(page, f"privacy paper {screen}")]
        page.breaches.leave_paper()
        page.breaches._close()
        settle(qtbot, page, work)
        assert breach in page.breaches.buttons
        found += [f"list: {what}" for what in looked(page, f"privacy list {screen}")]
        desk.do(SetRetention(5, "Perdes Contoh Nomor 2 Tahun 2024 tentang arsip"))
        page.tabs.setCurrentIndex(1)
        page.keeping.reload()
        qtbot.waitUntil(lambda: "Belum ada identitas" in page.keeping.heading.text())
        found += [f"keeping: {what}" for what in looked(page, f"privacy keeping {screen}")]
        page.tabs.setCurrentIndex(2)
        page.openings.hits.setCurrentRow(1)
        qtbot.waitUntil(lambda: page.openings.list.count() > 0)
        found += [f"openings: {what}" for what in looked(page, f"privacy openings {screen}")]
        assert (page.width(), page.height()) == (width, height)
    finally:
        scale(qapp, 100)
    assert found == []


def settle(qtbot: QtBot, page: PrivacyPage, work: Work) -> None:
    """Wait until what the page asked for has come and been drawn."""
    heard: list[object] = []
    for _round in range(3):
        heard.clear()
        work.run(tuple, done=heard.append)
        qtbot.waitUntil(lambda: bool(heard), timeout=10_000)
        QApplication.processEvents()
    view = page.breaches.preview.view
    qtbot.waitUntil(lambda: not view.isVisible() or bool(view.drawn()), timeout=10_000)
    QApplication.processEvents()


def looked(page: PrivacyPage, name: str) -> list[str]:
    """Keep a picture for eyes, and name what sticks out or is cut."""
    QApplication.processEvents()
    PICTURES.mkdir(exist_ok=True)
    assert page.grab().save(str(PICTURES / f"{name.replace(' ', '-')}.png"))
    return [*outside(page), *cut(page)]
