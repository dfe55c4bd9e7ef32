"""A window that opens, or stays open over midnight, removes files no record has needed for a week."""

import datetime as dt
import os
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.files import Files
from desk.vault import MakeKey, seal_of
from tests.desks import open_desk
from ui import start
from ui.app import Start


@pytest.fixture
def folder(tmp_path: Path, now: dt.datetime) -> Path:
    """A desk with two files no record names, one of them ten days old."""
    desk = open_desk(tmp_path / "desa", lambda: now)
    desk.do(MakeKey())
    files = Files(desk.folder, desk.ask(seal_of))
    for text, days in (("baru", 0), ("lama", 10)):
        kept = files.keep(text.encode(), f"{text}.txt", is_sealed=True)
        when = now.timestamp() - days * 86400
        os.utime(files.place(kept.address), (when, when))
    desk.close()
    return desk.folder


def test_the_sweep_runs_once_the_window_stands_and_again_on_a_new_day(
    qtbot: QtBot, qapp: QApplication, folder: Path, now: dt.datetime
) -> None:
    clock, hook = [now], sys.excepthook
    program = Start(qapp, folder, lambda: clock[0], start)
    qtbot.addWidget(program.shell)
    program.shell.show()

    def lying() -> int:
        return len(list((folder / "files").glob("*/*")))

    try:
        qtbot.waitUntil(lambda: program.is_ready and lying() == 1, timeout=20_000)
        clock[0] = now + dt.timedelta(days=8)
        program._see_the_day()
        qtbot.waitUntil(lambda: lying() == 0)
    finally:
        program.shell.close()
        sys.excepthook = hook
    assert not (folder / "meja.log").exists()
