"""Qt's own words in Indonesian: Qt ships none, and its dialogs and menus would speak English."""

from collections.abc import Mapping
from gettext import gettext as _
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

ROOMS = (
    "QAbstractFileIconProvider", "QAbstractSpinBox", "QCupsJobWidget", "QDialogButtonBox", "QFileDialog",
    "QFileSystemModel", "QLineEdit", "QMessageBox", "QPageSetup", "QPlatformTheme", "QPpdOptionsModel", "QPrint",
    "QScrollBar", "QTabBar", "QWidgetTextControl",
)  # fmt: skip
"""Beginnings of Qt's contexts that are translated; in the others, e.g. `QShortcut`, the same word names a key."""

BUTTONS = {
    "OK": _("Baik"), "&OK": _("Baik"), "Save": _("Simpan"), "&Save": _("&Simpan"), "Save As": _("Simpan sebagai"),
    "Save All": _("Simpan semua"),
    "Open": _("Buka"), "&Open": _("&Buka"), "Cancel": _("Batal"), "&Cancel": _("Batal"), "Close": _("Tutup"),
    "&Close": _("Tutup"), "&Yes": _("&Ya"), "Yes to &All": _("Ya untuk semua"), "&No": _("&Tidak"),
    "N&o to All": _("Tidak untuk semua"), "Abort": _("Hentikan"), "Retry": _("Coba lagi"), "Ignore": _("Abaikan"),
    "Discard": _("Buang"), "Help": _("Bantuan"), "Apply": _("Terapkan"), "Reset": _("Kembalikan"),
    "Restore Defaults": _("Kembalikan ke semula"), "Remove": _("Hapus"), "&Choose": _("&Pilih"),
}  # fmt: skip

MENUS = {
    "&Undo": _("&Urungkan"), "&Redo": _("Ulan&gi"), "Cu&t": _("P&otong"), "&Copy": _("&Salin"),
    "&Paste": _("&Tempel"), "Delete": _("Hapus"), "&Delete": _("&Hapus"), "Select All": _("Pilih semua"),
    "&Select All": _("Pilih semua"), "Copy &Link Location": _("Salin alamat tautan"), "&Step up": _("&Naik"),
    "Step &down": _("&Turun"), "Scroll here": _("Gulir ke sini"), "Left edge": _("Tepi kiri"), "Top": _("Paling atas"),
    "Right edge": _("Tepi kanan"), "Bottom": _("Paling bawah"), "Page left": _("Satu layar ke kiri"),
    "Page up": _("Satu layar ke atas"), "Page right": _("Satu layar ke kanan"), "Page down": _("Satu layar ke bawah"),
    "Scroll left": _("Gulir ke kiri"), "Scroll up": _("Gulir ke atas"), "Scroll right": _("Gulir ke kanan"),
    "Scroll down": _("Gulir ke bawah"), "Scroll Left": _("Gulir ke kiri"), "Scroll Right": _("Gulir ke kanan"),
}  # fmt: skip

FILES = {
    "Drive": _("Diska"), "Folder": _("Folder"), "Unknown": _("Tidak dikenal"), "File": _("Berkas"),
    "&Look in:": _("&Folder:"), "File &name:": _("&Nama berkas:"), "Files of &type:": _("&Jenis:"),
    "Directory:": _("Folder:"), "&New Folder": _("Folder &baru"), "New Folder": _("Folder baru"),
    "&Rename": _("&Ganti nama"), "All Files (*)": _("Semua berkas (*)"), "Back": _("Kembali"), "Go back": _("Kembali"),
    "Forward": _("Maju"), "Go forward": _("Maju"), "Parent Directory": _("Folder di atasnya"),
    "Go to the parent directory": _("Ke folder di atasnya"), "Create New Folder": _("Buat folder baru"),
    "Create a New Folder": _("Buat folder baru"), "List View": _("Daftar"), "Detail View": _("Rincian"),
    "Change to list view mode": _("Tampilkan sebagai daftar"), "Files": _("Berkas"), "Show ": _("Tampilkan "),
    "Change to detail view mode": _("Tampilkan dengan rincian"), "Sidebar": _("Tempat"),
    "List of places and bookmarks": _("Tempat yang sering dipakai"), "Recent Places": _("Terakhir dibuka"),
    "Show &hidden files": _("Tampilkan berkas tersembunyi"), "Computer": _("Komputer"),
    "My Computer": _("Komputer ini"), "Date Modified": _("Diubah"), "Name": _("Nama"), "Size": _("Ukuran"),
    "Type": _("Jenis"), "Kind": _("Jenis"), "Find Directory": _("Cari folder"),
    "%1 already exists.\nDo you want to replace it?": _("%1 sudah ada.\nGanti dengan yang baru?"),
    "%1\nFile not found.\nPlease verify the correct file name was given.":
        _("%1\nBerkas itu tidak ada. Periksa namanya."),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.":
        _("%1\nFolder itu tidak ada. Periksa namanya."),
    "Are you sure you want to delete '%1'?": _("Hapus '%1'?"),
    "'%1' is write protected.\nDo you want to delete it anyway?": _("'%1' dilindungi. Tetap hapus?"),
    "Could not delete directory.": _("Folder itu tidak dapat dihapus."),
    "%1 bytes": _("%1 byte"), "%1 KB": _("%1 KB"), "%1 MB": _("%1 MB"), "%1 GB": _("%1 GB"),
}  # fmt: skip

PRINTING = {
    "Print": _("Cetak"), "&Print": _("&Cetak"), "&Options >>": _("&Pilihan >>"), "&Options <<": _("&Pilihan <<"),
    "Options": _("Pilihan"), "Print to File (PDF)": _("Cetak ke berkas (PDF)"), "Local file": _("Berkas setempat"),
    "Write PDF file": _("Tulis berkas PDF"), "All Pages": _("Semua halaman"), "Odd Pages": _("Halaman ganjil"),
    "Even Pages": _("Halaman genap"), "Printer": _("Pencetak"), "&Name:": _("&Nama:"), "P&roperties": _("Pe&rincian"),
    "Location:": _("Letak:"), "Type:": _("Jenis:"), "Preview": _("Lihat dulu"), "Output &file:": _("&Berkas tujuan:"),
    "Form": _("Pilihan"), "...": "...", "Copies": _("Salinan"), "Copies:": _("Jumlah salinan:"),
    "Collate": _("Urut per salinan"), "Reverse": _("Urutan terbalik"), "Print range": _("Halaman"),
    "Print all": _("Semua"), "Pages from": _("Halaman dari"), "to": _("sampai"), "Pages": _("Halaman"),
    "Current Page": _("Halaman ini"), "Selection": _("Yang dipilih"), "Page &Set:": _("&Halaman:"),
    "Output Settings": _("Hasil cetak"), "Color Mode": _("Warna"), "Color": _("Berwarna"),
    "Grayscale": _("Hitam putih"),
    "Double Sided Printing": _("Cetak bolak-balik"), "Off": _("Tidak"), "Long side binding": _("Jilid sisi panjang"),
    "Short side binding": _("Jilid sisi pendek"), "Page Setup": _("Kertas"), "Paper": _("Kertas"),
    "Page size:": _("Ukuran kertas:"), "Width:": _("Lebar:"), "Height:": _("Tinggi:"),
    "Paper source:": _("Baki kertas:"), "Orientation": _("Arah"), "Portrait": _("Tegak"), "Landscape": _("Mendatar"),
    "Reverse portrait": _("Tegak terbalik"), "Reverse landscape": _("Mendatar terbalik"), "Margins": _("Tepi"),
    "top margin": _("tepi atas"), "left margin": _("tepi kiri"), "right margin": _("tepi kanan"),
    "bottom margin": _("tepi bawah"), "Page Layout": _("Tata halaman"), "Page order:": _("Urutan halaman:"),
    "Pages per sheet:": _("Halaman per lembar:"), "Millimeters (mm)": _("Milimeter (mm)"),
    "Inches (in)": _("Inci (in)"),
    "Points (pt)": _("Poin (pt)"), "Custom": _("Lain"), "Job": _("Antrean"), "Job Control": _("Antrean"),
    "Job Options": _("Antrean"), "Scheduled printing:": _("Dicetak:"), "Billing information:": _("Keterangan biaya:"),
    "Job priority:": _("Kepentingan:"), "Banner Pages": _("Halaman pemisah"), "Start:": _("Awal:"), "End:": _("Akhir:"),
    "Print Immediately": _("Sekarang"), "Hold Indefinitely": _("Tahan dulu"), "Specific Time": _("Jam tertentu"),
    "Day (06:00 to 17:59)": _("Siang (06.00-17.59)"), "Night (18:00 to 05:59)": _("Malam (18.00-05.59)"),
    "Second Shift (16:00 to 23:59)": _("Sore (16.00-23.59)"),
    "Third Shift (00:00 to 07:59)": _("Dini hari (00.00-07.59)"),
    "Weekend (Saturday to Sunday)": _("Akhir pekan"), "None": _("Tidak ada"), "CUPS Default": _("Bawaan pencetak"),
    "Standard": _("Biasa"), "Unclassified": _("Terbuka"), "Confidential": _("Terbatas"), "Classified": _("Tertutup"),
    "Secret": _("Rahasia"), "Top Secret": _("Sangat rahasia"), "Advanced": _("Lanjutan"),
    "Printer Properties": _("Perincian pencetak"), "Automatic": _("Otomatis"), "Portable Document Format (PDF)": "PDF",
    "Specify pages or ranges separated by commas. Ranges are specified by two numbers separated by a hyphen. "
    "E.g: 3,5-7,9 prints pages 3, 5, 6, 7 and 9.":
        _("Tulis halaman dengan koma, misalnya 3,5-7,9: tercetak halaman 3, 5, 6, 7 dan 9."),
    "%1 already exists.\nDo you want to overwrite it?": _("%1 sudah ada.\nGanti dengan yang baru?"),
    "File exists": _("Berkas sudah ada"),
    "%1 is a directory.\nPlease choose a different file name.": _("%1 adalah folder. Pilih nama lain."),
    "File %1 is not writable.\nPlease choose a different file name.":
        _("Berkas %1 tidak dapat ditulis. Pilih nama lain."),
    "The 'From' value cannot be greater than the 'To' value.": _("Halaman awal tidak boleh sesudah halaman akhir."),
    "Invalid Pages Definition": _("Halaman tidak terbaca"),
    "%1 does not follow the correct syntax. Please use ',' to separate ranges and pages, '-' to define ranges and make "
    "sure ranges do not intersect with each other.":
        _("%1 tidak terbaca sebagai halaman. Tulis misalnya 3,5-7,9."),
    "Duplex Settings Conflicts": _("Bolak-balik tidak cocok"),
    "There are conflicts in duplex settings. Do you want to fix them?":
        _("Pilihan bolak-balik tidak cocok dengan pencetak. Perbaiki?"),
}  # fmt: skip

WORDS: Mapping[str, str] = MappingProxyType({**BUTTONS, **MENUS, **FILES, **PRINTING})
"""Qt's source text -> ours; names of papers stay as the printer says them."""


class QtWords(QTranslator):
    """Answers when Qt asks for its words in the language of the person."""

    def __init__(self, parent: QObject) -> None:
        """Lives as long as `parent`, the application."""
        super().__init__(parent)

    def isEmpty(self) -> bool:
        """Never: an empty translator is not installed."""
        return False

    def translate(self, context: str, text: str, note: str | None = None, n: int = -1) -> str | None:
        """Our word; None leaves Qt's."""
        return WORDS.get(text) if context.startswith(ROOMS) else None


def put_words(app: QCoreApplication) -> None:
    """Have Qt speak Indonesian from now on."""
    if app.findChild(QtWords) is None:
        app.installTranslator(QtWords(app))
