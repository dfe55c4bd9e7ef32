"""How a request is said: its state with the days left, and the story of its steps."""

from gettext import gettext as _

from desk.dates import short_date
from desk.foi import rules
from desk.foi.queries import Line, Step
from desk.money import rupiah


def state_words(line: Line) -> tuple[str, str]:
    """How urgent a request is: `late`, `soon`, `done` or `quiet`, and in words."""
    if line.days_left is None:
        return "done", rules.STATES[line.state]
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


def step_words(step: Step) -> str:
    """One step of the story in a sentence."""
    if step.kind == "registered":
        return _("Dicatat dalam register oleh {who}.").format(who=step.who)
    form = rules.COPY_FORMS.get(step.form, "")
    fee = _(", biaya {fee}").format(fee=rupiah(step.fee)) if step.fee else ""
    note = f" {step.note}" if step.note else ""
    return _("Dijawab oleh {who}: {outcome}, bentuk {form}{fee}.{note}").format(
        who=step.who, outcome=rules.OUTCOMES[step.outcome], form=form, fee=fee, note=note
    )
