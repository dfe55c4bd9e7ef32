"""What is decided about one thing asked for: given, in part, refused, not held, or public already."""

import datetime as dt
from collections.abc import Mapping
from gettext import gettext as _

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from desk.dip.queries import Tested
from desk.dip.rules import EXCEPTIONS, NEVER_EXEMPT
from desk.foi import life
from desk.foi.life import Decision
from desk.foi.queries import Item
from ui.parts.field import Field, TextEdit

NO_TEST = _("Belum ada uji konsekuensi yang disetujui. Buat dulu di halaman Daftar Informasi, tab Dikecualikan.")

PLACES = _("Di mana, titik dua, lalu apa. Misalnya: halaman 2, kolom 5: nomor rekening")
"""How a blackened part is written down; never the words that were blackened."""


class DecisionPart(QWidget):
    """One thing asked for with its decision; only what the decision needs is asked."""

    def __init__(self, item: Item, exempt: tuple[Tested, ...]) -> None:
        """A part for `item`; `exempt` are the exemptions in force a refusal may rest on."""
        super().__init__()
        self._item, self._exempt = item, exempt
        self.outcome, self.test, self.nature, self.exception = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.elsewhere, self.removed, self.reason = QLineEdit(), TextEdit(2), TextEdit(2)
        for key, words in life.OUTCOMES.items():
            self.outcome.addItem(words[0].upper() + words[1:], key)
        self._offer(self.nature, _("Bukan salah satunya"), NEVER_EXEMPT)
        self._offer(self.exception, _("Tidak ada"), EXCEPTIONS)
        self.fields: Mapping[str, Field] = {
            "outcome": Field(_("Keputusan"), self.outcome),
            "test": Field(_("Uji konsekuensi yang mendasari"), self.test, "" if exempt else NO_TEST),
            "nature": Field(_("Yang tidak boleh dikecualikan (Pasal 18 ayat (1))"), self.nature),
            "exception": Field(_("Alasan tetap terbuka (Pasal 18 ayat (2))"), self.exception),
            "elsewhere": Field(_("Badan yang menguasai (bila diketahui)"), self.elsewhere),
            "removed": Field(_("Bagian yang dihitamkan, satu per baris"), self.removed, PLACES),
            "reason": Field(_("Alasan"), self.reason),
        }
        self._build()
        self.offer_tests(exempt)
        self.outcome.currentIndexChanged.connect(self._follow)
        self._follow()

    def offer_tests(self, exempt: tuple[Tested, ...]) -> None:
        """The exemptions in force, as they are now; what was chosen stays, while it is in force."""
        chosen, self._exempt = self.test.currentData(), exempt
        self.test.clear()
        for test in exempt:
            self.test.addItem(f"{test.kind} ({test.grounds})", test.id)
        places = {test.id: place for place, test in enumerate(exempt)}
        self.test.setCurrentIndex(places.get(chosen, 0))  # findData compares bytes by identity
        self.fields["test"].hint("" if exempt else NO_TEST)

    def decision(self) -> Decision:
        """What was chosen and typed."""
        outcome = str(self.outcome.currentData())
        is_closed = outcome in ("refused", "partly")
        test = next((test for test in self._exempt if test.id == self.test.currentData()), None) if is_closed else None
        return Decision(
            self._item.id,
            outcome,
            grounds=_grounds(test) if test else (),
            test=test.id if test else None,
            nature=str(self.nature.currentData() or "") if is_closed else "",
            exception=str(self.exception.currentData() or "") if is_closed else "",
            elsewhere=self.elsewhere.text() if outcome == "not_held" else "",
            removed=self.removed.text() if outcome == "partly" else "",
            reason=self.reason.text(),
        )

    def explain(self, day: dt.date) -> bool:
        """Say beside its field what is missing for a decision of `day`; whether nothing is."""
        decision = self.decision()
        test = next((test.standing for test in self._exempt if test.id == decision.test), None)
        faults = life.decision_faults(decision, test, day)
        if "grounds" in faults:
            faults.setdefault("test", NO_TEST if not self._exempt else faults["grounds"])
        for name, field in self.fields.items():
            field.explain(faults.get(name, ""))
        first = next((name for name in self.fields if name in faults), None)
        if first is not None:
            self.fields[first].input.setFocus()
        return first is None

    def _follow(self) -> None:
        outcome = self.outcome.currentData()
        wanted = {
            "outcome": True,
            "test": outcome in ("refused", "partly"),
            "nature": outcome in ("refused", "partly"),
            "exception": outcome in ("refused", "partly"),
            "elsewhere": outcome == "not_held",
            "removed": outcome == "partly",
            "reason": outcome in ("partly", "not_held", "refused"),
        }
        for name, field in self.fields.items():
            field.setVisible(wanted[name])

    def _offer(self, box: QComboBox, none: str, choices: Mapping[str, str]) -> None:
        box.addItem(none, "")
        for key, words in choices.items():
            box.addItem(words[0].upper() + words[1:], key)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        asked = QLabel(self._item.sought)
        asked.setWordWrap(True)
        asked.setProperty("role", "strong")
        column.addWidget(asked)
        for field in self.fields.values():
            field.input.setMinimumWidth(0)
            column.addWidget(field)
        for box in (self.test, self.nature, self.exception):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(16)


def _grounds(test: Tested) -> tuple[str, ...]:
    return (*test.standing.letters, *(("statute",) if test.standing.statute else ()))
