"""The realisation on the wall: what was received and spent of each part and field, what is left, and what is behind."""

from collections.abc import Iterator
from decimal import Decimal
from gettext import gettext as _

from desk.budget.rules import percent
from desk.dates import long_date
from desk.money import rupiah
from desk.paper.flow import Row, Table, flow
from desk.paper.frame import PosterFrame
from desk.paper.marks import BLUE, Block, Box, Line, Mark, Page, Words, paragraph, rule, space, stack
from desk.paper.records import BehindRow, RealisationPoster, RealisedRow
from desk.paper.sheets import Sheet
from desk.paper.text import NBSP, Face, clean, faces

GAP = 1.25
"""Em between columns."""

NARROWEST_NAMES = 12
"""Em a column of names needs to stay readable."""

INDENT = 1.0
"""Em a field stands in from its part."""

BAR = 0.55
"""Height of a bar in em."""

HATCH = 0.3
"""Em between the strokes of what runs past its budget."""

LARGEST = 0.075
"""Largest type, as a share of the sheet's width in mm, in points per mm."""


def realisation_pages(poster: RealisationPoster, sheet: Sheet) -> tuple[Page, ...]:
    """The poster's sheets; every amount of the record stands on them in full.

    Raises:
        DeskError: a row does not fit this size.
    """
    village = poster.village
    frame = PosterFrame(
        poster,
        sheet,
        title=_("REALISASI {year}").format(year=poster.year),
        subtitle=_("APB Desa s.d. {day}").format(day=long_date(poster.until)),
        badge=_("RANCANGAN") if poster.draft else "",
        facts=(
            (_("Data s.d."), long_date(poster.known_until)),
            (_("Pengaduan"), village.complaints or village.address or _("belum diisi")),
        ),
    )
    body = _Body(poster, frame.width)
    return flow(
        sheet,
        frame,
        body.table,
        max(sheet.floor, min(sheet.width * LARGEST, body.widest_type())),
        lambda _first: _("rincian berikutnya"),
        across=_("RANCANGAN") if poster.draft else "",
    )


class _Body:
    """The rows of the poster at any type size; measures are in em until a size is given."""

    def __init__(self, poster: RealisationPoster, width: float) -> None:
        self._poster, self._width = poster, width
        bold = faces().bold
        told = [_told(row) for row in poster.rows]
        closing = [rupiah(amount) for _name, amount in self._closing()]
        self._headings = (_("Anggaran"), _("Realisasi"), "%")
        self._columns = [
            max(bold.width(text) for text in (heading, *(row[place] for row in told), *(closing if place == 1 else ())))
            for place, heading in enumerate(self._headings)
        ]
        known = [a for row in poster.rows if row.barred for a in (row.budget, row.realised) if a is not None]
        self._longest = max(known, default=Decimal(0))

    def _closing(self) -> tuple[tuple[str, Decimal | None], ...]:
        poster = self._poster
        return (_("Sisa anggaran belanja"), poster.remaining), (_("Sisa kas (SiLPA) sampai hari itu"), poster.balance)

    def widest_type(self) -> float:
        """The largest type that leaves the names their least, points."""
        return self._width / (sum(self._columns) + GAP * len(self._columns) + NARROWEST_NAMES)

    def table(self, size: float) -> Table:
        """The rows with type of `size` points."""
        setter = _Setter(size, self._width, [column * size for column in self._columns], self._longest)
        return Table(setter.heading(self._headings), tuple(self._rows(setter)))

    def _rows(self, setter: "_Setter") -> Iterator[Row]:
        """Parts and fields with their bars, what is left, then the activities that are behind."""
        for row in self._poster.rows:
            opening = () if row.detail else setter.opening()
            yield Row(stack((*opening, setter.row(row))), ruled=row.detail)
        for name, amount in self._closing():
            yield Row(stack((*setter.opening(), setter.sum(name, rupiah(amount)))), ruled=False)
        yield Row(setter.title(_("Belum selesai atau tidak dilaksanakan")), ruled=False, held=bool(self._poster.behind))
        for each in self._poster.behind:
            yield Row(setter.behind(each))
        if not self._poster.behind:
            yield Row(setter.text(_("Tidak ada kegiatan yang tercatat demikian.")), ruled=False)


def _told(row: RealisedRow) -> tuple[str, str, str]:
    """Budget, realisation and percentage in words of the sheet."""
    share = percent(row.realised, row.budget)
    return rupiah(row.budget), rupiah(row.realised), "-" if share is None else f"{share:.2f}{NBSP}%".replace(".", ",")


class _Setter:
    """Sets rows of name, amounts and bar in fixed columns; measures in points."""

    def __init__(self, size: float, width: float, columns: list[float], longest: Decimal) -> None:
        self._size, self._width = size, width
        self._rights = [
            width - sum(columns[i + 1 :]) - GAP * size * (len(columns) - 1 - i) for i in range(len(columns))
        ]
        self._names = self._rights[0] - columns[0] - GAP * size
        self._scale = float(Decimal(width) / longest) if longest > 0 else 0.0

    def heading(self, texts: tuple[str, ...]) -> Block:
        """The names of the columns."""
        return self._line(Block(0), texts, faces().plain)

    def row(self, row: RealisedRow) -> Block:
        """A part or field with its bar, on the poster's one scale from zero."""
        face = faces().plain if row.detail else faces().bold
        dx = INDENT * self._size if row.detail else 0
        name = paragraph(face, self._size, clean(row.name), self._names - dx)
        line = self._line(Block(name.height, name.at(dx, 0)), _told(row), face)
        bar = self._bar(row) if row.barred and row.budget is not None else Block(0)
        return _padded(stack((line, bar), gap=0.15 * self._size), self._size)

    def sum(self, name: str, amount: str) -> Block:
        """A closing line, its amount under the realised ones."""
        face = faces().bold
        named = paragraph(face, self._size, name, self._names)
        return _padded(self._line(named, ("", amount, ""), face), self._size)

    def title(self, text: str) -> Block:
        """The name of the list below."""
        words = paragraph(faces().bold, self._size, text, self._width)
        return stack((space(0.8 * self._size), words, rule(self._width, 0.06 * self._size)))

    def behind(self, each: BehindRow) -> Block:
        """An activity with how it stands and why."""
        why = clean(each.reason) or _("alasan belum diisi")
        told = paragraph(faces().plain, self._size, f"{each.standing}: {why}", self._width)
        return _padded(stack((paragraph(faces().bold, self._size, clean(each.name), self._width), told)), self._size)

    def text(self, text: str) -> Block:
        """A sentence over the whole width."""
        return _padded(paragraph(faces().plain, self._size, text, self._width), self._size)

    def opening(self) -> tuple[Block, Block]:
        """The heavier rule over a part."""
        return space(0.25 * self._size), rule(self._width, 0.04 * self._size)

    def _line(self, name: Block, texts: tuple[str, ...], face: Face) -> Block:
        """Amounts set flush right on the first line of a name."""
        size = self._size
        first = next((mark.y for mark in name.marks if isinstance(mark, Words)), 1.1 * size)
        marks: list[Mark] = list(name.marks)
        for text, right in zip(texts, self._rights, strict=True):
            # The bracket of a negative hangs outside, so that digits stay under digits.
            hanging = face.width(")") * size if text.endswith(")") else 0
            if text:
                marks.append(Words(right + hanging - face.width(text) * size, first, text, face, size))
        return Block(max(name.height, 1.3 * size), tuple(marks))

    def _bar(self, row: RealisedRow) -> Block:
        """The budget as an outline, what was realised as its filling; what runs past it is hatched and said."""
        height, budget = BAR * self._size, float(row.budget or 0) * self._scale
        realised = max(float(row.realised or 0), 0.0) * self._scale
        marks: list[Mark] = [Box(0, 0, min(realised, budget), height, BLUE)]
        if realised > budget:
            marks += self._past(budget, realised, height, (row.realised or Decimal(0)) - (row.budget or Decimal(0)))
        # Zero keeps a hair line, so that nothing looks forgotten.
        marks.append(Box(0, 0, max(budget, 0.5), height, None, 0.1 * height))
        return Block(max(height, *(mark.ink().bottom for mark in marks)), tuple(marks))

    def _past(self, start: float, end: float, height: float, excess: Decimal) -> Iterator[Mark]:
        """Strokes across what is more than the budget, and by how much in words under it."""
        x = start
        while x < end:
            reach = min(height, end - x)
            yield Line(x, height, x + reach, height - reach, 0.06 * height)
            x += HATCH * self._size
        yield Box(start, 0, end - start, height, None, 0.06 * height)
        face, size = faces().plain, self._size
        words = _("melebihi anggaran {amount}").format(amount=rupiah(excess))
        left = max(0.0, min(start, self._width - face.width(words) * size))
        yield Words(left, height + 1.05 * size, words, face, size)


def _padded(block: Block, size: float) -> Block:
    return Block(block.height + 0.4 * size, block.at(0, 0.2 * size))
