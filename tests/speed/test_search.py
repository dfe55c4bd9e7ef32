"""The measured window works on a small register; the times themselves are in search.py."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.speed.bulk import fill
from tests.speed.searched import NAMED, TYPED


def test_every_key_brings_painted_rows(tmp_path: Path) -> None:
    fill(tmp_path / "desk", 500)
    command = [sys.executable, "-m", "tests.speed.searched", str(tmp_path / "desk")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, check=False)
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout.splitlines()[-1])
    assert len(seen["keys"]) == sum(len(words) - 1 for words in TYPED)
    assert len(seen["names"]) == sum(len(words) - 1 for words in NAMED)
    assert seen["add"] > 0
