"""What belongs to an activity reaches the district, row by row."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from district import District
from sides import at_district, held

from desk import log
from desk.desk import Desk
from desk.projects.commands import PutAddendum, PutContract, PutPayment, PutPlan, PutProject, SetProgress, TakeOff
from desk.projects.rules import AddendumForm, BudgetRef, ContractForm, Fund, PaymentForm, PlanForm, ProjectForm
from desk.projects.watch import Point
from sync.client.round import Round

OWN = {
    "project", "project_fund", "project_line", "plan_point", "contract", "addendum", "payment", "plan_item", "progress",
}  # fmt: skip
ROAD = ProjectForm(
    2026, "Rabat beton", cost=Decimal("150.50"), hamlet="Krajan", rt="03", point=(-7_150_200, 111_881_700),
    starts=dt.date(2026, 3, 1), ends=dt.date(2026, 9, 30), beneficiaries="85 keluarga",
    funds=(Fund("Dana Desa", Decimal("100.25")), Fund("PAD", Decimal("50.25"))),
    lines=(BudgetRef("2.3.11", "5.3.5"),), plan=(Point(dt.date(2026, 6, 1), 40),),
)  # fmt: skip


def test_every_row_of_an_activity_is_the_same_on_both_sides(
    joined: Desk, district: District, send: Callable[[], Round], today: dt.date
) -> None:
    road = joined.do(PutProject(ROAD)).value
    contract = joined.do(PutContract(road, ContractForm("provider", "CV Karya", value=Decimal(140)))).value
    joined.do(PutAddendum(contract, AddendumForm(today, Decimal(155), today)))
    paid = joined.do(PutPayment(road, PaymentForm(today, Decimal(45), "termin 1", contract), today)).value
    joined.do(SetProgress(road, today, 40, today))
    joined.do(PutPlan(PlanForm(2027, "Jembatan", estimate=Decimal(230))))
    send()
    joined.do(TakeOff("payment", paid))
    send()
    assert at_district(district) == held(joined)
    assert {entity for entity, *_row in at_district(district)} >= OWN
    assert joined.ask(log.check) == []
