"""A table becomes the budget of a year: which version it is, what of it is new, and what must not be touched."""

import datetime as dt
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from desk import log
from desk.budget import queries, rules
from desk.budget.commands import (
    Enact,
    check_village,
    is_final,
    keys_of,
    new_version,
    save_lines,
    versions_of,
)
from desk.budget.compare import compare
from desk.budget.rules import BudgetTable, Line, Problem, Totals
from desk.budget.spent import id_after
from desk.budget.tables import BudgetVersion, Realisation
from desk.exchange.controls import Control
from desk.money import plain
from desk.store import DeskError
from desk.watch import Watch, unwatched


@dataclass(frozen=True)
class Difference:
    """One line that is not the same in the file and in what is stored; amounts in rupiah, None is not told."""

    kind: str
    """`added`, `changed`, `gone`, or `realised` for what was spent of it."""
    row: int | None
    """Of the file; None where the file does not have it."""
    code: str
    title: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or in a rehearsal would do."""

    budget: Totals
    realised: Totals | None
    """None where the file has no realisation."""
    lines: int
    """Rows taken as lines of the budget; parts, printed totals and differences are not counted."""
    problems: tuple[Problem, ...]
    changed: bool
    version: bytes | None
    """The version now holding the file's figures; None where nothing may be imported."""
    controls: tuple[Control, ...] = ()
    """Every printed sum of the file against its rows."""
    differences: tuple[Difference, ...] = ()
    """Lines that are added up and not as they were stored; every one where nothing was."""
    is_first: bool = False
    """Nothing was stored of this year."""

    def as_json(self) -> dict[str, Any]:
        """The answer of the command line: decimal strings, null where the file does not say."""
        names = ("revenue", "expenditure", "financing", "balance")
        answer: dict[str, Any] = {name: _told(getattr(self.budget, name)) for name in names}
        if self.realised is not None:
            answer |= {f"{name}_realised": _told(getattr(self.realised, name)) for name in names}
        problems = [{"row": p.row, "message": p.message, "blocks": p.blocks} for p in self.problems]
        answer |= {"lines": self.lines, "changed": self.changed, "problems": problems}
        return answer | {"controls": [_control(c) for c in self.controls], "differences": self._differences()}

    def _differences(self) -> dict[str, list[dict[str, Any]]]:
        """By kind: lines with what was stored and what the file says."""
        listed: dict[str, list[dict[str, Any]]] = {kind: [] for kind in ("added", "changed", "gone", "realised")}
        for x in self.differences:
            told = {"row": x.row, "code": x.code, "title": x.title}
            listed[x.kind].append({**told, "before": _told(x.before), "after": _told(x.after)})
        return listed


def _control(control: Control) -> dict[str, Any]:
    return {
        "row": control.row, "title": control.title, "column": control.column, "printed": plain(control.printed),
        "reckoned": plain(control.reckoned), "agrees": control.agrees,
    }  # fmt: skip


def _told(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


@dataclass(frozen=True)
class ImportBudget:
    """A file becomes the budget of a year: one version, or SEMULA and MENJADI as two, the latter in force.

    The same content a second time changes nothing. A draft is replaced; what is enacted stays, and takes only the
    realisation of a file with the same figures.
    """

    year: int
    table: BudgetTable
    source: str
    source_digest: str
    regulation: str = ""
    enacted_on: dt.date | None = None
    controls: tuple[Control, ...] = ()
    watch: Watch = field(default=unwatched, compare=False, repr=False)
    """Looks on while the lines are written, and may stop it: then nothing is kept."""

    @property
    def legal(self) -> bool:
        """Enacting cannot be undone."""
        return bool(self.regulation)

    def run(self, session: Session) -> ImportReport:
        """Write the versions, lines and realisation that are new; the report comes back.

        Raises:
            DeskError: a problem blocks, or the year's budget is enacted with other figures.
        """
        rules.check_year(self.year)
        check_village(session)
        self._check_table()
        found = versions_of(session, self.year)
        current = of_version(self.table, before=False)
        former = (self.table.former or of_version(self.table, before=True)) if self.table.amended else ()
        ordinal = self._ordinal(found, current, former)
        problems = list(self.table.problems)
        differences = self._differences(session, found, ordinal, current)
        written: list[tuple[BudgetVersion, Sequence[Line]]] = []
        touched = self._put_former(session, found, ordinal, former, problems, written) if former else False
        version, keys, wrote = self._put(session, found, ordinal, current, written)
        problems += _without_line(current, keys)
        recorded = self._record(session, version, current, keys)
        _seal(session, written)
        enacted = self._enact(session, version)
        self.watch(len(current), len(current))
        return replace(
            self._report(problems),
            changed=touched or wrote or bool(recorded) or enacted,
            version=version.id,
            differences=(*differences, *recorded),
            is_first=not found,
        )

    def refused(self) -> ImportReport:
        """What is told of a table that cannot be imported as it is."""
        return self._report(list(self.table.problems))

    def _report(self, problems: Sequence[Problem]) -> ImportReport:
        lines = self.table.lines
        budget = rules.total_up((line.section, line.amount) for line in rules.leaves(lines))
        realised = rules.total_up((line.section, line.realised) for line in rules.carriers(lines))
        count = sum(line.kind == "line" for line in lines)
        told = realised if self.table.has_realised else None
        return ImportReport(budget, told, count, tuple(problems), False, None, self.controls)

    def _differences(
        self, session: Session, found: Sequence[BudgetVersion], ordinal: int, current: Sequence[Line]
    ) -> list[Difference]:
        """What the file says otherwise than the version it replaces, or follows where it becomes the next one."""
        known = [v for v in found if v.ordinal <= ordinal]
        if not known:
            return [Difference("added", x.row, x.code, x.title, None, x.amount) for x in rules.leaves(current)]
        if known[-1].digest == rules.digest(current):
            return []
        held = queries.lines_of(session.connection(), known[-1].id)
        return [
            Difference(
                x.change, None if x.now is None else current[x.now].row, x.code, x.title, x.before, x.after
            )
            for x in compare(held, current).changes
            if x.is_leaf
        ]  # fmt: skip

    def _check_table(self) -> None:
        if blocking := [p for p in self.table.problems if p.blocks]:
            more = _(" Masih ada {count} masalah lain.").format(count=len(blocking) - 1) if blocking[1:] else ""
            raise DeskError(_("{first}{more} Tidak ada yang dimuat.").format(first=blocking[0].message, more=more))
        for column in ("before", "amount", "realised"):
            rules.check_sum(getattr(line, column) for line in self.table.lines)

    def _ordinal(self, found: Sequence[BudgetVersion], current: Sequence[Line], former: Sequence[Line]) -> int:
        """Which version the file's figures in force are."""
        last = found[-1] if found else None
        if not former:
            return last.ordinal if last else 0
        if last is None or last.ordinal == 0:
            return 1
        is_next = last.enacted_on and rules.digest(former) == last.digest and rules.digest(current) != last.digest
        return last.ordinal + 1 if is_next else last.ordinal

    def _put(
        self,
        session: Session,
        found: Sequence[BudgetVersion],
        ordinal: int,
        lines: Sequence[Line],
        written: list[tuple[BudgetVersion, Sequence[Line]]],
    ) -> tuple[BudgetVersion, list[bytes | None], bool]:
        """The version with these lines, the row of each line, and whether anything was written."""
        version = next((v for v in found if v.ordinal == ordinal), None)
        if version is None:
            version = new_version(session, self.year, ordinal)
        elif version.digest == rules.digest(lines):
            return version, list(keys_of(session, version)), False
        elif is_final(found, version):
            return version, self._same_figures(session, version, lines), False
        version.source, version.source_digest = self.source, self.source_digest
        kept = _matching(session, version, lines)
        written.append((version, lines))
        return version, list(save_lines(session, version, lines, kept, self.watch)), True

    def _put_former(
        self,
        session: Session,
        found: Sequence[BudgetVersion],
        ordinal: int,
        former: Sequence[Line],
        problems: list[Problem],
        written: list[tuple[BudgetVersion, Sequence[Line]]],
    ) -> bool:
        """SEMULA; where the version before is already enacted it stays as it is, and a difference is told."""
        before = next((v for v in found if v.ordinal == ordinal - 1), None)
        if before is None or not is_final(found, before):
            return self._put(session, found, ordinal - 1, former, written)[2]
        if queries.totals(session.connection(), before.id) != rules.total_up(
            (line.section, line.amount) for line in rules.leaves(former)
        ):
            told = _("Jumlah SEMULA berbeda dari APBDes yang sudah ditetapkan; yang sudah ditetapkan tidak diubah.")
            problems.append(Problem(None, told))
        return False

    def _same_figures(self, session: Session, version: BudgetVersion, lines: Sequence[Line]) -> list[bytes | None]:
        """The enacted row of each line of a file with the same figures, by codes.

        Raises:
            DeskError: the file says something else than what is enacted.
        """
        held = queries.lines_of(session.connection(), version.id)
        worth = rules.sums(held, [x.amount for x in held])
        rows: dict[tuple[str, ...], deque[tuple[bytes, Decimal | None]]] = {}
        for x, key, w in zip(held, keys_of(session, version), worth, strict=True):
            rows.setdefault(_code_key(x), deque()).append((key, w))
        keys: list[bytes | None] = []
        for line, amount in zip(lines, rules.sums(lines, [x.amount for x in lines]), strict=True):
            same = rows.get(_code_key(line))
            found, enacted = same.popleft() if same else (None, None)
            # A line of nothing, which only carries what was realised without a budget, is no other figure.
            is_new = found is None and (bool(amount) or line.kind == "unspecified")
            if line.kind in ("line", "unspecified") and (is_new or (found is not None and enacted != amount)):
                where = _("Baris {row}: ").format(row=line.row) if line.row else ""
                raise DeskError(
                    _(
                        "{where}“{title}” berbeda dari APBDes {year} yang sudah ditetapkan. Mulai perubahan APBDes "
                        "dulu, lalu muat berkas ini."
                    ).format(where=where, title=line.title, year=self.year)
                )
            keys.append(found)
        return keys

    def _record(
        self, session: Session, version: BudgetVersion, lines: Sequence[Line], keys: Sequence[bytes | None]
    ) -> list[Difference]:
        """Add the realisation figures that are new: those other lines are summed from, and printed totals."""
        added = {id(line) for line in rules.carriers(lines)}
        told = [
            (key, line)
            for key, line in zip(keys, lines, strict=True)
            if key is not None and line.realised is not None and (line.kind == "total" or id(line) in added)
        ]
        today = log.current(session).at.date()
        if not told or (today.year < self.year and not any(line.realised for _key, line in told)):
            return []
        until = rules.latest_until(self.year, today)
        if self.table.until and self.table.until.year in (self.year, self.year + 1):
            until = min(self.table.until, today)
        latest = queries.realised_of(session.connection(), version.id, until)
        # A heading once known as a whole, and now by its rows, says what they say.
        worth = zip(keys, lines, rules.sums(lines, [x.realised for x in lines]), strict=True)
        told += [
            (key, replace(line, realised=amount))
            for key, line, amount in worth
            if key in latest and line.kind != "total" and id(line) not in added and amount is not None
        ]
        new = [(key, line) for key, line in told if key not in latest or latest[key][1] != line.realised]
        if new:
            last = session.scalar(select(func.max(Realisation.id)))
            entries = [
                {"id": id_after(last), "line": key, "until": until, "amount": line.realised} for key, line in new
            ]
            session.execute(insert(Realisation), entries)
        return [
            Difference("realised", x.row, x.code, x.title, latest[key][1] if key in latest else None, x.realised)
            for key, x in new
        ]

    def _enact(self, session: Session, version: BudgetVersion) -> bool:
        if not self.regulation or (version.regulation, version.enacted_on) == (self.regulation, self.enacted_on):
            return False
        if self.enacted_on is None:
            raise DeskError(_("Isi juga tanggal penetapan Peraturan Desa."))
        Enact(version.id, self.regulation, self.enacted_on).run(session)
        return True


def _seal(session: Session, written: Sequence[tuple[BudgetVersion, Sequence[Line]]]) -> None:
    """Count, control total and digest of the versions just written; after their lines, so that undoing starts here."""
    for version, lines in written:
        version.line_count, version.total = len(lines), rules.control_total(lines)
        version.digest = rules.digest(lines)
        session.flush()


def _without_line(lines: Sequence[Line], keys: Sequence[bytes | None]) -> list[Problem]:
    """What was realised of lines the enacted budget does not have."""
    told = _("Realisasi “{title}” tidak dimuat: barisnya tidak ada di APBDes yang sudah ditetapkan.")
    gone = (x for x, key in zip(lines, keys, strict=True) if key is None and x.kind != "total" and x.realised)
    return [Problem(line.row, told.format(title=line.title)) for line in gone]


def _code_key(line: Line) -> tuple[str, str, str, str, str]:
    """What makes a line the same in two files of one budget."""
    named = "" if line.account or line.activity else line.title.casefold()
    return line.section, line.kind, line.account, line.activity, named


def _matching(session: Session, version: BudgetVersion, lines: Sequence[Line]) -> list[bytes | None]:
    """The stored row each line continues: the next unused one of the same codes and words."""
    held = queries.lines_of(session.connection(), version.id)
    unused: dict[tuple[str, ...], deque[bytes]] = {}
    for line, key in zip(held, keys_of(session, version), strict=True):
        unused.setdefault((*_code_key(line), line.title.casefold()), deque()).append(key)
    waiting = (unused.get((*_code_key(line), line.title.casefold())) for line in lines)
    return [rows.popleft() if rows else None for rows in waiting]


def of_version(table: BudgetTable, *, before: bool) -> tuple[Line, ...]:
    """The table as one version: SEMULA or the amount in force, without `belum dirinci` lines that say nothing in it."""
    kept: dict[int, int] = {}
    lines: list[Line] = []
    for place, line in enumerate(table.lines):
        amount, realised = (line.before, None) if before else (line.amount, line.realised)
        if line.kind == "unspecified" and not amount and not realised:
            continue
        kept[place] = len(lines)
        parent = None if line.parent is None else kept[line.parent]
        is_same = (parent, None, amount, realised) == (line.parent, line.before, line.amount, line.realised)
        lines.append(line if is_same else replace(line, parent=parent, before=None, amount=amount, realised=realised))
    return tuple(lines)
