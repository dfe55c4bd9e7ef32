"""One open activity, read from top to bottom: how it stands, money, contracts, progress, photos, papers, requests."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.attachments import Detach
from desk.dates import short_date
from desk.desk import Command
from desk.foi import life
from desk.foi.about import Asked, TieRequest, requests_about, requests_to_tie
from desk.projects.commands import Picture, PutAddendum, PutContract, PutPayment, PutPhoto, SetProgress, TakeOff
from desk.projects.contracts import AddendumRow, ContractRow, PaymentRow
from desk.projects.queries import Photo, ProjectDetail, Seen
from desk.projects.rules import AddendumForm, ContractForm, PaymentForm
from desk.projects.watch import Point, frame_of
from desk.store import DeskError
from ui.parts.attaching import DetachPanel
from ui.parts.attachments import AttachmentsPart
from ui.parts.attachments import facts as file_facts
from ui.parts.chip import Chip, Note
from ui.parts.filing import Taken, take
from ui.parts.icons import icon
from ui.parts.scroll import FormScroll
from ui.projects.curve import Curve, told
from ui.projects.entries import AddendumEntry, ContractEntry, PaymentEntry, ProgressEntry, TieEntry
from ui.projects.entry import Entry
from ui.projects.frames import NAMES, Frames
from ui.projects.sections import Section, Told
from ui.projects.words import (
    addendum_words,
    budget_words,
    contract_words,
    facts,
    line_words,
    payment_words,
    state,
    warnings,
)
from ui.work import Work

MOST_NOTES = 4
"""Sentences of warning at the top; the rest shows in the sections."""


GONE = {"contract": _("Kontrak dihapus."), "addendum": _("Addendum dihapus."), "payment": _("Pembayaran dihapus.")}
"""What is said of a line that was taken off."""


class ProjectView(QWidget):
    """The activity with everything that belongs to it; one small form at a time is open inside it."""

    closed = Signal()
    editing = Signal()
    """The form of the activity itself is wanted."""
    opened = Signal(object, str, str)
    """An `Attached` is to be shown, under its name, with its facts."""
    said = Signal(str, bool)
    """What became of an act, and whether it can be undone."""

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._work, self._today = work, today
        self.detail: ProjectDetail | None = None
        self.heading, self.chip, self.facts = QLabel(), Chip(), QLabel()
        self.back, self.edit = QPushButton(icon("back"), ""), QPushButton(icon("edit"), _("&Ubah"))
        self.notes = [Note("late") for _place in range(MOST_NOTES)]
        self.contract, self.addendum, self.payment = ContractEntry(), AddendumEntry(), PaymentEntry()
        self.progress, self.tie = ProgressEntry(), TieEntry()
        self.entries: tuple[Entry, ...] = (self.progress, self.payment, self.contract, self.addendum, self.tie)
        self.curve, self.curve_words, self.frames = Curve(), QLabel(), Frames(work)
        self.leaving = DetachPanel()
        self.papers = AttachmentsPart("project", today, ("contract", "plan", "proof", "other"))
        self.papers.serve(work)
        self._sections()
        self._build()
        self._connect()

    def show_project(self, detail: ProjectDetail) -> None:
        """Show an activity; the same one again keeps the form that is open in it."""
        is_other = self.detail is None or self.detail.row.id != detail.row.id
        self.detail, row = detail, detail.row
        if is_other:
            self.fold()
            self.sheet.verticalScrollBar().setValue(0)
        self.heading.setText(row.name)
        self.chip.say(*state(row, self._today()))
        self.facts.setText(facts(row))
        self.facts.setVisible(bool(self.facts.text()))
        found = warnings(detail)[:MOST_NOTES]
        for place, note in enumerate(self.notes):
            kind, sentence = found[place] if place < len(found) else ("late", "")
            note.say(sentence, kind)
        self._show_growth(detail)
        self._show_money(detail)
        self.papers.show_record(row.id)
        self._work.ask(requests_about, row.id, done=self._show_asked)

    def is_dirty(self) -> bool:
        """Whether a form inside it holds words that are not saved."""
        return any(entry.is_dirty() for entry in self.entries)

    def submit(self) -> None:
        """Save the form that is open."""
        for entry in self.entries:
            if not entry.isHidden():
                entry.submit()

    def fold(self) -> None:
        """Close the form that is open."""
        for entry in self.entries:
            entry.hide()
        self.leaving.hide()

    def resume(self) -> None:
        """The keyboard is again where a file was opened."""
        self.papers.resume()

    def _show_growth(self, detail: ProjectDetail) -> None:
        seen = tuple(Point(one.day, one.percent) for one in reversed(detail.story))
        self.curve.show_curve(detail.corners, seen, self._today())
        self.curve_words.setText(told(detail.corners, seen, self._today()))
        self.curve_words.setVisible(bool(self.curve_words.text()))
        listed = " · ".join(f"{short_date(one.day)}: {one.percent} %" for one in detail.story)
        self.growth.show_lines((Told("", _("Catatan: {list}").format(list=listed)),) if listed else ())
        self.frames.show_photos(detail.photos)

    def _show_money(self, detail: ProjectDetail) -> None:
        lines = [Told(*budget_words(detail.row)), *(Told(*line_words(line)) for line in detail.lines)]
        self.money.show_lines(
            [*lines, *(Told(*payment_words(p, detail.contracts), self._acts("payment", p)) for p in detail.payments)]
        )
        told_of: list[Told] = []
        for contract in detail.contracts:
            told_of.append(Told(*contract_words(contract), self._acts("contract", contract)))
            told_of += [Told(*addendum_words(a), self._acts("addendum", a), is_inside=True) for a in contract.addenda]
        self.contracts.show_lines(told_of)

    def _acts(
        self, kind: str, row: ContractRow | AddendumRow | PaymentRow
    ) -> tuple[tuple[str, Callable[[], None]], ...]:
        """What can be done with a line."""
        change: tuple[str, Callable[[], None]] = (_("Ubah"), partial(self._change, row))
        remove: tuple[str, Callable[[], None]] = (_("Hapus"), partial(self._take_off, kind, row.id))
        if isinstance(row, ContractRow):
            return (_("+ Addendum"), partial(self._begin_addendum, row)), change, remove
        return change, remove

    def _show_asked(self, asked: tuple[Asked, ...]) -> None:
        untie = _("Lepas")
        self.requests.show_lines(
            [Told(one.label, life.STATES.get(one.state, one.state), ((untie, partial(self._untie, one)),))
             for one in asked]
        )  # fmt: skip

    def _change(self, row: ContractRow | AddendumRow | PaymentRow) -> None:
        assert self.detail is not None
        self.fold()
        match row:
            case ContractRow():
                self.contract.fill(row)
            case AddendumRow():
                self.addendum.fill(next(c for c in self.detail.contracts if c.id == row.contract), row)
            case PaymentRow():
                self.payment.fill(self.detail.contracts, row, self._today())

    def _begin_addendum(self, contract: ContractRow) -> None:
        self.fold()
        self.addendum.fill(contract, None)

    def begin_contract(self) -> None:
        """Open the form of a new contract."""
        self.fold()
        self.contract.fill(None)

    def begin_payment(self) -> None:
        """Open the form of a new payment."""
        assert self.detail is not None
        self.fold()
        self.payment.fill(self.detail.contracts, None, self._today())

    def begin_progress(self, percent: int | None = None, seen: Seen | None = None) -> None:
        """Open the form of progress, or only for the photo of an entry."""
        self.fold()
        self.progress.fill(percent, self._today(), seen)

    def _begin_photo(self, frame: int) -> None:
        """A photo of what was noted last in this frame; where nothing was, progress is noted with it."""
        assert self.detail is not None
        seen = next((one for one in self.detail.story if frame_of(one.percent) == frame), None)
        self.begin_progress(frame, seen)

    def _begin_tie(self) -> None:
        assert self.detail is not None
        self.fold()
        self._work.ask(requests_to_tie, self.detail.row.year, done=self.tie.fill)

    def _save_contract(self, form: ContractForm) -> None:
        self._do(PutContract(self._id(), form, self.contract.id), _("Kontrak tersimpan."), self.contract)

    def _save_addendum(self, form: AddendumForm) -> None:
        assert self.addendum.contract is not None
        act = PutAddendum(self.addendum.contract.id, form, self.addendum.id)
        self._do(act, _("Addendum tersimpan."), self.addendum)

    def _save_payment(self, form: PaymentForm) -> None:
        act = PutPayment(self._id(), form, self._today(), self.payment.id)
        self._do(act, _("Pembayaran tersimpan."), self.payment)

    def _save_progress(self, percent: int, day: dt.date) -> None:
        """Keep the photo first, then the entry with it."""
        photo = self.progress.photo
        if photo is None:
            act = SetProgress(self._id(), day, percent, self._today())
            # What was seen stays seen; a correction is a new entry.
            self._do(act, _("Kemajuan tersimpan."), self.progress, is_undoable=False)
            return
        self.progress.save.setEnabled(False)
        keep_place = self.progress.place.isChecked()
        put = partial(self._put_photo, self._id(), self.progress.seen, percent, day)
        reading = partial(take, is_sealed=False, keep_place=keep_place)
        self._work.run(reading, self._work.desk, (photo,), done=put, failed=self.progress.explain)

    def _put_photo(self, project: bytes, seen: Seen | None, percent: int, day: dt.date, taken: Taken) -> None:
        if not taken.kept:
            self.progress.explain(DeskError(" ".join(taken.troubles)))
            return
        picture = Picture(taken.files, taken.kept[0])
        act: Command[Any] = (
            SetProgress(project, day, percent, self._today(), picture)
            if seen is None
            else PutPhoto(seen.id, picture, self._today())
        )
        self._do(act, " ".join((_("Foto tersimpan."), *taken.notes)), self.progress, is_undoable=False)

    def _do(self, act: Command[Any], sentence: str, entry: Entry, *, is_undoable: bool = True) -> None:
        entry.save.setEnabled(False)

        def done(_done: object) -> None:
            entry.save.setEnabled(True)
            entry.hide()
            self.said.emit(sentence, is_undoable)
            self._adders[entry].setFocus()

        self._work.do(act, done=done, failed=entry.explain)

    def _take_off(self, kind: str, id: bytes) -> None:  # noqa: A002 (the row's own word)
        words = {
            "contract": _("Kontrak dihapus."),
            "addendum": _("Addendum dihapus."),
            "payment": _("Pembayaran dihapus."),
        }
        self._act(TakeOff(kind, id), words[kind], can_undo=True)

    def _untie(self, asked: Asked) -> None:
        self._act(TieRequest(asked.id, None), _("{label} dilepas.").format(label=asked.label), can_undo=True)

    def _tie(self, request: bytes) -> None:
        self._do(TieRequest(request, self._id()), _("Permohonan dikaitkan."), self.tie)

    def _act(self, act: Command[Any], sentence: str, *, can_undo: bool) -> None:
        self._work.do(act, done=lambda _done: self.said.emit(sentence, can_undo), failed=self._refused)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.notes[0].say(str(error), "late")
        self.sheet.verticalScrollBar().setValue(0)

    def _open_photo(self, photo: Photo) -> None:
        said = f"{photo.seen.percent} % · {short_date(photo.seen.day)} · {file_facts(photo.file)}"
        self.opened.emit(photo.file, f"{self.heading.text()}: {NAMES[photo.frame]}", said)

    def _ask_why(self, photo: Photo) -> None:
        self.fold()
        self.leaving.ask(photo.file.id, NAMES[photo.frame])

    def _drop_photo(self, attachment: bytes, reason: str) -> None:
        self.leaving.hide()
        said = _("Foto dilepas. Berkasnya dihapus dari komputer ini setelah 7 hari.")
        self._act(Detach(attachment, reason, self._today()), said, can_undo=False)

    def _id(self) -> bytes:
        assert self.detail is not None
        return self.detail.row.id

    def _sections(self) -> None:
        self.curve_words.setProperty("role", "quiet")
        growth = (self.curve, self.curve_words, self.frames, self.progress, self.leaving)
        self.growth = Section(_("Kemajuan"), _("Catat kemajuan"), growth, _("Belum ada catatan kemajuan."))
        self.money = Section(_("Uang"), _("Pembayaran"), (self.payment,))
        self.contracts = Section(
            _("Kontrak"), _("Kontrak atau SK tim"), (self.contract, self.addendum), _("Belum ada kontrak atau SK tim."),
        )  # fmt: skip
        open_files = QLabel(_("Terbuka untuk umum: tutup NIK dan nomor rekening sebelum dipindai."))
        open_files.setProperty("role", "quiet")
        open_files.setWordWrap(True)
        self.files = Section(_("Berkas"), "", (open_files, self.papers))
        self.requests = Section(
            _("Permohonan"), _("Kaitkan"), (self.tie,), _("Belum ada permohonan tentang kegiatan ini.")
        )
        self._adders = {
            self.progress: self.growth.add, self.payment: self.money.add, self.contract: self.contracts.add,
            self.addendum: self.contracts.add, self.tie: self.requests.add,
        }  # fmt: skip

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.edit.clicked.connect(self.editing)
        for section, begin in (
            (self.growth, self.begin_progress), (self.money, self.begin_payment),
            (self.contracts, self.begin_contract), (self.requests, self._begin_tie),
        ):  # fmt: skip
            section.adding.connect(begin)
        for entry in self.entries:
            entry.closed.connect(partial(self._leave, entry))
        self.contract.submitted.connect(self._save_contract)
        self.addendum.submitted.connect(self._save_addendum)
        self.payment.submitted.connect(self._save_payment)
        self.progress.submitted.connect(self._save_progress)
        self.tie.submitted.connect(self._tie)
        self.frames.wanted.connect(self._begin_photo)
        self.frames.opened.connect(self._open_photo)
        self.frames.dropped.connect(self._ask_why)
        self.leaving.chosen.connect(self._drop_photo)
        self.leaving.closed.connect(self.leaving.hide)
        self.papers.opened.connect(self.opened)
        QShortcut(QKeySequence("Esc"), self, self.closed.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _leave(self, entry: Entry) -> None:
        entry.hide()
        self._adders[entry].setFocus()

    def _build(self) -> None:
        self.heading.setProperty("role", "section")
        self.back.setToolTip(_("Kembali ke daftar (Esc)"))
        self.back.setAccessibleName(_("Kembali ke daftar"))
        self.back.setMinimumWidth(36)
        self.back.setProperty("kind", "link")
        for label in (self.heading, self.facts, self.curve_words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        top, page = QHBoxLayout(), QVBoxLayout(self)
        top.setContentsMargins(12, 8, 24, 8)
        top.setSpacing(8)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.heading, 1)
        top.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(top)
        inside = QWidget()
        inside.setProperty("surface", "page")
        inside.setMaximumWidth(760)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 4, 24, 24)
        column.setSpacing(10)
        column.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        parts: Sequence[QWidget] = (
            *self.notes, self.facts, self.growth, self.money, self.contracts, self.files, self.requests
        )  # fmt: skip
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self.sheet = FormScroll(inside)
        page.addWidget(self.sheet, 1)
