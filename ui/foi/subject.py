"""What in the village a request is about: one of its activities, or an activity of its budget; or nothing of these."""

from gettext import gettext as _

from PySide6.QtWidgets import QComboBox

from desk.foi.about import Subjects

NOTHING = ""
"""The first choice; an activity of the village is `p` and its id in hex, one of the budget `a` and its code."""

LETTERS = 24
"""Letters of a choice that have room in the narrowest window; a longer name is read whole in the open list."""


class SubjectChoice(QComboBox):
    """A choice by the keys `p<id>` and `a<code>`: as text, so that a draft can keep it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LETTERS)
        self.addItem(_("Tidak disebut"), NOTHING)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to choose from."""
        return self.count() == 1

    def offer(self, subjects: Subjects) -> None:
        """What there is to choose from now; what is chosen stays, also where it is offered no longer."""
        chosen, words = str(self.currentData()), self.currentText()
        self.blockSignals(True)
        self.clear()
        self.addItem(_("Tidak disebut"), NOTHING)
        for one in subjects.projects:
            self.addItem(f"{one.name} ({one.year})", f"p{one.id.hex()}")
        for code, name in subjects.activities:
            self.addItem(f"{code} {name}", f"a{code}")
        self._choose(chosen, words)
        self.blockSignals(False)
        self.currentIndexChanged.emit(self.currentIndex())

    def put(self, project: bytes | None, activity: str, words: str) -> None:
        """Choose what a request says, `words` being what it is called; no two are ever written."""
        key = f"p{project.hex()}" if project else f"a{activity}" if activity else NOTHING
        self._choose(key, words or activity)

    @property
    def project(self) -> bytes | None:
        """The activity of the village that is chosen."""
        key = str(self.currentData())
        return bytes.fromhex(key[1:]) if key.startswith("p") else None

    @property
    def activity(self) -> str:
        """Code of the activity of the budget that is chosen; "" for none."""
        key = str(self.currentData())
        return key[1:] if key.startswith("a") else ""

    def _choose(self, key: str, words: str) -> None:
        if self.findData(key) < 0:
            self.addItem(words, key)
        self.setCurrentIndex(self.findData(key))
