"""Loading a budget from a file in four steps; nothing changes before the last button is pressed."""

from collections.abc import Callable
from functools import partial
from gettext import gettext as _
from pathlib import Path

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
from desk.desk import Done
from desk.exchange.apbdes import BudgetFile, read_budget
from desk.exchange.loading import ImportBudget, ImportReport
from desk.store import DeskError
from ui.budget.balance import BalanceLine
from ui.budget.dropping import DropBox
from ui.budget.problems import ProblemList
from ui.budget.reading import Reading, loaded_sentence, plan_sentences
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
        self._asked: Path | None = None
        """The file whose reading is waited for; an answer about another one is dropped."""
        self._is_loading = False
        """What was read is being accepted; a second press does nothing, and the keyboard stays where it is."""
        self.step = FILE
        self.steps = Steps((_("Berkas"), _("Yang terbaca"), _("Yang perlu dilihat"), _("Muat")))
        self.year = QLineEdit()
        self.year.setValidator(QIntValidator(0, 9999, self))
        self.year.setMaximumWidth(120)
        self.year_field = Field(_("Tahun anggaran"), self.year)
        self.drop = DropBox()
        self.note = Note()
        self.reading = Reading()
        self.problems = ProblemList()
        self.problem_words, self.plan, self.then = QLabel(), QLabel(), QLabel()
        self.balance = BalanceLine()
        self.back, self.next, self.cancel = QPushButton(_("Kembali")), QPushButton(), QPushButton(_("Batal"))
        self.pages = QStackedWidget()
        self._build()
        self._connect()
        self._go(FILE)

    def start(self, year: int) -> None:
        """Begin with no file."""
        self._command = self._asked = None
        self._is_loading = False
        self.year.setText(str(year))
        self.year_field.explain("")
        self.note.say("")
        self._go(FILE)
        self.drop.button.setFocus()

    def take(self, path: Path) -> None:
        """Read a file as the budget of the year typed, and go to what was read; one file at a time."""
        if self._asked is not None:
            return
        try:
            check_year(int(self.year.text() or 0))
        except DeskError as error:
            self.year_field.explain(str(error))
            self.year.setFocus()
            return
        self.year_field.explain("")
        self.note.say(_("Membaca {name} …").format(name=path.name), "quiet")
        year = int(self.year.text())
        self._asked = path
        failed = partial(self._unreadable, path)
        self._work.run(read_budget, path, year, done=partial(self._read, path, year), failed=failed)

    def _read(self, path: Path, year: int, file: BudgetFile) -> None:
        if path != self._asked:
            return
        command = ImportBudget(year, file.table, file.name, file.digest)
        if any(problem.blocks for problem in file.table.problems):
            self._rehearsed(path, command, file, command.refused())
            return

        def rehearsed(done: Done[ImportReport]) -> None:
            self._rehearsed(path, command, file, done.value)

        self._work.rehearse(command, done=rehearsed, failed=partial(self._unreadable, path))

    def _unreadable(self, path: Path, error: Exception) -> None:
        if path != self._asked:
            return
        self._asked = None
        self.note.say("")
        if not isinstance(error, DeskError):
            raise error
        self.note.say(str(error), "late")
        self.drop.button.setFocus()

    def _rehearsed(self, path: Path, command: ImportBudget, file: BudgetFile, report: ImportReport) -> None:
        if path != self._asked:
            return
        self._asked = None
        self.note.say("")
        blocking = sum(problem.blocks for problem in report.problems)
        self._command = None if blocking else command
        self.reading.show_file(file, blocking)
        self.problems.problems.show(report.problems)
        self.problem_words.setText(problem_sentence(len(report.problems), is_blocked=bool(blocking)))
        plan = plan_sentences(command.year, file, report)
        self.plan.setText(plan[0])
        self.then.setText("\n".join(plan[1:]))
        self.balance.say(report.budget, report.realised)
        self.balance.setVisible(report.version is not None)
        self._go(READ)

    def _forward(self) -> None:
        if self.step == ACCEPT:
            self._accept()
        elif self.step > FILE:
            self._go(self.step + 1)

    def _accept(self) -> None:
        if self._command is None or self._is_loading:
            return
        self._is_loading = True
        self._work.do(self._command, done=partial(self._accepted, self._command), failed=self._refused)

    def _accepted(self, command: ImportBudget, done: Done[ImportReport]) -> None:
        self._is_loading = False
        self.loaded.emit(command.year, loaded_sentence(command.year, command.source, done.value), done.value.changed)

    def _refused(self, error: Exception) -> None:
        self._is_loading = False
        if not isinstance(error, DeskError):
            raise error
        self.note.say(str(error), "late")

    def _backward(self) -> None:
        if self.step == FILE:
            self.closed.emit()
        else:
            self._go(self.step - 1)

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
            self, _("Pilih berkas APBDes"), "", _("Lembar kerja (*.csv *.xlsx *.ods *.txt);;Semua berkas (*)")
        )
        if chosen:
            self.take(Path(chosen))

    def _connect(self) -> None:
        self.drop.button.clicked.connect(self._choose)
        self.drop.dropped.connect(self.take)
        self.next.clicked.connect(self._forward)
        self.back.clicked.connect(self._backward)
        self.cancel.clicked.connect(self.closed)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+O", self._choose), ("Ctrl+Return", self._forward), ("Ctrl+Enter", self._forward),
            ("Esc", self._backward),
        )  # fmt: skip
        for key, act in keys:
            QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _scrolling(self) -> tuple[QWidget, ...]:
        """What has a scroll bar of its own, and leaves the buttons below in sight."""
        return self.reading.tree, self.problems

    def _build(self) -> None:
        self.next.setProperty("kind", "main")
        for button in (self.next, self.back, self.cancel):
            button.setAutoDefault(True)
        self.back.setIcon(icon("back"))
        heading = QLabel(_("Muat APBDes dari berkas"))
        heading.setProperty("role", "section")
        for label in (self.problem_words, self.plan, self.then):
            label.setWordWrap(True)
        self.plan.setProperty("role", "section")
        self.pages.addWidget(_page(self.year_field, self.drop, stretch=self.drop))
        self.pages.addWidget(self.reading)
        self.pages.addWidget(_page(self.problem_words, self.problems, stretch=self.problems))
        self.pages.addWidget(_page(self.plan, self.then, self.balance))
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
        column.addWidget(self.note)
        column.addWidget(rule)
        column.addLayout(buttons)


def problem_sentence(count: int, *, is_blocked: bool) -> str:
    """How many problems there are and whether the file can be loaded in spite of them."""
    if count == 0:
        return _("Tidak ada yang perlu dilihat. Lanjutkan.")
    if is_blocked:
        return _(
            "Yang bertanda segitiga menghalangi: perbaiki dulu di berkasnya, lalu muat lagi. Belum ada yang berubah."
        )
    return _("{n} hal perlu dilihat. Tidak ada yang menghalangi; berkas tetap dapat dimuat.").format(n=count)


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
