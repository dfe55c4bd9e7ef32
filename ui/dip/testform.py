"""A consequence test as a form: what, on which ground, what follows if it is open or closed, and for how long."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtWidgets import QLineEdit

from desk.dip.queries import Tested
from desk.dip.rules import (
    GROUNDS,
    LETTERS,
    NEVER_EXEMPT,
    ConsequenceForm,
    consequence_faults,
    ground_name,
    never_exempt_doubt,
)
from ui.dip.panel import FormPanel, Ticks, choice
from ui.parts.dates import DateEdit
from ui.parts.field import Field, TextEdit

PERIODS = {"needed": _("selama diperlukan"), "until": _("sampai tanggal tertentu")}


class ConsequencePanel(FormPanel):
    """The form of a consequence test: a new one, a draft, or a new one in place of an exemption."""

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__(_("Simpan uji"), _("Buang uji ini"))
        self._today = today
        self._replaces: bytes | None = None
        self.kind, self.detail = QLineEdit(), TextEdit(2)
        self.nature = choice({"": _("bukan salah satu dari ini"), **NEVER_EXEMPT})
        self.letters = Ticks({code: _tick(code) for code in LETTERS}, lines=5)
        self.statute, self.period_basis = QLineEdit(), QLineEdit()
        self.if_open, self.if_closed = TextEdit(3), TextEdit(3)
        self.period, self.ends, self.tested = choice(PERIODS), DateEdit(), DateEdit()
        self._put_fields()
        self.lay_out((
            ("kind",), ("detail",), ("nature",), ("letters",), ("statute",), ("if_open",), ("if_closed",),
            ("period", "ends"), ("period_basis",), ("tested",),
        ))  # fmt: skip
        self.kind.textChanged.connect(self._follow)
        self.letters.itemChanged.connect(self._follow)
        self.period.currentIndexChanged.connect(self._follow)

    def _put_fields(self) -> None:
        self.kind.setPlaceholderText(_("misalnya: Nomor rekening penerima bantuan"))
        self.statute.setPlaceholderText(_("misalnya: Pasal 84 UU 23/2006"))
        self.fields = {
            "kind": Field(_("Jenis informasi"), self.kind, _NO_NAMES),
            "detail": Field(_("Dokumen dan bagian yang dikecualikan"), self.detail),
            "nature": Field(_("Apakah termasuk yang selalu terbuka (Pasal 18)?"), self.nature),
            "letters": Field(_("Dasar: Pasal 17 UU 14/2008"), self.letters, _("Panah memilih, spasi menandai.")),
            "statute": Field(_("Undang-undang lain, bila ada"), self.statute),
            "if_open": Field(_("Akibat bila dibuka"), self.if_open),
            "if_closed": Field(_("Yang dilindungi bila ditutup"), self.if_closed),
            "period": Field(_("Jangka waktu"), self.period),
            "ends": Field(_("Hari terakhir dikecualikan"), self.ends, _("Sesudah hari itu terbuka dengan sendirinya.")),
            "period_basis": Field(_("Peraturan yang mengatur jangka waktunya"), self.period_basis),
            "tested": Field(_("Tanggal uji"), self.tested),
        }

    def show_test(self, test: Tested | None, *, anew: bool = False) -> None:
        """Fill the form with a draft; None is a new test, `anew` one in place of the exemption shown."""
        self._replaces = test.id if test and anew else test.replaces if test else None
        if anew:
            self.heading.setText(_("Uji ulang"))
        else:
            self.heading.setText(_("Perbaiki uji konsekuensi") if test else _("Uji konsekuensi baru"))
        for edit, text in ((self.kind, test and test.kind), (self.statute, test and test.standing.statute),
                           (self.period_basis, test and test.period_basis)):  # fmt: skip
            edit.setText(text or "")
            edit.setCursorPosition(0)
        for area, text in ((self.detail, test and test.detail), (self.if_open, test and test.if_open),
                           (self.if_closed, test and test.if_closed)):  # fmt: skip
            area.setPlainText(text or "")
        self.nature.setCurrentIndex(0)
        self.letters.put(test.standing.letters if test else ())
        ends = test.standing.ends if test else None
        self.period.setCurrentIndex(1 if ends else 0)
        self.ends.put(ends)
        self.tested.put(test.standing.tested if test and not anew else self._today())
        self.remove.setVisible(test is not None and not anew)
        self.save.setEnabled(True)
        self._follow()
        self.keep()

    def submit(self) -> None:
        """Mark what is wrong, or hand the form over."""
        if not self.save.isEnabled():
            return
        form = self._form()
        faults = consequence_faults(form, self._today()) | self.days()
        if self.tested.value_or_none() is None:
            faults["tested"] = _("Tulis tanggal ujinya, misalnya 22-11-2026.")
        if self.period.currentData() == "until" and form.ends is None:
            faults.setdefault("ends", _("Tulis hari terakhirnya, atau pilih selama diperlukan."))
        if "ends" in faults and self.period.currentData() == "needed":
            self.period.setCurrentIndex(1)
        self.note.say("")
        if not self.mark(faults):
            self.save.setEnabled(False)
            self.submitted.emit(form)

    def _form(self) -> ConsequenceForm:
        return ConsequenceForm(
            kind=self.kind.text(),
            detail=self.detail.text(),
            letters=self.letters.codes(),
            if_open=self.if_open.text(),
            if_closed=self.if_closed.text(),
            tested=self.tested.value_or_none() or self._today(),
            ends=self.ends.value_or_none() if self.period.currentData() == "until" else None,
            statute=self.statute.text(),
            period_basis=self.period_basis.text(),
            nature=self.nature.currentData(),
            replaces=self._replaces,
        )

    def _follow(self) -> None:
        """Show only what the answers so far ask for."""
        self.fields["ends"].setVisible(self.period.currentData() == "until")
        wants_basis = any(letter in "bgi" for letter in self.letters.codes()) or bool(self.period_basis.text())
        self.fields["period_basis"].setVisible(wants_basis)
        self.fields["kind"].hint(never_exempt_doubt(self.kind.text()) or _NO_NAMES)


_NO_NAMES = _("Sebut jenisnya saja, tanpa nama orang.")


def _tick(code: str) -> str:
    return f"{ground_name(code).removeprefix(_('Pasal 17 '))}: {GROUNDS[code]}"
