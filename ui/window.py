"""The shell: village and search above, navigation at the left, one page at a time, and the status line below.

It is painted with QtWidgets alone, before the desk is open; pages come in as they are first visited. Names of the `Qt`
namespace are left out here and in what this file imports: the first of them makes Python build over a hundred enums.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.parts.style import grown

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from desk.village.queries import Place

PAGES = {
    "home": _("Beranda"),
    "requests": _("Permohonan"),
    "objections": _("Keberatan"),
    "dip": _("Daftar Informasi"),
    "budget": _("APBDes"),
    "projects": _("Kegiatan"),
    "posters": _("Poster"),
    "registers": _("Register"),
    "sync": _("Kirim"),
    "settings": _("Pengaturan"),
}
"""Key and name of every page in the navigation, in its order."""

NAV = 172
"""Width of the navigation in pixels until its words have been measured."""


class Shell(QMainWindow):
    """The one window."""

    painted = Signal()
    """The first paint has happened."""
    chosen = Signal(str)
    """A page was asked for by its key."""
    searched = Signal(str)
    zoomed = Signal(int)
    """One step larger (1), smaller (-1), or back to 100 % (0)."""
    undone = Signal()
    added = Signal()
    """A new request is to be entered, from wherever one is."""
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._was_painted = self._was_warned = False
        self._said = ""
        self.setWindowTitle(_("Meja Desa"))
        self.setMinimumSize(800, 480)
        self.resize(1200, 720)
        self.place, self.person = QLabel(_("Meja Desa")), QLabel(_("Petugas"))
        self.search = QLineEdit()
        self.buttons = {key: QPushButton(name) for key, name in PAGES.items()}
        self.stack = QStackedWidget()
        self.pages: dict[str, QWidget] = {}
        self.current = ""
        self.saved, self.line = QLabel(_("Membuka data desa ...")), QLabel()
        self._build()
        self._connect()

    def put_page(self, key: str, page: QWidget) -> None:
        """Keep a page that has been built."""
        self.pages[key] = page
        self.stack.addWidget(page)

    def show_page(self, key: str) -> None:
        """Turn to a page that has been built."""
        self.current = key
        self.stack.setCurrentWidget(self.pages[key])
        for name, button in self.buttons.items():
            button.setChecked(name == key)
        if key in self.buttons:
            self.rail.ensureWidgetVisible(self.buttons[key])

    def show_village(self, village: Place | None) -> None:
        """Name the village; a kelurahan has no APBDes and is not offered one."""
        if village is None:
            self.place.setText(_("Meja Desa"))
        else:
            self.place.setText(f"{village.place_name} · {village.district}")
        self.buttons["budget"].setVisible(village is None or village.kind != "kelurahan")

    def show_line(self, words: str) -> None:
        """How far the district knows what stands here."""
        self.line.setText(words)
        self.line.setToolTip(words)

    def say(self, sentence: str) -> None:
        """What just happened, until something else does."""
        self.saved.setText(sentence)
        self.saved.setToolTip(sentence)

    def warn(self, sentence: str) -> None:
        """What went wrong; it stays until somebody has read it and puts it away."""
        self.warning.setText(sentence)
        self.alarm.show()

    def refuse(self, sentence: str) -> None:
        """The data cannot be opened: say why, and leave nothing that could be pressed."""
        self.opening.setText(sentence)
        self.say(_("Data tidak terbuka"))
        for button in self.buttons.values():
            button.setEnabled(False)
        self.search.setEnabled(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell the first time that there is something to see."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say once that something typed would be lost; then let what is being written end."""
        unsaved = next((key for key, page in self.pages.items() if getattr(page, "is_unsaved", False)), "")
        if unsaved and not self._was_warned:
            self._was_warned = True
            self.chosen.emit(unsaved)
            said = _("Di halaman {page} ada isian yang belum disimpan. Simpan dulu, atau tutup sekali lagi.")
            self.warn(said.format(page=PAGES[unsaved]))
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """The navigation keeps its words whole at every text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def fit(self) -> None:
        """As wide as the longest name when it is chosen, with its icon."""
        name = QFont(self.font())
        name.setWeight(QFont.Weight.DemiBold)
        widest = max(QFontMetrics(name).horizontalAdvance(text) for text in PAGES.values())
        width = widest + grown(self, 76)
        self.nav.setMinimumWidth(width - self.rail.verticalScrollBar().sizeHint().width())
        self.rail.setFixedWidth(width)

    def _build_header(self, header: QFrame) -> None:
        row = QHBoxLayout(header)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        self.place.setProperty("role", "section")
        self.search.setPlaceholderText(_("Cari pemohon, nomor, isi ...   Ctrl+K"))
        self.search.setAccessibleName(_("Cari permohonan"))
        self.search.setMaximumWidth(420)
        self.person.setProperty("role", "quiet")
        row.addWidget(self.place)
        row.addStretch(1)
        row.addWidget(self.search, 2)
        row.addWidget(self.person)

    def _build_nav(self) -> None:
        column = QVBoxLayout(self.nav)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(4)
        for key, button in self.buttons.items():
            button.setProperty("kind", "nav")
            button.setCheckable(True)
            button.setChecked(key == "home")
            if key == "settings":
                column.addStretch(1)
            column.addWidget(button)

    def _build(self) -> None:
        header, self.nav, status = (_surface(name) for name in ("header", "nav", "status"))
        self._build_header(header)
        self._build_nav()
        # Where text is set large, ten names are higher than a small screen.
        self.rail = QScrollArea()
        self.rail.setFrameShape(QFrame.Shape.NoFrame)
        self.rail.setWidgetResizable(True)
        self.rail.setWidget(self.nav)
        self.rail.setMinimumWidth(grown(self, NAV))
        foot = QHBoxLayout(status)
        foot.setContentsMargins(16, 6, 16, 6)
        foot.setSpacing(16)
        foot.addWidget(self.saved)
        foot.addStretch(1)
        foot.addWidget(self.line)
        self.opening = QLabel(_("Membuka data desa ..."))
        self.opening.setProperty("role", "quiet")
        self.opening.setWordWrap(True)
        self.opening.setMargin(24)
        self.stack.addWidget(self.opening)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        whole = QWidget()
        frame = QVBoxLayout(whole)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.setSpacing(0)
        frame.addWidget(header)
        frame.addLayout(middle, 1)
        frame.addWidget(self._build_alarm())
        frame.addWidget(status)
        self.setCentralWidget(whole)

    def _build_alarm(self) -> QFrame:
        self.alarm, self.warning = _surface("alarm"), QLabel()
        self.warning.setWordWrap(True)
        self.seen = QPushButton(_("Tutup"))
        row = QHBoxLayout(self.alarm)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(self.warning, 1)
        row.addWidget(self.seen)
        self.alarm.hide()
        return self.alarm

    def _connect(self) -> None:
        for number, (key, button) in enumerate(self.buttons.items(), 1):
            button.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            button.setToolTip(key_of(number))
        self.seen.clicked.connect(self.alarm.hide)
        self.search.returnPressed.connect(lambda: self.searched.emit(self.search.text()))

    def begin_search(self) -> None:
        """Take the keyboard to the search."""
        self.search.setFocus()
        self.search.selectAll()

    def leave_search(self) -> None:
        """The words have been taken over by the register's own search."""
        self.search.clear()
        focused = QApplication.focusWidget()
        if focused is self.search:
            self.stack.setFocus()


def key_of(number: int) -> str:
    """What opens the page of a place in the navigation: its digit, and the comma for the tenth, Pengaturan."""
    return f"Ctrl+{number}" if number < 10 else "Ctrl+,"


def _surface(name: str) -> QFrame:
    frame = QFrame()
    frame.setProperty("surface", name)
    return frame
