"""A file from a village office as sheets of cells: csv, xlsx or ods in; a sentence with a next step for all else.

Workbooks are opened by another process (`desk.exchange.child`) under limits of memory and time, because a reader of
sheets allocates by its furthest cell: one stray cell can ask for 549 GB and abort its process. Nothing is evaluated.
"""

import datetime as dt
import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path
from typing import Any

from desk.exchange import child, plaintext
from desk.exchange.gate import Refused
from desk.store import DeskError

LARGEST_FILE = 50 * 2**20
"""Bytes of a file that is opened at all."""
SECONDS = 20.0
"""Time the other process has for one workbook."""


@dataclass(frozen=True)
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


def read_workbook(path: Path, subject: Subject = BUDGET) -> Workbook:
    """Read a csv, xlsx or ods file, told apart by what is in it and not by its name.

    Raises:
        DeskError: nothing there, not a table, damaged, locked, or beyond the limits; says where and what to do.
    """
    data = _content(path, subject.name)
    try:
        kind = _kind(data)
        if kind == "zip":
            sheets = tuple(_sheet(told) for told in _open_elsewhere(data, SECONDS))
        elif kind == "text":
            rows = (tuple(Cell(seen(text) if text else None) for text in row) for row in plaintext.read_rows(data))
            sheets = (Sheet(seen(path.name), tuple(rows)),)
        else:
            raise Refused(kind)
    except Refused as refusal:
        raise DeskError(_sentence(refusal, path.name, subject)) from refusal
    return Workbook(seen(path.name), hashlib.sha256(data).hexdigest(), sheets, kind == "text")


def seen(text: str) -> str:
    """A text without what no eye sees: control, joining and direction characters; blanks stay."""
    return text if text.isprintable() else "".join(c for c in text if c.isprintable() or c.isspace())


def _content(path: Path, subject: str) -> bytes:
    """All bytes of a file of bearable size."""
    try:
        if path.is_dir():
            raise DeskError(
                _("{name} adalah folder. Pilih berkas .csv, .xlsx, atau .ods di dalamnya.").format(name=path.name)
            )
        if path.stat().st_size > LARGEST_FILE:
            raise DeskError(
                _("Berkas {name} lebih besar dari {most} MB. Simpan tabel {subject} saja ke berkas baru.").format(
                    name=path.name, most=LARGEST_FILE // 2**20, subject=subject
                )
            )
        data = path.read_bytes()
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
    if not data.strip(b"\x00\t\r\n ;,\xef\xbb\xbf"):
        empty = _("Berkas {name} kosong. Pilih berkas yang berisi tabel {subject}.")
        raise DeskError(empty.format(name=path.name, subject=subject))
    return data


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


def _kind(data: bytes) -> str:
    """`zip`, `text`, or the reason it is neither."""
    if data.startswith(_COMPOUND):
        return "password" if "EncryptedPackage".encode("utf-16-le") in data else "xls"
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and not (signature == b"BM" and b"\x00" not in data[:64]):
            return kind
    return "web" if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" else "text"


def _open_elsewhere(data: bytes, seconds: float) -> Sequence[Any]:
    """Sheets as the other process tells them.

    Raises:
        Refused: it refused, died, or took too long.
    """
    if getattr(sys, "frozen", False):
        command = [sys.executable, child.ARGUMENT]
    else:
        command = [sys.executable, "-m", child.__name__]
    answer = json.loads(run_elsewhere(command, data, seconds))
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["facts"])
    sheets: Sequence[Any] = answer["sheets"]
    return sheets


def run_elsewhere(command: Sequence[str], data: bytes, seconds: float) -> bytes:
    """What a process answers to `data`; it is ended when its time is over.

    Raises:
        Refused: `slow` or `died`.
    """
    quiet = 0
    if sys.platform == "win32":
        quiet = subprocess.CREATE_NO_WINDOW
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],  # the folder that holds the package, so that -m finds this desk and no other
        creationflags=quiet,
    ) as process:
        try:
            answer, _silence = process.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise Refused("slow", seconds=int(seconds)) from error
        if process.returncode:
            raise Refused("died")
        return answer


def _sheet(told: Any) -> Sheet:
    stored, bare = ({(row, column) for row, column in told[key]} for key in ("stored", "bare"))
    rows: list[tuple[Cell, ...]] = []
    last = max((row for row, _column in bare), default=-1)
    for number, cells in enumerate([*told["rows"], *([[]] * (last + 1 - len(told["rows"])))]):
        width = max([len(cells), *(column + 1 for row, column in bare if row == number)])
        row = [_value(cells[column]) if column < len(cells) else None for column in range(width)]
        rows.append(
            tuple(
                Cell(None, True) if (number, column) in bare else Cell(value, (number, column) in stored)
                for column, value in enumerate(row)
            )
        )
    return Sheet(seen(told["name"]), tuple(rows))


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
