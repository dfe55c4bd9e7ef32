"""A budget as xlsx in the layout of the annex to its village regulation (Permendagri 20/2018; law.md, section 4).

Codes, description, volume, amounts, fund source, with the printed sums; for an amendment before, after and difference;
beside them what was spent. Only the command line and a worker import this module: openpyxl takes a tenth of a second.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange

from desk.budget.balance import gap_words
from desk.budget.rules import Totals, percent
from desk.dates import long_date
from desk.exchange.opendata.inert import LEADING, clean, zip_bytes
from desk.exchange.opendata.published import DRAFT, INCOMPLETE, Edition, Line, Published
from desk.exchange.workbook import FOLIO, safe
from desk.money import rupiah

MONEY, PERCENT = "#,##0.00;(#,##0.00)", "0.00"
"""Negatives stand in brackets, as villages print them."""
NOTHING = "-"
"""A percentage of nothing."""

_THIN = Side(style="thin", color="FF999999")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")


@dataclass(frozen=True)
class Column:
    """One column of the annex: its heading, its width in characters, and which kind of cell it has."""

    role: str
    title: str
    width: int


@dataclass(frozen=True)
class Row:
    """One row of the annex; what a role has no value for stays empty."""

    values: dict[str, str | Decimal | None]
    depth: int
    is_strong: bool


def budget_book(told: Published, edition: Edition) -> bytes:
    """One version of a budget as a workbook; the same data are the same bytes."""
    book = Workbook(write_only=True)
    for name, look in _looks().items():
        book.add_named_style(NamedStyle(name, **look))
    sheet: Any = book.create_sheet(f"APBDes {told.year}")
    columns, over = _columns(edition), _titles(told, edition)
    _Sheet(sheet, columns).fill(over, list(_rows(edition)), _closing(told, edition))
    book.properties.title = f"APBDes {told.place.place_name} {told.year}"
    book.properties.creator = "Meja Desa"
    out = io.BytesIO()
    book.save(out)
    return _settled(out.getvalue(), told)


def _settled(made: bytes, told: Published) -> bytes:
    """The workbook without the moment it was written at: it says the day its data are of."""
    day = f"{told.as_of.isoformat()}T00:00:00Z".encode()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    return zip_bytes({**parts, core: _MODIFIED.sub(rb"\g<1>" + day + rb"\g<3>", parts[core])})


def _columns(edition: Edition) -> list[Column]:
    measured = any(line.volume or line.unit or line.price for line in edition.lines)
    found = [Column("activity", _("KODE REKENING"), 10), Column("account", "", 13), Column("title", _("URAIAN"), 56)]
    if measured:
        found += [Column("volume", _("VOLUME"), 9), Column("unit", _("SATUAN"), 10)]
        found += [Column("price", _("HARGA SATUAN"), 16)]
    if edition.is_amended:
        found += [Column("before", _("SEMULA (Rp)"), 20), Column("amount", _("MENJADI (Rp)"), 20)]
        found += [Column("change", _("BERTAMBAH/(BERKURANG) (Rp)"), 20)]
    else:
        found += [Column("amount", _("ANGGARAN (Rp)"), 20)]
    if edition.until:
        found += [Column("realised", _("REALISASI (Rp)"), 20), Column("left", _("LEBIH/(KURANG) (Rp)"), 20)]
        found += [Column("percent", "%", 9)]
    found.append(Column("fund", _("SUMBER DANA"), 14))
    return [*found, Column("remark", _("KETERANGAN"), 30)] if _remarks(edition) else found


def _titles(told: Published, edition: Edition) -> list[str]:
    """The words above the table; the day of the realisation comes before any other day."""
    place, version = told.place, edition.version
    named = _("Perubahan ke-{n} Anggaran Pendapatan dan Belanja Desa") if version.ordinal else _(
        "Anggaran Pendapatan dan Belanja Desa"
    )  # fmt: skip
    found = [
        named.format(n=version.ordinal).upper(),
        _("Pemerintah {place}, Kecamatan {district}, Kabupaten {regency}").format(
            place=place.place_name, district=place.district, regency=place.regency
        ),
        _("Tahun Anggaran {year}").format(year=told.year),
    ]
    if edition.until:
        found.append(_("Realisasi sampai dengan tanggal {day}").format(day=long_date(edition.until)))
    if edition.standing == DRAFT or version.enacted_on is None:
        found.append(_("RANCANGAN: belum ditetapkan dengan Peraturan Desa"))
    elif edition.standing == INCOMPLETE:
        found.append(_("BELUM LENGKAP: sebagian baris belum diterima; jangan dipakai sebagai APBDes yang ditetapkan"))
    else:
        found.append(
            _("Lampiran {regulation}, ditetapkan tanggal {day}").format(
                regulation=clean(version.regulation), day=long_date(version.enacted_on)
            )
        )
    return [*found, *([told.place.note] if told.place.note else [])]


def _closing(told: Published, edition: Edition) -> list[str]:
    gap = gap_words(edition.sums.surplus, edition.sums.balance)
    day = _("Data per tanggal {day}, kode desa {code}.").format(day=long_date(told.as_of), code=told.place.code)
    return [*([gap] if gap else []), day]


_SUMS = (
    ("revenue", ("revenue",), _("JUMLAH PENDAPATAN")),
    ("expenditure", ("expenditure",), _("JUMLAH BELANJA")),
    ("surplus", (), _("SURPLUS / (DEFISIT)")),
    ("financing", ("receipts", "payments", "financing"), _("PEMBIAYAAN NETTO")),
    ("balance", (), _("SISA LEBIH PEMBIAYAAN ANGGARAN")),
)
"""The sums of the annex in their order: of which total, below the rows of which parts, in which words."""


def _rows(edition: Edition) -> Iterator[Row]:
    """The rows of each part and its sum; rows of no part come last.

    What a heading holds beyond its rows stands as a remark beside it: as a row it would be read as one more line.
    """
    remarks = _remarks(edition)
    told = [line for line in edition.lines if line.kind != "unspecified" or line.above is None]
    shown = {section for _name, sections, _words in _SUMS for section in sections}
    for name, sections, words in _SUMS:
        for line in told:
            if line.section in sections:
                yield _row(line, remarks.get(line.number, ""))
        if (total := _total(edition, name, words)) is not None:
            yield total
    yield from (_row(line, remarks.get(line.number, "")) for line in told if line.section not in shown)


def _remarks(edition: Edition) -> dict[int, str]:
    """Number of each heading with a `belum dirinci` below it -> what is said of it."""
    said: dict[int, str] = {}
    for line in edition.lines:
        if line.kind != "unspecified" or line.above is None:
            continue
        if edition.is_amended and line.before != line.amount:
            words = _("belum dirinci: semula {before}, menjadi {amount}")
        else:
            words = _("belum dirinci: {amount}")
        before, amount = rupiah(line.before or Decimal(0)), rupiah(line.amount or Decimal(0))
        said[line.above] = words.format(before=before, amount=amount)
    return said


def _row(line: Line, remark: str) -> Row:
    values: dict[str, str | Decimal | None] = {
        "activity": line.activity, "account": line.account or line.code, "title": line.title, "volume": line.volume,
        "unit": line.unit, "price": line.price, "before": line.before, "amount": line.amount, "change": line.change,
        "realised": line.realised, "left": line.left, "percent": _percent(line.realised, line.amount),
        "fund": line.fund, "remark": remark,
    }  # fmt: skip
    return Row(values, max(0, line.depth - 1), line.kind == "section" or (line.depth == 1 and not line.adds))


def _total(edition: Edition, name: str, words: str) -> Row | None:
    """The sum of a part; None where nothing is known of it."""

    def of(sums: Totals | None) -> Decimal | None:
        return None if sums is None else getattr(sums, name)

    before, amount, realised = of(edition.earlier), of(edition.sums), of(edition.spent)
    if before is None and amount is None:
        return None
    values: dict[str, str | Decimal | None] = {
        "title": words, "before": before, "amount": amount, "change": (amount or Decimal(0)) - (before or Decimal(0)),
        "realised": realised, "left": None if realised is None or amount is None else amount - realised,
        "percent": _percent(realised, amount),
    }  # fmt: skip
    return Row(values, 0, True)


def _percent(realised: Decimal | None, amount: Decimal | None) -> Decimal | str | None:
    if realised is None or amount is None:
        return None
    found = percent(realised, amount)
    return NOTHING if found is None else found


class _Sheet:
    """The annex in the making, row by row."""

    def __init__(self, sheet: Any, columns: Sequence[Column]) -> None:
        self._sheet, self._columns = sheet, columns
        self._shared: dict[tuple[str, int, bool], Any] = {}

    def fill(self, over: Sequence[str], rows: Sequence[Row], under: Sequence[str]) -> None:
        """Titles, heading, column numbers, rows, and what closes it."""
        self._set_up(len(over) + 2)
        for place, text in enumerate(over):
            self._sheet.append([self._text(text, "apbdes-judul" if place == 0 else "apbdes-kata")])
        self._sheet.append([])
        self._sheet.append([self._text(column.title, "apbdes-kepala") for column in self._columns])
        self._sheet.append([self._text(str(n), "apbdes-kepala") for n in range(1, len(self._columns) + 1)])
        for row in rows:
            self._sheet.append([self._value(row, column) for column in self._columns])
        self._sheet.append([])
        for text in under:
            self._sheet.append([self._text(text, "apbdes-kata")])

    def _set_up(self, heading: int) -> None:
        sheet = self._sheet
        for place, column in enumerate(self._columns, 1):
            sheet.column_dimensions[get_column_letter(place)].width = column.width
        sheet.freeze_panes = f"A{heading + 2}"
        sheet.print_title_rows = f"{heading}:{heading + 1}"
        sheet.page_setup.orientation = "landscape" if len(self._columns) > 6 else "portrait"
        sheet.page_setup.paperSize = FOLIO
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = 0
        sheet.oddFooter.right.text = _("halaman &P dari &N")
        sheet.merged_cells = MultiCellRange([f"A{heading}:B{heading}"])

    def _value(self, row: Row, column: Column) -> Any:
        value = row.values.get(column.role)
        strong = "-kuat" if row.is_strong else ""
        if isinstance(value, Decimal):
            kind = "apbdes-persen" if column.role == "percent" else "apbdes-rupiah"
            amount: Any = value
            cell: Any = WriteOnlyCell(self._sheet, value=amount)
            cell._style = self._look(kind + strong)
            return cell
        if column.role in ("percent", "volume"):
            return self._text(value or "", f"apbdes-kanan{strong}")
        return self._text(value or "", f"apbdes-teks{strong}", row.depth if column.role == "title" else 0)

    def _text(self, text: str, style: str, indent: int = 0) -> Any:
        """A text as a text: what begins like a formula is marked as quoted, so that editing the cell starts none."""
        text = safe(clean(text))
        cell: Any = WriteOnlyCell(self._sheet)
        if text:
            cell.value = text
            cell.data_type = "s"
        cell._style = self._look(style, indent, text[:1] in (*LEADING, "'") and text != NOTHING)
        return cell

    def _look(self, style: str, indent: int = 0, is_quoted: bool = False) -> Any:
        if (style, indent, is_quoted) not in self._shared:
            sample: Any = WriteOnlyCell(self._sheet)
            sample.style = style
            if indent:
                sample.alignment = Alignment(vertical="top", wrap_text=True, indent=indent)
            sample.quotePrefix = is_quoted
            self._shared[style, indent, is_quoted] = sample._style
        return self._shared[style, indent, is_quoted]


def _looks() -> dict[str, dict[str, Any]]:
    """The styles of the workbook by name."""
    wrapped, top = Alignment(vertical="top", wrap_text=True), Alignment(vertical="top")
    middle = Alignment(vertical="center", horizontal="center", wrap_text=True)
    right = Alignment(vertical="top", horizontal="right")
    looks: dict[str, dict[str, Any]] = {
        "apbdes-judul": {"font": Font(bold=True, size=14)},
        "apbdes-kata": {"alignment": top},
        "apbdes-kepala": {"font": Font(bold=True), "alignment": middle, "border": _FRAME},
    }
    cells = {"teks": (wrapped, "@"), "kanan": (right, "@"), "rupiah": (top, MONEY), "persen": (top, PERCENT)}
    for name, (alignment, shape) in cells.items():
        for ending, is_bold in (("", False), ("-kuat", True)):
            looks[f"apbdes-{name}{ending}"] = {
                "font": Font(bold=is_bold), "alignment": alignment, "border": _FRAME, "number_format": shape,
            }  # fmt: skip
    return looks
