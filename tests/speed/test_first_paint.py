"""What costs time is imported only after the window has been painted; the times themselves are in startup.py."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

from tests.desks import open_desk
from tests.speed.filled import Fill

WATCHED = Path(__file__).with_name("watched.py")


def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path: Path, now: dt.datetime, today: dt.date) -> None:
    desk = open_desk(tmp_path, lambda: now)
    desk.do(Fill(60, today))
    desk.close()
    run = subprocess.run([sys.executable, str(WATCHED), str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    painted, stands = (line.split(maxsplit=1) for line in run.stdout.splitlines())
    assert painted[1:] == [], f"imported before the first paint: {painted[1:]}"
    assert float(stands[0]) > float(painted[0])
    assert int(stands[1]) > 0


def test_the_window_closes_after_its_first_paint_when_asked(tmp_path: Path) -> None:
    environment = {**os.environ, "MEJA_EXIT_AFTER_PAINT": "1", "QT_QPA_PLATFORM": "offscreen"}
    meja = str(Path(sys.executable).with_name("meja"))
    run = subprocess.run([meja, "--data", str(tmp_path / "baru")], env=environment, timeout=60, check=False)
    assert run.returncode == 0


def test_the_start_page_reads_the_register_without_the_rooms_of_money_and_works() -> None:
    told = "import sys, ui.opening; print(*(name for name in sys.modules if name.startswith('desk.')))"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, timeout=60, check=True)
    rooms = {name.split(".")[1] for name in run.stdout.split()}
    assert "foi" in rooms and not rooms & {"budget", "projects", "realisation", "exchange", "paper", "letters"}
