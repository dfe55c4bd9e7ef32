"""Whether a window can open here, found out before Qt aborts the process over it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLibrary, QLibraryInfo, QMessageLogContext, QtMsgType, qInstallMessageHandler


def is_obstructed() -> bool:
    """Whether this Linux has no display, or its X11 plugin misses a library; other systems always have both."""
    wanted = os.environ.get("QT_QPA_PLATFORM", "")
    if sys.platform != "linux" or (wanted and not wanted.startswith("xcb")):
        return False
    if os.environ.get("WAYLAND_DISPLAY") and not wanted:
        return False
    if not os.environ.get("DISPLAY"):
        return True
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    return not QLibrary(str(plugins / "platforms" / "libqxcb.so")).load()


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
