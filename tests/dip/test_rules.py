"""How long something stays exempt, when that ends, and what a refusal has to stand on."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.dip.rules import (
    DECLARE_DAYS,
    EXCEPTIONS,
    GROUNDS,
    LETTERS,
    NEVER_EXEMPT,
    NOT_HELD,
    STATUTE,
    ItemForm,
    Standing,
    consequence_faults,
    declare_by,
    gaps,
    ground_name,
    item_faults,
    never_exempt_doubt,
    next_update,
    period_faults,
    refusal_faults,
    state_of,
    years_after,
)
from desk.workdays import calendar, left

TODAY = dt.date(2026, 11, 22)
MARCH = dt.date(2026, 3, 2)
HELD = Standing(("h3",), "", MARCH, None, MARCH, MARCH)
"""Letter h, approved, for as long as it is needed."""
ITEM = ItemForm("Peraturan Desa tentang APB Desa 2026", "Kaur Keuangan")
DAYS = st.dates(dt.date(2010, 1, 1), dt.date(2060, 12, 31))


def test_an_entry_needs_what_it_is_and_who_keeps_it():
    assert item_faults(ITEM) == {}
    assert "misalnya" in item_faults(replace(ITEM, summary=" "))["summary"]
    assert "menyimpannya" in item_faults(replace(ITEM, holder=""))["holder"]
    assert "300" in item_faults(replace(ITEM, retention="x" * 301))["retention"]


def test_exempt_information_is_sent_to_its_own_tab():
    assert "Dikecualikan" in item_faults(replace(ITEM, category="exempt"))["category"]


def test_empty_columns_are_named_and_full_ones_are_not():
    assert gaps(replace(ITEM, producer="Kepala Desa", retention="5 tahun")) == ("waktu pembuatan", "tempat pembuatan")


@given(last=DAYS)
def test_the_next_look_at_the_list_is_in_the_next_month(last):
    following = next_update(last)
    assert (following.year * 12 + following.month) - (last.year * 12 + last.month) == 1
    assert following.day == last.day or (following + dt.timedelta(days=1)).day == 1


def test_the_last_of_january_is_followed_by_the_last_of_february():
    assert next_update(dt.date(2027, 1, 31)) == dt.date(2027, 2, 28)
    assert next_update(dt.date(2026, 12, 31)) == dt.date(2027, 1, 31)


def test_a_ground_is_cited_as_a_letter_writes_it():
    assert ground_name("h3") == "Pasal 17 huruf h angka 3"
    assert ground_name(NOT_HELD) == "Pasal 6 ayat (3) huruf e"


def test_a_complete_test_has_no_fault(accounts):
    assert consequence_faults(accounts, TODAY) == {}


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"kind": ""}, "kind", "tanpa nama orang"),
        ({"detail": " "}, "detail", "bagian mana"),
        ({"if_open": ""}, "if_open", "dibuka"),
        ({"if_closed": ""}, "if_closed", "ditutup"),
        ({"letters": ()}, "letters", "undang-undang lain"),
        ({"letters": ("z",)}, "letters", "Pasal 17"),
        ({"letters": (NOT_HELD,)}, "letters", "tidak perlu diuji"),
        ({"letters": ("j",)}, "statute", "Huruf j"),
        ({"letters": (), "statute": "UU 23/2006"}, "statute", "pasalnya"),
        ({"letters": ("g",)}, "period_basis", "peraturan lain"),
        ({"letters": ("a",)}, "ends", "2 Maret 2056"),
        ({"tested": dt.date(2026, 11, 23)}, "tested", "hari ini"),
        ({"ends": MARCH}, "ends", "sesudah"),
        ({"detail": "x" * 4001}, "detail", "4000"),
    ],
)
def test_each_fault_of_a_test_stands_beside_its_field(accounts, change, field, words):
    faults = consequence_faults(replace(accounts, **change), TODAY)
    assert list(faults) == [field] and words in faults[field]


@pytest.mark.parametrize("nature", NEVER_EXEMPT)
def test_what_article_18_keeps_open_is_neither_classified_nor_refused(accounts, nature):
    assert NEVER_EXEMPT[nature] in consequence_faults(replace(accounts, nature=nature), TODAY)["nature"]
    assert "Berikan" in refusal_faults(("h3",), HELD, TODAY, nature=nature)["nature"]


def test_words_that_sound_like_a_regulation_are_remarked_upon():
    assert never_exempt_doubt("Salinan Perdes pungutan") and not never_exempt_doubt("Nomor rekening")


@given(tested=DAYS, days=st.integers(1, 20_000))
def test_letter_a_lasts_thirty_years_at_most(accounts_under_a, tested, days):
    ends = tested + dt.timedelta(days=days)
    faults = period_faults(replace(accounts_under_a, tested=tested, ends=ends))
    assert ("ends" in faults) == (ends > years_after(tested, 30))


@given(since=DAYS, later=st.integers(0, 9000))
def test_new_tests_under_letter_a_do_not_add_up_to_more(accounts_under_a, since, later):
    tested = since + dt.timedelta(days=later)
    form = replace(accounts_under_a, tested=tested, ends=years_after(since, 30) + dt.timedelta(days=1))
    assert "ends" in period_faults(form, since)
    assert "ends" not in period_faults(replace(form, ends=years_after(since, 30)), since)


@given(letters=st.sets(st.sampled_from([c for c in LETTERS if c not in ("a", "b", "g", "i")]), min_size=1))
def test_other_letters_last_as_long_as_they_are_needed(accounts_under_a, letters):
    assert period_faults(replace(accounts_under_a, letters=tuple(letters), ends=None)) == {}


@given(ends=DAYS)
def test_the_day_to_declare_leaves_thirty_working_days_and_the_next_one_does_not(ends):
    days = calendar()
    by = declare_by(ends, days)
    assert left(by, ends, days) == DECLARE_DAYS
    assert left(by + dt.timedelta(days=1), ends, days) < DECLARE_DAYS


@given(ends=DAYS, today=DAYS)
def test_the_day_after_the_last_it_is_public_by_itself_and_a_refusal_fails(ends, today):
    standing = Standing(("c",), "", dt.date(2009, 1, 1), ends, dt.date(2009, 1, 2), dt.date(2009, 1, 3))
    assert state_of(standing, today) == ("open" if today > ends else "exempt")
    assert bool(refusal_faults(("c",), standing, today)) == (today > ends)


@given(today=DAYS, steps=st.lists(DAYS, min_size=3, max_size=3))
def test_a_step_has_no_effect_before_its_day(today, steps):
    classified, approved, opened = sorted(steps)
    standing = Standing(("h",), "", classified, None, classified, approved, opened)
    expected = (
        "tested" if today < classified else "classified" if today < approved else "exempt" if today < opened else "open"
    )
    assert state_of(standing, today) == expected


@pytest.mark.parametrize(
    ("grounds", "test", "field", "words"),
    [
        ((), HELD, "grounds", "alasan penolakannya"),
        (("k",), HELD, "grounds", "alasan penolakannya"),
        ((NOT_HELD, "h3"), HELD, "grounds", "sekaligus"),
        (("h3",), None, "test", "Pasal 19"),
        (("h3",), replace(HELD, classified=None, approved=None), "test", "ditetapkan PPID"),
        (("h3",), replace(HELD, approved=None), "test", "disetujui"),
        (("h3",), replace(HELD, approved=dt.date(2026, 11, 23)), "test", "disetujui"),
        (("h3",), replace(HELD, ends=dt.date(2026, 11, 21)), "test", "terbuka"),
        (("h3",), replace(HELD, opened=TODAY), "test", "terbuka"),
        (("h3",), replace(HELD, replaced=TODAY), "test", "diganti"),
        (("h2",), HELD, "test", "Pasal 17 huruf h angka 2"),
        (("c",), HELD, "test", "Pasal 17 huruf c"),
        ((STATUTE,), HELD, "test", "undang-undang lain"),
    ],
)
def test_a_refusal_without_a_standing_test_is_refused_itself(grounds, test, field, words):
    faults = refusal_faults(grounds, test, TODAY)
    assert list(faults) == [field] and words in faults[field]


@pytest.mark.parametrize(
    ("grounds", "test"),
    [
        ((NOT_HELD,), None),
        (("h3",), HELD),
        (("h",), HELD),
        (("h1", "h5"), replace(HELD, letters=("h",))),
        (("h3",), replace(HELD, ends=TODAY)),
        ((STATUTE,), replace(HELD, letters=(), statute="Pasal 84 UU 23/2006")),
        (("j", STATUTE), replace(HELD, letters=("j",), statute="Pasal 84 UU 23/2006")),
    ],
)
def test_a_refusal_stands_on_an_approved_test_or_on_not_holding_it(grounds, test):
    assert refusal_faults(grounds, test, TODAY) == {}


@pytest.mark.parametrize("exception", EXCEPTIONS)
def test_consent_or_public_office_opens_personal_secrets_and_nothing_else(exception):
    assert "Pasal 18 ayat (2)" in refusal_faults(("h3",), HELD, TODAY, exception=exception)["exception"]
    by_law = replace(HELD, letters=("a", "h3"))
    assert refusal_faults(("a", "h3"), by_law, TODAY, exception=exception) == {}


def test_every_letter_of_article_17_can_be_chosen():
    assert {code[0] for code in LETTERS} == set("abcdefghij")
    assert {code for code in LETTERS if code[1:]} == {"h1", "h2", "h3", "h4", "h5"}
    assert all(GROUNDS.values())
