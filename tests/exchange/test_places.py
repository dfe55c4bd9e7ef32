"""Where a row belongs: by its code, by its words, by what it adds up to; and what is told where nothing says."""

from collections.abc import Callable
from decimal import Decimal

from desk.budget.rules import BudgetTable, Line
from desk.exchange.sums import totals_of

Read = Callable[..., BudgetTable]

HEAD = ["KODE", "URAIAN", "ANGGARAN"]


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


def test_rows_without_codes_belong_below_the_line_they_add_up_to(read: Read):
    rows = [HEAD, ["4.", "PENDAPATAN", ""], ["4.1.", "Pendapatan Asli Desa", "30"], ["", "Sewa kios", "10"],
            ["", "Parkir", "20"], ["4.2.", "Pendapatan Transfer", "70"], ["", "JUMLAH PENDAPATAN", "100"]]  # fmt: skip
    table = read(rows)
    assert sums(table)[0] == 100
    assert ("pendapatan", "pendapatan asli desa", "parkir") in paths(table)
    assert table.problems == ()


def test_rows_without_codes_that_add_up_to_nothing_stand_beside(read: Read):
    rows = [HEAD, ["4.", "PENDAPATAN", ""], ["4.1.", "Pendapatan Asli Desa", "30"], ["", "Bantuan lain", "70"],
            ["", "JUMLAH PENDAPATAN", "100"]]  # fmt: skip
    table = read(rows)
    assert sums(table)[0] == 100
    assert table.problems == ()


def test_words_broken_over_two_rows(read: Read):
    rows = [HEAD, ["5.", "BELANJA", ""], ["05", "BIDANG PENANGGULANGAN BENCANA,", "7.000.000"],
            ["", "DARURAT DAN MENDESAK DESA", ""]]  # fmt: skip
    (_part, line) = read(rows).lines
    assert line.title == "BIDANG PENANGGULANGAN BENCANA, DARURAT DAN MENDESAK DESA"


def test_a_bare_total_belongs_to_the_line_it_fits(read: Read):
    rows = [HEAD, ["4.", "PENDAPATAN", ""], ["4.2.", "Pendapatan Transfer", ""], ["4.2.1.", "Dana Desa", "60"],
            ["4.2.3.", "ADD", "40"], ["", "Jumlah", "100"], ["4.3.", "Lain-lain", "5"],
            ["", "TOTAL", "105"]]  # fmt: skip
    table = read(rows)
    assert sums(table)[0] == 105
    assert table.problems == ()


def test_the_older_numbering_of_fields_is_understood(read: Read):
    rows = [HEAD, ["2", "BELANJA", "100"], ["2.1", "Bidang Penyelenggaraan Pemerintahan Desa", "60"],
            ["2.1.1", "Penghasilan Tetap dan Tunjangan", "60"], ["2.2", "Bidang Pembangunan Desa", "40"]]  # fmt: skip
    table = read(rows, year=2017)
    assert sums(table)[1] == 100
    assert ("belanja", "bidang penyelenggaraan pemerintahan desa", "penghasilan tetap dan tunjangan") in paths(table)


def test_field_five_and_account_five_are_told_apart(read: Read):
    rows = [
        HEAD,
        ["5", "BELANJA", ""],
        ["4", "BIDANG PEMBERDAYAAN MASYARAKAT", "30"],
        ["4.1", "Kelautan dan Perikanan", "30"],
        ["4.1.01", "Pelatihan", "30"],
        ["5.2", "Belanja Barang dan Jasa", "30"],
        ["5", "BIDANG PENANGGULANGAN BENCANA, DARURAT DAN MENDESAK DESA", "70"],
        ["5.1", "Penanggulangan Bencana", "70"],
        ["5.1.00", "Penanggulangan Bencana", "70"],
        ["5.4", "Belanja Tak Terduga", "70"],
        ["5.4.1", "Belanja Tak Terduga", "70"],
    ]
    table = read(rows)
    assert sums(table)[1] == 100
    assert [len(path) for path in paths(table)] == [2, 3, 4, 5, 2, 3, 4, 5, 6]
    assert [line.kind for line in table.lines].count("unspecified") == 0


def test_expenditure_by_kind_needs_no_fields(read: Read):
    rows = [HEAD, ["5.", "BELANJA", ""], ["5.1.", "Belanja Pegawai", "60"], ["5.1.1.", "Siltap Kepala Desa", "60"],
            ["5.2.", "Belanja Barang dan Jasa", "40"], ["", "JUMLAH BELANJA", "100"]]  # fmt: skip
    table = read(rows)
    assert sums(table)[1] == 100
    assert [len(path) for path in paths(table)] == [2, 3, 2]
    assert table.problems == ()


def test_columns_of_zeros_are_zeros_and_blank_is_unknown(read: Read):
    rows = [HEAD, ["4.", "PENDAPATAN", ""], ["4.1.", "PAD", "0,00"], ["4.3.", "Lain-lain", "-"],
            ["5.", "BELANJA", ""], ["5.4.", "Belanja Tak Terduga", ""]]  # fmt: skip
    table = read(rows)
    assert sums(table) == (0, None, None, None)


def test_what_is_only_summed_up_is_known_by_its_parts(read: Read):
    rows = [HEAD, ["4", "PENDAPATAN", "100"], ["5", "BELANJA", "105"], ["6", "PEMBIAYAAN", "5"]]
    assert sums(read(rows)) == (100, 105, 5, 0)


def test_rows_without_code_that_nothing_confirms_are_told(read: Read):
    rows = [HEAD[1:], ["BELANJA", ""], ["Bidang Pemerintahan", "100"], ["Kantor", "60"], ["Gaji", "30"]]
    (problem,) = read(rows).problems
    assert (problem.row, problem.blocks) == (4, False)
    assert "tanpa kode" in problem.message
