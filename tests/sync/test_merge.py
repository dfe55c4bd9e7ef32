"""Two writers, one row: groups win or lose whole, and nobody's edit vanishes."""

from hypothesis import given
from hypothesis import strategies as st

from sync.merge import Held, remove, write

GROUPS = {"outcome": "decision", "ground": "decision", "fee": "decision", "note": "note"}
START = Held({"outcome": None, "ground": None, "fee": None, "note": ""}, {"decision": (5, "B"), "note": (5, "B")})


def test_a_desks_own_second_edit_is_no_conflict() -> None:
    once = write(START, {"note": "satu"}, GROUPS, 5, (6, "A")).row
    twice = write(once, {"note": "dua"}, GROUPS, 5, (7, "A"))
    assert twice.row.doc["note"] == "dua" and not twice.in_conflict


def test_two_decisions_are_never_mixed() -> None:
    granted = write(START, {"outcome": "granted", "fee": 0}, GROUPS, 5, (6, "B")).row
    refused = write(granted, {"outcome": "refused", "ground": "17h"}, GROUPS, 5, (7, "A"))
    assert refused.in_conflict and refused.refused == {"outcome": "refused", "ground": "17h"}
    assert refused.row.doc == granted.doc


def test_edits_of_different_groups_both_stand() -> None:
    noted = write(START, {"note": "satu"}, GROUPS, 5, (6, "B")).row
    decided = write(noted, {"outcome": "granted"}, GROUPS, 5, (7, "A"))
    assert not decided.in_conflict
    assert decided.row.doc["note"] == "satu" and decided.row.doc["outcome"] == "granted"


def test_equal_values_merge() -> None:
    once = write(START, {"note": "sama"}, GROUPS, 5, (6, "B")).row
    assert not write(once, {"note": "sama"}, GROUPS, 5, (7, "A")).in_conflict


def test_what_was_seen_before_is_overwritten_without_a_word() -> None:
    once = write(START, {"note": "satu"}, GROUPS, 5, (6, "B")).row
    assert write(once, {"note": "dua"}, GROUPS, 6, (7, "A")).row.doc["note"] == "dua"


def test_an_edit_wins_over_a_deletion_that_did_not_see_it() -> None:
    edited = write(START, {"note": "satu"}, GROUPS, 5, (6, "B")).row
    assert remove(edited, 5, (7, "A")).deletion_refused
    gone = remove(edited, 6, (7, "A"))
    assert gone.row.deleted and not gone.in_conflict


def test_fields_of_a_newer_edition_are_kept_as_groups_of_their_own() -> None:
    written = write(START, {"colour": "merah"}, GROUPS, 5, (6, "A"))
    assert written.row.doc["colour"] == "merah" and written.row.stamps["colour"] == (6, "A")


@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(sorted(GROUPS)), st.integers(0, 3)), max_size=12))
def test_a_writer_who_has_seen_everything_never_conflicts(edits: list[tuple[str, str, int]]) -> None:
    held, rev = START, 5
    for writer, name, value in edits:
        merged = write(held, {name: value}, GROUPS, rev, (rev + 1, writer))
        assert not merged.in_conflict and merged.row.doc[name] == value
        held, rev = merged.row, rev + 1
