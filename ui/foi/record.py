"""One open request: number and state, the days, what is asked and by whom, the story, and what may be done now."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from desk.dates import long_date
from desk.dip.queries import Tested
from desk.foi import life, rules
from desk.foi.queries import Detail, Person
from desk.letters.queries import Offer
from ui.foi.acts import ActPanel
from ui.foi.answer import AnswerPanel
from ui.foi.story import Papers, StoryPart, paper_words
from ui.foi.strip import Strip
from ui.foi.words import item_words, promise_words, state_words, step_words
from ui.parts.attachments import AttachmentsPart
from ui.parts.chip import Chip
from ui.parts.icons import icon
from ui.parts.scroll import FormScroll

USUAL = ("completed", "answered", "ready", "handed_over", "closed")
"""Acts of the usual way, in its order: the next of them has the main button."""

ATTACHED = ("letter", "identity", "power", "answer", "decision", "receipt", "photo", "other")
"""What may be put to a request, as its folder of paper is sorted."""


class RecordPanel(QWidget):
    """The record, read from top to bottom, with its acts at the foot."""

    closed = Signal()
    receipt = Signal(bytes)
    paper = Signal(object)
    """An `Offer`: a paper of a step is to be shown."""
    revealed = Signal(bytes)
    """Somebody asked to see who asked."""
    answering = Signal()
    """An answer is to be given: the exemptions in force are wanted (`begin_answer`)."""
    correcting = Signal(bytes)
    """The identity on the form is to be put right."""
    objected = Signal(bytes)
    """The applicant objects: the form of an objection is wanted."""
    completing = Signal(bytes)
    """What was missing has come: the form is to be opened again."""

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self.detail: Detail | None = None
        self._moved: frozenset[bytes] = frozenset()
        self.is_acted = False
        """An act was saved: its form goes when the record comes anew."""
        self.number, self.chip = QLabel(), Chip()
        self.due, self.strip = QLabel(), Strip()
        self.sought, self.facts, self.person = QLabel(), QLabel(), QLabel()
        self.reveal, self.correct = QPushButton(_("Tampilkan identitas")), QPushButton(_("Betulkan identitas"))
        self.story = StoryPart()
        self.attachments = AttachmentsPart("request", today, ATTACHED)
        self._next_paper: Offer | None = None
        """The paper of the act that was just saved."""
        self.answer, self.act = AnswerPanel(today), ActPanel(today)
        self.first, self.more = QPushButton(icon("check", "ground"), ""), QPushButton(_("&Langkah lain"))
        self.others = QMenu(self.more)
        self.print = QPushButton(icon("print"), _("&Cetak tanda bukti"))
        self.back = QPushButton(icon("close"), "")
        self._build()
        self.first.clicked.connect(lambda: self.detail and self.begin(self._offered()[0]))
        self.more.setMenu(self.others)
        for panel in (self.answer, self.act):
            panel.closed.connect(self._leave)
        self.print.clicked.connect(self._print)
        self.story.wanted.connect(self.paper)
        self.correct.clicked.connect(lambda: self.detail and self.correcting.emit(self.detail.line.id))
        self.reveal.clicked.connect(lambda: self.detail and self.revealed.emit(self.detail.line.id))
        self.back.clicked.connect(self.closed)

    def show_detail(self, detail: Detail) -> None:
        """Show a request; the identity stays masked until somebody asks."""
        is_other = self.detail is None or self.detail.line.id != detail.line.id
        self.detail = detail
        line = detail.line
        self.number.setText(line.label)
        self.chip.say(*state_words(line))
        self.due.setText(promise_words(detail))
        self.strip.show_days(detail.strip)
        self.sought.setText("\n".join(item_words(item) for item in detail.items) or line.sought)
        self.facts.setText(_facts(detail))
        self.story.show_steps([f"{long_date(step.day)} · {step_words(step)}" for step in detail.story])
        self.attachments.show_record(line.id)
        if is_other or self.is_acted:
            self._fold()
        self.is_acted = False
        self._offer()
        if is_other:
            self._next_paper = None
            self.print.setText(_("&Cetak tanda bukti"))
            self.person.setText(line.applicant)
            self.reveal.setVisible(True)
            self.correct.setVisible(False)

    def show_person(self, person: Person) -> None:
        """Show who asked, in clear."""
        proxy = _("Diwakili: {name}").format(name=person.proxy) if person.proxy else ""
        parts = (
            person.name,
            proxy,
            person.address,
            person.occupation,
            person.phone,
            person.email,
            person.identity_number,
        )
        self.person.setText("\n".join(part for part in parts if part))
        self.reveal.setVisible(False)
        self.correct.setVisible(True)
        self.attachments.reveal()

    def show_papers(self, papers: Papers, *, is_acted: bool) -> None:
        """Offer the papers of each step; that of an act just saved has the keyboard."""
        of_this = self.detail is not None and len(papers) == len(self.detail.story)
        owners = {offer.owner for step in papers for offer in step}
        if self.detail is None or not of_this or owners - {self.detail.line.id}:
            return
        self.story.show_papers(papers)
        newest = next(iter(papers[-1]), None)
        was = self._next_paper
        is_same = newest is not None and was is not None and (newest.kind, newest.event) == (was.kind, was.event)
        # The record comes twice after an act: with the act, and with everything else it changed.
        self._next_paper = newest if (is_acted or is_same) and newest and not newest.issued else None
        words = paper_words(self._next_paper) if self._next_paper else _("Cetak tanda bukti")
        self.print.setText(f"&{words}")
        if self._next_paper and is_acted:
            self.print.setFocus()

    def _print(self) -> None:
        if self._next_paper is not None:
            self.paper.emit(self._next_paper)
        elif self.detail is not None:
            self.receipt.emit(self.detail.line.id)

    def show_moved(self, requests: frozenset[bytes]) -> None:
        """Offer a later date to the requests a changed table of days off gives one."""
        self._moved = requests
        self._offer()

    def begin(self, kind: str) -> None:
        """Open the form of an act below the record; the answer's wants the exemptions first."""
        assert self.detail is not None
        if kind == "answered":
            self.answering.emit()
        elif kind == "completed":
            self.completing.emit(self.detail.line.id)
        else:
            self._unfold(self.act)
            self.act.begin(kind, self.detail)

    def begin_answer(self, exempt: tuple[Tested, ...]) -> None:
        """Open the answer below the record."""
        if self.detail is not None:
            self._unfold(self.answer)
            self.answer.begin(self.detail, exempt)

    def _unfold(self, panel: AnswerPanel | ActPanel) -> None:
        self._fold()
        panel.setVisible(True)
        self._offer()
        # The panel has its height only after the layout has run.
        QTimer.singleShot(0, lambda: self.sheet.ensureWidgetVisible(panel, 0, 24))

    def _fold(self) -> None:
        for panel in (self.answer, self.act):
            panel.setVisible(False)

    def _leave(self) -> None:
        self._fold()
        self._offer()
        self.first.setFocus()

    def _offered(self) -> tuple[str, ...]:
        """The acts open now, the usual next one first."""
        if self.detail is None:
            return ()
        open_now = self.detail.acts
        if self.detail.line.id not in self._moved:
            open_now = tuple(kind for kind in open_now if kind != "due_moved")
        return tuple(sorted(open_now, key=lambda kind: kind not in USUAL))

    def _offer(self) -> None:
        offered = self._offered()
        is_free = self.answer.isHidden() and self.act.isHidden()
        for panel in (self.answer, self.act):
            for button in (panel.cancel, panel.save):
                button.setVisible(not panel.isHidden())
        self.print.setVisible(is_free)
        self.first.setVisible(bool(offered) and offered[0] in USUAL and is_free)
        self.first.setText(f"&{life.ACTS[offered[0]]}" if offered else "")
        rest = offered[1:] if offered and offered[0] in USUAL else offered
        self.more.setVisible(self.detail is not None and self.detail.line.state != "void" and is_free)
        self.others.clear()
        for kind in rest:
            self.others.addAction(life.ACTS[kind]).triggered.connect(lambda _on=False, kind=kind: self.begin(kind))
        if self.detail is not None and self.detail.line.state not in ("void", "incomplete"):
            request = self.detail.line.id
            self.others.addAction(_("Catat keberatan")).triggered.connect(lambda: self.objected.emit(request))

    def _build_sheet(self) -> QWidget:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 16, 8)
        column.setSpacing(8)
        self.number.setProperty("role", "title")
        self.due.setProperty("role", "strong")
        for link in (self.reveal, self.correct):
            link.setProperty("kind", "link")
        for label in (self.due, self.sought, self.facts, self.person):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        parts: tuple[QWidget, ...] = (
            self.due, self.strip, _heading(_("Informasi yang diminta")), self.sought, self.facts,
            _heading(_("Pemohon")), self.person, self.reveal, self.correct, _heading(_("Riwayat")), self.story,
            _heading(_("Lampiran")), self.attachments, self.answer, self.act,
        )  # fmt: skip
        for part in parts:
            is_link = part in (self.reveal, self.correct)
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if is_link else Qt.AlignmentFlag(0))
        column.addStretch(1)
        return sheet

    def _build(self) -> None:
        self.sheet = FormScroll(self._build_sheet())
        self._fold()
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
        page.addWidget(self.sheet, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.print, self.more, self.first):
            foot.addWidget(button)
        for panel in (self.answer, self.act):
            foot.addWidget(panel.cancel)
            foot.addWidget(panel.save)
        page.addLayout(foot)
        self.first.setProperty("kind", "main")
        self._offer()


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "strong")
    label.setContentsMargins(0, 8, 0, 0)
    return label


def _facts(detail: Detail) -> str:
    # An old register need not say how a request came, what was wanted and how it was fetched.
    access = rules.ACCESS.get(detail.access, "")
    copy = (rules.COPY_FORMS.get(detail.copy_form, ""), rules.DELIVERIES.get(detail.delivery, ""))
    if known := ", ".join(word for word in copy if word):
        access += f" ({known})"
    received = (long_date(detail.line.received), rules.CHANNELS.get(detail.channel, ""))
    lines = [
        (_("Tujuan"), detail.purpose),
        (_("Cara memperoleh"), access),
        (_("Diterima"), ", ".join(word for word in received if word)),
        (_("Baru dicatat karena"), detail.late_entry_reason),
        (_("Diteruskan kepada"), detail.line.holder),
        (_("Surat yang ditunjukkan"), ", ".join(rules.PAPERS[paper] for paper in detail.papers)),
        (_("Tentang kegiatan"), detail.project_name),
        (_("Kegiatan APBDes"), detail.activity),
        (_("Pokok soal"), rules.TOPICS[detail.line.topic]),
    ]
    return "\n".join(f"{name}: {value}" for name, value in lines if value)


class Registered(QFrame):
    """What the clerk reads out after saving: the number large, the due date, and the way to the receipt."""

    receipt = Signal()
    paper = Signal(object)
    """An `Offer`: the letter that says what the request lacks."""
    closed = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._missing: Offer | None = None
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
        for button, signal in ((self.print, self._print), (self.another, self.again), (self.done, self.closed)):
            button.setAutoDefault(True)
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        column.addSpacing(8)
        column.addLayout(row)
        column.addStretch(3)

    def show_number(self, label: str, due: dt.date, *, is_certain: bool, is_incomplete: bool = False) -> None:
        """Say what was promised; an incomplete request is promised no answer yet."""
        sure = "" if is_certain else _(" (perkiraan)")
        self.number.setText(label)
        self.show_papers(())
        promise = (
            _("Dilengkapi pemohon paling lambat {due}{sure}.")
            if is_incomplete
            else _("Jawaban paling lambat {due}{sure}.")
        )
        self.due.setText(promise.format(due=long_date(due), sure=sure))
        self.print.setFocus()

    def show_papers(self, papers: Papers) -> None:
        """A request that lacks something takes home the letter that says what, any other its receipt."""
        self._missing = next((offer for step in papers[:1] for offer in step if offer.kind == "missing"), None)
        words = paper_words(self._missing) if self._missing else _("Cetak tanda bukti")
        self.print.setText(f"&{words}")

    def _print(self) -> None:
        if self._missing is not None:
            self.paper.emit(self._missing)
        else:
            self.receipt.emit()
