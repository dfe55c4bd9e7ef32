"""A draft's lines while a person edits them: where each line stands, and what its amount does to those above it."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from decimal import Decimal
from gettext import gettext as _

from desk.budget.rules import UNSPECIFIED, Line, signed, total_up
from desk.chart import ROOTS, Path, Place, accounts, fund_code, title_of
from desk.store import DeskError


@dataclass(eq=False)
class Slot:
    """A line of a draft while it is edited; `line.parent` says nothing here, `above` does."""

    line: Line
    above: "Slot | None" = None
    key: bytes | None = None
    """The stored row; None for a new line."""

    @property
    def place(self) -> Place:
        """Where its codes put it."""
        return Place() if self.line.kind == "section" else Place.of(self.line.account, self.line.activity)

    @property
    def fund(self) -> str:
        """The short name of its fund source, whatever name a file used; "" where none is said."""
        return fund_code(self.line.fund)

    @property
    def order(self) -> tuple[Path, Path, str]:
        """What lines are sorted by: activity, account, fund source."""
        activity, account = astuple(self.place)
        return activity, account, self.fund

    def is_above(self, other: "Slot") -> bool:
        """Whether the other one is a detail of this one: by its codes, or as one fund source of the same codes."""
        if self.fund not in ("", other.fund):
            return False
        is_part = self.place == other.place and not self.fund and bool(other.fund)
        return is_part or self.place.is_above(other.place)


class Outline:
    """A draft's lines while a person edits them.

    A heading with an amount of its own stands as long as some of it is not detailed yet: what is entered below it is
    taken off its `belum dirinci`. Once all of it is detailed, it follows its rows. Printed totals follow in any case.
    The same codes with two fund sources are two lines; without a source they are the heading of those with one.
    """

    def __init__(self, lines: Sequence[Line], keys: Sequence[bytes]) -> None:
        self.slots: list[Slot] = []
        for line, key in zip(lines, keys, strict=True):
            self.slots.append(Slot(line, None if line.parent is None else self.slots[line.parent], key))

    def lines(self) -> list[Line]:
        """The lines in reading order, their parents by place again."""
        places = {slot: place for place, slot in enumerate(self.slots)}
        return [replace(s.line, parent=None if s.above is None else places[s.above]) for s in self.slots]

    def put(self, line: Line) -> Slot:
        """Add a line where its codes and its fund source put it, or change the one that stands there.

        Raises:
            DeskError: without a fund source it could belong to the lines of several.
        """
        slot = self.find(line)
        if slot is None:
            for heading in self._headings(line):
                above = self._above(replace(heading, fund=line.fund))
                self._insert(replace(heading, fund=above.line.fund), above)
            slot = self._insert(replace(line, amount=None), self._above(line))
        told = {name: getattr(line, name) or getattr(slot.line, name) for name in _WORDS}
        slot.line = replace(slot.line, **told)
        self.change(slot, line.amount)
        return slot

    def find(self, line: Line) -> Slot | None:
        """The line that stands on the same codes with the same fund source; without a source, the only one there."""
        place = Place.of(line.account, line.activity)
        there = [s for s in self._money(line.section) if s.place == place]
        same = next((s for s in there if s.fund == fund_code(line.fund)), None)
        return there[0] if same is None and not line.fund and len(there) == 1 else same

    def change(self, slot: Slot, amount: Decimal | None) -> None:
        """Give a line another amount and carry the difference upwards."""
        before = self._worth(slot)
        slot.line = replace(slot.line, amount=amount)
        self._complete(slot)
        self._carry(slot, self._worth(slot) - before)
        self._renew_totals()

    def remove(self, slot: Slot) -> None:
        """Take a line without rows below it out, and headings without an amount of their own that it leaves empty."""
        self.change(slot, Decimal(0))
        while True:
            above = slot.above
            self.slots = [s for s in self.slots if s is not slot and s.above is not slot]
            if above is None or self._rows(above):
                return
            self._drop_gap(above)
            if above.line.kind != "line" or above.line.amount is not None:
                return
            slot = above

    def below(self, slot: Slot) -> list[Slot]:
        """The money lines directly below a line, `belum dirinci` among them."""
        return [s for s in self.slots if s.above is slot and s.line.kind != "total"]

    def _money(self, section: str) -> list[Slot]:
        return [s for s in self.slots if s.line.kind == "line" and s.line.section == section]

    def _above(self, line: Line) -> Slot:
        """The finest line a new one is a detail of: of its own fund source, or of none."""
        new = Slot(line)
        fitting = [s for s in self._money(line.section) if s.is_above(new)]
        if not line.fund:
            fitting = [s for s in self._money(line.section) if s.place.is_above(new.place)]
        finest = max((s.place.depth for s in fitting), default=0)
        nearest = [s for s in fitting if s.place.depth == finest]
        own = [s for s in nearest if s.fund == new.fund] or nearest
        if any(s.fund != new.fund for s in own) and len({s.fund for s in fitting} - {""}) > 1:
            said = _("“{title}” sudah dirinci menurut sumber dana. Pilih sumber dana baris ini.")
            raise DeskError(said.format(title=own[0].line.title))
        return own[0] if own else self._root(line.section)

    def _headings(self, line: Line) -> list[Line]:
        """What a detail wants above it and is not there yet: posters and readers look for its field and its group."""
        place = Place.of(line.account, line.activity)
        codes = [("", cut) for cut in _cuts(place.activity, 1, bool(place.account))]
        if not place.activity and len(place.account) > _KIND and line.section != "expenditure":
            codes = [(cut, "") for cut in _cuts(place.account, 2, False)]
        found = []
        for account, activity in codes:
            heading = replace(_blank(line.section), account=account, activity=activity)
            fits = ("", fund_code(line.fund))
            stands = [s for s in self._money(line.section) if s.place == Place.of(account, activity)]
            if not any(s.fund in fits or not line.fund for s in stands):
                found.append(replace(heading, title=title_of(account, activity), code=account or activity))
        return found

    def _rows(self, slot: Slot) -> list[Slot]:
        return [s for s in self.below(slot) if s.line.kind != "unspecified"]

    def _gap(self, slot: Slot) -> Slot | None:
        return next((s for s in self.below(slot) if s.line.kind == "unspecified"), None)

    def _drop_gap(self, slot: Slot) -> None:
        if gap := self._gap(slot):
            self.slots.remove(gap)

    def _worth(self, slot: Slot) -> Decimal:
        """Its own amount, else the sum of its rows."""
        if slot.line.amount is not None:
            return slot.line.amount
        return sum((signed(s.line, slot.line, self._worth(s)) for s in self.below(slot)), Decimal(0))

    def _root(self, section: str) -> Slot:
        part = section if section in ("revenue", "expenditure") else "financing"
        found = next((s for s in self.slots if s.line.kind == "section" and s.line.section == part), None)
        if found is None:
            account = next(code for code, root in ROOTS.items() if root == part)
            found = Slot(Line(part, "section", accounts()[account].title.upper(), code=account, account=account))
            order = [*ROOTS.values(), "receipts", "payments", "balance"]
            later = order[order.index(part) + 1 :]
            place = next((i for i, s in enumerate(self.slots) if s.line.section in later), len(self.slots))
            self.slots.insert(place, found)
        return found

    def _insert(self, line: Line, above: Slot) -> Slot:
        """A new line among its neighbours in the order of codes; finer lines that stood there move below it."""
        slot = Slot(line, above)
        neighbours = self._rows(above)
        if above.line.amount is not None and not self.below(above):
            self._set_gap(above, above.line.amount)
        later = [s for s in neighbours if s.order > slot.order]
        place = self.slots.index(later[0]) if later else self._end(neighbours[-1] if neighbours else above)
        self.slots.insert(place, slot)
        for neighbour in neighbours:
            if slot.is_above(neighbour):
                neighbour.above = slot
        return slot

    def _end(self, slot: Slot) -> int:
        """The place after a line and its rows."""
        inside = {slot}
        for other in self.slots:
            if other.above in inside and other.line.kind != "total":
                inside.add(other)
        inside -= {self._gap(slot)} if not self._rows(slot) else set()
        return max(self.slots.index(s) for s in inside) + 1

    def _complete(self, slot: Slot) -> None:
        rows = self._rows(slot)
        if not rows:
            return
        detailed = sum((signed(s.line, slot.line, self._worth(s)) for s in rows), Decimal(0))
        self._set_gap(slot, Decimal(0) if slot.line.amount is None else slot.line.amount - detailed)

    def _set_gap(self, slot: Slot, amount: Decimal) -> None:
        gap = self._gap(slot)
        if not amount:
            self._drop_gap(slot)
        elif gap:
            gap.line = replace(gap.line, amount=amount)
        else:
            of, end = slot.line, self._end(slot)
            line = replace(_blank(of.section), kind="unspecified", title=UNSPECIFIED, account=of.account)
            self.slots.insert(end, Slot(replace(line, activity=of.activity, fund=of.fund, amount=amount), slot))

    def _carry(self, slot: Slot, change: Decimal) -> None:
        """Take a change off what is not detailed beside the line, then out of the heading itself, part by part."""
        above = slot.above
        while above is not None and change:
            gap = self._gap(above)
            if gap and gap is not slot and gap.line.section == slot.line.section and gap.line.amount:
                left = gap.line.amount - change
                if left * gap.line.amount >= 0:
                    self._set_gap(above, left)
                    return
                self.slots.remove(gap)
                change -= gap.line.amount
            change = signed(slot.line, above.line, change)
            if above.line.amount is not None:
                above.line = replace(above.line, amount=above.line.amount + change)
            slot, above = above, above.above

    def _renew_totals(self) -> None:
        above = {s.above for s in self.slots if s.line.kind != "total"}
        leaf_lines = [s.line for s in self.slots if s.line.kind != "total" and s not in above]
        parts = total_up((line.section, line.amount) for line in leaf_lines)
        for slot in self.slots:
            if slot.line.kind == "total" and slot.line.amount is not None and slot.line.section != "other":
                known = self._worth(slot.above) if slot.above else getattr(parts, slot.line.section)
                slot.line = replace(slot.line, amount=slot.line.amount if known is None else known)


_WORDS = ("title", "fund", "volume", "unit", "price")
"""What a line keeps where nothing else is said."""
_KIND = 3
"""Levels of an account down to its kind (4.2.1), the finest a poster prints of revenue and financing."""


def _cuts(path: Path, first: int, is_whole: bool) -> list[str]:
    """The codes above a path, the coarsest first; with `is_whole` the path itself too."""
    return [".".join(path[:levels]) for levels in range(first, len(path) + is_whole)]


def _blank(section: str) -> Line:
    return Line(section, "line", "")
