"""The request form: one column in the order of the paper form, for the keyboard alone, with what is wrong beside it."""

import datetime as dt
from collections.abc import Callable, Mapping
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.foi import rules
from desk.foi.rules import RequestForm, identity_hint, registration_faults
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import EnterWalks, Field, TextEdit
from ui.parts.scroll import FormScroll

WIDTH = 640
"""Widest a field gets, pixels: longer lines are hard to read."""

KEPT_HERE = _("Nama, alamat dan nomor pemohon hanya ada di komputer ini; tidak dikirim ke kabupaten.")
"""What the citizen may be told about the fields of identity."""


class RequestFormPanel(QWidget):
    """A citizen stands here: fields of the statutory form, then Daftarkan."""

    submitted = Signal(object)
    """A `RequestForm` without faults."""
    closed = Signal()

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._today = today
        self._tried = self.is_saving = False
        self.received = DateEdit(today())
        self.late_entry_reason = QLineEdit()
        self.channel, self.applicant_kind = _choice(rules.CHANNELS), _choice(rules.APPLICANT_KINDS)
        self.name, self.identity_number, self.occupation = QLineEdit(), QLineEdit(), QLineEdit()
        self.address, self.sought, self.purpose = QLineEdit(), TextEdit(4), TextEdit(2)
        self.phone, self.email = QLineEdit(), QLineEdit()
        self.topic, self.access = _choice(rules.TOPICS), _choice(rules.ACCESS)
        self.copy_form, self.delivery = _choice(rules.COPY_FORMS), _choice(rules.DELIVERIES)
        self.fields = self._fields()
        self.save = QPushButton(_("&Daftarkan"))
        self.cancel = QPushButton(_("Batal"))
        self.note = Note("late")
        self._build()
        self._connect()
        self._follow()

    def clear(self) -> None:
        """An empty form for the next citizen."""
        self._tried = False
        for field in self.fields.values():
            field.explain("")
            if isinstance(field.input, QComboBox):
                field.input.setCurrentIndex(0)
            elif isinstance(field.input, TextEdit):
                field.input.setPlainText("")
            elif isinstance(field.input, QLineEdit):
                field.input.clear()
        self.received.put(self._today())
        self.topic.setCurrentIndex(self.topic.findData("other"))
        self.note.say("")
        self.is_saving = False
        self._follow()

    def is_touched(self) -> bool:
        """Whether something was typed that would be lost."""
        edits = (
            self.name, self.identity_number, self.address, self.occupation, self.phone, self.email, self.sought,
            self.purpose, self.late_entry_reason,
        )  # fmt: skip
        return any(edit.text().strip() for edit in edits)

    def begin(self) -> None:
        """The keyboard starts in the name."""
        self.name.setFocus()

    def form(self) -> RequestForm:
        """The form as it stands."""
        return RequestForm(
            received=self.received.value_or_none() or dt.date.max,
            registered=self._today(),
            name=self.name.text(),
            address=self.address.text(),
            sought=self.sought.text(),
            purpose=self.purpose.text(),
            occupation=self.occupation.text(),
            phone=self.phone.text(),
            email=self.email.text(),
            identity_number=self.identity_number.text(),
            applicant_kind=self.applicant_kind.currentData(),
            channel=self.channel.currentData(),
            topic=self.topic.currentData(),
            access=self.access.currentData(),
            copy_form=self.copy_form.currentData(),
            delivery=self.delivery.currentData(),
            late_entry_reason=self.late_entry_reason.text(),
        )

    def submit(self) -> None:
        """File the form, or go to the first field that is not right yet."""
        if self.is_saving:
            return
        self._tried = True
        faults = self._explain()
        if faults:
            self.note.say(_("Masih ada isian yang perlu dilengkapi; lihat kalimat di bawah isiannya."))
            next(field for name, field in self.fields.items() if name in faults).input.setFocus()
            return
        self.note.say("")
        self.is_saving = True
        self.submitted.emit(self.form())

    def refuse(self, sentence: str) -> None:
        """The desk did not save; everything typed stays."""
        self.is_saving = False
        self.note.say(sentence)

    def _explain(self) -> Mapping[str, str]:
        faults = registration_faults(self.form())
        if self.received.value_or_none() is None:
            faults["received"] = _("Tanggal ditulis seperti 22-11-2026. Periksa lagi.")
        for name, field in self.fields.items():
            field.explain(faults.get(name, ""))
        return faults

    def _follow(self) -> None:
        """Show only what the answers so far ask for, and mend the sentences of a form that was tried once."""
        wants_copy = self.access.currentData() == "copy"
        for name in ("copy_form", "delivery"):
            self.fields[name].setVisible(wants_copy)
        received = self.received.value_or_none()
        self.fields["late_entry_reason"].setVisible(received is not None and received < self._today())
        kind = self.applicant_kind.currentData()
        is_person = kind == "person"
        self.fields["identity_number"].label.setText(
            _("N&IK (boleh kosong)") if is_person else _("Nomor SK badan hukum")
        )
        self.fields["identity_number"].hint(identity_hint(kind, self.identity_number.text()) or KEPT_HERE)
        if self._tried:
            self._explain()

    def _fields(self) -> dict[str, Field]:
        return {
            "name": Field(_("&Nama pemohon"), self.name),
            "applicant_kind": Field(_("Pemohon adalah"), self.applicant_kind),
            "identity_number": Field(_("N&IK (boleh kosong)"), self.identity_number, KEPT_HERE),
            "address": Field(_("&Alamat"), self.address),
            "occupation": Field(_("Peker&jaan"), self.occupation),
            "phone": Field(_("&Telepon"), self.phone),
            "email": Field(_("Surel (&e-mail)"), self.email),
            "sought": Field(_("Informasi yang di&minta"), self.sought, _("Tulis seperti yang diucapkan pemohon.")),
            "topic": Field(_("Pokok soal"), self.topic, _("Hanya pokok soal ini yang diketahui kabupaten.")),
            "purpose": Field(_("T&ujuan penggunaan"), self.purpose),
            "access": Field(_("&Cara memperoleh"), self.access),
            "copy_form": Field(_("Bentuk salinan"), self.copy_form),
            "delivery": Field(_("Cara mendapat salinan"), self.delivery),
            "channel": Field(_("Permohonan datang lewat"), self.channel),
            "received": Field(_("Tanggal diterima"), self.received),
            "late_entry_reason": Field(_("Mengapa baru dicatat hari ini"), self.late_entry_reason),
        }

    def _build(self) -> None:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 16, 8)
        column.setSpacing(12)
        starts = {"name": _("Pemohon"), "sought": _("Informasi"), "access": _("Penyerahan"), "channel": _("Penerimaan")}
        for name, field in self.fields.items():
            if name in starts:
                heading = QLabel(starts[name])
                heading.setProperty("role", "section")
                column.addSpacing(4)
                column.addWidget(heading)
            field.setMaximumWidth(WIDTH)
            column.addWidget(field)
        column.addStretch(1)
        self._walker = EnterWalks(sheet)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 16, 24, 16)
        page.setSpacing(12)
        heading = QLabel(_("Permohonan baru"))
        heading.setProperty("role", "title")
        page.addWidget(heading)
        page.addWidget(FormScroll(sheet), 1)
        page.addWidget(self.note)
        row = QHBoxLayout()
        keys = QLabel(_("Enter: isian berikutnya (kotak besar: Tab) · Ctrl+Enter: daftarkan"))
        keys.setProperty("role", "quiet")
        row.addWidget(keys, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        page.addLayout(row)
        self.save.setProperty("kind", "main")

    def _connect(self) -> None:
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            keys = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.setAutoRepeat(False)
            keys.activated.connect(self.submit)
        escape = QShortcut(QKeySequence("Escape"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)
        for field in self.fields.values():
            edit = field.input
            if isinstance(edit, QComboBox):
                edit.currentIndexChanged.connect(self._follow)
            elif isinstance(edit, TextEdit | QLineEdit):
                edit.textChanged.connect(self._follow)


def _choice(choices: Mapping[str, str]) -> QComboBox:
    box = QComboBox()
    for value, words in choices.items():
        box.addItem(words[0].upper() + words[1:], value)
    return box
