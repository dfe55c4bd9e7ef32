"""`meja` opens a window where one can open, and else says why not and does the whole job without it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui import display, obstacles
from ui.start import window_wanted


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ([], (None, True)),
        (["--data", "desa"], ("desa", True)),
        (["--data=desa"], ("desa", True)),
        (["--data"], (None, False)),
        (["--data", "desa", "check"], (None, False)),
        (["check", "--json"], (None, False)),
        (["--help"], (None, False)),
    ],
)
def test_only_a_data_folder_or_nothing_asks_for_the_window(
    arguments: list[str], answer: tuple[str | None, bool]
) -> None:
    assert window_wanted(arguments) == answer


def meja(place: Path, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Run `meja` in a folder with a changed environment; None takes a variable away."""
    environment = {**os.environ, **{name: value for name, value in changes.items() if value is not None}}
    for name in (name for name, value in changes.items() if value is None):
        environment.pop(name, None)
    command = [sys.executable, "-m", "ui.start"]
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False, timeout=120)


NOWHERE = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": None, "MEJA_DATA": None}


def test_without_a_display_the_demo_runs_and_the_reason_is_said(tmp_path: Path) -> None:
    run = meja(tmp_path, **NOWHERE, PYTHONPATH=str(Path(__file__).parents[2]))
    assert run.returncode == 0, run.stderr
    assert "tidak punya layar" in run.stderr
    assert "demo --out demo" in run.stderr
    assert (tmp_path / "demo" / "desk" / "desa.db").exists()
    assert list((tmp_path / "demo").glob("*.pdf"))


@pytest.mark.parametrize("wanted", [":4077", "unix:4077.0"])
def test_a_display_nobody_serves_is_found_out_before_qt_tries(monkeypatch: pytest.MonkeyPatch, wanted: str) -> None:
    for name in NOWHERE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", wanted)
    assert display.is_obstructed()


def test_what_is_missing_is_named_by_its_debian_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(obstacles, "QT_LIBRARIES", {"libc.so.6": "libc6", "libnowhere.so.1": "libnowhere1"})
    monkeypatch.setattr(obstacles, "WINDOW_LIBRARIES", {"libneither.so.0": "libneither0"})
    said = obstacles.sentence(ImportError("libnowhere.so.1: cannot open shared object file"))
    assert "libnowhere.so.1: cannot open" in said
    assert "apt install libnowhere1." in said and "libc6" not in said
    assert "apt install libneither0." in said


def test_a_display_that_does_not_answer_is_not_blamed_on_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4077")
    monkeypatch.setattr(obstacles, "QT_LIBRARIES", {})
    monkeypatch.setattr(obstacles, "WINDOW_LIBRARIES", {})
    assert "Layar :4077 tidak dapat dihubungi" in obstacles.sentence(None)


def test_qt_s_last_words_are_heard_instead_of_an_abort(tmp_path: Path) -> None:
    said = (
        "import json, os, sys\n"
        "from ui import app, display\n"
        "with display.fatal_messages(lambda words: (print(json.dumps(words), flush=True), os._exit(7))):\n"
        "    app.application()\n"
    )
    root = str(Path(__file__).parents[2])
    run = subprocess.run(
        [sys.executable, "-c", said],
        cwd=tmp_path,
        env={**os.environ, "QT_QPA_PLATFORM": "tidak-ada", "PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 7, run.stderr
    assert "no Qt platform plugin could be initialized" in json.loads(run.stdout)


def test_the_window_closes_by_itself_after_its_first_paint(tmp_path: Path) -> None:
    root = str(Path(__file__).parents[2])
    run = meja(tmp_path, PYTHONPATH=root, MEJA_EXIT_AFTER_PAINT="1", MEJA_DATA=str(tmp_path / "desa"))
    assert (run.returncode, run.stderr) == (0, "")
    assert not (tmp_path / "desa" / "desa.db").exists()
