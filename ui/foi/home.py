"""Beranda: what is late, what is due soon, what this week brings; and where to begin on an empty desk."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desk.dates import long_date
from desk.foi.queries import Agenda, agenda
from ui.foi.lines import face
from ui.parts.empty import Empty
from ui.parts.icons import icon, pixmap
from ui.parts.register import register_list
from ui.work import Work

if TYPE_CHECKING:
    from desk.log import Touched
    from ui.reminders import Reminder


class HomePage(QWidget):
    """Three numbers and the requests behind them."""

    go = Signal(str)
    opened = Signal(bytes)
    """A request is to be opened."""
    wanted = Signal()
    """A new request is to be entered."""
    shown = Signal()
    """The page is looked at."""
    followed = Signal(object)
    """A `Reminder` was pressed."""

    def __init__(self, work: Work, today: Callable[[], dt.date], first: Agenda) -> None:
        super().__init__()
        self.title = _("Beranda")
        self._work, self._today = work, today
        self._is_stale = False
        self.late = _Figure("late", _("terlambat"))
        self.soon = _Figure("clock", _("jatuh tempo dalam 3 hari kerja"))
        self.week = _Figure("calendar", _("jatuh tempo minggu ini"))
        self.add = QPushButton(icon("plus", "ground"), _("Permohonan &baru"))
        self.day = QLabel()
        self.list, self.model = register_list(face)
        self.calm = Empty("done", _("Semua sudah dijawab"), _("Tidak ada permohonan yang menunggu jawaban."))
        self.empty = Empty(
            "requests",
            _("Belum ada permohonan"),
            _("Bila ada warga yang meminta informasi, catat di sini; batas waktunya dihitung dengan sendirinya."),
            _("Catat permohonan pertama"),
        )
        self.sheet = QPushButton(_("Cetak lembar &pemulihan: tanpa itu nama pemohon hilang bila komputer rusak"))
        self.year = QPushButton()
        self.reminders: list[QPushButton] = []
        self._lines = QVBoxLayout()
        self.pages = QStackedWidget()
        self._build()
        self.add.clicked.connect(self.wanted)
        self.year.clicked.connect(lambda: self.go.emit("settings"))
        self.sheet.clicked.connect(lambda: self.go.emit("key"))
        self.empty.pressed.connect(self.wanted)
        self.list.activated.connect(self._pressed)
        self.list.clicked.connect(self._pressed)
        work.changed.connect(self._touched)
        self.show_agenda(first)

    def show_agenda(self, seen: Agenda) -> None:
        """Show counts and rows."""
        for figure, count in ((self.late, seen.late), (self.soon, seen.soon), (self.week, seen.week)):
            figure.show_count(count)
        self.day.setText(long_date(self._today()))
        self.model.show(seen.rows)
        self.sheet.setVisible(seen.wants_sheet)
        self.year.setText(
            _("Hari libur tahun {year} belum diisi: batas waktu ke sana masih perkiraan").format(year=seen.missing_year)
        )
        self.year.setVisible(seen.missing_year is not None)
        self._wrap()
        page = self.list if seen.rows else self.calm if seen.total else self.empty
        self.pages.setCurrentWidget(page)

    def show_reminders(self, lines: "Sequence[Reminder]") -> None:
        """Show what else waits, a line each."""
        for button in self.reminders:
            self._lines.removeWidget(button)
            button.deleteLater()
        self.reminders = [_link(line.picture, line.words) for line in lines]
        for button, line in zip(self.reminders, lines, strict=True):
            button.clicked.connect(partial(self.followed.emit, line))
            self._lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._wrap()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What waits is read whole at any width and text size."""
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        for line in (self.sheet, self.year, *self.reminders):
            # Beside the words stand the page's margins, the picture and the frame of the focus.
            line.setText(_wrapped(line.text(), line.fontMetrics(), self.width() - 2 * 24 - 48))

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while another page was open is asked for again."""
        super().showEvent(event)
        self._wrap()
        if self._is_stale:
            self._load()
        self.shown.emit()

    def _load(self) -> None:
        self._is_stale = False
        self._work.ask(agenda, self._today(), done=self.show_agenda)

    def _touched(self, changes: "tuple[Touched, ...]") -> None:
        if changes and not any(touched.entity == "request" for touched in changes):
            return
        self._is_stale = True
        if self.isVisible():
            self._load()

    def _pressed(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(Qt.ItemDataRole.UserRole).id)

    def _build(self) -> None:
        heading = QLabel(self.title)
        heading.setProperty("role", "title")
        self.day.setProperty("role", "quiet")
        self.add.setProperty("kind", "main")
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(heading)
        top.addWidget(self.day, 0, Qt.AlignmentFlag.AlignBottom)
        top.addStretch(1)
        top.addWidget(self.add)
        figures = QHBoxLayout()
        figures.setSpacing(12)
        for figure in (self.late, self.soon, self.week):
            figures.addWidget(figure, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addLayout(figures)
        self._lines.setSpacing(0)
        for link, picture in ((self.sheet, "late"), (self.year, "calendar")):
            link.setProperty("kind", "link")
            link.setIcon(icon(picture))
            self._lines.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._lines)
        column.addWidget(self.pages, 1)
        for part in (self.list, self.calm, self.empty):
            self.pages.addWidget(part)


def _wrapped(words: str, metrics: QFontMetrics, width: int) -> str:
    """Words over as many lines as `width` pixels ask for; a button breaks none by itself."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


def _link(picture: str, words: str) -> QPushButton:
    """A line that leads to a page."""
    button = QPushButton(icon(picture), words.replace("&", "&&"))
    button.setProperty("kind", "link")
    return button


class _Figure(QFrame):
    """A count, large, with its icon and its words."""

    def __init__(self, picture: str, words: str) -> None:
        super().__init__()
        self._picture, self._words = picture, words
        self.mark, self.count, self.words = QLabel(), QLabel(), QLabel(words)
        self.count.setProperty("role", "figure")
        self.words.setWordWrap(True)
        self.setProperty("surface", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self.mark)
        row.addWidget(self.count)
        row.addWidget(self.words, 1)

    def show_count(self, count: int) -> None:
        """Show a number; nothing to worry about is quiet."""
        colour = {"late": "late", "clock": "ink"}.get(self._picture, "ink") if count else "edge"
        self.mark.setPixmap(pixmap(self._picture, colour, 24))
        self.count.setText(str(count))
        surface = {"late": "late", "clock": "soon"}.get(self._picture, "quiet") if count else "quiet"
        self.setProperty("surface", surface)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(f"{count} {self._words}")
