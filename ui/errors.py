"""What went wrong, as a sentence with a next step: the desk's own words, or one calm line for a fault of ours."""

import logging
from gettext import gettext as _
from pathlib import Path

from desk.store import DeskError


def sentence(error: BaseException) -> str:
    """What a person reads of an error."""
    if isinstance(error, DeskError):
        return str(error)
    if isinstance(error, MemoryError):
        return _("Memori komputer tidak cukup. Tutup program lain, lalu coba lagi; yang sudah tersimpan aman.")
    if isinstance(error, OSError) and error.strerror:
        return _("Berkas atau folder tidak dapat dipakai ({reason}). Periksa disk, lalu coba lagi.").format(
            reason=error.strerror
        )
    return _("Ada kesalahan aplikasi. Yang sudah tersimpan aman; ulangi langkah terakhir, atau buka lagi Meja Desa.")


def report(folder: Path, error: BaseException) -> str:
    """Write an error of ours to `meja.log` in the data folder; what a person reads of it."""
    if not isinstance(error, DeskError):
        log, book = logging.getLogger("meja"), logging.FileHandler(folder / "meja.log", encoding="utf-8")
        book.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(book)
        log.error("unexpected", exc_info=error)
        log.removeHandler(book)
        book.close()
    return sentence(error)
