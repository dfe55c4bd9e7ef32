"""One attached file on the screen: pictures and PDFs from memory, anything else as a copy somebody asks for."""

from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.attachments import Attached
from desk.durable import hand_out
from desk.store import DeskError
from ui.parts.chip import Note
from ui.parts.filing import Looked, look
from ui.parts.icons import icon
from ui.parts.preview import Preview
from ui.work import Work


class FileView(QWidget):
    """The file, and the way to a copy of it outside the desk."""

    closed = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._shown: Attached | None = None
        self._content = b""
        self._name = ""
        self.heading, self.facts, self.said = QLabel(), QLabel(), Note("done")
        self.back, self.copy = QPushButton(_("Kembali")), QPushButton(icon("save"), _("&Simpan salinan …"))
        self.warning = QLabel()
        self.preview = Preview(work)
        self._build()
        self.back.clicked.connect(self.leave)
        self.copy.clicked.connect(self._ask_where)

    def show_file(self, row: Attached, name: str, facts: str) -> None:
        """Show a file under a name."""
        self._forget()
        self._shown, self._name = row, name
        self.heading.setText(name)
        self.facts.setText(facts)
        self.warning.setVisible(row.is_sealed)
        self.preview.wait(_("Membuka berkas ..."))
        self.back.setFocus()
        self._work.run(look, self._work.desk, row, done=self._for(row, self._open), failed=self._refused)

    def leave(self) -> None:
        """Back to the record; what was opened is forgotten."""
        self._forget()
        self.closed.emit()

    def save_to(self, path: Path) -> None:
        """Write a copy outside the desk, and say where it is."""
        content = self._content
        self._work.run(lambda: hand_out(path, content), done=lambda _n: self._saved(path), failed=self._not_saved)

    def _for(self, row: Attached, then: Callable[[Looked], None]) -> Callable[[Looked], None]:
        """What comes after the file was left is not kept."""
        return lambda looked: then(looked) if self._shown is row else None

    def _open(self, looked: Looked) -> None:
        self._content = looked.content
        self.copy.setEnabled(True)
        if looked.document is None:
            self.preview.wait(looked.why, in_progress=False)
            self.copy.setFocus()
        else:
            self.preview.show_document(looked.document)
            self.preview.view.setFocus()

    def _refused(self, error: Exception) -> None:
        said = str(error) if isinstance(error, DeskError) else _("Berkas ini belum dapat dibuka.")
        self.preview.wait(said, in_progress=False)
        if not isinstance(error, DeskError):
            self._work.failed.emit(error)

    def _forget(self) -> None:
        """A preview of its own for every file: the last one never flashes up before the next."""
        self._shown, self._content = None, b""
        self.copy.setEnabled(False)
        self.said.say("")
        fresh = Preview(self._work)
        self._page.replaceWidget(self.preview, fresh)
        self.preview.hide()
        self.preview.deleteLater()
        self.preview = fresh

    def _ask_where(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Simpan salinan"), documents)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        if self._shown is not None:
            dialog.setDefaultSuffix(self._shown.kind)
        put_words(dialog, _("Simpan"))
        dialog.selectFile(self._name)
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _saved(self, path: Path) -> None:
        words = _("Tersimpan: {name} di folder {folder}.")
        self.said.say(words.format(name=path.name, folder=path.parent), "done")

    def _not_saved(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.said.say(str(error), "late")

    def _build(self) -> None:
        self.heading.setProperty("role", "section")
        self.facts.setProperty("role", "quiet")
        self.warning.setProperty("role", "quiet")
        self.warning.setText(_("Salinan tidak disegel: siapa pun yang memegangnya dapat membacanya."))
        for label in (self.heading, self.facts, self.warning):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._page = QVBoxLayout(self)
        self._page.setContentsMargins(24, 16, 24, 16)
        self._page.setSpacing(8)
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.back)
        foot.setSpacing(12)
        foot.addWidget(self.warning, 1)
        foot.addWidget(self.copy)
        self._page.addLayout(top)
        self._page.addWidget(self.facts)
        self._page.addWidget(self.preview, 1)
        self._page.addWidget(self.said)
        self._page.addLayout(foot)
        escape = QShortcut(QKeySequence("Escape"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)


def put_words(dialog: QFileDialog, accept: str) -> None:
    """Give a dialog for files our words."""
    for label, words in (
        (QFileDialog.DialogLabel.Accept, accept),
        (QFileDialog.DialogLabel.Reject, _("Batal")),
        (QFileDialog.DialogLabel.FileName, _("Nama berkas:")),
        (QFileDialog.DialogLabel.FileType, _("Jenis:")),
        (QFileDialog.DialogLabel.LookIn, _("Folder:")),
    ):
        dialog.setLabelText(label, words)
