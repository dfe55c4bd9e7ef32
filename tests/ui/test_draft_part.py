"""What a clerk types is on the disk within two seconds, and offered again where it was never saved."""

import datetime as dt
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from desk.desk import Desk
from desk.drafts import Drafts
from desk.seal import Seal
from desk.store import DeskError
from ui.parts.dates import DateEdit
from ui.parts.draft import LATEST, PAUSE, DraftBar
from ui.parts.field import Field, TextEdit
from ui.parts.money import MoneyEdit
from ui.work import Work

KIND = "foi.request"


class Form(QWidget):
    """One input of each kind, with its bar."""

    def __init__(self, work: Work, drafts: Drafts, now: dt.datetime, filed: set[bytes] | None = None) -> None:
        super().__init__()
        self.name, self.sought, self.day, self.fee = QLineEdit(), TextEdit(2), DateEdit(now.date()), MoneyEdit()
        self.access, self.copy = QComboBox(), QCheckBox("Salinan")
        for value, word in (("see", "Melihat"), ("copy", "Salinan")):
            self.access.addItem(word, value)
        self.inputs: dict[str, QWidget] = {
            "name": Field("&Nama", self.name), "sought": self.sought, "day": self.day, "fee": self.fee,
            "access": self.access, "copy": self.copy,
        }  # fmt: skip

        def is_filed(_conn: Connection, token: bytes) -> bool:
            return token in (filed or ())

        self.bar = DraftBar(
            work,
            drafts,
            KIND,
            self.inputs,
            now=lambda: now,
            name=self.name.text,
            filed=None if filed is None else is_filed,
        )
        column = QVBoxLayout(self)
        for widget in (self.bar, *self.inputs.values()):
            column.addWidget(widget)

    def clear(self, day: dt.date) -> None:
        """As it is for the next citizen."""
        for edit in (self.name, self.sought):
            edit.clear()
        self.day.put(day)
        self.fee.put(None)
        self.access.setCurrentIndex(0)
        self.copy.setChecked(False)


@pytest.fixture
def work(desk: Desk) -> Iterator[Work]:
    """The threads of a window over the test's desk."""
    made = Work()
    made.take(desk)
    yield made
    made._desk = None
    made.close()


@pytest.fixture
def drafts(desk: Desk) -> Drafts:
    """Where the test's desk keeps drafts."""
    return Drafts(desk.folder, Seal(bytes(32)))


@pytest.fixture
def form(work: Work, drafts: Drafts, qtbot: QtBot, now: dt.datetime) -> Form:
    """A form that was just opened, before anything was ever typed."""
    return shown(Form(work, drafts, now), qtbot)


def shown(form: Form, qtbot: QtBot) -> Form:
    """On the screen, as at its start."""
    qtbot.addWidget(form)
    form.show()
    form.bar.begin()
    settle(form, qtbot)
    return form


def settle(form: Form, qtbot: QtBot) -> None:
    """Wait until everything asked of the other thread was answered."""
    answered: list[bool] = []
    form.bar._work.run(bool, done=answered.append)
    qtbot.waitUntil(lambda: answered == [False])


def fill(form: Form, qtbot: QtBot) -> None:
    """What a clerk types."""
    qtbot.keyClicks(form.name, "Siti Contoh")
    form.sought.setPlainText("RAB jalan\nKrajan")
    form.day.setText("20-11-2026")
    qtbot.keyClicks(form.fee.line, "1500000")
    form.access.setCurrentIndex(1)
    form.copy.setChecked(True)


def test_what_was_typed_is_on_the_disk_within_two_seconds(form: Form, drafts: Drafts, qtbot: QtBot) -> None:
    began = time.monotonic()
    qtbot.keyClicks(form.name, "Siti")
    qtbot.waitUntil(lambda: drafts.found().drafts != (), timeout=5000)
    assert time.monotonic() - began < 2
    assert drafts.found().drafts[0].fields["name"] == "Siti"


def test_typing_without_a_rest_is_saved_all_the_same(form: Form, drafts: Drafts, qtbot: QtBot) -> None:
    assert (form.bar.pause.interval(), form.bar.latest.interval()) == (PAUSE, LATEST) and PAUSE < LATEST < 2000
    qtbot.keyClicks(form.name, "S")
    left = form.bar.latest.remainingTime()
    qtbot.keyClicks(form.name, "iti", delay=5)
    assert form.bar.latest.remainingTime() < left
    form.bar.latest.timeout.emit()
    assert not form.bar.pause.isActive() and not form.bar.latest.isActive()
    settle(form, qtbot)
    assert [draft.fields["name"] for draft in drafts.found().drafts] == ["Siti"]


def test_the_window_never_writes_a_draft_itself(
    form: Form, drafts: Drafts, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    for act in ("save", "found", "discard"):
        monkeypatch.setattr(drafts, act, lambda *_a, **_k: threads.append(threading.current_thread()))
    qtbot.keyClicks(form.name, "Siti")
    form.bar.flush()
    form.bar.finish()
    settle(form, qtbot)
    assert len(threads) == 2 and threading.main_thread() not in threads


def test_a_form_left_by_a_crash_is_offered_and_continued_as_it_was(
    form: Form, work: Work, drafts: Drafts, qtbot: QtBot, now: dt.datetime
) -> None:
    fill(form, qtbot)
    form.bar.flush()
    settle(form, qtbot)
    later = shown(Form(work, drafts, now + dt.timedelta(days=1)), qtbot)
    qtbot.waitUntil(later.bar.isVisible)
    assert later.bar.words.text() == ("Ada isian yang belum disimpan: Siti Contoh, 22 November 2026 pukul 09.12.")
    with qtbot.waitSignal(later.bar.resumed):
        qtbot.mouseClick(later.bar.resume, Qt.MouseButton.LeftButton)
    assert later.bar.isHidden()
    assert (later.name.text(), later.sought.text()) == ("Siti Contoh", "RAB jalan\nKrajan")
    assert (later.day.value(), later.fee.value()) == (dt.date(2026, 11, 20), Decimal(1500000))
    assert (later.access.currentData(), later.copy.isChecked()) == ("copy", True)
    assert later.bar.token == form.bar.token
    assert not later.bar.pause.isActive()
    qtbot.keyClicks(later.name, "!")
    later.bar.flush()
    settle(later, qtbot)
    assert [draft.name for draft in drafts.found().drafts] == ["Siti Contoh!"]


def test_half_a_date_and_half_an_amount_come_back_as_they_were_typed(
    form: Form, work: Work, drafts: Drafts, qtbot: QtBot, now: dt.datetime
) -> None:
    form.day.setText("31-02-20")
    qtbot.keyClicks(form.fee.line, "15 ju")
    form.bar.flush()
    settle(form, qtbot)
    later = shown(Form(work, drafts, now), qtbot)
    qtbot.waitUntil(later.bar.isVisible)
    assert "tanpa nama" in later.bar.words.text()
    later.bar.resume.click()
    assert (later.day.text(), later.fee.line.text()) == ("31-02-20", "15 ju")


def test_a_discarded_draft_is_gone_and_one_press_throws_only_one_away(
    form: Form, work: Work, drafts: Drafts, qtbot: QtBot, now: dt.datetime
) -> None:
    for minutes, key in enumerate((b"a" * 16, b"b" * 16)):
        drafts.save(KIND, f":{key.hex()}", {}, now + dt.timedelta(minutes=minutes), name=str(minutes))
    form.bar.begin()
    qtbot.waitUntil(form.bar.isVisible)
    assert "1, 22 November" in form.bar.words.text() and "Masih ada 1 lagi" in form.bar.words.text()
    qtbot.mouseDClick(form.bar.drop, Qt.MouseButton.LeftButton)
    form.bar.drop.click()
    settle(form, qtbot)
    assert form.bar.isHidden()
    assert [draft.name for draft in drafts.found().drafts] == ["0"]


def test_a_saved_form_leaves_no_draft_and_the_empty_one_is_none(
    form: Form, drafts: Drafts, qtbot: QtBot, now: dt.datetime
) -> None:
    fill(form, qtbot)
    form.bar.flush()
    first = form.bar.token
    qtbot.keyClicks(form.name, "x")
    form.clear(now.date())
    form.bar.finish()
    assert not form.bar.pause.isActive() and not form.bar.latest.isActive()
    form.bar.flush()
    settle(form, qtbot)
    assert drafts.found().drafts == () and form.bar.token != first


def test_a_form_typed_back_to_its_start_is_no_draft(form: Form, drafts: Drafts, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.name, "S")
    form.bar.flush()
    qtbot.keyClick(form.name, Qt.Key.Key_Backspace)
    form.bar.flush()
    settle(form, qtbot)
    assert drafts.found().drafts == ()


def test_who_types_before_answering_loses_neither(
    form: Form, work: Work, drafts: Drafts, qtbot: QtBot, now: dt.datetime
) -> None:
    fill(form, qtbot)
    form.bar.flush()
    settle(form, qtbot)
    later = shown(Form(work, drafts, now + dt.timedelta(days=1)), qtbot)
    qtbot.waitUntil(later.bar.isVisible)
    qtbot.keyClicks(later.name, "Adi")
    later.bar.resume.click()
    assert later.name.text() == "Siti Contoh"
    settle(later, qtbot)
    assert [draft.name for draft in drafts.found().drafts] == ["Adi", "Siti Contoh"]


def test_a_draft_belongs_to_the_record_it_was_begun_for(form: Form, drafts: Drafts, qtbot: QtBot) -> None:
    form.bar.begin("0a0b")
    qtbot.keyClicks(form.name, "Siti")
    form.bar.flush()
    for about, is_offered in (("", False), ("0c0d", False), ("0a0b", True)):
        form.name.clear()
        form.bar.begin(about)
        settle(form, qtbot)
        assert form.bar.isVisible() is is_offered


def test_what_was_filed_just_before_the_power_went_is_not_offered_again(
    work: Work, drafts: Drafts, qtbot: QtBot, now: dt.datetime
) -> None:
    filed: set[bytes] = set()
    first = shown(Form(work, drafts, now, filed), qtbot)
    fill(first, qtbot)
    first.bar.flush()
    filed.add(first.bar.token)
    drafts.save(KIND, f":{(b'b' * 16).hex()}", {}, now - dt.timedelta(days=1), name="Adi")
    later = shown(Form(work, drafts, now, filed), qtbot)
    qtbot.waitUntil(later.bar.isVisible)
    assert "Adi" in later.bar.words.text()
    settle(later, qtbot)
    assert [draft.name for draft in drafts.found().drafts] == ["Adi"]


def test_a_disk_that_refuses_is_said_once_and_tried_again(form: Form, drafts: Drafts, desk: Desk, qtbot: QtBot) -> None:
    said: list[str] = []
    form.bar._work.failed.connect(lambda error: said.append(str(error)))
    (desk.folder / "drafts").write_bytes(b"in the way")
    for words in "ab":
        qtbot.keyClicks(form.name, words)
        form.bar.flush()
        settle(form, qtbot)
    assert len(said) == 1 and "Periksa disk" in said[0]
    assert form.name.text() == "ab" and form.bar.latest.isActive()
    (desk.folder / "drafts").unlink()
    form.bar.latest.timeout.emit()
    settle(form, qtbot)
    assert [draft.name for draft in drafts.found().drafts] == ["ab"]


def test_a_damaged_draft_is_told_and_the_form_works(form: Form, drafts: Drafts, qtbot: QtBot, desk: Desk) -> None:
    said: list[object] = []
    form.bar._work.failed.connect(said.append)
    qtbot.keyClicks(form.name, "Siti")
    form.bar.flush()
    settle(form, qtbot)
    (file,) = (desk.folder / "drafts").iterdir()
    file.write_bytes(b"x" * 100)
    form.bar.begin()
    settle(form, qtbot)
    (error,) = said
    assert isinstance(error, DeskError) and "disisihkan" in str(error)
    assert form.bar.isHidden()


def test_a_form_that_is_gone_is_not_told(work: Work, drafts: Drafts, qtbot: QtBot, now: dt.datetime) -> None:
    form = Form(work, drafts, now)
    gate = threading.Event()
    work.run(gate.wait, done=bool)
    form.bar.begin()
    with qtbot.waitSignal(form.destroyed):
        form.deleteLater()
    gate.set()
    answered: list[bool] = []
    work.run(bool, done=answered.append)
    qtbot.waitUntil(lambda: answered == [False])


def test_an_input_that_no_draft_can_hold_is_a_mistake_of_ours(
    work: Work, drafts: Drafts, qtbot: QtBot, now: dt.datetime, tmp_path: Path
) -> None:
    spin = QSpinBox()
    qtbot.addWidget(spin)
    with pytest.raises(TypeError, match="QSpinBox"):
        DraftBar(work, drafts, KIND, {"n": spin}, now=lambda: now)
