"""A year's budget on the screen: its version, its tree, and the line that says whether it closes."""

import datetime as dt
from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.budget.queries import Node, Version, realised_totals, totals, tree
from desk.budget.rules import Totals
from desk.dates import long_date
from ui.budget.balance import BalanceLine
from ui.budget.enact import EnactForm
from ui.budget.tree import BudgetTree, grow
from ui.work import Work


class Book(QWidget):
    """One version, read from the desk."""

    shown = Signal()
    """The version asked for stands on the screen."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._asked = b""
        self.nodes: Sequence[Node] = ()
        self.version: bytes | None = None
        """The version whose rows stand on the screen; None while another one is being read."""
        self._sums, self._spent = Totals(), Totals()
        self.tree = BudgetTree()
        self.enact = EnactForm()
        self.enact.hide()
        self.balance = BalanceLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.tree, 1)
        column.addWidget(self.enact)
        column.addWidget(self.balance)

    def show_version(self, version: Version) -> None:
        """Ask for a version and show it when all of it is there."""
        if version.id != self.version:
            self.version = None
        self._asked = version.id
        self._work.ask(totals, version.id, done=self._summed)
        self._work.ask(realised_totals, version.id, done=self._spent_summed)
        self._work.ask(tree, version.id, done=self._grown)

    def _summed(self, sums: Totals) -> None:
        self._sums = sums

    def _spent_summed(self, spent: Totals) -> None:
        self._spent = spent

    def _grown(self, nodes: list[Node]) -> None:
        self.nodes, self.version = nodes, self._asked
        self.tree.show_budget(grow(((n.id, n.parent, n) for n in nodes), self._sums, self._spent))
        self.balance.say(self._sums, self._spent, max((n.until for n in nodes if n.until), default=None))
        self.shown.emit()


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
