"""A whole budget by hand in ten minutes: one amount for each group of revenue, field of spending, kind of financing."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desk.budget.commands import Typed
from desk.budget.queries import Node
from desk.budget.rules import Totals, total_up
from desk.chart import FIELDS, Place, accounts, place_of, title_of
from desk.money import rupiah
from desk.store import DeskError
from ui.budget.balance import BalanceLine
from ui.parts.chip import Note
from ui.parts.field import EnterWalks
from ui.parts.money import MoneyEdit
from ui.parts.scroll import FormScroll
from ui.parts.unsaved import Unsaved

Codes = tuple[str, str]
"""Account and activity, one of them ""."""

REVENUE: tuple[Codes, ...] = tuple((code, "") for code in ("4.1", "4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.2.5", "4.3"))
EXPENDITURE: tuple[Codes, ...] = tuple(("", field) for field in FIELDS)
FINANCING: tuple[Codes, ...] = tuple(
    (code, "") for code, entry in accounts().items() if code[0] == "6" and entry.level == 3
)


def published(nodes: Sequence[Node]) -> dict[Codes, Decimal | None]:
    """What a budget says of each group, field and kind of financing: its own line, or the lines that detail it."""
    found: dict[Codes, Decimal | None] = {}
    for codes in (*REVENUE, *EXPENDITURE, *FINANCING):
        place, section = Place.of(*codes), place_of(*codes)
        within: set[bytes] = set()
        for node in nodes:
            if node.kind not in ("line", "unspecified") or node.section != section:
                continue
            here = Place.of(node.account, node.activity)
            if node.parent in within:
                within.add(node.id)
            elif node.amount is not None and node.kind == "line" and (here == place or place.is_above(here)):
                within.add(node.id)
                found[codes] = (found.get(codes) or Decimal(0)) + node.amount
    return found


class FieldForm(QWidget):
    """The amounts of one year's budget, with the sums and the balance following every key."""

    submitted = Signal(tuple)
    """Of `Typed`: the amounts that are other than before."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.edits: dict[Codes, MoneyEdit] = {}
        self.heading = QLabel()
        self.heading.setProperty("role", "section")
        self._sums: dict[str, QLabel] = {}
        self.words = QLabel()
        self.words.setProperty("role", "quiet")
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.balance = BalanceLine()
        self.note = Note("late")
        self.asking = Unsaved(_("Jumlah yang sudah diketik belum disimpan."))
        self.save, self.cancel = QPushButton(_("Simpan sebagai rancangan")), QPushButton(_("Batal"))
        self._kept: dict[Codes, Decimal] = {}
        self._build()
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.leave)
        self.asking.keep.connect(self.submit)
        self.asking.discard.connect(self.closed)
        for keys, act in (("Ctrl+Return", self.submit), ("Ctrl+Enter", self.submit), ("Esc", self.leave)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def start(self, year: int, amounts: Mapping[Codes, Decimal | None]) -> None:
        """Begin with what is known of a year."""
        self.heading.setText(_("Isi APBDes {year} per bidang").format(year=year))
        for codes, edit in self.edits.items():
            edit.put(amounts.get(codes))
        self.note.say("")
        self.asking.hide()
        self._kept = self.amounts()
        self._follow()
        next(iter(self.edits.values())).setFocus()

    def amounts(self) -> dict[Codes, Decimal]:
        """What is filled in and can be read."""
        read = {codes: edit.value() for codes, edit in self.edits.items()}
        return {codes: amount for codes, amount in read.items() if amount is not None}

    def totals(self) -> Totals:
        """The sums of what is filled in."""
        return total_up((place_of(*codes), amount) for codes, amount in self.amounts().items())

    def changes(self) -> tuple[Typed, ...]:
        """What is other than it was; a field that was emptied is unknown again."""
        now = self.amounts()
        return tuple(Typed(*c, now.get(c)) for c in self.edits if now.get(c) != self._kept.get(c))

    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.amounts() != self._kept or any(edit.fault() for edit in self.edits.values())

    def leave(self) -> None:
        """Close, but ask first where typed amounts would be lost."""
        if self.is_dirty():
            self.asking.ask()
        else:
            self.closed.emit()

    def submit(self) -> None:
        """Hand the amounts over, or go to the first that cannot be read."""
        self.asking.hide()
        wrong = [edit for edit in self.edits.values() if edit.fault()]
        for edit in wrong:
            edit.explain(edit.fault())
        if wrong:
            wrong[0].setFocus()
            self.note.say(_("Ada jumlah yang belum terbaca. Perbaiki yang bertanda."))
        elif not self.amounts():
            self.note.say(_("Isi paling sedikit satu jumlah."))
        else:
            self.note.say("")
            self.submitted.emit(self.changes())

    def explain(self, error: Exception) -> None:
        """Say why nothing was saved.

        Raises:
            Exception: `error` itself, where it is no sentence for a person.
        """
        if not isinstance(error, DeskError):
            raise error
        self.note.say(str(error))

    def _follow(self) -> None:
        sums = self.totals()
        self.balance.say(sums)
        for name, amount in (("4", sums.revenue), ("5", sums.expenditure), ("6", sums.financing)):
            self._sums[name].setText(rupiah(amount) if amount is not None else "")

    def _build(self) -> None:
        self.save.setProperty("kind", "main")
        self.save.setAutoDefault(True)
        self.save.setToolTip("Ctrl+Enter")
        inside = QWidget()
        inside.setProperty("surface", "page")
        inside.setMaximumWidth(880)
        grid = QGridLayout(inside)
        grid.setContentsMargins(24, 8, 24, 24)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for root, rows in (("4", REVENUE), ("5", EXPENDITURE), ("6", FINANCING)):
            self._part(grid, root, rows)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = FormScroll(inside, least=4)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.words, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 8, 24, 12)
        foot.setSpacing(8)
        for part in (self.asking, self.note, self.balance):
            foot.addWidget(part)
        foot.addLayout(buttons)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 8)
        head.addWidget(self.heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        EnterWalks(self)

    def _part(self, grid: QGridLayout, root: str, rows: tuple[Codes, ...]) -> None:
        top = grid.rowCount()
        title = QLabel(accounts()[root].title)
        title.setProperty("role", "section")
        total = self._sums[root] = QLabel()
        total.setProperty("role", "section")
        total.setAlignment(Qt.AlignmentFlag.AlignRight)
        rule = QFrame()
        rule.setProperty("surface", "rule")
        grid.setRowMinimumHeight(top - 1, 16 if root != "4" else 0)
        grid.addWidget(title, top, 0)
        grid.addWidget(total, top, 1)
        grid.addWidget(rule, top + 1, 0, 1, 2)
        for place, codes in enumerate(rows, top + 2):
            edit = self.edits[codes] = MoneyEdit(echo=False)
            edit.setFixedWidth(280)
            label = QLabel(title_of(*codes))
            label.setWordWrap(True)
            label.setBuddy(edit)
            edit.line.setAccessibleName(label.text())
            edit.line.setAlignment(Qt.AlignmentFlag.AlignRight)
            edit.changed.connect(self._follow)
            edit.said.connect(self.words.setText)
            grid.addWidget(label, place, 0)
            grid.addWidget(edit, place, 1)
