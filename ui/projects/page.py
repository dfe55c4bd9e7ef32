"""The page Kegiatan: the year's activities as a list, one of them open beside it or, on a small screen, over it."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk.attachments import Attached
from desk.budget.queries import Node, Version, in_force, tree
from desk.chart import fund_sources
from desk.desk import Done
from desk.log import Touched
from desk.money import rupiah
from desk.projects.commands import PutProject, RemoveProject, SetProgress
from desk.projects.queries import ProjectDetail, ProjectRow, project, project_list, years
from desk.projects.rules import ProjectForm
from ui.parts.chip import Note
from ui.parts.empty import Empty
from ui.parts.fileview import FileView
from ui.parts.icons import icon
from ui.parts.style import COLOURS
from ui.parts.unsaved import Unsaved
from ui.projects.form import ActivityForm
from ui.projects.rows import ProjectModel, ProjectPainter
from ui.work import Work

BESIDE = 64
"""Page width, in lines of text high, from which list and form stand side by side: a window of 1366 at 100 %."""

SHOWN_HERE = {"project", "progress", "budget_line", "budget_version"}
"""Rows whose changing makes this page ask again."""


class ProjectsPage(QWidget):
    """The year's activities, and the form of the one that is open."""

    go = Signal(str)
    """Another page, by its key."""

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self.title = _("Kegiatan")
        self._work, self._today = work, today
        self._open: bytes | None = None
        self._chosen_year: int | None = None
        self._is_own = False
        self._wanted: Callable[[], None] | None = None
        self.year = QComboBox()
        self.year.setAccessibleName(_("Tahun anggaran"))
        self.add = QPushButton(icon("plus", "ground"), _("Kegiatan baru"))
        self.summary = QLabel()
        self.model = ProjectModel(self)
        self.list = QListView()
        self.empty = Empty(
            "projects",
            _("Belum ada kegiatan"),
            _("Di sini dicatat apa yang dibangun desa: di mana, berapa biayanya, siapa pelaksananya, sejauh mana."),
            _("Tulis kegiatan pertama"),
        )
        self.form = ActivityForm(today())
        self.file = FileView(work)
        self.asking = Unsaved(_("Perubahan pada kegiatan ini belum disimpan."))
        self.undone = QPushButton(_("Urungkan"))
        self.news = Note("done")
        self._build()
        self._connect()
        self._years(())
        self._load_years()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one over the other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide, is_open = self._is_wide(), not self.side.isHidden()
        self.main.setVisible(is_wide or not is_open)
        self.form.back.setIcon(icon("close" if is_wide else "back"))
        self.line.setVisible(is_wide and is_open)
        self.side.setMaximumWidth(max(480, self.width() * 2 // 5) if is_wide else 16_777_215)

    def _is_wide(self) -> bool:
        return self.width() >= BESIDE * self.fontMetrics().height()

    def _load_years(self) -> None:
        self._work.ask(years, done=self._years)

    def _years(self, known: tuple[int, ...]) -> None:
        chosen = self._chosen_year or (known[0] if known else self._today().year)
        listed = sorted({*known, self._today().year, chosen}, reverse=True)
        self.year.blockSignals(True)
        self.year.clear()
        for year in listed:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(listed.index(chosen))
        self.year.blockSignals(False)
        self._load()

    def _load(self) -> None:
        self._work.ask(project_list, self.year.currentData(), done=self._show)
        self._work.ask(in_force, self.year.currentData(), done=self._budget)

    def _budget(self, version: Version | None) -> None:
        if version is None:
            self._offer([])
        else:
            self._work.ask(tree, version.id, done=self._offer)

    def _offer(self, nodes: list[Node]) -> None:
        """Offer the form what the year's budget pays for, and the sources villages have."""
        paid = {node.activity: node.title for node in nodes if node.activity and not node.account}
        self.form.offer(list(paid.items()), list(fund_sources().values()))

    def _show(self, rows: tuple[ProjectRow, ...]) -> None:
        self.model.show(rows, self._today())
        self.pages.setCurrentWidget(self.list if rows else self.empty)
        self.summary.setText(summary(rows) if rows else "")
        self._select()

    def _select(self) -> None:
        """Mark the open activity in the list, without opening it again."""
        place = next((i for i, row in enumerate(self.model.rows) if row.id == self._open), -1)
        if place >= 0:
            self.list.setCurrentIndex(self.model.index(place))
        else:
            self.list.clearSelection()

    def _pressed(self, index: QModelIndex) -> None:
        row: ProjectRow = index.data(Qt.ItemDataRole.UserRole)
        self._leave(partial(self.open, row.id))

    def open(self, id: bytes) -> None:  # noqa: A002 (the row's own word)
        """Open an activity in the form."""
        self._work.ask(project, id, done=self._opened)

    def open_new(self) -> None:
        """Open an empty form."""
        self._leave(self._new)

    def _new(self) -> None:
        self._open = None
        self.list.clearSelection()
        self._show_form(None)
        self.form.name.setFocus()

    def _opened(self, detail: ProjectDetail | None) -> None:
        if detail is None:
            self._close()
            return
        self._open = detail.row.id
        self._show_form(detail)
        self._select()

    def _show_form(self, detail: ProjectDetail | None) -> None:
        self.asking.hide()
        self._wanted = None
        self.form.today = self._today()
        self.form.show_project(detail, self.year.currentData())
        self.side.show()
        self._arrange()
        if not self.main.isVisible():
            self.form.name.setFocus()

    def _leave(self, then: Callable[[], None]) -> None:
        """Go on, but ask first where typed words would be lost."""
        if not self.side.isHidden() and self.form.is_dirty():
            self._wanted = then
            self._select()
            self.asking.ask()
            return
        then()

    def _close(self) -> None:
        self._open = None
        self.asking.hide()
        self.side.hide()
        self.list.clearSelection()
        self._arrange()
        self.list.setFocus()

    def _discard(self) -> None:
        then, self._wanted = self._wanted or self._close, None
        self.asking.hide()
        then()

    def _save(self, form: ProjectForm, progress: tuple[int, dt.date] | None) -> None:
        if not self.form.save.isEnabled():
            return
        self.form.save.setEnabled(False)

        def saved(done: Done[bytes]) -> None:
            if progress is None:
                self._saved(form.name, done.value)
                return
            seen = SetProgress(done.value, progress[1], progress[0], self._today())
            self._work.do(seen, done=lambda _: self._saved(form.name, done.value), failed=self._failed)

        self._work.do(PutProject(form, self._open), done=saved, failed=self._failed)

    def _saved(self, name: str, id: bytes) -> None:  # noqa: A002
        self.form.save.setEnabled(True)
        self._tell(_("“{name}” tersimpan.").format(name=name.strip()), can_undo=False)
        then, self._wanted = self._wanted, None
        self.asking.hide()
        if then is not None:
            self._close()
            then()
        elif self._is_wide():
            self.open(id)
        else:
            self._close()

    def _failed(self, error: Exception) -> None:
        self.form.save.setEnabled(True)
        self.form.explain(error)

    def _remove(self) -> None:
        if self._open is None:
            return
        name = self.form.name.text().strip()
        self._work.do(RemoveProject(self._open), done=partial(self._removed, name), failed=self._failed)

    def _removed(self, name: str, done: Done[None]) -> None:
        self._close()
        self._tell(_("“{name}” tidak lagi dalam daftar.").format(name=name), can_undo=True)

    def _show_file(self, row: Attached, name: str, facts: str) -> None:
        self.screens.setCurrentWidget(self.file)
        self.file.show_file(row, name, facts)

    def _leave_file(self) -> None:
        self.screens.setCurrentIndex(0)
        self.form.photos.resume()

    def _undo(self) -> None:
        self._work.undo()
        self._tell("", can_undo=False)

    def _tell(self, sentence: str, *, can_undo: bool) -> None:
        self.news.say(sentence)
        self.undone.setVisible(can_undo)
        self._is_own = can_undo

    def _changed(self, touched: tuple[Touched, ...]) -> None:
        """Ask again; what came after the act of this page is not turned back from here."""
        if not self._is_own:
            self.undone.hide()
        self._is_own = False
        if not touched or SHOWN_HERE & {row.entity for row in touched}:
            self._load_years()

    def _connect(self) -> None:
        self.year.currentIndexChanged.connect(lambda: self._leave(self._other_year))
        self.add.clicked.connect(self.open_new)
        self.empty.pressed.connect(self.open_new)
        self.list.clicked.connect(self._pressed)
        self.list.activated.connect(self._pressed)
        self.form.submitted.connect(self._save)
        self.form.closed.connect(lambda: self._leave(self._close))
        self.form.removing.connect(self._remove)
        self.form.photos.serve(self._work)
        self.form.photos.opened.connect(self._show_file)
        self.file.closed.connect(self._leave_file)
        self.asking.keep.connect(self.form.submit)
        self.asking.discard.connect(self._discard)
        self.undone.clicked.connect(self._undo)
        self._work.changed.connect(self._changed)
        QShortcut(QKeySequence("Ctrl+N"), self, self.open_new, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _other_year(self) -> None:
        self._chosen_year = self.year.currentData()
        self._close()
        self._load()

    def _build(self) -> None:
        self.setProperty("surface", "page")
        self._build_main()
        self.side = QWidget()
        right = QVBoxLayout(self.side)
        right.setContentsMargins(0, 8, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.asking)
        right.addWidget(self.form, 1)
        self.side.hide()
        self.line = QWidget()
        self.line.setFixedWidth(1)
        self.line.setAutoFillBackground(True)
        self.line.setPalette(QColor(COLOURS["line"]))
        self.screens, both = QStackedWidget(), QWidget()
        for screen in (both, self.file):
            self.screens.addWidget(screen)
        whole, row = QVBoxLayout(self), QHBoxLayout(both)
        whole.addWidget(self.screens)
        for box in (whole, row):
            box.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.main, 3)
        row.addWidget(self.line)
        row.addWidget(self.side, 2)

    def _build_main(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(ProjectPainter(self.list))
        self.list.setMouseTracking(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(_("Daftar kegiatan"))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.list)
        self.main = QWidget()
        left = QVBoxLayout(self.main)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(self._head())
        left.addLayout(self._news())
        left.addWidget(self.pages, 1)

    def _head(self) -> QHBoxLayout:
        heading = QLabel(self.title)
        heading.setProperty("role", "title")
        self.add.setProperty("kind", "main")
        top = QHBoxLayout()
        top.setContentsMargins(24, 16, 24, 8)
        top.setSpacing(16)
        top.addWidget(heading)
        top.addWidget(self.year)
        top.addStretch(1)
        top.addWidget(self.add)
        return top

    def _news(self) -> QHBoxLayout:
        """The list in one line, and what became of the last act."""
        self.summary.setProperty("role", "quiet")
        self.undone.setProperty("kind", "link")
        self.undone.hide()
        told = QHBoxLayout()
        told.setContentsMargins(24, 0, 24, 8)
        told.setSpacing(16)
        told.addWidget(self.summary)
        told.addStretch(1)
        told.addWidget(self.news, 0, Qt.AlignmentFlag.AlignVCenter)
        told.addWidget(self.undone)
        return told


def summary(rows: tuple[ProjectRow, ...]) -> str:
    """The list in one line: how many, how much, how many are done."""
    known = [row.cost for row in rows if row.cost is not None]
    done = sum(row.percent == 100 for row in rows)
    parts = [_("{n} kegiatan").format(n=len(rows))]
    if known:
        parts.append(rupiah(sum(known, Decimal(0))))
    if len(known) < len(rows):
        parts.append(_("{n} belum ada anggarannya").format(n=len(rows) - len(known)))
    if done:
        parts.append(_("{n} selesai").format(n=done))
    return " · ".join(parts)
