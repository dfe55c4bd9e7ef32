"""The written answer: what is decided about each thing asked for, when, in which form, at what cost."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QPushButton, QVBoxLayout

from desk.dip.queries import Tested
from desk.foi import life, rules
from desk.foi.commands import AnswerRequest
from desk.foi.queries import Detail
from ui.foi.consideration import ConsiderationPart
from ui.foi.decision import DecisionPart
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import EnterWalks, Field, TextEdit
from ui.parts.money import MoneyEdit


class AnswerPanel(QFrame):
    """Opens below the record; its buttons stand at the record's foot, always in sight; Ctrl+Enter saves."""

    submitted = Signal(object)
    """An `AnswerRequest`."""
    closed = Signal()

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._today = today
        self._detail: Detail | None = None
        self.decisions: tuple[DecisionPart, ...] = ()
        self.is_saving = False
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
        self.consideration, self.trouble = ConsiderationPart(), Note("late")
        self.save, self.cancel = QPushButton(_("&Simpan jawaban")), QPushButton(_("Batal"))
        self.cancel.setProperty("aside", True)
        self._build()

    def begin(self, detail: Detail, exempt: tuple[Tested, ...]) -> None:
        """A new answer to a request; `exempt` are the exemptions in force."""
        self._detail = detail
        for part in self.decisions:
            part.setParent(None)
            part.deleteLater()
        self.decisions = tuple(DecisionPart(item, exempt) for item in detail.items)
        for part in self.decisions:
            self._things.addWidget(part)
            part.outcome.currentIndexChanged.connect(self._follow)
        self.day.put(self._today())
        self.fee.put(None)
        self.note.setPlainText("")
        self.consideration.clear()
        self.trouble.say("")
        self.is_saving = False
        for field in self.fields.values():
            field.explain("")
        self._follow()
        self.decisions[0].outcome.setFocus()

    def offer_tests(self, exempt: tuple[Tested, ...]) -> None:
        """Exemptions that came into force, or ended, while the answer was being written."""
        for part in self.decisions:
            part.offer_tests(exempt)

    def submit(self) -> None:
        """File the answer, or say beside the field what is missing."""
        if self.is_saving or self._detail is None:
            return
        day, faults = self.day.value_or_none(), self._faults(self._detail)
        for name, field in self.fields.items():
            field.explain(faults.get(name, ""))
        if faults or day is None:
            self.fields[next(iter(faults))].input.setFocus()
        # Every part explains itself; the first that is not right has the keyboard in the end.
        are_right = [
            self.consideration.explain(),
            *(part.explain(day or self._today()) for part in self.decisions[::-1]),
        ]
        if faults or day is None or not all(are_right):
            return
        self.is_saving = True
        fee = self.fee.value() or Decimal(0)
        self.submitted.emit(
            AnswerRequest(
                self._detail.line.id, day, self._form(), fee, self.note.text(), self._decisions(), self._considered()
            )
        )  # fmt: skip

    def _decisions(self) -> tuple[life.Decision, ...]:
        return tuple(part.decision() for part in self.decisions)

    def _considered(self) -> tuple[tuple[str, str], ...]:
        return self.consideration.considered() if not self.consideration.isHidden() else ()

    def _form(self) -> str:
        gives = any(decision.outcome in life.GIVING for decision in self._decisions())
        return str(self.form.currentData()) if gives else ""

    def _follow(self) -> None:
        gives = bool(self._form())
        for name in ("form", "fee"):
            self.fields[name].setVisible(gives)
        closes = any(decision.outcome in ("refused", "partly") for decision in self._decisions())
        self.consideration.setVisible(closes)
        if not closes:
            self.consideration.clear()

    def _faults(self, detail: Detail) -> dict[str, str]:
        day = self.day.value_or_none()
        if day is None:
            return {"day": _("Tanggal ditulis seperti 22-11-2026. Periksa lagi.")}
        since = detail.story[-1].day if len(detail.story) > 1 else detail.line.received
        faults = life.step_faults(
            "answered", day=day, since=since, today=self._today(), promised=detail.line.due, note=self.note.text()
        )
        if self.fee.fault():
            faults["fee"] = self.fee.fault()
        return faults

    def refuse(self, sentence: str) -> None:
        """The desk did not save; everything typed stays."""
        self.is_saving = False
        self.trouble.say(sentence)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        heading = QLabel(_("Beri jawaban"))
        heading.setProperty("role", "section")
        column.addWidget(heading)
        self._things = QVBoxLayout()
        self._things.setSpacing(12)
        column.addLayout(self._things)
        column.addWidget(self.consideration)
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
