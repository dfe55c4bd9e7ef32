"""The poster that ends the first run, where the desk already has something to print."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from desk.budget.queries import years as budget_years
from desk.paper import board
from desk.paper.queries import poster
from desk.paper.records import Poster
from desk.projects.queries import years as project_years
from desk.store import DeskError
from desk.village.queries import profile


@dataclass(frozen=True)
class FirstPoster:
    """A poster's record and the paper it is drawn for."""

    kind: str
    record: Poster
    size: str


def first_poster(conn: Any, on: dt.date, at: dt.datetime) -> FirstPoster | None:
    """The latest APBDes, else the latest list of activities; None where there is neither.

    Args:
        conn: the desk, read-only.
        on: whose office, which version: what holds on this day.
        at: the moment printed on the sheet, with a zone.
    """
    village = profile(conn, on)
    if village is None:
        return None
    budgets = max(budget_years(conn), default=None) if village.kind == "desa" else None
    for kind, year in (("apbdes", budgets), ("projects", max(project_years(conn), default=None))):
        if year is None:
            continue
        try:
            return FirstPoster(kind, poster(conn, kind, year, on, at), village.paper)
        except DeskError:
            continue
    return None


def draw(first: FirstPoster) -> bytes:
    """The PDF of one sheet or more, on the village's own paper."""
    return board.render(first.record, first.size).pdf
