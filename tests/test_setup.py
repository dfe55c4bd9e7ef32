"""The second set-up command works where Qt cannot load, and CI does not let that pass."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]


@pytest.fixture
def without_qt(tmp_path):
    """An environment in which Qt fails to load the way it does without libGL."""
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text('raise ImportError("libGL.so.1: cannot open shared object file")\n')
    return {**os.environ, "PYTHONPATH": str(tmp_path), "MEJA_REQUIRE_QT": ""}


def collect(environment, *names):
    """Collect tests in a process of its own."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *names]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_without_qt_the_windows_tests_are_left_out_by_name(without_qt):
    run = collect(without_qt)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "left out: ui, " in run.stdout
    assert "libGL.so.1" in run.stdout
    assert "tests/ui/" not in run.stdout
    assert "tests/test_workdays.py::" in run.stdout


def test_where_qt_is_required_its_absence_is_an_error(without_qt):
    run = collect({**without_qt, "MEJA_REQUIRE_QT": "1"}, "tests/test_setup.py")
    assert run.returncode != 0
    assert "libGL.so.1" in run.stderr


def test_every_dependency_is_pinned_to_a_version_that_fits():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / "lock.txt").read_text(encoding="utf-8").splitlines()
    pins = {canonicalize_name(r.name): r for r in map(Requirement, (line for line in lines if line[0] != "#"))}
    for named in map(Requirement, project["dependencies"] + project["optional-dependencies"]["test"]):
        (pin,) = pins[canonicalize_name(named.name)].specifier
        assert pin.operator == "=="
        assert pin.version in named.specifier, f"{named} is pinned to {pin.version}"
