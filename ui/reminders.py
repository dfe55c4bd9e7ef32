"""What waits beside the requests: duties whose day has come, and forms that were never saved; each a line of Beranda.

Asked for once the pages stand, never before the first paint.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import QObject

from desk.dates import long_date
from desk.dip.queries import expiring, update_due
from desk.drafts import Draft, Drafts, Found
from desk.errors import DeskError
from desk.foi.queries import count_old, is_filed
from desk.foi.rules import SOON_DAYS, masked
from desk.log import Touched
from desk.objections.queries import filing, objections
from desk.objections.queries import is_filed as is_objection_filed
from desk.reports.queries import report_owed
from ui.foi.home import HomePage
from ui.work import Work

MOST_DRAFTS = 3
"""Forms that are named one by one; further ones are offered in their form, one after the other."""


@dataclass(frozen=True)
class Reminder:
    """One line of the start page, the page it leads to, and what is to be shown there."""

    words: str
    picture: str
    page: str
    show: Callable[[Any], None] = lambda _page: None


class Reminders(QObject):
    """Keeps the lines of the start page right: looked at when it is shown and when something was written."""

    def __init__(self, home: HomePage, work: Work, now: Callable[[], dt.datetime]) -> None:
        """Lives as long as the start page.

        Args:
            home: the start page.
            work: the threads.
            now: the clock; forms begun since it is first asked are not "left behind".
        """
        super().__init__(home)
        self._home, self._work, self._now, self._since = home, work, now, now()
        self._drafts: Drafts | None = None
        home.shown.connect(self.look)
        work.changed.connect(self._touched)

    def begin(self, drafts: Drafts | None) -> None:
        """Look from now on; `drafts` is None while the village key is not on this PC."""
        self._drafts = drafts
        self.look()

    def look(self) -> None:
        """Ask again."""
        if self._drafts is None:
            self._ask(Found((), ()))
        else:
            self._work.run(self._drafts.found, done=self._ask)

    def _touched(self, _changes: tuple[Touched, ...]) -> None:
        if self._home.isVisible():
            self.look()

    def _ask(self, found: Found) -> None:
        for sentence in found.troubles:
            self._work.failed.emit(DeskError(sentence))
        left = tuple(draft for draft in found.drafts if draft.at < self._since)
        self._work.ask(reminders, self._now(), left, done=self._home.show_reminders)


def reminders(conn: Any, now: dt.datetime, left: Sequence[Draft]) -> tuple[Reminder, ...]:
    """The lines of a moment: forms left behind first, then what has a day; none where nothing is due."""
    today = now.date()
    waiting = [line for draft in left for line in _of_draft(conn, draft, now)]
    duties = (
        _of_objections(conn, today), _of_old(conn, today), _of_report(conn, today), _of_list(conn, today),
        _of_exemptions(conn, today),
    )  # fmt: skip
    return (*waiting[:MOST_DRAFTS], *(line for lines in duties for line in lines))


def _of_draft(conn: Any, draft: Draft, now: dt.datetime) -> Iterator[Reminder]:
    """A form left behind, unless its record was written after all; whoever stood there is not named in full here."""
    about, _colon, token = draft.key.rpartition(":")
    at = draft.at.astimezone(now.tzinfo)
    when = f"{long_date(at.date())} {at:%H.%M}"
    if draft.kind == "foi.request" and not about and not is_filed(conn, bytes.fromhex(token)):
        words = _("Lanjutkan permohonan {name} yang belum disimpan, {when}")
        words = words.format(name=masked(draft.name) or _("tanpa nama"), when=when)
        yield Reminder(words, "edit", "requests", partial(_resume, draft.key))
    elif draft.kind == "objections.objection" and not is_objection_filed(conn, bytes.fromhex(token)):
        request = filing(conn, bytes.fromhex(about))
        if request is not None:
            words = _("Lanjutkan keberatan atas {label} yang belum disimpan, {when}")
            show = partial(_resume, draft.key, about=request.request)
            yield Reminder(words.format(label=request.label, when=when), "edit", "objections", show)


def _resume(key: str, page: Any, *, about: bytes | None = None) -> None:
    """Have a page offer a draft over its form."""
    if about is None:
        page.resume(key)
    else:
        page.resume(about, key)


def _of_objections(conn: Any, today: dt.date) -> Iterator[Reminder]:
    """The superior's answer has a legal day of its own: named like a request's, when it is near and when it is over."""
    near = [line for line in objections(conn, today) if line.days_left is not None and line.days_left <= SOON_DAYS]
    if near:
        first = near[0]
        words = (
            _("{count} keberatan menunggu tanggapan atasan PPID; {label} sudah lewat batasnya, {day}")
            if first.due < today
            else _("{count} keberatan menunggu tanggapan atasan PPID; {label} paling lambat {day}")
        )
        said = words.format(count=len(near), label=first.label, day=long_date(first.due))
        yield Reminder(said, "objections", "objections", lambda page: page.open(first.id))


def _of_old(conn: Any, today: dt.date) -> Iterator[Reminder]:
    count = count_old(conn, today)
    if count:
        words = _("{count} permohonan dari register lama tanpa keputusan: tutup sekaligus, atau jawab")
        yield Reminder(words.format(count=count), "import", "requests", lambda page: page.show_old())


def _of_report(conn: Any, today: dt.date) -> Iterator[Reminder]:
    owed = report_owed(conn, today)
    if owed is not None:
        words = (
            _("Laporan tahunan {year}: batasnya {day} sudah lewat, {count} bagian belum ditulis")
            if owed.due < today
            else _("Laporan tahunan {year} paling lambat {day}: {count} bagian belum ditulis")
        )
        said = words.format(year=owed.year, day=long_date(owed.due), count=owed.missing)
        yield Reminder(said, "registers", "registers", lambda page: page.show_report(owed.year))


def _of_list(conn: Any, today: dt.date) -> Iterator[Reminder]:
    update = update_due(conn, today)
    if update is not None and update.at <= today:
        words = _("Daftar informasi publik perlu dimutakhirkan, batasnya {day}")
        yield Reminder(words.format(day=long_date(update.at)), "dip", "dip", lambda page: page.show_public())


def _of_exemptions(conn: Any, today: dt.date) -> Iterator[Reminder]:
    near = expiring(conn, today)
    if near:
        ends = near[0].standing.ends
        words = _("{count} pengecualian segera berakhir, paling dekat {day}: nyatakan terbuka atau uji lagi")
        said = words.format(count=len(near), day=long_date(ends) if ends else "")
        yield Reminder(said, "calendar", "dip", lambda page: page.show_exempt())
