"""The process that opens a workbook: it may run out of memory or die, and nothing of the desk dies with it.

It takes a file's bytes on its standard input and answers one JSON object on its standard output. It imports nothing
of the desk but the gate and the scan, so that it starts fast and has nothing worth attacking.
"""

import ctypes
import datetime as dt
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from desk.exchange.gate import Refused, pack, unpack
from desk.exchange.scan import Findings, scan_ods, scan_xlsx

if sys.platform != "win32":
    import resource

ARGUMENT = "--open-workbook"
"""A frozen build has no `python -m`: its program is started again with this one argument, which `ui.start` passes on
to `main` before it does anything else."""

MEMORY = 1536 * 2**20
"""Bytes of address space; a workbook of 50 MB unpacked needs less than half of it."""
SECONDS = 20
"""Of computing time; whoever started the process also watches the clock."""
MOST_CELLS = 1_000_000
"""Filled cells of one workbook."""


def main() -> int:
    """Read a workbook from standard input and answer; 0 also where the answer is a refusal."""
    _limit_self()
    try:
        answer = {"sheets": list(_sheets(sys.stdin.buffer.read()))}
    except Refused as refusal:
        answer = {"refused": refusal.reason, "facts": refusal.facts}  # type: ignore[dict-item]
    except PasswordError:
        answer = {"refused": "password", "facts": {}}  # type: ignore[dict-item]
    except (CalamineError, KeyError, OverflowError, ValueError):
        answer = {"refused": "damaged", "facts": {}}  # type: ignore[dict-item]
    except MemoryError:
        answer = {"refused": "memory", "facts": {}}  # type: ignore[dict-item]
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))
    return 0


def _sheets(data: bytes) -> Iterable[dict[str, Any]]:
    parts = unpack(data)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Refused("password")
    if "xl/workbook.xml" in parts:
        findings = scan_xlsx(parts)
    elif b"opendocument.spreadsheet" in parts.get("mimetype", b"") and "content.xml" in parts:
        findings = scan_ods(parts)
    else:
        raise Refused("other")
    book = CalamineWorkbook.from_filelike(pack(parts))
    shown = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible] or book.sheet_names
    left = MOST_CELLS
    for name in shown:
        if name in findings:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            left -= sum(cell != "" for row in rows for cell in row)
            if left < 0:
                raise Refused("large", most=MOST_CELLS)
            yield _told(name, rows, findings[name])


def _told(name: str, rows: Sequence[Sequence[object]], findings: Findings) -> dict[str, Any]:
    """A sheet as JSON: texts as they are, numbers and days as one-letter pairs, formulas and errors beside them."""
    cells = [[_cell(value) for value in row] for row in rows]
    for (row, column), text in findings.errors.items():
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = text or "#"
    return {
        "name": name,
        "rows": [_trimmed(row) for row in cells],
        "stored": sorted(findings.stored),
        "bare": sorted(findings.bare),
    }


def _cell(value: object) -> str | list[str] | None:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return ["n", repr(value)]
    if isinstance(value, (dt.date, dt.time)):
        return ["d", value.isoformat()]
    return str(value) if value != "" else None


def _trimmed(row: list[str | list[str] | None]) -> list[str | list[str] | None]:
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
