"""The tables of Siskeudes out of an Access file or out of a zip of csv files, as the other process tells them.

Both are told alike: `{"table": name, "columns": [...], "all": [...], "claimed": n, "rows": [[...], ...]}` by table.
Numbers of an Access file are told as they are, whose shortest form is exact; everything of a csv file is text.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from desk.exchange.access.cells import Value
from desk.exchange.access.jet import SIGNATURES, JetError, JetFile
from desk.exchange.access.whitelist import TABLES, Taken
from desk.exchange.gate import Refused, each_part

MOST_ENTRIES = 400
"""Files of one zip; Siskeudes has about 120 tables."""
LARGEST_FIELD = 2**22
"""Letters of one csv field: the picture in Ta_Pemda stands in one."""

_NAMED = re.compile(rb"ta_(?:rab|anggaran)(?:rinci)?\.csv", re.IGNORECASE)
_ONE_ROW = "Ta_Pemda"
"""Its first row says everything, and behind it stand the bytes of a picture."""

Told = dict[str, Any]


def has_tables(data: bytes) -> bool:
    """Whether a file's bytes are an Access file's, or a zip's that names a table of Siskeudes as csv."""
    return data.startswith(SIGNATURES) or (data.startswith(b"PK\x03\x04") and bool(_NAMED.search(data)))


def tables_of(data: bytes) -> Iterator[Told]:
    """The whitelisted tables of a file that `has_tables`.

    Raises:
        Refused: by name as in `JetError` with table and page; of a zip as the gate names it, or `csv` with table and
            row.
    """
    if data.startswith(b"PK"):
        yield {"password": False, "encoded": False}
        yield from _of_zip(data)
        return
    try:
        file = JetFile(data)
        yield {"password": file.has_password, "encoded": file.is_encoded}
        for name, taken in TABLES.items():
            table = file.table(name, taken.read)
            if table is not None:
                rows = [[_scalar(value) for value in row] for row in table.rows]
                told = {"columns": table.kept, "all": table.columns, "claimed": table.claimed, "rows": rows}
                yield {"table": name, **told}
    except JetError as error:
        raise Refused(f"jet_{error.reason}", table=error.table, page=error.page) from error


def _scalar(value: Value) -> str | int | float | None:
    if value is None or isinstance(value, (str, int, float)):
        return value
    return value.isoformat() if isinstance(value, dt.datetime) else str(value)


def _of_zip(data: bytes) -> Iterator[Told]:
    known = {name.casefold(): name for name in TABLES}
    seen: set[str] = set()
    csv.field_size_limit(LARGEST_FIELD)
    for path, content in each_part(data, MOST_ENTRIES):
        stem, dot, ending = path.replace("\\", "/").rpartition("/")[2].casefold().rpartition(".")
        name = known.get(stem, "")
        if not dot or ending != "csv" or not name:
            continue
        if name in seen:
            raise Refused("csv_twice", table=name)
        seen.add(name)
        yield _of_csv(name, content, TABLES[name])


def _of_csv(name: str, content: bytes, taken: Taken) -> Told:
    records = _records(name, content)
    titles = [title.strip() for title in next(records, (1, []))[1]]
    places = {title.casefold(): place for place, title in enumerate(titles)}
    kept = [column for column in taken.read if column.casefold() in places]
    wanted = [places[column.casefold()] for column in kept]
    rows = []
    for number, row in records:
        if len(row) != len(titles) and name != _ONE_ROW:
            raise Refused("csv", table=name, row=number)
        rows.append([(row[place].strip() or None) if place < len(row) else None for place in wanted])
        if name == _ONE_ROW:
            break
    return {"table": name, "columns": kept, "all": titles, "claimed": None, "rows": rows}


def _records(name: str, content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of a csv file with their numbers, blank ones left out; one that a bare line break cut in two is joined.

    Raises:
        Refused: the file is no csv.
    """
    text = _decoded(content)
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    width, pending = 0, list[str]()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            whole = [*pending[:-1], f"{pending[-1]}\n{row[0]}", *row[1:]] if pending and row else row
            if not any(cell.strip() for cell in whole):
                continue
            width = width or len(whole)
            pending = list(whole) if len(whole) < width and name != _ONE_ROW else []
            if not pending:
                yield reader.line_num, whole
    except csv.Error as error:
        raise Refused("csv", table=name, row=reader.line_num) from error
    if pending:
        raise Refused("csv", table=name, row=reader.line_num)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
