"""Queries over more than one version: any two beside each other, what is on its way, and the year before."""

from gettext import gettext as _

from sqlalchemy import Connection

from desk.budget.balance import Balance, Carried, by_fund, carried, gap_places
from desk.budget.compare import Comparison, compare
from desk.budget.queries import (
    Version,
    complete,
    in_force,
    lines_of,
    realised_of,
    realised_totals,
    totals,
    version,
    versions,
    years,
)
from desk.store import DeskError


def all_versions(conn: Connection) -> list[Version]:
    """Every version of every year, the newest first."""
    return [found for year in reversed(years(conn)) for found in reversed(versions(conn, year))]


def arriving(conn: Connection, year: int) -> Version | None:
    """The last enacted version of a year, where not all of it is here yet."""
    last = next((v for v in reversed(versions(conn, year)) if not v.is_draft), None)
    return None if last is None or complete(conn, last.id) else last


def comparison(conn: Connection, before: bytes, after: bytes) -> Comparison:
    """Any two versions side by side, of one year or of two.

    Raises:
        DeskError: an enacted one of which only a part is here.
    """
    for known in (version(conn, before), version(conn, after)):
        if known is not None and not known.is_draft and not complete(conn, known.id):
            raise DeskError(
                _("APBDes {year} di meja ini belum lengkap. Kirim dan terima lagi dulu.").format(year=known.year)
            )
    return compare(lines_of(conn, before), lines_of(conn, after))


def balance(conn: Connection, version_id: bytes) -> Balance | None:
    """Whether a version closes, fund by fund, and whether its SiLPA is what the year before left."""
    known = version(conn, version_id)
    if known is None:
        return None
    lines = lines_of(conn, version_id)
    earlier, (budgeted, places) = in_force(conn, known.year - 1), carried(lines)
    closing = realised_totals(conn, earlier.id).balance if earlier else None
    untils = [until for until, _amount in realised_of(conn, earlier.id).values()] if earlier else []
    of_before = Carried(known.year - 1, budgeted, closing, max(untils, default=None), places)
    return Balance(totals(conn, version_id), by_fund(lines), of_before, gap_places(lines))
