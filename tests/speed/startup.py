"""How long until something stands on the screen, beside a bare Qt window of the same run.

    .venv/bin/python -m tests.speed.startup [--peers DIR] [--runs N] [--requests N]

Prints two ratios: the shell's first paint over the bare window's (at most 1.3 is wanted), and the start page with its
rows over it (at most 5). Runs under Xvfb where there is one and no display, else offscreen.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.desks import open_desk
from tests.speed.filled import Fill
from ui.clock import now

HERE = Path(__file__).parent


def once(script: str, *arguments: str, environment: dict[str, str]) -> list[tuple[float, str]]:
    """Milliseconds from the start of a process to each line it prints, with the rest of the line."""
    began = time.monotonic()
    command = [sys.executable, str(HERE / script), *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=120)
    lines = [line.split(maxsplit=1) for line in run.stdout.splitlines()]
    return [((float(line[0]) - began) * 1000, line[1] if len(line) > 1 else "") for line in lines]


def measure(folder: Path, runs: int, environment: dict[str, str]) -> None:
    """Alternate bare and real windows, so that both see the same machine, and print medians and ratios."""
    bare, shell, page, rows = [], [], [], ""
    for turn in range(runs + 1):
        floor = once("bare.py", environment=environment)[0][0]
        (painted, heavy), (stands, rows) = once("watched.py", str(folder), environment=environment)[:2]
        if heavy:
            raise SystemExit(f"imported before the first paint: {heavy}")
        if turn:
            bare.append(floor)
            shell.append(painted)
            page.append(stands)
    floor, first, full = (statistics.median(times) for times in (bare, shell, page))
    print(f"  bare window        {floor:6.0f} ms   (floor, median of {runs})")
    print(f"  shell painted      {first:6.0f} ms   {first / floor:4.2f} x   (wanted: at most 1.3)")
    print(f"  start page, {rows:>2} rows {full:5.0f} ms   {full / floor:4.2f} x   (wanted: at most 5)")


def main() -> None:
    """Fill a desk and measure it on every screen there is."""
    options = argparse.ArgumentParser()
    options.add_argument("--peers", type=Path)
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--requests", type=int, default=10_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "desk"
        desk = open_desk(folder, now)
        desk.do(Fill(chosen.requests, now().date()))
        desk.close()
        print(f"desk of {chosen.requests} requests, {(folder / 'desa.db').stat().st_size >> 20} MiB")
        print("offscreen:")
        measure(folder, chosen.runs, {**os.environ, "QT_QPA_PLATFORM": "offscreen"})
        if shutil.which("xvfb-run"):
            print("Xvfb:")
            on_x = ["xvfb-run", "-a", sys.executable, "-m", "tests.speed.startup_x", str(folder), str(chosen.runs)]
            subprocess.run(on_x, check=True, env={**os.environ, "QT_QPA_PLATFORM": "xcb"})
        else:
            print("Xvfb: not on this machine")
        peers = chosen.peers and chosen.peers / "startup" / "c_start.py"
        if peers and peers.exists():
            subprocess.run([sys.executable, str(peers), "5", "0"], check=True)
        else:
            print("peer not run")


if __name__ == "__main__":
    main()
