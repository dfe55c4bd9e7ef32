"""The objection form: one column in the order of the paper form, for the keyboard alone, with faults beside fields."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.foi.queries import detail
from desk.objections import rules
from desk.objections.queries import Filing, filing
from desk.objections.rules import ObjectionForm
from ui.objections.grounds import HINT, GroundTicks
from ui.objections.words import sentence
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import EnterWalks, Field, TextEdit
from ui.parts.scroll import FormScroll
from ui.parts.unsaved import Unsaved

WIDTH = 760
"""Widest a field gets, pixels: a ground and whether it is in time stand on one line."""

KEPT_HERE = _("Nama, alamat dan nomor kuasa hanya ada di komputer ini; tidak dikirim ke kabupaten.")
"""What may be told about the fields of the proxy."""


@dataclass(frozen=True)
class Basis:
    """The request an objection is brought against, as far as its form needs it."""

    filing: Filing
    received: dt.date
    sought: str
    is_open_to_objection: bool


def basis(conn: Any, request: bytes, today: dt.date) -> Basis | None:
    """Look a request up for the form; None where there is none."""
    window, known = filing(conn, request), detail(conn, request, today)
    if window is None or known is None:
        return None
    sought = "; ".join(item.sought for item in known.items) or known.line.sought
    return Basis(window, known.line.received, sought, known.line.state not in ("void", "incomplete"))


class ObjectionFormPanel(QWidget):
    """The applicant, or somebody for them, stands here or has written."""

    submitted = Signal(object)
    """An `ObjectionForm` without faults."""
    closed = Signal()
    """Back; nothing typed is lost by it."""
    dropped = Signal()
    """What was typed was thrown away, or there was nothing."""

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._today = today
        self._tried = self.is_saving = False
        self._wanted: Callable[[], None] = self.closed.emit
        self.basis: Basis | None = None
        self.proxy_name, self.proxy_address, self.proxy_phone = QLineEdit(), QLineEdit(), QLineEdit()
        self.grounds, self.matter = GroundTicks(), TextEdit(4)
        self.channel, self.received, self.late_entry_reason = QComboBox(), DateEdit(today()), QLineEdit()
        for key, words in rules.CHANNELS.items():
            self.channel.addItem(sentence(words), key)
        self.fields = self._fields()
        self.heading, self.sought = QLabel(), QLabel()
        self.asking = Unsaved(_("Keberatan ini belum disimpan."))
        self.save, self.cancel = QPushButton(_("&Catat keberatan")), QPushButton(_("Batal"))
        self.cancel.setProperty("aside", True)
        self.note = Note("late")
        self._build()
        self._connect()

    @property
    def request(self) -> bytes:
        """The request the form is about; empty before there is one."""
        return self.basis.filing.request if self.basis else b""

    def start(self, basis: Basis) -> None:
        """An empty form about a request."""
        self.clear()
        self.basis = basis
        self.heading.setText(_("Keberatan atas {label}").format(label=basis.filing.label))
        self.sought.setText(basis.sought)
        self._follow()

    @property
    def typed(self) -> dict[str, QWidget]:
        """The inputs a draft keeps, by name: grounds one by one."""
        inputs: dict[str, QWidget] = {name: field for name, field in self.fields.items() if name != "grounds"}
        return inputs | {f"ground.{ground}": tick for ground, tick in self.grounds.ticks.items()}

    def draft_name(self) -> str:
        """What a draft of this form is known by: the request, and who brings the objection."""
        said = (self.basis.filing.label if self.basis else "", " ".join(self.proxy_name.text().split()))
        return ", ".join(text for text in said if text)

    def put_bar(self, bar: QWidget) -> None:
        """Let a bar that offers an older draft stand over the form."""
        self._column.insertWidget(2, bar)

    def resume(self) -> None:
        """The fields were filled from a draft: show what they ask for, and take the keyboard."""
        self._follow()
        self.begin()

    def clear(self) -> None:
        """Forget what was typed."""
        self._tried = self.is_saving = False
        self.basis = None
        self.grounds.clear()
        for edit in (self.proxy_name, self.proxy_address, self.proxy_phone, self.late_entry_reason):
            edit.clear()
        self.matter.setPlainText("")
        self.channel.setCurrentIndex(0)
        self.received.put(self._today())
        for field in self.fields.values():
            field.explain("")
        self.note.say("")
        self.asking.hide()

    def is_touched(self) -> bool:
        """Whether something was typed that would be lost."""
        edits = (self.proxy_name, self.proxy_address, self.proxy_phone, self.matter, self.late_entry_reason)
        return bool(self.grounds.chosen()) or any(edit.text().strip() for edit in edits)

    def begin(self) -> None:
        """The keyboard starts in the first field."""
        self.proxy_name.setFocus()

    def leave(self, then: Callable[[], None]) -> None:
        """Go on, but ask first where typed words would be lost."""
        if self.is_touched():
            self._wanted = then
            self.asking.ask()
        else:
            self.clear()
            self.dropped.emit()
            then()

    def form(self) -> ObjectionForm:
        """The form as it stands."""
        return ObjectionForm(
            received=self.received.value_or_none() or dt.date.max,
            registered=self._today(),
            grounds=self.grounds.chosen(),
            matter=self.matter.text(),
            channel=str(self.channel.currentData()),
            proxy_name=self.proxy_name.text(),
            proxy_address=self.proxy_address.text(),
            proxy_phone=self.proxy_phone.text(),
            late_entry_reason=self.late_entry_reason.text(),
        )

    def submit(self) -> None:
        """File the form, or go to the first field that is not right yet."""
        if self.is_saving or self.basis is None:
            return
        self._tried = True
        self.asking.hide()
        faults = self._explain(self.basis)
        self._follow()
        if faults:
            self.note.say(_("Masih ada isian yang perlu dilengkapi; lihat kalimat di bawah isiannya."))
            first = next(field for name, field in self.fields.items() if name in faults)
            first.input.setFocus()
            # The sentence below the field has its place only after the layout has run.
            QTimer.singleShot(0, lambda: self._bring_into_sight(first))
            return
        self.note.say("")
        self.is_saving = True
        self.submitted.emit(self.form())

    def refuse(self, said: str) -> None:
        """The desk did not save; everything typed stays."""
        self.is_saving = False
        self.note.say(said)

    def _bring_into_sight(self, field: Field) -> None:
        self.sheet.ensureWidgetVisible(field, 0, 8)
        focused = self.focusWidget()
        if focused is not None and field.isAncestorOf(focused):
            self.sheet.ensureWidgetVisible(focused, 0, 32)

    def _explain(self, basis: Basis) -> Mapping[str, str]:
        faults = rules.form_faults(self.form(), basis.received)
        if self.received.value_or_none() is None:
            faults["received"] = _("Tanggal ditulis seperti 22-11-2026. Periksa lagi.")
        for name, field in self.fields.items():
            field.explain(faults.get(name, ""))
        return faults

    def _follow(self) -> None:
        """Show only what the answers so far ask for, and mend the sentences of a form that was tried once."""
        received = self.received.value_or_none()
        self.fields["late_entry_reason"].setVisible(received is not None and received < self._today())
        for name in ("proxy_address", "proxy_phone"):
            self.fields[name].setVisible(bool(self.proxy_name.text().strip()))
        if self.basis is not None:
            self.grounds.show_windows(self.basis.filing.windows, received or self._today())
            if self._tried:
                self._explain(self.basis)

    def _discard(self) -> None:
        then, self._wanted = self._wanted, self.closed.emit
        self.clear()
        self.dropped.emit()
        then()

    def _fields(self) -> dict[str, Field]:
        return {
            "proxy_name": Field(_("&Kuasa pemohon (kosong: pemohon sendiri)"), self.proxy_name, KEPT_HERE),
            "proxy_address": Field(_("&Alamat kuasa"), self.proxy_address),
            "proxy_phone": Field(_("&Telepon kuasa (boleh kosong)"), self.proxy_phone),
            "grounds": Field(_("A&lasan keberatan (Pasal 35 ayat (1))"), self.grounds, HINT),
            "matter": Field(_("&Duduk perkara"), self.matter, _("Tulis seperti yang diceritakan pemohon.")),
            "channel": Field(_("Dia&jukan dengan cara"), self.channel),
            "received": Field(_("Tanggal diteri&ma"), self.received),
            "late_entry_reason": Field(_("Mengapa baru dicatat hari ini"), self.late_entry_reason),
        }

    def _build(self) -> None:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 16, 8)
        column.setSpacing(12)
        for name, field in self.fields.items():
            if name in _STARTS:
                heading = QLabel(_STARTS[name])
                heading.setProperty("role", "section")
                column.addWidget(heading)
            field.setMaximumWidth(WIDTH)
            column.addWidget(field)
        column.addStretch(1)
        self._walker = EnterWalks(sheet)
        for tick in self.grounds.ticks.values():
            tick.installEventFilter(self._walker)
        self._column = page = QVBoxLayout(self)
        page.setContentsMargins(24, 16, 24, 16)
        page.setSpacing(12)
        self.heading.setProperty("role", "title")
        self.sought.setProperty("role", "quiet")
        self.sought.setWordWrap(True)
        self.sought.setTextFormat(Qt.TextFormat.PlainText)
        for widget in (self.heading, self.sought, self.asking):
            page.addWidget(widget)
        self.sheet = FormScroll(sheet)
        page.addWidget(self.sheet, 1)
        page.addWidget(self.note)
        row = QHBoxLayout()
        keys = QLabel(_("Enter: isian berikutnya (kotak besar: Tab) · Ctrl+Enter: simpan"))
        keys.setWordWrap(True)
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
        for pressed in (escape.activated, self.cancel.clicked):
            pressed.connect(lambda: self.leave(self.closed.emit))
        self.save.clicked.connect(self.submit)
        self.asking.keep.connect(self.submit)
        self.asking.discard.connect(self._discard)
        self.grounds.changed.connect(self._follow)
        self.channel.currentIndexChanged.connect(self._follow)
        for edit in (self.proxy_name, self.proxy_address, self.proxy_phone, self.received, self.late_entry_reason):
            edit.textChanged.connect(self._follow)
        self.matter.textChanged.connect(self._follow)


_STARTS = {
    "proxy_name": _("Pengaju"), "grounds": _("Alasan dan duduk perkara"), "channel": _("Penerimaan"),
}  # fmt: skip
"""Parts of the paper form, by their first field."""
