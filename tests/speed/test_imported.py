"""5,000 lines of a workbook are a budget in at most six times what its reader and raw sqlite3 take, in the same run."""

from tests.speed.imported import measured

MOST = 6


def test_an_import_takes_at_most_six_times_its_parts() -> None:
    times = measured(5000, 5)
    assert times["ratio"] <= MOST, times
