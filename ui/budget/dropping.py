"""Where a file is dropped, or chosen with the button inside."""

from gettext import gettext as _
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from desk.exchange.sheet import Pasted
from ui.parts.icons import icon, pixmap
from ui.parts.style import mark

BUDGET_CALL = _("Letakkan berkas APBDes di sini")
BUDGET_EXAMPLES = _(
    "Berkas Siskeudes (mde, mdb, atau zip tabelnya), lembar kerja Excel (xlsx), LibreOffice (ods), atau csv; "
    "atau tempel tabel yang sudah disalin (Ctrl+V)."
)


def copied() -> Path | Pasted | None:
    """What lies on the clipboard: a file, a table as text, or nothing of use."""
    data = QGuiApplication.clipboard().mimeData()
    files = [url for url in data.urls() if url.isLocalFile()]
    if files:
        return Path(files[0].toLocalFile())
    return Pasted(data.text()) if data.text().strip() else None


class DropBox(QFrame):
    """A frame that takes one file."""

    dropped = Signal(Path)

    def __init__(self, call: str = BUDGET_CALL, examples: str = BUDGET_EXAMPLES) -> None:
        """What is to be dropped, and which kinds of file that may be."""
        super().__init__()
        self.setProperty("surface", "drop")
        self.setAcceptDrops(True)
        picture = QLabel()
        picture.setPixmap(pixmap("import", "edge", 40))
        words = QLabel(call)
        words.setProperty("role", "strong")
        kinds = QLabel(examples)
        kinds.setProperty("role", "quiet")
        self.button = QPushButton(icon("file", "ground"), _("Pilih berkas …"))
        self.button.setProperty("kind", "main")
        self.button.setToolTip("Ctrl+O")
        self.button.setAutoDefault(True)
        self.paste = QPushButton(_("Tempel tabel"))
        self.paste.setToolTip("Ctrl+V")
        self.paste.setAutoDefault(True)
        self.paste.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addStretch(1)
        for label in (picture, words, kinds):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(label is kinds)
            column.addWidget(label)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        buttons.addWidget(self.paste)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up over a file of this PC."""
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()
            mark(self, "over", True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Back to rest."""
        mark(self, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file."""
        mark(self, "over", False)
        event.acceptProposedAction()
        self.dropped.emit(Path(event.mimeData().urls()[0].toLocalFile()))
