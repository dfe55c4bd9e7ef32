"""What the desk accepts of an activity and its progress; pure functions.

The fields are those the law wants made public: name, place and amount (Permendes PDT 16/2025, article 10); who carries
it out (Permendagri 20/2018, article 39); name, schedule, person in charge, source and amount (Perki 1/2018, article 2).
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from desk.money import LARGEST

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Budget years outside are typing mistakes."""

LONGEST_TEXT = 300
"""Characters one field takes; a poster's row has room for them."""

_ACTIVITY = re.compile(r"[1-5](\.\d(\.\d{2})?)?", re.ASCII)


@dataclass(frozen=True)
class ProjectForm:
    """An activity as the clerk filled the form in; the field names are those the form on screen uses."""

    year: int
    name: str
    place: str = ""
    volume: str = ""
    unit: str = ""
    cost: Decimal | None = None
    fund_source: str = ""
    executor: str = ""
    responsible: str = ""
    starts: dt.date | None = None
    ends: dt.date | None = None
    activity: str = ""


TEXTS = ("name", "place", "volume", "unit", "fund_source", "executor", "responsible")
"""The form's fields of free text."""


def project_faults(form: ProjectForm) -> dict[str, str]:
    """What is missing or wrong on a form: field name -> sentence beside the field; empty where it may be kept."""
    faults: dict[str, str] = {}
    if not FIRST_YEAR <= form.year <= LAST_YEAR:
        faults["year"] = _("Tahun anggaran ditulis empat angka, misalnya 2026.")
    if not form.name.strip():
        faults["name"] = _("Tulis nama kegiatannya, misalnya: Rabat beton jalan Dusun Krajan.")
    for field in TEXTS:
        if len(getattr(form, field)) > LONGEST_TEXT:
            faults[field] = _("Paling banyak {most} huruf. Ringkas dulu.").format(most=LONGEST_TEXT)
    if form.cost is not None and not (0 <= form.cost < LARGEST and form.cost * 100 % 1 == 0):
        faults["cost"] = _("Anggaran ditulis seperti 145.250.000, nol atau lebih. Kosongkan bila belum diketahui.")
    if form.unit.strip() and not form.volume.strip():
        faults["volume"] = _("Satuan sudah diisi, volumenya belum. Tulis misalnya: 120.")
    if form.activity.strip() and not _ACTIVITY.fullmatch(activity_code(form.activity)):
        faults["activity"] = _("Kode kegiatan ditulis seperti 2.3.11. Kosongkan bila belum diketahui.")
    return faults if "year" in faults else faults | _time_faults(form)


def _time_faults(form: ProjectForm) -> dict[str, str]:
    if form.starts and form.ends and form.ends < form.starts:
        return {"ends": _("Tanggal selesai mendahului tanggal mulai. Periksa kedua tanggalnya.")}
    for field, day in (("starts", form.starts), ("ends", form.ends)):
        if day and not form.year - 1 <= day.year <= form.year + 2:
            return {field: _("Tanggal ini jauh dari tahun anggaran {year}. Periksa tahunnya.").format(year=form.year)}
    return {}


def progress_faults(*, percent: int, day: dt.date, today: dt.date) -> dict[str, str]:
    """What is wrong with a progress entry: field name -> sentence; empty where it may be recorded."""
    faults: dict[str, str] = {}
    if not 0 <= percent <= 100:
        faults["percent"] = _("Kemajuan fisik antara 0 dan 100 persen.")
    if day > today:
        faults["day"] = _("Kemajuan dicatat untuk hari ini atau sebelumnya. Periksa tanggalnya.")
    return faults


def activity_code(text: str) -> str:
    """An activity's code as the budget keeps it (Permendagri 20/2018, annex): `02.03.11.` becomes `2.3.11`."""
    parts = [part.strip() for part in text.strip().strip(".").split(".")]
    numbers = [part.lstrip("0") or part for part in parts]
    return ".".join((*numbers[:2], *(number.zfill(2) for number in numbers[2:])))


def activity_doubt(code: str, known: Iterable[str]) -> str:
    """A gentle remark where the year's budget has no such activity; never a refusal: the budget may come later."""
    if code.strip() and activity_code(code) not in {activity_code(other) for other in known}:
        return _("Kegiatan {code} tidak ada dalam APBDes tahun ini. Kegiatan tetap dapat disimpan.").format(
            code=activity_code(code)
        )
    return ""
