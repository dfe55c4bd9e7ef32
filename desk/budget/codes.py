"""The codes the shipped chart lacks: those the village adds in the 90-99 ranges, and those files brought with them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from desk.budget.tables import BudgetLine, BudgetVersion, OwnCode
from desk.chart import accounts, activities, is_known, is_regional, range_words, title_of
from desk.store import DeskError

LONGEST_TITLE = 200
"""Letters of a name; the longest of the annex has 172."""

Codes = tuple[str, str]
"""`account` or `activity`, and the code."""


@dataclass(frozen=True)
class Used:
    """A code that stands in no shipped table."""

    kind: str
    """`account` or `activity`."""
    code: str
    title: str
    """As the village named it, else as its last line says."""
    is_regional: bool
    """In a 90-99 range of the regency; otherwise nobody knows it."""
    is_own: bool
    """The village gave it this name, for every year."""
    lines: int
    """Lines of all versions that stand on it."""
    years: tuple[int, ...]


@dataclass(frozen=True)
class NameCode:
    """A code the regency defined is added, or gets another name; lines that stand on it keep their words."""

    kind: str
    code: str
    title: str

    def run(self, session: Session) -> bytes:
        """The id of its row.

        Raises:
            DeskError: a range itself, a code of the shipped tables or of no range, or a name that is none.
        """
        code, title = self.code.strip().strip("."), " ".join(self.title.split())
        check_own(self.kind, code)
        if not title:
            raise DeskError(_("Tuliskan nama kode {code} seperti ditetapkan kabupaten.").format(code=code))
        if len(title) > LONGEST_TITLE:
            raise DeskError(_("Nama kode paling panjang {most} huruf. Singkat dulu.").format(most=LONGEST_TITLE))
        return _put(session, self.kind, code, title)


@dataclass(frozen=True)
class DropCode:
    """A name given by mistake is taken back; lines that stand on the code stay as they are."""

    kind: str
    code: str

    def run(self, session: Session) -> None:
        """Take it out.

        Raises:
            DeskError: there is no such name.
        """
        row = session.scalars(select(OwnCode).where(OwnCode.id == code_id(self.kind, self.code))).one_or_none()
        if row is None:
            raise DeskError(_("Kode {code} sudah tidak ada di daftar.").format(code=self.code))
        session.delete(row)
        session.flush()


def check_own(kind: str, code: str) -> None:
    """Refuse a code that is not the regency's to define.

    Raises:
        DeskError: with what to type instead.
    """
    table = accounts() if kind == "account" else activities()
    if code in table and table[code].is_range:
        raise DeskError(range_words(code))
    if code in table:
        told = _("Kode {code} sudah ada di daftar: {title}.")
        raise DeskError(told.format(code=code, title=table[code].title))
    if not is_regional(code, table):
        raise DeskError(
            _("Kode {code} tidak di dalam blok 90-99 mana pun. Tulis misalnya {example}.").format(
                code=code or _("kosong"), example="4.1.4.90" if kind == "account" else "2.1.90"
            )
        )


def code_id(kind: str, code: str) -> bytes:
    """The id of a code's row, the same on every PC of the village (RFC 9562, version 8)."""
    raw = bytearray(hashlib.sha256(f"own_code:{kind}:{code}".encode()).digest()[:16])
    raw[6] = 0x80 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return bytes(raw)


def _put(session: Session, kind: str, code: str, title: str) -> bytes:
    key = code_id(kind, code)
    row = session.scalars(select(OwnCode).where(OwnCode.id == key)).one_or_none()
    if row is None:
        session.add(OwnCode(id=key, kind=kind, code=code, title=title))
    elif row.title != title:
        row.title = title
    session.flush()
    return key


def remember(session: Session, account: str, activity: str, title: str) -> None:
    """Keep the name of a code of the regency with the first line typed on it; a name it has stays."""
    kind, code = ("account", account) if account else ("activity", activity)
    table = accounts() if account else activities()
    if title and title != code and is_regional(code, table) and (kind, code) not in own_titles(session.connection()):
        _put(session, kind, code, title)


def own_titles(conn: Connection) -> dict[Codes, str]:
    """The names the village gave to codes of the regency."""
    return {
        (kind, code): title for kind, code, title in conn.execute(select(OwnCode.kind, OwnCode.code, OwnCode.title))
    }


def title_in(conn: Connection, account: str, activity: str) -> str:
    """The name a line gets when a person gives none: the village's own for a code, else that of the chart."""
    key = ("account", account) if account else ("activity", activity)
    return own_titles(conn).get(key) or title_of(account, activity)


def used_codes(conn: Connection) -> list[Used]:
    """Every code that stands in no shipped table and is named or used here: accounts first, then activities."""
    own, uses = own_titles(conn), _uses(conn)
    found = [_used(own, key, *use) for key, use in uses.items()]
    named = [Used(*key, title, True, True, 0, ()) for key, title in own.items() if key not in uses]
    return sorted([*found, *named], key=lambda used: (used.kind, used.code.split(".")))


def _used(own: Mapping[Codes, str], key: Codes, title: str, lines: int, years: set[int]) -> Used:
    kind, code = key
    table = accounts() if kind == "account" else activities()
    return Used(kind, code, own.get(key) or title, is_known(code, table), key in own, lines, tuple(sorted(years)))


def _uses(conn: Connection) -> dict[Codes, tuple[str, int, set[int]]]:
    """For each unshipped code: the words of its last line, its lines in all versions, their years."""
    uses: dict[Codes, tuple[str, int, set[int]]] = {}
    for kind, column, table in (
        ("account", BudgetLine.account, accounts()),
        ("activity", BudgetLine.activity, activities()),
    ):
        # The line that names a code stands on it alone; below an activity every account repeats its code.
        own_line = BudgetLine.account == "" if kind == "activity" else BudgetLine.account != ""
        found = (
            select(column, BudgetVersion.year, func.count(), func.max(BudgetLine.title).filter(own_line))
            .join(BudgetVersion, BudgetVersion.id == BudgetLine.version)
            .where(column != "", BudgetLine.kind == "line")
            .group_by(column, BudgetVersion.year, BudgetVersion.ordinal)
            .order_by(BudgetVersion.year, BudgetVersion.ordinal)
        )
        for code, year, lines, title in conn.execute(found):
            if code not in table or table[code].is_range:
                said, count, years = uses.get((kind, code), ("", 0, set()))
                uses[kind, code] = (title or said, count + lines, years | {year})
    return uses
