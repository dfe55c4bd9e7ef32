"""What the page of the line shows: how much waits and how large it is, how much went, and how the last round ended."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from desk import outbox
from desk.dates import WIB, clock, day_and_month, zone
from desk.village.queries import profile
from sync import wire
from sync.client.round import Round

NAMES = {
    "budget": _("APBDes"),
    "realisation": _("Realisasi APBDes"),
    "activity_note": _("Realisasi APBDes"),
    "project": _("Kegiatan"),
    "progress": _("Kegiatan"),
    "request": _("Permohonan, tanpa nama pemohon"),
}
"""How the beginning of a table's name is said to people; everything else is data of the village itself."""

EVERYTHING = 2**62
"""Bytes; no limit."""

KILO, MEGA = 1000, 1_000_000


@dataclass(frozen=True)
class State:
    """The line as one look at the desk shows it."""

    url: str
    """Of the district's server; "" before this desk has joined."""
    waiting: int
    sent: int
    """Operations the district has not, and has, acknowledged."""
    parts: tuple[tuple[str, int], ...]
    """What waits, by subject."""
    packed: int
    """Bytes of it on the line."""
    last: dt.datetime | None
    """When the district last had everything, in the village's zone."""
    trouble: str
    """Why the last round did not end; "" where it did."""


def state(conn: Any, today: dt.date) -> State:
    """Look at outbox and peer."""
    seen, peer, village = outbox.waiting(conn), outbox.peer_of(conn), profile(conn, today)
    if peer is None:
        return State("", seen.operations, 0, (), 0, None, "")
    told = [p.told for p in outbox.pending(conn, peer.inc, peer.acked, peer.acked_n, EVERYTHING)]
    parts = Counter(_subject(str(operation["e"])) for operation in told)
    packed = len(wire.pack({"ops": told})) if told else 0
    last = seen.synced_at and seen.synced_at.astimezone(zone(village.code) if village else WIB)
    return State(seen.url, seen.operations, seen.sent, tuple(parts.most_common()), packed, last, seen.trouble)


def when(moment: dt.datetime | None) -> tuple[str, str]:
    """Day and hour of the last round: `22 Nov 2026`, `09.12 WIB`."""
    if moment is None:
        return _("Belum pernah"), ""
    return f"{day_and_month(moment.date())} {moment.year}", _("pukul {clock}").format(clock=clock(moment))


def size(count: int) -> str:
    """Bytes as people read them: `820 byte`, `14 kB`, `1,2 MB`."""
    if count < KILO:
        return _("{count} byte").format(count=count)
    if count < MEGA:
        return _("{count} kB").format(count=round(count / KILO))
    return _("{count} MB").format(count=f"{count / MEGA:.1f}".replace(".", ","))


def round_words(done: Round) -> str:
    """A round in one plain sentence."""
    if not done.sent and not done.received:
        return _("Tidak ada yang baru. Desa dan kabupaten sudah sama.")
    parts: Sequence[str] = [
        text
        for count, text in (
            (done.sent, _("{count} catatan terkirim").format(count=number(done.sent))),
            (done.received, _("{count} catatan diterima").format(count=number(done.received))),
        )
        if count
    ]
    return _("{what} ({size}).").format(what=", ".join(parts), size=size(done.bytes_up + done.bytes_down))


def number(count: int) -> str:
    """A count with Indonesian groups: `12.345`."""
    return f"{count:,}".replace(",", ".")


def _subject(table: str) -> str:
    return next((name for start, name in NAMES.items() if table.startswith(start)), _("Data desa"))
