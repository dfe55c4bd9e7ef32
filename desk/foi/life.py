"""The life of a request: its states, what leads from one to the next, the law's terms, and what is decided.

A state is what the events of a request add up to, and `_NEXT` is the whole table of them (requests.md). Lateness is
no state: it follows from the due date and the day. Articles are of UU 14/2008.
"""

import csv
import datetime as dt
import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from types import MappingProxyType

import resources
from desk.dip.rules import Standing, refusal_faults
from desk.foi.rules import COPY_FORMS, FIELD_LENGTH
from desk.workdays import Calendar, Due, due

SHORTEST_REASON = 10
"""Letters of a reason somebody else can still understand next year."""

STATES: Mapping[str, str] = MappingProxyType(
    {
        "incomplete": _("belum lengkap"),
        "registered": _("terdaftar"),
        "in_process": _("diproses"),
        "extended": _("diperpanjang"),
        "answered": _("sudah dijawab"),
        "ready": _("siap diambil"),
        "handed_over": _("sudah diserahkan"),
        "done": _("selesai"),
        "withdrawn": _("dicabut pemohon"),
        "lapsed": _("gugur"),
        "void": _("batal catat"),
        "old_closed": _("ditutup dari register lama"),
    }
)
OLD_CLOSED = "old_closed"
"""What was taken over without a decision and set aside with a reason: no answer is invented, and it may be reopened."""

OPEN_STATES = ("incomplete", "registered", "in_process", "extended")
"""The desk owes the citizen something by a date."""

ENDED_STATES = ("withdrawn", "lapsed", "void")
"""Nothing leads out of these; every other state has a way on."""

ACTS: Mapping[str, str] = MappingProxyType(
    {
        "completed": _("Lengkapi"),
        "answered": _("Beri jawaban"),
        "assigned": _("Teruskan ke pemegang informasi"),
        "extended": _("Perpanjang"),
        "ready": _("Siap diambil"),
        "handed_over": _("Serahkan"),
        "closed": _("Selesaikan"),
        "reopened": _("Buka kembali"),
        "due_moved": _("Pakai batas waktu baru"),
        "withdrawn": _("Pemohon mencabut"),
        "lapsed": _("Nyatakan gugur"),
        "void": _("Batal catat"),
    }
)
"""Kinds of events a person adds to a registered request, and what the button says."""

EXTENSION_BASES: Mapping[str, str] = MappingProxyType(
    {
        "not_held": _("informasi belum dikuasai"),
        "not_documented": _("informasi belum didokumentasikan"),
        "not_decided": _("belum diputuskan apakah dikecualikan"),
    }
)
"""What the statutory form lets an extension rest on (law.md section 1)."""

REOPENING_BASES: Mapping[str, str] = MappingProxyType(
    {
        "objection": _("keputusan keberatan"),
        "dispute": _("putusan Komisi Informasi"),
        "ppid": _("keputusan PPID sendiri"),
    }
)

OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "granted": _("diberikan"),
        "partly": _("diberikan sebagian"),
        "refused": _("ditolak karena dikecualikan"),
        "not_held": _("tidak dikuasai"),
        "public": _("sudah tersedia untuk umum"),
    }
)
GIVING = ("granted", "partly", "public")
"""Outcomes with which the citizen receives something."""

CONSIDERED: Mapping[str, str] = MappingProxyType(
    {
        "politics": _("politik"),
        "economy": _("ekonomi"),
        "society": _("sosial"),
        "culture": _("budaya"),
        "security": _("pertahanan dan keamanan negara"),
    }
)
"""What a written consideration is made up of, among other things (Art. 7(5)); none of them is obligatory."""

_WORKED_ON = ("registered", "in_process", "extended")
_DECIDED = ("answered", "ready", "handed_over")

_NEXT: Mapping[tuple[str, str], str] = MappingProxyType(
    {("", "registered"): "registered", ("", "incomplete"): "incomplete"}
    | {("incomplete", "completed"): "registered", ("incomplete", "lapsed"): "lapsed"}
    | {(state, "withdrawn"): "withdrawn" for state in OPEN_STATES}
    | {(state, "void"): "void" for state in OPEN_STATES}
    | {(state, "answered"): "answered" for state in _WORKED_ON}
    | {(state, "due_moved"): state for state in _WORKED_ON}
    | {("registered", "assigned"): "in_process", ("in_process", "assigned"): "in_process"}
    | {("extended", "assigned"): "extended"}
    | {("registered", "extended"): "extended", ("in_process", "extended"): "extended"}
    | {
        ("answered", "ready"): "ready",
        ("answered", "handed_over"): "handed_over",
        ("ready", "handed_over"): "handed_over",
    }
    | {(state, "closed"): "done" for state in _DECIDED}
    | {("registered", OLD_CLOSED): OLD_CLOSED}
    | {(state, "reopened"): "in_process" for state in (*_DECIDED, "done", OLD_CLOSED)}
)
"""State and kind of event -> the state after it (requests.md); all else does not happen."""


KINDS = tuple(sorted({kind for _state, kind in _NEXT}))
"""Every kind of event there is."""


@dataclass(frozen=True)
class Terms:
    """One edition of the law's terms, in working days; a request keeps the edition it was registered under."""

    version: str
    since: dt.date
    answer: int
    extension: int
    objection: int
    superior: int
    dispute: int
    source: str


@functools.cache
def editions() -> tuple[Terms, ...]:
    """Every edition shipped in `resources/terms.csv`, oldest first."""
    table = csv.DictReader(resources.path("terms.csv").read_text(encoding="utf-8").splitlines())
    made = (
        Terms(
            version=row["version"],
            since=dt.date.fromisoformat(row["since"]),
            answer=int(row["answer"]),
            extension=int(row["extension"]),
            objection=int(row["objection"]),
            superior=int(row["superior"]),
            dispute=int(row["dispute"]),
            source=row["source"],
        )
        for row in table
    )
    return tuple(sorted(made, key=lambda terms: terms.since))


def terms_on(day: dt.date) -> Terms:
    """The edition in force on a day; the first one for days before any."""
    return next((terms for terms in reversed(editions()) if terms.since <= day), editions()[0])


def terms_of(version: str) -> Terms:
    """The edition a request was registered under.

    Raises:
        KeyError: no edition of that name is shipped.
    """
    return {terms.version: terms for terms in editions()}[version]


def state_of(kinds: Iterable[str]) -> str:
    """The state a request is in after events of these kinds, oldest first.

    Raises:
        ValueError: an event does not follow from the state before it.
    """
    state = ""
    story: list[str] = []
    for kind in kinds:
        if (state, kind) not in _NEXT or _is_barred(kind, story):
            raise ValueError(f"{kind} does not follow {state or 'nothing'}")
        state = _NEXT[state, kind]
        story.append(kind)
    return state


def acts(kinds: Sequence[str]) -> tuple[str, ...]:
    """What may be done with a request after events of these kinds, in the order of `ACTS`."""
    state = state_of(kinds)
    return tuple(kind for kind in ACTS if (state, kind) in _NEXT and not _is_barred(kind, kinds))


def _is_barred(kind: str, story: Sequence[str]) -> bool:
    """What the story itself forbids, whatever the state.

    An extension is granted once; a record with a decision on paper is never void (requests.md, 6 and 11); a term that
    a decision or a ruling set does not move with the calendar.
    """
    barred = {"extended": "extended", "void": "answered", "due_moved": "reopened"}
    return barred.get(kind) in story


def refusal_of(kind: str, state: str) -> str:
    """Why an act is not open to a request in a state: the sentence the clerk reads."""
    if kind == "extended" and state == "extended":
        return _("Permohonan ini sudah diperpanjang; perpanjangan hanya satu kali. Beri jawaban.")
    if kind == "void":
        return _("Jawaban permohonan ini sudah keluar, jadi nomornya tidak dapat dibatalkan. Pakai Buka kembali.")
    return _("Permohonan ini {state}; langkah itu tidak berlaku lagi. Muat ulang permohonannya.").format(
        state=STATES[state]
    )


@dataclass(frozen=True)
class Decision:
    """What is decided about one thing asked for (Art. 22(7) a, b, c, e)."""

    item: bytes
    outcome: str = "granted"
    grounds: tuple[str, ...] = ()
    """Codes of `desk.dip.rules.GROUNDS` a refusal rests on: letters of article 17, or another statute."""
    test: bytes | None = None
    """The consequence test behind it (Art. 19)."""
    nature: str = ""
    """What of article 18(1) is asked for, which is never exempt."""
    exception: str = ""
    """The exception of article 18(2) that opens what letters g and h would close."""
    elsewhere: str = ""
    """The body that holds it, where it is known."""
    removed: str = ""
    """What was blackened, of a thing given in part: a line each, where it stands, a colon, and what it was."""
    reason: str = ""


def outcome_of(decisions: Sequence[Decision]) -> str:
    """The outcome of a request with several things asked for: the common one, else `partly`."""
    outcomes = {decision.outcome for decision in decisions}
    return outcomes.pop() if len(outcomes) == 1 else "partly"


def decision_faults(decision: Decision, test: Standing | None, today: dt.date) -> dict[str, str]:
    """What is missing on one decision: field -> sentence.

    Args:
        decision: as the clerk filled it in.
        test: where the consequence test it names stands; None where it names none.
        today: the day of the decision.
    """
    faults: dict[str, str] = {}
    if decision.outcome not in OUTCOMES:
        faults["outcome"] = _("Pilih keputusannya dari daftar.")
    if decision.outcome in ("refused", "partly"):
        faults |= refusal_faults(decision.grounds, test, today, nature=decision.nature, exception=decision.exception)
    places = blackened(decision.removed)
    if decision.outcome == "partly" and not (places and all(where and what for where, what in places)):
        faults["removed"] = _(
            "Tulis tiap bagian yang dihitamkan pada satu baris: di mana, titik dua, lalu apa. "
            "Misalnya: halaman 2: nomor rekening."
        )
    if decision.outcome in ("partly", "not_held") and not _is_reason(decision.reason):
        faults["reason"] = WRITE_REASON
    return faults


def blackened(removed: str) -> tuple[tuple[str, str], ...]:
    """What was blackened, line by line: where it stands and what it was; "" for a place nobody wrote down."""
    lines = (line.strip() for line in removed.splitlines() if line.strip())
    parted = (line.partition(":") if ":" in line else ("", "", line) for line in lines)
    return tuple((where.strip(), what.strip()) for where, _colon, what in parted)


def considered_faults(considered: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What is wrong with the grounds of a written consideration: kind -> sentence."""
    faults = {kind: _("Tulis pertimbangannya, atau hapus tandanya.") for kind, text in considered if not text.strip()}
    faults |= {
        kind: _("Paling banyak {most} huruf.").format(most=FIELD_LENGTH)
        for kind, text in considered
        if len(text) > FIELD_LENGTH
    }
    return faults | {kind: _("Pilih jenisnya dari daftar.") for kind, _text in considered if kind not in CONSIDERED}


def answer_faults(*, form: str, fee: Decimal, items: Sequence[bytes], decisions: Sequence[Decision]) -> dict[str, str]:
    """What is wrong with an answer beside its decisions: field name -> sentence; empty where it may be recorded.

    Args:
        form: key of `rules.COPY_FORMS`, wanted where something is given.
        fee: what the citizen pays, rupiah.
        items: ids of everything asked for.
        decisions: one for each of them.
    """
    faults: dict[str, str] = {}
    if sorted(decision.item for decision in decisions) != sorted(items):
        faults["outcome"] = _("Putuskan setiap hal yang diminta, masing-masing satu kali.")
    if any(decision.outcome in GIVING for decision in decisions) and form not in COPY_FORMS:
        faults["form"] = _("Pilih bentuk informasi yang diberikan: kertas atau berkas komputer.")
    if fee < 0:
        faults["fee"] = _("Biaya tidak boleh kurang dari nol.")
    return faults


def counted_due(rule: str, clock_from: dt.date, kinds: Sequence[str], calendar: Calendar) -> Due:
    """The due date a request would have under a calendar: its term, and its extension where there was one."""
    terms = terms_of(rule)
    since = max((i for i, kind in enumerate(kinds) if kind == "reopened"), default=0)
    extended = "extended" in kinds[since:]
    return due(clock_from, terms.answer + (terms.extension if extended else 0), calendar)


def _is_reason(text: str) -> bool:
    return len(text.strip()) >= SHORTEST_REASON


WRITE_REASON = _("Tulis alasannya dengan kalimat, paling sedikit sepuluh huruf.")

REASONED = ("extended", "void", "withdrawn", "lapsed", "reopened", OLD_CLOSED)
"""Acts that want their reason in words."""

BASES: Mapping[str, Mapping[str, str]] = MappingProxyType({"extended": EXTENSION_BASES, "reopened": REOPENING_BASES})
"""Acts that rest on one of a list."""

OLD_REGISTER, OLD_UNDATED = "old_register", "old_undated"
OLD_BASES: Mapping[str, str] = MappingProxyType(
    {OLD_REGISTER: _("register lama"), OLD_UNDATED: _("register lama, tanggalnya tidak tertulis")}
)
"""What an event rests on that was taken over from a paper register; an undated one stands on the day of registration,
which is no date to print or to count with."""


def step_faults(
    kind: str, *, day: dt.date, since: dt.date, today: dt.date, promised: dt.date, note: str = "", basis: str = ""
) -> dict[str, str]:
    """What is wrong with an act on a request: field name -> sentence; empty where it may be recorded.

    Args:
        kind: a key of `ACTS`.
        day: when it was done.
        since: the day of the last event before it.
        today: the desk's day.
        promised: the last day of the answer's term; an extension comes before it is over (Art. 22(8)).
        note: the reason in words.
        basis: key of `BASES` where the act has such a list.
    """
    faults: dict[str, str] = {}
    if day < since:
        faults["day"] = _("Tanggal ini mendahului langkah sebelumnya. Periksa tanggalnya.")
    if day > today:
        faults["day"] = _("Tanggal ini sesudah hari ini. Periksa juga tanggal komputer.")
    if kind == "extended" and day > promised and "day" not in faults:
        faults["day"] = _("Batas waktu sudah lewat, jadi tidak dapat diperpanjang lagi. Beri jawaban sekarang juga.")
    if kind in BASES and basis not in BASES[kind]:
        faults["basis"] = _("Pilih dasarnya dari daftar.")
    if kind in REASONED and not _is_reason(note):
        faults["note"] = WRITE_REASON
    if kind == "assigned" and not note.strip():
        faults["note"] = _("Tulis siapa yang memegang informasinya, misalnya: Kaur Keuangan.")
    if len(note) > FIELD_LENGTH:
        faults["note"] = _("Paling banyak {most} huruf.").format(most=FIELD_LENGTH)
    return faults
