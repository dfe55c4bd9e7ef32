"""The line at the foot of a budget: whether it closes, in words."""

import datetime as dt
from decimal import Decimal
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.budget.balance import gap_words
from desk.budget.rules import Totals
from desk.dates import long_date
from desk.money import rupiah
from ui.parts.chip import Note
from ui.parts.style import mark


def balance_words(totals: Totals) -> tuple[str, str]:
    """A state and a sentence: whether revenue - expenditure + net financing closes at zero."""
    parts = (
        (_("pendapatan"), totals.revenue),
        (_("belanja"), totals.expenditure),
        (_("pembiayaan"), totals.financing),
    )
    missing = [name for name, amount in parts if amount is None]
    if totals.balance is None:
        said = _("Belum dapat dihitung: {parts} belum diisi. Isi 0 bila memang tidak ada.")
        return "quiet", said.format(parts=_(" dan ").join(missing))
    if totals.balance == 0:
        return "done", _("Seimbang: pendapatan dikurangi belanja ditambah pembiayaan neto sama dengan nol.")
    return "late", _("{gap}.").format(gap=gap_words(totals.surplus, totals.balance))


def left_words(left: Decimal, until: dt.date | None) -> str:
    """What the realisation leaves over (SiLPA) or lacks, up to a day where it is known."""
    when = _("Realisasi sampai {day}").format(day=long_date(until)) if until else _("Realisasi")
    said = _("{when}: kurang {amount}.") if left < 0 else _("{when}: sisa anggaran (SiLPA) {amount}.")
    return said.format(when=when, amount=rupiah(abs(left)))


class Figure(QWidget):
    """A sum under its name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        label = QLabel(name)
        label.setProperty("role", "quiet")
        self.amount = QLabel()
        self.amount.setProperty("role", "strong")
        self.amount.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setBuddy(self.amount)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label)
        column.addWidget(self.amount)

    def say(self, amount: Decimal | None) -> None:
        """Show a sum, unknown in words."""
        self.amount.setText(rupiah(amount))
        mark(self.amount, "role", "quiet" if amount is None else "strong")


class BalanceLine(QFrame):
    """Three sums and the sentence that says whether they close; pinned below whatever scrolls."""

    leads = Signal()
    """The lines behind the sentence are wanted."""
    compares = Signal()
    """Another version beside this one is wanted."""

    def __init__(self, *, leading: bool = False) -> None:
        """With `leading` there is a way from the sentence to the lines."""
        super().__init__()
        self.setProperty("surface", "quiet")
        self.revenue, self.expenditure = Figure(_("Pendapatan")), Figure(_("Belanja"))
        self.financing = Figure(_("Pembiayaan neto"))
        self.verdict = Note()
        self.spent = QLabel()
        self.spent.setProperty("role", "quiet")
        self.spent.setWordWrap(True)
        self.link = QPushButton(_("Per sumber dana"))
        self.link.setProperty("kind", "link")
        self.link.clicked.connect(self.leads)
        self.compare = QPushButton(_("Bandingkan"))
        self.compare.setProperty("kind", "link")
        self.compare.clicked.connect(self.compares)
        self._is_leading = leading
        sums = QHBoxLayout()
        sums.setSpacing(24)
        for figure in (self.revenue, self.expenditure, self.financing):
            sums.addWidget(figure)
        sums.addStretch(1)
        if leading:
            for link in (self.compare, self.link):
                sums.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(6)
        column.addLayout(sums)
        column.addWidget(self.verdict)
        column.addWidget(self.spent)

    def say(self, totals: Totals, realised: Totals | None = None, until: dt.date | None = None) -> None:
        """Show the sums of a budget, and what is left where its realisation is known up to a day."""
        self.revenue.say(totals.revenue)
        self.expenditure.say(totals.expenditure)
        self.financing.say(totals.financing)
        state, sentence = balance_words(totals)
        self.verdict.say(sentence, state)
        mark(self, "surface", "late" if state == "late" else "quiet")
        self.link.setText(_("Lihat barisnya") if state == "late" else _("Per sumber dana"))
        self.link.setVisible(self._is_leading)
        left = realised.balance if realised else None
        self.spent.setText("" if left is None else left_words(left, until))
        self.spent.setVisible(left is not None)
        self.setAccessibleName(sentence)

    def doubt(self, sentence: str) -> None:
        """Say in place of the verdict why there is none yet."""
        self.verdict.say(sentence, "late")
        mark(self, "surface", "late")
        self.spent.hide()
        self.link.hide()
        self.setAccessibleName(sentence)
