"""The RKP Desa of a coming year: what the village means to do, where, and what it may cost."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk.chart import fund_sources
from desk.desk import Done
from desk.log import Touched
from desk.money import rupiah
from desk.projects.commands import BeginPlanned, PutPlan, TakeOff
from desk.projects.queries import PlanRow, plan_list, plan_years
from desk.projects.rules import PlanForm, plan_faults
from desk.store import DeskError
from ui.parts.chip import Note
from ui.parts.empty import Empty
from ui.parts.field import Field
from ui.parts.icons import icon
from ui.parts.money import MoneyEdit
from ui.parts.scroll import FormScroll
from ui.parts.unsaved import Unsaved
from ui.projects.entry import Entry
from ui.projects.sections import Section, Told
from ui.projects.several import Choice
from ui.work import Work

SHOWN_HERE = {"plan_item", "project"}
"""Rows whose changing makes this list ask again."""


class PlanEntry(Entry):
    """One line of the plan."""

    submitted = Signal(object)
    """A `PlanForm`."""

    def __init__(self) -> None:
        self.year = dt.date.min.year
        self.name, self.place, self.estimate, self.source = QLineEdit(), QLineEdit(), MoneyEdit(), Choice()
        self.name.setPlaceholderText(_("misalnya: Rabat beton jalan Dusun Krajan"))
        self.source.offer(list(fund_sources().values()))
        fields = {
            "name": Field(_("Nama kegiatan"), self.name),
            "place": Field(_("Lokasi"), self.place),
            "estimate": Field(_("Perkiraan biaya"), self.estimate),
            "source": Field(_("Sumber dana"), self.source),
        }
        super().__init__("", fields, (("name",), ("place",), ("estimate",), ("source",)))

    def fill(self, row: PlanRow | None, year: int) -> None:
        """Begin with a line, or with an empty one of `year`."""
        self.year, self.id = year, row.id if row else None
        self.heading.setText(
            _("Ubah rencana {year}").format(year=year) if row else _("Rencana {year}").format(year=year)
        )
        self.name.setText(row.name if row else "")
        self.place.setText(row.place if row else "")
        self.estimate.put(row.estimate if row else None)
        self.source.setEditText(row.source if row else "")
        self.begin()

    def submit(self) -> None:
        """Mark what is wrong, or hand the form over."""
        faults: dict[str, str] = {}
        estimate = self.amount("estimate", faults)
        form = PlanForm(self.year, self.name.text(), self.place.text(), estimate, self.source.currentText())
        if not self.explain_fields(plan_faults(form) | faults):
            self.submitted.emit(form)


class PlanPane(QWidget):
    """The plan of one year, and the form of the line that is open above it."""

    said = Signal(str, bool)
    """What became of an act, and whether it can be undone."""
    begun = Signal(bytes)
    """A line became this activity."""

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._work, self._today = work, today
        self._chosen: int | None = None
        self._wanted: Callable[[], None] | None = None
        self.rows: tuple[PlanRow, ...] = ()
        self.year, self.summary = QComboBox(), QLabel()
        self.add = QPushButton(icon("plus", "ground"), _("Rencana baru"))
        self.entry, self.trouble, self.list = PlanEntry(), Note("late"), Section("", beside=3)
        self.asking = Unsaved(_("Rencana ini belum disimpan."))
        self.empty = Empty(
            "calendar", _("Belum ada rencana untuk tahun ini"),
            _("Di sini ditulis apa yang akan dikerjakan tahun depan menurut RKP Desa: nama, lokasi, perkiraan biaya."),
            _("Tulis rencana pertama"),
        )  # fmt: skip
        self._build()
        self._connect()
        self._years(())
        self._load()

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed that would be lost."""
        return self.entry.is_dirty()

    def open_new(self) -> None:
        """Open an empty line."""
        self._leave(lambda: self._begin(None))

    def _begin(self, row: PlanRow | None) -> None:
        self.trouble.say("")
        self.pages.setCurrentWidget(self.page)
        self.entry.fill(row, row.year if row else self.year.currentData())

    def _leave(self, then: Callable[[], None]) -> None:
        """Go on, but ask first where typed words would be lost."""
        if self.entry.is_dirty():
            self._wanted = then
            self.asking.ask()
            return
        self.entry.hide()
        then()

    def _discard(self) -> None:
        then, self._wanted = self._wanted, None
        self.asking.hide()
        self.entry.hide()
        if then is not None:
            then()

    def _load(self) -> None:
        self._work.ask(plan_years, done=self._years)

    def _years(self, known: tuple[int, ...]) -> None:
        """Next year is what the village plans for; it is there before anything is written."""
        coming = self._today().year + 1
        chosen = self._chosen or coming
        listed = sorted({*known, coming, chosen}, reverse=True)
        self.year.blockSignals(True)
        self.year.clear()
        for year in listed:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(listed.index(chosen))
        self.year.blockSignals(False)
        self._work.ask(plan_list, chosen, done=self._show)

    def _show(self, rows: Sequence[PlanRow]) -> None:
        self.rows = tuple(rows)
        self.list.show_lines([self._told(row) for row in rows])
        self.summary.setText(summary(rows))
        is_empty = not rows and self.entry.isHidden()
        self.pages.setCurrentWidget(self.empty if is_empty else self.page)

    def _told(self, row: PlanRow) -> Told:
        cost = _("perkiraan belum diisi") if row.estimate is None else rupiah(row.estimate)
        facts = (row.place, cost, row.source, _("sudah menjadi kegiatan") if row.project else "")
        begin: tuple[tuple[str, Callable[[], None]], ...] = ((_("Jadikan kegiatan"), partial(self._become, row)),)
        acts: tuple[tuple[str, Callable[[], None]], ...] = (
            (_("Ubah"), partial(self._change, row)), (_("Hapus"), partial(self._remove, row)),
        )  # fmt: skip
        return Told(row.name, " · ".join(fact for fact in facts if fact), acts if row.project else begin + acts)

    def _change(self, row: PlanRow) -> None:
        self._leave(lambda: self._begin(row))

    def _remove(self, row: PlanRow) -> None:
        said = _("“{name}” tidak lagi dalam rencana.").format(name=row.name)
        self._work.do(TakeOff("plan_item", row.id), done=lambda _done: self.said.emit(said, True), failed=self._refused)

    def _become(self, row: PlanRow) -> None:
        def done(made: Done[bytes]) -> None:
            self.begun.emit(made.value)

        self._leave(lambda: self._work.do(BeginPlanned(row.id), done=done, failed=self._refused))

    def _save(self, form: PlanForm) -> None:
        if not self.entry.save.isEnabled():
            return
        self.entry.save.setEnabled(False)

        def done(_done: object) -> None:
            self.entry.save.setEnabled(True)
            self.entry.hide()
            self.asking.hide()
            self.said.emit(_("“{name}” tersimpan.").format(name=form.name.strip()), True)
            then, self._wanted = self._wanted, None
            self.add.setFocus()
            if then is not None:
                then()

        self._work.do(PutPlan(form, self.entry.id), done=done, failed=self.entry.explain)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.trouble.say(str(error))

    def _close(self) -> None:
        self.entry.hide()
        self.asking.hide()
        self._show(self.rows)
        self.add.setFocus()

    def _other_year(self) -> None:
        chosen = self.year.currentData()

        def turn() -> None:
            self._chosen = chosen
            self._load()

        self._leave(turn)

    def _changed(self, touched: tuple[Touched, ...]) -> None:
        if not touched or SHOWN_HERE & {row.entity for row in touched}:
            self._load()

    def _connect(self) -> None:
        self.year.currentIndexChanged.connect(self._other_year)
        self.add.clicked.connect(self.open_new)
        self.empty.pressed.connect(self.open_new)
        self.entry.submitted.connect(self._save)
        self.entry.closed.connect(lambda: self._leave(self._close))
        self.asking.keep.connect(self.entry.submit)
        self.asking.discard.connect(self._discard)
        self._work.changed.connect(self._changed)

    def _build(self) -> None:
        self.year.setAccessibleName(_("Tahun rencana"))
        self.add.setProperty("kind", "main")
        self.summary.setProperty("role", "quiet")
        self.summary.setWordWrap(True)
        head, column = QHBoxLayout(), QVBoxLayout(self)
        head.setContentsMargins(24, 8, 24, 8)
        head.setSpacing(16)
        head.addWidget(self.year)
        head.addWidget(self.summary, 1)
        head.addWidget(self.add)
        inside = QWidget()
        inside.setProperty("surface", "page")
        inside.setMaximumWidth(960)
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(24, 0, 24, 24)
        lines.setSpacing(12)
        for part in (self.trouble, self.entry, self.list):
            lines.addWidget(part)
        lines.addStretch(1)
        self.page, self.pages = FormScroll(inside), QStackedWidget()
        self.pages.addWidget(self.page)
        self.pages.addWidget(self.empty)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.asking)
        column.addWidget(self.pages, 1)


def summary(rows: Sequence[PlanRow]) -> str:
    """The plan in one line: how many, and how much where it is known."""
    known = [row.estimate for row in rows if row.estimate is not None]
    parts = [_("{n} rencana").format(n=len(rows))] if rows else []
    if known:
        parts.append(rupiah(sum(known, Decimal(0))))
    if len(known) < len(rows):
        parts.append(_("{n} belum ada perkiraannya").format(n=len(rows) - len(known)))
    return " · ".join(parts)
