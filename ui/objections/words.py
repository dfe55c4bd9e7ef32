"""How an objection is said: its state with the days left, its grounds, whether it is in time, and its story."""

import datetime as dt
from collections.abc import Sequence
from gettext import gettext as _

from desk.dates import WEEKDAYS, day_and_month, long_date, short_date
from desk.foi.rules import SOON_DAYS
from desk.objections import rules
from desk.objections.queries import Detail, Line, Step
from desk.objections.rules import Window
from desk.workdays import DayReason

CALM_STATES = ("withdrawn", "disputed", "ruled")
"""Neither waiting for the superior nor brought to its end."""

FLAGS = {
    "early": _(
        "Diajukan lebih awal: alasannya belum ada ketika keberatan diterima (Pasal 36 ayat (1) UU 14/2008). "
        "Tetap dicatat dan ditanggapi."
    ),
    "late": _(
        "Diajukan terlambat: lewat batas waktu sejak alasannya ditemukan (Pasal 36 ayat (1) UU 14/2008). "
        "Tetap dicatat dan diteruskan kepada atasan PPID."
    ),
}
"""What stands beside an objection that is out of time; it is never a refusal."""


def sentence(words: str) -> str:
    """The same with its first letter large."""
    return words[:1].upper() + words[1:]


def state_words(line: Line) -> tuple[str, str]:
    """How urgent an objection is: `late`, `soon`, `done` or `quiet`, and in words."""
    if line.days_left is None:
        return ("quiet" if line.state in CALM_STATES else "done"), rules.STATES[line.state]
    if line.days_left < 0:
        return "late", _("terlambat {days} hari kerja").format(days=-line.days_left)
    if line.days_left == 0:
        return "soon", _("jatuh tempo hari ini")
    words = _("{days} hari kerja lagi").format(days=line.days_left)
    return ("soon" if line.days_left <= SOON_DAYS else "quiet"), words


def due_words(line: Line) -> str:
    """Due date and state as lists show them; once the superior has answered, when it came."""
    if line.days_left is None:
        return _("diterima {day}").format(day=short_date(line.received))
    sure = "" if line.certain else _(" (perkiraan)")
    return f"{short_date(line.due)}{sure} · {rules.STATES[line.state]}"


def brief_grounds(grounds: Sequence[str]) -> str:
    """The grounds on one line, all letters before the words: a narrow list cuts words, never a letter."""
    return f"{', '.join(grounds)}. {sentence('; '.join(rules.GROUNDS[ground] for ground in grounds))}"


def grounds_words(grounds: Sequence[str]) -> str:
    """The grounds with their letters, a line each."""
    return "\n".join(f"{ground}. {sentence(rules.GROUNDS[ground])}" for ground in grounds)


def promise_words(detail: Detail, today: dt.date) -> str:
    """What the superior owes by when, and the readings of the law where they differ."""
    line = detail.line
    if line.state not in rules.OPEN_STATES:
        return _("{state}. Batas waktu tanggapan: {due}.").format(
            state=sentence(rules.STATES[line.state]), due=long_date(line.due)
        )
    sure = "" if line.certain else _(" (perkiraan: libur tahun itu belum ditetapkan)")
    said = _("Ditanggapi atasan PPID paling lambat {due}{sure}").format(due=long_date(line.due), sure=sure)
    if today <= line.target < line.due:
        said += "\n" + _(
            "Usahakan paling lambat {target}: cuti bersama dan hari Sabtu dapat dibaca sebagai hari kerja."
        ).format(target=long_date(line.target))
    return said


def dispute_words(detail: Detail, today: dt.date) -> str:
    """Until when the applicant may go to the Komisi Informasi; "" where that is not the question."""
    until = detail.dispute_until
    if until is None or detail.line.state not in (*rules.OPEN_STATES, "answered"):
        return ""
    if today > until:
        return _("Batas waktu mengajukan sengketa ke Komisi Informasi lewat pada {day} (Pasal 37 ayat (2)).").format(
            day=long_date(until)
        )
    return _("Pemohon dapat mengajukan sengketa ke Komisi Informasi sampai {day} (Pasal 37 ayat (2)).").format(
        day=long_date(until)
    )


def term_words(days: tuple[DayReason, ...]) -> str:
    """How the superior's days are counted, and which are not; weekends together, the rest by name."""
    skipped = [day for day in days if not day.counted]
    weekends = sorted({day.date.weekday() for day in skipped if day.reason in WEEKDAYS})
    named = [WEEKDAYS[weekday] for weekday in weekends]
    named += [f"{day.reason} ({long_date(day.date)})" for day in skipped if day.reason not in WEEKDAYS]
    said = _("{counted} hari kerja, mulai hari kerja pertama sesudah keberatan diterima.").format(
        counted=len(days) - len(skipped)
    )
    return said + (_(" Tidak dihitung: {days}.").format(days=", ".join(named)) if named else "")


def window_words(window: Window, received: dt.date) -> tuple[str, str]:
    """Whether a ground is in time on a day: `done`, `soon` (early) or `late`, and in a few words."""
    if window.opens is None or window.closes is None:
        return "done", _("kapan saja")
    match window.flag(received):
        case "early":
            return "soon", _("lebih awal, mulai {day}").format(day=_day(window.opens))
        case "late":
            return "late", _("terlambat, batasnya {day}").format(day=_day(window.closes))
    return "done", _("dalam waktu, sampai {day}").format(day=_day(window.closes))


def _day(day: dt.date) -> str:
    return f"{day_and_month(day)} {day.year}"


def step_words(step: Step) -> str:
    """One step of the story in a sentence, with what the applicant said to it."""
    said = _SENTENCES[step.kind].format(
        who=step.who,
        outcome=rules.OUTCOMES.get(step.outcome, ""),
        official=step.official,
        note=f" {step.note}" if step.note else "",
    )
    return said + (_(" Tanggapan pemohon: {reply}").format(reply=step.reply) if step.reply else "")


_SENTENCES = {
    "registered": _("Dicatat dalam register keberatan oleh {who}."),
    "reviewing": _("Mulai ditelaah; dicatat {who}.{note}"),
    "answered": _("Ditanggapi {official}: {outcome}. Dicatat {who}.{note}"),
    "settled": _("Disepakati lewat musyawarah; dicatat {who}.{note}"),
    "carried_out": _("Sudah dilaksanakan; dicatat {who}.{note}"),
    "closed": _("Diselesaikan oleh {who}.{note}"),
    "filed": _("Pemohon mengajukan sengketa ke Komisi Informasi; dicatat {who}.{note}"),
    "mediation": _("Mediasi di Komisi Informasi; dicatat {who}.{note}"),
    "adjudication": _("Ajudikasi di Komisi Informasi; dicatat {who}.{note}"),
    "ruling": _("Putusan Komisi Informasi: {outcome}. Dicatat {who}.{note}"),
    "withdrawn": _("Dicabut pemohon; dicatat {who}.{note}"),
}
