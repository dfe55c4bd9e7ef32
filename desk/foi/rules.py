"""What the law asks of a request for information: terms, fields, numbers and states; pure functions.

Articles are of UU 14/2008 (Keterbukaan Informasi Publik); the fields are those of the request form in Perki 1/2010,
annex III, with the identity fields of Perki 1/2021.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType

RULE = "UU14/2008"
"""The edition of terms below; a request keeps the one it was registered under."""

ANSWER_DAYS = 10
"""Working days from receipt to the written answer (Art. 22(7))."""

SOON_DAYS = 3
"""Working days before the due date from which the start page warns; a habit of the desk, not law."""

SHORTEST_PHONE = 3
"""Digits of a number somebody can be called at; service numbers have three."""

FIELD_LENGTH = 4000
"""Letters one field takes; more belongs in an attached letter."""

CHANNELS: Mapping[str, str] = MappingProxyType(
    {"desk": _("datang langsung"), "letter": _("surat"), "phone": _("telepon"), "email": _("surel (e-mail)")}
)
APPLICANT_KINDS: Mapping[str, str] = MappingProxyType(
    {"person": _("perorangan"), "body": _("badan hukum"), "group": _("kelompok orang")}
)
ACCESS: Mapping[str, str] = MappingProxyType(
    {"view": _("melihat, membaca, mendengarkan, atau mencatat"), "copy": _("mendapat salinan")}
)
COPY_FORMS: Mapping[str, str] = MappingProxyType({"hard": _("kertas"), "soft": _("berkas komputer")})
DELIVERIES: Mapping[str, str] = MappingProxyType(
    {
        "collect": _("mengambil langsung"),
        "courier": _("kurir"),
        "post": _("pos"),
        "fax": _("faksimili"),
        "email": _("surel (e-mail)"),
    }
)
TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "budget": _("APBDes dan keuangan desa"),
        "project": _("kegiatan dan pembangunan"),
        "aid": _("bantuan sosial"),
        "land": _("tanah dan aset desa"),
        "regulation": _("peraturan dan keputusan desa"),
        "service": _("pelayanan dan kependudukan"),
        "other": _("lainnya"),
    }
)
"""What the district may know of a question; the question itself stays at the desk."""
STATES: Mapping[str, str] = MappingProxyType({"registered": _("terdaftar"), "answered": _("sudah dijawab")})
OPEN_STATES = ("registered",)
OUTCOMES: Mapping[str, str] = MappingProxyType({"granted": _("diberikan")})

_NEXT = {("", "registered"): "registered", ("registered", "answered"): "answered"}


def state_of(kinds: Iterable[str]) -> str:
    """The state a request is in after events of these kinds, oldest first.

    Raises:
        ValueError: an event does not follow from the state before it.
    """
    state = ""
    for kind in kinds:
        if (state, kind) not in _NEXT:
            raise ValueError(f"{kind} does not follow {state or 'nothing'}")
        state = _NEXT[state, kind]
    return state


def label(number: int, series: str, year: int) -> str:
    """The register number as printed: 007/PI/A/2026."""
    return f"{number:03d}/PI/{series}/{year}"


@dataclass(frozen=True)
class RequestForm:
    """The request form as the clerk filled it in; the field names are those the form on screen uses.

    Art. 22(2)-(3) with 4(3): name, address, what is asked, why, in which form and how it is handed over.
    """

    received: dt.date
    registered: dt.date
    name: str
    address: str
    sought: str
    purpose: str
    occupation: str = ""
    phone: str = ""
    email: str = ""
    identity_number: str = ""
    applicant_kind: str = "person"
    channel: str = "desk"
    topic: str = "other"
    access: str = "view"
    copy_form: str = ""
    delivery: str = ""
    late_entry_reason: str = ""


def registration_faults(form: RequestForm) -> dict[str, str]:
    """What is missing or wrong on a form: field name -> sentence beside the field; empty where it may be filed."""
    return _applicant_faults(form) | _question_faults(form) | _date_faults(form)


def _applicant_faults(form: RequestForm) -> dict[str, str]:
    faults: dict[str, str] = {}
    if not form.name.strip():
        faults["name"] = _("Tulis nama pemohon seperti pada kartu identitasnya.")
    if not form.address.strip():
        faults["address"] = _("Tulis alamat pemohon, misalnya: RT 03/RW 01 Dusun Krajan.")
    if form.phone.strip() and sum(ch.isdigit() for ch in form.phone) < SHORTEST_PHONE:
        faults["phone"] = _("Nomor telepon belum lengkap. Tulis seperti 0812-3456-7890.")
    if not form.phone.strip() and not form.email.strip():
        faults["phone"] = _("Tulis nomor telepon atau surel supaya jawaban dapat dikabarkan.")
    if form.email.strip() and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", form.email.strip()):
        faults["email"] = _("Surel ditulis seperti nama@contoh.id.")
    return faults


def _question_faults(form: RequestForm) -> dict[str, str]:
    faults: dict[str, str] = {}
    if not form.sought.strip():
        faults["sought"] = _("Tulis informasi yang diminta, misalnya: RAB jalan Dusun Krajan tahun 2026.")
    if not form.purpose.strip():
        faults["purpose"] = _("Tanyakan untuk apa informasi ini dipakai, misalnya: ingin tahu penggunaan dana desa.")
    for field, text in (("sought", form.sought), ("purpose", form.purpose), ("address", form.address)):
        if len(text) > FIELD_LENGTH:
            too_long = _("Paling banyak {most} huruf. Ringkas di sini, dan simpan surat lengkapnya.")
            faults[field] = too_long.format(most=FIELD_LENGTH)
    for field, value, choices in (
        ("applicant_kind", form.applicant_kind, APPLICANT_KINDS),
        ("channel", form.channel, CHANNELS),
        ("topic", form.topic, TOPICS),
        ("access", form.access, ACCESS),
    ):
        if value not in choices:
            faults[field] = _("Pilih salah satu dari daftar.")
    if form.access == "copy" and form.copy_form not in COPY_FORMS:
        faults["copy_form"] = _("Pilih bentuk salinan: kertas atau berkas komputer.")
    if form.access == "copy" and form.delivery not in DELIVERIES:
        faults["delivery"] = _("Pilih cara salinan diserahkan.")
    return faults


def _date_faults(form: RequestForm) -> dict[str, str]:
    if form.received > form.registered:
        return {"received": _("Tanggal terima tidak boleh sesudah hari ini. Periksa juga tanggal komputer.")}
    if form.received.year < form.registered.year - 1:
        return {"received": _("Tanggal terima lebih dari setahun lalu. Periksa tahunnya.")}
    if form.received < form.registered and not form.late_entry_reason.strip():
        return {"late_entry_reason": _("Permohonan ini diterima sebelum hari ini. Tulis mengapa baru dicatat.")}
    return {}


def identity_hint(kind: str, identity_number: str) -> str:
    """A gentle remark on an identity number; never a refusal: the number may be foreign, old or missing.

    A NIK has 16 digits: region (6), birth date DDMMYY with 40 added to the day for women (6), serial (4).
    """
    digits = identity_number.replace(" ", "")
    if kind != "person" or not digits:
        return ""
    if not re.fullmatch(r"\d{16}", digits):
        return _("NIK biasanya 16 angka. Periksa lagi; permohonan tetap dapat dicatat.")
    day, month = int(digits[6:8]), int(digits[8:10])
    if not (1 <= (day - 40 if day > 40 else day) <= 31 and 1 <= month <= 12):
        return _("Tanggal lahir di dalam NIK ini tidak lazim. Periksa lagi; permohonan tetap dapat dicatat.")
    return ""


def masked(name: str) -> str:
    """A name as lists show it: first letters only, so that the next citizen at the desk cannot read it."""
    return " ".join(f"{word[0]}•••" for word in name.split())


def answer_faults(*, day: dt.date, received: dt.date, today: dt.date, form: str) -> dict[str, str]:
    """What is wrong with an answer: field name -> sentence; empty where it may be recorded (Art. 22(7))."""
    faults: dict[str, str] = {}
    if day < received:
        faults["day"] = _("Tanggal jawaban mendahului tanggal permohonan. Periksa tanggalnya.")
    if day > today:
        faults["day"] = _("Tanggal jawaban tidak boleh sesudah hari ini.")
    if form not in COPY_FORMS:
        faults["form"] = _("Pilih bentuk informasi yang diberikan: kertas atau berkas komputer.")
    return faults
