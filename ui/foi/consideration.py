"""The grounds of the written consideration: ticked where one weighed, each with its words."""

from collections.abc import Mapping
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from desk.foi import life
from ui.parts.field import Field, TextEdit


class ConsiderationPart(QWidget):
    """The five kinds of article 7(5); the law names them among others, so none has to be ticked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ticks: dict[str, QCheckBox] = {}
        self.words: dict[str, TextEdit] = {}
        self.fields: Mapping[str, Field] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        said = QLabel(_("Pertimbangan tertulis (Pasal 7 ayat (4) dan (5)): tandai yang ikut ditimbang"))
        said.setProperty("role", "strong")
        said.setWordWrap(True)
        column.addWidget(said)
        fields: dict[str, Field] = {}
        for kind, name in life.CONSIDERED.items():
            tick, words = QCheckBox(name[0].upper() + name[1:]), TextEdit(2)
            fields[kind] = Field(_("Pertimbangan {kind}").format(kind=name), words)
            self.ticks[kind], self.words[kind] = tick, words
            tick.toggled.connect(self._follow)
            column.addWidget(tick)
            column.addWidget(fields[kind])
        self.fields = fields
        self._follow()

    def clear(self) -> None:
        """Tick none."""
        for kind, tick in self.ticks.items():
            tick.setChecked(False)
            self.words[kind].setPlainText("")
            self.fields[kind].explain("")

    def considered(self) -> tuple[tuple[str, str], ...]:
        """What is ticked, with its words."""
        return tuple((kind, self.words[kind].text()) for kind, tick in self.ticks.items() if tick.isChecked())

    def explain(self) -> bool:
        """Say beside each field what is missing; whether nothing is."""
        faults = life.considered_faults(self.considered())
        for kind, field in self.fields.items():
            field.explain(faults.get(kind, ""))
        if faults:
            self.fields[next(iter(faults))].input.setFocus()
        return not faults

    def _follow(self) -> None:
        for kind, tick in self.ticks.items():
            self.fields[kind].setVisible(tick.isChecked())
        self.changed.emit()
