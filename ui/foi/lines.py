"""A request in a list: number, what is asked and by whom, the due date, and how urgent it is in words."""

from gettext import gettext as _

from desk.dates import day_and_month
from desk.foi.queries import Line
from ui.foi.words import due_words, state_words
from ui.parts.register import Face


def face(line: Line) -> Face:
    """What its row shows; where the list names nobody, the day it came stands instead."""
    kind, word = state_words(line)
    who = line.applicant or _("masuk {day}").format(day=day_and_month(line.received))
    due = due_words(line)
    return Face(
        line.label, who, " ".join(line.sought.split()), due, kind, word,
        spoken=", ".join((line.label, line.sought, who, word, due)),
    )  # fmt: skip
