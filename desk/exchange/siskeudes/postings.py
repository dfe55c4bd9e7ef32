"""Which budget of a Siskeudes file is meant: one of its villages, years and postings; nothing is guessed.

What posting numbers mean (1 proposed, 2 as first decided, 3 amended) is read from the source of a program that works
on the same file, not from Siskeudes' maker; a file of Siskeudes V2 is untested.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from desk.budget.rules import Problem
from desk.dates import long_date
from desk.exchange.siskeudes.ledger import Ledger, Record, Value
from desk.store import DeskError

UNPOSTED, PROPOSED, DECIDED, AMENDED = range(4)
"""Postings; what has not been posted is the working copy in Ta_RABRinci, and has no number in Siskeudes. A number
above the last one is a later amendment."""
SOURCES = ("Ta_AnggaranRinci", "Ta_Anggaran")
"""Tables of posted lines, the detailed one first."""
COPIES = ("Ta_RABRinci", "Ta_RAB")
"""Tables of the working copy, the detailed one first."""


@dataclass(frozen=True)
class Choice:
    """What a person chose of a file; nothing chosen asks where there is more than one."""

    village: str = ""
    """`24.2005`, `2005` or `35.22.24.2005`."""
    posting: int | None = None


@dataclass(frozen=True)
class Posting:
    """One budget in a file."""

    village: str
    """As the file writes it, without the last dot: `24.2005`."""
    code: str
    """With province and regency where the file names them: `35.22.24.2005`."""
    name: str
    year: int
    number: int
    table: str
    """Where its lines stand."""
    lines: int
    posted_on: dt.date | None

    @property
    def choice(self) -> Choice:
        """Of all budgets of its year in the file, this one."""
        return Choice(self.village, self.number)

    @property
    def is_amendment(self) -> bool:
        """It has amounts before and after."""
        return self.number >= AMENDED

    @property
    def label(self) -> str:
        """`APBDes (posting 2)`, and whether it is less than decided."""
        return {
            UNPOSTED: _("rancangan, belum diposting"),
            PROPOSED: _("usulan (posting 1), masih rancangan"),
            DECIDED: _("APBDes (posting 2)"),
        }.get(self.number, _("perubahan APBDes (posting {number})").format(number=self.number))

    @property
    def title(self) -> str:
        """What a person chooses by: village, year, posting, and how much it is."""
        place = _("Desa {name} ({code})").format(name=self.name, code=self.village) if self.name else self.village
        told = _("{place} · {year} · {label} · {n} baris")
        words = told.format(place=place, year=self.year, label=self.label, n=self.lines)
        if self.posted_on:
            words += _(" · diposting {day}").format(day=long_date(self.posted_on))
        return words

    def holds(self, row: Record) -> bool:
        """Whether a row is of this village and year."""
        return bare(row.get("kd_desa")) == self.village and row.get("tahun") == str(self.year)


class Undecided(DeskError):  # noqa: N818 (a question, not a fault)
    """A file holds more than one budget, or none of the year; the choices go with it."""

    def __init__(self, sentence: str, choices: Sequence[Posting]) -> None:
        super().__init__(sentence)
        self.choices = tuple(choices)


def bare(value: Value) -> str:
    """A code without the dot it ends in."""
    return value.strip(" .") if isinstance(value, str) else ""


def postings(ledger: Ledger) -> list[Posting]:
    """Every budget of a file, by village, year and number."""
    counts: dict[tuple[str, str, int], dict[str, int]] = {}
    for table in (*SOURCES, *COPIES):
        for row in ledger.rows(table):
            number = number_of(row) if table in SOURCES else UNPOSTED
            if number is not None:
                found = counts.setdefault((bare(row.get("kd_desa")), str(row.get("tahun")), number), {})
                found[table] = found.get(table, 0) + 1
    names = {bare(row.get("kd_desa")): str(row.get("nama_desa") or "") for row in ledger.rows("Ref_Desa")}
    days = {_key(row): row.get("tglposting") for row in (*ledger.rows("Ta_Anggaran"), *ledger.rows("Ta_AnggaranLog"))}
    return [
        _posting(ledger, key, tables, names.get(key[0], ""), days.get(key))
        for key, tables in sorted(counts.items())
        if key[1].isdecimal()
    ]


def _posting(ledger: Ledger, key: tuple[str, str, int], tables: dict[str, int], name: str, day: Value) -> Posting:
    village, year, number = key
    table = next(t for t in (*SOURCES, *COPIES) if t in tables)
    posted_on = day if isinstance(day, dt.date) else None
    return Posting(village, _full_code(ledger, village), name, int(year), number, table, tables[table], posted_on)


def _full_code(ledger: Ledger, village: str) -> str:
    for row in ledger.rows("Ta_Pemda"):
        parts = [bare(row.get("kd_prov")), bare(row.get("kd_kab")), village]
        if all(parts):
            return ".".join(parts)
    return village


def _key(row: Record) -> tuple[str, str, int]:
    number = number_of(row)
    return bare(row.get("kd_desa")), str(row.get("tahun")), -1 if number is None else number


def number_of(row: Record) -> int | None:
    """The posting a row belongs to; None where it says none."""
    value = str(row.get("kdposting") or "").strip()
    return int(value) if value.isdecimal() and len(value) < 4 else None


def choose(found: Sequence[Posting], year: int, wanted: Choice) -> Posting:
    """The budget that is meant.

    A posting once decided comes before a proposal, a proposal before the working copy; between two that were decided
    the person chooses.

    Raises:
        Undecided: several are left, or none; with those a person can choose from.
    """
    of_year = [p for p in found if p.year == year]
    if not of_year:
        years = ", ".join(str(y) for y in sorted({p.year for p in found}))
        said = _("Berkas ini berisi tahun {years}, sedangkan yang dipilih {year}. Pilih tahunnya, lalu muat lagi.")
        raise Undecided(said.format(years=years, year=year), _offered(found))
    left = [p for p in of_year if not wanted.village or _is_village(p, wanted.village)]
    villages = sorted({(p.village, p.name) for p in left or of_year})
    if not left or len(villages) > 1:
        said = _(
            "Berkas ini berisi {n} desa untuk {year}: {villages}. Pilih satu dengan --village, misalnya {example}."
        )
        listed = ", ".join(f"{code} {name}".strip() for code, name in villages)
        facts = {"n": len(villages), "year": year, "villages": listed, "example": f"--village {villages[0][0]}"}
        raise Undecided(said.format(**facts), _offered(of_year))
    return _choose_posting(left, wanted.posting)


def _choose_posting(left: Sequence[Posting], number: int | None) -> Posting:
    if number is None:
        offered = _offered(left)
        if len(offered) == 1:
            return offered[0]
    else:
        offered = list(left)
        if chosen := next((p for p in left if p.number == number), None):
            return chosen
    said = _("Berkas ini berisi beberapa APBDes: {list}. Pilih satu dengan --posting, misalnya --posting {example}.")
    listed = "; ".join(f"{p.number} {p.label}" for p in offered)
    raise Undecided(said.format(list=listed, example=offered[-1].number), offered)


def _offered(found: Sequence[Posting]) -> list[Posting]:
    """Of each village and year the decided postings, else the proposal, else the working copy."""
    kept: list[Posting] = []
    for village, year in dict.fromkeys((p.village, p.year) for p in found):
        own = [p for p in found if (p.village, p.year) == (village, year)]
        posted = [p for p in own if p.number >= DECIDED]
        kept += posted or [max(own, key=lambda p: p.number)]
    return kept


def _is_village(posting: Posting, named: str) -> bool:
    code = bare(named)
    full = posting.code
    return bool(code) and (code == full or full.endswith(f".{code}"))


def half_posted(ledger: Ledger, chosen: Posting) -> Iterator[Problem]:
    """What of a posting is missing: its log, its details, or all of it."""
    if chosen.number == UNPOSTED:
        told = _(
            "Angka ini belum diposting di Siskeudes, jadi masih dapat berubah. Jangan tetapkan sebelum diposting "
            "dan dicocokkan dengan Peraturan Desa."
        )
        yield Problem(None, told)
    if chosen.number == PROPOSED:
        told = _("Posting 1 baru usulan, belum APBDes. Jangan tetapkan; muat lagi setelah diposting sebagai APBDes.")
        yield Problem(None, told)
    logged = {number_of(row) for row in ledger.rows("Ta_AnggaranLog") if chosen.holds(row)}
    if chosen.number != UNPOSTED and "Ta_AnggaranLog" in ledger.tables and chosen.number not in logged:
        told = _("Posting {number} tidak tercatat di log posting Siskeudes: mungkin belum selesai. Cocokkan jumlahnya.")
        yield Problem(None, told.format(number=chosen.number))
    if chosen.table == "Ta_Anggaran":
        told = _(
            "Rincian posting {number} tidak ada di berkas: yang dimuat jumlah per rekening, tanpa volume dan harga."
        )
        yield Problem(None, told.format(number=chosen.number))
    held = {p.number for p in postings(ledger) if (p.village, p.year) == (chosen.village, chosen.year)}
    for number in sorted(n for n in logged - held if n is not None):
        told = _("Posting {number} tercatat di log, tetapi isinya tidak ada di berkas.")
        yield Problem(None, told.format(number=number))
