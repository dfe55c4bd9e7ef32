"""The page APBDes: the village budget of a year, loaded from a file or typed, read as a tree, enacted."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desk.budget.codes import own_titles
from desk.budget.commands import Enact, FillBudget, StartBudget, Typed
from desk.budget.queries import Node, Version, tree, versions, years
from desk.desk import Done
from desk.log import Touched
from desk.village.queries import Profile, profile
from ui.budget.book import Book, enacted_words, head_words, version_words
from ui.budget.codes import CodeForm
from ui.budget.faces import OneFace
from ui.budget.fields import FieldForm, published
from ui.budget.intake import Intake
from ui.budget.realising import Realising
from ui.budget.views import Views
from ui.parts.chip import Note
from ui.parts.empty import Empty
from ui.parts.scroll import FormScroll
from ui.work import Work

SHOWN_HERE = {"budget_version", "budget_line", "realisation", "realisation_withdrawn", "own_code", "village"}
"""Rows whose changing makes this page ask again."""

ROOMY = 64
"""Page width, in lines of text high, from which versions and regulation stand side by side: a window of 1366."""


class BudgetPage(QWidget):
    """One year's budget, or one of the ways to fill it in."""

    go = Signal(str)
    """Another page, by its key."""

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self.title = _("APBDes")
        self._work, self._today = work, today
        self._versions: list[Version] = []
        self._is_kelurahan = self._typing = self._is_own = self._is_known = self._is_leading = False
        self._picked: int | None = None
        self._begun: bytes | None = None
        self.year, self.version, self.version_words = QComboBox(), QComboBox(), QLabel()
        self.change, self.enact = QPushButton(_("Isi atau muat")), QPushButton(_("Tetapkan …"))
        self.news, self.head, self.heading = Note("done"), QWidget(), QLabel(self.title)
        self.undone = QPushButton(_("Urungkan"))
        self.empty = Empty(
            "budget",
            _("Belum ada APBDes tahun ini"),
            _("Muat lembar kerja yang sudah ada, atau isi jumlahnya per bidang dalam sepuluh menit."),
            _("Muat dari berkas"),
        )
        self.by_field = QPushButton(_("Isi per bidang"))
        self.by_field.setAutoDefault(True)
        self.kelurahan = Empty(
            "budget",
            _("Kelurahan tidak mempunyai APBDes"),
            _("Anggaran kelurahan ada di APBD kabupaten, jadi halaman ini tidak dipakai."),
        )
        self.book, self.intake = Book(work), Intake(work)
        self.fields, self.codes = FieldForm(), CodeForm()
        self.realising, self.realise = Realising(work, today), QPushButton(_("Realisasi"))
        self.views = Views(work)
        self._aside = (self.intake, self.fields, self.codes, self.realising, self.views)
        self.pages = OneFace()
        for face in (self.empty, self.kelurahan, self.book, *self._aside):
            self.pages.add(face)
        self._build()
        self._connect()
        self.tell("")
        self._list_years([])
        self._dress_head()
        self._load()

    def import_file(self) -> None:
        """Begin loading a file for the year on the screen."""
        self.intake.start(self._chosen_year())
        self._turn(self.intake)

    def fill_fields(self) -> None:
        """Begin typing by field, from what the year's last version says."""
        self._begin(self._start_fields)

    def fill_codes(self, near: Node | None = None) -> None:
        """Begin typing line by line, for the activity of a line where one is named."""
        self._begin(partial(self._start_codes, near))

    def show_realisation(self) -> None:
        """What was received and spent of the year's budget, typed and explained."""
        self._turn(self.realising)
        self.realising.start(self._chosen_year())

    def _new_line(self) -> None:
        self.fill_codes()

    def _begin(self, start: Callable[[list[Node]], None]) -> None:
        """Typing goes on from the last version, whichever is on the screen."""
        if self._versions:
            self._work.ask(tree, self._versions[-1].id, done=start)
        else:
            start([])

    def _start_fields(self, nodes: list[Node]) -> None:
        self._turn(self.fields)
        self.fields.start(self._chosen_year(), published(nodes))

    def _start_codes(self, near: Node | None, nodes: list[Node]) -> None:
        self._turn(self.codes)
        self.codes.start(self._chosen_year(), nodes, near)

    def _chosen_year(self) -> int:
        return int(self.year.currentData())

    def _load(self) -> None:
        self._work.ask(profile, self._today(), done=self._profile)
        self._work.ask(own_titles, done=self.codes.know)
        self._work.ask(years, done=self._years)

    def _profile(self, village: Profile | None) -> None:
        self._is_kelurahan = village is not None and village.kind == "kelurahan"
        self._settle()

    def _years(self, known: list[int]) -> None:
        self._list_years(known)
        self._load_year()

    def _list_years(self, known: list[int]) -> None:
        this, self._has_others = self._today().year, len(known) > 1
        chosen = self._picked or (this if this in known or not known else known[-1])
        listed = sorted({*known, this, this + 1, chosen}, reverse=True)
        self.year.blockSignals(True)
        self.year.clear()
        for year in listed:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(listed.index(chosen))
        self.year.blockSignals(False)

    def _load_year(self) -> None:
        self._work.ask(versions, self._chosen_year(), done=self._show)

    def _show(self, found: list[Version]) -> None:
        chosen, self._begun = self._begun or self.version.currentData(), None
        leading = self._is_leading and bool(found) and found[0].year == self._picked
        self._versions, self._is_known, self._is_leading = found, True, self._is_leading and not leading
        chosen = next((v.id for v in reversed(found) if leading and not v.is_draft), chosen)
        self.version.blockSignals(True)
        self.version.clear()
        for version in reversed(found):
            self.version.addItem(version_words(version), version.id)
        places = {version.id: place for place, version in enumerate(reversed(found))}
        self.version.setCurrentIndex(places.get(chosen, 0 if found else -1))  # findData compares bytes by identity
        self.version.view().setMinimumWidth(self.version.view().sizeHintForColumn(0) + 24)
        self.version.blockSignals(False)
        self._show_version()
        if leading:
            self._view(self.views.show_closing)

    def _show_version(self) -> None:
        version = self._version()
        if version is None:
            self.book.nodes = ()
            self._settle()
            return
        self._dress_head()
        self.book.show_version(version, is_last=version.id == self._versions[-1].id)

    def _version(self) -> Version | None:
        return next((v for v in self._versions if v.id == self.version.currentData()), None)

    def _settle(self) -> None:
        """Show the page that fits what is known, unless something is being typed."""
        self._dress_head()
        version = self._version()
        if self._is_kelurahan:
            self._turn(self.kelurahan)
        elif self._is_known and not self._typing and (version is None or self.book.version == version.id):
            self._turn(self.book if version else self.empty)

    def _dress_head(self) -> None:
        version = self._version()
        self.version.setVisible(len(self._versions) > 1)
        self.version_words.setText(head_words(version, is_only=len(self._versions) == 1) if version else "")
        self.version.setToolTip(self.version_words.text())
        self._fit_head()
        self.change.setVisible(bool(self._versions))
        self.realise.setVisible(bool(self._versions))
        self.book.balance.compare.setVisible(len(self._versions) > 1 or self._has_others)
        self.enact.setVisible(version is not None and version.is_draft)
        self.year.setVisible(not self._is_kelurahan)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The heading takes what there is room for."""
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        """In a narrow window the regulation is the tip of the versions, and only the navigation names the page."""
        has_room = len(self._versions) < 2 or self.width() >= ROOMY * self.fontMetrics().height()
        self.version_words.setVisible(has_room)
        self.heading.setVisible(has_room)

    def _turn(self, page: QWidget) -> None:
        """Show a page, the ways to fill a budget in without the heading above them."""
        self._typing = page in self._aside
        self.head.setVisible(not self._typing)
        self.pages.turn(page)

    def _back(self) -> None:
        self._typing = False
        self._settle()
        (self.empty.button if self.empty.isVisible() else self.book.tree).setFocus()

    def _loaded(self, year: int, sentence: str, is_changed: bool) -> None:
        self._typing, self._picked = False, year
        self.tell(sentence, can_undo=is_changed)
        self._load()

    def tell(self, sentence: str, *, can_undo: bool = False) -> None:
        """Say under the heading what became of the last act."""
        self.news.say(sentence)
        self.told.setVisible(bool(sentence))
        self.undone.setVisible(can_undo)
        self._is_own = can_undo

    def _undo(self) -> None:
        self._work.undo()
        self.tell("")

    def _save_fields(self, lines: tuple[Typed, ...]) -> None:
        command = FillBudget(self._chosen_year(), lines)
        self._work.do(command, done=self._fields_saved, failed=self.fields.explain)

    def _fields_saved(self, done: Done[bytes]) -> None:
        said = _("APBDes {year} tersimpan sebagai rancangan.") if done.changes else _("Tidak ada yang berubah.")
        self._typing = False
        self.tell(said.format(year=self._chosen_year()), can_undo=bool(done.changes))
        self._load_year()

    def _save_line(self, line: Typed) -> None:
        self._work.do(
            FillBudget(self._chosen_year(), (line,)), done=partial(self._line_saved, line), failed=self.codes.explain
        )

    def _line_saved(self, line: Typed, done: Done[bytes]) -> None:
        self.codes.saved(line)
        self._work.ask(tree, done.value, done=self.codes.renew)

    def _amend(self) -> None:
        """Begin an amendment: a copy of what is enacted, to be changed in its cells."""
        self._work.do(StartBudget(self._chosen_year()), done=self._amended)

    def _amended(self, done: Done[bytes]) -> None:
        self._begun = done.value
        self.tell(_("Perubahan dimulai sebagai salinan. Ubah angkanya langsung di tabel."), can_undo=bool(done.changes))

    def show_closing(self, year: int) -> None:
        """Show why the budget in force of a year does not close."""
        self._picked, self._is_leading = year, True
        self._load()

    def _view(self, show: Callable[[Version], None]) -> None:
        """Turn to what is read beside the version on the screen."""
        if version := self._version():
            self._turn(self.views)
            show(version)

    def _begin_enacting(self) -> None:
        self.book.enact.start(self._chosen_year(), self._today())

    def _enact(self, regulation: str, day: dt.date) -> None:
        version = self._version()
        if version is not None:
            done = partial(self._enacted, version, regulation, day)
            self._work.do(Enact(version.id, regulation, day), done=done, failed=self.book.enact.explain)

    def _enacted(self, version: Version, regulation: str, day: dt.date, done: Done[bytes]) -> None:
        self.book.enact.hide()
        self.tell(enacted_words(version, regulation, day))
        self.book.tree.setFocus()

    def _other_year(self) -> None:
        self._picked = self._chosen_year()
        self.tell("")
        self.book.enact.hide()
        self._load_year()

    def _changed(self, touched: tuple[Touched, ...]) -> None:
        """Ask again; what came after the act of this page is not turned back from here."""
        if not self._is_own:
            self.undone.hide()
        self._is_own = False
        if not touched or SHOWN_HERE & {row.entity for row in touched}:
            self._load()

    def _connect(self) -> None:
        self.year.currentIndexChanged.connect(self._other_year)
        self.version.currentIndexChanged.connect(self._show_version)
        self.empty.pressed.connect(self.import_file)
        self.by_field.clicked.connect(self.fill_fields)
        self.book.shown.connect(self._settle)
        self.enact.clicked.connect(self._begin_enacting)
        self.book.enact.closed.connect(self.book.enact.hide)
        self.book.enact.submitted.connect(self._enact)
        self.book.strip.amend.connect(self._amend)
        self.book.adding.connect(self.fill_codes)
        self.book.told.connect(partial(self.tell, can_undo=True))
        self.undone.clicked.connect(self._undo)
        self.intake.loaded.connect(self._loaded)
        self.fields.submitted.connect(self._save_fields)
        self.codes.submitted.connect(self._save_line)
        self.realise.clicked.connect(self.show_realisation)
        for panel in self._aside:
            panel.closed.connect(self._back)
        self.book.balance.compares.connect(lambda: self._view(self.views.show_difference))
        self.book.balance.leads.connect(lambda: self._view(self.views.show_closing))
        for follow in (self._back, self.book.lead):
            self.views.lines.connect(follow)
        self._work.changed.connect(self._changed)
        QShortcut(QKeySequence("Ctrl+O"), self.book, self.import_file)

    def _build(self) -> None:
        self.setProperty("surface", "page")
        self._build_head()
        room = self.empty.layout()
        assert isinstance(room, QVBoxLayout)
        room.insertWidget(room.count() - 1, self.by_field, 0, Qt.AlignmentFlag.AlignHCenter)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.pages, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(FormScroll(whole))

    def _build_head(self) -> None:
        self.heading.setProperty("role", "title")
        self.version_words.setProperty("role", "quiet")
        self.version_words.setWordWrap(True)
        self.version_words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.year.setAccessibleName(_("Tahun anggaran"))
        self.version.setAccessibleName(_("Versi APBDes"))
        self.version.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.version.setMinimumContentsLength(13)
        self.version.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.enact.setProperty("kind", "main")
        menu = QMenu(self)
        for words, act in (
            (_("Isi per bidang"), self.fill_fields),
            (_("Isi per rekening"), self._new_line),
            (_("Muat dari berkas …"), self.import_file),
            (_("Kode desa …"), lambda: self._view(self.views.show_codes)),
        ):
            menu.addAction(words, act)
        self.change.setMenu(menu)
        top = QHBoxLayout()
        top.setSpacing(16)
        for part in (self.heading, self.year, self.version):
            top.addWidget(part)
        top.addWidget(self.version_words, 1)
        for button in (self.realise, self.change, self.enact):
            top.addWidget(button)
        self.undone.setProperty("kind", "link")
        self.told = QWidget()
        told = QHBoxLayout(self.told)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(16)
        told.addWidget(self.news, 1, Qt.AlignmentFlag.AlignVCenter)
        told.addWidget(self.undone)
        column = QVBoxLayout(self.head)
        column.setContentsMargins(24, 16, 24, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.told)
