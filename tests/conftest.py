"""What every test starts from: an empty desk on one Sunday in November, and the rule for tests that need Qt."""

import datetime as dt
import importlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from desk.desk import Desk
from tests.desks import open_desk

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)  # no test writes into the keyring of whoever runs it
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

KEYRING_MISSING = [tool for tool in ("dbus-run-session", "gnome-keyring-daemon") if not shutil.which(tool)]
"""What a real Secret Service wants; MEJA_REQUIRE_KEYRING=1 makes its absence an error."""
if KEYRING_MISSING and os.environ.get("MEJA_REQUIRE_KEYRING") == "1":
    raise RuntimeError(f"missing: {', '.join(KEYRING_MISSING)}")

pytest_plugins = [] if QT_MISSING else ["pytestqt.plugin"]
collect_ignore = WANTS_QT if QT_MISSING else []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which tests did not run, and why."""
    if QT_MISSING:
        terminalreporter.section("without Qt", sep="-")
        terminalreporter.line(f"left out: {', '.join(WANTS_QT)} (Qt cannot load: {QT_MISSING})")
    if KEYRING_MISSING:
        terminalreporter.section("without a key store", sep="-")
        terminalreporter.line(f"left out: tests of the Secret Service (missing: {', '.join(KEYRING_MISSING)})")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what wants a real Secret Service where the machine has none."""
    if KEYRING_MISSING:
        out = [item for item in items if "secret_service" in getattr(item, "fixturenames", ())]
        items[:] = [item for item in items if item not in out]
        config.hook.pytest_deselected(items=out)


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
    opened = open_desk(tmp_path / "desa", lambda: now)
    yield opened
    opened.close()
