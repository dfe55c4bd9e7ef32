"""The annual report counted from the events of the year: article 12 of UU 14/2008, and what follows month by month."""

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from gettext import gettext as _

from sqlalchemy import Connection

from desk.dip import rules as dip_rules
from desk.foi.rules import TOPICS
from desk.objections import rules as objection_rules
from desk.paper.book.records import AnnualReport, Count, Cover, DisputeLine, MonthLine
from desk.reports import queries
from desk.reports.queries import Entry, ObjectionEntry
from desk.reports.rules import Wanted
from desk.village.queries import calendar
from desk.workdays import Calendar, left

NOT_HELD = _("belum dikuasai atau belum didokumentasikan ({article})")
STAGES = {"filed": _("pendaftaran"), "mediation": _("mediasi"), "adjudication": _("ajudikasi"), "ruling": _("putusan")}


def annual_report(conn: Connection, wanted: Wanted, cover: Cover) -> AnnualReport:
    """The report of a year as its events stood at the end of a day."""
    year, days = wanted.year, calendar(conn)
    entries = queries.entries(conn, wanted)
    objected = Counter(entry.registered.month for entry in queries.objection_entries(conn, wanted))
    disputed = queries.disputes(conn, wanted)
    filed = [step.day for entry in disputed if (step := entry.first("filed"))]
    disputes = Counter(day.month for day in filed if day.year == year)
    texts = queries.texts(conn, year)
    months = tuple(_month(number, entries, days, objected[number], disputes[number]) for number in range(1, 13))
    mean, median = _pace(entries, days)
    return AnnualReport(
        village=cover.village,
        year=year,
        as_of=cover.as_of,
        printed_at=cover.printed_at,
        months=months,
        mean_days=mean,
        median_days=median,
        reasons=_counts(reason for entry in entries for reason in _reasons(entry)),
        topics=_counts(TOPICS.get(entry.topic, entry.topic) for entry in entries),
        dispute_lines=tuple(_dispute(entry) for entry in disputed),
        policy=texts.policy,
        service=texts.service,
        details=texts.details,
        disputes=texts.disputes,
        internal=texts.internal,
        external=texts.external,
        recommendations=texts.recommendations,
        follow_up=texts.follow_up,
        ppid=cover.ppid,
        note=cover.note,
    )


def outcome_of(entry: Entry) -> str:
    """What became of a request: `granted`, `partly`, `refused`, `other` or `open`.

    The last answer counts, also while the request is worked on again. What the desk does not have is a refusal under
    article 6(3)e, unless the applicant was told who has it: that is a referral.
    """
    told = entry.told
    if told.ended is not None:
        return "other"
    if told.answer is None:
        return "open"
    match told.answer.outcome:
        case "granted" | "public":
            return "granted"
        case "not_held":
            return "other" if any(item.decided and item.decided.elsewhere for item in entry.items) else "refused"
        case outcome:
            return outcome


def days_taken(entry: Entry, calendar: Calendar) -> int | None:
    """Working days from receipt, or from the day the request was complete, to the first written answer."""
    answered = entry.told.answered_first
    return None if answered is None else left(entry.told.ran_from or entry.received, answered, calendar)


def _pace(entries: Iterable[Entry], calendar: Calendar) -> tuple[Decimal | None, Decimal | None]:
    """Mean and median of the working days taken."""
    taken = [Decimal(days) for entry in entries if (days := days_taken(entry, calendar)) is not None]
    return (statistics.mean(taken), statistics.median(taken)) if taken else (None, None)


def _month(number: int, entries: Sequence[Entry], days: Calendar, objections: int, disputes: int) -> MonthLine:
    """The requests registered in a month; objections and disputes by the month they were brought in."""
    here = [entry for entry in entries if entry.registered.month == number]
    became = Counter(outcome_of(entry) for entry in here)
    mean, median = _pace(here, days)
    return MonthLine(
        month=number,
        received=len(here),
        granted=became["granted"],
        partly=became["partly"],
        refused=became["refused"],
        other=became["other"],
        open=became["open"],
        late=sum(entry.told.late for entry in here),
        mean_days=mean,
        median_days=median,
        objections=objections,
        disputes=disputes,
    )


def _reasons(entry: Entry) -> Iterator[str]:
    """The grounds a request was refused on, wholly or in part, each once however many things it asked for."""
    if outcome_of(entry) not in ("refused", "partly"):
        return
    codes = [code for item in entry.items if item.decided for code in item.decided.grounds]
    codes += [dip_rules.NOT_HELD for item in entry.items if item.decided and item.decided.outcome == "not_held"]
    for code in dict.fromkeys(codes):
        if code == dip_rules.NOT_HELD:
            yield NOT_HELD.format(article=dip_rules.ground_name(code))
        elif code == dip_rules.STATUTE:
            yield dip_rules.ground_name(code)
        else:
            yield f"{dip_rules.ground_name(code)}: {dip_rules.GROUNDS[code]}"


def _counts(names: Iterable[str]) -> tuple[Count, ...]:
    """How often each name comes, the most frequent first."""
    return tuple(Count(name, times) for name, times in Counter(names).most_common())


def _dispute(entry: ObjectionEntry) -> DisputeLine:
    filed, ruling = entry.first("filed"), entry.last("ruling")
    stage = next((STAGES[step.kind] for step in reversed(entry.story) if step.kind in STAGES), "")
    result = objection_rules.OUTCOMES.get(ruling.outcome, "") if ruling else ""
    if entry.state == "withdrawn":
        result = objection_rules.STATES["withdrawn"]
    number = filed.note if filed else ""
    return DisputeLine(number, entry.request_label, filed.day if filed else None, stage, result)
