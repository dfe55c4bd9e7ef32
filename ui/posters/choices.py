"""What to print: which poster, which year, how large, and whether to cut it into sheets."""

from dataclasses import dataclass
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from desk.paper.sheets import PRINTER_SHEETS, SHEETS
from ui.parts.pick import Pick
from ui.posters.offer import APBDES, DIP, PROJECTS, REALISATION, SERVICE, Offer

SIZES = ("A4", "F4", "A3")
"""Poster sizes offered at the desk."""

KINDS = {
    APBDES: _("APBDes"),
    REALISATION: _("Realisasi"),
    PROJECTS: _("Daftar kegiatan"),
    SERVICE: _("Layanan informasi"),
    DIP: _("Daftar informasi"),
}
"""The posters, as the choice calls them."""

WHOLE = ""
"""The choice not to cut."""


@dataclass(frozen=True)
class Choice:
    """One poster as the clerk asked for it."""

    kind: str
    """A key of `KINDS`."""
    year: int
    size: str
    tile: str
    """A4 or F4; "" for one whole sheet."""


def tiles_for(size: str) -> tuple[str, ...]:
    """The printer's sheets that are smaller than a poster of this size."""
    large = SHEETS[size]
    return tuple(
        name
        for name in PRINTER_SHEETS
        if large.width > SHEETS[name].width + 1 or large.height > SHEETS[name].height + 1
    )


class Choices(QWidget):
    """The column on the left; `changed` tells that another poster is wanted."""

    changed = Signal()

    def __init__(self) -> None:
        """Empty until `offer` says what there is."""
        super().__init__()
        self._offer = Offer({}, "A4")
        self._kinds = Pick(KINDS, _("Jenis poster"))
        self._year = QComboBox()
        self._year.setAccessibleName(_("Tahun"))
        self._sizes = Pick({size: size for size in SIZES}, _("Ukuran poster"), in_a_row=True)
        self._tiles = Pick(
            {WHOLE: _("Utuh"), **{name: name for name in PRINTER_SHEETS}}, _("Potong menjadi lembar"), in_a_row=True
        )
        self._tile_hint = QLabel()
        self._tile_hint.setProperty("role", "quiet")
        self._tile_hint.setWordWrap(True)
        self._lay_out()
        self._kinds.picked.connect(self._kind_changed)
        self._year.activated.connect(lambda _index: self.changed.emit())
        self._sizes.picked.connect(self._size_changed)
        self._tiles.picked.connect(self._tile_changed)

    def offer(self, offer: Offer) -> None:
        """Take over what there is to print, keeping what was chosen where it is still there."""
        first = not self._offer.years
        self._offer = offer
        self._kinds.allow(tuple(offer.years))
        if first:
            self._kinds.choose(next((kind for kind, years in offer.years.items() if years), self._kinds.value))
            self._sizes.choose(offer.paper if offer.paper in SIZES else SIZES[0])
        self._fill_years()
        self._fit_tiles()

    @property
    def choice(self) -> Choice:
        """What is chosen now; the year is 0 where the kind has none yet."""
        return Choice(self._kinds.value, self._year.currentData() or 0, self._sizes.value, self._tiles.value)

    @property
    def buttons(self) -> list[QRadioButton]:
        """Everything that can be picked, in order."""
        return self.findChildren(QRadioButton)

    @property
    def has_village(self) -> bool:
        """Whether there is a village to print for."""
        return bool(self._offer.years)

    def cut(self, tile: str) -> None:
        """Choose sheets of this size, or "" for a whole sheet."""
        if tile != self._tiles.value:
            self._tiles.choose(tile)
            self._tile_changed()

    @property
    def best_tile(self) -> str:
        """The sheet to cut the chosen size into: what is chosen, else the printer's; "" where it needs no cutting."""
        possible = tiles_for(self._sizes.value)
        if self._tiles.value in possible:
            return self._tiles.value
        return self._offer.paper if self._offer.paper in possible else possible[0] if possible else ""

    def _kind_changed(self) -> None:
        self._fill_years()
        self.changed.emit()

    def _size_changed(self) -> None:
        self._fit_tiles()
        self.changed.emit()

    def _tile_changed(self) -> None:
        self._explain_tiles()
        self.changed.emit()

    def _fill_years(self) -> None:
        had = self._year.currentData()
        years = self._offer.years.get(self._kinds.value, ())
        self._year.clear()
        for year in years:
            self._year.addItem(str(year), year)
        if had in years:
            self._year.setCurrentIndex(list(years).index(had))
        self._year.setEnabled(bool(years))

    def _fit_tiles(self) -> None:
        possible = tiles_for(self._sizes.value)
        self._tiles.allow((WHOLE, *possible))
        self._tiles.setVisible(bool(possible))
        self._explain_tiles()

    def _explain_tiles(self) -> None:
        if not tiles_for(self._sizes.value):
            hint = _("{size} muat pada satu lembar.").format(size=self._sizes.value)
        elif self._tiles.value:
            hint = _("Cetak, gunting, lalu rekatkan menurut lembar petunjuk.")
        else:
            hint = _("Pilih bila pencetak tidak dapat {size}.").format(size=self._sizes.value)
        self._tile_hint.setText(hint)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for title, field in (
            (_("Jenis"), self._kinds),
            (_("Tahun"), self._year),
            (_("Ukuran poster"), self._sizes),
            (_("Potong menjadi lembar"), self._tiles),
        ):
            label = QLabel(title)
            label.setProperty("role", "strong")
            if column.count():
                column.addSpacing(12)
            column.addWidget(label)
            column.addWidget(field)
        column.addWidget(self._tile_hint)
        column.addStretch(1)
