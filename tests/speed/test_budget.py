"""The measured budget works small; the times themselves are in budget.py."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from desk.village.commands import SetVillage
from tests.desks import open_desk
from tests.speed.budget import Fill, floor, ours
from ui.clock import now
from ui.parts.style import dress


def test_a_budget_is_painted_and_so_is_its_floor(tmp_path: Path, qapp: QApplication) -> None:
    dress(qapp, 100)
    folder = tmp_path / "desa"
    desk = open_desk(folder, now)
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(Fill(300))
    desk.close()
    assert len(floor(folder, 1)) == len(ours(folder, 1)) == 1
