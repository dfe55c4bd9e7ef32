"""Which book, of which year, as of which day."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from desk.dates import long_date
from desk.reports.rules import KINDS, NAMED, PERIODS, Wanted, of_year, report_due
from desk.store import DeskError
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import Field
from ui.parts.pick import Pick


class Choices(QWidget):
    """The column on the left; `changed` tells that another book is wanted."""

    changed = Signal()

    def __init__(self, today: Callable[[], dt.date]) -> None:
        """This year's register of requests as it stands today, until something else is chosen."""
        super().__init__()
        self._today = today
        self.kinds = Pick(KINDS, _("Buku"))
        self.year, self.period, self.as_of = QComboBox(), QComboBox(), DateEdit()
        for key, name in PERIODS.items():
            self.period.addItem(name[:1].upper() + name[1:], key)
        self._year = Field(_("Tahun"), self.year)
        self._period = Field(_("Masa"), self.period)
        self._day = Field(_("Keadaan per"), self.as_of, _("Kosong berarti hari ini."))
        self._due = Note("soon")
        self._asked: Wanted | None = None
        self._lay_out()
        self.kinds.picked.connect(self._tell)
        for box in (self.year, self.period):
            box.activated.connect(lambda _index: self._tell())
        self.as_of.editingFinished.connect(self._tell)

    def offer(self, years: tuple[int, ...]) -> None:
        """Take over the years there are, keeping the one that was chosen."""
        had = self.year.currentData() or self._today().year
        self.year.clear()
        for year in years:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(max(0, self.year.findData(had)))
        self._asked = self.wanted
        self._explain()

    def choose(self, kind: str, year: int) -> None:
        """Have a book of a year chosen, as if a person had picked it."""
        self.kinds.choose(kind)
        if self.year.findData(year) < 0:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(self.year.findData(year))
        self._tell()

    @property
    def wanted(self) -> Wanted | None:
        """The book that is chosen now; None while its day cannot be read."""
        year = self.year.currentData() or self._today().year
        try:
            return of_year(self.kinds.value, year, self.as_of.value() or self._today(), self.period.currentData())
        except DeskError as error:
            self._day.explain(str(error))
            return None

    def _tell(self) -> None:
        """Another book is wanted, unless it is the one already shown."""
        self._day.explain("")
        wanted = self.wanted
        self._explain()
        if wanted is not None and wanted != self._asked:
            self._asked = wanted
            self.changed.emit()

    def _explain(self) -> None:
        """Of the report, by when it is due; of the public list there is only one, whatever the year."""
        kind, year, today = self.kinds.value, self.year.currentData() or self._today().year, self._today()
        self._year.setVisible(kind != "dip")
        self._period.setVisible(kind in NAMED)
        due = report_due(year)
        if kind != "report" or today.year > year + 1:
            sentence = ""
        elif today > due:
            sentence = _("Batasnya {day} sudah lewat. Selesaikan, umumkan, dan kirim sekarang.")
        elif today.year > year:
            sentence = _("Umumkan dan kirim ke Komisi Informasi paling lambat {day}: {left} hari lagi.")
        else:
            sentence = _("Dibuat sesudah tahun berakhir, paling lambat {day}.")
        self._due.say(sentence.format(day=long_date(due), left=(due - today).days))
        self._due.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        label = QLabel(_("Buku"))
        label.setProperty("role", "strong")
        column.addWidget(label)
        column.addWidget(self.kinds)
        column.addSpacing(8)
        for field in (self._year, self._period, self._day):
            column.addWidget(field)
            column.addSpacing(8)
        column.addWidget(self._due)
        column.addStretch(1)
