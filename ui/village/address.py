"""Where the office is and where complaints go."""

from collections.abc import Iterator
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desk.store import DeskError
from desk.village.commands import SetContact
from desk.village.queries import Profile, Setup
from desk.village.rules import check_length, tidy
from ui.parts.field import Field, check_all


class AddressFields(QWidget):
    """The office's address and where complaints go; either may stay empty."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.address, self.complaints = QLineEdit(), QLineEdit()
        self.address.setPlaceholderText(_("misalnya Jl. Raya Pejambon No. 1"))
        self.complaints.setPlaceholderText(_("misalnya kotak saran di balai desa, atau WA 0812-3456-7890"))
        self._fields = (
            Field(_("Alamat kantor"), self.address),
            Field(_("Alamat pengaduan"), self.complaints),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for field in self._fields:
            column.addWidget(field)
        for field, edit in self._pairs():
            edit.textEdited.connect(lambda _text, field=field: field.explain(""))
            edit.textEdited.connect(lambda: self.edited.emit())

    def _pairs(self) -> Iterator[tuple[Field, QLineEdit]]:
        return zip(self._fields, (self.address, self.complaints), strict=True)

    def put(self, known: Setup | Profile) -> None:
        """Show both."""
        self.address.setText(known.address)
        self.complaints.setText(known.complaints)

    def command(self) -> SetContact:
        """What saves both.

        Raises:
            DeskError: one is too long for any paper; each such field says so, the first has the keyboard.
        """
        check_all(*(partial(_check, field, edit) for field, edit in self._pairs()))
        return SetContact(self.address.text(), self.complaints.text())


def _check(field: Field, edit: QLineEdit) -> None:
    try:
        check_length(tidy(edit.text()))
    except DeskError as error:
        field.explain(str(error))
        edit.setFocus()
        raise
