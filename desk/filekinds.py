"""What a file is, told from its content and never from its name; and a name that does no harm where it is shown."""

import io
import re
import unicodedata
import zipfile
from gettext import gettext as _

from desk.store import DeskError

KINDS = ("pdf", "jpg", "png", "docx", "xlsx", "odt", "ods", "txt", "csv")
"""What may be kept; each is also how its shown name ends."""

LONGEST_NAME = 120
"""Characters of a shown name; Windows allows 260 for a whole path."""

_LONGEST_BYTES = 200
"""The same in UTF-8, where a character may take four: Linux allows 255."""
_MOST_ENTRIES = 2000
"""Parts of an office document; a thesis with a picture on each page has some hundreds."""
_LONGEST_LIST = 1 << 20
"""Bytes read of the list of parts, whatever it says of itself."""

_OFFICE = {b"wordprocessingml.document.main+xml": "docx", b"spreadsheetml.sheet.main+xml": "xlsx"}
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAME = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "text": "txt", "log": "txt"}
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_HIDDEN_CATEGORIES = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Controls, bidi marks, halves of characters, private and unassigned ones, line breaks (Unicode general categories)."""


def kind_of(content: bytes, name: str) -> str:
    """The kind of a file; the name only tells a table from a text, which are the same bytes.

    Raises:
        DeskError: none of the kinds that may be kept.
    """
    if not content:
        raise DeskError(_("Berkas ini kosong. Pilih berkas yang lain."))
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content)
    if content.startswith(_OLD_OFFICE):
        raise DeskError(_("Berkas Word atau Excel lama tidak diterima. Simpan dulu sebagai docx, xlsx, atau PDF."))
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1"):
        raise DeskError(_("Foto HEIC tidak diterima. Ubah dulu menjadi JPG, misalnya kirim ulang dari ponsel."))
    if _is_text(content):
        return "csv" if name.casefold().rstrip(". ").endswith(".csv") else "txt"
    raise _unknown()


def shown_name(name: str, kind: str) -> str:
    """A name that can be shown and saved anywhere: one plain word of a path, ending as its content is.

    Args:
        name: as it came: with folders, controls, reserved words, 300 characters.
        kind: what the content was found to be.
    """
    last = re.split(r"[/\\]", name)[-1]
    clean = "".join(_plain(ch) for ch in unicodedata.normalize("NFC", last))
    clean = " ".join(_FORBIDDEN.sub("-", clean).split())
    stem, dot, ending = clean.rpartition(".")
    if not dot or _SAME.get(ending.casefold(), ending.casefold()) != kind:
        stem = clean
    stem = _cut(stem.strip(". -"), len(kind) + 2).rstrip(". -") or _("lampiran")
    return f"_{stem}.{kind}" if _RESERVED.match(stem) else f"{stem}.{kind}"


def _plain(ch: str) -> str:
    """The character, a space for one that breaks a line, or nothing for one that is not seen."""
    if ch in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    return "" if unicodedata.category(ch) in _HIDDEN_CATEGORIES else ch


def _cut(stem: str, room: int) -> str:
    """As much of a name as fits beside its ending, in characters and in bytes."""
    short = stem[: LONGEST_NAME - room]
    return short.encode()[: _LONGEST_BYTES - room].decode(errors="ignore")


def _office_kind(content: bytes) -> str:
    """Look into the list of parts, never at the parts themselves."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_ENTRIES or any(part.flag_bits & 1 for part in parts):
                raise _unknown()
            names = {part.filename for part in parts}
            if any(part.casefold().endswith("vbaproject.bin") for part in names):
                raise DeskError(_("Berkas ini berisi makro. Simpan dulu tanpa makro (docx, xlsx, atau PDF)."))
            if "mimetype" in names:
                return _OPEN_DOCUMENT[_beginning(archive, "mimetype").strip()]
            listing = _beginning(archive, "[Content_Types].xml")
            return next(kind for mark, kind in _OFFICE.items() if mark in listing)
    except DeskError:
        raise
    except Exception as error:
        # zipfile answers a damaged archive with a dozen kinds of exceptions; all of them mean the same to the clerk.
        raise _unknown() from error


def _beginning(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as file:
        return file.read(_LONGEST_LIST)


def _is_text(content: bytes) -> bool:
    """Whether every character is one a person could have typed, in one of the encodings office programs write."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", text) is None
    return False


def _unknown() -> DeskError:
    return DeskError(
        _("Jenis berkas ini tidak diterima. Yang diterima: PDF, foto JPG atau PNG, docx, xlsx, odt, ods, txt, csv.")
    )
