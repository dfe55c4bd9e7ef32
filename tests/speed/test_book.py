"""A register of two thousand requests is drawn in little memory; the times beside the peer's are in book.py."""

import subprocess
import sys

MOST_MIB = 10
"""What drawing adds to a process that has the library and the records; it keeps its pages compressed."""

MOST_MB = 60
"""Of the whole process."""


def test_drawing_a_year_of_requests_takes_little_memory() -> None:
    command = [sys.executable, "-m", "tests.speed.booked", "ours", "2000"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    _seconds, before, after, pages, _size = map(float, run.stdout.split())
    assert pages > 100
    assert after - before < MOST_MIB
    assert after * 2**20 / 1e6 < MOST_MB


def test_a_process_that_draws_a_book_needs_no_database() -> None:
    code = "import sys, desk.paper.book.render; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
