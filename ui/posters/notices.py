"""What the clerk should mend before a poster hangs: each in words, with the way to the page that mends it."""

from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desk.paper.records import Notice

ELSEWHERE = {
    "no_head": "settings",
    "no_phone": "settings",
    "no_ppid": "settings",
    "no_hours": "settings",
    "no_complaints": "settings",
    "no_executor": "projects",
}
"""By a notice's code, the page that mends it whatever the poster shows."""


class Notices(QScrollArea):
    """The column of warnings; calm and short where there is nothing to mend."""

    go = Signal(str)
    """Key of the page that mends the warning whose link was pressed."""
    gap = Signal()
    """The lines are wanted that keep the budget from closing."""

    def __init__(self) -> None:
        """Nothing said yet."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Yang perlu dibenahi"))
        self.show_notices((), "")

    def show_notices(self, notices: Sequence[Notice], page: str) -> None:
        """Say these, the gravest first as the paper gives them; `page` mends the poster's own figures."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if not notices:
            column.addWidget(_card("done", _("Lengkap. Poster ini siap dipasang.")))
        for notice in notices:
            column.addWidget(self._warning(notice, page))
        column.addStretch(1)
        self.setWidget(inside)

    def _warning(self, notice: Notice, page: str) -> QFrame:
        card = _card("soon", notice.text)
        target = ELSEWHERE.get(notice.code, page)
        is_gap = notice.code == "unbalanced"
        words = _("Buka Pengaturan") if target == "settings" else _("Lihat barisnya") if is_gap else _("Perbaiki")
        link = QPushButton(words)
        link.setProperty("kind", "link")
        link.setStyleSheet("padding: 0;")
        link.setAccessibleDescription(notice.text)
        link.clicked.connect(self.gap.emit if is_gap else lambda: self.go.emit(target))
        layout = card.layout()
        assert layout is not None
        layout.addWidget(link)
        return card


def _card(surface: str, text: str) -> QFrame:
    card = QFrame()
    card.setProperty("surface", surface)
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 10, 12, 10)
    column.setSpacing(4)
    words = QLabel(text)
    words.setWordWrap(True)
    column.addWidget(words)
    return card
