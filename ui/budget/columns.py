"""What a person can say of a table that it does not say itself: what a column holds, how its amounts are written."""

from collections.abc import Mapping, Sequence
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desk.exchange.entries import meaning
from desk.exchange.headings import Heading
from desk.money import Style, both_ways

ROLES: Mapping[str, str] = {
    "code": _("kode"),
    "title": _("uraian"),
    "before": _("anggaran semula"),
    "amount": _("anggaran"),
    "realised": _("realisasi"),
    "fund": _("sumber dana"),
    "volume": _("volume"),
    "unit": _("satuan"),
    "price": _("harga satuan"),
    "change": _("selisih anggaran (diperiksa)"),
    "over": _("selisih realisasi (diperiksa)"),
}
"""What a column can be taken for."""

_LETTERS = 14
"""Of a choice that are seen where there is little room."""

STYLES = {Style.DOT: _("Indonesia"), Style.COMMA: _("Inggris")}
"""How the two ways of writing an amount are called."""


class ColumnChoices(QScrollArea):
    """One choice for each column of a table; what another column held is taken from it.

    Going through the choices of one column with the arrow keys takes nothing for good: what it passes by is given back.
    """

    corrected = Signal(object)
    """What each column holds now, a tuple of roles in the order of the columns."""

    def __init__(self) -> None:
        super().__init__()
        self.choices: list[QComboBox] = []
        self._layout = ""
        self._changing: QComboBox | None = None
        self._shown: tuple[str, ...] = ()
        self._before: list[str] = []
        """What the columns held before the one that is being changed began to change."""
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        for column, share in enumerate((2, 3, 2, 3)):
            self._grid.setColumnStretch(column, share)
        inside = QWidget()
        inside.setLayout(self._grid)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Isi tiap kolom"))

    def show_heading(self, heading: Heading) -> None:
        """Show what each column was taken for; the choice that has the keyboard keeps it."""
        roles = [role for _text, role in heading.columns]
        if heading.layout != self._layout or len(roles) != len(self.choices):
            self._build(heading)
        self._put(roles)

    def roles(self) -> tuple[str, ...]:
        """What each column holds."""
        return tuple(str(choice.currentData()) for choice in self.choices)

    def first_unused(self) -> QWidget:
        """The choice of the first column that holds nothing yet; itself where there is none."""
        return next((choice for choice in self.choices if not choice.currentData()), self)

    def _build(self, heading: Heading) -> None:
        self._layout = heading.layout
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self.choices, self._changing = [], None
        half = (len(heading.columns) + 1) // 2
        for place, (text, _role) in enumerate(heading.columns):
            choice = QComboBox()
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(_LETTERS)
            choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            choice.addItem(_("tidak dipakai"), "")
            for role, name in ROLES.items():
                choice.addItem(name, role)
            choice.setAccessibleName(_("Isi kolom “{heading}”").format(heading=text))
            choice.currentIndexChanged.connect(partial(self._chosen, choice))
            label = QLabel(text)
            label.setBuddy(choice)
            label.setWordWrap(True)
            row, side = place % half, place // half * 2
            self._grid.addWidget(label, row, side)
            self._grid.addWidget(choice, row, side + 1)
            self.choices.append(choice)
        for before, after in zip(self.choices, self.choices[1:], strict=False):
            QWidget.setTabOrder(before, after)

    def _chosen(self, chosen: QComboBox, _index: int) -> None:
        if chosen is not self._changing:
            self._changing, self._before = chosen, list(self._shown)
        role = str(chosen.currentData())
        told = [
            role if choice is chosen else "" if role == before else before
            for choice, before in zip(self.choices, self._before, strict=True)
        ]
        self._put(told)
        self.corrected.emit(self.roles())

    def _put(self, roles: Sequence[str]) -> None:
        for choice, role in zip(self.choices, roles, strict=True):
            choice.blockSignals(True)
            choice.setCurrentIndex(choice.findData(role))
            choice.blockSignals(False)
        self._shown = tuple(roles)


class StyleQuestion(QFrame):
    """Whether the doubtful amounts of a file are thousands or decimals; nothing is chosen for the person."""

    answered = Signal(object)
    """A `Style`."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "soon")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.group = QButtonGroup(self)
        self.ways = {style: QRadioButton() for style in Style}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.words)
        for style, way in self.ways.items():
            self.group.addButton(way)
            way.clicked.connect(partial(self.answered.emit, style))
            column.addWidget(way)

    def ask(self, doubtful: str, told: Style | None) -> None:
        """Show the first doubtful amount both ways; `told` is what was answered already."""
        asked = _("Tidak ada jumlah yang menunjukkan apakah titik dan koma di berkas ini ribuan atau desimal.")
        self.words.setText(_("{asked} “{text}” ialah:").format(asked=asked, text=doubtful))
        self.group.setExclusive(False)
        for style, amount in both_ways(doubtful).items():
            said = _("{amount} (gaya {style}: {sample})")
            self.ways[style].setText(said.format(amount=meaning(amount), style=STYLES[style], sample=style.sample))
            self.ways[style].setChecked(style is told)
        self.group.setExclusive(True)
