"""What the law asks of the public list and of an exemption; pure functions.

UU 14/2008: article 6(3) what need not be given, 9-11 the classes of the list, 17-20 exemptions. PP 61/2010: article 4
the classification letter, 5-9 how long, 10 another classification, 11 the end. Village templates follow Perki 1/2018.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType

from desk.dates import long_date
from desk.workdays import Calendar, left

CLASSES: Mapping[str, str] = MappingProxyType(
    {"periodic": _("berkala"), "immediate": _("serta merta"), "anytime": _("setiap saat"), "exempt": _("dikecualikan")}
)
"""The four classes; the last has no entries on the list (article 11(1) letter a): it is what the exemptions make up."""
LISTED = ("periodic", "immediate", "anytime")

FORMATS: Mapping[str, str] = MappingProxyType(
    {"hard": _("kertas"), "soft": _("berkas komputer"), "both": _("kertas dan berkas komputer")}
)

LONGEST_TEXT = 300
"""Letters of a line on the list."""
LONGEST_TEST = 4000
"""Letters of one field of a test; more belongs in an attached paper."""

MAX_YEARS_A = 30
"""Years information under letter a may stay exempt at most (PP 61/2010, article 5(1))."""
DECLARE_DAYS = 30
"""Working days before the end by which the PPID declares it open (PP 61/2010, article 11(2))."""

NOT_HELD = "6.3.e"
"""A ground of its own: not held or not documented. It is a fact about the archive and needs no test."""
STATUTE = "statute"
"""The ground of another statute, named with its article in the test."""

GROUNDS: Mapping[str, str] = MappingProxyType(
    {
        "a": _("menghambat proses penegakan hukum"),
        "b": _("mengganggu hak atas kekayaan intelektual atau persaingan usaha yang sehat"),
        "c": _("membahayakan pertahanan dan keamanan negara"),
        "d": _("mengungkapkan kekayaan alam Indonesia"),
        "e": _("merugikan ketahanan ekonomi nasional"),
        "f": _("merugikan kepentingan hubungan luar negeri"),
        "g": _("mengungkapkan akta otentik yang bersifat pribadi, kemauan terakhir, atau wasiat"),
        "h": _("mengungkap rahasia pribadi"),
        "h1": _("rahasia pribadi: riwayat dan kondisi anggota keluarga"),
        "h2": _("rahasia pribadi: riwayat, kondisi, perawatan, dan pengobatan kesehatan"),
        "h3": _("rahasia pribadi: kondisi keuangan, aset, pendapatan, dan rekening bank"),
        "h4": _("rahasia pribadi: hasil evaluasi kemampuan, kecerdasan, dan rekomendasi"),
        "h5": _("rahasia pribadi: catatan pendidikan formal dan nonformal"),
        "i": _("memorandum atau surat antarbadan atau di dalam badan publik yang sifatnya rahasia"),
        "j": _("tidak boleh diungkapkan berdasarkan undang-undang lain"),
        NOT_HELD: _("belum dikuasai atau belum didokumentasikan"),
        STATUTE: _("undang-undang lain"),
    }
)
LETTERS = tuple(code for code in GROUNDS if code not in (NOT_HELD, STATUTE))
"""Article 17, in its order."""

NEVER_EXEMPT: Mapping[str, str] = MappingProxyType(
    {
        "verdict": _("putusan badan peradilan"),
        "policy": _("ketetapan, keputusan, peraturan, surat edaran, atau kebijakan lain"),
        "stopped": _("surat perintah penghentian penyidikan atau penuntutan"),
        "spending": _("rencana pengeluaran tahunan lembaga penegak hukum"),
        "accounts": _("laporan keuangan tahunan lembaga penegak hukum"),
        "recovered": _("laporan hasil pengembalian uang hasil korupsi"),
        "opened": _("informasi yang sudah dinyatakan terbuka lewat keberatan atau sengketa"),
    }
)
"""What article 18(1) never lets be exempt, letters a to g."""

EXCEPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "consent": _("pihak yang rahasianya diungkap setuju secara tertulis"),
        "office": _("berkaitan dengan kedudukan seseorang dalam jabatan publik"),
    }
)
"""When letters g and h do not hold (article 18(2); PP 61/2010, article 8(3))."""

OPENINGS: Mapping[str, str] = MappingProxyType(
    {
        "declared": _("ditetapkan PPID karena jangka waktunya hampir habis"),
        "needless": _("tidak perlu dikecualikan lagi"),
        "court": _("sudah dibuka dalam sidang pengadilan yang terbuka untuk umum"),
        "decision": _("diputuskan terbuka lewat keberatan, Komisi Informasi, atau pengadilan"),
    }
)
"""Why an exemption ends before its day (PP 61/2010, articles 5(2) and 11(1); UU 14/2008, article 11(2))."""

STATES: Mapping[str, str] = MappingProxyType(
    {
        "tested": _("baru diuji"),
        "classified": _("menunggu persetujuan kepala desa"),
        "exempt": _("dikecualikan"),
        "open": _("terbuka untuk umum"),
        "replaced": _("diganti uji yang baru"),
    }
)

_BY_REGULATION = frozenset("bgi")
_HAS_ARTICLE = re.compile(r"\b(pasal|ps\.?)\s*\d", re.IGNORECASE)
_POLICY = re.compile(r"\b(perdes|perkades|peraturan|keputusan|surat edaran|putusan pengadilan)\b", re.IGNORECASE)


@dataclass(frozen=True)
class ItemForm:
    """An entry of the list as the clerk filled it in; the field names are those the form on screen uses."""

    summary: str
    holder: str
    category: str = "anytime"
    producer: str = ""
    made_when: str = ""
    made_where: str = ""
    format: str = "hard"
    retention: str = ""
    project: bytes | None = None
    budget_year: int | None = None
    activity: str = ""
    exemption: bytes | None = None
    file_note: str = ""


ITEM_TEXTS = ("summary", "holder", "producer", "made_when", "made_where", "retention", "activity", "file_note")


def item_faults(form: ItemForm) -> dict[str, str]:
    """What is missing or wrong on an entry: field name -> sentence beside the field; empty where it may be kept."""
    faults: dict[str, str] = {}
    for field in ITEM_TEXTS:
        if len(getattr(form, field)) > LONGEST_TEXT:
            faults[field] = _("Paling banyak {most} huruf. Ringkas dulu.").format(most=LONGEST_TEXT)
    if not form.summary.strip():
        faults["summary"] = _("Tulis ringkasan isinya, misalnya: Peraturan Desa tentang APB Desa 2026.")
    if not form.holder.strip():
        faults["holder"] = _("Tulis siapa yang menyimpannya, misalnya: Kaur Keuangan.")
    if form.category == "exempt":
        faults["category"] = _("Informasi yang dikecualikan tidak masuk daftar publik. Catat di tab Dikecualikan.")
    elif form.category not in LISTED:
        faults["category"] = _("Pilih berkala, serta merta, atau setiap saat.")
    if form.format not in FORMATS:
        faults["format"] = _("Pilih kertas, berkas komputer, atau keduanya.")
    return faults


def gaps(form: ItemForm) -> tuple[str, ...]:
    """Columns of the list that are still empty, as people call them."""
    columns = (
        (form.producer, _("penanggung jawab")),
        (form.made_when, _("waktu pembuatan")),
        (form.made_where, _("tempat pembuatan")),
        (form.retention, _("jangka waktu penyimpanan")),
    )
    return tuple(words for text, words in columns if not text.strip())


def next_update(last: dt.date) -> dt.date:
    """The day a list that was gone through on `last` is gone through again: a month later."""
    year, month = (last.year + 1, 1) if last.month == 12 else (last.year, last.month + 1)
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return min(dt.date(year, month, 1) + dt.timedelta(days=last.day - 1), following - dt.timedelta(days=1))


def ground_name(code: str) -> str:
    """A ground as a letter cites it: `Pasal 17 huruf h angka 3`."""
    if code == NOT_HELD:
        return _("Pasal 6 ayat (3) huruf e")
    if code == STATUTE:
        return GROUNDS[STATUTE]
    number = _(" angka {number}").format(number=code[1:]) if code[1:] else ""
    return _("Pasal 17 huruf {letter}").format(letter=code[0]) + number


@dataclass(frozen=True)
class ConsequenceForm:
    """A consequence test as the clerk filled it in; the field names are those the form on screen uses."""

    kind: str
    detail: str
    letters: tuple[str, ...]
    if_open: str
    if_closed: str
    tested: dt.date
    ends: dt.date | None = None
    """The last exempt day; None as long as it is needed."""
    statute: str = ""
    period_basis: str = ""
    nature: str = ""
    """What of article 18(1) it is; "" where it is none of that."""
    replaces: bytes | None = None


def consequence_faults(form: ConsequenceForm, today: dt.date, since: dt.date | None = None) -> dict[str, str]:
    """What is missing or wrong on a test: field name -> sentence; empty where it may be kept.

    Args:
        form: the test.
        today: the desk's day.
        since: the first day the information was exempt, where this test takes the place of an earlier one.
    """
    faults = _text_faults(form) | _ground_faults(form) | period_faults(form, since)
    if form.tested > today:
        faults["tested"] = _("Uji dicatat untuk hari ini atau sebelumnya. Periksa tanggalnya.")
    return faults


def _text_faults(form: ConsequenceForm) -> dict[str, str]:
    faults: dict[str, str] = {}
    needed = (
        ("kind", _("Tulis jenis informasinya, tanpa nama orang, misalnya: Nomor rekening penerima bantuan.")),
        ("detail", _("Tulis dokumennya dan bagian mana yang dikecualikan.")),
        ("if_open", _("Tulis apa akibatnya bila informasi ini dibuka.")),
        ("if_closed", _("Tulis apa yang dilindungi bila informasi ini ditutup.")),
    )
    for field, sentence in needed:
        most = LONGEST_TEXT if field == "kind" else LONGEST_TEST
        if not getattr(form, field).strip():
            faults[field] = sentence
        elif len(getattr(form, field)) > most:
            faults[field] = _("Paling banyak {most} huruf. Ringkas dulu.").format(most=most)
    return faults


def _ground_faults(form: ConsequenceForm) -> dict[str, str]:
    faults: dict[str, str] = {}
    if form.nature:
        faults["nature"] = _never(form.nature)
    if NOT_HELD in form.letters:
        faults["letters"] = _("Informasi yang belum dikuasai tidak perlu diuji. Jawab permohonannya dengan alasan itu.")
    elif any(code not in LETTERS for code in form.letters):
        faults["letters"] = _("Pilih huruf yang ada dalam Pasal 17.")
    elif not form.letters and not form.statute.strip():
        faults["letters"] = _("Pilih huruf Pasal 17, atau tulis undang-undang lain beserta pasalnya.")
    if form.statute.strip() and not _HAS_ARTICLE.search(form.statute):
        faults["statute"] = _("Sebutkan pasalnya, misalnya: Pasal 84 UU 23/2006.")
    elif "j" in form.letters and not form.statute.strip():
        faults["statute"] = _("Huruf j merujuk undang-undang lain. Tulis undang-undang dan pasalnya.")
    return faults


def period_faults(form: ConsequenceForm, since: dt.date | None = None) -> dict[str, str]:
    """What is wrong with how long it is to be exempt, letter by letter (PP 61/2010, articles 5-9).

    Thirty years under letter a run from the first day of the exemption, so that new tests do not add up to more.
    """
    faults: dict[str, str] = {}
    if form.ends and form.ends <= form.tested:
        faults["ends"] = _("Jangka waktu berakhir sesudah hari ujinya. Periksa tanggalnya.")
    elif "a" in form.letters:
        last = years_after(min(form.tested, since or form.tested), MAX_YEARS_A)
        if form.ends is None:
            faults["ends"] = _("Huruf a paling lama 30 tahun. Tulis tanggal berakhirnya, paling lambat {day}.").format(
                day=long_date(last)
            )
        elif form.ends > last:
            faults["ends"] = _("Huruf a paling lama 30 tahun, jadi paling lambat {day}.").format(day=long_date(last))
    if _BY_REGULATION & set(form.letters) and not form.period_basis.strip():
        faults["period_basis"] = _("Jangka waktu huruf b, g, dan i mengikuti peraturan lain. Tulis peraturannya.")
    return faults


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def never_exempt_doubt(text: str) -> str:
    """A gentle remark where the words sound like something article 18(1) keeps open; never a refusal."""
    if _POLICY.search(text):
        return _("Peraturan, keputusan, dan putusan pengadilan tidak boleh dikecualikan. Periksa pilihan di bawah ini.")
    return ""


def _never(nature: str) -> str:
    what = NEVER_EXEMPT.get(nature)
    if what is None:
        return _("Pilih salah satu dari daftar.")
    return _("Ini {what}, yang tidak boleh dikecualikan (UU 14/2008 Pasal 18). Berikan kepada pemohon.").format(
        what=what
    )


@dataclass(frozen=True)
class Standing:
    """How an exemption stands: its grounds, its period, and the days of what happened to it."""

    letters: tuple[str, ...]
    statute: str
    tested: dt.date
    ends: dt.date | None = None
    classified: dt.date | None = None
    approved: dt.date | None = None
    opened: dt.date | None = None
    replaced: dt.date | None = None
    """When a newer test in its place was approved."""


def state_of(standing: Standing, today: dt.date) -> str:
    """Where an exemption stands on a day, one of `STATES`; after its last day it is open by itself (article 11(3))."""
    if standing.classified is None or standing.classified > today:
        return "tested"
    if standing.approved is None or standing.approved > today:
        return "classified"
    if standing.replaced is not None and standing.replaced <= today:
        return "replaced"
    if is_over(standing, today):
        return "open"
    return "exempt"


def is_over(standing: Standing, today: dt.date) -> bool:
    """Whether it was opened, or its last day has passed."""
    was_opened = standing.opened is not None and standing.opened <= today
    return was_opened or (standing.ends is not None and standing.ends < today)


def declare_by(ends: dt.date, calendar: Calendar) -> dt.date:
    """The last day with 30 working days left to the end: the PPID declares it open by then (article 11(2))."""
    day = ends
    while left(day, ends, calendar) < DECLARE_DAYS:
        day -= dt.timedelta(days=1)
    return day


def refusal_faults(
    grounds: Sequence[str], test: Standing | None, today: dt.date, *, nature: str = "", exception: str = ""
) -> dict[str, str]:
    """What keeps a request from being refused: field name -> sentence; empty where it may be.

    A refusal has a ground, and but for what is not held a test that is approved, not over, and covers it.

    Args:
        grounds: codes of `GROUNDS`.
        test: the consequence test the refusal rests on, None for none.
        today: the day of the decision.
        nature: what of article 18(1) was asked for, "" for none of that.
        exception: the exception of article 18(2) that applies to this request, "" for none.
    """
    if not grounds or any(code not in GROUNDS for code in grounds):
        return {"grounds": _("Pilih alasan penolakannya: Pasal 17, undang-undang lain, atau belum dikuasai.")}
    if NOT_HELD in grounds:
        if len(grounds) > 1:
            return {"grounds": _("Yang belum dikuasai tidak dapat sekaligus dikecualikan. Pilih salah satu.")}
        return {}
    faults: dict[str, str] = {}
    if nature:
        faults["nature"] = _never(nature)
    if exception and all(code[0] in "gh" for code in grounds):
        why = EXCEPTIONS.get(exception, exception)
        faults["exception"] = _("Pengecualian tidak berlaku: {why} (Pasal 18 ayat (2)). Berikan informasinya.").format(
            why=why
        )
    if fault := _test_fault(grounds, test, today):
        faults["test"] = fault
    return faults


def _test_fault(grounds: Sequence[str], test: Standing | None, today: dt.date) -> str:
    """Why a test does not carry a refusal; "" where it does."""
    if test is None:
        return _("Menolak perlu uji konsekuensi (UU 14/2008 Pasal 19). Pilih ujinya, atau buat di Daftar Informasi.")
    match state_of(test, today):
        case "tested":
            return _("Uji ini belum ditetapkan PPID. Tetapkan dulu di Daftar Informasi, tab Dikecualikan.")
        case "classified":
            return _("Uji ini belum disetujui kepala desa. Catat dulu persetujuannya di Daftar Informasi.")
        case "replaced":
            return _("Uji ini sudah diganti uji yang lebih baru. Pilih uji yang baru.")
        case "open":
            return _("Jangka waktunya sudah berakhir, jadi informasi ini terbuka. Berikan kepada pemohon.")
    missing = [ground_name(code) for code in grounds if not _covers(test, code)]
    if missing:
        return _("Uji ini tidak memuat {grounds}. Pilih uji atau alasan yang sesuai.").format(
            grounds=", ".join(missing)
        )
    return ""


def _covers(test: Standing, code: str) -> bool:
    """A test of letter h as a whole covers each of its numbers, and a number the letter."""
    if code == STATUTE:
        return bool(test.statute)
    if code == "h":
        return any(letter[0] == "h" for letter in test.letters)
    return code in test.letters or code[0] in test.letters


def period_words(ends: dt.date | None) -> str:
    """How long, as a letter says it."""
    return _("sampai dengan {day}").format(day=long_date(ends)) if ends else _("selama diperlukan")
