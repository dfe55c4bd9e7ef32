"""The pieces of a list of files: a row, what a new file is, and why one is taken off."""

from collections.abc import Callable, Sequence
from gettext import gettext as _

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desk.attachments import REASONS, WHAT, Attached
from ui.parts.field import Field
from ui.parts.icons import icon, pixmap

LETTERS = 36
"""A name longer than this is shown by its beginning and its end; the pointer over it shows all of it."""

IDENTITY = _("Boleh tidak dilampirkan. Disegel di komputer ini dan tidak pernah dikirim.")


class FileRow(QWidget):
    """One file: a small picture, its name to open it, what it is, and the way to take it off."""

    SIDE = 44
    """Pixels of the picture's square."""

    def __init__(self, row: Attached, name: str, facts: str) -> None:
        """A row of the list; without a name it is called by what it is."""
        super().__init__()
        self.row = row
        what = what_of(row)
        called = name or what[0].upper() + what[1:]
        self.picture = QLabel()
        self.picture.setFixedSize(self.SIDE, self.SIDE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setPixmap(pixmap("file", "edge", 24))
        self.open = QPushButton(short(called).replace("&", "&&"))
        self.open.setToolTip(called)
        self.open.setAccessibleName(_("Buka {name}").format(name=called))
        self.facts = QLabel(f"{what} · {facts}" if name else facts)
        self.facts.setProperty("role", "quiet")
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setWordWrap(True)
        self.facts.setContentsMargins(6, 0, 0, 0)
        self.detach = QPushButton(_("Lepas"))
        self.detach.setAccessibleName(_("Lepas {name}").format(name=called))
        line, words = QHBoxLayout(self), QVBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        words.setSpacing(0)
        words.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self.facts)
        line.addWidget(self.picture)
        line.addLayout(words, 1)
        line.addWidget(self.detach)
        for button in (self.open, self.detach):
            button.setProperty("kind", "link")
            button.setAutoDefault(True)


class _Panel(QFrame):
    """A small form inside a record; Ctrl+Enter saves it, and not the form it may stand in."""

    save: QPushButton

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+Enter before a shortcut of what is around it does."""
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_saving = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if is_saving and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
                event.accept()
                if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
                    self.save.click()
                return True
        return super().event(event)


class WhatPanel(_Panel):
    """New files have come: what are they?"""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, what: Sequence[str]) -> None:
        super().__init__()
        self.names, self.what = QLabel(), QComboBox()
        for key in what:
            self.what.addItem(WHAT[key], key)
        self.field = Field(_("Ini berkas apa?"), self.what)
        self.save, self.cancel = QPushButton(icon("check"), _("Simpan la&mpiran")), QPushButton(_("Batal"))
        self.names.setWordWrap(True)
        self.names.setTextFormat(Qt.TextFormat.PlainText)
        _stack(self, (self.names, self.field), (self.cancel, self.save))
        self.what.currentIndexChanged.connect(self._explain)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.closed)
        self.hide()

    def ask(self, names: Sequence[str]) -> None:
        """Ask about files of these names."""
        self.names.setText("\n".join(short(name) for name in names))
        self.show()
        self.what.setFocus()
        bring(self)

    def _explain(self) -> None:
        self.field.hint(IDENTITY if self.what.currentData() == "identity" else "")
        bring(self)

    def _save(self) -> None:
        self.chosen.emit(self.what.currentData())


class DetachPanel(_Panel):
    """A file is to be taken off its record: why?"""

    chosen = Signal(bytes, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._attachment = b""
        self.words, self.reason = QLabel(), QComboBox()
        for key, name in REASONS.items():
            self.reason.addItem(name, key)
        self.field = Field(_("Alasan"), self.reason)
        self.save, self.cancel = QPushButton(_("Le&pas lampiran")), QPushButton(_("Batal"))
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        _stack(self, (self.words, self.field), (self.cancel, self.save))
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.closed)
        self.hide()

    def ask(self, attachment: bytes, name: str) -> None:
        """Ask about one file; "" where its name is masked."""
        self._attachment = attachment
        words = _("{name} dilepas dari catatan ini. Berkasnya dihapus setelah 7 hari; bahwa pernah ada tetap tercatat.")
        self.words.setText(words.format(name=short(name) or _("Lampiran ini")))
        self.show()
        self.reason.setFocus()
        bring(self)

    def _save(self) -> None:
        self.chosen.emit(self._attachment, self.reason.currentData())


def keys(widget: QWidget, sequence: str | QKeySequence.StandardKey, run: Callable[[], None]) -> None:
    """Keys that do something while the keyboard is inside a widget."""
    made = QShortcut(QKeySequence(sequence), widget, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.setAutoRepeat(False)
    made.activated.connect(run)


def bring(panel: QWidget) -> None:
    """Have the whole of a panel in sight, its buttons too, where what it stands in scrolls."""

    def scroll() -> None:
        above = panel.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and panel.isVisible():
            above.ensureWidgetVisible(panel, 0, 8)

    # The panel has its height only after the layout has run.
    QTimer.singleShot(0, panel, scroll)


def what_of(row: Attached) -> str:
    """What a file is; a word this program does not know came with a newer one."""
    return WHAT.get(row.what, WHAT["other"])


def short(name: str) -> str:
    """A name that fits its line; the end stays, where people put what tells files apart."""
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 15]}…{name[-14:]}"


def _stack(panel: QFrame, parts: Sequence[QWidget], buttons: Sequence[QPushButton]) -> None:
    panel.setProperty("surface", "quiet")
    column, foot = QVBoxLayout(panel), QHBoxLayout()
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(10)
    for part in parts:
        column.addWidget(part)
    foot.addStretch(1)
    for button in buttons:
        button.setAutoDefault(True)
        foot.addWidget(button)
    column.addLayout(foot)
