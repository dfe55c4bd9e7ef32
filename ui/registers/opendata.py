"""Data terbuka: the budget and the activities as files for anybody; what is enacted and what is not stays told."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from desk.exchange.opendata.export import KINDS, Made, Offer, Wanted, file_name, gather, offer, write
from desk.exchange.opendata.published import Published
from desk.exchange.opendata.works import Works
from desk.store import DeskError
from desk.village.commands import SetPrefix
from desk.village.rules import check_prefix
from ui.budget.book import version_words
from ui.dip.panel import FormPanel, choice
from ui.parts.dates import DateEdit
from ui.parts.field import Field
from ui.parts.saving import ask_where
from ui.work import Work

NOTHING_YET: dict[bool, str] = {
    True: _("Belum ada APBDes. Muat atau ketik dulu di halaman APBDes."),
    False: _("Belum ada kegiatan. Tulis dulu di halaman Kegiatan."),
}
"""Why a kind of file cannot be made, by whether it is made of the budget."""


class OpenDataPanel(FormPanel):
    """Which file, of which year, version and day; then where it is saved."""

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        """Empty until `begin`."""
        super().__init__(_("Simpan data"))
        self._work, self._today = work, today
        self._offer = Offer("", {}, (), "")
        self.kinds = choice({key: kind.name for key, kind in KINDS.items()})
        self.year, self.version, self.as_of = QComboBox(), QComboBox(), DateEdit()
        self.prefix = QLineEdit()
        self.prefix.setPlaceholderText("oc4ids-ab12cd")
        registered = _("Diberikan oleh Open Contracting Partnership, satu untuk kabupaten. Boleh kosong.")
        self.fields = {
            "kind": Field(_("Jenis data"), self.kinds),
            "year": Field(_("Tahun"), self.year),
            "version": Field(_("Versi"), self.version),
            "as_of": Field(_("Keadaan per"), self.as_of, _("Kosong berarti hari ini.")),
            "prefix": Field(_("Awalan kode kegiatan (OC4IDS)"), self.prefix, registered),
        }
        promise = QLabel(
            _(
                "Dengan membagikannya desa membolehkan siapa pun memakai data ini asal menyebut desa "
                "(CC\u00a0BY\u00a04.0). Nama, alamat, dan nomor pemohon tidak pernah ada di dalamnya."
            )
        )
        promise.setWordWrap(True)
        promise.setProperty("role", "quiet")
        self.heading.setText(_("Data terbuka"))
        self.lay_out([("kind",), ("year", "version", "as_of"), ("prefix",)], (promise,))
        self.kinds.activated.connect(lambda _index: self._fit())
        self.year.activated.connect(lambda _index: self._offer_versions())
        self.keep()

    def begin(self) -> None:
        """Ask what there is, and put the keyboard on the kinds."""
        self.save.setEnabled(False)
        self._work.ask(offer, done=self._offered)
        self.kinds.setFocus()

    def submit(self) -> None:
        """Ask where the file goes, or say what is wrong with the form."""
        faults = self.days()
        try:
            check_prefix(self.prefix.text())
        except DeskError as error:
            faults["prefix"] = str(error)
        if not self.save.isEnabled() or self.mark(faults):
            return
        wanted = self.wanted
        name = file_name(wanted, self._offer.place)
        ask_where(self, _("Simpan data"), KINDS[wanted.kind].name, name, self.save_to)

    @property
    def wanted(self) -> Wanted:
        """The file that is chosen now."""
        kind = self.kinds.currentData()
        day = self.as_of.value() or self._today()
        if KINDS[kind].is_budget:
            return Wanted(kind, self.year.currentData(), day, self.version.currentData())
        return Wanted(kind, self.year.currentData(), day, prefix=check_prefix(self.prefix.text()))

    def save_to(self, path: Path) -> None:
        """Write the file, and say what whoever gets it should know; a new prefix is kept for the next one."""
        wanted = self.wanted
        self.save.setEnabled(False)
        self.note.say("", "late")
        if wanted.prefix and wanted.prefix != self._offer.prefix:
            self._offer = replace(self._offer, prefix=wanted.prefix)
            self._work.do(SetPrefix(wanted.prefix), failed=self.refuse)

        def gathered(told: Published | Works) -> None:
            self._work.run(write, told, wanted, path, done=lambda made: self._saved(path, made), failed=self.refuse)

        self._work.ask(gather, wanted, self._today(), done=gathered, failed=self.refuse)

    def _saved(self, path: Path, made: Made) -> None:
        self.save.setEnabled(True)
        count = _("{rows} baris.") if KINDS[self.kinds.currentData()].is_budget else _("{rows} kegiatan.")
        told = _("Tersimpan: {name} di folder {folder}.").format(name=path.name, folder=path.parent)
        self.note.say("\n".join((f"{told} {count.format(rows=made.rows)}", *made.warnings)), "done")

    def _offered(self, offered: Offer) -> None:
        self._offer = offered
        self.prefix.setText(offered.prefix)
        self.keep()
        self._fit()

    def _fit(self) -> None:
        """Show what the chosen kind asks for."""
        kind = KINDS[self.kinds.currentData()]
        self.fields["kind"].hint(kind.what)
        self.fields["version"].setVisible(kind.is_budget)
        self.fields["prefix"].setVisible(not kind.is_budget)
        had = self.year.currentData()
        years = self._offer.years(self.kinds.currentData())
        self.year.clear()
        for year in years:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(max(0, self.year.findData(had)))
        self.save.setEnabled(bool(years))
        self.note.say("" if years else NOTHING_YET[kind.is_budget], "late")
        self._offer_versions()

    def _offer_versions(self) -> None:
        had = self.version.currentData()
        self.version.clear()
        whole = self.kinds.currentData() == "datapackage"
        self.version.addItem(_("semua versi") if whole else _("yang berlaku"), None)
        for version in self._offer.budgets.get(self.year.currentData() or 0, ()):
            self.version.addItem(version_words(version), version.ordinal)
        self.version.setCurrentIndex(max(0, self.version.findData(had)))
