"""What is done with attached files off the main thread: taken, read, drawn; their content lives in memory only."""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

from desk.attachments import Attached, attached
from desk.desk import Desk
from desk.filekinds import kind_of, shown_name
from desk.files import LARGEST, Files, Kept, chosen
from desk.photodata import has_place
from desk.store import DeskError
from desk.vault import seal_of
from ui.parts import photos
from ui.parts.raster import Document, measured


@dataclass(frozen=True)
class Listed:
    """A file of a record with its name in clear."""

    row: Attached
    name: str


@dataclass(frozen=True)
class Taken:
    """Files that lie on the disk and wait to be told what they are."""

    files: Files
    kept: tuple[Kept, ...]
    names: tuple[str, ...]
    notes: tuple[str, ...]
    """What was done to them."""
    troubles: tuple[str, ...]
    """Why others were not taken."""


def listed(conn: Any, folder: Path, entity: str, owner: bytes) -> tuple[Listed, ...]:
    """The files of a record with their names; the key is asked for only where there is one."""
    rows = attached(conn, entity, owner)
    if not rows:
        return ()
    files = Files(folder, seal_of(conn))
    return tuple(Listed(row, files.name_of(row.address, row.name, is_sealed=row.is_sealed)) for row in rows)


def take(desk: Desk, sources: Sequence[Path | QImage], *, is_sealed: bool, keep_place: bool = False) -> Taken:
    """Put files on the disk, pictures made smaller; one that cannot be taken keeps no other back.

    An open picture tells nobody where it was taken unless `keep_place` is wished; a sealed one stays as it came.
    """
    files = files_of(desk)
    kept: list[Kept] = []
    notes: list[str] = []
    troubles: list[str] = []
    for source in sources:
        name = source.name if isinstance(source, Path) else _("tempelan.png")
        try:
            content = chosen(source) if isinstance(source, Path) else photos.pasted(source)
            kept.append(_keep(files, content, name, notes, is_sealed=is_sealed, keep_place=keep_place))
        except DeskError as error:
            which = shown_name(name, "").rstrip(".")
            troubles.append(f"{which}: {error}" if len(sources) > 1 else str(error))
    names = tuple(files.name_of(one.address, one.name, is_sealed=one.is_sealed) for one in kept)
    return Taken(files, tuple(kept), names, tuple(notes), tuple(troubles))


def _keep(files: Files, content: bytes, name: str, notes: list[str], *, is_sealed: bool, keep_place: bool) -> Kept:
    if len(content) <= LARGEST and (kind := kind_of(content, name)) in photos.FORMATS:
        is_placed = not is_sealed and has_place(content)
        photo = photos.reduced(content, kind) if is_sealed else photos.shareable(content, kind, keep_place=keep_place)
        content = photo.content
        if photo.is_reduced:
            said = _("Gambar {was} piksel diperkecil menjadi {now}.")
            was, now = (f"{width} × {height}" for width, height in (photo.was, photo.size))
            notes.append(said.format(was=was, now=now))
        if is_placed:
            notes.append(_("Lokasi foto ikut tersimpan.") if has_place(content) else _("Lokasi dihapus dari foto."))
    return files.keep(content, name, is_sealed=is_sealed)


def thumbnails(desk: Desk, rows: Sequence[Attached], side: int) -> dict[bytes, QImage]:
    """Small pictures of the files that are pictures; one that cannot be read has none, and says why once opened."""
    files, made = files_of(desk), {}
    for row in rows:
        try:
            made[row.id] = photos.thumbnail(files.read(row), row.kind, side)
        except DeskError:
            continue
    return made


@dataclass(frozen=True)
class Looked:
    """A file as it was kept, and what of it can be shown."""

    content: bytes
    document: Document | None
    why: str
    """Why there is nothing to see; "" where there is."""


def files_of(desk: Desk) -> Files:
    """The files of an open desk.

    Raises:
        KeyLost: the key is not on this PC.
    """
    return Files(desk.folder, desk.ask(seal_of))


def look(desk: Desk, row: Attached) -> Looked:
    """Read a file and draw what can be drawn; nothing of it touches the disk.

    Raises:
        DeskError: missing, altered, or the disk refuses.
    """
    content = files_of(desk).read(row)
    try:
        if row.kind in photos.FORMATS:
            return Looked(content, measured(photos.sheet(content, row.kind)), "")
        if row.kind == "pdf" and (document := measured(content)).sizes:
            return Looked(content, document, "")
    except DeskError as error:
        return Looked(content, None, str(error))
    except RuntimeError:
        # pdfium's own: damaged, or behind a password.
        said = _("PDF ini rusak atau memakai kata sandi. Simpan salinannya, lalu buka dengan program lain.")
        return Looked(content, None, said)
    said = _("Berkas {kind} tidak ditampilkan di sini. Simpan salinannya, lalu buka dengan program lain.")
    return Looked(content, None, said.format(kind=row.kind))
