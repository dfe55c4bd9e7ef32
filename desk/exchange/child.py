"""The process that opens a workbook: it may run out of memory or die, and nothing of the desk dies with it.

It takes a file's bytes on its standard input and answers lines of JSON on its standard output: `{"sheet": name}`, then
a list for each row of that sheet, and so on; the tables of Siskeudes as `tables_of` tells them; or one line
`{"refused": ...}`. It imports nothing of the desk but the readers themselves, so that it starts fast and has nothing
worth attacking.
"""

import ctypes
import datetime as dt
import gc
import io
import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from desk.exchange.access.tables import has_tables, tables_of
from desk.exchange.gate import Refused, pack, unpack
from desk.exchange.plaintext import read_rows
from desk.exchange.scan import MOST_CELLS, Findings, scan_ods, scan_xlsx

if sys.platform != "win32":
    import resource

ARGUMENT = "--open-workbook"
"""A frozen build has no `python -m`: its program is started again with this one argument, which `ui.start` passes on
to `main` before it does anything else."""

MEMORY = 512 * 2**20
"""Bytes of address space; a workbook of 50 MB unpacked needs less."""
SECONDS = 8
"""Of computing time; whoever started the process also watches the clock."""
MOST_TEXT = 12 * 2**20
"""Bytes of the whole answer."""

Told = str | list[Any] | None
"""A cell: a text, `["n", number]`, `["d", day]`, `["=", result]` for a formula, `["="]` for one without, or nothing."""


def main() -> int:
    """Read a file from standard input and answer; 0 also where the answer is a refusal."""
    _limit_self()
    gc.disable()  # it ends before there is anything worth collecting
    try:
        answer = io.BytesIO()
        for line in _lines(sys.stdin.buffer.read()):
            told = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
            answer.write(told + b"\n")
            if answer.tell() > MOST_TEXT:
                raise Refused("texts", most=MOST_TEXT // 2**20)
        sys.stdout.buffer.write(answer.getbuffer())
        return 0
    except Refused as error:
        refusal = error
    except PasswordError:
        refusal = Refused("password")
    except (CalamineError, KeyError, OverflowError, ValueError):
        refusal = Refused("damaged")
    except MemoryError:
        refusal = Refused("memory")
    sys.stdout.buffer.write(json.dumps({"refused": refusal.reason, "facts": refusal.facts}).encode() + b"\n")
    return 0


def _lines(data: bytes) -> Iterator[dict[str, Any] | list[Told]]:
    """The answer, line by line."""
    if has_tables(data):
        yield from tables_of(data)
        return
    left = MOST_CELLS
    for name, rows in _sheets(data) if data.startswith(b"PK\x03\x04") else [("", _texts(data))]:
        yield {"sheet": name}
        for row in rows:
            left -= sum(cell is not None for cell in row)
            if left < 0:
                raise Refused("large", most=MOST_CELLS)
            yield row


def _texts(data: bytes) -> Iterator[list[Told]]:
    return (list(row) for row in read_rows(data))


def _sheets(data: bytes) -> Iterator[tuple[str, Iterator[list[Told]]]]:
    """Name and rows of each visible sheet of a workbook."""
    parts = unpack(data)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Refused("password")
    if "xl/workbook.xml" in parts:
        findings = scan_xlsx(parts)
    elif b"opendocument.spreadsheet" in parts.get("mimetype", b"") and "content.xml" in parts:
        findings = scan_ods(parts)
    else:
        raise Refused("other")
    packed = pack(parts)
    del parts
    book = CalamineWorkbook.from_filelike(packed)
    shown = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible] or book.sheet_names
    for name in shown:
        if name in findings:
            yield name, _told(book.get_sheet_by_name(name).to_python(skip_empty_area=False), findings[name])


def _told(rows: Sequence[Sequence[object]], findings: Findings) -> Iterator[list[Told]]:
    """The rows of a sheet with its formulas and errors marked."""
    bare: dict[int, list[int]] = {}
    for row, column in findings.bare:
        bare.setdefault(row, []).append(column)
    for number in range(max(len(rows), *(row + 1 for row in bare), 0)):
        cells = [_cell(value) for value in rows[number]] if number < len(rows) else []
        for column, value in enumerate(cells):
            if (number, column) in findings.errors:
                cells[column] = value = findings.errors[number, column] or "#"
            if (number, column) in findings.stored:
                cells[column] = ["=", value]
        for column in bare.get(number, ()):
            cells += [None] * (column + 1 - len(cells))
            cells[column] = ["="]
        yield _trimmed(cells)


def _cell(value: object) -> Told:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return ["n", repr(value)]
    if isinstance(value, (dt.date, dt.time)):
        return ["d", value.isoformat()]
    return str(value) if value != "" else None


def _trimmed(row: list[Told]) -> list[Told]:
    while row and row[-1] is None:
        row.pop()
    return row


def _limit_self() -> None:
    """Bound memory and computing time of this process, and leave no core file when it dies of them."""
    if sys.platform == "win32":
        _limit_memory_on_windows()
    else:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        # macOS knows the limit and refuses to set it; there the furthest-cell check and the clock remain.
        if sys.platform != "darwin":
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


class _BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION of winnt.h."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("smallest_working_set", ctypes.c_size_t),
        ("largest_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _JobLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h."""

    _fields_ = (
        ("basic", _BasicLimits),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def _limit_memory_on_windows() -> None:
    """Put this process into a job that may not commit more than MEMORY.

    Untried: nobody has run it on Windows yet. Where Windows refuses, the zip gate, the furthest-cell check and the
    watching clock still hold, and an absurd request still ends this process alone.
    """
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
        kernel.SetInformationJobObject.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
        kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        limits = _JobLimits()
        limits.basic.flags = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
        limits.process_memory = MEMORY
        job = kernel.CreateJobObjectW(None, None)
        kernel.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits))  # the extended limits
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())


if __name__ == "__main__":
    sys.exit(main())
