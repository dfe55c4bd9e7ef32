"""What a file asks a person to look at: row by row, in words, and whether it stands in the way."""

from collections.abc import Sequence
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from desk.budget.rules import Problem
from ui.parts.chip import ICONS, INKS
from ui.parts.icons import pixmap
from ui.parts.style import COLOURS

Index = QModelIndex | QPersistentModelIndex
_WRAP = Qt.TextFlag.TextWordWrap
_AIR = 10


def where(problem: Problem) -> str:
    """The row of the file, or the file as a whole."""
    return _("Berkas") if problem.row is None else _("Baris {row}").format(row=problem.row)


def told(problem: Problem) -> str:
    """The sentence without the row it may begin with: the row stands beside it."""
    return problem.message.removeprefix(f"{where(problem)}: ")


def problem_sentence(count: int, *, is_blocked: bool) -> str:
    """How many problems there are and whether the file can be loaded in spite of them."""
    if count == 0:
        return _("Tidak ada yang perlu dilihat. Lanjutkan.")
    if is_blocked:
        return _(
            "Yang bertanda segitiga menghalangi: perbaiki dulu di berkasnya, lalu muat lagi. Belum ada yang berubah."
        )
    return _("{n} hal perlu dilihat. Tidak ada yang menghalangi; berkas tetap dapat dimuat.").format(n=count)


class ProblemModel(QAbstractListModel):
    """Problems, those that block first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.problems: list[Problem] = []

    def show(self, problems: Sequence[Problem]) -> None:
        """Take another list."""
        self.beginResetModel()
        self.problems = sorted(problems, key=lambda problem: not problem.blocks)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many problems there are."""
        return 0 if parent.isValid() else len(self.problems)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The problem, or its sentence with its row."""
        problem = self.problems[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return problem
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{where(problem)}: {told(problem)}"
        return None


class ProblemPainter(QStyledItemDelegate):
    """Paints a problem: an icon, the row, the whole sentence."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the whole sentence."""
        problem: Problem = index.data(Qt.ItemDataRole.UserRole)
        metrics = QFontMetrics(option.font)
        # A little narrower than it is painted: a scroll bar may still come.
        width = self._view.viewport().width() - self._left(metrics) - 40
        wrapped = metrics.boundingRect(0, 0, width, 10_000, _WRAP, told(problem))
        return QSize(0, max(metrics.height(), wrapped.height()) + 2 * _AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one problem; one that blocks wears the sign of lateness, the others an i."""
        problem: Problem = index.data(Qt.ItemDataRole.UserRole)
        kind = "late" if problem.blocks else "quiet"
        metrics = QFontMetrics(option.font)
        painter.save()
        painter.setPen(QColor(COLOURS["line"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        room = option.rect.adjusted(8, _AIR, -16, -_AIR)
        side = metrics.height()
        painter.drawPixmap(room.left(), room.top(), pixmap(ICONS[kind], INKS[kind], side))
        painter.setFont(option.font)
        painter.setPen(QColor(COLOURS["quiet"]))
        painter.drawText(room.adjusted(side + 8, 0, 0, 0), 0, where(problem))
        painter.setPen(QColor(COLOURS["ink"]))
        left = option.rect.left() + self._left(metrics)
        painter.drawText(QRect(left, room.top(), room.right() - left, room.height()), _WRAP, told(problem))
        painter.restore()

    @staticmethod
    def _left(metrics: QFontMetrics) -> int:
        return 8 + metrics.height() + 8 + metrics.horizontalAdvance(_("Baris {row}").format(row=88888)) + 16


class ProblemList(QListView):
    """The problems of a file; sentences wrap with the window."""

    def __init__(self) -> None:
        super().__init__()
        self.problems = ProblemModel(self)
        self.setModel(self.problems)
        self.setItemDelegate(ProblemPainter(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(_("Yang perlu dilihat, menurut baris berkas"))

    def sizeHint(self) -> QSize:
        """Takes all the room there is and asks for little: it scrolls."""
        return self.minimumSizeHint()
