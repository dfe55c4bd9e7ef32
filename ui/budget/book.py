"""A year's budget on the screen: its version, its tree, and the line that says whether it closes."""

import datetime as dt
from collections.abc import Hashable, Sequence
from decimal import Decimal
from gettext import gettext as _

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desk.budget.balance import gap_words
from desk.budget.commands import RemoveLine
from desk.budget.queries import Node, Version, Whole, whole
from desk.budget.rules import Differs
from desk.dates import long_date
from desk.desk import Done
from desk.store import DeskError
from ui.budget.balance import BalanceLine
from ui.budget.bars import Bars, field_bars
from ui.budget.cells import Change, change_of, chosen, echo
from ui.budget.enact import EnactForm
from ui.budget.strip import KEYS, LOCKED, READ_ONLY, Strip
from ui.budget.tree import BudgetTree, grow
from ui.parts.style import grown
from ui.work import Work

BESIDE = 64
"""Width, in lines of text high, from which the bars stand beside the tree: a window of 1366 at 100 %."""
BARS = 320
"""Pixels of the bars beside the tree."""


class Book(QWidget):
    """One version, read from the desk; a draft is changed in its cells."""

    shown = Signal()
    """The version asked for stands on the screen."""
    told = Signal(str)
    """What became of an act that can be turned back."""
    adding = Signal(object)
    """A line is wanted near a `Node`; None where it does not matter."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._asked = b""
        self.nodes: Sequence[Node] = ()
        self.version: bytes | None = None
        """The version whose rows stand on the screen; None while another one is being read."""
        self._lines: dict[Hashable, Node] = {}
        """Lines by id, with what has been typed since they were read."""
        self._waiting = 0
        self._question: tuple[Node, int, str] | None = None
        self._with_detail: bool | None = None
        self._with_chart: bool | None = None
        """What the clerk asked for; None goes by the room there is."""
        self.tree, self.strip, self.bars = BudgetTree(), Strip(), Bars()
        self.enact = EnactForm()
        self.enact.hide()
        self.balance = BalanceLine(leading=True)
        self._led: tuple[int, ...] = ()
        """Places of lines that are to be marked once they are read."""
        self._build()
        self._connect()

    def show_version(self, version: Version, *, is_last: bool = True) -> None:
        """Ask for a version and show it when all of it is there; the last draft of its year can be changed."""
        if version.id != self.version:
            self.version = None
        self._asked = version.id
        self.tree.is_open = version.is_draft and is_last
        self.strip.rest(
            KEYS if self.tree.is_open else LOCKED if is_last else READ_ONLY,
            can_amend=is_last and not version.is_draft,
        )
        self._read()

    def _read(self) -> None:
        self._work.ask(whole, self._asked, done=self._grown)

    def _grown(self, read: Whole) -> None:
        if self._waiting:
            # More was typed meanwhile: once it is written, all of it is read again.
            return
        self.nodes, self.version = read.nodes, self._asked
        nodes, sums, spent = read.nodes, read.sums, read.spent
        self._lines = {node.id: node for node in nodes if node.kind == "line"}
        roots = grow(((n.id, n.parent, n) for n in nodes), sums, spent)
        self.tree.show_budget(roots)
        self.bars.show_bars(field_bars(roots))
        self._judge(read)
        self._arrange()
        if self._led:
            self._mark()
        self.shown.emit()

    def _judge(self, read: Whole) -> None:
        """Say whether the version closes; one of which only a part is here says that instead."""
        if read.is_complete:
            self.balance.say(read.sums, read.spent, max((n.until for n in read.nodes if n.until), default=None))
        else:
            self.balance.doubt(_("Belum semua baris versi ini ada di meja ini. Kirim dan terima lagi dulu."))
        self.enact.warn(gap_words(read.sums.surplus, read.sums.balance))

    def lead(self, places: Sequence[int]) -> None:
        """Mark the lines at these places of the version, the keyboard on the first; once they are all read."""
        self._led = tuple(places)
        if self.version is not None:
            self._mark()

    def _mark(self) -> None:
        places, self._led = self._led, ()
        self.tree.mark([self.nodes[place].id for place in places if place < len(self.nodes)])

    def _typing(self, key: Hashable, column: int, text: str) -> None:
        """Say a typed amount in words; one that is only half typed is not called wrong yet."""
        line = self._lines.get(key)
        try:
            self.strip.say(echo(line, column, text) if line else "")
        except DeskError:
            self.strip.say("")

    def _edited(self, key: Hashable, column: int, text: str) -> None:
        line = self._lines.get(key)
        if line is None:
            return
        try:
            self._take(change_of(self._asked, line, column, text))
        except Differs as question:
            self._question = line, column, text
            self.tree.cell.refuse()
            self.strip.ask(question)
        except DeskError as fault:
            self.tree.cell.refuse()
            self.strip.explain(str(fault))

    def _settled(self, amount: Decimal) -> None:
        """One of two amounts was chosen: go on where the key that asked would have led."""
        question, self._question = self._question, None
        if question is not None:
            self._take(chosen(self._asked, *question, amount))
        self.tree.cell.go()

    def _return(self) -> None:
        self.strip.say("")
        self.tree.cell.setFocus()

    def _take(self, change: Change | None) -> None:
        """Show what was typed at once, and write it; the sums follow when it is written."""
        if change is None:
            return
        line = change.line
        self._lines[line.id] = line
        self.tree.budget.rows[line.id].say(line)
        self.tree.budget.tell(line.id)
        self._waiting += 1
        self._work.do(change.command, done=self._written, failed=self._failed)

    def _written(self, done: Done[bytes]) -> None:
        self._waiting -= 1

    def _failed(self, error: Exception) -> None:
        self._waiting -= 1
        self._read()
        if isinstance(error, DeskError):
            self.strip.explain(str(error))
        else:
            self._work.failed.emit(error)

    def _remove(self, key: Hashable) -> None:
        line = self._lines.get(key)
        if line is not None:
            said = _("“{title}” dihapus dari rancangan.").format(title=line.title)
            self._work.do(RemoveLine(line.id), done=lambda _done: self.told.emit(said), failed=self._not_removed)

    def _not_removed(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self.strip.explain(str(error))
        else:
            self._work.failed.emit(error)

    def _locked(self) -> None:
        """Say why a cell cannot be changed, and what can."""
        row = self.tree.budget.node(self.tree.currentIndex())
        if not self.tree.is_open:
            self.strip.explain(self.strip.resting)
        elif row is not None and row.quiet:
            self.strip.explain(_("Sisa yang belum dirinci dihitung sendiri. Tekan Ins untuk merincinya."))
        else:
            self.strip.explain(_("Jumlah ini dihitung dari baris di bawahnya. Ubah di sana, atau tekan Ins."))

    def _add(self, key: Hashable) -> None:
        self.adding.emit(next((node for node in self.nodes if node.id == key), None))

    def _ask_detail(self, is_on: bool) -> None:
        self._with_detail = is_on
        self._arrange()

    def _ask_chart(self, is_on: bool) -> None:
        self._with_chart = is_on
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bars stand beside the tree where there is room, else in its place."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        rows = self.tree.budget.rows.values()
        is_wide = self.width() >= BESIDE * self.fontMetrics().height()
        is_spent = any(row.realised is not None for row in rows)
        has_prices, has_funds = any(r.volume or r.price for r in rows), any(r.fund for r in rows)
        is_detailed = (has_prices and (is_wide or not is_spent)) or (has_funds and self.tree.has_room(is_spent))
        with_detail = is_detailed if self._with_detail is None else self._with_detail
        with_chart = is_spent and (is_wide if self._with_chart is None else self._with_chart)
        self.strip.mark(detail=with_detail, chart=with_chart)
        self.strip.chart.setVisible(is_spent)
        self.tree.show_detail(with_detail)
        self.chart.setVisible(with_chart)
        self.tree.setVisible(is_wide or not with_chart)
        self.chart.setMaximumWidth(grown(self, BARS) if is_wide else 16_777_215)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a budget is being enacted nothing is typed into its cells, and the form takes the room."""
        if watched is self.enact and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.strip.setVisible(self.enact.isHidden())
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        self.enact.installEventFilter(self)
        self.tree.typing.connect(self._typing)
        self.tree.edited.connect(self._edited)
        self.tree.locked.connect(self._locked)
        self.tree.adding.connect(self._add)
        self.tree.removing.connect(self._remove)
        self.strip.choice.settled.connect(self._settled)
        self.strip.choice.returned.connect(self._return)
        self.strip.detail.clicked.connect(self._ask_detail)
        self.strip.chart.clicked.connect(self._ask_chart)

    def _build(self) -> None:
        self.chart = _Upright()
        self.chart.setWidgetResizable(True)
        self.chart.setFrameShape(QFrame.Shape.NoFrame)
        self.bars.setProperty("surface", "page")
        self.chart.setWidget(self.bars)
        self.chart.hide()
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addWidget(self.tree, 1)
        middle.addWidget(self.chart, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        column.addLayout(middle, 1)
        for part in (self.strip, self.enact, self.balance):
            column.addWidget(part)


class _Upright(QScrollArea):
    """Scrolls up and down only, and asks for little."""

    def sizeHint(self) -> QSize:
        """Takes the room there is."""
        return self.minimumSizeHint()


def version_words(version: Version) -> str:
    """A version in words: `Perubahan ke-1 · ditetapkan 12 Juli 2026`, `rancangan`."""
    if version.enacted_on is None:
        return _("{name} · rancangan").format(name=_name(version))
    return _("{name} · ditetapkan {day}").format(name=_name(version), day=long_date(version.enacted_on))


def head_words(version: Version, *, is_only: bool) -> str:
    """What stands beside the year: number and day of the regulation; the version too, where it is the only one."""
    if version.enacted_on is None:
        return version_words(version) if is_only else ""
    by = _("{regulation}, ditetapkan {day}").format(regulation=version.regulation, day=long_date(version.enacted_on))
    return _("{name} · {by}").format(name=_name(version), by=by) if is_only else by


def _name(version: Version) -> str:
    return _("Perubahan ke-{n}").format(n=version.ordinal) if version.ordinal else _("APBDes awal")


def enacted_words(version: Version, regulation: str, day: dt.date) -> str:
    """What enacting did."""
    return _("{name} {year} ditetapkan dengan {regulation}, {day}.").format(
        name=_("Perubahan ke-{n} APBDes").format(n=version.ordinal) if version.ordinal else _("APBDes"),
        year=version.year,
        regulation=regulation,
        day=long_date(day),
    )
