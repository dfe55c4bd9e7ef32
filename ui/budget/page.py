"""The page APBDes: the village budget of a year, loaded from a file or typed, read as a tree, enacted."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk.budget.commands import Enact, FillBudget, Typed
from desk.budget.queries import Node, Version, tree, versions, years
from desk.desk import Done
from desk.log import Touched
from desk.village.queries import Profile, profile
from ui.budget.book import Book, enacted_words, head_words, version_words
from ui.budget.codes import CodeForm
from ui.budget.fields import Codes, FieldForm
from ui.budget.intake import Intake
from ui.parts.chip import Note
from ui.parts.empty import Empty
from ui.parts.scroll import FormScroll
from ui.work import Work

SHOWN_HERE = {"budget_version", "budget_line", "realisation", "village"}
"""Rows whose changing makes this page ask again."""


class BudgetPage(QWidget):
    """One year's budget, or one of the ways to fill it in."""

    go = Signal(str)
    """Another page, by its key."""

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self.title = _("APBDes")
        self._work, self._today = work, today
        self._versions: list[Version] = []
        self._is_kelurahan = self._typing = self._is_own = False
        self._picked: int | None = None
        self.year, self.version = QComboBox(), QComboBox()
        self.version_words = QLabel()
        self.change, self.enact = QPushButton(_("Isi atau muat")), QPushButton(_("Tetapkan …"))
        self.news = Note("done")
        self.undone = QPushButton(_("Urungkan"))
        self.head = QWidget()
        self.empty = Empty(
            "budget",
            _("Belum ada APBDes tahun ini"),
            _("Muat lembar kerja yang sudah ada, atau isi jumlahnya per bidang dalam sepuluh menit."),
            _("Muat dari berkas"),
        )
        self.by_field = QPushButton(_("Isi per bidang"))
        self.kelurahan = Empty(
            "budget",
            _("Kelurahan tidak mempunyai APBDes"),
            _("Anggaran kelurahan ada di APBD kabupaten, jadi halaman ini tidak dipakai."),
        )
        self.book, self.intake = Book(work), Intake(work)
        self.fields, self.codes = FieldForm(), CodeForm()
        self.pages = QStackedWidget()
        self._faces = (self.empty, self.kelurahan, self.book, self.intake, self.fields, self.codes)
        for face in self._faces:
            self.pages.addWidget(face)
        self._build()
        self._connect()
        self.tell("")
        self._years([])
        self._load()

    def import_file(self) -> None:
        """Begin loading a file for the year on the screen."""
        self.intake.start(self._chosen_year())
        self._turn(self.intake)

    def fill_fields(self) -> None:
        """Begin typing by field, from what the year's last version says."""
        self._begin(self._start_fields)

    def fill_codes(self) -> None:
        """Begin typing line by line."""
        self._begin(self._start_codes)

    def _begin(self, start: Callable[[list[Node]], None]) -> None:
        """Typing goes on from the last version, whichever is on the screen."""
        if self._versions:
            self._work.ask(tree, self._versions[-1].id, done=start)
        else:
            start([])

    def _start_fields(self, nodes: list[Node]) -> None:
        self._turn(self.fields)
        self.fields.start(self._chosen_year(), amounts_of(nodes))

    def _start_codes(self, nodes: list[Node]) -> None:
        self._turn(self.codes)
        self.codes.start(self._chosen_year(), amounts_of(nodes))

    def _chosen_year(self) -> int:
        return int(self.year.currentData())

    def _load(self) -> None:
        self._work.ask(profile, self._today(), done=self._profile)
        self._work.ask(years, done=self._years)

    def _profile(self, village: Profile | None) -> None:
        self._is_kelurahan = village is not None and village.kind == "kelurahan"
        self._settle()

    def _years(self, known: list[int]) -> None:
        this = self._today().year
        chosen = self._picked or (this if this in known or not known else known[-1])
        listed = sorted({*known, this, this + 1, chosen}, reverse=True)
        self.year.blockSignals(True)
        self.year.clear()
        for year in listed:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(listed.index(chosen))
        self.year.blockSignals(False)
        self._load_year()

    def _load_year(self) -> None:
        self._work.ask(versions, self._chosen_year(), done=self._show)

    def _show(self, found: list[Version]) -> None:
        chosen = self.version.currentData()
        self._versions = found
        self.version.blockSignals(True)
        self.version.clear()
        for version in reversed(found):
            self.version.addItem(version_words(version), version.id)
        self.version.setCurrentIndex(max(self.version.findData(chosen), 0) if found else -1)
        self.version.blockSignals(False)
        self._show_version()

    def _show_version(self) -> None:
        version = self._version()
        if version is None:
            self.book.nodes = ()
            self._settle()
            return
        self._dress_head()
        self.book.show_version(version)

    def _version(self) -> Version | None:
        return next((v for v in self._versions if v.id == self.version.currentData()), None)

    def _settle(self) -> None:
        """Show the page that fits what is known, unless something is being typed."""
        self._dress_head()
        version = self._version()
        if self._is_kelurahan:
            self._turn(self.kelurahan)
        elif not self._typing and (version is None or self.book.version == version.id):
            self._turn(self.book if version else self.empty)

    def _dress_head(self) -> None:
        version = self._version()
        self.version.setVisible(len(self._versions) > 1)
        is_only = len(self._versions) == 1
        self.version_words.setText(head_words(version, is_only=is_only) if version else "")
        self.change.setVisible(bool(self._versions))
        self.enact.setVisible(version is not None and version.is_draft and version.id == self._versions[-1].id)
        self.year.setVisible(not self._is_kelurahan)

    def _turn(self, page: QWidget) -> None:
        """Show a page, the ways to fill a budget in without the heading above them."""
        self._typing = page in (self.intake, self.fields, self.codes)
        self.head.setVisible(not self._typing)
        self.pages.setCurrentWidget(page)
        self._fit()

    def _fit(self) -> None:
        """No larger than the face that shows: a hidden one must not make the page scroll."""
        for face in self._faces:
            shown = face is self.pages.currentWidget()
            policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            face.setSizePolicy(policy, policy)

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
        self.undone.clicked.connect(self._undo)
        self.intake.loaded.connect(self._loaded)
        self.fields.submitted.connect(self._save_fields)
        self.codes.submitted.connect(self._save_line)
        for panel in (self.intake, self.fields, self.codes):
            panel.closed.connect(self._back)
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
        heading = QLabel(self.title)
        heading.setProperty("role", "title")
        self.version_words.setProperty("role", "quiet")
        self.version_words.setWordWrap(True)
        self.year.setAccessibleName(_("Tahun anggaran"))
        self.version.setAccessibleName(_("Versi APBDes"))
        self.version.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.enact.setProperty("kind", "main")
        menu = QMenu(self)
        for words, act in (
            (_("Isi per bidang"), self.fill_fields),
            (_("Isi per rekening"), self.fill_codes),
            (_("Muat dari berkas …"), self.import_file),
        ):
            menu.addAction(words, act)
        self.change.setMenu(menu)
        top = QHBoxLayout()
        top.setSpacing(16)
        for part in (heading, self.year, self.version):
            top.addWidget(part)
        top.addWidget(self.version_words, 1)
        top.addWidget(self.change)
        top.addWidget(self.enact)
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


def amounts_of(nodes: list[Node]) -> dict[Codes, Decimal | None]:
    """What a version says, by account and activity."""
    return {(node.account, node.activity): node.amount for node in nodes if node.kind == "line"}
