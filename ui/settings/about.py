"""What this program is, whose work it stands on, and where the village's data lies."""

import platform
import sqlite3
from gettext import gettext as _
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import PySide6
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

import resources
from ui.parts.chip import Note
from ui.parts.style import mark

SHIPPED = (
    (_("Huruf IBM Plex Sans Condensed"), _("IBM, SIL Open Font License 1.1")),
    (_("Huruf Fjalla One"), _("Sorkin Type, SIL Open Font License 1.1")),
    (_("Kode wilayah Bojonegoro"), _("kode Kementerian Dalam Negeri, Open Database License 1.0")),
    (_("Hari libur dan cuti bersama"), _("keputusan bersama menteri (SKB); bebas hak cipta, UU 28/2014 Pasal 42")),
    (_("Rekening dan kegiatan APBDes"), _("lampiran Permendagri 20/2018; bebas hak cipta, UU 28/2014 Pasal 42")),
    (_("Contoh APBDes 2022"), _("Desa Belantih, Kintamani, Bangli; diumumkan desa, UU 14/2008 Pasal 9")),
)
"""What `resources/SOURCES.md` says at length."""

KEYS = (
    ("F2", _("permohonan baru")),
    ("F3, Ctrl+K", _("cari permohonan")),
    ("Ctrl+1 … Ctrl+9", _("pindah halaman, dari Beranda sampai Kirim; Ctrl+, ke Pengaturan")),
    (_("Enter, Ctrl+Enter"), _("isian berikutnya, simpan")),
    ("Esc", _("tutup yang sedang terbuka")),
    ("Ctrl+Z", _("urungkan yang terakhir")),
    (_("Ctrl + dan Ctrl -"), _("tulisan lebih besar, lebih kecil; Ctrl+0 kembali semula")),
)
"""What the keyboard does on every page."""

BUILT_WITH = "Python (PSF), Qt (LGPL 3), SQLAlchemy (MIT), ReportLab (BSD), openpyxl (MIT), requests (Apache 2.0)"
"""Programs this one is built with, and their licences."""


class AboutSheet(QWidget):
    """Versions, the data folder with a button that opens it, sources and licences."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        mark(self, "surface", "page")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        column.addWidget(_text(_("Meja Desa {version}").format(version=program_version()), "section"))
        column.addWidget(_text(_("Meja informasi desa: permohonan, APBDes, kegiatan, dan poster."), ""))
        column.addWidget(_text(components(), "quiet"))
        column.addSpacing(16)
        column.addWidget(_text(_("Folder data"), "section"))
        column.addWidget(_text(_("Semua catatan desa ini disimpan di sini."), ""))
        self.folder = _text(str(folder), "strong")
        column.addWidget(self.folder)
        self.refusal = Note("late")
        self.open_folder = QPushButton(_("Buka folder"))
        self.open_folder.setAutoDefault(True)
        self.open_folder.clicked.connect(lambda: self._open(folder))
        column.addWidget(self.open_folder, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.refusal)
        column.addSpacing(16)
        column.addWidget(_text(_("Tombol papan ketik"), "section"))
        for keys, what in KEYS:
            column.addLayout(_pair(keys, what))
        column.addSpacing(16)
        column.addWidget(_text(_("Sumber dan lisensi"), "section"))
        for what, licence in SHIPPED:
            column.addLayout(_pair(what, licence))
        column.addLayout(_pair(_("Dibuat dengan"), BUILT_WITH))
        self.licences = QPushButton(_("Buka naskah lisensi huruf"))
        mark(self.licences, "kind", "link")
        self.licences.clicked.connect(lambda: self._open(resources.path("fonts")))
        column.addWidget(self.licences, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()

    def _open(self, folder: Path) -> None:
        """Show a folder in the PC's own file window; where there is none, say where it is."""
        opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        sentence = _("Folder tidak dapat dibuka dari sini. Buka lewat pengelola berkas: {folder}")
        self.refusal.say("" if opened else sentence.format(folder=folder))


def program_version() -> str:
    """The version installed; a checkout that was never installed has none."""
    try:
        return version("meja-desa")
    except PackageNotFoundError:
        return ""


def components() -> str:
    """Versions a person who mends things asks for."""
    return _("Python {python}  ·  Qt {qt}  ·  SQLite {sqlite}  ·  {system}").format(
        python=platform.python_version(),
        qt=PySide6.__version__,
        sqlite=sqlite3.sqlite_version,
        system=platform.system(),
    )


def _text(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    mark(label, "role", role)
    return label


def _pair(left: str, right: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(16)
    line.addWidget(_text(left, ""), 2, Qt.AlignmentFlag.AlignTop)
    line.addWidget(_text(right, "quiet"), 5, Qt.AlignmentFlag.AlignTop)
    return line
