"""The steps of an exemption as small forms: set by the PPID, approved by the head, opened, or excepted."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import gettext as _

from PySide6.QtWidgets import QLineEdit

from desk.desk import Command
from desk.dip.commands import ApproveClassification, Classify, OpenExemption, RecordException
from desk.dip.queries import Tested
from desk.dip.rules import EXCEPTIONS, OPENINGS
from desk.village.queries import Profile
from ui.dip.panel import FormPanel, choice
from ui.parts.dates import DateEdit
from ui.parts.field import Field, TextEdit


@dataclass(frozen=True)
class Saying:
    """What a step's form is headed, what its button says, and what is told once it is done."""

    heading: str
    button: str
    told: str


SAYINGS: Mapping[str, Saying] = {
    "classified": Saying(
        _("Surat penetapan klasifikasi"), _("Tetapkan"), _("Ditetapkan. Sekarang mintakan persetujuan kepala desa.")
    ),
    "approved": Saying(
        _("Persetujuan kepala desa"), _("Catat persetujuan"), _("Disetujui. Informasi ini kini dikecualikan.")
    ),
    "opened": Saying(_("Buka informasi ini"), _("Buka untuk umum"), _("Informasi ini kini terbuka untuk umum.")),
    "excepted": Saying(
        _("Tidak dikecualikan dalam satu hal"), _("Catat"), _("Tercatat. Untuk hal lain pengecualiannya tetap berlaku.")
    ),
}

SHOWN = {
    "classified": ("number", "place", "day", "official", "title", "unit", "reason"),
    "approved": ("official", "title", "day"),
    "opened": ("opening", "day", "reason"),
    "excepted": ("exception", "day", "reason"),
}
"""Fields of each step, by their names."""

REASONS = {
    "classified": _("Alasan pengecualian"), "opened": _("Keterangan"), "excepted": _("Bukti"), "approved": "",
}  # fmt: skip


class StepPanel(FormPanel):
    """One form for each step; it hands over the command itself."""

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__("")
        self._today = today
        self._test: Tested | None = None
        self.step = ""
        self.number, self.place, self.unit = QLineEdit(), QLineEdit(), QLineEdit()
        self.official, self.title = QLineEdit(), QLineEdit()
        self.day, self.reason = DateEdit(), TextEdit(3)
        self.opening, self.exception = choice(OPENINGS), choice(EXCEPTIONS)
        self.number.setPlaceholderText(_("misalnya: 01/PPID/2026"))
        self.fields = {
            "opening": Field(_("Mengapa dibuka"), self.opening),
            "exception": Field(_("Sebab"), self.exception),
            "number": Field(_("Nomor surat"), self.number),
            "place": Field(_("Tempat penetapan"), self.place),
            "official": Field(_("Nama"), self.official),
            "title": Field(_("Jabatan"), self.title),
            "unit": Field(_("Unit kerja"), self.unit),
            "day": Field(_("Tanggal"), self.day),
            "reason": Field(_("Alasan"), self.reason),
        }
        self.lay_out([[name] for name in self.fields])

    def show_step(self, step: str, test: Tested, village: Profile | None) -> None:
        """Begin a step, with what the desk knows already filled in."""
        self.step, self._test = step, test
        self.heading.setText(SAYINGS[step].heading)
        self.save.setText(SAYINGS[step].button)
        for name, field in self.fields.items():
            field.setVisible(name in SHOWN[step])
        holder = (village.head if step == "approved" else village.ppid) if village else None
        self.official.setText(holder.name if holder else "")
        self.title.setText(holder.title if holder else "")
        self.fields["official"].label.setText(_("Nama kepala desa") if step == "approved" else _("Nama PPID"))
        self.number.clear()
        self.place.setText(village.name if village else "")
        self.unit.setText(_("Sekretariat {place}").format(place=village.place_name) if village else "")
        self.day.put(self._today())
        self.reason.setPlainText(test.if_closed if step == "classified" else "")
        self.fields["reason"].label.setText(REASONS[step])
        wants_proof = step == "excepted"
        self.fields["reason"].hint(_("Misalnya: surat persetujuan 3 November 2026 di map 4.") if wants_proof else "")
        self.save.setEnabled(True)
        self.keep()

    def begin(self) -> None:
        """The keyboard starts in the first field."""
        self.fields[next(name for name in self.fields if name in SHOWN[self.step])].input.setFocus()

    def submit(self) -> None:
        """Hand the command over; the desk says what is missing."""
        if not self.save.isEnabled() or self._test is None:
            return
        self.note.say("")
        faults = self.days()
        day = self.day.value_or_none()
        if day is None:
            faults.setdefault("day", _("Tulis tanggalnya, misalnya 22-11-2026."))
        if not self.mark(faults) and day is not None:
            self.save.setEnabled(False)
            self.submitted.emit(self._command(self._test.id, day, self._today()))

    def _command(self, test: bytes, day: dt.date, today: dt.date) -> Command[bytes]:
        match self.step:
            case "classified":
                return Classify(
                    test, day, today, self.number.text(), self.place.text(), self.official.text(),
                    self.title.text(), self.unit.text(), self.reason.text(),
                )  # fmt: skip
            case "approved":
                return ApproveClassification(test, day, today, self.official.text(), self.title.text())
            case "opened":
                return OpenExemption(test, day, today, self.opening.currentData(), self.reason.text())
        return RecordException(test, day, today, self.exception.currentData(), self.reason.text())
