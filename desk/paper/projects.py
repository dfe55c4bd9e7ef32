"""The project list on the wall: what is built, where, for how much, by whom, when, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _

from desk.dates import span
from desk.errors import DeskError
from desk.money import rupiah
from desk.paper.flow import Row, Table, flow
from desk.paper.frame import PosterFrame, labelled
from desk.paper.marks import BLUE, Block, Box, Mark, Page, Words, headline, lines, paragraph, rule, space, stack
from desk.paper.records import ProjectLine, ProjectPoster
from desk.paper.sheets import Sheet
from desk.paper.text import NBSP, Face, clean, faces

GAP = 1.1
"""Em between columns."""

LONGEST_WORD = 12
"""Em of a word for which a column is widened; a longer one is cut."""

NARROWEST_NAMES = 15
"""Em the names of activities and places need to stay readable."""

LONGEST_TOGETHER = 25
"""Characters of a volume or a time that is not broken."""

MOST_CARDS = 6
"""Up to so many activities each gets the full width and larger type than the table's columns allow."""

CARD_NAME = 1.35
"""How much larger an activity's name and amount stand on a card."""

LONGEST_FACT = 20
"""Em of label and text a card is made for."""


def project_pages(poster: ProjectPoster, sheet: Sheet) -> tuple[Page, ...]:
    """The poster's sheets; every activity stands on them once, with all that is known of it.

    Raises:
        DeskError: there is no activity, or a row does not fit this size.
    """
    if not poster.projects:
        raise DeskError(
            _("Belum ada kegiatan tahun {year}. Tambahkan dulu di halaman Kegiatan.").format(year=poster.year)
        )
    kind = clean(poster.village.place).split(" ")[0].upper()
    count = len(poster.projects)
    frame = PosterFrame(
        poster,
        sheet,
        title=_("KEGIATAN {kind} {year}").format(kind=kind, year=poster.year),
        subtitle=_counted(poster),
        facts=((_("Pengaduan"), poster.village.complaints or poster.village.address or _("belum diisi")),),
    )
    listing = _Cards(poster, frame.width) if count <= MOST_CARDS else _List(poster, frame.width)
    return flow(
        sheet,
        frame,
        listing.table,
        listing.widest_type(),
        lambda first: _("{count} kegiatan lagi").format(count=count - first),
    )


def _counted(poster: ProjectPoster) -> str:
    """How many activities, and their sum where any amount is known."""
    count = _("{count} kegiatan").format(count=len(poster.projects))
    return count if poster.without_cost == len(poster.projects) else f"{count}, {rupiah(poster.total)}"


@dataclass(frozen=True)
class _Shown:
    """An activity in the words of the sheet; "" is unknown, and each layout says so in its own way."""

    name: str
    place: str
    volume: str
    cost: str
    fund_source: str
    executor: str
    responsible: str
    """"" also where the executor answers for it."""
    time: str
    progress: str

    @classmethod
    def of(cls, project: ProjectLine) -> "_Shown":
        """Cleaned texts; short measures and times hold together."""
        return cls(
            clean(project.name),
            clean(project.place),
            _together(project.volume),
            rupiah(project.cost),
            clean(project.fund_source),
            clean(project.executor),
            "" if project.responsible == project.executor else clean(project.responsible),
            _together(span(project.starts, project.ends)),
            "" if project.percent is None else f"{project.percent}{NBSP}%",
        )


@dataclass(frozen=True)
class _Cell:
    """Texts of one cell, one under the other, each with its face."""

    parts: tuple[tuple[Face, str], ...]
    percent: int | None = None
    """Drawn as a bar under the text."""

    def natural(self) -> float:
        """Em needed to break no line."""
        return max(face.width(text) for face, text in self.parts)

    def least(self) -> float:
        """Em needed to cut no word of ordinary length."""
        return max(min(face.width(word), LONGEST_WORD) for face, text in self.parts for word in text.split(" "))


class _List:
    """The rows of the list at any type size; measures are in em until a size is given."""

    def __init__(self, poster: ProjectPoster, width: float) -> None:
        self._poster, self._width = poster, width
        bold, plain = faces().bold, faces().plain
        answering = _("Penanggung jawab (PJ)") if any(p.responsible for p in poster.projects) else ""
        headings = (
            (_("No"),), (_("Kegiatan"), _("Lokasi")), (_("Volume"),), (_("Anggaran"), _("Sumber dana")),
            (_("Pelaksana"), answering, _("Waktu")), (_("Fisik"),),
        )  # fmt: skip
        self._heading = [_cell((bold, first), *((plain, text) for text in rest)) for first, *rest in headings]
        self._cells = [self._row(i, project) for i, project in enumerate(poster.projects, 1)]
        self._total = rupiah(poster.total)
        columns: list[tuple[_Cell, ...]] = list(zip(self._heading, *self._cells, strict=True))
        self._least = [max(cell.least() for cell in column) for column in columns]
        self._natural = [max(cell.natural() for cell in column) for column in columns]
        self._typical = [sum(cell.natural() for cell in column) / len(column) for column in columns]
        for fixed, text in ((0, ""), (3, self._total), (5, "")):
            amounts = max(bold.width(cell.parts[0][1]) for cell in columns[fixed])
            self._least[fixed] = max(self._least[fixed], amounts, bold.width(text))
        self._least[1] = max(self._least[1], NARROWEST_NAMES)

    def _row(self, number: int, project: ProjectLine) -> list[_Cell]:
        bold, plain, shown = faces().bold, faces().plain, _Shown.of(project)
        return [
            _cell((plain, str(number))),
            _cell((bold, shown.name), (plain, shown.place or _("lokasi belum diisi"))),
            _cell((plain, shown.volume or _("belum diisi"))),
            _cell((bold, shown.cost), (plain, shown.fund_source or _("sumber belum diisi"))),
            _cell(
                (plain, shown.executor or _("pelaksana belum diisi")),
                (plain, _("PJ {name}").format(name=shown.responsible) if shown.responsible else ""),
                (plain, shown.time or _("waktu belum diisi")),
            ),
            _Cell(((plain, shown.progress or _("belum diisi")),), project.percent),
        ]

    def widest_type(self) -> float:
        """The largest type that cuts no word of ordinary length, points."""
        return self._width / (sum(self._least) + GAP * (len(self._least) - 1))

    def table(self, size: float) -> Table:
        """The rows with type of `size` points."""
        widths = [w * size for w in self._shares(self._width / size - GAP * (len(self._least) - 1))]
        setter = _Setter(size, self._width, widths)
        heading = stack((setter.row(self._heading), rule(self._width, 0.06 * size)))
        *rows, last = [setter.row(cells) for cells in self._cells]
        # The total never stands alone on a sheet.
        rows.append(stack((last, self._closing(setter))))
        return Table(heading, _ruled_between(rows))

    def _shares(self, room: float) -> list[float]:
        """Column widths: what each needs at least, the rest in proportion to what its cells typically hold."""
        widths = list(self._least)
        rest = room - sum(widths)
        while rest > 0.01:
            growing = [i for i, w in enumerate(widths) if w < self._natural[i] - 0.01]
            if not growing:
                widths[1] += rest
                break
            weight = sum(self._typical[i] for i in growing)
            grown = {i: min(rest * self._typical[i] / weight, self._natural[i] - widths[i]) for i in growing}
            for i, more in grown.items():
                widths[i] += more
            rest -= sum(grown.values())
        if rest < 0:
            # Too narrow even at the floor: names and places give way, amounts and dates never.
            widths[1] = max(widths[1] + rest, 6)
        return widths

    def _closing(self, setter: "_Setter") -> Block:
        """Number of activities, their sum, and how many are not in it."""
        return stack((rule(self._width, 0.06 * setter.size), setter.total(_closing_text(self._poster), self._total)))


class _Cards:
    """A few activities, each over the full width, at any type size."""

    def __init__(self, poster: ProjectPoster, width: float) -> None:
        self._poster, self._width = poster, width
        self._total = rupiah(poster.total)

    def widest_type(self) -> float:
        """The largest type that leaves the longer lines of a card whole, points."""
        columns = 2 if len(self._poster.projects) > 1 else 1
        return self._width / (columns * LONGEST_FACT + GAP)

    def table(self, size: float) -> Table:
        """The cards with type of `size` points, and the sum below the last."""
        projects = self._poster.projects
        if len(projects) == 1:
            return Table(Block(0), _ruled_between((self._alone(projects[0], size),)))
        *cards, last = [self._card(project, size) for project in projects]
        amount = _flush_right(headline(faces().plain, CARD_NAME * size, self._total), self._width)
        text = lines(faces().bold, size, (_closing_text(self._poster),))
        total = Block(text.height + 0.4 * size, text.at(0, 0.4 * size) + amount.at(0, 0.5 * size))
        last = stack((last, space(0.2 * size), rule(self._width, 0.06 * size), total))
        return Table(Block(0), _ruled_between((*cards, last)))

    def _alone(self, project: ProjectLine, size: float) -> Block:
        """The board of a single activity: its name, and every fact on a line of its own."""
        shown = _Shown.of(project)
        facts = (
            (_("Anggaran"), shown.cost), (_("Sumber dana"), shown.fund_source), (_("Lokasi"), shown.place),
            (_("Volume"), shown.volume), (_("Pelaksana"), shown.executor), *_answering(shown),
            (_("Waktu"), shown.time), (_("Fisik"), shown.progress),
        )  # fmt: skip
        return stack(
            (
                paragraph(faces().bold, 1.6 * size, shown.name, self._width, leading=1.1),
                labelled(_told(facts), size, self._width),
                _bar(project.percent, self._width, 0.4 * size),
            ),
            gap=0.6 * size,
        )

    def _card(self, project: ProjectLine, size: float) -> Block:
        """Name and amount, place and source, then who, when, how much of it and how far."""
        face, half = faces(), self._width / 2 - GAP * size / 2
        shown = _Shown.of(project)
        amount = paragraph(face.plain, CARD_NAME * size, shown.cost, self._width)
        names = self._width - face.plain.width(shown.cost) * CARD_NAME * size - GAP * size
        name = paragraph(face.bold, CARD_NAME * size, shown.name, names)
        first = Block(name.height, name.marks + _flush_right(amount, self._width).marks)
        facts = (
            (_("Lokasi"), shown.place), (_("Sumber dana"), shown.fund_source), (_("Pelaksana"), shown.executor),
            (_("Volume"), shown.volume), *_answering(shown), (_("Waktu"), shown.time), (_("Fisik"), shown.progress),
        )  # fmt: skip
        blocks = [labelled(_told((fact,)), size, half) for fact in facts]
        pairs = [
            Block(max(b.height for b in pair), pair[0].marks + (pair[1].at(half + GAP * size, 0) if pair[1:] else ()))
            for pair in (blocks[i : i + 2] for i in range(0, len(blocks), 2))
        ]
        bar = _bar(project.percent, self._width, 0.3 * size)
        card = stack((first, stack(pairs), bar), gap=0.3 * size)
        return Block(card.height + 0.6 * size, card.at(0, 0.3 * size))


def _answering(shown: _Shown) -> tuple[tuple[str, str], ...]:
    """Who answers for the activity, where that is someone else than who carries it out."""
    return ((_("Penanggung jawab"), shown.responsible),) if shown.responsible else ()


def _told(facts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Labels and texts with what is unknown said so."""
    return [(label, text or _("belum diisi")) for label, text in facts]


def _together(text: str) -> str:
    """A short text held on one line: `120 m × 3 m`."""
    return clean(text).replace(" ", NBSP) if len(text) <= LONGEST_TOGETHER else text


def _cell(*parts: tuple[Face, str]) -> _Cell:
    return _Cell(tuple((face, clean(text)) for face, text in parts))


class _Setter:
    """Sets rows of cells in fixed columns; measures in points."""

    FLUSH_RIGHT = (0, 3)

    def __init__(self, size: float, width: float, widths: Sequence[float]) -> None:
        self.size = size
        self._width, self._widths = width, widths
        self._lefts = [sum(widths[:i]) + GAP * size * i for i in range(len(widths))]

    def row(self, cells: Sequence[_Cell]) -> Block:
        """A row as high as its highest cell."""
        pad = 0.2 * self.size
        marks: list[Mark] = []
        height = 0.0
        for i, cell in enumerate(cells):
            block = self._set(cell, self._widths[i])
            placed = _flush_right(block, self._widths[i]) if i in self.FLUSH_RIGHT else block
            marks += placed.at(self._lefts[i], pad)
            height = max(height, block.height)
        return Block(height + 2 * pad, tuple(marks))

    def _set(self, cell: _Cell, width: float) -> Block:
        size = self.size
        # A hair of tolerance: the widths were measured with these very texts.
        texts = [paragraph(face, size, text, width + 0.01) for face, text in cell.parts if text]
        return stack((*texts, _bar(cell.percent, width, 0.4 * size)), gap=0.05 * size)

    def total(self, text: str, amount: str) -> Block:
        """The closing row: its text from the left, the sum under the amounts."""
        bold, size = faces().bold, self.size
        right = self._lefts[3] + self._widths[3]
        left = self._lefts[1]
        room = right - bold.width(amount) * size - GAP * size - left
        named = paragraph(bold, size, text, room)
        first = next(mark.y for mark in named.marks if isinstance(mark, Words))
        pad = 0.3 * size
        sum_ = Words(right - bold.width(amount) * size, pad + first, amount, bold, size)
        return Block(named.height + 2 * pad, (*named.at(left, pad), sum_))


def _closing_text(poster: ProjectPoster) -> str:
    """How many activities the sum is of, and how many are not in it."""
    text = _("Jumlah {count} kegiatan").format(count=len(poster.projects))
    if poster.without_cost:
        text += _(" ({count} belum diisi anggarannya)").format(count=poster.without_cost)
    return text


def _bar(percent: int | None, width: float, height: float) -> Block:
    """Progress as a filled part of an outlined bar; nothing where it is unknown."""
    if percent is None:
        return Block(0)
    return Block(
        height, (Box(0, 0, width * percent / 100, height, BLUE), Box(0, 0, width, height, None, 0.12 * height))
    )


def _ruled_between(blocks: Sequence[Block]) -> tuple[Row, ...]:
    return tuple(Row(block, ruled=block is not blocks[-1]) for block in blocks)


def _flush_right(block: Block, width: float) -> Block:
    return Block(block.height, tuple(m.moved(width - m.width, 0) if isinstance(m, Words) else m for m in block.marks))
