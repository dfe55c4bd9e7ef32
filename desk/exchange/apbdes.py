"""APBDes from a spreadsheet: found, read, placed, summed, checked; the import that window and command line share."""

import datetime as dt
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from pathlib import Path

from desk.budget.rules import BudgetTable, Problem, check_year
from desk.desk import Desk
from desk.exchange.controls import Control, controls
from desk.exchange.entries import Entry, read_entries, shown
from desk.exchange.headings import Heading, UnclearError, find_heading, guess_heading, with_roles
from desk.exchange.loading import ImportBudget, ImportReport
from desk.exchange.outline import outlined
from desk.exchange.places import EXAMPLE, check_places
from desk.exchange.sheet import Pasted, Sheet, Workbook, read_workbook
from desk.exchange.siskeudes.ledger import is_ledger
from desk.exchange.siskeudes.postings import Choice
from desk.exchange.siskeudes.reading import SiskeudesFile, read_siskeudes
from desk.exchange.sums import check_differences, check_results, close
from desk.exchange.tree import FIGURES, Tree, grow
from desk.layouts import remembered
from desk.money import Numbers, Style
from desk.store import DeskError
from desk.watch import Watch, unwatched

SECONDS = 10
"""Time a file has to be read and understood."""
_BUDGET_YEAR = re.compile(
    r"(?:tahun\s+anggaran|t\s*\.?\s*a\b\s*\.?|\bta\b|apb\s*desa?)\D{0,24}(20\d\d)\b", re.IGNORECASE
)
_ANY_YEAR = re.compile(r"\btahun\s*:?\s*(20\d\d)\b", re.IGNORECASE)
_SCALED = re.compile(r"\bdalam\s+(?:ribuan|jutaan|miliaran|milyaran)\b", re.IGNORECASE)
_ONLY_YEAR = re.compile(r"^\s*(20\d\d)\s*$")
_NUMBERED = re.compile(r"nomor|no\s*\.|tanggal", re.IGNORECASE)
_MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
    "desember",
)  # fmt: skip
_DAY = re.compile(rf"(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(20\d\d)", re.IGNORECASE)


@dataclass(frozen=True)
class BudgetFile:
    """A file that was read and understood: what the preview shows and the import writes."""

    name: str
    digest: str
    sheet: str
    """The sheet that was taken."""
    table: BudgetTable
    heading: Heading
    numbers: Numbers
    """How its amounts are written, by all of them."""
    told: Style | None
    """How doubtful ones are, as a person said."""
    is_remembered: bool
    """Its columns are taken for what a person said of this form before."""
    controls: tuple[Control, ...]
    """Every printed sum against its rows."""

    @property
    def is_asking(self) -> bool:
        """Nobody knows yet whether its doubtful amounts are thousands or decimals."""
        return self.numbers.style is None and self.told is None and self.numbers.doubtful != ""


@dataclass(frozen=True)
class Hints:
    """What a person says of a file that it does not say itself."""

    numbers: Style | None = None
    """How amounts are written that may mean two things."""
    layouts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What each column holds, by the fingerprint of the headings."""
    wanted: Choice = field(default_factory=Choice)
    """Which budget of a Siskeudes file, where it has several."""


def import_budget(
    desk: Desk,
    path: Path,
    year: int,
    by: str = "Petugas",
    dry_run: bool = False,
    regulation: str = "",
    enacted_on: dt.date | None = None,
    numbers: Style | None = None,
    watch: Watch = unwatched,
    wanted: Choice | None = None,
) -> ImportReport:
    """Read a file and load it as the budget of `year`; a dry run says what would happen and changes nothing.

    Args:
        desk: whose budget it becomes.
        path: a csv, xlsx or ods file, or one of Siskeudes: its Access file, or its tables as csv in a zip or folder.
        year: the budget year; a title that names another one refuses.
        by: who does it.
        dry_run: rehearse only; problems that block are listed instead of raised.
        regulation: number of the village regulation; without it the budget stays a draft.
        enacted_on: the regulation's day.
        numbers: how amounts are written where none of the file decides.
        watch: looks on, and may stop it.
        wanted: which budget of a Siskeudes file, where it has several.

    Raises:
        DeskError: not a budget, another year, or a problem that blocks; nothing was changed.
    """
    check_year(year)
    file = read_budget(path, year, Hints(numbers, desk.ask(remembered), wanted or Choice()), watch)
    command = ImportBudget(
        year, file.table, file.name, file.digest, regulation, enacted_on, controls=file.controls, watch=watch
    )
    if dry_run:
        return command.refused() if any(p.blocks for p in file.table.problems) else desk.rehearse(command, by).value
    return desk.do(command, by).value


def read_budget(source: Path | Pasted, year: int, hints: Hints | None = None, watch: Watch = unwatched) -> BudgetFile:
    """What a file or a pasted table says about a year's budget, outside any transaction.

    Raises:
        DeskError: not a spreadsheet, no heading, no amounts, or another year; with row and next step.
        UnclearError: a heading without a known column of amounts; `hints` may say which one it is.
        Undecided: a Siskeudes file with several budgets; `hints` may say which one is meant.
        Stopped: `watch` wished so.
    """
    hints = hints or Hints()
    if isinstance(source, Path) and is_ledger(source):
        return _of_siskeudes(read_siskeudes(source, year, hints.wanted, watch))
    watch = _in_time(watch, source.name)
    book = read_workbook(source, watch=watch)
    sheet, heading, others = _choose_sheet(book, year, hints)
    file = _file(book, sheet, heading, hints, watch)
    if others:
        names = ", ".join(f"“{name}”" for name in others)
        told = _("Baris {row}: lembar “{sheet}” yang dipakai; lembar {others} juga berisi tabel.").format(
            row=heading.first + 1, sheet=sheet.name, others=names
        )
        problems = (Problem(heading.first + 1, told), *file.table.problems)
        file = replace(file, table=replace(file.table, problems=problems))
    return file


def _in_time(watch: Watch, name: str) -> Watch:
    """A look that also ends a reading that takes too long: no table of a village does."""
    ends = time.monotonic() + SECONDS

    def look(done: int, total: int) -> None:
        if time.monotonic() > ends:
            raise DeskError(
                _("Berkas {name} belum selesai dibaca dalam {seconds} detik. Salin tabel APBDes saja ke berkas baru.")
                .format(name=name, seconds=SECONDS)
            )  # fmt: skip
        watch(done, total)

    return look


def _of_siskeudes(file: SiskeudesFile) -> BudgetFile:
    """Its tables have one form and its numbers one meaning, so nobody is asked of them."""
    heading = Heading(0, 0, {}, file.table.columns, frozenset(), (), 0, ())
    return BudgetFile(
        file.name, file.digest, file.posting.title, file.table, heading, Numbers(None), None, False, file.controls
    )


def _choose_sheet(book: Workbook, year: int, hints: Hints) -> tuple[Sheet, Heading, list[str]]:
    """The first sheet with a heading that is not of another year, and the names of others with one.

    Raises:
        DeskError: no sheet has a heading, or all that have one are of other years.
    """
    found: list[tuple[Sheet, Heading]] = []
    refusals: list[DeskError] = []
    for sheet in book.sheets:
        try:
            if heading := _heading(sheet, year, hints):
                _check_title(sheet, heading, year)
                found.append((sheet, heading))
        except DeskError as refusal:
            refusals.append(refusal)
    if found:
        return *found[0], [sheet.name for sheet, _heading in found[1:]]
    if refusals:
        raise next((r for r in refusals if not isinstance(r, UnclearError)), refusals[0])
    raise DeskError(
        _(
            "Baris 1 dan seterusnya: judul kolom tidak ditemukan di {name}. Tabelnya perlu kolom Kode, Uraian, dan "
            "Anggaran, misalnya {example}. Tambahkan judul itu, lalu muat lagi."
        ).format(name=book.name, example=EXAMPLE)
    )


def _heading(sheet: Sheet, year: int, hints: Hints) -> Heading | None:
    """The heading of a sheet, its columns as a person said of this form.

    Raises:
        UnclearError: there is one, and no column of it is known to hold the amounts.
    """
    heading = find_heading(sheet, year) or guess_heading(sheet)
    if heading is None:
        return None
    if roles := hints.layouts.get(heading.layout):
        return with_roles(heading, roles, sheet)
    if "amount" not in heading.spans:
        raise UnclearError(heading)
    return heading


def _check_title(sheet: Sheet, heading: Heading, year: int) -> None:
    """Refuse a table whose title is about another year, or about amounts in thousands.

    Raises:
        DeskError: with the row of the title.
    """
    for row, text in _titles(sheet, heading):
        if scaled := _SCALED.search(text):
            raise DeskError(
                _("Baris {row}: angkanya {unit}. Tulis dalam rupiah penuh, lalu muat lagi.").format(
                    row=row, unit=scaled.group().lower()
                )
            )
        years = _BUDGET_YEAR.findall(text) or ([] if _NUMBERED.search(text) else _ANY_YEAR.findall(text))
        years = years or _ONLY_YEAR.findall(text)
        if years and str(year) not in years:
            raise DeskError(
                _(
                    "Baris {row}: judulnya menyebut tahun {named}, sedangkan yang dipilih {year}. Pilih tahun {named}, "
                    "atau muat berkas tahun {year}."
                ).format(row=row, named=years[0], year=year)
            )


def _titles(sheet: Sheet, heading: Heading) -> Iterator[tuple[int, str]]:
    """The words of each row above the heading."""
    for number, row in enumerate(sheet.rows[: heading.first], 1):
        if text := " ".join(shown(cell) for cell in row if cell.value is not None):
            yield number, text


def _until(sheet: Sheet, heading: Heading) -> dt.date | None:
    """The day a realisation report goes up to, where its title says so: `s.d. 30 Juni 2026`."""
    for _row, text in _titles(sheet, heading):
        for day, month, year in _DAY.findall(text):
            try:
                return dt.date(int(year), _MONTHS.index(month.lower()) + 1, int(day))
            except ValueError:
                continue
    return None


def _turn_payments(tree: Tree) -> list[Problem]:
    """Payments of financing printed as negatives are taken as what they are: amounts that go out."""
    said: list[Problem] = []
    for column in FIGURES:
        nodes = [node for node in tree.nodes if node.section == "payments" and node.figure(column) is not None]
        figures = [node.entry.amounts[column] for node in nodes]
        if not any(figures) or max(figures) > 0:
            continue
        for node in nodes:
            turned = {**node.entry.amounts, column: -node.entry.amounts[column]}
            node.entry = replace(node.entry, amounts=turned)
        if not said:
            told = _("Baris {row}: pengeluaran pembiayaan tertulis negatif; dibaca sebagai jumlah yang dikeluarkan.")
            said.append(Problem(nodes[0].entry.row, told.format(row=nodes[0].entry.row)))
    return said


def _find_twins(entries: Sequence[Entry]) -> list[Problem]:
    """Rows with code that stand twice word for word, as a page break leaves them: both count, and it is said."""
    seen: dict[str, int] = {}
    said: list[Problem] = []
    for entry in entries:
        key = repr((entry.code, entry.title, sorted(entry.amounts.items()), sorted(entry.texts.items())))
        if not entry.code or not any(entry.amounts.values()):
            continue
        if key in seen:
            told = _("Baris {row}: sama persis dengan baris {other}; keduanya dihitung. Hapus bila tercetak dua kali.")
            said.append(Problem(entry.row, told.format(row=entry.row, other=seen[key])))
        seen.setdefault(key, entry.row)
    return said


def _nothing_counts(tree: Tree, *, has_codes: bool) -> str:
    """Why no row of a table counts."""
    if tree.strays and not has_codes:
        return _(
            "Baris {row}: tidak ada baris yang dikenali sebagai pendapatan, belanja, atau pembiayaan. Tambahkan kolom "
            "Kode, misalnya judul {example}, lalu muat lagi."
        )
    return _("Baris {row}: di bawah judul kolom tidak ada baris yang berisi jumlah. Periksa berkasnya.")


def _file(book: Workbook, sheet: Sheet, heading: Heading, hints: Hints, watch: Watch) -> BudgetFile:
    read = read_entries(sheet, heading, is_text=book.is_text, told=hints.numbers, watch=watch)
    has_codes = "code" in heading.spans
    entries, numbering = outlined(read.entries, has_codes=has_codes)
    tree = grow(entries, has_codes=has_codes, watch=watch)
    noted = [*_turn_payments(tree), *_find_twins(entries)]
    lines, differences = close(tree)
    has_amounts = any(line.kind != "total" and (line.amount, line.before) != (None, None) for line in lines)
    if not has_amounts and not any(p.blocks for p in read.problems):
        raise DeskError(_nothing_counts(tree, has_codes=has_codes).format(row=heading.last + 2, example=EXAMPLE))
    columns = [column for column in FIGURES if column in heading.spans]
    checked = check_results(lines, columns)
    placed = [*numbering, *check_places(tree, lines, heading.last + 1, has_codes=has_codes)]
    found = [*read.problems, *placed, *differences, *check_differences(entries), *checked, *noted]
    table = BudgetTable(
        tuple(lines),
        tuple(sorted(found, key=lambda p: (p.row or 0, not p.blocks))),
        heading.columns,
        "before" in heading.spans,
        "realised" in heading.spans,
        _until(sheet, heading) if "realised" in heading.spans else None,
    )
    return BudgetFile(
        book.name, book.digest, sheet.name, table, heading, read.numbers, hints.numbers,
        heading.layout in hints.layouts, tuple(controls(lines, columns)),
    )  # fmt: skip
