"""The budget as a tree: parts, groups, lines, each with what was planned and what was spent of it."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from gettext import gettext as _
from typing import Any, Protocol

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from desk.budget.rules import Totals, percent
from desk.money import rupiah
from ui.parts.bar import paint_bar
from ui.parts.style import COLOURS

Index = QModelIndex | QPersistentModelIndex

CODE, TITLE, AMOUNT, REALISED, SHARE = range(5)
"""The columns."""

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WRAP = Qt.TextFlag.TextWordWrap
_AIR = 10


@dataclass(eq=False)
class TreeRow:
    """One row of the tree; amounts in rupiah, None is unknown."""

    title: str
    code: str = ""
    amount: Decimal | None = None
    realised: Decimal | None = None
    strong: bool = False
    """A part of the budget: its title and sums stand out."""
    quiet: bool = False
    """The line `belum dirinci`: what a printed total holds beyond its rows."""
    parent: "TreeRow | None" = None
    children: list["TreeRow"] = field(default_factory=list)

    def add(self, child: "TreeRow") -> "TreeRow":
        """Hang a row below this one."""
        child.parent = self
        self.children.append(child)
        return child


class Told(Protocol):
    """A line as the desk keeps it or as a file tells it."""

    @property
    def section(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def amount(self) -> Decimal | None: ...
    @property
    def realised(self) -> Decimal | None: ...


def grow(lines: Iterable[tuple[Hashable, Hashable | None, Told]], sums: Totals, spent: Totals) -> list[TreeRow]:
    """The three parts of a budget with their lines below them; printed totals are the parts' own sums, no rows.

    Args:
        lines: each with its own key and that of the line above it, which comes earlier.
        sums: of the budget.
        spent: of its realisation.
    """
    parts = {
        "revenue": TreeRow(_("Pendapatan"), "4", sums.revenue, spent.revenue, strong=True),
        "expenditure": TreeRow(_("Belanja"), "5", sums.expenditure, spent.expenditure, strong=True),
        "financing": TreeRow(_("Pembiayaan neto"), "6", sums.financing, spent.financing, strong=True),
    }
    other = TreeRow(_("Lain-lain, tidak dijumlahkan"), strong=True)
    home = parts | {"receipts": parts["financing"], "payments": parts["financing"]}
    seen: dict[Hashable, TreeRow] = {}
    for key, above, line in lines:
        if line.kind == "total":
            continue
        part = home.get(line.section, other)
        if line.kind == "section" and above is None:
            seen[key] = part
            continue
        is_rest = line.kind == "unspecified"
        title = _("belum dirinci") if is_rest else line.title
        row = TreeRow(title, line.code.strip(" ."), line.amount, line.realised, quiet=is_rest)
        seen[key] = (part if above is None else seen.get(above, part)).add(row)
    for root in (*parts.values(), other):
        _sum_up(root)
    return [*parts.values(), *([other] if other.children else [])]


def _sum_up(row: TreeRow) -> None:
    """A heading without an amount of its own shows the sum of the rows below it."""
    for child in row.children:
        _sum_up(child)
    if not row.strong and row.children:
        if row.amount is None:
            row.amount = _sum(child.amount for child in row.children)
        if row.realised is None:
            row.realised = _sum(child.realised for child in row.children)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


class BudgetModel(QAbstractItemModel):
    """Nodes as Qt asks for them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.roots: list[TreeRow] = []

    def show(self, roots: Sequence[TreeRow]) -> None:
        """Take another budget."""
        self.beginResetModel()
        self.roots = list(roots)
        self.endResetModel()

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
        if above is None:
            return QModelIndex()
        siblings = above.parent.children if above.parent else self.roots
        return self.createIndex(siblings.index(above), 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's default)
        """How many rows hang below `parent`."""
        node = self.node(parent)
        return len(node.children if node else self.roots)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's default)
        """Always five."""
        return SHARE + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names, over their own side."""
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("Kode"), _("Uraian"), _("Anggaran"), _("Realisasi"), "%")[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in (AMOUNT, REALISED, SHARE) else _LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell, also for a screen reader."""
        node = self.node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.UserRole:
            return node
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_text(node, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() >= AMOUNT else _LEFT
        return None


def cell_text(node: TreeRow, column: int) -> str:
    """What stands in a cell; unknown in words, over 100 % as it is."""
    match column:
        case 0:
            return node.code
        case 1:
            return node.title
        case 2:
            return rupiah(node.amount)
        case 3:
            return rupiah(node.realised)
    return share_text(percent(node.realised, node.amount))


def share_text(share: Decimal | None) -> str:
    """A percentage as the law's own tables print it: `95,27 %`, `15.672,33 %`; "" where it means nothing."""
    if share is None:
        return ""
    return f"{share:,.2f}".translate(str.maketrans(",.", ".,")) + "\u00a0%"


class BudgetPainter(QStyledItemDelegate):
    """Paints the cells: whole titles over as many lines as they need, a thin bar under each percentage."""

    def __init__(self, view: "BudgetTree") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the whole title in the width its column has."""
        high = QFontMetrics(option.font).height()
        if index.column() == TITLE:
            node: TreeRow = index.data(Qt.ItemDataRole.UserRole)
            width = self._view.title_width(node) - 16
            wrapped = QFontMetrics(_font(option.font, node)).boundingRect(0, 0, width, 10_000, _WRAP, node.title)
            high = max(high, wrapped.height())
        return QSize(0, high + 2 * _AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        node: TreeRow = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        ground = "soft" if option.state & QStyle.StateFlag.State_Selected else "ground"
        painter.fillRect(option.rect, QColor(COLOURS[ground]))
        painter.setPen(QColor(COLOURS["line"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        room = option.rect.adjusted(8, _AIR, -8, -_AIR)
        column = index.column()
        if column == SHARE:
            self._paint_share(painter, option, node, room)
        else:
            unknown = (column == AMOUNT and node.amount is None) or (column == REALISED and node.realised is None)
            painter.setFont(option.font if unknown else _font(option.font, node))
            painter.setPen(QColor(COLOURS["quiet" if unknown or node.quiet or column == CODE else "ink"]))
            top = QRect(room.left(), room.top(), room.width(), QFontMetrics(option.font).height())
            flags = _RIGHT if column >= AMOUNT else _LEFT
            painter.drawText(room if column == TITLE else top, _WRAP if column == TITLE else flags, index.data())
        painter.restore()

    def _paint_share(self, painter: QPainter, option: QStyleOptionViewItem, node: TreeRow, room: QRect) -> None:
        share = percent(node.realised, node.amount)
        if share is None:
            return
        high = QFontMetrics(option.font).height()
        painter.setFont(_font(option.font, node))
        painter.setPen(QColor(COLOURS["ink"]))
        painter.drawText(QRect(room.left(), room.top(), room.width(), high), _RIGHT, share_text(share))
        paint_bar(painter, QRectF(room.left(), room.top() + high + 3, room.width(), 4), float(share) / 100)


def _font(font: QFont, node: TreeRow) -> QFont:
    made = QFont(font)
    if node.strong:
        made.setWeight(QFont.Weight.DemiBold)
    return made


class BudgetTree(QTreeView):
    """The tree with its five columns; the title takes the room the others leave."""

    def __init__(self) -> None:
        super().__init__()
        self.budget = BudgetModel(self)
        self.setModel(self.budget)
        self.setItemDelegate(BudgetPainter(self))
        self.setTreePosition(TITLE)
        self.setAccessibleName(_("APBDes menurut bagian, kelompok, dan rincian"))
        self.setUniformRowHeights(False)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)

    def sizeHint(self) -> QSize:
        """Takes all the room there is and asks for little: it scrolls."""
        return self.minimumSizeHint()

    def show_budget(self, roots: Sequence[TreeRow]) -> None:
        """Show a budget, its parts open; the columns of the realisation only where something of it is known."""
        self.budget.show(roots)
        is_spent = any(_any_realised(root) for root in roots)
        self.setColumnHidden(REALISED, not is_spent)
        self.setColumnHidden(SHARE, not is_spent)
        self._fit()
        self.expandToDepth(1 if _count(roots) < 60 else 0)

    def title_width(self, node: TreeRow) -> int:
        """Pixels the title's cell has, its indentation taken off."""
        depth = 1
        while node.parent is not None:
            node, depth = node.parent, depth + 1
        return self.columnWidth(TITLE) - depth * self.indentation()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles wrap anew in the new width."""
        super().resizeEvent(event)
        self._fit()
        self.scheduleDelayedItemsLayout()

    def _fit(self) -> None:
        """Give codes and amounts the width of what stands in them."""
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(strong)
        nodes = [node for root in self.budget.roots for node in _walk(root)]
        for column, least in (
            (CODE, _("Kode")),
            (AMOUNT, "Rp 8.888.888.888"),
            (REALISED, "Rp 8.888.888.888"),
            (SHARE, "100,00 %"),
        ):
            texts = {cell_text(node, column) for node in nodes} | {least}
            width = max(metrics.horizontalAdvance(text) for text in texts)
            self.setColumnWidth(column, width + 24 + (8 if column == CODE else 0))


def _walk(node: TreeRow) -> list[TreeRow]:
    return [node, *(below for child in node.children for below in _walk(child))]


def _any_realised(node: TreeRow) -> bool:
    return any(each.realised is not None for each in _walk(node))


def _count(roots: Sequence[TreeRow]) -> int:
    return sum(len(_walk(root)) for root in roots)
