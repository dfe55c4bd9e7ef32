"""What a person with a ruler and a calculator would find wrong with a printed poster, found in its PDF."""

import ctypes
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pypdfium2
import pypdfium2.raw as pdfium

MM = 72 / 25.4
BLUE = (0, 0x72, 0xB2)

EDGE = 5 * MM
"""What a desk printer leaves white, points."""

BROKEN = re.compile(r"(^|[ (])Rp$|^\(?Rp [\d.]*\.\d{0,2}$")
AMOUNT = re.compile(r"Rp ?\d[\d.,]*")
RIGHT_AMOUNT = re.compile(r"Rp \d{1,3}(\.\d{3})*(,\d{2})?")
UNFINISHED = re.compile(r"(?<!\w)(None|nan|NaN|null|Decimal|Traceback)(?!\w)|[{}]")


@dataclass(frozen=True)
class Glyph:
    """One character with its ink, y downward, points; `start` and `end` are where its own room begins and ends."""

    text: str
    start: float
    end: float
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float


@dataclass(frozen=True)
class Bar:
    """One filled box."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Sheet:
    """A page as it is found in the PDF."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    bars: tuple[Bar, ...]

    def rows(self) -> Iterator[tuple[float, list[list[Glyph]]]]:
        """Baseline and words of each line of text, from left to right; words end at wide gaps and changes of size."""
        lines: dict[float, list[Glyph]] = {}
        for glyph in self.glyphs:
            lines.setdefault(round(glyph.baseline, 1), []).append(glyph)
        for baseline, glyphs in sorted(lines.items()):
            runs: list[list[Glyph]] = []
            for glyph in sorted(glyphs, key=lambda g: g.start):
                last = runs[-1][-1] if runs else None
                if last is None or glyph.size != last.size or abs(glyph.start - last.end) > 0.1 * glyph.size:
                    runs.append([])
                runs[-1].append(glyph)
            yield baseline, runs

    def runs(self) -> list[str]:
        """Every piece of text that stands together."""
        return [said(run) for _baseline, runs in self.rows() for run in runs]


def said(run: Sequence[Glyph]) -> str:
    """The text of a run."""
    return "".join(glyph.text for glyph in run).strip()


def read(pdf: bytes) -> list[Sheet]:
    """The sheets of a PDF; turned text, such as a watermark, is left out."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_sheet(document[i]) for i in range(len(document))]
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """All text, sheet by sheet, no-break spaces as spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[i].get_textpage().get_text_range() for i in range(len(document))]
    finally:
        document.close()
    return "\n".join(pages).replace("\u00a0", " ").replace("\r", "")


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    width, height = page.get_size()
    return Sheet(width, height, tuple(_glyphs(page, height)), tuple(_bars(page, height)))


def _glyphs(page: pypdfium2.PdfPage, height: float) -> Iterator[Glyph]:
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium.FS_MATRIX()
    for i in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text, i))
        if pdfium.FPDFText_IsGenerated(text, i) or pdfium.FPDFText_GetCharAngle(text, i) > 0.01:
            continue
        start, _low, end, _high = text.get_charbox(i, loose=True)
        left, bottom, right, top = text.get_charbox(i, loose=char == " ")
        pdfium.FPDFText_GetCharOrigin(text, i, x, y)
        pdfium.FPDFText_GetMatrix(text, i, matrix)
        size = pdfium.FPDFText_GetFontSize(text, i) * matrix.a
        yield Glyph(char, start, end, left, height - top, right, height - bottom, height - y.value, round(size, 2))


def _bars(page: pypdfium2.PdfPage, height: float) -> Iterator[Bar]:
    colours = [ctypes.c_uint() for _channel in range(4)]
    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        pdfium.FPDFPageObj_GetFillColor(shape, *colours)
        if tuple(c.value for c in colours[:3]) == BLUE:
            left, bottom, right, top = shape.get_bounds()
            yield Bar(left, height - top, right, height - bottom)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where."""

    kind: str
    what: str


def faults(
    pdf: bytes, *, floor: float, phone: str = "", phone_mm: float = 0, amounts: Mapping[str, Decimal] | None = None
) -> list[Fault]:
    """Everything wrong with a poster.

    Args:
        pdf: the poster.
        floor: the smallest type allowed, points.
        phone: the number as printed; "" where the poster has none.
        phone_mm: how tall its digits must be.
        amounts: every amount that must stand on it, by its printed text with plain spaces; bars are measured by these.
    """
    sheets = read(pdf)
    found: list[Fault] = []
    for sheet in sheets:
        found += [*_off_page(sheet), *_small(sheet, floor), *_overlaps(sheet), *_amounts(sheet)]
        if phone:
            found += _phone(sheet, phone, phone_mm)
    text = text_of(pdf)
    found += [Fault("unfinished", match.group()) for match in UNFINISHED.finditer(text)]
    found += [Fault("font", name) for name in _loose_fonts(pdf)]
    if amounts is not None:
        found += [Fault("missing", amount) for amount in amounts if amount not in text]
        found += _proportions(sheets, amounts)
    return found


def _off_page(sheet: Sheet) -> Iterator[Fault]:
    for glyph in sheet.glyphs:
        if glyph.text == " ":
            continue
        if glyph.left < 0 or glyph.top < 0 or glyph.right > sheet.width or glyph.bottom > sheet.height:
            yield Fault("off page", glyph.text)
        elif min(glyph.left, glyph.top, sheet.width - glyph.right, sheet.height - glyph.bottom) < EDGE:
            yield Fault("dead edge", glyph.text)


def _small(sheet: Sheet, floor: float) -> Iterator[Fault]:
    for glyph in sheet.glyphs:
        if glyph.size < floor - 0.05:
            yield Fault("small", f"{glyph.text} {glyph.size}")


def _overlaps(sheet: Sheet) -> Iterator[Fault]:
    """Runs whose ink lies on another's."""
    boxes = [
        (min(g.left for g in ink), min(g.top for g in ink), max(g.right for g in ink), max(g.bottom for g in ink), ink)
        for _baseline, runs in sheet.rows()
        for run in runs
        if (ink := [glyph for glyph in run if glyph.text != " "])
    ]
    boxes.sort(key=lambda box: box[1])
    for i, (left, top, right, bottom, run) in enumerate(boxes):
        for other in boxes[i + 1 :]:
            if other[1] >= bottom:
                break
            across, down = min(right, other[2]) - max(left, other[0]), min(bottom, other[3]) - max(top, other[1])
            if across > 0.5 and down > 0.5:
                yield Fault("overlap", f"{said(run)} / {said(other[4])}")


def _amounts(sheet: Sheet) -> Iterator[Fault]:
    for run in sheet.runs():
        if BROKEN.search(run):
            yield Fault("broken amount", run)
        for amount in AMOUNT.findall(run):
            if not RIGHT_AMOUNT.fullmatch(amount.rstrip(".,;")):
                yield Fault("amount format", amount)


def _phone(sheet: Sheet, phone: str, phone_mm: float) -> Iterator[Fault]:
    tall = 0.0
    for _baseline, runs in sheet.rows():
        for run in runs:
            if said(run) == phone:
                digits = [g for g in run if g.text.isdigit()]
                tall = max(tall, min(g.bottom - g.top for g in digits) / MM)
    if not tall:
        yield Fault("phone missing", phone)
    elif tall < phone_mm:
        yield Fault("phone small", f"{tall:.1f} mm")


def _loose_fonts(pdf: bytes) -> Iterator[str]:
    """Fonts the file names without carrying them: a subset's name has six letters and a plus."""
    for name in re.findall(rb"/BaseFont */([^\s/>]+)", pdf):
        if not re.match(rb"[A-Z]{6}\+", name):
            yield name.decode()
    if pdf.count(b"/FontFile2") < len(set(re.findall(rb"/BaseFont */([^\s/>]+)", pdf))):
        yield "without FontFile2"


def _proportions(sheets: Sequence[Sheet], amounts: Mapping[str, Decimal]) -> Iterator[Fault]:
    """Bars must all have the same scale; a bar belongs to the first known amount on the line it stands on."""
    pairs = [pair for sheet in sheets for pair in _pairs(sheet, amounts)]
    if not pairs:
        yield Fault("bars", "none found")
        return
    longest, largest = max(((bar.right - bar.left), amount) for bar, amount in pairs)
    scale = longest / float(largest)
    for bar, amount in pairs:
        if abs((bar.right - bar.left) - scale * float(amount)) > 0.75:
            yield Fault("bars", f"{amount}: {bar.right - bar.left:.1f} pt")


def _pairs(sheet: Sheet, amounts: Mapping[str, Decimal]) -> Iterator[tuple[Bar, Decimal]]:
    rows = list(sheet.rows())
    for bar in sheet.bars:
        middle = (bar.top + bar.bottom) / 2
        for _baseline, runs in rows:
            known = [(run, amounts[said(run)]) for run in runs if said(run) in amounts]
            if known and known[0][0][0].top - 1 < middle < known[0][0][0].bottom + 1:
                yield bar, known[0][1]
                break


def ink_share(pdf: bytes) -> float:
    """The toner a PDF's first sheet takes: its mean darkness, 1 for a sheet that is all black."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        levels = document[0].render(scale=300 / 72, grayscale=True).to_pil().histogram()
    finally:
        document.close()
    return sum((255 - level) * count for level, count in enumerate(levels)) / sum(levels) / 255
