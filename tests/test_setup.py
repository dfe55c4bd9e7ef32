"""The second set-up command works where Qt cannot load, and CI does not let that pass."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def without_qt(tmp_path):
    """An environment in which Qt fails to load the way it does without libGL."""
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text('raise ImportError("libGL.so.1: cannot open shared object file")\n')
    return {**os.environ, "PYTHONPATH": str(tmp_path), "MEJA_REQUIRE_QT": ""}


def collect(environment):
    """Collect the whole suite in a process of its own."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_without_qt_the_windows_tests_are_left_out_by_name(without_qt):
    run = collect(without_qt)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "left out: ui, " in run.stdout
    assert "libGL.so.1" in run.stdout
    assert "tests/ui/" not in run.stdout
    assert "tests/test_workdays.py::" in run.stdout


def test_where_qt_is_required_its_absence_is_an_error(without_qt):
    run = collect({**without_qt, "MEJA_REQUIRE_QT": "1"})
    assert run.returncode != 0
    assert "libGL.so.1" in run.stderr
