"""How a request is said: its state with the days left, and the story of its steps."""

from gettext import gettext as _

from desk.dates import long_date, short_date
from desk.foi import life, rules
from desk.foi.queries import Detail, Item, Line, Step
from desk.money import rupiah

CALM_STATES = ("withdrawn", "lapsed", "void", life.OLD_CLOSED)
"""Ended without an answer: neither open nor done."""


def state_words(line: Line) -> tuple[str, str]:
    """How urgent a request is: `late`, `soon`, `done` or `quiet`, and in words."""
    if line.days_left is None:
        return ("quiet" if line.state in CALM_STATES else "done"), life.STATES[line.state]
    if line.old:
        return "quiet", _("dari register lama")
    if line.days_left < 0:
        return "late", _("terlambat {days} hari kerja").format(days=-line.days_left)
    if line.days_left == 0:
        return "soon", _("jatuh tempo hari ini")
    words = _("{days} hari kerja lagi").format(days=line.days_left)
    return ("soon" if line.days_left <= rules.SOON_DAYS else "quiet"), words


def due_words(line: Line) -> str:
    """The due date as lists show it."""
    sure = "" if line.certain else _(" (perkiraan)")
    return f"{short_date(line.due)}{sure}"


def promise_words(detail: Detail) -> str:
    """What is owed by when, and the readings of the law where they differ."""
    line = detail.line
    if line.state not in life.OPEN_STATES:
        return life.STATES[line.state][0].upper() + life.STATES[line.state][1:]
    sure = "" if line.certain else _(" (perkiraan: libur tahun itu belum ditetapkan)")
    if line.old:
        return _("Dari register lama tanpa keputusan; batas waktunya waktu itu {due}").format(due=long_date(line.due))
    if line.state == "incomplete":
        return _("Menunggu pemohon melengkapi sampai {due}{sure}").format(due=long_date(line.due), sure=sure)
    said = _("Dijawab paling lambat {due}{sure}").format(due=long_date(line.due), sure=sure)
    if line.target < line.due:
        said += "\n" + _(
            "Usahakan paling lambat {target}: hari Sabtu dan cuti bersama dapat dibaca hari kerja."
        ).format(target=long_date(line.target))
    return said


def step_words(step: Step) -> str:
    """One step of the story in a sentence."""
    due = long_date(step.due) if step.due else ""
    bases = life.BASES.get(step.kind, {})
    if step.basis in life.OLD_BASES:
        return _old_words(step)
    if step.kind == "answered":
        return _answer_words(step)
    return _SENTENCES[step.kind].format(
        who=step.who,
        note=f" {step.note}" if step.note else "",
        due=due,
        basis=bases.get(step.basis, ""),
        fee=rupiah(step.fee) if step.fee else _("gratis"),
    )


def _old_words(step: Step) -> str:
    """A step that stood in the register kept before this desk; whoever took it over was not there."""
    what = life.OUTCOMES[step.outcome] if step.outcome else _OLD_STEPS[step.kind]
    note = f" {step.note}" if step.note else ""
    return _("{what}, menurut {basis}; diambil alih oleh {who}.{note}").format(
        what=what[0].upper() + what[1:], basis=life.OLD_BASES[step.basis], who=step.who, note=note
    )


_OLD_STEPS = {
    "registered": _("dicatat"), "incomplete": _("dicatat belum lengkap"), "handed_over": _("diserahkan"),
    "withdrawn": life.STATES["withdrawn"], "void": life.STATES["void"], "lapsed": life.STATES["lapsed"],
}  # fmt: skip


def _answer_words(step: Step) -> str:
    form = _(", bentuk {form}").format(form=rules.COPY_FORMS[step.form]) if step.form else ""
    fee = _(", biaya {fee}").format(fee=rupiah(step.fee)) if step.fee else ""
    note = f" {step.note}" if step.note else ""
    return _("Dijawab oleh {who}: {outcome}{form}{fee}.{note}").format(
        who=step.who, outcome=life.OUTCOMES[step.outcome], form=form, fee=fee, note=note
    )


def item_words(item: Item) -> str:
    """One thing asked for, with what was decided about it."""
    if item.decided is None:
        return item.sought
    more = ". ".join(text for text in (item.decided.elsewhere, item.decided.removed, item.decided.reason) if text)
    return f"{item.sought}\n→ {life.OUTCOMES[item.decided.outcome]}{f': {more}' if more else ''}"


_SENTENCES = {
    "registered": _("Dicatat dalam register oleh {who}."),
    "incomplete": _("Dicatat belum lengkap oleh {who}; dilengkapi paling lambat {due}."),
    "completed": _("Dilengkapi, diterima {who}; dijawab paling lambat {due}."),
    "assigned": _("Diteruskan oleh {who} kepada{note}."),
    "extended": _("Diperpanjang oleh {who} sampai {due}: {basis}.{note}"),
    "due_moved": _("Batas waktu menjadi {due} karena daftar hari libur berubah; dicatat {who}."),
    "ready": _("Siap diambil, biaya {fee}; dicatat {who}.{note}"),
    "handed_over": _("Diserahkan kepada pemohon oleh {who}.{note}"),
    "closed": _("Diselesaikan oleh {who}.{note}"),
    "reopened": _("Dibuka kembali oleh {who} sampai {due}: {basis}.{note}"),
    "withdrawn": _("Dicabut pemohon; dicatat {who}.{note}"),
    "lapsed": _("Dinyatakan gugur oleh {who}.{note}"),
    "void": _("Dibatalkan oleh {who}; nomornya tetap terpakai.{note}"),
    life.OLD_CLOSED: _("Ditutup dari register lama oleh {who}; tidak ada jawaban yang tercatat.{note}"),
}
