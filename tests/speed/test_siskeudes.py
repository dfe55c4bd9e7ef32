"""The measured file works small; the times themselves are in siskeudes.py."""

from pathlib import Path

import pytest

from tests.exchange.jet.village import mde, tables
from tests.speed.siskeudes import lines, measure


def test_every_line_is_read_and_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "small.mde"
    path.write_bytes(mde(tables(postings=()) | {"Ta_RABRinci": lines(200)}))
    measure(path, tmp_path / "desk")
    assert "read, placed and checked" in capsys.readouterr().out
