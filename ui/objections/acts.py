"""One act on an open objection: when, with what outcome, by whom and why, in a small form below the record."""

import datetime as dt
from collections.abc import Callable, Mapping
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout

from desk.objections import rules
from desk.objections.commands import TakeStep
from desk.objections.queries import Detail
from ui.objections.words import sentence
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import EnterWalks, Field, TextEdit

EXPLAINED: Mapping[str, str] = {
    "reviewing": _("Atasan PPID mulai memeriksa keberatan ini. Batas waktu tanggapannya tidak berubah."),
    "answered": _("Tanggapan tertulis atasan PPID kepada pemohon (Pasal 36 ayat (2) dan (3))."),
    "settled": _("Kedua pihak sepakat lewat musyawarah (Pasal 35 ayat (2)). Tulis apa yang disepakati."),
    "carried_out": _("Yang diputuskan atau disepakati sudah diberikan kepada pemohon."),
    "closed": _("Tidak ada lagi yang ditunggu."),
    "filed": _("Pemohon membawa keberatannya ke Komisi Informasi (Pasal 37)."),
    "mediation": _("Kedua pihak dipertemukan mediator Komisi Informasi."),
    "adjudication": _("Sidang ajudikasi di Komisi Informasi."),
    "ruling": _("Komisi Informasi memutus sengketanya. Tulis nomor dan isi putusan."),
    "withdrawn": _("Pemohon mencabut keberatannya. Catatannya tetap tersimpan."),
}
"""What each act is, said before it is done."""

NOTES: Mapping[str, str] = {
    "answered": _("&Alasan dan pertimbangan"),
    "settled": _("&Isi kesepakatan"),
    "ruling": _("Nomor dan &isi putusan"),
    "withdrawn": _("&Alasan pemohon"),
    "filed": _("Nomor register sengketa (boleh kosong)"),
}
"""What the words of an act are; a plain note where nothing stands here."""

DECIDED = ("answered", "ruling")
"""Acts with an outcome."""


class ActPanel(QFrame):
    """Opens below the record for one act; saved with Ctrl+Enter.

    Its buttons, and the sentence of an act that was not saved, stand at the foot of the record, always in sight.
    """

    submitted = Signal(object)
    """A `TakeStep`."""
    closed = Signal()

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._today = today
        self._kind = "closed"
        self._detail: Detail | None = None
        self.is_saving = False
        self.setProperty("surface", "quiet")
        self.heading, self.explained = QLabel(), QLabel()
        self.day, self.outcome, self.official = DateEdit(today()), QComboBox(), QLineEdit()
        self.note, self.reply = TextEdit(3), TextEdit(2)
        for key, words in rules.OUTCOMES.items():
            self.outcome.addItem(sentence(words), key)
        self.fields: Mapping[str, Field] = {
            "day": Field(_("&Tanggal"), self.day),
            "outcome": Field(_("&Putusan"), self.outcome),
            "official": Field(_("Nama dan &jabatan yang menanggapi"), self.official),
            "note": Field(_("&Catatan"), self.note),
            "reply": Field(_("Tanggapan pemohon (boleh kosong)"), self.reply),
        }
        self.trouble = Note("late")
        self.save, self.cancel = QPushButton(_("&Simpan")), QPushButton(_("Batal"))
        self.cancel.setProperty("aside", True)
        self._build()

    def begin(self, kind: str, detail: Detail, superior: str) -> None:
        """A new act of a kind of `rules.ACTS` on an objection; `superior` is who usually answers, "" if unknown."""
        self._kind, self._detail = kind, detail
        self.heading.setText(rules.ACTS[kind])
        self.explained.setText(EXPLAINED[kind])
        self.day.put(self._today())
        self.outcome.setCurrentIndex(-1)
        self.official.setText(superior)
        self.note.setPlainText("")
        self.reply.setPlainText("")
        self.fields["note"].label.setText(NOTES.get(kind, _("&Catatan (boleh kosong)")))
        for name in ("official", "reply"):
            self.fields[name].setVisible(kind == "answered")
        self.fields["outcome"].setVisible(kind in DECIDED)
        self.trouble.say("")
        self.is_saving = False
        for field in self.fields.values():
            field.explain("")
        self.day.setFocus()

    def is_touched(self) -> bool:
        """Whether something was typed that would be lost."""
        return not self.isHidden() and bool(self.note.text().strip() or self.reply.text().strip() or self._outcome())

    def insist(self) -> None:
        """Somebody wants to leave: say that this is not saved yet."""
        self.trouble.say(_("Langkah ini belum disimpan. Simpan dulu, atau pilih Batal."))
        self.save.setFocus()

    def submit(self) -> None:
        """File the act, or say beside the field what is missing."""
        if self.is_saving or self._detail is None:
            return
        day, faults = self.day.value_or_none(), self._faults(self._detail)
        for name, field in self.fields.items():
            field.explain(faults.get(name, ""))
        if faults or day is None:
            next(field for name, field in self.fields.items() if name in faults).input.setFocus()
            return
        self.is_saving = True
        is_answer = self._kind == "answered"
        self.submitted.emit(
            TakeStep(
                self._detail.line.id,
                self._kind,
                day,
                note=self.note.text(),
                outcome=self._outcome(),
                official=self.official.text() if is_answer else "",
                reply=self.reply.text() if is_answer else "",
            )
        )

    def refuse(self, said: str) -> None:
        """The desk did not save; everything typed stays."""
        self.is_saving = False
        self.trouble.say(said)

    def _outcome(self) -> str:
        return str(self.outcome.currentData() or "") if self._kind in DECIDED else ""

    def _faults(self, detail: Detail) -> dict[str, str]:
        day = self.day.value_or_none()
        if day is None:
            return {"day": _("Tanggal ditulis seperti 22-11-2026. Periksa lagi.")}
        story = detail.story
        return rules.step_faults(
            self._kind,
            day=day,
            since=story[-1].day if len(story) > 1 else detail.line.received,
            today=self._today(),
            outcome=self._outcome(),
            note=self.note.text(),
            official=self.official.text(),
        )

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        self.heading.setProperty("role", "section")
        self.explained.setWordWrap(True)
        self.outcome.setPlaceholderText(_("Pilih putusannya"))
        column.addWidget(self.heading)
        column.addWidget(self.explained)
        for field in self.fields.values():
            column.addWidget(field)
        self.save.setProperty("kind", "main")
        self._walker = EnterWalks(self)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            keys = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.setAutoRepeat(False)
            keys.activated.connect(self.submit)
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)
