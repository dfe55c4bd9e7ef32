"""An objection is entered, read, and taken through every step of its life in the window."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.desk import Desk
from desk.foi.commands import AnswerRequest, Register
from desk.foi.endings import Void
from desk.foi.rules import RequestForm
from desk.objections import rules
from desk.objections.commands import RegisterObjection, TakeStep
from desk.objections.queries import Detail, objection, objections
from desk.objections.rules import ObjectionForm
from desk.village.commands import AppointOfficial, SetVillage
from ui.objections.acts import EXPLAINED, ActPanel
from ui.objections.page import ObjectionsPage
from ui.objections.record import usual
from ui.objections.words import dispute_words, promise_words, state_words, step_words
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
def page(work: Work, desk: Desk, qtbot: QtBot, today: dt.date, now: dt.datetime) -> ObjectionsPage:
    """The page, shown at the size a small window leaves it."""
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "081234567890", today))
    shown = ObjectionsPage(work, lambda: today, lambda: now)
    qtbot.addWidget(shown)
    shown.resize(848, 508)
    shown.show()
    qtbot.waitUntil(lambda: shown.middle.currentWidget() is shown.empty)
    return shown


def ask(desk: Desk, came: dt.date, today: dt.date) -> bytes:
    """A request in the register."""
    form = RequestForm(
        came, today, "Siti Contoh", "RT 03", "RAB jalan", "ingin tahu", phone="0812", late_entry_reason="surat"
    )
    return desk.do(Register(form)).value.id


@pytest.fixture
def request_id(desk: Desk, today: dt.date) -> bytes:
    """A request of four weeks ago that nobody answered."""
    return ask(desk, today - dt.timedelta(days=28), today)


@pytest.fixture
def object_to(desk: Desk, request_id: bytes, today: dt.date) -> Callable[..., bytes]:
    """Enters an objection on some grounds."""

    def enter(*grounds: str, **more: str) -> bytes:
        form = ObjectionForm(today, today, grounds or ("c",), "Sudah empat minggu tidak ada jawaban.", **more)
        return desk.do(RegisterObjection(request_id, form)).value.id

    return enter


def begin(page: ObjectionsPage, request: bytes, qtbot: QtBot) -> None:
    """Open the form against a request."""
    page.new(request)
    qtbot.waitUntil(lambda: page.pages.currentWidget() is page.form and page.form.request == request)


def opened(page: ObjectionsPage, qtbot: QtBot, id: bytes) -> Detail:  # noqa: A002
    """Open an objection and give what its record shows."""
    page.open(id)
    qtbot.waitUntil(lambda: page.record.detail is not None and page.record.detail.line.id == id)
    assert page.record.detail is not None
    return page.record.detail


@pytest.fixture
def take(
    page: ObjectionsPage, qtbot: QtBot, desk: Desk, today: dt.date
) -> Callable[[bytes, str, Callable[[ActPanel], None]], Detail]:
    """Opens an objection, takes a step in its panel, and gives the record as it is then."""

    def step(id: bytes, kind: str, fill: Callable[[ActPanel], None]) -> Detail:  # noqa: A002
        record = page.record
        if usual(opened(page, qtbot, id)) == kind:
            record.first.click()
        else:
            words = {action.text(): action for action in record.others.actions()}
            words[rules.ACTS[kind]].trigger()
        assert record.act.heading.text() == rules.ACTS[kind]
        fill(record.act)
        record.act.submit()
        qtbot.waitUntil(lambda: record.detail is not None and record.detail.story[-1].kind == kind)
        assert record.act.isHidden() and rules.STATES[record.detail.line.state]  # type: ignore[union-attr]
        told = desk.ask(objection, id, today)
        assert told is not None
        return told

    return step


def note(words: str = WHY) -> Callable[[ActPanel], None]:
    """Fills in the words of an act."""
    return lambda act: act.note.setPlainText(words)


def decide(outcome: str) -> Callable[[ActPanel], None]:
    """Fills in an outcome with its reasons."""

    def fill(act: ActPanel) -> None:
        act.outcome.setCurrentIndex(act.outcome.findData(outcome))
        act.note.setPlainText(WHY)

    return fill


def nothing(act: ActPanel) -> None:
    """An act that needs no more than its day."""


def test_an_empty_page_says_what_comes_first_and_leads_there(page: ObjectionsPage, qtbot: QtBot) -> None:
    assert "Catat keberatan" in page.empty.sentence.text()
    with qtbot.waitSignal(page.go) as went:
        page.empty.button.click()
    assert went.args == ["requests"]


def test_an_objection_is_entered_by_keys_alone(
    page: ObjectionsPage, request_id: bytes, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    begin(page, request_id, qtbot)
    form = page.form
    qtbot.waitUntil(form.proxy_name.hasFocus)
    assert "001/PI/A/2026" in form.heading.text() and form.sought.text() == "RAB jalan"
    qtbot.keyClicks(form.proxy_name, "Joko Rahasia")
    for widget in (form.proxy_address, form.proxy_phone, form.grounds.ticks["a"]):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert widget.hasFocus()
        if widget is form.proxy_address:
            qtbot.keyClicks(widget, "Gang Rahasia 7")
    qtbot.keyClicks(QApplication.focusWidget(), "gc")
    assert form.grounds.chosen() == ("c", "g") and form.grounds.ticks["c"].hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert form.matter.hasFocus()
    qtbot.keyClicks(form.matter, "Sudah empat minggu tidak ada jawaban.")
    qtbot.keyClick(form.matter, Qt.Key.Key_Tab)
    assert form.channel.hasFocus()
    qtbot.keyClicks(form.channel, "lisan")
    qtbot.keyClick(form.channel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.record.number.text() == "001/KB/A/2026")
    assert page.pages.currentWidget() is page.main and not page.is_unsaved
    told = opened(page, qtbot, desk.ask(objections, today)[0].id)
    assert (told.line.grounds, told.channel, told.line.request) == (("c", "g"), "oral", request_id)


def test_what_is_missing_stands_beside_its_field_until_it_is_there(
    page: ObjectionsPage, request_id: bytes, qtbot: QtBot, today: dt.date
) -> None:
    begin(page, request_id, qtbot)
    form = page.form
    form.received.put(today - dt.timedelta(days=1))
    form.submit()
    faulty = {name for name, field in form.fields.items() if field.fault()}
    assert faulty == {"grounds", "matter", "late_entry_reason"}
    assert form.grounds.ticks["a"].hasFocus() and not form.fields["late_entry_reason"].isHidden()
    form.grounds.ticks["c"].click()
    assert form.fields["grounds"].fault() == ""
    form.received.setText("kapan-kapan")
    assert "22-11-2026" in form.fields["received"].fault()


def test_each_ground_says_whether_it_is_in_time_and_early_is_no_refusal(
    page: ObjectionsPage, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    begin(page, ask(desk, today, today), qtbot)
    grounds = page.form.grounds
    assert "lebih awal" in grounds.notes["c"].text() and grounds.notes["b"].text() == "kapan saja"
    assert grounds.flags.isHidden()
    grounds.ticks["c"].click()
    assert "Pasal 36" in grounds.flags.text() and "Tetap dicatat" in grounds.flags.text()
    page.form.matter.setPlainText("Tidak dijawab sama sekali.")
    page.form.submit()
    qtbot.waitUntil(lambda: page.record.detail is not None)
    assert not page.record.flags["early"].isHidden() and page.record.flags["late"].isHidden()


def test_after_an_answer_the_grounds_run_from_its_day(
    page: ObjectionsPage, request_id: bytes, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    desk.do(AnswerRequest(request_id, today, "soft"))
    begin(page, request_id, qtbot)
    assert page.form.grounds.notes["d"].text().startswith("dalam waktu")


def test_typed_words_are_not_left_without_asking(
    page: ObjectionsPage, request_id: bytes, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    begin(page, request_id, qtbot)
    page.form.matter.setPlainText("Sudah empat minggu")
    page.form.cancel.click()
    assert not page.form.asking.isHidden() and page.is_unsaved
    page.new(request_id)
    assert page.form.matter.text() == "Sudah empat minggu"
    other = ask(desk, today, today)
    page.new(other)
    assert page.form.request == request_id
    page.form.asking.drop.click()
    qtbot.waitUntil(lambda: page.form.request == other)
    assert page.form.matter.text() == "" and not page.is_unsaved


def test_a_void_request_takes_no_objection_and_says_so(
    page: ObjectionsPage, work: Work, desk: Desk, qtbot: QtBot, request_id: bytes, today: dt.date
) -> None:
    desk.do(Void(request_id, today, WHY))
    with qtbot.waitSignal(work.failed) as refused:
        page.new(request_id)
    assert "permohonan yang terdaftar" in str(refused.args[0])
    assert page.pages.currentWidget() is page.main


def test_the_list_is_searched_as_one_types(page: ObjectionsPage, object_to: Callable[..., bytes], qtbot: QtBot) -> None:
    object_to("c")
    object_to("d")
    page._load()
    qtbot.waitUntil(lambda: len(page.model.rows) == 2)
    spoken = page.model.data(page.model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert "001/PI/A/2026" in spoken and "hari kerja lagi" in spoken and "Permohonan tidak ditanggapi" in spoken
    qtbot.keyClicks(page.search, "002/KB")
    qtbot.waitUntil(lambda: [line.label for line in page.model.rows] == ["002/KB/A/2026"])
    page.search.setText("tidak ada yang begini")
    qtbot.waitUntil(lambda: page.middle.currentWidget() is page.empty)
    assert page.empty.heading.text() == "Tidak ada yang cocok" and page.empty.button.isHidden()


def test_the_record_explains_its_days_and_masks_the_proxy(
    page: ObjectionsPage, object_to: Callable[..., bytes], request_id: bytes, qtbot: QtBot
) -> None:
    alone = object_to("a")
    opened(page, qtbot, alone)
    record = page.record
    assert record.person.text() == "Pemohon sendiri" and record.reveal.isHidden()
    opened(page, qtbot, object_to("c", "g", proxy_name="Joko Rahasia", proxy_address="Gang Rahasia 7"))
    assert record.strip.words.text().startswith("30 hari kerja") and "keberatan diterima" in record.strip.words.text()
    assert record.grounds.text().startswith("c. Permohonan tidak ditanggapi\ng. ")
    assert record.person.text() == "Kuasa: J••• R•••"
    record.reveal.click()
    qtbot.waitUntil(lambda: "Gang Rahasia 7" in record.person.text())
    opened(page, qtbot, alone)
    assert "Rahasia" not in record.person.text()
    with qtbot.waitSignal(page.opened_request) as wanted:
        record.request.click()
    assert wanted.args == [request_id]
    for folded in (False, True):
        if not folded:
            record.first.click()
        qtbot.keyClick(page.main, Qt.Key.Key_Escape)
        assert record.act.isHidden() and page.side.isHidden() is folded


def test_it_is_reviewed_answered_carried_out_and_closed(
    page: ObjectionsPage, object_to: Callable[..., bytes], take: Callable[..., Detail], qtbot: QtBot, today: dt.date
) -> None:
    made = object_to("c")
    assert take(made, "reviewing", nothing).line.state == "reviewing"

    def answer(act: ActPanel) -> None:
        assert act.official.text() == "Budi Contoh, Kepala Desa"
        decide("changed")(act)
        act.reply.setPlainText("menerima")

    answered = take(made, "answered", answer)
    assert (answered.line.state, answered.story[-1].reply) == ("answered", "menerima")
    assert "Komisi Informasi sampai" in page.record.dispute.text()
    assert "mengabulkan keberatan" in page.record.story.text() and "menerima" in page.record.story.text()
    assert take(made, "carried_out", nothing).line.state == "carried_out"
    assert take(made, "closed", nothing).line.state == "done"
    assert page.record.first.isHidden() and page.record.more.isHidden()


def test_an_upheld_decision_leads_to_the_end_or_to_the_commission(
    object_to: Callable[..., bytes], take: Callable[..., Detail]
) -> None:
    made = object_to("a")
    assert usual(take(made, "answered", decide("upheld"))) == "closed"
    assert take(made, "filed", nothing).line.state == "disputed"
    for kind in ("mediation", "adjudication"):
        assert take(made, kind, nothing).line.state == "disputed"
    assert take(made, "ruling", decide("changed")).line.state == "ruled"
    assert take(made, "carried_out", nothing).line.state == "carried_out"


def test_musyawarah_and_withdrawal_end_it_too_and_ground_a_is_not_settled(
    page: ObjectionsPage, object_to: Callable[..., bytes], take: Callable[..., Detail], qtbot: QtBot
) -> None:
    assert take(object_to("c"), "settled", note()).line.state == "settled"
    assert take(object_to("g"), "withdrawn", note()).line.state == "withdrawn"
    opened(page, qtbot, object_to("a"))
    assert rules.ACTS["settled"] not in {action.text() for action in page.record.others.actions()}


def test_an_act_says_beside_its_fields_what_is_missing_and_asks_for_no_more(
    page: ObjectionsPage, object_to: Callable[..., bytes], qtbot: QtBot
) -> None:
    opened(page, qtbot, object_to("c"))
    act = page.record.act
    page.record.begin("answered")
    act.official.clear()
    act.submit()
    assert {name for name, field in act.fields.items() if field.fault()} == {"outcome", "official", "note"}
    page.record.begin("withdrawn")
    assert {name for name, field in act.fields.items() if not field.isHidden()} == {"day", "note"}
    act.note.setPlainText(WHY)
    assert page.is_unsaved
    page.record.back.click()
    assert "belum disimpan" in act.trouble.text() and not act.isHidden()
    act.cancel.click()
    assert not page.is_unsaved and not page.record.first.isHidden()


def test_a_step_taken_elsewhere_meanwhile_is_refused_in_words(
    page: ObjectionsPage, object_to: Callable[..., bytes], desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    made = object_to("c")
    opened(page, qtbot, made)
    page.record.begin("reviewing")
    desk.do(TakeStep(made, "withdrawn", today, WHY))
    page.record.act.submit()
    qtbot.waitUntil(lambda: "tidak berlaku" in page.record.act.trouble.text())


def test_a_silent_superior_is_late_in_words_and_the_way_to_the_commission_stands_open(
    object_to: Callable[..., bytes], desk: Desk, today: dt.date
) -> None:
    made = object_to("c")

    def told(day: dt.date) -> Detail:
        found = desk.ask(objection, made, day)
        assert found is not None
        return found

    line = told(today).line
    assert dispute_words(told(today), today) == "" and "Usahakan" in promise_words(told(today), today)
    after = line.due + dt.timedelta(days=1)
    assert "Usahakan" not in promise_words(told(after), after)
    assert state_words(told(after).line) == ("late", "terlambat 1 hari kerja")
    assert "dapat mengajukan sengketa" in dispute_words(told(after), after)
    long_after = after + dt.timedelta(days=90)
    assert "lewat pada" in dispute_words(told(long_after), long_after)


def test_every_act_and_every_step_has_its_words(object_to: Callable[..., bytes], take: Callable[..., Detail]) -> None:
    assert set(EXPLAINED) == set(rules.ACTS)
    told = take(object_to("c"), "reviewing", note("oleh Kepala Desa"))
    assert [step_words(step) for step in told.story] == [
        "Dicatat dalam register keberatan oleh Petugas.",
        "Mulai ditelaah; dicatat Petugas. oleh Kepala Desa",
    ]
