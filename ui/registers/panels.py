"""The two forms of the page: for what a register with names is made, and the words of the annual report."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from gettext import gettext as _

from PySide6.QtWidgets import QLabel, QLineEdit

from desk.dates import short_date
from desk.reports.queries import Making
from desk.reports.rules import KINDS, LONGEST_PURPOSE, Texts, purpose_fault, text_faults
from ui.dip.panel import FormPanel
from ui.parts.field import Field, TextEdit

PARTS = {
    "policy": (_("I. Kebijakan pelayanan"), _("Aturan desa, maklumat pelayanan, jam layanan.")),
    "service": (_("II. Pelaksanaan pelayanan"), _("Tempat, petugas, anggaran, dan pemakaiannya.")),
    "details": (_("III. Catatan tentang angka permohonan"), _("Boleh kosong; tabelnya dihitung sendiri.")),
    "disputes": (_("IV. Catatan tentang sengketa"), _("Boleh kosong; tabelnya dihitung sendiri.")),
    "internal": (_("V. Kendala dari dalam"), _("Misalnya: petugas merangkap, arsip belum rapi.")),
    "external": (_("V. Kendala dari luar"), _("Misalnya: sambungan internet sering putus.")),
    "recommendations": (_("VI. Rekomendasi"), ""),
    "follow_up": (_("VI. Rencana tindak lanjut"), ""),
}
"""Each part of the report: what it is called, and what belongs in it."""


class NamesPanel(FormPanel):
    """Asks for what a register with names is made; the copy without them is one press away."""

    def __init__(self) -> None:
        super().__init__(_("Catat dan buat dengan nama"), _("Pakai salinan tanpa nama"))
        self.purpose = QLineEdit()
        self.purpose.setMaxLength(LONGEST_PURPOSE)
        self.fields["purpose"] = Field(_("Untuk apa register dengan nama ini dibuat?"), self.purpose)
        words = _(
            "Salinan tanpa nama cukup untuk hampir semua keperluan. "
            "Register dengan nama memuat alamat dan nomor telepon warga: simpan di kantor. "
            "Tujuan, waktu, dan nama Anda dicatat."
        )
        self.told, self.earlier = QLabel(words), QLabel()
        for label in (self.told, self.earlier):
            label.setWordWrap(True)
            label.setProperty("role", "quiet")
        self.heading.setText(_("Register dengan nama pemohon"))
        self.lay_out([("purpose",)], (self.told, self.earlier))
        self.removing.connect(self.closed)
        self.keep()

    def begin(self, makings: Sequence[Making]) -> None:
        """Start empty, with what was made before."""
        self.purpose.clear()
        self.keep()
        self.save.setEnabled(True)
        lines = [
            f"{short_date(made.at.date())} · {KINDS[made.wanted.kind]} {made.wanted.days} · {made.who}: {made.purpose}"
            for made in makings
        ]
        self.earlier.setText("\n".join([_("Yang terakhir dibuat:"), *lines]) if lines else "")
        self.purpose.setFocus()

    def submit(self) -> None:
        """Hand the purpose over, or say what is wrong with it."""
        fault = purpose_fault(self.purpose.text())
        if not self.mark({"purpose": fault} if fault else {}):
            self.save.setEnabled(False)
            self.submitted.emit(self.purpose.text())


class TextsPanel(FormPanel):
    """The words of a year's report, part by part."""

    def __init__(self) -> None:
        super().__init__(_("Simpan isi laporan"))
        self.year = 0
        for name, (label, hint) in PARTS.items():
            self.fields[name] = Field(label, TextEdit(4), hint)
        self.lay_out([(name,) for name in PARTS])
        self.keep()

    def begin(self, year: int, texts: Texts) -> None:
        """Show what was written so far."""
        self.year = year
        self.heading.setText(_("Isi laporan tahun {year}").format(year=year))
        for name, text in asdict(texts).items():
            self._edit(name).setPlainText(text)
        self.keep()
        self.save.setEnabled(True)
        self._edit("policy").setFocus()

    def submit(self) -> None:
        """Hand the words over, or say what is wrong with them."""
        texts = Texts(**{field.name: self._edit(field.name).text() for field in fields(Texts)})
        if not self.mark(text_faults(texts)):
            self.save.setEnabled(False)
            self.submitted.emit(texts)

    def _edit(self, name: str) -> TextEdit:
        edit = self.fields[name].input
        assert isinstance(edit, TextEdit)
        return edit
