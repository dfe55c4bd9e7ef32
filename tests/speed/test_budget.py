"""A budget of five thousand lines opens without laying all of them out; the times themselves are in budget.py."""

import statistics
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.village.commands import SetVillage
from tests.desks import open_desk
from tests.speed.budget import Fill, floor, ours
from ui.clock import now
from ui.parts.style import dress

MOST_TIMES = 25
"""Of the computing a bare tree and bare sqlite3 take for the same rows; laying all lines out takes a hundred."""


def test_five_thousand_lines_open_at_once(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    dress(qapp, 100)
    folder = tmp_path / "desa"
    desk = open_desk(folder, now)
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(Fill(5000))
    desk.close()
    least, taken = (statistics.median(run[1] for run in runs) for runs in (floor(folder, 3), ours(folder, 3)))
    assert taken < MOST_TIMES * least
