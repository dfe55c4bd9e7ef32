"""One breach as it stands: its clock in words, who has been told, what was done, and what is left to do."""

import datetime as dt
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.dates import clock, short_date
from desk.privacy.queries import BreachDetail
from desk.privacy.rules import EVENTS, until
from ui.dip.panel import WIDTH
from ui.parts.chip import Chip, Note
from ui.parts.field import Field
from ui.parts.icons import icon
from ui.parts.scroll import FormScroll
from ui.parts.style import mark

SECTIONS = {
    "leaked": _("Data yang bocor"),
    "when": _("Kapan dan bagaimana"),
    "handling": _("Penanganan"),
    "story": _("Perjalanan"),
}


class BreachRecord(QWidget):
    """The breach that is open."""

    closed = Signal()
    mending = Signal()
    drawing = Signal(object)
    """Show the notice of a person by id, of the agency by None."""
    told = Signal(object)
    """The notice was handed to a person by id, to the agency by None."""
    ending = Signal(str)
    """Close the record, with the reason why somebody was not told."""

    def __init__(self) -> None:
        super().__init__()
        self.known: BreachDetail | None = None
        self._zone: dt.timezone = dt.UTC
        self.heading, self.chip, self.limit, self.note = QLabel(), Chip(), QLabel(), Note("late")
        self.texts = {name: QLabel() for name in SECTIONS}
        self.rows: dict[bytes | None, tuple[QPushButton, QPushButton]] = {}
        """For each person, and None for the agency: the buttons that show the notice and that say it is handed over."""
        self.reason = Field(
            _("Sebab ada yang tidak dapat diberi tahu"), QLineEdit(), _("Hanya bila surat tidak dapat disampaikan.")
        )
        self.mend, self.end = QPushButton(_("Per&baiki catatan")), QPushButton(_("&Tutup catatan"))
        self.back = QPushButton(icon("back"), "")
        self._build()
        self.back.clicked.connect(self.closed)
        self.mend.clicked.connect(self.mending)
        self.end.clicked.connect(lambda: self.ending.emit(self._why.text()))
        leaving = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leaving.activated.connect(self.closed.emit)

    def show_breach(self, known: BreachDetail, now: dt.datetime, zone: dt.timezone) -> None:
        """Show a breach as it stands at a moment."""
        if self.known is None or self.known.id != known.id:
            self.note.say("")
            self._why.clear()
        self.known, self._zone = known, zone
        self.heading.setText(_("Diketahui {at}").format(at=self._at(known.known)))
        self.tick(now)
        self.texts["leaked"].setText(known.leaked)
        self.texts["when"].setText(f"{known.happened}\n{known.how}")
        self.texts["handling"].setText(known.handling)
        self.texts["story"].setText("\n".join(self._told(known)))
        self._show_people(known)
        for button in (self.mend, self.end):
            button.setVisible(not known.is_closed)
        mark(self.end, "kind", "" if None in known.told else "main")
        self.reason.setVisible(not known.is_closed and None in known.told)

    def tick(self, now: dt.datetime) -> None:
        """Let the clock go on."""
        if self.known is None:
            return
        left = self.known.countdown(now)
        self.chip.say("quiet", _("ditutup")) if self.known.is_closed else self.chip.say(left.state, left.words)
        said = _("Batas surat kepada pemilik data dan lembaga (3 × 24 jam): {at}").format(
            at=self._at(until(self.known.known))
        )
        self.limit.setText(f"{said}. {left.words[:1].upper()}{left.words[1:]}." if self.known.is_closed else f"{said}.")

    @property
    def _why(self) -> QLineEdit:
        edit = self.reason.input
        assert isinstance(edit, QLineEdit)
        return edit

    def _at(self, moment: dt.datetime) -> str:
        here = moment.astimezone(self._zone)
        return f"{short_date(here.date())} {clock(here)}"

    def _told(self, known: BreachDetail) -> list[str]:
        names = {one.id: one.label or one.name for one in known.people}
        return [
            " · ".join(
                part
                for part in (
                    self._at(step.at),
                    EVENTS[step.kind],
                    names.get(step.person or b"", ""),
                    step.who,
                    step.note,
                )
                if part
            )
            for step in known.story
        ]

    def _show_people(self, known: BreachDetail) -> None:
        while (item := self._people.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.rows.clear()
        for number, one in enumerate(known.people, 1):
            words = " · ".join(part for part in (f"{number}", one.label, one.name or _("(identitas dihapus)")) if part)
            self._add_row(one.id, words, one.told, is_closed=known.is_closed)
        self._add_row(None, known.agency, known.agency_told, is_closed=known.is_closed)

    def _add_row(self, who: bytes | None, words: str, told: dt.datetime | None, *, is_closed: bool) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        name = QLabel(words)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        said = _("diserahkan {at}").format(at=self._at(told)) if told else _("belum diberi tahu")
        chip = Chip("done" if told else "quiet" if is_closed else "soon", said)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(name)
        left.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(left, 1)
        show, tell = QPushButton(_("Lihat surat")), QPushButton(_("Sudah diserahkan"))
        for button in (show, tell):
            button.setAutoDefault(True)
            button.setAccessibleName(f"{button.text()}: {words}")
            line.addWidget(button)
        tell.setVisible(told is None and not is_closed)
        show.clicked.connect(partial(self.drawing.emit, who))
        tell.clicked.connect(partial(self.told.emit, who))
        self.rows[who] = show, tell
        self._people.addWidget(row)

    def _build(self) -> None:
        self.heading.setProperty("role", "section")
        self.heading.setWordWrap(True)
        self.back.setProperty("kind", "link")
        self.back.setToolTip(_("Kembali ke daftar (Esc)"))
        self.back.setAccessibleName(_("Kembali ke daftar"))
        self.back.setMinimumWidth(36)
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 24, 8)
        top.setSpacing(8)
        top.addWidget(self.back)
        top.addWidget(self.heading, 1)
        top.addWidget(self.chip)
        rule = QFrame()
        rule.setProperty("surface", "rule")
        acts = QHBoxLayout()
        acts.setContentsMargins(24, 8, 24, 12)
        acts.setSpacing(8)
        for button in (self.end, self.mend):
            button.setAutoDefault(True)
            acts.addWidget(button)
        acts.addWidget(self.note, 1)
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
        self.limit.setWordWrap(True)
        column.addWidget(self.limit)
        column.addSpacing(8)
        column.addWidget(_strong(_("Siapa yang diberi tahu")))
        self._people = QVBoxLayout()
        self._people.setSpacing(8)
        column.addLayout(self._people)
        column.addSpacing(4)
        column.addWidget(self.reason)
        for name, words in SECTIONS.items():
            self.texts[name].setWordWrap(True)
            self.texts[name].setTextFormat(Qt.TextFormat.PlainText)
            column.addSpacing(8)
            column.addWidget(_strong(words))
            column.addWidget(self.texts[name])
        column.addStretch(1)
        return inside


def _strong(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "strong")
    return label
