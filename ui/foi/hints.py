"""Beside the question of a form: what the public list and earlier answers have, so that a walk-in is helped at once."""

from collections.abc import Callable
from gettext import gettext as _
from textwrap import shorten

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desk.dates import long_date
from desk.dip.queries import Listed, matches
from desk.foi import life
from desk.foi.search import Earlier, earlier
from ui.parts.chip import Note
from ui.work import Work

PAUSE = 250
"""Milliseconds without a key after which the desk looks for answers."""

SHORTEST = 4
"""Letters of a question from which it is looked for."""

LONGEST = 120
"""Letters of an earlier question that are shown."""

MOST = 3
"""Entries offered of each kind: the citizen is waiting."""


class Hints(QWidget):
    """Nothing until something fits; then short sentences, and a way to the earlier request."""

    opened = Signal(bytes)
    """An earlier request is to be seen."""

    def __init__(self, typed: Callable[[], str], is_own: Callable[[bytes], bool]) -> None:
        """Follows what `typed` says; a request that `is_own` is the one being completed."""
        super().__init__()
        self._typed, self._is_own = typed, is_own
        self._work: Work | None = None
        self._first = b""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        self.public, self.answered, self.same = Note("done"), Note("done"), Note("soon")
        self.see = QPushButton()
        self.see.setProperty("kind", "link")
        self.see.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.see.clicked.connect(lambda: self.opened.emit(self._first))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.public, self.answered, self.same, self.see):
            column.addWidget(part)
        for note in (self.public, self.answered, self.same):
            for label in note.findChildren(QLabel):
                label.setTextFormat(Qt.TextFormat.PlainText)
        self.clear()

    def serve(self, work: Work) -> None:
        """Where to ask."""
        self._work = work

    def follow(self) -> None:
        """The question has changed."""
        self._pause.start()

    def clear(self) -> None:
        """Nothing to offer."""
        self.show_public(())
        self.show_earlier(())

    def show_public(self, items: tuple[Listed, ...]) -> None:
        """What anybody may have at once."""
        said = [_listed(item) for item in items]
        self.public.say(_("Sudah terbuka untuk umum:\n{items}").format(items="\n".join(said)) if said else "")
        self._fold()

    def show_earlier(self, found: tuple[Earlier, ...]) -> None:
        """The same question of somebody else, and answers given before."""
        found = tuple(one for one in found if not self._is_own(one.id))
        twin = next((one for one in found if one.is_same), None)
        self.same.say(_twin_words(twin) if twin else "")
        answers = [_answer_words(one) for one in found if one.outcome in life.GIVING]
        self.answered.say(_("Pernah dijawab:\n{answers}").format(answers="\n".join(answers)) if answers else "")
        self._first = found[0].id if found else b""
        self.see.setText(_("Buka {label}").format(label=found[0].label) if found else "")
        self.see.setVisible(bool(found))
        self._fold()

    def _ask(self) -> None:
        words = self._typed().strip()
        if self._work is None or len(words) < SHORTEST:
            self.clear()
            return
        self._work.ask(matches, words, MOST, done=self.show_public)
        self._work.ask(earlier, words, MOST, done=self.show_earlier)

    def _fold(self) -> None:
        has_some = any(note.text() for note in (self.public, self.answered, self.same))
        self.setVisible(has_some)
        if has_some:
            QTimer.singleShot(0, self, self._come_into_sight)

    def _come_into_sight(self) -> None:
        """On a small screen the question stands at the lower edge, and what answers it would be below."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None and self.isVisible():
            around.ensureWidgetVisible(self, 0, 8)


def _listed(item: Listed) -> str:
    where = _("ada di: {place}").format(place=item.form.file_note) if item.form.file_note else ""
    return " · ".join(part for part in (item.form.summary, item.form.holder, item.made, where) if part)


def _answer_words(one: Earlier) -> str:
    said = f"{one.label} · {shorten(one.sought, LONGEST)} · {life.OUTCOMES[one.outcome]}"
    return f"{said}: {one.note}" if one.note else said


def _twin_words(one: Earlier) -> str:
    said = _("Isi yang sama sudah diminta: {label}, diterima {day}. Pemohon lain tetap dicatat dengan nomor sendiri.")
    return said.format(label=one.label, day=long_date(one.received))
