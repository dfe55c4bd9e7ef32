"""The notices of a breach, filled from its record: one for each person, and the agency's copy."""

import datetime as dt
from gettext import gettext as _

from sqlalchemy import Connection

from desk.dates import zone
from desk.paper.letters.records import Issue, Signature
from desk.paper.letters.slips import BreachNotice
from desk.paper.village import head_of
from desk.privacy import rules
from desk.privacy.queries import BreachDetail, Recipient, breach
from desk.store import DeskError
from desk.village.queries import profile


def notice(conn: Connection, of: bytes, to: Recipient | None, printed_at: dt.datetime) -> BreachNotice:
    """The record of a notice.

    Args:
        conn: the desk.
        of: the breach.
        to: whom it concerns, in clear; None for the agency.
        printed_at: the moment of printing, with a zone.

    Raises:
        DeskError: no village yet, or no such breach.
    """
    on, known = printed_at.date(), breach(conn, of)
    village, head = profile(conn, on), head_of(conn, on)
    if village is None or head is None:
        raise DeskError(_("Desa ini belum dipilih. Isi dulu nama desa di Pengaturan, lalu cetak lagi."))
    if known is None:
        raise DeskError(_("Catatan kebocoran itu tidak ada lagi. Muat ulang halaman, lalu pilih lagi."))
    here = zone(village.code)
    signer = Signature(village.head.title, village.head.name) if village.head else Signature(village.head_title)
    note = village.note
    return BreachNotice(
        issue=Issue(head, "", on, signer, printed_at.astimezone(here), note),
        to=to.name if to else known.agency,
        to_address=to.address if to else known.agency_address,
        known=known.known.astimezone(here),
        until=rules.until(known.known).astimezone(here),
        leaked=_leaked(known, to),
        when=known.happened,
        how=known.how,
        handling=rules.lines(known.handling),
        advice=rules.lines(known.advice) if to else (),
        contact=known.contact,
        late_reason=known.late_reason if printed_at > rules.until(known.known) else "",
    )


def _leaked(known: BreachDetail, to: Recipient | None) -> tuple[str, ...]:
    """Kinds of data; the agency reads as well of how many people, and never who."""
    kinds = rules.lines(known.leaked)
    return kinds if to else (*kinds, _("Jumlah orang yang datanya terungkap: {count}").format(count=len(known.people)))
