"""The tab of what is exempt: tests, classifications, and when they end."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import Signal

from desk.desk import Command, Done
from desk.dip.commands import DropTest, PutTest
from desk.dip.queries import Listed, Tested, exemption, exemptions, expiring
from desk.dip.rules import STATES, ConsequenceForm, ItemForm
from desk.letters.queries import Offer, offers
from desk.village.queries import Profile
from ui.dip.pane import Pane
from ui.dip.record import RecordPanel
from ui.dip.rows import Line, exempt_line
from ui.dip.steps import SAYINGS, StepPanel
from ui.dip.testform import ConsequencePanel
from ui.foi.letters import LettersPanel
from ui.work import Work


class ExemptPane(Pane):
    """Consequence tests with their state, the one that is open, and the form of its next step."""

    shows = frozenset({"exemption", "exemption_event", "day_off", "work_week", "year_table"})

    publishing = Signal(object)
    """Information that became public is to be entered on the list, a `Listed` without an id."""

    def __init__(self, work: Work, today: Callable[[], dt.date], now: Callable[[], dt.datetime]) -> None:
        which = {"": _("Semua"), **STATES}
        super().__init__(work, today, _("Uji konsekuensi baru"), _("Daftar pengecualian"), which)
        self._open: Tested | None = None
        self._mending: bytes | None = None
        self._rows: tuple[Tested, ...] = ()
        self._soon: frozenset[bytes] = frozenset()
        self.village: Profile | None = None
        self.record, self.panel, self.steps = RecordPanel(), ConsequencePanel(today), StepPanel(today)
        self.letters = LettersPanel(work, now)
        self.build(self.record, self.panel, self.steps, self.letters)
        self.letters.closed.connect(self._back)
        self.record.closed.connect(self._close)
        self.record.chosen.connect(self._act)
        self.panel.submitted.connect(self._save)
        self.panel.closed.connect(lambda: self.leave(self._back))
        self.panel.removing.connect(self._drop)
        self.steps.submitted.connect(self._step)
        self.steps.closed.connect(lambda: self.leave(self._back))

    def load(self) -> None:
        """Ask for the tests, and which of them are about to end."""
        self.work.ask(expiring, self.today(), done=self._show_soon)
        self.work.ask(exemptions, self.today(), self.which.currentData(), done=self._show)
        if self._open is not None and self.side_pages.currentWidget() is self.record:
            self.work.ask(exemption, self._open.id, self.today(), done=self._opened)

    def new(self) -> None:
        """An empty test."""
        self._open = self._mending = None
        self.panel.show_test(None)
        self.show_side(self.panel)
        self.panel.kind.setFocus()

    def open(self, line: Line) -> None:
        """Open a test."""
        assert isinstance(line.subject, Tested)
        self.work.ask(exemption, line.subject.id, self.today(), done=self._opened)

    def is_open(self, line: Line) -> bool:
        """Whether a row is the one that is open."""
        return isinstance(line.subject, Tested) and self._open is not None and line.subject.id == self._open.id

    def start(self) -> None:
        """A first test; a search that finds nothing is cleared."""
        if self.is_narrowed():
            self.search.clear()
            self.which.setCurrentIndex(0)
        else:
            self.new()

    def _show_soon(self, soon: tuple[Tested, ...]) -> None:
        self._soon = frozenset(test.id for test in soon)
        words = _("{n} pengecualian segera berakhir. Tetapkan terbuka, atau uji ulang bila masih perlu.")
        self.alarm.say(words.format(n=len(soon)) if soon else "")

    def _show(self, rows: tuple[Tested, ...]) -> None:
        typed = self.search.text().casefold().split()
        self._rows = tuple(
            row for row in rows if all(word in f"{row.kind} {row.detail} {row.grounds}".casefold() for word in typed)
        )
        if self.is_narrowed():
            self.empty.say(_("Tidak ada yang cocok"), _("Coba kata lain, atau tampilkan semua."), _("Tampilkan semua"))
        else:
            sentence = _("Sebelum menolak permohonan, tulis dulu apa akibatnya bila informasi dibuka dan bila ditutup.")
            self.empty.say(_("Belum ada yang dikecualikan"), sentence, _("Tulis uji pertama"))
        self.put_lines(tuple(exempt_line(row, row.id in self._soon) for row in self._rows))
        self.summary.setText(_("{n} uji konsekuensi").format(n=len(self._rows)) if self._rows else "")

    def _opened(self, test: Tested | None) -> None:
        self._open = test
        if test is None:
            self.close_side()
            return
        self.record.show_test(test, self.today())
        was_in_a_form = self.form is not None
        self.show_side(self.record)
        if self.by_keys or was_in_a_form or not self.is_wide:
            self.by_keys = False
            self.record.begin()

    def _back(self) -> None:
        """From a form to the test it belongs to, or to the list."""
        if self._open is None:
            self._close()
        else:
            self._opened(self._open)

    def _close(self) -> None:
        self._open = None
        self.close_side()

    def _act(self, act: str) -> None:
        test = self._open
        if test is None:
            return
        if act == "publish":
            listed = Listed(b"", 0, ItemForm(test.kind, "", exemption=test.id), self.today(), None, None, "")
            self.publishing.emit(listed)
        elif act == "letter":
            self.work.ask(offers, test.id, done=self._show_letter)
        elif act in ("mend", "anew"):
            self._mending = test.id if act == "mend" else None
            self.panel.show_test(test, anew=act == "anew")
            self.show_side(self.panel)
            self.panel.kind.setFocus()
        else:
            self.steps.show_step(act, test, self.village)
            self.show_side(self.steps)
            self.steps.begin()

    def _show_letter(self, papers: tuple[Offer, ...]) -> None:
        """The classification letter; the second one of a test decided on two PCs is chosen beside it."""
        if papers:
            self.show_side(self.letters)
            self.letters.show_papers(papers, papers[0])

    def _save(self, form: ConsequenceForm) -> None:
        act = PutTest(form, self.today(), self._mending)
        self.work.do(act, done=self._saved, failed=self.panel.refuse)

    def _saved(self, done: Done[bytes]) -> None:
        self.panel.keep()
        self.tell(_("Uji tersimpan. Langkah berikutnya: penetapan oleh PPID."))
        self._go_to(done.value)

    def _go_to(self, test: bytes) -> None:
        self.go_on(partial(self.work.ask, exemption, test, self.today(), done=self._opened))

    def _drop(self) -> None:
        if self._mending is not None:
            self.work.do(DropTest(self._mending), done=self._dropped, failed=self.panel.refuse)

    def _dropped(self, _done: Done[None]) -> None:
        self._close()
        self.tell(_("Uji dibuang dari daftar."), may_undo=True)

    def _step(self, command: Command[bytes]) -> None:
        self.work.do(command, done=self._stepped, failed=self.steps.refuse)

    def _stepped(self, _done: Done[bytes]) -> None:
        self.steps.keep()
        self.tell(SAYINGS[self.steps.step].told)
        if self._open is not None:
            self._go_to(self._open.id)
