"""One activity as a form: what, where, for how much, from what, by whom, when, and how far it is."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desk.dates import short_date
from desk.projects.queries import ProjectDetail
from desk.projects.rules import ProjectForm, activity_doubt, progress_faults, project_faults
from desk.store import DeskError
from ui.parts.attachments import AttachmentsPart
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import EnterWalks, Field
from ui.parts.icons import icon
from ui.parts.money import MoneyEdit
from ui.parts.scroll import FormScroll


class Choice(QComboBox):
    """A list that also takes what is not on it; finds entries by any part of their text."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = self.completer()
        assert completer is not None
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def offer(self, entries: Sequence[str]) -> None:
        """Put these on the list and keep what is typed."""
        typed = self.currentText()
        self.clear()
        self.addItems(list(entries))
        self.setCurrentIndex(-1)
        self.setEditText(typed)


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
        self._percent: int | None = None
        self._activities: dict[str, str] = {}
        self.heading = QLabel()
        self.heading.setProperty("role", "section")
        self.heading.setWordWrap(True)
        self.back = QPushButton(icon("back"), "")
        self.back.setToolTip(_("Kembali ke daftar (Esc)"))
        self.back.setMinimumWidth(36)
        self.back.setAccessibleName(_("Kembali ke daftar"))
        self.name, self.place = QLineEdit(), QLineEdit()
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
        self.story = QLabel()
        self.story.setProperty("role", "quiet")
        self.story.setWordWrap(True)
        self.photos = AttachmentsPart("project", lambda: self.today, ("photo", "other"))
        self.photo_part = Field(_("Foto dan berkas"), self.photos, _("Terbuka untuk umum, jadi tidak disegel."))
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
            "place": Field(_("Lokasi"), self.place, _("Dusun, RT dan RW, seperti orang menyebutnya.")),
            "volume": Field(_("Volume"), self.volume),
            "unit": Field(_("Satuan"), self.unit),
            "cost": Field(_("Anggaran"), self.cost),
            "fund_source": Field(_("Sumber dana"), self.source),
            "executor": Field(_("Pelaksana"), self.executor, _("Tim pelaksana (TPK) atau nama penyedia.")),
            "responsible": Field(_("Penanggung jawab"), self.responsible),
            "starts": Field(_("Mulai"), self.starts),
            "ends": Field(_("Selesai"), self.ends),
            "activity": Field(_("Kegiatan dalam APBDes"), self.activity),
            "percent": Field(_("Kemajuan fisik (%)"), self.percent),
            "day": Field(_("Dilihat pada"), self.seen_on),
        }

    def show_project(self, detail: ProjectDetail | None, year: int) -> None:
        """Fill the form with an activity; None is a new one of `year`."""
        row = detail.row if detail else None
        self._year = row.year if row else year
        self._percent = row.percent if row else None
        self.heading.setText(row.name if row else _("Kegiatan baru {year}").format(year=year))
        for edit, text in (
            (self.name, row and row.name), (self.place, row and row.place), (self.volume, row and row.volume),
            (self.unit, row and row.unit), (self.executor, row and row.executor),
            (self.responsible, row and row.responsible),
        ):  # fmt: skip
            edit.setText(text or "")
            edit.setCursorPosition(0)
        self.cost.put(row.cost if row else None)
        self.source.setEditText(row.fund_source if row else "")
        self.activity.setEditText(self._activity_text(row.activity if row else ""))
        self.starts.put(row.starts if row else None)
        self.ends.put(row.ends if row else None)
        self.percent.setText("" if row is None or row.percent is None else str(row.percent))
        self.seen_on.put(self.today)
        seen = [f"{short_date(entry.day)}: {entry.percent} %" for entry in detail.story] if detail else []
        self.story.setText(_("Catatan kemajuan: {list}").format(list=" · ".join(seen)) if seen else "")
        self.story.setVisible(bool(seen))
        self.remove.setVisible(row is not None)
        self.photo_part.setVisible(row is not None)
        if row is not None:
            self.photos.show_record(row.id)
        self.note.say("")
        self._explain({})
        self._doubt()
        self._kept = self._state()

    def offer(self, activities: Sequence[tuple[str, str]], sources: Sequence[str]) -> None:
        """Offer the budget's activities, (code, name) each, and the names of fund sources."""
        self._activities = dict(activities)
        code = self._activity_code()
        self.activity.offer([f"{code} {name}" for code, name in activities])
        self.activity.setEditText(self._activity_text(code))
        self.source.offer(sources)
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
        starts, ends = self._day("starts", faults), self._day("ends", faults)
        seen_on = self._day("day", faults) or self.today
        if self.cost.fault():
            faults["cost"] = self.cost.fault()
        form = self._form(self.cost.value(), starts, ends)
        faults = project_faults(form) | faults
        progress = self._progress(seen_on)
        if progress:
            faults = progress_faults(percent=progress[0], day=progress[1], today=self.today) | faults
        self._explain(faults)
        self.note.say("")
        if faults:
            first = next(name for name in self.fields if name in faults)
            self.fields[first].input.setFocus()
            return
        self.submitted.emit(form, progress)

    def _form(self, cost: Decimal | None, starts: dt.date | None, ends: dt.date | None) -> ProjectForm:
        return ProjectForm(
            year=self._year,
            name=self.name.text(),
            place=self.place.text(),
            volume=self.volume.text(),
            unit=self.unit.text(),
            cost=cost,
            fund_source=self.source.currentText(),
            executor=self.executor.text(),
            responsible=self.responsible.text(),
            starts=starts,
            ends=ends,
            activity=self._activity_code(),
        )

    def _progress(self, day: dt.date) -> tuple[int, dt.date] | None:
        """What is to be recorded: only where the figure is another than the last one seen."""
        text = self.percent.text().strip()
        if not text or int(text) == self._percent:
            return None
        return int(text), day

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
        lines = (self.name, self.place, self.volume, self.unit, self.executor, self.responsible, self.percent)
        days = (self.starts.value_or_none(), self.ends.value_or_none())
        texts = (*(line.text() for line in lines), self.source.currentText(), self._activity_code())
        return (*texts, str(self.cost.value()), self.cost.fault(), *map(str, days))

    def _connect(self) -> None:
        self.save.clicked.connect(self.submit)
        self.back.clicked.connect(self.closed)
        self.remove.clicked.connect(self.removing)
        self.activity.editTextChanged.connect(self._doubt)
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
        for names in (
            ("name",), ("place",), ("volume", "unit"), ("cost",), ("fund_source",), ("executor",), ("responsible",),
            ("starts", "ends"), ("activity",), ("percent", "day"),
        ):  # fmt: skip
            row = QHBoxLayout()
            row.setSpacing(16)
            for name in names:
                row.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        column.addWidget(self.story)
        column.addWidget(self.photo_part)
        column.addStretch(1)
        return inside
