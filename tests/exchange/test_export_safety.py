"""Nothing in a file of open data is ever calculated, nobody who asked stands in it, and it is the same each time."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.budget.commands import FillBudget, Typed
from desk.budget.tables import BudgetLine
from desk.exchange.opendata.export import KINDS
from desk.exchange.opendata.inert import LEADING, active, clean, csv_bytes, inert
from tests.exchange import openvillage as village
from tests.exchange.exported import made, parts_of, sheet_of, table
from tests.exchange.openvillage import YEAR

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "'=1", "\t=1+1", '=HYPERLINK("http://contoh.id","x")', "\r=1", "\uff1d1+1",
            "a;=1+1", "a; +2", "x\n=1")  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_data_are_the_same_bytes(desk, kind):
    village.whole_village(desk)
    assert made(desk, kind).content == made(desk, kind).content


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_tells_who_asked(desk, kind):
    village.whole_village(desk)
    content = made(desk, kind).content
    if content.startswith(b"PK"):
        content = b"\n".join(parts_of(content).values())
    assert [secret for secret in village.SECRETS if secret.encode() in content] == []
    assert b"Pejambon" in content or kind == "apbdes-csv"


@dataclass(frozen=True)
class Scrawled:
    """Every text of every row says the same."""

    text: str

    def run(self, session: Session) -> None:
        """Write it past every check, as a file or a peer might bring it."""
        for line in session.scalars(select(BudgetLine)):
            line.title = line.fund = line.volume = line.unit = line.price = line.code = self.text
        session.flush()


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_a_text_in_every_cell_of_every_file(desk, text):
    village.settle(desk)
    desk.do(FillBudget(YEAR, (Typed("4.2.1.01", "", Decimal(-5), "Koreksi"),)))
    desk.do(Scrawled(text))
    for content in (made(desk, "apbdes-csv").content, *parts_of(made(desk, "datapackage").content).values()):
        if content.startswith(b"{"):
            continue
        for separator in ",;":
            for row in csv.reader(io.StringIO(content.decode(), newline=""), delimiter=separator):
                assert not [cell for cell in row if cell.lstrip()[:1] in LEADING and not is_number(cell) and cell]
    content = made(desk, "apbdes-xlsx").content
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [c.value for c in cells if c.data_type == "n" and c.value is not None and c.number_format == "@"] == []
    risky = [c for c in cells if c.data_type == "s" and str(c.value)[:1] in LEADING and c.value != "-"]
    assert all(cell.quotePrefix for cell in risky)
    document = ElementTree.fromstring(parts_of(content)["xl/worksheets/sheet1.xml"])
    assert not [element for element in document.iter() if element.tag.endswith("}f")]


def is_number(cell: str) -> bool:
    """Whether a cell is an amount: a negative one begins like a formula and is none."""
    return cell.lstrip("-").replace(".", "", 1).isdecimal()


def test_a_negative_amount_stays_a_number(desk):
    village.settle(desk)
    desk.do(FillBudget(YEAR, (Typed("4.2.1.01", "", Decimal("-5.50"), "Koreksi"),)))
    (row,) = [row for row in table(made(desk, "apbdes-csv").content) if row["uraian"] == "Koreksi"]
    assert row["anggaran"] == "-5.50"
    (cells,) = [row for row in sheet_of(made(desk, "apbdes-xlsx").content) if row[2] == "Koreksi"]
    assert cells[3] == -5.5


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=2))
def test_every_amount_is_written_exactly_and_is_a_number(amount):
    written = csv_bytes(["a"], [[amount]]).decode().splitlines()[1]
    assert Decimal(written) == amount and is_number(written)


@given(st.text(max_size=60))
def test_an_inert_text_can_be_made_active_again(text):
    assert active(inert(text)) == clean(text)


@given(st.text(alphabet="=+-@'; \t\r\nab\uff1d\uff20,\"", max_size=30))
def test_no_text_begins_a_formula_whatever_separates_the_columns(text):
    written = csv_bytes(["a", "b"], [[text, "x"]]).decode()
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(written, newline=""), delimiter=separator):
            assert not [cell for cell in row if cell.lstrip()[:1] and cell.lstrip()[:1] in LEADING]
