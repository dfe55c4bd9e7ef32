"""What was agreed and paid for activities: contracts with their addenda, payments, and what they add up to."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from desk.projects import watch
from desk.projects.tables import Addendum, Contract, Payment
from desk.store import Row


@dataclass(frozen=True)
class AddendumRow:
    """One addendum; None leaves a thing as it was."""

    id: bytes
    contract: bytes
    number: str
    day: dt.date
    value: Decimal | None
    ends: dt.date | None
    reason: str


@dataclass(frozen=True)
class ContractRow:
    """One contract or decree with its addenda, the oldest first."""

    id: bytes
    project: bytes
    method: str
    """`self` or `provider`."""
    partner: str
    number: str
    signed: dt.date | None
    value: Decimal | None
    starts: dt.date | None
    ends: dt.date | None
    addenda: tuple[AddendumRow, ...] = ()

    @property
    def value_now(self) -> Decimal | None:
        """Rupiah, after its addenda."""
        return watch.in_force(self.value, self.ends, self.addenda)[0]

    @property
    def ends_now(self) -> dt.date | None:
        """The last day, after its addenda."""
        return watch.in_force(self.value, self.ends, self.addenda)[1]


@dataclass(frozen=True)
class PaymentRow:
    """One payment; `contract` is None where it was made without one."""

    id: bytes
    project: bytes
    contract: bytes | None
    day: dt.date
    amount: Decimal
    what: str


@dataclass(frozen=True)
class Money:
    """What an activity's contracts and payments add up to, in rupiah; None where there is none."""

    committed: Decimal | None = None
    """Values of its contracts after their addenda."""
    paid: Decimal | None = None
    ends: dt.date | None = None
    """The latest end of its contracts after their addenda."""
    partners: tuple[str, ...] = ()
    is_open: bool = False
    """Whether one of its contracts tells no end: `ends` is then the end of a part only."""


NO_MONEY = Money()
"""No contract and no payment yet."""


def contracts_of(conn: Connection, projects: Sequence[bytes]) -> Mapping[bytes, Sequence[ContractRow]]:
    """The contracts of activities by activity, in the order they were written, with their addenda."""
    held = rows_of(conn, Contract, "project", projects)
    addenda = rows_of(conn, Addendum, "contract", [row.id for rows in held.values() for row in rows], "day")
    made: defaultdict[bytes, list[ContractRow]] = defaultdict(list)
    for project, rows in held.items():
        for r in rows:
            changes = tuple(
                AddendumRow(a.id, a.contract, a.number, a.day, a.value, a.ends, a.reason) for a in addenda[r.id]
            )
            facts = (r.method, r.partner, r.number, r.signed, r.value, r.starts, r.ends)
            made[project].append(ContractRow(r.id, project, *facts, changes))
    return made


def payments_of(conn: Connection, projects: Sequence[bytes]) -> Mapping[bytes, Sequence[PaymentRow]]:
    """The payments of activities by activity, the oldest first."""
    found = rows_of(conn, Payment, "project", projects, "day")
    made: defaultdict[bytes, list[PaymentRow]] = defaultdict(list)
    for project, rows in found.items():
        made[project] = [PaymentRow(r.id, project, r.contract, r.day, r.amount, r.what) for r in rows]
    return made


def money_of(contracts: Sequence[ContractRow], payments: Sequence[PaymentRow]) -> Money:
    """What the contracts and payments of one activity add up to."""
    return Money(
        sum_of(contract.value_now for contract in contracts),
        sum_of(payment.amount for payment in payments),
        max((c.ends_now for c in contracts if c.ends_now is not None), default=None),
        tuple(dict.fromkeys(contract.partner for contract in contracts)),
        any(contract.ends_now is None for contract in contracts),
    )


def sum_of(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The known amounts added up; None where none is known."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def rows_of(
    conn: Connection, table: type[Row], owner: str, ids: Sequence[bytes], *order: str
) -> Mapping[bytes, Sequence[Any]]:
    """Rows of a table that were not removed, by the record they belong to."""
    columns = table.__table__.columns
    wanted = select(*columns).where(columns[owner].in_(ids), columns["removed"].is_(False))
    found: defaultdict[bytes, list[Any]] = defaultdict(list)
    for row in conn.execute(wanted.order_by(*(columns[name] for name in order), columns["n"])):
        found[getattr(row, owner)].append(row)
    return found
