"""The tab Lama simpan: how long identities are kept, and letting go of those whose term is over."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.dates import short_date
from desk.desk import Done
from desk.drafts import Drafts
from desk.files import Files
from desk.foi.rules import TOPICS
from desk.log import Touched
from desk.privacy.commands import Anonymise, Cleaned, SetRetention
from desk.privacy.erasing import forget_drafts, rewrite
from desk.privacy.queries import Keeping, gone_requests, keeping, owners
from desk.privacy.rules import LONGEST_KEPT, retention_faults
from desk.store import DeskError
from desk.vault import seal_of
from ui.dip.panel import WIDTH, Ticks
from ui.parts.chip import Note
from ui.parts.field import EnterWalks, Field
from ui.parts.scroll import FormScroll
from ui.work import Work

SURE = "HAPUS"
"""What is typed before identities go: there is no way back."""

TABLES = {"retention", "anonymised", "file_cleaned", "request", "objection", "applicant", "breach_event"}

WHAT_GOES = _(
    "Yang dihapus: nama, alamat, nomor, kuasa, berkas tersegel, dan isian yang belum disimpan. Yang tetap: nomor "
    "register, tanggal, isi permintaan, jawaban, dan hitungan laporan. Tidak dapat dikembalikan. Beri tahu dulu "
    "pemiliknya bila masih dapat dihubungi (Pasal 45 UU 27/2022)."
)
OLD_COPIES = _("Cadangan yang dibuat sebelum ini masih memuatnya: buat cadangan baru, lalu hapus yang lama.")


class KeepingPane(QWidget):
    """The term above, what is due by it below."""

    def __init__(self, work: Work, today: Callable[[], dt.date], drafts: Drafts | None) -> None:
        super().__init__()
        self._work, self._today, self._drafts = work, today, drafts
        self.seen: Keeping | None = None
        hint = _("Dihitung sejak permohonan berakhir. Kosong: tidak ada yang dihapus.")
        self.years = Field(_("&Lama simpan (tahun)"), QLineEdit(), hint)
        self.basis = Field(_("&Dasarnya"), QLineEdit(), _("Misalnya: Perdes tentang arsip, jadwal retensi kabupaten."))
        self.save, self.kept = QPushButton(_("&Simpan")), Note("done")
        self.heading, self.goes, self.room = QLabel(), QLabel(WHAT_GOES), QVBoxLayout()
        self.ticks = Ticks({})
        self.sure = Field(_("Ketik {word} bila sudah yakin").format(word=SURE), QLineEdit())
        self.go, self.clean, self.note = QPushButton(_("&Hapus identitas")), QPushButton(_("&Bersihkan")), Note("done")
        self._build()
        self.save.clicked.connect(self._save)
        self.go.clicked.connect(self._let_go)
        self.clean.clicked.connect(self._tidy)

    @property
    def is_unsaved(self) -> bool:
        """Whether the term was changed and not saved."""
        kept = self.seen.term if self.seen else None
        typed = (_line(self.years).text().strip(), _line(self.basis).text().strip())
        return kept is not None and typed != (str(kept.years or ""), kept.basis)

    def reload(self) -> None:
        """Ask for the term and what is due."""
        self._work.ask(keeping, self._today(), done=self._put)

    def touched(self, changes: tuple[Touched, ...]) -> None:
        """Ask again where something of it was touched."""
        if not changes or any(one.entity in TABLES for one in changes):
            self.reload()

    def _put(self, seen: Keeping) -> None:
        was_typed, self.seen = self.is_unsaved, seen
        if not was_typed:
            _line(self.years).setText(str(seen.term.years or ""))
            _line(self.basis).setText(seen.term.basis)
            _line(self.basis).setCursorPosition(0)
        self._put_due(seen)
        self.heading.setText(_summary(seen))
        for widget in (self.goes, self.ticks, self.sure, self.go):
            widget.setVisible(bool(seen.due))
        self.clean.setVisible(seen.is_file_unclean)

    def _put_due(self, seen: Keeping) -> None:
        ticked = self.ticks.codes()
        self.room.removeWidget(self.ticks)
        self.ticks.hide()
        self.ticks.deleteLater()
        choices = {
            one.id.hex(): _("{label} · {topic} · berakhir {ended}").format(
                label=one.label, topic=TOPICS.get(one.topic, one.topic), ended=short_date(one.ended)
            )
            for one in seen.due
        }
        self.ticks = Ticks(choices, lines=max(1, min(5, len(choices))))
        self.ticks.setAccessibleName(_("Identitas yang habis masa simpannya"))
        self.ticks.put(ticked)
        self.room.addWidget(self.ticks)

    def _save(self) -> None:
        text = _line(self.years).text().strip()
        years = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None
        faults = retention_faults(years, _line(self.basis).text())
        if text and years is None:
            faults["years"] = _("Tulis angka tahun, 1 sampai {most}.").format(most=LONGEST_KEPT)
        self.years.explain(faults.get("years", ""))
        self.basis.explain(faults.get("basis", ""))
        if faults:
            (self.years if "years" in faults else self.basis).input.setFocus()
            return
        self._work.do(SetRetention(years, _line(self.basis).text()), done=self._saved, failed=self._refused)

    def _saved(self, _done: Done[None]) -> None:
        self.kept.say(_("Tersimpan."), "done")

    def _let_go(self) -> None:
        chosen = tuple(bytes.fromhex(code) for code in self.ticks.codes())
        if not chosen:
            self.note.say(_("Centang dulu permohonan yang identitasnya dihapus."), "late")
            self.ticks.setFocus()
            return
        wrong = _line(self.sure).text().strip() != SURE
        self.sure.explain(_("Ketik {word} dengan huruf besar.").format(word=SURE) if wrong else "")
        if wrong:
            self.sure.input.setFocus()
            return
        self.go.setEnabled(False)
        self._work.do(Anonymise(chosen), done=self._gone, failed=self._refused)

    def _gone(self, done: Done[int]) -> None:
        _line(self.sure).clear()
        self.go.setEnabled(True)
        self.note.say(_("{count} identitas dihapus. Membersihkan berkas ...").format(count=done.value), "quiet")
        self._tidy()

    def _tidy(self) -> None:
        """Drafts first, on the thread that keeps them; then the file, on the one that writes it."""
        self._work.run(self._forget, done=lambda files: self._rewrite(files), failed=self._refused)

    def _forget(self) -> Files:
        desk = self._work.desk
        if self._drafts is not None:
            forget_drafts(self._drafts, desk.ask(owners, desk.ask(gone_requests)))
        return Files(desk.folder, desk.ask(seal_of))

    def _rewrite(self, files: Files) -> None:
        folder = self._work.desk.folder
        self._work.prepare(lambda: rewrite(folder), lambda _none: self._note_clean(files), self._refused)

    def _note_clean(self, files: Files) -> None:
        self._work.do(Cleaned(files), done=self._cleaned, failed=self._refused)

    def _cleaned(self, _done: Done[int]) -> None:
        self.note.say(_("Identitas sudah dihapus dan berkasnya bersih. {copies}").format(copies=OLD_COPIES), "done")

    def _refused(self, error: Exception) -> None:
        self.go.setEnabled(True)
        if not isinstance(error, DeskError):
            raise error
        self.note.say(str(error), "late")
        self.reload()

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("surface", "page")
        inside.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 8, 24, 24)
        column.setSpacing(12)
        term = QHBoxLayout()
        term.setSpacing(16)
        for field in (self.years, self.basis):
            term.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(term)
        saving = QHBoxLayout()
        saving.addWidget(self.save)
        saving.addWidget(self.kept, 1)
        saving.addStretch(1)
        column.addLayout(saving)
        self.heading.setProperty("role", "section")
        for label in (self.heading, self.goes):
            label.setWordWrap(True)
            column.addWidget(label)
        self.room.addWidget(self.ticks)
        column.addLayout(self.room)
        column.addWidget(self.sure)
        column.addWidget(self.note)
        acts = QHBoxLayout()
        for button in (self.save, self.go, self.clean):
            button.setAutoDefault(True)
        for button in (self.go, self.clean):
            acts.addWidget(button)
        acts.addStretch(1)
        column.addLayout(acts)
        column.addStretch(1)
        for widget in (self.goes, self.ticks, self.sure, self.go, self.clean):
            widget.hide()
        EnterWalks(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(FormScroll(inside))


def _summary(seen: Keeping) -> str:
    if seen.term.years is None:
        return _("Belum ada lama simpan: tidak ada identitas yang dihapus.")
    if not seen.due:
        return _("Belum ada identitas yang habis masa simpannya.")
    return _("{count} identitas habis masa simpannya").format(count=len(seen.due))


def _line(field: Field) -> QLineEdit:
    edit = field.input
    assert isinstance(edit, QLineEdit)
    return edit
