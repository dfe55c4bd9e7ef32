"""Taking over the old register: a file, what it was read as, what to look at, accept; nothing changes before that."""

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
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk.desk import Done
from desk.exchange.register import RegisterFile, read_register
from desk.foi.takeover import LARGEST_START, TakeOver, TakeoverReport
from desk.store import DeskError
from ui.budget.dropping import DropBox
from ui.budget.problems import ProblemList
from ui.foi.oldrows import OldRows, plan_sentences, taken_sentence
from ui.parts.chip import Note
from ui.parts.field import Field
from ui.parts.icons import icon
from ui.village.steps import Steps
from ui.work import Work

FILE, READ, PROBLEMS, ACCEPT = range(4)
"""The steps."""

SMALLEST = 112
"""Pixels a list keeps where the window is low: three rows."""

OFFER = _("Ambil alih register lama")
OLD_ONES = _("Tutup yang lama tanpa keputusan")


class TakeoverPanel(QWidget):
    """File, what was read, what to look at, accept; and the two ways to come here."""

    closed = Signal()
    wanted = Signal()
    """Somebody wants to begin."""
    closing = Signal()
    """What was taken over without a decision is to be looked through."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._command: TakeOver | None = None
        self._asked: Path | None = None
        """The file whose reading is waited for; an answer about another one is dropped."""
        self._is_taking = False
        """A file is being accepted; a second press does nothing, and the keyboard stays where it is."""
        self._following = 0
        """The number this year's series goes on with unless the clerk says otherwise; 0 where it has begun."""
        self.step = FILE
        self.link, self.menu = QPushButton(OFFER), QPushButton(_("Lainnya"))
        self.rest = QPushButton(OLD_ONES)
        self.steps = Steps((_("Berkas"), _("Yang terbaca"), _("Yang perlu dilihat"), _("Ambil alih")))
        self.drop = DropBox(
            _("Letakkan register lama di sini"),
            _("Lembar kerja Excel (xlsx), LibreOffice (ods), atau csv dengan judul kolom, misalnya No, Tanggal, Nama."),
        )
        self.note, self.reading, self.problems = Note(), OldRows(), ProblemList()
        self.problem_words, self.plan, self.then, self.begun = QLabel(), QLabel(), QLabel(), QLabel()
        self.starts = QLineEdit()
        self.starts.setValidator(QIntValidator(1, LARGEST_START, self))
        self.starts.setMaximumWidth(120)
        hint = _("Misalnya 46, bila buku register tahun ini sudah sampai nomor 45.")
        self.starts_field = Field(_("Nomor permohonan berikutnya"), self.starts, hint)
        self.back, self.next, self.cancel = QPushButton(_("Kembali")), QPushButton(), QPushButton(_("Batal"))
        self.pages = QStackedWidget()
        self._build()
        self._connect()
        self._go(FILE)

    def start(self) -> None:
        """Begin with no file."""
        self._asked = None
        self._is_taking = False
        self._forget()
        self.note.say("")
        self.starts_field.explain("")
        self._go(FILE)
        self.drop.button.setFocus()

    def _begin(self) -> None:
        self.wanted.emit()
        self.start()

    def take(self, path: Path) -> None:
        """Read a file, and go to what was read; one file at a time."""
        if self._asked is not None:
            return
        self.note.say(_("Membaca {name} …").format(name=path.name), "quiet")
        self._asked = path
        failed = partial(self._unreadable, path)
        self._work.run(read_register, path, done=partial(self._read, path), failed=failed)

    def _read(self, path: Path, file: RegisterFile) -> None:
        if path != self._asked:
            return
        command = TakeOver(file.entries, file.problems)

        def rehearsed(done: Done[TakeoverReport]) -> None:
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

    def _rehearsed(self, path: Path, command: TakeOver, file: RegisterFile, report: TakeoverReport) -> None:
        if path != self._asked:
            return
        self._asked = None
        self.note.say("")
        self._command = command if file.entries else None
        self.reading.show_file(file)
        self.problems.problems.show(report.problems)
        self.problem_words.setText(problem_sentence(report))
        plan = plan_sentences(report)
        self.plan.setText(plan[0])
        self.then.setText("\n".join(plan[1:]))
        self.then.setVisible(bool(plan[1:]))
        self._show_numbering(report)
        self._go(READ)

    def _show_numbering(self, report: TakeoverReport) -> None:
        """Ask where this year's numbers go on, as long as none was given out."""
        self._following = 0 if report.issued else report.following
        self.starts.setText(str(self._following or ""))
        self.starts_field.label.setText(_("Nomor permohonan berikutnya tahun {year}").format(year=report.year))
        self.starts_field.setVisible(not report.issued)
        begun = _("Nomor tahun {year} di meja ini sudah berjalan sejak {label}, jadi urutannya tetap.")
        self.begun.setText(begun.format(year=report.year, label=report.issued))
        self.begun.setVisible(bool(report.issued))

    def _forward(self) -> None:
        if self.step == ACCEPT:
            self._accept()
        elif self.step > FILE:
            self._go(self.step + 1)

    def _accept(self) -> None:
        if self._command is None or self._is_taking:
            return
        self.starts_field.explain("")
        typed = int(self.starts.text() or 0)
        if self._following and not typed:
            self.starts_field.explain(_("Tulis nomor berikutnya, misalnya {n}.").format(n=self._following))
            self.starts.setFocus()
            return
        starts = typed if typed != self._following and self._following else None
        self._is_taking = True
        self.note.say(_("Mengambil alih …"), "quiet")
        command = TakeOver(self._command.entries, self._command.problems, starts)
        self._work.do(command, done=self._accepted, failed=self._refused)

    def _accepted(self, done: Done[TakeoverReport]) -> None:
        self._is_taking = False
        self._forget()
        self._go(FILE)
        self.note.say(taken_sentence(done.value), "done")
        self.rest.setVisible(done.value.still_open > 0)
        (self.rest if done.value.still_open else self.cancel).setFocus()

    def _forget(self) -> None:
        """Let go of who stands in a file that is no longer looked at."""
        self._command = None
        self.reading.model.show(())

    def _refused(self, error: Exception) -> None:
        self._is_taking = False
        self.note.say("")
        if not isinstance(error, DeskError):
            raise error
        self.note.say(str(error), "late")

    def _backward(self) -> None:
        if self.step == FILE:
            self.closed.emit()
        else:
            self.note.say("")
            self._go(self.step - 1)

    def _go(self, step: int) -> None:
        self.step = step
        self.rest.hide()
        self.steps.show_step(step)
        self.pages.setCurrentIndex(step)
        self.back.setVisible(step > FILE)
        self.next.setVisible(step > FILE)
        self.next.setText(OFFER if step == ACCEPT else _("Lanjut"))
        self.next.setEnabled(step in (FILE, READ) or self._command is not None)
        self.cancel.setText(_("Tutup") if step == FILE else _("Batal"))
        if step > FILE:
            (self.next if self.next.isEnabled() else self.back).setFocus()

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Pilih register lama"), "", _("Lembar kerja (*.csv *.xlsx *.ods *.txt);;Semua berkas (*)")
        )
        if chosen:
            self.take(Path(chosen))

    def _connect(self) -> None:
        self.link.clicked.connect(self._begin)
        self.rest.clicked.connect(self.closing)
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

    def _build(self) -> None:
        others = QMenu(self.menu)
        others.addAction(f"{OFFER} …", self._begin)
        others.addAction(f"{OLD_ONES} …", self.closing.emit)
        self.menu.setMenu(others)
        self.next.setProperty("kind", "main")
        self.link.setProperty("kind", "link")
        for button in (self.next, self.back, self.cancel, self.link, self.rest):
            button.setAutoDefault(True)
        self.back.setIcon(icon("back"))
        heading = QLabel(OFFER)
        heading.setProperty("role", "section")
        for label in (self.problem_words, self.plan, self.then, self.begun):
            label.setWordWrap(True)
        self.plan.setProperty("role", "section")
        self.pages.addWidget(_page(self.drop, stretch=self.drop))
        self.pages.addWidget(self.reading)
        self.pages.addWidget(_page(self.problem_words, self.problems, stretch=self.problems))
        self.pages.addWidget(_page(self.plan, self.then, self.starts_field, self.begun))
        for part in (self.reading, self.problems):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            part.setMinimumHeight(SMALLEST)
        rule = QFrame()
        rule.setProperty("surface", "rule")
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(self.next)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.rest)
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


def problem_sentence(report: TakeoverReport) -> str:
    """How many rows are kept out, and what to do about them."""
    kept_out = sum(problem.blocks for problem in report.problems)
    if kept_out:
        return _(
            "{n} baris bertanda segitiga tidak diambil; yang lain tetap dapat diambil alih. Perbaiki di berkasnya "
            "sekarang, atau nanti: berkas yang sama boleh dimuat lagi."
        ).format(n=kept_out)
    if report.problems:
        return _("{n} hal perlu dilihat. Tidak ada yang menghalangi.").format(n=len(report.problems))
    return _("Tidak ada yang perlu dilihat. Lanjutkan.")


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
