"""Printed sums keep standing, what they hold beyond their rows becomes one line, and nothing is added twice."""

import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.budget.rules import BudgetTable, Line, leaves, signed, sums
from desk.exchange.apbdes import read_budget
from desk.exchange.sums import totals_of
from desk.store import DeskError

Read = Callable[..., BudgetTable]

HEAD = ["KODE", "URAIAN", "ANGGARAN"]
FULL = ["KODE", "URAIAN", "ANGGARAN", "REALISASI", "LEBIH/(KURANG)"]

AMOUNTS = st.integers(min_value=0, max_value=10**12).map(lambda sen: Decimal(sen).scaleb(-2))

ACTIVITIES = st.dictionaries(st.integers(1, 9), st.lists(AMOUNTS, min_size=1, max_size=3), min_size=1, max_size=3)
FIELDS = st.dictionaries(
    st.integers(1, 5), st.dictionaries(st.integers(1, 4), ACTIVITIES, min_size=1, max_size=2), min_size=1, max_size=5
)
"""Amounts by field, sub-field, activity and account."""


def shown(amount: Decimal) -> str:
    """An amount as such a file writes it."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def printed(
    fields: dict[int, dict[int, dict[int, list[Decimal]]]], off: Callable[[str], Decimal]
) -> Iterator[tuple[list[str], Decimal]]:
    """Rows of expenditure with every heading's sum, each off by something; and what each row's amount is."""
    total = Decimal(0)
    for field, subs in fields.items():
        amount = sum((a for acts in subs.values() for accounts in acts.values() for a in accounts), Decimal(0))
        total += amount
        yield row(f"{field:02}", f"BIDANG KE {field}", amount, off)
        for sub, acts in subs.items():
            yield row(f"{field:02}.{sub:02}", "Sub bidang", sum(map(sum, acts.values()), Decimal(0)), off)
            for act, accounts in acts.items():
                yield row(f"{field:02}.{sub:02}.{act:02}", "Kegiatan", sum(accounts, Decimal(0)), off)
                for number, account in enumerate(accounts, 1):
                    yield [f"5.2.1.{number:02}.", "Belanja barang", shown(account)], account
    yield row("", "JUMLAH BELANJA", total, off)


def row(code: str, title: str, amount: Decimal, off: Callable[[str], Decimal]) -> tuple[list[str], Decimal]:
    amount += off(code)
    return [code, title, shown(amount)], amount


def understood(rows: list[list[str]]) -> BudgetTable:
    """Rows as the desk reads them from a csv file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text("\n".join(";".join(cells) for cells in [HEAD, ["5.", "BELANJA", ""], *rows]), encoding="utf-8")
        return read_budget(path, 2024).table


@given(FIELDS)
@settings(max_examples=60)
def test_subtotals_are_never_added_twice(fields: dict[int, dict[int, dict[int, list[Decimal]]]]):
    rows = list(printed(fields, lambda code: Decimal(0)))
    table = understood([cells for cells, _amount in rows])
    assert totals_of(table.lines, "amount").expenditure == rows[-1][1]
    assert [line for line in table.lines if line.kind == "unspecified"] == []
    assert not [p for p in table.problems if "tidak sama" in p.message]


@given(FIELDS, st.data())
@settings(max_examples=60)
def test_printed_sums_stand_and_every_heading_equals_its_rows(
    fields: dict[int, dict[int, dict[int, list[Decimal]]]], data: st.DataObject
):
    offs = st.sampled_from([Decimal(0), Decimal(0), Decimal("0.01"), Decimal(-7), Decimal(1000000)])
    rows = list(printed(fields, lambda code: data.draw(offs)))
    table = understood([cells for cells, _amount in rows])
    kept = [x.amount for x in table.lines if x.kind in ("line", "total")]
    assert kept == [amount for _cells, amount in rows]
    assert totals_of(table.lines, "amount").expenditure == rows[-1][1]
    assert_closed(table.lines)
    gaps = [line for line in table.lines if line.kind == "unspecified"]
    assert len({line.parent for line in gaps}) == len(gaps)
    assert len([p for p in table.problems if "belum dirinci" in p.message]) == len(gaps)
    assert {line.row for line in gaps} == {p.row for p in table.problems if "belum dirinci" in p.message}


def assert_closed(lines: tuple[Line, ...]) -> None:
    """Every heading with an amount has exactly that below it."""
    worth = sums(lines, [line.amount for line in lines])
    for place, line in enumerate(lines):
        below = [i for i, x in enumerate(lines) if x.parent == place and x.kind != "total"]
        if below and line.amount is not None and not is_corrected(lines, place):
            assert total(signed(lines[i], line, worth[i] or Decimal(0)) for i in below) == line.amount


def is_of_part(lines: tuple[Line, ...], line: Line) -> bool:
    """A printed total of a whole part, not of a line in it."""
    return line.parent is None or lines[line.parent].kind == "section"


def total(amounts: Iterator[Decimal]) -> Decimal:
    """Their sum."""
    return sum(amounts, Decimal(0))


def is_corrected(lines: tuple[Line, ...], place: int) -> bool:
    """A whole part whose printed total, which counts, says something else than its heading."""
    part = lines[place]
    return part.kind == "section" and any(
        x.kind == "total" and (x.parent == place or (x.parent is None and x.section == part.section)) for x in lines
    )


def test_a_total_beyond_its_rows_keeps_its_amount(read: Read):
    rows = [HEAD, ["4.", "PENDAPATAN", ""], ["4.1.", "PAD", "30"], ["4.2.", "Transfer", "60"],
            ["", "JUMLAH PENDAPATAN", "100"]]  # fmt: skip
    table = read(rows)
    assert totals_of(table.lines, "amount").revenue == 100
    (gap,) = [line for line in table.lines if line.kind == "unspecified"]
    assert (gap.title, gap.amount, gap.section, gap.parent, gap.row) == ("belum dirinci", 10, "revenue", 0, 5)
    (problem,) = table.problems
    assert (problem.row, problem.blocks) == (5, False)
    assert "Rp\u00a0100" in problem.message
    assert "Rp\u00a090" in problem.message


def test_rows_beyond_their_total_leave_a_negative_line(read: Read):
    rows = [HEAD, ["4.1.", "PAD", "30"], ["4.2.", "Transfer", "80"], ["", "JUMLAH PENDAPATAN", "100"]]
    table = read(rows)
    assert totals_of(table.lines, "amount").revenue == 100
    assert [line.amount for line in table.lines if line.kind == "unspecified"] == [-10]


def test_a_heading_and_its_total_that_differ_are_told(read: Read):
    rows = [HEAD, ["4.", "PENDAPATAN", "99"], ["4.1.", "PAD", "100"], ["", "JUMLAH PENDAPATAN", "100"]]
    table = read(rows)
    assert totals_of(table.lines, "amount").revenue == 100
    assert [(p.row, "Rp\u00a099" in p.message) for p in table.problems] == [(4, True)]


def test_a_total_without_any_row_is_kept_whole(read: Read):
    rows = [HEAD, ["4.", "PENDAPATAN", ""], ["4.1.", "PAD", "100"], ["", "JUMLAH BELANJA", "90"],
            ["", "JUMLAH PENERIMAAN PEMBIAYAAN", "7"], ["", "PEMBIAYAAN NETTO", "-10"]]  # fmt: skip
    totals = totals_of(read(rows).lines, "amount")
    assert (totals.expenditure, totals.receipts, totals.payments) == (90, 7, 17)
    assert (totals.financing, totals.balance) == (-10, 0)


def test_net_financing_takes_payments_off(read: Read):
    rows = [HEAD, ["6.", "PEMBIAYAAN", "5"], ["6.1.", "Penerimaan Pembiayaan", "8"],
            ["6.2.", "Pengeluaran Pembiayaan", "3"], ["", "PEMBIAYAAN NETTO", "5"]]  # fmt: skip
    table = read(rows)
    totals = totals_of(table.lines, "amount")
    assert (totals.receipts, totals.payments, totals.financing) == (8, 3, 5)
    assert table.problems == ()


def test_a_net_financing_that_misses_payments_completes_them(read: Read):
    rows = [HEAD, ["6.", "PEMBIAYAAN", ""], ["6.1.", "Penerimaan Pembiayaan", "8"], ["", "PEMBIAYAAN NETTO", "5"]]
    table = read(rows)
    assert totals_of(table.lines, "amount").financing == 5
    assert [(x.section, x.amount) for x in table.lines if x.kind == "unspecified"] == [("payments", 3)]


@pytest.mark.parametrize(
    "heading",
    [
        [],
        [["6.", "PEMBIAYAAN", ""]],
        [["6.", "PEMBIAYAAN", ""], ["6.1.", "Penerimaan", ""], ["6.2.", "Pengeluaran", ""]],
    ],
)
def test_a_financing_of_nothing_is_known_and_not_missing(read: Read, heading: list[list[str]]):
    rows = [HEAD, ["4.1.", "PAD", "9"], ["5.1.", "Belanja Pegawai", "9"], *heading, ["", "PEMBIAYAAN NETTO", "0,00"]]
    table = read(rows)
    totals = totals_of(table.lines, "amount")
    assert (totals.financing, totals.balance) == (0, 0)
    assert table.problems == ()


def test_a_total_of_a_line_without_rows_is_the_line_s_amount(read: Read):
    rows = [
        HEAD,
        ["4.", "PENDAPATAN", ""],
        ["4.2.", "Pendapatan Transfer", ""],
        ["", "Jumlah Pendapatan Transfer", "9"],
    ]
    assert totals_of(read(rows).lines, "amount").revenue == 9


def test_each_column_is_closed_by_the_same_line(read: Read):
    rows = [FULL, ["4.", "PENDAPATAN", "", "", ""], ["4.1.", "PAD", "30", "20", "10"],
            ["", "JUMLAH PENDAPATAN", "30", "25", "5"]]  # fmt: skip
    table = read(rows)
    assert totals_of(table.lines, "realised").revenue == 25
    (gap,) = [line for line in table.lines if line.kind == "unspecified"]
    assert (gap.amount, gap.realised) == (None, 5)


def test_printed_results_stay_and_differences_are_told(read: Read):
    rows = [HEAD, ["4.1.", "PAD", "100"], ["5.1.", "Belanja Pegawai", "90"], ["", "SURPLUS / (DEFISIT)", "11"],
            ["6.2.", "Pengeluaran Pembiayaan", "10"], ["", "SiLPA TAHUN BERJALAN", "1"]]  # fmt: skip
    table = read(rows)
    assert [(p.row, p.blocks) for p in table.problems] == [(4, False), (6, False)]
    assert [x.amount for x in table.lines if x.section in ("surplus", "balance")] == [11, 1]


def test_an_unbalanced_budget_is_loaded_and_told(read: Read):
    rows = [HEAD, ["4.1.", "PAD", "100"], ["5.1.", "Belanja Pegawai", "90"], ["6.1.", "Penerimaan Pembiayaan", "0"]]
    table = read(rows)
    (problem,) = table.problems
    assert (problem.row, problem.blocks) == (4, False)
    assert "Rp\u00a010" in problem.message


def test_wrong_differences_are_told_by_row(read: Read):
    rows = [["KODE", "URAIAN", "SEMULA", "MENJADI", "BERTAMBAH/(BERKURANG)"],
            ["4.1.", "PAD", "10", "15", "5"], ["4.2.", "Transfer", "10", "15", "6"]]  # fmt: skip
    assert [p.row for p in read(rows).problems] == [3]


@pytest.mark.parametrize("sign", [1, -1])
def test_over_and_under_may_be_counted_either_way(read: Read, sign: int):
    rows: list[list[object]] = [
        FULL,
        ["4.1.", "PAD", 10, 12, -2 * sign],
        ["4.2.", "Transfer", 10, 7, 3 * sign],
        ["4.3.", "Lain-lain", 10, 7, 4 * sign],
    ]
    assert [p.row for p in read(rows).problems] == [4]


def test_leaves_are_the_lines_with_nothing_below(read: Read):
    table = read([HEAD, ["4.", "PENDAPATAN", ""], ["4.1.", "PAD", "1"], ["4.1.1.", "Hasil Usaha", "1"]])
    assert [line.code for line in leaves(table.lines)] == ["4.1.1."]


CODES = st.sampled_from(
    ["", "4", "4.", "4.1.", "4.2.1", "1.", "01", "05", "5", "5.", "5.1", "5.1.1.01.", "01.01", "1.1.01", "5.1.00", "I.",
     "-", "5.2.1.01. [01.01.01]", "1.1.01 5.1.", "6.", "6.1.", "6.1.1", "6.2.2", "9.9.9", "A", "4. PENDAPATAN"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["", "PENDAPATAN", "BELANJA", "PEMBIAYAAN", "Pendapatan Asli Desa", "Dana Desa", "Belanja Pegawai", "Jumlah",
     "BIDANG PELAKSANAAN PEMBANGUNAN DESA", "JUMLAH PENDAPATAN", "JUMLAH BELANJA", "SURPLUS / (DEFISIT)", "SiLPA",
     "PEMBIAYAAN NETTO", "SILPA TAHUN BERJALAN", "Jumlah Penerimaan Pembiayaan", "Sub Bidang Pendidikan",
     "Kegiatan, ", "dan lain"]
)  # fmt: skip
CELLS = st.sampled_from(["", "", "0", "5", "10", "(5)", "-", "100,00"])


@given(st.lists(st.tuples(CODES, WORDS, CELLS, CELLS).map(list), min_size=1, max_size=30))
@settings(max_examples=200)
def test_any_mixture_of_rows_closes_or_is_refused(rows: list[list[str]]):
    try:
        table = understood([[code, words, first] for code, words, first, _second in rows])
    except DeskError as refusal:
        told = str(refusal)
        assert told.startswith("Baris ")
        return
    assert_closed(table.lines)
    assert all(line.parent is None or line.parent < place for place, line in enumerate(table.lines))
    for section in ("revenue", "expenditure"):
        totals = [
            x
            for x in table.lines
            if (x.kind, x.section) == ("total", section) and x.amount is not None and is_of_part(table.lines, x)
        ]
        if totals:
            assert getattr(totals_of(table.lines, "amount"), section) == totals[-1].amount
