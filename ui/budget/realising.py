"""The realisation of a year up to June, December or any day: typed line by line, and what is behind explained."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desk.dates import long_date
from desk.desk import Command, Done
from desk.log import Touched
from desk.money import parse, rupiah, words
from desk.realisation.commands import ExplainActivity, RecordRealisation, WithdrawRealisation
from desk.realisation.queries import Realised, realised
from desk.realisation.rules import Figure, entered_until, half_year, year_end
from desk.store import DeskError
from ui.budget.balance import left_words
from ui.budget.book import version_words
from ui.budget.rows import share_text
from ui.budget.spending import SpendingTable
from ui.budget.standings import SpendingRow, rows_of
from ui.budget.unfinished import Reason, Unfinished
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.pick import Pick
from ui.work import Work

HALF, YEAR, DAY = "half", "year", "day"
"""The cut-offs to choose from."""

SHOWN_HERE = {
    "budget_version", "budget_line", "realisation", "realisation_withdrawn", "activity_note", "project", "project_line",
    "progress",
}  # fmt: skip
"""Rows whose changing makes this panel ask again."""


class Sum(QWidget):
    """A part of the budget: what was realised of it, and of how much."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.amount, self.share = QLabel(name), QLabel(), QLabel()
        self.name.setProperty("role", "quiet")
        self.amount.setProperty("role", "strong")
        self.share.setProperty("role", "quiet")
        self.share.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label in (self.name, self.amount, self.share):
            column.addWidget(label)

    def say(self, figure: Figure) -> None:
        """Show a part; unknown in words, too much as what it is."""
        self.amount.setText(_("belum dicatat") if figure.realised is None else rupiah(figure.realised))
        said = _("dari {budget} · {share}").format(
            budget=rupiah(figure.budget), share=share_text(figure.percent) or "-"
        )
        is_over = figure.excess is not None and (figure.budget or 0) >= 0
        self.share.setText(_("{said} · melebihi").format(said=said) if is_over else said)


class Realising(QWidget):
    """One year up to one day."""

    closed = Signal()

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._work, self._today = work, today
        self._year = 0
        self._told: Realised | None = None
        self._undo: list[Command[object]] = []
        self.heading, self.against = QLabel(), QLabel()
        self.cut_off = Pick(
            {HALF: _("Semester I"), YEAR: _("Setahun"), DAY: _("Tanggal")}, _("Sampai kapan"), in_a_row=True
        )
        self.day = DateEdit()
        self.tabs, self.stack = QTabBar(), QStackedWidget()
        self.table, self.unfinished = SpendingTable(), Unfinished()
        self.said, self.fault, self.news = QLabel(), Note("late"), Note("done")
        self.sums = {"revenue": Sum(_("Pendapatan")), "expenditure": Sum(_("Belanja")),
                     "financing": Sum(_("Pembiayaan neto"))}  # fmt: skip
        self.left, self.parts = QLabel(), QFrame()
        self.undone, self.close_ = QPushButton(_("Urungkan")), QPushButton(_("Selesai"))
        self._build()
        self._connect()

    def start(self, year: int) -> None:
        """Begin with the report that is due: the half-year's until the end of July, else the year's."""
        if year != self._year:
            self._year, self._told, self._undo = year, None, []
            is_half = dt.date(year, 1, 1) <= self._today() <= dt.date(year, 7, 31)
            self.cut_off.choose(HALF if is_half else YEAR)
            self.day.put(min(self._today(), year_end(year)))
        self.heading.setText(_("Realisasi {year}").format(year=year))
        self._tell("")
        self._load()
        self.tabs.setCurrentIndex(0)
        self.table.setFocus()

    def until(self) -> dt.date:
        """The cut-off that is chosen.

        Raises:
            DeskError: the date that was typed is none of the year's.
        """
        if self.cut_off.value != DAY:
            return half_year(self._year) if self.cut_off.value == HALF else year_end(self._year)
        day = self.day.value()
        if day is None or not dt.date(self._year, 1, 1) <= day <= year_end(self._year + 1):
            raise DeskError(_("Tulis tanggal dalam tahun anggaran {year}.").format(year=self._year))
        return day

    def showEvent(self, event: QShowEvent) -> None:
        """Figures may have changed while the panel was hidden."""
        super().showEvent(event)
        if self._year:
            self._load()

    def _load(self) -> None:
        try:
            day = self.until()
        except DeskError as error:
            self._explain(error)
            return
        self.fault.say("")
        self._work.ask(realised, self._year, day, done=self._show)

    def _show(self, told: Realised | None) -> None:
        self._told = told
        if told is None:
            self.against.setText(_("Belum ada APBDes {year}. Isi atau muat dulu.").format(year=self._year))
            self.table.show_rows([], is_open=False)
            return
        entering = entered_until(told.day, told.year, self._today())
        self.against.setText(self._against(told, entering))
        self.table.show_rows(rows_of(told), is_open=entering is not None)
        here = self.table.current()
        if here is not None and not self.table.is_typing():
            self._chosen(here)
        self._show_behind()
        count = len(told.behind)
        self.tabs.setTabText(1, _("Belum selesai ({count})").format(count=count) if count else _("Belum selesai"))
        for name, part in self.sums.items():
            part.say(told.parts[name])
        left = told.parts["balance"].realised
        self.left.setText("" if left is None else left_words(left, told.until))
        self.left.setVisible(left is not None)

    def _show_behind(self) -> None:
        """The cards are made when somebody looks at them."""
        if self._told is not None and self.tabs.currentIndex() == 1:
            entering = entered_until(self._told.day, self._told.year, self._today())
            self.unfinished.show_told(self._told, entering or self._told.day)

    def _against(self, told: Realised, entering: dt.date | None) -> str:
        """Which budget and which day, and what typing means now."""
        said = _("Terhadap {version}, sampai {day}.").format(
            version=version_words(told.version), day=long_date(told.day)
        )
        if not told.is_complete:
            said += " " + _("APBDes ini belum lengkap di meja ini; kirim dan terima lagi dulu.")
        if entering is None:
            return said + " " + _("Tahun anggaran ini belum mulai, jadi belum ada yang dapat diisi.")
        if entering < told.day:
            said += " " + _("Yang diketik berlaku sampai hari ini, {day}.").format(day=long_date(entering))
        return said

    def _typed(self, line: bytes, amount: Decimal) -> None:
        """Record an amount up to the cut-off, or up to today where that comes first."""
        until = entered_until(self._told.day, self._year, self._today()) if self._told else None
        if until is not None:
            done = partial(self._recorded, amount, until)
            self._work.do(RecordRealisation(line, until, amount), done=done, failed=self._explain)

    def _recorded(self, amount: Decimal, until: dt.date, done: Done[bytes]) -> None:
        self._undo.append(WithdrawRealisation(done.value))
        self._tell(_("Tersimpan: {amount} sampai {day}.").format(amount=rupiah(amount), day=long_date(until)))

    def _reason(self, reason: Reason) -> None:
        """Write why an activity is behind."""
        before = next(
            (b for b in self._told.behind if (b.activity, b.project) == (reason.activity, reason.project)), None
        ) if self._told else None  # fmt: skip
        command = ExplainActivity(
            self._year, reason.activity, reason.project, reason.state, reason.reason, reason.since
        )
        back = ExplainActivity(
            self._year, reason.activity, reason.project, before.state if before else "",
            before.reason if before else "", (before.since if before else None) or reason.since,
        )  # fmt: skip
        self._work.do(command, done=partial(self._explained, back), failed=self._explain)

    def _explained(self, back: ExplainActivity, done: Done[bytes]) -> None:
        if done.changes:
            self._undo.append(back)
            self._tell(_("Alasan tersimpan."))

    def _turn_back(self) -> None:
        """Turn back the last entry or reason of this sitting, then the one before."""
        if self._undo:
            self._work.do(self._undo.pop(), done=self._turned_back, failed=self._explain)

    def _turned_back(self, _done: Done[object]) -> None:
        self._tell(_("Diurungkan."))

    def _tell(self, sentence: str) -> None:
        self.fault.say("")
        self.news.say(sentence)
        self.undone.setVisible(bool(self._undo))

    def _explain(self, error: Exception) -> None:
        """Say why something was not saved.

        Raises:
            Exception: `error` itself, where it is no sentence for a person.
        """
        if not isinstance(error, DeskError):
            raise error
        self._refuse(str(error))

    def _refuse(self, sentence: str) -> None:
        self.news.say("")
        self.fault.say(sentence)

    def _speak(self, text: str) -> None:
        """The amount in words, at once; nothing while it can be read in no way or in two."""
        self.fault.say("")
        self.news.say("")
        try:
            amount = parse(text)
        except DeskError:
            self.said.setText("")
        else:
            self.said.setText(_("{words} rupiah").format(words=words(amount)))

    def _chosen(self, row: SpendingRow) -> None:
        """Say the line's amount in words, up to when it is known, and what else there is to say of it."""
        amount = row.figure.realised
        spoken = "" if amount is None else _("{words} rupiah").format(words=words(amount))
        self.said.setText(row.note or spoken)

    def _changed(self, touched: tuple[Touched, ...]) -> None:
        if self.isVisible() and (not touched or SHOWN_HERE & {row.entity for row in touched}):
            self._load()

    def _picked(self) -> None:
        self.day.setVisible(self.cut_off.value == DAY)
        self._load()
        (self.day if self.cut_off.value == DAY else self.table).setFocus()

    def _turn(self, tab: int) -> None:
        self._show_behind()
        self.stack.setCurrentIndex(tab)
        for part in (self.said, self.parts):
            part.setVisible(tab == 0)
        if not self.tabs.hasFocus():
            # The keyboard was in what is hidden now.
            (self.unfinished.first() if tab else self.table).setFocus()

    def _connect(self) -> None:
        self.cut_off.picked.connect(self._picked)
        self.day.editingFinished.connect(self._load)
        self.tabs.currentChanged.connect(self._turn)
        self.table.typed.connect(self._typed)
        self.table.spoken.connect(self._speak)
        self.table.refused.connect(self._refuse)
        self.table.chosen.connect(self._chosen)
        self.unfinished.said.connect(self._reason)
        self.unfinished.refused.connect(self._refuse)
        self.undone.clicked.connect(self._turn_back)
        self.close_.clicked.connect(self.closed)
        self._work.changed.connect(self._changed)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Esc"), self, self.closed.emit, context=within)
        QShortcut(QKeySequence("Ctrl+Z"), self, self._turn_back, context=within)

    def _build(self) -> None:
        self.heading.setProperty("role", "section")
        for label in (self.against, self.said, self.left):
            label.setProperty("role", "quiet")
            label.setWordWrap(True)
        self.day.setVisible(False)
        self.day.setAccessibleName(_("Realisasi sampai tanggal"))
        self.day.setFixedWidth(self.fontMetrics().horizontalAdvance("Min, 22 Sep 2026") + 36)
        self.undone.setProperty("kind", "link")
        self.undone.setToolTip("Ctrl+Z")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for words_, page in ((_("Per baris"), self.table), (_("Belum selesai"), self.unfinished)):
            self.tabs.addTab(words_)
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(6)
        column.addLayout(self._head())
        column.addWidget(self.against)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        column.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.heading)
        top.addWidget(self.cut_off)
        top.addWidget(self.day)
        top.addStretch(1)
        top.addWidget(self.close_)
        return top

    def _foot(self) -> QVBoxLayout:
        news = QHBoxLayout()
        news.setSpacing(16)
        news.addWidget(self.news, 1, Qt.AlignmentFlag.AlignVCenter)
        news.addWidget(self.undone)
        self.parts.setProperty("surface", "quiet")
        sums = QHBoxLayout()
        sums.setSpacing(32)
        for part in self.sums.values():
            sums.addWidget(part, 1)
        inside = QVBoxLayout(self.parts)
        inside.setContentsMargins(16, 6, 16, 8)
        inside.setSpacing(4)
        inside.addLayout(sums)
        inside.addWidget(self.left)
        foot = QVBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.said)
        foot.addWidget(self.fault)
        foot.addLayout(news)
        foot.addWidget(self.parts)
        return foot
