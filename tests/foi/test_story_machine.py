"""Whatever a clerk does in whatever order, the register stays whole: a stateful test over the commands."""

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from desk import log
from desk.desk import Command
from desk.foi import life
from desk.foi.commands import AnswerRequest, Assign, Complete, Extend, Register
from desk.foi.endings import Close, HandOver, Lapse, MakeReady, Reopen, Void, Withdraw
from desk.foi.queries import Seek, detail, page
from desk.foi.rules import RequestForm
from desk.store import DeskError
from tests.desks import open_desk

SUNDAY = dt.datetime(2026, 11, 22, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=7)))
WHY = "alasan yang jelas bagi siapa pun"

FORM = RequestForm(
    SUNDAY.date(), SUNDAY.date(), "Siti Contoh", "RT 03", "RAB jalan", "ingin tahu", phone="0812-0000-0000"
)
HALF = RequestForm(SUNDAY.date(), SUNDAY.date(), "Siti Contoh", "", "RAB jalan", "ingin tahu", phone="0812-0000-0000")


class ARegisterInUse(RuleBasedStateMachine):
    """Requests are entered and every act is tried on them, on days that go by."""

    requests: Bundle[bytes] = Bundle("requests")

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._now = SUNDAY
        self._desk = open_desk(Path(self._folder.name), lambda: self._now)
        self._ids: list[bytes] = []

    def teardown(self) -> None:
        """The log tells exactly what the rows hold."""
        assert self._desk.ask(log.check) == []
        self._desk.close()
        self._folder.cleanup()

    @rule(days=st.integers(1, 20))
    def days_go_by(self, days: int) -> None:
        """The office opens on a later day."""
        self._now += dt.timedelta(days=days)

    @rule(target=requests, is_whole=st.booleans())
    def a_citizen_comes(self, *, is_whole: bool) -> bytes:
        """With everything, or with something still missing."""
        on = {"received": self._now.date(), "registered": self._now.date()}
        form = RequestForm(**(vars(FORM if is_whole else HALF) | on))
        entered = self._desk.do(Register(form, incomplete=not is_whole)).value
        self._ids.append(entered.id)
        assert entered.label == f"{self._number():03d}/PI/A/{self._now.year}"
        return entered.id

    def _number(self) -> int:
        """How many were entered in this year."""
        lines = self._desk.ask(page, self._now.date(), Seek(), None, 1000).rows
        return sum(line.label.endswith(f"/{self._now.year}") for line in lines)

    @rule(request=requests, act=st.sampled_from(sorted(set(life.ACTS) - {"due_moved"})))
    def an_act_is_tried(self, request: bytes, act: str) -> None:
        """It is done where it is offered, and refused with a sentence where it is not."""
        before = self._desk.ask(detail, request, self._now.date())
        assert before is not None
        try:
            self._desk.do(self._command(request, act))
        except DeskError:
            after = self._desk.ask(detail, request, self._now.date())
            assert after == before
            late = act == "extended" and self._now.date() > before.line.due
            assert act not in before.acts or late
        else:
            assert act in before.acts

    def _command(self, request: bytes, act: str) -> Command[Any]:
        day = self._now.date()
        return {
            "completed": Complete(request, day, FORM),
            "answered": AnswerRequest(request, day, "soft"),
            "assigned": Assign(request, day, "Kaur Keuangan"),
            "extended": Extend(request, day, "not_held", WHY),
            "ready": MakeReady(request, day),
            "handed_over": HandOver(request, day),
            "closed": Close(request, day),
            "reopened": Reopen(request, day, "ppid", WHY),
            "withdrawn": Withdraw(request, day, WHY),
            "lapsed": Lapse(request, day, WHY),
            "void": Void(request, day, WHY),
        }[act]

    @invariant()
    def every_record_has_its_number_and_its_state_follows_from_its_story(self) -> None:
        """No number twice, none lost; the column for lists says what the events say."""
        lines = self._desk.ask(page, self._now.date(), Seek(), None, 1000).rows
        assert len({line.label for line in lines}) == len(lines) == len(self._ids)
        for request in self._ids[-3:]:
            told = self._desk.ask(detail, request, self._now.date())
            assert told is not None
            assert told.line.state == life.state_of([step.kind for step in told.story])


ARegisterInUse.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestARegisterInUse = ARegisterInUse.TestCase
