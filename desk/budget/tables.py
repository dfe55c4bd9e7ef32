"""Budgets by version, their lines, and what was spent of each line up to a day.

A version is a draft until it is enacted; from then on it and the versions before it cannot be changed, and its line
count, control total and digest tell whether a copy of it is complete.
"""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.store import Row

_FINAL = (
    "EXISTS (SELECT 1 FROM budget_version v JOIN budget_version e ON e.year = v.year AND e.ordinal >= v.ordinal "
    "WHERE v.id = {version} AND e.enacted_on IS NOT NULL)"
)
"""The version or a later one of its year is enacted."""


class BudgetVersion(Row):
    """One year's budget: as first decided (ordinal 0) or after its first, second, ... amendment.

    What the district sends is accepted as it was enacted there; here nobody adds to, changes or removes it.
    """

    __tablename__ = "budget_version"
    __table_args__ = (
        UniqueConstraint("year", "ordinal"),
        CheckConstraint("year BETWEEN 2015 AND 2100", name="year"),
        CheckConstraint("ordinal >= 0", name="ordinal"),
        CheckConstraint("line_count >= 0", name="line_count"),
        CheckConstraint("enacted_on IS NULL OR regulation <> ''", name="regulation"),
    )
    __locked__ = (
        "old.enacted_on IS NOT NULL AND (EXISTS (SELECT 1 FROM budget_version x WHERE x.id = old.id) "
        "OR EXISTS (SELECT 1 FROM writing WHERE outgoing))"
    )

    year: Mapped[int] = mapped_column(info={"sync": True, "group": "version", "public": True})
    ordinal: Mapped[int] = mapped_column(info={"sync": True, "group": "version", "public": True})
    regulation: Mapped[str] = mapped_column(info={"sync": True, "group": "enactment", "public": True})
    """The village regulation (Peraturan Desa) with its number; "" while it is a draft."""
    enacted_on: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "enactment", "public": True})
    """The day of the regulation; null is a draft."""
    enacted_digest: Mapped[str] = mapped_column(info={"sync": True, "group": "enactment", "public": True})
    """`digest` on that day: what another PC typed into the draft meanwhile was never enacted; "" for a draft."""
    source: Mapped[str] = mapped_column(info={"sync": True, "group": "content", "public": True})
    """Name of the file it came from; "" where it was typed."""
    source_digest: Mapped[str] = mapped_column(info={"sync": True, "group": "content"})
    """SHA-256 of that file's bytes."""
    line_count: Mapped[int] = mapped_column(info={"sync": True, "group": "content", "public": True})
    total: Mapped[Decimal] = mapped_column(info={"sync": True, "group": "content", "public": True})
    """Control total: `rules.control_total` of the lines."""
    digest: Mapped[str] = mapped_column(info={"sync": True, "group": "content", "public": True})
    """`rules.digest` of the lines."""


class BudgetLine(Row):
    """One row of a version: a part, a heading, a detail, a difference not yet detailed, or a printed total."""

    __tablename__ = "budget_line"
    __table_args__ = (
        CheckConstraint("section IN ('revenue','expenditure','receipts','payments','financing','surplus','balance',"
                        "'other')", name="section"),
        CheckConstraint("kind IN ('section','line','unspecified','total')", name="kind"),
        Index("ix_budget_line_version", "version", "seq"),
    )  # fmt: skip
    __locked__ = (
        _FINAL.format(version="old.version") + " AND (EXISTS (SELECT 1 FROM budget_line x WHERE x.id = old.id) "
        "OR EXISTS (SELECT 1 FROM writing WHERE outgoing))"
    )

    version: Mapped[bytes] = mapped_column(
        ForeignKey("budget_version.id"), info={"sync": True, "group": "place", "public": True}
    )
    seq: Mapped[int] = mapped_column(info={"sync": True, "group": "place", "public": True})
    """Reading order within the version; with gaps, so that a line can be put between two."""
    parent: Mapped[bytes | None] = mapped_column(
        ForeignKey("budget_line.id"), index=True, info={"sync": True, "group": "place", "public": True}
    )
    """The line above it; for a total, the line it totals."""
    section: Mapped[str] = mapped_column(info={"sync": True, "group": "line", "public": True})
    kind: Mapped[str] = mapped_column(info={"sync": True, "group": "line", "public": True})
    code: Mapped[str] = mapped_column(info={"sync": True, "group": "line", "public": True})
    """As printed."""
    account: Mapped[str] = mapped_column(info={"sync": True, "group": "line", "public": True})
    activity: Mapped[str] = mapped_column(info={"sync": True, "group": "line", "public": True})
    title: Mapped[str] = mapped_column(info={"sync": True, "group": "line", "public": True})
    amount: Mapped[Decimal | None] = mapped_column(info={"sync": True, "group": "amount", "public": True})
    """As printed or typed; null where the line prints none and its rows say it."""
    fund: Mapped[str] = mapped_column(info={"sync": True, "group": "fund", "public": True})
    volume: Mapped[str] = mapped_column(info={"sync": True, "group": "line", "public": True})
    unit: Mapped[str] = mapped_column(info={"sync": True, "group": "line", "public": True})
    price: Mapped[str] = mapped_column(info={"sync": True, "group": "line", "public": True})


class Realisation(Row):
    """What was received or spent of a line from the year's beginning up to a day; a later entry replaces it in sums.

    Entries are only added. With a draft that is loaded anew, the entries of lines that are gone go with them.
    """

    __tablename__ = "realisation"
    __table_args__ = (Index("ix_realisation_line", "line", "until"),)
    __locked__ = (
        "EXISTS (SELECT 1 FROM realisation x JOIN budget_line l ON l.id = x.line "
        "JOIN budget_version v ON v.id = l.version JOIN budget_version e ON e.year = v.year AND e.ordinal >= v.ordinal "
        "WHERE x.id = old.id AND e.enacted_on IS NOT NULL)"
    )

    line: Mapped[bytes] = mapped_column(
        ForeignKey("budget_line.id"), info={"sync": True, "group": "realisation", "public": True}
    )
    until: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "realisation", "public": True})
    amount: Mapped[Decimal] = mapped_column(info={"sync": True, "group": "realisation", "public": True})


class WithdrawnRealisation(Row):
    """An entry that was a mistake: it stays where it is, for all to see, and counts no more."""

    __tablename__ = "realisation_withdrawn"
    __insert_only__ = True
    __table_args__ = (Index("ix_realisation_withdrawn_entry", "entry"),)

    entry: Mapped[bytes] = mapped_column(info={"sync": True, "group": "withdrawn", "public": True})
    """Id of the entry; no foreign key, for with a draft that is loaded anew its entries go."""


class OwnCode(Row):
    """A code of the 90-99 ranges, which the regency defines, with the name it has in this village in every year.

    Its id is made from the code, so that two PCs that add the same one have one row.
    """

    __tablename__ = "own_code"
    __table_args__ = (
        CheckConstraint("kind IN ('account','activity')", name="kind"),
        CheckConstraint("code <> '' AND title <> ''", name="said"),
    )

    kind: Mapped[str] = mapped_column(info={"sync": True, "group": "code", "public": True})
    code: Mapped[str] = mapped_column(info={"sync": True, "group": "code", "public": True})
    title: Mapped[str] = mapped_column(info={"sync": True, "group": "title", "public": True})
