"""What an old register was taken for: its columns in a sentence, its rows as a list, before anything is kept."""

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from desk.dates import day_and_month
from desk.exchange.register import RegisterFile
from desk.foi import life
from desk.foi.takeover import OldRequest, TakeoverReport

Index = QModelIndex | QPersistentModelIndex

ROLES: Mapping[str, str] = {
    "number": _("nomor"),
    "order": _("nomor urut (tidak diambil)"),
    "received": _("tanggal"),
    "registered": _("tanggal pendaftaran"),
    "name": _("nama"),
    "name_address": _("nama dan alamat"),
    "address": _("alamat"),
    "contact": _("nomor kontak"),
    "email": _("surel"),
    "occupation": _("pekerjaan"),
    "identity_number": _("NIK"),
    "sought": _("informasi yang diminta"),
    "purpose": _("tujuan"),
    "decision": _("keputusan"),
    "status": _("status"),
    "reason": _("alasan"),
    "notified": _("tanggal pemberitahuan"),
    "handed": _("tanggal penyerahan"),
    "held_yes": _("dikuasai"),
    "held_no": _("tidak dikuasai"),
    "held": _("penguasaan"),
    "soft": _("berkas komputer"),
    "hard": _("kertas"),
    "form": _("bentuk"),
    "view": _("melihat"),
    "copy": _("salinan"),
    "access": _("jenis permohonan"),
    "fee": _("biaya"),
}
"""What a column can be taken for."""

_HEADINGS = (_("Baris"), _("Nomor"), _("Tanggal"), _("Informasi yang diminta"), _("Keputusan"))
_SOUGHT = 3


class OldRowsModel(QAbstractTableModel):
    """The rows as they would stand in the register; who asked is not shown."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[OldRequest, ...] = ()

    def show(self, rows: tuple[OldRequest, ...]) -> None:
        """Take another file."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many rows were understood."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """Row of the file, number, day, question, decision."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words above the columns."""
        is_shown = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _HEADINGS[section] if is_shown else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        old = self.rows[index.row()]
        day = f"{day_and_month(old.received)} {old.received.year}"
        return (str(old.row), old.label, day, " ".join(old.sought.split()), decision_words(old))[index.column()]


class OldRows(QWidget):
    """The columns in a sentence, and the rows below."""

    def __init__(self) -> None:
        super().__init__()
        self.columns, self.model, self.table = QLabel(), OldRowsModel(), QTableView()
        self.columns.setWordWrap(True)
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Permohonan yang terbaca dari berkas"))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(_SOUGHT, QHeaderView.ResizeMode.Stretch)
        head.setResizeContentsPrecision(200)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.columns)
        column.addWidget(self.table, 1)

    def show_file(self, file: RegisterFile) -> None:
        """Show what was read."""
        self.columns.setText(columns_sentence(file))
        self.model.show(file.entries)
        self.table.scrollToTop()


def decision_words(old: OldRequest) -> str:
    """What became of an old request, in a word or two."""
    if not old.decision:
        return _("masih terbuka")
    return life.OUTCOMES.get(old.decision) or life.STATES[old.decision]


def columns_sentence(file: RegisterFile) -> str:
    """How many requests were read, which column was taken for what, and which are left out."""
    used = [_taken_for(heading, role) for heading, role in file.columns if role]
    said = [_("{n} permohonan terbaca dari {name}.").format(n=len(file.entries), name=file.name)]
    said.append(_("Kolom {list}.").format(list=", ".join(used)))
    if file.left_out:
        left_out = ", ".join(_("“{heading}”").format(heading=heading) for heading in file.left_out)
        said.append(_("Tidak diambil: {list}.").format(list=left_out))
    return " ".join(said)


def _taken_for(heading: str, role: str) -> str:
    """A column and what it was taken for, where its heading does not say so itself."""
    if heading.casefold() == ROLES[role].casefold():
        return _("“{heading}”").format(heading=heading)
    return _("“{heading}” sebagai {role}").format(heading=heading, role=ROLES[role])


def plan_sentences(report: TakeoverReport) -> Sequence[str]:
    """What accepting would do."""
    kept_out = sum(problem.blocks for problem in report.problems)
    if not report.added:
        said = [_("Tidak ada permohonan baru di berkas ini. Mengambilnya lagi tidak mengubah apa pun.")]
    else:
        said = [_("{n} permohonan {years} akan masuk register.").format(n=report.added, years=_years(report.years))]
        said.append(_("Nomor lama tetap seperti tertulis dan tidak pernah dipakai lagi. Identitas pemohon disegel."))
    if report.unchanged:
        said.append(_("{n} permohonan sudah ada dan tidak diubah.").format(n=report.unchanged))
    if kept_out:
        said.append(
            _(
                "{n} baris tidak diambil. Perbaiki di berkas, lalu muat lagi: yang sudah masuk tidak menjadi dua."
            ).format(n=kept_out)
        )
    if report.still_open:
        said.append(_("{n} tanpa keputusan, jadi tetap terbuka di sini.").format(n=report.still_open))
    return said


def taken_sentence(report: TakeoverReport) -> str:
    """What accepting did."""
    if not report.added:
        return _("Tidak ada permohonan baru; tidak ada yang berubah.")
    return _("{n} permohonan {years} diambil alih dari register lama.").format(
        n=report.added, years=_years(report.years)
    )


def _years(years: Sequence[int]) -> str:
    return f"{years[0]}" if len(years) == 1 else _("{first} sampai {last}").format(first=years[0], last=years[-1])
