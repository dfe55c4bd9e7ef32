"""The acts of the letters: a paper goes out under its number, and the village says how it writes its numbers."""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from typing import ClassVar

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from desk import log
from desk.letters import rules
from desk.letters.queries import Occasion, occasions, patterns
from desk.letters.tables import Letter, LetterPattern
from desk.store import DeskError
from desk.village.tables import fixed_id


@dataclass(frozen=True)
class Stamp:
    """What a paper bears of its issue."""

    label: str
    day: dt.date
    is_copy: bool = False
    """It went out before: this sheet says `salinan`."""


Draw = Callable[[Connection, Stamp], bytes]
"""Draws the PDF of a paper with what it bears."""


@dataclass(frozen=True)
class Sheet:
    """A paper that may leave the office now."""

    stamp: Stamp
    pdf: bytes


@dataclass(frozen=True)
class IssueLetter:
    """A paper of a step goes out; the same paper of the same step keeps its number and is a copy from then on.

    It is drawn before its number is kept: a paper that cannot be drawn takes none, so a series has no gap.
    """

    legal: ClassVar[bool] = True

    kind: str
    owner: bytes
    event: bytes
    day: dt.date
    draw: Draw

    def run(self, session: Session) -> Sheet:
        """Take the next number of the paper's series, draw the paper, keep what was drawn.

        Raises:
            DeskError: the step has no such paper, its day is wrong, or what it says is not known yet.
        """
        conn = session.connection()
        earlier = session.scalars(select(Letter).where(Letter.kind == self.kind, Letter.event == self.event)).first()
        if earlier is not None:
            again = Stamp(earlier.label, earlier.day, is_copy=True)
            return Sheet(again, self.draw(conn, again))
        frame = log.current(session)
        step = next((step for step in occasions(conn, self.owner) if step.id == self.event), None)
        if step is None:
            raise DeskError(_("Langkah itu tidak ada lagi. Muat ulang catatannya, lalu pilih lagi."))
        rules.check_issue(self.kind, step.papers, self.day, step.day, frame.at.date())
        letter = _numbered(session, self.kind, step, self.day)
        stamp = Stamp(letter.label, letter.day)
        pdf = self.draw(conn, stamp)
        letter.digest, letter.at, letter.who = hashlib.sha256(pdf).digest(), frame.at, frame.who
        session.add(letter)
        return Sheet(stamp, pdf)


@dataclass(frozen=True)
class PutPattern:
    """The village writes the numbers of a series in its own way from now on; what went out keeps its number."""

    series: str
    pattern: str

    def run(self, session: Session) -> str:
        """Keep the pattern; it comes back as it is kept."""
        pattern = rules.check_pattern(self.series, self.pattern, patterns(session.connection()))
        session.merge(LetterPattern(id=fixed_id(f"letter_pattern/{self.series}"), series=self.series, pattern=pattern))
        return pattern


def _numbered(session: Session, kind: str, step: Occasion, day: dt.date) -> Letter:
    """The letter with its number; not in the session until it is drawn."""
    series, life = rules.PAPERS[kind].series, log.current(session).letter
    about = {"kind": kind, "series": series, "life": life, "year": day.year, "day": day}
    letter = Letter(owner=step.owner, event=step.id, **about)
    if not series:
        letter.label = step.number
        return letter
    same = (Letter.year == day.year, Letter.series == series, Letter.life == life)
    letter.number = 1 + (session.scalar(select(func.max(Letter.number)).where(*same)) or 0)
    letter.label = rules.numbered(patterns(session.connection())[series], letter.number, life, day)
    taken = select(Letter.id).where(Letter.label == letter.label, Letter.series != "")
    if session.scalar(taken) is not None:
        raise DeskError(
            _("Nomor {label} sudah pernah dipakai. Ubah pola nomor {series}, lalu terbitkan lagi.").format(
                label=letter.label, series=rules.SERIES[series]
            )
        )
    return letter
