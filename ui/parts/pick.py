"""A few radio buttons that are one choice."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget


class Pick(QWidget):
    """One of a few, all in sight; `picked` tells that a person chose."""

    picked = Signal()

    def __init__(self, names: Mapping[str, str], what: str, *, in_a_row: bool = False) -> None:
        """Keys and words of what can be picked; `what` is how a screen reader calls the choice."""
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        box = QHBoxLayout(self) if in_a_row else QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for key, name in names.items():
            button = QRadioButton(name)
            button.setAccessibleName(f"{what}: {name}")
            button.clicked.connect(lambda _on: self.picked.emit())
            self._group.addButton(button)
            self._buttons[key] = button
            box.addWidget(button)
        if in_a_row:
            box.addStretch(1)
        next(iter(self._buttons.values())).setChecked(True)

    @property
    def value(self) -> str:
        """The key of what is picked."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Pick for the person."""
        self._buttons[key].setChecked(True)

    def allow(self, keys: Sequence[str]) -> None:
        """Only these can be picked; what cannot is out of sight. A pick now gone falls to the first that is left."""
        for key, button in self._buttons.items():
            button.setVisible(key in keys)
        if keys and self.value not in keys:
            self.choose(keys[0])
