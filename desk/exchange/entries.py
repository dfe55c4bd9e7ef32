"""Rows of a recognised table as entries: code, words, exact amounts; blank rows and repeated headings left out."""

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from gettext import gettext as _

from desk.budget.rules import LARGEST_AMOUNT, Problem
from desk.exchange.headings import AMOUNTS, Heading, is_column_numbers, plain_words
from desk.exchange.scan import column_name
from desk.exchange.sheet import Cell, Sheet
from desk.money import Numbers, Style, both_ways, numbers_of, parse, rupiah
from desk.store import DeskError
from desk.watch import Watch, unwatched

_TEXTS = ("fund", "volume", "unit", "price")
_NOTHING = {"-", "–", "—", "nihil", "rp -", "rp. -", "rp-", "rp.-"}
"""What accountants write for zero."""
_CURRENCY = {"rp", "rp.", "idr"}
_FURNITURE = re.compile(r"\b(halaman|printed by|dicetak|tanggal cetak|page \d)", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}-[A-Za-z]{3}(-\d{2,4})?", re.ASCII)
_SPACED = re.compile(r"(?<![\d.,])\d{1,3}(?:[^\S\r\n]\d{3})+(?!\d)")
"""`1 234 567`, with whatever blank stands between the thousands."""
LONGEST_TEXT = 1000
"""Characters of a title; the longest of the annex has 180."""
_SLICE = 250
"""Rows between two looks at whether the person still wants them."""
_EXACT = Decimal(2**53)
"""Whole numbers up to here are exact in a spreadsheet's binary numbers (IEEE 754)."""


@dataclass
class Entry:
    """One row of the table."""

    row: int
    """As the spreadsheet numbers it, from 1."""
    code: str
    title: str
    amounts: dict[str, Decimal] = field(default_factory=dict)
    """By role; a role that is missing was blank."""
    texts: dict[str, str] = field(default_factory=dict)
    depth: int = 0
    """How deep the number of the row stands in a table that is numbered like a list; 0 elsewhere."""

    @property
    def has_figures(self) -> bool:
        """Whether a figure of the budget or its realisation stands in the row."""
        return bool({"before", "amount", "realised"} & self.amounts.keys())


@dataclass(frozen=True)
class Rows:
    """The rows of a table as they were read."""

    entries: list[Entry]
    problems: list[Problem]
    numbers: Numbers
    """How the table's amounts are written, by all of them."""


def read_entries(
    sheet: Sheet, heading: Heading, *, is_text: bool, told: Style | None = None, watch: Watch = unwatched
) -> Rows:
    """The table's rows, and what could not be read in them.

    Args:
        sheet: with the heading in it.
        heading: from `find_heading`.
        is_text: a csv file, where a row wider than the heading means that a separator stands inside an amount.
        told: how amounts are written that may mean two things, as a person says; None asks for it.
        watch: looks on, and may stop it.
    """
    body = [(number, row) for number, row in enumerate(sheet.rows[heading.last + 1 :], heading.last + 2)]
    above = {plain_words(c.value) for row in sheet.rows[: heading.first] for c in row} - {""}
    rows = [(number, row) for number, row in body if not _is_furniture(row, heading, above)]
    reader = _Reader(heading, rows, told)
    entries: list[Entry] = []
    for number, row in rows:
        if not len(entries) % _SLICE:
            watch(len(entries), 2 * len(rows))
        entries.append(reader.entry(number, row, is_text=is_text))
    last = max((place for place, entry in enumerate(entries) if entry.has_figures), default=-1)
    while last + 1 < len(entries) and _belongs(entries[max(last, 0)], entries[last + 1]):
        last += 1
    kept = entries[: last + 1]
    ends = kept[-1].row if kept else 0
    problems = [p for p in reader.problems if p.row is None or p.row <= ends]
    return Rows(_joined(kept), [*reader.question, *problems, *_formulas(rows, heading, ends)], reader.numbers)


def _belongs(before: Entry, entry: Entry) -> bool:
    """Whether a row without figures after the last one with figures is still of the table, not of a signature."""
    return bool(re.match(r"\d", entry.code)) or (not entry.code and _continues(before.title, entry.title))


def _is_furniture(row: Sequence[Cell], heading: Heading, above: set[str]) -> bool:
    """Blank rows, headings and titles repeated on a later page, column numbers, page numbers."""
    filled = [cell for cell in row if cell.value is not None or cell.formula]
    if not filled or is_column_numbers(row):
        return True
    words = [plain_words(cell.value) for cell in filled]
    if all(words) and (set(words) <= heading.words or (set(words) <= above and words[0] not in _PARTS)):
        return True
    return len(filled) < 4 and any(isinstance(c.value, str) and bool(_FURNITURE.search(c.value)) for c in filled)


_PARTS = ("pendapatan", "belanja", "pembiayaan")


class _Reader:
    """Reads cells by their column's role and style, and notes what is wrong with them."""

    def __init__(self, heading: Heading, rows: Sequence[tuple[int, Sequence[Cell]]], told: Style | None) -> None:
        self._spans, self._width = heading.spans, heading.width
        self._roles = [role for role in AMOUNTS if role in self._spans]
        self._texts = [role for role in _TEXTS if role in self._spans]
        self.problems: list[Problem] = []
        written = [(number, text) for number, row in rows for role in self._roles for text in self._written(row, role)]
        prices = numbers_of(text for _number, row in rows for text in self._written(row, "price"))
        found = numbers_of(text for _number, text in written)
        # Prices are amounts too, and decide where the sums do not; a doubtful price alone changes no sum.
        self.numbers = found if found.style or (prices.style is None) else Numbers(prices.style, found.doubtful)
        self._style = self.numbers.style or told
        self._is_told = self.numbers.style is None and told is not None
        self.question = self._asked(written) if self._style is None and self.numbers.doubtful else []

    def _written(self, row: Sequence[Cell], role: str) -> list[str]:
        """The amounts of a role that are texts."""
        return [_closed_up(c.value) for c in self._cells(row, role) if isinstance(c.value, str)]

    def _asked(self, written: Sequence[tuple[int, str]]) -> list[Problem]:
        """The one question that stands before all: thousands or decimals?"""
        doubtful = self.numbers.doubtful
        row = next(number for number, text in written if text == doubtful)
        means = both_ways(doubtful)
        asked = _(
            "Baris {row}: “{text}” bisa dibaca dua cara: {dot} menurut gaya Indonesia, {comma} menurut gaya Inggris. "
            "Pilih gaya angkanya; di baris perintah: --numbers id atau --numbers en."
        ).format(row=row, text=doubtful, dot=meaning(means[Style.DOT]), comma=meaning(means[Style.COMMA]))
        return [Problem(row, asked, True)]

    def entry(self, number: int, row: Sequence[Cell], *, is_text: bool) -> Entry:
        """One row; unreadable amounts are noted and left out."""
        titles = [shown(cell) for cell in self._cells(row, "title")]
        title = " ".join(" ".join(t for t in titles if t.lower() not in _CURRENCY).split())
        entry = Entry(number, self._code(number, row), title)
        for role in self._texts:
            if text := " ".join(" ".join(shown(c) for c in self._cells(row, role)).split()):
                entry.texts[role] = text
        if max(map(len, (entry.code, title, *entry.texts.values()))) > LONGEST_TEXT:
            self._note(number, _("uraiannya lebih dari {most} huruf. Pendekkan, lalu muat lagi.").format(
                most=LONGEST_TEXT
            ))  # fmt: skip
        if is_text and any(c.value is not None for c in row[self._width + self._is_pushed(row) :]):
            self._note(number, _(
                "baris ini punya lebih banyak kolom daripada judulnya. Beri tanda kutip pada angka yang memakai koma, "
                "atau simpan sebagai .xlsx."
            ))  # fmt: skip
            return entry
        for role in self._roles:
            amount = self._amount(number, role, self._cells(row, role))
            if amount is not None:
                entry.amounts[role] = amount
        return entry

    def _cells(self, row: Sequence[Cell], role: str) -> list[Cell]:
        """The filled cells of a role."""
        start, stop = self._spans.get(role, (0, 0))
        stop += stop == self._width and self._is_pushed(row)
        return [c for c in row[start:stop] if c.value is not None]

    def _is_pushed(self, row: Sequence[Cell]) -> bool:
        """A lone Rp stands in the last column, its amount to the right of it."""
        last = row[self._width - 1].value if len(row) >= self._width else None
        return isinstance(last, str) and last.strip().lower() in _CURRENCY

    def _code(self, number: int, row: Sequence[Cell]) -> str:
        """The code, put together where its levels stand in columns of their own."""
        parts = [shown(cell) for cell in self._cells(row, "code")]
        if any(_DAY.fullmatch(part) for part in parts):
            self._note(number, _(
                "kode “{code}” sudah berubah menjadi tanggal. Tulis lagi kodenya di kolom yang berformat teks."
            ).format(code=" ".join(parts)))  # fmt: skip
            return ""
        if len(parts) > 1 and all(re.fullmatch(r"\d{1,3}\.?", part) for part in parts):
            return ".".join(part.rstrip(".") for part in parts)
        return " ".join(" ".join(parts).split())

    def _amount(self, number: int, role: str, cells: Sequence[Cell]) -> Decimal | None:
        filled = [c for c in cells if not (isinstance(c.value, str) and c.value.strip().lower() in _CURRENCY)]
        if not filled:
            return None
        numbers = [c.value for c in filled if isinstance(c.value, Decimal)]
        try:
            if len(filled) > 1 and numbers:
                raise DeskError(_("Ada lebih dari satu isi di kolom ini. Sisakan satu jumlah."))
            if numbers:
                amount: Decimal | None = exact(numbers[0])
            else:
                amount = self._parsed("".join(shown(c) for c in filled), filled[0].value)
        except DeskError as error:
            self._note(number, f"{error}")
            return None
        if amount is not None and abs(amount) >= LARGEST_AMOUNT:
            self._note(number, _("jumlah ini terlalu besar untuk APBDes. Periksa angkanya."))
            return None
        return amount

    def _parsed(self, text: str, value: object) -> Decimal | None:
        """The amount; None while it is not known how the doubtful ones are meant."""
        if isinstance(value, dt.date):
            raise DeskError(
                _("“{text}” adalah tanggal, bukan jumlah. Ubah format selnya menjadi angka.").format(text=text)
            )
        if text.startswith(("=", "#")):
            raise DeskError(_("“{text}” adalah rumus tanpa hasil. Ganti dengan angkanya.").format(text=text[:40]))
        if text.lower() in _NOTHING:
            return Decimal(0)
        closed = _closed_up(text)
        if self.question and numbers_of([closed]).doubtful:
            return None
        return parse(closed, self._style, is_told=self._is_told)

    def _note(self, number: int, message: str) -> None:
        self.problems.append(Problem(number, _("Baris {row}: {message}").format(row=number, message=message), True))


def meaning(amount: Decimal | None) -> str:
    """What a doubtful amount would be, in words for a question."""
    return _("tidak dapat dibaca") if amount is None else rupiah(amount)


def exact(number: Decimal) -> Decimal:
    """An amount from a spreadsheet's binary number, exact to the sen.

    The noise of binary sums (0.1 + 0.2) is taken off; what lies further from a whole sen was meant and is refused.

    Raises:
        DeskError: finer than sen, or beyond the numbers that are exact.
    """
    if abs(number) > _EXACT:
        raise DeskError(_("Jumlah ini terlalu besar untuk disimpan tepat di lembar kerja. Tulis sebagai teks."))
    rounded = round(number, 2)
    if abs(number - rounded) > 4 * Decimal(math.ulp(float(number))):
        raise DeskError(
            _("{amount} lebih halus dari sen. Bulatkan angkanya di lembar kerja.").format(
                amount=str(number).replace(".", ",")
            )
        )
    return Decimal(int(rounded)) if rounded == rounded.to_integral_value() else rounded


def shown(cell: Cell) -> str:
    """A cell as text; a whole number without its decimal point."""
    if isinstance(cell.value, Decimal):
        whole = cell.value == cell.value.to_integral_value()
        return f"{cell.value:.0f}" if whole else format(cell.value, "f")
    if isinstance(cell.value, dt.date):
        return cell.value.isoformat()
    return (cell.value or "").strip()


def _closed_up(text: str) -> str:
    """An amount without the blanks that group its thousands."""
    return _SPACED.sub(lambda found: "".join(found.group().split()), text)


def _joined(entries: Sequence[Entry]) -> list[Entry]:
    """Titles and amounts that a page broke over two rows, put together again."""
    kept: list[Entry] = []
    for entry in entries:
        before = kept[-1] if kept else None
        if before and not entry.code and not before.has_figures and not (before.title and entry.title):
            before.title = before.title or entry.title
            before.amounts |= entry.amounts
            before.texts |= entry.texts
        elif before and not entry.code and not entry.has_figures and _continues(before.title, entry.title):
            before.title = f"{before.title} {entry.title}"
        elif entry.code or entry.title or entry.has_figures:
            kept.append(entry)
    return kept


_BEGINS = (*_PARTS, "jumlah", "total", "surplus", "defisit", "silpa", "sisa", "bidang", "penerimaan", "pengeluaran")


def _continues(title: str, rest: str) -> bool:
    """Whether words begin in the middle of a sentence."""
    if plain_words(rest).startswith(_BEGINS):
        return False
    open_bracket = title.count("(") > title.count(")")
    cut_short = title.endswith((",", "/", "-", "&")) or title.lower().endswith((" dan", " dan/atau", " atau", " serta"))
    return bool(title and rest) and (open_bracket or cut_short or (rest[0].islower() and not title.islower()))


def _formulas(rows: Sequence[tuple[int, Sequence[Cell]]], heading: Heading, ends: int) -> Iterator[Problem]:
    """Formulas nobody calculated stop the import; those with a result are read as it, and the person is told."""
    used = {c for role in ("code", "title", *AMOUNTS) for c in range(*heading.spans.get(role, (0, 0)))}
    stored: list[int] = []
    for number, row in rows:
        for column, cell in enumerate(row):
            if cell.formula and cell.value is None and (column in used or number <= ends):
                yield Problem(
                    number,
                    _(
                        "Baris {row}: kolom {column} berisi rumus yang belum pernah dihitung. Buka berkasnya di Excel "
                        "atau LibreOffice, simpan, lalu muat lagi."
                    ).format(row=number, column=column_name(column)),
                    True,
                )
            elif cell.formula and column in used and number <= ends:
                stored.append(number)
    if stored:
        listed = sorted(set(stored))
        shown = ", ".join(map(str, listed[:8])) + (", …" if len(listed) > 8 else "")
        yield Problem(
            listed[0],
            _("Baris {rows}: {count} sel berisi rumus; yang dipakai hasil yang tersimpan di berkas.").format(
                rows=shown, count=len(stored)
            ),
        )
