"""Photos and scans: measured by their header before anything is unpacked, made smaller, shown from memory alone."""

from dataclasses import dataclass, replace
from gettext import gettext as _

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPageSize, QPainter, QPdfWriter

from desk.photodata import bare, is_turned, scans
from desk.store import DeskError

FORMATS = {"jpg": "jpeg", "png": "png"}
"""Kinds of files that are pictures, as Qt calls them."""

LONGEST_SIDE = 1600
"""Pixels a kept picture has at most: an A4 letter stays readable, and a forty-megabyte year stays one."""

MOST_PIXELS = 64_000_000
"""A 4 KB file may say that it is 60,000 pixels wide; unpacked, these take 256 MB, half of what an old PC has left."""

MOST_SIDE = 30_000
MOST_SCANS = 64
"""Times a JPEG may be drawn over: a file of 20 MB can ask for 200,000 of them, some hours of this PC."""
QUALITY = 85


@dataclass(frozen=True)
class Photo:
    """A picture as it is kept."""

    content: bytes
    was: tuple[int, int]
    """Width and height it came with."""
    size: tuple[int, int]

    @property
    def is_reduced(self) -> bool:
        """Whether it came larger."""
        return self.was != self.size


def reduced(content: bytes, kind: str) -> Photo:
    """A picture with no side longer than `LONGEST_SIDE`, upright; one that is small enough stays as it came.

    Raises:
        DeskError: damaged, or so large that unpacking it would take the PC's memory.
    """
    was = _size(content, kind)
    image = _unpacked(content, kind, LONGEST_SIDE)
    if max(was.width(), was.height()) <= LONGEST_SIDE:
        return Photo(content, (was.width(), was.height()), (was.width(), was.height()))
    turned = (was.width() > was.height()) != (image.width() > image.height())
    came = (was.height(), was.width()) if turned else (was.width(), was.height())
    return Photo(_packed(image, kind), came, (image.width(), image.height()))


def shareable(content: bytes, kind: str, *, keep_place: bool) -> Photo:
    """A picture for everybody's eyes: reduced, upright, and without a word of where it was taken unless it is wished.

    Raises:
        DeskError: damaged or too large.
    """
    photo = reduced(content, kind)
    if not photo.is_reduced and is_turned(content):
        photo = replace(photo, content=_packed(_unpacked(content, kind, LONGEST_SIDE), kind))
    return replace(photo, content=bare(photo.content, kind, place_from=content if keep_place else None))


def thumbnail(content: bytes, kind: str, side: int) -> QImage:
    """The picture in a square of so many pixels; it lives in memory only.

    Raises:
        DeskError: damaged or too large.
    """
    return _unpacked(content, kind, side)


def pasted(image: QImage) -> bytes:
    """A picture from the clipboard as the file it would be.

    Raises:
        DeskError: too large.
    """
    _refuse_flood(image.size())
    return _packed(image, "png")


def sheet(content: bytes, kind: str) -> bytes:
    """The picture as a page of its own size, for the preview of papers; made in memory.

    Raises:
        DeskError: damaged or too large.
    """
    image = _unpacked(content, kind, 2 * LONGEST_SIDE)
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(out)
    points = QSizeF(image.size()) * 72 / 96
    writer.setPageSize(QPageSize(points.expandedTo(QSizeF(3, 3)), QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    painter.drawImage(QRect(0, 0, writer.width(), writer.height()), image)
    painter.end()
    return bytes(out.data().data())


def _size(content: bytes, kind: str) -> QSize:
    held, _reader = _reading(content, kind)
    size = _reader.size()
    held.close()
    if not size.isValid() or size.isEmpty():
        raise _damaged()
    _refuse_flood(size)
    if kind == "jpg" and scans(content) > MOST_SCANS:
        raise DeskError(_("Foto ini disimpan dengan cara yang membuat PC macet. Simpan ulang sebagai JPG biasa."))
    return size


def _unpacked(content: bytes, kind: str, side: int) -> QImage:
    """The picture, no larger than a square of `side` pixels and the way it was held."""
    size = _size(content, kind)
    held, reader = _reading(content, kind)
    reader.setAutoTransform(True)
    if max(size.width(), size.height()) > side:
        room = size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(room.expandedTo(QSize(1, 1)))
    image = reader.read()
    held.close()
    if image.isNull():
        raise _damaged()
    return image


def _reading(content: bytes, kind: str) -> tuple[QBuffer, QImageReader]:
    """A reader that takes the bytes for what they were found to be, and for nothing else Qt could read."""
    held = QBuffer()
    held.setData(QByteArray(content))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(held, QByteArray(FORMATS[kind].encode()))
    reader.setAutoDetectImageFormat(False)
    return held, reader


def _packed(image: QImage, kind: str) -> bytes:
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(out, QByteArray(FORMATS[kind].encode()))
    if kind == "jpg":
        writer.setQuality(QUALITY)
    if not writer.write(image):
        raise _damaged()
    return bytes(out.data().data())


def _refuse_flood(size: QSize) -> None:
    width, height = size.width(), size.height()
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        said = _("Gambar ini terlalu besar ({width} × {height} piksel). Perkecil dulu, lalu pilih lagi.")
        raise DeskError(said.format(width=width, height=height))


def _damaged() -> DeskError:
    return DeskError(_("Gambar ini rusak dan tidak dapat dibuka. Pilih berkas yang lain, atau foto ulang."))
