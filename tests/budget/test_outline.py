"""A budget by field grows into one by activity, account and fund source, and its totals stay what they were."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk.budget import rules
from desk.budget.outline import Outline, Slot
from desk.budget.rules import Line
from desk.chart import Place, place_of, title_of
from desk.store import DeskError

Codes = tuple[str, str]
COARSE: tuple[Codes, ...] = (
    ("4.1", ""),
    ("4.2.1", ""),
    ("4.2.3", ""),
    ("", "1"),
    ("", "2"),
    ("6.1.1", ""),
    ("6.2.2", ""),
)
"""What is typed for a poster."""
FINE: tuple[Codes, ...] = (
    ("4.1.1.01", ""), ("4.2.1.01", ""), ("", "1.1"), ("", "1.1.01"), ("5.1.1.01", "1.1.01"), ("5.2.1.01", "1.1.01"),
    ("5.2.1.01", "1.1.04"), ("5.3.5.01", "2.3.11"), ("6.1.1.01", ""),
)  # fmt: skip
FUNDS = st.sampled_from(["", "DDS", "ADD", "PAD"])


def line(codes: Codes, amount: Decimal | None, fund: str = "") -> Line:
    account, activity = codes
    title = title_of(account, activity)
    return Line(place_of(account, activity), "line", title, None, f"{activity} {account}".strip(), account, activity,
                fund, amount=amount)  # fmt: skip


def sums(outline: Outline) -> rules.Totals:
    ends = rules.leaves(outline.lines())
    return rules.total_up((end.section, end.amount) for end in ends)


def rest(outline: Outline, slot: Slot) -> Decimal:
    """What the nearest line above that has an amount does not detail yet."""
    above = slot.above
    while above is not None and above.line.amount is None:
        above = above.above
    gap = [s for s in outline.below(above) if s.line.kind == "unspecified"] if above is not None else []
    return max(gap[0].line.amount or Decimal(0), Decimal(0)) if gap else Decimal(0)


@given(
    st.dictionaries(st.sampled_from(COARSE), st.integers(1, 10**9).map(Decimal), min_size=1),
    st.lists(st.tuples(st.sampled_from(FINE), FUNDS, st.integers(0, 100)), max_size=12),
)
@example(
    published={("", "1"): Decimal(1)},
    details=[(("", "1.1.01"), "", 0), (("", "1.1"), "DDS", 51), (("", "1.1.01"), "DDS", 51)],
)
def test_growing_into_detail_never_changes_the_totals(
    published: dict[Codes, Decimal], details: list[tuple[Codes, str, int]]
):
    outline = Outline([], [])
    for codes, amount in published.items():
        outline.put(line(codes, amount))
    before = sums(outline)
    for codes, fund, percent in details:
        new = line(codes, None, fund)
        if outline.find(new) is not None or getattr(before, new.section) is None:
            continue  # what a part published nothing of has no rest to detail
        try:
            slot = outline.put(new)
        except DeskError:
            continue
        assert sums(outline) == before
        if outline.below(slot):
            continue  # a heading over finer lines is their sum
        outline.change(slot, (rest(outline, slot) * percent / 100).quantize(Decimal(1)))
        assert sums(outline) == before
        assert_sound(outline)
    for codes, amount in published.items():
        if len(known := [s for s in outline.slots if s.place == Place.of(*codes) and not s.fund]) == 1:
            assert known[0].line.amount == amount


def assert_sound(outline: Outline) -> None:
    """Headings equal their rows, each place and source stands once, parents stand above their children."""
    lines = outline.lines()
    worth = rules.sums(lines, [x.amount for x in lines])
    for place, x in enumerate(lines):
        below = [i for i, other in enumerate(lines) if other.parent == place and other.kind != "total"]
        assert all(i > place for i in below)
        if below and x.amount is not None:
            assert sum((rules.signed(lines[i], x, worth[i] or Decimal(0)) for i in below), Decimal(0)) == x.amount
    places = [(Place.of(x.account, x.activity), x.fund) for x in lines if x.kind == "line"]
    assert len(places) == len(set(places))


def told(outline: Outline) -> list[tuple[str, str, Decimal | None]]:
    return [(x.code or x.title, x.fund, x.amount) for x in outline.lines() if x.kind != "section"]


def test_the_same_codes_with_two_fund_sources_are_two_lines():
    outline = Outline([], [])
    outline.put(line(("5.2.1.01", "1.1.04"), Decimal(26), "ADD"))
    outline.put(line(("5.2.1.01", "1.1.04"), Decimal(6), "PAD"))
    outline.put(line(("5.2.1.01", "1.1.04"), Decimal(30), "ADD"))
    assert told(outline) == [
        ("1", "", None), ("1.1", "", None), ("1.1.04", "", None),
        ("1.1.04 5.2.1.01", "ADD", 30), ("1.1.04 5.2.1.01", "PAD", 6),
    ]  # fmt: skip


def test_a_line_without_a_source_is_the_heading_of_those_with_one():
    outline = Outline([], [])
    outline.put(line(("", "1"), Decimal(100)))
    outline.put(line(("", "1"), Decimal(60), "DDS"))
    assert told(outline) == [("1", "", 100), ("1", "DDS", 60), ("belum dirinci", "", 40)]
    outline.put(line(("", "1"), Decimal(120)))
    assert told(outline) == [("1", "", 120), ("1", "DDS", 60), ("belum dirinci", "", 60)]


def test_a_detail_stands_below_the_line_of_its_own_source():
    outline = Outline([], [])
    outline.put(line(("", "1"), Decimal(100), "DDS"))
    outline.put(line(("", "1"), Decimal(50), "ADD"))
    outline.put(line(("5.1.1.01", "1.1.01"), Decimal(30), "DDS"))
    assert [entry for entry in told(outline) if entry[0] in ("belum dirinci", "1")] == [
        ("1", "ADD", 50), ("1", "DDS", 100), ("belum dirinci", "DDS", 70)
    ]  # fmt: skip
    with pytest.raises(DeskError, match="Pilih sumber dana"):
        outline.put(line(("5.1.1.02", "1.1.01"), Decimal(5)))


def test_a_source_is_the_same_by_whatever_name_a_file_calls_it():
    outline = Outline([], [])
    slot = outline.put(line(("", "1"), Decimal(100), "Dana Desa"))
    assert outline.find(line(("", "1"), None, "DDS")) is slot


def test_a_detail_brings_the_headings_posters_look_for():
    outline = Outline([], [])
    outline.put(line(("4.1.1.01", ""), Decimal(8)))
    outline.put(line(("5.1.1.01", "1.1.01"), Decimal(30)))
    codes = [(x.account, x.activity) for x in outline.lines() if x.kind == "line"]
    assert codes == [("4.1", ""), ("4.1.1", ""), ("4.1.1.01", ""), ("", "1"), ("", "1.1"), ("", "1.1.01"),
                     ("5.1.1.01", "1.1.01")]  # fmt: skip


def test_a_detail_that_goes_takes_its_empty_headings_with_it():
    outline = Outline([], [])
    outline.put(line(("", "1"), Decimal(100)))
    slot = outline.put(line(("5.1.1.01", "1.1.01"), Decimal(30)))
    outline.remove(slot)
    assert told(outline) == [("1", "", 100)]
