"""Lembar pemulihan: the village key on one sheet of paper, to be typed back on the day the PC is no more."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from gettext import gettext as _

from desk.dates import long_date
from desk.paper.marks import (
    MM,
    Block,
    Box,
    Line,
    Mark,
    Page,
    Words,
    headline,
    lines,
    paragraph,
    rule,
    shrunk,
    space,
    stack,
)
from desk.paper.pdf import Pdf, check_glyphs
from desk.paper.records import VillageHead
from desk.paper.sheets import PRINTER_SHEETS, sheet
from desk.paper.text import clean, faces

MARGIN = 16 * MM
"""White edge: room for the holes of a file."""

SIZE = 12.0
"""Type of the sentences, points."""

CODE_SIZE = 28.0
"""Type of the code, points: read at arm's length, in the light of a village office."""


@dataclass(frozen=True)
class RecoverySheet:
    """What stands on the sheet; the rows never show themselves in a log."""

    village: VillageHead
    day: dt.date
    mark: str
    """Four letters that tell this key's sheet from an older one."""
    rows: tuple[str, ...] = field(repr=False)
    """The code, a row each: `0C4M H5QW`."""
    note: str = ""


def render(recovery: RecoverySheet, size: str) -> bytes:
    """One page of A4 or F4; its bytes are the key, so they are for the printer and not for the disk.

    Raises:
        DeskError: another size, or a character without a glyph.
    """
    width, height = sheet(size, PRINTER_SHEETS).points
    form = _Form(recovery, width - 2 * MARGIN)
    foot = form.foot()
    page = Page(width, height, (*form.body().at(MARGIN, MARGIN), *foot.at(MARGIN, height - MARGIN - foot.height)))
    check_glyphs((page,))
    # The title reaches print queues and window lists: it names the sheet and nothing of the key.
    pdf = Pdf(_("Lembar pemulihan kunci desa"), clean(recovery.village.place))
    pdf.add(page)
    return pdf.finish()


class _Form:
    """The parts of the sheet, set to the width between its margins, points."""

    def __init__(self, recovery: RecoverySheet, width: float) -> None:
        self._recovery, self._width = recovery, width

    def body(self) -> Block:
        """Everything but the foot, from above."""
        gap = space(1.1 * SIZE)
        return stack((*self._heading(), gap, self._code(), gap, self._use(), gap, self._keeping()))

    def foot(self) -> Block:
        """Two lines to be filled in by hand, and what this sheet is of."""
        recovery = self._recovery
        what = _("Lembar pemulihan kunci bertanda {mark}, dicetak {day}.").format(
            mark=recovery.mark, day=long_date(recovery.day)
        )
        return stack(
            (
                self._by_hand(_("Disimpan di"), _("oleh")),
                space(1.7 * SIZE),
                self._by_hand(_("Diketik ulang dan cocok, tanggal"), _("paraf")),
                space(SIZE),
                rule(self._width, 0.4),
                paragraph(faces().plain, 0.8 * SIZE, what, self._width),
                paragraph(faces().bold, 0.8 * SIZE, clean(recovery.note), self._width),
            )
        )

    def _heading(self) -> Iterable[Block]:
        village, face = self._recovery.village, faces()
        region = f"{village.region[0]}, {village.region[1]}"
        yield headline(face.headline, 2.2 * SIZE, _("LEMBAR PEMULIHAN KUNCI DESA"))
        yield space(0.8 * SIZE)
        yield shrunk(face.bold, 1.6 * SIZE, clean(village.place), self._width, SIZE)
        yield shrunk(face.plain, SIZE, clean(region), self._width, 0.8 * SIZE)
        yield space(0.5 * SIZE)
        yield rule(self._width, 1.6)
        yield space(0.6 * SIZE)
        made = _("Dicetak {day}. Tanda kunci: {mark}").format(
            day=long_date(self._recovery.day), mark=self._recovery.mark
        )
        yield paragraph(face.bold, 1.1 * SIZE, made, self._width)

    def _code(self) -> Block:
        """The rows with their numbers, in a frame; a hair line leads the eye along each."""
        face, pad, step = faces().bold, 0.5 * SIZE, 1.36 * CODE_SIZE
        left = 0.2 * self._width
        marks: list[Mark] = []
        for i, row in enumerate(self._recovery.rows):
            baseline = pad + i * step + (step + face.cap * CODE_SIZE) / 2
            marks.append(Words(pad, baseline, _("Baris {number}").format(number=i + 1), faces().plain, 1.1 * SIZE))
            for group, text in enumerate(row.split()):
                marks += _spread(text, left + group * 0.4 * self._width, baseline, 0.35 * self._width)
            if i:
                marks.append(Line(pad, pad + i * step, self._width - pad, pad + i * step, 0.3))
        height = 2 * pad + len(self._recovery.rows) * step
        return Block(height, (Box(0, 0, self._width, height, outline=1.2), *marks))

    def _use(self) -> Block:
        return self._told(
            _("Cara memakai"),
            _("Bila komputer rusak, diganti, atau kuncinya hilang, Meja Desa meminta kode pada lembar ini."),
            _("Ketik kedelapan baris berurutan, tanpa nomornya; huruf kecil dan spasi tidak berpengaruh."),
            _("Huruf O dibaca nol, huruf I dan L dibaca satu; huruf U tidak dipakai."),
            _("Bila ada yang salah ketik, Meja Desa menyebut nomor barisnya: betulkan baris itu saja."),
        )

    def _keeping(self) -> Block:
        return self._told(
            _("Tempat menyimpan"),
            _("Simpan di brankas atau lemari terkunci, jauh dari komputer dan dari cadangan data."),
            _("Jangan difoto atau dikirim: dengan lembar ini dan data desa, identitas pemohon dapat dibaca."),
            _("Tanpa komputer dan tanpa lembar ini tak seorang pun dapat membukanya, kabupaten pun tidak."),
        )

    def _told(self, title: str, *sentences: str) -> Block:
        """A heading and its sentences, numbered."""
        rows = [lines(faces().bold, 1.1 * SIZE, (title,))]
        for number, text in enumerate(sentences, 1):
            body = paragraph(faces().plain, SIZE, text, self._width - 1.4 * SIZE)
            numbered = lines(faces().plain, SIZE, (f"{number}.",)).marks
            rows.append(Block(body.height, (*numbered, *body.at(1.4 * SIZE, 0))))
        return stack(rows)

    def _by_hand(self, first: str, second: str) -> Block:
        """Two words, each with a line to write on."""
        half = 0.68 * self._width
        words = lines(faces().plain, SIZE, (first,))
        marks: list[Mark] = [*words.marks, *lines(faces().plain, SIZE, (second,)).at(half, 0)]
        for start, end, label in ((0.0, half - SIZE, first), (half, self._width, second)):
            begin = start + (faces().plain.width(label) + 0.5) * SIZE
            marks.append(Line(begin, words.height, end, words.height, 0.5))
        return Block(words.height, tuple(marks))


def _spread(text: str, left: float, baseline: float, room: float) -> list[Words]:
    """A group with its letters each in a cell of its own, so that none is skipped and none is read twice."""
    face, cell = faces().bold, room / len(text)
    return [
        Words(left + (i + 0.5) * cell - face.width(letter) * CODE_SIZE / 2, baseline, letter, face, CODE_SIZE)
        for i, letter in enumerate(text)
    ]
