"""What is typed into a form is on the disk within two seconds, and offered again where it was never saved."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)  # fmt: skip

from desk.dates import long_date
from desk.drafts import Draft, Drafts, Found
from desk.money import parse
from desk.store import DeskError, new_id
from ui.parts.dates import DateEdit, read_date
from ui.parts.field import Field
from ui.parts.money import MoneyEdit
from ui.work import Work

if TYPE_CHECKING:
    from sqlalchemy import Connection

PAUSE = 1000
"""Milliseconds after the last key until the form is saved."""

LATEST = 1500
"""Milliseconds after the first unsaved key until it is saved all the same: half a second is left to the disk."""


class DraftBar(QFrame):
    """Watches the fields of one form and keeps its draft; a bar over the form while there is an older one to offer.

    The form says where it stands: `begin` once its fields are as they are at the start, `finish` once it was saved or
    thrown away. `token` is the id the new record should be given: a draft whose record was written just before the
    power went is then known for what it is and never offered, so that nothing is registered twice.
    """

    resumed = Signal()
    """The fields were filled from a draft."""

    def __init__(
        self,
        work: Work,
        drafts: Drafts,
        kind: str,
        fields: Mapping[str, QWidget],
        *,
        now: Callable[[], dt.datetime],
        name: Callable[[], str] = str,
        filed: "Callable[[Connection, bytes], bool] | None" = None,
    ) -> None:
        """A bar that is hidden until it has something to offer.

        Args:
            work: the threads; nothing is read or written in the window's own.
            drafts: where they lie.
            kind: which form, such as `foi.request`.
            fields: inputs by name, or the `Field` around them; a draft is filled in by these names.
            now: the clock.
            name: what the person at the desk will know this draft by, such as who stands there.
            filed: a query that tells whether the record of a `token` has been written.
        """
        super().__init__()
        self._work, self._drafts, self._kind, self._now, self._name = work, drafts, kind, now, name
        self._inputs = {key: field.input if isinstance(field, Field) else field for key, field in fields.items()}
        self._filed = filed
        self._about, self._first, self.token = "", "", new_id()
        self._blank = self.fields()
        self._is_kept = self._is_filling = False
        self._told = ""
        self._offered: list[Draft] = []
        self.pause = QTimer(self, singleShot=True, interval=PAUSE)
        self.latest = QTimer(self, singleShot=True, interval=LATEST)
        self._build()
        for timer in (self.pause, self.latest):
            timer.timeout.connect(self.flush)
        for widget in self._inputs.values():
            _signal_of(widget).connect(self._typed)

    def begin(self, about: str = "", first: str = "") -> None:
        """The form stands as it is at the start: nothing of it is a draft yet; an older one is looked for.

        Args:
            about: which record is edited, "" for a new one; drafts of other records are not offered here.
            first: key of the draft that is offered before the others.
        """
        self._rest()
        self._about, self.token, self._is_kept = about, new_id(), False
        self._blank = self.fields()
        self._offer([])
        self.look(first)

    def look(self, first: str = "") -> None:
        """Look for older drafts again, and offer the one of the key `first` before the others."""
        self._first = first
        self._work.run(self._drafts.found, self._kind, done=self._found)

    def finish(self) -> None:
        """The form was saved, or thrown away on purpose: its draft goes, and the fields as they are now are the start.

        Call it after the fields were cleared.
        """
        self._rest()
        if self._is_kept:
            self._discard(self._key())
        self._is_kept = False
        self.token, self._blank = new_id(), self.fields()

    def flush(self) -> None:
        """Save what was typed now; a form typed back to its start needs no draft."""
        self._rest()
        fields = self.fields()
        if fields != self._blank:
            self._is_kept = True
            save = partial(self._drafts.save, self._kind, self._key(), fields, self._now(), name=self._name().strip())
            self._work.run(save, done=self._was_kept, failed=self._was_not_kept)
        elif self._is_kept:
            self._is_kept = False
            self._discard(self._key())

    def fields(self) -> dict[str, str]:
        """The form as text."""
        return {key: _written(widget) for key, widget in self._inputs.items()}

    def _key(self) -> str:
        return f"{self._about}:{self.token.hex()}"

    def _typed(self) -> None:
        """Something changed: wait for a rest in the typing, but not for ever."""
        if self._is_filling:
            return
        self.pause.start()
        if not self.latest.isActive():
            self.latest.start()

    def _rest(self) -> None:
        self.pause.stop()
        self.latest.stop()

    def _was_kept(self, _none: None) -> None:
        self._told = ""

    def _was_not_kept(self, error: Exception) -> None:
        """Said once and tried again: the form still holds everything."""
        self.latest.start()
        if str(error) != self._told:
            self._told = str(error)
            self._work.failed.emit(error)

    def _discard(self, key: str) -> None:
        self._work.run(self._drafts.discard, self._kind, key, done=lambda _none: None)

    def _found(self, found: Found) -> None:
        for sentence in found.troubles:
            self._work.failed.emit(DeskError(sentence))
        mine = [draft for draft in found.drafts if draft.key.rpartition(":")[0] == self._about]
        others = [draft for draft in mine if draft.key != self._key()]
        self._offer(sorted(others, key=lambda draft: draft.key != self._first))

    def _offer(self, drafts: list[Draft]) -> None:
        """Offer the first that was not filed after all."""
        self.hide()
        self._offered = drafts
        if drafts and self._filed is not None:
            token = bytes.fromhex(drafts[0].key.rpartition(":")[2])
            self._work.ask(self._filed, token, done=self._show)
        else:
            self._show(False)

    def _show(self, is_filed: bool) -> None:
        if not self._offered:
            return
        if is_filed:
            self._discard(self._offered[0].key)
            self._offer(self._offered[1:])
            return
        at = self._offered[0].at.astimezone(self._now().tzinfo)
        said = _("Ada isian yang belum disimpan: {name}, {day} pukul {time}.").format(
            name=self._offered[0].name or _("tanpa nama"), day=long_date(at.date()), time=f"{at:%H.%M}"
        )
        more = len(self._offered) - 1
        self.words.setText(f"{said} {_('Masih ada {more} lagi sesudahnya.').format(more=more)}" if more else said)
        self.show()

    def _resume(self) -> None:
        """Fill the form from the draft and go on with that one; what was typed meanwhile is a draft of its own."""
        self.flush()
        draft = self._offered[0]
        self._offer([])
        self.token, self._is_kept, self._is_filling = bytes.fromhex(draft.key.rpartition(":")[2]), True, True
        for key, text in draft.fields.items():
            if key in self._inputs:
                _write(self._inputs[key], text)
        self._is_filling = False
        self.resumed.emit()

    def _drop(self) -> None:
        """One press throws one draft away; the next is offered with the next form, not under a finger that clicks."""
        self._discard(self._offered[0].key)
        self._offer([])

    def _build(self) -> None:
        self.setProperty("surface", "soon")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.resume, self.drop = QPushButton(_("&Lanjutkan")), QPushButton(_("Buang"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for button, answer in ((self.resume, self._resume), (self.drop, self._drop)):
            button.setAutoDefault(True)
            button.clicked.connect(answer)
            row.addWidget(button)
        self.hide()


def _signal_of(widget: QWidget) -> SignalInstance:
    """What an input says when its text changes."""
    match widget:
        case MoneyEdit():
            return widget.line.textChanged
        case QLineEdit() | QPlainTextEdit():
            return widget.textChanged
        case QComboBox():
            return widget.currentTextChanged
        case QCheckBox():
            return widget.toggled
    raise TypeError(f"a draft cannot hold a {type(widget).__name__}")


def _written(widget: QWidget) -> str:
    """An input as text: a date by its day, since the field shows it in two ways; what is none yet as typed."""
    match widget:
        case MoneyEdit():
            return widget.line.text()
        case DateEdit():
            day = widget.value_or_none()
            return day.isoformat() if day else widget.text()
        case QLineEdit():
            return widget.text()
        case QPlainTextEdit():
            return widget.toPlainText()
        case QComboBox():
            value = widget.currentData()
            return value if isinstance(value, str) else widget.currentText()
        case QCheckBox():
            return "1" if widget.isChecked() else ""
    raise TypeError(f"a draft cannot hold a {type(widget).__name__}")


def _write(widget: QWidget, text: str) -> None:
    """Put back what `_written` took; a choice that is offered no longer is left as the form has it."""
    match widget:
        case MoneyEdit():
            _write_amount(widget, text)
        case DateEdit():
            try:
                widget.put(read_date(text))
            except DeskError:
                widget.setText(text)
        case QLineEdit():
            widget.setText(text)
        case QPlainTextEdit():
            widget.setPlainText(text)
        case QComboBox():
            place = widget.findData(text)
            place = widget.findText(text) if place < 0 else place
            if place >= 0:
                widget.setCurrentIndex(place)
            elif widget.isEditable():
                widget.setCurrentText(text)
        case QCheckBox():
            widget.setChecked(text == "1")


def _write_amount(edit: MoneyEdit, text: str) -> None:
    try:
        edit.put(parse(text) if text.strip() else None)
    except DeskError:
        edit.line.setText(text)
        edit.explain(edit.fault())
