"""Two versions of a budget side by side: what is new, gone or changed, what only moved, and the sums."""

from collections.abc import Sequence
from decimal import Decimal
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.budget.compare import Comparison, Row, Shift
from desk.budget.queries import Version
from desk.budget.versions import all_versions, comparison
from desk.money import rupiah
from desk.store import DeskError
from ui.budget.book import version_words
from ui.budget.texts import Column, TextRow, TextTable
from ui.parts.chip import Note
from ui.parts.field import Field
from ui.parts.scroll import FormScroll
from ui.work import Work

PARTS = ("revenue", "expenditure", "financing", "balance")
"""What the foot sums up, as named in `Totals`."""


class Compare(QWidget):
    """Any two versions, of one year or of two."""

    closed = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._versions: Sequence[Version] = ()
        self.found: Comparison | None = None
        self.before, self.after = QComboBox(), QComboBox()
        self.only_changed = QCheckBox(_("&Hanya yang berubah"))
        self.close_button = QPushButton(_("Kembali"))
        self.table = TextTable(
            (
                Column(_("Uraian"), wide=True),
                Column(_("Semula"), number=True),
                Column(_("Menjadi"), number=True),
                Column(_("Selisih"), number=True),
                Column(_("Keterangan")),
            ),
            _("Perbandingan dua versi APBDes"),
        )
        self.note = Note()
        self.shifts = QLabel()
        self.sums: dict[tuple[str, str], QLabel] = {}
        self._build()
        self.before.currentIndexChanged.connect(self._ask)
        self.after.currentIndexChanged.connect(self._ask)
        self.only_changed.toggled.connect(self._show)
        self.close_button.clicked.connect(self.closed)
        QShortcut(QKeySequence("Esc"), self, self.closed.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def start(self, version: Version) -> None:
        """Compare a version with the one before it, or with the next where it is the first."""
        self._asked = version
        self._work.ask(all_versions, done=self._listed)
        self.table.setFocus()

    def _listed(self, found: list[Version]) -> None:
        self._versions = found
        places = [v.id for v in found]
        now = places.index(self._asked.id) if self._asked.id in places else 0
        pair = (now + 1, now) if now + 1 < len(found) else (now, max(now - 1, 0))
        for combo, place in zip((self.before, self.after), pair, strict=True):
            combo.blockSignals(True)
            combo.clear()
            for version in found:
                combo.addItem(f"{version.year} · {version_words(version)}", version.id)
            combo.view().setMinimumWidth(combo.view().sizeHintForColumn(0) + 24)
            combo.setToolTip(combo.itemText(place))
            combo.setCurrentIndex(place)
            combo.blockSignals(False)
        self._ask()

    def _ask(self) -> None:
        before, after = self.before.currentData(), self.after.currentData()
        if before is not None and after is not None:
            self._work.ask(comparison, before, after, done=self._compared, failed=self._refused)

    def _compared(self, found: Comparison) -> None:
        self.found = found
        self._show()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.found = None
        self._show()
        self.note.say(str(error), "late")

    def _show(self) -> None:
        found = self.found
        rows = () if found is None else _shown(found.rows) if self.only_changed.isChecked() else found.rows
        self.table.show_rows([_text_row(row) for row in rows])
        is_same = found is not None and not found.changes
        self.note.say(_("Kedua versi ini sama: tidak ada baris yang berbeda.") if is_same else "", "done")
        self.table.setVisible(bool(rows))
        self.shifts.setText("\n".join(shift_words(shift) for shift in found.shifts) if found else "")
        self.shift_scroll.setVisible(bool(found and found.shifts))
        for part in PARTS:
            before, after = (getattr(t, part) for t in (found.before, found.after)) if found else (None, None)
            changed = found is not None and not (before is None and after is None)
            self.sums[part, "before"].setText(rupiah(before))
            self.sums[part, "after"].setText(rupiah(after))
            difference = signed_words(found.difference(part)) if changed and found else ""
            self.sums[part, "difference"].setText(difference)

    def _build(self) -> None:
        heading = QLabel(_("Bandingkan dua versi APBDes"))
        heading.setProperty("role", "section")
        self.only_changed.setChecked(True)
        self.shifts.setWordWrap(True)
        self.shifts.setTextFormat(Qt.TextFormat.PlainText)
        self.shifts.setContentsMargins(12, 8, 12, 8)
        self.shifts.setProperty("surface", "quiet")
        self.shifts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.shift_scroll = FormScroll(self.shifts)
        self.shift_scroll.setMaximumHeight(4 * self.fontMetrics().lineSpacing())
        self.shift_scroll.hide()
        choices = QHBoxLayout()
        choices.setSpacing(16)
        for name, combo in ((_("&Semula"), self.before), (_("&Menjadi"), self.after)):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(12)
            choices.addWidget(Field(name, combo), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(heading, 1)
        head.addWidget(self.only_changed)
        head.addWidget(self.close_button)
        column.addLayout(head)
        column.addLayout(choices)
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        column.addStretch(0)  # takes the table's room while there is none
        column.addWidget(self.shift_scroll)
        column.addLayout(self._foot())

    def _foot(self) -> QGridLayout:
        """Totals of both versions and their difference, part by part."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        names = (_("Pendapatan"), _("Belanja"), _("Pembiayaan neto"), _("Selisih anggaran"))
        for row, (part, name) in enumerate(zip(PARTS, names, strict=True)):
            label = QLabel(name)
            label.setProperty("role", "quiet")
            grid.addWidget(label, row, 0)
            for place, column in enumerate(("before", "after", "difference"), 1):
                amount = self.sums[part, column] = QLabel()
                amount.setAlignment(Qt.AlignmentFlag.AlignRight)
                amount.setProperty("role", "strong" if column == "difference" else "")
                amount.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                amount.setAccessibleName(name)
                grid.addWidget(amount, row, place)
        return grid


def _shown(rows: Sequence[Row]) -> list[Row]:
    """The rows that are not the same, and those they stand below."""
    kept: set[int] = set()
    for place in range(len(rows) - 1, -1, -1):
        if rows[place].change != "same" or place in kept:
            above, kept = rows[place].parent, kept | {place}
            kept |= set() if above is None else {above}
    return [row for place, row in enumerate(rows) if place in kept]


def _text_row(row: Row) -> TextRow:
    title = _("{title} (semula: {was})").format(title=row.title, was=row.was) if row.was else row.title
    title = f"{title} · {row.fund}" if row.fund and row.is_leaf else title
    before = _("tidak ada") if row.change == "added" else rupiah(row.before)
    after = _("tidak ada") if row.change == "gone" else rupiah(row.after)
    difference = signed_words(row.difference) if row.difference else "-"
    return TextRow(
        (f"{row.code.strip(' .')} {title}".strip(), before, after, difference, change_words(row)),
        row.depth,
        strong=row.kind == "section",
        quiet=row.change == "same",
    )


def change_words(row: Row) -> str:
    """What became of a row, in a word."""
    if row.is_shifted:
        return _("pergeseran")
    if row.change == "changed" and not row.difference:
        return _("uraian berubah") if row.is_leaf and row.before is not None else _("berubah")
    return {"added": _("baru"), "gone": _("dihapus"), "changed": _("berubah"), "same": _("tetap")}[row.change]


def signed_words(difference: Decimal) -> str:
    """A difference with its direction: `+Rp 5`, and less in brackets as the law's own tables write it."""
    return f"+{rupiah(difference)}" if difference > 0 else rupiah(difference)


def shift_words(shift: Shift) -> str:
    """One shift in a sentence: how much of what, from where to where."""
    what = f"{shift.title or _('anggaran')}" + (f" ({shift.fund})" if shift.fund else "")
    gave, got = (
        ", ".join(f"{move.activity} {move.title}" for move in shift.moves if (move.difference > 0) == is_gain)
        for is_gain in (False, True)
    )
    told = _("Pergeseran {amount} {what}: dari {gave} ke {got}.")
    return told.format(amount=rupiah(shift.amount), what=what, gave=gave, got=got)
