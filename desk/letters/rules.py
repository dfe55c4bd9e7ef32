"""Which paper belongs to which step, and how its number is written; pure functions, no clock, no database."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from types import MappingProxyType

from desk.store import DeskError

LONGEST_PATTERN = 60
"""Letters of a pattern; a longer number does not fit the foot of a page."""

SERIES: Mapping[str, str] = MappingProxyType(
    {
        "letter": _("surat"),
        "decision": _("keputusan"),
        "record": _("berita acara dan tanda terima"),
        "note": _("nota"),
        "payment": _("kuitansi"),
        "superior": _("surat atasan PPID"),
    }
)
"""Kinds of letters that are counted on their own."""

PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        "letter": "{nomor}/PPID/{bulan}/{tahun}",
        "decision": "{nomor}/KEP-PPID/{bulan}/{tahun}",
        "record": "{nomor}/BA-PPID/{bulan}/{tahun}",
        "note": "{nomor}/ND-PPID/{bulan}/{tahun}",
        "payment": "{nomor}/KW-PPID/{bulan}/{tahun}",
        "superior": "{nomor}/ATASAN-PPID/{bulan}/{tahun}",
    }
)
"""What a village starts with; no law says how its letters are numbered."""

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its name, whose it is, and the series its number is from."""

    name: str
    about: str
    """`request`, `objection` or `exemption`."""
    series: str = ""
    """"" where it carries the number of the register, or the one the classification was given."""


PAPERS: Mapping[str, Kind] = MappingProxyType(
    {
        "receipt": Kind(_("tanda bukti"), "request"),
        "form": Kind(_("formulir permohonan"), "request"),
        "missing": Kind(_("surat kekurangan"), "request", "letter"),
        "holder_note": Kind(_("nota ke pemegang informasi"), "request", "note"),
        "extension": Kind(_("surat perpanjangan"), "request", "letter"),
        "changed_due": Kind(_("surat perubahan tanggal"), "request", "letter"),
        "notice": Kind(_("pemberitahuan tertulis"), "request", "letter"),
        "refusal": Kind(_("keputusan penolakan"), "request", "decision"),
        "consideration": Kind(_("pertimbangan tertulis"), "request", "decision"),
        "blackened": Kind(_("daftar penghitaman"), "request", "record"),
        "payment": Kind(_("kuitansi"), "request", "payment"),
        "handover": Kind(_("berita acara penyerahan"), "request", "record"),
        "withdrawal": Kind(_("tanda terima pencabutan"), "request", "record"),
        "void": Kind(_("tanda batal catat"), "request", "record"),
        "objection_receipt": Kind(_("tanda terima keberatan"), "objection"),
        "objection_form": Kind(_("formulir keberatan"), "objection"),
        "objection_answer": Kind(_("surat tanggapan"), "objection", "superior"),
        "agreement": Kind(_("berita acara musyawarah"), "objection", "record"),
        "classification": Kind(_("surat penetapan klasifikasi"), "exemption"),
    }
)

_STEPS: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {
        ("request", "registered"): ("receipt", "form"),
        ("request", "incomplete"): ("missing", "form"),
        ("request", "completed"): ("receipt", "form"),
        ("request", "assigned"): ("holder_note",),
        ("request", "extended"): ("extension",),
        ("request", "due_moved"): ("changed_due",),
        ("request", "answered"): ("notice", "refusal", "consideration", "blackened"),
        ("request", "ready"): ("payment",),
        ("request", "handed_over"): ("handover", "payment"),
        ("request", "withdrawn"): ("withdrawal",),
        ("request", "void"): ("void",),
        ("objection", "registered"): ("objection_receipt", "objection_form"),
        ("objection", "answered"): ("objection_answer",),
        ("objection", "settled"): ("agreement",),
        ("exemption", "classified"): ("classification",),
    }
)
"""Whose step and which -> its papers, the one the citizen waits for first."""

_ONLY_WHERE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "refusal": frozenset({"refused"}),
        "consideration": frozenset({"refused", "partly"}),
        "blackened": frozenset({"partly"}),
    }
)
"""Papers an answer has only where one of its decisions is such."""


def papers_of(about: str, step: str, outcomes: Sequence[str] = (), fee: Decimal | None = None) -> tuple[str, ...]:
    """The papers of a step, keys of `PAPERS`.

    Args:
        about: whose step: `request`, `objection` or `exemption`.
        step: the kind of its event.
        outcomes: of an answer, what was decided about each thing.
        fee: what is paid with this step, rupiah.
    """
    return tuple(
        kind
        for kind in _STEPS.get((about, step), ())
        if (kind not in _ONLY_WHERE or _ONLY_WHERE[kind] & set(outcomes)) and (kind != "payment" or fee)
    )


def check_issue(kind: str, papers: Sequence[str], day: dt.date, since: dt.date, today: dt.date) -> None:
    """Refuse a paper its step does not have, or one with a day before that step or after today.

    Raises:
        DeskError: with the sentence the clerk reads.
    """
    if kind not in papers:
        raise DeskError(_("Langkah ini tidak punya surat itu. Muat ulang catatannya, lalu pilih lagi."))
    if day < since:
        raise DeskError(_("Tanggal surat mendahului langkahnya. Pakai tanggal langkah itu atau sesudahnya."))
    if day > today:
        raise DeskError(_("Tanggal surat sesudah hari ini. Periksa juga tanggal komputer."))


def check_pattern(series: str, pattern: str, others: Mapping[str, str]) -> str:
    """A pattern as it is kept; refuse one that would give two letters the same number.

    Raises:
        DeskError: with the sentence the clerk reads.
    """
    pattern = "".join(pattern.split())
    if series not in SERIES:
        raise DeskError(_("Pilih jenis suratnya dari daftar."))
    if len(pattern) > LONGEST_PATTERN or not pattern.isprintable():
        raise DeskError(_("Pola nomor paling banyak {most} huruf.").format(most=LONGEST_PATTERN))
    rest = re.sub(r"\{(nomor|seri|bulan|tahun)\}", "", pattern)
    if "{" in rest or "}" in rest:
        raise DeskError(_("Yang dapat diisi hanya {nomor}, {seri}, {bulan}, dan {tahun}. Periksa kurung kurawalnya."))
    if pattern.count("{nomor}") != 1 or "{tahun}" not in pattern:
        raise DeskError(_("Pola perlu satu {nomor} dan {tahun}, misalnya: 470/{nomor}/PPID/{bulan}/{tahun}."))
    twin = next((name for name, other in others.items() if name != series and other == pattern), None)
    if twin is not None:
        raise DeskError(
            _("Pola ini sudah dipakai untuk {twin}. Bedakan satu huruf, supaya tidak ada dua nomor yang sama.").format(
                twin=SERIES[twin]
            )
        )
    return pattern


def numbered(pattern: str, number: int, life: str, day: dt.date) -> str:
    """The number as printed: `012/PPID/XI/2026`.

    From the second life of a desk on its letter stands behind the number where the pattern does not name it.
    """
    own = "" if life == "A" or "{seri}" in pattern else life
    parts = {"nomor": f"{number:03d}{own}", "seri": life, "bulan": ROMAN[day.month - 1], "tahun": str(day.year)}
    return re.sub(r"\{(nomor|seri|bulan|tahun)\}", lambda found: parts[found[1]], pattern)
