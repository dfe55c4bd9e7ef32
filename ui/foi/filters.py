"""What the register is searched and narrowed by: words, three quick choices, and a row that unfolds for the rest."""

from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.dip.queries import Listed
from desk.foi import life
from desk.foi.queries import Seek
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import EnterWalks, Field

QUICK = {"all": _("Semua"), "open": _("Terbuka"), "late": _("Terlambat")}
"""Requests in a list at one press."""


class FilterBar(QWidget):
    """Words and filters over a list; says each time when it wants another one."""

    typed = Signal()
    """Other words."""
    chosen = Signal()
    """Another filter."""
    unfolded = Signal()
    """The row of filters is open: who holds information may be offered."""
    listed = Signal()
    """The public list is to be shown."""

    def __init__(self) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.quick = {name: QPushButton(words) for name, words in QUICK.items()}
        self.fold = QPushButton(_("&Saring"))
        self.state, self.holder = QComboBox(), QComboBox()
        self.since, self.until = DateEdit(), DateEdit()
        self.clear = QPushButton(_("Hapus"))
        self.public = Note("done")
        self.see = QPushButton(_("Lihat daftar"))
        self._build()
        self._connect()

    def seek(self) -> Seek:
        """The list that is wanted; names that are still sealed are not waited for."""
        which = next(name for name, button in self.quick.items() if button.isChecked())
        return Seek(
            self.search.text(), which, self.since.value_or_none(), self.until.value_or_none(),
            self.holder.currentData() or "", self.state.currentData() or "", waits=False,
        )  # fmt: skip

    def reset(self, text: str = "", which: str = "all") -> None:
        """Words and a quick choice, and nothing else left out."""
        self.blockSignals(True)
        self.search.setText(text)
        self.quick[which].setChecked(True)
        for box in (self.state, self.holder):
            box.setCurrentIndex(0)
        for day in (self.since, self.until):
            day.put(None)
        self.blockSignals(False)
        self._count()

    def begin(self) -> None:
        """Take the keyboard to the words."""
        self.search.setFocus()
        self.search.selectAll()

    def offer(self, holders: Sequence[str]) -> None:
        """Who may be chosen as the one who holds the information; what is chosen stays."""
        kept = self.holder.currentData()
        self.holder.blockSignals(True)
        self.holder.clear()
        self.holder.addItem(_("semua"), "")
        for name in holders:
            self.holder.addItem(name, name)
        self.holder.setCurrentIndex(max(0, self.holder.findData(kept)))
        self.holder.blockSignals(False)

    def show_public(self, items: tuple[Listed, ...]) -> None:
        """What the public list has for these words, on a line of its own."""
        names = " · ".join(item.form.summary for item in items) if self.search.text().strip() else ""
        self.public.say(_("Di Daftar Informasi: {names}").format(names=names) if names else "")
        self.see.setVisible(bool(names))

    def _count(self) -> None:
        """Say on the button how many filters are at work, so that a folded row hides nothing."""
        plain, wanted = Seek(), self.seek()
        names = ("since", "until", "holder", "state")
        count = sum(getattr(wanted, name) != getattr(plain, name) for name in names)
        self.fold.setText(_("&Saring · {count}").format(count=count) if count else _("&Saring"))
        self.clear.setEnabled(count > 0)

    def _chosen(self) -> None:
        self._count()
        self.chosen.emit()

    def _day_typed(self, edit: DateEdit) -> None:
        """A date counts once it is one; until then the list stays as it is."""
        if edit.value_or_none() is not None or not edit.text().strip():
            self._chosen()

    def _fold(self, is_open: bool) -> None:
        self.row.setVisible(is_open)
        if is_open:
            self.unfolded.emit()
            self.state.setFocus()

    def _clear(self) -> None:
        which = next(name for name, button in self.quick.items() if button.isChecked())
        self.reset(self.search.text(), which)
        self.chosen.emit()

    def _build(self) -> None:
        self.search.setPlaceholderText(_("Cari nomor, isi, jawaban, atau nama pemohon"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        top, hint, group = QHBoxLayout(), QHBoxLayout(), QButtonGroup(self)
        top.addWidget(self.search, 1)
        for button in (*self.quick.values(), self.fold):
            button.setCheckable(True)
            button.setProperty("kind", "filter")
            top.addWidget(button)
        for button in self.quick.values():
            group.addButton(button)
        self.quick["all"].setChecked(True)
        self.see.setProperty("kind", "link")
        self.see.hide()
        hint.addWidget(self.public, 1)
        hint.addWidget(self.see)
        self._build_row()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.row)
        column.addLayout(hint)

    def _build_row(self) -> None:
        self.row = QWidget()
        line = QHBoxLayout(self.row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.state.addItem(_("semua"), "")
        for state, words in life.STATES.items():
            self.state.addItem(words, state)
        self.offer(())
        for label, edit in (
            (_("Keadaan"), self.state), (_("Diterima sejak"), self.since), (_("sampai"), self.until),
            (_("Pemegang"), self.holder),
        ):  # fmt: skip
            edit.setMinimumWidth(edit.fontMetrics().horizontalAdvance("22-11-2026") + 28)
            if isinstance(edit, QComboBox):
                edit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                edit.setMinimumContentsLength(6)
            line.addWidget(Field(label, edit), 1)
        last = QVBoxLayout()
        last.addWidget(QLabel())
        last.addWidget(self.clear)
        line.addLayout(last)
        self._walker = EnterWalks(self.row)
        self.row.hide()
        self.clear.setToolTip(_("Hapus semua saringan"))
        self.clear.setAccessibleName(self.clear.toolTip())
        self.clear.setEnabled(False)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda: self.typed.emit())
        for button in self.quick.values():
            button.clicked.connect(self._chosen)
        self.fold.toggled.connect(self._fold)
        for box in (self.state, self.holder):
            box.currentIndexChanged.connect(self._chosen)
        self.since.changed.connect(lambda: self._day_typed(self.since))
        self.until.changed.connect(lambda: self._day_typed(self.until))
        self.clear.clicked.connect(self._clear)
        self.see.clicked.connect(self.listed)
