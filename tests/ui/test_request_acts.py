"""Every step in the legal life of a request, taken once in the window."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.dip.commands import ApproveClassification, Classify, PutTest
from desk.dip.rules import ConsequenceForm
from desk.foi import life
from desk.foi.commands import Register
from desk.foi.queries import Detail, detail, person
from desk.foi.rules import RequestForm
from desk.letters.queries import considered
from desk.village.commands import EnterDay, SetVillage
from ui.foi.acts import ActPanel
from ui.foi.page import RequestsPage
from ui.work import Work

WHY = "alasan yang jelas bagi siapa pun"


@pytest.fixture
def work(desk: Desk) -> Iterator[Work]:
    """The threads of a window over the test's desk."""
    made = Work()
    made.take(desk)
    yield made
    made._desk = None
    made.close()


@pytest.fixture
def requests(work: Work, desk: Desk, qtbot: QtBot, today: dt.date, now: dt.datetime) -> RequestsPage:
    """The page of requests, shown."""
    desk.do(SetVillage("35.22.12.2015"))
    shown = RequestsPage(work, lambda: today, lambda: now, None)
    qtbot.addWidget(shown)
    shown.resize(848, 508)
    shown.show()
    return shown


def enter(desk: Desk, today: dt.date, **more: object) -> bytes:
    """A request in the register."""
    fields: dict[str, object] = {"address": "RT 03", "phone": "0812-0000-0000"} | more
    whole: dict[str, Any] = {"name": "Siti Contoh", "sought": "RAB jalan", "purpose": "ingin tahu"} | fields
    form = RequestForm(today, today, **whole)
    return desk.do(Register(form, incomplete=not fields["address"])).value.id


@pytest.fixture
def take(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> Callable[[bytes, str, Callable[[ActPanel], None]], Detail]:
    """Opens a request, takes a step in its panel, and gives the record as it is then."""

    def step(request: bytes, kind: str, fill: Callable[[ActPanel], None]) -> Detail:
        requests.open(request)
        record = requests.record
        qtbot.waitUntil(lambda: record.detail is not None and record.detail.line.id == request)
        button = [record.first] if record._offered()[0] == kind else []
        if button:
            button[0].click()
        else:
            words = {action.text(): action for action in record.others.actions()}
            words[life.ACTS[kind]].trigger()
        fill(record.act)
        record.act.submit()
        qtbot.waitUntil(lambda: record.detail is not None and record.detail.story[-1].kind == kind)
        assert record.act.isHidden()
        told = desk.ask(detail, request, today)
        assert told is not None
        return told

    return step


def choose(box: QComboBox, key: str) -> None:
    """Pick an entry by its key."""
    box.setCurrentIndex(box.findData(key))


def test_it_is_handed_to_whoever_holds_the_information_and_extended(
    desk: Desk, take: Callable[..., Detail], today: dt.date
) -> None:
    request = enter(desk, today)
    assigned = take(request, "assigned", lambda act: act.note.setPlainText("Kaur Keuangan"))
    assert (assigned.line.state, assigned.line.holder) == ("in_process", "Kaur Keuangan")

    def extend(act: ActPanel) -> None:
        choose(act.basis, "not_documented")
        act.note.setPlainText(WHY)

    extended = take(request, "extended", extend)
    assert (extended.line.state, extended.line.due) == ("extended", dt.date(2026, 12, 15))


def test_an_act_without_its_reason_is_refused_beside_the_field(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    request = enter(desk, today)
    requests.open(request)
    qtbot.waitUntil(lambda: requests.record.detail is not None)
    requests.record.begin("void")
    requests.record.act.submit()
    assert "alasannya" in requests.record.act.fields["note"].fault()


def test_an_answer_is_made_ready_handed_over_closed_and_opened_again(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, take: Callable[..., Detail], today: dt.date
) -> None:
    request = enter(desk, today)
    requests.open(request)
    record = requests.record
    qtbot.waitUntil(lambda: record.detail is not None)
    record.first.click()
    qtbot.waitUntil(lambda: not record.answer.isHidden())
    record.answer.submit()
    qtbot.waitUntil(lambda: record.detail is not None and record.detail.line.state == "answered")

    def price(act: ActPanel) -> None:
        act.fee.put(Decimal(4000))

    assert take(request, "ready", price).line.state == "ready"
    assert take(request, "handed_over", lambda act: None).line.state == "handed_over"
    assert take(request, "closed", lambda act: None).line.state == "done"

    def reopen(act: ActPanel) -> None:
        choose(act.basis, "objection")
        act.note.setPlainText(WHY)
        act.by.put(dt.date(2026, 12, 1))

    opened = take(request, "reopened", reopen)
    assert (opened.line.state, opened.line.due) == ("in_process", dt.date(2026, 12, 1))


def test_a_request_is_withdrawn_lapses_or_is_void(desk: Desk, take: Callable[..., Detail], today: dt.date) -> None:
    for kind, request, state in (
        ("withdrawn", enter(desk, today), "withdrawn"),
        ("lapsed", enter(desk, today, address=""), "lapsed"),
        ("void", enter(desk, today), "void"),
    ):
        assert take(request, kind, lambda act: act.note.setPlainText(WHY)).line.state == state


def test_a_later_due_date_is_offered_only_where_the_calendar_gives_one(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, take: Callable[..., Detail], today: dt.date
) -> None:
    request = enter(desk, today)
    requests.open(request)
    qtbot.waitUntil(lambda: requests.record.detail is not None)
    assert "due_moved" not in requests.record._offered()
    desk.do(EnterDay(dt.date(2026, 11, 24), "Hari Jadi Desa", "libur_daerah"))
    requests._load()
    qtbot.waitUntil(lambda: request in requests.record._moved)
    assert take(request, "due_moved", lambda act: None).line.due == dt.date(2026, 12, 7)


def test_an_incomplete_form_is_filed_with_a_number_and_completed_later(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    requests.new()
    form = requests.form
    form.name.setText("Siti Contoh")
    form.sought.setPlainText("RAB jalan")
    form.submit()
    assert not form.later.isHidden()
    form.later.click()
    qtbot.waitUntil(lambda: requests.pages.currentWidget() is requests.entered)
    assert requests.entered.number.text() == "001/PI/A/2026"
    assert "Dilengkapi pemohon paling lambat 25 November 2026" in requests.entered.due.text()
    requests.entered.done.click()
    record = requests.record
    qtbot.waitUntil(lambda: record.detail is not None and record.detail.line.state == "incomplete")
    record.first.click()
    qtbot.waitUntil(lambda: requests.pages.currentWidget() is form)
    assert form.name.text() == "Siti Contoh" and not form.sought.isEnabled()
    form.address.setText("RT 03")
    form.phone.setText("0812-0000-0000")
    form.purpose.setPlainText("ingin tahu")
    form.submit()
    qtbot.waitUntil(lambda: record.detail is not None and record.detail.line.state == "registered")
    assert record.number.text() == "001/PI/A/2026"


def test_a_refusal_in_the_window_asks_for_its_test_and_cites_it(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    request = enter(desk, today, more=("Daftar penerima BLT",))
    requests.open(request)
    record = requests.record
    qtbot.waitUntil(lambda: record.detail is not None)
    record.first.click()
    qtbot.waitUntil(lambda: not record.answer.isHidden())
    choose(record.answer.decisions[1].outcome, "refused")
    record.answer.submit()
    assert "Uji Konsekuensi".casefold() in record.answer.decisions[1].fields["test"].fault().casefold()
    record.answer.cancel.click()
    tested = ConsequenceForm(
        "Data pribadi penerima bantuan", "kolom rekening", ("h3",), "membuka rahasia pribadi", "terlindungi", today
    )
    test = desk.do(PutTest(tested, today)).value
    desk.do(Classify(test, today, today, "1/KI/2026", "Contoh", "Sekdes", "Sekretaris", "PPID Desa", WHY))
    desk.do(ApproveClassification(test, today, today, "Kades Contoh"))
    record.first.click()
    qtbot.waitUntil(lambda: bool(record.answer.decisions) and record.answer.decisions[0].test.count() == 1)
    choose(record.answer.decisions[1].outcome, "refused")
    record.answer.submit()
    qtbot.waitUntil(lambda: record.detail is not None and record.detail.line.state == "answered")
    told = desk.ask(detail, request, today)
    assert told is not None and told.items[1].decided is not None
    assert (told.items[1].decided.grounds, told.story[-1].outcome) == (("h3",), "partly")


def test_an_open_answer_sees_a_test_approved_meanwhile_and_keeps_what_was_typed(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    requests.open(enter(desk, today))
    record = requests.record
    qtbot.waitUntil(lambda: record.detail is not None)
    record.first.click()
    qtbot.waitUntil(lambda: not record.answer.isHidden())
    (part,) = record.answer.decisions
    choose(part.outcome, "partly")
    part.removed.setPlainText("halaman 2: nomor rekening")
    tested = ConsequenceForm("Rekening bantuan", "kolom rekening", ("h3",), "membuka rahasia", "terlindungi", today)
    test = desk.do(PutTest(tested, today)).value
    desk.do(Classify(test, today, today, "1/KI/2026", "Contoh", "Sekdes", "Sekretaris", "PPID Desa", WHY))
    requests._work.do(ApproveClassification(test, today, today, "Kades Contoh"))
    qtbot.waitUntil(lambda: part.test.count() == 1)
    assert record.answer.decisions == (part,) and part.removed.text() == "halaman 2: nomor rekening"
    assert part.decision().test == test


def test_the_test_that_was_chosen_stays_chosen_when_another_is_approved_meanwhile(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    def approve(content: str) -> bytes:
        tested = ConsequenceForm(content, "kolom rekening", ("h3",), "membuka rahasia", "terlindungi", today)
        test = desk.do(PutTest(tested, today)).value
        desk.do(Classify(test, today, today, f"{content}/KI/2026", "Contoh", "Sekdes", "Sekretaris", "PPID Desa", WHY))
        requests._work.do(ApproveClassification(test, today, today, "Kades Contoh"))
        return test

    approve("Alamat penerima")
    second = approve("Rekening bantuan")
    requests.open(enter(desk, today))
    record = requests.record
    qtbot.waitUntil(lambda: record.detail is not None)
    record.first.click()
    qtbot.waitUntil(lambda: bool(record.answer.decisions) and record.answer.decisions[0].test.count() == 2)
    (part,) = record.answer.decisions
    choose(part.outcome, "refused")
    part.test.setCurrentIndex([part.test.itemData(place) for place in range(2)].index(second))
    wanted = part.test.currentText()
    approve("Catatan kesehatan")
    qtbot.waitUntil(lambda: part.test.count() == 3)
    assert part.test.currentText() == wanted and part.decision().test == second


def test_the_grounds_of_a_consideration_are_asked_where_something_stays_closed(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    tested = ConsequenceForm("Rekening bantuan", "kolom rekening", ("h3",), "membuka rahasia", "terlindungi", today)
    test = desk.do(PutTest(tested, today)).value
    desk.do(Classify(test, today, today, "1/KI/2026", "Contoh", "Sekdes", "Sekretaris", "PPID Desa", WHY))
    desk.do(ApproveClassification(test, today, today, "Kades Contoh"))
    request = enter(desk, today)
    requests.open(request)
    record = requests.record
    qtbot.waitUntil(lambda: record.detail is not None)
    record.first.click()
    qtbot.waitUntil(lambda: not record.answer.isHidden())
    grounds = record.answer.consideration
    assert grounds.isHidden()
    choose(record.answer.decisions[0].outcome, "refused")
    assert grounds.isVisible() and [tick.text() for tick in grounds.ticks.values()] == [
        "Politik", "Ekonomi", "Sosial", "Budaya", "Pertahanan dan keamanan negara"
    ]  # fmt: skip
    grounds.ticks["society"].setChecked(True)
    record.answer.submit()
    assert "hapus tandanya" in grounds.fields["society"].fault()
    grounds.words["society"].setPlainText("warga penerima dapat dipermalukan")
    record.answer.submit()
    qtbot.waitUntil(lambda: record.detail is not None and record.detail.line.state == "answered")
    assert desk.ask(considered, record.detail.story[-1].id) == (("society", "warga penerima dapat dipermalukan"),)


def test_an_identity_is_put_right_after_it_was_opened(
    requests: RequestsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    request = enter(desk, today)
    requests.open(request)
    record, form = requests.record, requests.form
    qtbot.waitUntil(lambda: record.detail is not None)
    assert record.correct.isHidden()
    record.reveal.click()
    qtbot.waitUntil(lambda: "Siti Contoh" in record.person.text())
    record.correct.click()
    qtbot.waitUntil(lambda: requests.pages.currentWidget() is form)
    assert form.fields["sought"].isHidden() and form.name.text() == "Siti Contoh"
    form.name.setText("Siti Betulan")
    form.submit()
    qtbot.waitUntil(lambda: requests.pages.currentWidget() is requests.main)
    known = desk.ask(person, request)
    assert known is not None and known.name == "Siti Betulan"
