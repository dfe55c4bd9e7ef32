"""One entry of the public list as a form: the columns of the list, and what it is linked to."""

from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from desk.dip.queries import Listed
from desk.dip.rules import CLASSES, FORMATS, LISTED, ItemForm, item_faults
from desk.projects.queries import ProjectRow
from ui.dip.panel import FormPanel, choice
from ui.parts.field import Field, TextEdit

NOWHERE = _("(tidak terkait)")


class ItemPanel(FormPanel):
    """The form of an entry, new or known."""

    withdrawing = Signal(str)
    """Take the entry off the list, for this reason."""

    def __init__(self) -> None:
        super().__init__(_("Simpan"), _("Tarik dari daftar"))
        self._shown: Listed | None = None
        self._year: int | None = None
        self.category = choice({key: CLASSES[key] for key in LISTED})
        self.summary, self.format = TextEdit(2), choice(FORMATS)
        self.holder, self.producer = QLineEdit(), QLineEdit()
        self.made_when, self.made_where, self.retention = QLineEdit(), QLineEdit(), QLineEdit()
        self.file_note, self.reason = QLineEdit(), QLineEdit()
        self.project, self.activity = choice({"": NOWHERE}), choice({"": NOWHERE})
        self._put_fields()
        self.lay_out((
            ("reason",), ("summary",), ("category",), ("holder",), ("producer",), ("made_when", "made_where"),
            ("format", "retention"), ("file_note",), ("project",), ("activity",),
        ))  # fmt: skip
        self.removing.connect(self._withdraw)

    def _put_fields(self) -> None:
        self.holder.setPlaceholderText(_("misalnya: Kaur Keuangan"))
        self.made_when.setPlaceholderText(_("misalnya: Januari 2026"))
        self.made_where.setPlaceholderText(_("misalnya: Kantor Desa"))
        self.retention.setPlaceholderText(_("misalnya: 5 tahun"))
        self.fields = {
            "reason": Field(_("Alasan ditarik dari daftar"), self.reason, _("Isinya tetap tersimpan.")),
            "summary": Field(_("Ringkasan isi informasi"), self.summary),
            "category": Field(_("Kelompok"), self.category),
            "holder": Field(_("Pejabat atau perangkat desa yang menguasai"), self.holder),
            "producer": Field(_("Penanggung jawab pembuatan atau penerbitan"), self.producer),
            "made_when": Field(_("Waktu pembuatan"), self.made_when),
            "made_where": Field(_("Tempat pembuatan"), self.made_where),
            "format": Field(_("Bentuk yang tersedia"), self.format),
            "retention": Field(_("Jangka waktu penyimpanan"), self.retention),
            "file_note": Field(_("Letak berkas"), self.file_note, _("Hanya untuk meja ini; tidak tampil di daftar.")),
            "project": Field(_("Kegiatan terkait"), self.project),
            "activity": Field(_("Kegiatan dalam APBDes"), self.activity),
        }

    def show_item(self, item: Listed | None) -> None:
        """Fill the form; None is a new entry, one without an id is what an ended exemption left to be listed."""
        self._shown = item
        form = item.form if item else ItemForm("", "")
        is_known = item is not None and bool(item.id)
        self.heading.setText(form.summary if is_known else _("Informasi baru"))
        self.summary.setPlainText(form.summary)
        for edit, text in (
            (self.holder, form.holder), (self.producer, form.producer), (self.made_when, form.made_when),
            (self.made_where, form.made_where), (self.retention, form.retention), (self.file_note, form.file_note),
            (self.reason, ""),
        ):  # fmt: skip
            edit.setText(text)
            edit.setCursorPosition(0)
        self.category.setCurrentIndex(self.category.findData(form.category))
        self.format.setCurrentIndex(self.format.findData(form.format))
        _put(self.project, form.project.hex() if form.project else "", _("kegiatan lain"))
        _put(self.activity, form.activity, form.activity)
        self._year = form.budget_year
        self.fields["reason"].hide()
        is_withdrawn = item is not None and item.withdrawn is not None
        self.remove.setVisible(is_known and not is_withdrawn)
        self.save.setText(_("Kembalikan ke daftar") if is_withdrawn else _("Simpan"))
        self.save.setEnabled(True)
        self.keep()

    def offer(self, projects: Sequence[ProjectRow]) -> None:
        """Offer these activities of the village, keeping what is chosen."""
        _offer(self.project, [(row.id.hex(), f"{row.year} {row.name}") for row in projects])

    def offer_budget(self, year: int, activities: Sequence[tuple[str, str]]) -> None:
        """Offer the activities of a year's budget, keeping what is chosen."""
        self._offered_year = year
        _offer(self.activity, [(code, f"{code} {name}") for code, name in activities])

    def submit(self) -> None:
        """Mark what is wrong, or hand the form over."""
        if not self.save.isEnabled():
            return
        form = self._form()
        self.note.say("")
        if not self.mark(item_faults(form)):
            self.save.setEnabled(False)
            self.submitted.emit(form)

    def _form(self) -> ItemForm:
        project, activity = self.project.currentData(), self.activity.currentData()
        shown = self._shown.form if self._shown else None
        is_same = shown is not None and activity == shown.activity
        return ItemForm(
            summary=self.summary.text(),
            holder=self.holder.text(),
            category=self.category.currentData(),
            producer=self.producer.text(),
            made_when=self.made_when.text(),
            made_where=self.made_where.text(),
            format=self.format.currentData(),
            retention=self.retention.text(),
            project=bytes.fromhex(project) if project else None,
            budget_year=(self._year if is_same else self._offered_year) if activity else None,
            activity=activity,
            exemption=shown.exemption if shown else None,
            file_note=self.file_note.text(),
        )

    _offered_year: int | None = None

    def _withdraw(self) -> None:
        """The first press asks why, the second says so."""
        field = self.fields["reason"]
        if field.isHidden():
            field.show()
        elif self.reason.text().strip():
            self.withdrawing.emit(self.reason.text())
            return
        else:
            field.explain(_("Tulis alasannya, misalnya: diganti peraturan yang baru."))
        self.reason.setFocus()


def _offer(box: QComboBox, entries: Sequence[tuple[str, str]]) -> None:
    chosen, words = box.currentData(), box.currentText()
    box.clear()
    box.addItem(NOWHERE, "")
    for code, name in entries:
        box.addItem(name, code)
    _put(box, chosen, words)


def _put(box: QComboBox, code: str, words: str) -> None:
    """Choose a code, adding it where it is not on offer."""
    if box.findData(code) < 0:
        box.addItem(words, code)
    box.setCurrentIndex(box.findData(code))
