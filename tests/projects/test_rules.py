"""What may be written of an activity, and the sentence where it may not."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.projects.rules import ProjectForm, activity_code, activity_doubt, progress_faults, project_faults

ROAD = ProjectForm(
    year=2026,
    name="Rabat beton jalan Dusun Krajan",
    place="Dusun Krajan RT 03/RW 01",
    volume="120",
    unit="m",
    cost=Decimal("145250000"),
    fund_source="Dana Desa",
    executor="TPK Desa",
    responsible="Kasi Kesejahteraan",
    starts=dt.date(2026, 3, 1),
    ends=dt.date(2026, 6, 30),
    activity="2.3.11",
)


def test_a_complete_form_has_no_fault():
    assert project_faults(ROAD) == {}


def test_only_year_and_name_are_needed():
    assert project_faults(ProjectForm(2026, "Posyandu")) == {}


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"year": 26}, "year", "empat angka"),
        ({"name": "  "}, "name", "misalnya"),
        ({"cost": Decimal(-1)}, "cost", "nol atau lebih"),
        ({"cost": Decimal("0.001")}, "cost", "145.250.000"),
        ({"cost": Decimal("1e15")}, "cost", "145.250.000"),
        ({"ends": dt.date(2026, 2, 28)}, "ends", "mendahului"),
        ({"starts": dt.date(2062, 3, 1), "ends": None}, "starts", "tahun anggaran 2026"),
        ({"volume": " "}, "volume", "Satuan sudah diisi"),
        ({"activity": "jalan"}, "activity", "2.3.11"),
        ({"place": "x" * 301}, "place", "300"),
    ],
)
def test_each_fault_stands_beside_its_field(change, field, words):
    faults = project_faults(replace(ROAD, **change))
    assert list(faults) == [field]
    assert words in faults[field]


def test_work_may_begin_and_end_on_one_day_and_begin_the_year_before():
    day = dt.date(2025, 12, 30)
    assert project_faults(replace(ROAD, starts=day, ends=day)) == {}


@pytest.mark.parametrize(("percent", "field"), [(-1, "percent"), (101, "percent")])
def test_progress_is_between_nothing_and_all(percent, field, today):
    assert list(progress_faults(percent=percent, day=today, today=today)) == [field]


@given(st.integers(0, 100))
def test_every_whole_percent_is_progress(percent):
    day = dt.date(2026, 11, 22)
    assert progress_faults(percent=percent, day=day, today=day) == {}


def test_progress_is_not_seen_before_its_day(today):
    assert list(progress_faults(percent=10, day=today + dt.timedelta(days=1), today=today)) == ["day"]


@pytest.mark.parametrize("typed", ["2.3.11", "02.03.11", "02.03.11.", " 2. 3.11 "])
def test_a_code_is_the_same_however_it_is_typed(typed):
    assert activity_code(typed) == "2.3.11"


def test_a_code_keeps_the_two_digits_of_its_last_level():
    assert activity_code("1.1.2") == "1.1.02"
    assert activity_code("01.01.02") == "1.1.02"
    assert activity_code("5.1.00") == "5.1.00"
    assert activity_code("") == ""


def test_an_activity_the_budget_does_not_know_is_doubted_and_one_it_knows_is_not():
    assert "2.3.99" in activity_doubt("2.3.99", ["2.3.11"])
    assert activity_doubt("02.03.11", ["2.3.11"]) == ""
    assert activity_doubt("", ["2.3.11"]) == ""
