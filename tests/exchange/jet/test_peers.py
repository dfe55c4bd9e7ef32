"""Cell by cell, our reader beside two that others wrote: mdbtools, and mdb-reader where npm has installed it."""

import csv
import datetime as dt
import io
import json
import os
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from desk.exchange.access.cells import DOUBLE, LONG, MEMO, Value
from desk.exchange.access.jet import JetFile
from tests.exchange.jet import writer
from tests.exchange.jet.test_jet import KEY, MIXED, PLAIN, sample
from tests.exchange.jet.village import mde, tables, together
from tests.exchange.jet.writer import Made, jet_file

Peer = Callable[[Path, str], list[tuple[str, ...]]]

WIDE = [*PLAIN, writer.Column("Baru"), writer.Column("Harga", DOUBLE)]
TRAITS = [
    MIXED,
    Made("Lama", WIDE, [("n", 2.0, "isi", 9.5)], older=sample(40)),
    Made("Bebas", PLAIN, sample(400), freed=sample(900)),
    Made("Hapus", PLAIN, sample(50), deleted=sample(40)),
    Made("Pindah", PLAIN, sample(300), moved=frozenset((3, 17, 299))),
    Made("Buang", WIDE, [("a", 1.5, "b", 2.5)] * 3, dropped=frozenset((1, 2))),
    Made("Panjang", [writer.Column("Ket", MEMO)], [("abc" * n,) for n in (1, 40, 400, 4000)]),
    Made("Lebar", [writer.Column(f"Kolom_dengan_nama_panjang_{n}", LONG) for n in range(250)], [range(250)] * 20),
    Made("Kosong", PLAIN),
]
FILES = {
    "plain": jet_file(TRAITS),
    "encoded": jet_file(TRAITS, KEY),
    "password": jet_file(TRAITS, KEY, "rahasia"),
    "village": mde(together(tables(), tables("24.2006.", "Karangrejo"))),
    "ten thousand": jet_file([Made("Ta_RABRinci", WIDE, [(*row, "Uraian – é", 1.25) for row in sample(10_000)])]),
}


@pytest.fixture
def mdbtools() -> Peer:
    def read(path: Path, table: str) -> list[tuple[str, ...]]:
        command = ["mdb-export", "-D", "%Y-%m-%d %H:%M:%S", "-T", "%Y-%m-%d %H:%M:%S", "-b", "hex", str(path), table]
        told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        return [tuple(row) for row in csv.reader(io.StringIO(told))][1:]

    return read


SCRIPT = """
import MDBReader from "mdb-reader";
import { readFileSync } from "fs";
const told = (value) => {
    if (value === null || value === undefined) return "";
    if (value instanceof Date) return value.toISOString().slice(0, 19).replace("T", " ");
    if (value === true) return "1";
    if (value === false) return "0";
    if (value instanceof Uint8Array) return Buffer.from(value).toString("hex").toUpperCase();
    return String(value);
};
const table = new MDBReader(readFileSync(process.argv[2])).getTable(process.argv[3]);
const names = table.getColumnNames();
console.log(JSON.stringify(table.getData().map((row) => names.map((name) => told(row[name])))));
"""


@pytest.fixture
def mdb_reader(tmp_path: Path) -> Peer:
    script = tmp_path / "read.mjs"
    script.write_text(SCRIPT)
    (tmp_path / "node_modules").symlink_to(Path(os.environ["MEJA_MDB_READER"]) / "node_modules")

    def read(path: Path, table: str) -> list[tuple[str, ...]]:
        told = subprocess.run(["node", str(script), str(path), table], capture_output=True, check=True).stdout
        return [tuple(row) for row in json.loads(told)]

    return read


def told(value: Value) -> str:
    """A value as all three can say it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, bytes):
        return value.hex().upper()
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, (float, Decimal)):
        return number(str(value))
    return str(value)


def number(text: str) -> str:
    """One spelling of a number: `1.10000000000000001` and `1.1` are the same double."""
    try:
        return repr(float(text))
    except ValueError:
        return text


def agree(name: str, tmp_path: Path, read: Peer) -> None:
    """Each table has the same rows; only the order of moved ones may differ."""
    path = tmp_path / "file.mdb"
    path.write_bytes(FILES[name])
    file = JetFile(FILES[name])
    for table in file.names:
        ours = file.table(table)
        assert ours is not None
        theirs = [tuple(map(number, row)) for row in read(path, table)]
        mine = [tuple(number(told(value)) for value in row) for row in ours.rows]
        assert len(mine) == len(theirs), table
        assert sorted(mine) == sorted(theirs), table


@pytest.mark.parametrize("name", FILES)
def test_mdbtools_reads_the_same(name: str, tmp_path: Path, mdbtools: Peer) -> None:
    agree(name, tmp_path, mdbtools)


@pytest.mark.parametrize("name", FILES)
def test_mdb_reader_reads_the_same(name: str, tmp_path: Path, mdb_reader: Peer) -> None:
    agree(name, tmp_path, mdb_reader)
