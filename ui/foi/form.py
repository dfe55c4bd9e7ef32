"""The request form: one column in the order of the paper form, for the keyboard alone, with what is wrong beside it."""

import datetime as dt
from collections.abc import Callable, Mapping
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.foi import rules
from desk.foi.about import Subjects, subjects
from desk.foi.queries import Detail, Person
from desk.foi.rules import (
    RequestForm,
    applicant_faults,
    identity_hint,
    incomplete_faults,
    registration_faults,
    wanted_papers,
)
from ui.foi.hints import Hints
from ui.foi.papers import PaperTicks
from ui.foi.subject import SubjectChoice
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import EnterWalks, Field, TextEdit
from ui.parts.scroll import FormScroll
from ui.work import Work

WIDTH = 640
"""Widest a field gets, pixels: longer lines are hard to read."""

IDENTITY = ("name", "identity_number", "address", "occupation", "phone", "email", "proxy")
"""What may be put right after a request was entered; the request itself stays as it was made."""

NUMBERS = {
    "person": _("N&IK (boleh kosong)"),
    "body": _("Nomor SK badan hukum (boleh kosong)"),
    "group": _("N&IK yang mewakili (boleh kosong)"),
}
"""What the number beside the name is, for each kind of applicant."""

KEPT_HERE = _("Nama, alamat dan nomor pemohon hanya ada di komputer ini; tidak dikirim ke kabupaten.")
"""What the citizen may be told about the fields of identity."""


class RequestFormPanel(QWidget):
    """A citizen stands here: fields of the statutory form, then Daftarkan."""

    submitted = Signal(object)
    """A `RequestForm` without faults."""
    half = Signal(object)
    """A `RequestForm` whose missing parts the citizen will bring later."""
    corrected = Signal(object)
    """A `RequestForm` with the identity put right."""
    closed = Signal()

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._today = today
        self._work: Work | None = None
        self._tried = self.is_saving = False
        self.received = DateEdit(today())
        self.late_entry_reason = QLineEdit()
        self.channel, self.applicant_kind = _choice(rules.CHANNELS), _choice(rules.APPLICANT_KINDS)
        self.name, self.identity_number, self.occupation = QLineEdit(), QLineEdit(), QLineEdit()
        self.address, self.sought, self.purpose = QLineEdit(), TextEdit(4), TextEdit(2)
        self.proxy, self.papers, self.further = QLineEdit(), PaperTicks(), TextEdit(2)
        self.phone, self.email = QLineEdit(), QLineEdit()
        self.topic, self.about, self.access = _choice(rules.TOPICS), SubjectChoice(), _choice(rules.ACCESS)
        self.copy_form, self.delivery = _choice(rules.COPY_FORMS), _choice(rules.DELIVERIES)
        self.hints = Hints(self.sought.text, self._is_own)
        self.fields = self._fields()
        self.heading = QLabel()
        self.save, self.later = QPushButton(_("&Daftarkan")), QPushButton(_("Catat be&lum lengkap"))
        self.completes: Detail | None = None
        """The request this form completes or corrects; None for a new one."""
        self.is_correcting = False
        self.cancel = QPushButton(_("Batal"))
        self.note = Note("late")
        self._build()
        self._connect()
        self._follow()

    def serve(self, work: Work) -> None:
        """Where to ask for what the fields offer."""
        self._work = work
        self.hints.serve(work)

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever stands here may ask about an activity that was written down since."""
        super().showEvent(event)
        if self._work is not None:
            self._work.ask(subjects, self._today().year, done=self._offer)

    def _offer(self, found: Subjects) -> None:
        self.about.offer(found)

    def clear(self) -> None:
        """An empty form for the next citizen."""
        self._tried = False
        self._start(None)
        self.papers.put(())
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

    def fill(self, detail: Detail, known: Person, *, is_correcting: bool = False) -> None:
        """The form of a request again, with what it says so far: to be completed, or its identity put right."""
        self.clear()
        self._start(detail, is_correcting=is_correcting)
        for edit, text in (
            (self.name, known.name), (self.identity_number, known.identity_number), (self.address, known.address),
            (self.occupation, known.occupation), (self.phone, known.phone), (self.email, known.email),
            (self.proxy, known.proxy), (self.late_entry_reason, detail.late_entry_reason),
        ):  # fmt: skip
            edit.setText(text)
        asked = [item.sought for item in detail.items]
        self.sought.setPlainText(asked[0])
        self.further.setPlainText("\n".join(asked[1:]))
        self.purpose.setPlainText(detail.purpose)
        for box, key in (
            (self.applicant_kind, detail.applicant_kind), (self.channel, detail.channel), (self.access, detail.access),
            (self.topic, detail.line.topic), (self.copy_form, detail.copy_form), (self.delivery, detail.delivery),
        ):  # fmt: skip
            box.setCurrentIndex(max(0, box.findData(key)))
        self.about.put(detail.project, detail.activity, detail.project_name)
        self.papers.put(detail.papers)
        self.received.put(detail.line.received)
        self._tried = True
        self._follow()

    def _start(self, detail: Detail | None, *, is_correcting: bool = False) -> None:
        self.completes, self.is_correcting = detail, is_correcting
        is_new = detail is None
        said = _("Betulkan identitas {label}") if is_correcting else _("Lengkapi {label}")
        self.heading.setText(said.format(label=detail.line.label) if detail else _("Permohonan baru"))
        done = _("&Simpan pembetulan") if is_correcting else _("&Simpan, sudah lengkap")
        self.save.setText(_("&Daftarkan") if is_new else done)
        for name, field in self.fields.items():
            field.setVisible(name in IDENTITY or not is_correcting)
        for heading in self._headings[1:]:
            heading.setVisible(not is_correcting)
        for name in ("sought", "further", "channel", "received"):
            self.fields[name].setEnabled(is_new)

    def _is_own(self, request: bytes) -> bool:
        return self.completes is not None and self.completes.line.id == request

    @property
    def typed(self) -> dict[str, QWidget]:
        """The inputs a draft keeps, by name: ticks one by one."""
        inputs: dict[str, QWidget] = {name: field for name, field in self.fields.items() if name != "papers"}
        return inputs | {f"paper.{key}": tick for key, tick in self.papers.ticks.items()}

    def put_bar(self, bar: QWidget) -> None:
        """Let a bar that offers an older draft stand over the form."""
        self._column.insertWidget(1, bar)

    def resume(self) -> None:
        """The fields were filled from a draft: show what they ask for, and take the keyboard."""
        self._follow()
        self.name.setFocus()

    def is_touched(self) -> bool:
        """Whether something was typed that would be lost."""
        edits = (
            self.name, self.identity_number, self.address, self.occupation, self.phone, self.email, self.sought,
            self.purpose, self.late_entry_reason, self.proxy, self.further,
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
            project=self.about.project,
            activity=self.about.activity,
            access=self.access.currentData(),
            copy_form=self.copy_form.currentData(),
            delivery=self.delivery.currentData(),
            late_entry_reason=self.late_entry_reason.text(),
            more=tuple(line.strip() for line in self.further.text().splitlines() if line.strip()),
            proxy=self.proxy.text(),
            papers=self.papers.shown(),
        )

    def submit(self) -> None:
        """File the form, or go to the first field that is not right yet."""
        if self.is_saving:
            return
        self._tried = True
        faults = self._explain()
        self._follow()
        if faults:
            self.note.say(_("Masih ada isian yang perlu dilengkapi; lihat kalimat di bawah isiannya."))
            next(field for name, field in self.fields.items() if name in faults).input.setFocus()
            return
        self.note.say("")
        self.is_saving = True
        (self.corrected if self.is_correcting else self.submitted).emit(self.form())

    def submit_half(self) -> None:
        """File what there is; the rest is asked for in writing."""
        if self.is_saving:
            return
        faults = incomplete_faults(self.form())
        if self.received.value_or_none() is None:
            faults["received"] = _("Tanggal ditulis seperti 22-11-2026. Periksa lagi.")
        if faults:
            self._tried = True
            self._explain()
            self.note.say(_("Nama pemohon dan informasi yang diminta harus ada; selebihnya boleh menyusul."))
            next(field for name, field in self.fields.items() if name in faults).input.setFocus()
            return
        self.is_saving = True
        self.half.emit(self.form())

    def refuse(self, sentence: str) -> None:
        """The desk did not save; everything typed stays."""
        self.is_saving = False
        self.note.say(sentence)

    def _explain(self) -> Mapping[str, str]:
        faults = (applicant_faults if self.is_correcting else registration_faults)(self.form())
        if self.received.value_or_none() is None:
            faults["received"] = _("Tanggal ditulis seperti 22-11-2026. Periksa lagi.")
        faults = {name: fault for name, fault in faults.items() if name in IDENTITY or not self.is_correcting}
        for name, field in self.fields.items():
            field.explain(faults.get(name, ""))
        return faults

    def _follow(self) -> None:
        """Show only what the answers so far ask for, and mend the sentences of a form that was tried once."""
        wants_copy = self.access.currentData() == "copy"
        for name in ("copy_form", "delivery"):
            self.fields[name].setVisible(wants_copy and not self.is_correcting)
        received = self.received.value_or_none()
        self.fields["late_entry_reason"].setVisible(
            received is not None and received < self._today() and not self.is_correcting
        )
        kind = self.applicant_kind.currentData()
        self.fields["identity_number"].label.setText(NUMBERS[kind])
        self.fields["identity_number"].hint(identity_hint(kind, self.identity_number.text()) or KEPT_HERE)
        self.fields["about"].setVisible(not (self.about.is_empty or self.is_correcting))
        form = self.form()
        self.papers.ask_for(wanted_papers(form))
        self.fields["papers"].setVisible(bool(wanted_papers(form)) and not self.is_correcting)
        self.later.setVisible(self.completes is None and self._tried and bool(registration_faults(form)))
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
            "proxy": Field(_("Diwakili oleh (boleh kosong)"), self.proxy),
            "papers": Field(_("Surat yang sudah dilihat"), self.papers),
            "sought": Field(_("Informasi yang di&minta"), self.sought, _("Tulis seperti yang diucapkan pemohon.")),
            "further": Field(_("Hal lain yang diminta, satu per baris (boleh kosong)"), self.further),
            "topic": Field(_("Pokok soal"), self.topic, _("Hanya pokok soal ini yang diketahui kabupaten.")),
            "about": Field(_("Tentang kegiatan (boleh kosong)"), self.about),
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
        self._headings: list[QLabel] = []
        starts = {"name": _("Pemohon"), "sought": _("Informasi"), "access": _("Penyerahan"), "channel": _("Penerimaan")}
        for name, field in self.fields.items():
            if name in starts:
                heading = QLabel(starts[name])
                heading.setProperty("role", "section")
                self._headings.append(heading)
                column.addSpacing(4)
                column.addWidget(heading)
            field.setMaximumWidth(WIDTH)
            column.addWidget(field)
            if name == "sought":
                column.addWidget(self.hints)
        column.addStretch(1)
        self._walker = EnterWalks(sheet)
        self._column = page = QVBoxLayout(self)
        page.setContentsMargins(24, 16, 24, 16)
        page.setSpacing(12)
        self.heading.setProperty("role", "title")
        page.addWidget(self.heading)
        page.addWidget(FormScroll(sheet), 1)
        page.addWidget(self.note)
        row = QHBoxLayout()
        keys = QLabel(_("Enter: isian berikutnya (kotak besar: Tab) · Ctrl+Enter: daftarkan"))
        keys.setProperty("role", "quiet")
        keys.setWordWrap(True)
        row.addWidget(keys, 1)
        for button in (self.cancel, self.later, self.save):
            row.addWidget(button)
        page.addLayout(row)
        self.save.setProperty("kind", "main")
        for button in (self.cancel, self.later):
            button.setProperty("aside", True)

    def _connect(self) -> None:
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            keys = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.setAutoRepeat(False)
            keys.activated.connect(self.submit)
        escape = QShortcut(QKeySequence("Escape"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)
        self.save.clicked.connect(self.submit)
        self.later.clicked.connect(self.submit_half)
        self.papers.changed.connect(self._follow)
        self.sought.textChanged.connect(self.hints.follow)
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
