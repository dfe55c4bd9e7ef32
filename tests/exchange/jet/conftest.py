"""A village saved as Siskeudes' Access file, or as a zip of its tables."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exchange.jet.village import Row, csv_tables, mde, zipped

Rows = dict[str, list[Row]]


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    def write(rows: Rows, name: str = "DataAPBDES.mde", key: int = 0, password: str = "") -> Path:
        path = tmp_path / name
        path.write_bytes(zipped(csv_tables(rows)) if path.suffix == ".zip" else mde(rows, key, password))
        return path

    return write
