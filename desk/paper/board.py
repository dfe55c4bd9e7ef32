"""Posters for the notice board: one sheet, as many as the rows need, or cut into tiles for a small printer."""

from dataclasses import dataclass
from gettext import gettext as _

from desk.paper.apbdes import apbdes_pages
from desk.paper.assembly import Assembly
from desk.paper.marks import Page
from desk.paper.pdf import Pdf, check_glyphs
from desk.paper.projects import project_pages
from desk.paper.publiclist import dip_pages
from desk.paper.realised import realisation_pages
from desk.paper.records import ApbdesPoster, DipPoster, Notice, Poster, ProjectPoster, RealisationPoster
from desk.paper.service import service_pages
from desk.paper.sheets import PRINTER_SHEETS, Sheet, sheet
from desk.paper.text import clean
from desk.paper.tiles import fitting


@dataclass(frozen=True)
class Paper:
    """A poster ready to print, and how much paper it takes."""

    pdf: bytes
    pages: int
    """Sheets of the poster itself, at its own size."""
    sheets: int
    """Sheets with poster on them that leave the printer; the assembly sheets of a tiled poster are not counted."""
    warnings: tuple[Notice, ...]


def render(
    poster: Poster, size: str, *, tile: str | None = None, columns: int | None = None, rows: int | None = None
) -> Paper:
    """Print a poster.

    Args:
        poster: what stands on it.
        size: A4, F4, A3, A2 or A1.
        tile: A4 or F4 to cut it into sheets of that size; each page of the poster then begins with an assembly sheet.
        columns: with `rows`, how many sheets beside each other; the poster is then as large as they hold, not `size`.
        rows: how many sheets above each other.

    Raises:
        DeskError: a size that does not exist or does not fit, nothing to show, or a character without a glyph.
    """
    small = sheet(tile, PRINTER_SHEETS) if tile else None
    large = fitting(small, columns, rows) if small and columns and rows else sheet(size)
    pages = _pages(poster, large)
    check_glyphs(pages)
    title = _title(poster)
    pdf = Pdf(title, clean(poster.village.place))
    if small:
        assembly = Assembly(pages, small, title, poster.note)
        assembly.draw(pdf)
        return Paper(pdf.finish(), len(pages), assembly.sheets, poster.warnings)
    for page in pages:
        pdf.add(page)
    return Paper(pdf.finish(), len(pages), len(pages), poster.warnings)


def _pages(poster: Poster, large: Sheet) -> tuple[Page, ...]:
    match poster:
        case ApbdesPoster():
            return apbdes_pages(poster, large)
        case ProjectPoster():
            return project_pages(poster, large)
        case DipPoster():
            return dip_pages(poster, large)
        case RealisationPoster():
            return realisation_pages(poster, large)
    return service_pages(poster, large)


def _title(poster: Poster) -> str:
    match poster:
        case ApbdesPoster():
            kind = _("APB Desa")
        case ProjectPoster():
            kind = _("Kegiatan")
        case DipPoster():
            kind = _("Daftar Informasi")
        case RealisationPoster():
            kind = _("Realisasi APB Desa")
        case _:
            kind = _("Layanan Informasi")
    return f"{kind} {poster.year} {clean(poster.village.place)}"
