"""A line in full depth: fund source, volume, unit and price; the amount follows from them or a person chooses."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk import log
from desk.budget import queries
from desk.budget.commands import FillBudget, RemoveLine, SetLine, Typed
from desk.budget.queries import Node
from desk.budget.rules import Differs
from desk.desk import Desk
from desk.store import DeskError

Put = Callable[..., bytes]
HEAD = {"account": "5.1.1.01", "activity": "1.1.01"}


@pytest.fixture
def line(desk: Desk, draft: bytes) -> Callable[[bytes], Node]:
    """A row of the draft by its id."""
    return lambda key: next(n for n in desk.ask(queries.tree, draft) if n.id == key)


def test_an_empty_amount_is_volume_times_price(put: Put, line: Callable[[bytes], Node]):
    key = put(None, **HEAD, fund="ADD", volume="2,5", unit="ha", price="1.500.000")
    node = line(key)
    assert (node.amount, node.volume, node.unit, node.price) == (3_750_000, "2,5", "ha", "1.500.000")
    assert node.fund == "ADD"


def test_an_amount_that_says_otherwise_is_asked_about_and_kept_once_chosen(
    desk: Desk, draft: bytes, put: Put, line: Callable[[bytes], Node]
):
    typed = {**HEAD, "volume": "12", "unit": "bulan", "price": "100"}
    with pytest.raises(Differs, match="Mana yang benar") as asked:
        put(1_300, **typed)
    assert (asked.value.product, asked.value.amount) == (1_200, 1_300)
    assert desk.ask(queries.tree, draft) == []
    key = desk.do(SetLine(draft, Decimal(1_300), **typed, as_written=True)).value
    assert line(key).amount == 1_300
    with pytest.raises(Differs):
        desk.do(SetLine(draft, Decimal(1_400), line=key))
    assert desk.do(SetLine(draft, Decimal(1_200), line=key)).value == key


def test_a_product_finer_than_sen_is_not_rounded_behind_anyones_back(put: Put):
    with pytest.raises(DeskError, match="satu sen"):
        put(None, **HEAD, volume="0,125", unit="ha", price="1.000.001")


@pytest.mark.parametrize(
    ("field", "text"), [("volume", "1,234"), ("volume", "dua"), ("price", "1,234"), ("price", "12.5")]
)
def test_a_volume_or_price_that_can_be_read_two_ways_is_refused(put: Put, field: str, text: str):
    with pytest.raises(DeskError):
        put(5, **HEAD, **{"volume": "1", "price": "5", field: text})


def test_publication_entry_leaves_what_was_detailed_alone(
    desk: Desk, draft: bytes, put: Put, line: Callable[[bytes], Node]
):
    key = put(None, account="4.2.1", fund="DDS", volume="2", unit="termin", price="50")
    desk.do(FillBudget(2026, (Typed("4.2.1", "", Decimal(100)), Typed("", "1", Decimal(70)))))
    node = line(key)
    assert (node.amount, node.fund, node.volume, node.unit, node.price) == (100, "DDS", "2", "termin", "50")


def test_what_a_file_printed_as_volume_stands_in_nobodys_way(
    desk: Desk, draft: bytes, put: Put, line: Callable[[bytes], Node]
):
    key = put(5, account="4.2.1")
    desk.do(SetLine(draft, Decimal(5), line=key, unit="1 paket lengkap"))
    desk.do(SetLine(draft, Decimal(6), line=key))
    assert (line(key).amount, line(key).unit) == (6, "1 paket lengkap")


def test_a_line_takes_no_source_another_line_of_the_same_codes_has(desk: Desk, draft: bytes, put: Put):
    put(5, **HEAD, fund="ADD")
    other = put(7, **HEAD, fund="DDS")
    with pytest.raises(DeskError, match="Sudah ada baris"):
        desk.do(SetLine(draft, Decimal(7), line=other, fund="ADD"))


CODES = st.sampled_from(
    [("4.2.1", ""), ("", "1"), ("", "1.1.01"), ("5.1.1.01", "1.1.01"), ("5.1.1.02", "1.1.01"), ("6.1.1", "")]
)
STEPS = st.lists(st.tuples(CODES, st.sampled_from(["", "DDS", "ADD"]), st.integers(0, 90), st.booleans()), max_size=6)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_was_typed_is_undone_step_by_step(
    desk: Desk, draft: bytes, steps: list[tuple[tuple[str, str], str, int, bool]]
):
    states, acts = [desk.ask(queries.tree, draft)], []
    for (account, activity), fund, amount, removing in steps:
        command = SetLine(draft, Decimal(amount), account, activity, fund=fund or None)
        ends = [n for n in states[-1] if n.kind == "line" and not any(m.parent == n.id for m in states[-1])]
        try:
            done = desk.do(RemoveLine(ends[0].id) if removing and ends else command)
        except DeskError:
            continue
        if done.act:
            acts.append(done.act)
            states.append(desk.ask(queries.tree, draft))
    for act in reversed(acts):
        assert desk.ask(queries.tree, draft) == states.pop()
        desk.undo(act)
    assert desk.ask(queries.tree, draft) == states.pop()
    assert desk.ask(queries.complete, draft)
    assert desk.ask(log.check) == []
