"""The frame all letters share: letterhead, pages, foot and copies; every paper is a list of parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _

from desk.dates import clock, long_date
from desk.paper.letters.parts import Fact, Facts, Gap, Measure, Part, Piece, Say, Signatures, centred
from desk.paper.letters.records import Asker, Issue, Signature
from desk.paper.letters.words import printable, set_lines
from desk.paper.marks import MM, Block, Mark, Page, Words, rule, space, stack
from desk.paper.pdf import Pdf, check_glyphs
from desk.paper.sheets import PRINTER_SHEETS, Sheet, sheet
from desk.paper.text import clean, faces

SIDE, TOP = 22 * MM, 14 * MM
"""White edges: the left one takes the holes of a file."""

SIZES = (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0)
"""Type sizes tried, points, until the letter needs one page; below the last it takes more."""

LONG = 10.0
"""Type of a letter that needs more pages in any size: paper is not saved on the reader's eyes."""


@dataclass(frozen=True)
class Letter:
    """A paper before it has a size: what it says, and how many of it are printed."""

    issue: Issue
    name: str
    """For the document's title."""
    parts: tuple[Part, ...]
    back: tuple[Part, ...] = ()
    """What stands on the back of the first page."""
    copies: tuple[str, ...] = ("",)
    """A line in the foot of each copy."""


def printed(letter: Letter, size: str) -> bytes:
    """The letter on A4 or F4, in all its copies.

    Raises:
        DeskError: another size.
    """
    paper = sheet(size, PRINTER_SHEETS)
    pages = [page for copy in letter.copies for page in _Setting(letter, paper, copy).pages()]
    check_glyphs(pages)
    place = printable(letter.issue.village.place, faces().plain)
    pdf = Pdf(f"{letter.name} {clean(letter.issue.number)}".strip(), place)
    for page in pages:
        pdf.add(page)
    return pdf.finish()


class _Setting:
    """One copy of a letter on one paper size."""

    def __init__(self, letter: Letter, paper: Sheet, copy: str) -> None:
        self._letter, self._copy = letter, copy
        self._page_width, self._page_height = paper.points
        self._width = self._page_width - 2 * SIDE
        self._foot_height = self._foot(9, 10).height
        self._room = self._page_height - 2 * TOP - self._foot_height - 4

    def pages(self) -> list[Page]:
        """The front on one page where it fits; the back right behind it."""
        front = self._fitted(self._letter.parts, _letterhead(self._letter.issue))
        back = self._fitted(self._letter.back, ()) if self._letter.back else []
        split = [*front[:1], *back, *front[1:]]
        if back and len(split) % 2:
            # The next copy begins on a front side.
            split.append([Piece(space(self._room / 2))])
        return [self._page(pieces, i, len(split)) for i, pieces in enumerate(split, 1)]

    def _fitted(self, parts: Sequence[Part], head: Sequence[Part]) -> list[list[Piece]]:
        body = list(parts)
        if self._note_is_long():
            body.append(Say(self._letter.issue.note, bold=True))
        everything = (*head, *body)
        # The smallest size tells whether one page is enough, before all others are tried.
        fits = self._fits(everything, SIZES[-1])
        size = next(size for size in SIZES if self._fits(everything, size)) if fits else LONG
        return split(_pieces(everything, Measure(self._width, size)), self._room)

    def _fits(self, parts: Sequence[Part], size: float) -> bool:
        """Whether all pieces stand on one page; what is far too long is not set to its end."""
        m, used = Measure(self._width, size), 0.0
        for piece in (piece for part in parts for piece in part.set(m)):
            used += piece.block.height
            if used > self._room:
                return False
        return True

    def _page(self, pieces: Sequence[Piece], number: int, count: int) -> Page:
        bottom = self._page_height - TOP - self._foot_height
        marks: list[Mark] = [*stack(p.block for p in pieces).at(SIDE, TOP)]
        return Page(self._page_width, self._page_height, (*marks, *self._foot(number, count).at(SIDE, bottom)))

    def _note_is_long(self) -> bool:
        return len(set_lines(faces().bold, 8, self._letter.issue.note, self._width)) > 2

    def _foot(self, page: int, pages: int) -> Block:
        """Copy, number, moment of printing and page; a number too long for the line stands in the letter only."""
        issue, face, size = self._letter.issue, faces().plain, 8.0
        printed = _("dicetak {day} {hour}").format(day=long_date(issue.printed_at.date()), hour=clock(issue.printed_at))
        counted = _("halaman {page} dari {pages}").format(page=page, pages=pages) if pages > 1 else ""
        number = printable(issue.number, face)
        full = " | ".join(filter(None, (self._copy, self._letter.name, number, printed, counted)))
        short = " | ".join(filter(None, (self._copy, self._letter.name, printed, counted)))
        text = full if face.width(full) * size <= self._width else short
        note = [] if self._note_is_long() else set_lines(faces().bold, size, issue.note, self._width)
        return stack((rule(self._width, 0.4), space(2), *set_lines(face, size, text, self._width), *note))


def _pieces(parts: Sequence[Part], m: Measure) -> list[Piece]:
    """All pieces; places to sign take the lines before them along, so that nobody signs an empty page."""
    pieces: list[Piece] = []
    for part in parts:
        if isinstance(part, Signatures):
            pieces[-3:] = [replace(piece, keep=True) for piece in pieces[-3:]]
        pieces += part.set(m)
    return pieces


def split(pieces: Sequence[Piece], room: float) -> list[list[Piece]]:
    """Pieces divided over pages; those that keep to each other go together where a page can hold them."""
    pages: list[list[Piece]] = [[]]
    used = 0.0
    for chain in _chains(pieces, room):
        if pages[-1] and used + sum(p.block.height for p in chain) > room:
            pages.append([])
            used = 0.0
            if chain[0].again:
                pages[-1].append(Piece(chain[0].again))
                used = chain[0].again.height
        for piece in chain:
            pages[-1].append(piece)
            used += piece.block.height
    return pages


def _chains(pieces: Sequence[Piece], room: float) -> Iterator[list[Piece]]:
    """Runs of pieces that stay together; one that outgrows half a page is let go piece by piece."""
    chain: list[Piece] = []
    for piece in pieces:
        chain.append(piece)
        if not piece.keep or sum(p.block.height for p in chain) > room / 2:
            yield chain
            chain = []
    if chain:
        yield chain


@dataclass(frozen=True)
class _Letterhead:
    """Kop surat: regency, district, village and address over a double rule."""

    issue: Issue

    def set(self, m: Measure) -> Iterator[Piece]:
        """Its lines in the middle."""
        village, face = self.issue.village, faces()
        district, regency = village.region
        rows = (
            (_("PEMERINTAH {regency}").format(regency=regency.upper()), m.bold, 1.15),
            (district.upper(), m.bold, 1.15),
            (village.place.upper(), face.headline, 1.8),
            (village.address, m.plain, 0.95),
        )
        for text, row_face, scale in rows:
            for block in set_lines(row_face, scale * m.size, text, m.width):
                yield Piece(centred(block, m.width), keep=True)
        double = stack((space(0.35 * m.size), rule(m.width, 1.6), space(1.5), rule(m.width, 0.5)))
        yield Piece(stack((double, space(0.6 * m.size))), keep=True)


def _letterhead(issue: Issue) -> tuple[Part, ...]:
    return (_Letterhead(issue),)


@dataclass(frozen=True)
class _Dated:
    """Place and day at the right edge."""

    text: str

    def set(self, m: Measure) -> Iterator[Piece]:
        """One line, or as many as a long name takes."""
        for block in set_lines(m.plain, m.size, self.text, m.width):
            yield Piece(
                Block(block.height, tuple(w.moved(m.width - w.width, 0) for w in block.marks if isinstance(w, Words))),
                keep=True,
            )


@dataclass(frozen=True)
class _Number:
    """Nomor, lampiran and hal of a letter; a number not given yet is a line to write on."""

    issue: Issue
    subject: str

    def set(self, m: Measure) -> Iterator[Piece]:
        """Three fields over three fifths of the width."""
        facts = (
            Fact(_("Nomor"), self.issue.number or None),
            Fact(_("Lampiran"), self.issue.enclosed),
            Fact(_("Hal"), self.subject),
        )
        yield from Facts(facts).set(Measure(0.7 * m.width, m.size))


def place_and_day(issue: Issue) -> str:
    """`Contoh, 22 November 2026`, over a signature or a letter."""
    place = issue.village.place.split(" ", 1)[-1]
    return _("{place}, {day}").format(place=place, day=long_date(issue.day))


def opening(issue: Issue, subject: str, to: str, address: str = "") -> tuple[Part, ...]:
    """The head of a letter: day, number, subject, and to whom."""
    return (
        _Dated(place_and_day(issue)),
        _Number(issue, subject),
        Gap(0.5),
        Say(_("Kepada Yth.")),
        Say(to, bold=True),
        *((Say(address),) if address else ()),
        Gap(0.8),
    )


def numbered(issue: Issue) -> str:
    """`Nomor 470/12/2026`, or dots where it is written in by hand."""
    return _("Nomor {number}").format(number=issue.number or "......................")


def identity(asker: Asker, *, occupation: bool = False) -> tuple[Fact, ...]:
    """Name, address and contact as the statutory letters carry them."""
    work = (Fact(_("Pekerjaan"), asker.occupation),) if occupation else ()
    proxy = (Fact(_("Kuasa"), asker.proxy),) if asker.proxy else ()
    return (
        Fact(_("Nama"), asker.name), Fact(_("Alamat"), asker.address), *work,
        Fact(_("Telepon/e-mail"), asker.contact), *proxy,
    )  # fmt: skip


def signed(issue: Issue, *, dated: bool = False) -> Signature:
    """The signature of who answers for the paper."""
    above = place_and_day(issue) if dated else issue.signer.above
    return Signature(issue.signer.role, issue.signer.name, issue.signer.number, above)


STAMP = _("tanda tangan dan cap")
"""Said small in the room where both go."""
