"""What a file was taken for: its columns, its lines, its sums, before anything is kept."""

from collections.abc import Mapping
from gettext import gettext as _

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desk.budget.rules import BudgetTable, Totals, leaves, total_up
from desk.dates import long_date
from desk.exchange.apbdes import BudgetFile
from desk.exchange.loading import ImportReport
from ui.budget.balance import BalanceLine
from ui.budget.tree import BudgetTree, grow

ROLES: Mapping[str, str] = {
    "code": _("kode"),
    "title": _("uraian"),
    "before": _("anggaran semula"),
    "amount": _("anggaran"),
    "realised": _("realisasi"),
    "fund": _("sumber dana"),
    "volume": _("volume"),
    "unit": _("satuan"),
    "price": _("harga satuan"),
    "change": _("selisih (hanya diperiksa)"),
    "over": _("selisih (hanya diperiksa)"),
}
"""What a column can be taken for."""


class Reading(QWidget):
    """The columns in a sentence, the lines as a tree, the balance."""

    def __init__(self) -> None:
        super().__init__()
        self.columns = QLabel()
        self.columns.setWordWrap(True)
        self.tree = BudgetTree()
        self.balance = BalanceLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.columns)
        column.addWidget(self.tree, 1)
        column.addWidget(self.balance)

    def show_file(self, file: BudgetFile, blocking: int = 0) -> None:
        """Show what was read; while problems block, no sum of it is called right."""
        table = file.table
        self.columns.setText(columns_sentence(file))
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


def table_totals(table: BudgetTable) -> tuple[Totals, Totals]:
    """Sums of budget and realisation of a table that was read."""
    ends = leaves(table.lines)
    return (
        total_up((line.section, line.amount) for line in ends),
        total_up((line.section, line.realised) for line in ends),
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
    if table.until:
        said.append(_("Realisasi sampai {day}.").format(day=long_date(table.until)))
    return " ".join(said)


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
