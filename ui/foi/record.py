"""One open request: number and state, the days, what is asked and by whom, the story, and what may be done now."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.dates import long_date
from desk.foi import rules
from desk.foi.queries import Detail, Person
from ui.foi.answer import AnswerPanel
from ui.foi.strip import Strip
from ui.foi.words import state_words, step_words
from ui.parts.chip import Chip
from ui.parts.icons import icon
from ui.parts.scroll import FormScroll


class RecordPanel(QWidget):
    """The record, read from top to bottom, with its acts at the foot."""

    closed = Signal()
    receipt = Signal(bytes)
    revealed = Signal(bytes)
    """Somebody asked to see who asked."""

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self.detail: Detail | None = None
        self.number, self.chip = QLabel(), Chip()
        self.due, self.strip = QLabel(), Strip()
        self.sought, self.facts, self.person = QLabel(), QLabel(), QLabel()
        self.reveal = QPushButton(_("Tampilkan identitas"))
        self.story = QLabel()
        self.answer = AnswerPanel(today)
        self.reply = QPushButton(icon("check", "ground"), _("&Beri jawaban"))
        self.print = QPushButton(icon("print"), _("&Cetak tanda bukti"))
        self.back = QPushButton(icon("close"), "")
        self._build()
        self.reply.clicked.connect(self.begin_answer)
        self.answer.closed.connect(self._leave_answer)
        self.print.clicked.connect(lambda: self.detail and self.receipt.emit(self.detail.line.id))
        self.reveal.clicked.connect(lambda: self.detail and self.revealed.emit(self.detail.line.id))
        self.back.clicked.connect(self.closed)

    def show_detail(self, detail: Detail) -> None:
        """Show a request; the identity stays masked until somebody asks."""
        is_other = self.detail is None or self.detail.line.id != detail.line.id
        self.detail = detail
        line = detail.line
        self.number.setText(line.label)
        self.chip.say(*state_words(line))
        sure = "" if line.certain else _(" (perkiraan: libur tahun itu belum ditetapkan)")
        self.due.setText(_("Dijawab paling lambat {due}{sure}").format(due=long_date(line.due), sure=sure))
        self.strip.show_days(detail.strip)
        self.sought.setText(line.sought)
        self.facts.setText(_facts(detail))
        self.story.setText("\n".join(f"{long_date(step.day)} · {step_words(step)}" for step in detail.story))
        if is_other or not detail.answerable:
            self.answer.setVisible(False)
        self.reply.setVisible(detail.answerable and self.answer.isHidden())
        if is_other:
            self.person.setText(line.applicant)
            self.reveal.setVisible(True)

    def show_person(self, person: Person | None) -> None:
        """Show who asked, in clear."""
        if person is None:
            return
        parts = (person.name, person.address, person.occupation, person.phone, person.email, person.identity_number)
        self.person.setText("\n".join(part for part in parts if part))
        self.reveal.setVisible(False)

    def begin_answer(self) -> None:
        """Open the answer below the record."""
        if self.detail is not None:
            self.answer.setVisible(True)
            self.reply.setVisible(False)
            self.answer.begin(self.detail.line.id, self.detail.line.received)
            # The panel has its height only after the layout has run.
            QTimer.singleShot(0, lambda: self.sheet.ensureWidgetVisible(self.answer.save, 0, 24))

    def _leave_answer(self) -> None:
        self.answer.setVisible(False)
        self.reply.setVisible(self.detail is not None and self.detail.answerable)
        self.reply.setFocus()

    def _build(self) -> None:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 16, 8)
        column.setSpacing(8)
        self.number.setProperty("role", "title")
        self.due.setProperty("role", "strong")
        self.reveal.setProperty("kind", "link")
        for label in (self.due, self.sought, self.facts, self.person, self.story):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        parts: tuple[QWidget, ...] = (
            self.due, self.strip, _heading(_("Informasi yang diminta")), self.sought, self.facts,
            _heading(_("Pemohon")), self.person, self.reveal, _heading(_("Riwayat")), self.story, self.answer,
        )  # fmt: skip
        for part in parts:
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if part is self.reveal else Qt.AlignmentFlag(0))
        column.addStretch(1)
        self.answer.setVisible(False)
        self.back.setAccessibleName(_("Tutup"))
        self.back.setToolTip(_("Tutup (Esc)"))
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 16, 24, 16)
        page.setSpacing(12)
        top = QHBoxLayout()
        for widget in (self.number, self.chip):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(self.back)
        page.addLayout(top)
        self.sheet = FormScroll(sheet)
        page.addWidget(self.sheet, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.print)
        foot.addWidget(self.reply)
        page.addLayout(foot)
        self.reply.setProperty("kind", "main")


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "strong")
    label.setContentsMargins(0, 8, 0, 0)
    return label


def _facts(detail: Detail) -> str:
    access = rules.ACCESS[detail.access]
    if detail.access == "copy":
        access += f" ({rules.COPY_FORMS[detail.copy_form]}, {rules.DELIVERIES[detail.delivery]})"
    lines = [
        (_("Tujuan"), detail.purpose),
        (_("Cara memperoleh"), access),
        (_("Diterima"), f"{long_date(detail.line.received)}, {rules.CHANNELS[detail.channel]}"),
        (_("Baru dicatat karena"), detail.late_entry_reason),
        (_("Pokok soal"), rules.TOPICS[detail.line.topic]),
    ]
    return "\n".join(f"{name}: {value}" for name, value in lines if value)


class Registered(QFrame):
    """What the clerk reads out after saving: the number large, the due date, and the way to the receipt."""

    receipt = Signal()
    closed = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.number, self.due = QLabel(), QLabel()
        self.print = QPushButton(icon("print", "ground"), _("&Cetak tanda bukti"))
        self.another, self.done = QPushButton(_("Permohonan &berikutnya")), QPushButton(_("&Selesai"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addStretch(2)
        said = QLabel(_("Permohonan sudah dicatat dengan nomor"))
        said.setProperty("role", "section")
        self.number.setProperty("role", "number")
        self.print.setProperty("kind", "main")
        for label in (said, self.number, self.due):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        row = QHBoxLayout()
        row.addStretch(1)
        for button, signal in ((self.print, self.receipt), (self.another, self.again), (self.done, self.closed)):
            button.setAutoDefault(True)
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        column.addSpacing(8)
        column.addLayout(row)
        column.addStretch(3)

    def show_number(self, label: str, due: dt.date, *, is_certain: bool) -> None:
        """Say what was promised."""
        sure = "" if is_certain else _(" (perkiraan)")
        self.number.setText(label)
        self.due.setText(_("Jawaban paling lambat {due}{sure}.").format(due=long_date(due), sure=sure))
        self.print.setFocus()
