"""Books onto paper: registers and the public list across A4 or F4, the annual report upright."""

from collections.abc import Sequence
from gettext import gettext as _

from desk.paper.book.cells import WORD_JOINTS
from desk.paper.book.chapters import Chapter, Report, annual_report
from desk.paper.book.contents import Register, dip_register, objection_register, request_register
from desk.paper.book.flow import Flow, Line
from desk.paper.book.pen import LEADING, Pen
from desk.paper.book.records import AnnualReport, Book, DipBook, ObjectionBook, RequestBook
from desk.paper.book.ruler import Ruler
from desk.paper.book.table import Rulers, Table
from desk.paper.marks import MM
from desk.paper.sheets import PRINTER_SHEETS, sheet
from desk.paper.text import faces

MARGIN = 10 * MM
"""White edge of a register, whose twenty columns want every millimetre."""
REPORT_MARGIN = 20 * MM
SIZES = (7.0, 6.5, 6.0)
"""Type sizes of twenty columns, points: a year of them should not take two hundred sheets."""
FEW_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
"""Of eleven columns and fewer."""
REPORT_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
BODY = 10.5
"""Points of the report's sentences."""
TITLE, SMALL = 13.0, 7.0
SIGNATURE = 5.2
"""Em from an office to the name under it: room to sign."""


def render(book: Book, size: str) -> bytes:
    """A book as PDF on A4 or F4.

    Raises:
        DeskError: another size.
    """
    width, height = sheet(size, PRINTER_SHEETS).points
    match book:
        case RequestBook():
            return _Bound(request_register(book), height, width).register()
        case ObjectionBook():
            return _Bound(objection_register(book), height, width).register()
        case DipBook():
            return _Bound(dip_register(book), height, width).register()
        case AnnualReport():
            return _Bound(annual_report(book), width, height).report()


class _Bound:
    """A book on sheets of one size, with what stands on each of them."""

    def __init__(self, contents: Register | Report, width: float, height: float) -> None:
        self._contents, self._width, self._height = contents, width, height
        self._rulers = Rulers(Ruler(faces().plain), Ruler(faces().bold))
        self._title = Ruler(faces().headline)
        self._margin = MARGIN if isinstance(contents, Register) else REPORT_MARGIN
        self._across = width - 2 * self._margin
        self._over = self._head()
        head = sum(LEADING * line.size for line in self._over) + 0.6 * BODY
        self._under = self._wrapped(contents.foot, self._rulers.plain, SMALL, self._across * 0.8)
        foot = (len(self._under) + 1) * LEADING * SMALL
        self._top = self._margin + head
        self._flow = Flow(height - self._top - foot - self._margin)

    def register(self) -> bytes:
        """One table from the first page to the last."""
        contents = self._contents
        assert isinstance(contents, Register)
        sizes = SIZES if len(contents.listing.columns) > 11 else FEW_SIZES
        table = Table(contents.listing, self._across, sizes, self._rulers)
        self._flow.table(table, contents.listing, Line("", self._rulers.bold, 1.2 * table.size))
        self._sentences(contents.closing, self._rulers.plain, 1.15 * table.size)
        self._close(contents.signers)
        return self._drawn()

    def report(self) -> bytes:
        """Chapter by chapter, each on from the last."""
        contents = self._contents
        assert isinstance(contents, Report)
        self._sentences(contents.opening, self._rulers.plain, BODY)
        for chapter in contents.chapters:
            self._chapter(chapter)
        self._close(contents.signers)
        return self._drawn()

    def _chapter(self, chapter: Chapter) -> None:
        flow, bold = self._flow, self._rulers.bold
        flow.space(BODY)
        flow.need(6 * LEADING * BODY)
        flow.text(self._wrapped(chapter.title, bold, 1.15 * BODY))
        flow.space(0.3 * BODY)
        for name, text in chapter.parts:
            if name:
                flow.need(3 * LEADING * BODY)
                flow.text(self._wrapped(name, bold, BODY))
            self._sentences((text,), self._rulers.plain, BODY)
        for listing in chapter.listings:
            flow.space(0.6 * BODY)
            table = Table(listing, self._across, REPORT_SIZES, self._rulers)
            flow.need(2 * LEADING * BODY + table.head.height + 4 * table.leading)
            flow.text(self._wrapped(listing.name, bold, 0.95 * BODY))
            flow.space(0.2 * BODY)
            flow.table(table, listing)

    def _sentences(self, texts: Sequence[str], ruler: Ruler, size: float) -> None:
        """A person's text in its paragraphs, or a dash."""
        for text in texts:
            for part in ruler.prepared(text) or ("–",):
                self._flow.text(self._wrapped(part, ruler, size))
                self._flow.space(0.25 * size)

    def _wrapped(self, text: str, ruler: Ruler, size: float, room: float = 0) -> list[Line]:
        room = (room or self._across) / size
        parts = ruler.prepared(text)
        return [Line(line, ruler, size) for part in parts for line in ruler.wrap(part, room, WORD_JOINTS)]

    def _head(self) -> list[Line]:
        """Title, letterhead and period, and what kind of copy it is."""
        contents = self._contents
        return [
            *self._wrapped(contents.title, self._title, TITLE),
            *(line for text in contents.lines for line in self._wrapped(text, self._rulers.plain, 0.85 * BODY)),
            *self._wrapped(contents.mark, self._rulers.bold, 0.95 * BODY),
        ]

    def _close(self, signers: Sequence[tuple[str, str]]) -> None:
        """Signatures side by side; they stay together."""
        flow, size, half = self._flow, 0.9 * BODY, self._across / 2
        plain, bold = self._rulers.plain, self._rulers.bold
        columns = [
            (self._wrapped(office, plain, size, 0.9 * half), self._wrapped(name or "." * 40, bold, size, 0.9 * half))
            for office, name in signers
        ]
        height = max((len(o) + len(n)) * LEADING * size for o, n in columns) + SIGNATURE * size
        flow.space(size)
        flow.need(height)
        leaf = flow.leaves[-1]
        for i, (office, name) in enumerate(columns):
            y = leaf.used
            for line in office:
                leaf.put(y, line, i * half)
                y += LEADING * size
            y = leaf.used + height - len(name) * LEADING * size
            for line in name:
                leaf.put(y, line, i * half)
                y += LEADING * size
        leaf.used += height
        self._explain_codes()

    def _explain_codes(self) -> None:
        """A word about characters printed as codes, where there are any."""
        if any(ruler.spelled for ruler in (self._rulers.plain, self._rulers.bold, self._title)):
            told = _(
                "Tanda seperti [U+1F642] adalah kode huruf yang tidak ada pada jenis huruf cetak; "
                "huruf aslinya ada pada berkas xlsx."
            )
            self._sentences((told,), self._rulers.plain, SMALL)

    def _drawn(self) -> bytes:
        """The finished pages, each with its number."""
        pen = Pen(self._contents.title, self._contents.author)
        leaves = self._flow.leaves
        for number, leaf in enumerate(leaves, 1):
            pen.begin(self._width, self._height)
            y = self._margin
            for line in self._over:
                line.draw(pen, self._margin, y)
                y += LEADING * line.size
            for top, draw in leaf.pieces:
                draw(pen, self._margin, self._top + top)
            self._foot(pen, _("halaman {page} dari {pages}").format(page=number, pages=len(leaves)))
            pen.end()
        return pen.finish()

    def _foot(self, pen: Pen, numbered: str) -> None:
        y = self._height - self._margin - len(self._under) * LEADING * SMALL
        right = self._width - self._margin - self._rulers.plain.width(numbered) * SMALL
        Line(numbered, self._rulers.plain, SMALL).draw(pen, right, y)
        for line in self._under:
            line.draw(pen, self._margin, y)
            y += LEADING * SMALL
