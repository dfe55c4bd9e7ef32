"""Records for the poster of the realisation."""

import datetime as dt
from collections.abc import Iterator
from gettext import gettext as _

from sqlalchemy import Connection

from desk.budget.queries import Version
from desk.dates import long_date
from desk.paper.records import BehindRow, Notice, RealisationPoster, RealisedRow
from desk.paper.titles import sentence_case
from desk.paper.village import named, village_notices
from desk.realisation.queries import Realised, realised
from desk.realisation.rules import year_end
from desk.store import DeskError
from desk.village.queries import Profile

STANDINGS = {
    "not_done": _("tidak dilaksanakan"),
    "unfinished": _("belum selesai"),
    "unpaid": _("selesai, belum dibayar"),
}
"""How an activity stands, as a reader reads it."""

STALE_DAYS = 180
"""Days after which a realisation is called old: villages report twice a year (PP 43/2014, article 103)."""


def realisation_poster(
    conn: Connection, known: Profile, year: int, on: dt.date, moment: dt.datetime, note: str
) -> RealisationPoster:
    """The realisation of a year up to a day, or to the year's end where that lies before.

    Raises:
        DeskError: a kelurahan, no budget, one that is not all here, or nothing realised yet.
    """
    if known.kind == "kelurahan":
        raise DeskError(
            _("Kelurahan tidak menyusun APB Desa; anggarannya ada di APBD kabupaten. Pilih poster daftar kegiatan.")
        )
    until = min(on, year_end(year))
    found = realised(conn, year, until)
    if found is None:
        raise DeskError(_("Belum ada APBDes tahun {year}. Muat dulu berkasnya di halaman APBDes.").format(year=year))
    if not found.is_complete:
        raise DeskError(_("APBDes {year} di meja ini belum lengkap. Kirim dan terima lagi dulu.").format(year=year))
    if found.until is None:
        raise DeskError(
            _("Belum ada realisasi tahun {year}. Isi dulu di halaman APBDes, tombol Realisasi.").format(year=year)
        )
    return RealisationPoster(
        village=named(known),
        year=year,
        until=until,
        known_until=found.until,
        rows=tuple(_rows(found)),
        remaining=found.parts["expenditure"].remaining,
        balance=found.parts["balance"].realised,
        behind=tuple(
            BehindRow(sentence_case(each.title), STANDINGS[each.state or each.finding or "unfinished"], each.reason)
            for each in found.behind
        ),
        printed_at=moment,
        legal_basis=_regulation(found.version),
        draft=found.version.is_draft,
        note=note,
        warnings=(*village_notices(known), *_notices(found, on)),
    )


def _rows(found: Realised) -> Iterator[RealisedRow]:
    """The three parts, and the fields of expenditure below it."""
    for name, title in (("revenue", _("PENDAPATAN")), ("expenditure", _("BELANJA"))):
        yield RealisedRow(title, found.parts[name].budget, found.parts[name].realised)
        if name == "expenditure":
            yield from (
                RealisedRow(sentence_case(f.title), f.figure.budget, f.figure.realised, detail=True)
                for f in found.fields
            )
    financing = found.parts["financing"]
    yield RealisedRow(_("PEMBIAYAAN (netto)"), financing.budget, financing.realised, barred=False)


def _regulation(version: Version) -> str:
    if version.enacted_on is None:
        return ""
    return _("{regulation} tanggal {day}").format(regulation=version.regulation, day=long_date(version.enacted_on))


def _notices(found: Realised, on: dt.date) -> Iterator[Notice]:
    """What the clerk should know of the figures before they hang."""
    if found.version.is_draft:
        yield Notice("draft", _("APBDes ini belum ditetapkan; poster bertuliskan RANCANGAN."))
    without = sum(not each.reason for each in found.behind)
    if without:
        told = _("{count} kegiatan belum selesai tanpa alasan. Isi di halaman APBDes, tombol Realisasi.")
        yield Notice("no_reason", told.format(count=without))
    if found.until is not None and (on - found.until).days > STALE_DAYS and on.year == found.year:
        yield Notice("stale", _("Realisasi terakhir {day}.").format(day=long_date(found.until)))
