"""One activity as a form: what, where, for how much, from what, by whom, when, and how it is meant to grow."""

import datetime as dt
from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desk.money import rupiah
from desk.projects.queries import ProjectDetail
from desk.projects.rules import (
    BudgetRef,
    Fund,
    ProjectForm,
    activity_doubt,
    point_text,
    progress_faults,
    project_faults,
    read_point,
)
from desk.projects.watch import Point
from desk.store import DeskError
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import EnterWalks, Field
from ui.parts.icons import icon
from ui.parts.money import MoneyEdit
from ui.parts.scroll import FormScroll
from ui.projects.several import Choice, FundsEdit, LinesEdit, PlanEdit

_LINES = (
    "name", "place", "volume", "unit", "executor", "responsible", "hamlet", "rt", "rw", "beneficiaries",
)  # fmt: skip
"""Fields of one line of text, called as the rules call them."""


class ActivityForm(QWidget):
    """The form with its buttons; errors stand beside their fields."""

    submitted = Signal(object, object)
    """The filled `ProjectForm`, and (percent, day) where progress is to be recorded, else None."""
    closed = Signal()
    """Back to the list; nothing of the form is kept."""
    removing = Signal()
    """Take the activity off the list."""

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.today = today
        self._year = today.year
        self._activities: dict[str, str] = {}
        self.heading = QLabel()
        self.heading.setProperty("role", "section")
        self.heading.setWordWrap(True)
        self.back = QPushButton(icon("back"), "")
        self.back.setToolTip(_("Kembali ke daftar (Esc)"))
        self.back.setMinimumWidth(36)
        self.back.setAccessibleName(_("Kembali ke daftar"))
        self.name, self.place, self.point = QLineEdit(), QLineEdit(), QLineEdit()
        self.hamlet, self.rt, self.rw, self.beneficiaries = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.funds, self.lines, self.plan = FundsEdit(), LinesEdit(), PlanEdit()
        self.split, self.finer = QPushButton(_("Beberapa sumber dana")), QPushButton(_("Beberapa baris anggaran"))
        self.volume, self.unit = QLineEdit(), QLineEdit()
        self.cost, self.source = MoneyEdit(), Choice()
        self.executor, self.responsible = QLineEdit(), QLineEdit()
        self.starts, self.ends, self.seen_on = DateEdit(), DateEdit(), DateEdit()
        self.activity, self.percent = Choice(), QLineEdit()
        self.percent.setValidator(QIntValidator(0, 999, self))
        self.fields = self._fields()
        self.name.setPlaceholderText(_("misalnya: Rabat beton jalan Dusun Krajan"))
        self.volume.setPlaceholderText("120")
        self.unit.setPlaceholderText("m")
        self.point.setPlaceholderText("-7,1502, 111,8817")
        self.note = Note("late")
        self.save = QPushButton(_("Simpan"))
        self.remove = QPushButton(_("Hapus dari daftar"))
        self._build()
        self._connect()
        self._kept = self._state()

    def _fields(self) -> dict[str, Field]:
        """The labelled fields by the names the rules use, in the order the keyboard walks them."""
        return {
            "name": Field(_("Nama kegiatan"), self.name),
            "hamlet": Field(_("Dusun"), self.hamlet),
            "rt": Field(_("RT"), self.rt),
            "rw": Field(_("RW"), self.rw),
            "place": Field(_("Lokasi"), self.place, _("Seperti orang menyebutnya: depan balai desa, tepi Kali Pacal.")),
            "point": Field(_("Titik koordinat"), self.point, _("Lintang, bujur, seperti dari peta di ponsel.")),
            "volume": Field(_("Volume"), self.volume),
            "unit": Field(_("Satuan"), self.unit),
            "beneficiaries": Field(_("Penerima manfaat"), self.beneficiaries, _("Misalnya: 85 keluarga.")),
            "cost": Field(_("Anggaran"), self.cost),
            "fund_source": Field(_("Sumber dana"), self.source),
            "funds": Field(_("Sumber dana"), self.funds),
            "executor": Field(_("Pelaksana"), self.executor, _("Tim pelaksana (TPK) atau nama penyedia.")),
            "responsible": Field(_("Penanggung jawab"), self.responsible),
            "starts": Field(_("Mulai"), self.starts),
            "ends": Field(_("Selesai"), self.ends),
            "activity": Field(_("Kegiatan dalam APBDes"), self.activity),
            "lines": Field(_("Baris anggaran dalam APBDes"), self.lines, _("Misalnya 2.3.11 atau 2.3.11 / 5.3.5.")),
            "plan": Field(_("Rencana kemajuan"), self.plan, _("Tanpa titik: naik rata dari mulai sampai selesai.")),
            "percent": Field(_("Kemajuan fisik (%)"), self.percent),
            "day": Field(_("Dilihat pada"), self.seen_on),
        }

    def show_project(self, detail: ProjectDetail | None, year: int) -> None:
        """Fill the form with an activity; None is a new one of `year`."""
        row = detail.row if detail else None
        self._year = row.year if row else year
        self.heading.setText(row.name if row else _("Kegiatan baru {year}").format(year=year))
        for edit, text in (
            (self.name, row and row.name), (self.place, row and row.spot), (self.volume, row and row.volume),
            (self.unit, row and row.unit), (self.executor, row and row.own_executor), (self.hamlet, row and row.hamlet),
            (self.rt, row and row.rt), (self.rw, row and row.rw), (self.responsible, row and row.responsible),
            (self.beneficiaries, row and row.beneficiaries), (self.point, row and point_text(row.point)),
        ):  # fmt: skip
            edit.setText(text or "")
            edit.setCursorPosition(0)
        self.cost.put(row.cost if row else None)
        self.source.put(row.fund_source if row else "")
        self.activity.put(self._activity_text(row.activity if row else ""))
        self.starts.put(row.starts if row else None)
        self.ends.put(row.ends if row else None)
        self.funds.put(row.funds if row else ())
        self.lines.put(detail.refs if detail else ())
        self.plan.put(detail.points if detail else ())
        self._unfold(self.split, is_split=bool(row and row.funds))
        self._unfold(self.finer, is_split=bool(detail and detail.refs))
        self.percent.clear()
        self.seen_on.put(self.today)
        for name in ("percent", "day"):
            self.fields[name].setVisible(row is None)
        self.remove.setVisible(row is not None)
        self.note.say("")
        self._explain({})
        self._doubt()
        self._count()
        self._kept = self._state()

    def _unfold(self, button: QPushButton, *, is_split: bool) -> None:
        """One field, or the lines that stand for it."""
        one, many = ("fund_source", "funds") if button is self.split else ("activity", "lines")
        self.fields[one].setVisible(not is_split)
        self.fields[many].setVisible(is_split)
        button.setVisible(not is_split)

    def _split(self) -> None:
        """What is typed as the only source becomes the first of several."""
        self._unfold(self.split, is_split=True)
        self.funds.put((Fund(self.source.currentText(), self.cost.value()), Fund("")))
        self.funds.setFocus(Qt.FocusReason.TabFocusReason)
        self._count()

    def _refine(self) -> None:
        self._unfold(self.finer, is_split=True)
        self.lines.put((BudgetRef(self._activity_code()), BudgetRef("")))
        self.lines.setFocus(Qt.FocusReason.TabFocusReason)

    def _count(self) -> None:
        """Say what the sources add up to beside the cost, so that nobody has to reckon."""
        sum_, cost = self.funds.total(), self.cost.value()
        if cost is None or sum_ == cost:
            self.fields["funds"].hint(_("Jumlahnya {sum}.").format(sum=rupiah(sum_)))
        else:
            said = _("Jumlahnya {sum}, anggarannya {cost}.")
            self.fields["funds"].hint(said.format(sum=rupiah(sum_), cost=rupiah(cost)))

    def offer(
        self, activities: Sequence[tuple[str, str]], sources: Sequence[str], accounts: Sequence[str] = ()
    ) -> None:
        """Offer the budget's activities, (code, name) each, the names of fund sources, and single accounts."""
        self._activities = dict(activities)
        code = self._activity_code()
        self.activity.offer([f"{code} {name}" for code, name in activities])
        self.activity.put(self._activity_text(code))
        self.source.offer(sources)
        self.funds.offer(sources)
        self.lines.offer([*(f"{code} {name}" for code, name in activities), *accounts])
        self._kept = self._state() if not self.is_dirty() else self._kept

    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._state() != self._kept

    def explain(self, error: Exception) -> None:
        """Say above the buttons why nothing was saved.

        Raises:
            Exception: `error` itself, where it is no sentence for a person.
        """
        if not isinstance(error, DeskError):
            raise error
        self.note.say(str(error))

    def submit(self) -> None:
        """Mark what is wrong, or hand the form over."""
        faults: dict[str, str] = {}
        form, seen_on = self._form(faults), self._day("day", faults) or self.today
        faults = project_faults(form) | faults
        progress = self._progress(seen_on)
        if progress:
            faults = progress_faults(percent=progress[0], day=progress[1], today=self.today) | faults
        self._explain(faults)
        self.note.say("")
        if faults:
            first = next(name for name in self.fields if name in faults)
            self.fields[first].input.setFocus()
            if first in ("funds", "lines", "plan"):
                # Below several lines the sentence may be out of sight.
                self.note.say(faults[first])
            return
        self.submitted.emit(form, progress)

    def _form(self, faults: dict[str, str]) -> ProjectForm:
        """What is typed; what cannot be read is put into `faults`."""
        starts, ends, point = self._day("starts", faults), self._day("ends", faults), None
        plan: tuple[Point, ...] = ()
        if fault := self.cost.fault():
            faults["cost"] = fault
        is_split = not self.fields["funds"].isHidden()
        if is_split and (fault := self.funds.fault()):
            faults["funds"] = fault
        try:
            point = read_point(self.point.text())
        except DeskError as error:
            faults["point"] = str(error)
        try:
            plan = self.plan.value()
        except DeskError as error:
            faults["plan"] = str(error)
        texts = {name: getattr(self, name).text() for name in _LINES}
        is_fine = not self.fields["lines"].isHidden()
        return ProjectForm(
            year=self._year, cost=self.cost.value(), fund_source="" if is_split else self.source.currentText(),
            starts=starts, ends=ends, activity="" if is_fine else self._activity_code(), point=point,
            funds=self.funds.value() if is_split else (), lines=self.lines.value() if is_fine else (), plan=plan,
            **texts,
        )  # fmt: skip

    def _progress(self, day: dt.date) -> tuple[int, dt.date] | None:
        """What a new activity begins with; None where nothing is written."""
        text = self.percent.text().strip()
        return (int(text), day) if text and not self.fields["percent"].isHidden() else None

    def _day(self, field: str, faults: dict[str, str]) -> dt.date | None:
        edit = self.fields[field].input
        assert isinstance(edit, DateEdit)
        try:
            return edit.value()
        except DeskError as error:
            faults[field] = str(error)
            return None

    def _explain(self, faults: dict[str, str]) -> None:
        for name, field in self.fields.items():
            if name == "cost":
                self.cost.explain(faults.get(name, ""))
            else:
                field.explain(faults.get(name, ""))

    def _activity_code(self) -> str:
        return self.activity.currentText().strip().split(" ")[0]

    def _activity_text(self, code: str) -> str:
        return f"{code} {self._activities[code]}" if code in self._activities else code

    def _doubt(self) -> None:
        known = activity_doubt(self._activity_code(), self._activities)
        hint = _("Pilih kegiatan yang membiayainya, atau kosongkan bila belum diketahui.")
        self.fields["activity"].hint(known or hint)

    def _state(self) -> tuple[str, ...]:
        days = (self.starts.value_or_none(), self.ends.value_or_none())
        texts = (*(getattr(self, name).text() for name in _LINES), self.point.text(), self.percent.text())
        choices = (self.source.currentText(), self._activity_code(), str(self.cost.value()), self.cost.fault())
        several = (self.funds, self.lines, self.plan)
        return (*texts, *choices, *map(str, days), *(text for part in several for text in part.state()))

    def _connect(self) -> None:
        self.save.clicked.connect(self.submit)
        self.back.clicked.connect(self.closed)
        self.remove.clicked.connect(self.removing)
        self.activity.editTextChanged.connect(self._doubt)
        self.split.clicked.connect(self._split)
        self.finer.clicked.connect(self._refine)
        self.funds.changed.connect(self._count)
        self.cost.changed.connect(self._count)
        for keys, act in (("Ctrl+Return", self.submit), ("Ctrl+Enter", self.submit), ("Ctrl+S", self.submit)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        QShortcut(QKeySequence("Esc"), self, self.closed.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self) -> None:
        self.save.setProperty("kind", "main")
        self.save.setToolTip(_("Ctrl+Enter"))
        self.save.setAutoDefault(True)
        self.remove.setProperty("kind", "link")
        self.back.setProperty("kind", "link")
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 24, 8)
        top.setSpacing(8)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.heading, 1)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(24, 8, 24, 12)
        bottom.setSpacing(16)
        bottom.addWidget(self.save)
        bottom.addStretch(1)
        bottom.addWidget(self.remove)
        scroll = FormScroll(self._inside())
        noted = QHBoxLayout()
        noted.setContentsMargins(24, 4, 24, 4)
        noted.addWidget(self.note)
        rule = QFrame()
        rule.setProperty("surface", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(scroll, 1)
        column.addWidget(rule)
        column.addLayout(noted)
        column.addLayout(bottom)
        EnterWalks(self)

    def _inside(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("surface", "page")
        inside.setMaximumWidth(760)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 4, 24, 24)
        column.setSpacing(16)
        links = {"fund_source": self.split, "activity": self.finer}
        for link in links.values():
            link.setProperty("kind", "link")
            link.setProperty("aside", True)
            link.setAutoDefault(True)
        for names in (
            ("name",), ("hamlet", "rt", "rw"), ("place",), ("point",), ("volume", "unit"), ("beneficiaries",),
            ("cost",), ("fund_source",), ("funds",), ("executor",), ("responsible",), ("starts", "ends"),
            ("activity",), ("lines",), ("plan",), ("percent", "day"),
        ):  # fmt: skip
            row = QHBoxLayout()
            row.setSpacing(16)
            for name in names:
                row.addWidget(self.fields[name], 2 if name == "hamlet" else 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
            if names[0] in links:
                column.addWidget(links[names[0]], 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return inside
