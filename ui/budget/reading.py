"""What a file was taken for: its columns, its lines, its sums, before anything is kept."""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desk.budget.rules import BudgetTable, Totals, carriers, leaves, total_up
from desk.dates import long_date
from desk.exchange.apbdes import BudgetFile
from desk.exchange.headings import Heading, UnclearError
from desk.exchange.loading import ImportReport
from ui.budget.balance import BalanceLine
from ui.budget.columns import ROLES, STYLES, ColumnChoices, StyleQuestion
from ui.budget.tree import BudgetTree, grow

_CHOICES = 104
"""Pixels the choices take at least: three columns."""


class Reading(QWidget):
    """The columns in a sentence and their choices, a question where one is open, the lines as a tree, the balance."""

    corrected = Signal(str, object)
    """A column holds something else: the fingerprint of the headings, and what each column holds."""
    answered = Signal(object)
    """How doubtful amounts are written: a `Style`."""

    def __init__(self) -> None:
        super().__init__()
        self.columns = QLabel()
        self.columns.setWordWrap(True)
        self.question = StyleQuestion()
        self.correct = QPushButton(_("Perbaiki isi &kolom"))
        self.correct.setProperty("kind", "link")
        self.correct.setCheckable(True)
        self.correct.setAutoDefault(True)
        self.choices = ColumnChoices()
        self.choices.setMinimumHeight(_CHOICES)
        self.tree = BudgetTree()
        self.balance = BalanceLine()
        self._layout = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.columns)
        column.addWidget(self.question)
        column.addWidget(self.correct, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.choices)
        column.addWidget(self.tree, 1)
        column.addWidget(self.balance)
        self.correct.toggled.connect(self._open)
        self.choices.corrected.connect(self._say)
        self.question.answered.connect(self.answered)
        self.clear()

    def clear(self) -> None:
        """Begin with another file."""
        self.correct.setChecked(False)
        self._open(False)
        self.question.hide()

    def show_file(self, file: BudgetFile, blocking: int = 0) -> None:
        """Show what was read; while problems block, no sum of it is called right."""
        self.columns.setText(columns_sentence(file))
        self._show_heading(file.heading)
        self.correct.setVisible(bool(file.heading.places))
        is_doubtful = file.numbers.style is None and file.numbers.doubtful != ""
        if is_doubtful:
            self.question.ask(file.numbers.doubtful, file.told)
        self.question.setVisible(is_doubtful)
        self._show_table(file.table, blocking)
        self._make_room()

    def show_unclear(self, unclear: UnclearError) -> None:
        """Show the headings of a table nobody could read, to say what they hold."""
        self.columns.setText(str(unclear))
        self._show_heading(unclear.heading)
        self.correct.show()
        self.correct.setChecked(True)
        self.question.hide()
        self._show_table(BudgetTable((), (), ()), 1)
        self.tree.hide()

    def _show_heading(self, heading: Heading) -> None:
        self._layout = heading.layout
        self.choices.show_heading(heading)
        self.correct.setVisible(heading.width > 0)  # the tables of Siskeudes have one form: nothing to correct

    def _make_room(self) -> None:
        """Where something is to be said of the file first, its sums wait."""
        is_asking = self.question.isVisibleTo(self) and self.question.group.checkedButton() is None
        self.balance.setVisible(not is_asking and not self.correct.isChecked())

    def _show_table(self, table: BudgetTable, blocking: int) -> None:
        self.tree.show()
        sums, spent = table_totals(table)
        rows = ((place, line.parent, line) for place, line in enumerate(table.lines))
        self.tree.show_budget(grow(rows, sums, spent))
        self.balance.say(sums, spent)
        if blocking:
            self.balance.doubt(
                _("{n} hal menghalangi, jadi jumlah ini belum dapat dipastikan. Tekan Lanjut untuk melihatnya.").format(
                    n=blocking
                )
            )

    def _open(self, is_open: bool) -> None:
        self.choices.setVisible(is_open)
        self._make_room()
        if is_open and self.choices.choices:
            self.choices.choices[0].setFocus()

    def _say(self, roles: tuple[str, ...]) -> None:
        self.corrected.emit(self._layout, roles)


def table_totals(table: BudgetTable) -> tuple[Totals, Totals]:
    """Sums of budget and realisation of a table that was read."""
    ends = leaves(table.lines)
    return (
        total_up((line.section, line.amount) for line in ends),
        total_up((line.section, line.realised) for line in carriers(table.lines)),
    )


def columns_sentence(file: BudgetFile) -> str:
    """How many lines were read, which column was taken for what, and which are not used."""
    table = file.table
    used = [_("“{heading}” sebagai {role}").format(heading=h, role=ROLES[r]) for h, r in table.columns if r in ROLES]
    unused = [_("“{heading}”").format(heading=h) for h, r in table.columns if r not in ROLES]
    said = [_("{n} baris terbaca dari {name}.").format(name=file.name, n=sum(x.kind == "line" for x in table.lines))]
    said.append(_("Kolom {list}.").format(list=", ".join(used)))
    if unused:
        said.append(_("Tidak dipakai: {list}.").format(list=", ".join(unused)))
    if file.is_remembered:
        said.append(_("Isi kolom menurut perbaikan Anda untuk bentuk tabel ini."))
    if style := file.numbers.style or file.told:
        said.append(_("Angka dibaca gaya {style}: {sample}.").format(style=STYLES[style], sample=style.sample))
    if table.until:
        said.append(_("Realisasi sampai {day}.").format(day=long_date(table.until)))
    return " ".join(said)


def controls_sentence(report: ImportReport) -> str:
    """How many printed sums agree with their rows; "" where none is printed."""
    agreeing = sum(control.agrees for control in report.controls)
    if not report.controls:
        return ""
    told = _("{n} dari {all} jumlah yang tercetak cocok dengan rinciannya sampai ke sen.")
    return told.format(n=agreeing, all=len(report.controls))


def plan_sentences(year: int, file: BudgetFile, report: ImportReport) -> list[str]:
    """What accepting would do."""
    if report.version is None:
        return [_("Berkas ini belum dapat dimuat. Kembali ke langkah sebelumnya untuk melihat sebabnya.")]
    if not report.changed:
        return [_("Isi berkas ini sama dengan yang sudah tersimpan. Memuatnya lagi tidak mengubah apa pun.")]
    said = [_("{n} baris dari {name} akan menjadi APBDes {year}.").format(n=report.lines, name=file.name, year=year)]
    if file.table.amended:
        said.append(_("Semula dan menjadi dimuat sebagai dua versi; yang berlaku ialah menjadi."))
    if report.realised is not None:
        said.append(_("Realisasinya ikut dimuat."))
    said.append(_("Sampai ditetapkan, APBDes ini masih rancangan dan masih dapat diganti."))
    return said


def loaded_sentence(year: int, name: str, report: ImportReport) -> str:
    """What accepting did."""
    if not report.changed:
        return _("Tidak ada yang berubah: isi {name} sama dengan yang sudah tersimpan.").format(name=name)
    return _("{n} baris APBDes {year} dimuat dari {name}.").format(n=report.lines, year=year, name=name)
