"""A budget is typed by field and by account, enacted once, amended as a copy, and its realisation only added to."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from desk import log
from desk.budget import queries
from desk.budget.commands import Enact, FillBudget, RemoveLine, SetLine, StartBudget, Typed
from desk.budget.tables import BudgetLine, BudgetVersion, Realisation
from desk.desk import Desk
from desk.realisation.commands import RecordRealisation
from desk.store import DeskError
from desk.village.commands import SetVillage

Put = Callable[..., bytes]
Rows = Callable[[], list[tuple[int, str, Decimal | None]]]

YEAR = 2026
REGULATION = "Peraturan Desa Nomor 5 Tahun 2025"
ENACTED = dt.date(2025, 12, 29)


def test_a_budget_by_field_and_group(desk: Desk, draft: bytes, put: Put, rows: Rows):
    put(40, account="4.1")
    put("60.50", account="4.2.1", fund="DDS")
    for field in "12345":
        put(20, activity=field)
    put(4, account="6.1")
    put("4.50", account="6.2")
    totals = desk.ask(queries.totals, draft)
    assert (totals.revenue, totals.expenditure, totals.receipts, totals.payments) == (
        Decimal("100.50"), 100, 4, Decimal("4.50")
    )  # fmt: skip
    assert totals.balance == 0
    assert [title for depth, title, _amount in rows() if depth == 0] == ["PENDAPATAN", "BELANJA", "PEMBIAYAAN"]
    assert [title for _depth, title, _amount in rows()][2] == "Dana Desa"


def test_lines_stand_in_the_order_of_their_codes_whatever_was_typed_first(put: Put, rows: Rows):
    put(1, account="6.2")
    put(2, activity="2")
    put(3, account="5.1.1.01", activity="1.1.01")
    put(4, account="4.2.3")
    put(5, account="4.1")
    put(6, account="4.2.1")
    assert [(depth, amount) for depth, _title, amount in rows()] == [
        (0, 15), (1, 5), (1, 6), (1, 4), (0, 5), (1, 3), (2, 3), (3, 3), (4, 3), (1, 2), (0, -1), (1, 1)
    ]  # fmt: skip


def test_a_heading_typed_later_takes_its_lines_below_it(put: Put, rows: Rows):
    put(60, account="4.2.1")
    put(30, account="4.2.3")
    put(None, account="4.2")
    assert rows() == [
        (0, "PENDAPATAN", 90), (1, "Pendapatan Transfer", 90), (2, "Dana Desa", 60), (2, "Alokasi Dana Desa", 30)
    ]  # fmt: skip


def test_an_amount_is_corrected_in_one_row_and_not_doubled(desk: Desk, draft: bytes, put: Put):
    line = put(60, account="4.2.1")
    done = desk.do(SetLine(draft, Decimal(70), account="4.2.1"))
    assert done.value == line
    assert [(c.entity, c.kind) for c in done.changes] == [("budget_line", "patch"), ("budget_version", "patch")]
    assert desk.ask(queries.totals, draft).revenue == 70


def test_a_line_of_the_tree_is_changed_where_it_stands(desk: Desk, draft: bytes, put: Put, rows: Rows):
    line = put(60, account="4.2.1")
    desk.do(SetLine(draft, Decimal(5), title="Dana Desa (APBN)", line=line))
    assert rows()[1] == (1, "Dana Desa (APBN)", 5)


@pytest.mark.parametrize("where", [{"account": "4.1.1.90-99"}, {"account": "9.9"}, {"activity": "7"}, {}])
def test_a_code_that_is_none_is_refused(desk: Desk, draft: bytes, where: dict[str, str]):
    with pytest.raises(DeskError):
        desk.do(SetLine(draft, Decimal(1), **where))


def test_an_amount_no_village_has_is_refused(desk: Desk, draft: bytes):
    with pytest.raises(DeskError, match="terlalu besar"):
        desk.do(SetLine(draft, Decimal(10) ** 13, account="4.1"))


def test_a_line_is_removed_and_the_sums_follow(desk: Desk, draft: bytes, put: Put, rows: Rows):
    put(100, account="4.2")
    line = put(60, account="4.2.1")
    desk.do(RemoveLine(line))
    assert rows() == [(0, "PENDAPATAN", 100), (1, "Pendapatan Transfer", 100)]
    with pytest.raises(DeskError, match="sudah tidak ada"):
        desk.do(RemoveLine(line))


def test_a_line_with_lines_below_it_stays(desk: Desk, put: Put):
    heading = put(100, account="4.2")
    put(60, account="4.2.1")
    with pytest.raises(DeskError, match="di bawah"):
        desk.do(RemoveLine(heading))


def test_what_was_typed_is_undone_line_by_line(desk: Desk, draft: bytes, rows: Rows, put: Put):
    put(100, account="4.2")
    before = rows()
    done = desk.do(SetLine(draft, Decimal(60), account="4.2.1"))
    desk.undo(done.act)
    assert rows() == before
    assert desk.ask(queries.complete, draft)


def test_a_form_of_several_lines_is_saved_whole_or_not_at_all(desk: Desk):
    typed = (Typed("4.1", "", Decimal(40)), Typed("", "1", Decimal(30)), Typed("6.2", "", None))
    draft = desk.do(FillBudget(YEAR, typed)).value
    assert desk.ask(queries.totals, draft).surplus == 10
    with pytest.raises(DeskError, match="tidak ada di daftar"):
        desk.do(FillBudget(YEAR, (Typed("4.1", "", Decimal(99)), Typed("4.9", "", Decimal(1)))))
    assert desk.ask(queries.totals, draft).revenue == 40


def test_starting_twice_goes_on_with_the_same_draft(desk: Desk, draft: bytes):
    assert desk.do(StartBudget(YEAR)).value == draft


def test_a_kelurahan_starts_no_budget(desk: Desk):
    desk.do(SetVillage("35.22.15.1001", "Kadipaten", "Bojonegoro", "Bojonegoro"))
    with pytest.raises(DeskError, match="Kelurahan"):
        desk.do(StartBudget(YEAR))


def test_an_enacted_budget_is_complete_and_changes_no_more(desk: Desk, draft: bytes, put: Put):
    line = put(60, account="4.2.1")
    desk.do(Enact(draft, f"  {REGULATION} ", ENACTED))
    (version,) = desk.ask(queries.versions, YEAR)
    assert (version.regulation, version.enacted_on, version.line_count) == (REGULATION, ENACTED, 2)
    assert version.total == 60
    assert desk.ask(queries.complete, draft)
    for command in (
        SetLine(draft, Decimal(1), account="4.1"), SetLine(draft, Decimal(1), line=line), RemoveLine(line),
        Enact(draft, REGULATION, ENACTED),
    ):  # fmt: skip
        with pytest.raises(DeskError, match="sudah ditetapkan"):
            desk.do(command)


def test_enacting_is_not_undone(desk: Desk, draft: bytes, put: Put):
    put(60, account="4.2.1")
    done = desk.do(Enact(draft, REGULATION, ENACTED))
    with pytest.raises(DeskError, match="tidak dapat diurungkan"):
        desk.undo(done.act)


def test_an_empty_budget_is_not_enacted(desk: Desk, draft: bytes):
    with pytest.raises(DeskError, match="belum berisi"):
        desk.do(Enact(draft, REGULATION, ENACTED))


class Tamper:
    """A command that writes what no command of the desk writes."""

    def __init__(self, statement: object) -> None:
        self.statement = statement

    def run(self, session: Session) -> None:
        """Write it."""
        session.execute(self.statement)  # type: ignore[call-overload]


def test_the_store_itself_refuses_to_touch_what_is_enacted(desk: Desk, draft: bytes, put: Put):
    line = put(60, account="4.2.1")
    desk.do(Enact(draft, REGULATION, ENACTED))
    entry = desk.do(RecordRealisation(line, dt.date(2026, 6, 30), Decimal(5))).value
    copied = "INSERT INTO budget_line SELECT NULL, randomblob(16), rev, version, seq + 1, parent, section, kind, code, "
    copied += "account, activity, title, amount, fund, volume, unit, price FROM budget_line LIMIT 1"
    for statement in (
        update(BudgetLine).where(BudgetLine.id == line).values(amount=Decimal(61)),
        delete(BudgetLine).where(BudgetLine.id == line),
        text(copied),
        update(BudgetVersion).values(enacted_on=None),
        delete(BudgetVersion),
        update(Realisation).where(Realisation.id == entry).values(amount=Decimal(6)),
        delete(Realisation).where(Realisation.id == entry),
    ):
        with pytest.raises(DBAPIError, match="sudah ditetapkan"):
            desk.do(Tamper(statement))
    assert desk.ask(queries.complete, draft)
    assert desk.ask(log.check) == []


def test_an_amendment_is_a_copy_that_leaves_the_original_alone(desk: Desk, draft: bytes, put: Put):
    put(60, account="4.2.1")
    desk.do(Enact(draft, REGULATION, ENACTED))
    amendment = desk.do(StartBudget(YEAR)).value
    desk.do(SetLine(amendment, Decimal(75), account="4.2.1"))
    assert desk.ask(queries.totals, draft).revenue == 60
    assert desk.ask(queries.totals, amendment).revenue == 75
    current = desk.ask(queries.in_force, YEAR)
    assert current is not None
    assert current.id == draft
    desk.do(Enact(amendment, "Peraturan Desa Nomor 4 Tahun 2026", dt.date(2026, 8, 1)))
    current = desk.ask(queries.in_force, YEAR)
    assert current is not None
    assert (current.id, current.ordinal) == (amendment, 1)


def test_a_version_below_an_enacted_amendment_is_as_final(desk: Desk, draft: bytes, put: Put):
    put(60, account="4.2.1")
    desk.do(Enact(draft, REGULATION, ENACTED))
    amendment = desk.do(StartBudget(YEAR)).value
    desk.do(Enact(amendment, REGULATION, dt.date(2026, 8, 1)))
    with pytest.raises(DeskError, match="sudah ditetapkan"):
        desk.do(SetLine(draft, Decimal(1), account="4.1"))


def test_what_the_district_sends_is_taken_as_it_was_enacted(desk: Desk, draft: bytes, put: Put):
    put(60, account="4.2.1")
    desk.do(Enact(draft, REGULATION, ENACTED))

    class Pull(Tamper):
        """A row from another desk of the village."""

        from_district = True

    line = desk.ask(queries.tree, draft)[1]
    added = "INSERT INTO budget_line SELECT NULL, randomblob(16), 7, version, seq + 1, parent, section, kind, code, "
    added += "account, activity, title, amount, fund, volume, unit, price FROM budget_line WHERE kind = 'line'"
    desk.do(Pull(text(added)))
    assert len(desk.ask(queries.tree, draft)) == 3
    assert not desk.ask(queries.complete, draft)
    with pytest.raises(DBAPIError, match="sudah ditetapkan"):
        desk.do(Pull(update(BudgetLine).where(BudgetLine.id == line.id).values(amount=Decimal(1))))


def test_realisation_is_added_and_the_latest_day_counts(desk: Desk, draft: bytes, put: Put):
    line = put(60, account="4.2.1")
    desk.do(RecordRealisation(line, dt.date(2026, 9, 30), Decimal(45)))
    desk.do(RecordRealisation(line, dt.date(2026, 6, 30), Decimal(30)))
    (_part, node) = desk.ask(queries.tree, draft)
    assert (node.realised, node.until, node.percent) == (45, dt.date(2026, 9, 30), Decimal("75.00"))
    desk.do(RecordRealisation(line, dt.date(2026, 9, 30), Decimal(48)))
    assert desk.ask(queries.realised_totals, draft).revenue == 48


def test_realisation_is_recorded_on_the_lines_that_are_summed(desk: Desk, put: Put):
    heading = put(100, account="4.2")
    put(100, account="4.2.1")
    with pytest.raises(DeskError, match="baris di bawahnya"):
        desk.do(RecordRealisation(heading, dt.date(2026, 6, 30), Decimal(1)))


@pytest.mark.parametrize("until", [dt.date(2026, 11, 23), dt.date(2025, 12, 31), dt.date(2028, 1, 1)])
def test_realisation_of_an_impossible_day_is_refused(desk: Desk, put: Put, until: dt.date):
    line = put(60, account="4.2.1")
    with pytest.raises(DeskError):
        desk.do(RecordRealisation(line, until, Decimal(1)))


def test_many_lines_between_two_others_find_their_place(desk: Desk, draft: bytes, put: Put):
    put(1, activity="1.1.01")
    for number in range(1, 40):
        put(number, activity=f"2.1.{90 + number % 10}", account=f"5.2.1.{90 + number // 10}")
    codes = [(n.activity, n.account) for n in desk.ask(queries.tree, draft) if n.activity.startswith("2")]
    assert codes == sorted(codes)
    assert desk.ask(queries.totals, draft).expenditure == 1 + sum(range(1, 40))
