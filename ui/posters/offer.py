"""What this village has to print, and what it is still missing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desk.budget.queries import years as budget_years
from desk.dip.queries import public_list
from desk.projects.queries import years as project_years
from desk.village.queries import profile

APBDES, REALISATION, PROJECTS, SERVICE, DIP = "apbdes", "realisation", "projects", "ppid", "dip"


@dataclass(frozen=True)
class Offer:
    """The kinds of poster of this village, each with its years, the latest first; empty without a village.

    What is not of a budget year is of this one.
    """

    years: Mapping[str, Sequence[int]]
    paper: str
    """What the village's printer takes: A4, F4 or A3."""


def offer(conn: Any, on: dt.date) -> Offer:
    """What can be printed on a day; a kelurahan has no APBDes (Permendagri 20/2018 is for desa)."""
    village = profile(conn, on)
    if village is None:
        return Offer({}, "A4")
    years = {PROJECTS: sorted(project_years(conn), reverse=True)}
    if village.kind == "desa":
        budgets = sorted(budget_years(conn), reverse=True)
        years = {APBDES: budgets, REALISATION: budgets, **years}
    listed = (on.year,) if public_list(conn, on) else ()
    return Offer({**years, SERVICE: (on.year,), DIP: listed}, village.paper)
