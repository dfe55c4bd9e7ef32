"""The settings: what the first run asked, each on a sheet of its own, and what this program is."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desk.log import Touched
from desk.village.commands import SetHours, SetPaper
from desk.village.queries import Profile, Setup, holders, profile, setup, working_days
from ui.parts.scroll import FormScroll
from ui.parts.style import mark
from ui.settings.about import AboutSheet
from ui.settings.officials import OfficialsSheet
from ui.settings.place import PlaceForm
from ui.settings.sheet import SaveSheet
from ui.settings.workdays import WorkingDaysSheet
from ui.village.hours import HoursEditor
from ui.village.paper import PaperChooser
from ui.village.saving import Commands
from ui.work import Work

TABLES = {"village", "contact", "official", "opening_hours", "printer", "work_week", "day_off", "year_table"}
"""What these sheets show."""


class SettingsPage(QWidget):
    """Six sheets under tabs, and the way back into the first run."""

    go = Signal(str)

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self.title = _("Pengaturan")
        self._work, self._today = work, today
        self._profile: Profile | None = None
        self.filled = False
        mark(self, "surface", "page")
        self.place, self.hours, self.paper = PlaceForm(), HoursEditor(), PaperChooser()
        self.officials = OfficialsSheet(work, today)
        self.place_sheet = SaveSheet(work, self.place, self.place.commands, self.place.explain)
        self.hours_sheet = SaveSheet(work, self.hours, self._hours_commands, self.hours.days[0].explain)
        self.paper_sheet = SaveSheet(work, self.paper, self._paper_commands, self._paper_refused)
        self.days_sheet = WorkingDaysSheet(work, today)
        self.about = AboutSheet(work.desk.folder)
        self._lay_out()
        for form, sheet in self._touchable:
            form.edited.connect(sheet.touch)
        self._work.changed.connect(self._reload_if_touched)
        self.reload()

    @property
    def _touchable(self) -> tuple[tuple[PlaceForm | HoursEditor | PaperChooser, SaveSheet], ...]:
        return (self.place, self.place_sheet), (self.hours, self.hours_sheet), (self.paper, self.paper_sheet)

    def _lay_out(self) -> None:
        heading = QLabel(self.title)
        mark(heading, "role", "title")
        self.again = QPushButton(_("Siapkan ulang"))
        self.again.setToolTip(_("Jalankan lagi penyiapan"))
        self.again.setAutoDefault(True)
        self.again.clicked.connect(lambda: self.go.emit("wizard"))
        self.key = QPushButton(_("&Kunci desa"))
        self.key.setAutoDefault(True)
        self.key.clicked.connect(lambda: self.go.emit("key"))
        self.privacy = QPushButton(_("&Data pribadi"))
        self.privacy.setAutoDefault(True)
        self.privacy.clicked.connect(lambda: self.go.emit("privacy"))
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(self.privacy)
        top.addWidget(self.key)
        top.addWidget(self.again)
        self.tabs, self.stack = QTabBar(), QStackedWidget()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for name, sheet in (
            (_("Desa"), self.place_sheet),
            (_("Pejabat"), self.officials),
            (_("Jam layanan"), self.hours_sheet),
            (_("Hari kerja"), self.days_sheet),
            (_("Kertas"), self.paper_sheet),
            (_("Tentang"), FormScroll(self.about)),
        ):
            self.tabs.addTab(name)
            self.stack.addWidget(sheet)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.tabs)
        column.addSpacing(4)
        column.addWidget(self.stack, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts on the tabs."""
        super().showEvent(event)
        self.tabs.setFocus()

    def reload(self) -> None:
        """Ask the desk what it knows; what is typed and not saved stays."""
        self._work.ask(holders, "head", done=self.officials.put_heads)
        self._work.ask(holders, "ppid", done=self.officials.put_ppids)
        self._work.ask(working_days, done=self.days_sheet.put)
        self._work.ask(profile, self._today(), done=self._got_profile)

    def _reload_if_touched(self, changes: tuple[Touched, ...]) -> None:
        if not changes or any(touched.entity in TABLES for touched in changes):
            self.reload()

    def _got_profile(self, found: Profile | None) -> None:
        self._profile = found
        self.officials.put_profile(found)
        if found is None:
            self._work.ask(setup, self._today(), done=self._put)
        else:
            self._put(found)

    def _put(self, known: Setup | Profile) -> None:
        self.filled = True
        if not self.place_sheet.touched:
            self.place.put(known, self._profile)
        if not self.hours_sheet.touched:
            self.hours.put(known.hours)
        if not self.paper_sheet.touched:
            self.paper.put(known.paper)

    def _hours_commands(self) -> Commands:
        return (SetHours(self.hours.value()),)

    def _paper_commands(self) -> Commands:
        return (SetPaper(self.paper.value()),)

    def _paper_refused(self, sentence: str) -> None:
        self.paper_sheet.note.say(sentence, "late")
