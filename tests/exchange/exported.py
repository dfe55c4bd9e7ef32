"""What a reader of open data does with the files: opens zips, reads tables and sheets."""

import csv
import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl

from desk.desk import Desk
from desk.exchange.opendata.export import Made, Wanted, gather, make
from tests.exchange.openvillage import TODAY, YEAR


def made(desk: Desk, kind: str, year: int = YEAR, as_of: dt.date = TODAY, ordinal: int | None = None) -> Made:
    """A file of the budget."""
    wanted = Wanted(kind, year, as_of, ordinal)
    return make(desk.ask(gather, wanted, TODAY), wanted)


def table(content: bytes) -> list[dict[str, str]]:
    """The rows of a csv file by the names of their columns."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def parts_of(content: bytes) -> dict[str, bytes]:
    """The files in a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_of(content: bytes) -> list[list[Any]]:
    """Every row of a workbook's sheet."""
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]
