"""The form of a breach: what leaked, whose, when and how, and what is done about it."""

import datetime as dt
import re
from gettext import gettext as _

from PySide6.QtWidgets import QLineEdit

from desk.privacy.queries import BreachDetail
from desk.privacy.rules import AGENCY, BreachForm, breach_faults
from ui.dip.panel import FormPanel
from ui.parts.dates import DateEdit
from ui.parts.field import Field, TextEdit

_HOUR = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")

TEXTS = ("leaked", "happened", "how", "handling", "advice", "contact", "agency", "agency_address", "late_reason")
"""Fields that hold words as they are."""


class BreachPanel(FormPanel):
    """Asks for everything the notice has to say."""

    def __init__(self) -> None:
        super().__init__(_("Simpan catatan"))
        self.breach: bytes | None = None
        self._now, self._zone = dt.datetime.min, dt.UTC
        self._make_fields()
        rows = (("day", "hour"), ("leaked",), ("numbers",), ("others",), ("happened",), ("how",), ("handling",))
        self.lay_out((*rows, ("advice",), ("contact",), ("agency", "agency_address"), ("late_reason",)))
        self.keep()

    def begin(self, now: dt.datetime, zone: dt.timezone, known: BreachDetail | None = None) -> None:
        """Start a new record, or go on with one; people already in it stay there."""
        self._now, self._zone, self.breach = now, zone, known.id if known else None
        self.heading.setText(_("Perbaiki catatan kebocoran") if known else _("Catat kebocoran data pribadi"))
        at = (known.known if known else now).astimezone(zone)
        self._day.put(at.date())
        self._line("hour").setText(f"{at:%H.%M}")
        for name in TEXTS:
            self._put(name, getattr(known, name) if known else AGENCY if name == "agency" else "")
        for name in ("numbers", "others"):
            self._put(name, "")
        self.fields["late_reason"].setVisible(known is not None)
        self.keep()
        self.save.setEnabled(True)
        self._day.setFocus()

    def submit(self) -> None:
        """Hand the record over, or say what is wrong with it."""
        faults = self.days()
        day, hour = self._day.value_or_none(), _HOUR.fullmatch(self._line("hour").text().strip())
        if day is None and "day" not in faults:
            faults["day"] = _("Tulis tanggal kebocoran diketahui.")
        if hour is None:
            faults["hour"] = _("Jam ditulis seperti 09.15.")
        known = self._now
        if day and hour:
            known = dt.datetime.combine(day, dt.time(int(hour[1]), int(hour[2])), self._zone)
        words = {name: self._text(name) for name in (*TEXTS, "numbers", "others")}
        form = BreachForm(known=known, **words)
        found = breach_faults(form, self._now)
        if "known" in found:
            faults.setdefault("day", found.pop("known"))
        faults |= found
        if self.breach is None and not (form.numbers.strip() or form.others.strip()):
            faults["numbers"] = _("Tulis nomor permohonan yang datanya bocor, atau nama orangnya di bawah.")
        if not self.mark(faults):
            self.save.setEnabled(False)
            self.submitted.emit(form)

    def _make_fields(self) -> None:
        self._day = DateEdit()
        add = self.fields.__setitem__
        add("day", Field(_("Tanggal &diketahui"), self._day, _("Batas 3 × 24 jam dihitung dari sini.")))
        add("hour", Field(_("&Jam diketahui"), QLineEdit(), _("Misalnya 09.15.")))
        add("leaked", Field(_("Data apa yang &bocor"), TextEdit(2), _("Jenisnya saja, satu per baris.")))
        hint = _("Nomor register, satu per baris. Misalnya 007/PI/A/2026.")
        add("numbers", Field(_("Milik siapa: &nomor permohonan"), TextEdit(2), hint))
        hint = _("Nama; alamat. Satu orang per baris. Disimpan tersegel.")
        add("others", Field(_("Milik siapa: &orang lain"), TextEdit(2), hint))
        add("happened", Field(_("&Kapan kejadiannya"), QLineEdit(), _("Sejauh diketahui.")))
        add("how", Field(_("Ba&gaimana data bocor"), TextEdit(2)))
        add("handling", Field(_("Apa yang sudah di&lakukan"), TextEdit(2), _("Satu langkah per baris.")))
        add("advice", Field(_("&Saran untuk pemilik data"), TextEdit(2), _("Boleh kosong. Satu saran per baris.")))
        add("contact", Field(_("Siapa yang dapat di&tanya"), QLineEdit(), _("Nama dan nomor telepon.")))
        add("agency", Field(_("Lembaga yang diberi tah&u"), QLineEdit()))
        add("agency_address", Field(_("&Alamat lembaga"), QLineEdit()))
        hint = _("Diisi bila surat diserahkan sesudah batasnya.")
        add("late_reason", Field(_("S&ebab terlambat"), QLineEdit(), hint))

    def _line(self, name: str) -> QLineEdit:
        edit = self.fields[name].input
        assert isinstance(edit, QLineEdit)
        return edit

    def _text(self, name: str) -> str:
        edit = self.fields[name].input
        assert isinstance(edit, QLineEdit | TextEdit)
        return edit.text()

    def _put(self, name: str, text: str) -> None:
        edit = self.fields[name].input
        if isinstance(edit, TextEdit):
            edit.setPlainText(text)
        elif isinstance(edit, QLineEdit):
            edit.setText(text)
