"""Siskeudes' tables as records of plain values, from its Access file or from a zip or folder of csv files.

The source is read once into memory, or twice where Siskeudes seems to have it open, and never written or kept. It is
opened by the other process that also opens workbooks (`desk.exchange.child`), under its limits of memory and time.
"""

import datetime as dt
import hashlib
import io
import json
import re
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from gettext import gettext as _
from pathlib import Path
from typing import Any

from desk.budget.rules import Problem
from desk.exchange import child
from desk.exchange.access.jet import SIGNATURES
from desk.exchange.access.tables import has_tables
from desk.exchange.access.whitelist import BUDGETS, DAYS, NUMBERS, TABLES
from desk.exchange.gate import Refused
from desk.exchange.sheet import run_elsewhere, seen
from desk.store import DeskError
from desk.watch import Watch, unwatched

LARGEST_FILE = 100 * 2**20
"""Bytes of a file that is opened at all; that of one village has 4 to 30 MB."""
SECONDS = 9.0
"""Time the other process has."""
_US_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})(?: +\d{1,2}:\d\d(?::\d\d)?)?")
_LARGEST_NUMBER = Decimal(10) ** 15
_LISTED = 12
"""Names one sentence lists."""

Value = str | Decimal | dt.date | None
Record = Mapping[str, Value]
"""One row, by the name of the column in small letters; a column the file does not have is not there."""


@dataclass(frozen=True)
class Ledger:
    """What was read of a file."""

    name: str
    digest: str
    """SHA-256 of its bytes."""
    tables: Mapping[str, Sequence[Record]]
    """By Siskeudes' name; a table the file does not have is not there."""
    problems: tuple[Problem, ...]
    """What a person should know of the file itself."""

    def rows(self, table: str) -> Sequence[Record]:
        """The rows of a table, none where it is missing."""
        return self.tables.get(table, ())


def is_ledger(path: Path) -> bool:
    """Whether a file or folder holds tables of Siskeudes, by what is in it and not by its name."""
    try:
        if path.is_dir():
            return any(file.name.casefold() in _BUDGET_FILES for file in path.iterdir())
        with path.open("rb") as file:
            head = file.read(32)
            if head.startswith(b"PK\x03\x04") and path.stat().st_size <= LARGEST_FILE:
                return has_tables(head + file.read())
            return head.startswith(SIGNATURES)
    except OSError:
        return False


_BUDGET_FILES = {f"{name.casefold()}.csv" for name in BUDGETS}


def read_ledger(path: Path, watch: Watch = unwatched) -> Ledger:
    """Read the whitelisted tables.

    Raises:
        DeskError: not there, changing while it is read, another kind of Access file, damaged, or without a budget.
        Stopped: `watch` wished so.
    """
    data, is_open = _content(path)
    if getattr(sys, "frozen", False):
        command = [sys.executable, child.ARGUMENT]
    else:
        command = [sys.executable, "-m", child.__name__]
    try:
        answer = run_elsewhere(command, data, SECONDS, watch)
        told = [json.loads(line, parse_float=Decimal, parse_constant=str) for line in io.BytesIO(answer)]
        if "refused" in told[0]:
            raise Refused(told[0]["refused"], **told[0]["facts"])
    except Refused as refusal:
        raise DeskError(_sentence(refusal, path.name)) from refusal
    return understood(told, path.name, hashlib.sha256(data).hexdigest(), is_open=is_open)


def understood(told: Sequence[Mapping[str, Any]], name: str, digest: str, *, is_open: bool = False) -> Ledger:
    """What the other process told, as records.

    Args:
        told: as `tables_of` tells it, numbers with a point as decimals.
        name: of the file.
        digest: SHA-256 of its bytes.
        is_open: Siskeudes seems to have it open.

    Raises:
        DeskError: there is no budget in it.
    """
    reader = _Reader()
    tables = {table["table"]: rows for table in told[1:] if (rows := reader.records(table)) is not None}
    if not any(tables.get(name) for name in BUDGETS):
        raise DeskError(
            _("Di {name} tidak ada anggaran (Ta_RABRinci atau Ta_AnggaranRinci). Pilih berkas Siskeudes desa.").format(
                name=name
            )
        )
    problems = [*_of_file(told[0]["password"], is_open), *reader.problems()]
    return Ledger(seen(name), digest, tables, tuple(problems))


def _content(path: Path) -> tuple[bytes, bool]:
    """All bytes of the source, and whether Siskeudes seems to have it open.

    Raises:
        DeskError: it cannot be read, is too large, or changed meanwhile.
    """
    try:
        if path.is_dir():
            return _packed(path), False
        if path.stat().st_size > LARGEST_FILE:
            raise DeskError(_TOO_LARGE.format(name=path.name, most=LARGEST_FILE // 2**20))
        data = path.read_bytes()
        is_open = any(path.with_suffix(ending).exists() for ending in (".ldb", ".LDB", ".laccdb"))
        if is_open and path.read_bytes() != data:
            raise DeskError(
                _("{name} sedang ditulis oleh Siskeudes. Tutup Siskeudes, lalu muat lagi.").format(name=path.name)
            )
    except OSError as error:
        told = _("Berkas {name} tidak dapat dibuka ({reason}). Tutup program lain yang memakainya, lalu coba lagi.")
        raise DeskError(told.format(name=path.name, reason=error.strerror)) from error
    return data, is_open


def _packed(folder: Path) -> bytes:
    """The csv files of a folder as a zip that is the same to the byte whenever they are."""
    packed, left = io.BytesIO(), LARGEST_FILE
    known = {f"{name.casefold()}.csv" for name in TABLES}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(folder.iterdir()):
            if file.name.casefold() in known and file.is_file():
                left -= file.stat().st_size
                if left < 0:
                    raise DeskError(_TOO_LARGE.format(name=folder.name, most=LARGEST_FILE // 2**20))
                archive.writestr(zipfile.ZipInfo(file.name), file.read_bytes())
    return packed.getvalue()


def _of_file(has_password: bool, is_open: bool) -> list[Problem]:
    problems = []
    if has_password:
        told = _("Berkas ini bertanda kata sandi. Muat hanya bila Anda berhak membacanya.")
        problems.append(Problem(None, told))
    if is_open:
        told = _(
            "Di sebelah berkas ini ada berkas .ldb: Siskeudes sedang terbuka, jadi isian terakhir mungkin belum ikut. "
            "Tutup Siskeudes dan muat lagi bila perlu."
        )
        problems.append(Problem(None, told))
    return problems


class _Reader:
    """Turns told tables into records, and gathers what was wrong with them."""

    def __init__(self) -> None:
        self._said: list[Problem] = []
        self._unknown: list[str] = []
        self._unclear: list[str] = []

    def records(self, told: Mapping[str, Any]) -> list[Record] | None:
        """The rows of a table; None where a column is missing without which it says nothing."""
        name, taken = told["table"], TABLES[told["table"]]
        columns = [column.casefold() for column in told["columns"]]
        known = {column.casefold() for column in taken.read} | taken.left
        self._unknown += [f"{name}.{seen(c)}" for c in told["all"] if c.casefold() not in known]
        if missing := [column for column in taken.needed if column.casefold() not in columns]:
            if told["rows"]:
                said = _("Tabel {table} tidak dibaca: kolom {columns} tidak ada.")
                self._said.append(Problem(None, said.format(table=name, columns=", ".join(sorted(missing)))))
            return None
        if told["claimed"] not in (None, len(told["rows"])):
            said = _(
                "Tabel {table}: menurut kepalanya {claimed} baris, terbaca {read}. Jalankan perbaikan basis data "
                "(compact/repair) di Siskeudes, lalu muat lagi dan bandingkan jumlahnya."
            )
            self._said.append(Problem(None, said.format(table=name, claimed=told["claimed"], read=len(told["rows"]))))
        read = [
            self._column(column, f"{name}.{column}", values)
            for column, values in zip(columns, zip(*told["rows"], strict=True), strict=False)
        ]
        return [dict(zip(columns, row, strict=True)) for row in zip(*read, strict=True)]

    def problems(self) -> list[Problem]:
        """What the records cannot say themselves; an unreadable amount stops the import."""
        said = list(self._said)
        if self._unknown:
            told = _("Kolom yang belum dikenal, jadi tidak dibaca: {columns}.")
            said.append(Problem(None, told.format(columns=_some(self._unknown))))
        if self._unclear:
            told = _("Tanggal yang dapat dibaca dua cara atau tidak terbaca, jadi tidak dipakai: {dates}.")
            said.append(Problem(None, told.format(dates=_some(self._unclear))))
        return said

    def _column(self, column: str, where: str, values: Sequence[object]) -> list[Value]:
        """The values of one column; what comes again is read once."""
        make = self._number if column in NUMBERS else self._day if column in DAYS else self._text
        known: dict[object, Value] = {value: make(value, where) for value in dict.fromkeys(values) if value is not None}
        return [known.get(value) for value in values]

    @staticmethod
    def _text(value: object, _where: str) -> str:
        return seen(str(value)).strip()

    def _number(self, value: object, where: str) -> Decimal | None:
        try:
            number = value if isinstance(value, Decimal) else Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and abs(number) < _LARGEST_NUMBER:
            return number
        told = _("{where}: “{text}” bukan angka yang mungkin. Perbaiki di Siskeudes, lalu muat lagi.")
        self._said.append(Problem(None, told.format(where=where, text=seen(str(value))[:40]), True))
        return None

    def _day(self, value: object, where: str) -> dt.date | None:
        found = day_of(str(value))
        if found is None:
            self._unclear.append(f"{where} “{seen(str(value))[:30]}”")
        return found


def day_of(text: str) -> dt.date | None:
    """A day as the tables write it; None where it is none or two readings of it differ.

    `06/19/24 00:00:00` is mdbtools' own form, month first; without a time only a number above 12 tells day and month
    apart.
    """
    try:
        return dt.datetime.fromisoformat(text).date()
    except ValueError:
        found = _US_DAY.fullmatch(text.strip())
    if found is None:
        return None
    first, second, year = (int(part) for part in found.groups())
    year += 2000 if year < 100 else 0
    days = [(first, second)] if ":" in text else [(first, second), (second, first)]
    read = set()
    for month, day in days:
        try:
            read.add(dt.date(year, month, day))
        except ValueError:
            continue
    return read.pop() if len(read) == 1 else None


def _some(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    rest = _(" dan {n} lagi").format(n=len(unique) - _LISTED) if len(unique) > _LISTED else ""
    return ", ".join(unique[:_LISTED]) + rest


def _sentence(refusal: Refused, name: str) -> str:
    facts = {"table": "", "page": 0, "row": 0} | refusal.facts
    if refusal.reason == "jet_damaged" and not facts["table"]:
        facts["table"] = "MSysObjects"
    return _SENTENCES.get(refusal.reason, _SENTENCES["damaged"]).format(name=name, **facts)


_TOO_LARGE = _("{name} lebih besar dari {most} MB. Jalankan compact di Siskeudes, lalu muat lagi.")
_REPAIR = _("Jalankan perbaikan basis data (compact/repair) di Siskeudes, salin lagi berkasnya, lalu muat lagi.")
_SENTENCES = {
    "jet_damaged": _("Berkas {name} rusak atau tidak lengkap: tabel {table}, halaman {page}. ") + _REPAIR,
    "jet_size": _("Berkas {name} terpotong: besarnya bukan kelipatan 4.096 byte. ") + _REPAIR,
    "jet_jet3": _("Berkas {name} dibuat Access 97. Siskeudes memakai Access 2000-2003; pilih berkas Siskeudes desa."),
    "jet_ace": _(
        "Berkas {name} berformat Access 2007 atau lebih baru (.accdb), yang tidak dapat dibaca di sini. Di Access "
        "pilih Simpan Sebagai Access 2002-2003 (.mdb), lalu muat berkas itu."
    ),
    "csv": _("{table}.csv, baris {row}: jumlah kolomnya tidak sama dengan judulnya. Perbaiki, lalu muat lagi."),
    "csv_twice": _("{name} berisi {table}.csv dua kali. Sisakan satu, lalu muat lagi."),
    "entries": _("{name} berisi {count} berkas, paling banyak {most}. Sisakan tabel Siskeudes saja."),
    "bomb": _("Isi {name} lebih dari {most} MB setelah dibuka. Sisakan tabel Siskeudes saja."),
    "password": _("{name} dikunci kata sandi. Buka kuncinya, lalu muat lagi."),
    "texts": _("Isi {name} terlalu banyak untuk sekali baca. Ekspor satu desa dan satu tahun saja."),
    "memory": _("{name} terlalu besar untuk dibaca. Ekspor satu desa dan satu tahun saja."),
    "died": _("{name} tidak dapat dibaca: isinya meminta terlalu banyak memori. ") + _REPAIR,
    "slow": _("{name} belum selesai dibaca dalam {seconds} detik. ") + _REPAIR,
    "damaged": _("{name} rusak atau tidak lengkap. Salin atau ekspor lagi, lalu muat lagi."),
}
"""What the clerk reads for each reason."""
