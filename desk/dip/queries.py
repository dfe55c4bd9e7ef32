"""What screens, papers and the answers to requests may ask of the public list and of exemptions."""

import csv
import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from gettext import gettext as _
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, Select, func, literal_column, select, text

import resources
from desk.dip import rules
from desk.dip.rules import ItemForm, Standing
from desk.dip.tables import DipItem, DipUpdate, Exemption, ExemptionEvent
from desk.store import search_terms
from desk.village.queries import calendar, profile
from desk.workdays import Calendar

MOST_WORDS = 30
"""Words of a question that are looked up; the first ones say what it is about."""

_EMPTY_WORDS = frozenset({
    "ada", "agar", "apa", "atas", "bagaimana", "bagi", "berapa", "dalam", "dan", "dari", "dengan", "desa", "di",
    "fotokopi", "informasi", "ini", "itu", "ke", "kepada", "kopi", "lihat", "meminta", "mendapat", "mengenai",
    "minta", "mohon", "oleh", "pada", "saya", "salinan", "sampai", "seluruh", "semua", "tahun", "tentang", "untuk",
    "yang",
})  # fmt: skip
"""Words that say nothing of what is asked for."""
_SAME = MappingProxyType(
    {
        "apbdes": "apb", "apbdesa": "apb", "rpjmdes": "rpjm", "rpjmdesa": "rpjm", "rkpdes": "rkp", "rkpdesa": "rkp",
        "perdes": "peraturan", "perkades": "peraturan", "sk": "keputusan", "kontrak": "perjanjian", "apb": "apbdes",
        "rab": "biaya", "blt": "bantuan", "bansos": "bantuan", "musdes": "musyawarah",
    }
)  # fmt: skip
"""Words people say -> words the list has."""


@dataclass(frozen=True)
class Template:
    """An entry a new list can begin with, and the article it comes from."""

    key: str
    category: str
    summary: str
    basis: str


@dataclass(frozen=True)
class Seek:
    """What the list is narrowed to: words; a class, "all", "gaps" for incomplete entries, or "withdrawn"."""

    text: str = ""
    which: str = "all"


@dataclass(frozen=True)
class Listed:
    """An entry with its number on the list, 0 once withdrawn; `id` is empty for one that an ended exemption adds."""

    id: bytes
    number: int
    form: ItemForm
    published: dt.date
    checked: dt.date | None
    withdrawn: dt.date | None
    withdrawn_reason: str

    @property
    def made(self) -> str:
        """When and where it was made, one column of the form."""
        return ", ".join(part for part in (self.form.made_when, self.form.made_where) if part)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Columns that are still empty."""
        return rules.gaps(self.form)


@dataclass(frozen=True)
class UpdateDue:
    """When the list was last gone through (None: never), and the day by which it is to be again."""

    last: dt.date | None
    at: dt.date
    is_late: bool


@dataclass(frozen=True)
class Step:
    """One event of an exemption."""

    kind: str
    day: dt.date
    ground: str
    number: str
    place: str
    official: str
    title: str
    unit: str
    note: str


@dataclass(frozen=True)
class Tested:
    """A consequence test, how its exemption stands on the day asked for, and its steps."""

    id: bytes
    kind: str
    detail: str
    if_open: str
    if_closed: str
    period_basis: str
    replaces: bytes | None
    standing: Standing
    state: str
    declare_by: dt.date | None
    """By when the PPID declares it open; None where it has no last day."""
    story: tuple[Step, ...]

    @property
    def grounds(self) -> str:
        """Its legal basis as a letter cites it."""
        named = [rules.ground_name(letter) for letter in self.standing.letters]
        cited = [_("{articles} UU 14/2008").format(articles=", ".join(named))] if named else []
        return "; ".join((*cited, self.standing.statute)) if self.standing.statute else "; ".join(cited)

    @property
    def period(self) -> str:
        """How long, in words."""
        words = rules.period_words(self.standing.ends)
        return f"{words} ({self.period_basis})" if self.period_basis else words


@dataclass(frozen=True)
class ClassificationLetter:
    """The six parts of PP 61/2010, article 4(2), and the head's approval, "" and None until it is given."""

    kind: str
    ppid: str
    ppid_title: str
    body: str
    unit: str
    period: str
    reason: str
    place: str
    day: dt.date
    number: str
    grounds: str
    head: str
    head_title: str
    approved: dt.date | None


@functools.cache
def templates() -> tuple[Template, ...]:
    """The entries the law names, in the order of their classes."""
    with resources.path("dip_templates.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Template(**row) for row in csv.DictReader(file))


def templates_left(conn: Connection) -> tuple[Template, ...]:
    """Templates that were never added."""
    used = set(conn.execute(select(DipItem.template).where(DipItem.template != "")).scalars())
    return tuple(template for template in templates() if template.key not in used)


_FORM = ("summary", "holder", "category", "producer", "made_when", "made_where", "format", "retention", "project",
         "budget_year", "activity", "exemption", "file_note")  # fmt: skip


def _items() -> Select[*tuple[Any, ...]]:
    rest = (DipItem.id, DipItem.published, DipItem.checked, DipItem.withdrawn, DipItem.withdrawn_reason)
    return select(*rest, *(getattr(DipItem, name) for name in _FORM))


def _listed(row: Row[*tuple[Any, ...]], number: int, updated: dt.date | None) -> Listed:
    form = ItemForm(**{name: getattr(row, name) for name in _FORM})
    checked = max((day for day in (row.checked, updated) if day), default=None)
    if checked is not None and checked < row.published:
        checked = row.checked
    return Listed(row.id, number, form, row.published, checked, row.withdrawn, row.withdrawn_reason)


def public_list(conn: Connection, today: dt.date, seek: Seek | None = None) -> tuple[Listed, ...]:
    """The list by class and then as it grew, with what ended exemptions add to it (PP 61/2010, article 11(3)).

    Numbers are those of the whole list, however it is narrowed.
    """
    seek = seek or Seek()
    wanted = _items().order_by(DipItem.published, DipItem.n)
    updated = conn.execute(select(func.max(DipUpdate.day))).scalar()
    rows = conn.execute(wanted).all()
    if seek.which == "withdrawn":
        found = [_listed(row, 0, updated) for row in rows if row.withdrawn]
    else:
        found = [_listed(row, 0, updated) for row in rows if not row.withdrawn]
        found += _ended(conn, today, {row.exemption for row in rows})
        found.sort(key=lambda item: rules.LISTED.index(item.form.category))
        found = [replace(item, number=number) for number, item in enumerate(found, 1)]
    if seek.text.strip():
        found = [item for item in found if _fits(item, seek.text)]
    if seek.which == "gaps":
        return tuple(item for item in found if item.gaps)
    return tuple(item for item in found if seek.which in ("all", "withdrawn", item.form.category))


def _fits(item: Listed, typed: str) -> bool:
    """Whether each word typed begins a word of the entry; the whole list is in hand anyway."""
    have = _words(f"{item.form.summary} {item.form.holder} {item.form.made_when}")
    return all(any(word.startswith(part) for word in have) for part in _words(typed))


def _ended(conn: Connection, today: dt.date, listed: set[bytes | None]) -> list[Listed]:
    """Entries that nobody wrote: exemptions that are over and not on the list under their own name."""
    return [
        Listed(b"", 0, ItemForm(test.kind, "", exemption=test.id), _open_since(test.standing), None, None, "")
        for test in exemptions(conn, today)
        if test.state == "open" and test.id not in listed
    ]


def _open_since(standing: Standing) -> dt.date:
    days = [standing.opened, standing.ends + dt.timedelta(days=1) if standing.ends else None]
    return min(day for day in days if day)


def item(conn: Connection, id: bytes) -> Listed | None:  # noqa: A002 (the row's own word)
    """One entry, withdrawn or not; None where there is none."""
    row = conn.execute(_items().where(DipItem.id == id)).one_or_none()
    updated = conn.execute(select(func.max(DipUpdate.day))).scalar()
    return _listed(row, 0, updated) if row else None


def update_due(conn: Connection, today: dt.date) -> UpdateDue | None:
    """When the list is to be gone through; None while it is empty. A list never gone through counts from its start."""
    started = conn.execute(select(func.min(DipItem.published)).where(DipItem.withdrawn.is_(None))).scalar()
    if started is None:
        return None
    last = conn.execute(select(func.max(DipUpdate.day))).scalar()
    at = rules.next_update(last or started)
    return UpdateDue(last, at, at < today)


def matches(conn: Connection, typed: str, most: int = 5) -> tuple[Listed, ...]:
    """Entries that may answer a question while it is being typed, the nearest first.

    A question is longer than an entry, so an entry need not hold all of its words: a third of those that mean
    something, more of them first.
    """
    terms, words = _any_of(typed)
    if not terms:
        return ()
    found = text("SELECT rowid AS n, rank FROM dip_item_fts WHERE dip_item_fts MATCH :terms").bindparams(terms=terms)
    hits = found.columns(literal_column("n"), literal_column("rank")).subquery("hits")
    wanted = _items().join(hits, literal_column("hits.n") == DipItem.n).where(DipItem.withdrawn.is_(None))
    updated = conn.execute(select(func.max(DipUpdate.day))).scalar()
    rows = conn.execute(wanted.order_by(literal_column("hits.rank"))).all()
    scored = [(_share(words, f"{row.summary} {row.holder} {row.made_when}"), row) for row in rows]
    near = sorted((hit for hit in scored if hit[0] * 3 >= len(words)), key=lambda hit: -hit[0])
    return tuple(_listed(row, 0, updated) for _count, row in near[:most])


def _words(typed: str) -> list[str]:
    return "".join(ch if ch.isalnum() else " " for ch in typed.casefold()).split()


def _any_of(typed: str) -> tuple[str, list[str]]:
    """The FTS5 query for any of the words that mean something, and those words."""
    words = [w for w in dict.fromkeys(_words(typed)) if len(w) > 1 and w not in _EMPTY_WORDS][:MOST_WORDS]
    spelled = (other for word in words for other in (word, _SAME.get(word)) if other)
    return " OR ".join(search_terms(word) for word in dict.fromkeys(spelled)), words


def _share(words: Iterable[str], entry: str) -> int:
    """How many of the words an entry holds, as beginnings of its own."""
    have = _words(entry)
    return sum(any(w.startswith((word, _SAME.get(word, word))) for w in have) for word in words)


def exemptions(conn: Connection, today: dt.date, state: str = "") -> tuple[Tested, ...]:
    """Every consequence test, the latest first; only those that stand so on `today` where a state is given."""
    stories: dict[bytes, list[Step]] = {}
    e = ExemptionEvent
    columns = (e.kind, e.day, e.ground, e.number, e.place, e.official, e.title, e.unit, e.note)
    for owner, *step in conn.execute(select(e.exemption, *columns).order_by(e.day, e.n)):
        stories.setdefault(owner, []).append(Step(*step))
    rows = conn.execute(select(*Exemption.__table__.columns).where(Exemption.removed.is_(False))).all()
    replaced: dict[bytes, dt.date] = {}
    for row in rows:
        approved = _day(stories.get(row.id, []), "approved")
        if row.replaces and approved:
            replaced[row.replaces] = min(approved, replaced.get(row.replaces, approved))
    days = calendar(conn)
    made = [_tested(row, tuple(stories.get(row.id, [])), replaced.get(row.id), today, days) for row in rows]
    made.sort(key=lambda test: test.standing.tested, reverse=True)
    return tuple(test for test in made if state in ("", test.state))


def _tested(
    row: Row[*tuple[Any, ...]], story: tuple[Step, ...], replaced: dt.date | None, today: dt.date, days: Calendar
) -> Tested:
    standing = Standing(
        tuple(row.letters.split(",")) if row.letters else (), row.statute, row.tested, row.ends,
        _day(story, "classified"), _day(story, "approved"), _day(story, "opened"), replaced,
    )  # fmt: skip
    return Tested(
        row.id, row.kind, row.detail, row.if_open, row.if_closed, row.period_basis, row.replaces, standing,
        rules.state_of(standing, today), rules.declare_by(row.ends, days) if row.ends else None, story,
    )  # fmt: skip


def _day(story: Iterable[Step], kind: str) -> dt.date | None:
    """The day of the first event of a kind; a second one, from another PC, moves nothing."""
    return next((step.day for step in story if step.kind == kind), None)


def exemption(conn: Connection, id: bytes, today: dt.date) -> Tested | None:  # noqa: A002
    """One test; None where there is none or it was thrown away."""
    return next((test for test in exemptions(conn, today) if test.id == id), None)


def standing(conn: Connection, id: bytes) -> Standing | None:  # noqa: A002
    """How an exemption stands, for `rules.refusal_faults` and `rules.state_of`; None where there is no such test."""
    found = exemption(conn, id, dt.date.max)
    return found.standing if found else None


def expiring(conn: Connection, today: dt.date) -> tuple[Tested, ...]:
    """Exemptions within 30 working days of their end: the PPID declares them open, or tests anew; the next first."""
    near = [test for test in exemptions(conn, today, "exempt") if test.declare_by and test.declare_by <= today]
    return tuple(sorted(near, key=lambda test: test.standing.ends or dt.date.max))


def exemptions_like(conn: Connection, typed: str, today: dt.date, most: int = 3) -> tuple[Tested, ...]:
    """Exemptions in force that may concern a question while it is being typed, the nearest first."""
    words = _any_of(typed)[1]
    scored = [(_share(words, f"{test.kind} {test.detail}"), test) for test in exemptions(conn, today, "exempt")]
    near = sorted((hit for hit in scored if hit[0] and hit[0] * 3 >= len(words)), key=lambda hit: -hit[0])
    return tuple(test for _count, test in near[:most])


def exempt_since(conn: Connection, id: bytes) -> dt.date | None:  # noqa: A002
    """The day an exemption, or the first of those it took the place of, was approved; None where it never was."""
    known = {test.id: test for test in exemptions(conn, dt.date.max)}
    seen: set[bytes] = set()
    since: dt.date | None = None
    step: bytes | None = id
    while step in known and step not in seen and known[step].standing.approved:
        seen.add(step)
        since, step = known[step].standing.approved, known[step].replaces
    return since


def letter(conn: Connection, id: bytes, today: dt.date) -> ClassificationLetter | None:  # noqa: A002
    """The classification letter of an exemption; None until the PPID has set it."""
    test = exemption(conn, id, today)
    steps = {step.kind: step for step in reversed(test.story)} if test else {}
    set_by, village = steps.get("classified"), profile(conn, today)
    if test is None or set_by is None:
        return None
    head = steps.get("approved")
    return ClassificationLetter(
        test.kind, set_by.official, set_by.title, village.place_name if village else "", set_by.unit, test.period,
        set_by.note, set_by.place, set_by.day, set_by.number, test.grounds, head.official if head else "",
        head.title if head else "", head.day if head else None,
    )  # fmt: skip
