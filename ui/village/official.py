"""The form for one office: who holds it, under which title and number, since when and until when."""

import datetime as dt
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from desk.dates import long_date
from desk.store import DeskError
from desk.village.commands import AppointOfficial, CorrectOfficial
from desk.village.queries import Holder
from desk.village.rules import parse_phone, show_phone, tidy
from ui.parts.dates import DateEdit
from ui.parts.field import Field, check_all

TITLES = {
    ("head", "desa"): (_("Kepala Desa"), _("Pj. Kepala Desa"), _("Plt. Kepala Desa"), _("Plh. Kepala Desa")),
    ("head", "kelurahan"): (_("Lurah"), _("Pj. Lurah"), _("Plt. Lurah"), _("Plh. Lurah")),
    ("ppid", "desa"): (_("PPID"), _("Sekretaris Desa selaku PPID")),
    ("ppid", "kelurahan"): (_("PPID"), _("Sekretaris Kelurahan selaku PPID")),
}
"""Titles offered for an office; another one can be typed."""


FROM_TODAY = _("Kosong berarti mulai hari ini.")


class PhoneField(Field):
    """A mobile number that is read back in groups while it is typed."""

    def __init__(self, label: str, hint: str) -> None:
        edit = QLineEdit()
        super().__init__(label, edit, hint)
        self.edit = edit
        edit.setPlaceholderText("0812-3456-7890")
        edit.setMaxLength(24)
        self._when_empty = hint
        self.edit.textEdited.connect(self._read_back)
        self.edit.editingFinished.connect(self._finish)

    def put(self, phone: str | None) -> None:
        """Show a number kept as E.164, or none."""
        self.edit.setText(show_phone(phone) if phone else "")
        self.explain("")
        self._read_back()

    def value(self) -> str | None:
        """The number in E.164; None where the field is empty.

        Raises:
            DeskError: it is no mobile number; the field says so and has the keyboard.
        """
        if not self.edit.text().strip():
            return None
        try:
            return parse_phone(self.edit.text())
        except DeskError as error:
            self.explain(str(error))
            self.edit.setFocus()
            raise

    def _read_back(self) -> None:
        """The number as the poster will show it; a fault as soon as more typing cannot mend it."""
        text = self.edit.text()
        self.explain("")
        try:
            self.hint(_("Tercetak: {phone}").format(phone=show_phone(parse_phone(text))))
        except DeskError as error:
            self.hint(self._when_empty)
            if cannot_become_a_phone(text):
                self.explain(str(error))

    def _finish(self) -> None:
        """Leaving the field writes the number out in groups, or says what is wrong with it."""
        if not self.edit.text().strip():
            return
        try:
            self.edit.setText(show_phone(parse_phone(self.edit.text())))
        except DeskError as error:
            self.explain(str(error))


def cannot_become_a_phone(text: str) -> bool:
    """Whether no further digit can make this a mobile number."""
    typed = "".join(ch for ch in text if ch not in " .-()\u00a0")
    if not typed:
        return False
    for start in ("+62", "62", "0"):
        if start.startswith(typed):
            return False
        if typed.startswith(start):
            rest = typed[len(start) :]
            return (
                not rest.isascii() or not rest.isdigit() or rest[0] != "8" or rest[1:2] in ("0", "4") or len(rest) > 12
            )
    return True


class OfficialForm(QWidget):
    """One office; where another name is typed over a known holder, it asks whether that is another person."""

    edited = Signal()

    def __init__(self, role: str, *, with_phone: bool = True, with_until: bool = False) -> None:
        super().__init__()
        self._role = role
        self._holder: Holder | None = None
        self._others: tuple[Holder, ...] = ()
        self._asks = False
        self._days_seen: tuple[dt.date | None, dt.date | None] = (None, None)
        self.title, self.name = QComboBox(), QLineEdit()
        self.title.setEditable(True)
        self.title.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.title.setMinimumContentsLength(12)
        self.since, self.until = DateEdit(), DateEdit()
        hints = {"head": _("Tercetak paling besar di poster, untuk warga yang bertanya."), "ppid": _("Boleh kosong.")}
        self.phone = PhoneField(_("Nomor HP"), hints[role])
        self.title_field = Field(_("Jabatan"), self.title)
        self.name_field = Field(_("Nama lengkap dan gelar"), self.name)
        self.since_field = Field(_("Menjabat sejak"), self.since, FROM_TODAY)
        self.until_field = Field(_("Sampai dengan"), self.until, _("Kosong berarti masih menjabat."))
        for field, is_wanted in ((self.phone, with_phone), (self.until_field, with_until)):
            if not is_wanted:  # shown before it has a parent it would be a window of its own
                field.hide()
        self._with_phone, self._with_until = with_phone, with_until
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.slip, self.successor = QRadioButton(_("Nama lama salah tulis")), QRadioButton(_("Pejabatnya berganti"))
        self._question = QWidget()
        answers = QHBoxLayout()
        answers.setSpacing(16)
        answers.addWidget(self.slip)
        answers.addWidget(self.successor)
        answers.addStretch()
        self.who_field = Field(_("Nama berubah karena"), self._question)
        answers.setContentsMargins(0, 0, 0, 0)
        self._question.setLayout(answers)
        self.who_field.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for left, right in (
            (self.title_field, self.name_field),
            (self.who_field, None),
            (self.since_field, self.until_field if self._with_until else self.phone if self._with_phone else QWidget()),
        ):
            line = QHBoxLayout()
            line.setSpacing(16)
            line.addWidget(left, 2, Qt.AlignmentFlag.AlignTop)
            if right is not None:
                line.addWidget(right, 3, Qt.AlignmentFlag.AlignTop)
            column.addLayout(line)
        if self._with_until:
            column.addWidget(self.phone)
        column.addStretch()

    def _connect(self) -> None:
        self.name.textEdited.connect(self._name_edited)
        self.title.editTextChanged.connect(lambda: self.title_field.explain(""))
        for box in (self.slip, self.successor):
            box.clicked.connect(self._answered)
        for signal in (self.name.textEdited, self.title.textActivated, self.phone.edit.textEdited):
            signal.connect(lambda: self.edited.emit())
        self.since.changed.connect(self._dates_changed)
        self.until.changed.connect(self._dates_changed)

    def put(self, kind: str, holder: Holder | None, *, asks: bool, others: tuple[Holder, ...] = ()) -> None:
        """Show who holds the office.

        Args:
            kind: `desa` or `kelurahan`, for the titles offered.
            holder: the entry to show; None for an empty form.
            asks: whether another name may be another person; else it is a correction of this entry.
            others: entries whose first day is taken.
        """
        self._holder, self._asks, self._others = holder, asks, others
        self.offer_titles(kind, holder.title if holder else "")
        self.name.setText(holder.name if holder else "")
        self.phone.put(holder.phone if holder else None)
        for edit, day in zip((self.since, self.until), _term(holder), strict=True):
            with QSignalBlocker(edit):
                edit.put(day)
        self._days_seen = _term(holder)
        self.since_field.hint(_("Hari pertama menjabat.") if holder else FROM_TODAY)
        self._ask_who()
        for field in (self.title_field, self.name_field, self.since_field, self.until_field, self.who_field):
            field.explain("")

    def offer_titles(self, kind: str, title: str = "") -> None:
        """The titles of a desa or a kelurahan, keeping the rank chosen.

        No Kepala Desa heads a kelurahan; but a desa may have a Lurah, as in Yogyakarta, where that is what was kept.
        """
        offered = TITLES[self._role, kind]
        other = TITLES[self._role, "kelurahan" if kind == "desa" else "desa"]
        shown = title or self.title.currentText() or offered[0]
        if shown in other and (kind == "kelurahan" or self._holder is None):
            shown = offered[other.index(shown)]
        self.title.clear()
        self.title.addItems([*offered, *([shown] if shown not in offered else [])])
        self.title.setCurrentText(shown)

    def is_empty(self) -> bool:
        """Whether nobody is known and nothing was typed."""
        return not (self._holder or self.name.text().strip() or self.phone.edit.text().strip())

    def command(self, today: dt.date) -> AppointOfficial | CorrectOfficial:
        """What saves the form.

        Raises:
            DeskError: fields are wrong; each says so, the first has the keyboard.
        """
        since_of = partial(self._first_day, today)
        check_all(self._typed_title, self._typed_name, self._follows, since_of, self._last_day, self._number)
        title, name, since, until = self._typed_title(), self._typed_name(), since_of(), self._last_day()
        if self._kept is None:
            return AppointOfficial(self._role, title, name, self._number(), since, until)
        return CorrectOfficial(self._kept.id, title, name, self._number(), (since, until))

    @property
    def _kept(self) -> Holder | None:
        """The entry that is corrected; None where the form names somebody new."""
        return None if self._holder is None or self._follows() else self._holder

    def _typed_title(self) -> str:
        if title := tidy(self.title.currentText()):
            return title
        raise self.refuse(self.title_field, _("Tuliskan jabatannya, misalnya Kepala Desa."))

    def _typed_name(self) -> str:
        if name := tidy(self.name.text()):
            return name
        raise self.refuse(self.name_field, _("Tuliskan namanya."))

    def _number(self) -> str | None:
        if self._with_phone:
            return self.phone.value()
        return self._kept.phone if self._kept else None

    def _first_day(self, today: dt.date) -> dt.date:
        since = self._day(self.since_field, self.since) or (self._kept.since if self._kept else today)
        for other in self._others:
            if other.since == since:
                sentence = _("{name} sudah tercatat mulai {day}. Pilih tanggal lain, atau perbaiki catatannya.")
                raise self.refuse(self.since_field, sentence.format(name=other.name, day=long_date(since)))
        if self._holder is not None and self._kept is None and since <= self._holder.since:
            sentence = _("Isi tanggal pengganti mulai menjabat, sesudah {day}.")
            raise self.refuse(self.since_field, sentence.format(day=long_date(self._holder.since)))
        return since

    def _last_day(self) -> dt.date | None:
        if self._with_until:
            return self._day(self.until_field, self.until)
        return self._kept.until if self._kept else None

    def refuse(self, field: Field, sentence: str) -> DeskError:
        """Say it beside the field, give it the keyboard, and hand back what to raise."""
        field.input.setFocus()
        field.explain(sentence)
        return DeskError(sentence)

    def explain(self, sentence: str) -> None:
        """What the desk refused: that always concerns the days of a term."""
        self.refuse(self.since_field, sentence)

    def _day(self, field: Field, edit: DateEdit) -> dt.date | None:
        try:
            return edit.value()
        except DeskError as error:
            raise self.refuse(field, str(error)) from None

    def _follows(self) -> bool:
        """Whether the name typed is the next person's."""
        if self.who_field.isHidden():
            return False
        if not (self.slip.isChecked() or self.successor.isChecked()):
            self.who_field.explain(_("Pilih salah satu, supaya surat lama tetap memakai nama yang benar."))
            self.slip.setFocus()
            raise DeskError(self.who_field.fault())
        return self.successor.isChecked()

    def _name_edited(self) -> None:
        self.name_field.explain("")
        self._ask_who()

    def _ask_who(self) -> None:
        differs = self._holder is not None and tidy(self.name.text()).casefold() != self._holder.name.casefold()
        wanted = self._asks and differs and bool(self.name.text().strip())
        if not wanted:
            group = (self.slip, self.successor)
            for box in group:
                box.setAutoExclusive(False)
                box.setChecked(False)
                box.setAutoExclusive(True)
        self.who_field.setVisible(wanted)

    def _dates_changed(self) -> None:
        """A date that is only written out differently is no edit."""
        typed = (self.since.value_or_none(), self.until.value_or_none())
        if typed == self._days_seen:
            return
        self._days_seen = typed
        self.since_field.explain("")
        self.until_field.explain("")
        if typed != _term(self._holder):
            self.edited.emit()

    def _answered(self) -> None:
        """A successor has days of their own; a slip keeps those that are known."""
        self.who_field.explain("")
        self.since_field.explain("")
        if self._holder is None:
            return
        if self.successor.isChecked():
            if self.since.value_or_none() == self._holder.since:
                self.since.put(None)
            if self._with_phone and self.phone.edit.text() == show_phone(self._holder.phone or ""):
                self.phone.put(None)
        else:
            self.since.put(self._holder.since)
            self.phone.put(self._holder.phone)


def _term(holder: Holder | None) -> tuple[dt.date | None, dt.date | None]:
    return (holder.since, holder.until) if holder else (None, None)
