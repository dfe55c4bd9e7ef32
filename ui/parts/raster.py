"""Pictures of a PDF's pages for screen and printer; the only place that knows pypdfium2."""

import math
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]
from PySide6.QtGui import QImage

_ONE_AT_A_TIME = threading.Lock()
"""pdfium keeps state of its own for the whole process: two threads in it at once end the program."""


@dataclass(frozen=True)
class Document:
    """A PDF and how large its pages are."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    """Width and height of every page, points."""


@dataclass(frozen=True)
class Cut:
    """A rectangle of a page's picture, in pixels from its top left corner."""

    left: int
    top: int
    width: int
    height: int


def measured(pdf: bytes) -> Document:
    """A PDF with the sizes of its pages."""
    with _opened(pdf) as document:
        return Document(pdf, tuple(document.get_page_size(number) for number in range(len(document))))


def picture(pdf: bytes, page: int, scale: float, cut: Cut | None = None) -> QImage:
    """Draw a page, or a cut of it, on white.

    Args:
        pdf: the document.
        page: from 0.
        scale: pixels per point.
        cut: what part; it must lie within the page. None is all of it.
    """
    with _opened(pdf) as document, closing(document[page]) as sheet:
        width, height = (math.ceil(side * scale) for side in sheet.get_size())
        cut = cut or Cut(0, 0, width, height)
        away = (cut.left, height - cut.top - cut.height, width - cut.left - cut.width, cut.top)
        # Half a pixel less: pypdfium2 rounds what is cut away up to whole pixels.
        margins = tuple(max(0.0, (pixels - 0.5) / scale) for pixels in away)
        with closing(sheet.render(scale=scale, crop=margins, prefer_bgrx=True)) as bitmap:
            drawn = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
            return drawn.copy()


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with _ONE_AT_A_TIME, closing(pypdfium2.PdfDocument(pdf)) as document:
        yield document
