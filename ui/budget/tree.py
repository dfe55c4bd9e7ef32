"""The budget as a tree: parts, groups, lines; on a draft its cells are changed where they stand."""

from collections.abc import Hashable, Sequence
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeView

from ui.budget.cells import CELLS, CellEdit
from ui.budget.painter import BudgetPainter
from ui.budget.rows import (
    AMOUNT,
    CODE,
    DETAIL,
    MONEY,
    REALISED,
    SHARE,
    TITLE,
    TreeRow,
    cell_text,
    grow,
    widest,
)

__all__ = ["AMOUNT", "CODE", "REALISED", "SHARE", "TITLE", "BudgetTree", "TreeRow", "grow"]

Index = QModelIndex | QPersistentModelIndex

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MANY = 60
"""Rows from which only the parts of a budget are open at first."""
_TITLE_LETTERS = 24
"""Letters of a title that stay in sight on one line; where there is less room, the tree scrolls sideways."""


class BudgetModel(QAbstractItemModel):
    """Rows as Qt asks for them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.roots: list[TreeRow] = []
        self.rows: dict[Hashable, TreeRow] = {}
        """Every row by its key."""

    def show(self, roots: Sequence[TreeRow]) -> None:
        """Take another budget."""
        self.beginResetModel()
        self.roots = list(roots)
        self.rows = {row.key: row for root in roots for row in root.walk()}
        self.endResetModel()

    def renew(self, roots: Sequence[TreeRow]) -> bool:
        """Take other words and amounts for the same rows; False where the rows are others."""
        fresh = [row for root in roots for row in root.walk()]
        above = [(row.key, row.parent.key if row.parent else None) for row in fresh]
        if above != [(key, row.parent.key if row.parent else None) for key, row in self.rows.items()]:
            return False
        for row in fresh:
            if self.rows[row.key].take(row):
                self.tell(row.key)
        return True

    def tell(self, key: Hashable) -> None:
        """A row says something else than before."""
        self.dataChanged.emit(self.at(key, CODE), self.at(key, SHARE))

    def at(self, key: Hashable, column: int) -> QModelIndex:
        """The cell of a row; invalid where there is no such row."""
        row = self.rows.get(key)
        return QModelIndex() if row is None else self.createIndex(row.place, column, row)

    def node(self, index: Index) -> TreeRow | None:
        """The row an index stands for; None for the invisible root."""
        return index.internalPointer() if index.isValid() else None

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 (Qt's default)
        """The index of a cell below `parent`."""
        above = self.node(parent)
        siblings = above.children if above else self.roots
        if 0 <= row < len(siblings) and 0 <= column <= SHARE:
            return self.createIndex(row, column, siblings[row])
        return QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008 (Qt's default)
        """The index above a cell."""
        node = self.node(index)
        above = node.parent if node else None
        return QModelIndex() if above is None else self.createIndex(above.place, 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's default)
        """How many rows hang below `parent`."""
        node = self.node(parent)
        return len(node.children if node else self.roots)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's default)
        """Always eight."""
        return SHARE + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names, over their own side."""
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in MONEY else _LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell, also for a screen reader."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_text(index.internalPointer(), index.column())
        if role == Qt.ItemDataRole.UserRole:
            return index.internalPointer()
        return None


HEADINGS = (_("Kode"), _("Uraian"), _("Sumber"), _("Volume"), _("Harga satuan"), _("Anggaran"), _("Realisasi"), "%")
"""The names of the columns."""


class BudgetTree(QTreeView):
    """The tree with its columns; the title takes the room the others leave."""

    edited = Signal(object, int, str)
    """Key and column of a cell, and what was typed into it."""
    typing = Signal(object, int, str)
    """The same while it is being typed; an empty key when nothing is typed any more."""
    locked = Signal()
    """Somebody wants to change what cannot be changed here."""
    adding = Signal(object)
    """A line is wanted near the row of a key."""
    removing = Signal(object)
    """The line of a key is to go."""

    def __init__(self) -> None:
        super().__init__()
        self.budget = BudgetModel(self)
        self.is_open = False
        """A draft, whose cells may be changed."""
        self.with_detail = False
        """Fund source, volume and price have columns."""
        self._is_spent = False
        self._widest: dict[int, set[str]] = {}
        """Texts of each column among which the widest is."""
        self.setModel(self.budget)
        self.setItemDelegate(BudgetPainter(self))
        self.setTreePosition(TITLE)
        self.setAccessibleName(_("APBDes menurut bagian, kelompok, dan rincian"))
        self.setUniformRowHeights(False)
        self.setIndentation(self.fontMetrics().averageCharWidth() * 2)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.cell = CellEdit(self)
        self.doubleClicked.connect(self._double)

    def sizeHint(self) -> QSize:
        """Takes all the room there is and asks for little: it scrolls."""
        return self.minimumSizeHint()

    def show_budget(self, roots: Sequence[TreeRow]) -> None:
        """Show a budget; what was open stays open, and the cell that is being changed stays where it is."""
        rows = self.budget.rows.items()
        kept = [key for key, row in rows if row.children and self.isExpanded(self.budget.at(key, 0))]
        known = any(key in self.budget.rows for root in roots for key in [child.key for child in root.children])
        chosen = self.budget.node(self.currentIndex())
        if not (known and self.budget.renew(roots)):
            at, scrolled = self.currentIndex().column(), self.verticalScrollBar().value()
            self.budget.show(roots)
            if known:
                self._open(kept)
                self.setCurrentIndex(self.budget.at(chosen.key if chosen else None, at))
                self.verticalScrollBar().setValue(scrolled)
            else:
                self.expandToDepth(1 if len(self.budget.rows) < _MANY else 0)
        nodes = list(self.budget.rows.values())
        self._is_spent = any(row.realised is not None for row in nodes)
        self._widest = {column: widest(nodes, column) for column in range(SHARE + 1) if column != TITLE}
        self.fit()
        self.cell.follow()

    def _open(self, keys: Sequence[Hashable]) -> None:
        for key in keys:
            if key in self.budget.rows:
                self.setExpanded(self.budget.at(key, 0), True)

    def mark(self, keys: Sequence[Hashable]) -> None:
        """Open what the rows stand below and select them, the keyboard on the first."""
        found = [index for key in keys if (index := self.budget.at(key, TITLE)).isValid()]
        for index in reversed(found):
            self.scrollTo(index)
        if found:
            self.setCurrentIndex(found[0])
        rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for index in found:
            self.selectionModel().select(index, rows)
        self.setFocus()

    def show_detail(self, is_shown: bool) -> None:
        """Give fund source, volume and price their columns, or take them away."""
        self.with_detail = is_shown
        self.fit()

    def is_target(self, index: Index) -> bool:
        """Whether a cell is the one that Enter would change."""
        return self.is_open and self.hasFocus() and index == self.target()

    def target(self) -> QModelIndex:
        """The cell that Enter would change: the current one, or its row's amount."""
        index = self.currentIndex()
        if not index.isValid():
            return index
        column = index.column() if index.column() in CELLS and not self.isColumnHidden(index.column()) else AMOUNT
        return index.siblingAtColumn(column)

    def begin(self, index: QModelIndex, typed: str | None = None) -> bool:
        """Change a cell, its text marked or replaced by what was typed; whether it can be."""
        node = self.budget.node(index)
        if node is None or not self.is_open or not node.is_line:
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.cell.begin(node, index.column(), typed)
        return True

    def beside(self, index: QModelIndex, step: int) -> QModelIndex:
        """The next cell that can be changed, or the one before, across the ends of rows; invalid at the end."""
        columns = [column for column in CELLS if not self.isColumnHidden(column)]
        place = columns.index(index.column()) + step
        if 0 <= place < len(columns):
            return index.siblingAtColumn(columns[place])
        return self.beyond(index.siblingAtColumn(columns[0 if step > 0 else -1]), step)

    def beyond(self, index: QModelIndex, step: int) -> QModelIndex:
        """The same column of the next line in sight below, or above; invalid where there is none."""
        while index.isValid():
            index = (self.indexBelow(index) if step > 0 else self.indexAbove(index)).siblingAtColumn(index.column())
            node = self.budget.node(index)
            if node is not None and node.is_line:
                break
        return index

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, F2 or a digit changes the cell; Del takes its line out, Ins adds one; the rest is the tree's own."""
        key, text = event.key(), event.text()
        is_plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        is_word = is_plain and bool(text) and (text.isdigit() or text == "(" or (self.is_open and text.isalpha()))
        node = self.budget.node(self.currentIndex())
        if node is None or not is_plain:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) or is_word:
            if not self.begin(self.target(), text if is_word else None):
                self.locked.emit()
        elif key == Qt.Key.Key_Insert:
            self.adding.emit(node.key)
        elif key == Qt.Key.Key_Delete and self.is_open and node.is_line:
            self.removing.emit(node.key)
        elif key == Qt.Key.Key_Delete:
            self.locked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press elsewhere takes what was typed first."""
        if self.cell.leave():
            super().mousePressEvent(event)

    def _double(self, index: QModelIndex) -> None:
        node = self.budget.node(index)
        if node is not None and node.is_line and index.column() in CELLS and not self.begin(index):
            self.locked.emit()

    def title_width(self, node: TreeRow) -> int:
        """Pixels the title's cell has, its indentation taken off."""
        depth = 1
        while node.parent is not None:
            node, depth = node.parent, depth + 1
        return self.columnWidth(TITLE) - depth * self.indentation()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles wrap anew in the new width."""
        super().resizeEvent(event)
        self.fit()
        self.scheduleDelayedItemsLayout()
        if self.cell.is_open:
            self.scrollTo(self.budget.at(self.cell.key, self.cell.column))
        self.cell.follow()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The cell that is being changed scrolls with its row."""
        super().scrollContentsBy(dx, dy)
        self.cell.follow()

    def has_room(self, is_spent: bool) -> bool:
        """Whether fund source, volume and price can be shown without an amount out of sight."""
        widths, least = self._widths()
        shown = [width for column, width in widths.items() if is_spent or column not in (REALISED, SHARE)]
        return sum(shown) + least <= self.viewport().width()

    def _widths(self) -> tuple[dict[int, int], int]:
        """Pixels of what stands in each column but the title's, and what a title asks for."""
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(strong)
        widths: dict[int, int] = {}
        for column in range(SHARE + 1):
            if column != TITLE:
                texts = self._widest.get(column, set()) | {HEADINGS[column], *_LEAST.get(column, ())}
                widths[column] = max(metrics.horizontalAdvance(text) for text in texts) + 24
        widths[CODE] += 8
        return widths, metrics.averageCharWidth() * _TITLE_LETTERS

    def fit(self) -> None:
        """Give codes and amounts the width of what stands in them, and the title what is left."""
        widths, least = self._widths()
        shown = [column for column in widths if column not in DETAIL or self.with_detail]
        if not self._is_spent or (
            self.with_detail and sum(widths[column] for column in shown) + least > self.viewport().width()
        ):
            shown = [column for column in shown if column not in (REALISED, SHARE)]
        for column, width in widths.items():
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, width)
        self.setColumnWidth(TITLE, max(least, self.viewport().width() - sum(widths[column] for column in shown)))


_LEAST = {AMOUNT: ("Rp 8.888.888.888",), REALISED: ("Rp 8.888.888.888",), SHARE: ("100,00 %",)}
"""What has room in any case, so that columns do not jump while one types."""
