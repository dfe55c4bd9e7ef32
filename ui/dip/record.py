"""One consequence test as it stands: what it says, what happened, and only the acts that are allowed now."""

import datetime as dt
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.dates import short_date
from desk.dip.queries import Step, Tested
from desk.dip.rules import EXCEPTIONS, GROUNDS, OPENINGS, STATES
from ui.dip.panel import WIDTH
from ui.parts.chip import Chip, Note
from ui.parts.icons import icon
from ui.parts.scroll import FormScroll

ACTS = {
    "classified": _("Tetapkan klasifikasi"),
    "approved": _("Catat persetujuan kepala desa"),
    "mend": _("Perbaiki uji"),
    "publish": _("Masukkan ke daftar publik"),
    "anew": _("Uji ulang"),
    "opened": _("Buka informasi"),
    "excepted": _("Izinkan satu hal"),
}

ALLOWED = {
    "tested": ("classified", "mend"),
    "classified": ("approved",),
    "exempt": ("anew", "opened", "excepted"),
    "open": ("publish",),
    "replaced": (),
}
"""Acts of each state; the first is the one that usually comes next."""

HAPPENED = {
    "classified": _("Ditetapkan {who}, surat {number}"),
    "approved": _("Disetujui {who}"),
    "opened": _("Dibuka: {why}"),
    "excepted": _("Tidak dikecualikan dalam satu hal: {why}"),
}


class RecordPanel(QWidget):
    """The test that is open."""

    closed = Signal()
    chosen = Signal(str)
    """An act of `ACTS`, or `letter`."""

    def __init__(self) -> None:
        super().__init__()
        self.test: Tested | None = None
        self.heading, self.chip, self.reminder = QLabel(), Chip(), Note("soon")
        self.texts = {name: QLabel() for name in SECTIONS}
        self.acts = {key: QPushButton(words) for key, words in ACTS.items()}
        self.letter = QPushButton(icon("print"), _("Cetak surat penetapan"))
        self.back = QPushButton(icon("back"), "")
        self._build()
        for key, button in self.acts.items():
            button.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
        self.letter.clicked.connect(lambda: self.chosen.emit("letter"))
        self.back.clicked.connect(self.closed)
        leaving = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leaving.activated.connect(self.closed.emit)

    def show_test(self, test: Tested, today: dt.date) -> None:
        """Show a test as it stands on a day."""
        self.test = test
        self.heading.setText(test.kind)
        self.chip.say(
            {"open": "done", "exempt": "quiet", "replaced": "quiet"}.get(test.state, "soon"), STATES[test.state]
        )
        self.reminder.say(reminder(test, today))
        letters = "; ".join(GROUNDS[letter] for letter in test.standing.letters)
        story = [_("{day}: diuji").format(day=short_date(test.standing.tested)), *(told(step) for step in test.story)]
        for name, text in (
            ("detail", test.detail), ("basis", f"{test.grounds}\n{letters}".strip()), ("if_open", test.if_open),
            ("if_closed", test.if_closed), ("period", test.period), ("story", "\n".join(story)),
        ):  # fmt: skip
            self.texts[name].setText(text or _("tidak tercatat di komputer ini"))
        self.letter.setVisible(any(step.kind == "classified" for step in test.story))
        shown = [key for key in ALLOWED[test.state] if key != "excepted" or _is_personal(test)]
        for key, button in self.acts.items():
            button.setVisible(key in shown)
            button.setProperty("kind", "main" if key in ("classified", "approved", "publish") else "")
            button.style().unpolish(button)
            button.style().polish(button)

    def begin(self) -> None:
        """The keyboard starts on what usually comes next."""
        first = next((button for button in self.acts.values() if not button.isHidden()), self.back)
        first.setFocus()

    def _build(self) -> None:
        self.heading.setProperty("role", "section")
        self.heading.setWordWrap(True)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.back.setProperty("kind", "link")
        self.back.setToolTip(_("Kembali ke daftar (Esc)"))
        self.back.setAccessibleName(_("Kembali ke daftar"))
        self.back.setMinimumWidth(36)
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 24, 8)
        top.setSpacing(8)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.heading, 1)
        rule = QFrame()
        rule.setProperty("surface", "rule")
        acts = QHBoxLayout()
        acts.setContentsMargins(24, 8, 24, 12)
        acts.setSpacing(8)
        for button in self.acts.values():
            button.setAutoDefault(True)
            acts.addWidget(button)
        acts.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(FormScroll(self._inside()), 1)
        whole.addWidget(rule)
        whole.addLayout(acts)

    def _inside(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("surface", "page")
        inside.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 4, 24, 24)
        column.setSpacing(4)
        column.addWidget(self.chip)
        column.addWidget(self.reminder)
        for name, words in SECTIONS.items():
            label = QLabel(words)
            label.setProperty("role", "strong")
            self.texts[name].setWordWrap(True)
            self.texts[name].setTextFormat(Qt.TextFormat.PlainText)
            column.addSpacing(8)
            column.addWidget(label)
            column.addWidget(self.texts[name])
        self.letter.setProperty("kind", "link")
        self.letter.setAutoDefault(True)
        column.addWidget(self.letter, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return inside


SECTIONS = {
    "basis": _("Dasar"),
    "period": _("Jangka waktu"),
    "detail": _("Dokumen dan bagian yang dikecualikan"),
    "if_open": _("Akibat bila dibuka"),
    "if_closed": _("Yang dilindungi bila ditutup"),
    "story": _("Perjalanan"),
}


def reminder(test: Tested, today: dt.date) -> str:
    """What has to happen before the last day; "" while there is time."""
    ends = test.standing.ends
    if test.state != "exempt" or ends is None or test.declare_by is None or test.declare_by > today:
        return ""
    if today == test.declare_by:
        return _("Hari ini batas menetapkannya terbuka, atau uji ulang. Terakhir dikecualikan {ends}.").format(
            ends=short_date(ends)
        )
    return _("Batas menetapkannya {by} sudah lewat; sesudah {ends} terbuka dengan sendirinya.").format(
        by=short_date(test.declare_by), ends=short_date(ends)
    )


def told(step: Step) -> str:
    """An event as the story tells it."""
    why = OPENINGS.get(step.ground) or EXCEPTIONS.get(step.ground, "")
    words = HAPPENED[step.kind].format(who=step.official or _("pejabat"), number=step.number or "-", why=why)
    note = f" ({step.note})" if step.note and step.kind != "classified" else ""
    return f"{short_date(step.day)}: {words}{note}"


def _is_personal(test: Tested) -> bool:
    return any(letter[0] in "gh" for letter in test.standing.letters)
