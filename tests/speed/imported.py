"""5,000 lines of a workbook become a budget: beside python-calamine reading it and sqlite3 inserting the same rows.

    .venv/bin/python -m tests.speed.imported [--lines N] [--runs N]

Prints one JSON object: the best of several runs in seconds of `calamine`, `sqlite` and `ours`, and `ratio`, ours by the
sum of the other two. The rows are inserted into a desk of their own under the same triggers, in one transaction, as the
desk's own connection is set. All three are timed in turn, so that what else the PC does falls on each.
"""

import argparse
import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook

from desk.chart import accounts, activities
from desk.exchange.apbdes import import_budget
from tests.desks import open_desk
from ui.clock import now

HEAD = ("Kode Rekening", "Uraian", "Volume", "Satuan", "Harga Satuan", "Anggaran", "Sumber Dana")
YEAR = 2024
SETTINGS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON")
"""What `desk.store.open_writer` sets."""


def lines(count: int) -> Iterator[tuple[object, ...]]:
    """So many lines of a detailed budget that adds up, the same ones every time."""
    dice = random.Random(4)
    codes = [code for code, entry in activities().items() if entry.level == 3 and not entry.is_range]
    spent = [code for code, entry in accounts().items() if code.startswith("5.") and entry.level == 4]
    spent = [code for code in spent if not accounts()[code].is_range]
    left, total, made = count - 2, 0, []
    while left > 3:
        code = codes[len(made) % len(codes)]
        goods = [(dice.randrange(1, 40), dice.randrange(1, 900) * 500) for _n in range(min(4, left - 2))]
        amount = sum(volume * price for volume, price in goods)
        account, left, total = spent[len(made) % len(spent)], left - 2 - len(goods), total + amount
        made.append((code, account, amount, goods))
    yield "4.2.1.", "Dana Desa", None, None, None, total, "DDS"
    yield "5.", "BELANJA", None, None, None, total, None
    for code, account, amount, goods in sorted(made):
        yield f"{code}.", f"Kegiatan {code}", None, None, None, amount, None
        yield f"{code}. {account}.", f"Belanja {account}", None, None, None, amount, "DDS"
        for number, (volume, price) in enumerate(goods, 1):
            yield None, f"Bahan {number} dari {code}", volume, "unit", price, volume * price, None


def workbook(path: Path, count: int) -> None:
    """Those lines as a spreadsheet program saves them."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("APBDes")
    for row in (HEAD, *lines(count)):
        sheet.append(row)
    book.save(path)


def timed_calamine(path: Path) -> float:
    """Seconds python-calamine takes for all cells."""
    began = time.perf_counter()
    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return time.perf_counter() - began


def timed_import(path: Path, folder: Path) -> tuple[float, dict[str, list[Any]]]:
    """Seconds a fresh desk takes for the file, and the rows it then holds."""
    desk = open_desk(folder / "desk", now)
    began = time.perf_counter()
    report = import_budget(desk, path, YEAR)
    seconds = time.perf_counter() - began
    assert report.changed and not report.problems, report.problems
    desk.close()
    connection = sqlite3.connect(folder / "desk" / "desa.db")
    held = {
        t: connection.execute(f"SELECT * FROM {t} ORDER BY n").fetchall() for t in ("budget_version", "budget_line")
    }
    connection.close()
    return seconds, held


def timed_sqlite(held: dict[str, list[Any]], folder: Path) -> float:
    """Seconds sqlite3 alone takes for the same rows under the same triggers."""
    open_desk(folder / "desk", now).close()
    connection = sqlite3.connect(folder / "desk" / "desa.db", isolation_level=None)
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO writing VALUES (1, 1)")
    for table, rows in held.items():
        connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
    connection.execute("DELETE FROM writing")
    connection.execute("COMMIT")
    seconds = time.perf_counter() - began
    connection.close()
    return seconds


def measured(count: int, runs: int) -> dict[str, float]:
    """The best of several runs of each, in turn."""
    times: dict[str, list[float]] = {"calamine": [], "sqlite": [], "ours": []}
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "apbdes.xlsx"
        workbook(path, count)
        for run in range(runs):
            times["calamine"].append(timed_calamine(path))
            seconds, held = timed_import(path, Path(scratch) / f"ours{run}")
            times["ours"].append(seconds)
            times["sqlite"].append(timed_sqlite(held, Path(scratch) / f"raw{run}"))
            assert len(held["budget_line"]) >= count - 8
    best = {name: min(taken) for name, taken in times.items()}
    return best | {"ratio": best["ours"] / (best["calamine"] + best["sqlite"])}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lines", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print(json.dumps(measured(options.lines, options.runs)))


if __name__ == "__main__":
    main()
