"""The same small budget in the many shapes village offices give it, and the sentences for what cannot be understood."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from desk.budget.rules import BudgetTable, Line
from desk.exchange.sums import totals_of

Read = Callable[..., BudgetTable]
Change = Callable[[list[str]], list[object]]

HEAD = ["KODE", "URAIAN", "ANGGARAN"]
BODY = [
    ["4.", "PENDAPATAN", ""],
    ["4.1.", "Pendapatan Asli Desa", "10.000.000"],
    ["4.1.1.", "Hasil Usaha Desa", "10.000.000"],
    ["4.2.", "Pendapatan Transfer", "90.000.000"],
    ["4.2.1.", "Dana Desa", "60.000.000"],
    ["4.2.3.", "Alokasi Dana Desa", "30.000.000"],
    ["", "JUMLAH PENDAPATAN", "100.000.000"],
    ["5.", "BELANJA", ""],
    ["01", "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", "40.000.000"],
    ["01.01", "Penyelenggaraan Belanja Siltap", "40.000.000"],
    ["01.01.01", "Penyediaan Penghasilan Tetap Kepala Desa", "40.000.000"],
    ["5.1.1.01.", "Penghasilan Tetap Kepala Desa", "40.000.000"],
    ["02", "BIDANG PELAKSANAAN PEMBANGUNAN DESA", "65.000.000"],
    ["", "JUMLAH BELANJA", "105.000.000"],
    ["", "SURPLUS / (DEFISIT)", "(5.000.000)"],
    ["6.", "PEMBIAYAAN", ""],
    ["6.1.", "Penerimaan Pembiayaan", "8.000.000"],
    ["6.1.1.", "SiLPA Tahun Sebelumnya", "8.000.000"],
    ["6.2.", "Pengeluaran Pembiayaan", "3.000.000"],
    ["6.2.2.", "Penyertaan Modal Desa", "3.000.000"],
    ["", "PEMBIAYAAN NETTO", "5.000.000"],
    ["", "SILPA TAHUN BERJALAN", "0"],
]
SUMS = tuple(map(Decimal, (100_000_000, 105_000_000, 5_000_000, 0)))


def sums(table: BudgetTable, column: str = "amount") -> tuple[Decimal | None, ...]:
    """Revenue, expenditure, net financing and balance."""
    totals = totals_of(table.lines, column)
    return totals.revenue, totals.expenditure, totals.financing, totals.balance


def paths(table: BudgetTable) -> list[tuple[str, ...]]:
    """Each money line by the titles from the top of its part down to it."""

    def path(line: Line) -> tuple[str, ...]:
        above = () if line.parent is None else path(table.lines[line.parent])
        return (*above, line.title.lower())

    return [path(line) for line in table.lines if line.kind in ("line", "unspecified")]


def assert_is_the_budget(table: BudgetTable) -> None:
    """Nothing lost, nothing added twice, nothing to complain of, every line in its place."""
    assert sums(table) == SUMS
    assert [p for p in table.problems if p.blocks] == []
    assert [line for line in table.lines if line.kind == "unspecified"] == []
    below = {path[-1]: (path[0].removesuffix(" desa"), *path[1:]) for path in paths(table)}
    assert below["dana desa"] == ("pendapatan", "pendapatan transfer", "dana desa")
    assert below["penyertaan modal desa"] == ("pembiayaan", "pengeluaran pembiayaan", "penyertaan modal desa")
    assert len(below["penghasilan tetap kepala desa"]) == 5


def changed(change: Change) -> list[list[object]]:
    """The budget with each row changed."""
    return [HEAD, *(change(list(row)) for row in BODY)]


def test_the_plain_layout(read: Read):
    table = read([HEAD, *BODY])
    assert_is_the_budget(table)
    assert table.problems == ()


def stripped(row: list[str]) -> list[object]:
    return [row[0].rstrip("."), row[1], row[2]]


def dotted(row: list[str]) -> list[object]:
    return [row[0].rstrip(".") + "." if row[0] else "", row[1], row[2]]


def lower(row: list[str]) -> list[object]:
    return [row[0], row[1].lower(), row[2]]


def currency(row: list[str]) -> list[object]:
    return [row[0], row[1], f"Rp. {row[2]},-" if row[2] else ""]


def decimals(row: list[str]) -> list[object]:
    return [row[0], row[1], row[2] if row[2].endswith(")") or not row[2] else f"{row[2]},00"]


def english(row: list[str]) -> list[object]:
    return [row[0], row[1], row[2].replace(".", ",")]


def minus(row: list[str]) -> list[object]:
    return [row[0], row[1], f"-{row[2][1:-1]}" if row[2].startswith("(") else row[2]]


def one_cell_headings(row: list[str]) -> list[object]:
    return [f"{row[0]} {row[1]}", "", row[2]] if row[1].isupper() and row[0][:1] in "456" else list(row)


def totals_in_the_code_column(row: list[str]) -> list[object]:
    return [row[1], "", row[2]] if not row[0] else list(row)


def roman(row: list[str]) -> list[object]:
    numerals = {"4.": "I.", "5.": "II.", "6.": "III."}
    return [numerals.get(row[0], row[0]), row[1], row[2]]


def numbered(row: list[str]) -> list[object]:
    numbers = {"4.": "1.", "5.": "2.", "6.": "3."}
    return [numbers.get(row[0], row[0]), row[1], row[2]]


def uncoded_parts(row: list[str]) -> list[object]:
    return ["" if row[0] in ("4.", "5.", "6.", "4.1.", "4.2.") else row[0], row[1], row[2]]


def short_fields(row: list[str]) -> list[object]:
    return [row[0].replace("01.01.01", "1.1.01").replace("01.01", "1.1").removeprefix("0"), row[1], row[2]]


def bracketed(row: list[str]) -> list[object]:
    return [row[0].replace("5.1.1.01.", "5.1.1.01. [01.01.01]"), row[1], row[2]]


def activity_first(row: list[str]) -> list[object]:
    return [row[0].replace("5.1.1.01.", "1.1.01 5.1.1.01."), row[1], row[2]]


def run_together(row: list[str]) -> list[object]:
    return [row[0].replace("5.1.1.01.", "01.01.01.5.1.1.01"), row[1], row[2]]


def fields_without_code(row: list[str]) -> list[object]:
    return ["" if row[1].startswith("BIDANG") else row[0], row[1], row[2]]


def lettered_fields(row: list[str]) -> list[object]:
    return [{"01": "A.", "02": "B."}.get(row[0], row[0]), row[1], row[2]]


def spaced(row: list[str]) -> list[object]:
    return [f"  {row[0]} ", f"   {row[1]}  ", f" {row[2]}  "]


def desa(row: list[str]) -> list[object]:
    return [row[0], f"{row[1]} DESA" if row[1].endswith(("PENDAPATAN", "BELANJA")) else row[1], row[2]]


@pytest.mark.parametrize(
    "change",
    [
        stripped, dotted, lower, currency, decimals, english, minus, one_cell_headings, totals_in_the_code_column,
        roman, numbered, uncoded_parts, short_fields, bracketed, activity_first, run_together, fields_without_code,
        lettered_fields, spaced, desa,
    ],
)  # fmt: skip
def test_codes_words_and_amounts_may_be_written_in_many_ways(read: Read, change: Change):
    assert_is_the_budget(read(changed(change)))


@pytest.mark.parametrize("separator", [",", "\t", "|"])
def test_other_separators(read: Read, separator: str):
    assert_is_the_budget(read([HEAD, *BODY], separator=separator))


def test_codes_split_over_columns(read: Read):
    rows: list[list[object]] = [["KODE REKENING", "", "", "", "URAIAN", "ANGGARAN (Rp)"], list("abcdef")]
    for code, title, amount in BODY:
        parts = code.rstrip(".").split(".") if code else []
        rows.append([*parts, *[""] * (4 - len(parts)), title, amount])
    assert_is_the_budget(read(rows))


def test_each_level_of_the_code_in_a_column_of_its_own(read: Read):
    rows: list[list[object]] = [["Kode Rekening", "", "", "", "Uraian", "Jumlah"]]
    for code, title, amount in BODY:
        level = len(code.rstrip(".").split(".")) if code else 1
        rows.append([*[""] * (level - 1), code, *[""] * (4 - level), title, amount])
    assert_is_the_budget(read(rows))


def test_titles_indented_over_columns(read: Read):
    rows: list[list[object]] = [["KODE", "URAIAN", "", "", "ANGGARAN"]]
    for code, title, amount in BODY:
        level = min(2, code.rstrip(".").count("."))
        rows.append([code, *[""] * level, title, *[""] * (2 - level), amount])
    assert_is_the_budget(read(rows))


@pytest.mark.parametrize("heading", [["KODE", "URAIAN", "ANGGARAN", ""], ["KODE", "URAIAN", "", "ANGGARAN"]])
def test_the_currency_in_a_cell_beside_the_amount(read: Read, heading: list[str]):
    rows = [heading, *([code, title, "Rp" if amount else "", amount] for code, title, amount in BODY)]
    assert_is_the_budget(read(rows, name="a.csv"))
    assert_is_the_budget(read(rows, name="a.xlsx"))


def test_titles_notes_repeated_headings_and_signatures_around_the_table(read: Read):
    title = [["PEMERINTAH DESA CONTOH"], ["ANGGARAN PENDAPATAN DAN BELANJA DESA"], ["TAHUN ANGGARAN 2024"], []]
    page = [["Halaman 1 dari 2"], [], *title, HEAD, ["1", "2", "3"]]
    end = [
        [],
        ["", "", "Contoh, 2 Januari 2024"],
        ["Mengetahui", "Sekretaris Desa", "Kepala Desa Contoh"],
        ["", "SARI", "BUDI"],
        ["", "NIP. 19700101 199003 1 001", ""],
    ]
    rows = [*title, HEAD, ["1", "2", "3"], *BODY[:11], *page, *BODY[11:], *end]
    table = read(rows)
    assert_is_the_budget(table)
    assert table.problems == ()


def test_open_lines_printed_again_on_the_next_page_are_not_added_twice(read: Read):
    table = read([HEAD, *BODY[:11], HEAD, BODY[7], BODY[8], BODY[9], BODY[10], *BODY[11:]])
    assert sums(table) == SUMS


def test_a_heading_over_two_rows_with_both_versions(read: Read):
    rows: list[list[object]] = [
        ["KODE REKENING", "URAIAN", "ANGGARAN (Rp)", "", "", "KET"],
        ["", "", "SEMULA", "MENJADI", "BERTAMBAH/ (BERKURANG)", ""],
        ["1", "2", "3", "4", "5=4-3", "6"],
    ]
    rows += [[code, title, amount, amount, "0" if amount else "", ""] for code, title, amount in BODY]
    table = read(rows)
    assert_is_the_budget(table)
    assert table.amended
    assert sums(table, "before") == SUMS


def test_columns_may_stand_in_any_order(read: Read):
    rows = [["Realisasi (Rp)", "Anggaran (Rp)", "Sumber Dana", "Uraian", "%", "Kode Rek."]]
    rows += [[amount, amount, "DDS" if code else "", title, "100,00", code] for code, title, amount in BODY]
    table = read(rows)
    assert_is_the_budget(table)
    assert sums(table, "realised") == SUMS
    assert {line.fund for line in table.lines if line.code} == {"DDS"}


def test_details_with_volume_and_price_are_kept_below_their_account(read: Read):
    rows: list[list[object]] = [["KODE", "URAIAN", "VOLUME", "SATUAN", "HARGA SATUAN", "JUMLAH", "SUMBER"]]
    rows += [[code, title, "", "", "", amount, ""] for code, title, amount in BODY[:12]]
    rows.append(["", "- Siltap Kepala Desa", "12", "bulan", "3.000.000", "36.000.000", "ADD"])
    rows.append(["", "- Siltap ke-13", "1", "bulan", "4.000.000", "4.000.000", "ADD"])
    rows += [[code, title, "", "", "", amount, ""] for code, title, amount in BODY[12:]]
    table = read(rows)
    assert_is_the_budget(table)
    details = [line for line in table.lines if line.volume]
    assert [(d.volume, d.unit, d.price, d.fund) for d in details] == [
        ("12", "bulan", "3.000.000", "ADD"), ("1", "bulan", "4.000.000", "ADD")
    ]  # fmt: skip
    assert all(d.parent is not None and table.lines[d.parent].account == "5.1.1.01" for d in details)


def test_an_amount_in_the_row_below_its_words(read: Read):
    rows = [*([HEAD, *BODY[:6]]), ["", "JUMLAH PENDAPATAN", ""], ["", "", "100.000.000"], *BODY[7:]]
    assert_is_the_budget(read(rows))


def test_subtotals_by_name_are_checks_and_never_added(read: Read):
    rows = [HEAD, *BODY[:3], ["", "Jumlah Pendapatan Asli Desa", "10.000.000"], *BODY[3:6],
            ["", "Jumlah Pendapatan Transfer", "90.000.000"], *BODY[6:9],
            *BODY[9:12], ["", "JUMLAH BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", "40.000.000"], *BODY[12:]]  # fmt: skip
    table = read(rows)
    assert_is_the_budget(table)
    assert table.problems == ()


def test_a_total_of_nobody_is_kept_told_and_not_added(read: Read):
    table = read([HEAD, *BODY[:6], ["", "Jumlah Dana Lain", "77"], *BODY[6:]])
    assert sums(table) == SUMS
    (problem,) = table.problems
    assert problem.row == 8
    assert [line.amount for line in table.lines if line.section == "other"] == [77]


def test_unknown_codes_are_kept_and_named(read: Read):
    table = read([HEAD, *BODY[:2], ["4.1.8.", "Hasil langka", "0"], *BODY[2:]])
    assert sums(table) == SUMS
    assert [(p.row, "4.1.8" in p.message, p.blocks) for p in table.problems] == [(4, True, False)]


def test_codes_of_the_regency_are_known(read: Read):
    table = read([HEAD, *BODY[:3], ["4.1.1.91.", "Hasil usaha khusus", "10.000.000"], *BODY[3:]])
    assert table.problems == ()


def test_parts_without_headings_are_told_by_their_codes(read: Read):
    rows = [HEAD, *(row for row in BODY if row[1] not in ("PENDAPATAN", "BELANJA", "PEMBIAYAAN"))]
    table = read(rows)
    assert sums(table) == SUMS
    assert table.problems == ()


def without_codes(row: list[str]) -> list[object]:
    return [row[1], row[2]]


def test_a_table_without_codes_is_placed_by_the_names_of_the_annex(read: Read):
    shallow = [row for row in BODY if not row[0].startswith(("01.", "5.1"))]
    table = read([HEAD[1:], *(without_codes(row) for row in shallow)])
    assert sums(table) == SUMS
    assert table.problems == ()
    assert {line.account for line in table.lines} >= {"4.1", "4.1.1", "4.2.1", "4.2.3", "6.1.1", "6.2.2"}


def test_a_column_that_only_counts_the_rows_is_no_code(read: Read):
    shallow = [row for row in BODY if not row[0].startswith(("01.", "5.1"))]
    rows = [["No", *HEAD[1:]], *([number, *without_codes(row)] for number, row in enumerate(shallow, 1))]
    assert sums(read(rows)) == SUMS


def test_codes_in_front_of_the_titles_are_codes(read: Read):
    assert_is_the_budget(read([HEAD[1:], *([f"{code} {title}".strip(), amount] for code, title, amount in BODY)]))


@pytest.mark.parametrize(
    ("total", "surplus"),
    [("JUMLAH PENDAPATAN (A)", "SURPLUS/(DEFISIT) (A-B)"), ("TOTAL SELURUH PENDAPATAN DESA", "Defisit")],
)
def test_totals_by_other_names(read: Read, total: str, surplus: str):
    named = {"JUMLAH PENDAPATAN": total, "SURPLUS / (DEFISIT)": surplus, "PEMBIAYAAN NETTO": "Jumlah Pembiayaan"}
    assert_is_the_budget(read([HEAD, *([code, named.get(title, title), amount] for code, title, amount in BODY)]))
