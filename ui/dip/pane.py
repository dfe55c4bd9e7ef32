"""A list with its search, and what is open of it beside the list or, on a small screen, over it."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk.log import Touched
from ui.dip.panel import FormPanel, choice
from ui.dip.rows import Line, line_list
from ui.parts.chip import Note
from ui.parts.empty import Empty
from ui.parts.icons import icon
from ui.parts.style import mark
from ui.parts.unsaved import Unsaved
from ui.work import Work

BESIDE = 64
"""Width in lines of text from which list and form stand side by side."""

PAUSE = 120
"""Milliseconds without a key after which a search begins."""


class Pane(QWidget):
    """One tab; a subclass says what it lists, what it opens, and what is shown of it."""

    shows: frozenset[str] = frozenset()
    """Tables whose changing makes this pane ask again."""

    def __init__(self, work: Work, today: Callable[[], dt.date], add: str, name: str, which: Mapping[str, str]) -> None:
        """Named by its list, with the words of its button and of its filter."""
        super().__init__()
        self.work, self.today = work, today
        self._wanted: Callable[[], None] | None = None
        self._is_stale = True
        self._may_undo = False
        self.by_keys = False
        """Whether a row was opened by a key: the keyboard then goes along."""
        self.search = QLineEdit()
        self.which = choice(which)
        self.add = QPushButton(icon("plus", "ground"), add)
        self.summary, self.news, self.alarm = QLabel(), Note("done"), Note("soon")
        self.undone = QPushButton(_("Urungkan"))
        self.list, self.model = line_list(name)
        self.empty = Empty("dip", "", "")
        self.asking = Unsaved(_("Isian ini belum disimpan."))
        self.side_pages, self.pages = QStackedWidget(), QStackedWidget()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)

    def load(self) -> None:
        """Ask for the list; each pane for its own."""
        raise TypeError("a pane says what it lists")

    def new(self) -> None:
        """An empty form."""
        raise TypeError("a pane says what is new")

    def open(self, line: Line) -> None:
        """Open what a row stands for."""
        raise TypeError("a pane says what it opens")

    def is_open(self, line: Line) -> bool:
        """Whether a row is the one that is open."""
        raise TypeError("a pane says what is open")

    def start(self) -> None:
        """The one thing an empty list offers."""
        self.new()

    @property
    def form(self) -> FormPanel | None:
        """The form that is open, if it is one."""
        shown = self.side_pages.currentWidget()
        return shown if isinstance(shown, FormPanel) and not self.side.isHidden() else None

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed that would be lost."""
        return self.form is not None and self.form.is_dirty()

    @property
    def is_wide(self) -> bool:
        """Whether there is room for list and form side by side."""
        return self.width() >= BESIDE * self.fontMetrics().height()

    def is_narrowed(self) -> bool:
        """Whether the list is searched or filtered."""
        return bool(self.search.text().strip()) or self.which.currentIndex() > 0

    def put_lines(self, lines: tuple[Line, ...]) -> None:
        """Show the list, or what an empty one is for."""
        self.model.show(lines)
        self.pages.setCurrentWidget(self.list if lines else self.empty)
        self.mark_open()

    def mark_open(self) -> None:
        """Mark the open row, without opening it again."""
        place = next((i for i, line in enumerate(self.model.rows) if self.is_open(line)), -1)
        if place >= 0 and not self.side.isHidden():
            self.list.setCurrentIndex(self.model.index(place))
        else:
            self.list.clearSelection()

    def show_side(self, panel: QWidget) -> None:
        """Show a panel beside the list, or over it."""
        self.asking.hide()
        self.side_pages.setCurrentWidget(panel)
        self.side.show()
        self.arrange()
        self.mark_open()

    def leave(self, then: Callable[[], None]) -> None:
        """Go on, but ask first where typed words would be lost."""
        if self.is_unsaved:
            self._wanted = then
            self.mark_open()
            self.asking.ask()
        else:
            then()

    def close_side(self) -> None:
        """Back to the list alone."""
        self.asking.hide()
        self.side.hide()
        self.list.clearSelection()
        self.arrange()
        (self.list if self.model.rows else self.empty.button).setFocus()

    def go_on(self, then: Callable[[], None]) -> None:
        """After saving: what was wanted before, or `then`."""
        wanted, self._wanted = self._wanted, None
        self.asking.hide()
        (wanted or then)()

    def tell(self, sentence: str, *, may_undo: bool = False) -> None:
        """What became of the last act."""
        self.news.say(sentence)
        self.undone.setVisible(may_undo)
        self._may_undo = may_undo

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while another page was open is asked for again."""
        super().showEvent(event)
        if self._is_stale:
            self._reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one over the other."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Give list and side their places."""
        is_open = not self.side.isHidden()
        self.left.setVisible(self.is_wide or not is_open)
        mark(self.side, "surface", "beside" if self.is_wide else "page")
        self.side.setMaximumWidth(max(480, self.width() * 9 // 20) if self.is_wide else 16_777_215)

    def _reload(self) -> None:
        self._is_stale = False
        self.load()

    def _changed(self, touched: tuple[Touched, ...]) -> None:
        """Ask again; what came after the act of this page is not turned back from here."""
        if not self._may_undo:
            self.undone.hide()
        self._may_undo = False
        if not touched or self.shows & {row.entity for row in touched}:
            self._is_stale = True
            if self.isVisible():
                self._reload()

    def _pressed(self, index: QModelIndex, by_keys: bool = False) -> None:
        self.by_keys = by_keys
        self.leave(partial(self.open, index.data(Qt.ItemDataRole.UserRole)))

    def _discard(self) -> None:
        then, self._wanted = self._wanted or self.close_side, None
        self.asking.hide()
        then()

    def _keep(self) -> None:
        if self.form is not None:
            self.form.submit()

    def _undo(self) -> None:
        self.work.undo()
        self.tell("")

    def build(self, *panels: QWidget, beside_summary: tuple[QWidget, ...] = ()) -> None:
        """Lay everything out and connect it; the panels take turns at the side."""
        for panel in panels:
            self.side_pages.addWidget(panel)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.list)
        self.left = QWidget()
        left = QVBoxLayout(self.left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addLayout(self._head())
        left.addLayout(self._told(beside_summary))
        left.addWidget(self.pages, 1)
        self.side = QFrame()
        right = QVBoxLayout(self.side)
        right.setContentsMargins(0, 8, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.asking)
        right.addWidget(self.side_pages, 1)
        self.side.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left, 1)
        row.addWidget(self.side, 1)
        self._connect()

    def _head(self) -> QHBoxLayout:
        self.search.setPlaceholderText(_("Cari dalam daftar"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.which.setAccessibleName(_("Yang ditampilkan"))
        self.add.setProperty("kind", "main")
        self.add.setAutoDefault(True)
        head = QHBoxLayout()
        head.setContentsMargins(24, 8, 24, 0)
        head.setSpacing(8)
        head.addWidget(self.search, 2)
        head.addWidget(self.which, 1)
        head.addWidget(self.add)
        return head

    def _told(self, beside: tuple[QWidget, ...]) -> QVBoxLayout:
        """The list in a line, what is due, and what became of the last act."""
        self.summary.setProperty("role", "quiet")
        self.summary.setWordWrap(True)
        self.undone.setProperty("kind", "link")
        self.undone.hide()
        line, last = QHBoxLayout(), QHBoxLayout()
        for row in (line, last):
            row.setSpacing(16)
        line.addWidget(self.summary, 1)
        for widget in beside:
            line.addWidget(widget)
        last.addWidget(self.news, 1)
        last.addWidget(self.undone)
        told = QVBoxLayout()
        told.setContentsMargins(24, 0, 24, 0)
        told.setSpacing(4)
        told.addLayout(line)
        told.addWidget(self.alarm)
        told.addLayout(last)
        return told

    def _connect(self) -> None:
        self.search.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.load)
        self.which.currentIndexChanged.connect(lambda: self.load())
        self.add.clicked.connect(lambda: self.leave(self.new))
        self.empty.pressed.connect(lambda: self.start())
        self.list.clicked.connect(self._pressed)
        self.list.activated.connect(partial(self._pressed, by_keys=True))
        self.asking.keep.connect(self._keep)
        self.asking.discard.connect(self._discard)
        self.undone.clicked.connect(self._undo)
        self.work.changed.connect(self._changed)
