"""The books filled from the rooms: what stood in the registers at the end of a day, ready to be printed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from gettext import gettext as _

from sqlalchemy import Connection

from desk.dates import long_date, zone
from desk.dip import queries as dip
from desk.dip import rules as dip_rules
from desk.errors import DeskError
from desk.foi import life
from desk.foi.queries import Item, Person
from desk.objections import rules as objection_rules
from desk.objections.queries import Proxy
from desk.paper.book.records import (
    Book,
    Cover,
    DipBook,
    DipEntry,
    ObjectionBook,
    ObjectionRow,
    RequestBook,
    RequestRow,
)
from desk.paper.village import head_of
from desk.paper.yearbook import annual_report
from desk.reports import queries, rules
from desk.reports.queries import Entry, Named, ObjectionEntry
from desk.reports.rules import Wanted
from desk.village.queries import profile

NOBODY = Named({}, {})


def book(conn: Connection, wanted: Wanted, printed_at: dt.datetime, made: bytes | None = None) -> Book:
    """A book as it stood at the end of a day.

    Args:
        conn: the desk, read-only.
        wanted: which book, over which days, as of which day.
        printed_at: the moment for the stamp, with a zone.
        made: the noted making (`desk.reports.commands.MakeNamed`) a register with names rests on; without one the
            register is a copy without identities, which needs no village key.

    Raises:
        DeskError: no village yet, or nobody noted that this very register is made with names.
        KeyLost: names are wanted, and the village key is not on this PC.
    """
    rules.check_wanted(wanted, printed_at.date())
    if made is not None and wanted.kind not in rules.NAMED:
        raise DeskError(rules.NO_NAMES)
    cover = _cover(conn, wanted, printed_at)
    named = queries.named(conn, queries.noted(conn, made, wanted)) if made is not None else None
    match wanted.kind:
        case "requests":
            kept = queries.entries(conn, wanted)
            return RequestBook(cover, tuple(_request(entry, named) for entry in kept), named is not None)
        case "objections":
            brought = queries.objection_entries(conn, wanted)
            return ObjectionBook(cover, tuple(_objection(entry, named) for entry in brought), named is not None)
        case "dip":
            entries = tuple(_dip_entries(conn, wanted.as_of))
            return DipBook(cover.village, wanted.as_of, cover.printed_at, entries, cover.ppid, cover.note)
        case _:
            return annual_report(conn, wanted, cover)


def rows_of(made: Book) -> int:
    """How many rows a book has; of the report, how many requests it counts."""
    match made:
        case RequestBook() | ObjectionBook():
            return len(made.rows)
        case DipBook():
            return len(made.entries)
        case _:
            return made.total("received")


def _cover(conn: Connection, wanted: Wanted, printed_at: dt.datetime) -> Cover:
    known, head = profile(conn, printed_at.date()), head_of(conn, printed_at.date())
    if known is None or head is None:
        raise DeskError(_("Desa ini belum dipilih. Isi dulu nama desa di Pengaturan, lalu buat lagi bukunya."))
    return Cover(
        village=head,
        first=wanted.first,
        last=wanted.last,
        as_of=wanted.as_of,
        printed_at=printed_at.astimezone(zone(known.code)),
        ppid=known.ppid.name if known.ppid else "",
        note=known.note,
    )


def _request(entry: Entry, named: Named | None) -> RequestRow:
    """The twenty cells of one request; several things asked for stand in one row, each on a line of its own."""
    told = entry.told
    person = (named or NOBODY).applicants.get(entry.id)
    outcomes = [item.decided.outcome for item in entry.items if item.decided]
    form = told.answer.form if told.answer else ""
    return RequestRow(
        number=entry.label,
        received=entry.received,
        name=_who(person),
        address=person.address if person else "",
        contact=_contact(person),
        occupation=person.occupation if person else "",
        sought=_lines([item.sought for item in entry.items]),
        purpose=entry.purpose,
        held=any(outcome != "not_held" for outcome in outcomes) if outcomes else None,
        holder=_lines([_holder(item, len(entry.items)) for item in entry.items], skip=True),
        soft=form == "soft",
        hard=form == "hard",
        view=entry.access == "view",
        copy=entry.access == "copy",
        decision="\n".join(_decision(entry, is_open=named is not None)),
        reason=_lines([_reason(item, entry) for item in entry.items], skip=True),
        notified=told.answer.day if told.answer and told.answer.basis != life.OLD_UNDATED else None,
        handed=told.handed,
        fee=told.fee,
        payment=_("tanpa biaya") if told.fee == Decimal(0) else "",
    )


def _lines(texts: Sequence[str], *, skip: bool = False) -> str:
    """One text as it is; several numbered, each on its own line; `skip` leaves out those with nothing to say."""
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1) if text or not skip)


def _who(person: Person | None) -> str:
    if person is None:
        return ""
    return _("{name}, kuasa: {proxy}").format(name=person.name, proxy=person.proxy) if person.proxy else person.name


def _contact(person: Person | Proxy | None) -> str:
    if person is None:
        return ""
    email = person.email if isinstance(person, Person) else ""
    return ", ".join(text for text in (person.phone, email) if text)


def _holder(item: Item, of: int) -> str:
    """Who has what the desk has not; one of several says so even where nobody knows who."""
    if item.decided is None or item.decided.outcome != "not_held":
        return ""
    return item.decided.elsewhere or (_("tidak dikuasai") if of > 1 else "")


def _reason(item: Item, entry: Entry) -> str:
    """Why one thing was refused, wholly or in part: grounds as letters cite them, then the words."""
    said = item.decided
    if said is None or said.outcome not in ("refused", "partly", "not_held"):
        return ""
    statute = entry.statutes.get(said.test or b"", "")
    named = [statute if code == dip_rules.STATUTE and statute else dip_rules.ground_name(code) for code in said.grounds]
    blackened = _("dihitamkan: {what}").format(what=said.removed) if said.removed else ""
    return ": ".join(text for text in ("; ".join(named), ". ".join(t for t in (said.reason, blackened) if t)) if text)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _decision(entry: Entry, *, is_open: bool) -> Iterator[str]:
    """What had been decided by the day the book tells of, and what became of the request otherwise.

    A clerk's own words about a void or withdrawn entry may name the applicant: they stand in the copy with names only.
    """
    told = entry.told
    if told.answer is not None:
        outcomes = [life.OUTCOMES[item.decided.outcome] if item.decided else "-" for item in entry.items]
        yield _capital(_lines(outcomes))
    elif told.ended is None:
        yield _waiting(entry)
    if told.reopened is not None:
        yield _("Dibuka kembali {day:%d-%m-%Y} ({basis})").format(
            day=told.reopened.day, basis=life.REOPENING_BASES.get(told.reopened.basis, "-")
        )
    if told.ended is not None:
        ended = _capital(life.STATES[told.state])
        if told.ended.basis != life.OLD_UNDATED:
            ended = _("{state} {day:%d-%m-%Y}").format(state=ended, day=told.ended.day)
        yield f"{ended}: {told.ended.note}" if is_open and told.ended.note else ended


def _waiting(entry: Entry) -> str:
    """What an unanswered request waits for."""
    told = entry.told
    if told.state == "incomplete":
        return _("Belum lengkap, menunggu pemohon")
    if told.extended and told.due:
        return _("Belum dijawab, diperpanjang sampai {day:%d-%m-%Y}").format(day=told.due)
    return _("Tanpa keputusan di register lama") if told.taken_over else _("Belum dijawab")


def _objection(entry: ObjectionEntry, named: Named | None) -> ObjectionRow:
    answer = entry.last("answered")
    return ObjectionRow(
        number=entry.label,
        received=entry.received,
        identity=_brought_by(entry, named) if named else "",
        request_number=entry.request_label,
        sought=_lines(entry.items),
        purpose=entry.purpose,
        grounds=", ".join(entry.grounds),
        decision="\n".join(_ruled(entry)),
        answered=answer.day if answer else None,
        superior=answer.official if answer else "",
        response=answer.reply if answer else "",
    )


def _brought_by(entry: ObjectionEntry, named: Named) -> str:
    """Who objects, and who speaks for them."""
    person, proxy = named.applicants.get(entry.request), named.proxies.get(entry.id)
    told = ", ".join(text for text in (_who(person), person.address, _contact(person)) if text) if person else ""
    speaks = ", ".join(text for text in (proxy.name, proxy.address, _contact(proxy)) if text) if proxy else ""
    # An identity that was let go is an empty one: nobody is named in its place.
    return "\n".join(text for text in (told, _("Kuasa: {proxy}").format(proxy=speaks) if speaks else "") if text)


def _ruled(entry: ObjectionEntry) -> Iterator[str]:
    """What the superior decided, and what followed."""
    answer, ruling = entry.last("answered"), entry.last("ruling")
    if answer is not None:
        yield f"{_capital(objection_rules.OUTCOMES.get(answer.outcome, ''))}: {answer.note}"
    if entry.first("settled") is not None:
        yield _capital(objection_rules.STATES["settled"])
    if ruling is not None:
        yield _("Putusan Komisi Informasi: {outcome}").format(outcome=objection_rules.OUTCOMES.get(ruling.outcome, ""))
    elif entry.state == "disputed":
        yield _capital(objection_rules.STATES["disputed"])
    if entry.state == "withdrawn":
        yield _capital(objection_rules.STATES["withdrawn"])
    if len(entry.story) == 1 or entry.state == "reviewing":
        yield _("Belum ditanggapi")


def _dip_entries(conn: Connection, as_of: dt.date) -> Iterator[DipEntry]:
    """The public list of a day: entries withdrawn since stand in it again, later ones not yet; then what is exempt."""
    since = (item for item in dip.public_list(conn, as_of, dip.Seek(which="withdrawn")) if _stood(item, as_of))
    now = (item for item in dip.public_list(conn, as_of) if _stood(item, as_of))
    for item in sorted([*now, *since], key=lambda item: item.published):
        form = item.form
        formats = dip_rules.FORMATS.get(form.format, form.format)
        yield DipEntry(
            form.category, form.summary, form.holder, form.producer, item.made, formats if item.id else "",
            form.retention,
        )  # fmt: skip
    for test in dip.exemptions(conn, as_of, "exempt"):
        steps = _exempted(test.story, as_of)
        tested = _("diuji {day}").format(day=long_date(test.standing.tested))
        unit = next((step.unit for step in steps if step.unit), "")
        official = next((step.official for step in steps if step.official), "")
        yield DipEntry("exempt", test.kind, unit, official, tested, "", f"{test.period}; {test.grounds}")


def _exempted(story: Iterable[dip.Step], as_of: dt.date) -> list[dip.Step]:
    """The steps that made the exemption, by that day."""
    return [step for step in story if step.kind == "classified" and step.day <= as_of]


def _stood(item: dip.Listed, as_of: dt.date) -> bool:
    return item.published <= as_of and (item.withdrawn is None or item.withdrawn > as_of)
