"""Whether a window can open here, found out before Qt aborts the process over it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLibrary, QLibraryInfo, QMessageLogContext, QtMsgType, qInstallMessageHandler


def is_obstructed() -> bool:
    """Whether this Linux has no display, or its X11 plugin misses a library; other systems always have both.

    A display of another computer (`host:0`) is believed; Qt finds out whether it answers.
    """
    wanted = os.environ.get("QT_QPA_PLATFORM", "")
    if sys.platform != "linux" or (wanted and not wanted.startswith("xcb")):
        return False
    if os.environ.get("WAYLAND_DISPLAY") and not wanted:
        return False
    named = os.environ.get("DISPLAY", "")
    if not named or (named.startswith((":", "unix:")) and not _is_there(named)):
        return True
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    return not QLibrary(str(plugins / "platforms" / "libqxcb.so")).load()


def _is_there(named: str) -> bool:
    """Whether an X server of this computer listens as `:0`: its socket is a file, or only a name in Linux."""
    socket = f"/tmp/.X11-unix/X{named.split(':')[1].split('.')[0]}"
    listening = Path("/proc/net/unix")
    return Path(socket).exists() or (
        listening.exists() and f"@{socket}" in listening.read_text(encoding="utf-8").split()
    )


@contextmanager
def fatal_messages(instead: Callable[[str], object]) -> Iterator[None]:
    """Hand Qt's last words to `instead` while the application object is made; without it Qt aborts the process."""

    def hear(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind is QtMsgType.QtFatalMsg:
            instead(message.strip().splitlines()[0])

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
