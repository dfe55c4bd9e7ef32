"""The public list: kept up, searched, gone through every month, and never forgetting what was on it."""

import datetime as dt
from dataclasses import replace

import pytest

from desk.dip.commands import (
    AddTemplates,
    EditItem,
    MarkListUpdated,
    PublishItem,
    RestoreItem,
    WithdrawItem,
)
from desk.dip.queries import Seek, UpdateDue, item, matches, public_list, templates, templates_left, update_due
from desk.dip.rules import LISTED, ItemForm
from desk.projects.commands import PutProject
from desk.projects.rules import ProjectForm
from desk.store import DeskError

REGULATION = ItemForm(
    "Peraturan  Desa tentang APB Desa 2026", "Kaur Keuangan", "periodic", "Kepala Desa", "Januari 2026",
    "Kantor Desa", "both", "permanen", file_note="Lemari 2, map hijau",
)  # fmt: skip
CONTRACT = ItemForm("Perjanjian sewa tanah kas desa", "Sekretaris Desa")
FLOOD = ItemForm("Peringatan banjir Dusun Lor", "Kasi Pelayanan", "immediate")
OCTOBER = dt.date(2026, 10, 3)


@pytest.fixture
def regulation(desk) -> bytes:
    return desk.do(PublishItem(REGULATION, OCTOBER)).value


def test_an_entry_is_kept_with_its_seven_columns(desk, regulation, today):
    (row,) = desk.ask(public_list, today)
    assert (row.number, row.form.summary) == (1, "Peraturan Desa tentang APB Desa 2026")
    assert (row.form.holder, row.form.producer) == ("Kaur Keuangan", "Kepala Desa")
    assert (row.made, row.form.format, row.form.retention) == ("Januari 2026, Kantor Desa", "both", "permanen")
    assert (row.gaps, row.form.file_note) == ((), "Lemari 2, map hijau")


def test_the_list_is_numbered_by_class_and_keeps_its_numbers_when_it_is_narrowed(desk, regulation, today):
    desk.do(PublishItem(CONTRACT, OCTOBER))
    desk.do(PublishItem(FLOOD, OCTOBER))
    assert [row.form.category for row in desk.ask(public_list, today)] == list(LISTED)
    for seek in (Seek("sewa kas"), Seek(which="anytime")):
        assert [(row.number, row.form) for row in desk.ask(public_list, today, seek)] == [(3, CONTRACT)]
    assert [row.number for row in desk.ask(public_list, today, Seek(which="gaps"))] == [2, 3]


def test_an_entry_changes_and_counts_as_checked(desk, regulation, today):
    desk.do(EditItem(regulation, replace(REGULATION, retention="10 tahun"), today))
    row = desk.ask(item, regulation)
    assert (row.form.retention, row.checked, row.published) == ("10 tahun", today, OCTOBER)


def test_an_entry_may_point_to_an_activity_and_its_budget(desk, regulation, today):
    road = desk.do(PutProject(ProjectForm(2026, "Rabat beton"))).value
    linked = replace(REGULATION, project=road, budget_year=2026, activity="02.03.11")
    desk.do(EditItem(regulation, linked, today))
    form = desk.ask(item, regulation).form
    assert (form.project, form.budget_year, form.activity) == (road, 2026, "2.3.11")


def test_what_is_withdrawn_is_kept_with_its_reason_and_can_come_back(desk, regulation, today):
    desk.do(WithdrawItem(regulation, today, "diganti Perdes 3/2026"))
    assert desk.ask(public_list, today) == ()
    (row,) = desk.ask(public_list, today, Seek(which="withdrawn"))
    assert (row.withdrawn, row.withdrawn_reason) == (today, "diganti Perdes 3/2026")
    with pytest.raises(DeskError, match="tidak ada lagi"):
        desk.do(EditItem(regulation, REGULATION, today))
    desk.do(RestoreItem(regulation, today))
    assert len(desk.ask(public_list, today)) == 1


def test_nothing_is_withdrawn_without_a_reason(desk, regulation, today):
    with pytest.raises(DeskError, match="mengapa"):
        desk.do(WithdrawItem(regulation, today, " "))


def test_a_withdrawal_can_be_undone(desk, regulation, today):
    done = desk.do(WithdrawItem(regulation, today, "salah tekan"))
    desk.undo(done.act)
    assert len(desk.ask(public_list, today)) == 1


def test_an_empty_list_is_never_due_and_cannot_be_gone_through(desk, today):
    assert desk.ask(update_due, today) is None
    with pytest.raises(DeskError, match="masih kosong"):
        desk.do(MarkListUpdated(today, today))


def test_the_list_is_due_a_month_after_it_began_or_was_gone_through(desk, regulation, today):
    assert desk.ask(update_due, dt.date(2026, 11, 3)) == UpdateDue(None, dt.date(2026, 11, 3), is_late=False)
    assert desk.ask(update_due, today).is_late
    desk.do(MarkListUpdated(today, today))
    assert desk.ask(update_due, today) == UpdateDue(today, dt.date(2026, 12, 22), is_late=False)
    assert desk.ask(item, regulation).checked == today


def test_the_list_is_not_gone_through_tomorrow(desk, regulation, today):
    with pytest.raises(DeskError, match="hari ini"):
        desk.do(MarkListUpdated(today + dt.timedelta(days=1), today))


def test_a_new_list_begins_with_what_the_law_names(desk, today):
    keys = tuple(template.key for template in templates())
    assert desk.do(AddTemplates(keys, today, "Sekretaris Desa")).value == len(keys)
    rows = desk.ask(public_list, today)
    assert {row.form.category for row in rows} == set(LISTED)
    assert all(row.checked is None and row.gaps for row in rows)
    assert desk.ask(templates_left) == ()


def test_a_template_is_added_once_even_after_it_was_withdrawn(desk, today):
    desk.do(AddTemplates(("apbdes", "rkp"), today, "Sekretaris Desa"))
    desk.do(WithdrawItem(desk.ask(public_list, today)[0].id, today, "sudah ada"))
    assert desk.do(AddTemplates(("apbdes", "rkp", "lppd"), today, "Sekretaris Desa")).value == 1


def test_templates_need_somebody_who_keeps_them(desk, today):
    with pytest.raises(DeskError, match="menyimpannya"):
        desk.do(AddTemplates(("apbdes",), today, " "))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("apb", "Peraturan Desa tentang APB Desa 2026"),
        ("Saya minta salinan APBDes tahun 2026", "Peraturan Desa tentang APB Desa 2026"),
        ("perdes", "Peraturan Desa tentang APB Desa 2026"),
        ("mohon kontrak sewa tanah desa", "Perjanjian sewa tanah kas desa"),
        ('sewa"* OR (', "Perjanjian sewa tanah kas desa"),
    ],
)
def test_what_is_being_asked_finds_what_is_already_public(desk, regulation, today, typed, found):
    desk.do(PublishItem(CONTRACT, today))
    desk.do(PublishItem(FLOOD, today))
    assert desk.ask(matches, typed)[0].form.summary == found


def test_a_question_about_something_else_finds_nothing(desk, regulation, today):
    for typed in ("", "saya minta informasi desa", "jadwal imunisasi balita posyandu melati", "()\"'*"):
        assert desk.ask(matches, typed) == ()


def test_withdrawn_entries_are_not_offered_and_offers_end_at_five(desk, regulation, today):
    for year in range(2018, 2026):
        desk.do(PublishItem(replace(REGULATION, summary=f"APB Desa {year}"), today))
    desk.do(WithdrawItem(regulation, today, "lama"))
    found = desk.ask(matches, "APB 2025")
    assert len(found) == 5 and found[0].form.summary == "APB Desa 2025"
    assert regulation not in {row.id for row in found}
