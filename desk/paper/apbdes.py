"""The APBDes poster: where the money comes from, what it is for, and whether the budget closes."""

from collections.abc import Iterator
from decimal import Decimal
from gettext import gettext as _

from desk.budget.balance import gap_words
from desk.dates import day_and_month
from desk.money import rupiah
from desk.paper.flow import Row, Table, flow
from desk.paper.frame import PosterFrame
from desk.paper.marks import BLUE, Block, Box, Mark, Page, Words, paragraph, rule, space, stack
from desk.paper.records import ApbdesPoster, BudgetPart, Figures
from desk.paper.sheets import Sheet
from desk.paper.text import Face, clean, faces

TOTAL, CLOSE_TOTAL = 1.5, 1.2
"""How much larger totals are set than the lines below them, with one or two columns of amounts and with three."""

GAP = 1.25
"""Em between columns."""

SHORTEST_BARS = 7
"""Em below which the longest bar says nothing."""

NARROWEST_NAMES = 16
"""Em a column of names needs to stay readable."""

INDENT = 1.0
"""Em a line stands in from the line it is part of."""

GLOSS_GAP = 0.5
"""Em between a part's name and what it means."""

LARGEST = 0.09
"""Largest type, as a share of the sheet's width in mm, in points per mm."""


def apbdes_pages(poster: ApbdesPoster, sheet: Sheet) -> tuple[Page, ...]:
    """The poster's sheets; every amount of the record stands on them in full.

    Raises:
        DeskError: the rows do not fit this size.
    """
    badge = [_("RANCANGAN")] if poster.draft else []
    badge += [_("PERUBAHAN KE-{n}").format(n=poster.amendment)] if poster.amendment else []
    full_name = _("Anggaran Pendapatan dan Belanja Desa")
    frame = PosterFrame(
        poster,
        sheet,
        title=_("APB DESA {year}").format(year=poster.year),
        subtitle=_("{name}, belum ditetapkan").format(name=full_name) if poster.draft else full_name,
        badge=" ".join(badge),
        facts=(
            (_("Pelaksana"), poster.executors or _("belum diisi")),
            (_("Pengaduan"), poster.village.complaints or poster.village.address or _("belum diisi")),
        ),
    )
    budget = _Budget(poster, frame.width)
    return flow(
        sheet,
        frame,
        budget.table,
        max(sheet.floor, min(sheet.width * LARGEST, budget.widest_type())),
        lambda first: _("rincian berikutnya"),
        across=_("RANCANGAN") if poster.draft else "",
    )


def closing_words(surplus: Decimal | None, balance: Decimal | None) -> str:
    """Whether the budget closes, in one line: revenue less expenditure plus net financing is zero."""
    if balance is None:
        return _("Belum dapat dihitung apakah anggaran ini seimbang: ada angka yang belum diisi.")
    return gap_words(surplus, balance) or _("Anggaran ini seimbang: pendapatan − belanja + pembiayaan = Rp\u00a00.")


class _Budget:
    """The rows of the budget at any type size; measures are in em until a size is given."""

    def __init__(self, poster: ApbdesPoster, width: float) -> None:
        self._poster, self._width = poster, width
        every = poster.every_figure
        self._columns = ["amount"]
        self._headings = [_("Anggaran")]
        if any(f.before is not None for f in every):
            self._columns, self._headings = ["before", "amount"], [_("Semula"), _("Menjadi")]
        if any(f.realised is not None for f in every):
            self._columns.append("realised")
            until = poster.realised_until
            known = _("s.d. {day}").format(day=f"{day_and_month(until)} {until.year}") if until else ""
            self._headings.append(_("Realisasi {until}").format(until=known).strip())
        self._larger = TOTAL if len(self._columns) < 3 else CLOSE_TOTAL
        self._amounts = [self._widest(column) for column in self._columns]
        self._least_names = max(NARROWEST_NAMES, self._widest_total_name())
        self._names = max(self._least_names, self._widest_item_name())
        self._longest = max((f.amount for f in every if f.amount is not None), default=Decimal(0))

    def _widest(self, column: str) -> float:
        """Em the widest amount of a column takes, totals in their own size."""
        poster = self._poster
        totals = [*(part.total for part in poster.parts), poster.balance]
        items = [poster.surplus, *(item.figures for part in poster.parts for item in part.items)]
        return max(
            max(faces().plain.width(_said(f, column)) * self._larger for f in totals),
            max(faces().bold.width(_said(f, column)) for f in items),
        )

    def _widest_total_name(self) -> float:
        """Em no total's name wraps in, with what it means beside it."""
        bold, plain = faces().bold, faces().plain
        return max(
            bold.width(_closing_name()) * self._larger,
            *(bold.width(p.name) * self._larger + GLOSS_GAP + plain.width(p.gloss) for p in self._poster.parts),
        )

    def _widest_item_name(self) -> float:
        items = [item for part in self._poster.parts for item in part.items]
        return max((self._indent(i.detail) + faces().bold.width(clean(i.name)) for i in items), default=0)

    def _indent(self, detail: bool) -> float:
        return INDENT if detail else 0

    def _beside_amounts(self, size: float) -> float:
        """Em left for names and bars."""
        return self._width / size - sum(self._amounts) - GAP * (len(self._amounts) + 1)

    def widest_type(self) -> float:
        """The largest type that leaves names and bars their least, points."""
        amounts = sum(self._amounts) + GAP * (len(self._amounts) + 1)
        return self._width / (amounts + self._least_names + SHORTEST_BARS)

    def table(self, size: float) -> Table:
        """The rows with type of `size` points."""
        rest = self._beside_amounts(size)
        names = min(self._names, max(self._least_names, rest - SHORTEST_BARS))
        bars = rest - names
        if bars < SHORTEST_BARS:
            names, bars = rest + GAP, 0
        setter = _Setter(size, self._width, names * size, [a * size for a in self._amounts], bars * size, self._longest)
        return Table(self._heading(setter), tuple(self._rows(setter)))

    def _heading(self, setter: "_Setter") -> Block:
        return setter.headings(self._headings, _("besar anggaran")) if len(self._columns) > 1 else Block(0)

    def _rows(self, setter: "_Setter") -> Iterator[Row]:
        """The rows; no hair line stands before the heavy rule of the next part."""
        poster = self._poster
        for part in poster.parts:
            blocks = list(self._items(setter, part))
            if part is poster.expenditure:
                blocks.append(setter.row(_("Surplus / (defisit)"), faces().bold, self._texts(poster.surplus), None))
            # A part's heading never stands alone at the foot of a sheet.
            yield Row(self._part(setter, part), ruled=bool(blocks), held=bool(blocks))
            yield from (Row(block, ruled=block is not blocks[-1]) for block in blocks)
        closing = setter.row(_closing_name(), faces().bold, self._texts(poster.balance), None, scale=self._larger)
        words = paragraph(
            faces().plain, setter.size, closing_words(poster.surplus.amount, poster.balance.amount), self._width
        )
        yield Row(stack((*setter.opening(), closing, words)), ruled=False)

    def _part(self, setter: "_Setter", part: BudgetPart) -> Block:
        total = part.total
        row = setter.row(part.name, faces().bold, self._texts(total), total.amount, self._larger, part.gloss)
        # The rule under the poster's head stands in for one over the first part, where no headings come between.
        opened = part is self._poster.revenue and len(self._columns) == 1
        return row if opened else stack((*setter.opening(), row))

    def _items(self, setter: "_Setter", part: BudgetPart) -> Iterator[Block]:
        grouped = any(item.detail for item in part.items)
        for item in part.items:
            face = faces().bold if grouped and not item.detail else faces().plain
            indent = self._indent(item.detail)
            yield setter.row(clean(item.name), face, self._texts(item.figures), item.figures.amount, indent=indent)

    def _texts(self, figures: Figures) -> list[str]:
        return [_said(figures, column) for column in self._columns]


def _closing_name() -> str:
    return _("Sisa (SiLPA) tahun berjalan")


def _said(figures: Figures, column: str) -> str:
    """An amount of a line; one the earlier version did not have says so."""
    if column == "before" and figures.before is None and figures.amount is not None:
        return _("tidak ada")
    return rupiah(getattr(figures, column))


class _Setter:
    """Sets rows of name, amounts and bar in fixed columns; measures in points."""

    def __init__(
        self, size: float, width: float, names: float, amounts: list[float], bars: float, longest: Decimal
    ) -> None:
        self.size = size
        self._width, self._names, self._amounts, self._bars = width, names, amounts, bars
        self._rights: list[float] = []
        right = names
        for amount in amounts:
            right += GAP * size + amount
            self._rights.append(right)
        self._scale = (Decimal(bars) / longest) if longest > 0 else Decimal(0)

    def headings(self, texts: list[str], bars: str) -> Block:
        """The names of the amount columns and of the bars, on as many lines as the longest needs."""
        face, size = faces().plain, self.size
        wrapped = [face.wrap(text, width / size) for text, width in zip(texts, self._amounts, strict=True)]
        height = max(len(broken) for broken in wrapped)
        marks = [
            Words(right - face.width(line) * size, (height - len(broken) + i + 1) * 1.1 * size, line, face, size)
            for broken, right in zip(wrapped, self._rights, strict=True)
            for i, line in enumerate(broken)
        ]
        if self._bars >= face.width(bars) * size:
            marks.append(Words(self._rights[-1] + GAP * size, height * 1.1 * size, bars, face, size))
        return Block((height * 1.1 + 0.25) * size, tuple(marks))

    def row(
        self,
        name: str,
        face: Face,
        amounts: list[str],
        bar: Decimal | None,
        scale: float = 1,
        gloss: str = "",
        indent: float = 0,
    ) -> Block:
        """A line of the budget: its name, its amounts, and a bar from zero on the poster's one scale."""
        size, dx = self.size * scale, indent * self.size
        named = paragraph(face, size, name, self._names - dx)
        if gloss:
            named = self._with_gloss(named, face.width(name) * size, gloss)
        pad = 0.2 * self.size
        first = next(mark.y for mark in named.marks if isinstance(mark, Words))
        marks: list[Mark] = [*named.at(dx, pad)]
        marks += [
            self._amount(text, right, pad + first, size, faces().plain if scale > 1 else face)
            for text, right in zip(amounts, self._rights, strict=True)
        ]
        if bar is not None and bar >= 0 and self._bars:
            height = 0.34 * size
            middle = pad + first - faces().bold.cap * size / 2
            # Zero keeps a hair line, so that nothing looks forgotten.
            length = max(float(bar * self._scale), 0.5)
            marks.append(Box(self._rights[-1] + GAP * self.size, middle - height / 2, length, height, BLUE))
        return Block(named.height + 2 * pad, tuple(marks))

    def opening(self) -> tuple[Block, Block]:
        """The heavier rule over a total."""
        return space(0.3 * self.size), rule(self._width, 0.04 * self.size)

    def _with_gloss(self, named: Block, used: float, gloss: str) -> Block:
        face, gap = faces().plain, GLOSS_GAP * self.size
        if used + gap + face.width(gloss) * self.size <= self._names:
            baseline = next(mark.y for mark in named.marks if isinstance(mark, Words))
            return Block(named.height, (*named.marks, Words(used + gap, baseline, gloss, face, self.size)))
        return stack((named, paragraph(face, self.size, gloss, self._names)))

    def _amount(self, text: str, right: float, baseline: float, size: float, face: Face) -> Words:
        """An amount set flush right, the closing bracket of a negative outside so that digits stay under digits."""
        hanging = face.width(")") * size if text.endswith(")") else 0
        return Words(right + hanging - face.width(text) * size, baseline, text, face, size)
