"""Tanda bukti permohonan: one copy the citizen takes home, one the desk files; nothing of it is left to memory."""

from collections.abc import Iterable, Sequence
from gettext import gettext as _

from desk.dates import MONTHS, WEEKDAYS, clock, long_date, short_date
from desk.paper.marks import (
    BLACK,
    BLUE,
    MM,
    WHITE,
    Block,
    Box,
    Line,
    Mark,
    Page,
    Words,
    lines,
    paragraph,
    rule,
    shrunk,
    space,
    stack,
)
from desk.paper.pdf import Pdf, check_glyphs
from desk.paper.records import Receipt
from desk.paper.sheets import PRINTER_SHEETS, Sheet, sheet
from desk.paper.text import clean, faces, paragraphs
from desk.workdays import DayReason

MARGIN = 16 * MM
"""White edge: room for the holes of a file."""

SIZES = (11.0, 10.5, 10.0, 9.5, 9.0)
"""Type sizes tried, points; where even the smallest needs more than a page, the receipt goes on on a second."""

DAYS_ACROSS = 21
"""Boxes in one row of the deadline strip: three weeks."""


def render(receipt: Receipt, size: str) -> bytes:
    """The receipt in duplicate, each copy beginning on its own sheet of A4 or F4.

    Raises:
        DeskError: another size, or a character without a glyph.
    """
    paper = sheet(size, PRINTER_SHEETS)
    copies = (_("Lembar untuk pemohon"), _("Lembar untuk arsip meja informasi"))
    pages = [page for copy in copies for page in _copy(receipt, paper, copy)]
    check_glyphs(pages)
    pdf = Pdf(_("Tanda bukti permohonan {number}").format(number=clean(receipt.number)), clean(receipt.village.place))
    for page in pages:
        pdf.add(page)
    return pdf.finish()


def _copy(receipt: Receipt, paper: Sheet, copy: str) -> list[Page]:
    """One copy: on a single page in the largest type that fits, else in the smallest on as many as it needs."""
    for size in SIZES:
        form = _Form(receipt, paper, size, copy)
        pages = form.split()
        if len(pages) == 1:
            break
    return form.pages(pages)


class _Form:
    """A receipt set in one type size, points."""

    def __init__(self, receipt: Receipt, paper: Sheet, size: float, copy: str) -> None:
        self._receipt, self._size, self._copy = receipt, size, copy
        self._page_width, self._page_height = paper.points
        self._width = self._page_width - 2 * MARGIN
        self._foot_height = self._foot(1, 1).height

    def split(self) -> list[list[Block]]:
        """The blocks of each page; only what the citizen wrote may part between its lines."""
        room = self._page_height - 2 * MARGIN - self._foot_height
        pages: list[list[Block]] = [[]]
        used = 0.0
        for block in self._blocks():
            if pages[-1] and used + block.height > room:
                pages.append([])
                used = 0.0
            pages[-1].append(block)
            used += block.height
        return pages

    def pages(self, split: Sequence[Sequence[Block]]) -> list[Page]:
        """Finished pages with their foot."""
        bottom = self._page_height - MARGIN - self._foot_height
        return [
            Page(
                self._page_width,
                self._page_height,
                (*stack(blocks).at(MARGIN, MARGIN), *self._foot(i, len(split)).at(MARGIN, bottom)),
            )
            for i, blocks in enumerate(split, 1)
        ]

    def _blocks(self) -> Iterable[Block]:
        gap = space(0.9 * self._size)
        yield self._letterhead()
        yield self._heading()
        yield from self._facts()
        yield gap
        yield self._deadline()
        yield gap
        yield self._rights()
        yield gap
        yield self._signatures()

    def _letterhead(self) -> Block:
        village, size, face = self._receipt.village, self._size, faces()
        region = f"{village.region[1]}, {village.region[0]}"
        phone = f"{clean(village.head_title)} {village.phone}" if village.phone else ""
        address = " · ".join(text for text in (clean(village.address), phone) if text)
        return stack(
            (
                self._centred(lines(face.plain, size, (clean(region),))),
                self._centred(shrunk(face.headline, 1.9 * size, clean(village.place), self._width, 1.2 * size)),
                self._centred(lines(face.plain, size, (_("Meja Informasi dan Dokumentasi (PPID)"),))),
                self._centred(shrunk(face.plain, 0.95 * size, address, self._width, 0.8 * size))
                if address
                else space(0),
                space(0.4 * size),
                rule(self._width, 1.6),
                space(1.5),
                rule(self._width, 0.5),
            )
        )

    def _heading(self) -> Block:
        size, number = self._size, clean(self._receipt.number)
        return stack(
            (
                space(1.1 * size),
                self._centred(lines(faces().headline, 1.6 * size, (_("TANDA BUKTI PERMOHONAN INFORMASI"),))),
                self._centred(lines(faces().bold, 1.2 * size, (_("Nomor {number}").format(number=number),))),
                space(0.8 * size),
            )
        )

    def _centred(self, block: Block) -> Block:
        return Block(
            block.height,
            tuple(m.moved((self._width - m.width) / 2, 0) if isinstance(m, Words) else m for m in block.marks),
        )

    def _facts(self) -> Iterable[Block]:
        """The fields of the statutory form, each line a block of its own."""
        r, face, size = self._receipt, faces(), self._size
        fields = (
            (_("Diterima"), f"{WEEKDAYS[r.received.weekday()]}, {long_date(r.received)}"), (_("Nama"), r.name),
            (_("Alamat"), r.address), (_("Pekerjaan"), r.occupation), (_("Telepon/e-mail"), r.contact),
            (_("Informasi yang diminta"), r.details), (_("Tujuan penggunaan"), r.purpose),
            (_("Cara memperoleh"), r.obtain), (_("Cara mendapat salinan"), r.delivery),
        )  # fmt: skip
        indent = (max(face.plain.width(label) for label, _text in fields) + 1) * size
        room = self._width - indent
        for label, text in fields:
            texts = [line for part in paragraphs(text) or ("–",) for line in face.plain.wrap(part, room / size)]
            for i, line in enumerate(texts):
                row = lines(face.plain, size, (line,))
                named = lines(face.bold, size, (label,)).marks if i == 0 else ()
                yield Block(row.height, (*named, *row.at(indent, 0)))
            yield space(0.25 * size)

    def _deadline(self) -> Block:
        """The due date, the days on the way to it, and why some of them do not count."""
        r, size, face = self._receipt, self._size, faces()
        counted = sum(day.counted for day in r.days)
        estimated = "" if r.due_certain else _(" (perkiraan: hari libur sesudah itu belum ditetapkan)")
        due = (
            _("Dijawab paling lambat {day}").format(day=f"{WEEKDAYS[r.due.weekday()]}, {long_date(r.due)}") + estimated
        )
        return stack(
            (
                rule(self._width, 0.8),
                space(0.5 * size),
                paragraph(face.bold, 1.35 * size, due, self._width),
                paragraph(face.plain, size, _explained(r.days, counted), self._width),
                space(0.4 * size),
                *(self._strip(r.days[i : i + DAYS_ACROSS], r.days[:i]) for i in range(0, len(r.days), DAYS_ACROSS)),
                rule(self._width, 0.8),
            )
        )

    def _strip(self, days: Sequence[DayReason], before: Sequence[DayReason]) -> Block:
        """One small box a day: filled and numbered where it counts, hollow where it does not."""
        face, small = faces(), 0.78 * self._size
        box = self._width / DAYS_ACROSS
        side, top = 0.86 * box, 2.5 * small
        number = sum(day.counted for day in before)
        marks: list[Mark] = []
        for i, day in enumerate(days):
            x = i * box
            if i == 0 or day.date.day == 1:
                marks.append(Words(x, small, MONTHS[day.date.month - 1], face.plain, small))
            number += day.counted
            figure = str(day.date.day)
            name = WEEKDAYS[day.date.weekday()][:3]
            middle = x + side / 2
            marks.append(Words(middle - face.plain.width(name) * small / 2, 2.1 * small, name, face.plain, small))
            marks.append(Box(x, top, side, side * 0.8, BLUE if day.counted else None, 0.5))
            size = 0.95 * self._size
            baseline = top + side * 0.4 + face.bold.cap * size / 2
            colour = WHITE if day.counted else BLACK
            marks.append(Words(middle - face.bold.width(figure) * size / 2, baseline, figure, face.bold, size, colour))
            if day.counted:
                count = str(number)
                place = middle - face.plain.width(count) * small / 2
                marks.append(Words(place, top + side * 0.8 + 1.1 * small, count, face.plain, small))
        return Block(top + side * 0.8 + 1.9 * small, tuple(marks))

    def _rights(self) -> Block:
        """What the citizen may do next, with the articles; worded after the text of UU 14/2008."""
        size, village = 0.9 * self._size, self._receipt.village
        # Perki 1/2018 makes the village head the superior of a village's PPID; of a kelurahan it says nothing.
        superior = _("atasan PPID (Kepala Desa)") if village.place.startswith("Desa") else _("atasan PPID")
        rights = (
            _(
                "Anda dijawab secara tertulis paling lambat 10 hari kerja sejak permohonan diterima. Bila perlu "
                "waktu lagi, Anda diberi tahu alasannya secara tertulis, paling lama 7 hari kerja berikutnya "
                "(Pasal 22 ayat (7) dan (8))."
            ),
            _(
                "Bila ditolak, tidak ditanggapi, tidak sesuai permintaan, terlambat, atau biayanya tidak wajar, "
                "Anda dapat mengajukan keberatan tertulis kepada {superior} paling lambat 30 hari kerja setelah "
                "alasannya ditemukan; dijawab paling lambat 30 hari kerja sejak diterima (Pasal 35 dan 36)."
            ).format(superior=superior),
            _(
                "Bila jawaban atas keberatan tidak memuaskan, Anda dapat mengajukan sengketa ke Komisi Informasi "
                "paling lambat 14 hari kerja setelah menerimanya (Pasal 37 ayat (2))."
            ),
        )
        rows = [lines(faces().bold, size, (_("Hak Anda menurut UU 14/2008 tentang Keterbukaan Informasi Publik"),))]
        for number, text in enumerate(rights, 1):
            body = paragraph(faces().plain, size, clean(text), self._width - 1.4 * size)
            numbered = lines(faces().plain, size, (f"{number}.",)).marks
            rows.append(Block(body.height, (*numbered, *body.at(1.4 * size, 0))))
        return stack(rows)

    def _signatures(self) -> Block:
        """Officer and requester, side by side, with the day."""
        r, size, half = self._receipt, self._size, self._width / 2
        place = clean(r.village.place).split(" ", 1)[-1]
        day = _("{place}, {day}").format(place=place, day=long_date(r.received))
        columns = ((_("Petugas meja informasi"), r.officer), (_("Pemohon"), r.name))
        marks: list[Mark] = [*lines(faces().plain, size, (day,)).at(half, 0)]
        height = 0.0
        for i, (role, name) in enumerate(columns):
            signed = stack(
                (
                    lines(faces().plain, size, (role,)),
                    space(3.4 * size),
                    Block(2, (Line(0, 0, half * 0.8, 0, 0.5),)),
                    paragraph(faces().bold, size, clean(name), half * 0.8),
                )
            )
            marks += signed.at(i * half, 1.3 * size)
            height = max(height, signed.height)
        return Block(1.3 * size + height, tuple(marks))

    def _foot(self, page: int, pages: int) -> Block:
        r, size = self._receipt, 0.82 * self._size
        printed = _("dicetak {day} {hour}").format(day=long_date(r.printed_at.date()), hour=clock(r.printed_at))
        ppid = _("PPID: {name}").format(name=clean(r.ppid)) if r.ppid else ""
        sheet_ = _("halaman {page} dari {pages}").format(page=page, pages=pages) if pages > 1 else ""
        text = " | ".join(t for t in (self._copy, clean(r.number), ppid, printed, sheet_) if t)
        return stack(
            (
                rule(self._width, 0.4),
                paragraph(faces().plain, size, text, self._width),
                paragraph(faces().bold, size, clean(r.note), self._width),
            )
        )


def _explained(days: Sequence[DayReason], counted: int) -> str:
    """How the due date came about, in one sentence or two."""
    text = _("{count} hari kerja, dihitung mulai hari kerja pertama sesudah permohonan diterima.").format(count=counted)
    skipped = [day for day in days if not day.counted]
    weekend = [name for name in ("Sabtu", "Minggu") if any(day.reason == name for day in skipped)]
    special = [f"{short_date(day.date)} ({day.reason})" for day in skipped if day.reason not in weekend]
    if skipped:
        named = [_(" dan ").join(weekend)] if weekend else []
        text += " " + _("Tidak dihitung: {days}.").format(days="; ".join((*named, *special)))
    return text
