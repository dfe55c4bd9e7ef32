"""The public list and the exemptions beside it.

The list itself is public and the district may show it. Of an exemption the district learns what kind of information
it is, on which ground, for how long, and the dates of its steps; what the test says stays at the desk.
"""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.store import Row


class DipItem(Row):
    """One entry of the list with the columns of its form but the first: the number is counted when it is read.

    Exempt information has no entry here (UU 14/2008, article 11(1) letter a): it has an `exemption`.
    """

    __tablename__ = "dip_item"
    __search__ = ("summary", "holder", "made_when")
    __table_args__ = (
        CheckConstraint("summary <> ''", name="summary"),
        CheckConstraint("category IN ('periodic', 'immediate', 'anytime')", name="category"),
        CheckConstraint("format IN ('hard', 'soft', 'both')", name="format"),
        Index("ix_dip_item_category", "category"),
    )

    summary: Mapped[str] = mapped_column(info={"sync": True, "group": "what", "public": True})
    category: Mapped[str] = mapped_column(info={"sync": True, "group": "what", "public": True})
    holder: Mapped[str] = mapped_column(info={"sync": True, "group": "people", "public": True})
    """Official or perangkat desa who keeps it."""
    producer: Mapped[str] = mapped_column(info={"sync": True, "group": "people", "public": True})
    """Who answers for its making or publication; "" where it is not known yet, and so below."""
    made_when: Mapped[str] = mapped_column(info={"sync": True, "group": "made", "public": True})
    """As people say it: `Januari 2026`, `setiap semester`."""
    made_where: Mapped[str] = mapped_column(info={"sync": True, "group": "made", "public": True})
    format: Mapped[str] = mapped_column(info={"sync": True, "group": "format", "public": True})
    retention: Mapped[str] = mapped_column(info={"sync": True, "group": "retention", "public": True})
    project: Mapped[bytes | None] = mapped_column(ForeignKey("project.id"), info={"sync": True, "group": "link"})
    budget_year: Mapped[int | None] = mapped_column(info={"sync": True, "group": "link", "public": True})
    activity: Mapped[str] = mapped_column(info={"sync": True, "group": "link", "public": True})
    """Code of the budget's activity: lines come anew with every version of a budget, their code stays."""
    exemption: Mapped[bytes | None] = mapped_column(ForeignKey("exemption.id"), info={"sync": True, "group": "link"})
    """The exemption it was under until that ended."""
    template: Mapped[str] = mapped_column(default="", info={"sync": True, "group": "template"})
    """Key of the template it was added from."""
    published: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "life", "public": True})
    withdrawn: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "life", "public": True})
    withdrawn_reason: Mapped[str] = mapped_column(default="", info={"sync": True, "group": "life", "public": True})
    checked: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "checked", "public": True})
    """When someone last held this entry against the document itself."""
    file_note: Mapped[str]
    """Where the document lies; a note for the desk, on no list."""


class DipUpdate(Row):
    """The whole list was gone through on a day."""

    __tablename__ = "dip_update"

    day: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "update", "public": True})


class Exemption(Row):
    """One consequence test and the exemption that rests on it (UU 14/2008, articles 17 and 19)."""

    __tablename__ = "exemption"
    __table_args__ = (
        CheckConstraint("kind <> ''", name="kind"),
        CheckConstraint("letters <> '' OR statute <> ''", name="ground"),
        CheckConstraint("ends > tested", name="ends"),
        Index("ix_exemption_replaces", "replaces"),
    )

    kind: Mapped[str] = mapped_column(info={"sync": True, "group": "test", "public": True})
    """What kind of information; no person is named in it."""
    letters: Mapped[str] = mapped_column(info={"sync": True, "group": "test", "public": True})
    """Letters of article 17, with the number where it has one: `a,h3`."""
    statute: Mapped[str] = mapped_column(info={"sync": True, "group": "test", "public": True})
    """Another statute with its article, "" where article 17 is all."""
    ends: Mapped[dt.date | None] = mapped_column(info={"sync": True, "group": "test", "public": True})
    """The last exempt day; None as long as it is needed."""
    period_basis: Mapped[str] = mapped_column(info={"sync": True, "group": "test", "public": True})
    """The regulation that sets the period, where PP 61/2010 leaves it to one."""
    tested: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "test", "public": True})
    replaces: Mapped[bytes | None] = mapped_column(ForeignKey("exemption.id"), info={"sync": True, "group": "test"})
    """The exemption this one takes the place of once it is approved (PP 61/2010, article 10)."""
    removed: Mapped[bool] = mapped_column(default=False, info={"sync": True, "group": "removed"})
    """Thrown away before it became a classification."""
    detail: Mapped[str]
    """Which documents and which parts of them."""
    if_open: Mapped[str]
    if_closed: Mapped[str]


class ExemptionEvent(Row):
    """One step of an exemption; whether it holds is derived from these, the test and the day, and stored nowhere."""

    __tablename__ = "exemption_event"
    __insert_only__ = True
    __table_args__ = (
        CheckConstraint("kind IN ('classified', 'approved', 'opened', 'excepted')", name="kind"),
        Index("ix_exemption_event_exemption", "exemption"),
    )

    exemption: Mapped[bytes] = mapped_column(ForeignKey("exemption.id"), info={"sync": True, "group": "event"})
    kind: Mapped[str] = mapped_column(info={"sync": True, "group": "event", "public": True})
    day: Mapped[dt.date] = mapped_column(info={"sync": True, "group": "event", "public": True})
    ground: Mapped[str] = mapped_column(default="", info={"sync": True, "group": "event", "public": True})
    """Why it was opened, or which exception of article 18(2) applies."""
    number: Mapped[str] = mapped_column(default="")
    """Of the letter."""
    place: Mapped[str] = mapped_column(default="")
    official: Mapped[str] = mapped_column(default="")
    """Who decided: the PPID, or the head who approved."""
    title: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    """Body and unit of that official."""
    note: Mapped[str] = mapped_column(default="")
    """The reason, or where the written consent is kept."""
