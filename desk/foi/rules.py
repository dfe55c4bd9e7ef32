"""What the law asks of the form of a request: its fields, its papers, its number; pure functions.

Articles are of UU 14/2008 (Keterbukaan Informasi Publik); the fields are those of the request form in Perki 1/2010,
annex III, with the identity fields of Perki 1/2021.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType

from desk import glyphs

SOON_DAYS = 3
"""Working days before the due date from which the start page warns; a habit of the desk, not law."""

SHORTEST_PHONE = 3
"""Digits of a number somebody can be called at; service numbers have three."""

FIELD_LENGTH = 4000
"""Letters one field takes; more belongs in an attached letter."""

LINE_LENGTH = 300
"""Letters of a field of one line."""

MOST_ITEMS = 20
"""Things one form asks for; the written notice has a line for each."""

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
PAPERS: Mapping[str, str] = MappingProxyType(
    {
        "deed": _("akta atau surat pengesahan badan hukum"),
        "members": _("daftar nama dan identitas anggota kelompok"),
        "proxy": _("surat kuasa"),
    }
)
"""What an applicant shows beside the form."""

PAPERS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"person": (), "body": ("deed",), "group": ("members", "proxy")}
)
"""The papers of each kind of applicant; who speaks for another always brings the power of attorney as well."""


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
    more: tuple[str, ...] = ()
    """Further things asked for on the same form; each is decided on its own, under one due date."""
    proxy: str = ""
    """Who speaks for the applicant."""
    papers: tuple[str, ...] = ()
    """Keys of `PAPERS` that were shown."""
    project: bytes | None = None
    """The project the request is about."""
    activity: str = ""
    """Code of the budget's activity it is about."""

    @property
    def items(self) -> tuple[str, ...]:
        """Everything asked for, in the order of the form."""
        return tuple(text.strip() for text in (self.sought, *self.more) if text.strip())


COMPLETABLE = ("address", "phone", "email", "purpose", "papers", "proxy", "copy_form", "delivery")
"""Fields a citizen may bring later; a number is given and the notice names what is missing."""


def registration_faults(form: RequestForm) -> dict[str, str]:
    """What is missing or wrong on a form: field name -> sentence beside the field; empty where it may be filed."""
    return applicant_faults(form) | _question_faults(form) | _date_faults(form)


def applicant_faults(form: RequestForm) -> dict[str, str]:
    """What is missing or wrong about who asks: field name -> sentence."""
    faults: dict[str, str] = {}
    if not form.name.strip():
        faults["name"] = _("Tulis nama pemohon seperti pada kartu identitasnya.")
    if not form.address.strip():
        faults["address"] = _("Tulis alamat pemohon, misalnya: RT 03/RW 01 Dusun Krajan.")
    if form.phone.strip() and sum(ch.isdigit() for ch in form.phone) < SHORTEST_PHONE:
        faults["phone"] = _("Nomor telepon belum lengkap. Tulis seperti 0812-3456-7890.")
    if not form.phone.strip() and not form.email.strip():
        faults["phone"] = _("Tulis nomor telepon atau surel supaya jawaban dapat dikabarkan.")
    if form.applicant_kind == "group" and not form.proxy.strip():
        faults["proxy"] = _("Tulis nama orang yang mewakili kelompok ini.")
    missing = missing_papers(form)
    if missing:
        asked = _("Belum ada: {papers}. Centang bila sudah dilihat, atau simpan sebagai belum lengkap.")
        faults["papers"] = asked.format(papers=", ".join(PAPERS[paper] for paper in missing))
    if form.email.strip() and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", form.email.strip()):
        faults["email"] = _("Surel ditulis seperti nama@contoh.id.")
    return faults | _unprintable(form, ("name", "address", "occupation", "phone", "email", "identity_number", "proxy"))


def _unprintable(form: RequestForm, fields: tuple[str, ...]) -> dict[str, str]:
    """Fields with a character no paper can print: what is promised on the receipt has to come out of the printer."""
    found = ((field, glyphs.fault(str(getattr(form, field)))) for field in fields)
    return {field: sentence for field, sentence in found if sentence}


def wanted_papers(form: RequestForm) -> tuple[str, ...]:
    """Papers this kind of applicant has to show; who speaks for another brings the power of attorney."""
    return tuple(dict.fromkeys((*PAPERS_OF.get(form.applicant_kind, ()), *(("proxy",) if form.proxy.strip() else ()))))


def missing_papers(form: RequestForm) -> tuple[str, ...]:
    """Those of them that have not been seen yet."""
    return tuple(paper for paper in wanted_papers(form) if paper not in form.papers)


def incomplete_faults(form: RequestForm) -> dict[str, str]:
    """What even an incomplete request needs: who asked, what, and when; the rest is asked for in writing."""
    broken = ("address", "phone", "email", "purpose", "proxy")
    faults = {name: said for name, said in registration_faults(form).items() if name not in COMPLETABLE}
    return faults | _unprintable(form, broken)


def _question_faults(form: RequestForm) -> dict[str, str]:
    faults: dict[str, str] = {}
    if not form.sought.strip():
        faults["sought"] = _("Tulis informasi yang diminta, misalnya: RAB jalan Dusun Krajan tahun 2026.")
    if not form.purpose.strip():
        faults["purpose"] = _("Tanyakan untuk apa informasi ini dipakai, misalnya: ingin tahu penggunaan dana desa.")
    if len(form.items) > MOST_ITEMS:
        faults["further"] = _(
            "Paling banyak {most} hal dalam satu permohonan. Catat sisanya sebagai permohonan lain."
        ).format(most=MOST_ITEMS)
    everything = "\n".join(form.items)
    for field, text in (("sought", everything), ("purpose", form.purpose), ("address", form.address)):
        if len(text) > FIELD_LENGTH:
            too_long = _("Paling banyak {most} huruf. Ringkas di sini, dan simpan surat lengkapnya.")
            faults[field] = too_long.format(most=FIELD_LENGTH)
    short = (
        ("name", form.name), ("occupation", form.occupation), ("proxy", form.proxy), ("phone", form.phone),
        ("email", form.email), ("identity_number", form.identity_number), ("activity", form.activity),
        ("late_entry_reason", form.late_entry_reason),
    )  # fmt: skip
    for field, text in short:
        if len(text) > LINE_LENGTH:
            faults[field] = _("Paling banyak {most} huruf di sini.").format(most=LINE_LENGTH)
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
    if further := glyphs.fault("\n".join(form.more)):
        faults["further"] = further
    return faults | _unprintable(form, ("sought", "purpose", "late_entry_reason"))


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


def about(request: bytes) -> bytes:
    """What the identity on a request is sealed to: moved to another request it does not open."""
    return b"applicant:" + request


OLD_SERIES = "(lama) "
"""What the series of numbers taken over from a paper register begins with; the letter of the desk that took them over
follows. It sorts before every letter: in the year of the change the old numbers come first."""


def masked(name: str) -> str:
    """A name as lists show it: first letters only, so that the next citizen at the desk cannot read it."""
    return " ".join(f"{word[0]}•••" for word in name.split())
