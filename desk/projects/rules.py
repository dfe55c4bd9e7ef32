"""What the desk accepts of an activity and its progress; pure functions.

The fields are those the law wants made public: name, place and amount (Permendes PDT 16/2025, article 10); who carries
it out (Permendagri 20/2018, article 39); name, schedule, person in charge, source and amount (Perki 1/2018, article 2).
All of it is public, so a number that could be a NIK or a bank account is refused wherever it is typed.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from itertools import pairwise

from desk.money import LARGEST, rupiah
from desk.projects.watch import Point
from desk.store import DeskError

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Budget years outside are typing mistakes."""

LONGEST_TEXT = 300
"""Characters one field takes; a poster's row has room for them."""

_ACTIVITY = re.compile(r"[1-5](\.\d(\.\d{2})?)?", re.ASCII)


METHODS = {"self": _("swakelola (tim desa)"), "provider": _("penyedia (toko, CV, tukang)")}
"""How an activity is carried out, in the words of the desk."""

SOUTH, NORTH, WEST, EAST = -11_100_000, 6_100_000, 94_900_000, 141_100_000
"""Millionths of a degree: a box a little wider than the outermost base points of the country (list in PP 38/2002, as
amended by PP 37/2008). It catches slips of typing and settles no border."""

_NUMBER = r"[+-]?\d{1,3}(?:[.,]\d{1,8})?"
_COORDINATES = re.compile(rf"({_NUMBER})°?\s*(?:[;,]\s+|[;\s]\s*|,)\s*({_NUMBER})°?", re.ASCII)
_PRIVATE = re.compile(r"(?<!\d)\d{16}(?!\d)|\brek(?:ening)?\b\D{0,15}(?:\d[ .-]?){8,}", re.IGNORECASE)
_RT_RW = re.compile(r"\d{1,3}(?:\s*[-,]\s*\d{1,3})*", re.ASCII)


@dataclass(frozen=True)
class Fund:
    """What one source pays of an activity, in rupiah; None is not written yet."""

    source: str
    amount: Decimal | None = None


@dataclass(frozen=True)
class BudgetRef:
    """A line of the budget: an activity, and an account below it or ""."""

    activity: str
    account: str = ""


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
    hamlet: str = ""
    rt: str = ""
    rw: str = ""
    point: tuple[int, int] | None = None
    """Latitude and longitude in millionths of a degree."""
    beneficiaries: str = ""
    funds: tuple[Fund, ...] = ()
    """Where several sources pay: each with its amount; `fund_source` is then their names."""
    lines: tuple[BudgetRef, ...] = ()
    """Where several lines of the budget pay, or one finer than an activity; `activity` is then that of the first."""
    plan: tuple[Point, ...] = ()
    """Points of the planned progress between start and end."""


TEXTS = ("name", "place", "volume", "unit", "fund_source", "executor", "responsible", "hamlet", "beneficiaries")
"""The form's fields of free text."""


def project_faults(form: ProjectForm) -> dict[str, str]:
    """What is missing or wrong on a form: field name -> sentence beside the field; empty where it may be kept."""
    faults: dict[str, str] = {}
    if not FIRST_YEAR <= form.year <= LAST_YEAR:
        faults["year"] = _("Tahun anggaran ditulis empat angka, misalnya 2026.")
    if not form.name.strip():
        faults["name"] = _("Tulis nama kegiatannya, misalnya: Rabat beton jalan Dusun Krajan.")
    for field in TEXTS:
        if fault := text_fault(getattr(form, field)):
            faults[field] = fault
    if form.cost is not None and not _is_amount(form.cost):
        faults["cost"] = _("Anggaran ditulis seperti 145.250.000, nol atau lebih. Kosongkan bila belum diketahui.")
    if form.unit.strip() and not form.volume.strip():
        faults["volume"] = _("Satuan sudah diisi, volumenya belum. Tulis misalnya: 120.")
    if form.activity.strip() and not _ACTIVITY.fullmatch(activity_code(form.activity)):
        faults["activity"] = _("Kode kegiatan ditulis seperti 2.3.11. Kosongkan bila belum diketahui.")
    faults = _place_faults(form) | _money_faults(form) | faults
    return faults if "year" in faults else _plan_faults(form) | faults | _time_faults(form)


def text_fault(text: str) -> str:
    """Why a text cannot stand on a public list: too long, or a number of a person in it; "" where it can."""
    if len(text) > LONGEST_TEXT:
        return _("Paling banyak {most} huruf. Ringkas dulu.").format(most=LONGEST_TEXT)
    if _PRIVATE.search(text):
        return _("Ini terbuka untuk umum: jangan tulis NIK atau nomor rekening. Hapus nomor itu.")
    return ""


def _is_amount(amount: Decimal) -> bool:
    return 0 <= amount < LARGEST and amount * 100 % 1 == 0


def _place_faults(form: ProjectForm) -> dict[str, str]:
    said = _("Tulis angkanya saja, misalnya 03. Beberapa dengan koma: 03, 04.")
    faults = {f: said for f in ("rt", "rw") if (text := getattr(form, f).strip()) and not _RT_RW.fullmatch(text)}
    if form.point and not in_indonesia(*form.point):
        faults["point"] = _outside(*form.point)
    return faults


def _money_faults(form: ProjectForm) -> dict[str, str]:
    """Several sources pay the whole cost, neither more nor less, and each is named."""
    if not form.funds:
        return {}
    sources = [fund.source.strip().casefold() for fund in form.funds]
    amounts = [fund.amount for fund in form.funds]
    if not all(sources):
        return {"funds": _("Setiap sumber dana perlu nama, misalnya: Dana Desa.")}
    if len(set(sources)) < len(sources):
        return {"funds": _("Satu sumber dana ditulis dua kali. Gabungkan jumlahnya dalam satu baris.")}
    if any(text_fault(source) for source in sources):
        return {"funds": next(fault for source in sources if (fault := text_fault(source)))}
    known = [amount for amount in amounts if amount is not None and _is_amount(amount)]
    if len(known) < len(amounts):
        return {"funds": _("Isi jumlah dari setiap sumber dana, misalnya 100.000.000.")}
    if form.cost is not None and sum(known) != form.cost:
        said = _("Jumlah sumber dana {sum}, anggarannya {cost}. Samakan keduanya.")
        return {"funds": said.format(sum=rupiah(sum(known, Decimal(0))), cost=rupiah(form.cost))}
    return {}


def _plan_faults(form: ProjectForm) -> dict[str, str]:
    """A plan only rises, day after day, between start and end."""
    if any(not _ACTIVITY.fullmatch(activity_code(line.activity)) for line in form.lines):
        return {"lines": _("Baris anggaran ditulis seperti 2.3.11 atau 2.3.11 / 5.3.5.")}
    ordered = sorted(form.plan)
    if any(not 0 <= point.percent <= 100 for point in ordered):
        return {"plan": _("Rencana kemajuan antara 0 dan 100 persen.")}
    if any(a.day == b.day or a.percent > b.percent for a, b in pairwise(ordered)):
        return {"plan": _("Rencana kemajuan hanya naik, satu angka untuk satu tanggal. Periksa urutannya.")}
    first, last = form.starts or dt.date.min, form.ends or dt.date.max
    if any(not first <= point.day <= last for point in ordered):
        return {"plan": _("Titik rencana berada di antara tanggal mulai dan selesai. Periksa tanggalnya.")}
    return {}


def in_indonesia(latitude: int, longitude: int) -> bool:
    """Whether a point, in millionths of a degree, lies in the box around the country."""
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST


def _outside(latitude: int, longitude: int) -> str:
    """The sentence for a point elsewhere, with the slip that is likeliest."""
    if in_indonesia(longitude, latitude):
        return _("Lintang dan bujur tertukar. Tulis lintang dulu, misalnya -7,1502, 111,8817.")
    if in_indonesia(-latitude, longitude):
        return _("Lintang selatan ditulis dengan tanda minus, misalnya -7,1502, 111,8817.")
    return _("Titik ini di luar Indonesia. Tulis lintang lalu bujur, misalnya -7,1502, 111,8817.")


def read_point(text: str) -> tuple[int, int] | None:
    """Latitude and longitude in millionths of a degree, from `-7,1502, 111,8817` or with dots; None where empty.

    Raises:
        DeskError: no two numbers, or not in Indonesia.
    """
    if not text.strip():
        return None
    found = _COORDINATES.fullmatch(text.strip().replace("\u2212", "-"))
    if not found:
        raise DeskError(_("Koordinat ditulis lintang lalu bujur, misalnya -7,1502, 111,8817."))
    latitude, longitude = (round(Decimal(part.replace(",", ".")) * 1_000_000) for part in found.groups())
    if not in_indonesia(latitude, longitude):
        raise DeskError(_outside(latitude, longitude))
    return latitude, longitude


def point_text(point: tuple[int, int] | None) -> str:
    """A point as it is typed: `-7,1502, 111,8817`; "" for none."""
    if point is None:
        return ""
    return ", ".join(f"{Decimal(part) / 1_000_000:.6f}".rstrip("0").rstrip(".").replace(".", ",") for part in point)


def place_text(place: str, hamlet: str, rt: str, rw: str) -> str:
    """Where it is, in one line: `Dusun Krajan RT 03/RW 01, depan balai desa`."""
    parts = [_("Dusun {name}").format(name=hamlet) if hamlet and not hamlet.lower().startswith("dusun") else hamlet]
    parts.append("/".join(f"{word} {number}" for word, number in (("RT", rt), ("RW", rw)) if number))
    return ", ".join(part for part in (" ".join(part for part in parts if part), place) if part)


def fund_names(sources: Sequence[str]) -> str:
    """Several sources in one line: `Dana Desa, ADD`."""
    return ", ".join(sources)


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


@dataclass(frozen=True)
class ContractForm:
    """A contract or a team's decree as the clerk filled the form in."""

    method: str
    partner: str
    number: str = ""
    signed: dt.date | None = None
    value: Decimal | None = None
    starts: dt.date | None = None
    ends: dt.date | None = None


def contract_faults(form: ContractForm) -> dict[str, str]:
    """What is missing or wrong on a contract: field name -> sentence."""
    faults: dict[str, str] = {}
    if form.method not in METHODS:
        faults["method"] = _("Pilih cara pelaksanaan: swakelola atau penyedia.")
    if not form.partner.strip():
        faults["partner"] = _("Tulis nama tim atau penyedia, misalnya: TPK Desa, CV Karya Makmur.")
    for field in ("partner", "number"):
        if fault := text_fault(getattr(form, field)):
            faults[field] = fault
    if form.value is not None and not _is_amount(form.value):
        faults["value"] = _amount_wanted()
    if form.starts and form.ends and form.ends < form.starts:
        faults["ends"] = _("Tanggal selesai mendahului tanggal mulai. Periksa kedua tanggalnya.")
    return faults


@dataclass(frozen=True)
class AddendumForm:
    """An addendum as the clerk filled the form in."""

    day: dt.date | None
    value: Decimal | None = None
    ends: dt.date | None = None
    number: str = ""
    reason: str = ""


def addendum_faults(form: AddendumForm, *, signed: dt.date | None, starts: dt.date | None) -> dict[str, str]:
    """What is missing or wrong on an addendum to a contract of these days: field name -> sentence."""
    faults: dict[str, str] = {}
    if form.day is None:
        faults["day"] = _("Tulis tanggal addendum, misalnya 22-11-2026.")
    elif signed and form.day < signed:
        faults["day"] = _("Addendum tidak mendahului kontraknya. Periksa tanggalnya.")
    if form.value is None and form.ends is None:
        faults["value"] = _("Tulis apa yang berubah: nilai baru, tanggal selesai baru, atau keduanya.")
    elif form.value is not None and not _is_amount(form.value):
        faults["value"] = _amount_wanted()
    if form.ends and starts and form.ends < starts:
        faults["ends"] = _("Tanggal selesai mendahului tanggal mulai. Periksa kedua tanggalnya.")
    for field in ("number", "reason"):
        if fault := text_fault(getattr(form, field)):
            faults[field] = fault
    return faults


@dataclass(frozen=True)
class PaymentForm:
    """A payment as the clerk filled the form in."""

    day: dt.date | None
    amount: Decimal | None
    what: str = ""
    contract: bytes | None = None


def payment_faults(form: PaymentForm, today: dt.date) -> dict[str, str]:
    """What is missing or wrong on a payment: field name -> sentence."""
    faults: dict[str, str] = {}
    if form.day is None:
        faults["day"] = _("Tulis tanggal pembayaran, misalnya 22-11-2026.")
    elif form.day > today:
        faults["day"] = _("Pembayaran dicatat untuk hari ini atau sebelumnya. Periksa tanggalnya.")
    if form.amount is None or not (_is_amount(form.amount) and form.amount > 0):
        faults["amount"] = _("Tulis jumlah yang dibayar, misalnya 45.000.000.")
    if fault := text_fault(form.what):
        faults["what"] = fault
    return faults


@dataclass(frozen=True)
class PlanForm:
    """A line of the RKP Desa as the clerk filled the form in."""

    year: int
    name: str
    place: str = ""
    estimate: Decimal | None = None
    source: str = ""


PLAN_TEXTS = ("name", "place", "source")
"""Its fields of free text."""


def plan_faults(form: PlanForm) -> dict[str, str]:
    """What is missing or wrong on a line of the plan: field name -> sentence."""
    faults: dict[str, str] = {}
    if not FIRST_YEAR <= form.year <= LAST_YEAR:
        faults["year"] = _("Tahun rencana ditulis empat angka, misalnya 2027.")
    if not form.name.strip():
        faults["name"] = _("Tulis nama kegiatannya, misalnya: Rabat beton jalan Dusun Krajan.")
    for field in PLAN_TEXTS:
        if fault := text_fault(getattr(form, field)):
            faults[field] = fault
    if form.estimate is not None and not _is_amount(form.estimate):
        faults["estimate"] = _("Perkiraan ditulis seperti 145.250.000, nol atau lebih. Kosongkan bila belum diketahui.")
    return faults


def _amount_wanted() -> str:
    return _("Nilai ditulis seperti 145.250.000, nol atau lebih. Kosongkan bila belum diketahui.")
