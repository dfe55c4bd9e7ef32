"""The pages behind the start page, and what the status line says of the line; imported once the start page stands."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from desk import outbox
from desk.attachments import Sweep
from desk.dates import WIB, clock, short_date, zone
from desk.desk import Desk
from desk.drafts import Drafts
from desk.files import Files
from desk.vault import MakeKey, seal_of
from desk.village.queries import Profile, profile
from ui.budget.page import BudgetPage
from ui.dip.page import ListPage
from ui.foi.home import HomePage
from ui.foi.page import RequestsPage
from ui.instance import listen
from ui.objections.page import ObjectionsPage
from ui.parts.icons import icon
from ui.posters.page import PosterPage
from ui.privacy.page import PrivacyPage
from ui.projects.page import ProjectsPage
from ui.qtwords import put_words
from ui.registers.page import RegistersPage
from ui.reminders import Reminders
from ui.settings.page import SettingsPage
from ui.sync.page import SyncPage
from ui.village.recovery import KeyPage
from ui.village.wizard import Wizard
from ui.work import Work

__all__ = ["build", "glance", "listen", "put_icons", "put_words", "remind", "sweep", "unlock"]

ICONS = {
    "home": "home", "requests": "requests", "objections": "objections", "dip": "dip", "budget": "budget",
    "projects": "projects", "posters": "poster", "registers": "registers", "sync": "send", "settings": "settings",
}  # fmt: skip


def put_icons(buttons: Mapping[str, QPushButton]) -> None:
    """Give the navigation its icons: they are drawn after the first paint."""
    for key, button in buttons.items():
        button.setIcon(icon(ICONS[key]))


def unlock(desk: Desk) -> Drafts:
    """See that the village key is here, and make a new desk's; what was typed and not saved is sealed with it.

    Raises:
        KeyLost: this PC does not have the key; the way on is the page of the key.
    """
    desk.do(MakeKey())
    return Drafts(desk.folder, desk.ask(seal_of))


def sweep(desk: Desk, now: dt.datetime) -> None:
    """Remove files that no record has needed for a week."""
    desk.do(Sweep(Files(desk.folder, desk.ask(seal_of)), now))


def build(key: str, work: Work, now: Callable[[], dt.datetime], drafts: Drafts | None) -> QWidget:
    """The page of a navigation key, or the wizard; on the main thread, when it is first visited.

    `drafts` is None while the village key is not on this PC.
    """

    def today() -> dt.date:
        return now().date()

    match key:
        case "requests":
            return RequestsPage(work, today, now, drafts)
        case "objections":
            return ObjectionsPage(work, today, now, drafts)
        case "dip":
            return ListPage(work, today, now)
        case "budget":
            return BudgetPage(work, today)
        case "projects":
            return ProjectsPage(work, today)
        case "posters":
            return PosterPage(work, today, now)
        case "registers":
            return RegistersPage(work, today, now)
        case "sync":
            return SyncPage(work, today, now)
        case "settings":
            return SettingsPage(work, today)
        case "key":
            return KeyPage(work, now)
        case "privacy":
            return PrivacyPage(work, today, now, drafts)
        case "wizard":
            return Wizard(work, today, now)
    raise KeyError(key)


def remind(home: HomePage, work: Work, now: Callable[[], dt.datetime]) -> Reminders:
    """What lets the start page say what else waits."""
    return Reminders(home, work, now)


@dataclass(frozen=True)
class Glance:
    """What header and status line show: the village, and how far the district knows it."""

    village: Profile | None
    line: str


def glance(conn: Any, today: dt.date) -> Glance:
    """Look at the village and the outbox."""
    village, seen = profile(conn, today), outbox.waiting(conn)
    if not seen.enrolled:
        return Glance(village, _("belum tersambung ke kabupaten"))
    waits = (
        _("{count} catatan menunggu sambungan").format(count=seen.operations)
        if seen.operations
        else _("semua terkirim")
    )
    if seen.trouble:
        return Glance(village, f"{waits} · {seen.trouble}")
    if seen.synced_at is None:
        return Glance(village, waits)
    at = seen.synced_at.astimezone(zone(village.code) if village else WIB)
    return Glance(
        village, _("{waits} · terakhir {day} {hour}").format(waits=waits, day=short_date(at.date()), hour=clock(at))
    )
