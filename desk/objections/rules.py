"""What the law asks of an objection: its seven grounds, its windows, its states; pure functions.

UU 14/2008: article 35 grounds and settlement, 36 the two terms of thirty working days, 37 the way to the Komisi
Informasi. An objection is never refused at the counter: what is late or early is recorded and flagged.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType

from desk import glyphs
from desk.foi.life import SHORTEST_REASON, WRITE_REASON, Terms
from desk.workdays import Calendar, due, readings

GROUNDS: Mapping[str, str] = MappingProxyType(
    {
        "a": _("permohonan ditolak karena informasinya dikecualikan"),
        "b": _("informasi berkala tidak disediakan"),
        "c": _("permohonan tidak ditanggapi"),
        "d": _("permohonan ditanggapi tidak sebagaimana yang diminta"),
        "e": _("permohonan tidak dipenuhi"),
        "f": _("biaya yang dikenakan tidak wajar"),
        "g": _("informasi disampaikan melebihi waktu yang diatur"),
    }
)
"""Article 35(1), letters a to g."""

SETTLEABLE = frozenset("bcdefg")
"""Grounds that both sides may settle by musyawarah (article 35(2))."""

CHANNELS: Mapping[str, str] = MappingProxyType(
    {"letter": _("surat"), "desk": _("datang langsung, ditulis sendiri"), "oral": _("lisan, ditulis petugas")}
)

STATES: Mapping[str, str] = MappingProxyType(
    {
        "registered": _("terdaftar"),
        "reviewing": _("ditelaah"),
        "settled": _("disepakati musyawarah"),
        "answered": _("sudah ditanggapi"),
        "disputed": _("sengketa di Komisi Informasi"),
        "ruled": _("sudah diputus Komisi Informasi"),
        "carried_out": _("sudah dilaksanakan"),
        "done": _("selesai"),
        "withdrawn": _("dicabut"),
    }
)
OPEN_STATES = ("registered", "reviewing")
"""The superior owes an answer by a date."""
ENDED_STATES = ("done", "withdrawn")

OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "upheld": _("menguatkan keputusan PPID"),
        "changed": _("mengabulkan keberatan"),
        "partly": _("mengabulkan sebagian"),
    }
)

ACTS: Mapping[str, str] = MappingProxyType(
    {
        "answered": _("Beri tanggapan"),
        "carried_out": _("Sudah dilaksanakan"),
        "closed": _("Selesaikan"),
        "reviewing": _("Mulai telaah"),
        "settled": _("Sepakat lewat musyawarah"),
        "filed": _("Pemohon mengajukan sengketa"),
        "mediation": _("Mediasi"),
        "adjudication": _("Ajudikasi"),
        "ruling": _("Putusan Komisi Informasi"),
        "withdrawn": _("Pemohon mencabut"),
    }
)
"""Kinds of events a person adds, the usual ones first, and what the button says."""

REASONED = ("settled", "ruling", "withdrawn")
"""Acts that want their words; so does an answer, whatever it says (article 36(3) for one that upholds)."""

_NEXT: Mapping[tuple[str, str], str] = MappingProxyType(
    {("", "registered"): "registered", ("registered", "reviewing"): "reviewing"}
    | {(state, "settled"): "settled" for state in OPEN_STATES}
    | {(state, "answered"): "answered" for state in OPEN_STATES}
    | {(state, "filed"): "disputed" for state in (*OPEN_STATES, "answered")}
    | {("disputed", kind): "disputed" for kind in ("mediation", "adjudication")}
    | {("disputed", "ruling"): "ruled"}
    | {(state, "carried_out"): "carried_out" for state in ("settled", "answered", "ruled")}
    | {(state, "closed"): "done" for state in ("settled", "answered", "ruled", "carried_out")}
    | {(state, "withdrawn"): "withdrawn" for state in (*OPEN_STATES, "disputed")}
)
"""State and kind of event -> the state after it; all else does not happen."""


KINDS = tuple(sorted({kind for _state, kind in _NEXT}))
"""Every kind of event there is."""


@dataclass(frozen=True)
class ObjectionForm:
    """The objection form (formulir keberatan) as the clerk filled it in; names are those of the form on screen."""

    received: dt.date
    registered: dt.date
    grounds: tuple[str, ...]
    matter: str
    channel: str = "letter"
    proxy_name: str = ""
    proxy_address: str = ""
    proxy_phone: str = ""
    late_entry_reason: str = ""


@dataclass(frozen=True)
class Window:
    """From when an objection on a ground may be brought, and its last day under any reading; None: at any time."""

    opens: dt.date | None
    closes: dt.date | None

    def flag(self, received: dt.date) -> str:
        """`early`, `late` or "": said beside the objection, and never a reason to send anybody away."""
        if self.opens is not None and received < self.opens:
            return "early"
        return "late" if self.closes is not None and received > self.closes else ""


def label(number: int, series: str, year: int) -> str:
    """The number of the objection register as printed: 003/KB/A/2026."""
    return f"{number:03d}/KB/{series}/{year}"


def form_faults(form: ObjectionForm, request_received: dt.date) -> dict[str, str]:
    """What is missing or wrong on a form: field name -> sentence; being late or early is neither."""
    faults: dict[str, str] = {}
    if not form.grounds or any(ground not in GROUNDS for ground in form.grounds):
        faults["grounds"] = _("Pilih paling sedikit satu alasan keberatan, huruf a sampai g.")
    if len(form.matter.strip()) < SHORTEST_REASON:
        faults["matter"] = _("Tulis duduk perkaranya seperti yang diceritakan pemohon.")
    if form.channel not in CHANNELS:
        faults["channel"] = _("Pilih salah satu dari daftar.")
    if form.proxy_name.strip() and not form.proxy_address.strip():
        faults["proxy_address"] = _("Tulis alamat kuasa pemohon.")
    if form.received > form.registered:
        faults["received"] = _("Tanggal terima tidak boleh sesudah hari ini. Periksa juga tanggal komputer.")
    elif form.received < request_received:
        faults["received"] = _("Keberatan ini mendahului permohonannya. Periksa tanggalnya.")
    elif form.received < form.registered and not form.late_entry_reason.strip():
        faults["late_entry_reason"] = _("Keberatan ini diterima sebelum hari ini. Tulis mengapa baru dicatat.")
    for field in ("matter", "proxy_name", "proxy_address", "proxy_phone", "late_entry_reason"):
        if unprintable := glyphs.fault(getattr(form, field)):
            faults[field] = unprintable
    return faults


def window(ground: str, promised: dt.date, answered: dt.date | None, terms: Terms, calendar: Calendar) -> Window:
    """When an objection on a ground may be brought (article 36(1): thirty working days after the ground is found).

    After a refusal it may be brought at once. Silence is a ground once the term of the answer is over.

    Args:
        ground: letter of article 35(1).
        promised: the last day of the answer's term.
        answered: the day of the written answer; None where there is none.
        terms: the edition the request was registered under.
        calendar: the village's working days.
    """
    if ground == "b":
        return Window(None, None)
    if ground == "c" or answered is None:
        opens = promised + dt.timedelta(days=1)
        return Window(opens, readings(promised, terms.objection, calendar)[1])
    return Window(answered, readings(answered, terms.objection, calendar)[1])


def dispute_until(answered: dt.date | None, due_by: dt.date, terms: Terms, calendar: Calendar) -> dt.date:
    """The last day to go to the Komisi Informasi: 14 working days after the superior's answer (article 37(2)).

    After silence it counts from the end of the superior's term (Perki 1/2013, article 13, read second-hand: law.md B).
    """
    return due(answered or due_by, terms.dispute, calendar).date


def state_of(kinds: Iterable[str]) -> str:
    """The state an objection is in after events of these kinds, oldest first.

    Raises:
        ValueError: an event does not follow from the state before it.
    """
    state = ""
    for kind in kinds:
        if (state, kind) not in _NEXT:
            raise ValueError(f"{kind} does not follow {state or 'nothing'}")
        state = _NEXT[state, kind]
    return state


def acts(kinds: Sequence[str], grounds: Sequence[str]) -> tuple[str, ...]:
    """What may be done now, in the order of `ACTS`; an objection on ground a is not settled by musyawarah."""
    state = state_of(kinds)
    can_settle = set(grounds) <= SETTLEABLE
    return tuple(kind for kind in ACTS if (state, kind) in _NEXT and (can_settle or kind != "settled"))


def step_faults(
    kind: str, *, day: dt.date, since: dt.date, today: dt.date, outcome: str = "", note: str = "", official: str = ""
) -> dict[str, str]:
    """What is wrong with an act on an objection: field name -> sentence; empty where it may be recorded."""
    faults: dict[str, str] = {}
    if day < since:
        faults["day"] = _("Tanggal ini mendahului langkah sebelumnya. Periksa tanggalnya.")
    if day > today:
        faults["day"] = _("Tanggal ini sesudah hari ini. Periksa juga tanggal komputer.")
    if kind in ("answered", "ruling") and outcome not in OUTCOMES:
        faults["outcome"] = _("Pilih putusannya dari daftar.")
    if kind == "answered" and not official.strip():
        faults["official"] = _("Tulis nama dan jabatan yang menanggapi.")
    if (kind == "answered" or kind in REASONED) and len(note.strip()) < SHORTEST_REASON:
        faults["note"] = WRITE_REASON
    return faults
