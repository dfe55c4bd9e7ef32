"""Small forms inside an open activity: a contract, an addendum, a payment, progress with its photo, a request."""

import datetime as dt
from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIntValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton

from desk.dates import short_date
from desk.foi.about import Asked
from desk.projects.contracts import AddendumRow, ContractRow, PaymentRow
from desk.projects.queries import Seen
from desk.projects.rules import (
    METHODS,
    AddendumForm,
    ContractForm,
    PaymentForm,
    addendum_faults,
    contract_faults,
    payment_faults,
    progress_faults,
)
from ui.parts.attachments import local
from ui.parts.dates import DateEdit
from ui.parts.field import Field
from ui.parts.fileview import put_words
from ui.parts.money import MoneyEdit
from ui.projects.entry import Entry


class ContractEntry(Entry):
    """A provider's contract, or the decree that names the village's own team."""

    submitted = Signal(object)
    """A `ContractForm`."""

    def __init__(self) -> None:
        self.method, self.partner, self.number, self.value = QComboBox(), QLineEdit(), QLineEdit(), MoneyEdit()
        self.signed, self.starts, self.ends = DateEdit(), DateEdit(), DateEdit()
        for key, name in METHODS.items():
            self.method.addItem(name, key)
        fields = {
            "method": Field(_("Cara pelaksanaan"), self.method),
            "partner": Field(_("Tim atau penyedia"), self.partner, _("Terbuka untuk umum: tanpa NIK dan rekening.")),
            "number": Field(_("Nomor kontrak atau SK"), self.number),
            "signed": Field(_("Tanggal"), self.signed),
            "value": Field(_("Nilai"), self.value),
            "starts": Field(_("Mulai"), self.starts),
            "ends": Field(_("Selesai"), self.ends),
        }
        lines = (("method",), ("partner",), ("number", "signed"), ("value",), ("starts", "ends"))
        super().__init__(_("Kontrak"), fields, lines)

    def fill(self, row: ContractRow | None) -> None:
        """Begin with a contract, or with an empty form."""
        self.id = row.id if row else None
        self.heading.setText(_("Ubah kontrak") if row else _("Kontrak atau SK tim"))
        self.method.setCurrentIndex(max(0, self.method.findData(row.method if row else "self")))
        self.partner.setText(row.partner if row else "")
        self.number.setText(row.number if row else "")
        self.value.put(row.value if row else None)
        self.signed.put(row.signed if row else None)
        self.starts.put(row.starts if row else None)
        self.ends.put(row.ends if row else None)
        self.begin()

    def submit(self) -> None:
        """Mark what is wrong, or hand the form over."""
        faults: dict[str, str] = {}
        form = ContractForm(
            self.method.currentData(), self.partner.text(), self.number.text(), self.day("signed", faults),
            self.amount("value", faults), self.day("starts", faults), self.day("ends", faults),
        )  # fmt: skip
        if not self.explain_fields(contract_faults(form) | faults):
            self.submitted.emit(form)


class AddendumEntry(Entry):
    """What an addendum makes of a contract."""

    submitted = Signal(object)
    """An `AddendumForm`."""

    def __init__(self) -> None:
        self.contract: ContractRow | None = None
        self.number, self.reason, self.value = QLineEdit(), QLineEdit(), MoneyEdit()
        self.on, self.ends = DateEdit(), DateEdit()
        fields = {
            "number": Field(_("Nomor addendum"), self.number),
            "day": Field(_("Tanggal"), self.on),
            "value": Field(_("Nilai menjadi"), self.value, _("Seluruh nilai sesudahnya; kosong bila tetap.")),
            "ends": Field(_("Selesai menjadi"), self.ends, _("Kosong bila tetap.")),
            "reason": Field(_("Alasan"), self.reason),
        }
        super().__init__("", fields, (("number", "day"), ("value",), ("ends",), ("reason",)))

    def fill(self, contract: ContractRow, row: AddendumRow | None) -> None:
        """Begin with an addendum of a contract, or with an empty form."""
        self.contract, self.id = contract, row.id if row else None
        called = contract.number or contract.partner
        self.heading.setText(_("Addendum untuk {contract}").format(contract=called))
        self.number.setText(row.number if row else "")
        self.reason.setText(row.reason if row else "")
        self.value.put(row.value if row else None)
        self.on.put(row.day if row else None)
        self.ends.put(row.ends if row else None)
        self.begin()

    def submit(self) -> None:
        """Mark what is wrong, or hand the form over."""
        assert self.contract is not None
        faults: dict[str, str] = {}
        day, value, ends = self.day("day", faults), self.amount("value", faults), self.day("ends", faults)
        form = AddendumForm(day, value, ends, self.number.text(), self.reason.text())
        found = addendum_faults(form, signed=self.contract.signed, starts=self.contract.starts)
        if not self.explain_fields(found | faults):
            self.submitted.emit(form)


class PaymentEntry(Entry):
    """A payment, under one of the activity's contracts or without."""

    submitted = Signal(object)
    """A `PaymentForm`."""

    def __init__(self) -> None:
        self.today = dt.date.min
        self.on, self.sum, self.what, self.contract = DateEdit(), MoneyEdit(), QLineEdit(), QComboBox()
        self.what.setPlaceholderText(_("misalnya: uang muka, termin 1"))
        _narrow(self.contract)
        fields = {
            "amount": Field(_("Jumlah"), self.sum),
            "day": Field(_("Tanggal bayar"), self.on),
            "what": Field(_("Untuk"), self.what),
            "contract": Field(_("Menurut kontrak"), self.contract),
        }
        super().__init__("", fields, (("amount",), ("day", "what"), ("contract",)))

    def fill(self, contracts: Sequence[ContractRow], row: PaymentRow | None, today: dt.date) -> None:
        """Begin with a payment, or with an empty form."""
        self.today, self.id = today, row.id if row else None
        self.heading.setText(_("Ubah pembayaran") if row else _("Pembayaran"))
        self.contract.clear()
        self.contract.addItem(_("tanpa kontrak"), None)
        for contract in contracts:
            self.contract.addItem(" · ".join(part for part in (contract.partner, contract.number) if part), contract.id)
        chosen = row.contract if row else contracts[0].id if len(contracts) == 1 else None
        places = {contract.id: place for place, contract in enumerate(contracts, 1)}
        self.contract.setCurrentIndex(places.get(chosen, 0) if chosen else 0)  # findData compares bytes by identity
        self.fields["contract"].setVisible(bool(contracts))
        self.sum.put(row.amount if row else None)
        self.on.put(row.day if row else today)
        self.what.setText(row.what if row else "")
        self.begin()

    def submit(self) -> None:
        """Mark what is wrong, or hand the form over."""
        faults: dict[str, str] = {}
        day, amount = self.day("day", faults), self.amount("amount", faults)
        form = PaymentForm(day, amount, self.what.text(), self.contract.currentData())
        if not self.explain_fields(payment_faults(form, self.today) | faults):
            self.submitted.emit(form)


class ProgressEntry(Entry):
    """How far the work is on a day, with a photo of it; or only the photo of a day that is noted already."""

    submitted = Signal(int, object)
    """Per cent and day of a new entry; `photo` and `place` tell the rest."""

    def __init__(self) -> None:
        self.today = dt.date.min
        self.seen: Seen | None = None
        """The entry that only gets a photo; None for a new one."""
        self.photo: Path | None = None
        self.percent, self.on = QLineEdit(), DateEdit()
        self.percent.setValidator(QIntValidator(0, 999, self.percent))
        fields = {"percent": Field(_("Kemajuan fisik (%)"), self.percent), "day": Field(_("Dilihat pada"), self.on)}
        super().__init__("", fields, (("percent", "day"),))
        self.choose, self.chosen = QPushButton(_("Pilih &foto …")), QLabel()
        self.place = QCheckBox(_("Simpan &lokasi foto"))
        self.place.setToolTip(_("Biasanya lokasi dihapus dari foto sebelum disimpan."))
        self.chosen.setProperty("role", "quiet")
        self.chosen.setWordWrap(True)
        self.chosen.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self.chosen, 1)
        self.more.addLayout(row)
        self.more.addWidget(self.place)
        self.choose.setAutoDefault(True)
        self.choose.clicked.connect(self._choose)
        self.setAcceptDrops(True)

    def fill(self, percent: int | None, today: dt.date, seen: Seen | None = None) -> None:
        """Begin with a per cent to be confirmed, or for the photo of an entry."""
        self.today, self.seen = today, seen
        self.heading.setText(_("Kemajuan hari ini"))
        if seen is not None:
            said = _("Foto untuk catatan {day}, {percent} %")
            self.heading.setText(said.format(day=short_date(seen.day), percent=seen.percent))
        for field in self.fields.values():
            field.setVisible(seen is None)
        self.percent.setText("" if percent is None else str(percent))
        self.on.put(today)
        self.place.setChecked(False)
        self.take(None)
        self.begin_at_photo() if seen is not None else self.begin()

    def begin_at_photo(self) -> None:
        """Show the form with the keyboard where the photo is chosen."""
        self.fields["percent"].show()
        self.begin()
        for field in self.fields.values():
            field.hide()
        self.choose.setFocus()

    def take(self, path: Path | None) -> None:
        """A photo was chosen, or none."""
        self.photo = path
        self.chosen.setText(path.name if path else _("Tanpa foto. JPG atau PNG, diperkecil ke 1600 piksel."))

    def is_dirty(self) -> bool:
        """Whether something was typed or a photo chosen that is not saved."""
        return super().is_dirty() or (not self.isHidden() and self.photo is not None)

    def submit(self) -> None:
        """Mark what is wrong, or hand the form over."""
        if self.seen is not None:
            if self.photo is None:
                self.note.say(_("Pilih dulu fotonya."))
                return
            self.submitted.emit(self.seen.percent, self.seen.day)
            return
        faults: dict[str, str] = {}
        day, text = self.day("day", faults), self.percent.text().strip()
        if not text:
            faults["percent"] = _("Tulis sejauh mana pekerjaannya, dari 0 sampai 100.")
        elif day is not None:
            faults = progress_faults(percent=int(text), day=day, today=self.today) | faults
        elif "day" not in faults:
            faults["day"] = _("Tulis tanggal dilihat, misalnya 22-11-2026.")
        if not self.explain_fields(faults):
            self.submitted.emit(int(text), day)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file of this PC."""
        if local(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The first of what was dropped is the photo."""
        event.acceptProposedAction()
        self.take(local(event.mimeData())[0])

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Pilih foto"), "", _("Foto (*.jpg *.jpeg *.png)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        put_words(dialog, _("Pilih"))
        dialog.fileSelected.connect(lambda found: self.take(Path(found)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class TieEntry(Entry):
    """Which request is about this activity: chosen by number, never by name."""

    submitted = Signal(object)
    """The request's id."""

    def __init__(self) -> None:
        self.request = QComboBox()
        _narrow(self.request)
        fields = {"request": Field(_("Nomor permohonan"), self.request)}
        super().__init__(_("Permohonan tentang kegiatan ini"), fields, (("request",),))

    def fill(self, known: Sequence[Asked]) -> None:
        """Begin with the requests that are tied to nothing yet."""
        self.request.clear()
        for asked in known:
            self.request.addItem(f"{asked.label} · {short_date(asked.received)}", asked.id)
        self.save.setVisible(bool(known))
        self.begin()
        if not known:
            self.note.say(_("Tidak ada permohonan lain yang dapat dikaitkan."))
            self.cancel.setFocus()

    def submit(self) -> None:
        """Hand the chosen request over."""
        if self.request.currentData() is not None:
            self.submitted.emit(self.request.currentData())


def _narrow(box: QComboBox) -> None:
    """A long name does not make the form wider than its room; the open list has it whole."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
