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
os.environ.setdefault("OPENPYXL_LXML", "False")  # a validator of the tests brings lxml; the desk has none to write with
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

_MDB_READER = os.environ.get("MEJA_MDB_READER", "")
READERS_MISSING = {
    "mdbtools": not shutil.which("mdb-export"),
    "mdb_reader": not (
        _MDB_READER and shutil.which("node") and Path(_MDB_READER, "node_modules", "mdb-reader").is_dir()
    ),
}
"""Other readers of Access files ours is compared with: mdbtools, and mdb-reader installed by npm in the folder
MEJA_MDB_READER. MEJA_REQUIRE_MDBTOOLS=1 makes the absence of the first an error."""
if READERS_MISSING["mdbtools"] and os.environ.get("MEJA_REQUIRE_MDBTOOLS") == "1":
    raise RuntimeError("missing: mdb-export (mdbtools)")

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
    if missing := [name for name, is_missing in READERS_MISSING.items() if is_missing]:
        terminalreporter.section("without other readers of Access files", sep="-")
        terminalreporter.line(f"left out: comparisons with {', '.join(missing)} (not installed)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what wants a real Secret Service, or another reader of Access files, where the machine has none."""
    missing = {name for name, is_missing in READERS_MISSING.items() if is_missing}
    missing |= {"secret_service"} if KEYRING_MISSING else set()
    out = [item for item in items if missing & set(getattr(item, "fixturenames", ()))]
    if out:
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
