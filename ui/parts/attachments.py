"""The files of one record: listed, added by button, drop or clipboard, opened, taken off; by keyboard alone too."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from gettext import gettext as _
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage, QKeySequence, QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.attachments import OPEN_FOR, Attach, Attached, Detach
from desk.dates import short_date
from desk.desk import Command, Done, Together
from desk.filekinds import KINDS
from desk.log import Touched
from desk.store import DeskError
from ui.parts import photos
from ui.parts.attaching import DetachPanel, FileRow, WhatPanel, keys, what_of
from ui.parts.chip import Note
from ui.parts.fileview import put_words
from ui.parts.filing import Listed, Taken, listed, take, thumbnails
from ui.parts.icons import icon
from ui.parts.style import mark
from ui.work import Work

MOST_AT_ONCE = 20
"""Files taken from one drop: a whole folder dragged by mistake is told, not read."""

FROM_APPLICANT = frozenset({"letter", "identity", "power", "receipt"})
"""What the applicant wrote or signed: names and pictures of these say who asked."""

ENDINGS = " ".join(f"*.{ending}" for ending in (*KINDS, "jpeg"))


class AttachmentsPart(QFrame):
    """The files of the record that is shown."""

    opened = Signal(object, str, str)
    """An `Attached` is to be shown, under its name, with its facts."""

    def __init__(self, entity: str, today: Callable[[], dt.date], what: Sequence[str]) -> None:
        """For records of a table; `what` are the kinds of files offered, the usual one first."""
        super().__init__()
        self._entity, self._today = entity, today
        self._is_sealed = entity not in OPEN_FOR
        self._work: Work | None = None
        self._looked: Callable[[bytes], Command[Any]] | None = None
        self._owner = b""
        self._listed: tuple[Listed, ...] | None = None
        self._taken: Taken | None = None
        self._is_revealed = False
        self._from: bytes = b""
        self.rows: list[FileRow] = []
        self.none = QLabel(_("Belum ada lampiran."))
        self.add = QPushButton(icon("plus"), _("T&ambah lampiran …"))
        self.hint = QLabel(_("Atau letakkan berkas di sini, atau tempel dengan Ctrl+V."))
        self.note, self.trouble = Note("done"), Note("late")
        self.asking, self.leaving = WhatPanel(what), DetachPanel()
        self._build()

    def serve(self, work: Work, looked: Callable[[bytes], Command[Any]] | None = None) -> None:
        """Work with these threads; `looked` is the act that is logged when a file of a record is opened."""
        self._work, self._looked = work, looked
        work.changed.connect(self._touched)

    def show_record(self, owner: bytes) -> None:
        """Show the files of a record; another one than before begins anew, names masked."""
        if owner != self._owner:
            self._owner, self._listed, self._is_revealed = owner, None, False
            self._fold()
            self.note.say("")
            self.trouble.say("")
            self._show(())
        self._load()

    def reveal(self) -> None:
        """Somebody asked who the applicant is, and it was logged: names of files may say so too."""
        if not self._is_revealed:
            self._is_revealed = True
            self._show(self._listed or ())

    def resume(self) -> None:
        """The keyboard is again where a file was opened."""
        back = next((row.open for row in self.rows if row.row.id == self._from), self.add)
        back.setFocus()

    def take(self, sources: Sequence[Path | QImage]) -> None:
        """Read what was chosen, dropped or pasted, then ask what it is."""
        work, owner = self._work, self._owner
        if work is None or not owner or not sources:
            return
        self.trouble.say("")
        self.leaving.hide()
        if len(sources) > MOST_AT_ONCE:
            self.trouble.say(_("Paling banyak {most} berkas sekaligus.").format(most=MOST_AT_ONCE))
            return
        self.note.say(_("Membaca berkas ..."), "quiet")
        self.add.setEnabled(False)

        def come(taken: Taken) -> None:
            self._come(owner, taken)

        work.run(partial(take, is_sealed=self._is_sealed), work.desk, tuple(sources), done=come, failed=self._refused)

    def _come(self, owner: bytes, taken: Taken) -> None:
        self.add.setEnabled(True)
        if owner != self._owner:
            return
        self.note.say(" ".join(taken.notes), "quiet")
        self.trouble.say("\n".join(taken.troubles))
        before = self._taken
        if before is not None:
            taken = Taken(taken.files, before.kept + taken.kept, before.names + taken.names, (), ())
        if taken.kept:
            self._taken = taken
            self.asking.ask(taken.names)
        elif not taken.troubles:
            self.add.setFocus()

    def _save(self, what: str) -> None:
        taken, work = self._taken, self._work
        if taken is None or work is None:
            return
        day = self._today()
        acts = tuple(Attach(taken.files, kept, self._entity, self._owner, what, day) for kept in taken.kept)
        self._taken = None
        self.asking.hide()
        work.do(Together(acts), done=self._saved, failed=lambda error: self._not_saved(taken, error))

    def _saved(self, done: Done[Any]) -> None:
        if not done.changes:
            self.note.say(_("Berkas ini sudah ada di sini."), "quiet")
        else:
            self.note.say(_("Tersimpan dan disegel.") if self._is_sealed else _("Tersimpan."), "done")
        self.trouble.say("")
        self._load()
        self.add.setFocus()

    def _not_saved(self, taken: Taken, error: Exception) -> None:
        self._taken = taken
        self.asking.show()
        self._refused(error)

    def _open(self, one: Listed) -> None:
        work = self._work
        if work is None:
            return
        self._from = one.row.id

        def show(_done: object = None) -> None:
            self.reveal()
            self.opened.emit(one.row, one.name, f"{what_of(one.row)} · {facts(one.row)}")

        if self._looked is None:
            show()
        else:
            work.do(self._looked(one.row.owner), done=show, failed=self._refused)

    def _detach(self, one: Listed) -> None:
        self._fold()
        self.leaving.ask(one.row.id, self._called(one))

    def _leave(self, attachment: bytes, reason: str) -> None:
        if self._work is not None:
            self.leaving.hide()
            self._work.do(Detach(attachment, reason, self._today()), done=self._left, failed=self._refused)

    def _left(self, _done: Done[None]) -> None:
        self.note.say(_("Lampiran dilepas. Berkasnya dihapus dari komputer ini setelah 7 hari."), "done")
        self._load()
        self.add.setFocus()

    def _refused(self, error: Exception) -> None:
        self.add.setEnabled(True)
        self.note.say("")
        if isinstance(error, DeskError):
            self.trouble.say(str(error))
        elif self._work is not None:
            self.trouble.say(_("Belum berhasil karena kesalahan aplikasi. Coba sekali lagi."))
            self._work.failed.emit(error)

    def _load(self) -> None:
        if self._work is not None and self._owner:
            folder = self._work.desk.folder
            self._work.ask(listed, folder, self._entity, self._owner, done=self._see, failed=self._refused)

    def _see(self, found: tuple[Listed, ...]) -> None:
        if found == self._listed:
            return
        self._listed = found
        self._show(found)

    def _show(self, found: Sequence[Listed]) -> None:
        had = next((row.row.id for row in self.rows if row.open.hasFocus()), b"")
        for gone in self.rows:
            gone.hide()
            gone.deleteLater()
        self.rows = []
        for one in found:
            row = FileRow(one.row, self._called(one), facts(one.row))
            row.open.clicked.connect(partial(self._open, one))
            row.detach.clicked.connect(partial(self._detach, one))
            self._list.addWidget(row)
            self.rows.append(row)
            if one.row.id == had:
                row.open.setFocus()
        self.none.setVisible(not found)
        self._draw(found)

    def _draw(self, found: Sequence[Listed]) -> None:
        """Small pictures, but none that shows who asked before somebody asked for it."""
        rows = tuple(one.row for one in found if one.row.kind in photos.FORMATS and not self._is_masked(one))
        if rows and self._work is not None:
            side = round(FileRow.SIDE * self.devicePixelRatioF())
            self._work.run(thumbnails, self._work.desk, rows, side, done=self._drawn, failed=self._refused)

    def _drawn(self, made: dict[bytes, QImage]) -> None:
        for row in self.rows:
            if row.row.id in made:
                small = QPixmap.fromImage(made[row.row.id])
                small.setDevicePixelRatio(self.devicePixelRatioF())
                row.picture.setPixmap(small)

    def _is_masked(self, one: Listed) -> bool:
        return self._is_sealed and not self._is_revealed and one.row.what in FROM_APPLICANT

    def _called(self, one: Listed) -> str:
        return "" if self._is_masked(one) else one.name

    def _touched(self, changes: tuple[Touched, ...]) -> None:
        if not changes or {"attachment", "detachment"} & {touched.entity for touched in changes}:
            self._load()

    def _fold(self) -> None:
        self._taken = None
        self.asking.hide()
        self.leaving.hide()

    def _cancel(self) -> None:
        self._fold()
        self.note.say("")
        self.add.setFocus()

    def _choose(self) -> None:
        dialog = QFileDialog(
            self, _("Tambah lampiran"), "", _("Berkas yang diterima ({endings})").format(endings=ENDINGS)
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        put_words(dialog, _("Pilih"))
        dialog.filesSelected.connect(lambda found: self.take([Path(path) for path in found]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def paste(self) -> None:
        """Take the files or the picture on the clipboard."""
        data = QApplication.clipboard().mimeData()
        sources = local(data)
        if not sources and data.hasImage() and isinstance(image := data.imageData(), QImage):
            self.take([image])
        elif sources:
            self.take(sources)
        else:
            self.trouble.say(_("Di papan klip tidak ada berkas atau gambar. Salin dulu berkasnya, lalu tempel."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up over files of this PC."""
        if local(event.mimeData()):
            event.acceptProposedAction()
            mark(self, "over", True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Back to rest."""
        mark(self, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        mark(self, "over", False)
        event.acceptProposedAction()
        self.take(local(event.mimeData()))

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.setProperty("surface", "files")
        column, self._list = QVBoxLayout(self), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._list.setSpacing(2)
        for label in (self.none, self.hint):
            label.setProperty("role", "quiet")
            label.setWordWrap(True)
        column.addWidget(self.none)
        column.addLayout(self._list)
        parts: tuple[QWidget, ...] = (self.asking, self.leaving, self.note, self.trouble)
        for part in parts:
            column.addWidget(part)
        self.add.setProperty("kind", "link")
        self.add.setAutoDefault(True)
        column.addWidget(self.add)
        column.addWidget(self.hint)
        self.add.clicked.connect(self._choose)
        self.asking.chosen.connect(self._save)
        self.leaving.chosen.connect(self._leave)
        for panel in (self.asking, self.leaving):
            panel.closed.connect(self._cancel)
        keys(self, QKeySequence.StandardKey.Paste, self.paste)


def local(data: QMimeData) -> list[Path]:
    """The files of this PC among what is dragged or on the clipboard."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


def facts(row: Attached) -> str:
    """What a file is, in one line."""
    parts = (row.kind.upper(), weight(row.size), short_date(row.day))
    return " · ".join(part.replace(" ", "\u00a0") for part in parts)


def weight(size: int) -> str:
    """A size as people say it: `340 kB`, `1,2 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
