"""Joining a district: the address of its server and the one-time code, asked for once."""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sync.client.transport import LineError, checked
from ui.parts.field import EnterWalks, Field


class JoinForm(QWidget):
    """Two fields and one button; says why it asks."""

    submitted = Signal(str, str)
    """Address and code as typed, both given."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.is_waiting = False
        """The server is being asked; a second press does nothing, and the keyboard stays where it is."""
        self.address = QLineEdit()
        self.address.setPlaceholderText("https://")
        self.code = QLineEdit()
        self._address = Field(
            _("Alamat server kabupaten"), self.address, _("Tertulis pada undangan, misalnya https://desa.contoh.go.id")
        )
        self._code = Field(_("Kode undangan"), self.code, _("Berlaku satu kali, hanya untuk desa ini."))
        self.button = QPushButton(_("Sambungkan"))
        self.button.setProperty("kind", "main")
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self._submit)
        why = QLabel(
            _(
                "Sambungkan desa ini ke kabupaten sekali saja. Sesudah itu APBDes, kegiatan, dan ringkasan permohonan"
                " dapat dikirim setiap kali ada sambungan. Nama dan alamat pemohon tidak pernah ikut terkirim."
            )
        )
        why.setWordWrap(True)
        self._lay_out(why)
        EnterWalks(self)

    def refuse(self, sentence: str) -> None:
        """Say why the district did not let this desk in; what was typed stays."""
        self.wait(False)
        self._code.explain(sentence)
        self.code.setFocus()

    def wait(self, waiting: bool) -> None:
        """Say whether the server is being asked."""
        self.is_waiting = waiting
        self.button.setText(_("Menyambungkan ...") if waiting else _("Sambungkan"))

    def _submit(self) -> None:
        if self.is_waiting:
            return
        address, code = self.address.text().strip(), self.code.text().strip()
        self._address.explain(_address_fault(address))
        self._code.explain("" if code else _("Tuliskan kode yang tertulis pada undangan kabupaten."))
        if self._address.fault() or not code:
            (self.address if self._address.fault() else self.code).setFocus()
        else:
            self.wait(True)
            self.submitted.emit(address, code)

    def _lay_out(self, why: QLabel) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(why)
        column.addWidget(self._address)
        column.addWidget(self._code)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)


def _address_fault(address: str) -> str:
    """What is wrong with an address before anyone is asked."""
    if not address:
        return _("Tuliskan alamat yang tertulis pada undangan kabupaten.")
    try:
        checked(address)
    except LineError as error:
        return str(error)
    return ""
