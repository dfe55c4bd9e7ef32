"""Open data as the file somebody asked for: which kinds there are, what is read for each, and what is said with it."""

import datetime as dt
import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Connection

from desk.budget.balance import gap_words
from desk.budget.queries import Version, versions
from desk.budget.queries import years as budget_years
from desk.durable import hand_out
from desk.exchange.opendata.oc4ids import project_package
from desk.exchange.opendata.package import budget_csv, data_package
from desk.exchange.opendata.published import DRAFT, INCOMPLETE, Edition, Published, budget
from desk.exchange.opendata.works import Works, works_of
from desk.projects.queries import years as work_years
from desk.store import DeskError
from desk.village.queries import place, prefix
from desk.village.rules import check_prefix


@dataclass(frozen=True)
class Kind:
    """One kind of file."""

    name: str
    what: str
    """What it is good for, in a sentence."""
    ending: str
    is_budget: bool
    """Made of a version of the budget; else of the activities."""


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "apbdes-xlsx": Kind(
            _("APBDes, lembar kerja"),
            _("Susunan lampiran Peraturan Desa (Permendagri 20/2018), untuk dicetak atau dibuka di lembar kerja."),
            ".xlsx",
            True,
        ),
        "apbdes-csv": Kind(
            _("APBDes, csv"), _("Satu tabel polos untuk dihitung atau dimuat program lain."), ".csv", True
        ),
        "datapackage": Kind(
            _("Paket data APBDes"),
            _("Semua versi, baris, dan realisasi dengan penjelasan tiap kolom (Data Package), untuk portal data."),
            ".zip",
            True,
        ),
        "oc4ids": Kind(
            _("Kegiatan dan kontrak"),
            _("Kegiatan, kontrak, kemajuan, dan permohonan tentangnya, tanpa nama pemohon (OC4IDS)."),
            ".json",
            False,
        ),
    }
)
"""Every kind of file, by the name the command line calls it."""


@dataclass(frozen=True)
class Wanted:
    """A file as somebody asks for it."""

    kind: str
    year: int
    as_of: dt.date
    ordinal: int | None = None
    """Of the version; None for the one in force, in a data package for all."""
    prefix: str = ""
    """Of OC4IDS ids, as registered; "" while there is none."""


@dataclass(frozen=True)
class Made:
    """The file, how many rows or activities it tells, and what whoever gets it should know."""

    content: bytes
    rows: int
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Offer:
    """What there is to choose from."""

    place: str
    """The village as it is called; "" until it is chosen."""
    budgets: Mapping[int, tuple[Version, ...]]
    """The versions of each year that has a budget."""
    works: tuple[int, ...]
    """Years with activities."""
    prefix: str
    """The registered prefix of OC4IDS ids."""

    def years(self, kind: str) -> tuple[int, ...]:
        """Years a kind of file can be made of, the latest first."""
        return tuple(sorted(self.budgets if KINDS[kind].is_budget else self.works, reverse=True))


def offer(conn: Connection) -> Offer:
    """What can be given out."""
    village = place(conn)
    return Offer(
        village.place_name if village else "",
        {year: tuple(versions(conn, year)) for year in budget_years(conn)},
        work_years(conn),
        prefix(conn),
    )


def gather(conn: Connection, wanted: Wanted, today: dt.date) -> Published | Works:
    """Read what a file is made of.

    Raises:
        DeskError: nothing to tell, a day to come, or a choice that does not fit the kind.
    """
    if wanted.as_of > today:
        raise DeskError(_("Keadaan sesudah hari ini belum diketahui. Pilih hari ini atau hari yang sudah lewat."))
    if not KINDS[wanted.kind].is_budget:
        if wanted.ordinal is not None:
            raise DeskError(_("Versi hanya dipilih untuk APBDes. Hapus pilihan versinya."))
        check_prefix(wanted.prefix)
        return works_of(conn, wanted.year, wanted.as_of)
    if wanted.prefix:
        raise DeskError(_("Awalan OC4IDS hanya untuk kegiatan dan kontrak. Hapus awalannya."))
    return budget(conn, wanted.year, wanted.as_of, wanted.ordinal, whole=wanted.kind == "datapackage")


def make(told: Published | Works, wanted: Wanted) -> Made:
    """The bytes of a file, and what to know of it; the same data are the same bytes."""
    said = [told.place.note] if told.place.note else []
    if isinstance(told, Works):
        said.append(_prefix_words(wanted.prefix))
        return Made(project_package(told, wanted.prefix), len(told.works), tuple(said))
    for edition in told.editions:
        said += _standing_words(edition)
    if wanted.kind == "datapackage":
        rows = sum(len(e.plain) for e in told.editions if e.standing != INCOMPLETE)
        return Made(data_package(told), rows, tuple(said))
    (edition,) = told.editions
    if wanted.kind == "apbdes-csv":
        return Made(budget_csv(told, edition), len(edition.lines), tuple(said))
    # openpyxl takes a tenth of a second to import, which no start has to spare.
    content: bytes = importlib.import_module("desk.exchange.opendata.book").budget_book(told, edition)
    return Made(content, len(edition.lines), tuple(said))


def check_ending(kind: str, path: Path) -> None:
    """Refuse a file name that says it is something else.

    Raises:
        DeskError: with the ending it needs.
    """
    ending = KINDS[kind].ending
    if path.suffix.casefold() != ending:
        raise DeskError(
            _("Nama berkas harus berakhiran {ending}, misalnya {kind}-2026{ending}.").format(ending=ending, kind=kind)
        )


def write(told: Published | Works, wanted: Wanted, path: Path) -> Made:
    """Make a file and write it where a person wants it.

    Raises:
        DeskError: another ending, or it cannot be written there.
    """
    check_ending(wanted.kind, path)
    made = make(told, wanted)
    hand_out(path, made.content)
    return made


def file_name(wanted: Wanted, village: str) -> str:
    """The file's name as a person would write it: `apbdes-csv Desa Pejambon 2026 per 22-11-2026.csv`."""
    version = "" if wanted.ordinal is None else _(" versi {n}").format(n=wanted.ordinal)
    return f"{wanted.kind} {village} {wanted.year}{version} per {wanted.as_of:%d-%m-%Y}{KINDS[wanted.kind].ending}"


def _standing_words(edition: Edition) -> list[str]:
    """What to know of a version before it is passed on."""
    gap = gap_words(edition.sums.surplus, edition.sums.balance)
    if edition.standing == DRAFT:
        said = _("{name} masih rancangan; berkasnya menyebutnya rancangan.").format(name=edition.name)
    elif edition.standing == INCOMPLETE:
        said = _("{name} belum lengkap diterima; tidak disebut ditetapkan. Tunggu kiriman berikutnya.").format(
            name=edition.name
        )
    else:
        said = ""
    return [*([said] if said else []), *([gap] if gap else [])]


def _prefix_words(prefix: str) -> str:
    if prefix:
        return _("Kode kegiatan memakai awalan {prefix}.").format(prefix=check_prefix(prefix))
    return _(
        "Kode kegiatan belum terdaftar: mintalah awalan OC4IDS untuk kabupaten kepada Open Contracting Partnership "
        "(data@open-contracting.org), lalu simpan lagi."
    )
