"""One window a data folder: a second start finds the first one here and raises it."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE = 2000
"""Milliseconds a second start waits for the first to answer."""


def _name(folder: Path) -> str:
    return f"meja-desa-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"


def listen(folder: Path, parent: QObject, called: Callable[[], None]) -> None:
    """Answer second starts on a folder by calling `called`."""
    server = QLocalServer(parent)
    QLocalServer.removeServer(_name(folder))
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)

    def greet() -> None:
        while caller := server.nextPendingConnection():
            caller.disconnectFromServer()
            called()

    server.newConnection.connect(greet)
    server.listen(_name(folder))


def call_first(folder: Path) -> None:
    """Ask the window that already stands on a folder to come to the front."""
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    socket.waitForConnected(PATIENCE)
    socket.waitForDisconnected(PATIENCE)
