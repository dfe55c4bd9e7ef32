"""Codes found by their digits or their names, and what a budget says of them already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk.budget.queries import Node
from desk.chart import Entry, Place, accounts, activities, fund_code, is_known
from desk.money import rupiah

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Hit:
    """A code that was found; the same digits can be an account and an activity."""

    entry: Entry
    is_activity: bool

    def cell(self, column: int) -> str:
        """Code, name, and what it is."""
        kind = _("kegiatan") if self.is_activity else _("rekening")
        return (self.entry.code, self.entry.title, kind)[column]


def find(text: str, own: Mapping[tuple[str, str], str] = MappingProxyType({})) -> list[Hit]:
    """Accounts and activities whose code begins with `text` or whose names hold all its words.

    Args:
        text: as it is typed.
        own: the names this village gave to codes of the regency, by `account` or `activity` and code.
    """
    words, code = text.casefold().split(), text.strip().strip(".")
    named = [
        Hit(Entry(own_code, title, "", 0, "", False), kind == "activity")
        for (kind, own_code), title in own.items()
        if own_code.startswith(code) or all(word in title.casefold() for word in words)
    ]
    found = [
        Hit(entry, is_activity)
        for table, is_activity in ((accounts(), False), (activities(), True))
        for entry in table.values()
        if entry.code.startswith(code) or all(word in f"{entry.name} {entry.alias}".casefold() for word in words)
    ]
    for table, is_activity in ((accounts(), False), (activities(), True)):
        kind = "activity" if is_activity else "account"
        if code not in table and is_known(code, table) and (kind, code) not in own:
            found.insert(0, Hit(Entry(code, _("ditetapkan kabupaten"), "", 0, "", False), is_activity))
    return [*named, *found]


class CodeModel(QAbstractTableModel):
    """Codes with their names, and what they are codes of."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: Sequence[Hit] = []

    def show(self, hits: Sequence[Hit]) -> None:
        """Take another list."""
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many codes there are."""
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell, or the hit itself."""
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return hit
        return hit.cell(index.column()) if role == Qt.ItemDataRole.DisplayRole else None

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """Always three."""
        return 0 if parent.isValid() else 3


def standing(nodes: Sequence[Node], account: str, activity: str, fund: str) -> Decimal | None:
    """What a budget says on codes and a fund source; without a source, all sources together."""
    there = [n for n in nodes if n.kind == "line" and (n.account, n.activity) == (account, activity)]
    own = [n for n in there if fund_code(n.fund) == fund]
    known = [n.amount for n in own or (there if not fund else []) if n.amount is not None]
    return sum(known, Decimal(0)) if known else None


def rest_words(nodes: Sequence[Node], account: str, activity: str) -> str:
    """What the nearest line above some codes has not detailed yet, in words; "" where nothing waits."""
    place, names = Place.of(account, activity), {n.id: n for n in nodes}
    above = [n for n in nodes if n.unspecified and Place.of(n.account, n.activity).is_above(place)]
    rest = max(above, key=lambda n: Place.of(n.account, n.activity).depth, default=None)
    if rest is None or rest.parent is None or rest.amount is None:
        return ""
    said = _("belum dirinci di {title}: {amount}")
    return said.format(title=names[rest.parent].title, amount=rupiah(rest.amount))
