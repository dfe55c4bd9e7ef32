"""The activities of a year as a list, one of them open beside it or, on a small screen, over it."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
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

from desk.budget.queries import Node, Version, in_force, tree
from desk.chart import fund_sources
from desk.desk import Done
from desk.log import Touched
from desk.projects.commands import PutProject, RemoveProject, SetProgress
from desk.projects.queries import ProjectDetail, ProjectRow, project, project_list, years
from desk.projects.rules import BudgetRef, ProjectForm
from ui.parts.empty import Empty, Faces
from ui.parts.icons import icon
from ui.parts.style import COLOURS
from ui.parts.unsaved import Unsaved
from ui.projects.detail import ProjectView
from ui.projects.form import ActivityForm
from ui.projects.rows import ProjectList, ProjectModel, ProjectPainter
from ui.projects.several import ref_text
from ui.projects.words import summary
from ui.work import Work

BESIDE = 64
"""Page width, in lines of text high, from which list and form stand side by side: a window of 1366 at 100 %."""

SHOWN_HERE = {
    "project", "progress", "budget_line", "budget_version", "realisation", "project_fund", "project_line", "plan_point",
    "contract", "addendum", "payment", "attachment", "detachment", "request", "request_event",
}  # fmt: skip
"""Rows whose changing makes this page ask again."""


class ActivitiesPane(QWidget):
    """The year's activities, and the one that is open: to be read, or its form."""

    said = Signal(str, bool)
    """What became of an act, and whether it can be undone."""
    filed = Signal(object, str, str)
    """An `Attached` is to be shown, under its name, with its facts."""

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._work, self._today = work, today
        self._open: bytes | None = None
        self._chosen_year: int | None = None
        self._wanted: Callable[[], None] | None = None
        self.year = QComboBox()
        self.year.setAccessibleName(_("Tahun anggaran"))
        self.add = QPushButton(icon("plus", "ground"), _("Kegiatan baru"))
        self.summary = QLabel()
        self.model = ProjectModel(self)
        self.list = ProjectList()
        self.empty = Empty(
            "projects",
            _("Belum ada kegiatan"),
            _("Di sini dicatat apa yang dibangun desa: di mana, berapa biayanya, siapa pelaksananya, sejauh mana."),
            _("Tulis kegiatan pertama"),
        )
        self.view, self.form = ProjectView(work, today), ActivityForm(today())
        self._detail: ProjectDetail | None = None
        self.asking = Unsaved(_("Perubahan pada kegiatan ini belum disimpan."))
        self._build()
        self._connect()
        self._years(())
        self._load_years()

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed that would be lost."""
        return not self.side.isHidden() and self._shown().is_dirty()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one over the other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide, is_open = self._is_wide(), not self.side.isHidden()
        self.main.setVisible(is_wide or not is_open)
        for back in (self.form.back, self.view.back):
            back.setIcon(icon("close" if is_wide else "back"))
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
        finer = [
            f"{ref_text(BudgetRef(node.activity, node.account))} {node.title}"
            for node in nodes
            if node.activity and node.account.count(".") == 2 and node.kind == "line"
        ]
        self.form.offer(list(paid.items()), list(fund_sources().values()), list(dict.fromkeys(finer)))

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
        self._open, self._detail = detail.row.id, detail
        self.asking.hide()
        self._wanted = None
        self.view.show_project(detail)
        self.panel.setCurrentWidget(self.view)
        self.side.show()
        self._arrange()
        self._select()
        if not self.main.isVisible():
            self.view.edit.setFocus()

    def edit(self) -> None:
        """Open the form of the activity that is shown."""
        if self._detail is not None:
            self.view.fold()
            self._show_form(self._detail)
            self.form.name.setFocus()

    def _show_form(self, detail: ProjectDetail | None) -> None:
        self.asking.hide()
        self._wanted = None
        self.form.today = self._today()
        self.form.show_project(detail, self.year.currentData())
        self.panel.setCurrentWidget(self.form)
        self.side.show()
        self._arrange()
        if not self.main.isVisible():
            self.form.name.setFocus()

    def _leave(self, then: Callable[[], None]) -> None:
        """Go on, but ask first where typed words would be lost."""
        if not self.side.isHidden() and self._shown().is_dirty():
            self._wanted = then
            self._select()
            self.asking.ask()
            return
        self.view.fold()
        then()

    def _shown(self) -> ProjectView | ActivityForm:
        return self.form if self.panel.currentWidget() is self.form else self.view

    def _keep(self) -> None:
        self._shown().submit()

    def _back(self) -> None:
        """From the form to the activity it is of; from a new one to the list."""
        if self._open is None or self._detail is None:
            self._close()
        else:
            self._opened(self._detail)
            # Something of it may have changed while its form was open.
            self._work.ask(project, self._open, done=self._refreshed)

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
        self.said.emit(_("“{name}” tersimpan.").format(name=name.strip()), False)
        then, self._wanted = self._wanted, None
        self.asking.hide()
        if then is not None:
            self._close()
            then()
        else:
            self.open(id)

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
        self.said.emit(_("“{name}” tidak lagi dalam daftar.").format(name=name), True)

    def _changed(self, touched: tuple[Touched, ...]) -> None:
        """Ask again."""
        if touched and not SHOWN_HERE & {row.entity for row in touched}:
            return
        self._load_years()
        if self._open is not None and self._shown() is self.view:
            self._work.ask(project, self._open, done=self._refreshed)

    def _refreshed(self, detail: ProjectDetail | None) -> None:
        """What is open came anew; meanwhile another may have been opened, or its form."""
        if detail is not None and detail.row.id == self._open and self._shown() is self.view:
            self._detail = detail
            self.view.show_project(detail)

    def _connect(self) -> None:
        self.year.currentIndexChanged.connect(lambda: self._leave(self._other_year))
        self.add.clicked.connect(self.open_new)
        self.empty.pressed.connect(self.open_new)
        self.list.clicked.connect(self._pressed)
        self.list.activated.connect(self._pressed)
        self.form.submitted.connect(self._save)
        self.form.closed.connect(lambda: self._leave(self._back))
        self.form.removing.connect(self._remove)
        self.view.opened.connect(self.filed)
        self.view.closed.connect(lambda: self._leave(self._close))
        self.view.editing.connect(lambda: self._leave(self.edit))
        self.view.said.connect(self.said)
        self.asking.keep.connect(self._keep)
        self.asking.discard.connect(self._discard)
        self._work.changed.connect(self._changed)

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
        self.panel = QStackedWidget()
        self.panel.addWidget(self.view)
        self.panel.addWidget(self.form)
        right.addWidget(self.panel, 1)
        self.side.hide()
        self.line = QWidget()
        self.line.setFixedWidth(1)
        self.line.setAutoFillBackground(True)
        self.line.setPalette(QColor(COLOURS["line"]))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
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
        self.pages = Faces()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.list)
        self.main = QWidget()
        left = QVBoxLayout(self.main)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(self._head())
        left.addWidget(self.pages, 1)

    def _head(self) -> QHBoxLayout:
        """The year, the list in one line, and the way to one more."""
        self.add.setProperty("kind", "main")
        self.summary.setProperty("role", "quiet")
        self.summary.setWordWrap(True)
        top = QHBoxLayout()
        top.setContentsMargins(24, 8, 24, 8)
        top.setSpacing(16)
        top.addWidget(self.year)
        top.addWidget(self.summary, 1)
        top.addWidget(self.add)
        return top
