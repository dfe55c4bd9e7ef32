"""Why no window opens on this Linux, and which Debian packages mend it; found by trying: Qt blames the wrong one."""

import ctypes
import os
from collections.abc import Mapping
from gettext import gettext as _

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""What Qt links against -> the package of Debian 12 that holds it."""

WINDOW_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""What its X11 plugin links against besides."""


def missing(libraries: Mapping[str, str]) -> list[str]:
    """Packages whose library cannot be loaded here."""
    return [package for library, package in libraries.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def sentence(error: ImportError | None) -> str:
    """What stands in the way, what to add, and what runs instead; `error` is what importing Qt said, if it failed."""
    reasons = []
    if error is not None:
        reasons.append(_("Qt tidak dapat dimuat ({error}).").format(error=error))
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        reasons.append(_("Komputer ini tidak punya layar (DISPLAY kosong)."))
    packages = missing(QT_LIBRARIES)
    for_window = missing(WINDOW_LIBRARIES)
    if not reasons:
        named = os.environ.get("DISPLAY", "")
        lacking = _("Pustaka untuk membuka jendela belum lengkap.")
        silent = _("Layar {named} tidak dapat dihubungi. Periksa isi DISPLAY.").format(named=named)
        reasons.append(lacking if packages or for_window else silent)
    if packages:
        reasons.append(_("Pasang dulu: apt install {packages}.").format(packages=" ".join(packages)))
    if for_window:
        reasons.append(_("Untuk jendela, pasang juga: apt install {packages}.").format(packages=" ".join(for_window)))
    return " ".join([*reasons, instead()])


def instead() -> str:
    """What happens where no window opens."""
    return _("Sebagai gantinya `meja demo --out demo` dijalankan; hasilnya ada di folder demo.")
