"""Marks onto PDF pages: the only place that draws, and the last that looks for characters without a glyph."""

import io
import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from gettext import gettext as _

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desk.errors import DeskError
from desk.paper.marks import FAINT, Box, Code, Line, Page, Words
from desk.paper.text import Face, faces

# ASCII85 armour makes every stream a quarter longer and serves no printer of this century.
rl_config.useA85 = 0

DASHES = (4, 3)
"""Points drawn and left out along a dashed rule."""


@dataclass(frozen=True)
class Window:
    """A part of a kept page shown on another: its place there, and its upper left corner on the kept page; points."""

    x: float
    y: float
    width: float
    height: float
    from_x: float = 0
    from_y: float = 0
    scale: float = 1


def check_glyphs(pages: Iterable[Page]) -> None:
    """Refuse to print empty boxes where letters should stand.

    Raises:
        DeskError: naming the characters no typeface of ours has, and a text they stand in.
    """
    for mark in (mark for page in pages for mark in page.marks):
        if isinstance(mark, Words) and (missing := mark.face.missing(mark.text)):
            raise DeskError(
                _(
                    "Huruf {letters} pada “{text}” tidak dapat dicetak. Ganti dengan huruf Latin, lalu cetak lagi."
                ).format(letters=" ".join(missing), text=mark.text)
            )


class Pdf:
    """A PDF in the making; the same pages and titles always give the same bytes."""

    def __init__(self, title: str, author: str) -> None:
        """Begin an empty document that asks viewers to print it at its true size."""
        self._bytes = io.BytesIO()
        # Without a first font of ours ReportLab lists Helvetica, not embedded, and print shops refuse the file.
        self._canvas = Canvas(
            self._bytes,
            initialFontName=faces().plain.name,  # type: ignore[arg-type]  # the stubs say float
            pageCompression=1,
            invariant=1,
            lang="id-ID",
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("Meja Desa")
        self._canvas.setViewerPreference("PrintScaling", "None")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._kept: dict[str, Page] = {}

    def add(self, page: Page) -> None:
        """Append a page."""
        self._canvas.setPageSize((page.width, page.height))
        self._draw(page)
        self._canvas.showPage()

    def keep(self, name: str, page: Page) -> None:
        """Draw a page once, as a form that windows show as often as wanted."""
        self._kept[name] = page
        self._canvas.beginForm(name, 0, 0, page.width, page.height)
        self._draw(page)
        self._canvas.endForm()

    def add_window(self, page: Page, name: str, window: Window) -> None:
        """Append a page that shows part of a kept one, with the page's own marks over it."""
        canvas, top = self._canvas, page.height - window.y
        canvas.setPageSize((page.width, page.height))
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(window.x, top - window.height, window.width, window.height)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.translate(window.x - window.from_x, top + window.from_y - window.scale * self._kept[name].height)
        canvas.scale(window.scale, window.scale)
        canvas.doForm(name)
        canvas.restoreState()
        self._draw(page)
        canvas.showPage()

    def finish(self) -> bytes:
        """The document's bytes."""
        self._canvas.save()
        return self._bytes.getvalue()

    def _draw(self, page: Page) -> None:
        if page.across:
            self._draw_across(page)
        for mark in page.marks:
            match mark:
                case Words():
                    self._words(mark, page.height)
                case Box():
                    self._box(mark, page.height)
                case Line():
                    self._line(mark, page.height)
                case Code():
                    self._code(mark, page.height)

    def _words(self, words: Words, height: float) -> None:
        self._canvas.setFillColorRGB(*words.colour)
        self._canvas.setFont(words.face.name, words.size)
        self._canvas.drawString(words.x, height - words.y, words.text)

    def _box(self, box: Box, height: float) -> None:
        if box.fill:
            self._canvas.setFillColorRGB(*box.fill)
        self._canvas.setStrokeColorRGB(0, 0, 0)
        self._canvas.setLineWidth(box.outline)
        bottom = height - box.y - box.height
        self._canvas.rect(
            box.x, bottom, box.width, box.height, stroke=int(box.outline > 0), fill=int(box.fill is not None)
        )

    def _code(self, code: Code, height: float) -> None:
        """All dark modules as one path, run by run, so that no hair line of white is left between two."""
        path, module = self._canvas.beginPath(), code.module
        left, top = code.x + code.quiet * module, height - code.y - code.quiet * module
        for i, row in enumerate(code.rows, 1):
            start = 0
            for is_dark, run in itertools.groupby(row):
                length = len(list(run))
                if is_dark:
                    path.rect(left + start * module, top - i * module, length * module, module)
                start += length
        self._canvas.setFillColorRGB(0, 0, 0)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def _line(self, line: Line, height: float) -> None:
        self._canvas.setStrokeColorRGB(*line.colour)
        self._canvas.setLineWidth(line.weight)
        self._canvas.setDash(*(DASHES if line.dashed else ()))
        self._canvas.line(line.x, height - line.y, line.to_x, height - line.to_y)

    def _draw_across(self, page: Page) -> None:
        """The faint word along the diagonal, under the text."""
        face: Face = faces().headline
        size = 0.72 * math.hypot(page.width, page.height) / face.width(page.across)
        self._canvas.saveState()
        self._canvas.setFillColorRGB(*FAINT)
        self._canvas.setFont(face.name, size)
        self._canvas.translate(page.width / 2, page.height / 2)
        self._canvas.rotate(math.degrees(math.atan2(page.height, page.width)))
        self._canvas.drawCentredString(0, -face.cap * size / 2, page.across)
        self._canvas.restoreState()
