"""The activities that were not done or are not finished, each with the reason people will read."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.dates import long_date
from desk.money import rupiah
from desk.realisation.queries import Behind, Realised
from desk.realisation.rules import Figure
from desk.store import DeskError
from ui.budget.rows import share_text
from ui.parts.chip import Chip, Note
from ui.parts.dates import DateEdit
from ui.parts.scroll import FormScroll

STATES = {"not_done": _("tidak dilaksanakan"), "unfinished": _("belum selesai")}
FINDINGS = {
    "not_done": ("late", _("belum ada realisasi")),
    "unfinished": ("soon", _("belum selesai")),
    "unpaid": ("soon", _("selesai, belum ada realisasi")),
}
"""A state and its words for each of `rules.FINDINGS`."""

Key = tuple[str, bytes | None]
"""Activity and project, one of them empty."""


@dataclass(frozen=True)
class Reason:
    """What a person wrote about an activity."""

    activity: str
    project: bytes | None
    state: str
    reason: str
    since: dt.date


class BehindRow(QFrame):
    """One activity: what its figures say, and the line for the reason."""

    said = Signal(object)
    """A `Reason`."""
    refused = Signal(str)
    walked = Signal()
    """Enter: on to the next one."""

    def __init__(self, told: Behind) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.told = told
        self.title, self.figures = QLabel(), QLabel()
        self.chip = Chip()
        self.state, self.reason, self.since = QComboBox(), QLineEdit(), DateEdit()
        self._build()
        self.reason.editingFinished.connect(self._tell)
        self.since.editingFinished.connect(self._tell)
        self.state.activated.connect(self._tell)
        self.reason.returnPressed.connect(self.walked)

    def show_told(self, told: Behind, day: dt.date) -> None:
        """Show what is known now; a reason that is being typed stays as it is."""
        is_kept = not self.reason.text().strip() or self.reason.text() == self.told.reason
        self.told = told
        code = f"{told.activity}  " if told.activity else ""
        self.title.setText(f"{code}{told.title}")
        self.figures.setText(figures_words(told))
        kind, words = FINDINGS.get(told.finding or "", ("quiet", _("dicatat petugas")))
        self.chip.say(kind, words)
        if is_kept and self.reason.text() != told.reason:
            self.reason.setText(told.reason)
        if not self.since.hasFocus():
            self.since.put(told.since or day)
        state = told.state or ("not_done" if told.finding == "not_done" else "unfinished")
        self.state.setCurrentIndex(self.state.findData(state))

    def _tell(self) -> None:
        """Hand the reason on where it is other than it was."""
        text = " ".join(self.reason.text().split())
        try:
            since = self.since.value()
        except DeskError as error:
            self.refused.emit(str(error))
            return
        if since is None or not (text or self.told.reason):
            return
        was = (self.told.state, self.told.reason, self.told.since)
        now = (self.state.currentData(), text, since)
        if was != now:
            self.said.emit(Reason(self.told.activity, self.told.project, *now))

    def _build(self) -> None:
        self.title.setProperty("role", "strong")
        self.figures.setProperty("role", "quiet")
        for label in (self.title, self.figures):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        for key, words in STATES.items():
            self.state.addItem(words, key)
        self.state.setAccessibleName(_("Keadaan kegiatan {title}").format(title=self.told.title))
        self.reason.setPlaceholderText(_("belum ada alasan"))
        self.reason.setMaxLength(500)
        self.reason.setAccessibleName(_("Alasan {title}").format(title=self.told.title))
        self.since.setAccessibleName(_("Sejak kapan: {title}").format(title=self.told.title))
        self.since.setFixedWidth(self.fontMetrics().horizontalAdvance("Min, 22 Sep 2026") + 36)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.title, 1)
        top.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        since = QLabel(_("sejak"))
        since.setProperty("role", "quiet")
        fields.addWidget(self.state)
        fields.addWidget(self.reason, 1)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.figures, 1)
        middle.addWidget(since)
        middle.addWidget(self.since)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(middle)
        column.addLayout(fields)


class Unfinished(QWidget):
    """All of them up to a day, and a way to add one that no figure tells of."""

    said = Signal(object)
    """A `Reason`."""
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[Key, BehindRow] = {}
        self._added: list[str] = []
        self._told: Realised | None = None
        self._day = dt.date.min
        self.summary = Note()
        self.others, self.add = QComboBox(), QPushButton(_("Tambahkan"))
        self.adding = QWidget()
        self._list = QVBoxLayout()
        self._build()
        self.add.clicked.connect(self._add)

    def show_told(self, told: Realised, day: dt.date) -> None:
        """Show what is behind; `day` is the one a new reason is given for."""
        if self._told is not None and self._told.year != told.year:
            self._added = []
        self._told, self._day = told, day
        titles = dict(told.others)
        self._added = [code for code in self._added if code in titles]
        listed = [*told.behind, *(_nothing_said(code, titles[code]) for code in self._added)]
        if [(each.activity, each.project) for each in listed] != list(self.rows):
            self._lay(listed)
        for each in listed:
            self.rows[each.activity, each.project].show_told(each, day)
        self.summary.say(*summary_words(told))
        self.others.clear()
        for code, title in told.others:
            if code not in self._added:
                self.others.addItem(f"{code}  {title}", code)
        self.adding.setVisible(self.others.count() > 0)

    def first(self) -> QWidget:
        """Where the keyboard begins: the first reason."""
        return next((row.reason for row in self.rows.values()), self.others)

    def _lay(self, listed: Sequence[Behind]) -> None:
        """Rows for these activities; the ones that stay keep what is being typed in them."""
        kept = self.rows
        self.rows = {}
        for place, each in enumerate(listed):
            key = (each.activity, each.project)
            row = kept.pop(key, None) or self._new(each)
            self.rows[key] = row
            self._list.insertWidget(place, row)
        for row in kept.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _new(self, told: Behind) -> BehindRow:
        row = BehindRow(told)
        row.said.connect(self.said)
        row.refused.connect(self.refused)
        row.walked.connect(self._walk)
        return row

    def _walk(self) -> None:
        """The reason below the one that has the keyboard."""
        edits = [row.reason for row in self.rows.values()]
        here = next((place for place, edit in enumerate(edits) if edit.hasFocus()), -1)
        if here + 1 < len(edits):
            edits[here + 1].setFocus()

    def _add(self) -> None:
        code = self.others.currentData()
        if code is not None and self._told is not None:
            self._added.append(code)
            self.show_told(self._told, self._day)
            self.rows[code, None].reason.setFocus()

    def _build(self) -> None:
        self.others.setAccessibleName(_("Kegiatan lain yang belum selesai"))
        self.others.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.others.setMinimumContentsLength(24)
        self.add.setAutoDefault(True)
        self._list.setSpacing(8)
        inside = QWidget()
        inside.setProperty("surface", "page")
        below = QHBoxLayout(self.adding)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(QLabel(_("Kegiatan lain:")))
        below.addWidget(self.others, 1)
        below.addWidget(self.add)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.summary)
        column.addLayout(self._list)
        column.addWidget(self.adding)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(FormScroll(inside))


def _nothing_said(code: str, title: str) -> Behind:
    return Behind(code, None, title, Figure(None, None), None, (), "", "", None)


def figures_words(told: Behind) -> str:
    """Money and works of an activity: `Rp 150 dari Rp 600 (25,00 %) · Rabat beton 40 %`."""
    parts = []
    figure = told.figure
    if figure.budget is not None:
        spent = _("realisasi belum dicatat") if figure.realised is None else rupiah(figure.realised)
        said = _("{spent} dari {budget}").format(spent=spent, budget=rupiah(figure.budget))
        share = share_text(figure.percent)
        parts.append(f"{said} ({share})" if share else said)
    for name, percent in told.projects:
        far = _("kemajuan belum dicatat") if percent is None else _("kemajuan {percent}\u00a0%").format(percent=percent)
        parts.append(far if told.project else f"{name}: {far}")
    return " · ".join(parts)


def summary_words(told: Realised) -> tuple[str, str]:
    """How many are behind and how many of them nobody has explained, and the state of that."""
    day = long_date(told.day)
    if not told.behind:
        return _("Sampai {day} tidak ada kegiatan yang tercatat belum selesai.").format(day=day), "done"
    said = _("{count} kegiatan belum selesai atau tidak terlaksana sampai {day}").format(
        count=len(told.behind), day=day
    )
    missing = sum(not each.reason for each in told.behind)
    if not missing:
        return _("{said}; semuanya ada alasannya.").format(said=said), "quiet"
    return _("{said}; {missing} belum ada alasan. Warga berhak membacanya (Permendagri 20/2018, Pasal 72).").format(
        said=said, missing=missing
    ), "soon"
