"""One open objection: number and state, the superior's days, grounds and matter, who brings it, its story, its acts."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from desk.dates import long_date
from desk.foi.rules import masked
from desk.objections import rules
from desk.objections.queries import Detail, Proxy, objection, proxy
from desk.village.queries import profile
from ui.foi.story import Papers, StoryPart
from ui.foi.strip import Strip
from ui.objections.acts import ActPanel
from ui.objections.words import (
    FLAGS,
    dispute_words,
    grounds_words,
    promise_words,
    state_words,
    step_words,
    term_words,
)
from ui.parts.chip import Chip, Note
from ui.parts.icons import icon
from ui.parts.scroll import FormScroll

IN_DISPUTE = ("mediation", "adjudication", "ruling")
"""What follows in a dispute, in its order."""


@dataclass(frozen=True)
class Seen:
    """An objection as its record shows it; the proxy's name is masked already."""

    detail: Detail
    proxy: str
    superior: str
    """Who usually answers; "" where the village has not said."""


def look(conn: Any, id: bytes, today: dt.date) -> Seen | None:  # noqa: A002 (the row's own word)
    """Look one objection up; a clear name does not leave the asking thread."""
    found, known, village = objection(conn, id, today), proxy(conn, id), profile(conn, today)
    if found is None:
        return None
    head = village.head if village else None
    superior = f"{head.name}, {head.title}" if head else ""
    return Seen(found, masked(known.name) if known else "", superior)


def usual(detail: Detail) -> str:
    """The act that usually comes next; "" where there is none left."""
    last = detail.story[-1]
    if detail.line.state == "disputed":
        after = IN_DISPUTE.index(last.kind) + 1 if last.kind in IN_DISPUTE else 0
        return IN_DISPUTE[min(after, len(IN_DISPUTE) - 1)]
    if last.outcome == "upheld" and "closed" in detail.acts:
        return "closed"
    return next(iter(detail.acts), "")


class RecordPanel(QWidget):
    """The record, read from top to bottom, with its acts at the foot."""

    closed = Signal()
    requested = Signal(bytes)
    """The request it is about is wanted."""
    paper = Signal(object)
    """An `Offer`: a paper of a step is to be shown."""
    revealed = Signal(bytes)
    """Somebody asked to see who brings it."""

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._today = today
        self.seen: Seen | None = None
        self.is_acted = False
        """An act was saved: its form goes when the record comes anew."""
        self.number, self.chip, self.back = QLabel(), Chip(), QPushButton(icon("close"), "")
        self.due, self.strip, self.dispute = QLabel(), Strip(), QLabel()
        self.flags = {flag: Note("soon", words) for flag, words in FLAGS.items()}
        self.grounds, self.matter, self.facts = QLabel(), QLabel(), QLabel()
        self.person, self.reveal, self.story = QLabel(), QPushButton(_("Tampilkan identitas")), StoryPart()
        self.act = ActPanel(today)
        self.request = QPushButton()
        self.first, self.more = QPushButton(icon("check", "ground"), ""), QPushButton(_("&Langkah lain"))
        self.others = QMenu(self.more)
        self._build()
        self.first.clicked.connect(self._begin_usual)
        self.more.setMenu(self.others)
        self.act.closed.connect(self.fold)
        self.request.clicked.connect(self._want_request)
        self.story.wanted.connect(self.paper)
        self.reveal.clicked.connect(self._want_proxy)
        self.back.clicked.connect(self.closed)

    @property
    def detail(self) -> Detail | None:
        """The objection that is open."""
        return self.seen.detail if self.seen else None

    def show_seen(self, seen: Seen) -> None:
        """Show an objection; the identity stays masked until somebody asks."""
        detail, line = seen.detail, seen.detail.line
        is_other = self.detail is None or self.detail.line.id != line.id
        self.seen = seen
        self.number.setText(line.label)
        self.chip.say(*state_words(line))
        self.due.setText(promise_words(detail, self._today()))
        self.strip.show_days(detail.strip)
        self.strip.words.setText(term_words(detail.strip))
        self.strip.boxes.setAccessibleName(term_words(detail.strip))
        self.dispute.setText(dispute_words(detail, self._today()))
        self.dispute.setVisible(bool(self.dispute.text()))
        for flag, note in self.flags.items():
            note.setVisible(flag in detail.flags)
        self.grounds.setText(grounds_words(line.grounds))
        self.matter.setText(line.matter)
        self.facts.setText(_facts(detail))
        self.request.setText(_("Buka permohonan {label}").format(label=line.request_label))
        self.story.show_steps([f"{long_date(step.day)} · {step_words(step)}" for step in detail.story])
        was_acted, self.is_acted = self.is_acted, False
        if is_other or was_acted:
            self._hide_act()
        self._offer()
        if was_acted:
            (self.back if self.first.isHidden() else self.first).setFocus()
        if is_other:
            self.sheet.verticalScrollBar().setValue(0)
            self.person.setText(_("Kuasa: {name}").format(name=seen.proxy) if seen.proxy else _("Pemohon sendiri"))
            self.reveal.setVisible(bool(seen.proxy))

    def show_papers(self, papers: Papers, *, is_acted: bool) -> None:
        """Offer the papers of each step; that of an act just saved has the keyboard."""
        owners = {offer.owner for step in papers for offer in step}
        if self.detail is None or len(papers) != len(self.detail.story) or owners - {self.detail.line.id}:
            return
        self.story.show_papers(papers)
        if is_acted:
            self.story.offer_newest()

    def show_proxy(self, known: Proxy | None) -> None:
        """Show who brings it, in clear."""
        if known is not None:
            self.person.setText("\n".join(part for part in (known.name, known.address, known.phone) if part))
            self.reveal.setVisible(False)

    def begin(self, kind: str) -> None:
        """Open the form of an act below the record."""
        assert self.seen is not None
        self.act.show()
        self._offer()
        self.act.begin(kind, self.seen.detail, self.seen.superior)
        # The panel has its height only after the layout has run; on a low screen its beginning is what is seen.
        QTimer.singleShot(0, self._show_act)

    def _show_act(self) -> None:
        self.sheet.ensureWidgetVisible(self.act, 0, 8)
        self.sheet.ensureWidgetVisible(self.act.heading, 0, 24)

    def _begin_usual(self) -> None:
        if self.detail is not None:
            self.begin(usual(self.detail))

    def _want_request(self) -> None:
        if self.detail is not None:
            self.requested.emit(self.detail.line.request)

    def _want_proxy(self) -> None:
        if self.detail is not None:
            self.revealed.emit(self.detail.line.id)

    def fold(self) -> None:
        """Put the form of an act away; nothing of it is kept."""
        self._hide_act()
        self._offer()
        self.first.setFocus()

    def _hide_act(self) -> None:
        self.act.hide()
        self.act.trouble.say("")

    def _offer(self) -> None:
        acts = self.detail.acts if self.detail else ()
        next_act = usual(self.detail) if self.detail else ""
        is_free = self.act.isHidden()
        for button in (self.act.cancel, self.act.save):
            button.setVisible(not is_free)
        self.first.setVisible(bool(next_act) and is_free)
        self.first.setText(f"&{rules.ACTS[next_act]}" if next_act else "")
        rest = tuple(kind for kind in acts if kind != next_act)
        self.more.setVisible(bool(rest) and is_free)
        self.others.clear()
        for kind in rest:
            self.others.addAction(rules.ACTS[kind]).triggered.connect(lambda _on=False, kind=kind: self.begin(kind))

    def _parts(self) -> tuple[QWidget, ...]:
        """From top to bottom."""
        self.due.setProperty("role", "strong")
        for link in (self.reveal, self.request):
            link.setProperty("kind", "link")
        for label in (self.due, self.dispute, self.grounds, self.matter, self.facts, self.person):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        return (
            self.due, self.strip, self.dispute, *self.flags.values(), _heading(_("Alasan (Pasal 35 ayat (1))")),
            self.grounds, _heading(_("Duduk perkara")), self.matter, self.facts, self.request,
            _heading(_("Diajukan oleh")), self.person, self.reveal, _heading(_("Riwayat")), self.story, self.act,
        )  # fmt: skip

    def _build(self) -> None:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 16, 8)
        column.setSpacing(8)
        for part in self._parts():
            is_link = part in (self.reveal, self.request)
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if is_link else Qt.AlignmentFlag(0))
        column.addStretch(1)
        self.act.hide()
        self.number.setProperty("role", "title")
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
        for button in (self.more, self.first, self.act.cancel, self.act.save):
            foot.addWidget(button)
        page.addWidget(self.act.trouble)
        page.addLayout(foot)
        self.first.setProperty("kind", "main")


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "strong")
    label.setContentsMargins(0, 8, 0, 0)
    return label


def _facts(detail: Detail) -> str:
    line = detail.line
    lines = [
        (_("Diterima"), f"{long_date(line.received)}, {rules.CHANNELS[detail.channel]}"),
        (_("Baru dicatat karena"), detail.late_entry_reason),
    ]
    return "\n".join(f"{name}: {value}" for name, value in lines if value)
