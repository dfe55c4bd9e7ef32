"""Files beside the database: `files/ab/<address>`, written whole before their row, read back only if unaltered.

The address of an open file is the SHA-256 of its content. Of a sealed one it is an HMAC-SHA256 under a key derived from
the village key: a plain hash would tell whoever copies the folder that a letter or an identity card they hold lies here
too, sealed or not. The same content still has the same address, so a scan chosen twice is kept once. Under a new
village key old addresses stay as they are: what proves a sealed file is the seal, which is bound to the address.
"""

import datetime as dt
import hashlib
import hmac
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Protocol

from desk.durable import refusal, settle, write_whole
from desk.filekinds import kind_of, shown_name
from desk.seal import KeyLost, Seal
from desk.store import DeskError

LARGEST = 20 * 1024 * 1024
"""Bytes of one file: forty scanned pages; more belongs on a disc with a letter beside it."""

UNNEEDED_DAYS = 7
"""How long a file stays that no record names: a clerk may still be filling in the form it was chosen for."""

_ADDRESS = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Kept:
    """A file on the disk that waits for its row."""

    address: str
    is_sealed: bool
    kind: str
    size: int
    name: bytes
    """The shown name; sealed where the file is: a name often says who."""


class Needed(Protocol):
    """What a row tells of the file it needs."""

    @property
    def address(self) -> str:
        """Where it lies."""
        ...

    @property
    def is_sealed(self) -> bool:
        """Whether it has to be opened to be read."""
        ...


class Files:
    """The files of one data folder."""

    def __init__(self, folder: Path, seal: Seal) -> None:
        """Files under `folder`/files; the folder is made with the first of them."""
        self._folder = folder / "files"
        self._seal = seal

    def keep_file(self, path: Path, *, is_sealed: bool) -> Kept:
        """Keep a copy of a file a person chose, under its own name.

        Raises:
            DeskError: it cannot be read, is too large or of no kind that is kept, or the disk refuses.
        """
        return self.keep(chosen(path), path.name, is_sealed=is_sealed)

    def keep(self, content: bytes, name: str, *, is_sealed: bool) -> Kept:
        """Write a file to the disk; its row is written afterwards, so that no row ever names a file that is not there.

        Raises:
            DeskError: too large, of no kind that is kept, or the disk refuses; nothing is left behind.
        """
        if len(content) > LARGEST:
            most = LARGEST // 1024 // 1024
            raise DeskError(_("Berkas lebih dari {most} MB. Perkecil atau bagi dulu berkasnya.").format(most=most))
        kind = kind_of(content, name)
        shown = shown_name(name, kind).encode()
        address = self._address(content, is_sealed=is_sealed)
        if not self._renew(address, content, is_sealed=is_sealed):
            stored = self._seal.close(content, b"file " + address.encode()) if is_sealed else content
            write_whole(self.place(address), stored)
        sealed_name = self._seal.close(shown, b"file name " + address.encode()) if is_sealed else shown
        return Kept(address, is_sealed, kind, len(content), sealed_name)

    def read(self, needed: Needed) -> bytes:
        """The content, as it was kept.

        Raises:
            DeskError: missing, altered, or the disk refuses.
        """
        try:
            stored = self.place(needed.address).read_bytes()
        except FileNotFoundError:
            raise DeskError(
                _("Berkas lampiran ini tidak ada lagi di folder data. Ambil dari cadangan, lalu buka lagi.")
            ) from None
        except OSError as error:
            raise refusal(error) from error
        return _unaltered(stored, needed, self._seal)

    def name_of(self, address: str, name: bytes, *, is_sealed: bool) -> str:
        """The shown name again, from the row's bytes."""
        return (self._seal.open(name, b"file name " + address.encode()) if is_sealed else name).decode()

    def holds(self, address: str) -> bool:
        """Whether a file lies at an address."""
        return self.place(address).is_file()

    def place(self, address: str) -> Path:
        """Where a file lies; an address is nothing but 64 hex digits, so it never leads out of the folder."""
        return _place(self._folder, address)

    def sweep(self, needed: Iterable[str], now: dt.datetime) -> list[str]:
        """Remove what no record names and nobody touched for a week, half-written leftovers too; their file names."""
        kept, removed = frozenset(needed), []
        for path in _lying(self._folder):
            # A file another program holds open (Windows) is taken by the next sweep.
            with suppress(OSError):
                if path.name not in kept and now.timestamp() - path.stat().st_mtime > UNNEEDED_DAYS * 86400:
                    path.unlink()
                    removed.append(path.name)
        return removed

    def _renew(self, address: str, content: bytes, *, is_sealed: bool) -> bool:
        """Take a file that lies there already, its week beginning anew; false where it is missing or damaged."""
        path = self.place(address)
        try:
            stored = path.read_bytes()
            if _unaltered(stored, Kept(address, is_sealed, "", 0, b""), self._seal) != content:
                return False
            os.utime(path)
            settle(path.parent)
        except (OSError, DeskError):
            return False
        return True

    def _address(self, content: bytes, *, is_sealed: bool) -> str:
        if not is_sealed:
            return hashlib.sha256(content).hexdigest()
        own = hmac.new(self._seal.key, b"addresses of files", hashlib.sha256).digest()
        return hmac.new(own, content, hashlib.sha256).hexdigest()


def chosen(path: Path) -> bytes:
    """What is in a file a person chose; of one that is too large, a byte more than is kept (`Files.keep` says so).

    Raises:
        DeskError: it is not there, or cannot be read.
    """
    name = shown_name(path.name, "").rstrip(".")
    try:
        if not path.is_file():
            raise DeskError(_("Berkas {name} tidak ditemukan. Pilih lagi berkasnya.").format(name=name))
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        said = _("Berkas {name} tidak dapat dibaca ({reason}). Periksa disk atau flash disk, lalu pilih lagi.")
        raise DeskError(said.format(name=name, reason=error.strerror)) from error


def check(folder: Path, rows: Iterable[Needed], seal: Seal) -> list[str]:
    """Files that records need and that are missing or altered, as sentences; empty where all is well."""
    problems = []
    for address, row in {row.address: row for row in rows}.items():
        try:
            place = _place(folder / "files", address)
            _unaltered(place.read_bytes(), row, seal)
        except FileNotFoundError:
            problems.append(_("Berkas {file} hilang; ambil dari cadangan.").format(file=_short(address)))
        except OSError as error:
            said = _("Berkas {file} tidak dapat dibaca ({reason}); periksa disk.")
            problems.append(said.format(file=_short(address), reason=error.strerror))
        except KeyLost as error:
            problems.append(f"{_short(address)}: {error}")
        except DeskError:
            problems.append(_("Berkas {file} rusak atau diubah; ambil dari cadangan.").format(file=_short(address)))
    return problems


def _short(address: str) -> str:
    """A file as whoever looks for it in a copy needs it."""
    return f"files/{address[:2]}/{address}"


def _place(files: Path, address: str) -> Path:
    if not _ADDRESS.fullmatch(address):
        raise DeskError(_("Catatan lampiran ini rusak. Periksa data dengan perintah meja check."))
    return files / address[:2] / address


def _lying(files: Path) -> Iterator[Path]:
    """Every file under its two letters, whole or half-written."""
    return (path for path in sorted(files.glob("[0-9a-f][0-9a-f]/*")) if path.is_file() and not path.is_symlink())


def _unaltered(stored: bytes, needed: Needed, seal: Seal) -> bytes:
    """The content, once it is proved to be what its address says.

    A seal that opens with the address as `about` proves it: nobody without the village key can close one.
    """
    if needed.is_sealed:
        return seal.open(stored, b"file " + needed.address.encode())
    if hashlib.sha256(stored).hexdigest() != needed.address:
        raise DeskError(_("Berkas lampiran ini rusak atau diubah di luar aplikasi. Ambil dari cadangan."))
    return stored
