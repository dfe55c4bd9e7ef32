"""What screens and posters are told of a budget: every published amount, in its place, with its sums."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from desk.budget import queries
from desk.budget.commands import Enact, SetLine, StartBudget
from desk.budget.queries import Item, Summary
from desk.desk import Desk
from desk.exchange.apbdes import import_budget, read_budget

Put = Callable[..., bytes]


def summary(desk: Desk, samples: Path, name: str) -> Summary:
    """The summary of a sample."""
    year = int(name.split("-")[1])
    import_budget(desk, samples / f"{name}.csv", year)
    told = desk.ask(queries.summary, year)
    assert told is not None
    return told


def items(told: Summary) -> list[Item]:
    """All lines of the summary."""
    return [*told.revenue.items, *told.expenditure.items, *told.financing.items]


def test_an_empty_desk_has_no_budget(desk: Desk):
    assert desk.ask(queries.years) == []
    assert desk.ask(queries.versions, 2026) == []
    assert desk.ask(queries.in_force, 2026) is None
    assert desk.ask(queries.summary, 2026) is None
    assert desk.ask(queries.version, b"0" * 16) is None
    assert not desk.ask(queries.complete, b"0" * 16)


def test_years_are_listed_oldest_first(desk: Desk):
    for year in (2026, 2024, 2025):
        desk.do(StartBudget(year))
    assert desk.ask(queries.years) == [2024, 2025, 2026]


def test_the_summary_holds_every_amount_the_village_published(desk: Desk, samples: Path):
    told = summary(desk, samples, "belantih-2022-realisasi")
    table = read_budget(samples / "belantih-2022-realisasi.csv", 2022).table
    shown = {(i.figures.amount, i.figures.realised) for i in items(told)}
    shown |= {(f.amount, f.realised) for f in (told.revenue.total, told.expenditure.total, told.financing.total)}
    shown |= {(told.surplus.amount, told.surplus.realised)}
    assert {(x.amount, x.realised) for x in table.lines if x.amount is not None} <= shown
    assert (told.balance.amount, told.balance.realised) == (0, 123544062)
    assert told.until == dt.date(2022, 12, 31)


def test_dana_desa_stands_below_transfer_and_the_five_fields_stand_alone(desk: Desk, samples: Path):
    told = summary(desk, samples, "gilis-2020-realisasi")
    assert [(i.depth, i.code) for i in told.revenue.items] == [
        (0, "4.1."), (1, "4.1.4."), (0, "4.2."), (1, "4.2.1."), (1, "4.2.2."), (1, "4.2.3."), (1, "4.2.4.")
    ]  # fmt: skip
    assert [(i.depth, i.code) for i in told.expenditure.items] == [(0, f"0{n}") for n in range(1, 6)]
    assert [(i.depth, i.title) for i in told.financing.items] == [
        (0, "Penerimaan Pembiayaan"), (1, "SILPA Tahun Sebelumnya")
    ]  # fmt: skip
    assert told.balance.amount == -5000000


def test_an_amendment_is_told_with_the_amounts_before_it(desk: Desk, samples: Path):
    told = summary(desk, samples, "ngrombo-2024-perubahan")
    assert (told.version.ordinal, told.version.is_draft) == (1, True)
    by_code = {i.code: i.figures for i in told.revenue.items}
    assert (by_code["4.2.4."].before, by_code["4.2.4."].amount) == (145000000, 185000000)
    assert (told.revenue.total.before, told.revenue.total.amount) == (2451306000, 2491306000)
    assert told.financing.total.amount is None


def test_where_a_file_has_only_finer_lines_they_stand_for_themselves(desk: Desk, samples: Path):
    told = summary(desk, samples, "perboto-2025-penjabaran")
    assert [i.code for i in told.revenue.items] == ["4.2.1.01.", "4.2.2.01.", "4.2.3.01.", "4.2.4.01.", "4.3.6.01."]
    assert [(i.code, i.figures.amount) for i in told.expenditure.items] == [("01", 681922621)]


def test_the_shown_lines_of_depth_nought_are_the_total(desk: Desk, samples: Path):
    for name in (
        "belantih-2022-realisasi",
        "gilis-2020-realisasi",
        "ngrombo-2024-perubahan",
        "perboto-2025-penjabaran",
    ):
        told = summary(desk, samples, name)
        for part in (told.revenue, told.expenditure):
            assert sum((i.figures.amount or Decimal(0) for i in part.items if i.depth == 0), Decimal(0)) == (
                part.total.amount
            )


def test_a_difference_is_shown_beside_the_lines_it_completes(desk: Desk, put: Put):
    put(100, account="4.2")
    put(60, account="4.2.1")
    told = desk.ask(queries.summary, 2026)
    assert told is not None
    assert [(i.depth, i.title, i.figures.amount, i.unspecified) for i in told.revenue.items] == [
        (0, "Pendapatan Transfer", 100, False), (1, "Dana Desa", 60, False), (1, "belum dirinci", 40, True)
    ]  # fmt: skip


def test_the_tree_sums_headings_that_print_nothing_and_marks_totals(desk: Desk, samples: Path):
    report = import_budget(desk, samples / "gilis-2020-realisasi.csv", 2020)
    nodes = desk.ask(queries.tree, report.version)
    heading = nodes[0]
    assert (heading.printed, heading.amount, heading.realised) == (None, 1370198500, 1372923657)
    assert heading.percent == Decimal("100.20")
    assert [n.title for n in nodes if n.is_total] == [
        "JUMLAH PENDAPATAN", "JUMLAH BELANJA", "SURPLUS / (DEFISIT)", "PEMBIAYAAN NETTO", "SILPA/SiLPA TAHUN BERJALAN"
    ]  # fmt: skip
    assert nodes[-1].realised == -2868420
    positions = {n.id: place for place, n in enumerate(nodes)}
    for place, node in enumerate(nodes):
        if node.parent is not None and not node.is_total:
            assert positions[node.parent] < place
            assert node.depth == nodes[positions[node.parent]].depth + 1


def test_percent_means_nothing_without_a_budget(desk: Desk, draft: bytes, put: Put):
    put(0, account="4.1")
    assert [n.percent for n in desk.ask(queries.tree, draft)] == [None, None]


def test_the_version_in_force_is_the_last_enacted_else_the_last(desk: Desk, samples: Path):
    import_budget(desk, samples / "ngrombo-2024-perubahan.csv", 2024)
    first, second = desk.ask(queries.versions, 2024)
    assert desk.ask(queries.in_force, 2024) == second
    desk.do(Enact(first.id, "Peraturan Desa Nomor 1 Tahun 2024", dt.date(2024, 1, 2)))
    assert desk.ask(queries.in_force, 2024).id == first.id
    desk.do(Enact(second.id, "Peraturan Desa Nomor 4 Tahun 2024", dt.date(2024, 9, 2)))
    assert desk.ask(queries.in_force, 2024).id == second.id


def test_completeness_is_reckoned_from_the_lines(desk: Desk, draft: bytes, put: Put):
    put(60, account="4.2.1")
    assert desk.ask(queries.complete, draft)
    desk.do(SetLine(draft, Decimal(61), account="4.2.1"))
    assert desk.ask(queries.complete, draft)
