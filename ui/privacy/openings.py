"""The tab Siapa yang membuka: for somebody who asks what was done with their own data."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desk.dates import WIB, clock, short_date, zone
from desk.foi.queries import Line, Page, Seek, page
from desk.privacy.queries import Access, accesses
from desk.village.queries import profile
from ui.parts.field import Field
from ui.parts.style import mark
from ui.work import Work

PAUSE = 200
"""Milliseconds without a key after which a search begins."""

MOST = 30
"""Requests that are listed; a longer list wants another word."""


class OpeningsPane(QWidget):
    """Find the request at the left; what was done with its identity stands at the right."""

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._work, self._today = work, today
        self._found: tuple[Line, ...] = ()
        self.search = Field(_("&Cari permohonan"), QLineEdit(), _("Nomor, nama pemohon, atau isinya."))
        self.hits, self.list = QListWidget(), QListWidget()
        self.heading, self.copy = QLabel(), QPushButton(_("&Salin daftar"))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._build()
        self._typed.textChanged.connect(lambda: self._pause.start())
        self._typed.returnPressed.connect(self.reload)
        self._pause.timeout.connect(self.reload)
        self.hits.currentRowChanged.connect(self._open)
        self.copy.clicked.connect(self._copy)

    @property
    def _typed(self) -> QLineEdit:
        edit = self.search.input
        assert isinstance(edit, QLineEdit)
        return edit

    def reload(self) -> None:
        """Look for what was typed."""
        self._pause.stop()
        self._work.ask(_search, self._today(), self._typed.text(), done=self._put)

    def _put(self, found: Page) -> None:
        self._found = found.rows
        self.hits.clear()
        for line in found.rows:
            name = line.applicant or _("(identitas dihapus)")
            QListWidgetItem(f"{line.label} · {name}\n{_short(line.sought)}", self.hits)
        self._show_nothing(_("Pilih permohonan di kiri.") if found.rows else _("Tidak ada permohonan yang cocok."))

    def _show_nothing(self, words: str) -> None:
        self.heading.setText(words)
        self.list.clear()
        self.copy.setEnabled(False)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._found):
            line = self._found[row]
            self._work.ask(_told, line.id, self._today(), done=lambda told: self._show(line, told))

    def _show(self, line: Line, told: tuple[str, ...]) -> None:
        self.heading.setText(_("{label}: {count} kejadian").format(label=line.label, count=len(told)))
        self.list.clear()
        self.list.addItems(told)
        self.copy.setEnabled(bool(told))

    def _copy(self) -> None:
        rows = [self.list.item(row).text().replace("\n", " · ") for row in range(self.list.count())]
        QApplication.clipboard().setText("\n".join([self.heading.text(), *rows]))

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 12)
        row.setSpacing(16)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(8)
            row.addLayout(column, 1)
        left.addWidget(self.search)
        left.addWidget(self.hits, 1)
        self.hits.setAccessibleName(_("Permohonan yang cocok"))
        self.list.setAccessibleName(_("Siapa saja yang membuka data ini"))
        for view in (self.hits, self.list):
            view.setWordWrap(True)
            view.setTabKeyNavigation(False)
            view.setSpacing(2)
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        words = QLabel(_("Siapa saja yang membuka data ini"))
        mark(words, "role", "section")
        self.heading.setWordWrap(True)
        right.addWidget(words)
        right.addWidget(self.heading)
        right.addWidget(self.list, 1)
        self.copy.setAutoDefault(True)
        self.copy.setEnabled(False)
        right.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)


def _search(conn: Any, today: dt.date, typed: str) -> Page:
    return page(conn, today, Seek(typed), None, MOST)


def _told(conn: Any, request: bytes, today: dt.date) -> tuple[str, ...]:
    """Each act in a line: when, who, what."""
    village = profile(conn, today)
    here = zone(village.code) if village else WIB
    return tuple(_line(one, here) for one in accesses(conn, request))


def _line(one: Access, here: dt.timezone) -> str:
    at = one.at.astimezone(here)
    return f"{short_date(at.date())} {clock(at)} · {one.who}\n{one.what}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) < 70 else f"{words[:68]}…"
