"""Why a budget closes or not: fund source by fund source, and its SiLPA beside what the year before left."""

from collections.abc import Sequence
from decimal import Decimal
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.budget.balance import Balance, Carried, FundBalance
from desk.budget.queries import Version
from desk.budget.versions import balance
from desk.dates import long_date
from desk.money import rupiah
from ui.budget.balance import balance_words
from ui.budget.texts import Column, TextRow, TextTable
from ui.parts.chip import Note
from ui.work import Work

Places = tuple[int, ...]


class Closing(QWidget):
    """One version: the sentence that says whether it closes, its funds, its SiLPA, and the way to the lines of each."""

    closed = Signal()
    lines = Signal(tuple)
    """Places of the lines a person wants to see, in reading order."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.found: Balance | None = None
        self.heading = QLabel()
        self.heading.setProperty("role", "section")
        self.verdict, self.carried, self.unnamed = Note(), Note(), Note("quiet")
        self.to_gap, self.to_silpa = QPushButton(_("Lihat baris pembiayaan")), QPushButton(_("Lihat baris SiLPA"))
        self.table = TextTable(
            (
                Column(_("Sumber dana"), wide=True),
                Column(_("Masuk"), number=True),
                Column(_("Dibelanjakan"), number=True),
                Column(_("Sisa/(kurang)"), number=True),
                Column(_("Keterangan")),
            ),
            _("Masuk dan belanja tiap sumber dana; Enter menunjukkan barisnya"),
        )
        self.close_button = QPushButton(_("Kembali"))
        self._build()
        self.table.activated.connect(self._lead)
        self.to_gap.clicked.connect(lambda: self.lines.emit(self.found.gap if self.found else ()))
        self.to_silpa.clicked.connect(lambda: self.lines.emit(self.found.carried.places if self.found else ()))
        self.close_button.clicked.connect(self.closed)
        QShortcut(QKeySequence("Esc"), self, self.closed.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def start(self, version: Version) -> None:
        """Show a version."""
        self.heading.setText(_("Apakah APBDes {year} seimbang?").format(year=version.year))
        self._work.ask(balance, version.id, done=self._show)
        self.table.setFocus()

    def _show(self, found: Balance | None) -> None:
        self.found = found
        if found is None:
            self.closed.emit()
            return
        state, sentence = balance_words(found.totals)
        self.verdict.say(sentence, state)
        self.to_gap.setVisible(state == "late")
        self.table.show_rows(_rows(found.funds))
        carried_state, carried = carried_words(found.carried)
        self.carried.say(carried, carried_state)
        self.to_silpa.setVisible(bool(found.carried.places))
        loose = next((f.spent for f in found.funds if not f.fund), Decimal(0))
        told = _("Sumber dana {amount} belanja belum disebut; isi pada barisnya supaya dapat dicocokkan per sumber.")
        self.unnamed.say(told.format(amount=rupiah(loose)) if loose else "")

    def _lead(self) -> None:
        row = self.table.chosen()
        if row is not None and isinstance(row.key, tuple) and row.key:
            self.lines.emit(row.key)

    def _build(self) -> None:
        hint = QLabel(_("Tekan Enter pada satu sumber dana untuk melihat baris-barisnya."))
        hint.setProperty("role", "quiet")
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.close_button)
        column.addLayout(head)
        for note, button in ((self.verdict, self.to_gap), (self.carried, self.to_silpa)):
            button.setProperty("kind", "link")
            row = QHBoxLayout()
            row.setSpacing(16)
            row.addWidget(note, 1, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(self.unnamed)
        column.addWidget(hint)


def _rows(funds: Sequence[FundBalance]) -> list[TextRow]:
    """One row a fund source, and their sum."""
    rows = [
        TextRow(
            (fund_words(f), rupiah(f.income), rupiah(f.spent), rupiah(f.left), _state(f)),
            quiet=not f.fund,
            key=f.places,
        )
        for f in funds
    ]
    income, spent = sum((f.income for f in funds), Decimal(0)), sum((f.spent for f in funds), Decimal(0))
    return [*rows, TextRow((_("Jumlah"), rupiah(income), rupiah(spent), rupiah(income - spent), ""), strong=True)]


def fund_words(fund: FundBalance) -> str:
    """A fund source by both its names; one that is not said is called so."""
    if not fund.fund:
        return _("Sumber dana tidak disebut")
    return fund.title if fund.title == fund.fund else f"{fund.title} · {fund.fund}"


def _state(fund: FundBalance) -> str:
    if not fund.fund:
        return "-"
    if fund.left < 0:
        return _("kurang")
    return _("bersisa") if fund.left else _("pas")


def carried_words(carried: Carried) -> tuple[str, str]:
    """A state and a sentence: whether the SiLPA a budget counts on is what the year before left."""
    budgeted, closing, year = carried.budgeted, carried.closing, carried.year
    if closing is None:
        if budgeted is None:
            return "quiet", _("SiLPA tahun {year} belum dianggarkan, dan sisa tahun itu belum diketahui.").format(
                year=year
            )
        said = _("SiLPA {amount}: sisa tahun {year} belum diketahui di meja ini, jadi belum dapat dicocokkan.")
        return "quiet", said.format(amount=rupiah(budgeted), year=year)
    until = _(" sampai {day}").format(day=long_date(carried.until)) if carried.until else ""
    names = {"year": year, "until": until, "budgeted": rupiah(budgeted), "closing": rupiah(closing)}
    if not carried.difference:
        return "done", _("SiLPA cocok: realisasi {year}{until} bersisa {closing}.").format(**names)
    names["difference"] = rupiah(abs(carried.difference))
    if budgeted is None:
        return "soon", _("Realisasi {year}{until} bersisa {closing}, tetapi SiLPA belum dianggarkan.").format(**names)
    told = _("SiLPA dianggarkan {budgeted}, padahal realisasi {year}{until} bersisa {closing}: selisih {difference}.")
    return "soon", told.format(**names)
