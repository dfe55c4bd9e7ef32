"""The village key: its recovery sheet printed and typed back, and the way back in where a PC has lost the key."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk import key, recovery
from desk.desk import Done
from desk.key import VillageKey
from desk.paper import recovery as sheet
from desk.paper.records import VillageHead
from desk.paper.village import head_of
from desk.store import DeskError
from desk.vault import Kept, SheetChecked, kept
from desk.village.queries import setup
from ui.parts.chip import Note
from ui.parts.output import Output
from ui.parts.preview import Preview
from ui.parts.raster import Document, measured
from ui.parts.scroll import FormScroll
from ui.work import Work

WHY = _(
    "Nama dan alamat pemohon disegel dengan kunci desa. Bila komputer ini rusak, hanya lembar pemulihan yang dapat "
    "membukanya lagi. Cetak, ketik kembali kodenya di bawah, lalu simpan di tempat terkunci, tidak di dekat komputer."
)
LOST = _(
    "Kunci desa tidak ada di komputer ini, jadi nama pemohon belum dapat dibuka. Tidak ada data yang hilang. "
    "Ketik delapan baris kode dari lembar pemulihan."
)


@dataclass(frozen=True)
class KeyState:
    """How the key of this desk stands; `found` is None where this PC has lost it, and `trouble` says why."""

    kept: Kept | None
    found: VillageKey | None
    trouble: str
    village: VillageHead | None
    paper: str


class KeyPage(QWidget):
    """Eight rows to type, and beside them the sheet they stand on."""

    restored = Signal()
    """The key is back on this PC."""

    def __init__(self, work: Work, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self.title = _("Kunci desa")
        self._work, self._now = work, now
        self._state: KeyState | None = None
        self.words, self.where, self.note = QLabel(), QLabel(), Note("late")
        self.rows = tuple(QLineEdit() for _row in range(recovery.ROWS))
        self.check, self.print = QPushButton(), QPushButton(_("&Lihat dan cetak lembar"))
        self.preview, self.output = Preview(work), Output(work, tiled=False)
        self._build()
        self.check.clicked.connect(self.submit)
        self.print.clicked.connect(self._draw)

    def showEvent(self, event: QShowEvent) -> None:
        """How the key stands is asked each time."""
        super().showEvent(event)
        self.reload()

    def reload(self) -> None:
        """Ask how the key stands."""
        self._work.run(_state, self._work.desk, self._now().date(), done=self.show_state)

    def show_state(self, state: KeyState) -> None:
        """Offer what the key needs: its sheet, or its way back."""
        self._state = state
        is_lost = state.found is None
        self.words.setText(LOST if is_lost else WHY)
        self.where.setText(self._where(state))
        self.check.setText(_("&Pulihkan kunci") if is_lost else _("&Periksa ketikan"))
        self.print.setVisible(not is_lost)
        self.rows[0].setFocus()

    def submit(self) -> None:
        """Read the rows; what is wrong with one is said of that row."""
        state = self._state
        if state is None or state.kept is None:
            return
        try:
            for number, row in enumerate(self.rows, 1):
                row.setFocus()
                recovery.read_row(number, row.text())
        except DeskError as error:
            self.note.say(str(error), "late")
            return
        typed = "\n".join(row.text() for row in self.rows)
        job = key.put_back if state.found is None else _confirm
        places = key.stores(key.beside(self._work.desk.folder))
        self._work.run(job, typed, state.kept.check, places, done=self._done, failed=self._refused)

    def _done(self, _found: object) -> None:
        for row in self.rows:
            row.clear()
        if self._state is not None and self._state.found is None:
            self.note.say(_("Kunci desa sudah kembali di komputer ini."), "done")
            self.restored.emit()
            self.reload()
        else:
            self._work.do(SheetChecked(self._now().date()), done=self._checked, failed=self._refused)

    def _checked(self, _done: Done[None]) -> None:
        self.note.say(_("Lembar pemulihan cocok. Simpan di tempat terkunci."), "done")
        self.output.forget()
        self.preview.wait("", in_progress=False)
        self._work.look_again()
        self.reload()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self.note.say(str(error), "late")
        else:
            self._work.failed.emit(error)

    def _draw(self) -> None:
        state = self._state
        if state is None or state.found is None or state.village is None:
            self.note.say(_("Isi dulu nama desa di Pengaturan, tab Desa."), "late")
            return
        seal = state.found.seal
        made = sheet.RecoverySheet(
            state.village, self._now().date(), recovery.mark(seal.check), recovery.code(seal.key)
        )
        self.preview.wait(_("Menggambar lembar pemulihan ..."))
        self._work.run(_rendered, made, state.paper, done=self._show, failed=self._refused)

    def _show(self, document: Document) -> None:
        self.preview.show_document(document)
        self.output.offer(document, _("Lembar pemulihan.pdf"), "", "")

    def _where(self, state: KeyState) -> str:
        if state.found is None:
            return state.trouble
        said = _("Kunci disimpan di: {place}.").format(place=state.found.kept_in)
        if state.kept is None or state.kept.sheet_checked is None:
            return said + " " + _("Lembar pemulihan belum diperiksa.")
        return said

    def _build(self) -> None:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(10)
        for label in (self.words, self.where):
            label.setWordWrap(True)
            column.addWidget(label)
        typed = QFormLayout()
        for number, row in enumerate(self.rows, 1):
            row.setMaxLength(20)
            row.setPlaceholderText("0000 0000")
            row.setAccessibleName(_("Baris {number}").format(number=number))
            row.returnPressed.connect(self.focusNextChild if number < recovery.ROWS else self.submit)
            typed.addRow(_("Baris {number}").format(number=number), row)
        column.addLayout(typed)
        column.addWidget(self.note)
        for button in (self.check, self.print):
            button.setAutoDefault(True)
            column.addWidget(button)
        self.check.setProperty("kind", "main")
        # A sheet saved as a file would leave the key lying on the disk.
        self.output.save.hide()
        column.addStretch(1)
        heading = QLabel(self.title)
        heading.setProperty("role", "title")
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 16, 24, 16)
        page.setSpacing(12)
        page.addWidget(heading)
        halves = QHBoxLayout()
        halves.setSpacing(16)
        halves.addWidget(FormScroll(form), 1)
        side = QVBoxLayout()
        side.addWidget(self.preview, 1)
        side.addWidget(self.output)
        halves.addLayout(side, 1)
        page.addLayout(halves, 1)
        self.preview.wait(_("Lembar pemulihan tampil di sini sebelum dicetak."), in_progress=False)


def _confirm(typed: str, check: bytes, places: tuple[key.KeyStore, ...]) -> None:
    key.confirm(typed, key.load(check, places).seal)


def _state(desk: Any, today: dt.date) -> KeyState:
    """How the key stands, asked off the main thread: a key store may take its time."""
    has, paper, village = desk.ask(kept), desk.ask(setup, today).paper, desk.ask(head_of, today)
    if has is None:
        return KeyState(
            None, None, _("Desa ini belum punya kunci; kunci dibuat saat permohonan pertama."), village, paper
        )
    try:
        found = key.load(has.check, key.stores(key.beside(desk.folder)))
    except DeskError as error:
        return KeyState(has, None, str(error), village, paper if paper in ("A4", "F4") else "A4")
    return KeyState(has, found, "", village, paper if paper in ("A4", "F4") else "A4")


def _rendered(made: sheet.RecoverySheet, size: str) -> Document:
    return measured(sheet.render(made, size))
