"""Whole files on disk: there after a power cut, or not there at all, never by half."""

import errno
import os
import secrets
import sys
from gettext import gettext as _
from pathlib import Path

from desk.store import DeskError

PART = ".part"
"""How the name of a file ends while it is being written; what ends so after a crash is nobody's."""

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the place, force it to the disk, then rename: readers see the old content or the new one.

    Raises:
        DeskError: the disk is full or refuses; the place is as it was and nothing half-written stays.
    """
    try:
        _make_folder(path.parent)
        _replace(path, content)
    except OSError as error:
        raise refusal(error) from error


def hand_out(path: Path, content: bytes) -> None:
    """Write a paper or a copy where a person wants it: whole, or what lay there stays as it was.

    Raises:
        DeskError: it cannot be written there.
    """
    try:
        _replace(path, content)
    except OSError as error:
        reason = _("disk penuh") if error.errno in _FULL else error.strerror
        raise DeskError(
            _("Tidak dapat disimpan di sana ({reason}). Pilih folder lain.").format(reason=reason)
        ) from error


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    settle(path.parent)


def settle(folder: Path) -> None:
    """Force the names in a folder to the disk: without it a renamed file may be back under its old name."""
    if sys.platform == "win32":
        # NTFS keeps names in its journal, and Windows hands out no folder to synchronise.
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refusal(error: OSError) -> DeskError:
    """What the clerk reads when a disk does not take or give a file."""
    if error.errno in _FULL:
        return DeskError(_("Disk penuh, jadi berkas ini belum tersimpan. Kosongkan ruang di disk, lalu coba lagi."))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DeskError(_("Folder data tidak boleh ditulis. Minta hak tulis untuk folder itu, lalu coba lagi."))
    said = _("Berkas tidak dapat disimpan atau dibaca ({reason}). Periksa disk, lalu coba lagi.")
    return DeskError(said.format(reason=error.strerror or type(error).__name__))


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, and force their names to the disk too."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        settle(folder.parent)
