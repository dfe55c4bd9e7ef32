"""What was agreed and paid for an activity, what changes it, and what a coming year is to bring."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from desk import log
from desk.budget.commands import SetLine, StartBudget
from desk.foi.about import Asked, TieRequest, requests_about, requests_to_tie
from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from desk.projects.commands import (
    BeginPlanned,
    PutAddendum,
    PutContract,
    PutPayment,
    PutPlan,
    PutProject,
    RemoveProject,
    SetProgress,
    TakeOff,
)
from desk.projects.queries import plan_list, plan_years, project, project_list
from desk.projects.rules import AddendumForm, BudgetRef, ContractForm, Fund, PaymentForm, PlanForm, ProjectForm
from desk.projects.watch import Point
from desk.store import DeskError
from desk.village.commands import SetVillage

ROAD = ProjectForm(2026, "Rabat beton", cost=Decimal(150_000_000), ends=dt.date(2026, 9, 30))
SPK = ContractForm(
    "provider", "CV Karya Makmur", "027/SPK/2026", dt.date(2026, 3, 1), Decimal(140_000_000), dt.date(2026, 3, 5),
    dt.date(2026, 9, 30),
)  # fmt: skip


@pytest.fixture
def road(desk) -> bytes:
    return desk.do(PutProject(ROAD)).value


@pytest.fixture
def contract(desk, road) -> bytes:
    return desk.do(PutContract(road, SPK)).value


def test_an_addendum_changes_value_and_end_and_the_contract_keeps_what_was_signed(desk, road, contract):
    desk.do(PutAddendum(contract, AddendumForm(dt.date(2026, 8, 1), Decimal(155_000_000), None, "ADD/01", "talud")))
    desk.do(PutAddendum(contract, AddendumForm(dt.date(2026, 9, 1), None, dt.date(2026, 12, 15), "ADD/02")))
    (held,) = desk.ask(project, road).contracts
    assert (held.value, held.ends) == (SPK.value, SPK.ends)
    assert (held.value_now, held.ends_now) == (Decimal(155_000_000), dt.date(2026, 12, 15))
    assert [change.number for change in held.addenda] == ["ADD/01", "ADD/02"]


def test_late_and_over_budget_follow_from_the_addenda(desk, road, contract, today):
    row = desk.ask(project_list, 2026)[0]
    assert (row.lateness(today), row.excess) == ("contract", None)
    entry = desk.do(
        PutAddendum(contract, AddendumForm(dt.date(2026, 8, 1), Decimal(155_000_000), dt.date(2026, 12, 31)))
    )
    row = desk.ask(project_list, 2026)[0]
    assert (row.lateness(today), row.excess) == ("", Decimal(5_000_000))
    desk.undo(entry.act)
    assert desk.ask(project_list, 2026)[0].excess is None


def test_a_short_delivery_beside_a_team_without_an_end_is_not_the_end_of_the_work(desk, today):
    road = desk.do(PutProject(replace(ROAD, ends=dt.date(2026, 12, 31)))).value
    desk.do(PutContract(road, replace(SPK, partner="Toko Semen", ends=dt.date(2026, 4, 1))))
    assert desk.ask(project_list, 2026)[0].lateness(today) == "contract"
    desk.do(PutContract(road, ContractForm("self", "TPK Desa", "SK 5/2026")))
    assert desk.ask(project_list, 2026)[0].lateness(today) == ""


def test_payments_add_up_and_run_ahead_of_the_work(desk, road, contract, today):
    for day, amount in ((dt.date(2026, 8, 1), "60000000.50"), (dt.date(2026, 4, 1), "45000000")):
        desk.do(PutPayment(road, PaymentForm(day, Decimal(amount), "termin", contract), today))
    desk.do(SetProgress(road, dt.date(2026, 8, 1), 60, today))
    detail = desk.ask(project, road)
    assert detail.row.money.paid == Decimal("105000000.50") and detail.row.pays_ahead
    assert [payment.day.month for payment in detail.payments] == [8, 4]
    desk.do(SetProgress(road, today, 80, today))
    assert not desk.ask(project, road).row.pays_ahead


def test_who_carries_it_out_is_written_or_follows_from_the_contracts(desk, road, contract):
    assert desk.ask(project_list, 2026)[0].executor == "CV Karya Makmur"
    desk.do(PutProject(replace(ROAD, executor="TPK Desa"), road))
    assert desk.ask(project_list, 2026)[0].executor == "TPK Desa"


def test_a_contract_with_payments_is_not_taken_off(desk, road, contract, today):
    paid = desk.do(PutPayment(road, PaymentForm(today, Decimal(1), contract=contract), today)).value
    with pytest.raises(DeskError, match="sudah ada pembayarannya"):
        desk.do(TakeOff("contract", contract))
    desk.do(TakeOff("payment", paid))
    gone = desk.do(TakeOff("contract", contract))
    assert desk.ask(project, road).contracts == ()
    with pytest.raises(DeskError, match="sudah tidak ada"):
        desk.do(PutContract(road, SPK, contract))
    desk.undo(gone.act)
    assert len(desk.ask(project, road).contracts) == 1


def test_a_payment_under_the_contract_of_another_activity_is_refused(desk, contract, today):
    other = desk.do(PutProject(replace(ROAD, name="Talud"))).value
    with pytest.raises(DeskError, match="milik kegiatan lain"):
        desk.do(PutPayment(other, PaymentForm(today, Decimal(1), contract=contract), today))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (replace(SPK, partner=" "), "TPK Desa"),
        (replace(SPK, partner="Budi 3522155506900001"), "NIK"),
        (replace(SPK, method="lelang"), "swakelola atau penyedia"),
        (replace(SPK, value=Decimal(-1)), "nol atau lebih"),
        (replace(SPK, ends=dt.date(2026, 3, 4)), "mendahului"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(desk, road, form, words):
    with pytest.raises(DeskError, match=words):
        desk.do(PutContract(road, form))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (AddendumForm(dt.date(2026, 8, 1)), "apa yang berubah"),
        (AddendumForm(dt.date(2026, 2, 1), Decimal(1)), "tidak mendahului kontraknya"),
        (AddendumForm(None, Decimal(1)), "tanggal addendum"),
        (AddendumForm(dt.date(2026, 8, 1), ends=dt.date(2026, 3, 1)), "mendahului tanggal mulai"),
    ],
)
def test_an_addendum_that_cannot_be_is_refused(desk, contract, form, words):
    with pytest.raises(DeskError, match=words):
        desk.do(PutAddendum(contract, form))


@pytest.mark.parametrize(
    ("amount", "days", "words"), [(None, 0, "jumlah"), (Decimal(0), 0, "jumlah"), (Decimal(1), 1, "hari ini")]
)
def test_a_payment_is_an_amount_on_a_day_that_has_come(desk, road, today, amount, days, words):
    with pytest.raises(DeskError, match=words):
        desk.do(PutPayment(road, PaymentForm(today + dt.timedelta(days=days), amount), today))


def test_several_sources_are_kept_named_in_the_list_and_changed_in_their_place(desk, today):
    funds = (Fund("Dana  Desa", Decimal("100000000.25")), Fund("PAD", Decimal("49999999.75")))
    road = desk.do(PutProject(replace(ROAD, cost=None, funds=funds))).value
    row = desk.ask(project, road).row
    assert (row.cost, row.fund_source, row.fund_gap) == (Decimal(150_000_000), "Dana Desa, PAD", 0)
    changed = desk.do(PutProject(replace(ROAD, funds=(funds[0], replace(funds[1], source="ADD"))), road))
    assert [(t.entity, t.kind) for t in changed.changes] == [("project", "patch"), ("project_fund", "patch")]
    desk.do(PutProject(replace(ROAD, fund_source="Dana Desa"), road))
    row = desk.ask(project, road).row
    assert (row.funds, row.fund_source) == ((), "Dana Desa")


def test_lines_of_the_budget_say_what_they_have_and_what_the_budget_does_not_know(desk):
    desk.do(SetVillage("35.22.12.2015"))
    version = desk.do(StartBudget(2026)).value
    desk.do(SetLine(version, Decimal(145_250_000), account="5.3.5", activity="2.3.11"))
    lines = (BudgetRef("02.03.11", "5.3.5"), BudgetRef("2.3.11"), BudgetRef("2.4.01"))
    road = desk.do(PutProject(replace(ROAD, lines=lines))).value
    detail = desk.ask(project, road)
    assert detail.row.activity == "2.3.11"
    assert [line.amount for line in detail.lines] == [Decimal(145_250_000), Decimal(145_250_000), None]
    assert detail.refs == (BudgetRef("2.3.11", "5.3.5"), BudgetRef("2.3.11"), BudgetRef("2.4.01"))


def test_the_plan_of_an_activity_is_kept_in_the_order_of_its_days(desk):
    form = replace(ROAD, starts=dt.date(2026, 3, 1))
    plan = (Point(dt.date(2026, 7, 1), 60), Point(dt.date(2026, 5, 1), 20))
    road = desk.do(PutProject(replace(form, plan=plan))).value
    detail = desk.ask(project, road)
    assert [point.percent for point in detail.corners] == [0, 20, 60, 100]
    desk.do(PutProject(form, road))
    assert [point.percent for point in desk.ask(project, road).corners] == [0, 100]


def test_requests_about_an_activity_show_their_number_and_never_who_asked(desk, road, today):
    asked = RequestForm(today, today, "Siti Contoh", "RT 03", "RAB jalan", "ingin tahu", phone="0812-0000-0000")
    made = desk.do(Register(asked)).value
    assert [one.label for one in desk.ask(requests_to_tie, 2026)] == [made.label]
    desk.do(TieRequest(made.id, road))
    (one,) = desk.ask(requests_about, road)
    assert (one.label, one.state) == (made.label, "registered") and "Siti" not in repr(one)
    assert set(Asked.__dataclass_fields__) == {"id", "label", "state", "received", "due"}
    assert desk.ask(requests_to_tie, 2026) == ()
    desk.do(TieRequest(made.id, None))
    assert desk.ask(requests_about, road) == ()
    desk.do(RemoveProject(road))
    with pytest.raises(DeskError, match="tidak ada lagi"):
        desk.do(TieRequest(made.id, road))


def test_next_years_plan_is_a_list_of_its_own_and_a_line_of_it_becomes_an_activity(desk):
    bridge = PlanForm(2027, "Jembatan  Dusun Lor", "RT 05", Decimal(230_000_000), "PBK")
    made = desk.do(PutPlan(bridge)).value
    desk.do(PutPlan(PlanForm(2027, "Penerangan jalan")))
    assert [row.name for row in desk.ask(plan_list, 2027)] == ["Jembatan Dusun Lor", "Penerangan jalan"]
    assert desk.ask(plan_years) == (2027,) and desk.ask(project_list, 2027) == ()
    begun = desk.do(BeginPlanned(made)).value
    (row,) = desk.ask(project_list, 2027)
    assert (row.id, row.name, row.place, row.cost, row.fund_source) == (
        begun, "Jembatan Dusun Lor", "RT 05", Decimal(230_000_000), "PBK"
    )  # fmt: skip
    with pytest.raises(DeskError, match="sudah menjadi kegiatan"):
        desk.do(BeginPlanned(made))
    desk.do(RemoveProject(begun))
    again = desk.do(BeginPlanned(made))
    assert desk.ask(plan_list, 2027)[0].project == again.value
    desk.undo(again.act)
    assert desk.ask(project_list, 2027) == () and desk.ask(plan_list, 2027)[0].project == begun
    gone = desk.do(TakeOff("plan_item", made))
    assert len(desk.ask(plan_list, 2027)) == 1
    desk.undo(gone.act)
    assert len(desk.ask(plan_list, 2027)) == 2


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (PlanForm(2027, " "), "nama kegiatannya"),
        (PlanForm(27, "Jembatan"), "empat angka"),
        (PlanForm(2027, "Jembatan", estimate=Decimal(-1)), "nol atau lebih"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(desk, form, words):
    with pytest.raises(DeskError, match=words):
        desk.do(PutPlan(form))


def test_the_log_tells_every_row_of_it(desk, road, contract, today):
    desk.do(PutAddendum(contract, AddendumForm(today, Decimal(1))))
    desk.do(PutPayment(road, PaymentForm(today, Decimal(1)), today))
    desk.do(PutPlan(PlanForm(2027, "Jembatan")))
    assert desk.ask(log.check) == []
