"""The rows of the realisation's table and what stands in their cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk.money import rupiah
from desk.realisation.queries import Realised, Standing, Stray
from desk.realisation.rules import Figure
from ui.budget.rows import share_text

Index = QModelIndex | QPersistentModelIndex

TITLE, AMOUNT, REALISED, SHARE, LEFT = range(5)
"""The columns."""
UNKNOWN, OVER = _("belum dicatat"), _("melebihi\n{amount}")
"""What stands for an amount nobody has told, and for one beyond the budget."""

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TYPED = _SHOWN | Qt.ItemFlag.ItemIsEditable
"""What a cell can do; put together once, for Qt asks of every row before it shows the first."""


@dataclass(frozen=True)
class SpendingRow:
    """One row of the table."""

    id: bytes
    title: str
    depth: int
    figure: Figure
    may_enter: bool = False
    strong: bool = False
    quiet: bool = False
    note: str = ""
    """What is said of it when the keyboard is on it."""
    is_heading: bool = False
    """Only its title says something."""

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Its texts: unknown in words, no share of nothing as a dash, too much as what it is."""
        if self.is_heading:
            return (self.title, "", "", "", "")
        figure = self.figure
        left = "-" if figure.remaining is None else rupiah(figure.remaining)
        return (
            self.title,
            "-" if figure.budget is None else rupiah(figure.budget),
            UNKNOWN if figure.realised is None else rupiah(figure.realised),
            share_text(figure.percent) or "-",
            left if figure.excess is None else OVER.format(amount=rupiah(figure.excess)),
        )


def rows_of(told: Realised) -> list[SpendingRow]:
    """The rows of a year: its lines in reading order, then what was entered on lines it no longer has."""
    rows = [_row(line) for line in told.lines]
    replaced = [line for line in told.lines if line.replaced is not None]
    if told.strays or replaced:
        rows.append(
            SpendingRow(
                b"", _("Tercatat pada baris yang sudah berubah"), 0, Figure(None, None), strong=True, is_heading=True
            )
        )
    rows += [_stray_row(place, stray) for place, stray in enumerate(told.strays)]
    rows += [
        SpendingRow(
            b"replaced" + line.id, line.title, 1, Figure(None, line.replaced), quiet=True,
            note=_("Dicatat untuk “{title}” sebelum dirinci; sekarang yang dihitung rinciannya.").format(
                title=line.title
            ),
        )
        for line in replaced
    ]  # fmt: skip
    return rows


def _row(line: Standing) -> SpendingRow:
    title = _("belum dirinci") if line.kind == "unspecified" else line.title
    code = line.code.strip(" .")
    note = ""
    if line.whole and line.may_enter:
        note = _(
            "“{whole}” dicatat sekaligus. Kalau rinciannya diisi sampai hari yang lebih baru, rincian yang dihitung."
        )
    return SpendingRow(
        line.id, f"{code}  {title}" if code else title, line.depth, line.figure, line.may_enter,
        strong=line.kind == "section", quiet=line.kind == "unspecified", note=note.format(whole=line.whole),
    )  # fmt: skip


def _stray_row(place: int, stray: Stray) -> SpendingRow:
    if not stray.counts:
        note = _("Tidak ada lagi di APBDes ini; sudah termasuk dalam “{below}”.").format(below=stray.below)
    elif stray.below:
        note = _("Tidak ada lagi di APBDes ini; dihitung dalam “{below}”.").format(below=stray.below)
    else:
        note = _("Tidak ada lagi di APBDes ini; tetap dihitung dalam jumlahnya.")
    code = stray.code.strip(" .")
    title = f"{code}  {stray.title}" if code else stray.title
    return SpendingRow(b"stray%d" % place, title, 1, Figure(None, stray.amount), quiet=True, note=note)


class SpendingModel(QAbstractTableModel):
    """The rows as Qt asks for them; only the realised amounts of lines that are summed can be typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[SpendingRow] = []
        self.is_open = False
        """Whether anything may be typed now."""

    def show(self, rows: Sequence[SpendingRow]) -> None:
        """Take other figures; where the rows are the same ones, what is being typed goes on."""
        if [row.id for row in rows] == [row.id for row in self.rows]:
            changed = [place for place, row in enumerate(rows) if row != self.rows[place]]
            for place in changed:
                self.rows[place] = rows[place]
                self.dataChanged.emit(self.index(place, 0), self.index(place, LEFT))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's default)
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's default)
        """Always five."""
        return 0 if parent.isValid() else LEFT + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names, over their own side."""
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("Uraian"), _("Anggaran"), _("Realisasi"), "%", _("Sisa"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell, also for a screen reader."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.cells[index.column()]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A cell that can be typed into says so."""
        can_type = self.is_open and index.column() == REALISED and self.rows[index.row()].may_enter
        return _TYPED if can_type else _SHOWN
