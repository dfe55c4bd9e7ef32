"""Ten thousand lines straight from Siskeudes' Access file, beside mdbtools exporting the same tables.

    .venv/bin/python -m tests.speed.siskeudes [--lines N]

Every figure is time of computing, which other programs of the machine do not lengthen. Reading may take three times as
long as mdb-export; placing, checking and importing come on top, and are told apart and together.
"""

import argparse
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desk.exchange import child
from desk.exchange.access.jet import JetFile
from desk.exchange.access.whitelist import TABLES
from desk.exchange.apbdes import read_budget
from desk.exchange.loading import ImportBudget
from desk.exchange.sheet import run_elsewhere
from tests.desks import open_desk
from tests.exchange.jet.village import Row, mde, tables
from ui.clock import now

RUNS = 5
EACH = 8
"""Lines of one account of an activity."""
YEAR = 2026
WORDS = ("Semen 40 kg", "Upah tukang – harian", "Honorarium TPK", "Beton K-175 (½ m³)", "Sewa molen")
PRICES = (1_500.0, 25_000.0, 142_035.5, 1_800_000.0, 999_999.99)


def lines(count: int) -> list[Row]:
    """Rows of a working copy, as many as a large village has in ten years."""
    dice = random.Random(7)
    made = []
    for number in range(count):
        volume, price = dice.randint(1, 50), dice.choice(PRICES)
        place = number // EACH
        activity = f"{place % 4 + 1:02}.{place // 4 % 3 + 1:02}.{place // 12 % 8 + 1:02}."
        account = f"5.{place // 96 % 3 + 1}.{place // 288 % 5 + 1}.{place // 1440 % 4 + 1:02}."
        amount = round(volume * price, 2)
        made.append({
            "Tahun": str(YEAR), "Kd_Desa": "24.2005.", "Kd_Keg": f"24.2005.{activity}", "Kd_Rincian": account,
            "Kd_SubRinci": "01", "No_Urut": f"{number % 99 + 1:02}", "SumberDana": ("DDS", "ADD", "PBH")[place % 3],
            "Uraian": dice.choice(WORDS), "Satuan": dice.choice(("Zak", "OH", "Ls", "m³")),
            "JmlSatuan": float(volume), "HrgSatuan": price, "Anggaran": amount, "JmlSatuanPAK": float(volume),
            "HrgSatuanPAK": price, "AnggaranStlhPAK": amount, "AnggaranPAK": 0.0,
        })  # fmt: skip
    return made


def computing() -> float:
    """Seconds of computing of this process and of those it has waited for, finer than the ticks of `os.times`."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def cost(act: Callable[[], Any], runs: int = RUNS) -> float:
    """Milliseconds of computing of one of several runs, those of the processes it starts included."""
    times = []
    for _turn in range(runs):
        began = computing()
        act()
        times.append((computing() - began) * 1000)
    return statistics.median(times)


def export(path: Path, names: list[str]) -> Callable[[], None]:
    """mdb-export, one process a table as it works."""

    def run() -> None:
        for name in names:
            subprocess.run(["mdb-export", str(path), name], stdout=subprocess.DEVNULL, check=True)

    return run


def measure(path: Path, work: Path) -> None:
    """Our reading, mdbtools' export and the import, of one file."""
    file = read_budget(path, YEAR)
    reading = cost(lambda: JetFile(path.read_bytes()).table("Ta_RABRinci", TABLES["Ta_RABRinci"].read))
    told = cost(lambda: run_elsewhere([sys.executable, "-m", child.__name__], path.read_bytes(), 60))
    whole = cost(lambda: read_budget(path, YEAR))
    desk = open_desk(work, now)
    importing = cost(lambda: desk.do(ImportBudget(YEAR, file.table, file.name, file.digest)), runs=1)
    desk.close()
    print(f"  the table, in our process    {reading:7.0f} ms")
    print(f"  every table, other process   {told:7.0f} ms")
    print(f"  read, placed and checked     {whole:7.0f} ms   {sum(x.kind == 'line' for x in file.table.lines)} lines")
    print(f"  imported into the desk       {importing:7.0f} ms")
    if not shutil.which("mdb-export"):
        print("peer not run")
        return
    held = {name.casefold() for name in JetFile(path.read_bytes()).names}
    one = cost(export(path, ["Ta_RABRinci"]))
    every = cost(export(path, [name for name in TABLES if name.casefold() in held]))
    print(f"  mdb-export of the table      {one:7.0f} ms   {reading / one:5.2f} x   (wanted: at most 3)")
    print(f"  mdb-export of every table    {every:7.0f} ms   {told / every:5.2f} x   (wanted: at most 3)")
    ours, theirs = whole + importing, one + importing
    print(f"  with the import              {theirs:7.0f} ms   {ours / theirs:5.2f} x   (wanted: at most 3)")


def main() -> None:
    """Make the files, plain and encoded, and measure them."""
    options = argparse.ArgumentParser()
    options.add_argument("--lines", type=int, default=10_000)
    count = options.parse_args().lines
    rows = tables(postings=()) | {"Ta_RABRinci": lines(count)}
    with tempfile.TemporaryDirectory() as place:
        for name, key in (("plain", 0), ("encoded", 0x5EC12E7)):
            path = Path(place) / f"{name}.mde"
            path.write_bytes(mde(rows, key))
            print(f"{name}, {count} lines, {path.stat().st_size >> 10} KiB:")
            measure(path, Path(place) / name)


if __name__ == "__main__":
    main()
