"""The register of two thousand requests beside the quickest way known to draw it with the same library.

    .venv/bin/python -m tests.speed.book [--peers DIR] [--runs N] [--rows N]

Each drawing is a process of its own, ours and the peer's in turn, from records (the peer: from finished texts) to
bytes, in seconds of computing, so that a busy machine says the same. Wanted: at most 1.3 times the peer's median, and
at most 60 MB in the process that draws.
"""

import argparse
import statistics
import subprocess
import sys
from pathlib import Path

MOST_TIMES, MOST_MB = 1.3, 60


def once(*arguments: str) -> tuple[float, float, int, int]:
    """Seconds, peak in MB, pages and bytes of one drawing."""
    command = [sys.executable, "-m", "tests.speed.booked", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    seconds, _before, mib, pages, size = run.stdout.split()
    return float(seconds), float(mib) * 2**20 / 1e6, int(pages), int(size)


def told(name: str, runs: list[tuple[float, float, int, int]]) -> float:
    """Print what a drawing took and answer its median in seconds."""
    seconds = statistics.median(run[0] for run in runs)
    peak = max(run[1] for run in runs)
    best = min(run[0] for run in runs)
    print(
        f"  {name:14} {seconds * 1000:6.0f} ms (best {best * 1000:.0f}), {peak:5.1f} MB, "
        f"{runs[0][2]} pages, {runs[0][3]:,} bytes"
    )
    return seconds


def main() -> None:
    """Measure, print, and fail where it is slower or larger than wanted."""
    options = argparse.ArgumentParser()
    options.add_argument("--peers", type=Path)
    options.add_argument("--runs", type=int, default=9)
    options.add_argument("--rows", type=int, default=2000)
    chosen = options.parse_args()
    has_peer = chosen.peers is not None and (chosen.peers / "poster" / "rlfast.py").exists()
    ours, theirs = [], []
    for _turn in range(chosen.runs):
        ours.append(once("ours", str(chosen.rows)))
        if has_peer:
            theirs.append(once("peer", str(chosen.rows), str(chosen.peers)))
    print(f"register of {chosen.rows} rows, 20 columns, A4 across, median of {chosen.runs}:")
    seconds = told("ours", ours)
    problems = [] if max(run[1] for run in ours) <= MOST_MB else [f"more than {MOST_MB} MB"]
    if has_peer:
        times = seconds / told("rlfast.py", theirs)
        print(f"  ours / rlfast  {times:6.2f} x   (wanted: at most {MOST_TIMES})")
        problems += [] if times <= MOST_TIMES else [f"more than {MOST_TIMES} times the peer"]
    else:
        print("peer not run")
    if problems:
        raise SystemExit("; ".join(problems))


if __name__ == "__main__":
    main()
