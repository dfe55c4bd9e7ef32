"""The zip gate: a workbook is unpacked here, counted while it really inflates, before any reader of sheets sees it.

What the archive says about its own sizes is not believed. Only the text parts go on, packed anew without compression,
so the reader behind the gate cannot see another archive than the one that was counted.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

MOST_ENTRIES = 200
"""Parts of one workbook; an office file has 10 to 40."""
MOST_BYTES = 50 * 2**20
"""Bytes of all parts together, unpacked."""

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_CHUNK = 2**16
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']""")
_PLAIN = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}


class Refused(Exception):  # noqa: N818 (an answer to the person, not a fault of the program)
    """Why a file is not read: a reason by name and the facts its sentence needs."""

    def __init__(self, reason: str, **facts: str | int) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, facts


def unpack(data: bytes) -> dict[str, bytes]:
    """The text parts of a zipped workbook by name.

    Raises:
        Refused: `entries`, `bomb`, `dtd`, `encoding`, `password` or `damaged`.
    """
    parts: dict[str, bytes] = {}
    for name, content in each_part(data, MOST_ENTRIES):
        if name.endswith((".xml", ".rels")) or name == "mimetype":
            _check_text(name, content)
            parts[name] = content
    return parts


def each_part(data: bytes, most_entries: int) -> Iterator[tuple[str, bytes]]:
    """Every part of a zip with its name, counted while it inflates; together at most `MOST_BYTES`.

    Raises:
        Refused: `entries`, `bomb`, `password` or `damaged`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise Refused("damaged") from error
    if len(entries) > most_entries:
        raise Refused("entries", count=len(entries), most=most_entries)
    if len({entry.filename for entry in entries}) != len(entries):
        raise Refused("damaged")
    left = MOST_BYTES
    for entry in entries:
        content = _inflate(data, entry, left)
        left -= len(content)
        yield entry.filename, content


def pack(parts: dict[str, bytes]) -> io.BytesIO:
    """The parts as an archive without compression."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    packed.seek(0)
    return packed


def _inflate(data: bytes, entry: zipfile.ZipInfo, left: int) -> bytes:
    """One part, at most `left` bytes of it; the sizes in the headers only have to agree afterwards."""
    if entry.flag_bits & 1:
        raise Refused("password")
    start = _content_start(data, entry.header_offset)
    if entry.compress_type == zipfile.ZIP_STORED:
        content = data[start : start + entry.file_size]
        if len(content) > left:
            raise Refused("bomb", most=MOST_BYTES // 2**20)
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        content = _inflate_stream(data, start, left)
    else:
        raise Refused("damaged")
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise Refused("damaged")
    return content


def _content_start(data: bytes, offset: int) -> int:
    if not 0 <= offset <= len(data) - _LOCAL_HEADER.size:
        raise Refused("damaged")
    signature, *_fields, name_length, extra_length = _LOCAL_HEADER.unpack_from(data, offset)
    if signature != b"PK\x03\x04":
        raise Refused("damaged")
    return offset + _LOCAL_HEADER.size + int(name_length) + int(extra_length)


def _inflate_stream(data: bytes, start: int, left: int) -> bytes:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    position = start
    pending = b""
    while not stream.eof:
        if not pending:
            pending = data[position : position + _CHUNK]
            position += len(pending)
            if not pending:
                raise Refused("damaged")
        try:
            piece = stream.decompress(pending, _CHUNK)
        except zlib.error as error:
            raise Refused("damaged") from error
        pending = stream.unconsumed_tail
        left -= len(piece)
        if left < 0:
            raise Refused("bomb", most=MOST_BYTES // 2**20)
        pieces.append(piece)
    return b"".join(pieces)


def _check_text(name: str, content: bytes) -> None:
    """No document type, so no entities; and no encoding in which one could hide."""
    if name == "mimetype":
        return
    declared = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    if b"\x00" in content[:64] or (declared and declared.group(1).lower() not in _PLAIN):
        raise Refused("encoding", part=name)
    if _DTD.search(content):
        raise Refused("dtd", part=name)
