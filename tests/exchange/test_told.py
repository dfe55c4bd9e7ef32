"""What a file does not say is asked: how amounts are written, what a column holds; what was said of a form is kept."""

import json
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.budget import queries
from desk.desk import Desk
from desk.exchange.apbdes import BudgetFile, Hints, import_budget, read_budget
from desk.exchange.headings import UnclearError
from desk.exchange.sheet import Pasted
from desk.exchange.sums import totals_of
from desk.layouts import RememberColumns, remembered
from desk.money import Style
from desk.store import DeskError

Save = Callable[..., Path]

HEAD = ["KODE", "URAIAN", "ANGGARAN"]
DOUBTFUL = [HEAD, ["4.1.", "PAD", "17,500"], ["4.2.", "Transfer", "8,070"]]
ODD = [["Kode", "Uraian", "Duit", "Terpakai"], ["4.1.", "PAD", "10.000.000", "4.000.000"]]


def revenue(file: BudgetFile) -> Decimal | None:
    """The total of revenue a file says."""
    return totals_of(file.table.lines, "amount").revenue


def test_where_no_amount_decides_one_question_stands_before_all(save: Save):
    file = read_budget(save("a.csv", DOUBTFUL), 2024)
    (problem,) = [p for p in file.table.problems if p.blocks]
    assert file.is_asking and problem.row == 2
    assert "Rp\u00a017,50 menurut gaya Indonesia, Rp\u00a017.500 menurut gaya Inggris" in problem.message
    assert "--numbers id" in problem.message


@pytest.mark.parametrize(("style", "total"), [(Style.COMMA, "25570"), (Style.DOT, "25.57")])
def test_what_a_person_answers_is_how_the_file_is_read(save: Save, style: Style, total: str):
    file = read_budget(save("a.csv", DOUBTFUL), 2024, Hints(style))
    assert not file.is_asking and not any(p.blocks for p in file.table.problems)
    assert revenue(file) == Decimal(total)


def test_an_answer_never_overrules_what_the_file_shows_itself(save: Save):
    file = read_budget(save("a.csv", [*DOUBTFUL, ["4.3.", "Lain", "1,000,000"]]), 2024, Hints(Style.DOT))
    assert file.numbers.style is Style.COMMA and revenue(file) == 1_025_570


def test_the_price_column_decides_where_the_sums_do_not(save: Save):
    rows = [["KODE", "URAIAN", "VOLUME", "HARGA SATUAN", "JUMLAH"], ["5.1.", "Pasir", "2", "8.250,00", "16.500"]]
    file = read_budget(save("a.csv", rows), 2024)
    assert file.numbers.style is Style.DOT and not file.is_asking
    assert [line.amount for line in file.table.lines if line.kind == "line"] == [16500]


def test_amounts_a_spreadsheet_holds_as_numbers_leave_nothing_to_ask(save: Save):
    file = read_budget(save("a.xlsx", [HEAD, ["4.1.", "PAD", 17500], ["4.2.", "Transfer", 8070.5]]), 2024)
    assert not file.is_asking and revenue(file) == Decimal("25570.50")


SEN = st.integers(min_value=0, max_value=10**14).map(lambda sen: Decimal(sen).scaleb(-2))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SEN, min_size=1, max_size=5), st.sampled_from(Style), st.sampled_from([0, 2, 3]))
def test_no_amount_of_a_file_is_multiplied_whatever_its_style(amounts: list[Decimal], style: Style, decimals: int):
    """Read right, asked about, or refused with its row; three decimals are what would make a thousandfold."""
    meant = [round(amount, decimals) for amount in amounts]
    english = [f"{amount:,.{decimals}f}" for amount in meant]
    printed = english if style is Style.COMMA else [text.translate(str.maketrans(",.", ".,")) for text in english]
    rows = [f"4.1.{n}\tHasil {n}\t{text}" for n, text in enumerate(printed, 1)]
    try:
        file = read_budget(Pasted("\n".join(["Kode\tUraian\tAnggaran", *rows])), 2024)
    except DeskError:
        return
    if any(p.blocks for p in file.table.problems):
        return
    assert [line.amount for line in file.table.lines if line.kind == "line"] == meant


def meja(folder: Path, *arguments: object) -> tuple[int, dict[str, object]]:
    """Exit status and answer of a command."""
    command = [sys.executable, "-m", "ui.start", "--data", str(folder / "desk"), *map(str, arguments), "--json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return run.returncode, json.loads(run.stdout.splitlines()[-1])


def test_the_command_line_stops_and_asks_for_the_style(save: Save, tmp_path: Path):
    path = save("a.csv", DOUBTFUL)
    status, answer = meja(tmp_path, "import-budget", path, "--year", 2024)
    assert status == 1 and "--numbers id atau --numbers en" in str(answer["error"])
    _status, answer = meja(tmp_path, "import-budget", path, "--year", 2024, "--dry-run")
    assert [problem["row"] for problem in answer["problems"]] == [2]  # type: ignore[attr-defined,index]
    status, answer = meja(tmp_path, "import-budget", path, "--year", 2024, "--numbers", "en")
    assert (status, answer["revenue"], answer["changed"]) == (0, "25570", True)


def test_a_pasted_table_is_read_as_a_file_is(samples: Path):
    path = samples / "perboto-2025-penjabaran.csv"
    pasted = read_budget(Pasted(path.read_text(encoding="utf-8").replace(";", "\t")), 2025)
    assert pasted.table == read_budget(path, 2025).table
    assert pasted.name == "tabel yang ditempel"


def test_a_heading_whose_amounts_nobody_knows_is_shown_for_correction(save: Save):
    path = save("a.csv", ODD)
    with pytest.raises(UnclearError, match=r"Baris 1: kolom jumlah tidak dikenali") as unclear:
        read_budget(path, 2024)
    heading = unclear.value.heading
    assert [role for _text, role in heading.columns] == ["code", "title", "", ""]
    told = Hints(layouts={heading.layout: ("code", "title", "amount", "realised")})
    file = read_budget(path, 2024, told)
    assert file.is_remembered and revenue(file) == 10_000_000
    assert totals_of(file.table.lines, "realised").revenue == 4_000_000


def test_a_correction_without_amounts_or_names_is_refused(save: Save):
    path = save("a.csv", [HEAD, ["4.1.", "PAD", "1.000.000"]])
    layout = read_budget(path, 2024).heading.layout
    with pytest.raises(UnclearError, match="jumlah"):
        read_budget(path, 2024, Hints(layouts={layout: ("code", "title", "")}))
    with pytest.raises(UnclearError, match="uraian"):
        read_budget(path, 2024, Hints(layouts={layout: ("code", "", "amount")}))


def test_the_same_form_of_another_year_has_the_same_layout(save: Save):
    this, last = (
        read_budget(save(f"{year}.csv", [["Kode", "Uraian", f"Anggaran {year}"], ["4.1", "PAD", "1000"]]), year)
        for year in (2024, 2025)
    )
    assert this.heading.layout == last.heading.layout


def test_what_was_said_of_a_form_is_used_for_the_next_file_of_it(desk: Desk, save: Save):
    with pytest.raises(UnclearError) as unclear:
        import_budget(desk, save("a.csv", ODD), 2024)
    layout, roles = unclear.value.heading.layout, ("code", "title", "amount", "")
    desk.do(RememberColumns(layout, ("code", "title", "", "amount")))
    desk.do(RememberColumns(layout, roles))
    assert desk.ask(remembered) == {layout: roles}
    assert not desk.do(RememberColumns(layout, roles)).changes
    assert import_budget(desk, save("b.csv", ODD), 2024).budget.revenue == 10_000_000
    assert len(desk.ask(queries.versions, 2024)) == 1


def test_what_was_said_of_a_form_stays_on_this_pc(desk: Desk):
    desk.do(RememberColumns("a" * 64, ("code", "title", "amount")))
    outgoing = desk.ask(lambda c: c.exec_driver_sql("SELECT sum(outgoing) FROM change").scalar_one())
    assert outgoing == 0


PASTED = "Uraian\tAnggaran\nDana Desa\tRp 800.000.000\n{middle}Bidang Pembangunan\tRp 820.000.000\nBLT\tRp 30.000.000\n"


@pytest.mark.parametrize("middle", ["", "Jumlah Pendapatan\tRp 800.000.000\n"])
def test_a_silpa_that_fills_what_revenue_lacks_is_last_years(middle: str):
    table = read_budget(Pasted(PASTED.format(middle=middle) + "SiLPA\tRp 50.000.000\n"), 2026).table
    sums = totals_of(table.lines, "amount")
    assert (sums.financing, sums.balance) == (50_000_000, 0)


def test_a_silpa_nobody_can_place_is_told_and_not_dropped_in_silence():
    table = read_budget(Pasted(PASTED.format(middle="") + "SiLPA\tRp 40.000.000\n"), 2026).table
    (told,) = [problem.message for problem in table.problems if "SiLPA" in problem.message]
    assert told.startswith("Baris 5: SiLPA Rp\u00a040.000.000 belum dihitung") and "PEMBIAYAAN" in told
    assert not any("0 baris" in problem.message for problem in table.problems)
