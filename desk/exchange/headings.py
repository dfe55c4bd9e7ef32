"""Which column is what: the heading of a budget table, over one row or several, wherever it stands."""

import functools
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from gettext import gettext as _
from itertools import pairwise

from desk.exchange.sheet import Cell, Sheet
from desk.store import DeskError

AMOUNTS = ("before", "amount", "change", "realised", "over")
"""Roles whose cells are money."""
COLUMN_ROLES = ("code", "title", *AMOUNTS, "fund", "volume", "unit", "price")
"""What a column can be taken for."""
_SEARCHED = 80
"""Rows that may stand above the heading."""
_TALLEST = 4
"""Rows a heading can take."""
_YEAR = re.compile(r"\b(20\d\d)\b", re.ASCII)
_UNITS = {"rp", "persen", "rupiah"}
_SUBHEADINGS = {
    "percent", "change", "over", "realised", "before", "amount_after", "amount_changed", "volume", "price", "unit",
    "amount_named", "amount_any",
}  # fmt: skip
"""What a heading's lower rows speak of."""
_SCALED = re.compile(r"\b(ribuan|jutaan|miliaran|milyaran|ribu|juta)\b", re.IGNORECASE)
_LONGEST = 60
"""Characters of one heading."""
_SIGNS = re.compile(r"[^a-z0-9]+")
_AMOUNT = re.compile(r"\d{3}")
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?(\s*=.*|\s*\(.*\))?")


@dataclass(frozen=True)
class Heading:
    """Where the table begins and which columns (from 0, up to but without the second number) hold what."""

    first: int
    """The heading's first row, from 0."""
    last: int
    spans: dict[str, tuple[int, int]]
    """By role: code, title, before, amount, change, realised, over, fund, volume, unit, price."""
    columns: tuple[tuple[str, str], ...]
    """Each heading's words and its role, "" where it is not used."""
    words: frozenset[str]
    """What the heading's cells say, to know it again on a later page."""
    years: tuple[int, ...]
    """Years its amount columns name."""
    width: int
    """Columns the heading has."""
    places: tuple[int, ...]
    """The column of each of `columns`."""

    @property
    def layout(self) -> str:
        """A fingerprint of the headings, whatever year they name: the same form next year has the same."""
        told = [_YEAR.sub("", plain_words(text)) for text, _role in self.columns]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class UnclearError(DeskError):
    """A heading was found and no column of it is known to hold the amounts; a person may say which one does."""

    def __init__(self, heading: Heading) -> None:
        super().__init__(
            _(
                "Baris {row}: kolom {wanted} tidak dikenali dari judulnya. Tentukan isi tiap kolom, atau tulis judul "
                "seperti Kode, Uraian, dan Anggaran, lalu muat lagi."
            ).format(row=heading.first + 1, wanted=_("uraian") if "amount" in heading.spans else _("jumlah"))
        )
        self.heading = heading


def plain_words(value: object) -> str:
    """Lower-case words of a cell without signs; the percent sign is a word."""
    if not isinstance(value, str):
        return ""
    return _plain_words(value) if len(value) > _LONGEST else _plain_words_again(value)


def _plain_words(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", text.lower().replace("%", " persen ")).split())


_plain_words_again = functools.lru_cache(2**13)(_plain_words)
"""The same short words stand in many rows of a table and are asked about many times."""


def find_heading(sheet: Sheet, year: int) -> Heading | None:
    """The heading of the sheet's table, or None where nothing looks like one.

    Args:
        sheet: as read.
        year: the budget year; of several columns of one kind the one that names it is taken.

    Raises:
        DeskError: the amount columns name other years only.
    """
    for first in range(min(_SEARCHED, len(sheet.rows))):
        found: Heading | None = None
        for last in range(first, min(first + _TALLEST, len(sheet.rows))):
            if not (_begins_heading if last == first else _continues_heading)(sheet.rows[last]):
                break
            found = _heading(sheet.rows, first, last, year) or found
        if found:
            return found
    return None


def guess_heading(sheet: Sheet) -> Heading | None:
    """A row of headings in which code or name is known and no amount is, or None; amounts stand below it."""
    for first, row in enumerate(sheet.rows[:_SEARCHED]):
        words = [cell.value for cell in row if isinstance(cell.value, str)]
        if len(words) < 2 or max(map(len, words)) > _LONGEST or not {"code", "title"} & set(map(role_of, words)):
            continue
        texts = _column_texts([row])
        below = sheet.rows[first + 1 : first + 60]
        if any(isinstance(c.value, Decimal) or _AMOUNT.search(str(c.value)) for r in below for c in r[1:]):
            roles = {column: role_of(text) for column, text in texts.items()}
            chosen = {role: column for column, role in reversed(roles.items()) if role in ("code", "title")}
            return _as_heading(sheet.rows, (first, first), texts, chosen)
    return None


def with_roles(heading: Heading, roles: Sequence[str], sheet: Sheet) -> Heading:
    """The heading with each of its columns taken for what a person says, "" for not used.

    Raises:
        UnclearError: no column is left for the amounts, or for the names.
    """
    chosen: dict[str, int] = {}
    for column, role in zip(heading.places, roles, strict=True):
        if role:
            chosen.setdefault(role, column)
    texts = {column: text for column, (text, _role) in zip(heading.places, heading.columns, strict=True)}
    told = replace(_as_heading(sheet.rows, (heading.first, heading.last), texts, chosen), words=heading.words)
    if "amount" not in told.spans or "title" not in told.spans:
        raise UnclearError(told)
    return told


def is_column_numbers(row: Sequence[Cell]) -> bool:
    """A row that numbers or letters the columns: `1 2 3 4`, `a b c d`, also `5=3-4`."""
    filled = [cell for cell in row if cell.value is not None]
    if len(filled) < 3 or not (_COLUMN_NUMBER.fullmatch(first := _text(filled[0]).lower()) or first == "a"):
        return False
    texts = [_text(cell).lower() for cell in filled]
    if texts == [chr(ord("a") + place) for place in range(min(len(texts), 26))]:
        return True
    numbers = [int(m.group(1)) for text in texts if (m := _COLUMN_NUMBER.fullmatch(text))]
    return len(numbers) == len(texts) and numbers == list(range(numbers[0], numbers[0] + len(texts)))


def _text(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, Decimal):
        return f"{value:.0f}" if value == value.to_integral_value() else str(value)
    return str(value)


def _begins_heading(row: Sequence[Cell]) -> bool:
    """Two short headings at least, one of them for codes or names: a title above the table has one cell."""
    roles = [role_of(cell.value) for cell in row if isinstance(cell.value, str) and len(cell.value) <= _LONGEST]
    return len(roles) > 1 and bool({"code", "title"} & set(roles))


def _continues_heading(row: Sequence[Cell]) -> bool:
    """Words over amounts, units and column letters only: a first row of names or amounts ends the heading."""
    words = [plain_words(cell.value) or _text(cell) for cell in row if cell.value is not None]
    over_amounts = [text in _UNITS or role_of(text) in _SUBHEADINGS for text in words]
    return any(over_amounts) and all(
        over or role_of(text) or len(text) <= 2 for over, text in zip(over_amounts, words, strict=True)
    )


def _heading(rows: Sequence[Sequence[Cell]], first: int, last: int, year: int) -> Heading | None:
    block = rows[first : last + 1]
    texts = _column_texts(block)
    headed = sorted(texts)
    roles = {column: role_of(texts[column]) for column in headed}
    chosen = _choose(texts, roles, year, first + 1)
    if "amount" not in chosen:
        return None
    _check_single(texts, roles, first + 1)
    if "code" in chosen and roles[chosen["code"]] == "number" and _is_counting(rows[last + 1 :], chosen["code"]):
        del chosen["code"]
    heading = _as_heading(rows, (first, last), texts, chosen)
    return heading if "title" in heading.spans else None


def _as_heading(
    rows: Sequence[Sequence[Cell]], place: tuple[int, int], texts: dict[int, str], chosen: dict[str, int]
) -> Heading:
    """The rows of a heading with one column chosen for each role; a column reaches up to the next heading."""
    first, last = place
    headed = sorted(texts)
    width = headed[-1] + 1
    spans = {role: (column, next((c for c in headed if c > column), width)) for role, column in chosen.items()}
    _complete_names(spans, rows[last + 1 : last + 60])
    used = {column: role for role, column in chosen.items() if role in COLUMN_ROLES}
    return Heading(
        first,
        last,
        spans,
        tuple((texts[c], used.get(c, "")) for c in headed),
        frozenset(words for row in rows[first : last + 1] for cell in row if (words := plain_words(cell.value))),
        tuple(int(y) for role, c in chosen.items() if role in AMOUNTS for y in _YEAR.findall(texts[c])),
        width,
        tuple(headed),
    )


def _column_texts(block: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """The words over each column, a merged heading's words over all the columns it covers."""
    width = max(len(row) for row in block)
    grid = [[str(cell.value).strip() if isinstance(cell.value, str) else "" for cell in row] for row in block]
    grid = [row + [""] * (width - len(row)) for row in grid]
    for row, below in pairwise(grid):
        carried = ""
        for column in range(width):
            if row[column]:
                carried = row[column] if below[column] else ""
            elif below[column] and carried:
                row[column] = carried
    joined = {c: " ".join(" ".join(row[c] for row in grid).split()) for c in range(width)}
    return {column: text for column, text in joined.items() if text}


def role_of(text: str) -> str:
    """What a heading's words mean; "" for words that head nothing known, `number` and `remark` for unused ones."""
    words = set(plain_words(text).split())
    if len(text) > 2 * _LONGEST:
        return ""
    return next((role for role, wanted, unwanted in _ROLES if words & wanted and not words & unwanted), "")


_NONE: frozenset[str] = frozenset()
_ROLES: tuple[tuple[str, set[str], frozenset[str] | set[str]], ...] = (
    ("percent", {"persen", "persentase", "prosentase", "presentase", "percent", "capaian"}, _NONE),
    ("fund", {"sumberdana", "sumber"}, _NONE),
    ("change", {"bertambah", "berkurang"}, {"lebih"}),
    ("over", {"lebih", "kurang", "selisih", "sisa"}, _NONE),
    ("realised", {"realisasi", "terealisasi", "penyerapan"}, _NONE),
    ("before", {"semula", "sebelum", "murni", "awal", "induk"}, _NONE),
    ("amount_after", {"menjadi", "setelah", "sesudah", "akhir"}, _NONE),
    ("amount_changed", {"perubahan"}, _NONE),
    ("volume", {"volume", "vol", "kuantitas"}, _NONE),
    ("price", {"harga", "tarif"}, _NONE),
    ("unit", {"satuan"}, _NONE),
    ("code", {"kode", "kd", "koderek"}, _NONE),
    ("code", {"rekening", "rek"}, {"nama", "uraian"}),
    ("title", {"uraian", "nama", "kegiatan", "bidang", "program", "akun", "rincian", "item", "jenis"}, _NONE),
    ("amount_named", {"anggaran", "pagu", "apbdes", "apbdesa"}, _NONE),
    ("amount_any", {"jumlah", "nilai", "besaran", "rencana", "target", "alokasi", "biaya", "total", "nominal"}, _NONE),
    ("number", {"no", "nomor", "urut"}, _NONE),
    ("remark", {"keterangan", "ket", "catatan"}, _NONE),
)
"""Meanings in the order they are tried, with the words that speak for and against one."""


def _choose(texts: dict[int, str], roles: dict[int, str], year: int, row: int) -> dict[str, int]:
    """One column for each role."""
    by_role: dict[str, list[int]] = {}
    for column, role in roles.items():
        by_role.setdefault(role, []).append(column)
    for role in list(by_role):
        if role in ("before", "realised", "change", "over") or role.startswith("amount_"):
            by_role[role] = _of_year(texts, by_role[role], year, row)
    chosen: dict[str, int] = {
        role: by_role[role][0] for role in ("fund", "volume", "unit", "price", "title") if role in by_role
    }
    for name in ("code", "number"):
        if name in by_role and "code" not in chosen:
            chosen["code"] = by_role[name][0]
    if "title" not in chosen and "remark" in by_role and by_role["remark"][0] == chosen.get("code", -2) + 1:
        chosen["title"] = by_role["remark"][0]
    if "realised" in by_role:
        until_now = [c for c in by_role["realised"] if not {"lalu", "bulan"} & set(plain_words(texts[c]).split())]
        chosen["realised"] = (until_now or by_role["realised"])[-1]
    for role in ("change", "over", "before"):
        if role in by_role:
            chosen[role] = by_role[role][0]
    _choose_amount(chosen, by_role)
    return chosen


def _choose_amount(chosen: dict[str, int], by_role: dict[str, list[int]]) -> None:
    """The column in force: after the amendment, else the one called budget, else the last sum."""
    named, changed = by_role.get("amount_named", []), by_role.get("amount_changed", [])
    after = by_role.get("amount_after", [])
    if changed and (after or ("before" in chosen and named)):
        chosen.setdefault("change", changed[0])
    elif changed:
        after = changed
    if after:
        chosen["amount"] = after[0]
        if "before" not in chosen and named:
            chosen["before"] = named[0]
    elif named:
        chosen["amount"] = named[0]
    elif "amount_any" in by_role:
        chosen["amount"] = by_role["amount_any"][-1]
    elif "before" in chosen:
        chosen["amount"] = chosen.pop("before")


def _of_year(texts: dict[int, str], columns: list[int], year: int, row: int) -> list[int]:
    """The columns of one role that name no other year.

    Raises:
        DeskError: all of them name other years.
    """
    fitting = [c for c in columns if not (named := _YEAR.findall(texts[c])) or str(year) in named]
    exact = [c for c in fitting if str(year) in texts[c]]
    if not fitting:
        raise DeskError(
            _(
                "Baris {row}: kolom “{heading}” menyebut tahun lain, sedangkan yang dipilih {year}. Pilih tahunnya, "
                "atau muat berkas tahun {year}."
            ).format(row=row, heading=texts[columns[0]], year=year)
        )
    return exact or fitting


def _is_counting(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    """A column that only counts the rows: 1, 2, 3, ... beyond the five fields."""
    texts = [_text(row[column]) for row in rows if column < len(row) and row[column].value is not None]
    numbers = [int(text.rstrip(".")) for text in texts if text.rstrip(".").isdecimal()]
    return len(numbers) > 5 and numbers == list(range(1, len(numbers) + 1))


def _check_single(texts: dict[int, str], roles: dict[int, str], row: int) -> None:
    """Refuse two tables side by side, of which one would be lost, and amounts that are not in rupiah.

    Raises:
        DeskError: with the row and what to do.
    """
    titles = [plain_words(texts[c]) for c, role in roles.items() if role == "title"]
    if len(titles) != len(set(titles)):
        raise DeskError(
            _("Baris {row}: ada dua tabel berdampingan. Pindahkan tabel kanan ke bawah tabel kiri, lalu muat lagi.")
            .format(row=row)
        )  # fmt: skip
    for column, role in roles.items():
        if role in (*AMOUNTS, "amount_named", "amount_any", "amount_after") and _SCALED.search(texts[column]):
            raise DeskError(
                _("Baris {row}: angkanya dalam {unit}. Tulis dalam rupiah penuh, lalu muat lagi.").format(
                    row=row, unit=_SCALED.findall(texts[column])[0].lower()
                )
            )


def _complete_names(spans: dict[str, tuple[int, int]], below: Sequence[Sequence[Cell]]) -> None:
    """Find the title column where its heading is blank: the column of words right of the codes."""
    if "title" in spans or "code" not in spans:
        return
    start, stop = spans["code"]
    for column in range(start + 1, stop):
        texts = [row[column].value for row in below if column < len(row)]
        if sum(isinstance(text, str) and bool(re.search(r"[A-Za-z]{3}", text)) for text in texts) > len(texts) // 3:
            spans["code"], spans["title"] = (start, column), (column, stop)
            return
