"""The public list on the wall: what information there is, by the classes of the law, and what is exempt and why."""

from gettext import gettext as _

from desk.dates import long_date
from desk.paper.flow import Row, Table, flow
from desk.paper.frame import PosterFrame
from desk.paper.marks import Block, Page, paragraph, rule, stack
from desk.paper.records import DipClass, DipLine, DipPoster
from desk.paper.sheets import Sheet
from desk.paper.text import clean, faces

WIDEST = 34
"""Em of a line at the largest type."""

FACTS = 0.42
"""Share of the width that holder, form and time take beside the information itself."""

GAP = 1.1
"""Em between the two columns."""


def dip_pages(poster: DipPoster, sheet: Sheet) -> tuple[Page, ...]:
    """The poster's sheets; every kind of information stands on them once.

    Raises:
        DeskError: a row does not fit this size.
    """
    unknown = _("belum diisi")
    frame = PosterFrame(
        poster,
        sheet,
        title=_("DAFTAR INFORMASI"),
        subtitle=_("{count} informasi, keadaan {day}").format(count=poster.count, day=long_date(poster.on)),
        facts=(
            (_("Cara meminta"), _("datang ke meja informasi (PPID); bertanya tidak dipungut biaya")),
            (_("Pengaduan"), poster.village.complaints or poster.village.address or unknown),
        ),
    )
    rows = [(one, line) for one in poster.classes for line in (None, *one.lines)]

    def left(first: int) -> str:
        return _("{count} informasi lagi").format(count=sum(line is not None for _one, line in rows[first:]))

    return flow(sheet, frame, lambda size: _table(rows, frame.width, size), frame.width / WIDEST, left)


def _table(rows: list[tuple[DipClass, DipLine | None]], width: float, size: float) -> Table:
    """Each class under its name, which stays with its first row."""
    made = [
        Row(_class(one, width, size), ruled=False, held=True) if line is None else Row(_line(line, width, size))
        for one, line in rows
    ]
    return Table(Block(0), tuple(made))


def _class(one: DipClass, width: float, size: float) -> Block:
    name = _("Informasi {name}").format(name=one.name)
    words = paragraph(faces().bold, 1.2 * size, name, width)
    return stack((Block(0.7 * size), words, rule(width, 0.06 * size)))


def _line(line: DipLine, width: float, size: float) -> Block:
    """The information at the left; who holds it, its form and its time at the right."""
    face, right = faces().plain, FACTS * width
    what = paragraph(face, size, clean(line.summary), width - right - GAP * size)
    facts = " · ".join(text for text in map(clean, (line.holder, line.form, line.made)) if text)
    beside = paragraph(face, size, facts, right)
    height = max(what.height, beside.height)
    return Block(height + 0.4 * size, (*what.at(0, 0.2 * size), *beside.at(width - right, 0.2 * size)))
