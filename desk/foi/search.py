"""How requests are found: by words of the register and of the answers in the search tables, by names in memory.

What a clerk writes into an answer is searched although a name may slip into it: the index holds nothing the note does
not hold in clear already. Identities never get there; their names are opened once and held as long as the key.
"""

import datetime as dt
import threading
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, TextClause, func, select, text

from desk import vault
from desk.foi import life
from desk.foi.rules import about
from desk.foi.tables import Applicant, Request
from desk.log import change

SHORTEST_NAME = 2
"""Letters from which names are looked through."""

FEW = 400
"""Hits up to which sorting them is quicker than walking the register and looking for them."""

SLICE = 500
"""Names opened at a time: a search that waits behind them waits a hundredth of a second."""

NUMBER_FIGURES = 3
"""Figures a printed register number has at least: who types 7 means 007."""

_HITS = {
    kind: f"SELECT rowid FROM {kind}_fts WHERE {kind}_fts MATCH :terms"
    for kind in ("request", "request_event", "item_decision")
}
"""Rows of each search table."""

_REQUESTS = {
    "request": _HITS["request"],
    "request_event": "SELECT r.n FROM request_event_fts f JOIN request_event e ON e.n = f.rowid"
    " JOIN request r ON r.id = e.request WHERE request_event_fts MATCH :terms",
    "item_decision": "SELECT r.n FROM item_decision_fts f JOIN item_decision d ON d.n = f.rowid"
    " JOIN request_event e ON e.id = d.event JOIN request r ON r.id = e.request WHERE item_decision_fts MATCH :terms",
}
"""The requests those rows belong to."""

_MET = {
    "request": f"+request.n IN ({_HITS['request']})",
    "request_event": "EXISTS (SELECT 1 FROM request_event e WHERE e.request = request.id"
    f" AND +e.n IN ({_HITS['request_event']}))",
    "item_decision": "EXISTS (SELECT 1 FROM request_event e JOIN item_decision d ON d.event = e.id"
    f" WHERE e.request = request.id AND +d.n IN ({_HITS['item_decision']}))",
}
"""Whether a request met along the register is among many hits: they are gathered once, and each is looked up."""

_COUNTS = text(
    "SELECT " + ", ".join(f"(SELECT count(*) FROM ({hits} LIMIT {FEW + 1}))" for hits in _HITS.values())
)  # fmt: skip

_NAMED = "SELECT value FROM json_each(:named)"


TELLING = 4
"""Letters a word needs to say what a question is about."""

MOST_TELLING = 4
"""Words two questions have to share; fewer are tried where no other question holds so many."""

_NEWEST = text(
    "SELECT q.id, q.label, q.received, q.sought, e.outcome, e.note FROM"
    " (SELECT rowid AS n FROM request_fts WHERE request_fts MATCH :terms ORDER BY rowid DESC LIMIT 60) hit"
    " JOIN request q ON q.n = hit.n LEFT JOIN request_event e ON e.n ="
    " (SELECT max(n) FROM request_event WHERE request = q.id AND kind = 'answered') ORDER BY q.n DESC"
)
"""The newest questions that hold all of some words, with what was last answered."""


@dataclass(frozen=True)
class Earlier:
    """A question asked before; `outcome` and `note` of its answer are empty while there is none."""

    id: bytes
    label: str
    received: dt.date
    sought: str
    outcome: str
    note: str
    is_same: bool
    """In the very same words, but for capitals and spaces."""


@dataclass(frozen=True)
class Found:
    """What a search asks of a request, and whether every name was looked through for it."""

    fits: TextClause
    is_whole: bool


class Names:
    """The applicants' names in small letters beside the rows of their requests; never written anywhere.

    They lie in long texts of `SLICE` lines: most searches pass over a whole text at once.
    """

    def __init__(self) -> None:
        self.is_whole = False
        self._lock = threading.Lock()
        self._seen = 0
        self._clear()

    def recall(self, conn: Connection, most: int | None = None) -> bool:
        """Open the next `most` names, and those again that were corrected; whether all of them are here."""
        with self._lock:
            if not self._catch_up(conn) and self.is_whole:
                return True
            after = self._rows[-1] if self._rows else 0
            wanted = _sealed().where(Applicant.n > after).order_by(Applicant.n).limit(-1 if most is None else most)
            rows = conn.execute(wanted).all()
            for row, name in zip(rows, _names(conn, rows), strict=True):
                if len(self._rows) % SLICE:
                    self._texts[-1] += f"\n{name}"
                else:
                    self._texts.append(name)
                self._rows.append(row.n)
                self._requests.append(row.place)
            self.is_whole = most is None or len(rows) < most
            return self.is_whole

    def holding(self, typed: str) -> list[int]:
        """Rows of the requests whose applicant's name holds what was typed."""
        sought = _plain(typed)
        if len(sought) < SHORTEST_NAME:
            return []
        with self._lock:
            return [
                self._requests[place * SLICE + line]
                for place, names in enumerate(self._texts)
                if sought in names
                for line, name in enumerate(names.split("\n"))
                if sought in name
            ]

    def _clear(self) -> None:
        self._rows, self._requests = array("q"), array("q")
        self._texts: list[str] = []

    def _catch_up(self, conn: Connection) -> bool:
        """See in the log whose identity was touched since; after a removal row numbers may be given anew.

        Whether anything was written at all.
        """
        newest = conn.execute(select(func.coalesce(func.max(change.c.n), 0))).scalar_one()
        if newest == self._seen:
            return False
        since = select(change.c.row, change.c.kind).where(change.c.n > self._seen, change.c.entity == "applicant")
        touched = conn.execute(since).all() if self._rows else []
        self._seen = newest
        if any(row.kind == "del" for row in touched):
            self._clear()
            return True
        for row in touched:
            self._correct(conn, conn.execute(_sealed().where(Applicant.id == row.row)).all())
        return True

    def _correct(self, conn: Connection, rows: Iterable[Row[int, int, bytes, bytes]]) -> None:
        rows = [row for row in rows if row.n <= self._rows[-1]]
        for row, name in zip(rows, _names(conn, rows), strict=True):
            place, line = divmod(bisect_left(self._rows, row.n), SLICE)
            names = self._texts[place].split("\n")
            names[line] = name
            self._texts[place] = "\n".join(names)


def _sealed() -> Select[int, int, bytes, bytes]:
    wanted = select(Applicant.n, Request.n.label("place"), Applicant.request, Applicant.sealed)
    return wanted.join(Request, Request.id == Applicant.request)


def _names(conn: Connection, rows: Iterable[Row[int, int, bytes, bytes]]) -> Iterable[str]:
    opened = vault.open_all(conn, ((about(row.request), row.sealed) for row in rows))
    return (_plain(fields["name"]) for fields in opened)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def recall(conn: Connection) -> bool:
    """Open the next names, so that the first search finds them ready; whether all of them are."""
    return vault.held(conn, Names).recall(conn, SLICE)


def terms(typed: str) -> str:
    """What was typed as an FTS5 query: every word, the last as a beginning, a short number as it is printed too."""
    words = _words(typed)
    parts = [f'"{word}"' for word in words]
    if parts:
        parts[-1] += "*"
    for place, word in enumerate(words):
        if word.isdecimal() and len(word) < NUMBER_FIGURES:
            parts[place] = f'({parts[place]} OR "{word.zfill(NUMBER_FIGURES)}")'
    return " AND ".join(parts)


def found(conn: Connection, typed: str, *, waits: bool) -> Found:
    """What a request must be to fit what was typed: few hits are sorted, many are met along the register.

    Args:
        typed: words of the number, of the question or of an answer, or a part of the name.
        waits: open every name first; without it those are looked through that are open by now.
    """
    names = vault.held(conn, Names)
    if waits or names.is_whole:
        names.recall(conn, None if waits else SLICE)
    named, words = names.holding(typed), terms(typed)
    counts = conn.execute(_COUNTS, {"terms": words}).one() if words else ()
    many = {kind for kind, count in zip(_HITS, counts, strict=False) if count > FEW}
    few = [_REQUESTS[kind] for kind, count in zip(_HITS, counts, strict=False) if 0 < count <= FEW]
    few += [_NAMED] if named else []
    place = "+request.n" if many or len(named) > FEW else "request.n"
    fits = [_MET[kind] for kind in _HITS if kind in many]
    fits += [f"{place} IN ({' UNION ALL '.join(few)})"] if few else []
    return Found(_clause(f"({' OR '.join(fits) or '0'})", words, named), names.is_whole)


def _clause(sql: str, words: str, named: list[int]) -> TextClause:
    given = {"terms": words, "named": f"[{','.join(map(str, named))}]"}
    return text(sql).bindparams(**{name: value for name, value in given.items() if f":{name}" in sql})


def earlier(conn: Connection, typed: str, most: int = 3) -> tuple[Earlier, ...]:
    """Requests a question may repeat, while it is being typed: those in the very same words, then answered ones.

    Two people may ask the same; each keeps a number and a clock, and the clerk hears of the other.
    """
    words = list(dict.fromkeys(word for word in _words(typed.casefold()) if len(word) >= TELLING))
    telling = sorted(words, key=len, reverse=True)
    near: list[tuple[int, Earlier]] = []
    for take in range(min(MOST_TELLING, len(telling)), 1, -1):
        wanted = " AND ".join(f'"{word}"*' for word in telling[:take])
        near = [(_share(words, row.sought), _earlier(row, typed)) for row in conn.execute(_NEWEST, {"terms": wanted})]
        near = [
            (share, one)
            for share, one in near
            if one.is_same or (one.outcome in life.GIVING and share * 2 > len(words))
        ]
        if near:
            break
    near.sort(key=lambda found: (not found[1].is_same, -found[0]))
    return tuple(one for _share_of_it, one in near[:most])


def _earlier(row: Row[*tuple[Any, ...]], typed: str) -> Earlier:
    is_same = _words(row.sought.casefold()) == _words(typed.casefold())
    received = dt.date.fromisoformat(row.received)
    return Earlier(row.id, row.label, received, row.sought, row.outcome or "", row.note or "", is_same)


def _share(words: Iterable[str], sought: str) -> int:
    """How many of the words an earlier question holds, as beginnings of its own."""
    have = _words(sought.casefold())
    return sum(any(own.startswith(word) for own in have) for word in words)


def _words(typed: str) -> list[str]:
    return "".join(ch if ch.isalnum() else " " for ch in typed).split()
