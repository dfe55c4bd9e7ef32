"""Asking where a file is to be saved: the system's words are few and wrong here, so the dialog gets ours."""

from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(parent: QWidget, title: str, kind: str, name: str, then: Callable[[Path], None]) -> None:
    """Open the dialog in the person's documents; nothing happens where it is closed without a choice.

    Args:
        parent: over which it opens.
        title: of the dialog, as the button said it.
        kind: the files it shows, like `Berkas PDF`.
        name: what the file would be called; its ending is added to a name typed without one.
        then: gets the path that was chosen.
    """
    ending = Path(name).suffix
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, documents, f"{kind} (*{ending})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending.removeprefix("."))
    for label, words in (
        (QFileDialog.DialogLabel.Accept, _("Simpan")),
        (QFileDialog.DialogLabel.Reject, _("Batal")),
        (QFileDialog.DialogLabel.FileName, _("Nama berkas:")),
        (QFileDialog.DialogLabel.FileType, _("Jenis:")),
        (QFileDialog.DialogLabel.LookIn, _("Folder:")),
    ):
        dialog.setLabelText(label, words)
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
