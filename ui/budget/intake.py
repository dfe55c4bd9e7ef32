"""Loading a budget from a file in four steps; nothing changes before the last button is pressed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from gettext import gettext as _
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk.budget.rules import check_year
from desk.desk import Done, Together
from desk.exchange.apbdes import BudgetFile, Hints, read_budget
from desk.exchange.headings import UnclearError
from desk.exchange.loading import ImportBudget, ImportReport
from desk.exchange.sheet import Pasted
from desk.exchange.siskeudes.postings import Choice, Posting, Undecided
from desk.layouts import RememberColumns, remembered
from desk.money import Style
from desk.store import DeskError
from desk.watch import Stopped
from ui.budget.balance import BalanceLine
from ui.budget.difference import DifferenceList, difference_words
from ui.budget.dropping import DropBox, copied
from ui.budget.posting import PostingChoice
from ui.budget.problems import ProblemList, problem_sentence
from ui.budget.progress import Bar, Progress
from ui.budget.reading import Reading, controls_sentence, loaded_sentence, plan_sentences
from ui.parts.chip import Note
from ui.parts.field import Field
from ui.parts.icons import icon
from ui.village.steps import Steps
from ui.work import Work

FILE, READ, PROBLEMS, ACCEPT = range(4)
"""The steps."""

SMALLEST = 112
"""Pixels a list keeps where the window is low: three rows."""


class Intake(QWidget):
    """File, what was read, what to look at, accept."""

    loaded = Signal(int, str, bool)
    """A file was accepted: its year, the sentence that says what changed, and whether anything did."""
    closed = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._command: ImportBudget | None = None
        self._source: Path | Pasted | None = None
        self._numbers: Style | None = None
        """What the person answered to the question how amounts are written."""
        self._roles: dict[str, tuple[str, ...]] = {}
        """What the person said the columns hold, by the fingerprint of the headings."""
        self._asked: object = None
        """The reading that is waited for; the answer of another one is dropped."""
        self._progress: Progress | None = None
        """What is under way and can be stopped; a second press does nothing, and the keyboard stays where it is."""
        self.step = FILE
        self.steps = Steps((_("Berkas"), _("Yang terbaca"), _("Yang perlu dilihat"), _("Muat")))
        self.year = QLineEdit()
        self.year.setValidator(QIntValidator(0, 9999, self))
        self.year.setMaximumWidth(120)
        self.year_field = Field(_("Tahun anggaran"), self.year)
        self.drop = DropBox()
        self.posting = PostingChoice(self.drop)
        self._wanted = Choice()
        self.note = Note()
        self.reading = Reading()
        self.problems = ProblemList()
        self.problem_words, self.plan, self.then, self.changes = QLabel(), QLabel(), QLabel(), QLabel()
        self.differences = DifferenceList()
        self.bar = Bar()
        self.balance = BalanceLine()
        self.back, self.next, self.cancel = QPushButton(_("Kembali")), QPushButton(), QPushButton(_("Batal"))
        self.pages = QStackedWidget()
        self._build()
        self._connect()
        self._go(FILE)

    def start(self, year: int) -> None:
        """Begin with no file."""
        self._end()
        self._command = self._source = self._asked = None
        self.year.setText(str(year))
        self.year_field.explain("")
        self.note.say("")
        self.posting.dismiss()
        self._go(FILE)
        self.drop.button.setFocus()

    def take(self, source: Path | Pasted) -> None:
        """Read a file as the budget of the year typed, and go to what was read; one file at a time."""
        if self._progress is not None:
            return
        try:
            check_year(int(self.year.text() or 0))
        except DeskError as error:
            self.year_field.explain(str(error))
            self.year.setFocus()
            return
        self.year_field.explain("")
        self._source, self._numbers, self._roles, self._wanted = source, None, {}, Choice()
        self.posting.dismiss()
        self.reading.clear()
        self._look()

    def _look(self) -> None:
        """Read the file, anew where the person said something of it; an older reading is given up."""
        if self._source is None:
            return
        self._end()
        self._command = None
        self._asked = asked = object()
        progress = self._begin()
        self.note.say(_("Membaca {name} …").format(name=self._source.name), "quiet")
        source, year, numbers, roles = self._source, int(self.year.text()), self._numbers, dict(self._roles)
        wanted = self._wanted
        failed = partial(self._unreadable, asked)

        def known(layouts: Mapping[str, tuple[str, ...]]) -> None:
            hints = Hints(numbers, {**layouts, **roles}, wanted)
            done = partial(self._read, asked, year)
            self._work.run(read_budget, source, year, hints, progress, done=done, failed=failed)

        self._work.ask(remembered, done=known, failed=failed)

    def _read(self, asked: object, year: int, file: BudgetFile) -> None:
        if asked is not self._asked or self._progress is None:
            return
        command = ImportBudget(year, file.table, file.name, file.digest, controls=file.controls, watch=self._progress)
        if any(problem.blocks for problem in file.table.problems):
            self._rehearsed(asked, command, file, command.refused())
            return

        def rehearsed(done: Done[ImportReport]) -> None:
            self._rehearsed(asked, command, file, done.value)

        self._work.rehearse(command, done=rehearsed, failed=partial(self._unreadable, asked))

    def _unreadable(self, asked: object, error: Exception) -> None:
        if asked is not self._asked:
            return
        self._end()
        self.note.say("")
        if isinstance(error, UnclearError):
            is_asked_anew = self.step != READ
            self.reading.show_unclear(error)
            self._show(READ)
            self.next.setEnabled(False)
            if is_asked_anew:
                self.reading.choices.first_unused().setFocus()
            return
        if isinstance(error, Undecided):
            self.posting.ask(error.choices, int(self.year.text()))
            return
        if not isinstance(error, DeskError):
            raise error
        self.note.say(str(error), "quiet" if isinstance(error, Stopped) else "late")
        if self.step == FILE:
            self.drop.button.setFocus()

    def _rehearsed(self, asked: object, command: ImportBudget, file: BudgetFile, report: ImportReport) -> None:
        if asked is not self._asked:
            return
        self._end()
        self.note.say("")
        blocking = sum(problem.blocks for problem in report.problems)
        self._command = None if blocking else command
        self.reading.show_file(file, blocking)
        self.problems.problems.show(report.problems)
        said = problem_sentence(len(report.problems), is_blocked=bool(blocking))
        self.problem_words.setText(f"{said} {controls_sentence(report)}".strip())
        plan = plan_sentences(command.year, file, report)
        self.plan.setText(plan[0])
        self.then.setText("\n".join(plan[1:]))
        self.balance.say(report.budget, report.realised)
        self.balance.setVisible(report.version is not None)
        self._compare(report)
        self._show(READ)
        self.next.setEnabled(True)

    def _compare(self, report: ImportReport) -> None:
        """What is stored beside what the file says; a year without a budget has nothing to compare with."""
        differences = () if report.is_first else report.differences
        self.differences.differences.show(differences)
        self.differences.setVisible(bool(differences))
        self.changes.setText(difference_words(differences))
        self.changes.setVisible(bool(differences))

    def _show(self, step: int) -> None:
        """Go to a step; where the person is there already and says something of the file, the keyboard stays."""
        if self.step != step:
            self._go(step)

    def _settle(self, posting: Posting) -> None:
        self.year.setText(str(posting.year))
        self._wanted = posting.choice
        self.posting.dismiss()
        self._look()

    def _correct(self, layout: str, roles: tuple[str, ...]) -> None:
        self._roles[layout] = roles
        self._look()

    def _answer(self, numbers: Style) -> None:
        self._numbers = numbers
        self._look()

    def _begin(self) -> Progress:
        """Something that can be stopped is under way."""
        self._progress = Progress()
        self.bar.follow(self._progress)
        return self._progress

    def _end(self) -> None:
        """It is over, or nobody wants it any more."""
        if self._progress is not None:
            self._progress.stop()
        self._progress = None
        self.bar.hide()

    def _forward(self) -> None:
        if self.step == ACCEPT:
            self._accept()
        elif self.step > FILE:
            self._go(self.step + 1)

    def _accept(self) -> None:
        if self._command is None or self._progress is not None:
            return
        command = replace(self._command, watch=self._begin())
        if self._roles:
            told = tuple(RememberColumns(layout, roles) for layout, roles in self._roles.items())
            done = partial(self._accepted_together, command)
            self._work.do(Together((*told, command)), done=done, failed=self._refused)
        else:
            self._work.do(command, done=partial(self._accepted, command), failed=self._refused)

    def _accepted_together(self, command: ImportBudget, done: Done[tuple[Any, ...]]) -> None:
        self._say_loaded(command, done.value[-1])

    def _accepted(self, command: ImportBudget, done: Done[ImportReport]) -> None:
        self._say_loaded(command, done.value)

    def _say_loaded(self, command: ImportBudget, report: ImportReport) -> None:
        self._end()
        self.loaded.emit(command.year, loaded_sentence(command.year, command.source, report), report.changed)

    def _refused(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, DeskError):
            raise error
        self.note.say(str(error), "quiet" if isinstance(error, Stopped) else "late")

    def _backward(self) -> None:
        if self._progress is not None:
            self._progress.stop()
        elif self.step == FILE:
            self.closed.emit()
        else:
            self._go(self.step - 1)

    def _give_up(self) -> None:
        """Stop what is under way, else leave."""
        if self._progress is not None:
            self._progress.stop()
        else:
            self.closed.emit()

    def _paste(self) -> None:
        """Take what was copied: a table as text, or a file."""
        if self.step != FILE:
            return
        if found := copied():
            self.take(found)
        else:
            self.note.say(
                _("Belum ada tabel yang disalin. Pilih selnya di lembar kerja, tekan Ctrl+C, lalu coba lagi.")
            )

    def _go(self, step: int) -> None:
        self.step = step
        self.steps.show_step(step)
        self.pages.setCurrentIndex(step)
        self.back.setVisible(step > FILE)
        self.next.setVisible(step > FILE)
        self.next.setText(_("Muat ke APBDes") if step == ACCEPT else _("Lanjut"))
        self.next.setEnabled(step in (FILE, READ) or self._command is not None)
        if step > FILE:
            (self.next if self.next.isEnabled() else self.back).setFocus()

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            _("Pilih berkas APBDes"),
            "",
            _("APBDes (*.csv *.xlsx *.ods *.txt *.mde *.mdb *.zip);;Semua berkas (*)"),
        )
        if chosen:
            self.take(Path(chosen))

    def _connect(self) -> None:
        self.drop.button.clicked.connect(self._choose)
        self.drop.dropped.connect(self.take)
        self.posting.chosen.connect(self._settle)
        self.next.clicked.connect(self._forward)
        self.back.clicked.connect(self._backward)
        self.cancel.clicked.connect(self._give_up)
        self.drop.paste.clicked.connect(self._paste)
        self.reading.corrected.connect(self._correct)
        self.reading.answered.connect(self._answer)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+O", self._choose), ("Ctrl+Return", self._forward), ("Ctrl+Enter", self._forward),
            ("Esc", self._backward), ("Ctrl+V", self._paste),
        )  # fmt: skip
        for key, act in keys:
            QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _scrolling(self) -> tuple[QWidget, ...]:
        """What has a scroll bar of its own, and leaves the buttons below in sight."""
        return self.reading.tree, self.problems, self.differences

    def _build(self) -> None:
        self.next.setProperty("kind", "main")
        for button in (self.next, self.back, self.cancel):
            button.setAutoDefault(True)
        self.back.setIcon(icon("back"))
        heading = QLabel(_("Muat APBDes dari berkas"))
        heading.setProperty("role", "section")
        for label in (self.problem_words, self.plan, self.then, self.changes):
            label.setWordWrap(True)
        self.drop.paste.show()
        self.plan.setProperty("role", "section")
        self.pages.addWidget(_page(self.year_field, self.drop, self.posting, stretch=self.drop))
        self.pages.addWidget(self.reading)
        self.pages.addWidget(_page(self.problem_words, self.problems, stretch=self.problems))
        listed = _page(self.differences, stretch=self.differences)
        self.pages.addWidget(_page(self.plan, self.then, self.balance, self.changes, listed, stretch=listed))
        for page in self._scrolling():
            page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            page.setMinimumHeight(SMALLEST)
        rule = QFrame()
        rule.setProperty("surface", "rule")
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        for button in (self.next, self.back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(self.steps)
        column.addWidget(self.pages, 1)
        column.addWidget(self.bar)
        column.addWidget(self.note)
        column.addWidget(rule)
        column.addLayout(buttons)


def _page(*parts: QWidget, stretch: QWidget | None = None) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 8, 0, 0)
    column.setSpacing(12)
    for part in parts:
        column.addWidget(part, 1 if part is stretch else 0)
    if stretch is None:
        column.addStretch(1)
    return page
