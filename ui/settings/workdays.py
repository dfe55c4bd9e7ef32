"""How the village counts working days: its week, the days off entered here, and the years whose table is whole."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desk.dates import long_date
from desk.store import DeskError
from desk.village.commands import CloseYear, EnterDay, ForgetDay, SetWorkWeek
from desk.village.queries import EnteredDay, Week, WorkingDays
from desk.workdays import KINDS
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import Field
from ui.settings.sheet import SaveSheet
from ui.village.saving import Commands
from ui.work import Work

KIND_WORDS = {
    "libur_nasional": _("Libur nasional"),
    "cuti_bersama": _("Cuti bersama"),
    "libur_daerah": _("Libur daerah atau desa"),
    "hari_kerja": _("Jadi hari kerja (libur dibatalkan)"),
}
"""Kinds of days, as the list says them."""


class WeekForm(QWidget):
    """The week, cuti bersama, the regulation behind them, and the time a citizen gets to complete a request."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.six = QCheckBox(_("Sabtu hari kerja (enam hari seminggu)"))
        self.shared = QCheckBox(_("Cuti bersama dihitung sebagai hari kerja"))
        self.regulation, self.completion = QLineEdit(), QSpinBox()
        self.completion.setRange(1, 30)
        self.completion.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        said = QLabel(
            _(
                "Tidak ada aturan yang menyebut apakah cuti bersama dihitung. Meja Desa menjanjikan tanggal menurut "
                "pilihan ini, tetapi mengingatkan menurut tanggal yang paling awal."
            )
        )
        said.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.fields = {
            "regulation": Field(_("Peraturan yang mengaturnya (boleh kosong)"), self.regulation),
            "completion": Field(
                _("Hari kerja untuk melengkapi permohonan"),
                self.completion,
                _("Aturan desa sendiri, bukan undang-undang."),
            ),
        }
        for part in (said, self.six, self.shared, *self.fields.values()):
            column.addWidget(part)
        column.addStretch(1)
        for tick in (self.six, self.shared):
            tick.toggled.connect(lambda _on: self.edited.emit())
        self.regulation.textEdited.connect(lambda _text: self.edited.emit())
        self.completion.valueChanged.connect(lambda _value: self.edited.emit())

    def put(self, week: Week) -> None:
        """Show what is kept."""
        self.blockSignals(True)
        self.six.setChecked(week.six_days)
        self.shared.setChecked(week.shared_leave_counts)
        self.regulation.setText(week.regulation)
        self.completion.setValue(week.completion_days)
        self.blockSignals(False)

    def commands(self) -> Commands:
        """What saves the form."""
        days = self.completion.value()
        return (SetWorkWeek(self.six.isChecked(), self.shared.isChecked(), self.regulation.text(), days),)

    def explain(self, sentence: str) -> None:
        """What the desk refused."""
        self.fields["regulation"].explain(sentence)


class DaysOffForm(QWidget):
    """Days off one by one, and the year that is whole."""

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._work, self._today = work, today
        self.heading = QLabel()
        self.day, self.name, self.kind = DateEdit(), QLineEdit(), QComboBox()
        for kind in KINDS:
            self.kind.addItem(KIND_WORDS[kind], kind)
        self.add, self.note = QPushButton(_("&Tambah hari")), Note("late")
        self.decree, self.close_year = QLineEdit(), QPushButton()
        self._year = today().year + 1
        self.list = QVBoxLayout()
        self._build()
        self.add.clicked.connect(self.enter)
        self.close_year.clicked.connect(self.finish_year)

    def put(self, known: WorkingDays) -> None:
        """Show the days entered, and which year comes next."""
        self._year = known.last_decreed + 1
        self.heading.setText(_("Hari libur sudah lengkap sampai tahun {year}.").format(year=known.last_decreed))
        self.close_year.setText(_("Daftar {year} sudah &lengkap").format(year=self._year))
        while (item := self.list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for day in known.days:
            self.list.addWidget(self._line(day))

    def enter(self) -> None:
        """Put a day into the table."""
        day = self.day.value_or_none()
        if day is None:
            self.note.say(_("Tanggal ditulis seperti 22-11-2026. Periksa lagi."), "late")
            self.day.setFocus()
            return
        self._do(EnterDay(day, self.name.text(), str(self.kind.currentData())))

    def finish_year(self) -> None:
        """The days off of the next year have been entered to the end."""
        self._do(CloseYear(self._year, self.decree.text()))

    def _do(self, command: EnterDay | ForgetDay | CloseYear) -> None:
        self.note.say("")
        self._work.do(command, done=lambda _done: self._entered(), failed=self._refused)

    def _entered(self) -> None:
        self.day.put(None)
        self.name.clear()
        self.decree.clear()
        self.day.setFocus()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self.note.say(str(error), "late")
        else:
            self._work.failed.emit(error)

    def _line(self, day: EnteredDay) -> QWidget:
        line, gone = QWidget(), QPushButton(_("Hapus"))
        said = QLabel(f"{long_date(day.day)} · {day.name or KIND_WORDS[day.kind]} · {KIND_WORDS[day.kind]}")
        said.setWordWrap(True)
        gone.setAccessibleName(_("Hapus {day}").format(day=long_date(day.day)))
        gone.clicked.connect(lambda: self._do(ForgetDay(day.id)))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(said, 1)
        row.addWidget(gone)
        return line

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(10)
        self.heading.setProperty("role", "section")
        self.heading.setWordWrap(True)
        column.addWidget(self.heading)
        row = QHBoxLayout()
        row.setSpacing(8)
        for label, widget in ((_("Tanggal"), self.day), (_("Nama hari"), self.name), (_("Jenis"), self.kind)):
            row.addWidget(Field(label, widget), 1)
        column.addLayout(row)
        for button in (self.add, self.close_year):
            button.setAutoDefault(True)
        column.addWidget(self.add)
        column.addWidget(self.note)
        column.addLayout(self.list)
        decree = Field(
            _("Nomor keputusan hari libur tahun berikutnya"),
            self.decree,
            _("Misalnya: SKB 3 Menteri, 15 September 2027."),
        )
        column.addWidget(decree)
        column.addWidget(self.close_year)
        column.addStretch(1)


class WorkingDaysSheet(SaveSheet):
    """The week with its Simpan, and below it the days off, each kept as it is entered."""

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        self.week, self.days = WeekForm(), DaysOffForm(work, today)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.week)
        column.addWidget(self.days)
        super().__init__(work, body, self.week.commands, self.week.explain)
        self.week.edited.connect(self.touch)

    def put(self, known: WorkingDays) -> None:
        """Show what is kept; what is typed and not saved stays."""
        if not self.touched:
            self.week.put(known.week)
        self.days.put(known)
