"""Records for the posters of the information desk: its service, and the public list."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _
from itertools import pairwise

from sqlalchemy import Connection

from desk.dates import WEEKDAYS
from desk.dip import rules
from desk.dip.queries import exemptions, public_list
from desk.foi import life
from desk.paper.records import DipClass, DipLine, DipPoster, Notice, Opening, ServicePoster
from desk.paper.village import named, village_notices
from desk.store import DeskError
from desk.village.queries import Profile
from desk.village.rules import DayHours


def service_poster(known: Profile, on: dt.date, moment: dt.datetime, note: str) -> ServicePoster:
    """The service of the desk as it is on a day."""
    terms = life.terms_on(on)
    notices = list(village_notices(known))
    if not known.hours:
        notices.append(Notice("no_hours", _("Jam buka meja informasi belum diisi. Isi di Pengaturan.")))
    if known.ppid is None:
        notices.append(Notice("no_ppid", _("Petugas PPID belum diisi. Isi di Pengaturan.")))
    return ServicePoster(
        village=named(known),
        year=on.year,
        opening=_opening(known.hours),
        ppid=known.ppid.name if known.ppid else "",
        answer=terms.answer,
        extension=terms.extension,
        objection=terms.objection,
        superior=terms.superior,
        dispute=terms.dispute,
        printed_at=moment,
        legal_basis=_("UU 14/2008 tentang Keterbukaan Informasi Publik"),
        note=note,
        warnings=tuple(notices),
    )


def dip_poster(conn: Connection, known: Profile, on: dt.date, moment: dt.datetime, note: str) -> DipPoster:
    """The public list on a day, and what is exempt on it (UU 14/2008, articles 9 to 11; PP 61/2010, article 4).

    Raises:
        DeskError: the list is empty.
    """
    listed = public_list(conn, on)
    if not listed:
        raise DeskError(_("Daftar informasi publik masih kosong. Isi dulu di halaman Daftar Informasi."))
    classes = [
        DipClass(
            rules.CLASSES[name],
            tuple(
                DipLine(one.form.summary, one.form.holder, rules.FORMATS[one.form.format], one.made)
                for one in listed
                if one.form.category == name
            ),
        )
        for name in rules.LISTED
    ]
    kept = tuple(DipLine(test.kind, "", test.grounds, test.period) for test in exemptions(conn, on, "exempt"))
    classes.append(DipClass(rules.CLASSES["exempt"], kept))
    gaps = sum(bool(one.gaps) for one in listed)
    notices = [*village_notices(known)]
    if gaps:
        notices.append(Notice("gaps", _("{count} informasi belum lengkap kolomnya.").format(count=gaps)))
    return DipPoster(
        village=named(known),
        year=on.year,
        on=on,
        classes=(
            *(one for one in classes if one.lines),
            *([DipClass(rules.CLASSES["exempt"], tuple(kept))] if kept else []),
        ),
        printed_at=moment,
        legal_basis=_("UU 14/2008 tentang Keterbukaan Informasi Publik"),
        note=note,
        warnings=tuple(notices),
    )


def _opening(hours: Sequence[DayHours]) -> tuple[Opening, ...]:
    """Days that follow each other with the same hours, told together."""
    told: list[Opening] = []
    days = sorted(hours, key=lambda day: day.weekday)
    for place, day in enumerate(days):
        if place and _same_hours(days[place - 1], day):
            continue
        last = day
        for one, after in pairwise(days[place:]):
            if not _same_hours(one, after):
                break
            last = after
        between = "" if last is day else _(" sampai {day}").format(day=WEEKDAYS[last.weekday])
        words = _("{opens} sampai {closes}").format(opens=f"{day.opens:%H.%M}", closes=f"{day.closes:%H.%M}")
        if day.break_from and day.break_until:
            words += _(", istirahat {start} sampai {end}").format(
                start=f"{day.break_from:%H.%M}", end=f"{day.break_until:%H.%M}"
            )
        told.append(Opening(f"{WEEKDAYS[day.weekday]}{between}", words))
    return tuple(told)


def _same_hours(one: DayHours, after: DayHours) -> bool:
    """Whether `after` is the next day of the week and keeps the same hours."""
    return replace(one, weekday=one.weekday + 1) == after
