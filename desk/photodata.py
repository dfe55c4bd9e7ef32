"""What a picture tells besides the picture: where it was taken, with what, by whom; taken out, the place kept on wish.

Only the parts a picture is drawn from stay, so that nothing slips through that nobody thought of: maker's notes, small
preview pictures, comments, a film behind the last byte. Formats: JPEG (ITU-T T.81, annex B), PNG (RFC 2083), Exif 2.32.
"""

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

_GPS = 0x8825
"""The Exif tag that leads to the place."""
_EXIF = b"Exif\x00\x00"
_PNG = b"\x89PNG\r\n\x1a\n"
_CHUNKS = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs")
)
"""Parts of a PNG that say how it is drawn."""
_APP0, _APP2, _APP14, _APP15, _COM, _SOS, _EOI = 0xE0, 0xE2, 0xEE, 0xEF, 0xFE, 0xDA, 0xD9


def bare(content: bytes, kind: str, *, place_from: bytes | None = None) -> bytes:
    """The same picture, pixel for pixel, without anything that is not the picture.

    Args:
        content: a picture that was drawn without complaint; what is damaged in it stays damaged.
        kind: `jpg` or `png`.
        place_from: the picture as it came, where its place shall stay; JPEG only.
    """
    if kind == "png":
        return _PNG + b"".join(_chunks(content))
    place = b"" if place_from is None else _place(place_from)
    return b"\xff\xd8" + place + b"".join(_segments(content))


def has_place(content: bytes) -> bool:
    """Whether a picture tells where it was taken, in the tags phones write."""
    return bool(_gps(content))


def scans(content: bytes) -> int:
    """How many times a JPEG is drawn over before it is whole: once, or about ten times by a careful program.

    Each takes the time of a whole picture, and one that draws nothing takes some ten bytes of the file.
    """
    return sum(part.startswith(bytes((0xFF, _SOS))) for part in _segments(content))


def is_turned(content: bytes) -> bool:
    """Whether a picture has to be turned to stand upright, as a tag says that will be gone."""
    return bool(_exif(content).get(0x0112, 1) != 1)


def _exif(content: bytes) -> Image.Exif:
    """The tags of a picture; none where they are damaged, which is no fault of the picture."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            return picture.getexif()
    except Exception:
        # Pillow answers damaged tags with a dozen kinds of exceptions; all of them mean that there are none.
        return Image.Exif()


def _gps(content: bytes) -> dict[int, object]:
    try:
        return dict(_exif(content).get_ifd(_GPS))
    except Exception:
        return {}


def _place(content: bytes) -> bytes:
    """A JPEG segment that holds the place and nothing else; empty where the picture tells none."""
    known = _gps(content)
    if not known:
        return b""
    tags = Image.Exif()
    tags[_GPS] = known
    try:
        told = tags.tobytes()
    except Exception:
        return b""
    told = told if told.startswith(_EXIF) else _EXIF + told
    return b"\xff\xe1" + struct.pack(">H", len(told) + 2) + told


def _segments(content: bytes) -> Iterator[bytes]:
    """The segments of a JPEG that it is drawn from, up to its end mark; what stands behind that is not the picture."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        if mark == _EOI:
            break
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if _is_drawn(mark, content[at + 4 : end]):
            yield content[at:end]
        at = end
        if mark == _SOS:
            end = _scan_end(content, at)
            yield content[at:end]
            at = end
    yield b"\xff\xd9"


def _is_drawn(mark: int, told: bytes) -> bool:
    """Whether a segment says how the picture is drawn: tables, scans, the colours of its screen."""
    if mark == _APP2:
        return told.startswith(b"ICC_PROFILE\x00")
    if mark == _APP0:
        return told.startswith(b"JFIF\x00")
    return mark == _APP14 or not (_APP0 <= mark <= _APP15 or mark == _COM)


def _scan_end(content: bytes, at: int) -> int:
    """Where the drawn data that begin at a place end: before the next mark that is neither stuffing nor a restart."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2
    return len(content)


def _chunks(content: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at + 12 <= len(content):
        size, name = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        end = at + 12 + size
        if name in _CHUNKS:
            told = content[at + 4 : end - 4]
            yield content[at : at + 4] + told + struct.pack(">I", zlib.crc32(told))
        at = end
        if name == b"IEND":
            break
