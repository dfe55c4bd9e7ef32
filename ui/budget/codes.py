"""One line of a budget at a time, found by the code or the name of its account or activity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desk.budget.commands import Typed
from desk.chart import Entry, accounts, activities, is_known, place_of, title_of
from desk.money import rupiah
from desk.store import DeskError
from ui.parts.chip import Note
from ui.parts.field import Field
from ui.parts.money import MoneyEdit

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


def find(text: str) -> list[Hit]:
    """Accounts and activities whose code begins with `text` or whose names hold all its words."""
    words, code = text.casefold().split(), text.strip().strip(".")
    found = [
        Hit(entry, is_activity)
        for table, is_activity in ((accounts(), False), (activities(), True))
        for entry in table.values()
        if entry.code.startswith(code) or all(word in f"{entry.name} {entry.alias}".casefold() for word in words)
    ]
    for table, is_activity in ((accounts(), False), (activities(), True)):
        if code not in table and is_known(code, table):
            found.insert(0, Hit(Entry(code, _("ditetapkan kabupaten"), "", 0, "", False), is_activity))
    return found


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


class CodeForm(QWidget):
    """Search, choose, type the amount, Enter; then the next."""

    submitted = Signal(object)
    """A `Typed` line."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[str, str], Decimal | None] = {}
        self.heading = QLabel()
        self.heading.setProperty("role", "section")
        self.search = QLineEdit()
        self.search_field = Field(_("Cari kode atau nama"), self.search)
        self.codes = CodeModel(self)
        self.found = QTreeView()
        self.activity, self.title, self.amount = QComboBox(), QLineEdit(), MoneyEdit()
        self.activity_field = Field(_("Kegiatan"), self.activity)
        self.title_field = Field(_("Uraian"), self.title)
        self.amount_field = Field(_("Anggaran"), self.amount)
        self.note = Note()
        self.save, self.cancel = QPushButton(_("Simpan baris")), QPushButton(_("Selesai"))
        self._build()
        self._connect()

    def start(self, year: int, known: Mapping[tuple[str, str], Decimal | None]) -> None:
        """Begin with an empty search; `known` is what the year says already, by account and activity."""
        self._known = dict(known)
        self.heading.setText(_("Isi APBDes {year} per rekening").format(year=year))
        self.note.say("")
        self.next_line()

    def next_line(self, sentence: str = "") -> None:
        """Ready for another line; say what became of the last one."""
        self.amount.put(None)
        self.title.clear()
        self.search.clear()
        self._searched()
        self.note.say(sentence, "done")
        self.search.setFocus()

    def saved(self, line: Typed) -> None:
        """Say what was saved, and be ready for the next line."""
        self._known[line.account, line.activity] = line.amount
        name = line.title or title_of(line.account, line.activity)
        self.next_line(_("Tersimpan: {name} {amount}.").format(name=name, amount=rupiah(line.amount)))

    def chosen(self) -> Hit | None:
        """The code that is marked in the list."""
        index = self.found.currentIndex()
        return index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None

    def line(self) -> Typed:
        """What was typed.

        Raises:
            DeskError: no code is chosen, or one no line can stand on, or there is no amount.
        """
        hit = self.chosen()
        if hit is None:
            raise DeskError(_("Pilih dulu rekening atau bidangnya dari daftar."))
        code = hit.entry.code
        if hit.entry.is_range:
            raise DeskError(
                _("{code} ialah blok kode yang dirinci kabupaten. Ketik kode lengkapnya, misalnya {example}.").format(
                    code=code, example=code.removesuffix("-99")
                )
            )
        if self.amount.fault() or self.amount.value() is None:
            raise DeskError(self.amount.fault() or _("Tulis jumlah anggarannya."))
        account, activity = self._codes(hit)
        place_of(account, activity)
        return Typed(account, activity, self.amount.value(), self.title.text().strip())

    def _codes(self, hit: Hit) -> tuple[str, str]:
        """Account and activity of a line that stands on a code."""
        if hit.is_activity:
            return "", hit.entry.code
        is_spending = hit.entry.code.startswith("5")
        return hit.entry.code, (self.activity.currentData() or "") if is_spending else ""

    def submit(self) -> None:
        """Hand the line over, or say what is missing."""
        try:
            self.submitted.emit(self.line())
        except DeskError as error:
            self.explain(error)

    def explain(self, error: Exception) -> None:
        """Say why nothing was saved.

        Raises:
            Exception: `error` itself, where it is no sentence for a person.
        """
        if not isinstance(error, DeskError):
            raise error
        self.note.say(str(error), "late")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search walk the list, Enter goes on; Enter in the amount saves the line."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if watched is self.search and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = min(max(self.found.currentIndex().row() + step, 0), self.codes.rowCount() - 1)
            self.found.setCurrentIndex(self.codes.index(row, 0))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if watched is self.amount.line:
                self.submit()
            else:
                self._walk()
            return True
        return super().eventFilter(watched, event)

    def _walk(self) -> None:
        following = self.activity if self.activity_field.isVisible() and not self.activity.hasFocus() else self.amount
        following.setFocus()

    def _searched(self) -> None:
        self.codes.show(find(self.search.text()))
        if self.codes.rowCount():
            self.found.setCurrentIndex(self.codes.index(0, 0))
        self._marked()

    def _marked(self) -> None:
        hit = self.chosen()
        self.activity_field.setVisible(hit is not None and not hit.is_activity and hit.entry.code.startswith("5"))
        self.title_field.setVisible(hit is not None and not hit.entry.level)
        self.note.say("")
        self._remember()

    def _remember(self) -> None:
        """Say what stands on the chosen code already."""
        hit = self.chosen()
        known = self._known.get(self._codes(hit)) if hit else None
        self.amount_field.hint("" if known is None else _("Sekarang {amount}").format(amount=rupiah(known)))

    def _connect(self) -> None:
        self.search.textChanged.connect(self._searched)
        self.found.selectionModel().currentChanged.connect(self._marked)
        self.activity.currentIndexChanged.connect(self._remember)
        self.found.activated.connect(self._walk)
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)
        for edit in (self.search, self.activity, self.title, self.amount.line):
            edit.installEventFilter(self)
        for keys, act in (("Ctrl+Return", self.submit), ("Ctrl+Enter", self.submit), ("Esc", self.closed.emit)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self) -> None:
        self.save.setProperty("kind", "main")
        for button in (self.save, self.cancel):
            button.setAutoDefault(True)
        self.search.setPlaceholderText(_("misalnya 4.2.1 atau dana desa"))
        self.found.setModel(self.codes)
        self.found.setAccessibleName(_("Rekening dan kegiatan yang cocok"))
        self.found.setUniformRowHeights(True)
        self.found.setRootIsDecorated(False)
        self.found.setHeaderHidden(True)
        header = self.found.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.activity.addItem(_("tanpa kegiatan"), "")
        for code, entry in activities().items():
            if not entry.is_range:
                self.activity.addItem(f"{code}   {entry.title}", code)
        self.activity.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activity.setMinimumContentsLength(12)
        fields = QHBoxLayout()
        fields.setSpacing(16)
        for field in (self.activity_field, self.title_field, self.amount_field):
            fields.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(12)
        for part in (self.heading, self.search_field):
            column.addWidget(part)
        column.addWidget(self.found, 1)
        column.addLayout(fields)
        column.addWidget(self.note)
        column.addLayout(buttons)
