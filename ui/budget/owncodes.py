"""The village's own codes: those of the regency with their names, and those of files that nobody knows."""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.budget.codes import DropCode, NameCode, Used, used_codes
from desk.desk import Done
from desk.store import DeskError
from ui.budget.texts import Column, TextRow, TextTable
from ui.parts.chip import Note
from ui.parts.field import EnterWalks, Field
from ui.work import Work


class OwnCodes(QWidget):
    """A list to read, and three fields that add a code or give it another name."""

    closed = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.table = TextTable(
            (
                Column(_("Kode")),
                Column(_("Nama"), wide=True),
                Column(_("Jenis")),
                Column(_("Dipakai"), number=True),
                Column(_("Tahun")),
                Column(_("Keterangan")),
            ),
            _("Kode di luar daftar"),
        )
        self.words = QLabel()
        self.kind, self.code, self.name = QComboBox(), QLineEdit(), QLineEdit()
        self.note = Note()
        self.save, self.drop = QPushButton(_("Simpan nama")), QPushButton(_("Hapus nama"))
        self.close_button = QPushButton(_("Kembali"))
        self._build()
        self.table.selectionModel().currentChanged.connect(self._marked)
        self.save.clicked.connect(self.submit)
        self.drop.clicked.connect(self._drop)
        self.close_button.clicked.connect(self.closed)
        for keys, act in (("Ctrl+Return", self.submit), ("Ctrl+Enter", self.submit), ("Esc", self.closed.emit)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def start(self) -> None:
        """Show what there is, ready for a new code."""
        self.note.say("")
        self._work.ask(used_codes, done=self._show)
        self.code.setFocus()

    def submit(self) -> None:
        """Add the code that was typed, or give it its new name."""
        command = NameCode(self.kind.currentData(), self.code.text(), self.name.text())
        self._work.do(command, done=self._saved, failed=self._refused)

    def _saved(self, done: Done[bytes]) -> None:
        told = _("Kode {code} tersimpan: {name}.").format(code=self.code.text().strip(), name=self.name.text().strip())
        self.note.say(told, "done")
        self._work.ask(used_codes, done=self._show)
        self.code.clear()
        self.name.clear()
        self.code.setFocus()

    def _drop(self) -> None:
        used = self._chosen()
        if used is not None and used.is_own:
            told = _("Nama kode {code} dihapus; baris yang memakainya tetap.").format(code=used.code)
            self._work.do(DropCode(used.kind, used.code), done=lambda _done: self._dropped(told), failed=self._refused)

    def _dropped(self, told: str) -> None:
        self.note.say(told, "done")
        self._work.ask(used_codes, done=self._show)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.note.say(str(error), "late")

    def _show(self, found: list[Used]) -> None:
        self.table.show_rows([_row(used) for used in found])
        self.table.setVisible(bool(found))
        unknown = sum(not used.is_regional for used in found)
        self.words.setText(
            _("{count} kode dari berkas tidak ada di daftar mana pun; barisnya tetap disimpan.").format(count=unknown)
            if unknown
            else _("Kode 90-99 dirinci kabupaten. Namanya berlaku untuk semua tahun dan perubahan.")
        )
        self._marked()

    def _chosen(self) -> Used | None:
        row = self.table.chosen()
        return row.key if row is not None and isinstance(row.key, Used) else None

    def _marked(self) -> None:
        """Fill the fields from the row the keyboard is on, where its name may be changed."""
        used = self._chosen()
        self.drop.setVisible(used is not None and used.is_own)
        if used is not None and used.is_regional and self.table.hasFocus():
            self.kind.setCurrentIndex(self.kind.findData(used.kind))
            self.code.setText(used.code)
            self.name.setText(used.title)

    def _build(self) -> None:
        heading = QLabel(_("Kode desa"))
        heading.setProperty("role", "section")
        self.words.setProperty("role", "quiet")
        self.words.setWordWrap(True)
        self.save.setProperty("kind", "main")
        self.kind.addItem(_("rekening"), "account")
        self.kind.addItem(_("kegiatan"), "activity")
        self.code.setPlaceholderText(_("misalnya 4.1.4.90"))
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(self.close_button)
        fields = QHBoxLayout()
        fields.setSpacing(16)
        for name, widget, share in ((_("Jenis"), self.kind, 1), (_("Kode"), self.code, 1), (_("Nama"), self.name, 3)):
            fields.addWidget(Field(name, widget), share)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        for button in (self.save, self.drop):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addStretch(0)  # takes the table's room while there is none
        column.addLayout(fields)
        column.addWidget(self.note)
        column.addLayout(buttons)
        EnterWalks(self)


def _row(used: Used) -> TextRow:
    kind = _("rekening") if used.kind == "account" else _("kegiatan")
    lines = _("{count} baris").format(count=used.lines) if used.lines else _("belum")
    years = ", ".join(str(year) for year in used.years)
    state = _("nama desa") if used.is_own else _("kode kabupaten") if used.is_regional else _("tidak dikenal")
    return TextRow((used.code, used.title or used.code, kind, lines, years, state), key=used)
