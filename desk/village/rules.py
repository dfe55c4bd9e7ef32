"""What the village's profile accepts: codes, mobile numbers, terms of office, hours; pure functions."""

import csv
import datetime as dt
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType

import resources
from desk.dates import WEEKDAYS, long_date
from desk.store import DeskError
from desk.workdays import FIRST_DAY, KINDS, LAST_DAY, WORKING_DAY

PAPERS = ("A4", "F4", "A3")
"""Paper an office printer takes; F4 is 215 x 330 mm."""

_PREFIX = re.compile(r"oc4ids-[a-z0-9]{6}", re.ASCII)

HEAD_TITLES: Mapping[str, str] = MappingProxyType({"desa": _("Kepala Desa"), "kelurahan": _("Lurah")})
"""What the head of such a place is called."""

EXAMPLE_CODE = "99.99.99.2999"
"""The invented village of the demo; no province has the number 99."""
EXAMPLE_NOTE = _("CONTOH: nama, nomor dan kegiatan tidak nyata; angka APBDes Belantih 2022")
"""Stands on every sheet and file of that village, so that nothing false is said of a real one."""

LONGEST_TEXT = 200
"""Characters of a name or an address; a poster's line holds fewer, so longer ones are a slip."""

COMPLETION_DAYS = 3
"""Working days a citizen has to bring what is missing, unless the village sets another term; no law says it."""

_CODE = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?([1-9]\d{3})", re.ASCII)
_MOBILE = re.compile(r"(?:\+62|62|0)(8[1-35-9]\d{7,10})", re.ASCII)
_SEPARATORS = re.compile(r"[ \u00a0.\-\u2010\u2011\u2013()]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Region:
    """One village of the shipped table, with where it lies; names repeat, the code does not."""

    code: str
    name: str
    district: str
    regency: str
    kind: str
    """`desa` or `kelurahan`."""


@dataclass(frozen=True)
class DayHours:
    """The desk's hours on one day of the week (0 is Monday), with a break or without."""

    weekday: int
    opens: dt.time
    closes: dt.time
    break_from: dt.time | None = None
    break_until: dt.time | None = None


@dataclass(frozen=True)
class Term:
    """The days someone holds an office; `until` is the last day, None while they still do."""

    name: str
    since: dt.date
    until: dt.date | None


def check_code(text: str) -> str:
    """A village code as the Ministry of Home Affairs writes it, from one with or without dots.

    Raises:
        DeskError: it is no code of a village.
    """
    match = _CODE.fullmatch(text.strip())
    if not match:
        raise DeskError(_("Kode desa terdiri dari 10 angka, misalnya 35.22.12.2015. Periksa lagi kodenya."))
    return ".".join(match.groups())


def kind_of(code: str) -> str:
    """`kelurahan` where the fourth group of a village code starts with 1, else `desa`."""
    return "kelurahan" if code.split(".")[3].startswith("1") else "desa"


def parse_phone(text: str) -> str:
    """A mobile number in E.164 (+6281234567890) from what people write: 0812, 62812 or +62812, spaced or not.

    Indonesian mobile numbers are 8, then not 0 or 4, then 7 to 10 digits (the ITU's plan for country code 62).

    Raises:
        DeskError: it is no Indonesian mobile number.
    """
    match = _MOBILE.fullmatch(_SEPARATORS.sub("", text.strip()))
    if not match:
        raise DeskError(_("Nomor HP ditulis seperti 0812 3456 7890. Periksa lagi angkanya."))
    return f"+62{match[1]}"


def show_phone(phone: str) -> str:
    """An E.164 number as a citizen dials it, in groups that are read aloud: 0812-3456-7890."""
    digits = f"0{phone.removeprefix('+62')}"
    second = 8 if len(digits) > 10 else 7
    return "-".join((digits[:4], digits[4:second], digits[second:]))


def tidy(text: str) -> str:
    """Text in one line: no control or direction marks, single spaces, nothing around it."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def check_text(text: str, missing: str) -> str:
    """Tidy a name or a title.

    Raises:
        DeskError: it is empty (`missing` is the sentence) or too long for any paper.
    """
    tidied = tidy(text)
    if not tidied:
        raise DeskError(missing)
    return check_length(tidied)


def check_length(text: str) -> str:
    """Refuse text no paper has room for.

    Raises:
        DeskError: with the number of characters that fit.
    """
    if len(text) > LONGEST_TEXT:
        raise DeskError(_("Tulisan ini terlalu panjang, paling banyak {most} huruf.").format(most=LONGEST_TEXT))
    return text


def bare_name(text: str, *prefixes: str) -> str:
    """The name alone where someone typed `Desa Pejambon` or `Kec. Sumberrejo`."""
    tidied = tidy(text)
    for prefix in prefixes:
        if tidied.casefold().startswith(f"{prefix} "):
            return tidied[len(prefix) + 1 :]
    return tidied


def check_paper(paper: str) -> None:
    """Refuse a paper size no poster is laid out for.

    Raises:
        DeskError: naming the sizes.
    """
    if paper not in PAPERS:
        raise DeskError(_("Pilih ukuran kertas {sizes}.").format(sizes=", ".join(PAPERS)))


def check_prefix(prefix: str) -> str:
    """A prefix of OC4IDS project ids as the standard's help desk gives it out; "" is none.

    Raises:
        DeskError: it has another form.
    """
    prefix = prefix.strip().lower()
    if prefix and not _PREFIX.fullmatch(prefix):
        raise DeskError(
            _("Awalan OC4IDS seperti oc4ids-ab12cd, diberikan oleh Open Contracting Partnership. Kosongkan bila belum.")
        )
    return prefix


def check_hours(hours: Iterable[DayHours]) -> None:
    """Refuse hours that end before they begin, breaks outside them, and a day named twice.

    Raises:
        DeskError: naming the day.
    """
    seen = set()
    for day in hours:
        name = WEEKDAYS[day.weekday]
        if day.weekday in seen:
            raise DeskError(_("Hari {day} tertulis dua kali. Hapus salah satunya.").format(day=name))
        seen.add(day.weekday)
        if not day.opens < day.closes:
            raise DeskError(_("Hari {day}: jam tutup harus sesudah jam buka.").format(day=name))
        if (day.break_from is None) != (day.break_until is None):
            raise DeskError(_("Hari {day}: isi jam mulai dan jam selesai istirahat.").format(day=name))
        if day.break_from and day.break_until and not day.opens < day.break_from < day.break_until < day.closes:
            raise DeskError(_("Hari {day}: istirahat harus di antara jam buka dan jam tutup.").format(day=name))


def check_term(new: Term, others: Sequence[Term]) -> None:
    """Refuse a term that ends before it begins or runs into the term of someone who came later.

    Someone who came earlier is no obstacle: the appointment ends their term the day before.

    Raises:
        DeskError: naming who and when.
    """
    if new.until is not None and new.until < new.since:
        raise DeskError(_("Tanggal akhir jabatan harus sesudah tanggal mulainya."))
    for other in others:
        if new.since < other.since and (new.until is None or new.until >= other.since):
            raise DeskError(
                _("{name} sudah menjabat sejak {since}. Isi tanggal akhir jabatan sebelum tanggal itu.").format(
                    name=other.name, since=long_date(other.since)
                )
            )


def check_first_day(since: dt.date, others: Iterable[Term]) -> None:
    """Refuse a corrected term that begins on the day another one begins: nobody could tell who held office.

    Raises:
        DeskError: naming who and when.
    """
    for other in others:
        if other.since == since:
            raise DeskError(
                _("{name} sudah tercatat mulai {since}. Pilih tanggal mulai yang lain.").format(
                    name=other.name, since=long_date(since)
                )
            )


@functools.cache
def regions() -> tuple[Region, ...]:
    """The villages of Bojonegoro in the order of their codes: 419 desa and 11 kelurahan."""
    table = list(csv.DictReader(resources.path("regions.csv").read_text(encoding="utf-8").splitlines()))
    names = {row["code"]: row["name"] for row in table}
    return tuple(
        Region(
            row["code"],
            row["name"],
            names[row["parent_code"]],
            names[row["parent_code"][:5]].removeprefix("Kabupaten "),
            row["type"],
        )
        for row in table
        if row["level"] == "desa"
    )


def find_regions(text: str) -> tuple[Region, ...]:
    """Villages whose code or name begins with the text, then those that contain it; empty for an empty text."""
    wanted = tidy(text).casefold()
    if not wanted:
        return ()
    digits = wanted.replace(".", "")
    if digits.isdigit():
        return tuple(r for r in regions() if r.code.replace(".", "").startswith(digits))
    wanted = bare_name(wanted, "desa", "kelurahan")
    found = [r for r in regions() if wanted in r.name.casefold()]
    return tuple(sorted(found, key=lambda r: (not r.name.casefold().startswith(wanted), r.name, r.code)))


def region_of(code: str) -> Region | None:
    """The village of a code, with dots or without; None where it lies outside the shipped table."""
    digits = code.replace(".", "").strip()
    return next((r for r in regions() if r.code.replace(".", "") == digits), None)


def check_day_off(day: dt.date, name: str, kind: str) -> str:
    """The name of a day off; a working day put back needs none.

    Raises:
        DeskError: the kind is not one of the year table's, the year is a slip, or a day off has no name.
    """
    if kind not in KINDS:
        raise DeskError(_("Pilih jenis harinya dari daftar."))
    if not FIRST_DAY <= day <= LAST_DAY:
        raise DeskError(_("Tanggal libur harus antara 1990 dan 2100. Periksa tahunnya."))
    return tidy(name) if kind == WORKING_DAY else check_text(name, _("Tuliskan nama harinya, misalnya: Hari Jadi."))
