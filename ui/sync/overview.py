"""What waits, what went, and one button."""

from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.parts.chip import Note
from ui.parts.icons import icon
from ui.sync.state import State, number, size, when


class Overview(QWidget):
    """Three figures, the button, what goes, and how the last rounds went."""

    send = Signal()
    """The clerk wants a round now."""
    stop = Signal()
    """The clerk wants this round to end."""

    def __init__(self) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self.waiting, self.sent, self.last = (_Figure(name) for name in (_("Menunggu"), _("Terkirim"), _("Terakhir")))
        self.send_button = QPushButton(icon("send", "ground"), _("Kirim sekarang"))
        self.send_button.setProperty("kind", "main")
        self.send_button.setIconSize(QSize(20, 20))
        self.send_button.setStyleSheet("min-height: 42px;")
        self.send_button.clicked.connect(self.send)
        self.stop_button = QPushButton(_("Batal"))
        self.stop_button.setStyleSheet("min-height: 42px;")
        self.stop_button.clicked.connect(self.stop)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Sedang mengirim"))
        self.said = Note()
        self.goes = _Lines(_("Yang akan dikirim"))
        self.rounds = _Lines(_("Putaran terakhir"))
        self.district = QLabel()
        self.district.setProperty("role", "quiet")
        self.district.setWordWrap(True)
        self._lay_out()
        self.busy(False)

    def show_state(self, state: State, rounds: Sequence[str]) -> None:
        """Take over the numbers, and what the rounds of this sitting did, the newest first."""
        self.waiting.show_value(number(state.waiting), _("catatan"))
        self.sent.show_value(number(state.sent), _("catatan"))
        self.last.show_value(*when(state.last))
        self.goes.show_lines(_what_goes(state))
        self.rounds.show_lines(rounds or _before(state))
        self.district.setText(_("Tersambung ke {url}").format(url=state.url))

    def busy(self, busy: bool) -> None:
        """Show progress and the way to stop it, or the button; the keyboard goes from the one to the other."""
        had_focus = self.send_button.hasFocus() or self.stop_button.hasFocus()
        shown, hidden = (self.stop_button, self.send_button) if busy else (self.send_button, self.stop_button)
        shown.show()
        if had_focus:
            shown.setFocus()
        hidden.hide()
        self.progress.setVisible(busy)
        self.progress.setRange(0, 0)

    def went_on(self, done: int, total: int) -> None:
        """How much of what waited has been acknowledged."""
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        figures = QHBoxLayout()
        figures.setSpacing(16)
        for figure in (self.waiting, self.sent, self.last):
            figures.addWidget(figure, 1)
        column.addLayout(figures)
        act = QHBoxLayout()
        act.setSpacing(16)
        act.addWidget(self.send_button)
        act.addWidget(self.progress, 1)
        act.addWidget(self.stop_button)
        act.addWidget(self.district, 1)
        column.addLayout(act)
        column.addWidget(self.said)
        lists = QHBoxLayout()
        lists.setSpacing(24)
        for part in (self.goes, self.rounds):
            lists.addWidget(part, 1)
        column.addLayout(lists, 1)


def _what_goes(state: State) -> Sequence[str]:
    if not state.waiting:
        return [_("Tidak ada yang menunggu. Semua sudah ada di kabupaten.")]
    parts = [_("{what}: {count} catatan").format(what=what, count=number(count)) for what, count in state.parts]
    return [*parts, _("Besarnya {size} sesudah dimampatkan.").format(size=size(state.packed))]


def _before(state: State) -> Sequence[str]:
    """What is known of rounds before this sitting."""
    if state.trouble:
        return [state.trouble]
    if state.last is None:
        return [_("Belum pernah mengirim dari komputer ini.")]
    return [_("{day} {hour}: berhasil.").format(day=when(state.last)[0], hour=when(state.last)[1])]


class _Figure(QFrame):
    """One number with its name above and its unit below."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("surface", "quiet")
        self._name = name
        label = QLabel(name)
        label.setProperty("role", "quiet")
        self.value, self.unit = QLabel(), QLabel()
        self.value.setProperty("role", "figure")
        self.unit.setProperty("role", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(2)
        for part in (label, self.value, self.unit):
            column.addWidget(part)

    def show_value(self, value: str, unit: str) -> None:
        self.value.setText(value)
        self.unit.setText(unit)
        self.setAccessibleName(f"{self._name}: {value} {unit}")


class _Lines(QWidget):
    """A heading and sentences under it, scrolling where there are many."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        title = QLabel(heading)
        title.setProperty("role", "section")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(heading)
        self.lines: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self._scroll, 1)

    def show_lines(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for line in lines:
            label = QLabel(line)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(1)
        self._scroll.setWidget(inside)
