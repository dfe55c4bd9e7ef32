"""One act on an open request beside its answer: when, on what basis, and why, in a small form below the record."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QPushButton, QVBoxLayout

from desk.desk import Command
from desk.foi import life
from desk.foi.commands import Assign, Extend, MoveDue
from desk.foi.endings import Close, HandOver, Lapse, MakeReady, Reopen, Void, Withdraw
from desk.foi.queries import Detail
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import EnterWalks, Field, TextEdit
from ui.parts.money import MoneyEdit

EXPLAINED: Mapping[str, str] = {
    "assigned": _("Siapa yang memegang informasinya? Batas waktu jawaban tidak berubah."),
    "extended": _("Hanya satu kali, sebelum batas waktunya lewat, paling lama tujuh hari kerja (Pasal 22 ayat (8))."),
    "ready": _("Salinannya sudah siap; pemohon dapat dikabari."),
    "handed_over": _("Pemohon menerima informasinya dan menandatangani tanda terima."),
    "closed": _("Tidak ada lagi yang ditunggu."),
    "reopened": _("Permohonan dikerjakan lagi; jawaban yang lama tetap tersimpan."),
    "due_moved": _("Daftar hari libur berubah dan batas waktunya menjadi lebih lambat. Pemohon diberi tahu tertulis."),
    "withdrawn": _("Pemohon mencabut permohonannya secara tertulis."),
    "lapsed": _("Yang kurang tidak pernah dilengkapi. Langkah ini selalu diputuskan orang, tidak pernah otomatis."),
    "void": _("Salah catat. Nomornya tetap terpakai dan tidak dipakai lagi."),
}
"""What each act does, said before it is done."""

NOTES: Mapping[str, str] = {
    "assigned": _("&Diteruskan kepada"),
    "extended": _("&Alasan tertulis"),
    "void": _("&Alasan"),
    "withdrawn": _("&Alasan pemohon"),
    "lapsed": _("&Alasan"),
    "reopened": _("&Alasan"),
}
"""What the words of an act are; a plain note where nothing stands here."""


class ActPanel(QFrame):
    """Opens below the record for one act; its buttons stand at the record's foot; Ctrl+Enter saves."""

    submitted = Signal(object)
    """A command."""
    closed = Signal()

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._today = today
        self._kind = "closed"
        self._detail: Detail | None = None
        self.is_saving = False
        self.setProperty("surface", "quiet")
        self.heading, self.explained = QLabel(), QLabel()
        self.day, self.basis, self.note = DateEdit(today()), QComboBox(), TextEdit(2)
        self.fee, self.by = MoneyEdit(), DateEdit()
        self.fields: Mapping[str, Field] = {
            "day": Field(_("&Tanggal"), self.day),
            "basis": Field(_("&Dasar"), self.basis),
            "fee": Field(_("Bia&ya (kosong: gratis)"), self.fee),
            "by": Field(_("&Batas waktu dari putusan (boleh kosong)"), self.by),
            "note": Field(_("&Catatan"), self.note),
        }
        self.trouble = Note("late")
        self.save, self.cancel = QPushButton(_("&Simpan")), QPushButton(_("Batal"))
        self.cancel.setProperty("aside", True)
        self._build()

    def begin(self, kind: str, detail: Detail) -> None:
        """A new act of a kind of `life.ACTS` on a request."""
        self._kind, self._detail = kind, detail
        self.heading.setText(life.ACTS[kind])
        self.explained.setText(EXPLAINED[kind])
        self.day.put(self._today())
        self.by.put(None)
        self.fee.put(None)
        self.note.setPlainText("")
        self.basis.clear()
        for key, words in life.BASES.get(kind, {}).items():
            self.basis.addItem(words[0].upper() + words[1:], key)
        self.fields["note"].label.setText(NOTES.get(kind, _("&Catatan (boleh kosong)")))
        for name, is_wanted in (
            ("basis", kind in life.BASES), ("fee", kind == "ready"), ("by", kind == "reopened"),
            ("note", kind != "due_moved"),
        ):  # fmt: skip
            self.fields[name].setVisible(is_wanted)
        self.trouble.say("")
        self.is_saving = False
        for field in self.fields.values():
            field.explain("")
        self.day.setFocus()

    def submit(self) -> None:
        """File the act, or say beside the field what is missing."""
        if self.is_saving or self._detail is None:
            return
        day, faults = self.day.value_or_none(), self._faults()
        for name, field in self.fields.items():
            field.explain(faults.get(name, ""))
        if faults or day is None:
            self.fields[next(iter(faults))].input.setFocus()
            return
        self.is_saving = True
        self.submitted.emit(self._command(self._detail.line.id, day))

    def refuse(self, sentence: str) -> None:
        """The desk did not save; everything typed stays."""
        self.is_saving = False
        self.trouble.say(sentence)

    def _faults(self) -> dict[str, str]:
        assert self._detail is not None
        day = self.day.value_or_none()
        if day is None:
            return {"day": _("Tanggal ditulis seperti 22-11-2026. Periksa lagi.")}
        story = self._detail.story
        faults = life.step_faults(
            self._kind,
            day=day,
            since=story[-1].day if len(story) > 1 else self._detail.line.received,
            today=self._today(),
            promised=self._detail.line.due,
            note=self.note.text(),
            basis=str(self.basis.currentData() or ""),
        )
        if self.fee.fault():
            faults["fee"] = self.fee.fault()
        if self.by.text().strip() and self.by.value_or_none() is None:
            faults["by"] = _("Tanggal ditulis seperti 22-11-2026. Periksa lagi.")
        return faults

    def _command(self, request: bytes, day: dt.date) -> Command[Any]:
        words, basis = self.note.text(), str(self.basis.currentData() or "")
        made: dict[str, Callable[[], Command[Any]]] = {
            "assigned": lambda: Assign(request, day, words),
            "extended": lambda: Extend(request, day, basis, words),
            "ready": lambda: MakeReady(request, day, self.fee.value() or Decimal(0), words),
            "handed_over": lambda: HandOver(request, day, words),
            "closed": lambda: Close(request, day, words),
            "reopened": lambda: Reopen(request, day, basis, words, self.by.value_or_none()),
            "due_moved": lambda: MoveDue(request, day),
            "withdrawn": lambda: Withdraw(request, day, words),
            "lapsed": lambda: Lapse(request, day, words),
            "void": lambda: Void(request, day, words),
        }
        return made[self._kind]()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        self.heading.setProperty("role", "section")
        self.explained.setWordWrap(True)
        column.addWidget(self.heading)
        column.addWidget(self.explained)
        for field in self.fields.values():
            column.addWidget(field)
        column.addWidget(self.trouble)
        self.save.setProperty("kind", "main")
        self._walker = EnterWalks(self)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            keys = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.setAutoRepeat(False)
            keys.activated.connect(self.submit)
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)
