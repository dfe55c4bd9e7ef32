"""What went wrong, as a sentence with a next step: the desk's own words, or one calm line for a fault of ours."""

from gettext import gettext as _

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


def is_ours(error: BaseException) -> bool:
    """Whether it belongs in the log: anything but a sentence meant for a person."""
    return not isinstance(error, DeskError)
