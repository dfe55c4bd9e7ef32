"""A file from a village office as sheets of cells: csv, xlsx or ods in; a sentence with a next step for all else.

Workbooks are opened by another process (`desk.exchange.child`) under limits of memory and time, because a reader of
sheets allocates by its furthest cell: one stray cell can ask for 549 GB and abort its process. Nothing is evaluated.
"""

import datetime as dt
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path
from typing import IO, Any

from desk.exchange import child
from desk.exchange.gate import Refused
from desk.store import DeskError
from desk.watch import Watch, unwatched

LARGEST_FILE = 50 * 2**20
"""Bytes of a file that is opened at all."""
SECONDS = 9.0
"""Time the other process has for one file."""
_HEAD = 2**16
"""Bytes that tell what kind of file it is."""
_TURN = 0.05
"""Seconds between two looks at whether the person still wants it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: text, an exact number, a day, or nothing.

    A formula is its stored result; a formula with no value was never calculated.
    """

    value: str | Decimal | dt.date | None = None
    formula: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table of cells; the first row is row 1 of the file, and rows may differ in length."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Workbook:
    """A file as it was read: its name, the SHA-256 of its bytes, and its visible sheets (one for csv)."""

    name: str
    digest: str
    sheets: tuple[Sheet, ...]
    is_text: bool
    """A csv file: a separator may stand inside an amount."""


@dataclass(frozen=True)
class Subject:
    """What a file is read for, as the sentences about it say."""

    name: str
    example: str
    """A line of such a table as text."""


BUDGET = Subject(_("APBDes"), "4.2.1;Dana Desa;600.000.000")


@dataclass(frozen=True)
class Pasted:
    """A table copied from a spreadsheet or a page, as the clipboard gives it: text with tabs."""

    text: str

    @property
    def name(self) -> str:
        """How the desk calls it."""
        return _("tabel yang ditempel")


def read_workbook(source: Path | Pasted, subject: Subject = BUDGET, watch: Watch = unwatched) -> Workbook:
    """Read a csv, xlsx or ods file, told apart by what is in it and not by its name, or a pasted table.

    Raises:
        DeskError: nothing there, not a table, damaged, locked, or beyond the limits; says where and what to do.
        Stopped: `watch` wished so.
    """
    with _opened(source, subject.name) as file:
        try:
            kind = _kind(file)
            if kind not in ("zip", "text"):
                raise Refused(kind)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # any binary file
            file.seek(0)
            sheets = tuple(_open_elsewhere(file, seen(source.name), SECONDS, watch))
        except Refused as refusal:
            raise DeskError(_sentence(refusal, source.name, subject)) from refusal
    return Workbook(seen(source.name), digest, sheets, kind == "text")


def seen(text: str) -> str:
    """A text without what no eye sees: control, joining and direction characters; blanks stay."""
    return text if text.isprintable() else "".join(c for c in text if c.isprintable() or c.isspace())


def _opened(source: Path | Pasted, subject: str) -> IO[bytes]:
    """A file of bearable size with something in it, open for reading."""
    if isinstance(source, Pasted):
        file: IO[bytes] = io.BytesIO(source.text.encode("utf-8", "replace"))
        size = len(source.text)
    else:
        file, size = _opened_file(source, subject)
    if size > LARGEST_FILE:
        file.close()
        raise DeskError(
            _("Berkas {name} lebih besar dari {most} MB. Simpan tabel {subject} saja ke berkas baru.").format(
                name=source.name, most=LARGEST_FILE // 2**20, subject=subject
            )
        )
    if size <= _HEAD and not file.read(_HEAD).strip(b"\x00\t\r\n ;,\xef\xbb\xbf"):
        file.close()
        empty = _("Berkas {name} kosong. Pilih berkas yang berisi tabel {subject}.")
        raise DeskError(empty.format(name=source.name, subject=subject))
    return file


def _opened_file(path: Path, subject: str) -> tuple[IO[bytes], int]:
    """A file of this PC and its size in bytes."""
    try:
        if path.is_dir():
            raise DeskError(
                _("{name} adalah folder. Pilih berkas .csv, .xlsx, atau .ods di dalamnya.").format(name=path.name)
            )
        file = path.open("rb", buffering=0)  # the other process goes on where this one stands
        return file, os.fstat(file.fileno()).st_size
    except FileNotFoundError as error:
        raise DeskError(
            _("Berkas {name} tidak ada. Periksa nama dan foldernya, lalu pilih lagi.").format(name=path.name)
        ) from error
    except OSError as error:
        raise DeskError(
            _(
                "Berkas {name} tidak dapat dibuka ({reason}). Tutup program lain yang memakainya, lalu coba lagi."
            ).format(name=path.name, reason=error.strerror)
        ) from error


_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "damaged"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"RIFF", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "other"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""A compound file: an .xls of before 2007, or a workbook behind a password ([MS-CFB], [MS-OFFCRYPTO])."""


def _kind(file: IO[bytes]) -> str:
    """`zip`, `text`, or the reason it is neither."""
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith(_COMPOUND):
        return "password" if _holds(file, "EncryptedPackage".encode("utf-16-le")) else "xls"
    for signature, kind in _SIGNATURES:
        if head.startswith(signature) and not (signature == b"BM" and b"\x00" not in head[:64]):
            return kind
    return "web" if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" else "text"


def _holds(file: IO[bytes], wanted: bytes) -> bool:
    """Whether some bytes stand anywhere in a file; read in pieces that overlap."""
    file.seek(0)
    before = b""
    while piece := file.read(_HEAD):
        if wanted in before + piece:
            return True
        before = piece[-len(wanted) :]
    return False


def _open_elsewhere(file: IO[bytes], name: str, seconds: float, watch: Watch) -> Iterator[Sheet]:
    """Sheets as the other process tells them, each row turned into cells as it is met.

    Raises:
        Refused: it refused, died, or took too long.
    """
    if getattr(sys, "frozen", False):
        command = [sys.executable, child.ARGUMENT]
    else:
        command = [sys.executable, "-m", child.__name__]
    answer = run_elsewhere(command, file, seconds, watch)
    if answer.startswith(b'{"refused":'):
        told = json.loads(answer)
        raise Refused(told["refused"], **told["facts"])
    title, rows = None, []
    for line in io.BytesIO(answer):
        told = json.loads(line)
        if isinstance(told, list):
            rows.append(tuple(map(_cell, told)))
            continue
        if title is not None:
            yield Sheet(title, tuple(rows))
        title, rows = seen(told["sheet"]) or name, []
    if title is not None:
        yield Sheet(title, tuple(rows))


def run_elsewhere(command: Sequence[str], data: bytes | IO[bytes], seconds: float, watch: Watch = unwatched) -> bytes:
    """What a process answers to `data`; it is ended when its time is over or nobody wants the answer any more.

    Raises:
        Refused: `slow` or `died`.
        Stopped: `watch` wished so.
    """
    if isinstance(data, (bytes, io.BytesIO)):
        # Not through a pipe: what it did not take before the first look at the clock would never reach the process.
        with tempfile.TemporaryFile() as copy:
            copy.write(data if isinstance(data, bytes) else data.getbuffer())
            copy.seek(0)
            return run_elsewhere(command, copy, seconds, watch)
    quiet = 0
    if sys.platform == "win32":
        quiet = subprocess.CREATE_NO_WINDOW
    with subprocess.Popen(
        command,
        stdin=data,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],  # the folder that holds the package, so that -m finds this desk and no other
        creationflags=quiet,
    ) as process:
        ends = time.monotonic() + seconds
        try:
            answer = _waited(process, ends, watch)
        except subprocess.TimeoutExpired as error:
            raise Refused("slow", seconds=int(seconds)) from error
        finally:
            process.kill()
        if process.returncode:
            raise Refused("died")
        return answer


def _waited(process: "subprocess.Popen[bytes]", ends: float, watch: Watch) -> bytes:
    """All a process answers."""
    while True:
        watch(0, 0)
        try:
            return process.communicate(timeout=_TURN)[0]
        except subprocess.TimeoutExpired:
            if time.monotonic() > ends:
                raise


_NOTHING = Cell()


def _cell(told: Any) -> Cell:
    if told is None:
        return _NOTHING
    if told[0] == "=" and isinstance(told, list):
        return Cell(_value(told[1]) if len(told) > 1 else None, True)
    value = _value(told)
    return _NOTHING if value is None else Cell(value)


def _value(told: Any) -> str | Decimal | dt.date | None:
    if not isinstance(told, list):
        text = seen(told or "")
        return text if text.strip() else None
    kind, text = told
    if kind == "n":
        number = Decimal(text)
        return number if number.is_finite() else str(number)
    try:
        return dt.datetime.fromisoformat(text).date()
    except ValueError:
        return str(text)


def _sentence(refusal: Refused, name: str, subject: Subject) -> str:
    text = _SENTENCES.get(refusal.reason, _SENTENCES["other"])
    return text.format(name=name, subject=subject.name, example=subject.example, **refusal.facts)


_SAVE_AS = _("Buka di Excel atau LibreOffice, pilih Simpan Sebagai, jenis .xlsx, lalu muat berkas itu.")
_SENTENCES = {
    "far": _(
        "Baris {row}, kolom {column}: ada isi jauh di luar tabel (paling jauh {rows} baris dan {columns} kolom). "
        "Hapus isi sel itu, simpan, lalu muat lagi."
    ),
    "long": _(
        "Baris {row}, kolom {column}: isi selnya lebih dari {most} huruf. Hapus atau pendekkan isinya, simpan, "
        "lalu muat lagi."
    ),
    "long_row": _(
        "Baris {row}: ada sel yang isinya lebih dari {most} huruf. Hapus atau pendekkan isinya, simpan, lalu muat lagi."
    ),
    "formulas": _("Baris {row}: terlalu banyak rumus di berkas {name}. Salin tabel {subject} saja ke berkas baru."),
    "large": _("Berkas {name} berisi lebih dari {most} sel. Salin tabel {subject} saja ke berkas baru."),
    "texts": _("Isi sel berkas {name} bersama lebih dari {most} MB. Salin tabel {subject} saja ke berkas baru."),
    "entries": _(
        "Berkas {name} berisi {count} bagian, paling banyak {most}. Salin tabel {subject} saja ke berkas baru."
    ),
    "bomb": _("Isi berkas {name} lebih dari {most} MB setelah dibuka. Salin tabel {subject} saja ke berkas baru."),
    "dtd": _("Berkas {name} berisi perintah XML yang tidak boleh ada (bagian {part}). ") + _SAVE_AS,
    "encoding": _("Berkas {name} memakai sandi huruf yang tidak dikenal (bagian {part}). ") + _SAVE_AS,
    "password": _(
        "Berkas {name} dikunci kata sandi. Buka dengan kata sandinya, hapus kuncinya, simpan, lalu muat lagi."
    ),
    "damaged": _("Berkas {name} rusak atau tidak lengkap. ") + _SAVE_AS,
    "memory": _("Berkas {name} terlalu besar untuk dibaca. Salin tabel {subject} saja ke berkas baru."),
    "died": _("Berkas {name} tidak dapat dibaca: isinya meminta terlalu banyak memori. ") + _SAVE_AS,
    "slow": _("Berkas {name} belum selesai dibaca dalam {seconds} detik. Salin tabel {subject} saja ke berkas baru."),
    "xls": _("Berkas {name} memakai format Excel lama (.xls). ") + _SAVE_AS,
    "pdf": _("Berkas {name} adalah PDF, bukan tabel. Minta berkas Excel aslinya, atau isi {subject} lewat formulir."),
    "image": _(
        "Berkas {name} adalah gambar, bukan tabel. Minta berkas Excel aslinya, atau isi {subject} lewat formulir."
    ),
    "archive": _("Berkas {name} adalah arsip. Keluarkan dulu berkas .xlsx, .ods, atau .csv dari dalamnya."),
    "web": _("Baris 1: berkas {name} adalah halaman web atau XML, bukan tabel. ") + _SAVE_AS,
    "binary": _("Baris {row}: berkas {name} berisi huruf yang bukan teks, jadi bukan tabel. ") + _SAVE_AS,
    "quote": _("Baris {row}: tanda kutip dibuka tetapi tidak ditutup. Perbaiki baris itu, simpan, lalu muat lagi."),
    "no_columns": _(
        "Baris {row}: berkas {name} teks biasa tanpa kolom. Pilih tabel yang kolomnya dipisah titik koma, koma, "
        "atau tab, misalnya {example}."
    ),
    "rows": _("Baris {row}: tabel lebih panjang dari {most} baris. Salin tabel {subject} saja ke berkas baru."),
    "columns": _("Baris {row}: ada lebih dari {most} kolom. Salin tabel {subject} saja ke berkas baru."),
    "other": _("Berkas {name} bukan tabel .csv, .xlsx, atau .ods. ") + _SAVE_AS,
}
"""What the clerk reads for each reason."""
