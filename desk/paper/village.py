"""The village as every paper names it on its day, and what every poster wants of its profile."""

import datetime as dt
from collections.abc import Iterator
from gettext import gettext as _

from sqlalchemy import Connection

from desk.paper.records import Notice, VillageHead
from desk.store import DeskError
from desk.village.queries import Profile, profile
from desk.village.rules import show_phone


def village_on(conn: Connection, on: dt.date) -> Profile:
    """The village on a day.

    Raises:
        DeskError: none was chosen yet.
    """
    known = profile(conn, on)
    if known is None:
        raise DeskError(_("Desa ini belum dipilih. Isi dulu nama desa di Pengaturan, lalu cetak lagi."))
    return known


def head_of(conn: Connection, on: dt.date) -> VillageHead | None:
    """The village as a paper's letterhead names it; None until the village is chosen."""
    known = profile(conn, on)
    return named(known) if known else None


def named(known: Profile) -> VillageHead:
    """The village with whoever heads it."""
    head = known.head
    return VillageHead(
        place=known.place_name,
        district=known.district,
        regency=known.regency,
        address=known.address,
        complaints=known.complaints,
        head_title=head.title if head else known.head_title,
        head_name=head.name if head else "",
        phone=show_phone(head.phone) if head and head.phone else "",
    )


def village_notices(known: Profile) -> Iterator[Notice]:
    """What every poster wants of the village's profile."""
    if known.head is None:
        yield Notice("no_head", _("{title} belum diisi. Isi di Pengaturan.").format(title=known.head_title))
    elif not known.head.phone:
        yield Notice(
            "no_phone",
            _("Nomor HP {title} belum diisi, padahal harus tampil di poster.").format(title=known.head.title),
        )
    if not known.complaints:
        yield Notice("no_complaints", _("Alamat pengaduan belum diisi. Isi di Pengaturan."))
