"""An objection in a list: number and request, the grounds in words, the date with its state, how urgent it is."""

from desk.objections.queries import Line
from ui.objections.words import brief_grounds, due_words, state_words
from ui.parts.register import Face


def face(line: Line) -> Face:
    """What its row shows."""
    kind, word = state_words(line)
    grounds, due = brief_grounds(line.grounds), due_words(line)
    return Face(
        line.label, line.request_label, grounds, due, kind, word,
        spoken=", ".join((line.label, line.request_label, grounds, due, word)),
    )  # fmt: skip
