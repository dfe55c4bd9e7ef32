"""The answer that the information is given: when, in which form, at what cost."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from desk.foi import rules
from desk.foi.commands import AnswerRequest
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import EnterWalks, Field, TextEdit
from ui.parts.money import MoneyEdit


class AnswerPanel(QFrame):
    """Opens below the record; saved with Ctrl+Enter."""

    submitted = Signal(object)
    """An `AnswerRequest`."""
    closed = Signal()

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._today = today
        self._request = b""
        self.is_saving = False
        self._received = dt.date.min
        self.setProperty("surface", "quiet")
        self.day, self.form, self.fee, self.note = DateEdit(today()), QComboBox(), MoneyEdit(), TextEdit(2)
        for value, words in rules.COPY_FORMS.items():
            self.form.addItem(words[0].upper() + words[1:], value)
        self.fields: Mapping[str, Field] = {
            "day": Field(_("&Tanggal jawaban"), self.day),
            "form": Field(_("&Bentuk informasi"), self.form),
            "fee": Field(_("Bia&ya (kosong: gratis)"), self.fee),
            "note": Field(_("&Catatan"), self.note, _("Misalnya: salinan RAB 4 lembar, diambil sendiri.")),
        }
        self.trouble = Note("late")
        self.save, self.cancel = QPushButton(_("&Simpan jawaban")), QPushButton(_("Batal"))
        self._build()

    def begin(self, request: bytes, received: dt.date) -> None:
        """A new answer to a request."""
        self._request, self._received = request, received
        self.day.put(self._today())
        self.fee.put(None)
        self.note.setPlainText("")
        self.trouble.say("")
        self.is_saving = False
        for field in self.fields.values():
            field.explain("")
        self.day.setFocus()

    def submit(self) -> None:
        """File the answer, or say beside the field what is missing."""
        if self.is_saving:
            return
        day, today = self.day.value_or_none(), self._today()
        form = str(self.form.currentData())
        faults: dict[str, str] = {"day": _("Tanggal ditulis seperti 22-11-2026. Periksa lagi.")}
        if day is not None:
            faults = rules.answer_faults(day=day, received=self._received, today=today, form=form)
        if self.fee.fault():
            faults["fee"] = self.fee.fault()
        for name, field in self.fields.items():
            field.explain(faults.get(name, ""))
        if faults or day is None:
            self.fields[next(iter(faults))].input.setFocus()
            return
        self.is_saving = True
        fee = self.fee.value() or Decimal(0)
        self.submitted.emit(AnswerRequest(self._request, day, today, form, fee, self.note.text()))

    def refuse(self, sentence: str) -> None:
        """The desk did not save; everything typed stays."""
        self.is_saving = False
        self.trouble.say(sentence)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        heading = QLabel(_("Beri jawaban: informasi diberikan"))
        heading.setProperty("role", "section")
        column.addWidget(heading)
        for field in self.fields.values():
            column.addWidget(field)
        column.addWidget(self.trouble)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        column.addLayout(row)
        self.save.setProperty("kind", "main")
        self._walker = EnterWalks(self)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            keys = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.setAutoRepeat(False)
            keys.activated.connect(self.submit)
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)
