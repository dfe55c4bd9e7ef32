"""The line below the tree: what a typed amount comes to, a question where two amounts differ, else the keys."""

from collections.abc import Callable
from decimal import Decimal
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desk.budget.rules import Differs
from desk.money import rupiah
from ui.parts.chip import Note

KEYS = _("Enter ubah atau ke bawah · Tab sel berikut · Esc keluar · Ins tambah · Del hapus · Ctrl+Z urungkan")
LOCKED = _("Sudah ditetapkan, jadi hanya dibaca. Yang berubah ditulis sebagai perubahan; yang ini tetap tersimpan.")
READ_ONLY = _("Versi ini sudah diganti yang lebih baru, jadi hanya dibaca. Pilih versi terakhir untuk mengubah.")


class Choice(QWidget):
    """Which of two amounts counts: volume times price, or what was written."""

    settled = Signal(object)
    """The amount a person chose."""
    returned = Signal()
    """The question was put off."""

    def __init__(self) -> None:
        super().__init__()
        self.note = Note("late")
        self.worked_out, self.written = QPushButton(), QPushButton()
        self._answers: dict[QPushButton, Decimal] = {}
        row = QHBoxLayout()
        row.setSpacing(16)
        for button in (self.worked_out, self.written):
            button.setAutoDefault(True)
            button.clicked.connect(self._answer_of(button))
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.note)
        column.addLayout(row)
        QShortcut(QKeySequence("Esc"), self, self.returned.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hide()

    def ask(self, differs: Differs) -> None:
        """Show both amounts; the keyboard goes to the answers."""
        self.note.say(str(differs))
        self._answers = {self.worked_out: differs.product, self.written: differs.amount}
        self.worked_out.setText(_("Pakai {amount}").format(amount=rupiah(differs.product)))
        self.written.setText(_("Tetap {amount}").format(amount=rupiah(differs.amount)))
        self.show()
        self.worked_out.setFocus()

    def _answer_of(self, button: QPushButton) -> Callable[[], None]:
        def answer() -> None:
            self.hide()
            self.settled.emit(self._answers[button])

        return answer


class Strip(QWidget):
    """One sentence, and the buttons that go with it."""

    amend = Signal()
    """An amendment is to be begun."""

    def __init__(self) -> None:
        super().__init__()
        self.resting = ""
        """What is said while nothing is typed."""
        self.words = QLabel()
        self.words.setProperty("role", "quiet")
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.fault, self.choice = Note("late"), Choice()
        self.begin = QPushButton(_("Mulai perubahan"))
        self.detail, self.chart = QPushButton(_("Rincian")), QPushButton(_("Grafik"))
        self.detail.setToolTip(_("Sumber dana, volume, dan harga satuan"))
        self.chart.setToolTip(_("Anggaran dan realisasi per bidang"))
        self._build()
        self.begin.clicked.connect(self.amend)

    def rest(self, sentence: str, *, can_amend: bool = False) -> None:
        """What is said while nothing is typed, and whether an amendment can be begun."""
        is_resting = self.words.text() == self.resting
        self.resting = sentence
        self.begin.setVisible(can_amend)
        if is_resting:
            self.say("")

    def say(self, sentence: str) -> None:
        """Say what was typed in words; "" goes back to rest."""
        self.choice.hide()
        self.fault.say("")
        self.words.setText(sentence or self.resting)
        self.words.show()

    def explain(self, sentence: str) -> None:
        """Say what is wrong with what was typed."""
        self.choice.hide()
        self.fault.say(sentence)
        self.words.hide()

    def ask(self, differs: Differs) -> None:
        """Have a person say which of two amounts counts."""
        self.fault.say("")
        self.words.hide()
        self.choice.ask(differs)

    def mark(self, *, detail: bool, chart: bool) -> None:
        """Show which of the two switches are on."""
        self.detail.setChecked(detail)
        self.chart.setChecked(chart)

    def _build(self) -> None:
        for button in (self.detail, self.chart):
            button.setProperty("kind", "filter")
            button.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.words, self.fault, self.choice):
            row.addWidget(part, 1)
        row.addStretch(0)
        for button in (self.begin, self.detail, self.chart):
            button.setAutoDefault(True)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.begin.hide()
