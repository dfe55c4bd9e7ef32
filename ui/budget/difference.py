"""What a file says otherwise than what is stored: line by line, with the old amount and the new one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desk.exchange.loading import Difference
from desk.money import rupiah

Index = QModelIndex | QPersistentModelIndex

KINDS: Mapping[str, str] = {
    "changed": _("berubah"), "added": _("baru"), "gone": _("hilang"), "realised": _("realisasi"),
}  # fmt: skip
"""What became of a line, in the order they are shown."""

HEADS = (_("Yang terjadi"), _("Uraian"), _("Tersimpan"), _("Di berkas"))


def difference_words(differences: Sequence[Difference]) -> str:
    """How many lines of each kind: `3 baris berubah, 1 hilang.`"""
    counted = Counter(x.kind for x in differences)
    told = [f"{counted[kind]} {word}" for kind, word in KINDS.items() if counted[kind]]
    return _("Dibanding yang tersimpan: {told}.").format(told=", ".join(told)) if told else ""


class DifferenceModel(QAbstractTableModel):
    """Differences, those of one kind together."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.differences: list[Difference] = []

    def show(self, differences: Sequence[Difference]) -> None:
        """Take another list."""
        self.beginResetModel()
        self.differences = sorted(differences, key=lambda x: list(KINDS).index(x.kind))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many there are."""
        return 0 if parent.isValid() else len(self.differences)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """Kind, words, stored, in the file."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The head of a column, over its figures."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        x = self.differences[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole and x.row is not None:
            return _("Baris {row}").format(row=x.row)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        amounts = ["–" if amount is None else rupiah(amount) for amount in (x.before, x.after)]
        return (KINDS[x.kind], f"{x.code} {x.title}".strip(), *amounts)[index.column()]


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column > 1 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class DifferenceList(QTableView):
    """The differences between a file and what is stored."""

    def __init__(self) -> None:
        super().__init__()
        self.differences = DifferenceModel(self)
        self.setModel(self.differences)
        self.setAccessibleName(_("Perbedaan dengan yang tersimpan"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def sizeHint(self) -> QSize:
        """Takes all the room there is and asks for little: it scrolls."""
        return self.minimumSizeHint()
