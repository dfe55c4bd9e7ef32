"""Records for papers, assembled from what the desk knows on the paper's date, with what the clerk should mend first."""

import datetime as dt
from collections.abc import Iterator, Sequence
from gettext import gettext as _

from sqlalchemy import Connection

from desk.budget.balance import gap_words
from desk.budget.queries import Figures as BudgetFigures
from desk.budget.queries import Node, Part, Summary, Version, complete, summary, tree, versions
from desk.budget.versions import arriving
from desk.dates import long_date, zone
from desk.foi import queries as foi
from desk.foi import rules as foi_rules
from desk.money import rupiah
from desk.paper.information import dip_poster, service_poster
from desk.paper.records import (
    ApbdesPoster,
    BudgetItem,
    BudgetPart,
    Figures,
    Notice,
    Poster,
    ProjectLine,
    ProjectPoster,
    Receipt,
)
from desk.paper.removed import with_removed
from desk.paper.spending import realisation_poster
from desk.paper.titles import sentence_case
from desk.paper.village import named, village_notices, village_on
from desk.projects.queries import ProjectRow, project_list
from desk.store import DeskError
from desk.village.queries import Profile

POSTERS = ("apbdes", "realisation", "projects", "ppid", "dip")
"""The kinds of poster this desk prints."""

MOST_EXECUTORS = 4
"""Names on the budget poster; where more carry activities out, the project list names each beside its activity."""

STALE_DAYS = 90
"""Days after which the progress of an unfinished activity is called old; a habit of the desk, not law."""


def poster(conn: Connection, kind: str, year: int, on: dt.date, printed_at: dt.datetime, note: str = "") -> Poster:
    """A poster of a budget year as it stands on a day.

    Args:
        conn: the desk, read-only.
        kind: one of POSTERS.
        year: the budget year.
        on: whose office, which version: what holds on this day.
        printed_at: the moment for the stamp, with a zone.
        note: a line for every sheet.

    Raises:
        DeskError: no village yet, nothing to show for the year, or a kind this village does not have.
    """
    known = village_on(conn, on)
    moment = printed_at.astimezone(zone(known.code))
    note = note or known.note
    if kind == "apbdes":
        return _apbdes(conn, known, year, on, moment, note)
    if kind == "projects":
        return _projects(conn, known, year, on, moment, note)
    if kind == "realisation":
        return realisation_poster(conn, known, year, on, moment, note)
    if kind == "ppid":
        return service_poster(known, on, moment, note)
    if kind == "dip":
        return dip_poster(conn, known, on, moment, note)
    raise DeskError(_("Poster {kind} tidak ada. Pilih {kinds}.").format(kind=kind, kinds=_(" atau ").join(POSTERS)))


def receipt_of(conn: Connection, request: bytes, printed_at: dt.datetime, officer: str = "", note: str = "") -> Receipt:
    """The receipt of a registered request; offices are named as they were held on the day it was registered.

    Raises:
        DeskError: no village yet, or no such request.
    """
    detail = foi.detail(conn, request, printed_at.date())
    person = foi.person(conn, request)
    if detail is None or person is None:
        raise DeskError(_("Permohonan ini tidak ada di register. Muat ulang halaman, lalu coba lagi."))
    known = village_on(conn, detail.registered)
    form = foi_rules.COPY_FORMS.get(detail.copy_form, "")
    access = foi_rules.ACCESS.get(detail.access, "")
    return Receipt(
        village=named(known),
        number=detail.line.label,
        received=detail.line.received,
        name=person.name,
        address=person.address,
        occupation=person.occupation,
        contact=" · ".join(text for text in (person.phone, person.email) if text),
        details=detail.line.sought,
        purpose=detail.purpose,
        obtain=f"{access} ({form})" if form else access,
        delivery=foi_rules.DELIVERIES.get(detail.delivery, ""),
        due=detail.line.due,
        due_certain=detail.line.certain,
        days=detail.strip,
        printed_at=printed_at.astimezone(zone(known.code)),
        ppid=known.ppid.name if known.ppid else "",
        officer=officer,
        note=note or known.note,
        warnings=() if known.ppid else (Notice("no_ppid", _("Petugas PPID belum diisi. Isi di Pengaturan.")),),
    )


def _apbdes(conn: Connection, known: Profile, year: int, on: dt.date, moment: dt.datetime, note: str) -> ApbdesPoster:
    if known.kind == "kelurahan":
        raise DeskError(
            _("Kelurahan tidak menyusun APB Desa; anggarannya ada di APBD kabupaten. Pilih poster daftar kegiatan.")
        )
    budget, coming = summary(conn, year), arriving(conn, year)
    if budget is None and coming is None:
        raise DeskError(_("Belum ada APBDes tahun {year}. Muat dulu berkasnya di halaman APBDes.").format(year=year))
    if budget is None or not _is_whole(conn, budget.version):
        raise DeskError(_("APBDes {year} di meja ini belum lengkap. Kirim dan terima lagi dulu.").format(year=year))
    version = budget.version
    amended = version.ordinal > 0
    rows = _rows(conn, version)
    executors = _executors(project_list(conn, year), year)
    return ApbdesPoster(
        village=named(known),
        year=year,
        revenue=_part(_("PENDAPATAN"), _("dari mana uangnya"), budget.revenue, amended, rows["revenue"]),
        expenditure=_part(_("BELANJA"), _("untuk apa dipakai"), budget.expenditure, amended, rows["expenditure"]),
        financing=_part(_("PEMBIAYAAN"), _("penutup selisih"), budget.financing, amended, rows["financing"]),
        surplus=_figures(budget.surplus, amended),
        balance=_figures(budget.balance, amended),
        realised_until=budget.until,
        printed_at=moment,
        legal_basis=_regulation(budget),
        amendment=version.ordinal,
        draft=version.is_draft,
        executors=executors,
        note=note,
        warnings=(*village_notices(known), *_coming_notices(coming), *_budget_notices(budget, executors, on)),
    )


def _is_whole(conn: Connection, version: Version) -> bool:
    """Whether all of a version is here, and of the one it amends, which stands beside it."""
    shown = [v for v in versions(conn, version.year) if v.ordinal in (version.ordinal - 1, version.ordinal)]
    return all(complete(conn, v.id) for v in shown)


def _coming_notices(coming: Version | None) -> Iterator[Notice]:
    """A later version that was enacted, and of which a part is still on its way."""
    if coming is not None:
        name = _("Perubahan ke-{n}").format(n=coming.ordinal) if coming.ordinal else _("APBDes awal")
        told = _("{name} sudah ditetapkan, tetapi belum lengkap di meja ini; poster ini memakai versi sebelumnya.")
        yield Notice("arriving", told.format(name=name))


def _regulation(budget: Summary) -> str:
    """The regulation the amounts were enacted by, with its day."""
    version = budget.version
    if version.enacted_on is None:
        return ""
    return _("{regulation} tanggal {day}").format(regulation=version.regulation, day=long_date(version.enacted_on))


Rows = tuple[Sequence[Node], Sequence[Node]]
"""The rows of a part before the amendment and in the version in force."""


def _rows(conn: Connection, version: Version) -> dict[str, Rows]:
    """The rows of the three parts; without an amendment none, for nothing was removed."""
    earlier = next((v for v in versions(conn, version.year) if v.ordinal == version.ordinal - 1), None)
    trees = (tree(conn, earlier.id), tree(conn, version.id)) if earlier else ([], [])
    sections = {"revenue": ("revenue",), "expenditure": ("expenditure",),
                "financing": ("financing", "receipts", "payments")}  # fmt: skip
    before, now = ({part: [n for n in nodes if n.section in of] for part, of in sections.items()} for nodes in trees)
    return {part: (before[part], now[part]) for part in sections}


def _part(name: str, gloss: str, part: Part, amended: bool, rows: Rows) -> BudgetPart:
    items = []
    for item, removed in with_removed(part.items, *rows):
        title = sentence_case(item.title)
        title = _("{name} (dihapus)").format(name=title) if removed else title
        items.append(BudgetItem(title, _figures(item.figures, amended), detail=item.depth > 0))
    return BudgetPart(name, gloss, _figures(part.total, amended), tuple(items))


def _figures(known: BudgetFigures, amended: bool) -> Figures:
    return Figures(known.amount, known.before if amended else None, known.realised)


def _executors(rows: Sequence[ProjectRow], year: int) -> str:
    """Who carries the year's activities out (Permendagri 20/2018, article 39 b); "" where nobody is named."""
    names = list(dict.fromkeys(row.executor for row in rows if row.executor))
    if len(names) > MOST_EXECUTORS:
        return _("tertera pada tiap kegiatan di papan Kegiatan Desa {year}").format(year=year)
    return "; ".join(names)


def _budget_notices(budget: Summary, executors: str, on: dt.date) -> Iterator[Notice]:
    """What the clerk should know of the budget before it hangs."""
    balance = budget.balance.amount
    parts = (budget.revenue, budget.expenditure, budget.financing)
    loose = sum(item.unspecified for part in parts for item in part.items)
    unknown = sum(item.figures.amount is None for part in parts for item in part.items)
    if budget.version.is_draft:
        yield Notice("draft", _("APBDes ini belum ditetapkan; poster bertuliskan RANCANGAN."))
    if balance is None:
        yield Notice("incomplete", _("Belum dapat dihitung apakah APBDes ini seimbang: ada bagian yang belum diisi."))
    elif balance:
        yield Notice("unbalanced", _("{gap}.").format(gap=gap_words(budget.surplus.amount, balance)))
    if unknown:
        yield Notice("unknown", _("Jumlah {count} baris belum diisi.").format(count=unknown))
    if loose:
        yield Notice("unspecified", _("{count} jumlah belum dirinci.").format(count=loose))
    if not executors:
        yield Notice("no_executor", _("Pelaksana kegiatan belum diisi. Isi di halaman Kegiatan."))
    if on.year > budget.year:
        yield Notice("stale", _("Ini APBDes tahun {year}; sekarang {now}.").format(year=budget.year, now=on.year))


def _projects(
    conn: Connection, known: Profile, year: int, on: dt.date, moment: dt.datetime, note: str
) -> ProjectPoster:
    rows = project_list(conn, year)
    if not rows:
        raise DeskError(_("Belum ada kegiatan tahun {year}. Tambahkan dulu di halaman Kegiatan.").format(year=year))
    return ProjectPoster(
        village=named(known),
        year=year,
        projects=tuple(_line(row) for row in rows),
        printed_at=moment,
        note=note,
        warnings=(*village_notices(known), *_project_notices(rows, on)),
    )


def _line(row: ProjectRow) -> ProjectLine:
    return ProjectLine(
        name=row.name,
        place=row.place,
        volume=row.amount_of_work,
        cost=row.cost,
        fund_source=_sources(row),
        executor=row.executor,
        responsible=row.responsible,
        starts=row.starts,
        ends=row.ends,
        percent=row.percent,
    )


def _sources(row: ProjectRow) -> str:
    """Who pays; each of several with what it pays, for source and amount belong together (Perki 1/2018, article 2)."""
    return ", ".join(f"{fund.source} {rupiah(fund.amount)}" for fund in row.funds) or row.fund_source


def _project_notices(rows: Sequence[ProjectRow], on: dt.date) -> Iterator[Notice]:
    """What the list lacks of name, place and amount (Permendes PDT 16/2025, article 10), and what has grown old."""
    for code, count, sentence in (
        ("no_place", sum(not r.place for r in rows), _("Lokasi {count} kegiatan belum diisi.")),
        ("no_cost", sum(r.cost is None for r in rows), _("Anggaran {count} kegiatan belum diisi.")),
        ("no_executor", sum(not r.executor for r in rows), _("Pelaksana {count} kegiatan belum diisi.")),
        ("stale", sum(_is_stale(r, on) for r in rows), _("Kemajuan {count} kegiatan sudah lama tidak diperbarui.")),
    ):
        if count:
            yield Notice(code, sentence.format(count=count))


def _is_stale(row: ProjectRow, on: dt.date) -> bool:
    """Begun, not finished, and not looked at for STALE_DAYS."""
    if row.percent == 100 or row.starts is None or row.starts > on:
        return False
    return (on - (row.percent_on or row.starts)).days > STALE_DAYS
