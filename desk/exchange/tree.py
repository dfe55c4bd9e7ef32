"""Entries of a table as a tree: each line below the one its code and its place say, printed totals beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from gettext import gettext as _

from desk.budget.rules import SECTIONS
from desk.chart import ROOTS, Place
from desk.exchange.codes import (
    field_of,
    groups_of,
    known_codes,
    named_account,
    numbered_activity,
    part_of,
    plain_place,
    spending_place,
    split_code,
    subfield_of,
    total_of,
)
from desk.exchange.entries import Entry
from desk.exchange.headings import plain_words
from desk.watch import Watch, unwatched

FIGURES = ("before", "amount", "realised")
_SLICE = 100
"""Rows between two looks at whether the person still wants them."""


@dataclass
class Node:
    """One row of the budget while its tree grows."""

    entry: Entry
    section: str
    kind: str
    code: str
    title: str
    place: Place | None = None
    """None where the row has no code and no known name."""
    parent: int | None = None
    account: str = ""
    activity: str = ""

    def figure(self, column: str) -> Decimal | None:
        """What is printed, None where nothing is."""
        return self.entry.amounts.get(column)


@dataclass
class Tree:
    """Rows in the order of the file; parents come before their children, a total after what it totals."""

    nodes: list[Node] = field(default_factory=list)
    strays: list[Node] = field(default_factory=list)
    """Rows outside every part of the budget; they count nowhere."""
    totals_of_nothing: list[Node] = field(default_factory=list)
    """Printed totals that name nothing above them; they count nowhere."""
    unknown: list[Node] = field(default_factory=list)
    """Rows whose code stands in no table; they count where they stand."""
    unsure: list[Node] = field(default_factory=list)
    """Rows without code that add up to nothing above them, so that they were taken as lines of their own."""


def grow(entries: Sequence[Entry], *, has_codes: bool, watch: Watch = unwatched) -> Tree:
    """Place every entry; a code that stands in no table is kept and listed.

    Args:
        entries: in the order of the file.
        has_codes: the table has a column of codes; without one, a code before a title is taken for one.
        watch: looks on, and may stop it.
    """
    grower = _Grower(has_codes)
    for place, entry in enumerate(entries):
        if not place % _SLICE:
            watch(len(entries) + place, 2 * len(entries))
        grower.add(entry)
    grower.settle_blanks()
    return grower.tree


class _Grower:
    """Walks down the rows with the open lines above the present one as its stack."""

    def __init__(self, has_codes: bool) -> None:
        self.tree = Tree()
        self._has_codes = has_codes
        self._part = ""
        self._stack: list[int] = []
        self._blanks: list[int] = []
        """Rows without a code since the last one with a code."""
        self._below: dict[int | None, list[int]] = {}
        """The rows below each, in their order."""
        self._named: dict[str | Place, int] = {}
        """The last line with these words, of this field (`bidang 2`) or at this place."""
        self._roots: dict[str, int] = {}
        """The heading of each part."""
        self._old_numbers = False
        """Expenditure is 2 and its fields are 2.1 to 2.5, as before Permendagri 20/2018."""

    def add(self, entry: Entry) -> None:
        """Place one entry below what is open."""
        code, title = split_code(entry.code, entry.title, has_codes=self._has_codes)
        open_groups, bracketed = groups_of(code)
        depth = max((len(path) for path in open_groups), default=0)
        total = total_of(title) if depth < 3 else None
        if (part := part_of(title)) and depth < 2:
            self._open_part(entry, code, title, part)
        elif total is not None and not (total == "balance" and (depth == 2 or self._is_opening(entry, title))):
            self._add_total(entry, title, total)
        elif self._is_repeated(entry, title):
            return
        else:
            if total is not None and not depth:
                self._switch("financing")
            self._add_line(entry, code, title, open_groups, bracketed)

    def _open_part(self, entry: Entry, code: str, title: str, part: str) -> None:
        root = self._roots.get(part)
        if root is not None and part == self._part and not entry.has_figures:
            return  # the part's heading at the top of a new page
        self.settle_blanks()
        self._part = part
        if root is None and self._has_lines(part):
            # A heading below its rows is a total by another name.
            self._stack = []
            if entry.has_figures:
                self._keep(Node(entry, part, "total", code, title))
            return
        if root is None:
            self._old_numbers = part == "expenditure" and code.rstrip(".") == "2"
            account = next(account for account, named in ROOTS.items() if named == part)
            root = self._keep(Node(entry, part, "section", code, title, Place(), account=account))
        elif entry.has_figures and entry.amounts != self.tree.nodes[root].entry.amounts:
            self._keep(Node(entry, part, "total", code, title, parent=root))
        self._stack = [root]

    def _has_lines(self, part: str) -> bool:
        sections = ("receipts", "payments") if part == "financing" else (part,)
        return any(n.kind == "line" and n.section in sections for n in self.tree.nodes)

    def _keep(self, node: Node) -> int:
        index = len(self.tree.nodes)
        self.tree.nodes.append(node)
        if node.kind != "total":
            self._below.setdefault(node.parent, []).append(index)
        if node.kind == "section":
            self._roots[node.section] = index
        elif node.kind == "line":
            self._named[plain_words(node.title)] = index
            if field := field_of(node.title):
                self._named[f"bidang {field}"] = index
            if node.place is not None:
                self._named[node.place] = index
        return index

    def _is_opening(self, entry: Entry, title: str) -> bool:
        """A bare SiLPA row among the receipts is last year's, and so is one that fills what revenue lacks."""
        if plain_words(title) != "silpa" or self._part == "financing":
            closed = any(n.kind == "total" and n.section in ("financing", "receipts") for n in self.tree.nodes)
            return plain_words(title) == "silpa" and not closed
        self.settle_blanks()
        ends = [n for i, n in enumerate(self.tree.nodes) if n.kind == "line" and not self._below.get(i)]
        owed = sum(((n.figure("amount") or 0) * (-1 if n.section == "revenue" else 1) for n in ends), Decimal(0))
        return {n.section for n in ends} <= {"revenue", "expenditure"} and 0 < owed == entry.amounts.get("amount")

    def _is_repeated(self, entry: Entry, title: str) -> bool:
        """An open line printed once more at the top of a new page."""
        for place in self._stack:
            node = self.tree.nodes[place]
            same = (node.entry.code, node.title, node.entry.amounts) == (entry.code, title, entry.amounts)
            if same and entry.code and self._below.get(place):
                return True
        return False

    def _add_total(self, entry: Entry, title: str, total: str) -> None:
        self.settle_blanks()
        node = Node(entry, total, "total", "", title)
        if total in ("surplus", "balance"):
            pass
        elif total in ("revenue", "expenditure", "financing"):
            node.parent = self._roots.get(total)
            self._part, self._stack = "", []
        elif total in SECTIONS:
            node.parent = self._named.get(Place((), ("6", {"receipts": "1", "payments": "2"}[total])))
            self._stack = [i for i in self._stack if self.tree.nodes[i].kind == "section"]
        else:
            self._add_subtotal(node, total)
            return
        self._keep(node)

    def _add_subtotal(self, node: Node, name: str) -> None:
        """`Jumlah Pendapatan Transfer` belongs to the line it names, a bare `Jumlah` to the open line it fits."""
        named = self._lines_named(name)
        fitting = [i for i in reversed(self._stack) if not name and self._fits(i, node)]
        if not name and not fitting and self._part in SECTIONS and self._fits_part(node):
            self._add_total(node.entry, node.title, self._part)
            return
        targets = named[-1:] or fitting[:1] or (self._stack[:1] if not name and len(self._stack) == 1 else [])
        if targets:
            node.parent = targets[0]
            node.section = self.tree.nodes[targets[0]].section
            if targets[0] in self._stack:
                del self._stack[self._stack.index(targets[0]) + 1 :]
            self._keep(node)
            return
        self._add_loose(node, self.tree.totals_of_nothing)

    def _add_loose(self, node: Node, listed: list[Node]) -> None:
        """A row that is kept as it stands and counts nowhere."""
        if node.entry.has_figures:
            node.section, node.kind = "other", "total"
            self._keep(node)
            listed.append(node)

    def _lines_named(self, name: str) -> list[int]:
        """The last line a total names by its words, its field or its number; the latest comes last."""
        if not name:
            return []
        if number := numbered_activity(name):
            wanted: list[str | Place] = [Place(number)]
        else:
            wanted = [name, f"{name} desa", *([f"bidang {field}"] if (field := field_of(name)) else [])]
        return sorted(self._named[key] for key in wanted if key in self._named)

    def _fits(self, place: int, total: Node) -> bool:
        return bool(self._below.get(place)) and any(
            (printed := total.figure(column)) is not None and self._summed(place, column) == printed
            for column in FIGURES
        )

    def _fits_part(self, total: Node) -> bool:
        """Whether a bare `Jumlah` is what the whole part adds up to, as in a table without codes."""
        root = self._roots.get(self._part)
        under = [i for parent in {None, root} for i in self._below.get(parent, ())]
        tops = [(i, n) for i in under if (n := self.tree.nodes[i]).kind == "line" and n.section == self._part]
        for column in FIGURES:
            figures = [self._summed(i, column) if (own := n.figure(column)) is None else own for i, n in tops]
            if figures and total.figure(column) == sum(figures, Decimal(0)):
                return True
        return False

    def _summed(self, place: int, column: str) -> Decimal:
        """What the rows below a line add up to."""
        below = [(i, self.tree.nodes[i]) for i in self._below.get(place, ())]
        figures = ((self._summed(i, column) if (own := n.figure(column)) is None else own) for i, n in below)
        return sum(figures, Decimal(0))

    def _add_line(
        self, entry: Entry, code: str, title: str, open_groups: list[tuple[str, ...]], bracketed: list[tuple[str, ...]]
    ) -> None:
        place = self._place(title, open_groups, bracketed)
        node = Node(entry, "", "line", code, title or _("(tanpa uraian)"), place)
        if place is None and not self._part:
            self._add_loose(node, self.tree.strays)
        elif entry.depth:
            self._add_outlined(node, place)
        elif place is None:
            node.parent = self._stack[-1] if self._stack else None
            node.section = self._section(node)
            self._blanks.append(self._keep(node))
        else:
            self._add_coded(node, place)

    def _add_coded(self, node: Node, place: Place) -> None:
        self.settle_blanks()
        if place.account and not place.activity and self._part == "expenditure":
            place = Place(self._open_activity(), place.account)
        while self._stack and not (self._above(self._stack[-1]).is_above(place)):
            self._stack.pop()
        node.place, node.parent = place, self._stack[-1] if self._stack else None
        node.section = self._section(node)
        self._name(node, place)
        self._stack.append(self._keep(node))

    def _add_outlined(self, node: Node, place: Place | None) -> None:
        """A row of a numbered list stands below the last one of a lesser depth, whatever its name says."""
        self.settle_blanks()
        while self._stack and self._is_beside(self._stack[-1], node.entry.depth):
            self._stack.pop()
        node.place, node.parent = place, self._stack[-1] if self._stack else None
        node.section = self._section(node)
        if place is not None:
            self._name(node, place)
        self._stack.append(self._keep(node))

    def _is_beside(self, index: int, depth: int) -> bool:
        return self.tree.nodes[index].kind != "section" and self.tree.nodes[index].entry.depth >= depth

    def _above(self, index: int) -> Place:
        return self.tree.nodes[index].place or Place()

    def _open_activity(self) -> tuple[str, ...]:
        """The activity the present row stands under; an account without one belongs to it."""
        return next((a for i in reversed(self._stack) if (a := self._above(i).activity)), ())

    def _place(self, title: str, open_groups: list[tuple[str, ...]], bracketed: list[tuple[str, ...]]) -> Place | None:
        """Where the row belongs; opens the part its code or words speak of where no heading did."""
        number = field_of(title)
        if not open_groups and not bracketed:
            return self._named_place(title, number)
        path = (open_groups or bracketed)[0]
        self._enter_part(path, number)
        if self._part != "expenditure":
            return plain_place(path)
        if number and len(path) <= 2 and not bracketed:
            return Place((number,))
        if self._old_numbers and path[0] == "2" and len(path) > 1:
            open_groups = [path[1:], *open_groups[1:]]
        current = Place(self._open_activity())
        return spending_place(open_groups, bracketed, title, current)

    def _named_place(self, title: str, number: str) -> Place | None:
        """Where a row without a code belongs by its words alone."""
        if number and (self._part in ("expenditure", "") or not self._is_headed()):
            self._switch("expenditure")
            return Place((number,))
        if not self._part:
            self._switch(next((p for p in ("revenue", "financing") if named_account(title, p)), ""))
        activity = self._open_activity() if self._part == "expenditure" else ()
        account = named_account(title, self._part)
        below = subfield_of(title, activity[0]) if activity and not account else ()
        place = Place(below, ()) if below else Place(activity, account)
        if not (account or below) or place in self._named:
            return None
        return place

    def _is_headed(self) -> bool:
        """Whether the present part has a heading of its own."""
        return self._part in self._roots

    def _enter_part(self, path: tuple[str, ...], number: str) -> None:
        """Follow a code into another part; in expenditure 4 and 5 are fields, 6 is not."""
        wanted = self._part
        if path[0] == "6":
            wanted = "financing"
        elif self._part != "expenditure" and (number or path[0] == "5" or path[0].startswith("0")):
            wanted = "expenditure"
        elif not self._part:
            wanted = "revenue" if path[0] == "4" else "expenditure"
        elif self._part == "financing" and path[0] == "4":
            wanted = "revenue"
        self._switch(wanted)

    def _switch(self, part: str) -> None:
        """Go on in another part, below its heading where it has one."""
        if part != self._part:
            self.settle_blanks()
            self._part = part
            self._stack = [self._roots[part]] if part in self._roots else []

    def _section(self, node: Node) -> str:
        """Where the row's money counts."""
        if self._part != "financing":
            return self._part or "expenditure"
        path = node.place.account if node.place else ()
        if len(path) > 1 and path[0] in ("6", "3"):
            return "payments" if path[1] == "2" else "receipts"
        above = self.tree.nodes[node.parent].section if node.parent is not None else "financing"
        if above in ("receipts", "payments"):
            return above
        words = plain_words(node.title)
        return "payments" if words.startswith(("pengeluaran", "penyertaan", "pembentukan")) else "receipts"

    def _name(self, node: Node, place: Place) -> None:
        node.account, node.activity, known = known_codes(place)
        if not known:
            self.tree.unknown.append(node)

    def settle_blanks(self) -> None:
        """Rows without a code are details of the line above where their sum says so, else its neighbours."""
        blanks, self._blanks = self._blanks, []
        if not blanks or self.tree.nodes[blanks[0]].parent is None:
            return
        above = self.tree.nodes[blanks[0]].parent
        assert above is not None
        if self._are_details(above, blanks):
            return
        moved = set(blanks)
        self._below[above] = [index for index in self._below[above] if index not in moved]
        for index in blanks:
            node = self.tree.nodes[index]
            node.parent = self.tree.nodes[above].parent
            self._below.setdefault(node.parent, []).append(index)
            node.section = self.tree.nodes[above].section
            self.tree.unsure += [node] if node.entry.has_figures else []

    def _are_details(self, above: int, blanks: list[int]) -> bool:
        head = self.tree.nodes[above]
        printed = [(column, figure) for column in FIGURES if (figure := head.figure(column)) is not None]
        rows = [self.tree.nodes[i] for i in blanks]
        if head.kind == "section" or not printed:
            return True
        if any({"volume", "unit", "price"} & n.entry.texts.keys() for n in rows):
            return True
        return any(
            sum((n.figure(column) or Decimal(0) for n in rows), Decimal(0)) == figure for column, figure in printed
        )
