"""The acts of the budget: typed line by line, and enacted.

Loading a whole file is `desk.exchange.loading`; it writes versions through the functions at the end of this module.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from gettext import gettext as _
from itertools import pairwise
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from desk import log
from desk.budget import codes, queries, rules
from desk.budget.outline import Outline, Slot
from desk.budget.rules import Line
from desk.budget.tables import BudgetLine, BudgetVersion, Realisation
from desk.chart import fund_code, place_of
from desk.store import DeskError, new_id
from desk.village.rules import kind_of
from desk.village.tables import Village
from desk.watch import Watch, unwatched

SPACING = 1024
"""Steps between neighbouring lines, so that ten lines can be put between two before all are numbered anew."""
SLICE = 250
"""Lines written between two looks at whether the person still wants them."""


@dataclass(frozen=True)
class StartBudget:
    """A budget to be typed: empty for a new year, a copy to amend where the last version is enacted."""

    year: int

    def run(self, session: Session) -> bytes:
        """The draft's id; the open draft's where there is one."""
        rules.check_year(self.year)
        check_village(session)
        found = versions_of(session, self.year)
        if found and found[-1].enacted_on is None:
            return found[-1].id
        version = new_version(session, self.year, found[-1].ordinal + 1 if found else 0)
        lines = queries.lines_of(session.connection(), found[-1].id) if found else []
        save_lines(session, version, lines, [None] * len(lines))
        seal_contents(session, self.year)
        return version.id


@dataclass(frozen=True)
class SetLine:
    """A line of a draft gets its amount: by field or activity, by account, or by both, and by fund source.

    Words that are None stay as they are. With a volume and a unit price an empty amount is worked out.
    """

    version: bytes
    amount: Decimal | None
    account: str = ""
    activity: str = ""
    title: str | None = None
    """Empty takes the name of the code."""
    fund: str | None = None
    line: bytes | None = None
    """A row to change as it stands, whatever its codes."""
    volume: str | None = None
    """A number as a person types it: `12`, `2,5`, `3x12`."""
    unit: str | None = None
    price: str | None = None
    """Of one unit, in rupiah."""
    as_written: bool = False
    """Where volume times price says something else, the amount counts: a person has chosen."""

    def run(self, session: Session) -> bytes:
        """The id of the line.

        Raises:
            Differs: volume times price is not the amount.
            DeskError: enacted, no such code, a 90-99 block itself, an impossible amount, or a row that is no line.
        """
        version = _draft(session, self.version)
        outline = _outline(session, version)
        slot = self._new(session, outline) if self.line is None else self._old(outline)
        slot.line = self._worded(slot.line)
        if self.title:
            codes.remember(session, slot.line.account, slot.line.activity, slot.line.title)
        is_typed = self.volume is not None or self.price is not None
        amount = None if self.as_written and self.amount is not None else rules.product(slot.line, is_typed=is_typed)
        outline.change(slot, rules.settled(self.amount, amount))
        keys = _store(session, version, outline)
        return keys[outline.slots.index(slot)]

    def _new(self, session: Session, outline: Outline) -> Slot:
        """The slot its codes and its fund source say, at the amount it has."""
        section = place_of(self.account, self.activity)
        code = f"{self.activity} {self.account}".strip()
        line = Line(section, "line", "", None, code, self.account, self.activity, fund_code(self.fund or ""))
        slot = outline.find(line)
        if slot is None:
            title = codes.title_in(session.connection(), self.account, self.activity)
            slot = outline.put(replace(line, title=title))
        return slot

    def _old(self, outline: Outline) -> Slot:
        """The slot of its row, where no other line stands on the same codes with the new fund source."""
        slot = next((s for s in outline.slots if s.key == self.line and s.line.kind == "line"), None)
        if slot is None:
            raise DeskError(_("Baris ini tidak dapat diubah. Ubah baris di bawah atau di atasnya."))
        fund = slot.line.fund if self.fund is None else fund_code(self.fund)
        twin = outline.find(replace(slot.line, fund=fund))
        if slot.place.depth and fund != slot.fund and twin not in (None, slot):
            said = _("Sudah ada baris “{title}” dengan sumber dana itu. Ubah jumlahnya di sana.")
            raise DeskError(said.format(title=slot.line.title))
        return slot

    def _worded(self, line: Line) -> Line:
        """The line with what is said of it, numbers as they are shown."""
        fund = None if self.fund is None else fund_code(self.fund)
        said = {"title": self.title or None, "fund": fund, "unit": self.unit}
        words: dict[str, Any] = {name: " ".join(word.split()) for name, word in said.items() if word is not None}
        if self.volume is not None:
            words["volume"] = rules.volume_text(self.volume)
        if self.price is not None:
            words["price"] = rules.price_text(self.price)
        return replace(line, **words)


@dataclass(frozen=True)
class Typed:
    """One line a person typed: for a field or activity, an account, or an account of an activity."""

    account: str
    activity: str
    amount: Decimal | None
    title: str | None = None
    """Empty takes the name of the code."""
    fund: str | None = None
    volume: str | None = None
    unit: str | None = None
    price: str | None = None
    as_written: bool = False
    """As in `SetLine`, as all of these."""

    def set_in(self, version: bytes) -> SetLine:
        """The act that writes it into a draft."""
        return SetLine(
            version, self.amount, self.account, self.activity, self.title, self.fund, None, self.volume, self.unit,
            self.price, self.as_written,
        )  # fmt: skip


@dataclass(frozen=True)
class FillBudget:
    """Several lines of a year typed at once; the open draft takes them, or one that is begun."""

    year: int
    lines: tuple[Typed, ...]

    def run(self, session: Session) -> bytes:
        """The draft's id; all lines are written or none.

        Raises:
            DeskError: what `StartBudget` and `SetLine` refuse.
        """
        version = StartBudget(self.year).run(session)
        for line in self.lines:
            line.set_in(version).run(session)
        return version


@dataclass(frozen=True)
class RemoveLine:
    """A line of a draft is taken out, and the sums above it follow."""

    line: bytes

    def run(self, session: Session) -> None:
        """Take it out.

        Raises:
            DeskError: enacted, or lines stand below it.
        """
        row = session.scalars(select(BudgetLine).where(BudgetLine.id == self.line)).one_or_none()
        if row is None:
            raise DeskError(_("Baris ini sudah tidak ada. Muat ulang halaman."))
        version = _draft(session, row.version)
        outline = _outline(session, version)
        slot = next(s for s in outline.slots if s.key == self.line)
        if outline.below(slot) or slot.line.kind == "section":
            raise DeskError(_("Masih ada baris di bawah “{title}”. Hapus dulu baris itu.").format(title=row.title))
        outline.remove(slot)
        _store(session, version, outline)


@dataclass(frozen=True)
class Enact:
    """A draft becomes the village's budget; from now on neither it nor the versions before it change.

    A version that was amended before its own regulation was typed in still gets it: its lines are as final as before.
    """

    version: bytes
    regulation_number: str
    """`Peraturan Desa Nomor 5 Tahun 2026`."""
    regulation_date: dt.date
    legal = True

    def run(self, session: Session) -> bytes:
        """Mark it enacted, with its line count, control total and digest.

        Raises:
            DeskError: enacted already, empty, partly on its way here, or a regulation without number or with an
                impossible day.
        """
        version = _version(session, self.version)
        if version.enacted_on is not None:
            raise DeskError(_("APBDes ini sudah ditetapkan dan tidak dapat diubah. Mulai perubahan APBDes dulu."))
        today = log.current(session).at.date()
        rules.check_enactment(self.regulation_number, self.regulation_date, version.year, today)
        rules.check_order(self.regulation_date, version.ordinal, _days(session, version.year))
        if not version.line_count:
            raise DeskError(_("APBDes {year} belum berisi baris. Isi dulu, lalu tetapkan.").format(year=version.year))
        if not queries.complete(session.connection(), version.id):
            raise DeskError(_("Rancangan ini belum lengkap di meja ini. Kirim dan terima lagi, lalu periksa angkanya."))
        version.regulation = " ".join(self.regulation_number.split())
        version.enacted_on, version.enacted_digest = self.regulation_date, version.digest
        session.flush()
        return version.id


def check_village(session: Session) -> None:
    """Refuse a budget of its own to a kelurahan, which is paid for by its regency (UU 23/2014, article 230).

    Raises:
        DeskError: this desk serves a kelurahan.
    """
    village = session.scalars(select(Village)).first()
    if village is not None and kind_of(village.code) == "kelurahan":
        raise DeskError(_("Kelurahan tidak mempunyai APBDes; anggarannya ada di APBD kabupaten."))


def versions_of(session: Session, year: int) -> list[BudgetVersion]:
    """The versions of a year, the original first."""
    found = select(BudgetVersion).where(BudgetVersion.year == year).order_by(BudgetVersion.ordinal)
    return list(session.scalars(found))


def new_version(session: Session, year: int, ordinal: int) -> BudgetVersion:
    """An empty draft."""
    version = BudgetVersion(
        id=new_id(), year=year, ordinal=ordinal, regulation="", enacted_on=None, enacted_digest="", source="",
        source_digest="", line_count=0, total=Decimal(0), digest=rules.digest([]),
    )  # fmt: skip
    session.add(version)
    session.flush()
    return version


def keys_of(session: Session, version: BudgetVersion) -> list[bytes]:
    """The ids of a version's lines in reading order, as `queries.lines_of` lists them."""
    return list(session.scalars(select(BudgetLine.id).where(BudgetLine.version == version.id).order_by(BudgetLine.seq)))


def save_lines(
    session: Session,
    version: BudgetVersion,
    lines: Sequence[Line],
    keys: Sequence[bytes | None],
    watch: Watch = unwatched,
) -> list[bytes]:
    """Make a draft hold exactly these lines, touching only rows that differ; the row of each line comes back.

    Args:
        session: of the running command.
        version: a draft.
        lines: in reading order.
        keys: the stored row each line continues; None for a new one. Rows not named are removed, with their
            realisation.
        watch: looks on, and may stop it.
    """
    rows = {row.id: row for row in session.scalars(select(BudgetLine).where(BudgetLine.version == version.id))}
    kept = [key if key is not None else new_id() for key in keys]
    numbers = _numbers([rows[key].seq if key in rows else None for key in kept])
    values = [_values(line, kept) | {"seq": seq} for line, seq in zip(lines, numbers, strict=True)]
    added = [
        {"id": key, "version": version.id, **value} for key, value in zip(kept, values, strict=True) if key not in rows
    ]
    watch(0, len(lines))
    for first in range(0, len(added), SLICE):
        session.execute(insert(BudgetLine.__table__), added[first : first + SLICE])  # type: ignore[arg-type]
        watch(min(first + SLICE, len(added)), len(lines))
    for key, value in zip(kept, values, strict=True):
        for name, wanted in value.items() if key in rows else ():
            if getattr(rows[key], name) != wanted:
                setattr(rows[key], name, wanted)
    session.flush()
    gone = sorted((rows[key] for key in rows.keys() - set(kept)), key=lambda row: -row.seq)
    for row in gone:
        session.execute(delete(Realisation).where(Realisation.line == row.id))
        session.execute(delete(BudgetLine).where(BudgetLine.id == row.id))
    return kept


def seal_contents(session: Session, year: int) -> None:
    """Write count, control total and digest of the drafts whose lines changed; last, so that undoing starts here."""
    for version in versions_of(session, year):
        lines = queries.lines_of(session.connection(), version.id)
        digest = rules.digest(lines)
        if version.enacted_on is None and version.digest != digest:
            version.line_count, version.total = len(lines), rules.control_total(lines)
            version.digest = digest
            session.flush()


def _values(line: Line, keys: Sequence[bytes]) -> dict[str, Any]:
    return {
        "parent": None if line.parent is None else keys[line.parent],
        "section": line.section, "kind": line.kind, "code": line.code, "account": line.account,
        "activity": line.activity, "title": line.title, "amount": line.amount, "fund": line.fund,
        "volume": line.volume, "unit": line.unit, "price": line.price,
    }  # fmt: skip


def _numbers(known: Sequence[int | None]) -> list[int]:
    """Rising numbers that keep the known ones; all anew where they do not rise or a gap is used up."""
    numbers: list[int] = []
    ahead: list[int | None] = []
    for number in reversed(known):
        ahead.append(ahead[-1] if number is None and ahead else number)
    for number, after in zip(known, reversed(ahead), strict=True):
        before = numbers[-1] if numbers else 0
        if number is None:
            number = (before + (before + 2 * SPACING if after is None else after)) // 2
        numbers.append(number)
    if all(a < b for a, b in pairwise([0, *numbers])):
        return numbers
    return [SPACING * (place + 1) for place in range(len(known))]


def _draft(session: Session, version_id: bytes) -> BudgetVersion:
    """The version, if it may still change.

    Raises:
        DeskError: it, or a later version of its year, is enacted; or it is gone.
    """
    version = _version(session, version_id)
    if is_final(versions_of(session, version.year), version):
        raise DeskError(_("APBDes ini sudah ditetapkan dan tidak dapat diubah. Mulai perubahan APBDes dulu."))
    return version


def _version(session: Session, version_id: bytes) -> BudgetVersion:
    version = session.scalars(select(BudgetVersion).where(BudgetVersion.id == version_id)).one_or_none()
    if version is None:
        raise DeskError(_("APBDes ini sudah tidak ada. Muat ulang halaman."))
    return version


def _days(session: Session, year: int) -> dict[int, dt.date]:
    """The day each enacted version of a year was enacted on, by ordinal."""
    return {v.ordinal: v.enacted_on for v in versions_of(session, year) if v.enacted_on is not None}


def is_final(found: Sequence[BudgetVersion], version: BudgetVersion) -> bool:
    """Whether a version or a later one of its year is enacted."""
    return any(v.enacted_on is not None and v.ordinal >= version.ordinal for v in found)


def _outline(session: Session, version: BudgetVersion) -> Outline:
    return Outline(queries.lines_of(session.connection(), version.id), keys_of(session, version))


def _store(session: Session, version: BudgetVersion, outline: Outline) -> list[bytes]:
    keys = save_lines(session, version, outline.lines(), [slot.key for slot in outline.slots])
    rules.check_sum(line.amount for line in outline.lines())
    seal_contents(session, version.year)
    return keys
