"""The five pages of the first run; each asks one thing, says why, and knows what saves it."""

import datetime as dt
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desk.store import DeskError
from desk.village.commands import SetHours, SetPaper
from desk.village.queries import Profile, Setup
from ui.parts.chip import Note
from ui.parts.field import check_all
from ui.parts.style import mark
from ui.village.address import AddressFields
from ui.village.hours import HoursEditor
from ui.village.official import OfficialForm
from ui.village.paper import PaperChooser
from ui.village.region import RegionPicker
from ui.village.saving import Commands

WIDEST = 760
"""Pixels a page's fields spread over; longer lines are hard to follow."""


class Page(QWidget):
    """Heading, the sentence why, and room for the fields.

    Each page below adds `put` (fill in what is kept), `commands` (what saves it; a DeskError where a field is wrong,
    which then says so and has the keyboard), `first` (where the keyboard starts) and `explain` (what the desk refused).
    """

    edited = Signal()
    submitted = Signal()

    def __init__(self, heading: str, why: str, body: QWidget) -> None:
        super().__init__()
        mark(self, "surface", "page")
        self.heading, self.why = QLabel(heading), QLabel(why)
        mark(self.heading, "role", "title")
        mark(self.why, "role", "quiet")
        for label in (self.heading, self.why):
            label.setWordWrap(True)
        self.why.setMaximumWidth(WIDEST)
        self.touched = False
        body.setMaximumWidth(WIDEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.why)
        column.addSpacing(12)
        column.addWidget(body, 1)
        self.edited.connect(self._touch)

    def _touch(self) -> None:
        self.touched = True


class VillagePage(Page):
    """Which village."""

    def __init__(self) -> None:
        self.picker = RegionPicker()
        super().__init__(
            _("Desa atau kelurahan mana?"),
            _("Namanya tercetak di setiap surat dan poster; kodenya dipakai saat mengirim ke kabupaten."),
            self.picker,
        )
        self.picker.edited.connect(self.edited)
        self.picker.submitted.connect(self.submitted)

    def put(self, known: Setup | Profile, profile: Profile | None) -> None:
        """Show the village chosen before."""
        self.picker.put(profile)

    def commands(self, today: dt.date) -> Commands:
        """One village, or a sentence that asks for it."""
        place = self.picker.value()
        if place is None:
            sentence = _("Pilih desanya, atau tekan Lewati kalau belum tahu.")
            self.explain(sentence)
            raise DeskError(sentence)
        return (place.command(),)

    def first(self) -> QWidget | None:
        """The search, or nothing where the village is chosen."""
        return self.picker.first()

    def explain(self, sentence: str) -> None:
        """Beside the field that shows."""
        self.picker.explain(sentence)


class HeadPage(Page):
    """Who answers for the village."""

    def __init__(self) -> None:
        self.form = OfficialForm("head")
        super().__init__(
            _("Siapa Kepala Desanya?"),
            _("Warga yang membaca poster harus tahu siapa yang bertanggung jawab dan ke nomor mana bertanya."),
            self.form,
        )
        self.form.edited.connect(self.edited)

    def put(self, known: Setup | Profile, profile: Profile | None) -> None:
        """Show who holds the office today."""
        kind = profile.kind if profile else "desa"
        self.address_kind(kind)
        self.form.put(kind, known.head, asks=True)

    def address_kind(self, kind: str) -> None:
        """Ask for the Lurah where the place is a kelurahan."""
        self.heading.setText(_("Siapa Lurahnya?") if kind == "kelurahan" else _("Siapa Kepala Desanya?"))
        self.form.offer_titles(kind)

    def commands(self, today: dt.date) -> Commands:
        """The appointment or its correction."""
        return (self.form.command(today),)

    def first(self) -> QWidget:
        """The name; the title is already right."""
        return self.form.name

    def explain(self, sentence: str) -> None:
        """Beside the date."""
        self.form.explain(sentence)


class DeskPage(Page):
    """Who serves at the desk, and where it is."""

    def __init__(self) -> None:
        self.form = OfficialForm("ppid", with_phone=False)
        self.addresses = AddressFields()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.form, self.addresses):
            column.addWidget(widget)
        column.addStretch()
        super().__init__(
            _("Siapa petugas PPID, dan di mana mejanya?"),
            _("Tanda bukti permohonan menyebut petugasnya; poster menyebut ke mana warga datang dan mengadu."),
            body,
        )
        self.form.edited.connect(self.edited)
        self.addresses.edited.connect(self.edited)

    def put(self, known: Setup | Profile, profile: Profile | None) -> None:
        """Show the officer of today and both addresses."""
        self.form.put(profile.kind if profile else "desa", known.ppid, asks=True)
        self.addresses.put(known)

    def commands(self, today: dt.date) -> Commands:
        """The addresses, and the officer where one is named."""
        officer = None if self.form.is_empty() else partial(self.form.command, today)
        check_all(*([officer] if officer else []), self.addresses.command)
        contact = self.addresses.command()
        return (contact, officer()) if officer else (contact,)

    def first(self) -> QWidget:
        """The officer's name."""
        return self.form.name

    def explain(self, sentence: str) -> None:
        """Beside the date: the addresses are checked before."""
        self.form.explain(sentence)


class HoursPage(Page):
    """When the desk is open."""

    def __init__(self) -> None:
        self.editor = HoursEditor()
        super().__init__(
            _("Kapan meja informasi buka?"),
            _("Jam ini pegangan petugas dan warga, supaya tidak ada yang datang sia-sia."),
            self.editor,
        )
        self.editor.edited.connect(self.edited)

    def put(self, known: Setup | Profile, profile: Profile | None) -> None:
        """Show the week."""
        self.editor.put(known.hours)

    def commands(self, today: dt.date) -> Commands:
        """The week."""
        return (SetHours(self.editor.value()),)

    def first(self) -> QWidget:
        """The offers where nothing is set, else Monday."""
        return self.editor.first()

    def explain(self, sentence: str) -> None:
        """Under the first line; each line was checked before."""
        self.editor.days[0].explain(sentence)


class PaperPage(Page):
    """What the printer holds."""

    def __init__(self) -> None:
        self.chooser = PaperChooser()
        self.refusal = Note("late")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.chooser)
        column.addWidget(self.refusal)
        column.addStretch()
        super().__init__(
            _("Kertas apa yang ada di pencetak?"),
            _("Poster yang lebih besar dari kertas ini dicetak per lembar, lalu disambung."),
            body,
        )
        self.chooser.edited.connect(self.edited)

    def put(self, known: Setup | Profile, profile: Profile | None) -> None:
        """Show the size chosen."""
        self.chooser.put(known.paper)

    def commands(self, today: dt.date) -> Commands:
        """The size."""
        return (SetPaper(self.chooser.value()),)

    def first(self) -> QWidget:
        """The size chosen."""
        return self.chooser.first()

    def explain(self, sentence: str) -> None:
        """Below the sheets."""
        self.refusal.say(sentence)


AnyPage = VillagePage | HeadPage | DeskPage | HoursPage | PaperPage
