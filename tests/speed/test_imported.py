"""The measured import works small, and both sides hold the same rows; the times themselves are in imported.py."""

from tests.speed.imported import measured


def test_every_line_is_imported_and_inserted_raw() -> None:
    times = measured(200, 1)
    assert times["ratio"] == times["ours"] / (times["calamine"] + times["sqlite"])
