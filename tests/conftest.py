"""What every test starts from: an empty desk on one Sunday in November, and the rule for tests that need Qt."""

import datetime as dt
import importlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from desk.desk import Desk

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("meja", deadline=None)
settings.load_profile("meja")

WANTS_QT = ["ui", "faults/test_kill9.py", "speed"]
"""Tests of the window, left out where Qt cannot load; MEJA_REQUIRE_QT=1 makes that an error instead."""

try:
    importlib.import_module("PySide6.QtWidgets")
except ImportError as error:
    if os.environ.get("MEJA_REQUIRE_QT") == "1":
        raise
    QT_MISSING = str(error)
else:
    QT_MISSING = ""

pytest_plugins = [] if QT_MISSING else ["pytestqt.plugin"]
collect_ignore = WANTS_QT if QT_MISSING else []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which tests did not run, and why."""
    if QT_MISSING:
        terminalreporter.section("without Qt", sep="-")
        terminalreporter.line(f"left out: {', '.join(WANTS_QT)} (Qt cannot load: {QT_MISSING})")


@pytest.fixture
def today() -> dt.date:
    """The desk's day in every test: a Sunday."""
    return dt.date(2026, 11, 22)


@pytest.fixture
def now(today: dt.date) -> dt.datetime:
    """09.12 in Bojonegoro (WIB) on that day."""
    return dt.datetime.combine(today, dt.time(9, 12), dt.timezone(dt.timedelta(hours=7)))


@pytest.fixture
def desk(tmp_path: Path, now: dt.datetime) -> Iterator[Desk]:
    """A new desk in a folder of its own, its clock standing still."""
    opened = Desk(tmp_path / "desa", lambda: now)
    yield opened
    opened.close()
