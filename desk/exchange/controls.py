"""Control totals: every sum a file prints beside what its rows add up to, in every column."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from desk.budget.rules import SECTIONS, Line, signed, sums, total_up


@dataclass(frozen=True)
class Control:
    """One printed sum and its rows; amounts in rupiah."""

    row: int | None
    """As the spreadsheet numbers it."""
    title: str
    column: str
    """`before`, `amount` or `realised`."""
    printed: Decimal
    reckoned: Decimal

    @property
    def agrees(self) -> bool:
        """To the sen."""
        return self.printed == self.reckoned


def controls(lines: Sequence[Line], columns: Sequence[str]) -> list[Control]:
    """Every printed heading and total of a table against its rows, `belum dirinci` left out; in the order of the file.

    A total that totals nothing known (`other`) and a heading without a row that says anything have no control.
    """
    below: dict[int | None, list[int]] = {}
    for place, line in enumerate(lines):
        if line.kind not in ("total", "unspecified"):
            below.setdefault(line.parent, []).append(place)
    found = [control for column in columns for control in _of_column(lines, column, below)]
    return sorted(found, key=lambda control: control.row or 0)


def _of_column(lines: Sequence[Line], column: str, below: dict[int | None, list[int]]) -> list[Control]:
    own: list[Decimal | None] = [getattr(line, column) for line in lines]
    worth = sums(lines, own)
    told: list[Control] = []
    for place, line in enumerate(lines):
        printed = own[place]
        if printed is None or line.kind == "unspecified":
            continue
        of = line.parent if line.kind == "total" else place
        reckoned = _parts(lines, worth, line.section) if of is None else _rows(lines, worth, of, below)
        if reckoned is not None:
            told.append(Control(line.row, line.title, column, printed, reckoned))
    return told


def _rows(
    lines: Sequence[Line], worth: Sequence[Decimal | None], of: int, below: dict[int | None, list[int]]
) -> Decimal | None:
    """What the rows below a line add up to; None where none says anything."""
    figures = [
        signed(lines[place], lines[of], figure) for place in below.get(of, ()) if (figure := worth[place]) is not None
    ]
    return sum(figures, Decimal(0)) if figures else None


def _parts(lines: Sequence[Line], worth: Sequence[Decimal | None], section: str) -> Decimal | None:
    """What a total of a whole part should be by its rows, and a result (surplus, SiLPA) by the sums of the parts."""
    if section not in (*SECTIONS, "financing", "surplus", "balance"):
        return None
    left_out = ("total",) if section in ("surplus", "balance") else ("total", "unspecified")
    parents = {line.parent for line in lines if line.kind not in left_out}
    leaves = [
        (line.section, figure)
        for place, (line, figure) in enumerate(zip(lines, worth, strict=True))
        if line.kind not in left_out and place not in parents
    ]
    known: Decimal | None = getattr(total_up(leaves), section)
    return known
