"""What every poster shares: title and village above, the phone number and the stamp below."""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _

from desk.dates import clock, long_date
from desk.paper.marks import MM, WHITE, Block, Box, Words, headline, lines, paragraph, rule, shrunk, space, stack
from desk.paper.qr import call, code
from desk.paper.records import Poster, digest
from desk.paper.sheets import Sheet
from desk.paper.text import clean, faces

CODE = 17.5
"""Width of the code with its white edge in hundredths of the sheet's: 50 mm on A3, read from half a metre."""


@dataclass(frozen=True)
class PosterFrame:
    """Head and foot of a poster's sheets."""

    poster: Poster
    sheet: Sheet
    title: str
    subtitle: str
    badge: str = ""
    """A few words in a frame beside the title: `PERUBAHAN KE-1`."""
    facts: tuple[tuple[str, str], ...] = ()
    """Label and text of the lines above the stamp."""

    @property
    def width(self) -> float:
        """Points between the margins."""
        return (self.sheet.width - 2 * self.sheet.margin) * MM

    @property
    def _unit(self) -> float:
        """A hundredth of the width, so that head and foot look alike on every size."""
        return self.width / 100

    def head(self, page: int, pages: int) -> Block:
        """Title, village and region over a rule; on later sheets title and village share a line."""
        opening = self._title() if page == 1 else self._running_title(page, pages)
        return stack((opening, space(1.2 * self._unit), rule(self.width, 0.12 * self._unit)))

    def _title(self) -> Block:
        """The title with a line under it, and beside both the village: its name largest, then where it lies."""
        unit, face, village = self._unit, faces(), self.poster.village
        title = headline(face.plain, min(8.4 * unit, 53 * unit / face.plain.width(self.title)), self.title)
        gap = 2.4 * unit
        beside = _extent(title) + 4 * unit
        under = shrunk(face.plain, 2.9 * unit, self.subtitle, beside - gap, max(2 * unit, self.sheet.floor))
        named = stack((title, space(1.4 * unit), under, self._badge(2.9 * unit, beside - gap)))
        room = self.width - beside
        smallest = max(2 * unit, self.sheet.floor)
        place = stack(
            (
                shrunk(face.bold, 4.8 * unit, clean(village.place), room, 3.6 * unit, leading=1.1),
                *(shrunk(face.plain, 2.9 * unit, clean(text), room, smallest) for text in village.region),
            )
        )
        height = max(named.height, place.height)
        return Block(height, (*named.at(0, height - named.height), *place.at(beside, height - place.height)))

    def _running_title(self, page: int, pages: int) -> Block:
        """Title, village and sheet number on one line; the village's name gives way when it is long."""
        unit, face = self._unit, faces()
        title = headline(face.plain, 5.4 * unit, self.title)
        number = Words(0, 0, _("lembar {page} dari {pages}").format(page=page, pages=pages), face.bold, 2.6 * unit)
        left = _extent(title) + 2 * unit
        room = self.width - left - number.width - 2 * unit
        place = clean(self.poster.village.place)
        size = min(4 * unit, room / face.bold.width(place))
        return Block(
            title.height,
            (
                *title.marks,
                Words(left, title.height, place, face.bold, max(size, self.sheet.floor)),
                number.moved(self.width - number.width, title.height),
            ),
        )

    def _badge(self, size: float, room: float) -> Block:
        if not self.badge:
            return Block(0)
        face, text = faces().bold, self.badge
        size = min(size, room / (face.width(text) + 0.9))
        pad = 0.45 * size
        height = face.cap * size + 2 * pad
        words = Words(pad, pad + face.cap * size, text, face, size)
        box = Block(height, (Box(0, 0, words.width + 2 * pad, height, WHITE, 0.06 * size), words))
        return stack((space(0.7 * self._unit), box))

    def foot(self, page: int, pages: int) -> Block:
        """The phone number over the full width, addresses, and the stamp that tells two prints apart."""
        unit, floor = self._unit, self.sheet.floor
        return stack(
            (
                rule(self.width, 0.12 * unit),
                space(1.6 * unit),
                *(self._phone(is_first=page == 1) if self.poster.village.phone else self._desk()),
                space(0.8 * unit),
                rule(self.width, 0.05 * unit),
                space(0.4 * unit),
                *(paragraph(faces().plain, floor, text, self.width) for text in self._stamp(page, pages)),
                paragraph(faces().bold, floor, clean(self.poster.note), self.width),
            )
        )

    def _phone(self, *, is_first: bool) -> tuple[Block, ...]:
        """The number on a line of its own, as wide as the sheet, whose it is, and where else to turn.

        On the first sheet the code that dials it stands beside them; on the others the rows want its room.
        """
        unit, village = self._unit, self.poster.village
        call_it = _("Tanya atau lapor? Telepon/WA {title}").format(title=village.head_title)
        side = CODE * unit if is_first else 0
        left = self._answering(self.width - side - 2 * unit if is_first else self.width)
        return (
            shrunk(faces().plain, 3.6 * unit, call_it, self.width, 2.2 * unit),
            space(1.0 * unit),
            self._number(),
            space(1.3 * unit),
            self._beside_code(left, side) if is_first else left,
        )

    def _answering(self, room: float) -> Block:
        """Whose number it is, and the facts."""
        unit, village = self._unit, self.poster.village
        name = _("{name}, {title}").format(name=clean(village.head_name), title=village.head_title)
        named = shrunk(faces().plain, 3.1 * unit, name, room, 1.9 * unit) if village.head_name else space(0)
        return stack((named, space(1.4 * unit), self._facts(room)))

    def _beside_code(self, left: Block, side: float) -> Block:
        """At the right the code that dials the number, under it what it is for."""
        label = paragraph(faces().plain, self.sheet.floor, _("Pindai untuk menelepon"), side)
        right = stack((code(call(self.poster.village.phone), side), label))
        return Block(max(left.height, right.height), (*left.marks, *right.at(self.width - side, 0)))

    def _desk(self) -> tuple[Block, ...]:
        """Without a number, the way to the desk in words."""
        unit = self._unit
        ask = shrunk(faces().bold, 3.6 * unit, _("Tanya atau lapor?"), self.width, 2 * unit)
        return ask, self._way_to_desk(), space(1.4 * unit), self._facts(self.width)

    def _facts(self, room: float) -> Block:
        facts = [(label, clean(text)) for label, text in self.facts if text]
        return labelled(facts, max(self.sheet.floor, 1.75 * self._unit), room)

    def _number(self) -> Block:
        """The phone number, sized by the width of the sheet; in the light face, which takes half the ink of Fjalla."""
        face, phone = faces().plain, self.poster.village.phone
        size = self.width / face.width(phone)
        return Block(face.cap * size, (Words(0, face.cap * size, phone, face, size, uncut=True),))

    def _way_to_desk(self) -> Block:
        village = self.poster.village
        place = clean(village.address) or _("kantor {place}").format(place=clean(village.place))
        text = _("Datanglah ke meja informasi (PPID), {place}. Bertanya tidak dipungut biaya.").format(place=place)
        return paragraph(faces().bold, 5 * self._unit, text, self.width, leading=1.15)

    def _stamp(self, page: int, pages: int) -> tuple[str, ...]:
        """Legal basis, when and from what data this was printed, and its place in the pile: one line where it fits."""
        poster = self.poster
        printed = _("Dicetak {day} {hour} dari data versi {digest}").format(
            day=long_date(poster.printed_at.date()), hour=clock(poster.printed_at), digest=digest(poster)
        )
        sheet = _("lembar {page} dari {pages}").format(page=page, pages=pages)
        legal = clean(poster.legal_basis)
        whole = " | ".join(text for text in (legal, printed, sheet) if text)
        if faces().plain.width(whole) * self.sheet.floor <= self.width:
            return (whole,)
        return legal, f"{printed} | {sheet}"


def _extent(block: Block) -> float:
    return max((mark.ink().right for mark in block.marks), default=0)


def labelled(facts: Sequence[tuple[str, str]], size: float, width: float) -> Block:
    """Lines of label and text, the texts in one column; nothing where there are none."""
    face = faces()
    if not facts:
        return Block(0)
    indent = (max(face.bold.width(label) for label, _text in facts) + 0.6) * size
    rows = []
    for label, text in facts:
        body = paragraph(face.plain, size, text, width - indent)
        rows.append(Block(body.height, lines(face.bold, size, (label,)).marks + body.at(indent, 0)))
    return stack(rows)
