"""Before anything is kept: printed sums against their rows, and what is new, changed or gone; and nothing by halves."""

import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.budget import queries
from desk.desk import Desk
from desk.exchange.apbdes import import_budget, read_budget
from desk.exchange.loading import ImportReport
from desk.watch import Stopped

Save = Callable[..., Path]

HEAD = ["KODE", "URAIAN", "ANGGARAN", "REALISASI"]
ROWS: list[list[object]] = [
    ["4.1.", "PAD", "40", "10"],
    ["4.2.1.", "Dana Desa", "60", "60"],
    ["01", "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", "100", "90"],
]
LATER: list[list[object]] = [
    ["4.1.", "PAD", "55", "10"],
    ["01", "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", "100", "95"],
    ["02", "BIDANG PELAKSANAAN PEMBANGUNAN DESA", "7", ""],
]
SAMPLES = {
    "belantih-2022-realisasi": 2022, "gilis-2020-realisasi": 2020, "ngrombo-2024-perubahan": 2024,
    "perboto-2025-penjabaran": 2025,
}  # fmt: skip


def told(report: ImportReport) -> list[tuple[object, ...]]:
    """The differences of a report."""
    return [(x.kind, x.row, x.title, x.before, x.after) for x in report.differences]


@pytest.mark.parametrize("name", SAMPLES)
def test_control_totals_of_a_complete_table_agree_and_an_excerpt_lists_each_difference(samples: Path, name: str):
    file = read_budget(samples / f"{name}.csv", SAMPLES[name])
    differing = {control.row for control in file.controls if not control.agrees}
    assert len(file.controls) > 4
    assert differing <= {problem.row for problem in file.table.problems}
    if "realisasi" in name:
        assert [c for c in file.controls if not c.agrees and "SILPA" not in c.title.upper()] == []
    else:
        assert differing


AMOUNTS = st.integers(min_value=0, max_value=10**12).map(lambda sen: Decimal(sen).scaleb(-2))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(AMOUNTS, min_size=1, max_size=6), st.integers(min_value=-3, max_value=3))
def test_a_control_total_agrees_to_the_sen_or_not_at_all(save: Save, amounts: list[Decimal], off: int):
    total = sum(amounts, Decimal(0))
    printed = max(total + Decimal(off).scaleb(-2), Decimal(0))
    rows = [["KODE", "URAIAN", "ANGGARAN"], ["4.1.", "PAD", f"{printed:.2f}"]]
    rows += [[f"4.1.{n}.", f"Hasil {n}", f"{amount:.2f}"] for n, amount in enumerate(amounts, 1)]
    (control,) = read_budget(save("a.csv", [*rows, ["4.2.", "Transfer", "1000000.00"]]), 2024).controls
    assert (control.printed, control.reckoned) == (printed, total)
    assert control.agrees == (printed == total)


def test_a_first_file_is_all_new_and_says_so(desk: Desk, save: Save):
    report = import_budget(desk, save("a.csv", [HEAD, *ROWS]), 2024, dry_run=True)
    assert report.is_first
    assert [x for x in told(report) if x[0] == "added"] == [
        ("added", 2, "PAD", None, 40), ("added", 3, "Dana Desa", None, 60),
        ("added", 4, "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", None, 100),
    ]  # fmt: skip


def test_what_is_added_changed_and_gone_is_listed_with_both_amounts(desk: Desk, save: Save):
    import_budget(desk, save("a.csv", [HEAD, *ROWS]), 2024)
    path = save("b.csv", [HEAD, *LATER])
    dry = import_budget(desk, path, 2024, dry_run=True)
    assert told(dry) == [
        ("changed", 2, "PAD", 40, 55),
        ("gone", None, "Dana Desa", 60, None),
        ("added", 4, "BIDANG PELAKSANAAN PEMBANGUNAN DESA", None, 7),
        ("realised", 3, "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", 90, 95),
    ]
    assert dry.as_json()["differences"]["gone"] == [
        {"row": None, "code": "4.2.1.", "title": "Dana Desa", "before": "60", "after": None}
    ]
    assert told(import_budget(desk, path, 2024)) == told(dry)
    again = import_budget(desk, path, 2024)
    assert not again.changed and told(again) == [] and not again.is_first


def test_the_dry_run_answers_with_every_control_total(desk: Desk, samples: Path):
    answer = import_budget(desk, samples / "gilis-2020-realisasi.csv", 2020, dry_run=True).as_json()
    total = next(told for told in answer["controls"] if told["printed"] == "1370198500")
    assert total == {
        "row": 10, "title": "JUMLAH PENDAPATAN", "column": "amount", "printed": "1370198500", "reckoned": "1370198500",
        "agrees": True,
    }  # fmt: skip
    assert desk.ask(queries.years) == []


class Watcher:
    """Looks on and stops at one of the looks; the waiting for another process is one, however long it takes."""

    def __init__(self, at: int) -> None:
        self.looks, self._at = 0, at

    def __call__(self, _done: int, total: int) -> None:
        """Count, and stop where it was meant to."""
        self.looks += bool(total or not self.looks)
        if self.looks == self._at:
            raise Stopped


def rows_of(folder: Path) -> list[str]:
    """Everything the database holds, its log among it."""
    connection = sqlite3.connect(folder / "desa.db")
    held = list(connection.iterdump())
    connection.close()
    return held


def test_an_import_stopped_at_any_step_leaves_rows_and_log_as_they_were(desk: Desk, save: Save):
    import_budget(desk, save("a.csv", [HEAD, *ROWS]), 2024)
    many = [["4.1.", "PAD", "40", "10"], *([f"4.1.{n}.", f"Hasil {n}", "1000", ""] for n in range(700))]
    path, before = save("b.csv", [HEAD, *many]), rows_of(desk.folder)
    whole = Watcher(0)
    import_budget(desk, path, 2024, dry_run=True, watch=whole)
    assert rows_of(desk.folder) == before and whole.looks > 12

    @settings(max_examples=12, deadline=None)
    @given(st.integers(min_value=1, max_value=whole.looks))
    def stopped(at: int) -> None:
        with pytest.raises(Stopped, match="Tidak ada yang berubah"):
            import_budget(desk, path, 2024, watch=Watcher(at))
        assert rows_of(desk.folder) == before

    stopped()
    assert import_budget(desk, path, 2024).changed


def test_progress_goes_on_and_ends_whole(desk: Desk, save: Save):
    seen: list[tuple[int, int]] = []
    rows = [[f"4.1.{n}.", f"Hasil {n}", "1000", ""] for n in range(600)]
    import_budget(desk, save("a.csv", [HEAD, *rows]), 2024, watch=lambda done, total: seen.append((done, total)))
    known = [done / total for done, total in seen if total]
    reading, writing = known[: known.index(0, 1)], known[known.index(0, 1) :]
    assert reading == sorted(reading) and writing == sorted(writing) and writing[-1] == 1
