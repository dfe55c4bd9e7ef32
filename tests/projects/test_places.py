"""Where an activity is, as people say it and as a phone tells it; and what must not stand on a public list."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.projects.rules import (
    EAST,
    NORTH,
    SOUTH,
    WEST,
    BudgetRef,
    Fund,
    ProjectForm,
    in_indonesia,
    place_text,
    point_text,
    project_faults,
    read_point,
)
from desk.projects.watch import Point
from desk.store import DeskError

ROAD = ProjectForm(2026, "Rabat beton", cost=Decimal(150))
PLACE = (-7_150_200, 111_881_700)


@pytest.mark.parametrize(
    "typed",
    [
        "-7,1502, 111,8817", "-7.1502, 111.8817", "-7.1502,111.8817", "-7,1502,111,8817", "-7,1502 111,8817",
        "-7,1502; 111,8817", "-7.150200°, 111.881700°", "  -7,1502 ,  111,8817 ", "−7,1502, 111,8817",
    ],
)  # fmt: skip
def test_a_point_is_read_however_a_phone_or_a_person_writes_it(typed):
    assert read_point(typed) == PLACE


def test_no_point_is_no_fault():
    assert read_point("  ") is None and point_text(None) == ""


@given(st.integers(SOUTH, NORTH), st.integers(WEST, EAST))
def test_every_point_of_the_country_comes_back_as_it_was_written(latitude, longitude):
    assert read_point(point_text((latitude, longitude))) == (latitude, longitude)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("111,8817, -7,1502", "tertukar"),
        ("7,1502, 111,8817", "tanda minus"),
        ("52,52, 13,40", "di luar Indonesia"),
        ("dekat balai desa", "misalnya -7,1502"),
        ("-7,1502", "misalnya -7,1502"),
    ],
)
def test_a_point_elsewhere_is_refused_with_the_likeliest_slip(typed, words):
    with pytest.raises(DeskError, match=words):
        read_point(typed)


@given(st.integers(-90_000_000, 90_000_000), st.integers(-180_000_000, 180_000_000))
def test_a_form_keeps_no_point_outside_the_country(latitude, longitude):
    faults = project_faults(replace(ROAD, point=(latitude, longitude)))
    assert ("point" in faults) != in_indonesia(latitude, longitude)


def test_a_place_reads_as_it_is_said_with_whatever_is_known():
    assert place_text("depan balai desa", "Krajan", "03", "01") == "Dusun Krajan RT 03/RW 01, depan balai desa"
    assert place_text("", "Dusun Lor", "", "") == "Dusun Lor"
    assert place_text("", "", "03, 04", "") == "RT 03, 04"
    assert place_text("tepi kali", "", "", "") == "tepi kali"
    assert place_text("", "", "", "") == ""


def test_a_neighbourhood_is_a_number():
    assert "03" in project_faults(replace(ROAD, rt="tiga"))["rt"]
    assert project_faults(replace(ROAD, rt="03, 04", rw="1-2")) == {}


@pytest.mark.parametrize("text", ["Budi 3522155506900001", "rek. BRI 0021-01 12345678", "No Rekening: 65432109"])
@pytest.mark.parametrize("field", ["name", "executor", "responsible", "place", "beneficiaries"])
def test_numbers_of_persons_are_refused_on_a_public_list(field, text):
    assert "terbuka untuk umum" in project_faults(replace(ROAD, **{field: text}))[field]


def test_several_sources_pay_the_whole_cost_and_nothing_else():
    both = (Fund("Dana Desa", Decimal(100)), Fund("PAD", Decimal(50)))
    assert project_faults(replace(ROAD, funds=both)) == {}
    for funds, words in (
        (both[:1], "Samakan"),
        ((*both, Fund("ADD")), "jumlah dari setiap"),
        ((*both, Fund("", Decimal(0))), "perlu nama"),
        ((*both, Fund("dana desa", Decimal(0))), "dua kali"),
    ):
        assert words in project_faults(replace(ROAD, funds=funds))["funds"]


@given(st.lists(st.decimals(0, 10**12, places=2), min_size=1, max_size=6), st.decimals(0, 10**12, places=2))
def test_sources_are_compared_with_the_cost_to_the_sen(amounts, cost):
    funds = tuple(Fund(f"sumber {place}", amount) for place, amount in enumerate(amounts))
    assert ("funds" in project_faults(replace(ROAD, cost=cost, funds=funds))) == (sum(amounts) != cost)


def test_a_plan_only_rises_and_stays_between_start_and_end(today):
    first, last = today.replace(month=3), today.replace(month=9)
    form = replace(ROAD, starts=first, ends=last)
    middle = today.replace(month=6)
    assert project_faults(replace(form, plan=(Point(middle, 40),))) == {}
    for plan, words in (
        ((Point(middle, 140),), "0 dan 100"),
        ((Point(middle, 40), Point(middle, 50)), "hanya naik"),
        ((Point(middle, 40), Point(today.replace(month=7), 30)), "hanya naik"),
        ((Point(today, 40),), "di antara"),
    ):
        assert words in project_faults(replace(form, plan=plan))["plan"]


def test_a_line_of_the_budget_is_a_code():
    assert project_faults(replace(ROAD, lines=(BudgetRef("02.03.11", "5.3.5"),))) == {}
    assert "2.3.11" in project_faults(replace(ROAD, lines=(BudgetRef("jalan"),)))["lines"]
