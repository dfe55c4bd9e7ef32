"""A draft becomes the village's budget: the regulation's number and day."""

import datetime as dt
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from desk.store import DeskError
from ui.parts.chip import Note
from ui.parts.dates import DateEdit
from ui.parts.field import EnterWalks, Field, check_all


class EnactForm(QFrame):
    """Two fields and the sentence that says what follows."""

    submitted = Signal(str, object)
    """The regulation's number and day."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._is_saving = False
        self.regulation, self.day = QLineEdit(), DateEdit()
        self.regulation_field = Field(_("Peraturan Desa"), self.regulation)
        self.day_field = Field(_("Tanggal penetapan"), self.day)
        self.note = Note("late")
        self.gap = Note("soon")
        self.save, self.cancel = QPushButton(_("Tetapkan")), QPushButton(_("Batal"))
        self.save.setProperty("kind", "main")
        words = QLabel(
            _("Setelah ditetapkan, angkanya tidak dapat diubah lagi; yang berubah dimuat sebagai perubahan.")
        )
        words.setWordWrap(True)
        words.setProperty("role", "quiet")
        fields = QHBoxLayout()
        fields.setSpacing(16)
        fields.addWidget(self.regulation_field, 3, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self.day_field, 1, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        for button in (self.save, self.cancel):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addLayout(fields)
        column.addWidget(words)
        column.addWidget(self.gap)
        column.addWidget(self.note)
        column.addLayout(buttons)
        EnterWalks(self)
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)
        for keys, act in (("Ctrl+Return", self.submit), ("Ctrl+Enter", self.submit), ("Esc", self.closed.emit)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def start(self, year: int, today: dt.date) -> None:
        """Ask for the regulation of a year."""
        self.regulation.clear()
        self.regulation.setPlaceholderText(_("misalnya: Peraturan Desa Nomor 5 Tahun {year}").format(year=year))
        self.day.put(today if today.year == year else None)
        self.note.say("")
        self._is_saving = False
        self.show()
        self.regulation.setFocus()

    def warn(self, gap: str) -> None:
        """Say by how much the draft does not close; "" where it does."""
        said = _("{gap}. Boleh ditetapkan; poster akan mencantumkan selisih ini.")
        self.gap.say(said.format(gap=gap) if gap else "")

    def submit(self) -> None:
        """Hand number and day over, or mark all that is missing."""
        if self._is_saving:
            return
        self.regulation_field.explain("")
        self.day_field.explain("")
        try:
            check_all(self._typed_regulation, self._typed_day)
        except DeskError:
            return
        self._is_saving = True
        self.submitted.emit(self._typed_regulation(), self._typed_day())

    def _typed_regulation(self) -> str:
        if text := self.regulation.text().strip():
            return text
        raise self._refuse(self.regulation_field, _("Tuliskan nomor Peraturan Desanya."))

    def _typed_day(self) -> dt.date:
        try:
            day = self.day.value()
        except DeskError as error:
            raise self._refuse(self.day_field, str(error)) from None
        if day is None:
            raise self._refuse(self.day_field, _("Tuliskan tanggal penetapannya."))
        return day

    @staticmethod
    def _refuse(field: Field, sentence: str) -> DeskError:
        field.explain(sentence)
        field.input.setFocus()
        return DeskError(sentence)

    def explain(self, error: Exception) -> None:
        """Say why it was not enacted.

        Raises:
            Exception: `error` itself, where it is no sentence for a person.
        """
        self._is_saving = False
        if not isinstance(error, DeskError):
            raise error
        self.note.say(str(error))
