"""Paper sizes: exact measures, and the smallest type a reader before the board is asked to read."""

from dataclasses import dataclass
from gettext import gettext as _

from desk.errors import DeskError
from desk.paper.marks import MM


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper, portrait."""

    name: str
    width: float
    """mm"""
    height: float
    """mm"""

    @property
    def floor(self) -> float:
        """The smallest type on a poster of this width, points: capitals of D/300 for a reader standing close."""
        return next(points for width, points in ((594, 18), (420, 14), (297, 12), (0, 9)) if self.width >= width)

    @property
    def margin(self) -> float:
        """White edge in mm: no desk printer reaches the last 5 mm."""
        return max(10.0, 0.04 * self.width)

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width * MM, self.height * MM


SHEETS = {
    s.name: s
    for s in (
        Sheet("A4", 210, 297),
        Sheet("F4", 215, 330),
        Sheet("A3", 297, 420),
        Sheet("A2", 420, 594),
        Sheet("A1", 594, 841),
    )
}
"""The sizes offered; F4 is the 215 x 330 mm sold in Indonesia as folio."""

PRINTER_SHEETS = ("A4", "F4")
"""What a village's printer takes: for tiles and receipts."""


def sheet(name: str, among: tuple[str, ...] = tuple(SHEETS)) -> Sheet:
    """A size by its name.

    Raises:
        DeskError: there is no such size here.
    """
    if name not in among:
        raise DeskError(
            _("Ukuran kertas {name} tidak ada. Pilih {sizes}.").format(name=name, sizes=_(" atau ").join(among))
        )
    return SHEETS[name]
